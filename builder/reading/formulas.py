"""Formulas by language: counts of a text -> a figure, what it means, and where it comes from.

A formula is a row of `FORMULAS`. Each language has those that were made for it; a language that is
not there has none, and a person must judge.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from builder.reading.sentences import Sentence
from builder.reading.syllables import syllables

LONG_WORD = 6
"""A word with more letters is a long one (Björnsson's LIX, Bamberger and Vanecek)."""
FULL_SAMPLE = 30
"""The sentences that SMOG was made for; with fewer it is extrapolated."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted in a text; there is at least one sentence with a word."""

    sentences: int
    words: int
    letters: int
    syllables: int
    monosyllables: int
    polysyllables: int
    """Words of three or more syllables."""
    hard: int
    """Those of them that are not words of the title."""
    long: int
    """Words of more than six letters."""

    @property
    def sentence_length(self) -> float:
        """Words in a sentence, on average."""
        return self.words / self.sentences

    @property
    def word_length(self) -> float:
        """Syllables in a word, on average."""
        return self.syllables / self.words


@dataclass(frozen=True, slots=True)
class Formula:
    """One way to tell from counts how hard a text is."""

    key: str
    """Its name in the profile, where its goal stands."""
    name: str
    source: str
    """Who published it, and when."""
    how: str
    """The calculation in words and figures."""
    score: Callable[[Counts], float]
    meaning: Callable[[float], str]
    """What a figure means, in words."""
    harder_above: bool
    """Whether a higher figure is a harder text."""
    counts_all: bool = False
    """Whether headings and items without a full stop count as sentences, as the NHS has it for
    SMOG; for the others, which weigh how long sentences are, they would make any list easy."""

    def within(self, value: float, goal: float) -> bool:
        """Whether a figure, as it is shown, is as easy as the goal or easier."""
        shown = round(value, 1)
        return shown <= goal if self.harder_above else shown >= goal


def counts_of(
    found: Iterable[Sentence], language: str, title: frozenset[str] = frozenset()
) -> Counts:
    """What is counted in sentences.

    Args:
        found: at least one.
        language: the main subtag of their language.
        title: words in small letters that do not count as hard.
    """
    found = tuple(found)
    words = [word for sentence in found for word in sentence.words]
    sounds = [syllables(word, language) for word in words]
    letters = [_letters(word) for word in words]
    many = [word for word, count in zip(words, sounds, strict=True) if count > 2]
    return Counts(
        sentences=len(found),
        words=len(words),
        letters=sum(letters),
        syllables=sum(sounds),
        monosyllables=sounds.count(1),
        polysyllables=len(many),
        hard=sum(not _is_of(title, word) for word in many),
        long=sum(count > LONG_WORD for count in letters),
    )


def _letters(word: str) -> int:
    return len(word) if word.isalpha() else sum(map(str.isalpha, word))


def _is_of(title: frozenset[str], word: str) -> bool:
    """Whether a word is one of the title's, in the singular or plural."""
    plain = word.lower()
    return not title.isdisjoint((plain, f"{plain}s", plain.removesuffix("s")))


def _grade(value: float) -> str:
    """A school year of the United States, and the age in it."""
    year = round(value)
    if year < 1:
        return "easier than the first US school grade"
    if year > 12:
        return f"beyond school: about {year} years of education"
    return f"US school grade {year}, age {year + 5} to {year + 6}"


def _austrian(value: float) -> str:
    """A school year in Austria and Germany; the scale runs from 4 to 15."""
    year = max(4, round(value))
    return f"school year {year}" if year <= 12 else "beyond school"


def _banded(*bands: tuple[float, str]) -> Callable[[float], str]:
    """Words for a figure: those of the last band whose floor it reaches."""

    def meaning(value: float) -> str:
        return next((words for floor, words in reversed(bands) if value >= floor), bands[0][1])

    return meaning


_FLESCH = _banded(
    (-math.inf, "very difficult"), (30, "difficult"), (50, "fairly difficult"), (60, "normal"),
    (70, "fairly easy"), (80, "easy"), (90, "very easy"),
)  # fmt: skip
_INFLESZ = _banded(
    (-math.inf, "very difficult"), (40, "somewhat difficult"), (55, "normal"), (65, "fairly easy"),
    (80, "very easy"),
)  # fmt: skip
_GULPEASE = _banded(
    (-math.inf, "hard even with an upper secondary certificate"),
    (40, "hard with a lower secondary certificate"),
    (60, "hard with a primary school certificate"),
    (80, "easy for all"),
)
_LIX = _banded(
    (-math.inf, "very easy, as children’s books"), (30, "easy, as fiction and magazines"),
    (40, "medium, as newspapers"), (50, "difficult, as official texts"), (60, "very difficult"),
)  # fmt: skip

SMOG = Formula(
    key="smog",
    name="SMOG",
    source="McLaughlin, Journal of Reading 1969;12(8):639–646; US constants",
    how="1.0430 × √(words of three or more syllables × 30 ÷ sentences) + 3.1291",
    score=lambda of: 1.0430 * math.sqrt(of.hard * FULL_SAMPLE / of.sentences) + 3.1291,
    meaning=_grade,
    harder_above=True,
    counts_all=True,
)
FLESCH_KINCAID = Formula(
    key="flesch-kincaid",
    name="Flesch-Kincaid grade",
    source="Kincaid and others, US Navy Research Branch Report 8-75, 1975",
    how="0.39 × words to a sentence + 11.8 × syllables to a word − 15.59",
    score=lambda of: 0.39 * of.sentence_length + 11.8 * of.word_length - 15.59,
    meaning=_grade,
    harder_above=True,
)
SZIGRISZT_PAZOS = Formula(
    key="szigriszt-pazos",
    name="Szigriszt-Pazos, on the INFLESZ scale",
    source="Szigriszt-Pazos 1993; Barrio-Cantalejo and others, "
    "Anales del Sistema Sanitario de Navarra 2008;31(2):135–152",
    how="206.835 − 62.3 × syllables to a word − words to a sentence",
    score=lambda of: 206.835 - 62.3 * of.word_length - of.sentence_length,
    meaning=_INFLESZ,
    harder_above=False,
)
FERNANDEZ_HUERTA = Formula(
    key="fernandez-huerta",
    name="Fernández-Huerta",
    source="Fernández-Huerta, Consigna 1959;214:29–32, as corrected by Law 2011",
    how="206.84 − 60 × syllables to a word − 1.02 × words to a sentence",
    score=lambda of: 206.84 - 60 * of.word_length - 1.02 * of.sentence_length,
    meaning=_FLESCH,
    harder_above=False,
)
WIENER = Formula(
    key="wiener-sachtextformel",
    name="First Wiener Sachtextformel",
    source="Bamberger and Vanecek, Lesen – Verstehen – Lernen – Schreiben, 1984",
    how="0.1935 × % words of three or more syllables + 0.1672 × words to a sentence "
    "+ 0.1297 × % words of more than six letters − 0.0327 × % words of one syllable − 0.875",
    score=lambda of: (
        19.35 * of.polysyllables / of.words
        + 0.1672 * of.sentence_length
        + 12.97 * of.long / of.words
        - 3.27 * of.monosyllables / of.words
        - 0.875
    ),
    meaning=_austrian,
    harder_above=True,
)
AMSTAD = Formula(
    key="flesch-amstad",
    name="Flesch-Amstad",
    source="Amstad, Wie verständlich sind unsere Zeitungen?, 1978",
    how="180 − words to a sentence − 58.5 × syllables to a word",
    score=lambda of: 180 - of.sentence_length - 58.5 * of.word_length,
    meaning=_FLESCH,
    harder_above=False,
)
KANDEL_MOLES = Formula(
    key="kandel-moles",
    name="Kandel-Moles",
    source="Kandel and Moles, Cahiers d’études de radio-télévision 1958;19:253–274",
    how="207 − 1.015 × words to a sentence − 73.6 × syllables to a word",
    score=lambda of: 207 - 1.015 * of.sentence_length - 73.6 * of.word_length,
    meaning=_FLESCH,
    harder_above=False,
)
GULPEASE = Formula(
    key="gulpease",
    name="Gulpease",
    source="Lucisano and Piemontese, Scuola e città 1988;3:110–124",
    how="89 + (300 × sentences − 10 × letters) ÷ words",
    score=lambda of: 89 + (300 * of.sentences - 10 * of.letters) / of.words,
    meaning=_GULPEASE,
    harder_above=False,
)
DOUMA = Formula(
    key="flesch-douma",
    name="Flesch-Douma",
    source="Douma, De leesbaarheid van landbouwbladen, Wageningen 1960",
    how="206.84 − 77 × syllables to a word − 0.93 × words to a sentence",
    score=lambda of: 206.84 - 77 * of.word_length - 0.93 * of.sentence_length,
    meaning=_FLESCH,
    harder_above=False,
)
LIX = Formula(
    key="lix",
    name="LIX",
    source="Björnsson, Läsbarhet, 1968",
    how="words to a sentence + % words of more than six letters",
    score=lambda of: of.sentence_length + 100 * of.long / of.words,
    meaning=_LIX,
    harder_above=True,
)
FORMULAS: dict[str, tuple[Formula, ...]] = {
    "en": (SMOG, FLESCH_KINCAID),
    "es": (SZIGRISZT_PAZOS, FERNANDEZ_HUERTA),
    "de": (WIENER, AMSTAD),
    "fr": (KANDEL_MOLES,),
    "it": (GULPEASE,),
    "nl": (DOUMA,),
    "sv": (LIX,),
    "da": (LIX,),
    "nb": (LIX,),
}
"""By the main subtag of a language; the first is the one that suits it best."""
NO_FORMULA = {
    "ar": "OSMAN counts syllables by vowel marks, which leaflets do not write",
    "zh": "none has been settled on",
}
"""Why a language has none, where that is known."""
