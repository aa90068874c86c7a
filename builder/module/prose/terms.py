"""The glossary in a text: a word that it explains is marked where a section first uses it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from lxml.html import HtmlElement

from builder.module.prose.tree import HEADINGS, classes_of, make

_UNMARKED = frozenset((
    *HEADINGS, "a", "abbr", "caption", "code", "dfn", "dt", "kbd", "pre", "samp", "sub", "sup",
))  # fmt: skip
"""Elements in which no word is explained: titles, links, code, citations, words explained there."""


class Terms:
    """The words of a glossary, looked for section by section.

    A word counts where it stands whole, in any white space; its first letter may be a capital.
    """

    def __init__(self, glossary: Mapping[str, str]) -> None:
        self._meanings = {_plain(term): (term, meaning) for term, meaning in glossary.items()}
        self._pattern = _pattern(glossary)
        self.used: dict[str, str] = {}
        """The words found, with their meanings."""

    def mark(self, pieces: Iterable[HtmlElement]) -> None:
        """Mark the first use of each word in the pieces of a section, in their order."""
        if self._pattern is None:
            return
        seen: set[str] = set()
        for piece in pieces:
            self._mark(piece, seen)

    def _mark(self, element: HtmlElement, seen: set[str]) -> None:
        for child in list(element):
            if _is_open(child):
                self._mark_text(child, None, seen)
                self._mark(child, seen)
            self._mark_text(element, child, seen)

    def _mark_text(self, parent: HtmlElement, before: HtmlElement | None, seen: set[str]) -> None:
        """Mark the text at an element's start, or behind one of its children."""
        text = (parent.text if before is None else before.tail) or ""
        at = 0 if before is None else parent.index(before) + 1
        last, place = before, 0
        for start, end, key in self._found(text, seen):
            _set(parent, last, text[place:start])
            term, meaning = self._meanings[key]
            self.used[term] = meaning
            last = make("dfn", {"title": " ".join(meaning.split())}, text[start:end])
            parent.insert(at, last)
            at, place = at + 1, end
        if place:
            _set(parent, last, text[place:])

    def _found(self, text: str, seen: set[str]) -> Iterator[tuple[int, int, str]]:
        if not text.strip() or self._pattern is None:
            return
        for match in self._pattern.finditer(text):
            key = self._key(match[0])
            if key and key not in seen:
                seen.add(key)
                yield match.start(), match.end(), key

    def _key(self, words: str) -> str:
        """The word as the glossary has it, its first letter small where it has it so."""
        plain = " ".join(words.split())
        variants = (plain, plain[0].lower() + plain[1:], plain[0].upper() + plain[1:])
        return next((each for each in variants if each in self._meanings), "")


def _pattern(glossary: Mapping[str, str]) -> re.Pattern[str] | None:
    """Any of the words, the longest first; its first letter small or large."""
    terms = sorted(map(_plain, glossary), key=len, reverse=True)
    if not terms:
        return None
    each = "|".join(
        rf"[{re.escape(term[0].lower())}{re.escape(term[0].upper())}]"
        + re.escape(term[1:]).replace(r"\ ", r"\s+")
        for term in terms
    )
    return re.compile(rf"(?<![\w-])(?:{each})(?![\w-])")


def _plain(term: str) -> str:
    return " ".join(term.split())


def _is_open(element: HtmlElement) -> bool:
    return (
        isinstance(element.tag, str)
        and element.tag not in _UNMARKED
        and not element.get("lang")
        and "callout-title" not in classes_of(element)
    )


def _set(parent: HtmlElement, before: HtmlElement | None, text: str) -> None:
    if before is None:
        parent.text = text or None
    else:
        before.tail = text or None
