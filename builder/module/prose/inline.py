"""What Python-Markdown does not know inside a line: citations, `H~2~O`, `10^3^`, lost footnotes.

Each gives an element that is finished later, when the order of the text is known.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

KEY = r"[\w.:/+-]*\w"
_PLACE = r"[^@;\[\]\n]{0,40}\d[^@;\[\]\n]{0,40}"
PAGE = rf"(?:,[ ]*|[ ]+)({_PLACE})"
"""Where in a source, as in `, p. 12`: it is read so that it can be told of."""
_CITED = rf"@{KEY}(?:(?:,[ ]*|[ ]+){_PLACE})?"
CITATION = rf"\[({_CITED}(?:[ ]*[;,][ ]*{_CITED})*)\]"
CITED = "data-cite"
"""The attribute that holds what stands in the brackets, until it becomes numbers."""
NOTED = "data-note"
"""The attribute that holds a footnote's name, until it becomes a letter."""
LOST = "data-lost"
"""The attribute that holds the name of a footnote that is not there."""


class Inline(Extension):
    """Citations, subscript and superscript."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Behind code (190), escapes (180) and footnotes (175), before links (170)."""
        patterns = md.inlinePatterns
        patterns.register(_Lost(r"(?<!!)\[\^([^\[\]\s]+)\](?![(\[])", md), "footnote-lost", 174)
        patterns.register(_Citation(rf"[ \n]?{CITATION}", md), "citation", 173)
        patterns.register(_Raised(r"~([^~\s]+)~(?!~)", md, "sub"), "subscript", 65)
        patterns.register(_Raised(r"\^([^\^\s\[\]]+)\^(?!\^)", md, "sup"), "superscript", 64)
        md.ESCAPED_CHARS.extend("~^|@")


class _Citation(InlineProcessor):
    """The space that authors write before a citation goes: the number follows the word closely."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        element = Element("sup", {"class": "citation", CITED: m[1]})
        element.text = AtomicString(m[0].strip())  # what a caption shows, until it is split again
        return element, m.start(), m.end()


class _Lost(InlineProcessor):
    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        return Element("span", {LOST: m[1]}), m.start(), m.end()


class _Raised(InlineProcessor):
    def __init__(self, pattern: str, md: Markdown, tag: str) -> None:
        super().__init__(pattern, md)
        self.tag = tag

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        element = Element(self.tag)
        element.text = m[1]
        return element, m.start(), m.end()
