"""The lines that text fills, and their heights, measured with the four cuts of a family."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from builder.artifacts.deck.fit.breaking import breaks, clusters, parts_of
from builder.artifacts.deck.fit.shaping import Cut, Extent
from builder.artifacts.deck.records import Paragraph, Run, plain
from builder.artifacts.deck.style import Style, look

LEADING = 1.2
"""The least height of a single-spaced line in em: Arial's 1.15, and what programs round."""
SLACK = 0.96
"""The part of a line's width that is filled in measuring. Programs round differently, and a font of
the same widths in the place of another differs in pairs of letters: LibreOffice needs 0.98."""
SMALL = 0.67
"""Size of a raised or lowered character."""
RISE = {"super": 0.3, "sub": -0.25}
"""How far it is moved, in em."""
TAB = 4.0
"""Width of a tab in em: stops are an inch apart, which is 4 em at 18 pt."""
WHITE = " \t\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000\u200b"
STYLES = ("regular", "bold", "italic", "bold_italic")

Part: TypeAlias = tuple[Run, str]
"""Some of a run's words."""


class Atom(NamedTuple):
    """A piece that no line breaks if it fits on one, and the space behind it, in em."""

    width: float = 0.0
    space: float = 0.0
    above: float = 0.0
    below: float = 0.0
    ends_line: bool = False
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, eq=False)
class Faces:
    """The four faces of a family, and that of code."""

    cuts: dict[str, Cut]
    """By the names in `STYLES`."""
    code: Cut

    def width(self, run: Run, text: str, bold: bool = False, italic: bool = False) -> float:
        """The width of a piece of a run in em of the paragraph's size."""
        return self.extent(run, text, bold, italic).width

    def extent(self, run: Run, text: str, bold: bool, italic: bool) -> Extent:
        """The room of a piece of a run in em of the paragraph's size."""
        if run.code:
            cut = self.code
        else:
            cut = self.cuts[STYLES[(bold or run.bold) + 2 * (italic or run.italic)]]
        width, above, below = cut.extent(text)
        if "\t" in text:
            width += TAB * text.count("\t")
        if not run.script:
            return Extent(width, above, below)
        rise = RISE.get(run.script, 0.0)
        return Extent(width * SMALL, above * SMALL + rise, below * SMALL - rise)

    @property
    def leading(self) -> float:
        """The height of a single-spaced line of the family's own characters, in em."""
        base = self.cuts["regular"].base
        return base.above + base.below

    def height(
        self, paragraphs: Iterable[Paragraph], style: Style, width: float, step: int
    ) -> float:
        """The height of paragraphs in points, shrunk by so many points."""
        return sum(self.one(paragraph, style, width, step) for paragraph in paragraphs)

    def one(self, paragraph: Paragraph, style: Style, width: float, step: int) -> float:
        """The height of one paragraph in points, with the space around it."""
        seen = look(paragraph, style, step)
        level = seen.level
        room = width - level.margin
        runs = _capitals(paragraph.runs) if level.capitals else paragraph.runs
        lines = self.stack(runs, level.size, room, level.bold, seen.italic)
        return lines * level.line + level.before + level.after

    def lines(
        self, runs: tuple[Run, ...], size: float, width: float, bold: bool, italic: bool = False
    ) -> int:
        """How many lines runs fill, in a width in points."""
        return _filled(self, runs, _room(size, width), bold, italic)[0]

    def stack(
        self, runs: tuple[Run, ...], size: float, width: float, bold: bool, italic: bool = False
    ) -> float:
        """The height of the single-spaced lines that runs fill, in points."""
        return _filled(self, runs, _room(size, width), bold, italic)[1] * size

    def longest(self, runs: tuple[Run, ...], bold: bool = False) -> float:
        """The width in em of the longest piece that cannot be broken."""
        return max((atom.width for atom in _atoms(self, runs, bold, False)), default=0.0)

    def whole(self, runs: tuple[Run, ...], bold: bool = False) -> float:
        """The width in em of the longest line, if only line feeds end one."""
        longest = used = 0.0
        for atom in _atoms(self, runs, bold, False):
            used = 0.0 if atom.ends_line else used + atom.width + atom.space
            longest = max(longest, used)
        return longest


def _room(size: float, width: float) -> float:
    """What of a line is filled, in em."""
    return max(width, size) * SLACK / size


@lru_cache(maxsize=4096)
def _filled(
    faces: Faces, runs: tuple[Run, ...], room: float, bold: bool, italic: bool
) -> tuple[int, float]:
    """How many lines runs fill, and how high they are in all, in em."""
    heights: list[float] = []
    used = above = below = 0.0
    least = faces.leading
    for atom in _atoms(faces, runs, bold, italic):
        if atom.ends_line or (used and used + atom.width > room):
            heights.append(max(least, above + below))
            used = above = below = 0.0
        above, below = max(above, atom.above), max(below, atom.below)
        if atom.width > room:
            more, used = _broken(faces, atom.parts, room, bold, italic)
            heights += [max(least, above + below)] * more
        else:
            used += atom.width
        used += atom.space
    heights.append(max(least, above + below))
    return len(heights), sum(heights)


def _broken(
    faces: Faces, parts: Sequence[Part], room: float, bold: bool, italic: bool
) -> tuple[int, float]:
    """How many lines more a piece fills that is wider than one, and the width of its last line.

    Some programs part it anywhere, others behind a slash or a hyphen; what takes more lines counts.
    """

    def width(part: Part) -> float:
        return faces.width(*part, bold, italic)

    single = [width((run, each)) for run, text in parts for each in clusters(text)]
    choices = [_lines(single, room)]
    if any(len(parts_of(text)) > 1 for _, text in parts):
        some = [(run, each) for run, text in parts for each in parts_of(text)]
        widths: list[float] = []
        for part in some:
            whole = width(part)
            letters = [width((part[0], each)) for each in clusters(part[1])]
            widths += [whole] if whole <= room else letters
        choices.append(_lines(widths, room))
    return max(choices)


def _lines(widths: Iterable[float], room: float) -> tuple[int, float]:
    """How many lines more than one such pieces fill, and the width of the last."""
    more, used = 0, 0.0
    for width in widths:
        if used and used + width > room:
            more, used = more + 1, 0.0
        used += width
    return more, used


@lru_cache(maxsize=1024)
def _atoms(faces: Faces, runs: tuple[Run, ...], bold: bool, italic: bool) -> tuple[Atom, ...]:
    return tuple(_atom(faces, parts, bold, italic) for parts in _pieces(runs))


def _pieces(runs: tuple[Run, ...]) -> Iterator[list[Part]]:
    """The pieces that no line breaks, each of one or several runs."""
    at, number, behind = 0, 0, 0
    """Where the piece begins, its first run, and where that run begins."""
    for end in breaks(plain(runs)):
        piece: list[Part] = []
        while at < end:
            run = runs[number]
            text = run.text[at - behind : end - behind]
            if text:
                piece.append((run, text))
            at += len(text)
            if at == behind + len(run.text):
                number, behind = number + 1, at
        yield piece


def _atom(faces: Faces, parts: list[Part], bold: bool, italic: bool) -> Atom:
    if parts and parts[0][1] == "\n":
        return Atom(ends_line=True)
    words = [*parts]
    space = 0.0
    while words and (stripped := words[-1][1].rstrip(WHITE)) != words[-1][1]:
        run, text = words.pop()
        space += faces.width(run, text[len(stripped) :], bold, italic)
        if stripped:
            words.append((run, stripped))
    room = [faces.extent(run, text, bold, italic) for run, text in words]
    return Atom(
        sum(each.width for each in room),
        space,
        max((each.above for each in room), default=0.0),
        max((each.below for each in room), default=0.0),
        parts=tuple(words),
    )


def _capitals(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Runs as they are shown where the master writes in capitals."""
    return tuple(replace(run, text=run.text.upper()) for run in runs)
