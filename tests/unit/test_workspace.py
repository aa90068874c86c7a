"""The door to disk and clock: jail, limits, notes, the day."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from builder import workspace
from builder.problems import Rejected
from builder.workspace import TEXT_LIMIT, Folder, digest, today


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder with a file, a folder in it, and a neighbour that must not be reached."""
    (tmp_path / "outside.txt").write_text("secret")
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text("a\r\nb")
    return Folder(tmp_path / "in", "sources/in")


def code(rejected: pytest.ExceptionInfo[Rejected]) -> str:
    """The code of the one problem that was raised."""
    (problem,) = rejected.value.problems
    return problem.code


@pytest.mark.parametrize("path", ["../outside.txt", "deep/../../outside.txt", "/etc/hostname"])
def test_a_path_that_leaves_is_refused(folder: Folder, path: str) -> None:
    """No path leads out of a folder."""
    with pytest.raises(Rejected) as rejected:
        folder.read(path)
    assert code(rejected) == "path-leaves"


def test_a_link_that_leaves_is_refused(folder: Folder) -> None:
    """A symbolic link may point inside only, and so may one to a folder."""
    (folder.root / "link").symlink_to(folder.root.parent / "outside.txt")
    (folder.root / "up").symlink_to(folder.root.parent)
    (folder.root / "fine").symlink_to(folder.root / "a.txt")
    for path in ("link", "up/outside.txt"):
        with pytest.raises(Rejected) as rejected:
            folder.read(path)
        assert code(rejected) == "path-leaves"
    assert folder.read("fine") == b"a\r\nb"


@pytest.mark.parametrize("path", ["a\0b", "x" * 5000, "deep"])
def test_a_path_that_cannot_be_read_is_a_problem(folder: Folder, path: str) -> None:
    """Whatever the system says of a path, it comes as a problem."""
    with pytest.raises(Rejected) as rejected:
        folder.read(path)
    assert code(rejected) == "file-unreadable"


def test_a_name_too_long_for_any_file_is_a_miss(folder: Folder) -> None:
    """Nobody can have such a file."""
    assert not folder.has("x" * 5000)


def test_links_in_a_circle_are_a_problem(folder: Folder) -> None:
    """The message names no place on this machine."""
    (folder.root / "round").symlink_to("round")
    with pytest.raises(Rejected) as rejected:
        folder.has("round")
    assert code(rejected) == "file-unreadable"
    assert str(folder.root) not in str(rejected.value)


def test_reads_and_misses_are_noted(folder: Folder) -> None:
    """The log holds what was read, with its digest, and what was looked for in vain."""
    folder.read("a.txt")
    assert not folder.has("none.txt")
    folder.folder("deep").has("x.txt")
    assert folder.log == {
        "sources/in/a.txt": digest(b"a\r\nb"),
        "sources/in/none.txt": None,
        "sources/in/deep/x.txt": None,
    }


def test_text_is_plain(folder: Folder) -> None:
    """A byte-order mark and the line ends of other systems do not reach the reader."""
    (folder.root / "b.txt").write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree")
    assert folder.text("b.txt") == "one\ntwo\nthree"


def test_a_text_has_a_limit(folder: Folder) -> None:
    """A text larger than the limit is refused without being read whole."""
    (folder.root / "big.txt").write_bytes(b"x" * (TEXT_LIMIT + 1))
    with pytest.raises(Rejected) as rejected:
        folder.text("big.txt")
    assert code(rejected) == "file-too-large"


def test_names_come_in_order_and_hidden_ones_do_not(folder: Folder) -> None:
    """The order of a listing is that of the names, not of the disk."""
    for name in ("z", "b", ".hidden", "m"):
        (folder.root / name).mkdir()
    assert folder.folders() == ("b", "deep", "m", "z")


@pytest.mark.parametrize(
    ("given", "environment", "expected"),
    [
        ("2026-03-02", {"SOURCE_DATE_EPOCH": "0"}, datetime.date(2026, 3, 2)),
        (None, {"SOURCE_DATE_EPOCH": "86400"}, datetime.date(1970, 1, 2)),
    ],
)
def test_the_day(given: str | None, environment: dict[str, str], expected: datetime.date) -> None:
    """The option counts before SOURCE_DATE_EPOCH."""
    assert today(given, environment) == expected


@pytest.mark.parametrize("given", ["tomorrow", "2026-02-30"])
def test_a_day_that_is_none(given: str) -> None:
    """A day that is not in the calendar is refused."""
    with pytest.raises(ValueError, match=r".+"):
        today(given, {})


def test_every_name_has_a_home() -> None:
    """Each is brought when it is asked for, and no other is."""
    assert {name for names in workspace._HOMES.values() for name in names} == {*workspace.__all__}
    for name in workspace.__all__:
        assert getattr(workspace, name) is not None
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = workspace.no_such_name
