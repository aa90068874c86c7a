"""Passages -> sentences and words. Each passage ends a sentence, with a full stop or without.

A full stop ends a sentence where white space follows and then no small letter, unless it stands
behind an abbreviation of the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from builder.reading.passages import Part, Passage

UNSPACED = frozenset(("zh", "ja", "th", "lo", "km", "my"))
"""Languages that put no spaces between words: their words cannot be counted here."""
ABBREVIATIONS = {
    "en": ("dr", "mr", "mrs", "ms", "prof", "st", "no", "nos", "vs", "fig", "approx", "e.g", "i.e"),
    "de": ("dr", "prof", "nr", "z.b", "d.h", "ca", "bzw", "ggf", "evtl", "abb", "tab", "st", "u.a"),
    "es": ("dr", "dra", "sr", "sra", "núm", "p.ej", "ej", "pág", "fig", "aprox", "ud", "uds"),
    "fr": ("dr", "m", "mm", "pr", "p.ex", "ex", "env", "fig", "no"),
    "it": ("dott", "dr", "sig", "prof", "es", "p.es", "fig", "ca", "n"),
    "nl": ("dr", "mevr", "dhr", "prof", "bijv", "ca", "nr", "evt", "d.w.z", "m.b.v"),
    "sv": ("dr", "prof", "t.ex", "bl.a", "ca", "nr", "s.k", "d.v.s"),
    "da": ("dr", "prof", "f.eks", "bl.a", "ca", "nr", "dvs", "evt"),
    "nb": ("dr", "prof", "f.eks", "bl.a", "ca", "nr", "dvs", "evt"),
}
"""Words that bear a full stop inside of a sentence, by language; Norwegian is one here."""
ORDINALS = frozenset(("de", "da", "nb"))
"""Languages that write 3. for third."""

_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
_LETTERS = rf"(?:[^\W_]|[{_MARKS}])+"
_WORD = re.compile(rf"{_LETTERS}(?:['’‑\-.,:@]{_LETTERS})*")
_END = re.compile(r"[.!?…؟।]+[\"'”’»›)\]]*(?=\s|$)|[。！？]+[」』”’）]*")
_LAST = re.compile(rf"(?:{_END.pattern})$")
_BEFORE = re.compile(r"[\w.]+$")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or what stands for one: a heading, an item without a full stop."""

    text: str
    """Its words, with single spaces."""
    line: int
    """The line of its first word."""
    words: tuple[str, ...]
    passage: Passage
    """What it stands in."""

    @property
    def whole(self) -> bool:
        """Whether it is one: running text, or an item or a caption that ends like a sentence."""
        if self.passage.part is Part.TEXT:
            return True
        return self.passage.part is not Part.HEADING and bool(_LAST.search(self.text))


def sentences(found: Iterable[Passage], language: str) -> tuple[Sentence, ...]:
    """The sentences of passages; what holds no word is none.

    Args:
        found: passages, in the order in which they are read.
        language: the main subtag of their language, as `root_of` gives it.
    """
    return tuple(each for passage in found for each in _in(passage, language))


def root_of(tag: str) -> str:
    """The language of a tag without script and region; Norwegian by one name."""
    root = tag.split("-")[0].lower()
    return "nb" if root in ("no", "nn") else root


def words_in(text: str) -> tuple[str, ...]:
    """The words of a text: letters and digits, with the hyphens and apostrophes inside of them."""
    return tuple(_WORD.findall(text))


def _in(passage: Passage, language: str) -> Iterator[Sentence]:
    for start, end in _spans(passage.text, language):
        raw = passage.text[start:end]
        text = _SPACE.sub(" ", raw).strip()
        if words := words_in(text):
            line = passage.line_at(start + len(raw) - len(raw.lstrip()))
            yield Sentence(text, line, words, passage)


def _spans(text: str, language: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _END.finditer(text):
        if _ends(text, start, mark, language):
            yield start, mark.end()
            start = mark.end()
    if start < len(text):
        yield start, len(text)


def _ends(text: str, start: int, mark: re.Match[str], language: str) -> bool:
    """Whether a mark ends the sentence that begins at `start`."""
    if text[mark.end() :].lstrip().lstrip("“\"'‘«([")[:1].islower():
        return False
    if mark[0] != ".":
        return True
    before = _BEFORE.search(text, start, mark.start())
    word = before[0].lower() if before else ""
    if word.isdecimal():
        return len(word) > 2 or not (language in ORDINALS or text[start : mark.start()] == word)
    return word not in ABBREVIATIONS.get(language, ())
