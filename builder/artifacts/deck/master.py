"""What a master deck offers: its layouts and their placeholders, found by type and place.

A layout's placeholder inherits from the master's placeholder of its type, and that one from the
master's text styles (ECMA-376 part 1, 19.3.1.36 and 19.7.10); here all is told for each of them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.exc import PackageNotFoundError, PythonPptxError
from pptx.presentation import Presentation as Deck

from builder.artifacts.deck.readback import parsed
from builder.artifacts.deck.scheme import repainted
from builder.artifacts.deck.style import Box, Style
from builder.artifacts.deck.textstyle import POINT, levels_of, lists_of
from builder.artifacts.deck.tokens import Tokens
from builder.problems import Place, Problem, Rejected
from builder.theme import Theme, token
from builder.workspace import digest

FILE = "master.pptx"
NAMES = {
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
FAMILY = {"ctrTitle": "title", "subTitle": "body", "obj": "body", "pic": "body", "tbl": "body"}
"""The master's placeholder that a layout's of another type inherits from."""
STYLES = {"title": "titleStyle", "body": "bodyStyle"}
TITLES, TEXTS = ("title", "ctrTitle"), ("body", "obj", "subTitle")
ROLES = (
    *("title", "about", "disclosure", "objectives", "section", "content", "two-columns"),
    *("table", "picture", "text-and-picture", "references", "closing"),
)
CONTENT = "content"
INSETS = {"lIns": 7.2, "tIns": 3.6, "rIns": 7.2, "bIns": 3.6}
"""Room between a frame and its text where the master does not say, in points."""


@dataclass(frozen=True, slots=True)
class Holder:
    """One placeholder of a layout."""

    kind: str
    """Its type as the file says it: `title`, `body`, `obj`, `pic`, `ftr` …"""
    index: int
    size: str
    box: Box
    inner: Box
    """Where its text stands: the box without the insets."""
    style: Style


@dataclass(frozen=True, slots=True)
class Layout:
    """A slide layout."""

    name: str
    position: int
    """Its place among all layouts of all masters."""
    holders: tuple[Holder, ...]

    def first(self, *kinds: str) -> Holder | None:
        """The first placeholder of these types."""
        return next((holder for holder in self.holders if holder.kind in kinds), None)

    def all(self, *kinds: str) -> tuple[Holder, ...]:
        """The placeholders of these types, the largest first."""
        found = [holder for holder in self.holders if holder.kind in kinds]
        return tuple(sorted(found, key=lambda h: -h.box.width * h.box.height))

    @property
    def title(self) -> Holder:
        """The placeholder of the title; each layout in use has one."""
        return next(holder for holder in self.holders if holder.kind in TITLES)


@dataclass(frozen=True, slots=True)
class Master:
    """The layouts by role, and the colours that have a place in the master's scheme."""

    layouts: dict[str, Layout]
    scheme: dict[str, str]
    """Six digits of a colour -> its name in the scheme."""

    def layout(self, role: str) -> Layout:
        """The layout of a role; roles that the theme does not tell apart look like content."""
        return self.layouts.get(role) or self.layouts[CONTENT]


Words = tuple[tuple[str, str], ...]
_known: dict[tuple[str, Tokens, Words, Words], Master] = {}


def read_master(theme: Theme, tokens: Tokens) -> Master:
    """What the theme's master deck offers; a file is examined once in a process.

    Raises:
        Rejected: it cannot be read, or lacks a layout or a placeholder that is needed.
    """
    mapping = _mapping(theme)
    colours = (*theme.stated(FILE, "scheme").items(), *theme.tokens.get("colours", {}).items())
    key = (digest(theme.read(FILE)), tokens, tuple(sorted(mapping.items())), colours)
    if key not in _known:
        _known[key] = _examined(open_master(theme), theme, tokens, mapping)
    return _known[key]


def open_master(theme: Theme) -> Deck:
    """A fresh copy of the master deck in the theme's colours, without slides, to write into.

    Raises:
        Rejected: it cannot be read as a deck.
    """
    try:
        data = repainted(theme.read(FILE), theme, FILE)
        deck = Presentation(io.BytesIO(_as_deck(data)))
        _ = list(deck.slide_layouts)
    except (PackageNotFoundError, PythonPptxError, *BROKEN) as error:
        place = Place(theme.holder(FILE).label(FILE))
        message = f"The master deck cannot be read: {error}."
        raise Rejected(Problem("theme-file", message, place)) from None
    return deck


BROKEN = (zipfile.BadZipFile, KeyError, ValueError, OSError, AttributeError, SyntaxError)


def _as_deck(data: bytes) -> bytes:
    """The file as a plain deck: institutions hand out templates and macro-enabled ones too."""
    source = zipfile.ZipFile(io.BytesIO(data))
    kinds = source.read("[Content_Types].xml")
    plain = kinds
    for kind in (b"template.macroEnabled", b"presentation.macroEnabled", b"slideshow.macroEnabled"):
        old = b"application/vnd.ms-powerpoint." + kind + b".main+xml"
        plain = plain.replace(old, MAIN)
    for kind in (b"template", b"slideshow"):
        plain = plain.replace(MAIN.replace(b"presentation.main", kind + b".main"), MAIN)
    if plain == kinds:
        return data
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            target.writestr(name, plain if name == "[Content_Types].xml" else source.read(name))
    return copy.getvalue()


MAIN = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"


def _mapping(theme: Theme) -> dict[str, str]:
    """The names of the layouts by role; a theme may leave them out."""
    if "layouts" not in theme.tokens:
        return {}
    return dict(token(theme, "layouts", _is_mapping, "a table of roles and names of layouts"))


def _is_mapping(value: Any) -> bool:
    return isinstance(value, Mapping) and all(isinstance(each, str) for each in value.values())


def _examined(deck: Deck, theme: Theme, tokens: Tokens, mapping: Mapping[str, str]) -> Master:
    found = [
        _layout(layout.element, master.element, layout.name, tokens)
        for master in deck.slide_masters
        for layout in master.slide_layouts
    ]
    layouts = [Layout(name, position, holders) for position, (name, holders) in enumerate(found)]
    return Master(_by_role(layouts, theme, mapping), _scheme(deck))


def _layout(layout: Any, master: Any, name: str, tokens: Tokens) -> tuple[str, tuple[Holder, ...]]:
    shapes = layout.xpath(".//p:sp[p:nvSpPr/p:nvPr/p:ph]")
    holders = (_holder(shape, master, tokens) for shape in shapes)
    return name, tuple(holder for holder in holders if holder)


def _holder(shape: Any, master: Any, tokens: Tokens) -> Holder | None:
    mark = shape.find("p:nvSpPr/p:nvPr/p:ph", NAMES)
    kind = mark.get("type", "obj")
    family = FAMILY.get(kind, kind)
    parents = master.xpath(f".//p:sp[p:nvSpPr/p:nvPr/p:ph/@type='{family}']")
    chain = [*parents[:1], shape]
    box = _box(chain)
    if box is None:
        return None
    lists = lists_of(master, STYLES.get(family, "otherStyle"), chain)
    floor = tokens.floor_of(levels_of(lists)[0].size)
    style = Style(levels_of(lists), floor, tokens.caption, tokens.note, "".join(lists.xml))
    return Holder(
        kind, int(mark.get("idx", "0")), mark.get("sz", ""), box, _inner(chain, box), style
    )


def _box(chain: Sequence[Any]) -> Box | None:
    found = None
    for shape in chain:
        place = shape.find("p:spPr/a:xfrm", NAMES)
        if place is not None:
            start, size = place.find("a:off", NAMES), place.find("a:ext", NAMES)
            values = (start.get("x"), start.get("y"), size.get("cx"), size.get("cy"))
            found = Box(*(int(value) / POINT for value in values))
    return found


def _inner(chain: Sequence[Any], box: Box) -> Box:
    insets = dict(INSETS)
    for shape in chain:
        frame = shape.find("p:txBody/a:bodyPr", NAMES)
        if frame is not None:
            given = {name: frame.get(name) for name in insets if frame.get(name)}
            insets.update({name: int(value) / POINT for name, value in given.items()})
    left, top, right, bottom = (insets[name] for name in ("lIns", "tIns", "rIns", "bIns"))
    return Box(box.left + left, box.top + top, box.width - left - right, box.height - top - bottom)


def _by_role(layouts: list[Layout], theme: Theme, mapping: Mapping[str, str]) -> dict[str, Layout]:
    by_name = {layout.name: layout for layout in layouts}
    chosen: dict[str, Layout] = {}
    problems = []
    for role, name in mapping.items():
        if name not in by_name:
            problems.append(_missing(theme, role, f"a layout named “{name}”", by_name))
            continue
        chosen[role] = by_name[name]
    if CONTENT not in chosen and not problems:
        plain = max(layouts, key=_room, default=None)
        if plain is None or not _room(plain):
            problems.append(_missing(theme, CONTENT, "a title and a text", by_name))
        else:
            chosen[CONTENT] = plain
    problems += [
        _missing(theme, role, f"a placeholder for {what} in “{layout.name}”", by_name)
        for role, layout in chosen.items()
        for what in _lacks(role, layout)
    ]
    if problems:
        raise Rejected(*problems)
    return chosen


def _room(layout: Layout) -> float:
    """How much text a layout holds, in square points; none where it has no title or no footer."""
    texts = layout.all(*TEXTS)
    usable = texts and layout.first(*TITLES) and layout.first("ftr")
    return texts[0].box.width * texts[0].box.height if usable else 0.0


def _lacks(role: str, layout: Layout) -> Iterable[str]:
    if not layout.first(*TITLES):
        yield "the title"
    if not layout.first("ftr"):
        yield "the footer, which carries the stamp"
    count = {"two-columns": 2, "table": 0, "picture": 0}.get(role, 1)
    if len(layout.all(*TEXTS)) < count:
        yield "text"
    if role in ("table", "picture", "text-and-picture") and not layout.first("tbl", "pic", *TEXTS):
        yield "a table or a picture"


def _missing(theme: Theme, role: str, what: str, known: Iterable[str]) -> Problem:
    message = f"The master deck lacks {what}, which slides for “{role}” need."
    hint = f"Add it in {FILE}, or map the role in [layouts]. Layouts there: {', '.join(known)}."
    return Problem("theme-layout", message, Place(theme.holder(FILE).label(FILE)), hint)


def _scheme(deck: Deck) -> dict[str, str]:
    """The colours of the master's own scheme, so that a change of the scheme reaches all."""
    names = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2", "hlink": "hlink"}
    names |= {f"accent{number}": f"accent{number}" for number in range(1, 7)}
    part = next(
        (rel.target_part for rel in deck.slide_masters[0].part.rels.values() if _is_theme(rel)),
        None,
    )
    if part is None:
        return {}
    return scheme_colours(part.blob, names)


def _is_theme(relation: Any) -> bool:
    return str(relation.reltype).endswith("/theme")


def scheme_colours(xml: bytes, names: dict[str, str]) -> dict[str, str]:
    """Six digits -> name, for the slots that hold a plain colour."""
    root = parsed(xml)
    if root is None:
        return {}
    found = {}
    for slot, name in reversed(names.items()):
        colour = root.find(f".//a:clrScheme/a:{slot}/a:srgbClr", NAMES)
        if colour is not None:
            found[str(colour.get("val")).upper()] = name
    return found
