"""Where a translator has work to do in a text: a mark before each piece of words in its Markdown.

Paragraphs, items, cells, captions, alternative texts, titles of boxes, footnotes and explanations
get one each. The marks stand where they change nothing but words, so that the text is the
original's again once they are gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement, fragment_fromstring

from builder.module.prose.charts import CHART
from builder.module.prose.containers import CALLOUTS
from builder.module.prose.lines import place_in
from builder.module.prose.tree import LINE
from builder.module.text import Section, Text
from builder.module.translation import MARK

_TITLED = re.compile(rf"[ ]*:{{3,}}[ ]*(?:{'|'.join(CALLOUTS)}|{CHART}[ ]+\w+)[ ]+(?=[^ :])")
"""A box or a chart that is opened with a title."""
_NAMED = re.compile(
    r"[ ]*(?:(?:Message|Values|Categories|Caption|Table):|\*\[[^\]]+\][ ]?:|\[\^[^\]]+\]:)"
    r"[ ]*(?=\S)",
    re.IGNORECASE,
)
"""What says first what kind of words follow."""
_PICTURE = re.compile(r'(!\[)([^\]]*)(\]\([^()"]*)(?:"([^"]*)")?')
_NO_WORDS = re.compile(rf"{_PICTURE.pattern}\)?|\{{[^}}]*\}}")
"""What is no words of a paragraph's own: a picture, and attributes in braces."""
_FENCE = re.compile(r"[ ]*:{3,}")
_RULE = re.compile(r"[ |:-]*")
_CELL = re.compile(r"(?<!\\)\|")
_LETTER = re.compile(r"[^\W\d_]")
_SILENT = ("pre", "script", "style")


def marked_lines(text: Text, lines: Iterable[tuple[int, str]]) -> Iterator[str]:
    """Lines of a text with a mark before all that is to be translated.

    Args:
        text: the whole text as it was read.
        lines: some of its lines as they are written, each with its number.
    """
    blocks, rows = _places(text)
    for number, line in lines:
        if number in rows:
            yield _row(line)
        else:
            yield _pictures(_line(line, number in blocks))


def _places(text: Text) -> tuple[set[int], set[int]]:
    """The lines on which blocks of words begin, and those of tables' rows."""
    blocks: set[int] = set()
    rows: set[int] = set()
    for section in text.sections:
        for tree in _trees(section):
            for element in tree.iter():
                if element.get(LINE) and element.tag not in _SILENT:
                    found = rows if element.tag == "tr" else blocks
                    found.add(int(element.get(LINE, "0")))
    return blocks, rows


def _trees(section: Section) -> Iterator[HtmlElement]:
    answer = section.answer
    pieces = (section.body, section.notes, *((answer.body, answer.notes) if answer else ()))
    for piece in pieces:
        yield fragment_fromstring(str(piece), create_parent="div")


def _line(line: str, opens: bool) -> str:
    """A line with a mark where words begin; `opens` says whether a block begins on it."""
    named = _TITLED.match(line) or _NAMED.match(line)
    if named:
        return f"{line[: named.end()]}{MARK} {line[named.end() :]}"
    at = place_in(line) if opens and not _FENCE.match(line) else None
    if at is None or not _LETTER.search(_NO_WORDS.sub("", line[at:])):
        return line
    return f"{line[:at]}{MARK} {line[at:]}"


def _row(line: str) -> str:
    """A table's row, with a mark in each cell that holds words."""
    return "|".join(_cell(each) for each in _CELL.split(line))


def _cell(cell: str) -> str:
    words = cell.lstrip()
    if _RULE.fullmatch(cell) or not _LETTER.search(words):
        return cell
    return f"{cell[: len(cell) - len(words)]}{MARK} {words}"


def _pictures(line: str) -> str:
    """A line with marks in the alternative texts and captions of its pictures."""

    def marked(found: re.Match[str]) -> str:
        start, words, middle, caption = found.groups()
        said = f"{MARK} {words}" if words.strip() else words
        shown = f'"{MARK} {caption}"' if caption else ""
        return f"{start}{said}{middle}{shown}"

    return _PICTURE.sub(marked, line)
