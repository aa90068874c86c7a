"""A folder as a store. Parallel writers are safe: files are renamed into place."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from builder.build.cache.stores import Stored, day_of
from builder.workspace import UNFINISHED, today

MARKS = {
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# A cache of Leafdeck: all of it can be made again. See https://bford.info/cachedir/\n",
    ".gitignore": "*\n",
}
"""Keep a cache out of backups and repositories."""


class FolderStore:
    """A folder on a disk of this machine, or on one that it shares with others."""

    far = False

    def __init__(self, root: Path) -> None:
        self._root = root

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, whose time stamp then tells of this day; None: there is none."""
        target = self._root / path
        try:
            found = target.stat()
            if not stat.S_ISREG(found.st_mode):  # reading a pipe would never end
                return b""
            data = target.read_bytes()
        except FileNotFoundError:
            return None
        if day_of(found.st_mtime) != today(None, {}):
            with contextlib.suppress(OSError):  # a folder may be for reading only
                os.utime(target)
        return data

    def write(self, path: str, data: bytes) -> None:
        """Put a file in place, without waiting for the disk: what a crash cuts off is a miss."""
        target = self._root / path
        try:
            _write(target, data)
        except FileNotFoundError:
            self._prepare()
            target.parent.mkdir(parents=True, exist_ok=True)
            _write(target, data)

    def remove(self, path: str) -> None:
        """Take a file away, if it is there."""
        (self._root / path).unlink(missing_ok=True)

    def listing(self, room: str) -> Iterator[Stored]:
        """The files in the folders of a room; no link is followed."""
        for folder in _inside(self._root / room):
            if folder.is_dir(follow_symlinks=False):
                for file in _inside(Path(folder.path)):
                    with contextlib.suppress(FileNotFoundError):  # another process removed it
                        found = file.stat(follow_symlinks=False)
                        if stat.S_ISREG(found.st_mode):
                            path = f"{room}/{folder.name}/{file.name}"
                            yield Stored(path, found.st_size, day_of(found.st_mtime))

    def _prepare(self) -> None:
        """Mark a folder that is new. One that holds anything else may be more than a cache."""
        self._root.mkdir(parents=True, exist_ok=True)
        if not any(self._root.iterdir()):
            for name, text in MARKS.items():
                (self._root / name).write_text(text, encoding="utf-8")


def _write(target: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f"{UNFINISHED}{os.getpid()}-", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(0o644)  # others may share the cache
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _inside(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except FileNotFoundError:
        return []
