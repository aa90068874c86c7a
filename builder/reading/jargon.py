"""Words of the glossary that a leaflet uses before it explains them.

The list at a leaflet's end does not help whoever meets a word on its first page. A word is taken as
explained where, in the passage that uses it first or right behind that, stand half of the words
that its meaning is told with, or, in English, “called”, “means” and the like, or brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from builder.reading.passages import Part, Passage
from builder.reading.sentences import words_in

SHORTEST = 4
"""Letters of a word that carries meaning."""
ENOUGH = 0.5
"""The share of a meaning's words that tells it."""
_CUE = {
    "en": re.compile(
        r"\b(?:called|calls?|known as|means?|meaning|that is|in other words|stands for"
        r"|refers to|(?:is|are) (?:a|an|the)\b)",
        re.IGNORECASE,
    )
}


@dataclass(frozen=True, slots=True)
class Unexplained:
    """A word that stands before its meaning."""

    term: str
    line: int


def unexplained(
    glossary: Iterable[tuple[str, str]], found: Sequence[Passage], language: str
) -> tuple[Unexplained, ...]:
    """The words of a glossary that are used first without being explained, in reading order.

    Args:
        glossary: words and their meanings.
        found: the passages of the text.
        language: the main subtag of its language.
    """
    told = (_first(term, meaning, found, language) for term, meaning in glossary)
    return tuple(sorted(filter(None, told), key=lambda each: each.line))


def _first(term: str, meaning: str, found: Sequence[Passage], language: str) -> Unexplained | None:
    """The first use of a word, if it is not explained there."""
    pattern = _pattern(term)
    for at, passage in enumerate(found):
        if use := pattern.search(passage.text):
            around = " ".join(_around(found, at))
            if _is_told(meaning, around) or _is_cued(pattern, around, language):
                return None
            return Unexplained(term, passage.line_at(use.start()))
    return None


def _around(found: Sequence[Passage], at: int) -> Iterator[str]:
    """The passage, and what stands behind it: below a heading all up to the text, else the next."""
    yield found[at].text
    for passage in found[at + 1 :]:
        yield passage.text
        if passage.part is not Part.HEADING:
            return


def _is_told(meaning: str, around: str) -> bool:
    telling = {word.lower() for word in words_in(meaning) if len(word) >= SHORTEST}
    said = {word.lower() for word in words_in(around)}
    return bool(telling) and len(telling & said) >= ENOUGH * len(telling)


def _is_cued(pattern: re.Pattern[str], around: str, language: str) -> bool:
    """Whether brackets follow the word or hold it, or its sentence says that it explains it."""
    if re.search(rf"(?:{pattern.pattern})\s*\(|\(\s*(?:{pattern.pattern})\s*\)", around):
        return True
    cue = _CUE.get(language)
    if not cue:
        return False
    uses = (each for each in re.split(r"(?<=[.!?])\s", around) if pattern.search(each))
    return any(cue.search(each) for each in uses)


def _pattern(term: str) -> re.Pattern[str]:
    """The word as it stands, its first letter small or large, in any white space."""
    words = r"\s+".join(map(re.escape, term.split()))
    first = words[:1]
    if first.isalpha():
        words = f"[{first.lower()}{first.upper()}]{words[1:]}"
    return re.compile(rf"(?<![\w-]){words}(?![\w-])")
