"""Rectangles on a slide: how much they share, and what is left clear between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from builder.artifacts.deck.style import Box


def right(box: Box) -> float:
    """The right edge."""
    return box.left + box.width


def area(box: Box) -> float:
    """Width times height."""
    return max(0.0, box.width) * max(0.0, box.height)


def common(one: Box, other: Box) -> float:
    """The area that two rectangles share."""
    width = min(right(one), right(other)) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(0.0, width) * max(0.0, height)


def within(box: Box, room: Box) -> Box:
    """The part of a rectangle that lies in another."""
    left, top = max(box.left, room.left), max(box.top, room.top)
    width = min(right(box), right(room)) - left
    height = min(box.bottom, room.bottom) - top
    return Box(left, top, max(0.0, width), max(0.0, height))


def clear_boxes(room: Box, taken: Iterable[Box]) -> Iterator[Box]:
    """The largest rectangles of a room that share nothing with any of those taken.

    The room is cut along all edges into cells; a row of cells at a time, every rectangle that can
    grow no further upwards or sideways is told (the “largest rectangle in a histogram”).
    """
    inside = [each for each in (within(box, room) for box in taken) if area(each) > 0]
    across = _edges(room.left, right(room), ((box.left, right(box)) for box in inside))
    down = _edges(room.top, room.bottom, ((box.top, box.bottom) for box in inside))
    heights = [0] * (len(across) - 1)
    for row in range(len(down) - 1):
        busy = _busy(inside, across, (down[row] + down[row + 1]) / 2)
        heights = [0 if at in busy else high + 1 for at, high in enumerate(heights)]
        for first, last, high in _steps(heights):
            top = down[row + 1 - high]
            yield Box(across[first], top, across[last] - across[first], down[row + 1] - top)


def _edges(start: float, end: float, pairs: Iterable[tuple[float, float]]) -> list[float]:
    return sorted({start, end, *(edge for pair in pairs for edge in pair)})


def _busy(inside: Iterable[Box], across: list[float], height: float) -> set[int]:
    """The columns that something stands in at a height."""
    return {
        column
        for box in inside
        if box.top < height < box.bottom
        for column in range(bisect_right(across, box.left) - 1, bisect_left(across, right(box)))
    }


def _steps(heights: list[int]) -> Iterator[tuple[int, int, int]]:
    """First column, column behind the last, and height of each largest rectangle."""
    open_: list[tuple[int, int]] = []
    for at, high in enumerate([*heights, 0]):
        first = at
        while open_ and open_[-1][1] > high:
            first, low = open_.pop()
            yield first, at, low
        if high and (not open_ or open_[-1][1] < high):
            open_.append((first, high))
