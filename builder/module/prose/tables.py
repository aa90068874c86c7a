"""Tables: rows that are complete, alignment as classes, scopes, captions, widths."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from xml.etree.ElementTree import Element

from lxml.html import HtmlElement
from markdown import Markdown
from markdown.extensions.tables import TableExtension, TableProcessor

from builder.module.prose.source import MOST_COLUMNS, Source
from builder.module.prose.tree import CELLS, LINE, add_class, line_of, make

CAPTION = "Table:"
ALIGNMENTS = ("left", "center", "right")
WIDTHS = "data-widths"
"""The attribute that holds the widths of the columns, in parts."""
SPANS = ("colspan", "rowspan")
DASHES = "A table needs a line of dashes under its header, as in |---|---|."

_WIDTHS = re.compile(r"[ ]*\{[ ]*widths=[\"“”]?([^\"“”{}]*)[\"“”]?[ ]*\}\s*$")
_PART = re.compile(r"(?!0+(\.0+)?%?$)[0-9]{1,3}(\.[0-9]{1,2})?%?")


class Tables(TableExtension):
    """Python-Markdown's tables, which also tell of rows with too many or too few cells."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """In the place of the processor that fills up or cuts such rows in silence."""
        super().extendMarkdown(md)
        rows = _Rows(md.parser, self.getConfigs())
        md.parser.blockprocessors.register(rows, "table", 75)


class _Rows(TableProcessor):  # the published types leave out what begins with _
    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        super()._build_row(row, parent, align)  # type: ignore[misc]
        found = len(self._split_row(row))  # type: ignore[attr-defined]
        if found != len(align):
            parent[-1].set(CELLS, str(found))


def finish_tables(part: HtmlElement, source: Source) -> None:
    """Report rows that are not as long as the header, and give tables the form that they need.

    Alignment becomes a class, header cells get a scope, `Table: …` behind a table is its caption
    and says how wide its columns are. Cells that span others are parted.
    """
    for table in part.iter("table"):
        _check_rows(table, source)
        _part_cells(table, source)
    for block in part.iter("p", "li", "dd"):
        _check_pipes(block, source)
    for cell in part.iter("th", "td"):
        _finish_cell(cell)
    for words in list(part.iter("p")):
        before = words.getprevious()
        if before is not None and before.tag == "table" and _is_caption(words):
            _caption(before, words)
    for table in part.iter("table"):
        _check_widths(table, source)


def _check_rows(table: HtmlElement, source: Source) -> None:
    line = line_of(table)
    for row in table.iter("tr"):
        line = int(row.get(LINE) or line + 1)
        found = row.attrib.pop(CELLS, "")
        if found.isdigit():
            cells = "1 cell" if found == "1" else f"{found} cells"
            message = f"The row has {cells}, the header {len(row)}."
            source.report("table-cells", message, line, _hint(int(found), len(row)))


def _hint(found: int, wanted: int) -> str:
    if found == 1:
        return "Write an empty cell as | |; put a blank line between a table and text behind it."
    if found < wanted:
        return "Write an empty cell as | |."
    return r"Join two cells, or add one to the header; a | that is text is written \|."


def _check_pipes(block: HtmlElement, source: Source) -> None:
    """Report what was meant as a table but is shown as lines of text."""
    if "|" not in (block.text or ""):
        return
    rows = [line.strip() for line in block.text_content().split("\n")]
    for index, (row, behind) in enumerate(zip(rows, [*rows[1:], ""], strict=True)):
        if _is_dashes(behind) and "|" in row:
            message = "The line of dashes has not as many cells as the header."
        elif _is_row(row) and (_is_row(behind) or row.count("|") > 2):
            message = "These lines are not a table."
        else:
            continue
        source.report("table-cells", message, line_of(block) + index, DASHES)
        return


def _is_dashes(line: str) -> bool:
    return "|" in line and "-" in line and not line.strip("|:- ")


def _is_row(line: str) -> bool:
    return len(line) > 2 and line.startswith("|") and line.endswith("|")


def _finish_cell(cell: HtmlElement) -> None:
    alignment = cell.attrib.pop("align", None)
    if alignment in ALIGNMENTS:
        add_class(cell, alignment)
    if cell.tag == "th" and not cell.get("scope"):
        row = cell.getparent()
        heads = row is not None and all(each.tag == "th" for each in row)
        cell.set("scope", "col" if heads else "row")


def _is_caption(words: HtmlElement) -> bool:
    return (words.text or "")[: len(CAPTION)].casefold() == CAPTION.casefold()


def _caption(table: HtmlElement, words: HtmlElement) -> None:
    if table.find("caption") is not None:
        return
    table.tail = words.tail
    words.tail = None
    words.tag = "caption"
    words.text = (words.text or "")[len(CAPTION) :].lstrip()
    if widths := words.attrib.pop("widths", "") or _taken(words):
        table.set(WIDTHS, widths)
    if len(words) or words.text:
        table.insert(0, words)
    else:
        words.drop_tree()


def _taken(words: HtmlElement) -> str:
    """The widths that stand at the end of a caption; they are no part of it."""
    last = words[-1] if len(words) else None
    text = (words.text if last is None else last.tail) or ""
    found = _WIDTHS.search(text)
    if not found:
        return ""
    rest = text[: found.start()]
    if last is None:
        words.text = rest
    else:
        last.tail = rest
    return found[1]


def _check_widths(table: HtmlElement, source: Source) -> None:
    """Leave the widths only where there is one for each column."""
    wishes = table.attrib.pop(WIDTHS, "").replace(",", " ").split()
    columns = max((len(row) for row in table.iter("tr")), default=0)
    if not wishes:
        return
    if len(wishes) == columns and all(_PART.fullmatch(each) for each in wishes):
        table.set(WIDTHS, " ".join(each.rstrip("%") for each in wishes))
        return
    message = f"The widths “{' '.join(wishes)[:40]}” do not fit a table of {columns} columns."
    hint = 'Write a number for each column, as in Table: Doses {widths="2 1 1"}.'
    caption = table.find("caption")
    line = line_of(table if caption is None else caption)
    source.report("table-widths", message, line, hint)


def _part_cells(table: HtmlElement, source: Source) -> None:
    """Give each cell one row and one column; empty cells stand where it spanned others."""
    if any(_span(cell, name) > 1 for cell in table.iter("th", "td") for name in SPANS):
        message = "A cell spans several columns or rows; it was parted."
        hint = "Write every cell on its own, so that those who listen to a table can follow it."
        source.report("table-merged", message, line_of(table), hint)
        groups = (table, *table.iter("thead", "tbody", "tfoot"))
        for group in groups:
            _part_rows([each for each in group if each.tag == "tr"])
    for cell in table.iter("th", "td"):
        for name in SPANS:
            cell.attrib.pop(name, None)


def _part_rows(rows: list[HtmlElement]) -> None:
    covered: dict[int, int] = {}
    for row in rows:
        column = 0
        for cell in [each for each in row if each.tag in ("th", "td")]:
            column = _fill(row, row.index(cell), column, covered)
            for _ in range(_span(cell, "colspan") - 1):
                cell.addnext(_beside(cell))
            for each in range(_span(cell, "colspan")):
                covered[column + each] = _span(cell, "rowspan") - 1
            column += _span(cell, "colspan")
        _fill(row, len(row), column, covered)


def _beside(cell: HtmlElement) -> HtmlElement:
    """What stands where a cell spanned columns: a header heads each of them, the rest is empty."""
    if cell.tag != "th":
        return make("td")
    twin = deepcopy(cell)
    twin.tail = None
    for each in twin.iter():
        each.attrib.pop("id", None)
    return twin


def _fill(row: HtmlElement, at: int, column: int, covered: dict[int, int]) -> int:
    """Empty cells where cells of the rows above reached into this one; the next free column."""
    while covered.get(column, 0) > 0:
        row.insert(at, make("td"))
        covered[column] -= 1
        at, column = at + 1, column + 1
    return column


def _span(cell: HtmlElement, name: str) -> int:
    value = cell.get(name, "")
    return min(max(int(value), 1), MOST_COLUMNS) if re.fullmatch(r"[0-9]{1,4}", value) else 1
