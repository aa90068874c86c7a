"""What the cache asks of a place that keeps files."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in a store.

    Attributes:
        path: from the store's root, with slashes.
        size: in bytes.
        used: the day of its last use in a folder, of its writing elsewhere; None: not known.
    """

    path: str
    size: int
    used: datetime.date | None


class Store(Protocol):
    """A place that keeps files by path. Whatever goes wrong there is an `OSError`."""

    @property
    def far(self) -> bool:
        """Whether each request takes so long that several are made at once."""

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None where there is none."""

    def write(self, path: str, data: bytes) -> None:
        """Put a file in place, whole or not at all."""

    def remove(self, path: str) -> None:
        """Take a file away, if it is there."""

    def listing(self, room: str) -> Iterator[Stored]:
        """The files in the folders of a room, in order; nothing where there is no such room."""


def day_of(seconds: float) -> datetime.date | None:
    """The day of a time stamp (seconds since 1970) where this machine is; None: in no calendar.

    It is the day that `builder.workspace.today` gives at that time.
    """
    try:
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC).astimezone().date()
    except (ValueError, OverflowError, OSError):
        return None
