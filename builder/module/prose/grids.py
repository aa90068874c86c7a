"""The numbers of a chart as a grid, from a table or a file: names above, names beside."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from lxml.html import HtmlElement

from builder.module.files import DATA, nearest_data
from builder.module.numbers import Number, read_number
from builder.module.prose.inline import CITED, NOTED
from builder.module.prose.source import Source, allowed
from builder.module.prose.tree import line_of, make, words_of
from builder.problems import Place, Rejected
from builder.workspace import Folder

SEPARATORS = ",;\t"
"""What stands between the cells of a file; the one that its first line has most of."""
MOST_ROWS = 1000
MOST_CELLS = 50
"""Beyond these a file is no chart, and nothing of it is kept."""

_UNIT = re.compile(r"\(([^()]+)\)$")


@dataclass(frozen=True, slots=True)
class Cell:
    """Words, and the line that they stand on."""

    text: str
    line: int
    marked: bool = False
    """Whether a citation or a footnote stands in it."""


@dataclass(frozen=True)
class Grid:
    """Rows of as many cells as the head has."""

    source: Source
    """Where the cells are from, and where what is wrong with them goes."""
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def table(self) -> HtmlElement:
        """The grid as a table."""
        table, head, body = make("table"), make("thead"), make("tbody")
        table[:] = [head, body]
        head.append(_row(self.head, "th", {"scope": "col"}))
        for cells in self.rows:
            body.append(_row(cells, "td", {}))
        return table


def common_unit(grid: Grid) -> str:
    """The unit in brackets with which the names of all columns end; nothing where they differ."""
    units = {match[1] if (match := _UNIT.search(cell.text)) else "" for cell in grid.head[1:]}
    return units.pop().strip() if len(units) == 1 else ""


def _row(cells: tuple[Cell, ...], tag: str, attributes: dict[str, str]) -> HtmlElement:
    row = make("tr")
    row[:] = [make(tag, attributes, cell.text) for cell in cells]
    return row


def grid_of_table(table: HtmlElement, source: Source) -> Grid | None:
    """The words of a table; None, and reported, where its rows are not all as long as the first.

    Rows that hold nothing are taken out of the table.
    """
    for row in list(table.iter("tr")):
        if not words_of(row):
            row.drop_tree()
    rows = [tuple(_cell(each) for each in row.iter("th", "td")) for row in table.iter("tr")]
    if not rows or not rows[0] or table.find(".//table") is not None:
        hint = "Write a first row with names, then a row for each name."
        source.report("chart-data", "The table of a chart is no plain one.", line_of(table), hint)
        return None
    uneven = [
        row
        for row in table.iter("tr")
        if len(row.findall("th") + row.findall("td")) != len(rows[0])
    ]
    for row in uneven:
        hint = "Write each cell of its own."
        source.report("table-cells", "The row is not as long as the first.", line_of(row), hint)
    return None if uneven else Grid(source, rows[0], tuple(rows[1:]))


def _cell(cell: HtmlElement) -> Cell:
    marks = cell.iter("sup", "span")
    marked = any(CITED in each.attrib or NOTED in each.attrib for each in marks)
    return Cell(words_of(cell), line_of(cell), marked)


def grid_of_file(path: str, folder: Folder | None, source: Source, line: int) -> Grid | None:
    """The cells of a CSV file; None, and reported, where they cannot be had.

    Args:
        path: the file in the module's folder.
        folder: the module's folder.
        source: the text that names the file.
        line: where it names it.
    """
    text = _text(path, folder, source, line)
    if text is None or folder is None:
        return None
    lines = text.split("\n")
    sheet = Source(folder.label(path), len(lines), source.problems)
    rows = _rows(allowed(lines, sheet), sheet)
    if not rows:
        return None
    head, *below = rows
    if all(len(row) == len(head) for row in below):
        return Grid(sheet, head, tuple(below))
    for row in below:
        if len(row) != len(head):
            cells = "1 cell" if len(row) == 1 else f"{len(row)} cells"
            message = f"The row has {cells}, the first one {len(head)}."
            sheet.report("table-cells", message, row[0].line, _hint(row, len(head)))
    return None


def _hint(row: tuple[Cell, ...], wanted: int) -> str:
    """What to do about a row that is not as long as the first."""
    if len(row) < wanted:
        return "Part its cells as in the first row; an empty cell is written too, as in a,,3."
    if all(cell.text.isdigit() for cell in row[-2:]):
        return "Write 12.5, not 12,5."
    return 'Put words with a comma into "quotation marks".'


def _text(path: str, folder: Folder | None, source: Source, line: int) -> str | None:
    place = Place(source.path, line)
    if PurePosixPath(path).suffix.lower() not in DATA:
        hint = "Save the numbers as CSV, with the encoding UTF-8."
        source.report("chart-data", f"“{path}” is not a CSV file.", line, hint)
        return None
    try:
        if folder is not None and folder.has(path):
            return folder.text(path)
    except Rejected as rejected:
        for each in rejected.problems:
            source.problems.extend([each if each.code == "not-utf8" else each.at(place)])
        return None
    hint = nearest_data(folder, path) if folder else ""
    source.report("file-missing", f"There is no file {path}.", line, hint)
    return None


def _rows(lines: list[str], sheet: Source) -> list[tuple[Cell, ...]]:
    """The rows that hold anything; empty cells behind the last name of the head are left out."""
    try:
        rows = list(_read(lines))
    except csv.Error as error:
        hint = "Save it again as CSV."
        sheet.report("chart-data", f"The file is not CSV: {error}.", 1, hint)
        return []
    if not rows or len(rows) > MOST_ROWS or max(map(len, rows)) > MOST_CELLS:
        message = "The file is too large for a chart." if rows else "The file holds no numbers."
        hint = "Write a first row with names, then a row for each name."
        sheet.report("chart-data", message, 1, hint)
        return []
    width = len(_trimmed(rows[0], 0))
    return [_trimmed(row, width) for row in rows]


def _read(lines: list[str]) -> Iterator[tuple[Cell, ...]]:
    first = re.sub(r'"[^"]*"', "", next((line for line in lines if line.strip()), ""))
    separator = max(SEPARATORS, key=first.count)
    file = io.StringIO("\n".join(lines), newline="")
    reader = csv.reader(file, delimiter=separator, strict=True)
    start = 1
    for row in reader:
        cells = tuple(Cell(" ".join(words.split()), start) for words in row)
        start = reader.line_num + 1
        if any(cell.text for cell in cells):
            yield cells


def _trimmed(row: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    """A row without the empty cells at its end, but no shorter than wanted."""
    count = len(row)
    while count > width and not row[count - 1].text:
        count -= 1
    return row[:count]


def check_numbers(grid: Grid) -> list[list[Number | None]] | None:
    """The numbers row by row; None, each reported, where a cell holds something else."""
    found = [[_number(cell, row[0], grid) for cell in row[1:]] for row in grid.rows]
    numbers = [
        (cell, number)
        for row, cells in zip(found, grid.rows, strict=True)
        for number, cell in zip(row, cells[1:], strict=True)
        if isinstance(number, Number)
    ]
    fits = not any(number is False for row in found for number in row)
    for cell, number in numbers:
        if number.percent != numbers[0][1].percent:
            message = f"“{cell.text}” and “{numbers[0][0].text}” are not of one kind."
            grid.source.report("chart-number", message, cell.line, "Write % behind all, or none.")
            fits = False
            break
    for column, head in enumerate(grid.head[1:]):
        if grid.rows and all(row[column] is None for row in found):
            message = f"The column “{head.text}” holds no number."
            grid.source.report("chart-data", message, head.line, "Fill it, or leave it out.")
            fits = False
    return [[each or None for each in row] for row in found] if fits else None


def _number(cell: Cell, name: Cell, grid: Grid) -> Number | Literal[False] | None:
    """The number in a cell; False, and reported, where it holds something else."""
    try:
        return read_number(cell.text)
    except ValueError as error:
        message = f"“{cell.text[:40]}”, in the row “{name.text[:40]}”, is not a number."
        grid.source.report("chart-number", message, cell.line, str(error))
        return False
