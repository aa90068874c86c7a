"""What a file in the wild is worth: by its own dates, its seal, and the sources here."""

from __future__ import annotations

from dataclasses import astuple

import pytest

from builder.checks.verify import Verdict, verify
from builder.module.library import read_library
from builder.module.lifecycle import Status
from builder.settings import Profile
from builder.workspace import Folder
from tests.helpers import TESTS, Project

FILES = ["basic/basic.pptx", "basic/basic.pdf", "basic/index.html"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    project = Project.from_(TESTS / "cases" / "basic", tmp_path_factory.mktemp("verified"))
    project.build()
    return {file: project.read(file) for file in FILES}


def verdict(project: Project, data: bytes) -> Verdict:
    """The verdict on a file, beside the project's sources, on the project's day."""
    library = read_library(Folder(project.root, ""))
    return verify(data, library, Profile(), project.today)


@pytest.mark.parametrize("file", FILES)
def test_a_current_file_is_good_up_to_its_last_day(
    basic: Project, built: dict[str, bytes], file: str
) -> None:
    days = {"2026-06-01": Status.CURRENT, "2028-03-01": Status.REVIEW_DUE}
    for day, status in days.items():
        found = verdict(basic.on(day), built[file])
        assert (found.good, found.status, found.sources) == (True, status, "the same")
    found = verdict(basic.on("2028-03-02"), built[file])
    assert (found.good, found.status, found.untouched) == (False, Status.EXPIRED, True)


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    ("path", "old", "new", "sources"),
    [
        ("module.yaml", 'version: "1.0"', 'version: "1.1"', "moved on to version 1.1"),
        ("module.yaml", "A basic", "Another", "changed since, under the same version 1.0"),
    ],
)
def test_a_file_behind_its_sources_is_superseded(
    basic: Project, built: dict[str, bytes], file: str, path: str, old: str, new: str, sources: str
) -> None:
    basic.edit(f"sources/basic/{path}", old, new)
    found = verdict(basic, built[file])
    assert (found.good, found.superseded, found.sources) == (False, True, sources)


def test_a_withdrawal_reaches_the_files_that_are_out(
    basic: Project, built: dict[str, bytes]
) -> None:
    withdrawn = "withdrawn: {on: 2026-05-01, by: The board, reason: New evidence.}"
    basic.edit("sources/basic/module.yaml", "sample: yes", withdrawn)
    assert verdict(basic, built[FILES[1]]).status is Status.WITHDRAWN


def test_a_file_without_sources_stands_by_itself(basic: Project, built: dict[str, bytes]) -> None:
    basic.edit("sources/basic/module.yaml", "BASIC-01", "OTHER-01")
    found = verdict(basic, built[FILES[0]])
    assert (found.good, found.sources) == (True, "not among the sources here")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7", b"<!doctype html>", b"text"])
def test_a_file_of_somebody_else_is_none_of_ours(basic: Project, data: bytes) -> None:
    found = verdict(basic, data)
    assert astuple(found) == astuple(Verdict(None, None))
    assert not found.good
