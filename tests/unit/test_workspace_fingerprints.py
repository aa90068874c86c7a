"""Whether files are what they were, told from real ones."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.workspace import UNSURE, Fingerprints, Folder, Row, digest
from builder.workspace import fingerprints as module
from builder.workspace.fingerprints import COARSE, FINE, SECOND
from builder.workspace.glance import YOUNG

LONG = 3_600 * SECOND


def later() -> int:
    """A clock by which nothing is young."""
    return time.time_ns() + LONG


def kept(root: Path, *paths: str, now: Callable[[], int] = later) -> list[Row]:
    """What is known of paths, as it is read again from a file."""
    rows = Fingerprints((), root, now).rows(paths)
    return json.loads(json.dumps(rows))  # type: ignore[no-any-return]


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what is read, rather than looked at."""
    found: list[str] = []
    real = module._read

    def read(path: str, mode: int) -> tuple[str | None, bool]:
        found.append(Path(path).name)
        return real(path, mode)

    monkeypatch.setattr(module, "_read", read)
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of three bytes."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    return path


def test_digests_are_those_that_a_folder_notes(tmp_path: Path, file: Path) -> None:
    """Of files, of lists, of nothing, of what is neither."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / ".hidden").write_bytes(b"")
    folder = Folder(tmp_path, "")
    folder.files()
    fingerprints = Fingerprints((), tmp_path)
    assert fingerprints.digest("a.txt") == digest(b"old") == fingerprints.digest(file)
    assert fingerprints.digest(tmp_path) == folder.log["/"]
    assert fingerprints.digest("none") is None
    assert fingerprints.digest("a.txt/none") is None
    assert fingerprints.digest("pipe") == UNSURE
    assert fingerprints.digest("a\0b") == UNSURE


def test_a_file_that_did_not_move_is_not_read_again(file: Path, reads: list[str]) -> None:
    """That is what looks are for; a look at it is kept, too."""
    rows = kept(file.parent, "a.txt", ".", "none")
    reads.clear()
    again = Fingerprints(rows, file.parent, later)
    assert again.digest("a.txt") == digest(b"old")
    assert again.digest("none") is None
    assert again.rows(["a.txt", ".", "none"]) == [tuple(row) for row in rows]
    assert reads == []


def edit(path: Path) -> None:
    """Another text of the same size."""
    path.write_bytes(b"new")


def edit_and_put_back_the_time(path: Path) -> None:
    """As some programs do that unpack, synchronise or edit."""
    before = path.stat()
    path.write_bytes(b"new")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def put_another_in_its_place(path: Path) -> None:
    """As most editors do; with the size and the time of the old one."""
    other = path.with_name("other")
    other.write_bytes(b"new")
    shutil.copystat(path, other)
    other.rename(path)


def restore_from_a_copy(path: Path) -> None:
    """With the times of the copy."""
    copy = path.with_name("copy")
    copy.write_bytes(b"new")
    shutil.copystat(path, copy)
    path.unlink()
    shutil.copy2(copy, path)


CHANGES = (edit, edit_and_put_back_the_time, put_another_in_its_place, restore_from_a_copy)


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_the_same_size_is_seen(file: Path, change: Callable[[Path], None]) -> None:
    """At once, however the change came about, by the clock as it is."""
    for _ in range(20):
        file.write_bytes(b"old")
        rows = kept(file.parent, "a.txt", now=time.time_ns)
        change(file)
        assert Fingerprints(rows, file.parent).digest("a.txt") == digest(b"new")


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_an_old_file_is_seen(file: Path, change: Callable[[Path], None]) -> None:
    """There the look alone tells."""
    rows = kept(file.parent, "a.txt")
    time.sleep(FINE / SECOND)
    change(file)
    assert Fingerprints(rows, file.parent, later).digest("a.txt") == digest(b"new")


def test_a_young_file_is_read_again(file: Path, reads: list[str]) -> None:
    """Until it was old when it was read."""
    touched = file.stat().st_ctime_ns
    for age, again in ((FINE - 1, True), (FINE, False)):
        rows = kept(file.parent, "a.txt", now=lambda age=age: touched + age)
        reads.clear()
        Fingerprints(rows, file.parent, later).digest("a.txt")
        assert bool(reads) is again


def test_whole_seconds_are_young_for_longer(
    file: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some file systems count time so, FAT in twos."""
    size, *_, inode, device = kept(file.parent, "a.txt")[0][1:6]
    second = 1_700_000_000 * SECOND
    monkeypatch.setattr(
        module, "look_of", lambda path: ((size, second, second, inode, device), 0o100644)
    )
    for age, again in ((COARSE - 1, True), (COARSE, False)):
        rows = kept(file.parent, "a.txt", now=lambda age=age: second + age)
        reads.clear()
        Fingerprints(rows, file.parent, later).digest("a.txt")
        assert bool(reads) is again


def test_a_clock_that_was_put_back_vouches_for_nothing(file: Path, reads: list[str]) -> None:
    """Neither when a file is read, nor when its look is looked at again."""
    rows = kept(file.parent, "a.txt")
    earlier = time.time_ns() - LONG
    reads.clear()
    back = Fingerprints(rows, file.parent, lambda: earlier)
    assert back.digest("a.txt") == digest(b"old")
    assert reads == ["a.txt"]
    assert back.rows(["a.txt"])[0][1:6] == YOUNG


def test_a_file_from_the_future_is_read_each_time(file: Path, reads: list[str]) -> None:
    """Its time says nothing."""
    ahead = time.time_ns() + 2 * LONG
    os.utime(file, ns=(ahead, ahead))
    rows = kept(file.parent, "a.txt")
    reads.clear()
    Fingerprints(rows, file.parent, later).digest("a.txt")
    assert reads == ["a.txt"]


def test_a_file_that_changes_while_it_is_read_is_read_again(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its look may be that of before."""
    real = module._content

    def content(path: str) -> str:
        found = real(path)
        file.write_bytes(b"changed")
        return found

    monkeypatch.setattr(module, "_content", content)
    rows = kept(file.parent, "a.txt")
    monkeypatch.undo()
    assert Fingerprints(rows, file.parent, later).digest("a.txt") == digest(b"changed")


def test_behind_a_link_everything_is_read_again(file: Path, reads: list[str]) -> None:
    """What it leads to may change, and no folder on the way tells."""
    root = file.parent / "root"
    root.mkdir()
    (root / "link").symlink_to(file)
    rows = kept(root, "link", ".")
    reads.clear()
    fingerprints = Fingerprints(rows, root, later)
    assert fingerprints.digest("link") == digest(b"old")
    before = fingerprints.digest(".")
    assert not fingerprints.is_sure("link")
    assert len(reads) == 2
    file.unlink()
    file.mkdir()
    assert Fingerprints(rows, root, later).digest(".") != before


def test_a_list_that_changed_is_seen(file: Path) -> None:
    """And a file that came, or went."""
    rows = kept(file.parent, ".", "a.txt", "b.txt")
    file.rename(file.with_name("b.txt"))
    again = Fingerprints(rows, file.parent, later)
    assert again.digest(".") != rows[0][-1]
    assert (again.digest("a.txt"), again.digest("b.txt")) == (None, digest(b"old"))


def test_a_file_that_is_too_large_is_unsure(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No folder would read it."""
    monkeypatch.setattr(module, "FILE_LIMIT", 2)
    assert Fingerprints((), file.parent).digest("a.txt") == UNSURE
    monkeypatch.setattr(module, "FILE_LIMIT", 3)
    assert Fingerprints((), file.parent).digest("a.txt") == digest(b"old")


def test_what_a_glance_showed_is_not_looked_at(file: Path) -> None:
    """It was looked at a moment ago."""
    rows = kept(file.parent, "a.txt")
    fingerprints = Fingerprints(rows, file.parent, later)
    fingerprints.trust(["a.txt", "unknown"])
    file.unlink()
    assert fingerprints.digest("a.txt") == digest(b"old")
    assert fingerprints.digest("unknown") is None


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from((b"1", b"2", None))), max_size=12)
)
def test_many_changes(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, bytes | None]]
) -> None:
    """However they follow each other, a record that is carried on tells what is there."""
    root = tmp_path_factory.mktemp("many")
    rows: list[Row] = []
    for name, data in changes:
        path = root / name
        path.unlink(missing_ok=True) if data is None else path.write_bytes(data)
        record = Fingerprints(rows, root)
        for each in "abc":
            there = (root / each).exists()
            assert record.digest(each) == (digest((root / each).read_bytes()) if there else None)
        rows = record.rows("abc")
