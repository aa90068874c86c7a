"""A clock that is moved, and files from the future: the next build is as right as ever."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.helpers import Project

PAGES = frozenset({"page"})
PAGE = "basic/index.html"
DAY = 24 * 60 * 60
FACTS = "sources/basic/module.yaml"


@pytest.fixture
def paged(basic: Project) -> Project:
    """A module, quickly built."""
    (basic.root / "sources/basic/slides.md").unlink()
    return basic


def build(project: Project) -> tuple[str, ...]:
    """Build the pages; the files that were made."""
    outcome = project.build(kinds=PAGES, asked="pages")
    assert not outcome.failed, outcome.problems
    return outcome.built


def touch(folder: Path, seconds: float) -> None:
    """Give all files and folders a time so many seconds from now."""
    then = time.time() + seconds
    for path in (folder, *folder.rglob("*")):
        os.utime(path, (then, then))


@pytest.mark.parametrize("seconds", [-30 * DAY, DAY, 40 * 365 * DAY])
def test_an_edit_is_seen_that_leaves_size_and_time_as_they_were(
    paged: Project, seconds: float
) -> None:
    """As after the clock was moved, or files came out of an archive."""
    touch(paged.root, seconds)
    assert build(paged) == (PAGE,)
    touch(paged.root, seconds)
    seen = (paged.root / FACTS).stat()
    paged.edit(FACTS, "A basic module", "A basil module")
    os.utime(paged.root / FACTS, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert (paged.root / FACTS).stat().st_size == seen.st_size
    build(paged)
    assert b"A basil module" in paged.read(PAGE)


@pytest.mark.parametrize("seconds", [-30 * DAY, DAY])
def test_an_output_file_that_was_changed_is_made_again(paged: Project, seconds: float) -> None:
    """Though it is as long as it was, and as old."""
    build(paged)
    touch(paged.output, seconds)
    build(paged)
    seen, whole = (paged.output / PAGE).stat(), paged.read(PAGE)
    paged.write(f"output/{PAGE}", whole[:-1] + b" ")
    os.utime(paged.output / PAGE, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert build(paged) == (PAGE,)
    assert paged.read(PAGE) == whole


def test_files_from_the_future_are_built_once(paged: Project) -> None:
    touch(paged.root, DAY)
    assert (build(paged), build(paged)) == ((PAGE,), ())


def test_a_day_that_comes_again(paged: Project) -> None:
    """Forward beyond the expiry date, and back: the same bytes as before."""
    build(paged)
    before = paged.read(PAGE)
    assert build(paged.on("2030-01-01")) == (PAGE,)
    assert paged.read(PAGE) != before
    assert build(paged.on("2030-01-02")) == ()
    assert build(paged) == (PAGE,)
    assert paged.read(PAGE) == before
    assert build(paged.on("2026-04-01")) == ()
