"""What our artifacts cost beside the bare engine, in one warm process."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from builder.build.make import make
from builder.build.plan import plan
from builder.build.run import checked_library
from builder.settings import Settings
from builder.workspace import Folder
from tests.helpers import CHECKOUT, TODAY

RUNS = 7


def median(work: Callable[[], object], runs: int = RUNS) -> float:
    """Seconds of wall time of some work in this process once it is warm: the median of several."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return sorted(times)[runs // 2]


@pytest.mark.bench
def test_each_sample() -> None:
    """Print how long each artifact of the samples takes in a warm worker, and an empty leaflet."""
    import weasyprint

    folder, settings = Folder(CHECKOUT, ""), Settings()
    library = checked_library(folder, settings, TODAY)
    bare = median(lambda: weasyprint.HTML(string="<html lang=en><p>Hello").write_pdf())
    print(f"\nbare WeasyPrint, one line: {bare * 1000:.0f} ms")
    for job in plan(library.modules.values(), library.titles, settings, TODAY):
        seconds = median(lambda job=job: make(CHECKOUT, settings, job))  # type: ignore[misc]
        print(f"{job.target:<55}{seconds * 1000:6.0f} ms")
