"""How long it takes from saving a text to the new leaflet, beside making that leaflet alone."""

from __future__ import annotations

import datetime
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from statistics import median

import pytest

from builder.build.executors import Executor, pool
from builder.build.executors.waiting import Waiting
from builder.build.ground import ground_of
from builder.build.making.make import Result, Workshop, lost
from builder.build.planning.plan import Job
from builder.build.planning.planner import Planner
from builder.build.publishing.manifest import Manifest
from builder.build.requests import Request
from builder.settings import Settings
from builder.workspace import Folder
from tests.bench.generator import Module, Size, write_project
from tests.helpers import CHECKOUT, TODAY

SAVES = 9
MODULES = (1, 200)
LIMIT = 1.3
"""How much longer the new file may take than making it."""
PAUSE = 1
"""Seconds between two saves, in which the last build ends."""


@pytest.mark.bench
@pytest.mark.parametrize("modules", MODULES)
def test_from_save_to_new_file(modules: int, tmp_path: Path) -> None:
    """Print medians of both, taken in turns: the machine may be busy."""
    sizes = [Size.WHOLE, *[Size.WITHDRAWN] * (modules - 1)]
    module = write_project(tmp_path, sizes)[0]
    leaflet = tmp_path / "sources" / module.name / "leaflet.md"
    target = tmp_path / "output" / module.name / f"{module.name}.pdf"
    program = [sys.executable, "-m", "builder", "watch", "--today", str(TODAY)]
    alone, saved = [], []
    with (
        subprocess.Popen(
            [*program, "--project", str(tmp_path)],
            cwd=CHECKOUT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as watch,
        Waiting(partial(pool, 1, ("builder.build.making.preload",))) as executor,
    ):
        assert watch.stdout and any(line.startswith("Watching") for line in watch.stdout)
        for number in range(SAVES):
            time.sleep(PAUSE)
            saved.append(_saved(leaflet, target, number))
            time.sleep(PAUSE)
            alone.append(_made(tmp_path, module, executor, TODAY))
        watch.terminate()
    ratio = median(saved[1:]) / median(alone[1:])  # the first ones warm their workers
    print(
        f"\n{modules} modules: {median(saved[1:]) * 1000:.0f} ms from save to new leaflet, ", end=""
    )
    print(f"{median(alone[1:]) * 1000:.0f} ms for making it: {ratio:.2f} times")
    assert ratio <= LIMIT


def _saved(leaflet: Path, target: Path, number: int) -> float:
    """Seconds from saving a leaflet's text to its new file."""
    text = leaflet.read_text(encoding="utf-8") + f"\nSaved {number} times.\n"
    before = target.stat().st_ino
    start = time.perf_counter()
    leaflet.write_text(text, encoding="utf-8")
    while target.stat().st_ino == before:
        time.sleep(0.001)
    return time.perf_counter() - start


def _made(root: Path, module: Module, executor: Executor, day: datetime.date) -> float:
    """Seconds that a warm worker takes to make the leaflet."""
    request = Request(
        *(Folder(root, ""), Settings(), day, root / "nowhere"), names=frozenset({module.name})
    )
    ground = ground_of(request, executor, Manifest())
    found = ground.finder().find_again((module.name,), ())
    jobs = Planner(ground, found).plan({module.name})[module.name]
    (job,) = (each for each in jobs if each.kind == "leaflet")
    start = time.perf_counter()
    _made_of(executor, ground.workshop, job)
    return time.perf_counter() - start


def _made_of(executor: Executor, workshop: Workshop, job: Job) -> Result:
    ((_, result),) = executor.run(workshop.make, [job], cost=lambda job: 1, lost=lost)
    assert result.data, result.problems
    return result
