"""What stands on one slide -> frames in their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from builder.artifacts.deck.fit.flow import Area
from builder.artifacts.deck.fit.grid import size_of
from builder.artifacts.deck.fit.ruler import (
    AIRY,
    GRIDS,
    Ruler,
    rows_of,
)
from builder.artifacts.deck.frames import (
    WHOLE,
    ChartFrame,
    Crop,
    Frame,
    PictureFrame,
    TableFrame,
    TextFrame,
)
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

ROOMY = 480.0, 240.0
"""Width and height in points from which a chart's words are as large as a table's."""


def arrange(blocks: Sequence[Block], area: Area, ruler: Ruler, step: int) -> Iterator[Frame]:
    """The frames of one slide's blocks, from the top of an area."""
    top, holder = area.box.top, area.words
    alone = len(blocks) == 1 and isinstance(blocks[0], Words) and holder is not None
    for block, height in zip(blocks, _heights(blocks, area, ruler, step), strict=True):
        box = area.box if alone else Box(area.box.left, top, area.box.width, height)
        inner = replace(area, box=box, words=holder, placed=area.placed or not alone)
        yield from _frames(block, inner, ruler, step)
        if isinstance(block, Words):
            holder = None
        top += height + ruler.gap


def _heights(blocks: Sequence[Block], area: Area, ruler: Ruler, step: int) -> list[float]:
    """The height of each block: the least, and a part of what is left where it wishes for more."""
    width, whole = area.box.width, area.box.height
    heights = [ruler.height(block, area.style, width, step) for block in blocks]
    wishes = [ruler.wish(block, area.style, width, step) for block in blocks]
    if not any(wishes):
        wishes = _airy(blocks, ruler)
    spare = whole - sum(heights) - ruler.gap * (len(blocks) - 1)
    if spare < 0:  # only where a picture or a chart stands first: it is squeezed
        return [min(heights[0], whole), *heights[1:]] if heights else []
    return [height + more for height, more in zip(heights, _shared(spare, wishes), strict=True)]


def _airy(blocks: Sequence[Block], ruler: Ruler) -> list[float]:
    """How much higher the only table on a slide would like to be: some points for each row."""
    tables = [block for block in blocks if isinstance(block, Table)]
    more = AIRY * ruler.tokens.row_height if len(tables) == 1 else 0.0
    return [
        more * (len(block.head) + len(block.rows)) if isinstance(block, Table) else 0.0
        for block in blocks
    ]


def _shared(spare: float, wishes: Sequence[float]) -> list[float]:
    """Room shared out evenly among those who wish for it; nobody gets more than that."""
    given = [0.0] * len(wishes)
    waiting = sorted((at for at, wish in enumerate(wishes) if wish), key=lambda at: wishes[at])
    for number, at in enumerate(waiting):
        given[at] = min(wishes[at], spare / (len(waiting) - number))
        spare -= given[at]
    return given


def _frames(block: Block, area: Area, ruler: Ruler, step: int) -> Iterator[Frame]:
    """The frames of a block in an area that is its own."""
    if isinstance(block, Words):
        yield TextFrame(area.box, block.paragraphs, area.style, step, area.words, area.placed)
    elif isinstance(block, Callout):
        words = (block.title, *block.paragraphs)
        yield TextFrame(area.box, words, ruler.plain, step, callout=block.kind)
    elif isinstance(block, Table):
        yield from _table(block, area, ruler, step)
    elif isinstance(block, Gallery):
        yield from gallery_frames(block, area.box, area.style, ruler)
    elif isinstance(block, Chart):
        yield from _chart(block, area, ruler)
    elif isinstance(block, Together):
        yield from arrange(block.blocks, area, ruler, step)
    else:
        yield from _abreast(block, area, ruler, step)


def _abreast(block: Columns, area: Area, ruler: Ruler, step: int) -> Iterator[Frame]:
    left, holder = area.box.left, area.words
    for column, width in zip(block.columns, ruler.parts(block, area.box.width), strict=True):
        yield from arrange(column, area.column(left, width, holder), ruler, step)
        left += width + ruler.abreast_gap
        holder = None


def _table(block: Table, area: Area, ruler: Ruler, step: int) -> Iterator[Frame]:
    box = area.box
    above = ruler.caption(block, area.style, box.width)
    if block.caption:
        over = replace(box, height=above - ruler.caption_gap)
        yield caption_frame(block.caption, over, area.style)
    heights = ruler.rows(block, box.width, step)
    under = Box(box.left, box.top + above, box.width, box.height - above)
    more = (under.height - sum(heights)) / len(heights)
    heights = tuple(height + more for height in heights)
    size = size_of(ruler.tokens, max(step, block.shrink))
    yield TableFrame(under, block, heights, size, area.table)


def _chart(block: Chart, area: Area, ruler: Ruler) -> Iterator[Frame]:
    box = area.box
    below = ruler.caption(block, area.style, box.width)
    tokens, place = ruler.tokens, replace(box, height=box.height - below)
    wide, high = (each * tokens.scale for each in ROOMY)
    roomy = place.width >= wide and place.height >= high
    yield ChartFrame(place, block, tokens.table if roomy else tokens.table_floor)
    if block.caption:
        gap = ruler.caption_gap
        under = Box(box.left, box.bottom - below + gap, box.width, below - gap)
        yield caption_frame(block.caption, under, area.style, "ctr")


def gallery_frames(
    block: Gallery, box: Box, style: Style, ruler: Ruler, holder: int | None = None
) -> Iterator[Frame]:
    """Pictures in the grid that shows them largest, each with its caption under it."""
    grids = (
        list(_grid(block, box, style, ruler, abreast, holder))
        for abreast in GRIDS.get(len(block.pictures), (2,))
    )
    yield from max(grids, key=_least_shown)


def _least_shown(frames: Sequence[Frame]) -> float:
    """The size of the smallest picture, in square points."""
    return min(
        frame.box.width * frame.box.height for frame in frames if isinstance(frame, PictureFrame)
    )


def _grid(
    block: Gallery, box: Box, style: Style, ruler: Ruler, abreast: int, holder: int | None
) -> Iterator[Frame]:
    rows = rows_of(block.pictures, abreast)
    cell = ruler.cell(box.width, abreast)
    high = (box.height - ruler.gap * (len(rows) - 1)) / len(rows)
    top = box.top
    for row in rows:
        used = cell * len(row) + ruler.abreast_gap * (len(row) - 1)
        left = box.left + (box.width - used) / 2
        low = top
        for picture in row:
            for frame in _captioned(picture, Box(left, top, cell, high), box, style, ruler, holder):
                low = max(low, frame.box.bottom)
                yield frame
            left += cell + ruler.abreast_gap
        top = low + ruler.gap


def _captioned(
    picture: Picture, cell: Box, whole: Box, style: Style, ruler: Ruler, holder: int | None
) -> Iterator[Frame]:
    """A picture in its cell, as large as it may be, and its caption under it."""
    below = ruler.caption(picture, style, cell.width)
    wide, high = ruler.natural(picture, whole.width, cell.width)
    room = max(1.0, cell.height - below)
    if picture.cover:
        high = min(high, room)
    else:
        scale = min(1.0, room / high)
        wide, high = wide * scale, high * scale
    place = Box(cell.left + (cell.width - wide) / 2, cell.top, wide, high)
    crop = crop_of(ruler.photos[picture.source], place) if picture.cover else WHOLE
    yield PictureFrame(place, picture, holder, crop)
    if picture.caption:
        gap = ruler.caption_gap
        under = Box(cell.left, place.bottom + gap, cell.width, below - gap)
        yield caption_frame(picture.caption, under, style, "ctr")


def crop_of(photo: Photo, box: Box) -> Crop:
    """What is cut off of a picture that fills a box: as much on either side."""
    scale = max(box.width / photo.width, box.height / photo.height)
    sides = (1 - box.width / (photo.width * scale)) / 2
    ends = (1 - box.height / (photo.height * scale)) / 2
    return (sides, ends, sides, ends)


def caption_frame(caption: Paragraph, box: Box, style: Style, align: str = "") -> TextFrame:
    """A caption in a box of its own."""
    words = Paragraph(caption.runs, "caption", align=align, line=caption.line)
    return TextFrame(box, (words,), style)
