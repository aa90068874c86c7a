"""The levels of a text area, inherited from master styles and placeholders, and told in full."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from builder.artifacts.deck.master.colours import Colours
from builder.artifacts.deck.style import Level

POINT = 12700
"""English Metric Units in a point."""
LEVELS = 5
MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
NAMES = {"a": MAIN, "p": "http://schemas.openxmlformats.org/presentationml/2006/main"}
GROUPS: Sequence[Sequence[str]] = (
    ("lnSpc",),
    ("spcBef",),
    ("spcAft",),
    ("buClrTx", "buClr"),
    ("buSzTx", "buSzPct", "buSzPts"),
    ("buFontTx", "buFont"),
    ("buNone", "buAutoNum", "buChar", "buBlip"),
    ("tabLst",),
    ("defRPr",),
)
"""What a level's properties hold, in the order of the schema; a group holds one of its names."""
RUN_GROUPS: Sequence[Sequence[str]] = (
    ("ln",),
    ("noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill"),
    ("effectLst", "effectDag"),
    ("highlight",),
    ("latin",),
    ("ea",),
    ("cs",),
    ("sym",),
)


@dataclass(frozen=True, slots=True)
class Lists:
    """The five levels as elements and as text."""

    elements: tuple[Any, ...]

    @property
    def xml(self) -> tuple[str, ...]:
        """Each level as DrawingML; prefixes are those of the part that it will stand in."""
        texts = (etree.tostring(element, encoding="unicode") for element in self.elements)
        return tuple(re.sub(r' xmlns:\w+="[^"]*"', "", text) for text in texts)


def lists_of(master: Any, style: str, shapes: Iterable[Any], defaults: Any = None) -> Lists:
    """The levels of a placeholder.

    Args:
        master: the master's element.
        style: which of its text styles comes first.
        shapes: the placeholders that follow, each overriding those before it.
        defaults: the presentation's own text style, under all, or None.
    """
    origins = [] if defaults is None else [defaults]
    origins += master.findall(f"p:txStyles/p:{style}", NAMES)
    for shape in shapes:
        origins += shape.findall("p:txBody/a:lstStyle", NAMES)
    return Lists(tuple(_level(origins, number) for number in range(1, LEVELS + 1)))


def _level(origins: Iterable[Any], number: int) -> Any:
    name = f"{{{MAIN}}}lvl{number}pPr"
    level = etree.Element(name, nsmap={"a": MAIN})
    for origin in origins:
        found = origin.find(name)
        if found is not None:
            _lay_over(level, found, GROUPS)
    return level


def _lay_over(under: Any, over: Any, groups: Sequence[Sequence[str]]) -> None:
    """Attributes and groups of the one replace those of the other; run properties are merged."""
    for name, value in over.attrib.items():
        under.set(name, value)
    children = []
    for group in groups:
        names = {f"{{{MAIN}}}{name}" for name in group}
        below = next((child for child in under if child.tag in names), None)
        above = next((child for child in over if child.tag in names), None)
        if above is not None and below is not None and group == ("defRPr",):
            _lay_over(below, above, RUN_GROUPS)
            children.append(below)
        elif above is not None:
            children.append(copy.deepcopy(above))
        elif below is not None:
            children.append(below)
    under[:] = children


def levels_of(lists: Lists) -> tuple[Level, ...]:
    """The levels as numbers."""
    return tuple(_numbers(element) for element in lists.elements)


def family_of(lists: Lists, fonts: Mapping[str, str]) -> str:
    """The font of the first level; `+mj-lt` and `+mn-lt` are those of headings and of text."""
    latin = lists.elements[0].find("a:defRPr/a:latin", NAMES)
    name = "+mn-lt" if latin is None else str(latin.get("typeface", "+mn-lt"))
    return fonts.get(name, "" if name.startswith("+") else name)


def ink_of(lists: Lists, colours: Colours) -> str:
    """Six digits of the first level's words; empty where they are painted otherwise."""
    run = lists.elements[0].find("a:defRPr", NAMES)
    fill = None if run is None else run.find("a:solidFill", NAMES)
    if fill is None or not len(fill):
        plain = run is None or run.find("a:gradFill", NAMES) is None
        return colours.named("tx1") if plain else ""
    return colours.digits(fill[0])


def _numbers(element: Any) -> Level:
    run = element.find("a:defRPr", NAMES)
    run = etree.Element("none") if run is None else run
    size = int(run.get("sz", "1800")) / 100
    return Level(
        size=size,
        bold=run.get("b") in ("1", "true"),
        margin=int(element.get("marL", "0")) / POINT,
        hang=max(0.0, -int(element.get("indent", "0")) / POINT),
        before=_space(element, "spcBef", size),
        after=_space(element, "spcAft", size),
        line=_line(element, size),
        mark=_mark(element),
        align=element.get("algn", "l"),
        leftwards=element.get("rtl") in ("1", "true"),
    )


def _space(element: Any, name: str, size: float) -> float:
    points = element.find(f"a:{name}/a:spcPts", NAMES)
    if points is not None:
        return int(points.get("val")) / 100
    return _percent(element.find(f"a:{name}/a:spcPct", NAMES), 0.0) * size * 1.2


def _line(element: Any, size: float) -> float:
    points = element.find("a:lnSpc/a:spcPts", NAMES)
    if points is not None:
        return int(points.get("val")) / 100 / (size * 1.2)
    return _percent(element.find("a:lnSpc/a:spcPct", NAMES), 1.0)


def _percent(element: Any, default: float) -> float:
    if element is None:
        return default
    value = str(element.get("val"))
    return float(value[:-1]) / 100 if value.endswith("%") else int(value) / 100_000


def _mark(element: Any) -> str:
    if element.find("a:buAutoNum", NAMES) is not None:
        return "number"
    has = any(element.find(f"a:{name}", NAMES) is not None for name in ("buChar", "buBlip"))
    return "bullet" if has else ""
