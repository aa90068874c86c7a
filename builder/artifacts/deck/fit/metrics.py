"""Widths of words from font files, and the lines that they fill.

The deck names a font, the theme holds a file with the same widths. No shaping and no kerning:
both make text narrower in the scripts that the shipped fonts hold, so no line is measured short.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from fontTools.ttLib import TTFont, TTLibError

from builder.artifacts.deck.records import Paragraph, Run
from builder.artifacts.deck.style import Style, look
from builder.problems import Place, Problem, Rejected
from builder.theme import Theme, token
from builder.workspace import digest

LEADING = 1.2
"""Height of a single-spaced line in em: what PowerPoint gives Arial, rounded up."""
SLACK = 0.95
"""The part of a line's width that is filled in measuring; programs round differently."""
SMALL = 0.67
"""Size of a raised or lowered character."""
MONOSPACE = 0.6
"""Width of every character of Courier New, in em."""
UNKNOWN = 0.65
"""Width of a character that the font lacks, in em; an East Asian wide one takes 1."""
ATOM = re.compile(r"[^\s\u2010-\u2015/-]*[\u2010-\u2015/-]+|[^\s\u2010-\u2015/-]+|\s+")
STYLES = ("regular", "bold", "italic", "bold_italic")

_faces: dict[str, Face] = {}
_sets: dict[tuple[Face, ...], Faces] = {}


@dataclass(frozen=True, eq=False)
class Face:
    """The advance widths of one font file."""

    advances: dict[int, float]
    """By code point, in em."""
    known: dict[str, float] = field(default_factory=dict)

    def width(self, text: str) -> float:
        """The width of a text in em."""
        found = self.known.get(text)
        if found is None:
            found = self.known[text] = sum(map(self._advance, text))
        return found

    def _advance(self, character: str) -> float:
        known = self.advances.get(ord(character))
        if known is not None:
            return known
        if unicodedata.combining(character):
            return 0.0
        return 1.0 if wide(character) else UNKNOWN


@dataclass(frozen=True, eq=False)
class Faces:
    """The four faces of the deck's font."""

    faces: dict[str, Face]

    def width(self, run: Run, text: str, bold: bool = False, italic: bool = False) -> float:
        """The width of a piece of a run in em of the paragraph's size."""
        scale = SMALL if run.script else 1.0
        if run.code:
            return MONOSPACE * scale * len(text)
        name = STYLES[(bold or run.bold) + 2 * (italic or run.italic)]
        return self.faces[name].width(text) * scale

    def height(
        self, paragraphs: Iterable[Paragraph], style: Style, width: float, step: int
    ) -> float:
        """The height of paragraphs in points, in lines of so many points."""
        return sum(self.one(paragraph, style, width, step) for paragraph in paragraphs)

    def one(self, paragraph: Paragraph, style: Style, width: float, step: int) -> float:
        """The height of one paragraph, with the space around it."""
        seen = look(paragraph, style, step)
        level = seen.level
        count = self.lines(
            paragraph.runs, level.size, width - level.margin, level.bold, seen.italic
        )
        return count * level.size * LEADING * level.line + level.before + level.after

    def lines(
        self, runs: tuple[Run, ...], size: float, width: float, bold: bool, italic: bool = False
    ) -> int:
        """How many lines runs fill."""
        room = max(width, size) * SLACK / size
        count, used = 1, 0.0
        for atom in _atoms(self, runs, bold, italic):
            if atom.ends_line or (used and used + atom.width > room):
                count, used = count + 1, 0.0
            if atom.width > room:
                more = int(atom.width / room)
                count, used = count + more, atom.width - more * room
            else:
                used += atom.width
            used += atom.space
        return count

    def longest(self, runs: tuple[Run, ...], bold: bool = False) -> float:
        """The width in em of the longest piece that cannot be broken."""
        return max((atom.width for atom in _atoms(self, runs, bold, False)), default=0.0)

    def whole(self, runs: tuple[Run, ...], bold: bool = False) -> float:
        """The width in em of everything on one line."""
        atoms = _atoms(self, runs, bold, False)
        return sum(atom.width + atom.space for atom in atoms)


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece that no line breaks, in em, and the space behind it."""

    width: float
    space: float = 0.0
    ends_line: bool = False


@lru_cache(maxsize=4096)
def _atoms(faces: Faces, runs: tuple[Run, ...], bold: bool, italic: bool) -> tuple[Atom, ...]:
    atoms: list[Atom] = []
    width = space = 0.0
    started = False
    for run in runs:
        for text in _pieces(run):
            if text == "\n":
                atoms.append(Atom(width, space))
                width, space, started = 0.0, 0.0, False
                atoms.append(Atom(0.0, 0.0, ends_line=True))
                continue
            measured = faces.width(run, text, bold, italic)
            if text.isspace() and not text.startswith("\u00a0"):
                space += measured
                started = False
                continue
            if not started:
                atoms.append(Atom(width, space))
                width, space = 0.0, 0.0
            width += measured
            started = not _breaks_after(text)
    atoms.append(Atom(width, space))
    return tuple(atom for atom in atoms if atom.width or atom.space or atom.ends_line)


def _pieces(run: Run) -> Iterator[str]:
    """A run's words, white space and line breaks; wide characters one by one."""
    if run.text == "\n":
        yield run.text
        return
    for text in ATOM.findall(run.text):
        if any(map(wide, text)):
            yield from text
        else:
            yield text


def _breaks_after(text: str) -> bool:
    return text[-1] in "-/‐–—" or wide(text[-1])


def wide(character: str) -> bool:
    """Whether a character takes a full square and lines may break beside it, as in Chinese."""
    return character > "\u2e7f" and unicodedata.east_asian_width(character) in "WF"


@dataclass(frozen=True, eq=False)
class Fonts:
    """The faces of every font that the deck names."""

    default: Faces

    def of(self, style: Style) -> Faces:
        """The faces that the text of an area is measured with."""
        return self.default


def fonts_of(theme: Theme) -> Fonts:
    """The fonts of the deck.

    Raises:
        Rejected: the theme names no such file, or it cannot be read as a font.
    """
    return Fonts(faces_of(theme))


def faces_of(theme: Theme) -> Faces:
    """The faces of the deck's font; each file is parsed once in a process.

    Raises:
        Rejected: the theme names no such file, or it cannot be read as a font.
    """
    faces = tuple(_face(theme, name) for name in STYLES)
    return _sets.setdefault(faces, Faces(dict(zip(STYLES, faces, strict=True))))


def _face(theme: Theme, name: str) -> Face:
    path = token(theme, f"fonts.deck.{name}", lambda value: isinstance(value, str), "a font file")
    data = theme.read(path)
    key = digest(data)
    if key not in _faces:
        _faces[key] = _parsed(data, Place(theme.holder(path).label(path)))
    return _faces[key]


def _parsed(data: bytes, place: Place) -> Face:
    try:
        font = TTFont(io.BytesIO(data), lazy=True)
        widths, em = font["hmtx"].metrics, font["head"].unitsPerEm
        return Face({code: widths[name][0] / em for code, name in font.getBestCmap().items()})
    except (TTLibError, KeyError, AttributeError, ValueError, OSError, AssertionError) as error:
        message = f"The file cannot be read as a font: {error}."
        raise Rejected(Problem("font-missing", message, place)) from None
