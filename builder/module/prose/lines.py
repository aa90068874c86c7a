"""The line of every block: Python-Markdown keeps no positions, so the text carries them through.

Before the conversion, a token of private-use characters that spells the line's number is put into
each line, behind the markers that decide what kind of block it is. When the blocks are known, and
before anything looks at what is in them, the first token of a block becomes its `data-line` and all
tokens are taken out. A text with tokens and a text without are therefore converted alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from builder.module.prose.containers import CLOSE, OPEN, Numbered

START, END = "\ue000", "\ue001"
ZERO = 0xE010
TOKEN = re.compile(f"{START}([\ue010-\ue019]+){END}")
PRIVATE = re.compile("[\ue000-\uf8ff]")

_MARKERS = re.compile(
    r"(?:[ ]*(?:>|(?:[-*+]|\d+\.)(?=[ ])|:(?=[ ])|\[\^[^\]]*\]:))*[ ]*(?:\#{1,6}[ ]*|\|[ ]*)?"
)
_BARE_HEADING = re.compile(r"\#{1,6}[ ]*")
"""A heading without words; its line is needed all the more."""
_SILENT = re.compile(
    rf"""[ ]*(?:
        [-_*=+:|\#>`~ ]*$             # rules, underlines, separators, empty markers
        | \{{.*\}}[ ]*$               # attributes alone
        | \[(?!\^)[^\]]*\]:           # definitions of links
        | \*\[[^\\]*\][ ]?:           # abbreviations
        | \*?\[[^\]]*$                # the same over two lines
        | <[!?/]                      # comments, closing tags
        | [{OPEN}{CLOSE}]             # containers
    )""",
    re.VERBOSE,
)
_GOES_ON = re.compile(r"[ ]*\*?\[[^\]]*(?:\][ ]?:[ ]*)?$")
_DEFINITION = re.compile(r"[ ]*\[(?!\^)[^\]]*\]:")
_ATTRIBUTE = r"""[ ]+[^\s"'<>/=]+(?:=(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=]+))?"""
_TAG = re.compile(rf"[ ]{{0,3}}<([a-zA-Z][a-zA-Z0-9]*)(?:{_ATTRIBUTE})*[ ]*>")
_RAW_TAG = re.compile(
    rf"(<[a-zA-Z][a-zA-Z0-9]*(?:{_ATTRIBUTE})*)[ ]*>{START}([\ue010-\ue019]+){END}"
)
VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
})  # fmt: skip


def token(number: int) -> str:
    """The token for a line, counted from 1."""
    return START + "".join(chr(ZERO + int(digit)) for digit in str(number)) + END


def number_of(digits: str) -> int:
    """The number that the digits of a token spell."""
    return int("".join(str(ord(digit) - ZERO) for digit in digits))


def mark(lines: Iterable[Numbered], blocks: frozenset[str]) -> Iterator[str]:
    """The lines with their tokens.

    Args:
        lines: a text as `fold` gives it.
        blocks: the names of the elements that start a block of raw HTML.
    """
    before = ""
    for number, line in lines:
        at = None if _continues(before, line) else place_in(line, blocks)
        yield line if at is None or not number else line[:at] + token(number) + line[at:]
        before = line


def _continues(before: str, line: str) -> bool:
    """Whether a line belongs to a definition on the line before."""
    if _GOES_ON.match(before):
        return True
    return line.lstrip()[:1] in ('"', "'", "(") and bool(_DEFINITION.match(before))


def place_in(line: str, blocks: frozenset[str] = frozenset()) -> int | None:
    """Where the words of a line begin: a token there changes no block; None where it would.

    Args:
        line: as it is written.
        blocks: the names of the elements that start a block of raw HTML; with none, a line that
            begins with a tag is taken for words.
    """
    if _BARE_HEADING.fullmatch(line):
        return len(line)
    if _SILENT.match(line):
        return None
    tag = _TAG.match(line)
    if tag and tag[1].lower() in blocks:
        return None if tag[1].lower() in VOID else tag.end()
    markers = _MARKERS.match(line)
    at = markers.end() if markers else 0
    rest = line[at:]
    if not rest or _SILENT.match(rest):
        return None
    return None if rest.startswith("<") and _opens_block(rest, blocks) else at


def _opens_block(rest: str, blocks: frozenset[str]) -> bool:
    name = re.match(r"<([a-zA-Z][a-zA-Z0-9]*)", rest)
    return name is None or name[1].lower() in blocks


def strip(text: str) -> str:
    """A text without tokens, and without any other character for private use."""
    return PRIVATE.sub("", TOKEN.sub("", text)) if PRIVATE.search(text) else text


class Lines(Extension):
    """Turns the tokens of a marked text into `data-line` attributes."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """After raw HTML is put away (20), and between footnotes (50) and what is inline (20)."""
        md.preprocessors.register(_RawLines(md), "raw-lines", 10)
        md.treeprocessors.register(_BlockLines(md), "block-lines", 30)


class _RawLines(Preprocessor):
    """Raw HTML, which is not parsed any further."""

    def run(self, lines: list[str]) -> list[str]:
        stash = self.md.htmlStash.rawHtmlBlocks
        for index, raw in enumerate(stash):
            if isinstance(raw, str) and START in raw:
                stash[index] = TOKEN.sub("", _RAW_TAG.sub(_as_attribute, raw))
        return lines


def _as_attribute(match: re.Match[str]) -> str:
    return f'{match[1]} data-line="{number_of(match[2])}">'


class _BlockLines(Treeprocessor):
    """Blocks whose content is still plain text."""

    def run(self, root: Element) -> None:
        elements = list(root.iter())[1:]
        for element in elements:
            line = _take(element)
            if line:
                element.set("data-line", str(line))
        for element in reversed(elements):
            _take_from_child(element)
        self._definitions()

    def _definitions(self) -> None:
        """What was set aside to be looked up later."""
        references = self.md.references
        for name in [name for name in references if START in name]:
            references[strip(name)] = references.pop(name)


def _take(element: Element) -> int:
    """The line of an element's own text, whose tokens are taken out; 0 where it has none."""
    element.tail = _without(element.tail)
    text = element.text
    found = TOKEN.search(text) if text else None
    if not text or not found:
        return 0
    element.text = _without(text)
    return number_of(found[1]) - text.count("\n", 0, found.start())


def _without(text: str | None) -> str | None:
    if not text or START not in text:
        return text
    plain = TOKEN.sub("", text)
    return AtomicString(plain) if isinstance(text, AtomicString) else plain


def _take_from_child(element: Element) -> None:
    """The line of the first block inside, for lists, tables and the like."""
    if element.get("data-line"):
        return
    line = next((line for child in element if (line := child.get("data-line"))), None)
    if line:
        element.set("data-line", line)
