"""Where content may be parted between slides.

Lists between items, paragraphs between sentences, tables between rows with the head repeated; a
row that is higher than a slide within its cells.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from builder.artifacts.deck.fit.said import Said
from builder.artifacts.deck.records import (
    Block,
    Callout,
    Paragraph,
    Row,
    Run,
    Table,
    Words,
)

SENTENCE = re.compile(r"(?:[.!?…؟][\"'”’)\]]*(?:\s+)(?=[^\sa-z])|[。！？])")
WORD = re.compile(r"[^\S\u00a0\u2007\u202f]+")
"""White space that a line may break at."""
JOINED = re.compile(r"[\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")
"""What is one sign with the character before it."""
DASHES = ("—", "–", "―")
"""What an attribution begins with."""
TOGETHER = 2
"""Rows of a table that must fit for it to begin below other things."""
LOOKED_AT = 5000
"""Characters of a paragraph that are looked at to part it: more than a slide holds."""
LABEL = 60
"""Characters of a row's first cell that is repeated where the row goes on."""
ROUNDING = 0.01
"""Points by which sums of heights may differ."""

Parted = tuple[Block | None, list[Block]]
Item = TypeVar("Item")


def most(items: Iterable[Item], room: float, height: Callable[[Item], float]) -> int:
    """How many of the first items fit in a room; no more are measured than that and one."""
    count, used = 0, 0.0
    for item in items:
        used += height(item)
        if used > room + ROUNDING:
            break
        count += 1
    return count


def cut_words(
    words: Words, room: float, fresh: bool, height: Callable[[Paragraph], float]
) -> Parted:
    """The paragraphs that fit and the rest; on an empty slide a long one is parted."""
    paragraphs = words.paragraphs
    count = most(paragraphs, room, height)
    if count == len(paragraphs):
        return words, []
    kept = loose_end(paragraphs, count)
    if kept or (fresh and count):
        kept = kept or count
        return Words(paragraphs[:kept]), [Words(paragraphs[kept:])]
    if not fresh:
        return None, [words]
    first, rest = _parted(paragraphs[0], lambda part: height(part) <= room)
    if first is None or rest is None:
        return None, [words]
    return Words((first,)), [Words((rest, *paragraphs[1:]))]


def loose_end(paragraphs: Sequence[Paragraph], count: int) -> int:
    """How many of the first paragraphs may stay: those that belong to the next one go with it."""
    while count and _is_loose(paragraphs, count):
        count -= 1
    return count


def _is_loose(paragraphs: Sequence[Paragraph], count: int) -> bool:
    """Whether the last of the first paragraphs must not part from the one behind it."""
    last = paragraphs[count - 1]
    if last.kind in ("heading", "term"):
        return True
    if last.kind == "text" and not last.mark and last.text.rstrip().endswith(":"):
        return True
    if count == len(paragraphs):
        return False
    following = paragraphs[count]
    if following.kind == "quotation" and following.text.startswith(DASHES):
        return last.kind == "quotation"
    return bool(last.mark and following.mark) and following.depth > last.depth


def _parted(
    paragraph: Paragraph, fits: Callable[[Paragraph], bool]
) -> tuple[Paragraph | None, Paragraph | None]:
    """A paragraph parted after the last sentence that fits, else word, else character."""
    whole = len(paragraph.text)
    text = paragraph.text[:LOOKED_AT]
    for places in (
        [match.end() for match in SENTENCE.finditer(text)],
        [match.end() for match in WORD.finditer(text)],
        [at for at in range(1, len(text)) if _may_part(text, at)],
    ):
        inside = [at for at in places if 0 < at < whole]
        count = bisect_right(inside, 0, key=lambda at: 0 if fits(_before(paragraph, at)) else 1)
        if count:
            return _before(paragraph, inside[count - 1]), _after(paragraph, inside[count - 1])
    return None, None


def _may_part(text: str, at: int) -> bool:
    """Whether two characters are not one sign."""
    joined = unicodedata.combining(text[at]) or JOINED.match(text[at])
    return not joined and text[at - 1] != "\u200d"


def _before(paragraph: Paragraph, at: int) -> Paragraph:
    *runs, end = _slice(paragraph.runs, 0, at)
    return replace(paragraph, runs=(*runs, replace(end, text=end.text.rstrip())))


def _after(paragraph: Paragraph, at: int) -> Paragraph:
    """What follows; it bears no mark, since it goes on with the same item."""
    runs = _slice(paragraph.runs, at, len(paragraph.text))
    return replace(paragraph, runs=runs, mark="", identity="")


def _slice(runs: Sequence[Run], start: int, stop: int) -> tuple[Run, ...]:
    parts: list[Run] = []
    begin = 0
    for run in runs:
        end = begin + len(run.text)
        if start <= begin and end <= stop:
            parts.append(run)
        elif start < end and begin < stop:
            parts.append(replace(run, text=run.text[max(0, start - begin) : stop - begin]))
        begin = end
    return tuple(parts)


def cut_table(
    table: Table, room: float, fresh: bool, height: Callable[[Row], float], said: Said
) -> Parted:
    """The rows that fit under the head, and a table with the same head for the rest.

    Args:
        table: it does not fit whole.
        room: for its rows, below caption and head.
        fresh: whether it stands first on its slide; then a row that is too high is parted.
        height: of a row.
        said: that a parted row goes on.
    """
    rows = table.rows
    count = most(rows, room, height)
    if count and (fresh or count >= TOGETHER):
        return replace(table, rows=rows[:count]), [replace(table, rows=rows[count:])]
    if not fresh or not rows:
        return None, [table]
    first, rest = _parted_row(rows[0], lambda row: height(row) <= room, said)
    if first is None or rest is None:
        return None, [table]
    return replace(table, rows=(first,)), [replace(table, rows=(rest, *rows[1:]))]


def _parted_row(row: Row, fits: Callable[[Row], bool], said: Said) -> tuple[Row | None, Row | None]:
    """A row as far as its cells fit, and what follows, which begins with the same short cell."""
    bare = tuple(replace(cell, runs=()) for cell in row)
    heads, tails = list(row), list(bare)
    for at, cell in enumerate(row):

        def alone(part: Paragraph, at: int = at) -> bool:
            return fits((*bare[:at], part, *bare[at + 1 :]))

        if alone(cell):
            continue
        first, rest = _parted(cell, alone)
        if first is None or rest is None:
            return None, None
        heads[at], tails[at] = first, rest
    if not tails[0].runs and 0 < len(row[0].text) <= LABEL:
        tails[0] = replace(row[0], runs=said.goes_on(row[0].runs))
    return tuple(heads), tuple(tails)


def cut_callout(
    callout: Callout, room: float, fresh: bool, height: Callable[[Paragraph], float], said: Said
) -> Parted:
    """The paragraphs that fit in a room under the title, and a callout that says it goes on."""
    words = callout.paragraphs
    count = most(words, room, height)
    kept = loose_end(words, count) or (count if fresh else 0)
    if kept:
        return replace(callout, paragraphs=words[:kept]), [_rest(callout, words[kept:], said)]
    if not fresh or not words:
        return None, [callout]
    first, rest = _parted(words[0], lambda part: height(part) <= room)
    if first is None or rest is None:
        return None, [callout]
    return replace(callout, paragraphs=(first,)), [_rest(callout, (rest, *words[1:]), said)]


def _rest(callout: Callout, words: tuple[Paragraph, ...], said: Said) -> Callout:
    title = replace(callout.title, runs=said.goes_on(callout.title.runs))
    return replace(callout, title=title, paragraphs=words)
