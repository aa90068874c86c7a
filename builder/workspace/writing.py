"""Writing: a whole file or none, whatever stops the program or the machine."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

from builder.problems import Place, Problem, Rejected

UNFINISHED = ".leafdeck-"
"""Begins the name of a file that is being written; the number of who writes it follows."""
FULL = (errno.ENOSPC, errno.EDQUOT)
"""What the system says where there is no room left, or none left for this user."""


def write_atomic(path: Path, data: bytes, *, settled: bool = True) -> None:
    """Put a whole file in place or none: temporary file beside it, flushed, then renamed.

    Who may read it is what the user's umask says.

    Args:
        path: where; folders on the way are made.
        data: what.
        settled: whether its name is to outlive a power cut from now on; who writes many files
            calls `settle` once for each folder instead, which takes half as long.

    Raises:
        Rejected: the folder cannot be written, or there is no room left.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _unfinished(path.parent) as (handle, temporary):
            _write(handle, data)
            temporary.replace(path)
        if settled:
            settle(path.parent)
    except OSError as error:
        raise unwritable(path, error, f"{path.name} cannot be written") from None


def unwritable(path: Path, error: OSError, what: str) -> Rejected:
    """What is told of a file or folder that the system keeps from being written.

    Args:
        path: the file or folder.
        error: what the system says.
        what: what cannot be done, as in `The folder cannot be written`.
    """
    reason = (error.strerror or str(error)).rstrip(".").lower()
    hint = "Make room and build again; the old file, if any, is whole." * (error.errno in FULL)
    return Rejected(Problem("output-unwritable", f"{what}: {reason}.", Place(str(path)), hint))


@contextlib.contextmanager
def _unfinished(folder: Path) -> Iterator[tuple[int, Path]]:
    """A new file that is being written; it is gone if it was not given another name."""
    path = folder / f"{UNFINISHED}{os.getpid()}-{os.urandom(6).hex()}"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o666)
    try:
        yield handle, path
    except BaseException:  # also where the user stops it
        with contextlib.suppress(OSError):
            path.unlink()
        raise
    finally:
        os.close(handle)


def _write(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]
    os.fsync(handle)


def settle(folder: Path) -> None:
    """See to it that the names of a folder's files outlive a power cut.

    File systems that cannot do so, as some on networks, are left to it.
    """
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove_unfinished(folder: Path) -> None:
    """Take away the files that programs which were killed had begun to write."""
    for path in sorted(folder.rglob(f"{UNFINISHED}*")):
        owner = path.name.removeprefix(UNFINISHED).partition("-")[0]
        if owner.isdecimal() and not path.is_symlink() and not _runs(int(owner)):
            with contextlib.suppress(OSError):
                path.unlink()


def _runs(process: int) -> bool:
    """Whether a program runs under a number."""
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # it is somebody else's
        return True
    return True


@contextlib.contextmanager
def temporary(data: bytes, suffix: str) -> Iterator[Path]:
    """A file for programs that read nothing else; it is gone afterwards."""
    import tempfile  # few commands need it

    with tempfile.TemporaryDirectory(prefix="leafdeck-") as folder:
        path = Path(folder, f"file{suffix}")
        path.write_bytes(data)
        yield path


def remove(path: Path) -> None:
    """Take a file away, if it is there.

    Raises:
        Rejected: it cannot be removed.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(path, error, f"{path.name} cannot be removed") from None
