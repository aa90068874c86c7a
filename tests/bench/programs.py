"""Runs a program, and says what it and all that it started took: time, processor time, memory.

A build's workers are children of a server that nobody waits for: they would be missing from what
the system counts for the build. So this process asks to be given orphans, and waits for them too.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import sysconfig
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

SUBREAPER = 36
"""`PR_SET_CHILD_SUBREAPER` of Linux."""
EVERY = 0.05
"""Seconds between two looks at the memory of a program's processes."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The memory of one process at one moment."""

    seconds: float
    """Since the program started."""
    process: int
    resident: int
    """Bytes."""
    peak: int
    """The most that it ever held, in bytes."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a program took."""

    wall: float
    """Seconds until it ended."""
    processor: float
    """Seconds of all processors, user's and system's, with all processes that it started."""
    printed: str
    samples: tuple[Sample, ...] = field(default=(), repr=False)


class Machine:
    """Runs programs one after the other, with compiled packages.

    Args:
        compiled: where compiled packages lie.
    """

    def __init__(self, compiled: Path) -> None:
        ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
        kept = {key: each for key, each in os.environ.items() if not key.startswith("PYTHON")}
        self.environment = kept | {"PYTHONPYCACHEPREFIX": str(compiled)}

    def compile(self) -> None:
        """Compile this package and all others, where that is not done yet."""
        places = (str(Path(__file__).parents[2] / "builder"), sysconfig.get_path("purelib"))
        self.run([sys.executable, "-m", "compileall", "-q", "-j0", *places], fails=True)

    def run(
        self,
        program: Sequence[str],
        folder: Path | None = None,
        *,
        watched: bool = False,
        fails: bool = False,
    ) -> Run:
        """Run a program to its end, and all that it leaves behind.

        Args:
            program: its name and arguments.
            folder: where it starts.
            watched: whether to look at the memory of its processes all the while.
            fails: whether it may say that it failed.

        Raises:
            RuntimeError: it failed; with what it printed.
        """
        start, before = time.perf_counter(), _children()
        with subprocess.Popen(
            program, cwd=folder, env=self.environment, text=True, errors="replace",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        ) as process:  # fmt: skip
            watch = _Watch(process.pid if watched else 0)
            printed = process.stdout.read() if process.stdout else ""
        wall = time.perf_counter() - start
        _wait_for_orphans()
        samples = watch.end()
        if process.returncode and not fails:
            raise RuntimeError(f"{' '.join(program)}: {process.returncode}\n{printed[-2000:]}")
        return Run(wall, _children() - before, printed, samples)


def _children() -> float:
    """Seconds of processor time of all processes that this one has waited for."""
    times = os.times()
    return times.children_user + times.children_system


def _wait_for_orphans() -> None:
    try:
        while True:
            os.wait()
    except ChildProcessError:
        return


class _Watch:
    """Looks at the memory of a process and all below it, in a thread of its own."""

    def __init__(self, process: int) -> None:
        self.process = process
        self.samples: list[Sample] = []
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)
        if process:
            self.thread.start()

    def end(self) -> tuple[Sample, ...]:
        self.ended.set()
        if self.process:
            self.thread.join()
        return tuple(self.samples)

    def _look(self) -> None:
        start = time.perf_counter()
        while not self.ended.wait(EVERY):
            for process in _below(self.process):
                if held := _memory(process):
                    self.samples.append(Sample(time.perf_counter() - start, process, *held))


def _below(process: int) -> list[int]:
    """The processes that one has started, and those that these have started."""
    found: list[int] = []
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            started = [int(each) for each in file.read_text().split()]
        except OSError:  # it has just ended
            continue
        found += [each for child in started for each in (child, *_below(child))]
    return found


def _memory(process: int) -> tuple[int, int] | None:
    """The bytes that a process holds, and the most that it ever held; none if it has ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return None
    values = dict(line.split(":", 1) for line in lines if line.startswith(("VmRSS", "VmHWM")))
    if len(values) < 2:
        return None
    return tuple(int(values[key].split()[0]) * 1024 for key in ("VmRSS", "VmHWM"))  # type: ignore[return-value]
