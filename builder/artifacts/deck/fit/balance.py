"""How far text shrinks, and slides that continue evened out: no last slide of a single line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, zip_longest

from builder.artifacts.deck.fit.feet import Foot
from builder.artifacts.deck.fit.flow import Filling, Pages, fill
from builder.artifacts.deck.fit.metrics import LEADING
from builder.artifacts.deck.fit.plan import Plan, Stream
from builder.artifacts.deck.fit.ruler import Overflow, Ruler
from builder.artifacts.deck.records import (
    Block,
    Chart,
    Columns,
    Gallery,
    Paragraph,
    Table,
    Together,
    Words,
)

LEAST, HALVINGS = 0.3, 6
"""The least part of a slide's height that is tried to even slides out, and how closely."""
LAST = 3
"""The slides at the end that are evened out among themselves: what is left over shows there."""
GREEDY = (Gallery, Chart, Columns, Together)
"""Blocks that want all the room of a slide."""
SHORT = 1.5
"""A slide with less than so many lines is nothing but a leftover."""

Stacks = list[tuple[list[Block], ...]]
"""What each slide holds in each of its areas."""


def filled(plan: Plan, foot: Foot, ruler: Ruler) -> tuple[int, Stacks]:
    """The step of shrinking, and what each slide holds: the fewest slides, the largest text.

    Raises:
        Overflow: something does not fit on a slide of its own.
    """
    step, pages = _fewest(plan, foot, ruler)
    if _count(pages) > 1:
        streams = zip(plan.streams, pages, strict=True)
        pages = [_even(s, each, _filling(plan, s, foot, ruler, step)) for s, each in streams]
    return step, [
        tuple(stack or [] for stack in stacks) for stacks in zip_longest(*pages, fillvalue=[])
    ]


def _fewest(plan: Plan, foot: Foot, ruler: Ruler) -> tuple[int, list[Pages]]:
    """The least step of shrinking that makes the fewest slides, and those of each stream."""
    best: tuple[int, list[Pages]] | None = None
    overflow: Overflow | None = None
    for step in range(max(max(stream.first.style.steps) for stream in plan.streams) + 1):
        try:
            pages = [
                _pages(stream, _filling(plan, stream, foot, ruler, step)) for stream in plan.streams
            ]
        except Overflow as found:
            overflow = found
            continue
        if best is None or _count(pages) < _count(best[1]):
            best = step, pages
        if _count(pages) == 1:
            break
    if best is None:
        raise overflow or AssertionError
    return best


def at_the_foot(
    plan: Plan, foot: Foot, number: int, blocks: Sequence[Block]
) -> tuple[Paragraph, ...]:
    """What stands at the foot of the slide of that number."""
    own = [Gallery((plan.picture,))] if plan.picture and not number else []
    return foot.of([*blocks, *own], cites=plan.role != "references")


def foot_height(paragraphs: Sequence[Paragraph], stream: Stream, ruler: Ruler) -> float:
    """The height of a foot, and of the gap above it."""
    if not paragraphs:
        return 0.0
    return ruler.all(paragraphs, stream.first.style, stream.first.box.width, 0) + ruler.gap


def _filling(plan: Plan, stream: Stream, foot: Foot, ruler: Ruler, step: int) -> Filling:
    """How a stream is filled; beside another one, room is kept for all that both may ask for."""
    if len(plan.streams) == 1:

        def needed(number: int, blocks: Sequence[Block]) -> float:
            return foot_height(at_the_foot(plan, foot, number, blocks), stream, ruler)

        return Filling(ruler, step, foot=needed)
    everything = [block for each in plan.streams for block in each.blocks]
    height = foot_height(at_the_foot(plan, foot, 0, everything), stream, ruler)
    return Filling(ruler, step, foot=lambda number, blocks: height)


def _pages(stream: Stream, filling: Filling) -> Pages:
    """What each slide holds, each as full as can be."""
    return [page for page, _ in fill(stream.blocks, stream.area, filling)]


def _even(stream: Stream, pages: Pages, filling: Filling) -> Pages:
    """As many slides, filled alike; where pictures want all the room, only to avoid a leftover."""
    greedy = any(isinstance(block, GREEDY) for block in stream.blocks)
    if len(pages) == 1 or (greedy and not _has_leftover(pages, stream, filling)):
        return pages
    return _evened(stream, stream.blocks, 0, len(pages), filling) or pages


def _evened(
    stream: Stream, blocks: Sequence[Block], start: int, number: int, filling: Filling
) -> Pages | None:
    """Blocks on so many slides, from the slide `start` on; None where evening takes more."""
    filled = _least_filled(stream, blocks, start, number, filling)
    if filled is None:
        return None
    pages = [page for page, _ in filled]
    if number == 1:
        return pages
    kept = max(1, number - LAST)
    rest = _evened(stream, filled[kept - 1][1], start + kept, number - kept, filling)
    return pages[:kept] + (rest or pages[kept:])


def _least_filled(
    stream: Stream, blocks: Sequence[Block], start: int, number: int, filling: Filling
) -> list[tuple[list[Block], list[Block]]] | None:
    """So many slides, each filled to the least part of its height that does."""
    low, high = LEAST, 1.0
    best = None
    for _ in range(HALVINGS):
        share = (low + high) / 2
        tried = _tried(stream, blocks, start, number, replace(filling, share=share))
        if tried:
            best, high = tried, share
        else:
            low = share
    return best or _tried(stream, blocks, start, number, filling)


def _tried(
    stream: Stream, blocks: Sequence[Block], start: int, number: int, filling: Filling
) -> list[tuple[list[Block], list[Block]]] | None:
    """Exactly so many slides, if that is what filling makes."""
    try:
        tried = list(islice(fill(blocks, stream.area, filling, start), number + 1))
    except Overflow:
        return None
    return tried if len(tried) == number else None


def _has_leftover(pages: Pages, stream: Stream, filling: Filling) -> bool:
    """Whether the last slide holds a single short line, or a single row."""
    last = pages[-1]
    if len(last) != 1 or not isinstance(last[0], Words | Table):
        return False
    if isinstance(last[0], Table):
        return len(last[0].rows) == 1 and len(pages) > 1
    area = stream.further
    height = filling.ruler.height(last[0], area.style, area.box.width, filling.step)
    return height < SHORT * LEADING * area.style.levels[0].size


def _count(pages: Sequence[Pages]) -> int:
    return max(map(len, pages))
