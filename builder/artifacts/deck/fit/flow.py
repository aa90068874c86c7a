"""Blocks -> slides: as much as fits on each, the rest on the next."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count

from builder.artifacts.deck.fit.ruler import (
    Overflow,
    Ruler,
)
from builder.artifacts.deck.fit.split import (
    ROUNDING,
    Parted,
    cut_callout,
    cut_table,
    cut_words,
    loose_end,
)
from builder.artifacts.deck.records import (
    Block,
    Callout,
    Chart,
    Columns,
    Gallery,
    Paragraph,
    Table,
    Words,
)
from builder.artifacts.deck.style import Box, Style

LEAST_SHOWN = 40.0
"""Points of height under which a picture shows nothing."""


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

    def lower(self, foot: float) -> Area:
        """The area without so many points at its foot."""
        if not foot:
            return self
        return replace(self, box=replace(self.box, height=self.box.height - foot), placed=True)

    def column(self, left: float, width: float, words: int | None) -> Area:
        """A part of the area that is not a table's place."""
        box = replace(self.box, left=left, width=width)
        return replace(self, box=box, words=words, table=None, words_only=False)


@dataclass(frozen=True, slots=True)
class Filling:
    """How slides are filled."""

    ruler: Ruler
    step: int
    """By how many points text is shrunk."""
    share: float = 1.0
    """The part of each area's height that is filled, to even slides out."""
    foot: Callable[[int, Sequence[Block]], float] = lambda number, blocks: 0.0
    """The height at the foot of the slide of that number that these blocks ask for."""


Pages = list[list[Block]]


def fill(
    blocks: Sequence[Block], area_of: Callable[[int], Area], filling: Filling, start: int = 0
) -> Iterator[tuple[list[Block], list[Block]]]:
    """The blocks of each slide, and those that are left for the slides after it.

    Args:
        blocks: what to place, in order.
        area_of: the area on the slide of that number, counted from 0.
        filling: how.
        start: the number of the first slide.

    Raises:
        Overflow: a block cannot be split so that it fits.
    """
    rest = list(blocks)
    for number in count(start):
        page, rest = _page(rest, area_of(number), number, filling)
        yield page, rest
        if not rest:
            return


def _page(
    blocks: Sequence[Block], area: Area, number: int, filling: Filling
) -> tuple[list[Block], list[Block]]:
    """What stands on one slide, and the rest; what stands there decides the room at its foot."""
    room = area.box.height * filling.share
    foot = 0.0
    while True:
        page, rest = _filled(blocks, area, room - foot, filling)
        needed = filling.foot(number, page)
        if needed <= foot:
            return page, rest
        foot = needed


def _filled(
    blocks: Sequence[Block], area: Area, room: float, filling: Filling
) -> tuple[list[Block], list[Block]]:
    page: list[Block] = []
    queue = deque(blocks)
    used = 0.0
    while queue:
        block = queue.popleft()
        if page and isinstance(page[-1], Gallery) and isinstance(block, Gallery):
            queue.appendleft(block)
            break
        gap = filling.ruler.gap if page else 0.0
        cutter = _Cutter(area, room - used - gap, room, not page, filling)
        head, tail = cutter.cut(block)
        if head is not None:
            page.append(head)
            used += gap + cutter.height(head)
        if not tail:
            continue
        queue.extendleft(reversed(tail))
        if head is None and len(tail) > 1:
            continue
        if head is None and not page and not area.words_only:
            raise Overflow(block)
        _keep_with_next(page, queue)
        break
    return page, list(queue)


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


@dataclass(frozen=True, slots=True)
class _Cutter:
    """Cuts what of a block fits in the room that is left on a slide."""

    area: Area
    room: float
    whole: float
    """The room of an empty slide."""
    fresh: bool
    """Whether this one is empty."""
    filling: Filling

    def height(self, block: Block) -> float:
        """The least height of a block."""
        return self.filling.ruler.height(
            block, self.area.style, self.area.box.width, self.filling.step
        )

    def cut(self, block: Block) -> Parted:
        """What fits, and the rest."""
        if isinstance(block, Words):
            return cut_words(block, self.room, self.fresh, self.paragraph)
        if self.area.words_only:
            return None, [block]
        if isinstance(block, Gallery):
            return self.gallery(block)
        needed = self.height(block)
        if needed <= self.room + ROUNDING:
            return block, []
        if needed <= self.whole and not self.fresh:
            return None, [block]
        return self.parted(block)

    def paragraph(self, paragraph: Paragraph) -> float:
        """The height of a paragraph."""
        area, filling = self.area, self.filling
        return filling.ruler.one(paragraph, area.style, area.box.width, filling.step)

    def parted(self, block: Block) -> Parted:
        """What of a block fits that no slide holds whole, or not below what stands there."""
        ruler, step, width = self.filling.ruler, self.filling.step, self.area.box.width
        if isinstance(block, Table):
            room = self.room - ruler.above_rows(block, self.area.style, width, step)
            height = partial(ruler.row, table=block, width=width, step=step)
            return cut_table(block, room, self.fresh, height, ruler.said)
        if isinstance(block, Callout):
            room = self.room - ruler.callout((block.title,), width, step)
            boxed = partial(ruler.boxed, width=width, step=step)
            return cut_callout(block, room, self.fresh, boxed, ruler.said)
        if isinstance(block, Columns) and self.fresh:
            return self.columns(block)
        if isinstance(block, Chart) and self.fresh:
            least = self.height(block) - ruler.least_chart + LEAST_SHOWN
            return (block, []) if least <= self.room else (None, [block])
        return None, [block]

    def gallery(self, block: Gallery) -> Parted:
        """The pictures whole; on a slide of their own they may be small, else go one by one."""
        if self.height(block) <= self.room + ROUNDING:
            return block, []
        if not self.fresh:
            return None, [block]
        ruler, area = self.filling.ruler, self.area
        if ruler.gallery(block, area.style, area.box.width, LEAST_SHOWN) <= self.room:
            return block, []
        one, *others = block.pictures
        return (Gallery((one,)), [Gallery(tuple(others))]) if others else (None, [block])

    def columns(self, block: Columns) -> Parted:
        """As much of each column as fits, and columns with what follows in each."""
        heads, tails = [], []
        widths = self.filling.ruler.parts(block, self.area.box.width)
        for column, width in zip(block.columns, widths, strict=True):
            area = self.area.column(0.0, width, None)
            page, rest = _filled(column, area, self.room, self.filling)
            heads.append(tuple(page))
            tails.append(tuple(rest))
        following: list[Block] = [replace(block, columns=tuple(tails))] if any(tails) else []
        return replace(block, columns=tuple(heads)), following
