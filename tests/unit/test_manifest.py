"""The manifest: what is believed of one that was edited by hand, and what a killed build leaves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from builder.build.publishing.manifest import UNDER_WAY, mark, read_manifest
from builder.workspace import FILE_LIMIT, remove_unfinished
from tests.helpers import Project

PAGE = "basic/index.html"
AUDIT = "basic/audit.html"


@pytest.fixture
def paged(basic: Project) -> Project:
    """The small project with its pages alone, built."""
    basic.write("leafdeck.toml", "")
    (basic.root / "sources/basic/slides.md").unlink()
    basic.build()
    return basic


def edited(project: Project, file: str, **changes: Any) -> None:
    """The manifest with other values for one file."""
    values = json.loads(project.read("manifest.json"))
    values["artifacts"]["basic"][file] |= changes
    project.write("output/manifest.json", json.dumps(values))


def named(project: Project, file: str, module: str = "basic") -> None:
    """The manifest with the entry of the page for a further file."""
    values = json.loads(project.read("manifest.json"))
    entry = values["artifacts"]["basic"][PAGE]
    values["artifacts"].setdefault(module, {})[file] = entry
    project.write("output/manifest.json", json.dumps(values))


@pytest.mark.parametrize(
    "file",
    [
        "../copy.html", "mine/copy.html", "copy.html", "basic/./index.html", "basic//index.html",
        "basic/../mine/copy.html", "a\0b", "", ".", "..", "basic", "x" * 5000, "clinics/copy.html",
        "/copy.html",
    ],
)  # fmt: skip
@pytest.mark.parametrize("module", ["basic", "gone", "/"])
def test_a_path_that_no_build_writes_removes_nothing(
    paged: Project, file: str, module: str
) -> None:
    """Also a copy of our own file is left alone where none of ours would lie."""
    before = paged.read("manifest.json")
    for copy in ("copy.html", "output/copy.html", "output/mine/copy.html"):
        paged.write(copy, paged.read(PAGE))
    named(paged, file, module)
    outcome = paged.build()
    assert (outcome.removed, outcome.problems) == ((), ())
    for kept in ("copy.html", "output/copy.html", "output/mine/copy.html", f"output/{PAGE}"):
        assert (paged.root / kept).exists()
    assert paged.read("manifest.json") == before


def test_a_file_of_another_module_is_not_taken(paged: Project) -> None:
    """A module that is gone takes nothing with it that is another's."""
    before = paged.read("manifest.json")
    named(paged, AUDIT, "gone")
    assert paged.build().removed == ()
    assert paged.read("manifest.json") == before


def problem(**changes: Any) -> dict[str, Any]:
    """A warning as the manifest keeps it, with changes."""
    place = {"path": "a", "line": 1, "column": None}
    values = {"code": "render-warning", "message": "m", "place": place, "hint": "", "strict": False}
    return values | changes


@pytest.mark.parametrize(
    "changes",
    [
        {"sha256": None}, {"paper": {}}, {"clinic": 5}, {"made_from": []}, {"stamp": None},
        {"problems": None}, {"problems": [problem(code="none")]}, {"problems": [problem(code=[])]},
        {"problems": [problem(message=5)]}, {"problems": [problem(hint=None)]},
        {"problems": [problem(strict="no")]}, {"problems": [problem(strict=True)]},
        {"problems": [problem(place=None)]}, {"problems": [problem(place={"path": 5})]},
        {"problems": [problem(place={"path": "a", "line": [1], "column": {}})]},
        {"problems": [problem(code="file-missing")]},
    ],
)  # fmt: skip
def test_values_of_another_kind_are_healed(paged: Project, changes: dict[str, Any]) -> None:
    """The next build makes what it does not know, and writes what it always writes."""
    before = paged.read("manifest.json")
    edited(paged, PAGE, **changes)
    assert paged.build().problems == ()
    assert paged.read("manifest.json") == before


@pytest.mark.parametrize("key", ["artifact", "module", "name", "version", "title", "digest"])
def test_another_stamp_is_healed(paged: Project, key: str) -> None:
    """Also where the file itself is in place and is not made again."""
    before = paged.read("manifest.json")
    stamp = json.loads(before)["artifacts"]["basic"][PAGE]["stamp"]
    edited(paged, PAGE, stamp=stamp | {key: "other"}, paper="other")
    paged.build()
    assert paged.read("manifest.json") == before


@pytest.mark.parametrize("digest", [5, None, {"a": 1}, "zz", "a" * 63])
def test_digests_that_are_none_are_not_believed(paged: Project, digest: Any) -> None:
    values = json.loads(paged.read("manifest.json"))
    values["versions"]["basic"]["1.0"]["leaflet en-GB"] = digest
    paged.write("output/manifest.json", json.dumps(values))
    assert read_manifest(paged.output).versions == {}
    assert paged.build().problems == ()


def test_a_file_too_large_to_be_ours_stops_no_build(
    paged: Project,
) -> None:
    """Such as a film that somebody keeps beside our files."""
    (paged.output / "manifest.json").unlink()
    with (paged.output / "basic/film.mp4").open("wb") as film:
        film.truncate(FILE_LIMIT + 1)
    assert set(read_manifest(paged.output).artifacts["basic"]) == {"basic/basic.pdf", PAGE, AUDIT}


def ended() -> int:
    """The number of a program that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_what_a_killed_build_put_in_place_is_known(paged: Project) -> None:
    """Its files are in no manifest; those that are no longer made go with the next build."""
    old = json.loads(paged.read("manifest.json"))
    edition = "clinics/st-example/basic.pdf"
    paged.write(f"output/{edition}", paged.read("basic/basic.pdf"))
    half = paged.output / f"clinics/.leafdeck-{ended()}-x"
    half.write_bytes(b"half")
    paged.write("output/manifest.json", json.dumps(old))
    assert paged.build().removed == ()
    assert half.exists()
    (paged.output / UNDER_WAY).touch()
    assert paged.build().removed == (edition,)
    assert not (half.exists() or (paged.output / "clinics").exists())


def test_a_build_says_that_it_is_under_way(paged: Project) -> None:
    mark(paged.output)
    assert (paged.output / UNDER_WAY).exists()
    paged.build()
    assert not (paged.output / UNDER_WAY).exists()


def test_a_file_that_somebody_is_writing_is_left_alone(tmp_path: Path) -> None:
    """Two builds may run at once."""
    ours, own = tmp_path / f".leafdeck-{os.getpid()}-x", tmp_path / ".leafdeck-notes"
    huge = tmp_path / f".leafdeck-{10**30}-x"
    for path in (ours, own, huge):
        path.write_bytes(b"")
    remove_unfinished(tmp_path)
    assert (ours.exists(), own.exists(), huge.exists()) == (True, True, False)
