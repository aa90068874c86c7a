"""Bare python-pptx: what somebody would write by hand to get the same slides.

The same master deck, layouts, words, looks, tables, charts, pictures and notes, by the public
functions of python-pptx only. Nothing is measured, stamped, sealed, or read back.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData

Step = Callable[[Any], None]
"""Writes one shape on a slide."""
Words = tuple[tuple[int, tuple[tuple[str, Any, Any, Any, Any], ...]], ...]
"""Paragraphs: level and runs; a run is text, bold, italic, size and address."""


@dataclass(frozen=True)
class Recipe:
    """How to write one slide."""

    layout: int
    steps: tuple[Step, ...]
    notes: Words | None


def recipes(deck: bytes) -> list[Recipe]:
    """What stands on the slides of a finished deck, as steps that write it again."""
    presentation = Presentation(io.BytesIO(deck))
    names = [layout.part.partname for layout in _layouts(presentation)]
    return [
        Recipe(
            names.index(slide.slide_layout.part.partname),
            tuple(_steps(slide)),
            _words(slide.notes_slide.notes_text_frame) if slide.has_notes_slide else None,
        )
        for slide in presentation.slides
    ]


def write(master: bytes, slides: list[Recipe]) -> bytes:
    """The deck again, by bare python-pptx."""
    presentation = Presentation(io.BytesIO(master))
    layouts = _layouts(presentation)
    for recipe in slides:
        slide = presentation.slides.add_slide(layouts[recipe.layout])
        for step in recipe.steps:
            step(slide)
        if recipe.notes is not None:
            _fill(slide.notes_slide.notes_text_frame, recipe.notes)
    target = io.BytesIO()
    presentation.save(target)
    return target.getvalue()


def _layouts(presentation: Any) -> list[Any]:
    return [layout for master in presentation.slide_masters for layout in master.slide_layouts]


def _steps(slide: Any) -> Iterator[Step]:
    held = {holder.placeholder_format.idx for holder in slide.slide_layout.placeholders}
    for shape in slide.shapes:
        box = (shape.left, shape.top, shape.width, shape.height)
        if shape.has_table:
            yield _table(shape.table, box)
        elif shape.has_chart:
            yield _chart(shape.chart, box)
        elif hasattr(shape, "image"):
            yield _picture(shape.image.blob, box, shape.name)
        elif shape.has_text_frame:
            yield _text(shape, box, held)


def _text(shape: Any, box: Any, held: set[int]) -> Step:
    words = _words(shape.text_frame)
    index = shape.placeholder_format.idx if shape.is_placeholder else None

    def step(slide: Any) -> None:
        mine = None
        if index is not None:
            mine = next((h for h in slide.placeholders if h.placeholder_format.idx == index), None)
        if mine is None:  # python-pptx does not offer footers
            mine = slide.shapes.add_textbox(*(each or 0 for each in box))
        _fill(mine.text_frame, words)

    return step


def _table(table: Any, box: Any) -> Step:
    cells = [[_words(cell.text_frame) for cell in row.cells] for row in table.rows]
    widths = [column.width for column in table.columns]
    heights = [row.height for row in table.rows]

    def step(slide: Any) -> None:
        made = slide.shapes.add_table(len(cells), len(widths), *box).table
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        for row, height, words in zip(made.rows, heights, cells, strict=True):
            row.height = height
            for cell, inside in zip(row.cells, words, strict=True):
                _fill(cell.text_frame, inside)

    return step


def _chart(chart: Any, box: Any) -> Step:
    kind, plot = chart.chart_type, chart.plots[0]
    categories = list(plot.categories)
    series = [(each.name, tuple(each.values)) for each in plot.series]

    def step(slide: Any) -> None:
        data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
        data.categories = categories
        for name, values in series:
            data.add_series(name, values)
        slide.shapes.add_chart(kind, *box, data)

    return step


def _picture(data: bytes, box: Any, name: str) -> Step:
    def step(slide: Any) -> None:
        slide.shapes.add_picture(io.BytesIO(data), *box).name = name

    return step


def _words(frame: Any) -> Words:
    return tuple(
        (
            paragraph.level,
            tuple(
                (run.text, font.bold, font.italic, font.size, run.hyperlink.address)
                for run in paragraph.runs
                for font in (run.font,)
            ),
        )
        for paragraph in frame.paragraphs
    )


def _fill(frame: Any, words: Words) -> None:
    for number, (level, runs) in enumerate(words):
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
        if level:
            paragraph.level = level
        for text, bold, italic, size, address in runs:
            run = paragraph.add_run()
            run.text = text
            if bold is not None:
                run.font.bold = bold
            if italic is not None:
                run.font.italic = italic
            if size is not None:
                run.font.size = size
            if address:
                run.hyperlink.address = address
