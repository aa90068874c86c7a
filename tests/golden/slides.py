"""The slides of a deck as text, read with python-pptx: what an editor of the deck would find."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pptx.oxml.ns import qn

INCH = 914400
EXTENSION = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
FEET = {"dt": "date", "ftr": "footer", "sldNum": "number"}
MARKS = {"buNone": "", "buChar": "-", "buAutoNum": "1."}


def slides(presentation: Any) -> Iterator[str]:
    """All slides, each as a heading and its shapes in reading order."""
    sections = _sections(presentation)
    for number, slide in enumerate(presentation.slides, 1):
        yield f"# Slide {number}"
        yield f"layout: {slide.slide_layout.name}; section: {sections.get(slide.slide_id, '')}"
        for shape in slide.shapes:
            yield from _shape(shape)
        if slide.has_notes_slide:
            yield "notes:"
            yield from _paragraphs(slide.notes_slide.notes_placeholder)
        yield ""


def _sections(presentation: Any) -> dict[int, str]:
    found = {}
    for section in presentation.element.iter(f"{EXTENSION}section"):
        for entry in section.iter(f"{EXTENSION}sldId"):
            found[int(entry.get("id"))] = section.get("name")
    return found


def _shape(shape: Any) -> Iterator[str]:
    mark = shape.element.find(f".//{qn('p:ph')}")
    kind = mark.get("type", "content") if mark is not None else "free"
    if kind in ("title", "ctrTitle"):
        yield f"title: {' / '.join(_runs(line, shape) for line in shape.text_frame.paragraphs)}"
    elif kind in FEET:
        yield f"{FEET[kind]}: {shape.text_frame.text}"
    elif shape.element.tag == qn("p:pic"):
        size = f"{shape.width / INCH:.1f} × {shape.height / INCH:.1f} in"
        yield f"{shape.name} [{kind}] {size}: {_alternative(shape)}"
    elif shape.has_chart:
        yield f"{shape.name} [{kind}] {_alternative(shape)}"
        yield from _chart(shape.chart)
    elif shape.has_table:
        described = shape.element.find(f".//{qn('p:cNvPr')}").get("descr", "")
        yield f"{shape.name} [{kind}] {described}".rstrip()
        yield from _table(shape)
    else:
        yield f"{shape.name} [{kind}]"
        yield from _paragraphs(shape)


def _alternative(shape: Any) -> str:
    named = shape.element.find(f".//{qn('p:cNvPr')}")
    return "decorative" if named.find(f".//{DECORATIVE}") is not None else named.get("descr")


def _chart(chart: Any) -> Iterator[str]:
    """Kind, titles, and the numbers as a table."""
    (plot,) = chart.plots
    titles = [each.findall(f".//{qn('a:t')}") for each in chart._chartSpace.iter(qn("c:title"))]
    words = " / ".join("".join(run.text for run in runs) for runs in titles)
    yield f"  {chart.chart_type.name}: {words}"
    yield f"| {' | '.join(['', *(series.name for series in plot.series)])} |"
    for category, *values in zip(plot.categories, *(s.values for s in plot.series), strict=True):
        yield f"| {' | '.join([category, *('' if v is None else f'{v:g}' for v in values)])} |"


def _table(shape: Any) -> Iterator[str]:
    for row in shape.table.rows:
        cells = (
            " / ".join(_runs(line, cell) for line in cell.text_frame.paragraphs)
            for cell in row.cells
        )
        yield f"| {' | '.join(cells)} |"


def _paragraphs(shape: Any) -> Iterator[str]:
    for paragraph in shape.text_frame.paragraphs:
        mark = _mark(paragraph, shape)
        yield f"  {'    ' * paragraph.level}{mark}{' ' if mark else ''}{_runs(paragraph, shape)}"


def _mark(paragraph: Any, shape: Any) -> str:
    """The bullet or number that a paragraph shows: its own, or the nearest that it inherits."""
    for properties in (paragraph._p.pPr, *_inherited(shape, paragraph.level)):
        for name, mark in MARKS.items():
            found = None if properties is None else properties.find(qn(f"a:{name}"))
            if found is not None:
                letters = found.get("type", "").startswith("alpha")
                first = "A" if letters else found.get("startAt", "1")
                return f"{first}." if name == "buAutoNum" else mark
    return ""


def _inherited(shape: Any, level: int) -> Iterator[Any]:
    """The level's properties in the shape, then in the placeholders that it follows."""
    holder, name = shape, qn(f"a:lvl{level + 1}pPr")
    while holder is not None:
        yield holder.element.find(f".//{qn('a:lstStyle')}/{name}")
        holder = getattr(holder, "_base_placeholder", None) if holder.is_placeholder else None
    if shape.is_placeholder and hasattr(shape.part, "slide_layout"):
        master = shape.part.slide_layout.slide_master
        yield master.element.find(f".//{qn('p:bodyStyle')}/{name}")


def _runs(paragraph: Any, shape: Any) -> str:
    return "".join(_run(each, shape) for each in paragraph._p if not each.tag.endswith("Pr"))


def _run(node: Any, shape: Any) -> str:
    """A run with its marks; a line break as a stroke."""
    if node.tag == qn("a:br"):
        return " / "
    text = node.findtext(qn("a:t")) or ""
    look = node.find(qn("a:rPr"))
    bare = text.strip()
    if look is None or not bare:
        return text
    before, after = text[: text.index(bare)], text[text.index(bare) + len(bare) :]
    return f"{before}{_marked(bare, look, shape)}{after}"


def _marked(text: str, look: Any, shape: Any) -> str:
    raised = int(look.get("baseline", 0))
    if raised:
        text = f"^{text}^" if raised > 0 else f"~{text}~"
    if look.find(qn("a:latin")) is not None:
        text = f"`{text}`"
    if look.get("i") == "1":
        text = f"*{text}*"
    if look.get("b") == "1":
        text = f"**{text}**"
    link = look.find(qn("a:hlinkClick"))
    return text if link is None else f"[{text}]({_address(link, shape)})"


def _address(link: Any, shape: Any) -> str:
    relation = shape.part.rels[link.get(qn("r:id"))]
    if relation.is_external:
        return str(relation.target_ref)
    return f"slide “{relation.target_part.slide.shapes.title.text_frame.text}”"
