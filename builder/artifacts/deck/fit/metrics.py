"""Which file measures which family of fonts, as the theme says.

A deck names fonts and does not hold them. The theme holds files of the same widths: for its own
family in `[fonts.deck]`, for others in the list `[[fonts.metrics]]`. A family without one is
measured as a wide one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from builder.artifacts.deck.fit.faces import LEADING, STYLES, Faces
from builder.artifacts.deck.fit.shaping import Cut, Face, read_face
from builder.artifacts.deck.style import Style
from builder.problems import Place, Problem, Rejected
from builder.theme import Theme, is_text, place_of, token
from builder.workspace import digest

__all__ = ["LEADING", "Faces", "Fonts", "faces_of", "fonts_of"]

WIDE, WIDE_FACE = 1.2, "Arial"
"""What a family without a file is measured with: so much wider than Arial. Verdana and DejaVu Sans,
the widest that are common, are wider by 15 to 17 % in running text, by 20 % in bold."""
TALL = 1.36
"""The height of its lines in em: Segoe UI, Noto Sans and Open Sans have 1.33 to 1.36."""
MONOSPACE, MONOSPACE_FACE = 0.6, "Courier New"
"""The family of code, and the width of each of its characters in em."""

_faces: dict[str, Face] = {}
"""Each file is parsed once in a process."""
_sets: dict[tuple[Any, ...], Faces] = {}

Entry = Mapping[str, Any]
"""The names of four files."""


@dataclass(frozen=True, eq=False)
class Fonts:
    """The faces of every font that the deck names."""

    theme: Theme
    family: str
    """The theme's own."""
    entries: Mapping[str, Entry]
    """By family, in small letters."""
    others: Mapping[str, tuple[Face, ...]]
    """What stands in for characters that a family lacks, by style."""
    read: Callable[[str], Face]
    """A font file of the theme."""
    found: dict[str, Faces] = field(default_factory=dict)

    def of(self, style: Style) -> Faces:
        """The faces that the text of an area is measured with."""
        return self.named(style.family)

    @property
    def default(self) -> Faces:
        """The faces of the theme's own family."""
        return self.named("")

    def named(self, family: str) -> Faces:
        """The faces of a family; "" and the theme fonts (`+mn-lt`) are the theme's own."""
        name = self._name(family)
        if name not in self.found:
            entry = self.entries.get(name)
            self.found[name] = self._faces(entry) if entry else self._wide()
        return self.found[name]

    def known(self, family: str) -> str | None:
        """The file that a family is measured with; None where its widths are unknown."""
        entry = self.entries.get(self._name(family))
        return _label(self.theme, entry["regular"]) if entry else None

    def _name(self, family: str) -> str:
        own = not family.strip() or family.startswith("+")
        return (self.family if own else family).strip().lower()

    def _faces(self, entry: Entry, wider: float = 1.0, least: float = LEADING) -> Faces:
        faces = [self.read(entry[style]) for style in STYLES]
        code = self.entries.get(MONOSPACE_FACE.lower())
        mono = self.read(code["regular"]) if code else faces[0]
        key = (*faces, mono, wider, least, *self.others.values())
        if key not in _sets:
            cuts = {
                style: Cut(face, self.others[style], wider, least=least)
                for style, face in zip(STYLES, faces, strict=True)
            }
            _sets[key] = Faces(
                cuts, Cut(mono, self.others["regular"], even=MONOSPACE, least=LEADING)
            )
        return _sets[key]

    def _wide(self) -> Faces:
        entry = self.entries.get(WIDE_FACE.lower()) or _stated(self.theme)
        return self._faces(entry, WIDE, TALL)


def fonts_of(theme: Theme) -> Fonts:
    """The fonts of the deck; those of one theme are read once.

    Raises:
        Rejected: the theme names no files, or one cannot be read as a font.
    """
    return theme.once(_fonts)


def _fonts(theme: Theme) -> Fonts:
    read = cache(partial(_face, theme))
    entries: dict[str, Entry] = {}
    family = str(token(theme, "fonts.deck.family", is_text, "the name of a font family"))
    own = _stated(theme)
    others: dict[str, tuple[Face, ...]] = dict.fromkeys(STYLES, ())
    if _is_own(theme):
        entries[family.lower()] = own
    for entry in _listed(theme):
        for name in entry["families"]:
            entries.setdefault(str(name).lower(), entry)
        if entry.get("stands_in"):
            for style in STYLES:
                others[style] += (read(entry[style]),)
    fonts = Fonts(theme, family, entries, others, read)
    fonts.named(family)
    return fonts


def faces_of(theme: Theme) -> Faces:
    """The faces of the theme's own family.

    Raises:
        Rejected: as for `fonts_of`.
    """
    return fonts_of(theme).default


def _stated(theme: Theme) -> Entry:
    """The files of `[fonts.deck]`."""
    return {style: token(theme, f"fonts.deck.{style}", is_text, "a font file") for style in STYLES}


def _is_own(theme: Theme) -> bool:
    """Whether the files of `[fonts.deck]` are those of its family, not of an extended theme's."""
    for layer in theme.layers:
        stated = layer.get("fonts", {}).get("deck", {})
        if "family" in stated or "regular" in stated:
            return "regular" in stated
    return True


def _listed(theme: Theme) -> Iterator[Entry]:
    """The tables of `[[fonts.metrics]]`: the theme's own, then those of themes that it extends.

    Raises:
        Rejected: one names no families or no file.
    """
    for layer in theme.layers or (theme.tokens,):
        for entry in layer.get("fonts", {}).get("metrics", ()):
            files = {style: entry.get(style) or entry.get("regular") for style in STYLES}
            families = entry.get("families", [])
            fits = isinstance(families, list) and families and all(map(is_text, families))
            if not fits or not all(map(is_text, files.values())):
                message = "Each [[fonts.metrics]] names families, a list, and regular, a font file."
                raise Rejected(
                    Problem("theme-file", message, place_of(theme, ("fonts", "metrics")))
                )
            yield {**files, "families": families, "stands_in": entry.get("stands_in", False)}


def _label(theme: Theme, path: str) -> str:
    return theme.holder(path).label(path)


def _face(theme: Theme, path: str) -> Face:
    data = theme.read(path)
    key = digest(data)
    if key not in _faces:
        try:
            _faces[key] = read_face(data)
        except ValueError as error:
            message = f"The file cannot be read as a font: {error}."
            raise Rejected(Problem("font-missing", message, Place(_label(theme, path)))) from None
    return _faces[key]
