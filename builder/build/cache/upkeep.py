"""What a cache holds, and making it smaller. Nothing but entries, by name and place, is removed."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import PurePosixPath

from builder.build.cache import THREADS, Cache, shown
from builder.build.cache.entries import ROOMS, is_place
from builder.build.cache.reach import unreachable
from builder.build.cache.stores import Store, Stored
from builder.problems import Rejected
from builder.workspace import UNFINISHED

LEFT = 2
"""Days after which nobody writes any more what has been begun."""


@dataclass(frozen=True, slots=True)
class Holding:
    """Entries of a room.

    Attributes:
        room: one of `entries.ROOMS`.
        entries: how many.
        bytes: how much.
        oldest: the day of the last use longest ago, or of the writing where uses are not noted.
        newest: the last such day; both are None where none is known.
    """

    room: str
    entries: int
    bytes: int
    oldest: datetime.date | None
    newest: datetime.date | None


def info(cache: Cache) -> tuple[Holding, ...]:
    """What a cache holds, by room.

    Raises:
        Rejected: it cannot be reached.
    """
    with _or_rejected(cache) as store:
        return tuple(
            _holding(room, [each for each in store.listing(room) if is_place(each.path)])
            for room in ROOMS
        )


def prune(
    cache: Cache, days: int, day: datetime.date, dry_run: bool = False
) -> tuple[Holding, ...]:
    """Remove what has not been used for long, and what was begun to be written and never ended.

    Args:
        cache: the cache.
        days: how many days may have passed since the last use.
        day: today.
        dry_run: whether only to say what would be removed.

    Returns:
        The entries that were removed, by room.

    Raises:
        Rejected: the cache cannot be reached, or may not be written.
    """
    with _or_rejected(cache) as store:
        gone = []
        for room in ROOMS:
            files = list(store.listing(room))
            old = [e for e in files if is_place(e.path) and _is_older(e, days, day)]
            begun = [e for e in files if _is_begun(e) and _is_older(e, LEFT, day)]
            if not dry_run:
                _remove(store, [*old, *begun])
            gone.append(_holding(room, old))
        return tuple(gone)


@contextlib.contextmanager
def _or_rejected(cache: Cache) -> Iterator[Store]:
    try:
        yield cache.store()
    except OSError as error:
        raise Rejected(unreachable(shown(cache.address), error, strict=True)) from None


def _is_begun(file: Stored) -> bool:
    """Whether it lies beside entries because its writer was killed."""
    return PurePosixPath(file.path).name.startswith(UNFINISHED)


def _is_older(file: Stored, days: int, day: datetime.date) -> bool:
    return file.used is not None and (day - file.used).days > days


def _remove(store: Store, files: Iterable[Stored]) -> None:
    with ThreadPoolExecutor(THREADS if store.far else 1) as threads:
        for _ in threads.map(store.remove, [file.path for file in files]):
            pass  # a failure is raised here


def _holding(room: str, entries: list[Stored]) -> Holding:
    known = [each.used for each in entries if each.used]
    size = sum(each.size for each in entries)
    return Holding(room, len(entries), size, min(known, default=None), max(known, default=None))
