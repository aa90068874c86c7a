"""Widths and heights of words from font files, shaped by HarfBuzz: kerning, ligatures, joining."""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

import uharfbuzz

from builder.artifacts.deck.fit.breaking import clusters

PLAIN = {"kern": False, "liga": False, "clig": False}
"""Without kerning and ligatures, as PowerPoint draws where the master does not ask for them."""
SHAPED = re.compile("[\u0590-\u10ff\u1780-\u18af\ua840-\ua8ff\uaa00-\uabff\ufb1d-\ufefc]")
"""Scripts whose letters are joined or stacked: the widths of single letters say nothing."""
SUBSTITUTED = 1.15
"""How much wider another font may be than the one that stands in for a script here: DejaVu Sans is
by 6 % in Arabic, and in bold by 14 %, the fonts of Windows are narrower."""
SQUARE, EMOJI, UNKNOWN = 1.0, 1.4, 0.9
"""Widths of characters that no file holds, in em: East Asian, emoji (Segoe UI has 1.37), others."""
LIMIT = 50_000
"""Words that a cut keeps in mind; beyond, it starts anew."""
NOTHING = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
"""Format characters, which take no room."""


class Extent(NamedTuple):
    """The room that a word takes, in em: its width, and above and below the base line."""

    width: float
    above: float
    below: float


OTHER = Extent(0.0, 1.16, 0.29)
"""The room above and below characters that a family lacks, in em: that of Noto Sans CJK, 1.45 in
all. The fonts of Windows have less: Nirmala UI and Leelawadee UI 1.33, Arial 1.15. Noto Sans
Arabic has 2.1, but is not what decks are drawn with."""


@dataclass(frozen=True, eq=False)
class Face:
    """One font file."""

    font: Any
    """HarfBuzz's."""
    em: int
    characters: frozenset[int]
    above: float
    below: float
    """Of a single-spaced line, in em."""

    def holds(self, text: str) -> bool:
        """Whether all characters are in the file."""
        return self.characters.issuperset(map(ord, NOTHING.sub("", text)))

    def width(self, text: str) -> float:
        """The width in em, with or without kerning and ligatures: the wider of both."""
        shaped = self._shaped(text, None)
        return shaped if SHAPED.search(text) else max(shaped, self._shaped(text, PLAIN))

    def _shaped(self, text: str, features: dict[str, bool] | None) -> float:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(self.font, buffer, features)
        return float(sum(each.x_advance for each in buffer.glyph_positions)) / self.em


def read_face(data: bytes) -> Face:
    """A font file as measures.

    Raises:
        ValueError: it is no font, or holds no characters.
    """
    face = uharfbuzz.Face(data)
    characters = frozenset(face.unicodes)
    if not characters or not {"hmtx", "hhea"} <= set(face.table_tags):
        raise ValueError("it holds no characters")
    font = uharfbuzz.Font(face)
    above, below = _heights(face)
    return Face(font, face.upem, characters, above / face.upem, below / face.upem)


def _heights(face: Any) -> tuple[float, float]:
    """What programs for Windows and those for the Mac take for the height of a line, the larger."""
    above, below, gap = struct.unpack(">hhh", bytes(face.reference_table("hhea").data)[4:10])
    windows = bytes(face.reference_table("OS/2").data)[74:78]
    high, deep = struct.unpack(">HH", windows) if len(windows) == 4 else (0, 0)
    if high + deep > above - below + gap:
        return high, deep
    return above + gap, -below


@dataclass(frozen=True, eq=False)
class Cut:
    """Regular, bold, italic or bold italic of a family, and what stands in where it has gaps."""

    own: Face
    others: tuple[Face, ...] = ()
    """Faces of other scripts, in order."""
    wider: float = 1.0
    """How much wider the family may be than its own face says."""
    even: float = 0.0
    """The width of every character of the family in em, where all have the same."""
    least: float = 0.0
    """The least height of a line in em."""
    known: dict[str, Extent] = field(default_factory=dict)

    def extent(self, text: str) -> Extent:
        """The room that a text takes on one line."""
        found = self.known.get(text)
        if found is None:
            if len(self.known) >= LIMIT:
                self.known.clear()
            found = self.known[text] = self._extent(text.replace("\u202f", "\u00a0"))
        return found

    @property
    def base(self) -> Extent:
        """The room that an empty line takes."""
        above = max(self.own.above, self.least - self.own.below)
        return Extent(0.0, above, self.own.below)

    def _extent(self, text: str) -> Extent:
        if self.own.holds(text):
            return self.base._replace(width=self._own(text))
        widths, above, below = zip(*self._pieces(text), strict=True)
        return Extent(sum(widths), max(above), max(below))

    def _own(self, text: str) -> float:
        if self.even:
            return self.even * len(clusters(NOTHING.sub("", text)))
        return self.own.width(text) * self.wider

    def _pieces(self, text: str) -> Iterator[Extent]:
        """The room of each stretch of a text that one font draws."""
        for face, group in groupby(clusters(text), self._face):
            some = [*group]
            if face is self.own:
                yield self.base._replace(width=self._own("".join(some)))
            elif some[0].isspace():
                yield self.base._replace(width=SQUARE * len(some))
            elif face:
                yield OTHER._replace(width=face.width("".join(some)) * SUBSTITUTED)
            else:
                yield OTHER._replace(width=sum(map(estimate, some)))

    def _face(self, cluster: str) -> Face | None:
        """The first face that holds a character with its marks, else without them, else none."""
        faces = (self.own, *self.others)
        if is_emoji(cluster):
            return None
        whole = (face for face in faces if face.holds(cluster))
        return next(whole, None) or next((face for face in faces if face.holds(cluster[0])), None)


def is_emoji(cluster: str) -> bool:
    """Whether programs take their font of emoji."""
    return "\ufe0f" in cluster or "\U0001f000" <= cluster[0] <= "\U0001faff"


def estimate(cluster: str) -> float:
    """The width in em of a character that no file holds."""
    first = cluster[0]
    if is_emoji(cluster) or "\u2600" <= first <= "\u27bf":
        return EMOJI
    if unicodedata.category(first) in ("Mn", "Me", "Cf", "Cc"):
        return 0.0
    return SQUARE if unicodedata.east_asian_width(first) in "WF" else UNKNOWN
