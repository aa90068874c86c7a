"""A table's element -> its record, with as many cells in each row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from builder.artifacts.deck.outline.elements import classes_of, line_of, whole
from builder.artifacts.deck.outline.inline import runs_of
from builder.artifacts.deck.records import Paragraph, Row, Table


def table_of(element: HtmlElement) -> Table | None:
    """The table; None where it has no rows."""
    rows = list(element.iter("tr"))
    if not rows:
        return None
    heads = [row for row in rows if _is_head(row)]
    cells = {row: [cell for cell in row if cell.tag in ("td", "th")] for row in rows}
    count = max(sum(_span(cell) for cell in cells[row]) for row in rows) or 1
    captions = [runs_of(each) for each in element.iter("caption")]
    words = next(filter(None, captions), ())
    return Table(
        head=tuple(_row(cells[row], count) for row in heads),
        rows=tuple(_row(cells[row], count) for row in rows if row not in heads),
        caption=Paragraph(words, "caption", line=line_of(element)) if words else None,
        line=line_of(element),
        wishes=_wishes(element.get("data-widths", ""), count),
    )


def _wishes(value: str, count: int) -> tuple[float, ...]:
    """The widths of the columns in parts, where there is one for each."""
    parts = value.split()
    known = [each for each in parts if re.fullmatch(r"\d{1,3}(\.\d+)?", each) and float(each)]
    return tuple(map(float, known)) if len(parts) == len(known) == count else ()


def _is_head(row: HtmlElement) -> bool:
    parent = row.getparent()
    return parent is not None and parent.tag == "thead"


def _row(cells: Sequence[HtmlElement], count: int) -> Row:
    """As many cells as the table has columns: a row with one too few makes PowerPoint repair."""
    row: list[Paragraph] = []
    for cell in cells:
        row.append(_cell(cell))
        row.extend(Paragraph(()) for _ in range(_span(cell) - 1))
    row.extend(Paragraph(()) for _ in range(count - len(row)))
    return tuple(row)


def _cell(cell: HtmlElement) -> Paragraph:
    aligns = {"left": "l", "center": "ctr", "right": "r"}
    align = next((aligns[name] for name in classes_of(cell) if name in aligns), "")
    return Paragraph(runs_of(cell), align=align, line=line_of(cell))


def _span(cell: HtmlElement) -> int:
    return min(max(whole(cell.get("colspan"), 1), 1), 50)
