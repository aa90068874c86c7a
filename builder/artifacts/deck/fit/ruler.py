"""How high blocks are, in points: the least that they need, and what they would like."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from builder.artifacts.deck.fit.grid import fitted, row_height
from builder.artifacts.deck.fit.metrics import Faces, Fonts
from builder.artifacts.deck.fit.said import Said
from builder.artifacts.deck.frames import ENDS, SIDES
from builder.artifacts.deck.pictures import Photo
from builder.artifacts.deck.records import (
    Block,
    Callout,
    Chart,
    Columns,
    Gallery,
    Paragraph,
    Picture,
    Row,
    Table,
    Together,
    Words,
)
from builder.artifacts.deck.style import Style
from builder.artifacts.deck.tokens import Tokens

GAP = 16.0
"""Points between frames."""
ABREAST_GAP = 18.0
"""Points between columns and between pictures side by side."""
LEAST_PICTURE = 130.0
"""Points of height that a picture gets; where there are fewer, it goes to the next slide."""
LEAST_CHART = 200.0
"""Points of height that a chart gets at least."""
LONGEST = 6000
"""Characters of a paragraph; no slide holds as many, so longer ones are not measured."""
REMEMBERED = 20_000
"""Heights that a ruler keeps in mind."""
PIXEL = 0.75
"""Points that a pixel may take: more shows them (96 to the inch)."""
CAPTION_GAP = 8.0
AIRY = 0.7
"""The part of a line's height that a table's rows grow by at most where there is room for it."""
GRIDS = {1: (1,), 2: (2,), 3: (3, 2), 4: (2,)}
"""How many pictures may stand side by side in a row, by how many there are on the slide."""


class Overflow(Exception):  # noqa: N818 - it tells where the text ends, not a fault of ours
    """A block that an empty slide cannot hold."""

    def __init__(self, block: Block, hint: str = "") -> None:
        super().__init__(block)
        self.line = block.line
        self.hint = hint


@dataclass(frozen=True)
class Ruler:
    """Measures blocks; what was measured once is remembered for the rest of the deck."""

    fonts: Fonts
    tokens: Tokens
    photos: Mapping[str, Photo]
    plain: Style
    """The text of content slides; callouts look alike on every ground."""
    said: Said
    """What is added to an author's words where they are parted."""
    _known: dict[tuple[Any, ...], tuple[float, Any]] = field(default_factory=dict, repr=False)
    """Heights by the identity of what was measured, which is kept so that it stays unique."""

    @property
    def faces(self) -> Faces:
        """Those of callouts and tables."""
        return self.fonts.of(self.plain)

    @property
    def gap(self) -> float:
        """Points between frames."""
        return GAP * self.tokens.scale

    @property
    def abreast_gap(self) -> float:
        """Points between columns and between pictures side by side."""
        return ABREAST_GAP * self.tokens.scale

    @property
    def caption_gap(self) -> float:
        """Points between a caption and what it belongs to."""
        return CAPTION_GAP * self.tokens.scale

    @property
    def least_picture(self) -> float:
        """Points of height that a picture gets."""
        return LEAST_PICTURE * self.tokens.scale

    @property
    def least_chart(self) -> float:
        """Points of height that a chart gets."""
        return LEAST_CHART * self.tokens.scale

    def cell(self, width: float, abreast: int) -> float:
        """The width that each of so many pictures or columns side by side takes."""
        return (width - self.abreast_gap * (abreast - 1)) / abreast

    def parts(self, block: Columns, width: float) -> list[float]:
        """The width of each column."""
        count = len(block.columns)
        return [self.cell(width, count)] * count

    def one(self, paragraph: Paragraph, style: Style, width: float, step: int) -> float:
        """The height of a paragraph with the space around it."""
        key = (id(paragraph), id(style), width, step)
        known = self._known.get(key)
        if known is None:
            if sum(len(run.text) for run in paragraph.runs) > LONGEST:
                return math.inf
            height = self.fonts.of(style).one(paragraph, style, width, step)
            known = self._noted(key, height, (paragraph, style))
        return known[0]

    def _noted(self, key: tuple[Any, ...], height: float, what: Any) -> tuple[float, Any]:
        """Remember a height; beyond the limit, start anew."""
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[key] = (height, what)
        return self._known[key]

    def all(self, paragraphs: Iterable[Paragraph], style: Style, width: float, step: int) -> float:
        """The height of paragraphs one under the other."""
        return sum(self.one(paragraph, style, width, step) for paragraph in paragraphs)

    def row(self, row: Row, table: Table, width: float, step: int, head: bool = False) -> float:
        """The height of a row of a table."""
        if any(sum(len(run.text) for run in cell.runs) > LONGEST for cell in row):
            return math.inf
        key = (id(row), table.shares, table.shrink, width, step)
        known = self._known.get(key)
        if known is None:
            height = row_height(row, table, width, step, self.faces, self.tokens, head)
            known = self._noted(key, height, row)
        return known[0]

    def rows(self, table: Table, width: float, step: int) -> tuple[float, ...]:
        """The height of each row of a table, the head's first."""
        heads = [self.row(row, table, width, step, head=True) for row in table.head]
        return (*heads, *(self.row(row, table, width, step) for row in table.rows))

    def above_rows(self, table: Table, style: Style, width: float, step: int) -> float:
        """The height of a table's caption and head."""
        heads = sum(self.row(row, table, width, step, head=True) for row in table.head)
        return heads + self.caption(table, style, width)

    def height(self, block: Block, style: Style, width: float, step: int) -> float:
        """The least height of a block; pictures and charts may be given more."""
        if isinstance(block, Words):
            return self.all(block.paragraphs, style, width, step)
        if isinstance(block, Callout):
            return self.callout((block.title, *block.paragraphs), width, step)
        if isinstance(block, Table):
            return sum(self.rows(block, width, step)) + self.caption(block, style, width)
        if isinstance(block, Gallery):
            return self.gallery(block, style, width, self.least_picture)
        if isinstance(block, Chart):
            return self.least_chart + self.caption(block, style, width)
        if isinstance(block, Together):
            return self.stack(block.blocks, style, width, step)
        parts = self.parts(block, width)
        columns = zip(block.columns, parts, strict=True)
        return max(self.stack(column, style, part, step) for column, part in columns)

    def wish(self, block: Block, style: Style, width: float, step: int) -> float:
        """How much higher than that a block would like to be; words do not."""
        if isinstance(block, Gallery):
            least, most = (
                self.gallery(block, style, width, most) for most in (self.least_picture, math.inf)
            )
            return most - least
        if isinstance(block, Chart):
            return math.inf
        if isinstance(block, Together):
            return sum(self.wish(inner, style, width, step) for inner in block.blocks)
        if isinstance(block, Columns):
            parts = self.parts(block, width)
            columns = zip(block.columns, parts, strict=True)
            inner = (self.wish(each, style, part, step) for some, part in columns for each in some)
            return max(inner, default=0.0)
        return 0.0

    def stack(self, blocks: Sequence[Block], style: Style, width: float, step: int) -> float:
        """The height of blocks one under the other."""
        heights = [self.height(block, style, width, step) for block in blocks]
        return sum(heights) + self.gap * max(0, len(heights) - 1)

    def callout(self, words: Iterable[Paragraph], width: float, step: int) -> float:
        """The height of a callout that holds these words, its title included."""
        ends = 2 * ENDS * self.tokens.scale
        return sum(self.boxed(paragraph, width, step) for paragraph in words) + ends

    def boxed(self, paragraph: Paragraph, width: float, step: int) -> float:
        """The height of a paragraph in a callout."""
        return self.one(paragraph, self.plain, width - 2 * SIDES * self.tokens.scale, step)

    def caption(self, block: Table | Picture | Chart, style: Style, width: float) -> float:
        """The height of a caption; 0 where there is none."""
        if not block.caption:
            return 0.0
        return self.one(block.caption, style, width, 0) + self.caption_gap

    def gallery(self, block: Gallery, style: Style, width: float, most: float) -> float:
        """The height of pictures in a grid, none higher than `most`, with their captions."""
        grids = GRIDS.get(len(block.pictures), (2,))
        tries = (self.grid(block, style, width, most, abreast) for abreast in grids)
        return max(tries) if most == math.inf else next(tries)

    def grid(self, block: Gallery, style: Style, width: float, most: float, abreast: int) -> float:
        """The same with so many pictures side by side."""
        cell = self.cell(width, abreast)
        heights = [
            max(
                min(self.natural(picture, width, cell)[1], most)
                + self.caption(picture, style, cell)
                for picture in row
            )
            for row in rows_of(block.pictures, abreast)
        ]
        return sum(heights) + self.gap * (len(heights) - 1)

    def natural(self, picture: Picture, width: float, cell: float) -> tuple[float, float]:
        """Width and height that a picture would like: not beyond its pixels, nor its cell.

        One that covers its place is as high as it may be. A width in lengths is the author's word,
        even where it shows the pixels.
        """
        photo = self.photos[picture.source]
        shape = photo.height / photo.width
        pixels = photo.width * PIXEL * self.tokens.scale
        pixels = math.inf if picture.cover or picture.height else pixels
        wide = min(cell, width * picture.share, picture.width or pixels)
        high = picture.height or math.inf
        if picture.cover:
            return wide, high
        return (high / shape, high) if wide * shape > high else (wide, wide * shape)

    def prepared(self, blocks: Sequence[Block], width: float) -> tuple[Block, ...]:
        """Blocks whose tables know the widths of their columns; broad ones are several.

        Raises:
            Overflow: a table has a number that is too wide for any column.
        """
        return tuple(ready for block in blocks for ready in self._prepared(block, width))

    def _prepared(self, block: Block, width: float) -> Sequence[Block]:
        if isinstance(block, Table):
            tables = fitted(block, width, self.faces, self.tokens, self.said)
            if tables is None:
                raise Overflow(block, "A number is too long for a column; divide the table.")
            return tables
        if isinstance(block, Together):
            return [Together(self.prepared(block.blocks, width), block.line)]
        if isinstance(block, Columns):
            columns = zip(block.columns, self.parts(block, width), strict=True)
            return [Columns(tuple(self.prepared(c, part) for c, part in columns), block.line)]
        return [block]


def rows_of(pictures: Sequence[Picture], abreast: int) -> list[Sequence[Picture]]:
    """Pictures in rows of so many."""
    return [pictures[at : at + abreast] for at in range(0, len(pictures), abreast)]
