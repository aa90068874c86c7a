"""Placeholders out of groups: PowerPoint keeps none there, and programs that show a deck differ.

What a group does to the places of its shapes (ECMA-376 part 1, 20.1.7.5) is done to them for good.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from builder.artifacts.deck.master.cleaning import NAMES, SLIDES

GROUP = f"{{{SLIDES}}}grpSp"
GROUPED = "//p:grpSp//p:sp[p:nvSpPr/p:nvPr/p:ph]"


def ungrouped(tree: Any) -> bool:
    """Move the placeholders of a master or a layout out of their groups; whether there were any."""
    found = tree.xpath(f".{GROUPED}", namespaces=NAMES)
    for shape in found:
        groups = list(shape.iterancestors(GROUP))
        place = shape.find("p:spPr/a:xfrm", NAMES)
        for group in groups if place is not None else ():
            _moved(place, group)
        groups[-1].addnext(shape)
    for group in tree.xpath(".//p:grpSp", namespaces=NAMES) if found else ():
        if not any(_shapes(group)):
            group.getparent().remove(group)
    return bool(found)


def _shapes(group: Any) -> Iterator[Any]:
    """What a group holds beside its own name and place."""
    own = {f"{{{SLIDES}}}{word}" for word in ("nvGrpSpPr", "grpSpPr", "extLst")}
    return (each for each in group if each.tag not in own)


def _moved(place: Any, group: Any) -> None:
    """A place in a group -> the same place outside of it."""
    frame = group.find("p:grpSpPr/a:xfrm", NAMES)
    inner = None if frame is None else frame.find("a:chOff", NAMES)
    if inner is None:
        return
    outer, start = frame.find("a:off", NAMES), place.find("a:off", NAMES)
    before, after = frame.find("a:chExt", NAMES), frame.find("a:ext", NAMES)
    size = place.find("a:ext", NAMES)
    for at, length in (("x", "cx"), ("y", "cy")):
        whole = int(before.get(length)) or 1
        scale = int(after.get(length)) / whole
        start.set(
            at, str(round(int(outer.get(at)) + (int(start.get(at)) - int(inner.get(at))) * scale))
        )
        size.set(length, str(round(int(size.get(length)) * scale)))
