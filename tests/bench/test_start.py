"""How long a user waits before anything happens, against Python itself."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

RUNS = 15
HELP = "from builder.cli import main; main(['--help'], standalone_mode=False)"
CHECK = "from builder.cli import main; main(['check', '--today', '2026-06-01'])"


def median(script: str) -> float:
    """Seconds of wall time of a fresh Python that runs a script, the median of several runs."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
        times.append(time.perf_counter() - start)
    return sorted(times)[RUNS // 2]


@pytest.mark.bench
def test_start_up() -> None:
    """Print the start-up of `--help` and of `check` beside a Python that does nothing."""
    bare, helped, checked = median("pass"), median(HELP), median(CHECK)
    print()
    print(f"python -c pass      {bare * 1000:6.0f} ms   1.0")
    print(f"leafdeck --help     {helped * 1000:6.0f} ms   {helped / bare:.1f}")
    print(f"leafdeck check      {checked * 1000:6.0f} ms   {checked / bare:.1f}")
