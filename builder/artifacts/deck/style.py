"""How a paragraph looks where it stands: what the master says, and what its kind adds.

Measuring and drawing both ask `look`, so that what is drawn is what was measured.
Lengths are points.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

from builder.artifacts.deck.records import Paragraph

INDENT = 25.0
"""How far quotations and the meanings of terms stand in."""
HANG = 0.9
"""How far a bullet stands out of its text, in em, where the master does not say."""
DIGIT, CAPITAL, FULL_STOP, AFTER_NUMBER = 0.556, 0.722, 0.278, 0.35
"""Widths of a list number in em, as in Arial, and of the gap behind it."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the slide."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    def inset(self, sides: float, ends: float) -> Box:
        """The rectangle without a rim: `sides` left and right, `ends` above and below."""
        return Box(
            self.left + sides, self.top + ends, self.width - 2 * sides, self.height - 2 * ends
        )


@dataclass(frozen=True, slots=True)
class Level:
    """One of a text area's levels, as the master designs it."""

    size: float = 18.0
    bold: bool = False
    capitals: bool = False
    """Whether small letters are shown as capitals, which are wider."""
    margin: float = 0.0
    """From the area's edge to the text."""
    hang: float = 0.0
    """How far the bullet stands out of the text."""
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    """Height of a line as a part of a single-spaced one."""
    mark: str = ""
    """`bullet`, `number`, `letter` or nothing."""
    align: str = "l"
    """`l`, `ctr`, `r` or `just`: sides of the slide, whichever way the text runs."""
    leftwards: bool = False
    """Whether text runs from right to left."""


@dataclass(frozen=True, slots=True)
class Style:
    """The text of one area."""

    levels: tuple[Level, ...]
    floor: float
    """Text shrinks to this size and no further; smaller text stays as it is."""
    caption: float
    note: float
    family: str = ""
    """The font as the master names it; empty where it does not say."""
    xml: str = ""
    """The levels as DrawingML, for frames that are not placeholders."""

    @property
    def steps(self) -> range:
        """By how many points the text may shrink."""
        return range(max(0, ceil(self.levels[0].size - self.floor)) + 1)


@dataclass(frozen=True, slots=True)
class Look:
    """How one paragraph looks, all told."""

    index: int
    """The master's level, counted from 0."""
    level: Level
    """The level with what the paragraph's kind changes, shrunk."""
    italic: bool = False


def look(paragraph: Paragraph, style: Style, step: int = 0) -> Look:
    """How a paragraph looks in a style, shrunk by so many points, with the space above it."""
    index = _index(paragraph, style)
    level = style.levels[index]
    if paragraph.depth:
        level = _listed(paragraph, level)
    else:
        level = replace(level, margin=0.0, hang=0.0, mark="")
    level = _of_kind(paragraph, level, style)
    size = max(min(level.size, style.floor), level.size - step)
    level = replace(level, before=level.before * size / level.size)
    if paragraph.mark == "number":
        level = _numbered(paragraph, level, size)
    return Look(index, replace(level, size=size), paragraph.kind == "quotation")


def _index(paragraph: Paragraph, style: Style) -> int:
    """The level that a list's depth falls on; some areas have a plain level above their lists."""
    if not paragraph.depth:
        return 0
    first = next((at for at, level in enumerate(style.levels) if level.mark), 0)
    return min(first + paragraph.depth - 1, len(style.levels) - 1)


def _listed(paragraph: Paragraph, level: Level) -> Level:
    if not paragraph.mark:
        return replace(level, hang=0.0, mark="")
    hang = level.hang or max(INDENT * 0.8, HANG * level.size)
    margin = max(level.margin, hang)
    return replace(level, margin=margin, hang=hang, mark=paragraph.mark)


def _numbered(paragraph: Paragraph, level: Level, size: float) -> Level:
    """Room for the longest number of the list."""
    digits = len(str(max(paragraph.last, paragraph.number)))
    sign = CAPITAL if paragraph.letters else digits * DIGIT
    more = max(0.0, (sign + FULL_STOP + AFTER_NUMBER) * size - level.hang)
    mark = "letter" if paragraph.letters else level.mark
    return replace(level, margin=level.margin + more, hang=level.hang + more, mark=mark)


def _of_kind(paragraph: Paragraph, level: Level, style: Style) -> Level:
    kind = paragraph.kind
    if kind in ("heading", "term"):
        return replace(level, bold=True)
    if kind in ("meaning", "quotation"):
        before = level.before if kind == "quotation" else level.before / 3
        return replace(level, margin=level.margin + INDENT, before=before)
    if kind == "code" and paragraph.number > 1:
        return replace(level, before=0.0)
    if kind == "caption":
        return replace(level, size=style.caption, before=0.0)
    if kind == "source":
        return replace(level, size=style.note, before=0.0)
    if kind == "footnote":
        return replace(level, size=style.note, before=level.before / 2)
    return level
