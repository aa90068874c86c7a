"""A layout's element -> its placeholders, with all that they inherit told.

A layout's placeholder inherits from the master's placeholder of its type, and that one from the
master's text styles (ECMA-376 part 1, 19.3.1.36 and 19.7.10).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from builder.artifacts.deck.master.model import Holder
from builder.artifacts.deck.master.textstyle import POINT, levels_of, lists_of
from builder.artifacts.deck.style import Box, Style
from builder.artifacts.deck.tokens import Tokens

NAMES = {
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
FAMILY = {"ctrTitle": "title", "subTitle": "body", "obj": "body", "pic": "body", "tbl": "body"}
"""The master's placeholder that a layout's of another type inherits from."""
STYLES = {"title": "titleStyle", "body": "bodyStyle"}
INSETS = {"lIns": 7.2, "tIns": 3.6, "rIns": 7.2, "bIns": 3.6}
"""Room between a frame and its text where the master does not say, in points."""


def layout_of(
    layout: Any, master: Any, name: str, tokens: Tokens
) -> tuple[str, tuple[Holder, ...]]:
    """The name of a layout and its placeholders."""
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
    style = Style(levels_of(lists), floor, tokens.caption, tokens.note, xml="".join(lists.xml))
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
