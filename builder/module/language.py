"""A language as the stamp and the templates need it: words, dates in words, direction."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton

WORDS = frozenset({"en"})
"""The languages that the stamp's words are written in so far; another one gets English words."""

WELL_FORMED = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
"""A tag of BCP 47 (RFC 5646, 2.1) as it is used: nobody's own language, and none that is spelt out.
"""


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its BCP 47 tag."""

    tag: str

    @property
    def has_words(self) -> bool:
        """Whether the stamp's words exist in it."""
        return self.tag.split("-")[0] in WORDS

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`, as HTML writes it."""
        return "rtl" if _locale(self.tag).character_order == "right-to-left" else "ltr"

    @property
    def words_tag(self) -> str:
        """The language that the stamp's words are in."""
        return self.tag if self.has_words else "en"

    def date(self, day: datetime.date) -> str:
        """A day with its month in words, never 03/04/2026."""
        return format_date(day, "long", locale=_locale(self.words_tag))

    def partial_date(self, words: str) -> str:
        """A year, a month or a day, written as 2024, 2024-05 or 2024-05-01, in words."""
        year, *rest = (int(part) for part in words.split("-"))
        if len(rest) == 2:
            return self.date(datetime.date(year, *rest))
        if not rest:
            return str(year)
        month = datetime.date(year, rest[0], 1)
        return format_skeleton("yMMMM", month, locale=_locale(self.words_tag))

    def short_date(self, day: datetime.date) -> str:
        """A day with its month in short words, for narrow places."""
        return format_skeleton("yMMMd", day, locale=_locale(self.words_tag))


@lru_cache
def _locale(tag: str) -> Locale:
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
