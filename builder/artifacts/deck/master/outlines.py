"""The outlines of shapes: straight lines between points, in parts of the shape's box."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, sin
from typing import Any

from lxml import etree

from builder.artifacts.deck.master.textstyle import NAMES, POINT
from builder.artifacts.deck.style import Box

Point = tuple[float, float]
CORNERS: list[Point] = [(0, 0), (1, 0), (1, 1), (0, 1)]
PRESETS: dict[str, list[Point]] = {
    "ellipse": [
        (0.5 + cos(n / 18 * 6.2832) / 2, 0.5 + sin(n / 18 * 6.2832) / 2) for n in range(18)
    ],
    "triangle": [(0.5, 0), (1, 1), (0, 1)],
    "rtTriangle": [(0, 0), (1, 1), (0, 1)],
}
"""Outlines of named shapes, in parts of their box; all others count as rectangles."""


def outlines(properties: Any, box: Box) -> Iterator[list[Point]]:
    """The outlines of a shape, in parts of its box."""
    own = None if properties is None else properties.find("a:custGeom/a:pathLst", NAMES)
    if own is None:
        named = None if properties is None else properties.find("a:prstGeom", NAMES)
        name = named.get("prst", "") if named is not None else ""
        yield PRESETS.get(name, CORNERS if name not in ("line", "straightConnector1") else [])
        return
    for path in own:
        if path.get("fill") != "none":
            yield from _drawn(path, box)


def _drawn(path: Any, box: Box) -> Iterator[list[Point]]:
    """The closed lines of a path; of curves, where they end and halfway."""
    wide = int(path.get("w", "0")) or box.width * POINT or 1
    high = int(path.get("h", "0")) or box.height * POINT or 1
    outline: list[Point] = []
    for step in path:
        points = [_point(each, wide, high) for each in step]
        if None in points:  # the shape reckons its points itself
            yield CORNERS
            return
        kind = etree.QName(step).localname
        if kind == "moveTo":
            yield outline
            outline = []
        if kind == "cubicBezTo" and outline and len(points) == 3:
            outline.append(_halfway(outline[-1], *points))  # type: ignore[arg-type]
            points = points[-1:]
        outline += [point for point in points if point]
    round_one = path.find("a:arcTo", NAMES) is not None
    yield CORNERS if round_one and len(outline) < 3 else outline


def _point(element: Any, wide: float, high: float) -> Point | None:
    try:
        return int(element.get("x")) / wide, int(element.get("y")) / high
    except (TypeError, ValueError):
        return None


def _halfway(start: Point, one: Point, two: Point, end: Point) -> Point:
    x, y = ((start[at] + 3 * one[at] + 3 * two[at] + end[at]) / 8 for at in (0, 1))
    return x, y
