"""A language as the stamp and the templates need it: words, dates in words, direction.

Dates and numbers have Latin digits in every language, in Arabic too: a patient must find the same
digits in a date, a dose and a telephone number, and as the keys of a telephone show them.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from gettext import NullTranslations

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton

from builder.module.words import ENGLISH, LEFTWARDS, catalogue_for, filled, isolated, words_in

WELL_FORMED = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
"""A tag of BCP 47 (RFC 5646, 2.1) as it is used: nobody's own language, and none that is spelt out.
"""

SPACELESS = frozenset({"ja", "zh"})
"""Languages that put no space between sentences."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its BCP 47 tag."""

    tag: str

    @property
    def has_words(self) -> bool:
        """Whether the stamp's words exist in it."""
        return bool(catalogue_for(self.tag))

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`, as HTML writes it."""
        return "rtl" if _locale(self.tag).character_order == "right-to-left" else "ltr"

    @property
    def name(self) -> str:
        """What those who read it call it, with script and region; English is English anywhere.

        The tag itself where Unicode's CLDR knows no name.
        """
        locale = _locale(self.tag)
        if locale.language != self.tag.split("-")[0].lower():
            return self.tag
        english = locale.language == ENGLISH
        name = locale.get_language_name() if english else locale.get_display_name()
        return name[:1].upper() + name[1:] if name else self.tag

    @property
    def words_tag(self) -> str:
        """The language that the stamp's words are in."""
        return self.tag if self.has_words else ENGLISH

    @property
    def words_direction(self) -> str:
        """`ltr` or `rtl`, the way that the stamp's words run."""
        return Language(self.words_tag).direction

    @property
    def words(self) -> NullTranslations:
        """The words that we write ourselves, in this language, else in English."""
        return words_in(catalogue_for(self.tag) or ENGLISH)

    def gettext(self, message: str, /, **values: object) -> str:
        """A sentence in this language, with the values in their places.

        Args:
            message: the sentence in English, with places as in `%(day)s`.
            values: what stands in the places.
        """
        return filled(self.words.gettext(message), values)

    def pgettext(self, context: str, message: str, /, **values: object) -> str:
        """As `gettext`, of a word that means several things: the context tells which."""
        return filled(self.words.pgettext(context, message), values)

    def ngettext(self, one: str, many: str, number: int, /, **values: object) -> str:
        """As `gettext`, in the form that the number asks for; `%(num)s` is the number."""
        found = self.words.ngettext(one, many, number)
        return filled(found, {"num": number, **values})

    def listed(self, names: Iterable[str]) -> str:
        """Names with commas between them, as the language writes them."""
        return self.piece(self.pgettext("between names", ", ").join(map(self.isolated, names)))

    def told(self, facts: Iterable[str]) -> str:
        """Facts about one thing, with what the language puts between those."""
        return self.piece(self.pgettext("between facts", ", ").join(map(self.isolated, facts)))

    def parted(self, parts: Iterable[str]) -> str:
        """Parts of a sentence with semicolons between them, as the language writes them."""
        return self.piece(self.pgettext("between parts", "; ").join(map(self.piece, parts)))

    @property
    def gap(self) -> str:
        """What stands between two sentences, and between a label and what it labels."""
        return "" if self.words_tag.split("-")[0] in SPACELESS else " "

    def sentences(self, each: Iterable[str]) -> str:
        """Sentences behind each other."""
        return self.gap.join(each)

    def isolated(self, words: str) -> str:
        """Words that may run the other way, such that they leave those around them in order."""
        return isolated(words) if self.words_direction == "rtl" else words

    def piece(self, words: str) -> str:
        """Words in this language that go into a sentence, whatever letters are put into them."""
        return isolated(words, LEFTWARDS) if self.words_direction == "rtl" else words

    def date(self, day: datetime.date) -> str:
        """A day with its month in words, never 03/04/2026."""
        return self._counted(format_date(day, "long", locale=_locale(self.words_tag)))

    def partial_date(self, words: str) -> str:
        """A year, a month or a day, written as 2024, 2024-05 or 2024-05-01, in words."""
        year, *rest = (int(part) for part in words.split("-"))
        if len(rest) == 2:
            return self.date(datetime.date(year, *rest))
        day = datetime.date(year, *[*rest, 1, 1][:2])
        return format_skeleton("yMMMM" if rest else "y", day, locale=_locale(self.words_tag))

    def short_date(self, day: datetime.date) -> str:
        """A day with its month in short words, for narrow places."""
        return self._counted(format_skeleton("yMMMd", day, locale=_locale(self.words_tag)))

    def _counted(self, words: str) -> str:
        """A date with the ordinal that French has for the first of a month, and CLDR not."""
        return re.sub("^1(?= )", "1er", words) if self.words_tag.split("-")[0] == "fr" else words


@lru_cache
def _locale(tag: str) -> Locale:
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
