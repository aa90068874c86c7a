"""The modules that the benchmark makes up are sound, and what it says of a program is all of it."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from pptx import Presentation

from tests.bench.generator import Size, write_project
from tests.helpers import CHECKOUT, Project

ORPHAN = """
import subprocess, sys
work = "import time\\nwhile time.process_time() < 0.5: pass"
subprocess.Popen([sys.executable, "-c", work], stdout=subprocess.DEVNULL)
"""
"""A program that ends before what it started does."""
RUN = """
import sys
from pathlib import Path
from tests.bench.programs import Machine
print(Machine(Path(sys.argv[1])).run([sys.executable, "-c", sys.argv[2]]).processor)
"""


def test_made_up_modules_are_sound(tmp_path: Path) -> None:
    """Two whole modules build without warnings: 12 slides, and a leaflet of two pages."""
    modules = write_project(tmp_path, [Size.WHOLE] * 2, first=41)
    project = Project(tmp_path)
    outcome = project.build()
    assert [each for each in outcome.problems if each.severity != "note"] == []
    for module in modules:
        deck = project.read(f"{module.name}/{module.name}.pptx")
        assert len(Presentation(io.BytesIO(deck)).slides) == 12
        with pikepdf.open(project.output / module.name / f"{module.name}.pdf") as leaflet:
            assert len(leaflet.pages) == 2


@pytest.mark.parametrize(("size", "made"), [(Size.SMALL, 4), (Size.WITHDRAWN, 1)])
def test_cheap_modules_are_sound(tmp_path: Path, size: Size, made: int) -> None:
    """A module that is cheap to build has five files too, and no problem."""
    (module,) = write_project(tmp_path, [size])
    project = Project(tmp_path)
    outcome = project.build()
    assert [each for each in outcome.problems if each.severity != "note"] == []
    sources = (tmp_path / "sources" / module.name).rglob("*.*")
    assert len(list(sources)) == 5
    assert len(list((project.output / module.name).iterdir())) == made


def test_same_number_same_files(tmp_path: Path) -> None:
    """A module is made up in the same way again, and no other one says the same."""
    write_project(tmp_path / "first", [Size.WHOLE] * 2)
    write_project(tmp_path / "again", [Size.WHOLE] * 2)
    files = sorted(path for path in (tmp_path / "first").rglob("*.*") if path.is_file())
    again = tmp_path / "again"
    for path in files:
        assert (again / path.relative_to(tmp_path / "first")).read_bytes() == path.read_bytes()
    assert len({path.read_bytes() for path in files}) == len(files) == 10


def test_orphans_count(tmp_path: Path) -> None:
    """What a program leaves running when it ends is waited for, and its time is counted."""
    program = [sys.executable, "-c", RUN, str(tmp_path), ORPHAN]
    ran = subprocess.run(program, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert float(ran.stdout) >= 0.5
