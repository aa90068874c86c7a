"""A layout's element -> its placeholders, with all that they inherit told.

A layout's placeholder inherits from the master's placeholder of its type, and that one from the
master's text styles (ECMA-376 part 1, 19.3.1.36 and 19.7.10), and those from the presentation's.
Programs that write no types tie the two by their number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from builder.artifacts.deck.master.canvas import Scene
from builder.artifacts.deck.master.colours import Colours
from builder.artifacts.deck.master.geometry import area, common
from builder.artifacts.deck.master.model import TITLES, Holder, Layout
from builder.artifacts.deck.master.shapes import (
    PLACEHOLDER,
    Move,
    Paint,
    box_of,
    fill_in,
    paint_of,
    place_of,
    shapes_in,
    turned,
)
from builder.artifacts.deck.master.textstyle import (
    NAMES,
    POINT,
    Lists,
    family_of,
    ink_of,
    lists_of,
)
from builder.artifacts.deck.style import Box, Style
from builder.artifacts.deck.tokens import Tokens

FAMILY = {"ctrTitle": "title"} | dict.fromkeys(
    ("subTitle", "obj", "pic", "tbl", "chart", "dgm", "media", "clipArt"), "body"
)
"""The master's placeholder that a layout's of another type inherits from."""
STYLES = {"title": "titleStyle", "body": "bodyStyle"}
INSETS = {"lIns": 7.2, "tIns": 3.6, "rIns": 7.2, "bIns": 3.6}
"""Room between a frame and its text where the master does not say, in points."""
SEEN = 0.5
"""The part of a placeholder that must lie on the slide; some are parked beside it."""


@dataclass(frozen=True)
class Sheet:
    """A layout's element, and all that says how it looks."""

    layout: Any
    master: Any
    colours: Colours
    fonts: Mapping[str, str]
    """`+mj-lt` and `+mn-lt` -> families."""
    formats: Any
    """The theme's lists of fills, or None."""
    defaults: Any
    """The presentation's own text style, or None."""
    scene: Scene
    """What is behind the words."""
    tokens: Tokens

    @property
    def slide(self) -> Box:
        """The whole slide."""
        return self.scene.slide

    @cached_property
    def parents(self) -> list[tuple[Any, tuple[Any, Move]]]:
        """The master's placeholders: the mark of each, the shape, and how its groups move it."""
        tree = self.master.find("p:cSld/p:spTree", NAMES)
        return [
            (mark, (shape, move))
            for shape, move in shapes_in(tree if tree is not None else ())
            if (mark := shape.find(PLACEHOLDER, NAMES)) is not None
        ]

    def lists(self, family: str, chain: Sequence[Any]) -> Lists:
        """The levels of a kind of placeholder."""
        style = STYLES.get(family, "otherStyle")
        return lists_of(self.master, style, chain, self.defaults)

    def style(self, lists: Lists) -> Style:
        """Levels as the writer takes them."""
        tokens, levels = self.tokens, lists.levels
        floor = tokens.floor_of(levels[0].size)
        family = family_of(lists, self.fonts)
        return Style(levels, floor, tokens.caption, tokens.note, family, "".join(lists.xml))


def layout_of(sheet: Sheet, name: str, position: int, master: int) -> Layout:
    """A layout with the placeholders that words and pictures can stand in."""
    tree = sheet.layout.find("p:cSld/p:spTree", NAMES)
    found: dict[tuple[str, int], Holder] = {}
    for shape, move in shapes_in(tree if tree is not None else ()):
        holder = _holder(shape, move, sheet)
        if holder and _usable(holder, sheet.slide, found):
            ground = _own_ground(shape, sheet) or sheet.scene.ground(holder.box)
            found[_key(holder)] = replace(holder, ground=ground)
    return Layout(name, position, tuple(found.values()), sheet.layout.get("type", ""), master)


def _key(holder: Holder) -> tuple[str, int]:
    """What a slide finds a placeholder by: there is one title, and one of each footer."""
    if holder.kind in TITLES:
        return "title", 0
    return ("", holder.index) if holder.kind not in ("dt", "ftr", "sldNum") else (holder.kind, 0)


def _usable(holder: Holder, slide: Box, found: Mapping[tuple[str, int], Holder]) -> bool:
    box = holder.box
    seen = area(box) > 0 and common(box, slide) >= SEEN * area(box)
    return seen and holder.inner.width > 0 and holder.inner.height > 0 and _key(holder) not in found


def _holder(shape: Any, move: Move, sheet: Sheet) -> Holder | None:
    mark = shape.find(PLACEHOLDER, NAMES)
    if mark is None:
        return None
    kind = mark.get("type", "obj")
    family = FAMILY.get(kind, kind)
    parent = _parent(mark, family, sheet.parents)
    chain = [(shape, move)] if parent is None else [parent, (shape, move)]
    box = _box(chain)
    if box is None or not _upright(chain):
        return None
    shapes = [each for each, _ in chain]
    lists = sheet.lists(family, shapes)
    index, inner = int(mark.get("idx", "0")), _inner(shapes, box)
    ink = ink_of(lists, sheet.colours)
    return Holder(kind, index, mark.get("sz", ""), box, inner, sheet.style(lists), ink)


def _parent(
    mark: Any, family: str, listed: Sequence[tuple[Any, tuple[Any, Move]]]
) -> tuple[Any, Move] | None:
    """The master's placeholder of this type; else, where types are lacking, of this number."""
    for other, found in listed:
        if other.get("type") == family:
            return found
    for other, found in listed:
        if other.get("type") is None and "type" not in mark.attrib and _same(mark, other):
            return found
    untyped = (found for other, found in listed if other.get("type", "obj") == "obj")
    return next(untyped, None) if family == "body" else None


def _same(mark: Any, other: Any) -> bool:
    return bool(mark.get("idx", "0") == other.get("idx", "0"))


def _box(chain: Sequence[tuple[Any, Move]]) -> Box | None:
    places = [box_of(shape, move) for shape, move in chain]
    return next((place for place in reversed(places) if place is not None), None)


def _upright(chain: Sequence[tuple[Any, Move]]) -> bool:
    """Whether words run as on a page: neither the frame nor its text is turned."""
    upright, degrees = "horz", 0.0
    for shape, _ in chain:
        frame = shape.find("p:txBody/a:bodyPr", NAMES)
        if frame is not None:
            upright = frame.get("vert", upright)
            degrees = int(frame.get("rot", "0")) / 60_000
        place = place_of(shape)
        if place is not None:
            degrees += turned(place)
    return upright == "horz" and abs(degrees) % 360 < 1


def _own_ground(shape: Any, sheet: Sheet) -> Paint:
    """The paint of the placeholder itself."""
    properties = shape.find("p:spPr", NAMES)
    fill = fill_in(properties) if properties is not None else None
    return paint_of(fill, sheet.colours) if fill is not None else ()


def _inner(chain: Sequence[Any], box: Box) -> Box:
    insets = dict(INSETS)
    for shape in chain:
        frame = shape.find("p:txBody/a:bodyPr", NAMES)
        if frame is not None:
            given = {name: frame.get(name) for name in insets if frame.get(name)}
            insets.update({name: int(value) / POINT for name, value in given.items()})
    return without(box, insets)


def without(box: Box, insets: Mapping[str, float]) -> Box:
    """A rectangle without the room that is kept at its edges."""
    left, top, right, bottom = (insets[name] for name in INSETS)
    return Box(box.left + left, box.top + top, box.width - left - right, box.height - top - bottom)


def families_of(theme: Any) -> dict[str, str]:
    """The families that a theme part names for headings and for text."""
    found = {}
    for name, role in (("+mj-lt", "majorFont"), ("+mn-lt", "minorFont")):
        latin = None if theme is None else theme.find(f".//{{*}}fontScheme/{{*}}{role}/{{*}}latin")
        if latin is not None and latin.get("typeface"):
            found[name] = str(latin.get("typeface"))
    return found


def scripts_of(theme: Any) -> frozenset[str]:
    """The kinds of script, `ea` and `cs`, for which a theme part names fonts itself."""
    fonts = [] if theme is None else theme.findall(".//{*}fontScheme/*")
    return frozenset(
        kind
        for kind, scripts in (("ea", ("Jpan", "Hang", "Hans", "Hant")), ("cs", ("Arab", "Hebr")))
        if fonts and all(_names(each, kind, scripts) for each in fonts)
    )


def _names(fonts: Any, kind: str, scripts: Sequence[str]) -> bool:
    own = fonts.find(f"{{*}}{kind}")
    listed = {each.get("script") for each in fonts.iterfind("{*}font") if each.get("typeface")}
    return bool(own is not None and own.get("typeface")) or listed.issuperset(scripts)
