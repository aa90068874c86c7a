"""What a kind of chart cannot show, and what nobody could read."""

from __future__ import annotations

from collections.abc import Iterator

from builder.module.prose.grids import Cell, Grid

MOST_SERIES = 6
"""As many as the colours that a colour scheme has for charts."""
MOST_CATEGORIES = 60
READABLE = {"bar": 12, "column": 12, "line": 30, "pie": 8}
"""Categories that can be read on a slide, by the kind of chart."""
MOST_BARS = 30
LONGEST_NAME = 80
"""Characters of a row's or a column's name: three lines beside a bar."""
LONGEST_TITLE = 160
"""Characters of a chart's title: two lines above it."""

Misfit = tuple[Cell, str, str]
"""Where it is wrong, what, and what to do."""


def misfits(kind: str, grid: Grid) -> Iterator[Misfit]:
    """What keeps a grid from being drawn, before its numbers are read."""
    start, series, rows = grid.head[0], len(grid.head) - 1, len(grid.rows)
    if not series:
        yield start, "The table has no column of numbers.", "Write names first, then numbers."
    if not rows:
        yield start, "The table has no rows.", "Write one row for each name."
    if kind == "pie" and series > 1:
        yield start, "A pie shows one column of numbers.", "Show several as bars."
    elif series > MOST_SERIES:
        message = f"The chart has {series} columns of numbers; {MOST_SERIES} can be told apart."
        yield start, message, "Make several charts of it, or show it as a table."
    if rows > MOST_CATEGORIES:
        message = f"The chart has {rows} rows; more than {MOST_CATEGORIES} cannot be read."
        yield start, message, "Show fewer, or sum them up."
    if kind == "line" and rows == 1:
        yield start, "A line needs two rows or more.", "Show it as a column."
    yield from _names(grid)


def _names(grid: Grid) -> Iterator[Misfit]:
    for cell in (*grid.head[1:], *(row[0] for row in grid.rows)):
        if not cell.text:
            yield cell, "A name is missing.", "Give each column of numbers and each row a name."
    for cell in (cell for row in (grid.head, *grid.rows) for cell in row):
        if cell.marked:
            message = "A cell of a chart holds no citation and no footnote."
            yield cell, message, "Write it into a line of its own: Caption: …"


def pie_misfits(grid: Grid, values: list[float | None]) -> Iterator[Misfit]:
    """What keeps a pie from being drawn, once its numbers are known."""
    for value, row in zip(values, grid.rows, strict=True):
        if value is not None and value < 0:
            message = f"“{row[1].text}” is below nought; a pie shows parts of a whole."
            yield row[1], message, "Show it as bars."
    if not any(values):
        yield grid.head[0], "All parts of the pie are nought.", "Show it as a table."


def crowded(kind: str, grid: Grid) -> bool:
    """Whether more is shown than can be read on a slide."""
    rows, series = len(grid.rows), len(grid.head) - 1
    bars = rows * series if kind in ("bar", "column") else 0
    return rows > READABLE[kind] or bars > MOST_BARS


def wordy(title: str, grid: Grid) -> Iterator[Misfit]:
    """Names and titles that leave no room for what is drawn."""
    hint = "Shorten it: the message and the caption may say the rest."
    if len(title) > LONGEST_TITLE:
        yield grid.head[0], f"The chart's title has {len(title)} characters: hard to read.", hint
    for cell in (*grid.head, *(row[0] for row in grid.rows)):
        if len(cell.text) > LONGEST_NAME:
            yield cell, f"“{cell.text[:40]}…” has {len(cell.text)} characters: hard to read.", hint
