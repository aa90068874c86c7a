"""Reading: a folder that keeps to itself, and notes all that was seen of it.

A path that leads out of it, through `..` or a symbolic link, is refused.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from builder.problems import Place, Problem, Rejected
from builder.workspace.notes import (
    FILE,
    FOLDER,
    LISTING,
    LOST,
    THERE,
    UNSURE,
    Log,
    digest,
    entries,
    listing,
    note,
)

MEGABYTE = 1024 * 1024
TEXT_LIMIT = 2 * MEGABYTE
"""Bytes of a text file: a thousand pages; more is a mistake or an attack."""
FILE_LIMIT = 64 * MEGABYTE
"""Bytes of any other file."""
CHUNK = MEGABYTE // 16
"""Bytes that are read at once, at least."""
CIRCLE = "its links lead in a circle"
MISSING = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG)
"""What the system says where there is no such file, and where nobody can have one."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder to read from, and nothing outside of it.

    Attributes:
        root: where it is on this machine; never printed and never part of a digest.
        name: how its files are named in messages, as in `sources/pain`.
        log: all that was seen of it and of the folders that were reached through it.
    """

    root: Path
    name: str
    log: Log = field(default_factory=dict, compare=False, repr=False)

    def label(self, path: str) -> str:
        """The name of a file in messages."""
        return str(PurePosixPath(self.name, path)) if self.name else path

    def apart(self) -> Folder:
        """The same folder with a log of its own, empty as yet."""
        return Folder(self.root, self.name)

    def folder(self, path: str) -> Folder:
        """A folder inside this one; it notes what is seen in the same log.

        Raises:
            Rejected: the path leads out of this folder.
        """
        return Folder(Path(self._inside(path)), self.label(path), self.log)

    def has(self, path: str) -> bool:
        """Whether there is such a file; the look-up is noted.

        Raises:
            Rejected: the path leads out of this folder.
        """
        seen = _looked_up(self._inside(path))
        self._note(path, seen)
        return seen == THERE

    def read(self, path: str, limit: int = FILE_LIMIT) -> bytes:
        """The bytes of a file.

        Raises:
            Rejected: it is missing, unreadable, outside of the folder, or larger than the limit.
        """
        target = self._inside(path)
        try:
            data = _content(target, limit)
        except FileNotFoundError:
            raise self._refused(path, None, "file-missing", "There is no such file.") from None
        except (OSError, ValueError) as error:
            message = f"The file cannot be read: {_reason(error)}."
            raise self._refused(path, UNSURE, "file-unreadable", message) from None
        if len(data) > limit:
            message = f"The file is larger than {limit // MEGABYTE} MB."
            raise self._refused(path, UNSURE, "file-too-large", message)
        self._note(path, digest(data))
        return data

    def text(self, path: str) -> str:
        """The text of a UTF-8 file, without a byte-order mark and with plain line ends.

        Raises:
            Rejected: as for `read`, or the file is not UTF-8.
        """
        data = self.read(path, TEXT_LIMIT)
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise Rejected(
                Problem(
                    "not-utf8",
                    f"Byte {data[error.start]:#04x} is not UTF-8 text.",
                    Place(self.label(path), line),
                    "Save the file with the encoding UTF-8.",
                )
            ) from None
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def folders(self) -> tuple[str, ...]:
        """The names of the folders in it, in order; hidden ones are left out."""
        return self._listed(FOLDER)

    def files(self, path: str = "") -> tuple[str, ...]:
        """The names of the files in it or in a folder of it, in order; hidden ones are left out."""
        if path:
            return self.folder(path).files()
        return self._listed(FILE)

    def walk(self) -> Iterator[str]:
        """The paths of all files in it and in its folders, in order; hidden ones are left out."""
        yield from self.files()
        for name in self.folders():
            yield from (f"{name}/{path}" for path in self.folder(name).walk())

    def _listed(self, wanted: str) -> tuple[str, ...]:
        """The names of one kind; a circle is of each, so that whoever reads it tells of it."""
        label = self.name + LISTING
        try:
            kinds, _ = entries(str(self.root))
        except FileNotFoundError:
            note(self.log, label, None)
            return ()
        except OSError as error:
            note(self.log, label, UNSURE)
            message = f"The folder cannot be read: {_reason(error)}."
            raise Rejected(Problem("file-unreadable", message, Place(self.name))) from None
        note(self.log, label, listing(kinds))
        return tuple(name for name, kind in kinds.items() if kind in (wanted, LOST))

    def _note(self, path: str, seen: str | None) -> None:
        note(self.log, self.label(path), seen)

    def _refused(self, path: str, seen: str | None, code: str, message: str) -> Rejected:
        self._note(path, seen)
        return Rejected(Problem(code, message, Place(self.label(path))))

    def _inside(self, path: str) -> str:
        root = str(self.root)
        if is_plain(root, path):
            return f"{root}/{path}"
        try:
            return str(self._followed(path))
        except Rejected:
            self._note(path, UNSURE)
            raise

    def _followed(self, path: str) -> Path:
        """Where a path leads that has links or `..` in it."""
        place = Place(self.label(path))
        try:
            root = self.root.resolve()
            target = (root / path).resolve()
        except (OSError, ValueError, RuntimeError) as error:
            reason = CIRCLE if isinstance(error, RuntimeError) else _reason(error)
            raise Rejected(_unfollowed(place, reason)) from None
        # Since Python 3.13 a circle is not an error; `Path.is_symlink` fails on long names.
        if os.path.islink(target):  # noqa: PTH114
            raise Rejected(_unfollowed(place, CIRCLE))
        if not target.is_relative_to(root):
            message = f"“{path}” leads out of {self.name or 'the project'}."
            hint = "Copy the file into the folder and name it there."
            raise Rejected(Problem("path-leaves", message, place, hint))
        return target


def is_plain(root: str, path: str) -> bool:
    """Whether a path leads into a folder step by step, without `..` and links: it cannot leave."""
    steps = path.split("/")
    if not {"", ".", ".."}.isdisjoint(steps):
        return False
    for step in steps:
        root = f"{root}/{step}"
        try:
            if stat.S_ISLNK(os.lstat(root).st_mode):
                return False
        except FileNotFoundError:  # nothing is there, so nothing leads elsewhere
            return True
        except (OSError, ValueError):
            return False
    return True


def _looked_up(path: str) -> str | None:
    """What is noted of a path that somebody asks for; a folder is no file."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - done for many thousand files
    except OSError as error:
        return None if error.errno in MISSING else UNSURE
    if stat.S_ISDIR(mode):
        return None
    return THERE if stat.S_ISREG(mode) else UNSURE


def _content(path: str, limit: int) -> bytes:
    """The bytes of a regular file, and one more than the limit where there are more.

    It is opened first and looked at then, so that it is one file; nothing waits for a pipe.
    """
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        seen = os.fstat(handle)
        if not stat.S_ISREG(seen.st_mode):
            raise OSError(errno.EINVAL, "not a file")
        left, parts = limit + 1, [b""]
        while left > 0 and (data := os.read(handle, min(max(seen.st_size + 1, CHUNK), left))):
            parts.append(data)
            left -= len(data)
        return b"".join(parts)
    finally:
        os.close(handle)


def _unfollowed(place: Place, reason: str) -> Problem:
    return Problem("file-unreadable", f"The path cannot be followed: {reason}.", place)


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).rstrip(".").lower()
