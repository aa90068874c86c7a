"""A finished slide beside the page that it was written from: which shape shows which frame."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from builder.artifacts.deck.frames import (
    ChartFrame,
    Frame,
    Page,
    PictureFrame,
    TableFrame,
    TextFrame,
)
from builder.artifacts.deck.gate.finished import Finished, Line, Shape, Slide
from builder.artifacts.deck.gate.looks import Looks
from builder.artifacts.deck.master.textstyle import NAMES
from builder.artifacts.deck.outline.inline import NOTHING
from builder.artifacts.deck.records import Paragraph, plain
from builder.artifacts.deck.script import LEFT_TO_RIGHT_MARK
from builder.artifacts.deck.tokens import Tokens

FOOTERS = ("dt", "ftr", "sldNum")
KINDS = {TextFrame: "words", TableFrame: "table", PictureFrame: "picture", ChartFrame: "chart"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong on a slide."""

    what: str
    """A sentence without its beginning, which names the slide."""
    hint: str
    line: int | None = None
    """Of the source, where it is nearer than the slide's own."""
    master: bool = False
    """Whether the master deck decides it, and not the text."""


@dataclass(frozen=True)
class View:
    """One slide to be checked."""

    finished: Finished
    slide: Slide
    page: Page
    tokens: Tokens
    first: int
    """The number of the first slide that bears this title."""
    rtl: bool = False
    """Whether the deck is read from right to left."""

    @property
    def title(self) -> str:
        """The words of the title, as one line."""
        return " ".join(plain(self.page.title).split())

    @cached_property
    def pairs(self) -> dict[int, Frame]:
        """The place of a shape on the slide -> the frame that it shows, as far as order holds."""
        found: dict[int, Frame] = {}
        waiting = list(self.page.frames)
        for at, shape in enumerate(self.slide.shapes):
            if waiting and self.shows(shape, waiting[0]):
                found[at] = waiting.pop(0)
        return found

    def shows(self, shape: Shape, frame: Frame) -> bool:
        """Whether a shape is of a frame's kind and says the same."""
        if shape is self.slide.title or KINDS[type(frame)] != shape.kind:
            return False
        return squeezed(shape.words) == squeezed(said(frame)) or shape.kind in ("picture", "chart")

    @cached_property
    def content(self) -> list[tuple[Shape, Frame | None]]:
        """Title and content, each with its frame; without the marks of the stamp."""
        return [
            (shape, self.pairs.get(at))
            for at, shape in enumerate(self.slide.shapes)
            if at in self.pairs or shape is self.slide.title
        ]

    @cached_property
    def texts(self) -> list[tuple[Shape, Frame | None, Line, Looks]]:
        """All paragraphs with words, marks included; a footer that is on many slides once."""
        found = []
        for at, shape in enumerate(self.slide.shapes):
            if shape.holder in FOOTERS and self._is_known(shape):
                continue
            for line in shape.lines:
                if line.text.strip():
                    looks = self.finished.looks(shape, self.slide.face, line.level)
                    found.append((shape, self.pairs.get(at), line, looks))
        return found

    def _is_known(self, shape: Shape) -> bool:
        words = shape.element.find("p:txBody", NAMES)
        mark = (id(self.slide.face), b"" if words is None else etree.tostring(words))
        known = mark in self.finished.marks
        self.finished.marks.add(mark)
        return known

    def is_mark(self, shape: Shape, frame: Frame | None) -> bool:
        """Whether a shape belongs to the stamp and not to the text."""
        return frame is None and shape is not self.slide.title


def said(frame: Frame) -> str:
    """The words that a frame shows."""
    return "\n".join(paragraph.text for paragraph in paragraphs_of(frame))


def paragraphs_of(frame: Frame) -> Iterable[Paragraph]:
    """The paragraphs of a frame; of a table, cell by cell."""
    if isinstance(frame, TextFrame):
        return frame.paragraphs
    if isinstance(frame, TableFrame):
        rows = (*frame.table.head, *frame.table.rows)
        return [cell for row in rows for cell in row]
    return ()


def line_of(frame: Frame | None, line: Line | None = None) -> int | None:
    """The line of the source that a frame, or one paragraph of it, came from."""
    if isinstance(frame, TextFrame):
        at = line.number if line else 0
        return frame.paragraphs[min(at, len(frame.paragraphs) - 1)].line
    if isinstance(frame, TableFrame):
        cells = (*frame.table.head, *frame.table.rows)[line.row if line else 0]
        return next((cell.line for cell in cells if cell.line), frame.table.line)
    if isinstance(frame, PictureFrame):
        return frame.picture.line
    return frame.chart.line if isinstance(frame, ChartFrame) else None


def squeezed(text: str) -> str:
    """Words without white space and marks of direction, for comparing."""
    return "".join(NOTHING.sub("", text).replace(LEFT_TO_RIGHT_MARK, "").split())


def short(text: str) -> str:
    """The beginning of a text, to be quoted."""
    words = " ".join(text.split())
    return words if len(words) <= 40 else f"{words[:39]}…"
