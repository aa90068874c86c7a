"""Safe HTML -> passages: what a reader reads on end, each with its line and what it is.

Left out are tables, code, alternative texts, and the marks of citations and footnotes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from lxml.html import HtmlElement

from builder.module.prose.tree import HEADINGS, LINE, classes_of, tree_of
from builder.module.text import Section, Text


class Part(StrEnum):
    """What a passage is."""

    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    CAPTION = "caption"


PARTS = {
    **dict.fromkeys(HEADINGS, Part.HEADING),
    **dict.fromkeys(("p", "div", "blockquote", "dd", "figure", "ul", "ol", "dl"), Part.TEXT),
    **dict.fromkeys(("li", "dt"), Part.ITEM),
    "figcaption": Part.CAPTION,
}
"""The elements that start a passage of their own; all others run on."""
SKIPPED = frozenset(("table", "pre", "script", "style", "svg"))


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading, a paragraph, an item of a list or a caption."""

    text: str
    """Its words, with the line breaks of the source."""
    line: int
    """The line that it starts on."""
    part: Part
    roles: tuple[str, ...] = ()
    """The classes of the section's heading, and of the boxes that it stands in."""

    def line_at(self, offset: int) -> int:
        """The line on which one of its characters stands."""
        return self.line + self.text.count("\n", 0, offset)


def passages(text: Text) -> tuple[Passage, ...]:
    """The passages of a text, in the order in which they are read."""
    return tuple(each for section in text.sections for each in _of(section))


def _of(section: Section) -> Iterator[Passage]:
    reader = _Reader(section.classes)
    if section.level:
        reader.read(tree_of(section.title), section.line, Part.HEADING)
    reader.read(tree_of(section.body), section.line)
    if section.answer:
        reader.read(tree_of(section.answer.body), section.answer.line)
    yield from reader.found


class _Reader:
    """Collects the passages of a section."""

    def __init__(self, roles: tuple[str, ...]) -> None:
        self.found: list[Passage] = []
        self._roles = roles
        self._words = ""
        self._at: tuple[int, Part] = (1, Part.TEXT)

    def read(self, element: HtmlElement, line: int, part: Part | None = None) -> None:
        """Read an element; `part` is what it is, where its tag does not say."""
        if _is_silent(element):
            return
        tag = str(element.tag)
        opened = part or PARTS.get(tag)
        line = int(element.get(LINE) or line)
        around = self._roles
        if opened:
            self._open(line, _heading(element) or opened)
            self._roles = (*around, *classes_of(element))
        self._words += element.text or ""
        for child in element:
            self.read(child, line)
            if child.tag in PARTS:
                self._open(int(child.get(LINE) or line), opened or Part.TEXT)
            self._words += child.tail or ""
        if opened:
            self._open(line, Part.TEXT)
            self._roles = around

    def _open(self, line: int, part: Part) -> None:
        """End the passage that is being read, and start another."""
        words = unicodedata.normalize("NFC", self._words)
        text = words.lstrip()
        if any(character.isalnum() for character in text):
            start, kind = self._at
            start += words[: len(words) - len(text)].count("\n")
            self.found.append(Passage(text.rstrip(), start, kind, self._roles))
        self._words, self._at = "", (line, part)


def _is_silent(element: HtmlElement) -> bool:
    """Whether nobody reads it as part of a sentence: tables, code, comments, raised marks."""
    if not isinstance(element.tag, str) or element.tag in SKIPPED:
        return True
    return element.tag == "sup" and bool(classes_of(element))


def _heading(element: HtmlElement) -> Part | None:
    return Part.HEADING if "callout-title" in classes_of(element) else None
