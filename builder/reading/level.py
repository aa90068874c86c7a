"""A text -> how hard it is to read: figures with their goals, and the sentences to look at."""

from __future__ import annotations

from dataclasses import dataclass

from builder.module.text import Text
from builder.reading.formulas import (
    FORMULAS,
    FULL_SAMPLE,
    NO_FORMULA,
    SMOG,
    Counts,
    Formula,
    counts_of,
)
from builder.reading.jargon import Unexplained, unexplained
from builder.reading.passages import Passage, passages
from builder.reading.passive import is_passive
from builder.reading.sentences import UNSPACED, Sentence, root_of, sentences, words_in
from builder.reading.syllables import syllables
from builder.settings import Reading

HARDEST = 5
"""How many sentences are shown as the hardest."""
WEIGHT = 2
"""What a word of three or more syllables counts beside its one, where sentences are compared."""


@dataclass(frozen=True, slots=True)
class Score:
    """What one formula gives a text."""

    formula: Formula
    value: float
    goal: float
    few: bool
    """Whether it was extrapolated from fewer sentences than it was made for."""

    @property
    def good(self) -> bool:
        """Whether the goal is reached."""
        return self.formula.within(self.value, self.goal)

    @property
    def figure(self) -> str:
        """The figure as it is shown."""
        return f"{self.value:.1f}"

    @property
    def aim(self) -> str:
        """The goal in words."""
        return f"{self.goal:g} or {'less' if self.formula.harder_above else 'more'}"

    @property
    def meaning(self) -> str:
        """What the figure means."""
        return self.formula.meaning(self.value)


@dataclass(frozen=True, slots=True)
class Level:
    """All that is told of how hard a text is to read."""

    language: str
    """The main subtag of its language."""
    passages: tuple[Passage, ...]
    sentences: tuple[Sentence, ...]
    counts: Counts | None
    """Of everything, each heading and item a sentence; None for a text without words, and where
    words stand without spaces between them."""
    whole: Counts | None
    """Of whole sentences alone, or of everything where there is none."""
    scores: tuple[Score, ...]
    hardest: tuple[Sentence, ...]
    long: tuple[Sentence, ...]
    """Those with more words than the profile calls long."""
    passive: tuple[Sentence, ...] | None
    """Those in the passive voice; None where the language has no rule."""
    jargon: tuple[Unexplained, ...]

    @property
    def syllabic(self) -> bool:
        """Whether syllables were counted by a rule for the language."""
        return self.language in FORMULAS

    @property
    def passive_share(self) -> int:
        """Sentences of a hundred that are in the passive voice."""
        return round(100 * len(self.passive or ()) / max(len(self.sentences), 1))

    @property
    def good(self) -> bool:
        """Whether every figure reaches its goal."""
        return all(score.good for score in self.scores)

    @property
    def why_none(self) -> str:
        """Why there is no figure."""
        known = NO_FORMULA.get(self.language)
        return f"No formula for this language: {known}." if known else "No formula is known here."


def level_of(text: Text, title: str, tag: str, goals: Reading) -> Level:
    """How hard a text is to read.

    Args:
        text: the leaflet's.
        title: the module's title, whose words do not count as hard in SMOG.
        tag: the language of the text (BCP 47).
        goals: what the profile asks for.
    """
    language = root_of(tag)
    read = passages(text)
    found = sentences(read, language)
    known = frozenset(word.lower() for word in words_in(title))
    spaced = found if language not in UNSPACED else ()
    counts = counts_of(spaced, language, known) if spaced else None
    sound = tuple(each for each in spaced if each.whole) or spaced
    whole = counts_of(sound, language, known) if sound else None
    return Level(
        language=language,
        passages=read,
        sentences=found,
        counts=counts,
        whole=whole,
        scores=_scores(counts, whole, language, goals) if counts and whole else (),
        hardest=_hardest(found, language) if counts else (),
        long=_long(found, goals.long_sentence) if counts else (),
        passive=tuple(filter(is_passive, found)) if language == "en" else None,
        jargon=unexplained(text.glossary, read, language),
    )


def _scores(counts: Counts, whole: Counts, language: str, goals: Reading) -> tuple[Score, ...]:
    return tuple(
        Score(
            formula,
            formula.score(counts if formula.counts_all else whole),
            goals.goal(formula.key),
            few=formula is SMOG and counts.sentences < FULL_SAMPLE,
        )
        for formula in FORMULAS.get(language, ())
    )


def _hardest(found: tuple[Sentence, ...], language: str) -> tuple[Sentence, ...]:
    """The sentences with most words, each of three or more syllables counted thrice.

    Syllables count where there is a formula for the language, and with it a rule for syllables.
    """
    return tuple(sorted(found, key=lambda each: -_hardness(each, language))[:HARDEST])


def _hardness(sentence: Sentence, language: str) -> int:
    if language not in FORMULAS:
        return len(sentence.words)
    many = sum(syllables(word, language) > 2 for word in sentence.words)
    return len(sentence.words) + WEIGHT * many


def _long(found: tuple[Sentence, ...], limit: int) -> tuple[Sentence, ...]:
    beyond = (each for each in found if len(each.words) > limit)
    return tuple(sorted(beyond, key=lambda each: -len(each.words)))
