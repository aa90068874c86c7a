"""A finished deck as its viewers see it: shapes in reading order, with all that they inherit.

It is read from the bytes, however they were written. Inheritance: ECMA-376 part 1, 19.3.1.36 and
21.1.2.4; what a placeholder does not say, its layout's says, then the master's, then a text style.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from lxml import etree

from builder.artifacts.deck.gate.looks import Looks, looks_of
from builder.artifacts.deck.master.canvas import Scene
from builder.artifacts.deck.master.colours import Colours, colours_of
from builder.artifacts.deck.master.layouts import FAMILY, STYLES
from builder.artifacts.deck.master.shapes import (
    Paint,
    backdrop,
    fill_in,
    frame_of,
    ground_of,
    paint_of,
    place_of,
    shapes_in,
)
from builder.artifacts.deck.master.textstyle import NAMES, POINT
from builder.artifacts.deck.readback import parsed
from builder.artifacts.deck.style import Box

MAIN = f"{{{NAMES['a']}}}"
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
TEXT, BREAK = f"{MAIN}t", f"{MAIN}br"
RUNS = (f"{MAIN}r", f"{MAIN}fld", BREAK)
KINDS = {"sp": "words", "pic": "picture", "graphicFrame": "chart"}


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph."""

    element: Any
    number: int
    """Its place in the shape or cell, counted from 0."""
    runs: list[Any]
    """Runs, fields and line breaks."""
    text: str
    row: int = 0
    cell: Any = None
    """The cell that it stands in, in a table."""

    @property
    def level(self) -> int:
        """Counted from 1."""
        properties = self.element.find("a:pPr", NAMES)
        return 1 + int(properties.get("lvl", "0")) if properties is not None else 1


@dataclass(frozen=True)
class Shape:
    """One shape of a slide."""

    element: Any
    kind: str
    """`words`, `picture`, `table`, `chart` or nothing."""
    properties: Any
    """The element with its name, number and alternative text."""
    holder: str | None = None
    """The type of its placeholder; None where it is none."""
    index: str = "0"

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.properties.get("name", ""))

    @cached_property
    def lines(self) -> list[Line]:
        """Its paragraphs, cell by cell in a table."""
        if self.kind != "table":
            found = self.element.iterfind("p:txBody/a:p", NAMES)
            return [paragraph_of(each, at) for at, each in enumerate(found)]
        return [
            paragraph_of(each, at, row, cell)
            for row, cells in enumerate(self.element.iter(f"{MAIN}tr"))
            for cell in cells.iterfind("a:tc", NAMES)
            for at, each in enumerate(cell.iterfind("a:txBody/a:p", NAMES))
        ]

    @cached_property
    def words(self) -> str:
        """All its words."""
        return "\n".join(line.text for line in self.lines)

    @cached_property
    def table_style(self) -> tuple[str, bool, bool] | None:
        """Of a table: its style's identity, and whether head and bands are marked."""
        properties = next(self.element.iter(f"{MAIN}tbl")).find("a:tblPr", NAMES)
        if properties is None:
            return None
        identity = str(properties.findtext("a:tableStyleId", "", NAMES))
        head, bands = (properties.get(name) in ("1", "true") for name in ("firstRow", "bandRow"))
        return identity, head, bands


def paragraph_of(element: Any, number: int, row: int = 0, cell: Any = None) -> Line:
    """A paragraph's element as a line."""
    runs = [child for child in element if child.tag in RUNS]
    return Line(element, number, runs, "".join(map(words_in, runs)), row, cell)


def words_in(run: Any) -> str:
    """The words of a run; a line break is a line feed."""
    if run.tag == BREAK:
        return "\n"
    return next((str(each.text or "") for each in run.iterchildren(TEXT)), "")


@dataclass(frozen=True)
class Face:
    """A layout with its master and theme."""

    layout: Any
    master: Any
    theme: Any
    colours: Colours
    scene: Scene
    plain: Any
    """The deck's text style of boxes and tables, or None."""
    known: dict[Any, Any] = field(default_factory=dict)
    """What was looked up before."""

    @property
    def styles(self) -> Any:
        """The theme's lists of fills, or None."""
        return None if self.theme is None else self.theme.find(".//{*}fmtScheme")

    def parents(self, shape: Shape) -> tuple[Any, ...]:
        """The placeholders that one inherits from: the master's, then the layout's."""
        if shape.holder is None:
            return ()
        key = (shape.holder, shape.index)
        if key not in self.known:
            self.known[key] = tuple(self._parents(shape, shape.holder))
        found: tuple[Any, ...] = self.known[key]
        return found

    def _parents(self, shape: Shape, holder: str) -> Iterator[Any]:
        family = FAMILY.get(holder, holder)
        yield from [each for kind, _, each in self._held(self.master) if kind == family][:1]
        held = self._held(self.layout)
        same = [each for _, index, each in held if index == shape.index]
        like = [each for kind, _, each in held if kind in (holder, family)]
        yield from (same or like)[:1]

    def _held(self, sheet: Any) -> list[tuple[str, str, Any]]:
        """Type, index and element of each placeholder of a layout or master."""
        if id(sheet) not in self.known:
            self.known[id(sheet)] = [
                (mark.get("type", "obj"), mark.get("idx", "0"), each)
                for each, _ in shapes_in(sheet.find("p:cSld/p:spTree", NAMES))
                if (mark := each.find("*/p:nvPr/p:ph", NAMES)) is not None
            ]
        found: list[tuple[str, str, Any]] = self.known[id(sheet)]
        return found

    def box(self, shape: Shape) -> Box | None:
        """Where a shape stands."""
        for each in (shape.element, *reversed(self.parents(shape))):
            box = frame_of(place_of(each))
            if box is not None:
                return box
        return None

    def ground(self, shape: Shape, over: Any = None) -> Paint:
        """The colours behind a shape's words.

        Args:
            shape: of the slide.
            over: the slide's own element, which may bring a background.
        """
        own = shape.element.find("p:spPr", NAMES)
        if shape.holder is None or (own is not None and len(own)) or _has_ground(over):
            return self._ground(shape, over)
        key = ("ground", shape.holder, shape.index)
        if key not in self.known:
            self.known[key] = self._ground(shape, over)
        found: Paint = self.known[key]
        return found

    def _ground(self, shape: Shape, over: Any) -> Paint:
        for each in (shape.element, *reversed(self.parents(shape))):
            properties = each.find("p:spPr", NAMES)
            fill = fill_in(properties) if properties is not None else None
            paint = paint_of(fill, self.colours) if fill is not None else ()
            if paint:
                return paint
        stated = _has_ground(over)
        behind = backdrop((over,), self.colours, self.styles) if stated else self.scene.behind
        box = self.box(shape)
        if box is None:
            return behind
        return ground_of(box, self.scene.things, behind) if stated else self.scene.ground(box)

    def origins(self, shape: Shape, own: Any) -> list[Any]:
        """Lists of levels, the nearest first."""
        lists = [each.find("p:txBody/a:lstStyle", NAMES) for each in reversed(self.parents(shape))]
        general = None
        if shape.holder is not None:
            family = STYLES.get(FAMILY.get(shape.holder, shape.holder), "otherStyle")
            general = self.master.find(f"p:txStyles/p:{family}", NAMES)
        return [each for each in (own, *lists, general, self.plain) if each is not None]


@dataclass(frozen=True)
class Slide:
    """One slide and its notes."""

    number: int
    root: Any
    face: Face
    shapes: tuple[Shape, ...]
    notes: Any
    """The root of the page of notes, or None."""
    charts: Mapping[str, Any] = field(default_factory=dict)
    """The roots of charts, by their relation to the slide."""

    @cached_property
    def title(self) -> Shape | None:
        """The placeholder of the title."""
        titles = ("title", "ctrTitle")
        return next((each for each in self.shapes if each.holder in titles), None)

    def chart(self, shape: Shape) -> Any:
        """The root of the chart that a shape shows, or None."""
        named = shape.element.find("a:graphic/a:graphicData/{*}chart", NAMES)
        return None if named is None else self.charts.get(str(named.get(RELATED)))


class Finished:
    """A deck's bytes, taken apart once."""

    def __init__(self, entries: Mapping[str, bytes]) -> None:
        self.entries = entries
        self.main = self.related("", "officeDocument")
        self.root = root_of(entries[self.main])
        self.marks: set[tuple[int, bytes]] = set()
        """The footers that were looked at before: layout and text."""
        self._looks: dict[Any, Looks] = {}

    def related(self, part: str, kind: str) -> str:
        """The part that one is related to in this way; empty where there is none."""
        return next((target for _, name, target in self._relations(part) if name == kind), "")

    def _relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Identity, last word of the type, and target of each relation of a part."""
        folder, file = posixpath.split(part)
        listed = self.entries.get(posixpath.join(folder, "_rels", f"{file}.rels"))
        for each in root_of(listed) if listed else ():
            if each.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, str(each.get("Target"))))
                yield str(each.get("Id")), str(each.get("Type")).rpartition("/")[2], target[1:]

    @cached_property
    def slides(self) -> list[Slide]:
        """The slides in order."""
        parts = {key: target for key, _, target in self._relations(self.main)}
        listed = self.root.iterfind("p:sldIdLst/p:sldId", NAMES)
        return [self._slide(n, parts[each.get(RELATED)]) for n, each in enumerate(listed, 1)]

    @cached_property
    def table_styles(self) -> dict[str, Any]:
        """The styles of tables by identity."""
        part = self.related(self.main, "tableStyles")
        styles = root_of(self.entries[part]).iterfind("a:tblStyle", NAMES) if part else ()
        return {str(each.get("styleId")): each for each in styles}

    @cached_property
    def plain(self) -> bytes:
        """The text style of boxes and tables."""
        found = self.root.find("p:defaultTextStyle", NAMES)
        return b"" if found is None else etree.tostring(found)

    def _slide(self, number: int, part: str) -> Slide:
        root = root_of(self.entries[part])
        related = {kind: target for _, kind, target in self._relations(part)}
        notes = related.get("notesSlide")
        shapes = tuple(_shapes(root.find("p:cSld/p:spTree", NAMES)))
        face = self._face(related["slideLayout"])
        charts = {
            key: root_of(self.entries[target])
            for key, kind, target in self._relations(part)
            if kind == "chart"
        }
        spoken = root_of(self.entries[notes]) if notes else None
        return Slide(number, root, face, shapes, spoken, charts)

    def _face(self, layout: str) -> Face:
        if layout not in self._faces:
            master = self.related(layout, "slideMaster")
            theme = self.related(master, "theme")
            parts = (self.entries[layout], self.entries[master], self.entries.get(theme, b""))
            images = tuple(tuple(self._images(part)) for part in (layout, master, theme))
            self._faces[layout] = face_of(*parts, self.plain, images, self.size)
        return self._faces[layout]

    def _images(self, part: str) -> Iterator[tuple[str, bytes]]:
        for key, kind, target in self._relations(part):
            if kind == "image" and target in self.entries:
                yield key, self.entries[target]

    @cached_property
    def size(self) -> tuple[float, float]:
        """Width and height of a slide in points."""
        stated = self.root.find("p:sldSz", NAMES)
        return int(stated.get("cx")) / POINT, int(stated.get("cy")) / POINT

    @cached_property
    def _faces(self) -> dict[str, Face]:
        return {}

    def looks(self, shape: Shape, face: Face, level: int) -> Looks:
        """What a level of a shape's text inherits."""
        own = shape.element.find("p:txBody/a:lstStyle", NAMES)
        alike = shape.holder is not None and (own is None or not len(own))
        known = face.known if alike else self._looks
        key = (shape.holder, shape.index, level) if alike else (id(shape), level)
        if key not in known:
            known[key] = looks_of(face.origins(shape, own), level, face.colours, face.theme)
        found: Looks = known[key]
        return found


def root_of(xml: bytes) -> Any:
    """The root of a part.

    Raises:
        ValueError: it is not well-formed.
    """
    root = parsed(xml)
    if root is None:
        raise ValueError("a part is not well-formed XML")
    return root


@lru_cache(maxsize=64)
def face_of(
    layout: bytes,
    master: bytes,
    theme: bytes,
    plain: bytes,
    images: tuple[tuple[tuple[str, bytes], ...], ...],
    size: tuple[float, float],
) -> Face:
    """A layout with its master and theme, and the deck's own text style; told apart once."""
    sheet, above = root_of(layout), root_of(master)
    root = root_of(theme) if theme else None
    colours = colours_of(root, above, sheet)
    styles = None if root is None else root.find(".//{*}fmtScheme")
    of_layout, of_master, of_theme = map(dict, images)
    pictures = (of_layout, of_master, of_theme)
    scene = Scene(Box(0.0, 0.0, *size), sheet, above, colours, styles, pictures)
    own = root_of(plain) if plain else None
    return Face(sheet, above, root, colours, scene, own)


def _has_ground(slide: Any) -> bool:
    return slide is not None and slide.find("p:cSld/p:bg", NAMES) is not None


def _shapes(tree: Any) -> Iterator[Shape]:
    for element, _ in shapes_in(tree):
        kind = KINDS.get(etree.QName(element).localname, "")
        if kind == "chart" and next(element.iter(f"{MAIN}tbl"), None) is not None:
            kind = "table"
        properties = element.find("*/p:cNvPr", NAMES)
        mark = element.find("*/p:nvPr/p:ph", NAMES)
        if mark is None:
            yield Shape(element, kind, properties)
        else:
            yield Shape(element, kind, properties, mark.get("type", "obj"), mark.get("idx", "0"))
