"""A deck as plain data: what slide HTML says, before anything is measured or drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike; a line break is a run of one line feed."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    script: str = ""
    """`super`, `sub` or nothing."""
    link: str = ""
    """An address, or `#` and the identity of a slide or a source."""
    language: str = ""
    """BCP 47; empty where it is the deck's own."""
    meaning: str = ""
    """What an abbreviation stands for, or a word of the glossary means."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or list item."""

    runs: tuple[Run, ...]
    kind: str = "text"
    """Also `heading`, `term`, `meaning`, `quotation`, `code`, `footnote`, `caption` or `source`."""
    depth: int = 0
    """How many lists it stands in."""
    mark: str = ""
    """`bullet`, `number` or nothing; a list item's further paragraphs bear none."""
    number: int = 1
    """The number that a numbered item bears; of a line of code, its place among the lines."""
    letters: bool = False
    """Whether it bears a letter in the place of its number, A for 1."""
    last: int = 1
    """The last number of its list, which decides how far the text is indented."""
    align: str = ""
    """`l`, `ctr`, `r`, or nothing where the master decides."""
    identity: str = ""
    """What links lead to."""
    line: int | None = None

    @property
    def text(self) -> str:
        """The words without their looks."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Words:
    """Paragraphs that stand in one frame."""

    paragraphs: tuple[Paragraph, ...]

    @property
    def line(self) -> int | None:
        """The line of the first paragraph."""
        return self.paragraphs[0].line


@dataclass(frozen=True, slots=True)
class Callout:
    """Paragraphs set apart, with a title that says why."""

    kind: str
    """`note`, `warning` or `key-points`."""
    title: Paragraph
    paragraphs: tuple[Paragraph, ...]
    line: int | None = None


Row: TypeAlias = tuple[Paragraph, ...]
"""The cells of a row; as many in each row of a table."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its head is repeated where it goes on."""

    head: tuple[Row, ...]
    rows: tuple[Row, ...]
    caption: Paragraph | None = None
    line: int | None = None
    wishes: tuple[float, ...] = ()
    """The widths of the columns in parts, as the author wishes; else what is in them decides."""
    shares: tuple[float, ...] = ()
    """The part of the width that each column takes; 1 in all."""
    shrink: int = 0
    """By how many points its words are shrunk at least, so that none is broken."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and its caption."""

    source: str
    """The file's path in the module."""
    alternative: str
    """What it shows, in words; empty where it is decorative."""
    caption: Paragraph | None = None
    share: float = 1.0
    """The part of the width that it may take."""
    width: float | None = None
    height: float | None = None
    """The most that it may take, in points, where the author says so."""
    cover: bool = False
    """Whether it fills its place and is cropped, rather than shown whole."""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Gallery:
    """Pictures side by side."""

    pictures: tuple[Picture, ...]

    @property
    def line(self) -> int | None:
        """The line of the first picture."""
        return self.pictures[0].line


@dataclass(frozen=True, slots=True)
class Series:
    """One row of numbers of a chart."""

    name: str
    values: tuple[float | None, ...]
    """As many as the chart has categories; None where there is no number."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Numbers to be drawn."""

    kind: str
    """`bar`, `column`, `line` or `pie`."""
    alternative: str
    """The message of the chart, in words."""
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    title: str = ""
    category_axis: str = ""
    value_axis: str = ""
    """What the axes show, with units."""
    number_format: str = "General"
    """How values are written, as in Excel."""
    caption: Paragraph | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks that no slide parts."""

    blocks: tuple[Block, ...]
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """Blocks side by side."""

    columns: tuple[tuple[Block, ...], ...]
    line: int | None = None


Block: TypeAlias = Words | Callout | Table | Gallery | Chart | Columns | Together


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide as the template wrote it; it may become several."""

    identity: str
    layout: str
    """The role asked for, or nothing."""
    part: str
    title: tuple[Run, ...]
    blocks: tuple[Block, ...]
    notes: tuple[Paragraph, ...] = ()
    keep: bool = False
    """Whether it must not continue on a further slide."""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Deck:
    """The slides in order."""

    language: str
    rtl: bool
    slides: tuple[Slide, ...]
    sources: dict[str, Paragraph] = field(default_factory=dict, compare=False)
    """The cited sources by identity, as in `ref-1`."""


def plain(runs: tuple[Run, ...]) -> str:
    """The words of runs."""
    return "".join(run.text for run in runs)
