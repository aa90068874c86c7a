"""The blocks of words in a section: paragraphs, items, cells, captions, alternative texts.

They are what a translator works on one by one, and what a translation is held against.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml.html import HtmlElement

from builder.module.prose.tree import HEADINGS, classes_of, line_of, tree_of
from builder.module.text import Section

_BLOCKS = frozenset((
    *HEADINGS, "p", "li", "dt", "dd", "th", "td", "caption", "figcaption", "blockquote", "div",
    "figure", "table", "thead", "tbody", "tr", "ul", "ol", "dl", "aside", "section",
))  # fmt: skip
"""Elements whose words are not those of the element around them."""
_SILENT = frozenset(("pre", "code", "script", "style"))


@dataclass(frozen=True, slots=True)
class Block:
    """Words that stand together."""

    words: str
    """With single spaces, without the marks of citations and footnotes."""
    line: int


@lru_cache(maxsize=100)
def blocks_of(section: Section) -> tuple[Block, ...]:
    """The blocks of a section, its heading first, with speaker notes and answer."""
    return tuple(_blocks(section))


def _blocks(section: Section) -> Iterator[Block]:
    if section.level:
        yield from _of(tree_of(section.title), section.line)
    answer = section.answer
    pieces = (section.body, section.notes, *((answer.body, answer.notes) if answer else ()))
    for piece in filter(None, pieces):
        yield from _of(tree_of(piece), 0)


def _of(root: HtmlElement, line: int) -> Iterator[Block]:
    for element in root.iter():
        if element.tag in _BLOCKS and (words := " ".join("".join(_own(element)).split())):
            yield Block(words, line or line_of(element))
        if element.tag == "img" and (words := " ".join(element.get("alt", "").split())):
            yield Block(words, line or line_of(element))


def _own(element: HtmlElement) -> Iterator[str]:
    """The words of a block that are not those of a block in it."""
    yield element.text or ""
    for child in element:
        if child.tag in _BLOCKS:
            yield " "
        elif not _is_silent(child):
            yield from _own(child)
        yield child.tail or ""


def _is_silent(element: HtmlElement) -> bool:
    """Whether it is no words: code, or the number of a citation or a footnote."""
    return element.tag in _SILENT or (element.tag == "sup" and bool(classes_of(element)))
