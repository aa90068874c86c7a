"""Slides of a deck that is read from right to left: what stands first stands at the right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from builder.artifacts.deck.fit.plan import Plan
from builder.artifacts.deck.frames import Frame, TextFrame
from builder.artifacts.deck.style import Box

NEAR = 0.5
"""Points by which a frame may be off without being moved."""


def mirrored(frames: Iterable[Frame], plan: Plan, number: int) -> Iterator[Frame]:
    """Frames side by side in the other order, each as far from the edges as before.

    Args:
        frames: of one slide, in reading order, placed from left to right.
        plan: of the slide.
        number: of the slide among those that the plan becomes, counted from 0.
    """
    rooms = [stream.area(number).box for stream in plan.streams]
    place = plan.layout.first("pic") if plan.picture and not number else None
    if place is not None and all(room.left < place.box.left for room in rooms):
        rooms.append(place.box)
    left = min(room.left for room in rooms)
    right = max(room.left + room.width for room in rooms)
    for frame in frames:
        inside = left - NEAR <= frame.box.left and _right(frame.box) <= right + NEAR
        yield _moved(frame, left + right - _right(frame.box)) if inside else frame


def _right(box: Box) -> float:
    return box.left + box.width


def _moved(frame: Frame, left: float) -> Frame:
    if abs(frame.box.left - left) < NEAR:
        return frame
    moved = replace(frame, box=replace(frame.box, left=left))
    return replace(moved, placed=True) if isinstance(moved, TextFrame) else moved
