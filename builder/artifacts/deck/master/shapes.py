"""What a layout shows besides its placeholders: shapes in their places, and the paint behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from builder.artifacts.deck.master.colours import Colours
from builder.artifacts.deck.master.geometry import area, common
from builder.artifacts.deck.master.textstyle import NAMES, POINT
from builder.artifacts.deck.style import Box

WIDE = 0.5
"""The part of a slide from which a painted shape is a ground, not a thing in the way."""
COVERS, TOUCHES = 0.97, 0.02
"""The parts of a rectangle from which a shape hides what is behind, and from which it counts."""
THIN = 1.5
"""Points of room that a line takes."""
UNKNOWN = ""
"""A colour that cannot be told: a picture or a pattern."""
FILLS = ("noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill")
PLACEHOLDER = "*/p:nvPr/p:ph"
Paint = tuple[str, ...]
"""The colours of a fill; none where nothing is painted."""


@dataclass(frozen=True, slots=True)
class Move:
    """How a group's inner lengths become the slide's (ECMA-376 part 1, 20.1.7.5)."""

    left: float = 0.0
    top: float = 0.0
    across: float = 1.0
    down: float = 1.0

    def of(self, box: Box) -> Box:
        """A rectangle of the group on the slide."""
        return Box(
            self.left + box.left * self.across,
            self.top + box.top * self.down,
            box.width * self.across,
            box.height * self.down,
        )

    def inside(self, group: Any) -> Move:
        """The move of what stands in a group."""
        place = group.find("p:grpSpPr/a:xfrm", NAMES)
        outer, inner = frame_of(place), frame_of(place, "chOff", "chExt")
        if outer is None or inner is None or not inner.width or not inner.height:
            return self
        box = self.of(outer)
        across, down = box.width / inner.width, box.height / inner.height
        return Move(box.left - inner.left * across, box.top - inner.top * down, across, down)


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a layout or its master shows on each slide."""

    box: Box
    paint: Paint = ()
    """What it hides the ground with."""
    square: bool = True
    """Whether it fills its rectangle."""
    name: str = ""
    """As PowerPoint's selection pane shows it."""


def frame_of(place: Any, start: str = "off", size: str = "ext") -> Box | None:
    """The rectangle that a transform names."""
    if place is None:
        return None
    off, ext = place.find(f"a:{start}", NAMES), place.find(f"a:{size}", NAMES)
    if off is None or ext is None:
        return None
    values = (off.get("x"), off.get("y"), ext.get("cx"), ext.get("cy"))
    return Box(*(int(value or 0) / POINT for value in values))


def place_of(shape: Any) -> Any:
    """The transform of a shape, picture or frame; None where it has none."""
    return next(
        (shape.find(path, NAMES) for path in PLACES if shape.find(path, NAMES) is not None), None
    )


PLACES = ("p:spPr/a:xfrm", "p:xfrm")


def shapes_in(tree: Any, move: Move = Move()) -> Iterator[tuple[Any, Move]]:
    """All shapes that are shown, in the order in which they are painted, those of groups too."""
    for shape in tree:
        if not isinstance(shape.tag, str):
            continue
        name = etree.QName(shape).localname
        properties = shape.find("*/p:cNvPr", NAMES)
        if properties is not None and properties.get("hidden") in ("1", "true"):
            continue
        if name == "grpSp":
            yield from shapes_in(shape, move.inside(shape))
        elif name == "AlternateContent":
            choice = shape.find("{*}Fallback")
            yield from shapes_in(choice if choice is not None else [], move)
        elif name in ("sp", "pic", "graphicFrame", "cxnSp", "contentPart"):
            yield shape, move


def turned(place: Any) -> float:
    """By how many degrees a shape is turned, from 0 to 360."""
    return int(place.get("rot", "0")) / 60_000 % 360 if place is not None else 0.0


def box_of(shape: Any, move: Move) -> Box | None:
    """The upright rectangle that a shape takes on the slide."""
    place = place_of(shape)
    box = frame_of(place)
    if box is None:
        return None
    box = move.of(box)
    if turned(place) % 180:
        middle = (box.left + box.width / 2, box.top + box.height / 2)
        quarter = turned(place) % 90 == 0
        wide, high = (box.height, box.width) if quarter else (max(box.width, box.height),) * 2
        box = Box(middle[0] - wide / 2, middle[1] - high / 2, wide, high)
    return box


def things_of(layout: Any, master: Any, colours: Colours, styles: Any) -> tuple[Thing, ...]:
    """What a layout shows that is no placeholder, the master's first.

    Args:
        layout: its element.
        master: its master's; left out where the layout hides it.
        colours: what names of colours mean.
        styles: the theme's list of fills for shapes, or None.
    """
    sheets = [layout] if layout.get("showMasterSp") in ("0", "false") else [master, layout]
    found = []
    for sheet in sheets:
        tree = sheet.find("p:cSld/p:spTree", NAMES)
        for shape, move in shapes_in(tree if tree is not None else ()):
            if shape.find(PLACEHOLDER, NAMES) is None:
                found.append(_thing(shape, move, colours, styles))
    return tuple(thing for thing in found if thing)


def _thing(shape: Any, move: Move, colours: Colours, styles: Any) -> Thing | None:
    box = box_of(shape, move)
    if box is None:
        return None
    paint = painted(shape, colours, styles)
    if not paint and not _seen(shape):
        return None
    thick = Box(
        box.left - max(0.0, THIN - box.width) / 2,
        box.top - max(0.0, THIN - box.height) / 2,
        max(box.width, THIN),
        max(box.height, THIN),
    )
    properties = shape.find("*/p:cNvPr", NAMES)
    name = "" if properties is None else str(properties.get("name", ""))
    return Thing(thick, paint, _fills(shape), name)


def _fills(shape: Any) -> bool:
    """Whether a shape is an upright rectangle and not another outline in one."""
    named = shape.find("p:spPr/a:prstGeom", NAMES)
    own = shape.find("p:spPr/a:custGeom", NAMES)
    rectangle = own is None and (named is None or named.get("prst", "rect") == "rect")
    return rectangle and not turned(place_of(shape)) % 90


def _seen(shape: Any) -> bool:
    """Whether something without a fill shows all the same: words, a line, a table, a chart."""
    if etree.QName(shape).localname != "sp":
        return True
    words = "".join(shape.itertext()).strip()
    line = shape.find("p:spPr/a:ln", NAMES)
    drawn = line is not None and line.find("a:noFill", NAMES) is None
    styled = shape.find("p:style/a:lnRef", NAMES)
    return (
        bool(words) or drawn or (line is None and styled is not None and styled.get("idx") != "0")
    )


def painted(shape: Any, colours: Colours, styles: Any) -> Paint:
    """The colours that a shape hides the ground with."""
    if etree.QName(shape).localname == "pic":
        return (UNKNOWN,)
    properties = shape.find("p:spPr", NAMES)
    fill = fill_in(properties) if properties is not None else None
    if fill is not None:
        return paint_of(fill, colours)
    styled = shape.find("p:style/a:fillRef", NAMES)
    return _styled(styled, colours, styles) if styled is not None else ()


def fill_in(properties: Any) -> Any:
    """The fill among properties; None where there is none."""
    return next((child for child in properties if _name(child) in FILLS), None)


def _name(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def paint_of(fill: Any, colours: Colours, own: str = "") -> Paint:
    """The colours of a fill."""
    kind = _name(fill)
    if kind == "noFill":
        return ()
    if kind == "solidFill":
        clear = fill.find("*/a:alpha", NAMES)
        if clear is not None and int(str(clear.get("val", "100000")).rstrip("%") or 0) < 50_000:
            return ()
        return tuple(colours.digits(colour, own) for colour in fill)[:1] or ()
    if kind == "gradFill":
        stops = fill.findall("a:gsLst/a:gs/*", NAMES)
        return tuple(dict.fromkeys(colours.digits(stop, own) for stop in stops))
    return (UNKNOWN,)


def _styled(reference: Any, colours: Colours, styles: Any) -> Paint:
    """The fill that the theme's list has at a number, in the reference's colour."""
    fill, own = listed_fill(reference, colours, styles)
    if fill is None:
        return (own,) if int(reference.get("idx", "0")) % 1000 else ()
    return paint_of(fill, colours, own)


def listed_fill(reference: Any, colours: Colours, styles: Any) -> tuple[Any, str]:
    """A fill of the theme's lists (ECMA-376 part 1, 20.1.4.2.10), and the colour that it takes.

    Args:
        reference: an `a:fillRef` or `p:bgRef`.
        colours: what names of colours mean.
        styles: the theme's lists of fills, or None.
    """
    number = int(reference.get("idx", "0"))
    own = next((colours.digits(colour) for colour in reference), "")
    name = "bgFillStyleLst" if number > 1000 else "fillStyleLst"
    listed = [] if styles is None else styles.findall(f"{{*}}{name}/*")
    at = number % 1000 - 1
    return (listed[at] if 0 <= at < len(listed) else None), own


def backdrop(sheets: Iterable[Any], colours: Colours, styles: Any) -> Paint:
    """The paint of the whole slide: the first of layout and master that states one, else paper."""
    for sheet in sheets:
        stated = sheet.find("p:cSld/p:bg", NAMES)
        if stated is None:
            continue
        reference = stated.find("p:bgRef", NAMES)
        if reference is not None:
            return _styled(reference, colours, styles) or (colours.named("bg1"),)
        properties = stated.find("p:bgPr", NAMES)
        fill = fill_in(properties) if properties is not None else None
        paint = paint_of(fill, colours) if fill is not None else ()
        return paint or (colours.named("bg1"),)
    return (colours.named("bg1"),)


def ground_of(box: Box, things: Iterable[Thing], behind: Paint) -> Paint:
    """All colours that lie directly behind a rectangle."""
    found: dict[str, None] = {}
    size = area(box) or 1.0
    for thing in reversed(tuple(things)):
        part = common(thing.box, box) / size
        if thing.paint and part >= TOUCHES:
            found.update(dict.fromkeys(thing.paint))
            if part >= COVERS:
                return tuple(found)
    return (*found, *(each for each in behind if each not in found))


def is_ground(thing: Thing, slide: Box) -> bool:
    """Whether it is painted and large enough to be written on."""
    return bool(thing.paint) and common(thing.box, slide) >= WIDE * area(slide)
