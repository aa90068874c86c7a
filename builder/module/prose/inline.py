"""What Python-Markdown does not know inside a line: citations, `H~2~O`, `10^3^`, lost footnotes.

Each gives an element that is finished later, when the order of the text is known.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
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

INLINE = re.compile(r"[\\`*_\[<&~^]|[ ]{2}\n")
"""What each pattern inside of a line needs, Python-Markdown's and ours."""


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
        md.treeprocessors.register(_Shut(md), "shut", 25)
        md.treeprocessors.register(_Opened(md), "opened", 15)


class _Plain(AtomicString):
    """A text in which no pattern finds anything, so that none of twenty needs to look."""


class _Shut(Treeprocessor):
    """Before the patterns are tried (20)."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            text = element.text
            if text and not isinstance(text, AtomicString) and not INLINE.search(text):
                element.text = _Plain(text)


class _Opened(Treeprocessor):
    """Behind the patterns, and before abbreviations are looked for (7)."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if isinstance(element.text, _Plain):
                element.text = str(element.text)


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
