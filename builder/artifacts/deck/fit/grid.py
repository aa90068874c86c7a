"""The widths and heights of a table's columns and rows.

Words shrink to the table's floor before anything else gives way. Then long words are broken, but
never a number, since one that is broken over two lines may be read as another. A table that is
too broad even so becomes several, each with the first column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from math import ceil

from builder.artifacts.deck.fit.metrics import Faces
from builder.artifacts.deck.fit.said import Said
from builder.artifacts.deck.records import Paragraph, Row, Run, Table
from builder.artifacts.deck.tokens import Tokens

MOST = 100
"""Points; no text shrinks by so many."""
ROUNDING = 2.0
"""Points that a column gets beyond its longest word, since programs round differently."""
CLAIMS = (0.5, 0.4, 0.3, 0.2, 0.15, 0.1)
"""The parts of the width that a word may claim for its column, where there is too little."""
LONG = 10.0
"""The em that any word may claim: about twenty letters, more than most words have."""
NUMBER = re.compile(r"[^\W\d_]{0,3}[\d.,:;/%°±+<>=≤≥−–()-]+[^\W\d_]{0,3}")
"""A number as it stands in a cell, with a short unit."""

Widths = tuple[list[float], list[float]]
"""The least width of each column, and the one that it would like."""


def fitted(
    table: Table, width: float, faces: Faces, tokens: Tokens, said: Said
) -> tuple[Table, ...] | None:
    """The table with the widths that its columns keep on every slide; several where it is broad.

    None where a number is too wide for any column, even at the smallest size.
    """
    for shrink in range(ceil(tokens.table - size_of(tokens, MOST)) + 1):
        wishes = _wishes(table, size_of(tokens, shrink), faces, tokens)
        if sum(wishes[0]) <= width:
            return (_shared(table, wishes, width, shrink),)
    size = size_of(tokens, MOST)
    shrink = ceil(tokens.table - size)
    least, most = _wishes(table, size, faces, tokens)
    least = _with_broken_words(table, least, width, min(LONG * size, width * CLAIMS[0]))
    if sum(least) <= width:
        return (_shared(table, (least, most), width, shrink),)
    groups = _groups(least, width)
    if groups is None:
        return None
    return tuple(_some(table, (least, most), group, width, shrink, said) for group in groups)


def _wishes(table: Table, size: float, faces: Faces, tokens: Tokens) -> Widths:
    inset = 2 * tokens.cell_sides + ROUNDING
    heads = len(table.head)
    least = [_widest(faces.longest, cells, heads, size) + inset for cells in _columns(table)]
    most = [_widest(faces.whole, cells, heads, size) + inset for cells in _columns(table)]
    return least, most


def _columns(table: Table) -> list[tuple[Paragraph, ...]]:
    return list(zip(*table.head, *table.rows, strict=True))


def _widest(
    measure: Callable[[tuple[Run, ...], bool], float],
    cells: tuple[Paragraph, ...],
    heads: int,
    size: float,
) -> float:
    widths = (measure(cell.runs, at < heads) for at, cell in enumerate(cells))
    return float(max(widths, default=0.0)) * size


def _with_broken_words(table: Table, least: list[float], width: float, long: float) -> list[float]:
    """The least widths where long words are broken: no more than it needs, and none below `long`.

    Columns of numbers keep theirs.
    """
    numbers = [_holds_long_number(cells) for cells in _columns(table)]
    broken = least
    for claim in CLAIMS:
        most = max(width * claim, long)
        broken = [
            each if number else min(each, most) for each, number in zip(least, numbers, strict=True)
        ]
        if sum(broken) <= width:
            break
    return broken


def _holds_long_number(cells: Sequence[Paragraph]) -> bool:
    """Whether a column's longest word is a number."""
    words = (word for cell in cells for word in cell.text.split())
    return bool(NUMBER.fullmatch(max(words, key=len, default="")))


def _groups(least: Sequence[float], width: float) -> list[range] | None:
    """The further columns that stand beside the first one in each table, as even as can be."""
    room = width - least[0]
    if max(least[1:], default=width) > room:
        return None
    count = len(list(_greedy(least, room, len(least))))
    even = ceil((len(least) - 1) / count)
    tries = (list(_greedy(least, room, most)) for most in range(even, len(least)))
    return next(groups for groups in tries if len(groups) == count)


def _greedy(least: Sequence[float], room: float, most: int) -> Iterator[range]:
    """As many columns as fit, and no more than `most`, in each group."""
    start, used = 1, 0.0
    for at in range(1, len(least)):
        if at > start and (used + least[at] > room or at - start == most):
            yield range(start, at)
            start, used = at, 0.0
        used += least[at]
    yield range(start, len(least))


def _some(
    table: Table, wishes: Widths, group: range, width: float, shrink: int, said: Said
) -> Table:
    """A table of the first column and some others, with a caption that says which."""
    picked = (0, *group)

    def pick(row: Sequence[Paragraph]) -> Row:
        return tuple(row[at] for at in picked)

    words = said.columns(group[0] + 1, group[-1] + 1, len(wishes[0]))
    before = (*table.caption.runs, Run(" · ")) if table.caption else ()
    part = replace(
        table,
        head=tuple(map(pick, table.head)),
        rows=tuple(map(pick, table.rows)),
        caption=Paragraph((*before, words), "caption", line=table.line),
        wishes=tuple(table.wishes[at] for at in picked) if _are_wishes(table) else (),
    )
    least, most = ([each[at] for at in picked] for each in wishes)
    return _shared(part, (least, most), width, shrink)


def _shared(table: Table, wishes: Widths, width: float, shrink: int) -> Table:
    """The table with the part of the width that each of its columns takes."""
    widths = _asked(wishes[0], table.wishes, width) if _are_wishes(table) else None
    widths = widths or _widths(*wishes, width)
    total = sum(widths)
    return replace(table, shares=tuple(each / total for each in widths), shrink=shrink)


def _are_wishes(table: Table) -> bool:
    count = len(_columns(table))
    return len(table.wishes) == count and min(table.wishes, default=0.0) > 0


def _asked(least: Sequence[float], wishes: Sequence[float], width: float) -> list[float]:
    """The widths that the author wishes; a column that would be too narrow gets its least."""
    narrow: set[int] = set()
    while True:
        free = width - sum(least[at] for at in narrow)
        parts = sum(wish for at, wish in enumerate(wishes) if at not in narrow)
        widths = [
            least[at] if at in narrow else free * wish / parts for at, wish in enumerate(wishes)
        ]
        short = {at for at, each in enumerate(widths) if each < least[at] and at not in narrow}
        if not short:
            return widths
        narrow |= short


def _widths(least: list[float], most: list[float], width: float) -> list[float]:
    """Every column as wide as it likes, else between its least and its most."""
    if sum(most) <= width:
        return [each * width / sum(most) for each in most]
    wishes = [max(0.0, high - low) for low, high in zip(least, most, strict=True)]
    part = (width - sum(least)) / (sum(wishes) or 1.0)
    return [low + wish * part for low, wish in zip(least, wishes, strict=True)]


def size_of(tokens: Tokens, step: int) -> float:
    """The size of a table's words, shrunk by so many points."""
    return max(min(tokens.table, tokens.table_floor), tokens.table - step)


def row_height(
    row: Row, table: Table, width: float, step: int, faces: Faces, tokens: Tokens, head: bool
) -> float:
    """The height of a row in points; the head's words are bold."""
    size = size_of(tokens, max(step, table.shrink))
    height = max(
        faces.stack(cell.runs, size, width * share - 2 * tokens.cell_sides, head)
        for cell, share in zip(row, table.shares, strict=True)
    )
    least = tokens.row_height * size / tokens.table
    return max(height + 2 * tokens.cell_ends, least)
