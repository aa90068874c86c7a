"""What stands at the foot of a slide: the footnotes that it marks, and the sources that it cites.

Both follow what is on the slide, so the room for them is known only when the slide is filled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from builder.artifacts.deck.fit.said import ENGLISH, Said
from builder.artifacts.deck.records import (
    Block,
    Callout,
    Columns,
    Deck,
    Gallery,
    Paragraph,
    Run,
    Slide,
    Table,
    Together,
    Words,
)
from builder.module.language import Language

REFERENCE, FOOTNOTE = "#ref-", "#fn"
"""How links to a source and to a footnote begin."""


@dataclass(frozen=True)
class Foot:
    """What the slides made of one slide may have at their feet."""

    title: tuple[Run, ...] = ()
    notes: Mapping[str, Sequence[Paragraph]] = field(default_factory=dict)
    """The footnotes by identity."""
    sources: Mapping[str, Paragraph] = field(default_factory=dict)
    """The sources of the deck by identity."""
    said: Said = ENGLISH

    def of(self, blocks: Iterable[Block], cites: bool = True) -> tuple[Paragraph, ...]:
        """The footnotes that blocks mark, and a line that names the sources they cite."""
        runs = [*self.title, *runs_of(blocks)]
        notes = self._marked(runs)
        runs += [run for note in notes for run in note.runs]
        cited = {run.link for run in runs if run.link.startswith(REFERENCE)} if cites else ()
        return (*notes, *self._line(cited))

    def _marked(self, runs: Iterable[Run]) -> list[Paragraph]:
        """The footnotes that words mark, and those that these mark in turn."""
        names = list(dict.fromkeys(run.link[1:] for run in runs if run.link.startswith(FOOTNOTE)))
        for name in names:
            inner = (run for note in self.notes.get(name, ()) for run in note.runs)
            further = (run.link[1:] for run in inner if run.link.startswith(FOOTNOTE))
            names += [each for each in dict.fromkeys(further) if each not in names]
        return [note for name in names for note in self.notes.get(name, ())]

    def _line(self, cited: Iterable[str]) -> Iterator[Paragraph]:
        """The numbers of the sources, each leading to where it is listed; the notes tell them."""
        numbers = sorted((self._number(link), link) for link in cited)
        if not numbers:
            return
        runs = [self.said.sources(len(numbers))]
        for number, link in numbers:
            runs += [Run(str(number), link=link), self.said.comma]
        yield Paragraph(tuple(runs[:-1]), "source")

    def _number(self, link: str) -> int:
        source = self.sources.get(link[1:])
        digits = link.removeprefix(REFERENCE)
        return source.number if source else int(digits) if digits.isdecimal() else 0


def parted(slide: Slide, deck: Deck) -> tuple[tuple[Block, ...], Foot]:
    """The blocks of a slide without the footnotes that something in it marks, and those."""
    runs = (*slide.title, *runs_of(slide.blocks))
    marked = {run.link[1:] for run in runs if run.link.startswith(FOOTNOTE)}
    notes: dict[str, list[Paragraph]] = {}
    kept: list[Block] = []
    for block in slide.blocks:
        if not isinstance(block, Words):
            kept.append(block)
            continue
        rest = []
        for paragraph in block.paragraphs:
            if paragraph.kind == "footnote" and paragraph.identity in marked:
                notes.setdefault(paragraph.identity, []).append(paragraph)
            else:
                rest.append(paragraph)
        if rest:
            kept.append(Words(tuple(rest)))
    return tuple(kept), Foot(slide.title, notes, deck.sources, Said(Language(deck.language)))


def runs_of(blocks: Iterable[Block]) -> Iterator[Run]:
    """All runs in blocks, in order."""
    for block in blocks:
        for paragraph in _paragraphs(block):
            yield from paragraph.runs


def _paragraphs(block: Block) -> Iterator[Paragraph]:
    if isinstance(block, Words):
        yield from block.paragraphs
    elif isinstance(block, Callout):
        yield from (block.title, *block.paragraphs)
    elif isinstance(block, Gallery):
        yield from (each.caption for each in block.pictures if each.caption)
    elif isinstance(block, Columns | Together):
        for inner in inner_of(block):
            yield from _paragraphs(inner)
    else:
        if isinstance(block, Table):
            yield from chain(*block.head, *block.rows)
        if block.caption:
            yield block.caption


def inner_of(block: Columns | Together) -> Iterator[Block]:
    """The blocks in a block."""
    if isinstance(block, Together):
        yield from block.blocks
    else:
        for column in block.columns:
            yield from column
