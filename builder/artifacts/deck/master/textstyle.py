"""The levels of a text area, inherited from master styles and placeholders, and told in full."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from lxml import etree

from builder.artifacts.deck.master.colours import Colours
from builder.artifacts.deck.style import Level

POINT = 12700
"""English Metric Units in a point."""
LEVELS = 5
MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
NAMES = {"a": MAIN, "p": "http://schemas.openxmlformats.org/presentationml/2006/main"}
PREFIXES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in (
        *NAMES.items(),
        ("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    )
)
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


def _places(groups: Sequence[Sequence[str]]) -> dict[str, int]:
    return {f"{{{MAIN}}}{name}": at for at, names in enumerate(groups) for name in names}


PLACES, RUN_PLACES = _places(GROUPS), _places(RUN_GROUPS)
RUN = f"{{{MAIN}}}defRPr"


@dataclass(frozen=True)
class Lists:
    """The five levels as elements, as text, and as numbers."""

    elements: tuple[Any, ...]

    def copy(self) -> Lists:
        """The same levels, to be changed."""
        return Lists(tuple(map(copy.deepcopy, self.elements)))

    @cached_property
    def xml(self) -> tuple[str, ...]:
        """Each level as DrawingML; prefixes are those of the part that it will stand in."""
        texts = (etree.tostring(element, encoding="unicode") for element in self.elements)
        return tuple(re.sub(r' xmlns:\w+="[^"]*"', "", text) for text in texts)

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """Each level as numbers."""
        return tuple(map(_numbers, self.elements))


def lists_of(master: Any, style: str, shapes: Iterable[Any], defaults: Any = None) -> Lists:
    """The levels of a placeholder, not to be changed: others that inherit the same share them.

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
    return _laid(tuple(each for each in origins if len(each)))


@lru_cache(maxsize=64)
def _laid(origins: tuple[Any, ...]) -> Lists:
    """Levels over each other; most of a master's placeholders have all but the last in common."""
    if not origins:
        names = (f"{{{MAIN}}}lvl{number}pPr" for number in range(1, LEVELS + 1))
        return Lists(tuple(etree.Element(name, nsmap={"a": MAIN}) for name in names))
    below, last = _laid(origins[:-1]), origins[-1]
    return Lists(tuple(_level(level, last.find(level.tag)) for level in below.elements))


def _level(under: Any, over: Any) -> Any:
    if over is None:
        return under
    level = copy.deepcopy(under)
    _lay_over(level, over, PLACES)
    return level


def _lay_over(under: Any, over: Any, places: Mapping[str, int]) -> None:
    """Attributes and groups of the one replace those of the other; run properties are merged."""
    for name, value in over.attrib.items():
        under.set(name, value)
    held = {places[each.tag]: each for each in reversed(under) if each.tag in places}
    for each in reversed(over):
        place = places.get(each.tag)
        if each.tag == RUN and place in held:
            _lay_over(held[place], each, RUN_PLACES)
        elif place is not None:
            held[place] = copy.deepcopy(each)
    under[:] = [held[place] for place in sorted(held)]


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


def inks_of(lists: Lists, colours: Colours) -> tuple[str, ...]:
    """Six digits of the words of each level."""
    return tuple(ink_of(Lists((element,)), colours) for element in lists.elements)


def lists_in(xml: str) -> Lists:
    """The levels of a style from its text."""
    return Lists(tuple(etree.fromstring(f"<x {PREFIXES}>{xml}</x>")))


def repainted(lists: Lists, name: str) -> Lists:
    """The levels with words in the scheme's colour of a name."""
    for element in lists.elements:
        run = element.find("a:defRPr", NAMES)
        if run is None:
            run = etree.SubElement(element, f"{{{MAIN}}}defRPr")
        repaint(run, name)
    return lists


def repaint(run: Any, name: str) -> None:
    """Give the properties of a run the scheme's colour of a name."""
    fills = [f"{{{MAIN}}}{fill}" for fill in RUN_GROUPS[1]]
    for old in [child for child in run if child.tag in fills]:
        run.remove(old)
    fill = run.makeelement(f"{{{MAIN}}}solidFill", {})
    fill.append(fill.makeelement(f"{{{MAIN}}}schemeClr", {"val": name}))
    run.insert(int(run.find("a:ln", NAMES) is not None), fill)


def _numbers(element: Any) -> Level:
    run = element.find("a:defRPr", NAMES)
    run = etree.Element("none") if run is None else run
    size = int(run.get("sz", "1800")) / 100
    return Level(
        size=size,
        bold=run.get("b") in ("1", "true"),
        capitals=run.get("cap") in ("all", "small"),
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
