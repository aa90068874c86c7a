"""Paints a slide without its words, roughly and small: fills, gradients, patterns, pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, radians, sin
from typing import Any

from lxml import etree
from PIL import Image, ImageDraw

from builder.artifacts.deck.master.colours import Colours
from builder.artifacts.deck.master.outlines import Point, outlines
from builder.artifacts.deck.master.shapes import (
    PLACEHOLDER,
    Move,
    Thing,
    fill_in,
    frame_of,
    listed_fill,
    place_of,
    shapes_in,
    turned,
)
from builder.artifacts.deck.master.textstyle import NAMES
from builder.artifacts.deck.style import Box

WIDTH = 160
"""Pixels of the drawing, over the slide's longer side."""
OPAQUE = 255
STEPS = 64
"""Colours of a gradient."""
EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
Images = Mapping[str, bytes]
"""The pictures of a part by the identity of their relation."""


@dataclass(frozen=True)
class Subject:
    """What is painted: a layout, its master, and what lies over them."""

    slide: Box
    layout: Any
    master: Any
    colours: Colours
    formats: Any
    """The theme's lists of fills, or None."""
    images: tuple[Images, Images, Images] = ({}, {}, {})
    """Those of the layout, of the master and of the theme."""
    panels: tuple[Thing, ...] = ()
    """What our copy of the layout puts over all that."""


class Painter:
    """Paints what a scene holds, from the back to the front."""

    def __init__(self, scene: Subject) -> None:
        self.scene = scene
        slide = scene.slide
        self.scale = WIDTH / max(slide.width, slide.height)
        self.size = (
            max(1, round(slide.width * self.scale)),
            max(1, round(slide.height * self.scale)),
        )
        self.image = Image.new("RGB", self.size, "#" + (scene.colours.named("bg1") or "FFFFFF"))
        self.unknown = Image.new("L", self.size, 0)

    def painted(self) -> tuple[Image.Image, Image.Image]:
        """The drawing, and where it cannot be told what is there: white."""
        layout, master, theme = self.scene.images
        sheets = ((self.scene.layout, layout), (self.scene.master, master))
        self._back(sheets, theme)
        hides = self.scene.layout.get("showMasterSp") in ("0", "false")
        for sheet, images in sheets[:1] if hides else reversed(sheets):
            tree = sheet.find("p:cSld/p:spTree", NAMES)
            for shape, move in shapes_in(tree if tree is not None else ()):
                if shape.find(PLACEHOLDER, NAMES) is None:
                    self._shape(shape, move, images, theme)
        for panel in self.scene.panels:
            self._panel(panel)
        return self.image, self.unknown

    def _panel(self, panel: Thing) -> None:
        box = panel.box
        corners = (box.left, box.top, box.left + box.width, box.bottom)
        place = tuple(round(each * self.scale) for each in corners)
        self.image.paste("#" + panel.paint[0], place)  # type: ignore[arg-type]
        self.unknown.paste(0, place)  # type: ignore[arg-type]

    def _back(self, sheets: Sequence[tuple[Any, Images]], theme: Images) -> None:
        for sheet, images in sheets:
            stated = sheet.find("p:cSld/p:bg", NAMES)
            if stated is None:
                continue
            reference, properties = stated.find("p:bgRef", NAMES), stated.find("p:bgPr", NAMES)
            if reference is not None:
                fill, own = listed_fill(reference, self.scene.colours, self.scene.formats)
                self._fill(fill, own, self._whole, theme)
            elif properties is not None:
                self._fill(fill_in(properties), "", self._whole, images)
            return

    @property
    def _whole(self) -> list[Point]:
        wide, high = self.size
        return [(0, 0), (wide, 0), (wide, high), (0, high)]

    def _shape(self, shape: Any, move: Move, images: Images, theme: Images) -> None:
        place = place_of(shape)
        box = frame_of(place)
        if box is None:
            return
        box = move.of(box)
        properties = shape.find("p:spPr", NAMES)
        fill = shape.find("p:blipFill", NAMES)
        fill = fill_in(properties) if fill is None and properties is not None else fill
        if fill is not None and etree.QName(fill).localname == "grpFill":
            fill = _of_group(shape)
        own = ""
        reference = shape.find("p:style/a:fillRef", NAMES)
        if fill is None and reference is not None:
            fill, own = listed_fill(reference, self.scene.colours, self.scene.formats)
            images = theme
        for outline in outlines(properties, box):
            self._fill(fill, own, [self._pixel(each, box, place) for each in outline], images)

    def _pixel(self, point: Point, box: Box, place: Any) -> Point:
        """A point of a shape, in parts of its box, as a pixel: mirrored and turned as it says."""
        across = 1 - point[0] if place.get("flipH") in ("1", "true") else point[0]
        down = 1 - point[1] if place.get("flipV") in ("1", "true") else point[1]
        x, y = (across - 0.5) * box.width, (down - 0.5) * box.height
        angle = radians(turned(place))
        x, y = x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle)
        left, top = box.left + box.width / 2 + x, box.top + box.height / 2 + y
        return left * self.scale, top * self.scale

    def _fill(self, fill: Any, own: str, outline: Sequence[Point], images: Images) -> None:
        """Paint the inside of an outline."""
        kind = etree.QName(fill).localname if fill is not None else "noFill"
        if kind == "noFill" or len(outline) < 3:
            return
        mask = Image.new("L", self.size, 0)
        ImageDraw.Draw(mask).polygon(list(outline), fill=OPAQUE)
        frame = _frame(outline)
        if kind == "solidFill":
            paint = self._solid(fill, own)
        elif kind == "gradFill":
            paint = self._gradient(fill, own, frame)
        elif kind == "pattFill":
            paint = self._pattern(fill, own, frame)
        else:
            paint = _picture(fill, images, frame)
        if paint is None:
            self.unknown.paste(OPAQUE, mask=mask)
            return
        layer = Image.new("RGBA", self.size)
        layer.paste(paint.resize((frame[2], frame[3])), frame[:2])
        shown = Image.new("L", self.size, 0)
        shown.paste(layer.getchannel("A"), mask=mask)
        self.image.paste(layer.convert("RGB"), mask=shown)
        self.unknown.paste(0, mask=shown.point(lambda value: OPAQUE if value > 127 else 0))

    def _rgba(self, colour: Any, own: str) -> tuple[int, int, int, int] | None:
        """A colour's element as red, green, blue and opacity; None where it cannot be told."""
        digits = self.scene.colours.digits(colour, own)
        if not digits:
            return None
        clear = colour.find("a:alpha", NAMES)
        value = str(clear.get("val", "100000")) if clear is not None else "100000"
        part = float(value[:-1]) / 100 if value.endswith("%") else int(value) / 100_000
        red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
        return red, green, blue, round(OPAQUE * min(1.0, max(0.0, part)))

    def _solid(self, fill: Any, own: str) -> Image.Image | None:
        paint = self._rgba(fill[0], own) if len(fill) else None
        return Image.new("RGBA", (1, 1), paint) if paint else None

    def _pattern(self, fill: Any, own: str, frame: Sequence[int]) -> Image.Image | None:
        """Both colours in turn, a pixel each."""
        found = [fill.find(f"a:{name}/*", NAMES) for name in ("fgClr", "bgClr")]
        paints = [self._rgba(each, own) if each is not None else None for each in found]
        if None in paints:
            return None
        wide, high = frame[2], frame[3]
        image = Image.new("RGBA", (wide, high))
        image.putdata([paints[(x + y) % 2] for y in range(high) for x in range(wide)])
        return image

    def _gradient(self, fill: Any, own: str, frame: Sequence[int]) -> Image.Image | None:
        """Along its angle, or outwards from its middle."""
        stops = []
        for stop in fill.iterfind("a:gsLst/a:gs", NAMES):
            paint = self._rgba(stop[0], own) if len(stop) else None
            if paint is None:
                return None
            stops.append((int(str(stop.get("pos", "0")).rstrip("%")) / 100_000, paint))
        if not stops:
            return None
        ramp = [_between(sorted(stops), step / (STEPS - 1)) for step in range(STEPS)]
        wide, high = frame[2], frame[3]
        image = Image.new("RGBA", (wide, high))
        image.putdata([ramp[at] for at in _ways(fill, wide, high)])
        return image


def _ways(fill: Any, wide: int, high: int) -> Iterator[int]:
    """How far along the gradient each pixel lies, from 0 to 63."""
    line = fill.find("a:lin", NAMES)
    pixels = (
        ((x + 0.5) / wide - 0.5, (y + 0.5) / high - 0.5) for y in range(high) for x in range(wide)
    )
    if line is None and fill.find("a:path", NAMES) is not None:
        yield from (min(63, round(hypot(x, y) / hypot(0.5, 0.5) * 63)) for x, y in pixels)
        return
    angle = radians(int(line.get("ang", "0")) / 60_000) if line is not None else 0.0
    along, down = cos(angle), sin(angle)
    most = (abs(along) + abs(down)) / 2
    yield from (round(((x * along + y * down) / most + 1) / 2 * 63) for x, y in pixels)


def _between(
    stops: Sequence[tuple[float, tuple[int, int, int, int]]], at: float
) -> tuple[int, ...]:
    before = max((stop for stop in stops if stop[0] <= at), default=stops[0])
    after = min((stop for stop in stops if stop[0] >= at), default=stops[-1])
    part = (at - before[0]) / (after[0] - before[0]) if after[0] > before[0] else 0.0
    return tuple(round(a + (b - a) * part) for a, b in zip(before[1], after[1], strict=True))


def _frame(outline: Sequence[Point]) -> tuple[int, int, int, int]:
    """Left, top, width and height of an outline in pixels."""
    left, top = (round(min(point[axis] for point in outline)) for axis in (0, 1))
    right, bottom = (round(max(point[axis] for point in outline)) for axis in (0, 1))
    return left, top, max(1, right - left), max(1, bottom - top)


def _of_group(shape: Any) -> Any:
    """The fill of the nearest group that has one."""
    for group in shape.iterancestors("{*}grpSp"):
        properties = group.find("p:grpSpPr", NAMES)
        fill = fill_in(properties) if properties is not None else None
        if fill is not None and etree.QName(fill).localname != "grpFill":
            return fill
    return None


def _picture(fill: Any, images: Images, frame: Sequence[int]) -> Image.Image | None:
    blip = fill.find("a:blip", NAMES)
    data = images.get(blip.get(EMBED, "")) if blip is not None else None
    image = _small(data) if data else None
    if image is None:
        return None
    cut = fill.find("a:srcRect", NAMES)
    if cut is not None:
        left, top, right, bottom = (
            int(cut.get(side, "0").rstrip("%")) / 100_000 for side in "ltrb"
        )
        wide, high = image.size
        place = (left * wide, top * high, (1 - right) * wide, (1 - bottom) * high)
        image = image.crop(tuple(map(round, place)))  # type: ignore[arg-type]
        if not all(image.size):
            return None
    clear = blip.find("a:alphaModFix", NAMES)
    if clear is not None:
        part = int(clear.get("amt", "100000").rstrip("%")) / 100_000
        image.putalpha(image.getchannel("A").point(lambda value: round(value * part)))
    return image.resize((frame[2], frame[3]))


@lru_cache(maxsize=64)
def _decoded(data: bytes) -> Image.Image | None:
    try:
        with Image.open(io.BytesIO(data)) as image:
            image.draft("RGB", (2 * WIDTH, 2 * WIDTH))
            image.thumbnail((2 * WIDTH, 2 * WIDTH))
            return image.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _small(data: bytes) -> Image.Image | None:
    image = _decoded(data)
    return image.copy() if image is not None else None
