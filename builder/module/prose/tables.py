"""Tables: rows that are complete, alignment as classes, scopes, captions."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from lxml.html import HtmlElement
from markdown import Markdown
from markdown.extensions.tables import TableExtension, TableProcessor

from builder.module.prose.source import Source
from builder.module.prose.tree import CELLS, LINE, add_class, line_of

CAPTION = "Table:"
ALIGNMENTS = ("left", "center", "right")
DASHES = "A table needs a line of dashes under its header, as in |---|---|."


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

    Alignment becomes a class, header cells get a scope, `Table: …` behind a table is its caption.
    """
    for table in part.iter("table"):
        _check_rows(table, source)
    for block in part.iter("p", "li", "dd"):
        _check_pipes(block, source)
    for cell in part.iter("th", "td"):
        _finish_cell(cell)
    for words in list(part.iter("p")):
        before = words.getprevious()
        if before is not None and before.tag == "table" and _is_caption(words):
            _caption(before, words)


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
    table.insert(0, words)
