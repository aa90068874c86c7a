"""The day, and a day that knows for how long what it was asked stays true."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

_END = datetime.date.max.toordinal() + 1
TELLING = frozenset(vars(datetime.date)) - frozenset(dir(object))
"""What a date has to tell besides how it compares: its digits, its words, other days near it."""


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
    return datetime.date.today()  # noqa: DTZ011, TID251 - the one place that asks; the author's day


class Day(datetime.date):
    """A day that notes what it is compared with, so that a result is known to hold for a time.

    A comparison with another date narrows `holds` to the days on which it comes out the same; any
    other use (digits, words, sums) narrows it to this very day. C code that takes a date's digits
    without asking, such as `datetime.combine`, is not noted. A pickled day arrives with nothing
    noted; a copy is the day itself.
    """

    _first: int = 0
    _last: int = _END

    @classmethod
    def of(cls, day: datetime.date) -> Day:
        """The same day, with nothing noted yet."""
        return cls.fromordinal(_ordinal(day))

    @property
    def holds(self) -> tuple[datetime.date | None, datetime.date | None]:
        """The first and the last day for which all comes out as it did; None where none is."""
        first = datetime.date.fromordinal(self._first) if self._first else None
        last = datetime.date.fromordinal(self._last) if self._last < _END else None
        return first, last

    def __lt__(self, other: datetime.date) -> bool:
        return bool(_plain(self) < self._met(other))

    def __ge__(self, other: datetime.date) -> bool:
        return bool(_plain(self) >= self._met(other))

    def __le__(self, other: datetime.date) -> bool:
        return bool(_plain(self) <= self._met(other, after=1))

    def __gt__(self, other: datetime.date) -> bool:
        return bool(_plain(self) > self._met(other, after=1))

    def __eq__(self, other: object) -> bool:
        self._met(other)
        return bool(_plain(self) == self._met(other, after=1))

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __getattribute__(self, name: str) -> Any:
        if name in TELLING:
            self.pin()
        return super().__getattribute__(name)

    def __hash__(self) -> int:
        self.pin()
        return super().__hash__()

    def __repr__(self) -> str:
        self.pin()
        return super().__repr__()

    def __format__(self, form: str) -> str:
        self.pin()
        return format(_plain(self), form)

    def __str__(self) -> str:
        return format(self)

    def __add__(self, more: datetime.timedelta) -> Any:
        self.pin()
        return _plain(self) + more

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        self.pin()
        return _plain(self) - other

    def __rsub__(self, other: datetime.date) -> Any:
        self.pin()
        return other - _plain(self)

    def __replace__(self, **parts: Any) -> datetime.date:
        self.pin()
        return _plain(self).replace(**parts)

    def __copy__(self) -> Day:
        return self

    def __deepcopy__(self, memo: object) -> Day:
        return self

    def __reduce_ex__(self, protocol: object) -> tuple[Any, ...]:
        return Day.of, (_plain(self),)

    def _met(self, other: Any, after: int = 0) -> Any:
        """Note a date at which a comparison changes, or so many days after which; it is returned.

        Where the other too is one that may move, both are held to their very day.
        """
        if isinstance(other, Day):
            self.pin()
            other.pin()
            return _plain(other)
        if isinstance(other, datetime.date) and not isinstance(other, datetime.datetime):
            self._part(other.toordinal() + after)
        return other

    def _part(self, change: int) -> None:
        """Leave out the days on the other side of a change."""
        if _ordinal(self) < change:
            self._last = min(self._last, change - 1)
        else:
            self._first = max(self._first, change)

    def pin(self) -> None:
        """Hold to this very day."""
        self._part(_ordinal(self))
        self._part(_ordinal(self) + 1)


_ordinal = datetime.date.toordinal


def _plain(day: datetime.date) -> datetime.date:
    return datetime.date.fromordinal(_ordinal(day))
