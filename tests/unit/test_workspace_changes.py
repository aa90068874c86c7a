"""Which entries of a log no longer hold."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.problems import Rejected
from builder.workspace import THERE, UNSURE, Fingerprints, Folder, Log, changed, looked_at
from tests.unit.test_workspace_fingerprints import later

MODULE = "sources/pain"


class Project:
    """A project with one module that was read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / MODULE
        (self.folder / "deep").mkdir(parents=True)
        (self.folder / "a.txt").write_bytes(b"1")
        (self.folder / "deep" / "b.txt").write_bytes(b"2")
        (self.folder / "link").symlink_to("a.txt")
        (root / "outside").mkdir()
        self.log = self.read().log
        self.paths = sorted({*looked_at(self.log, self.folder_of)})
        self.rows = Fingerprints((), root, later).rows(self.paths)

    def read(self) -> Folder:
        """Everything that can be noted."""
        module = Folder(self.root, "").folder(MODULE)
        assert [*module.walk()] == ["a.txt", "link", "deep/b.txt"]
        module.read("a.txt")
        module.read("link")
        module.folder("deep").read("b.txt")
        assert not module.has("none.txt")
        assert not module.has("deep")
        module.files("nowhere")
        return module

    def folder_of(self, label: str) -> Folder:
        """The module's own, which nothing in it may leave."""
        return Folder(self.root, "").folder(MODULE)

    def changed(self, rows: object = None) -> dict[str, tuple[str | None, str | None]]:
        """What changed, with all that was known."""
        fingerprints = Fingerprints(self.rows if rows is None else (), self.root, later)
        found = changed(self.log, self.folder_of, fingerprints)
        return {label.removeprefix(f"{MODULE}/"): pair for label, pair in found.items()}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The project."""
    return Project(tmp_path)


def test_nothing_changed(project: Project) -> None:
    """With all that was known, and without."""
    assert project.changed() == {}
    assert project.changed(rows=()) == {}


def swapped(root: Path) -> None:
    """A folder is moved out, and a link put in its place: each file of it is the same one."""
    (root / "deep").rename(root.parents[1] / "outside" / "deep")
    (root / "deep").symlink_to(root.parents[1] / "outside" / "deep")


def linked_out(root: Path) -> None:
    """The same for a file."""
    (root / "a.txt").rename(root.parents[1] / "outside" / "a.txt")
    (root / "a.txt").symlink_to(root.parents[1] / "outside" / "a.txt")


CASES: tuple[tuple[Callable[[Path], object], set[str]], ...] = (
    (lambda root: (root / "deep" / "b.txt").write_bytes(b"3"), {"deep/b.txt"}),
    (lambda root: (root / "a.txt").write_bytes(b"3"), {"a.txt", "link"}),
    (lambda root: (root / "none.txt").write_bytes(b""), {"none.txt", ""}),
    (lambda root: (root / "nowhere").mkdir(), {"nowhere/", ""}),
    (lambda root: (root / "deep" / "new").write_bytes(b""), {"deep/"}),
    (lambda root: (root / "deep" / "b.txt").unlink(), {"deep/b.txt", "deep/"}),
    (lambda root: (root / "deep" / ".hidden").write_bytes(b""), set()),
    (lambda root: os.utime(root / "a.txt", ns=(1, 1)), set()),
    (lambda root: (root / "a.txt").write_bytes(b"1"), set()),
    (lambda root: (root / "link").unlink(), {"link", ""}),
    (swapped, {"deep/b.txt", "deep/", "deep"}),
    (linked_out, {"a.txt", "link"}),
)


@pytest.mark.parametrize(("change", "labels"), CASES)
def test_what_changed_is_named(
    project: Project, change: Callable[[Path], object], labels: set[str]
) -> None:
    """And nothing else, with all that was known and without."""
    change(project.folder)
    assert {*project.changed()} == {*project.changed(rows=())} == labels


def test_a_module_that_became_a_link_out_of_the_project(project: Project) -> None:
    """Nothing in it is as it was, though each file is."""
    away = project.root.with_name(f"{project.root.name}-away")
    project.folder.rename(away)
    project.folder.symlink_to(away)
    assert {new for _, new in project.changed().values()} == {UNSURE}
    assert len(project.changed()) == len(project.log)


def test_unsure_is_never_unchanged(project: Project) -> None:
    """Whatever is there now."""
    project.log[f"{MODULE}/a.txt"] = UNSURE
    assert project.changed() == {"a.txt": (UNSURE, UNSURE)}


def test_a_file_that_was_only_found_may_change(project: Project) -> None:
    """As long as it is there."""
    project.log[f"{MODULE}/a.txt"] = THERE
    (project.folder / "a.txt").write_bytes(b"9")
    assert "a.txt" not in project.changed()
    (project.folder / "a.txt").unlink()
    (project.folder / "a.txt").mkdir()
    assert project.changed()["a.txt"] == (THERE, None)


def test_a_label_with_dots_is_followed(project: Project) -> None:
    """By the folder's own rules."""
    project.log.clear()
    module = project.folder_of("")
    module.read("deep/../a.txt")
    project.log.update(module.log)
    assert project.changed() == {}
    (project.folder / "a.txt").write_bytes(b"9")
    assert {*project.changed()} == {"deep/../a.txt"}


def test_all_that_tells_is_looked_at(project: Project) -> None:
    """Also the folders on the way, which nobody listed."""
    log: Log = {f"{MODULE}/deep/b.txt": None, f"{MODULE}/": None}
    root = str(project.folder)
    found = {*looked_at(log, project.folder_of)}
    assert found == {root, f"{root}/deep", f"{root}/deep/b.txt"}


def test_a_folder_that_cannot_be_reached_is_unsure(project: Project) -> None:
    """Whoever names it says so."""

    def folder_of(label: str) -> Folder:
        raise Rejected

    found = changed({"a": None}, folder_of, Fingerprints())
    assert found == {"a": (None, UNSURE)}
    assert [*looked_at({"a": None}, folder_of)] == []
