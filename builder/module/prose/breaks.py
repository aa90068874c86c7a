"""Blank lines that an author may leave out: before a list, before a table, before its caption.

Python-Markdown wants them; CommonMark (5.3) and GFM (4.10), and so every editor's preview, do
without. They are put in on the lines that `fold` gives, so that no line changes its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from builder.module.prose.containers import Numbered
from builder.module.prose.lines import VOID
from builder.module.prose.source import TAB

_QUOTE = re.compile(r"(?:[ ]{0,3}>[ ]?)*")
_RULE = re.compile(r"[ ]{0,3}(?:(?:-[ ]{0,2}){3,}|(?:_[ ]{0,2}){3,}|(?:\*[ ]{0,2}){3,}|=+|-+)[ ]*$")
"""A rule, or the line under a heading."""
_LIST = re.compile(r"[ ]{0,3}(?:[-*+]|1\.)[ ]+\S")
"""What starts a list inside of a paragraph: no empty item, and no number but 1."""
_ITEM = re.compile(r"( *)(?:[-*+]|(\d+)\.) +(?=\S)")
_ABSENT = re.compile(r"\*\[[^\]]*\][ ]?:|[ ]{0,3}\[(?!\^)[^\[\]]*\]:")
"""Abbreviations and addresses of links, which leave the text."""
_OTHER = re.compile(
    r"[ ]{4}|[ ]{0,3}(?:(?:[-*+]|\d+\.)(?:[ ]|$)|:[ ]|\[\^[^\]]*\]:|\*?\[[^\]]*$)|[\ue000-\uf8ff]"
)
"""What starts a list, code, a definition, a footnote, or goes on in the next line."""
_DEFINITION = re.compile(r"[ ]{0,3}(?::[ ]|\[\^[^\]]*\]:)")
_DASHES = re.compile(r"[ ]*\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*$")
_CAPTION = re.compile(r"[ ]{0,3}table:", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])")


class _Kind(Enum):
    NOTHING = auto()
    TEXT = auto()
    TABLE = auto()
    OTHER = auto()


def with_breaks(lines: list[Numbered], blocks: frozenset[str]) -> Iterator[Numbered]:
    """The lines, with a blank line of number 0 wherever a list or a table needs one.

    Args:
        lines: a text as `fold` gives it.
        blocks: the names of the elements that start a block of raw HTML.
    """
    reader = _Reader(_Raw(blocks))
    for index, (number, line) in enumerate(lines):
        behind = lines[index + 1][1] if index + 1 < len(lines) else ""
        if reader.breaks(line, behind):
            yield 0, _quote(line).rstrip()
        yield number, line


def flattened(lines: list[Numbered]) -> Iterator[int]:
    """The lines of items that look nested and are not: one to three spaces, where four are needed.

    Other readers of Markdown nest an item that stands under the words of the one above.
    """
    first = None  # the first item of a list
    for number, line in lines:
        item = _ITEM.match(line)
        indent, start = len(item[1]) if item else 0, len(first[1]) if first else 0
        if item and first and indent > start:
            alike = bool(item[2]) == bool(first[2])  # else it is left as typed, and told
            if number and alike and indent % TAB not in (0, start % TAB):
                yield number
        elif item and indent < TAB:
            first = item
        elif line and not line.startswith(" "):
            first = None


@dataclass
class _Raw:
    """Raw HTML, in which nothing is changed: the element that is open, and how often."""

    blocks: frozenset[str]
    name: str = ""
    depth: int = 0

    def holds(self, line: str) -> bool:
        """Whether a line belongs to raw HTML."""
        if not self.name:
            if "<" in line:
                self._open(line)
            if not self.name:
                return False
        if self.name == "!--":
            self.name = "" if "-->" in line else self.name
            return True
        tags = [end for end, name in _TAG.findall(line) if name.lower() == self.name]
        self.depth += tags.count("") - tags.count("/")
        if self.depth <= 0:
            self.name, self.depth = "", 0
        return True

    def _open(self, line: str) -> None:
        start = line.lstrip(" ")
        tag = _TAG.match(start) if len(line) - len(start) < 4 else None
        if start.startswith("<!--"):
            self.name = "!--"
        elif tag and not tag[1] and tag[2].lower() in self.blocks - VOID:
            self.name = tag[2].lower()


@dataclass
class _Reader:
    """What kind of block the lines so far are in."""

    raw: _Raw
    kind: _Kind = field(default=_Kind.NOTHING)
    depth: int = 0
    """Quotations in each other."""
    comment: bool = False
    """Whether a comment began in this paragraph and goes on."""

    def breaks(self, line: str, behind: str) -> bool:
        """Whether a blank line is missing before this one.

        Args:
            line: the line.
            behind: the line after it.
        """
        quote = _quote(line)
        words = line[len(quote) :]
        deeper, self.depth = quote.count(">") > self.depth, quote.count(">")
        if self.raw.holds(line) or not words.strip():
            self.kind, self.comment = _Kind.NOTHING, False
            return False
        if self._in_comment(words):
            return False
        before = _Kind.NOTHING if deeper else self.kind
        self.kind = _next(before, words, behind[len(_quote(behind)) :])
        return (
            before in (_Kind.TEXT, _Kind.TABLE)
            and self.kind is not before
            and (bool(_LIST.match(words) or _CAPTION.match(words)) or self.kind is _Kind.TABLE)
        )

    def _in_comment(self, words: str) -> bool:
        """Whether a line begins inside of a comment, which hides a list as it does all else."""
        before = self.comment
        if not before and "<!--" not in words:
            return False
        self.comment = words.rfind("<!--") > words.rfind("-->") or (before and "-->" not in words)
        return before


def _next(before: _Kind, words: str, behind: str) -> _Kind:
    """The kind of block that a line is in, by the kind of the line before it."""
    if before is _Kind.TABLE:
        return _Kind.TEXT if _CAPTION.match(words) else before
    if words.startswith("#") or _RULE.match(words):
        return _Kind.NOTHING
    if before is _Kind.OTHER:
        return before
    if before is _Kind.NOTHING:
        return _first(words, behind)
    if _LIST.match(words) or _DEFINITION.match(words):
        return _Kind.OTHER
    if "|" in words and _is_dashes(behind):
        return _Kind.TABLE
    return before


def _first(words: str, behind: str) -> _Kind:
    if _ABSENT.match(words):
        return _Kind.NOTHING
    if _OTHER.match(words):
        return _Kind.OTHER
    return _Kind.TABLE if "|" in words and _is_dashes(behind) else _Kind.TEXT


def _is_dashes(line: str) -> bool:
    """Whether it is the line below a table's header."""
    return "|" in line and bool(_DASHES.match(line))


def _quote(line: str) -> str:
    match = _QUOTE.match(line) if ">" in line else None
    return match[0] if match else ""
