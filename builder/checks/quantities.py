"""The numbers of a translation held against its original's, section by section.

Doses, times and counts are what a slip harms most. Told are numbers that the original does not have
there, and measures that are lacking. What languages write otherwise is let pass: decimal commas,
points or spaces between thousands, Arabic and other digits, the hours of an afternoon, and small
numbers in words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from builder.module.blocks import blocks_of
from builder.module.model import Module
from builder.module.prose.units import UNITS
from builder.module.staleness import named_sections, title_of
from builder.module.text import Section
from builder.problems import Place, Problem

SMALL = 12
"""Up to here numbers are often written as words, and the hours of half a day end."""
_UNIT = "|".join(re.escape(each) for each in sorted(UNITS, key=len, reverse=True))
_LONG = (
    "minut|hour|day|week|month|year|stunde|tag|woche|monat|jahr|hora|día|semana|mes|año|heure|jour|"
    "semaine|mois|ans|دقيقة|ساعة|يوم|أسبوع|شهر|分钟|小时|天|周|月"
)
_NUMBER = re.compile(
    r"(?<![\d.,:])(?P<digits>\d+(?:[.,:’'\u00a0\u202f\u2009 ](?=\d{3}(?!\d))\d{3}|[.,:]\d+)*)"
    rf"(?:\s*[-–]\s*\d[\d.,]*)?\s*(?:(?P<unit>(?:{_UNIT})(?!\w))|(?P<long>(?i:{_LONG})))?"
)
_TELEPHONE = re.compile(r"\+?\d[\d\s()/-]{5,}\d")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\s\d{3})+")
_CLOCK = re.compile(r"\d\s*[ap]\.?\s?m\b", re.IGNORECASE)
_ONES = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve",
    "de": "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "es": "cero un dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix onze douze",
}
"""Numbers as words from 0 on, each by its beginning."""
_ARTICLES = frozenset(("a", "an", "ein", "eine", "una", "une", "uno"))
_MORE = {"once": 1, "twice": 2, "half": 2, "both": 2, "pair": 2, "quarter": 4, "dozen": 12}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written."""

    shown: str
    """With its unit."""
    line: int
    readings: frozenset[str]
    """What it may mean, as plain figures: 1.125 may be a thousand or a fraction."""
    measured: bool
    """Whether its unit is one of measurement."""
    counted: bool
    """Whether it counts hours, days and the like."""

    @property
    def small(self) -> bool:
        """Whether words may stand for it."""
        return any(each.isdigit() and int(each) <= SMALL for each in self.readings)


def numbers_alike(module: Module, localised: Module, name: str) -> Iterator[Problem]:
    """Sections whose numbers cannot be those of the original."""
    source, text = module.texts[name], localised.texts[name]
    ours = named_sections(text)
    for key, section in named_sections(source).items():
        if key not in ours:
            continue
        theirs, mine = _numbers(section), _numbers(ours[key])
        added = _added(mine, theirs, _Words(section, module.facts.language))
        lacking = _lacking(theirs, mine)
        if added or lacking:
            line = added[0].line if added else ours[key].line
            message = f"“{title_of(section)}” {_told(added, lacking)}."
            here, there = _listed(mine) or "no numbers", _listed(theirs) or "none"
            where = f"{source.path.rpartition('/')[2]}:{section.line}"
            hint = f"It has {here}; the original ({where}) has {there}."
            yield Problem("translation-numbers", message, Place(text.path, line), hint)


def _told(added: list[Number], lacking: list[Number]) -> str:
    told = (f"has {_listed(added)}, which the original does not have there" if added else "",
            f"lacks {_listed(lacking)} of the original" if lacking else "")  # fmt: skip
    return "; it ".join(each for each in told if each)


def _listed(numbers: list[Number]) -> str:
    return ", ".join(dict.fromkeys(each.shown for each in numbers))


def _numbers(section: Section) -> list[Number]:
    return [each for block in blocks_of(section) for each in _read(block.words, block.line)]


def _read(words: str, line: int) -> Iterator[Number]:
    words = _TELEPHONE.sub(_without_number, _plain(words))
    for found in _NUMBER.finditer(words):
        readings = _readings(found["digits"])
        shown = " ".join(part for part in (found["digits"], found["unit"]) if part)
        yield Number(shown, line, readings, bool(found["unit"]), bool(found["long"]))


def _without_number(found: re.Match[str]) -> str:
    """Nothing in the place of a telephone number: a language may have a line of its own."""
    many = sum(each.isdigit() for each in found[0]) >= 7
    return " " if many and not _THOUSANDS.fullmatch(found[0]) else found[0]


def _plain(words: str) -> str:
    """Words with European digits, and with points for Arabic decimal and thousands signs."""
    if words.isascii():
        return words
    signs = str.maketrans({"٫": ".", "٬": ",", "،": ",", "\uff0e": ".", "\uff1a": ":"})
    return "".join(
        str(unicodedata.decimal(each)) if each.isdecimal() else each
        for each in words.translate(signs)
    )


def _readings(digits: str) -> frozenset[str]:
    parts = re.split(r"\D", digits)
    whole = str(int("".join(parts)))
    if len(parts) == 1:
        return frozenset((whole,))
    fraction = "".join(parts[1:]).rstrip("0")
    split = f"{int(parts[0])}.{fraction}" if fraction else str(int(parts[0]))
    thousands = all(len(each) == 3 for each in parts[1:]) and not parts[0].startswith("0")
    if not thousands:
        return frozenset((split,))
    return frozenset((whole,) if len(parts) > 2 or _is_space(digits) else (whole, split))


def _is_space(digits: str) -> bool:
    return bool(re.search(r"[^\d.,:]", digits))


class _Words:
    """What the words of a section say of numbers that are not written in digits."""

    def __init__(self, section: Section, language: str) -> None:
        words = " ".join(block.words for block in blocks_of(section)).casefold()
        names = _ONES.get(language.partition("-")[0])
        self._known = names is not None
        self._said = set(re.findall(r"[^\W\d_]+", words))
        self._names = (names or "").split()
        self.has_clock = bool(_CLOCK.search(words))

    def may_say(self, number: Number) -> bool:
        """Whether a number may stand there as a word."""
        if not self._known:
            return number.small and not number.measured
        return any(each.isdigit() and self._says(int(each)) for each in number.readings)

    def _says(self, value: int) -> bool:
        if value >= len(self._names):
            return False
        name = self._names[value]
        begun = len(name) > 2 and any(each.startswith(name) for each in self._said)
        more = any(_MORE.get(each) == value for each in self._said)
        one = value == 1 and bool(_ARTICLES & self._said)
        return begun or more or one or name in self._said


def _added(mine: list[Number], theirs: list[Number], words: _Words) -> list[Number]:
    """Numbers of the translation that the original does not have there in any way."""
    known = frozenset().union(*(each.readings for each in theirs)) if theirs else frozenset()
    hours = {str(int(each) + 12) for each in known if each.isdigit() and int(each) <= SMALL}
    hours |= {str(int(each) - 12) for each in known if each.isdigit() and 12 < int(each) <= 24}
    minutes = {f"{int(whole) + 12}.{rest}" for whole, dot, rest in
               (each.partition(".") for each in known) if dot and int(whole) < SMALL}  # fmt: skip
    clock = hours | minutes if words.has_clock else set()
    return [
        each for each in mine
        if not each.readings & (known | clock) and not words.may_say(each)
    ]  # fmt: skip


def _lacking(theirs: list[Number], mine: list[Number]) -> list[Number]:
    """Measures of the original that the translation has nowhere; small counts may be words."""
    have = Counter(reading for each in mine for reading in each.readings)
    return [
        each for each in theirs
        if (each.measured or (each.counted and not each.small))
        and not any(have[reading] for reading in each.readings)
    ]  # fmt: skip
