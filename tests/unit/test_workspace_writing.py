"""Writing whole files."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.problems import Problem, Rejected
from builder.workspace import UNFINISHED, remove_unfinished, settle, write_atomic

LIMIT = 4096
"""Bytes of the largest file in a test."""


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A file that stands, in a folder that was made for it."""
    path = tmp_path / "deep" / "out" / "file"
    write_atomic(path, b"old")
    return path


def refused(target: Path, data: bytes) -> Problem:
    """The one problem of a write that fails; the old file stands and nothing is left behind."""
    with pytest.raises(Rejected) as rejected:
        write_atomic(target, data)
    (problem,) = rejected.value.problems
    assert target.read_bytes() == b"old"
    assert [path.name for path in target.parent.iterdir()] == ["file"]
    assert problem.code == "output-unwritable"
    return problem


@pytest.fixture
def open_files() -> Iterator[None]:
    """No file is left open."""
    before = len(os.listdir("/dev/fd"))  # noqa: PTH208
    yield
    assert len(os.listdir("/dev/fd")) == before  # noqa: PTH208


@pytest.mark.usefixtures("open_files")
@pytest.mark.parametrize("step", ["write", "fsync", "rename"])
def test_a_full_disk(target: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Whichever step meets it: a clear problem, with a hint."""

    def fail(*args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    where, name = (Path, "replace") if step == "rename" else (os, step)
    monkeypatch.setattr(where, name, fail)
    problem = refused(target, b"new")
    assert problem.message == "file cannot be written: no space left on device."
    assert "room" in problem.hint


@pytest.mark.usefixtures("open_files")
def test_a_write_that_ends_in_the_middle(target: Path) -> None:
    """The system itself refuses the rest."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, before[1]))
    try:
        problem = refused(target, b"x" * (2 * LIMIT))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert problem.message == "file cannot be written: file too large."
    assert not problem.hint


@pytest.mark.usefixtures("open_files")
def test_a_user_who_stops_it(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left behind then, either."""

    def stop(handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        write_atomic(target, b"new")
    assert [path.name for path in target.parent.iterdir()] == ["file"]
    assert target.read_bytes() == b"old"


def test_a_long_write_is_whole(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though the system takes it in parts."""
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, data[:1000]))
    data = bytes(range(256)) * 40
    write_atomic(target, data)
    assert target.read_bytes() == data


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o007, 0o660), (0o077, 0o600)])
def test_the_umask_says_who_may_read(target: Path, mask: int, mode: int) -> None:
    """As of any file that the user writes."""
    before = os.umask(mask)
    try:
        write_atomic(target, b"new")
    finally:
        os.umask(before)
    assert target.stat().st_mode & 0o777 == mode


def test_the_name_is_on_disk_after_the_file(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file first, then its name, then the folder; the last only where it is asked for."""
    done: list[str] = []
    sync, rename = os.fsync, Path.replace

    def synced(handle: int) -> None:
        done.append("folder" if Path(f"/dev/fd/{handle}").is_dir() else "file")
        sync(handle)

    def renamed(path: Path, other: Path) -> Path:
        assert path.name.startswith(f"{UNFINISHED}{os.getpid()}-")
        done.append("name")
        return rename(path, other)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", renamed)
    write_atomic(target, b"new")
    write_atomic(target, b"new", settled=False)
    settle(target.parent)
    assert done == ["file", "name", "folder"] * 2


def test_a_folder_that_cannot_settle_is_left_to_its_system(tmp_path: Path) -> None:
    """It is no fault of the build."""
    settle(tmp_path / "none")


def test_what_killed_programs_left_is_removed(target: Path) -> None:
    """And nothing else: not what a running program writes, nor what bears no number."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    names = (f"{UNFINISHED}{os.getpid()}-a", f"{UNFINISHED}state")
    for name in (f"{UNFINISHED}{ended.pid}-a", *names):
        (target.parent / name).write_bytes(b"")
    remove_unfinished(target.parents[1])
    assert {path.name for path in target.parent.iterdir()} == {"file", *names}
