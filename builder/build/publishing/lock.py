"""One build at a time writes into a folder."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from builder.problems import Place, Problem, Rejected
from builder.workspace import unwritable

FILE = ".leafdeck-lock"
HELD = (errno.EWOULDBLOCK, errno.EACCES)
"""What the system says where somebody else holds a lock."""


@contextlib.contextmanager
def locked(output: Path) -> Iterator[None]:
    """Keep other builds out of a folder; the system lets go of it however this one ends.

    Raises:
        Rejected: another build writes into it, or the folder cannot be written.
    """
    handle = _opened(output)
    try:
        _take(handle, output)
        yield
    finally:
        os.close(handle)


def _opened(output: Path) -> int:
    """The file that is locked. A link in its place is not followed: we write into it."""
    path = output / FILE
    try:
        output.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
    except OSError as error:
        if error.errno == errno.ELOOP and path.is_symlink():
            message = f"{FILE} is a link; remove it and build again."
            raise Rejected(Problem("output-unwritable", message, Place(str(path)))) from None
        if error.errno == errno.EISDIR:
            raise unwritable(path, error, f"{FILE} cannot be written") from None
        raise unwritable(output, error, "The folder cannot be written") from None


def _take(handle: int, output: Path) -> None:
    """Lock a file, and note in it who did.

    Some network file systems have no locks. A build goes on there: a lock keeps two of them from
    doing the same work, but each file is written whole without it too.
    """
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in HELD:
            raise _held(handle, output) from None
    with contextlib.suppress(OSError):  # a full disk has no room for it
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)


def _held(handle: int, output: Path) -> Rejected:
    owner = os.pread(handle, 20, 0).decode(errors="replace").strip()
    message = f"Another build writes into it{f', process {owner}' if owner.isdecimal() else ''}."
    hint = "Wait until it has ended, or build into another folder with --output."
    return Rejected(Problem("output-locked", message, Place(str(output)), hint))
