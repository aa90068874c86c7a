"""What a clinic's own editions cost, one by one and all at once."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import pytest

from tests.helpers import CHECKOUT, TODAY

SAMPLE = "stepwise-approach"
CLINICS = 400
ALONE = 6
"""Builds of one edition each that are timed; the cost of 400 follows from them."""
EDITION = """name: Clinic {number}
phone: 020 7946 {number:04}
hours: Monday to Friday, 9 am to 5 pm
address: {number} Example Street
"""


@pytest.mark.bench
def test_many_editions_of_one_leaflet(tmp_path: Path) -> None:
    """Print what 400 clinics' editions cost in one build, and in a build for each."""
    _write(tmp_path)
    alone = [_built(tmp_path, f"alone-{each}", f"clinic-{each:03}") for each in range(ALONE)]
    plain = [_built(tmp_path, f"plain-{each}") for each in range(ALONE)]
    each = median(alone)
    together = _built(tmp_path, "together", "all")
    again = _built(tmp_path, "together", "all")
    made = len(list((tmp_path / "together" / "clinics").glob("*/*.pdf")))
    assert made == CLINICS
    print()
    print(f"a build of the plain leaflet               {median(plain):7.1f} s")
    print(f"a build of one edition                     {each:7.1f} s")
    print(f"{made} editions in one build                {together:7.1f} s")
    print(f"{CLINICS} builds, {ALONE} of them timed               {each * CLINICS:7.1f} s")
    print(f"one build for {CLINICS}: {together / each / CLINICS:.2f}; nothing new: {again:.1f} s")


def _write(project: Path) -> None:
    """A project of the sample without its slides, and the clinics."""
    source = CHECKOUT / "sources" / SAMPLE
    target = project / "sources" / SAMPLE
    target.mkdir(parents=True)
    for path in source.rglob("*"):
        if path.is_file() and path.name != "slides.md":
            (target / path.relative_to(source)).parent.mkdir(parents=True, exist_ok=True)
            (target / path.relative_to(source)).write_bytes(path.read_bytes())
    facts = target / "module.yaml"  # its series names a module that is not there
    text = re.sub(r"^series:\n(  .*\n)+", "", facts.read_text(encoding="utf-8"), flags=re.MULTILINE)
    facts.write_text(text, encoding="utf-8")
    for number in range(CLINICS):
        clinic = project / "clinics" / f"clinic-{number:03}.yaml"
        clinic.parent.mkdir(exist_ok=True)
        clinic.write_text(EDITION.format(number=number), encoding="utf-8")


def _built(project: Path, output: str, clinic: str = "") -> float:
    """Seconds of wall time of `leafdeck build` in a process of its own."""
    program = [sys.executable, "-m", "builder", "build", "--project", str(project)]
    program += ["--today", str(TODAY), "--output", str(project / output)]
    program += ["--clinics", clinic] if clinic else []
    start = time.perf_counter()
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    taken = time.perf_counter() - start
    assert done.returncode == 0, done.stdout + done.stderr
    return taken
