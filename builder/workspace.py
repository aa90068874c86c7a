"""The only door to the disk and the clock.

Everything that is read comes through a `Folder`, which keeps to itself: a path that leads out of
it, through `..` or a symbolic link, is refused. Every read and every look-up that missed is noted,
so that a build can know what an artifact was made from.
"""

from __future__ import annotations

import contextlib
import datetime
import errno
import hashlib
import os
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from builder.problems import Place, Problem, Rejected

MEGABYTE = 1024 * 1024
TEXT_LIMIT = 2 * MEGABYTE
"""Bytes of a text file: a thousand pages; more is a mistake or an attack."""
FILE_LIMIT = 64 * MEGABYTE
"""Bytes of any other file."""
CIRCLE = "its links lead in a circle"
UNFINISHED = ".leafdeck-"
"""Begins the name of a file that is being written; the number of who writes it follows."""


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder to read from, and nothing outside of it.

    Attributes:
        root: where it is on this machine; never printed and never part of a digest.
        name: how its files are named in messages, as in `sources/pain`.
        log: what was read (name and digest) and what was looked for in vain (name and None).
    """

    root: Path
    name: str
    log: dict[str, str | None] = field(default_factory=dict, compare=False, repr=False)

    def label(self, path: str) -> str:
        """The name of a file in messages."""
        return str(PurePosixPath(self.name, path)) if self.name else path

    def folder(self, path: str) -> Folder:
        """A folder inside this one; it notes its reads in the same log.

        Raises:
            Rejected: the path leads out of this folder.
        """
        return Folder(self._inside(path), self.label(path), self.log)

    def has(self, path: str) -> bool:
        """Whether there is such a file; the look-up is noted.

        Raises:
            Rejected: the path leads out of this folder.
        """
        try:
            found = self._inside(path).is_file()
        except OSError:  # as for a name longer than any file's
            found = False
        if not found:
            self.log.setdefault(self.label(path), None)
        return found

    def read(self, path: str, limit: int = FILE_LIMIT) -> bytes:
        """The bytes of a file.

        Raises:
            Rejected: it is missing, unreadable, outside of the folder, or larger than the limit.
        """
        place = Place(self.label(path))
        target = self._inside(path)
        try:
            if not stat.S_ISREG(target.stat().st_mode):
                raise OSError(errno.EINVAL, "not a file")
            with target.open("rb") as file:
                data = file.read(limit + 1)
        except FileNotFoundError:
            self.log[self.label(path)] = None
            raise Rejected(Problem("file-missing", "There is no such file.", place)) from None
        except (OSError, ValueError) as error:
            message = f"The file cannot be read: {_reason(error)}."
            raise Rejected(Problem("file-unreadable", message, place)) from None
        if len(data) > limit:
            message = f"The file is larger than {limit // MEGABYTE} MB."
            raise Rejected(Problem("file-too-large", message, place))
        self.log[self.label(path)] = digest(data)
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
        return self._entries(lambda entry: entry.is_dir())

    def files(self, path: str = "") -> tuple[str, ...]:
        """The names of the files in it or in a folder of it, in order; hidden ones are left out."""
        if path:
            return self.folder(path).files()
        return self._entries(lambda entry: entry.is_file())

    def walk(self) -> Iterator[str]:
        """The paths of all files in it and in its folders, in order; hidden ones are left out."""
        yield from self.files()
        for name in self.folders():
            yield from (f"{name}/{path}" for path in self.folder(name).walk())

    def _entries(self, wanted: Callable[[os.DirEntry[str]], bool]) -> tuple[str, ...]:
        try:
            with os.scandir(self.root) as entries:
                seen = (entry for entry in entries if not entry.name.startswith("."))
                names = [entry.name for entry in seen if _is_wanted(entry, wanted)]
        except FileNotFoundError:
            return ()
        except OSError as error:
            message = f"The folder cannot be read: {_reason(error)}."
            raise Rejected(Problem("file-unreadable", message, Place(self.name))) from None
        return tuple(sorted(names))

    def _inside(self, path: str) -> Path:
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


def _is_wanted(entry: os.DirEntry[str], wanted: Callable[[os.DirEntry[str]], bool]) -> bool:
    """Whether an entry is wanted; a link in a circle is, so that whoever reads it tells of it."""
    try:
        return wanted(entry)
    except OSError:
        return True


def _unfollowed(place: Place, reason: str) -> Problem:
    return Problem("file-unreadable", f"The path cannot be followed: {reason}.", place)


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).rstrip(".").lower()


def write_atomic(path: Path, data: bytes) -> None:
    """Put a whole file in place or none: temporary file beside it, flushed, then renamed.

    Raises:
        Rejected: the folder cannot be written.
    """
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f"{UNFINISHED}{os.getpid()}-", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        message = f"{path.name} cannot be written: {_reason(error)}."
        raise Rejected(Problem("output-unwritable", message, Place(str(path)))) from None


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
    with tempfile.TemporaryDirectory(prefix="leafdeck-") as folder:
        path = Path(folder, f"file{suffix}")
        path.write_bytes(data)
        yield path


def remove(path: Path) -> None:
    """Take a file away, if it is there."""
    path.unlink(missing_ok=True)


def read_any(path: Path) -> bytes:
    """The bytes of a file anywhere, named by the user on the command line.

    Raises:
        Rejected: it is missing, unreadable or too large.
    """
    real = path.resolve()
    try:
        return Folder(real.parent, "").read(real.name)
    except Rejected as rejected:
        raise Rejected(*(each.at(Place(str(path))) for each in rejected.problems)) from None


def today(given: str | None, environment: Mapping[str, str]) -> datetime.date:
    """The day to build for: the one given, else SOURCE_DATE_EPOCH, else the system's.

    Raises:
        ValueError: the day given or SOURCE_DATE_EPOCH cannot be read.
    """
    if given:
        return datetime.date.fromisoformat(given)
    epoch = environment.get("SOURCE_DATE_EPOCH")
    if epoch:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    return datetime.date.today()
