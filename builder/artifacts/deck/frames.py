"""What stands on a finished slide: rectangles with their content, measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from builder.artifacts.deck.master.model import Layout
from builder.artifacts.deck.records import Chart, Paragraph, Picture, Run, Table
from builder.artifacts.deck.style import Box, Style

SIDES, ENDS = 20.0, 12.0
"""Room inside a callout, in points."""
Crop: TypeAlias = tuple[float, float, float, float]
"""The parts of a picture that are cut off: left, top, right and bottom; 1 is all of it."""
WHOLE: Crop = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class TextFrame:
    """Paragraphs in a placeholder, in a box of their own, or in a callout."""

    box: Box
    paragraphs: tuple[Paragraph, ...]
    style: Style
    step: int = 0
    """By how many points the text is shrunk.

    The sizes are written out, so `normAutofit` is written without a `fontScale`: it multiplies the
    sizes of the runs (ECMA-376 part 1, 21.1.2.1.3), and 100 % is what matches sizes that fit
    already. A program that edits the text computes its own scale, on top of these sizes.
    """
    holder: int | None = None
    """The placeholder's index, or None for a box of its own."""
    placed: bool = True
    """Whether the box is written down, or the layout's own place serves."""
    callout: str = ""
    """The kind of callout, or nothing."""


@dataclass(frozen=True, slots=True)
class TableFrame:
    """A table with its rows measured."""

    box: Box
    table: Table
    heights: tuple[float, ...]
    size: float
    holder: int | None = None


@dataclass(frozen=True, slots=True)
class PictureFrame:
    """A picture in its place."""

    box: Box
    picture: Picture
    holder: int | None = None
    crop: Crop = WHOLE


@dataclass(frozen=True, slots=True)
class ChartFrame:
    """A native chart."""

    box: Box
    chart: Chart
    size: float
    """Of its words, in points."""
    holder: int | None = None


Frame: TypeAlias = TextFrame | TableFrame | PictureFrame | ChartFrame


@dataclass(frozen=True, slots=True)
class Page:
    """One slide of the finished deck."""

    identity: str
    """Unique in the deck, and stable while the source's own identities are."""
    role: str
    part: str
    layout: Layout
    title: tuple[Run, ...]
    frames: tuple[Frame, ...]
    notes: tuple[Paragraph, ...] = ()
    line: int | None = None
    title_step: int = 0
