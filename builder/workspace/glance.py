"""A glance at many files: whether any was touched, by what the system tells without reading them.

It imports next to nothing, so that a build with nothing to do ends at once. It never says that
nothing moved where something may have: whatever was young, odd or ahead of the clock when it was
looked at counts as moved, and only costs a closer look. One process looks: threads are no faster,
and a second process gains little where the cores are idle, and loses where they are busy.
"""

from __future__ import annotations

import os
import struct
import time

TYPE_CHECKING = False  # as in `typing`, which takes longer to load than all of this
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Look = tuple[int, int, int, int, int]
"""How a file looks from outside: its size in bytes, mtime and ctime in nanoseconds since 1970,
inode and device."""

GONE: Look = (-2, 0, 0, 0, 0)
"""Of a file that is not there."""
ODD: Look = (-3, 0, 0, 0, 0)
"""Of one that cannot be looked at."""
YOUNG: Look = (-1, 0, 0, 0, 0)
"""Expected of one that was not to be trusted: no file ever looks like it."""

_pack = struct.Struct("<qqqQQ").pack
_TIME = struct.Struct("<q")
_SIZE = struct.calcsize("<qqqQQ")


def _glanced(paths: Iterable[str]) -> bytes:
    """What the system tells of paths, links not followed."""
    found: list[bytes] = []
    lstat, pack, add = os.lstat, _pack, found.append
    gone, odd = pack(*GONE), pack(*ODD)
    for path in paths:
        try:
            seen = lstat(path)
            add(pack(seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino, seen.st_dev))
        except (FileNotFoundError, NotADirectoryError):
            add(gone)
        except (OSError, ValueError, struct.error):
            add(odd)
    return b"".join(found)


def packed(looks: Sequence[Look]) -> bytes:
    """The looks that are expected, behind the newest time among them."""
    newest = max((max(look[1:3]) for look in looks), default=0)
    return _TIME.pack(newest) + b"".join(_pack(*look) for look in looks)


def glance(paths: Sequence[str], expected: bytes, root: str = ".") -> int | None:
    """The place among the paths of the first that moved; None where none did.

    Args:
        paths: of files and folders, as from the root.
        expected: their looks, as `packed` gives them.
        root: the folder to look from.
    """
    return next(iter(moved(paths, expected, root)), None)


def moved(paths: Sequence[str], expected: bytes, root: str = ".") -> list[int]:
    """The places among the paths of all that moved; see `glance`."""
    if len(expected) != _TIME.size + _SIZE * len(paths) or _is_ahead(expected):
        return list(range(len(paths)))
    looks = expected[_TIME.size :]
    here = os.open(".", os.O_RDONLY)
    try:
        os.chdir(root)  # names from there take less time than names in full
        return list(_different(_glanced(paths), looks))
    finally:
        os.fchdir(here)
        os.close(here)


def _is_ahead(expected: bytes) -> bool:
    """Whether the clock was put back since, so that no time tells anything."""
    newest: int = _TIME.unpack_from(expected)[0]
    return time.time_ns() < newest


def _different(found: bytes, looks: bytes) -> Iterator[int]:
    if found == looks:
        return
    for at in range(0, len(looks), _SIZE):
        if found[at : at + _SIZE] != looks[at : at + _SIZE]:
            yield at // _SIZE
