"""One place for the status band, and one for the stamp, on all layouts of a master.

What jumps from slide to slide is read anew on each of them. So the band takes a strip at the head
of all layouts, of the height that is clear on most of them, and the stamp a strip that is clear on
all; only where there is none, each layout has its own place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from builder.artifacts.deck.master.geometry import clear_boxes, common, right
from builder.artifacts.deck.master.layouts import Sheet
from builder.artifacts.deck.master.model import TITLES, Layout
from builder.artifacts.deck.master.shapes import is_ground
from builder.artifacts.deck.style import Box

BAND, LEAST_BAND = 26.0, 17.0
"""Heights of the band in points, on a slide of 7.5 inches."""
MOST = 0.6
"""The part of the layouts on which the band's place should be clear as they are."""
WIDE, ENOUGH = 0.97, 0.4
"""Parts of a slide's width: a bar that the band may hide, and the least width of a band."""
STRIP = 13.6
"""The least height of the stamp's strip in points: a line of 10 points."""
LINE = 600.0
"""The width in points of which a line holds most stamps; texts end above a narrower strip,
so that it holds two."""
LENGTH = 0.6
"""The part of a slide's width that the stamp's strip has at least."""
MARGIN = 0.02
"""The part of the slide's shorter side that stays clear around the stamp."""
FOOT = 0.88
"""The part of a slide's height below which its foot begins."""

Bare = tuple[Layout, Sheet]


@dataclass(frozen=True, slots=True)
class Places:
    """Where band and stamp stand on all layouts of a master; None where each has its own."""

    band: Box | None = None
    stamp: Box | None = None


def places_of(layouts: Sequence[Bare]) -> Places:
    """The places that serve the layouts of a master, as these are in the file."""
    titled = [each for each in layouts if each[0].first(*TITLES)]
    if not titled:
        return Places()
    stated = titled[0][1].tokens.band
    band = _head(titled) if stated is None else stated
    return Places(band, _strip(titled, band))


def _ornaments(sheet: Sheet) -> list[Box]:
    things = (thing for thing in sheet.scene.things if not is_ground(thing, sheet.slide))
    return [thing.box for thing in things]


def _head(layouts: Sequence[Bare]) -> Box | None:
    """The widest strip at the head; it may lie over a bar across the slide, not over a logo."""
    slide, unit = layouts[0][1].slide, layouts[0][1].tokens.scale
    tops = sorted((min(h.box.top for h in layout.holders) for layout, _ in layouts), reverse=True)
    usual = tops[min(len(tops) - 1, int(MOST * len(tops)))]
    high = min(BAND * unit, max(LEAST_BAND * unit, usual))
    often = Counter(box for _, sheet in layouts for box in set(_ornaments(sheet)))
    logos = [
        box
        for box, times in often.items()
        if 2 * times > len(layouts) and box.width < WIDE * slide.width
    ]
    head = Box(slide.left, slide.top, slide.width, high)
    fits = [
        room
        for room in clear_boxes(head, logos)
        if room.height >= LEAST_BAND * unit and room.width >= ENOUGH * slide.width
    ]
    return max(fits, key=lambda room: (room.width, room.height), default=None)


def _strip(layouts: Sequence[Bare], band: Box | None) -> Box | None:
    """The best strip that is clear on all layouts: at the foot, else at the head."""
    sheet = layouts[0][1]
    edge = MARGIN * min(sheet.slide.width, sheet.slide.height)
    taken = [band] if band else []
    for layout, each in layouts:
        taken += [holder.box for holder in layout.holders if holder.kind != "ftr"]
        taken += _ornaments(each)
    fits = [
        room
        for room in clear_boxes(sheet.slide.inset(edge, edge), taken)
        if room.height >= STRIP * sheet.tokens.scale and room.width >= LENGTH * sheet.slide.width
    ]
    at_foot = [room for room in fits if room.bottom >= FOOT * sheet.slide.bottom]
    at_head = [room for room in fits if room.top <= (1 - FOOT) * sheet.slide.bottom]
    best = max(at_foot or at_head, key=lambda room: (room.width, room.height), default=None)
    if best is None:
        return None
    strip, unit = _aligned(best, [layout for layout, _ in layouts]), sheet.tokens.scale
    lacking = 2 * STRIP * unit - strip.height
    if not at_foot or lacking <= 0 or strip.width >= LINE * unit:
        return strip
    return Box(strip.left, strip.top - lacking, strip.width, strip.height + lacking)


def _aligned(strip: Box, layouts: Sequence[Layout]) -> Box:
    """A strip between the edges that most titles have."""
    titles = [layout.first(*TITLES) for layout in layouts]
    edges = Counter((each.inner.left, right(each.inner)) for each in titles if each)
    (left, end), _ = edges.most_common(1)[0]
    left, end = max(left, strip.left), min(end, right(strip))
    if end - left < LENGTH * strip.width:
        return strip
    return replace(strip, left=left, width=end - left)


def is_within(box: Box, room: Box) -> bool:
    """Whether a rectangle lies in another, but for what rounding does."""
    return common(box, room) > 0.999 * box.width * box.height
