"""Where content may be parted between slides.

Lists between items, paragraphs between sentences, tables between rows with the head repeated.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace

from builder.artifacts.deck.records import Block, Callout, Paragraph, Row, Run, Table, Words

SENTENCE = re.compile(r"(?:[.!?…][\"'”’)\]]*(?:\s+)(?=[^\sa-z])|[。！？])")
WORD = re.compile(r"\s+")
TOGETHER = 2
"""Rows of a table that must fit for it to begin below other things."""

Height = Callable[[Block], float]
Parted = tuple[Block | None, list[Block]]


def cut_words(words: Words, room: float, fresh: bool, height: Height) -> Parted:
    """The paragraphs that fit and the rest; on an empty slide a long one is parted."""
    paragraphs = words.paragraphs
    count = _most(len(paragraphs), lambda n: height(Words(paragraphs[:n])) <= room)
    kept = loose_end(paragraphs, count)
    if kept or (fresh and count):
        kept = kept or count
        return Words(paragraphs[:kept]), [Words(paragraphs[kept:])]
    if not fresh:
        return None, [words]
    first, rest = _parted(paragraphs[0], lambda part: height(Words((part,))) <= room)
    if first is None or rest is None:
        return None, [words]
    return Words((first,)), [Words((rest, *paragraphs[1:]))]


def loose_end(paragraphs: Sequence[Paragraph], count: int) -> int:
    """How many of the first paragraphs may stay: those that announce the next one go with it."""
    while count and _announces(paragraphs[count - 1]):
        count -= 1
    return count


def _announces(paragraph: Paragraph) -> bool:
    if paragraph.kind in ("heading", "term"):
        return True
    return not paragraph.mark and paragraph.text.rstrip().endswith(":")


def _most(count: int, fits: Callable[[int], bool]) -> int:
    """The most of the first `count` that fit."""
    return bisect_right(range(1, count + 1), 0, key=lambda n: 0 if fits(n) else 1)


def _parted(
    paragraph: Paragraph, fits: Callable[[Paragraph], bool]
) -> tuple[Paragraph | None, Paragraph | None]:
    """A paragraph parted after the last sentence that fits, else word, else character."""
    text = paragraph.text
    for places in (
        [match.end() for match in SENTENCE.finditer(text)],
        [match.end() for match in WORD.finditer(text)],
        list(range(1, len(text))),
    ):
        inside = [at for at in places if 0 < at < len(text)]
        count = bisect_right(inside, 0, key=lambda at: 0 if fits(_before(paragraph, at)) else 1)
        if count:
            return _before(paragraph, inside[count - 1]), _after(paragraph, inside[count - 1])
    return None, None


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


def cut_table(table: Table, room: float, fresh: bool, height: Height) -> Parted:
    """The rows that fit under the head, and a table with the same head for the rest."""
    rows = table.rows

    def part(some: tuple[Row, ...]) -> Table:
        return replace(table, rows=some)

    count = _most(len(rows), lambda n: height(part(rows[:n])) <= room)
    if not count or (not fresh and count < TOGETHER):
        return None, [table]
    return part(rows[:count]), [part(rows[count:])]


def cut_callout(callout: Callout, room: float, fresh: bool, height: Height) -> Parted:
    """The paragraphs that fit under the title, and a callout that says it is continued."""
    words = callout.paragraphs

    def part(some: Sequence[Paragraph]) -> Callout:
        return replace(callout, paragraphs=tuple(some))

    count = loose_end(words, _most(len(words), lambda n: height(part(words[:n])) <= room))
    if count:
        return part(words[:count]), [_continued(part(words[count:]))]
    if not fresh or not words:
        return None, [callout]
    first, rest = _parted(words[0], lambda p: height(part([p])) <= room)
    if first is None or rest is None:
        return None, [callout]
    return part([first]), [_continued(part([rest, *words[1:]]))]


def _continued(callout: Callout) -> Callout:
    runs = callout.title.runs
    if runs[-1].text.endswith("(continued)"):
        return callout
    title = replace(callout.title, runs=(*runs, Run(" (continued)")))
    return replace(callout, title=title)
