"""A chart frame -> a native chart that PowerPoint can edit, with its numbers in a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import count, islice
from typing import Any

from lxml import etree
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part

from builder.artifacts.deck.frames import ChartFrame
from builder.artifacts.deck.master.colours import SLOTS, Colours, colours_of
from builder.artifacts.deck.readback import parsed
from builder.artifacts.deck.write.drawing import Pen, quoted, transform
from builder.artifacts.deck.write.plots import SPACE, chart_space
from builder.artifacts.deck.write.workbook import workbook
from builder.contrast import ENOUGH_LARGE, contrast, luminance

NAME, BOOK = "/ppt/charts/chart%d.xml", "/ppt/embeddings/Microsoft_Excel_Sheet%d.xlsx"
MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
ACCENTS = tuple(slot for slot in SLOTS if slot.startswith("accent"))
SHADES = ((100, 0), (75, 0), (50, 0), (35, 0), (60, 40), (40, 60), (20, 80))
"""What is tried with an accent until it stands out: per cent of its lightness, and lightness added.

WCAG 2.2, success criterion 1.4.11, asks 3 : 1 of what must be seen in a graphic, as 1.4.3 does of
large text."""


def chart(frame: ChartFrame, identity: int, name: str, part: Any, pen: Pen) -> str:
    """The graphic frame of a chart; the chart itself becomes a part of the slide's.

    Args:
        frame: where it stands, and its numbers.
        identity: of the shape.
        name: of the shape.
        part: the slide's part, which takes the relation.
        pen: language, direction, fonts.
    """
    package, shown = part.package, frame.chart
    book = Part(package.next_partname(BOOK), CONTENT_TYPE.SML_SHEET, package, workbook(shown))
    own = Part(package.next_partname(NAME), CONTENT_TYPE.DML_CHART, package, b"")
    numbers = own.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
    wanted = len(shown.categories) if shown.kind == "pie" else len(shown.series)
    colours = _colours(part)
    paints = list(islice(paints_on(_ground(colours, part, pen), colours), wanted))
    own.blob = chart_space(frame, paints, numbers, pen).encode()
    relation = part.relate_to(own, RELATIONSHIP_TYPE.CHART)
    title = f' title="{quoted(shown.title)}"' if shown.title else ""
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{identity}" name="{quoted(name)}" '
        f'descr="{quoted(shown.alternative)}"{title}/><p:cNvGraphicFramePr>'
        '<a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
        f'{transform(frame.box, "p")}<a:graphic><a:graphicData uri="{SPACE}">'
        f'<c:chart xmlns:c="{SPACE}" r:id="{relation}"/></a:graphicData></a:graphic>'
        "</p:graphicFrame>"
    )


def _colours(slide: Any) -> Colours:
    """What names of colours mean on a slide."""
    layout = slide.part_related_by(RELATIONSHIP_TYPE.SLIDE_LAYOUT)
    master = layout.part_related_by(RELATIONSHIP_TYPE.SLIDE_MASTER)
    theme = master.part_related_by(RELATIONSHIP_TYPE.THEME)
    return colours_of(_theme(theme.blob), master._element, layout._element)  # noqa: SLF001


@lru_cache(maxsize=8)
def _theme(xml: bytes) -> Any:
    return parsed(xml)


def paints_on(ground: str, colours: Colours) -> Iterator[str]:
    """Colours for series or slices, as many as are asked for: the accents, then shades of them.

    Args:
        ground: six digits of what is behind them.
        colours: the master's.
    """
    shades = {accent: list(_legible(accent, colours, ground)) for accent in ACCENTS}
    for turn in count():
        for options in shades.values():
            yield options[turn % len(options)]


def _legible(accent: str, colours: Colours, ground: str) -> Iterator[str]:
    """An accent and its shades that stand out from the ground; else the colour of words."""
    found = False
    for part, more in SHADES:
        changes = f'<a:lumMod val="{part}000"/>' if part < 100 else ""
        changes += f'<a:lumOff val="{more}000"/>' if more else ""
        colour = f'<a:schemeClr val="{accent}">{changes}</a:schemeClr>'
        digits = colours.digits(etree.fromstring(f'<x xmlns:a="{MAIN}">{colour}</x>')[0])
        if digits and contrast(digits, ground) >= ENOUGH_LARGE:
            found = True
            yield colour
    if not found:
        yield '<a:schemeClr val="tx1"/>'


def _ground(colours: Colours, slide: Any, pen: Pen) -> str:
    """The colour behind a chart, the middle one of several; else that of the slide, or paper."""
    known = sorted((each for each in pen.ground if each), key=luminance)
    if known:
        return known[len(known) // 2]
    layout = slide.part_related_by(RELATIONSHIP_TYPE.SLIDE_LAYOUT)
    master = layout.part_related_by(RELATIONSHIP_TYPE.SLIDE_MASTER)
    for holder in (layout, master):
        painted = holder._element.find("{*}cSld/{*}bg")  # noqa: SLF001
        if painted is not None:
            plain = next(painted.iter(f"{{{MAIN}}}schemeClr", f"{{{MAIN}}}srgbClr"), None)
            digits = colours.digits(plain) if plain is not None else ""
            return digits or colours.named("bg1")
    return colours.named("bg1")
