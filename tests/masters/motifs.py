"""What the clinic theme is drawn with: leaves, a sprout of them, a question mark and a tick."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from tests.masters.drawing import DECORATIVE, Box, Decoration, Palette, Shape, darker

LEAF = "round2DiagRect"
Point: TypeAlias = tuple[int, int]


def sprout(
    left: float, base: float, unit: float, shades: tuple[int, int, int], colour: str = "tint"
) -> tuple[Shape, ...]:
    """Return the brand's drawing: a stem and three leaves growing from (left, base)."""
    high, low, small = (darker(percent) for percent in shades)
    stem = Box(left - 0.02, base - 1.9 * unit, 0.04, 1.9 * unit)
    return (
        Decoration("Stem", stem, colour, low),
        leaf(left, base - 1.9 * unit, 1.7 * unit, colour, high),
        replace(leaf(left - 1.3 * unit, base - 1.1 * unit, 1.3 * unit, colour, low), mirrored=True),
        leaf(left, base - 0.6 * unit, 0.9 * unit, colour, small),
    )


def leaf(left: float, base: float, size: float, colour: str, shade: str) -> Decoration:
    """Return a leaf that grows up and to the right."""
    return Decoration("Leaf", Box(left, base - size, size, size), colour, shade, LEAF)


@dataclass(frozen=True)
class Sign:
    """A decorative sign drawn with a pen of some points; its strokes are in per cent of its box."""

    name: str
    box: Box
    colour: str
    strokes: str
    pen: float = 6.0

    def xml(self, identity: int, palette: Palette) -> str:
        """Return the shape: strokes without a fill, with round ends."""
        lists = "<a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        inside = '<a:rect l="0" t="0" r="r" b="b"/>'
        path = f'<a:path w="100" h="100" fill="none">{self.strokes}</a:path>'
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{identity}" name="{self.name}">{DECORATIVE}</p:cNvPr>'
            f'<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{self.box.xml()}'
            f"<a:custGeom>{lists}{inside}<a:pathLst>{path}</a:pathLst></a:custGeom><a:noFill/>"
            f'<a:ln w="{round(self.pen * 12_700)}" cap="rnd">{palette.fill(self.colour)}<a:round/>'
            '</a:ln></p:spPr><p:txBody><a:bodyPr rtlCol="0" anchor="ctr"/><a:lstStyle/>'
            '<a:p><a:endParaRPr lang="en-GB"/></a:p></p:txBody></p:sp>'
        )


def question_mark(box: Box, colour: str) -> Sign:
    """Return a hook over a dot."""
    hook = _curve((14, 26), (14, -8), (86, -8), (86, 26)) + _bend((86, 50), (50, 44), (50, 70))
    dot = _line((50, 98), (50, 99))
    return Sign("Question mark", box, colour, hook + dot)


def tick(box: Box, colour: str) -> Sign:
    """Return a tick."""
    return Sign("Tick", box, colour, _line((2, 56), (36, 88), (98, 14)))


def _points(*points: Point) -> str:
    return "".join(f'<a:pt x="{x}" y="{y}"/>' for x, y in points)


def _line(start: Point, *further: Point) -> str:
    lines = "".join(f"<a:lnTo>{_points(each)}</a:lnTo>" for each in further)
    return f"<a:moveTo>{_points(start)}</a:moveTo>{lines}"


def _bend(*points: Point) -> str:
    return f"<a:cubicBezTo>{_points(*points)}</a:cubicBezTo>"


def _curve(start: Point, *points: Point) -> str:
    return f"<a:moveTo>{_points(start)}</a:moveTo>{_bend(*points)}"
