"""Builds that do no needless work: what is not rewritten, what a cache gives, what Git tells."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from builder import report
from builder.artifacts import KINDS
from builder.build.cache import Cache, open_cache
from builder.build.knowing import environment
from tests.helpers import Project
from tests.unit.test_build import FILES, PAGE, contents

Looks = dict[str, tuple[int, int]]
UNSEEN = (
    ("module.yaml", "kind: leaflet", "kind:    leaflet # printed"),
    ("references.bib", "  author", "     author"),
    ("leaflet.md", "What happens\n", "What happens   \n"),
)
"""Edits that change nothing that is made: a file, what stands there, what stands there then."""
MOVED = (
    ("module.yaml", "", "# nothing\n"),
    ("slides.md", "\n## A slide", "\n\n\n## A slide"),
)
"""The same, but what is told of the module would stand on another line."""


def looks(project: Project) -> Looks:
    """The inode and the time stamp of every published file."""
    found = {path: path.stat() for path in project.output.glob("*/*")}
    return {str(path): (seen.st_ino, seen.st_mtime_ns) for path, seen in found.items()}


@pytest.mark.parametrize(("path", "old", "new"), UNSEEN + MOVED)
def test_an_edit_that_changes_nothing_rewrites_nothing(
    basic: Project, path: str, old: str, new: str
) -> None:
    """Every file stays as it is on the disk."""
    basic.build()
    before = looks(basic)
    basic.edit(f"sources/basic/{path}", old, new)
    outcome = basic.build()
    assert (outcome.built, outcome.problems, outcome.unchanged) == ((), (), len(FILES))
    assert looks(basic) == before
    assert basic.build().planned == ()


@pytest.mark.parametrize(("path", "old", "new"), UNSEEN)
def test_an_edit_that_changes_nothing_is_no_difference(
    basic: Project, path: str, old: str, new: str
) -> None:
    """Who compares is told that the output is what the sources say; a plan looks less closely."""
    basic.build()
    basic.edit(f"sources/basic/{path}", old, new)
    assert basic.look(compares=True).planned == ()
    basic.edit("sources/basic/slides.md", "One point", "Another point")
    assert {each.file for each in basic.look(compares=True).planned} == {FILES[0]}


def test_an_edit_of_the_same_size_in_the_same_moment_is_seen(basic: Project) -> None:
    """Neither size nor time stamp tells of it."""
    path = basic.root / "sources/basic/leaflet.md"
    seen = path.stat()
    basic.build()
    for old, new in (("Remember", "Consider"), ("Consider", "Remember")):
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
        assert path.stat().st_size == seen.st_size
        assert FILES[1] in basic.build().built


@pytest.fixture
def cached(basic: Project) -> tuple[Project, Cache]:
    """A project that was built with a cache, and the cache."""
    cache = open_cache("cache", basic.root)
    basic.build(cache=cache)
    return basic, cache


def copied(project: Project, name: str) -> None:
    """A further module, with an id of its own."""
    Project.from_(project.root / "sources/basic", project.root / "sources" / name)
    project.edit(f"sources/{name}/module.yaml", "BASIC-01", f"{name.upper()}-01")


def cloned(project: Project, root: Path, *left_out: str) -> Project:
    """A fresh clone: the sources, and nothing that was built."""
    left = shutil.ignore_patterns("output", "cache", *left_out)
    shutil.copytree(project.root, root, ignore=left)
    return Project(root, project.today)


def entries(cache: Cache, room: str = "artifacts") -> list[Path]:
    """The files of the entries in a cache."""
    return sorted(path for path in Path(cache.address, room).rglob("*") if path.is_file())


def test_a_fresh_clone_takes_everything_from_the_cache(
    cached: tuple[Project, Cache], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same bytes, problems and notes, where no artifact can be made."""
    project, cache = cached
    for kind in KINDS.values():
        monkeypatch.setattr(kind.writer, "make", None)
    bare = cloned(project, tmp_path / "bare")
    assert {each.code for each in bare.build().problems} == {"artifact-failed"}
    clone = cloned(project, tmp_path / "clone")
    outcome = clone.build(cache=open_cache(cache.address, clone.root))
    assert (outcome.built, outcome.problems, outcome.taken) == (FILES, (), len(FILES))
    assert contents(clone) == contents(project)
    assert clone.build(cache=cache).built == ()


@pytest.mark.parametrize("damage", [b"", b"x", None])
def test_damaged_entries_are_made_anew_and_replaced(
    cached: tuple[Project, Cache], tmp_path: Path, damage: bytes | None
) -> None:
    """An entry that is empty, something else or cut short costs time and nothing more."""
    project, cache = cached
    kept = {path: path.read_bytes() for path in entries(cache)}
    for path, data in kept.items():
        path.write_bytes(data[: len(data) // 2] if damage is None else damage)
    clone = cloned(project, tmp_path / "clone")
    outcome = clone.build(cache=open_cache(cache.address, clone.root))
    assert (outcome.built, outcome.problems, outcome.taken) == (FILES, (), 0)
    assert contents(clone) == contents(project)
    assert {path: path.read_bytes() for path in entries(cache)} == kept


def test_damaged_notes_are_made_anew(cached: tuple[Project, Cache], tmp_path: Path) -> None:
    """Where it cannot be told what was found of a module, the module is read."""
    project, cache = cached
    for path in entries(cache, "modules"):
        path.write_bytes(b"damaged")
    clone = cloned(project, tmp_path / "clone")
    outcome = clone.build(cache=open_cache(cache.address, clone.root))
    assert (outcome.built, outcome.taken) == (FILES, len(FILES))
    assert contents(clone) == contents(project)


def test_what_other_code_made_is_not_taken(
    cached: tuple[Project, Cache], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another version of the program, of a package or of a library may make other bytes."""
    project, cache = cached
    monkeypatch.setattr(environment, "_code", lambda: "another")
    clone = cloned(project, tmp_path / "clone")
    outcome = clone.build(cache=open_cache(cache.address, clone.root))
    assert (outcome.built, outcome.taken) == (FILES, 0)


def test_notes_of_a_module_beside_others_are_not_believed(basic: Project, tmp_path: Path) -> None:
    """A page names its neighbour by a title that is not in the module's own folder."""
    copied(basic, "other")
    facts = "sources/basic/module.yaml"
    series = "series: {name: A series, previous: other}\n"
    basic.write(facts, (basic.root / facts).read_text(encoding="utf-8") + series)
    cache = open_cache("cache", basic.root)
    basic.build(cache=cache)
    clone = cloned(basic, tmp_path / "clone")
    clone.edit("sources/other/module.yaml", "A basic module", "A renamed neighbour")
    clone.build(cache=open_cache(cache.address, clone.root))
    assert "A renamed neighbour" in clone.read(PAGE).decode()
    alone = cloned(clone, tmp_path / "alone")
    alone.build()
    assert contents(clone) == contents(alone)


def test_notes_of_a_module_whose_id_is_claimed_here_are_not_believed(
    cached: tuple[Project, Cache], tmp_path: Path
) -> None:
    """Alone it was sound; beside one with the same id neither is published."""
    project, cache = cached
    clone = cloned(project, tmp_path / "clone")
    Project.from_(clone.root / "sources/basic", clone.root / "sources/twin")
    outcome = clone.build(cache=open_cache(cache.address, clone.root))
    assert outcome.built == ()
    assert {each.code for each in outcome.problems} == {"module-twice"}


@pytest.mark.parametrize("file", ["SHA256SUMS", "manifest.json"])
def test_who_compares_sees_what_tells_of_the_files(basic: Project, file: str) -> None:
    """What was appended to the sums, or to the manifest, is not what the sources say."""
    basic.build()
    assert basic.look(compares=True).planned == ()
    (basic.output / file).write_bytes(basic.read(file) + b"\n")
    (planned,) = basic.look(compares=True).planned
    assert planned.file == file


def test_who_compares_is_told_that_errors_were_left_out(
    basic: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """A module that cannot be built cannot be compared."""
    basic.edit("sources/basic/module.yaml", "title:", "title")
    report.print_planned("text", basic.look(compares=True), "output", compares=True)
    assert capsys.readouterr().out.endswith("is what the sources say, but for what has an error.\n")
