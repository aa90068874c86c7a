"""Whether files are what they were: by what they hold; looks only spare the reading.

A look (size, mtime, ctime, inode, device) stands for what a file holds only if it would have
changed with the file. It may not where the file was touched so shortly before it was read that
another change bears the same time, where its time is ahead of the clock, or where a link leads to
what is looked at. Such a file is read again each time until its look can be trusted.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from builder.workspace.folder import FILE_LIMIT
from builder.workspace.glance import GONE, ODD, YOUNG, Look, packed
from builder.workspace.notes import UNSURE, entries, listing

Row = tuple[str, int, int, int, int, int, str | None]
"""A path, its look, and the digest of what it held; None where there was nothing."""

SECOND = 1_000_000_000
FINE = SECOND // 20
"""Nanoseconds after which a change bears another time: system clocks tick every 1 to 10 ms."""
COARSE = 2 * SECOND + FINE
"""The same where times are whole seconds, as on some network file systems; FAT counts in twos."""
CHUNK = 1024 * 1024


class Fingerprints:
    """Digests of files and folders, each read only where its look does not vouch for it.

    A path is looked at once; another look takes another record.

    Args:
        rows: what an earlier look found.
        root: the folder that paths are named from; those elsewhere are named in full.
        now: the time in nanoseconds since 1970.
    """

    def __init__(
        self,
        rows: Iterable[Sequence[Any]] = (),
        root: str | os.PathLike[str] = ".",
        now: Callable[[], int] = time.time_ns,
    ) -> None:
        self._root = os.fspath(root)
        self._now = now
        self._known: dict[str, Sequence[Any]] = {row[0]: row for row in rows}
        self._seen: dict[str, Row] = {}

    def digest(self, path: str | os.PathLike[str]) -> str | None:
        """What there is at a path.

        Returns:
            SHA-256 of a file's bytes; of a folder, the digest of its listing, which begins with a
            slash; None where there is nothing; `UNSURE` for anything else.
        """
        return self._look(path)[6]

    def is_sure(self, path: str | os.PathLike[str]) -> bool:
        """Whether the look of a path will vouch for it, so that no link is there either."""
        return self._look(path)[1] != YOUNG[0]

    def trust(self, paths: Iterable[str]) -> None:
        """Take paths for what they were, because a glance just showed that they did not move."""
        for path in paths:
            if path in self._known:
                self._seen[path] = _row(self._known[path])

    def rows(self, paths: Iterable[str]) -> list[Row]:
        """What is known of paths, to be kept for another time."""
        return [self._look(path) for path in paths]

    def packed(self, paths: Iterable[str]) -> bytes:
        """What `glance` is to expect of paths."""
        return packed([self._look(path)[1:6] for path in paths])

    def _look(self, path: str | os.PathLike[str]) -> Row:
        name = os.fspath(path).removeprefix(f"{self._root}/")
        row = self._seen.get(name)
        if row is None:
            row = self._seen[name] = self._looked(name)
        return row

    def _looked(self, name: str) -> Row:
        now = self._now()
        path = os.path.join(self._root, name)  # noqa: PTH118 - done for many thousand files
        look, mode = look_of(path)
        if look == GONE:
            return (name, *GONE, None)
        row = self._known.get(name)
        if row and tuple(row[1:6]) == look and _age(look, now) >= 0:
            return _row(row)
        seen, vouched = _read(path, mode)  # should it change meanwhile, it looks otherwise by then
        if not vouched or _age(look, now) < _margin(look):
            look = YOUNG
        return (name, *look, seen)


def look_of(path: str) -> tuple[Look, int]:
    """The look of a path, links not followed, and its mode."""
    try:
        seen = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return GONE, 0
    except (OSError, ValueError):
        return ODD, 0
    look = (seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino, seen.st_dev)
    return look, seen.st_mode


def _row(row: Sequence[Any]) -> Row:
    return tuple(row)


def _age(look: Look, now: int) -> int:
    """Nanoseconds since a file was touched; negative where its time is ahead of the clock."""
    return now - max(look[1:3])


def _margin(look: Look) -> int:
    """How old a look must be; the ctime tells how finely times are kept, as nobody can set it."""
    return FINE if look[2] % SECOND else COARSE


def _read(path: str, mode: int) -> tuple[str | None, bool]:
    """What there is at a path, and whether its look can vouch for it."""
    try:
        linked = stat.S_ISLNK(mode)
        kind = os.stat(path).st_mode if linked else mode  # noqa: PTH116
        if stat.S_ISDIR(kind):
            kinds, links = entries(path)
            return listing(kinds), not (linked or links)
        if stat.S_ISREG(kind):
            return _content(path), not linked
    except (FileNotFoundError, NotADirectoryError):
        return None, False
    except (OSError, ValueError):
        pass
    return UNSURE, False


def _content(path: str) -> str:
    """The digest of a file; nothing waits for it where it became something to wait for."""
    import hashlib  # takes as long to load as a thousand files to look at

    handle, summed, left = os.open(path, os.O_RDONLY | os.O_NONBLOCK), hashlib.sha256(), FILE_LIMIT
    try:
        while left >= 0 and (data := os.read(handle, CHUNK)):
            summed.update(data)
            left -= len(data)
    finally:
        os.close(handle)
    return summed.hexdigest() if left >= 0 else UNSURE
