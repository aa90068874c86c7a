"""The theme's fonts: as rules for the engine, and as the characters that they hold."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element

from fontTools.ttLib import TTFont, TTLibError

from builder.artifacts.leaflet.extras import cut
from builder.artifacts.leaflet.scripts import (
    NAME,
    Need,
    missing_of,
    needs_of,
    ranges_of,
    scripts_of,
)
from builder.problems import Place, Problem, Rejected
from builder.settings import line_of
from builder.theme import FILE, Theme, token

ROLES = ("text", "headings", "fallback")
"""The tables of `[fonts]` that every leaflet uses."""
WEIGHTS = {"regular": 400, "bold": 700}
"""Nothing is slanted: clear print has no italics (UKAAF G003)."""


@dataclass(frozen=True, slots=True)
class Face:
    """One font file and how a style names it."""

    family: str
    weight: int
    path: str
    data: bytes
    characters: str = ""
    """What it is for, as CSS writes ranges of characters; all that it holds where it is empty."""

    @property
    def rule(self) -> str:
        """The `@font-face` rule."""
        reach = f"; unicode-range: {self.characters}" if self.characters else ""
        return (
            f'@font-face {{ font-family: "{self.family}"; font-weight: {self.weight}; '
            f"src: url(res:///theme/{self.path}){reach} }}"
        )


@dataclass(frozen=True, slots=True)
class Fonts:
    """What a document is set in."""

    faces: tuple[Face, ...]
    rules: str
    """Style that names the families of further scripts where the document needs them."""


def fonts_for(theme: Theme, root: Element, css: str) -> Fonts:
    """The faces that every leaflet uses, and those of the scripts that a document is written in.

    Args:
        theme: whose fonts they are.
        root: the document.
        css: the style that is laid under it, which may add text.

    Raises:
        Rejected: a file is not named, not there, or not a font.
    """
    needs = needs_of(theme.once(scripts_of), root, css)
    faces = theme.once(faces_of)
    if not needs:
        return Fonts(faces, "")
    further = [face for need in needs for face in _further(theme, need)]
    held = {face.family for face in further}
    needs = tuple(need for need in needs if need.script.family in held)
    return Fonts((*faces, *further), _rules(theme, needs, root.get("lang", "")))


def faces_of(theme: Theme) -> tuple[Face, ...]:
    """The faces that every leaflet uses; of two for one family and weight, the first.

    Raises:
        Rejected: a file is not named, not there, or not a font.
    """
    faces: dict[tuple[str, int], Face] = {}
    for face in _faces(theme):
        faces.setdefault((face.family, face.weight), face)
    return tuple(faces.values())


def _faces(theme: Theme) -> Iterator[Face]:
    for role in ROLES:
        family = _family(theme, role)
        for style, weight in WEIGHTS.items():
            path = token(theme, f"fonts.{role}.{style}", _is_name, "the path of a font file")
            yield Face(family, weight, path, _font(theme, path))


def _family(theme: Theme, role: str) -> str:
    return str(token(theme, f"fonts.{role}.family", _is_name, "the name of a font family"))


def _is_name(value: object) -> bool:
    return isinstance(value, str) and NAME.fullmatch(value) is not None


def _further(theme: Theme, need: Need) -> Iterator[Face]:
    """The faces of a script; none of an extra that is not installed."""
    script = need.script
    for weight, path in script.files:
        yield Face(script.family, weight, path, _font(theme, path), script.characters)
    collection = script.extra.installed() if script.extra else None
    if collection:
        for weight in WEIGHTS.values():
            data = cut(collection, script.family, weight, need.characters)
            name = f"{script.family}-{weight}".replace(" ", "-")
            yield Face(script.family, weight, name, data)


def _rules(theme: Theme, needs: tuple[Need, ...], language: str) -> str:
    """Style that puts a script's family where it belongs among the theme's.

    A family that draws characters as the document's own language does goes first, since it holds
    nothing else than these and their marks; so it does in passages of another such language.
    """
    text, headings, fallback = (_quoted(_family(theme, role)) for role in ROLES)
    leading = [_quoted(need.script.family) for need in needs if language in need.own]
    trailing = [_quoted(need.script.family) for need in needs if not need.own]
    families = {
        "text": [*leading, text],
        "headings": [*leading, headings],
        "fallback": [*trailing, fallback],
    }
    others = f"{text}, {fallback}"
    values = (f"--font-{role}: {', '.join(each)} !important" for role, each in families.items())
    passages = (
        f":lang({tag}) {{ font-family: {_quoted(need.script.family)}, {others} !important }}"
        for need in needs
        for tag in need.own
        if language not in need.own and re.fullmatch(r"[\w-]+", tag)
    )
    return "\n".join((f":root:root {{ {'; '.join(values)} }}", *passages))


def _quoted(family: str) -> str:
    return f'"{family}"'


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
    """The code points that at least one face holds, and is for."""
    return frozenset().union(*map(_shown, faces))


def _shown(face: Face) -> frozenset[int]:
    held = _characters(face.data)
    if not face.characters:
        return held
    return held.intersection(*[set().union(*ranges_of(face.characters))])


def advice_on(theme: Theme, characters: Iterable[str]) -> str:
    """What a user can do about characters that no face holds."""
    extra = missing_of(scripts_of(theme), characters)
    if extra:
        return extra.advice
    return "Write it in other words, or give the theme a font that holds it: [[fonts.scripts]]."
