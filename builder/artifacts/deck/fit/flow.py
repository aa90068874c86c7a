"""Blocks -> frames in areas: measured, split where a slide is full, and put in their places."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from builder.artifacts.deck.fit.grid import row_heights, size_of, with_shares
from builder.artifacts.deck.fit.metrics import Faces, Fonts
from builder.artifacts.deck.fit.split import cut_callout, cut_table, cut_words, loose_end
from builder.artifacts.deck.frames import ChartFrame, Frame, PictureFrame, TableFrame, TextFrame
from builder.artifacts.deck.pictures import Photo
from builder.artifacts.deck.records import (
    Block,
    Callout,
    Chart,
    Columns,
    Gallery,
    Paragraph,
    Picture,
    Table,
    Together,
    Words,
)
from builder.artifacts.deck.style import Box, Style
from builder.artifacts.deck.tokens import Tokens

GAP = 12.0
"""Points between frames."""
ABREAST_GAP = 18.0
"""Points between columns and between pictures side by side."""
SIDES, ENDS = 14.0, 9.0
"""Room inside a callout, in points."""
LEAST_PICTURE = 130.0
"""Points of height that a picture gets; where there are fewer, it goes to the next slide."""
LEAST_CHART = 200.0
"""Points of height that a chart gets at least."""
PIXEL = 0.75
"""Points that a pixel may take: more shows them (96 to the inch)."""
CAPTION_GAP = 5.0
AIRY = 0.4
"""The part of its height that a table grows by at most where there is room for it."""


class Overflow(Exception):  # noqa: N818 - it tells where the text ends, not a fault of ours
    """A block that an empty slide cannot hold."""

    def __init__(self, block: Block) -> None:
        super().__init__(block)
        self.line = block.line


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle to fill, and the placeholder that belongs to it."""

    box: Box
    style: Style
    words: int | None = None
    """The placeholder that takes the first words."""
    table: int | None = None
    """The placeholder that takes a table."""
    words_only: bool = False
    """Whether anything but words goes to the next slide."""
    placed: bool = False
    """Whether the place is written down even where the layout's own would serve."""


@dataclass(frozen=True)
class Ruler:
    """Measures blocks."""

    fonts: Fonts
    tokens: Tokens
    photos: Mapping[str, Photo]
    plain: Style
    """The text of content slides; callouts look alike on every ground."""

    @property
    def faces(self) -> Faces:
        """Those of callouts and tables."""
        return self.fonts.of(self.plain)

    def height(self, block: Block, style: Style, width: float, step: int) -> float:
        """The least height of a block in points; pictures may be given more."""
        if isinstance(block, Words):
            return self.fonts.of(style).height(block.paragraphs, style, width, step)
        if isinstance(block, Callout):
            words = (block.title, *block.paragraphs)
            inner = width - 2 * SIDES
            return self.faces.height(words, self.plain, inner, step) + 2 * ENDS
        if isinstance(block, Table):
            rows = row_heights(
                (*block.head, *block.rows), block, width, step, self.faces, self.tokens
            )
            return sum(rows) + self.caption(block, style, width)
        if isinstance(block, Gallery):
            return self.gallery(block, style, width, LEAST_PICTURE)
        if isinstance(block, Chart):
            return LEAST_CHART + self.caption(block, style, width)
        if isinstance(block, Together):
            return self.stack(block.blocks, style, width, step)
        return max(
            self.stack(column, style, part, step)
            for column, part in zip(block.columns, _parts(block, width), strict=True)
        )

    def stack(self, blocks: Sequence[Block], style: Style, width: float, step: int) -> float:
        """The height of blocks one under the other."""
        heights = [self.height(block, style, width, step) for block in blocks]
        return sum(heights) + GAP * (len(heights) - 1)

    def caption(self, block: Table | Picture | Chart, style: Style, width: float) -> float:
        """The height of a caption; 0 where there is none."""
        if not block.caption:
            return 0.0
        return self.fonts.of(style).one(block.caption, style, width, 0) + CAPTION_GAP

    def gallery(self, block: Gallery, style: Style, width: float, most: float) -> float:
        """The height of pictures side by side, none higher than `most`, with their captions."""
        cell = cell_width(block, width)
        return max(
            min(self.natural(picture, width, cell)[1], most) + self.caption(picture, style, cell)
            for picture in block.pictures
        )

    def natural(self, picture: Picture, width: float, cell: float) -> tuple[float, float]:
        """Width and height that a picture would like: not beyond its pixels, nor its cell."""
        photo = self.photos[picture.source]
        wide = min(cell, width * picture.share, photo.width * PIXEL)
        return wide, wide * photo.height / photo.width

    def prepared(self, blocks: Sequence[Block], width: float) -> tuple[Block, ...]:
        """Blocks whose tables know the widths of their columns.

        Raises:
            Overflow: a table has a word that is too wide for its column.
        """
        return tuple(self._prepared(block, width) for block in blocks)

    def _prepared(self, block: Block, width: float) -> Block:
        if isinstance(block, Table):
            shared = with_shares(block, width, self.faces, self.tokens)
            if shared is None:
                raise Overflow(block)
            return shared
        if isinstance(block, Columns):
            parts = _parts(block, width)
            columns = zip(block.columns, parts, strict=True)
            return Columns(tuple(self.prepared(c, part) for c, part in columns), block.line)
        return block


def cell_width(block: Gallery, width: float) -> float:
    """The width that each of the pictures side by side may take."""
    count = len(block.pictures)
    return (width - ABREAST_GAP * (count - 1)) / count


def _parts(block: Columns, width: float) -> list[float]:
    count = len(block.columns)
    return [(width - ABREAST_GAP * (count - 1)) / count] * count


def fill(
    blocks: Sequence[Block],
    area_of: Callable[[int], Area],
    ruler: Ruler,
    step: int,
    share: float = 1.0,
) -> list[list[Block]]:
    """The blocks of each slide.

    Args:
        blocks: what to place, in order.
        area_of: the area on the slide of that number, counted from 0.
        ruler: measures.
        step: by how many points text is shrunk.
        share: the part of each area's height that is filled, to even slides out.

    Raises:
        Overflow: a block cannot be split so that it fits.
    """
    pages: list[list[Block]] = [[]]
    queue = deque(blocks)
    used = 0.0
    while queue:
        block = queue.popleft()
        area = area_of(len(pages) - 1)
        whole = area.box.height * share
        gap = GAP if pages[-1] else 0.0
        head: Block | None = None
        tail: list[Block] = [block]
        if isinstance(block, Words) or not area.words_only:
            head, tail = _cut(block, area, whole - used - gap, whole, not pages[-1], ruler, step)
        if head is not None:
            pages[-1].append(head)
            used += gap + ruler.height(head, area.style, area.box.width, step)
        if not tail:
            continue
        queue.extendleft(reversed(tail))
        if len(tail) > 1 and head is None:
            continue
        if head is None and not pages[-1] and not area.words_only:
            raise Overflow(block)
        _keep_with_next(pages[-1], queue)
        pages.append([])
        used = 0.0
    return pages


def _keep_with_next(page: list[Block], queue: deque[Block]) -> None:
    """A heading at the foot of a slide goes on to the next one, if it does not stand alone."""
    if not page or not isinstance(page[-1], Words) or isinstance(queue[0], Words):
        return
    words = page[-1].paragraphs
    keep = loose_end(words, len(words))
    if keep == len(words) or (keep == 0 and len(page) == 1):
        return
    queue.appendleft(Words(words[keep:]))
    page.pop()
    if keep:
        page.append(Words(words[:keep]))


def _cut(
    block: Block, area: Area, room: float, whole: float, fresh: bool, ruler: Ruler, step: int
) -> tuple[Block | None, list[Block]]:
    """What of a block fits in the room that is left, and the rest."""
    width, style = area.box.width, area.style

    def height(part: Block) -> float:
        return ruler.height(part, style, width, step)

    needed = height(block)
    if needed <= room:
        return block, []
    if needed <= whole and not fresh and not isinstance(block, Words):
        return None, [block]
    if isinstance(block, Words):
        return cut_words(block, room, fresh, height)
    if isinstance(block, Table):
        return cut_table(block, room, fresh, height)
    if isinstance(block, Callout):
        return cut_callout(block, room, fresh, height)
    if isinstance(block, Columns):
        return None, [inner for column in block.columns for inner in column]
    return (block, []) if fresh else (None, [block])


def arrange(blocks: Sequence[Block], area: Area, ruler: Ruler, step: int) -> Iterator[Frame]:
    """The frames of one slide's blocks, from the top of an area."""
    width = area.box.width
    heights = [ruler.height(block, area.style, width, step) for block in blocks]
    galleries = sum(isinstance(block, Gallery) for block in blocks)
    tables = sum(isinstance(block, Table) for block in blocks)
    spare = max(0.0, area.box.height - sum(heights) - GAP * (len(blocks) - 1))
    top, holder = area.box.top, area.words
    for block, height in zip(blocks, heights, strict=True):
        if isinstance(block, Gallery):
            most = LEAST_PICTURE + spare / galleries
            height = min(ruler.gallery(block, area.style, width, most), area.box.height)
            height = min(height, area.box.bottom - top)
        if isinstance(block, Table) and tables == 1 and not galleries:
            height += min(spare, height * AIRY)
        box = Box(area.box.left, top, width, height)
        alone = len(blocks) == 1 and isinstance(block, Words) and holder is not None
        box = area.box if alone else box
        yield from _frames(block, box, area, ruler, step, holder, not alone or area.placed)
        if isinstance(block, Words):
            holder = None
        top += height + GAP


def _frames(
    block: Block, box: Box, area: Area, ruler: Ruler, step: int, holder: int | None, placed: bool
) -> Iterator[Frame]:
    if isinstance(block, Words):
        yield TextFrame(box, block.paragraphs, area.style, step, holder, placed)
    elif isinstance(block, Callout):
        words = (block.title, *block.paragraphs)
        yield TextFrame(box, words, ruler.plain, step, callout=block.kind)
    elif isinstance(block, Table):
        yield from _table(block, box, area, ruler, step)
    elif isinstance(block, Gallery):
        yield from gallery_frames(block, box, area.style, ruler)
    elif isinstance(block, Chart):
        yield from _chart(block, box, area, ruler)
    elif isinstance(block, Together):
        inner = replace(area, box=box, words=holder)
        yield from arrange(block.blocks, inner, ruler, step)
    else:
        parts = _parts(block, box.width)
        for number, (column, part) in enumerate(zip(block.columns, parts, strict=True)):
            left = box.left + number * (part + ABREAST_GAP)
            inner = Area(Box(left, box.top, part, box.height), area.style, holder)
            yield from arrange(column, inner, ruler, step)
            holder = None


def _table(block: Table, box: Box, area: Area, ruler: Ruler, step: int) -> Iterator[Frame]:
    above = ruler.caption(block, area.style, box.width)
    if block.caption:
        yield caption_frame(block.caption, Box(box.left, box.top, box.width, above), area.style)
    rows = (*block.head, *block.rows)
    heights = row_heights(rows, block, box.width, step, ruler.faces, ruler.tokens)
    under = Box(box.left, box.top + above, box.width, box.height - above)
    more = (under.height - sum(heights)) / len(heights)
    heights = tuple(height + more for height in heights)
    yield TableFrame(
        under, block, heights, size_of(ruler.tokens, max(step, block.shrink)), area.table
    )


def _chart(block: Chart, box: Box, area: Area, ruler: Ruler) -> Iterator[Frame]:
    below = ruler.caption(block, area.style, box.width)
    yield ChartFrame(replace(box, height=box.height - below), block, ruler.tokens.table_floor)
    if block.caption:
        under = Box(box.left, box.bottom - below + CAPTION_GAP, box.width, below - CAPTION_GAP)
        yield caption_frame(block.caption, under, area.style, "ctr")


def gallery_frames(
    block: Gallery, box: Box, style: Style, ruler: Ruler, holder: int | None = None
) -> Iterator[Frame]:
    """Pictures side by side, each as large as its cell allows, its caption under it."""
    cell = cell_width(block, box.width)
    for number, picture in enumerate(block.pictures):
        left = box.left + number * (cell + ABREAST_GAP)
        below = ruler.caption(picture, style, cell)
        wide, high = ruler.natural(picture, box.width, cell)
        scale = min(1.0, max(1.0, box.height - below) / high)
        wide, high = wide * scale, high * scale
        place = Box(left + (cell - wide) / 2, box.top, wide, high)
        yield PictureFrame(place, picture, holder)
        if picture.caption:
            under = Box(left, place.bottom + CAPTION_GAP, cell, below - CAPTION_GAP)
            yield caption_frame(picture.caption, under, style, "ctr")


def caption_frame(caption: Paragraph, box: Box, style: Style, align: str = "") -> TextFrame:
    """A caption in a box of its own."""
    words = Paragraph(caption.runs, "caption", align=align, line=caption.line)
    return TextFrame(box, (words,), style)
