"""What lies behind words, drawn small, so that pictures, gradients and slanting shapes count too.

The drawing is rough: it is looked at by `Canvas.colours` only, never by people.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from PIL import Image

from builder.artifacts.deck.master.geometry import common
from builder.artifacts.deck.master.painting import OPAQUE, Painter, Subject
from builder.artifacts.deck.master.shapes import (
    TOUCHES,
    UNKNOWN,
    Paint,
    Thing,
    backdrop,
    ground_of,
    things_of,
)
from builder.artifacts.deck.style import Box

SHADES = 10
"""Colours that a picture is reckoned as: enough to tell its lightest and darkest parts."""
HIDES = 0.1
"""The part of a rectangle from which what cannot be told counts."""


class Scene(Subject):
    """A layout and its master as a ground for words."""

    @cached_property
    def things(self) -> tuple[Thing, ...]:
        """What stands there besides placeholders."""
        own = things_of(self.layout, self.master, self.colours, self.formats)
        return (*own, *self.panels)

    @cached_property
    def behind(self) -> Paint:
        """The paint of the whole slide."""
        return backdrop((self.layout, self.master), self.colours, self.formats)

    def ground(self, box: Box) -> Paint:
        """The colours behind a rectangle; an empty one is what cannot be told."""
        found = ground_of(box, self.things, self.behind)
        square = all(thing.square or not common(thing.box, box) for thing in self.things)
        if len(found) == 1 and found[0] and square:
            return found
        return self.canvas.colours(box) or found

    @cached_property
    def canvas(self) -> Canvas:
        """The drawing."""
        painter = Painter(self)
        return Canvas(*painter.painted(), painter.scale)


@dataclass(frozen=True)
class Canvas:
    """A small drawing of a slide without its words."""

    image: Image.Image
    unknown: Image.Image
    """White where it cannot be told what is there."""
    scale: float
    """Pixels in a point."""

    def colours(self, box: Box) -> Paint:
        """The colours in a rectangle, those of which there is next to nothing left out."""
        left, top = (max(0, round(each * self.scale)) for each in (box.left, box.top))
        end = min(self.image.width, round((box.left + box.width) * self.scale))
        bottom = min(self.image.height, round(box.bottom * self.scale))
        if left >= end or top >= bottom:
            return ()
        place = (left, top, end, bottom)
        part = self.image.crop(place)
        least = TOUCHES * part.width * part.height
        counts: Any = part.getcolors(SHADES) or _reduced(part).getcolors()
        found = ["{:02X}{:02X}{:02X}".format(*colour) for count, colour in counts if count >= least]
        hidden = self.unknown.crop(place).histogram()[OPAQUE]
        known = dict.fromkeys(found)
        return (UNKNOWN, *known) if hidden >= HIDES * part.width * part.height else tuple(known)


def _reduced(part: Image.Image) -> Image.Image:
    return part.quantize(SHADES, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).convert("RGB")
