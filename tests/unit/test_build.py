"""Builds: what is made, kept, removed and recorded."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from builder.build.executors import pool
from builder.build.executors.inline import Inline
from builder.build.making.make import Result, Workshop, lost
from builder.build.planning.plan import Job
from builder.problems import Place, Problem
from tests.helpers import Project

FILES = ("basic/basic.pptx", "basic/basic.pdf", "basic/index.html", "basic/audit.html")
PAGE = FILES[2]
WITHHELD = sorted({*FILES} - {PAGE})
"""What a module that may not be used loses."""


def contents(project: Project) -> dict[str, bytes]:
    """Every file under the output folder, but for the sums and what is noted for the next build."""
    return {
        str(path.relative_to(project.output)): path.read_bytes()
        for path in sorted(project.output.rglob("*"))
        if path.is_file() and not path.name.startswith((".", "SHA"))
    }


def test_everything_is_made_and_recorded(basic: Project) -> None:
    """A module with both texts gets a deck, a leaflet and a page, and the manifest says so."""
    assert basic.build().built == FILES
    manifest = json.loads(basic.read("manifest.json"))
    entries = manifest["artifacts"]["basic"]
    assert sorted(entries) == sorted(FILES)
    assert entries[FILES[0]]["stamp"]["expires"] == "2028-03-02"
    assert entries[FILES[1]]["stamp"]["artifact"] == "leaflet"


def test_what_is_in_place_is_not_made_again(basic: Project) -> None:
    """A second build does nothing, and still tells what was noticed; one edit makes one file."""
    long = "A word and a word and a word and a word of one point. " * 30
    basic.edit("sources/basic/slides.md", "One point", long)
    first = basic.build()
    before = contents(basic)
    second = basic.build()
    assert (second.built, second.unchanged) == ((), len(FILES))
    assert second.problems == first.problems != ()
    assert contents(basic) == before
    leaflet = basic.root / "sources/basic/leaflet.md"
    leaflet.write_text(leaflet.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    assert basic.build().built == (FILES[1], FILES[3])


def test_a_file_that_somebody_changed_is_made_again(basic: Project) -> None:
    """What was published is what the sources say, whatever happened to it since."""
    basic.build()
    before = contents(basic)
    basic.write(f"output/{FILES[1]}", "changed by hand")
    assert basic.build().built == (FILES[1],)
    assert contents(basic) == before


def test_a_module_without_slides_gets_no_deck(basic: Project) -> None:
    """A module makes what it has text for."""
    (basic.root / "sources/basic/slides.md").unlink()
    assert basic.build().built == FILES[1:]


def test_two_builds_are_equal_bytes_in_any_folder(basic: Project, tmp_path: Path) -> None:
    """The same sources give the same bytes in any folder, with any number of workers."""
    elsewhere = Project.from_(basic.root, tmp_path / "an other" / "päth")
    basic.build()
    elsewhere.build(workers=2)
    assert contents(basic) == contents(elsewhere)


def test_a_broken_module_keeps_its_good_files_and_stops_no_other(basic: Project) -> None:
    """An earlier good artifact is never replaced by a broken one; good modules are still built."""
    basic.build()
    before = contents(basic)
    Project.from_(basic.root / "sources/basic", basic.root / "sources/other")
    basic.edit("sources/other/module.yaml", "BASIC-01", "OTHER-01")
    basic.edit("sources/basic/module.yaml", "published: 2026-03-02", "published: never")
    outcome = basic.build()
    assert outcome.failed
    assert outcome.built == tuple(f.replace("basic", "other") for f in FILES)
    after = contents(basic)
    assert {name: after[name] for name in FILES} == {name: before[name] for name in FILES}
    assert "basic" in json.loads(basic.read("manifest.json"))["artifacts"]


def test_a_withdrawn_module_leaves_its_page_alone(basic: Project) -> None:
    """Deck and leaflet go; the page stays at its address and says when, why and what instead."""
    basic.build()
    withdrawn = "withdrawn:\n  on: 2026-05-01\n  by: The board\n  reason: New evidence.\n"
    path = "sources/basic/module.yaml"
    basic.write(path, (basic.root / path).read_text(encoding="utf-8") + withdrawn)
    outcome = basic.build()
    assert (outcome.built, sorted(outcome.removed)) == ((PAGE,), WITHHELD)
    assert set(contents(basic)) == {"basic/index.html", "manifest.json"}
    page = basic.read("basic/index.html").decode()
    for words in ("withdrawn", "1 May 2026", "The board", "New evidence."):
        assert words in page


def test_an_expired_module_can_be_withheld(basic: Project) -> None:
    """Where the profile refuses expired modules, only the notice is left."""
    basic.build()
    basic.write("leafdeck.toml", '[profiles.default]\nexpired = "refuse"\n')
    outcome = basic.on("2028-03-02").build()
    assert (outcome.built, sorted(outcome.removed)) == ((PAGE,), WITHHELD)
    assert "2 March 2028" in basic.read("basic/index.html").decode()


def test_what_cannot_be_marked_as_expired_does_not_stay(
    basic: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A leaflet without the mark would be taken for one that holds."""
    basic.build()
    broken = Result(None, (Problem("text-overflows", "No room for the mark.", Place()),))
    monkeypatch.setattr(Workshop, "make", lambda self, job: broken)
    for path in (basic.output / ".leafdeck-state", basic.output / "manifest.json"):
        path.write_bytes(path.read_bytes() + b" ")  # so that everything is looked at again
    assert basic.build().removed == ()
    assert set(basic.on("2028-03-02").build().removed) == {*FILES}
    assert set(contents(basic)) == {"manifest.json"}


def test_only_files_of_ours_are_removed(basic: Project) -> None:
    """A file that somebody changed or added is left alone, whatever the manifest says."""
    basic.build()
    basic.write("output/basic/notes.txt", "mine")
    basic.write("output/basic/basic.pdf", "changed by hand")
    for file in sorted((basic.root / "sources/basic").rglob("*")):
        if file.is_file():
            file.unlink()
    basic.build()
    assert set(contents(basic)) == {"basic/basic.pdf", "basic/notes.txt", "manifest.json"}


def test_a_manifest_that_leads_out_removes_nothing_there(basic: Project, tmp_path: Path) -> None:
    """A manifest edited by hand cannot make a build remove files elsewhere."""
    basic.build()
    victim = basic.root / "victim.pdf"
    victim.write_bytes(basic.read(FILES[1]))
    manifest = basic.read("manifest.json").decode().replace(FILES[1], "../victim.pdf")
    basic.write("output/manifest.json", manifest)
    (basic.root / "sources/basic/leaflet.md").unlink()
    basic.build()
    assert victim.exists()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1}', "nonsense", "[" * 99999])
def test_a_broken_manifest_is_healed(basic: Project, text: str) -> None:
    """The next build writes a new one."""
    basic.write("output/manifest.json", text)
    basic.build()
    assert json.loads(basic.read("manifest.json"))["format"] == 2


def test_a_change_without_a_new_version_is_noticed(basic: Project) -> None:
    """The manifest knows what was published under each version."""

    def codes() -> set[str]:
        return {problem.code for problem in basic.build().problems}

    assert codes() == set()
    basic.edit("sources/basic/slides.md", "One point", "One new point")
    assert codes() == {"version-unchanged"}
    assert codes() == {"version-unchanged"}
    basic.edit("sources/basic/module.yaml", 'version: "1.0"', 'version: "1.1"')
    assert codes() == set()


def test_output_that_cannot_be_written_is_a_problem(basic: Project) -> None:
    """A file in the place of the output folder is named, not traced."""
    basic.write("output", "in the way")
    codes = {problem.code for problem in basic.build().problems}
    assert codes == {"output-unwritable"}


def _work(victim: str, job: Job) -> Result:
    if job.kind == victim:
        os._exit(9)
    return Result(job.kind.encode())


def test_a_worker_that_dies_while_reading_costs_one_module(basic: Project) -> None:
    """The others are built, and the module is read again by the next build."""
    Project.from_(basic.root / "sources/basic", basic.root / "sources/other")
    basic.edit("sources/other/module.yaml", "BASIC-01", "OTHER-01")
    outcome = basic.build(executor=partial(_Deadly, "other"))
    assert outcome.built == FILES
    (problem,) = outcome.problems
    assert (problem.code, str(problem.place)) == ("module-failed", "sources/other")
    assert "its worker was ended" in problem.message
    assert "other/other.pdf" in basic.build().built


class _Deadly(Inline):
    """Loses one module while it is read."""

    def __init__(self, victim: str) -> None:
        self.victim = victim

    def run(self, work: Any, jobs: Any, *, cost: Any, lost: Any) -> Iterator[Any]:
        for job in jobs:
            if job == self.victim:
                yield job, lost(job, "its worker was ended by signal 9")
            else:
                yield from super().run(work, [job], cost=cost, lost=lost)


def test_a_worker_that_dies_takes_down_its_job_only(basic: Project) -> None:
    """The others are finished, and the problem says which module it was."""
    seen: list[Job] = []
    basic.build(progress=lambda job, result: seen.append(job))
    with pool(2) as executor:
        done = list(executor.run(partial(_work, "leaflet"), seen, cost=lambda job: 1, lost=lost))
    results = {job.kind: result for job, result in done}
    assert {kind: result.data for kind, result in results.items()} == {
        "deck": b"deck",
        "leaflet": None,
        "page": b"page",
        "audit": b"audit",
    }
    assert results["leaflet"].problems[0].code == "artifact-failed"


def test_a_withdrawn_module_leaves_nothing_though_the_manifest_was_lost(basic: Project) -> None:
    """A file whose own stamp says whose it is is removed; another program's file is not."""
    basic.build()
    basic.write("output/manifest.json", "{lost")
    basic.write("output/basic/basic.pptx", "not ours")
    path = "sources/basic/module.yaml"
    withdrawn = "withdrawn: {on: 2026-05-01, by: The board, reason: New evidence.}\n"
    basic.write(path, (basic.root / path).read_text(encoding="utf-8") + withdrawn)
    assert sorted(basic.build().removed) == ["basic/audit.html", "basic/basic.pdf"]
    assert set(contents(basic)) == {"basic/basic.pptx", "basic/index.html", "manifest.json"}


def test_a_build_that_is_stopped_has_recorded_what_is_in_place(basic: Project) -> None:
    """Where the user or a closed pipe ends it, the manifest names the files that are there."""

    def stop(job: Job, result: Result) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        basic.build(progress=stop)
    manifest = json.loads(basic.read("manifest.json"))
    assert set(manifest["artifacts"]["basic"]) == {FILES[0]}


@pytest.mark.parametrize("versions", ["[]", '{"basic": 5}', '{"basic": {"1.0": []}}'])
def test_a_manifest_with_odd_versions_is_healed(basic: Project, versions: str) -> None:
    """Whatever stands in the manifest, the next build writes a sound one."""
    basic.write(
        "output/manifest.json", f'{{"format": 2, "artifacts": {{}}, "versions": {versions}}}'
    )
    assert basic.build().problems == ()


@pytest.mark.parametrize("target", ["/etc", "../.."])
def test_a_module_that_is_a_link_out_stops_no_other(basic: Project, target: str) -> None:
    """It is a problem of its own; the good module is built."""
    (basic.root / "sources" / "evil").symlink_to(target)
    outcome = basic.build()
    assert outcome.built == FILES
    assert [problem.code for problem in outcome.problems] == ["path-leaves"]


def test_a_module_linked_twice_is_built_under_neither_name(basic: Project) -> None:
    """Both claim one id; none is published."""
    (basic.root / "sources" / "twin").symlink_to(basic.root / "sources" / "basic")
    outcome = basic.build()
    assert outcome.built == ()
    assert {problem.code for problem in outcome.problems} == {"module-twice"}
