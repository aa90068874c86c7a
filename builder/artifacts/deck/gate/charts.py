"""Charts in the finished deck: their parts are opened, and held to what words on slides are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from builder import contrast
from builder.artifacts.deck.frames import ChartFrame
from builder.artifacts.deck.gate.finished import Shape
from builder.artifacts.deck.gate.view import Finding, View, line_of
from builder.artifacts.deck.master.shapes import Paint, fill_in, paint_of
from builder.artifacts.deck.master.textstyle import NAMES
from builder.module.language import WELL_FORMED

CHART = {**NAMES, "c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
PLAIN_SIZE = 10.0
"""Points of a chart's words of which nobody tells the size."""
NEAR = 0.05
"""What a size or a contrast may lack by rounding."""


def chart(view: View) -> Iterator[Finding]:
    """Each chart's words: large enough, told apart from the ground, with a language; its titles."""
    for at, shape in enumerate(view.slide.shapes):
        root = view.slide.chart(shape)
        if root is None:
            continue
        frame = view.pairs.get(at)
        part = _Part(root, shape, view)
        shown = [part.small(), part.pale(), part.unspoken()]
        if isinstance(frame, ChartFrame):
            shown += [part.untitled(*each) for each in _titles(frame)]
        for what, hint in filter(None, shown):
            yield Finding(what, hint, line_of(frame))


def _titles(frame: ChartFrame) -> Iterator[tuple[str, str, str]]:
    """What a chart says of itself: the words, where they are drawn, and what they are."""
    yield frame.chart.title, "c:chart/c:title", "title"
    if frame.chart.kind != "pie":
        yield frame.chart.category_axis, ".//c:catAx/c:title", "title of its categories"
        yield frame.chart.value_axis, ".//c:valAx/c:title", "title of its values"


Fault = tuple[str, str] | None
"""What is wrong and what to do, or nothing."""


@dataclass(frozen=True)
class _Part:
    """A chart's part on its slide."""

    root: Any
    shape: Shape
    view: View

    @cached_property
    def looks(self) -> list[Any]:
        """The properties of all words: of the chart's parts, and of runs."""
        return [
            *self.root.iterfind(".//a:defRPr", CHART),
            *self.root.iterfind(".//a:r/a:rPr", CHART),
        ]

    @cached_property
    def general(self) -> Any:
        """The properties that the others inherit, or None."""
        return self.root.find("c:txPr/a:p/a:pPr/a:defRPr", CHART)

    def size(self, properties: Any) -> float:
        """In points."""
        for each in (properties, self.general):
            if each is not None and each.get("sz"):
                return int(each.get("sz")) / 100
        return PLAIN_SIZE

    def small(self) -> Fault:
        """Words smaller than those of tables may be."""
        floor = self.view.tokens.table_floor
        found = min(map(self.size, (self.general, *self.looks)))
        if found >= floor - NEAR:
            return None
        return f"has a chart with words of {found:g} pt, less than {floor:g} pt", "Make two of it."

    def pale(self) -> Fault:
        """Words that are hard to tell from what is behind them (WCAG 2.2, 1.4.3)."""
        for properties in (self.general, *self.looks):
            ink = self.ink(properties)
            bold = properties is not None and properties.get("b") in ("1", "true")
            least = contrast.needed(self.size(properties), bold)
            known = (contrast.contrast(ink, each) for each in self.ground if each and ink)
            found = min(known, default=least)
            if found < least - NEAR:
                what = f"{found:.1f} to 1 where {least:g} to 1 is needed"
                return (
                    f"has a chart whose words are hard to tell from what is behind them, {what}",
                    "Choose another layout, or change the colours of the master deck.",
                )
        return None

    def ink(self, properties: Any) -> str:
        """Six digits of a colour; empty where it cannot be told."""
        colours = self.view.slide.face.colours
        for each in (properties, self.general):
            fill = each.find("a:solidFill", CHART) if each is not None else None
            if fill is not None:
                return (*paint_of(fill, colours), "")[0]
        return colours.named("tx1")

    @cached_property
    def ground(self) -> Paint:
        """The colours behind the words: the chart's own, or what it stands on."""
        face = self.view.slide.face
        own = self.root.find("c:spPr", CHART)
        fill = fill_in(own) if own is not None else None
        paint = paint_of(fill, face.colours) if fill is not None else ()
        return paint or face.ground(self.shape, self.view.slide.root)

    def unspoken(self) -> Fault:
        """Words whose language nobody tells."""
        runs = self.root.iterfind(".//a:r", CHART)
        told = [each.find("a:rPr", CHART) for each in runs]
        told += self.root.iterfind(".//c:txPr/a:p/a:pPr/a:defRPr", CHART)
        tags = ["" if each is None else each.get("lang", "") for each in told]
        if tags and all(map(WELL_FORMED.fullmatch, tags)):
            return None
        return "has a chart with words without a language", "State the module's language."

    def untitled(self, words: str, place: str, what: str) -> Fault:
        """A title that is said but not drawn."""
        drawn = self.root.find(place, CHART)
        if not words or (drawn is not None and "".join(drawn.itertext()).strip()):
            return None
        return f"has a chart without the {what}, “{words}”", "Keep the titles of the chart."
