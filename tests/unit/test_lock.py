"""One build at a time writes into a folder, and the lock is no danger to anything itself."""

from __future__ import annotations

import errno
import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from builder.build.publishing.lock import FILE, locked
from builder.build.requests import Request
from builder.build.run import look
from builder.problems import Problem, Rejected
from builder.settings import read_settings
from builder.workspace import Folder
from tests.helpers import CHECKOUT, Project

HOLD = """
import sys
from pathlib import Path
from builder.build.publishing.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held(output: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock."""
    program = [sys.executable, "-c", HOLD, str(output)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(program, cwd=CHECKOUT, text=True, **pipes) as holder:
        assert holder.stdout and holder.stdout.readline() == "held\n"
        yield holder
        holder.kill()


def refused(output: Path) -> Problem:
    """Why a folder cannot be locked."""
    with pytest.raises(Rejected) as rejected, locked(output):
        pass
    (problem,) = rejected.value.problems
    return problem


def test_the_second_build_is_told_who_is_first(tmp_path: Path) -> None:
    with held(tmp_path) as holder:
        problem = refused(tmp_path)
        assert problem.code == "output-locked"
        assert problem.message == f"Another build writes into it, process {holder.pid}."
        assert (tmp_path / FILE).read_text() == str(holder.pid)
        holder.kill()  # with SIGKILL: it cannot clean up
        holder.wait()
        with locked(tmp_path):
            assert (tmp_path / FILE).read_text() == str(os.getpid())


def test_one_after_the_other(tmp_path: Path) -> None:
    """Also after one that failed."""
    with pytest.raises(KeyError), locked(tmp_path):
        raise KeyError
    with locked(tmp_path):
        assert refused(tmp_path).code == "output-locked"


@pytest.mark.parametrize("noted", [b"", b"\xff\xfe", b"\x1b[31mred", b"9" * 400])
def test_a_lock_that_says_not_who_holds_it(tmp_path: Path, noted: bytes) -> None:
    with held(tmp_path):
        (tmp_path / FILE).write_bytes(noted)
        message = refused(tmp_path).message
        assert message.startswith("Another build writes into it") and message.isprintable()


def test_who_only_looks_needs_no_lock(basic: Project) -> None:
    folder = Folder(basic.root, "")
    request = Request(folder, read_settings(folder), basic.today, basic.output)
    with held(basic.output):
        assert look(request).planned
        assert look(request, compares=True).planned


def test_a_link_in_place_of_the_lock_is_not_written_through(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.write_text("mine")
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / FILE).symlink_to(mine)
    message = refused(tmp_path / "output").message
    assert message == f"{FILE} is a link; remove it and build again."
    assert mine.read_text() == "mine"


def test_a_folder_in_place_of_the_lock(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    assert refused(tmp_path).message == f"{FILE} cannot be written: is a directory."


@pytest.mark.parametrize("error", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EIO])
def test_a_file_system_without_locks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    """A build goes on: every file is written whole without a lock too."""

    def refuse(*_: object) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with locked(tmp_path):
        assert (tmp_path / FILE).read_text() == str(os.getpid())


@pytest.mark.parametrize("call", ["pwrite", "ftruncate"])
def test_no_room_to_note_who_holds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, call, refuse)
    with locked(tmp_path):
        assert refused(tmp_path).message == "Another build writes into it."


def test_no_worker_keeps_a_lock(tmp_path: Path) -> None:
    """A program that is started meanwhile and lives on does not hold it."""
    with locked(tmp_path):
        other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        with locked(tmp_path):
            pass
    finally:
        other.communicate(b"\n")
