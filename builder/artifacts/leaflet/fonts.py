"""The theme's fonts: as rules for the engine, and as the characters that they hold."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from fontTools.ttLib import TTFont, TTLibError

from builder.problems import Place, Problem, Rejected
from builder.settings import line_of
from builder.theme import FILE, Theme, token

ROLES = ("text", "headings", "fallback")
"""The tables of `[fonts]` that a leaflet uses."""
WEIGHTS = {"regular": 400, "bold": 700}
"""Nothing is slanted: clear print has no italics (UKAAF G003)."""


@dataclass(frozen=True, slots=True)
class Face:
    """One font file and how a style names it."""

    family: str
    weight: int
    path: str
    data: bytes

    @property
    def rule(self) -> str:
        """The `@font-face` rule."""
        return (
            f'@font-face {{ font-family: "{self.family}"; font-weight: {self.weight}; '
            f"src: url(res:///theme/{self.path}) }}"
        )


def faces_of(theme: Theme) -> tuple[Face, ...]:
    """The faces of a theme that a leaflet uses; of two for one family and weight, the first.

    Raises:
        Rejected: a file is not named, not there, or not a font.
    """
    faces: dict[tuple[str, int], Face] = {}
    for face in _faces(theme):
        faces.setdefault((face.family, face.weight), face)
    return tuple(faces.values())


def _faces(theme: Theme) -> Iterator[Face]:
    for role in ROLES:
        family = token(theme, f"fonts.{role}.family", _is_name, "the name of a font family")
        for style, weight in WEIGHTS.items():
            path = token(theme, f"fonts.{role}.{style}", _is_name, "the path of a font file")
            yield Face(family, weight, path, _font(theme, path))


def _is_name(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[\w ./-]+", value) is not None


def _font(theme: Theme, path: str) -> bytes:
    place = Place(theme.label, line_of(theme.text(FILE), "fonts"))
    try:
        data = theme.read(path)
    except Rejected as rejected:
        raise Rejected(Problem("font-missing", f"{path}: {rejected}", place)) from None
    if not _characters(data):
        message = f"{path} is not a font, or holds no characters."
        raise Rejected(Problem("font-missing", message, place))
    return data


@lru_cache(maxsize=32)
def _characters(data: bytes) -> frozenset[int]:
    try:
        with TTFont(io.BytesIO(data), lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (TTLibError, ValueError, KeyError, AssertionError, OSError, EOFError):
        return frozenset()


def characters_of(faces: Iterable[Face]) -> frozenset[int]:
    """The code points that at least one face holds."""
    return frozenset().union(*(_characters(face.data) for face in faces))
