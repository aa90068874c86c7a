"""Our copy of a layout gets what it lacks, so that slides and PowerPoint find it there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from pptx.oxml import parse_xml
from pptx.presentation import Presentation

from builder.artifacts.deck.master.model import TITLES, Holder, Layout, Panel
from builder.artifacts.deck.master.shapes import PLACEHOLDER
from builder.artifacts.deck.master.textstyle import MAIN, NAMES, POINT, lists_in, repaint
from builder.artifacts.deck.style import Box

SPACES = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMES.items())
NAMED = {"title": "Title", "body": "Text"}


def add_missing(presentation: Presentation, layouts: Iterable[Layout]) -> None:
    """Write into an open copy of the master deck what layouts were completed with.

    Args:
        presentation: the copy.
        layouts: those that slides use; the others stay as they are.
    """
    every = [each for master in presentation.slide_masters for each in master.slide_layouts]
    for layout in {each.position: each for each in layouts}.values():
        tree = every[layout.position].element.find("p:cSld/p:spTree", NAMES)
        for holder in layout.moved:
            _move(tree, holder)
        for holder in layout.added:
            if holder.kind in TITLES:
                _drop_titles(tree)
            tree.append(parse_xml(_drawn(holder, _number(tree))))
        for holder in layout.inked:
            _ink(tree, holder)
        for holder in layout.raised:
            _raise(tree, holder)
        for panel in layout.panels:
            tree.append(parse_xml(_panel(panel, _number(tree))))
        _last(tree)


def _drop_titles(tree: Any) -> None:
    """A title that could not serve, hidden or set downwards: a layout has one title at most."""
    for shape in tree.findall(".//p:sp", NAMES):
        mark = shape.find(PLACEHOLDER, NAMES)
        if mark is not None and mark.get("type") in TITLES:
            shape.getparent().remove(shape)


def _number(tree: Any) -> int:
    taken = {int(each.get("id", "0")) for each in tree.iterfind(".//p:cNvPr", NAMES)}
    return next(number for number in count(2) if number not in taken)


def _last(tree: Any) -> None:
    """Extensions stand behind all shapes (ECMA-376 part 1, 19.3.1.45)."""
    for extensions in tree.findall("p:extLst", NAMES):
        tree.append(extensions)


def _drawn(holder: Holder, number: int) -> str:
    kind = "title" if holder.kind == "title" else "body"
    index = f' idx="{holder.index}"' if holder.index else ""
    anchor = "b" if kind == "title" else "t"
    return (
        f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="{number}" name="{NAMED[kind]} {number}"/>'
        '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{kind}"{index}/></p:nvPr></p:nvSpPr>'
        f'<p:spPr>{_place(holder.box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr vert="horz" wrap="square" lIns="91440" tIns="45720" rIns="91440" '
        f'bIns="45720" anchor="{anchor}"><a:normAutofit/></a:bodyPr>'
        f"<a:lstStyle>{holder.style.xml}</a:lstStyle>"
        f"<a:p><a:r><a:rPr/><a:t>{NAMED[kind]}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def _panel(panel: Panel, number: int) -> str:
    """A plain ground; layouts are not read aloud, so it needs no mark."""
    return (
        f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="{number}" name="Panel {number}"/><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{_place(panel.box)}'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill>'
        f'<a:schemeClr val="{panel.paint}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>'
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
    )


def _ink(tree: Any, holder: Holder) -> None:
    """Give the words of a placeholder the colour that its style has."""
    for run, wanted in _runs(tree, holder):
        repaint(run, wanted.find("a:solidFill/a:schemeClr", NAMES).get("val"))


def _raise(tree: Any, holder: Holder) -> None:
    """Give the words of a placeholder the sizes that its style has."""
    for run, wanted in _runs(tree, holder):
        run.set("sz", wanted.get("sz"))


def _runs(tree: Any, holder: Holder) -> Iterator[tuple[Any, Any]]:
    """The properties of a placeholder's words on each level, and those that its style has."""
    for shape in tree.iterfind(".//p:sp", NAMES):
        mark, words = shape.find(PLACEHOLDER, NAMES), shape.find("p:txBody", NAMES)
        if mark is None or words is None or not _is(mark, holder):
            continue
        levels = words.find("a:lstStyle", NAMES)
        if levels is None:
            levels = words.makeelement(f"{{{MAIN}}}lstStyle", {})
            words.insert(1, levels)
        for wanted in lists_in(holder.style.xml).elements:
            yield _run(levels, wanted.tag), wanted.find("a:defRPr", NAMES)


def _run(levels: Any, tag: str) -> Any:
    level = levels.find(tag)
    if level is None:
        level = levels.makeelement(tag, {})
        after = sum(each.tag.endswith("defPPr") or each.tag < tag for each in levels)
        levels.insert(after, level)
    run = level.find("a:defRPr", NAMES)
    if run is None:
        run = level.makeelement(f"{{{MAIN}}}defRPr", {})
        extensions = level.find("a:extLst", NAMES)
        level.insert(len(level) - (extensions is not None), run)
    return run


def _place(box: Box) -> str:
    values = [round(each * POINT) for each in (box.left, box.top, box.width, box.height)]
    return '<a:xfrm><a:off x="{}" y="{}"/><a:ext cx="{}" cy="{}"/></a:xfrm>'.format(*values)


def _move(tree: Any, holder: Holder) -> None:
    """Give a placeholder another place; one in a group is taken out of it."""
    for shape in tree.iterfind(".//p:sp", NAMES):
        mark = shape.find(PLACEHOLDER, NAMES)
        if mark is None or not _is(mark, holder):
            continue
        properties = shape.find("p:spPr", NAMES)
        for old in properties.findall("a:xfrm", NAMES):
            properties.remove(old)
        properties.insert(
            0, parse_xml(_place(holder.box).replace("<a:xfrm", f"<a:xfrm {SPACES}", 1))
        )
        if shape.getparent() is not tree:
            tree.append(shape)
        return


def _is(mark: Any, holder: Holder) -> bool:
    return bool(
        mark.get("type", "obj") == holder.kind and int(mark.get("idx", "0")) == holder.index
    )
