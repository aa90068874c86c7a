"""What a folder notes of all that was seen of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from builder.problems import Rejected
from builder.workspace import THERE, UNSURE, Folder, Log, digest, note

ONE, TWO = digest(b"1"), digest(b"2")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder with a file, an empty folder and a file in another."""
    root = tmp_path / "in"
    (root / "deep").mkdir(parents=True)
    (root / "empty").mkdir()
    (root / "a.txt").write_bytes(b"1")
    (root / "deep" / "b.txt").write_bytes(b"2")
    return Folder(root, "sources/in")


def noted(folder: Folder, label: str) -> str | None:
    """What is noted under a label, which must be there."""
    return folder.log[f"sources/in/{label}"]


@pytest.mark.parametrize(
    ("notes", "left"),
    [
        ([ONE, ONE], ONE),
        ([THERE, ONE], ONE),
        ([ONE, THERE], ONE),
        ([None, None], None),
        ([ONE, TWO], UNSURE),
        ([ONE, TWO, ONE], UNSURE),
        ([None, ONE], UNSURE),
        ([ONE, None], UNSURE),
        ([THERE, None], UNSURE),
        ([None, THERE], UNSURE),
        ([UNSURE, ONE], UNSURE),
        ([UNSURE, THERE], UNSURE),
        ([THERE, UNSURE], UNSURE),
    ],
)
def test_a_later_note_hides_no_earlier_one(notes: list[str | None], left: str | None) -> None:
    """Two notes that cannot both be true of one state leave neither."""
    log: Log = {}
    for each in notes:
        note(log, "a", each)
    assert log == {"a": left}


def test_a_file_that_changes_while_it_is_read_twice(folder: Folder) -> None:
    """Nobody can say what was made from it."""
    folder.read("a.txt")
    (folder.root / "a.txt").write_bytes(b"2")
    folder.read("a.txt")
    assert noted(folder, "a.txt") == UNSURE


def test_a_file_that_was_found_is_noted(folder: Folder) -> None:
    """Also where nobody read it; its digest counts more."""
    assert folder.has("a.txt")
    assert noted(folder, "a.txt") == THERE
    folder.read("a.txt")
    assert folder.has("a.txt")
    assert noted(folder, "a.txt") == ONE


def test_a_folder_is_no_file(folder: Folder) -> None:
    """Looking for a file of that name misses."""
    assert not folder.has("deep")
    assert noted(folder, "deep") is None


def test_both_lists_of_a_folder_note_the_same(folder: Folder) -> None:
    """So that they do not gainsay each other."""
    assert folder.files() == ("a.txt",)
    before = noted(folder, "")
    assert folder.folders() == ("deep", "empty")
    assert noted(folder, "") == before not in (None, UNSURE)


def test_walking_notes_every_folder(folder: Folder) -> None:
    """An empty one too: a file may be put there."""
    assert list(folder.walk()) == ["a.txt", "deep/b.txt"]
    assert sorted(folder.log) == ["sources/in/", "sources/in/deep/", "sources/in/empty/"]


def test_a_folder_that_is_not_there_is_noted(folder: Folder) -> None:
    """It may be made."""
    assert folder.files("none") == ()
    assert noted(folder, "none/") is None


def test_the_projects_own_folder_has_a_label(tmp_path: Path) -> None:
    """Though it has no name."""
    project = Folder(tmp_path, "")
    project.files()
    assert [*project.log] == ["/"]


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "c.txt").write_bytes(b""),
        lambda root: (root / "a.txt").unlink(),
        lambda root: (root / "a.txt").rename(root / "c.txt"),
        lambda root: ((root / "empty").rmdir(), (root / "empty").write_bytes(b"")),
        lambda root: (root / "link").symlink_to("nowhere"),
        lambda root: os.mkfifo(root / "pipe"),
    ],
)
def test_another_list_has_another_digest(folder: Folder, change: object) -> None:
    """Names count, and what they are names of."""
    folder.files()
    change(folder.root)  # type: ignore[operator]
    again = folder.apart()
    again.files()
    assert noted(again, "") != noted(folder, "")


def test_hidden_files_and_what_files_hold_do_not_change_a_list(folder: Folder) -> None:
    """An editor's own files do not start a build."""
    folder.files()
    (folder.root / ".a.txt.swp").write_bytes(b"")
    (folder.root / "a.txt").write_bytes(b"2")
    again = folder.apart()
    again.files()
    assert again.log == folder.log


@pytest.mark.parametrize("path", ["../x", "round", "pipe", "big.txt", "leaves", "a\0b"])
def test_whatever_else_goes_wrong_is_unsure(folder: Folder, path: str) -> None:
    """It counts as changed every time, whatever it is."""
    (folder.root / "round").symlink_to("round")
    (folder.root / "leaves").symlink_to(folder.root.parent)
    os.mkfifo(folder.root / "pipe")
    (folder.root / "big.txt").write_bytes(b"12")
    with pytest.raises(Rejected):
        folder.read(path, limit=1)
    assert noted(folder, path) == UNSURE


def test_what_cannot_be_looked_up_is_unsure(folder: Folder) -> None:
    """A pipe is there, but is no file."""
    os.mkfifo(folder.root / "pipe")
    assert not folder.has("pipe")
    assert noted(folder, "pipe") == UNSURE


def test_a_file_in_place_of_a_folder_cannot_be_listed(folder: Folder) -> None:
    """The problem is told, and noted."""
    with pytest.raises(Rejected):
        folder.files("a.txt")
    assert noted(folder, "a.txt/") == UNSURE


def test_apart_has_a_log_of_its_own(folder: Folder) -> None:
    """The same folder, seen by somebody else."""
    other = folder.apart()
    other.read("a.txt")
    assert (other, folder.log) == (folder, {})
    assert noted(other, "a.txt") == ONE
