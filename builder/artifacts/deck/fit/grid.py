"""The widths and heights of a table's columns and rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from builder.artifacts.deck.fit.metrics import LEADING, Faces
from builder.artifacts.deck.records import Paragraph, Row, Run, Table
from builder.artifacts.deck.tokens import Tokens

MOST = 100
"""Points; no text shrinks by so many."""
ROUNDING = 2.0
"""Points that a column gets beyond its longest word, since programs round differently."""


def with_shares(table: Table, width: float, faces: Faces, tokens: Tokens) -> Table | None:
    """The table with the widths that its columns keep on every slide, by what is in them.

    None where a word is too wide for its column even at the smallest size: a number that is broken
    over two lines may be read as another one.
    """
    for shrink in range(int(tokens.table - size_of(tokens, MOST)) + 1):
        least, most = _wishes(table, size_of(tokens, shrink), faces, tokens)
        if sum(least) <= width:
            total = sum(widths := _widths(least, most, width))
            return replace(table, shares=tuple(each / total for each in widths), shrink=shrink)
    return None


def _wishes(
    table: Table, size: float, faces: Faces, tokens: Tokens
) -> tuple[list[float], list[float]]:
    """The least width of each column, and the one that it would like."""
    inset = 2 * tokens.cell_sides + ROUNDING
    columns = list(zip(*table.head, *table.rows, strict=True))
    heads = len(table.head)
    least = [_widest(faces.longest, cells, heads, size) + inset for cells in columns]
    most = [_widest(faces.whole, cells, heads, size) + inset for cells in columns]
    return least, most


def _widest(
    measure: Callable[[tuple[Run, ...], bool], float],
    cells: tuple[Paragraph, ...],
    heads: int,
    size: float,
) -> float:
    widths = (measure(cell.runs, at < heads) for at, cell in enumerate(cells))
    return float(max(widths, default=0.0)) * size


def _widths(least: list[float], most: list[float], width: float) -> list[float]:
    """Every column as wide as it likes, else between its least and its most."""
    if sum(most) <= width:
        return [each * width / sum(most) for each in most]
    wishes = [high - low for low, high in zip(least, most, strict=True)]
    part = (width - sum(least)) / sum(wishes)
    return [low + wish * part for low, wish in zip(least, wishes, strict=True)]


def size_of(tokens: Tokens, step: int) -> float:
    """The size of a table's words, shrunk by so many points."""
    return max(min(tokens.table, tokens.table_floor), tokens.table - step)


def row_heights(
    rows: tuple[Row, ...], table: Table, width: float, step: int, faces: Faces, tokens: Tokens
) -> tuple[float, ...]:
    """The height of each row in points; the head's words are bold."""
    size = size_of(tokens, max(step, table.shrink))
    return tuple(_row(row, table, width, size, faces, tokens, row in table.head) for row in rows)


def _row(
    row: Row, table: Table, width: float, size: float, faces: Faces, tokens: Tokens, bold: bool
) -> float:
    lines = max(
        faces.lines(cell.runs, size, width * share - 2 * tokens.cell_sides, bold)
        for cell, share in zip(row, table.shares, strict=True)
    )
    least = tokens.row_height * size / tokens.table
    return max(lines * size * LEADING + 2 * tokens.cell_ends, least)
