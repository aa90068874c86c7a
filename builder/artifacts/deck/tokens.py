"""What the deck writer takes from `theme.toml`: sizes, floors, colours, the band, the table."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from builder.artifacts.deck.style import Box
from builder.theme import Theme, is_colour, is_number, is_size, token

INCH = 72.0
"""Points in an inch."""
SHORT = 7.5
"""Inches: the shorter side of the slide that sizes are stated for."""
LENGTHS = (
    *("floor", "title_floor", "table", "table_floor", "references_floor", "caption", "note"),
    *("band_size", "band_inset", "row_height", "cell_sides", "cell_ends"),
)
"""Those of the tokens that grow with the slide."""
COLOURS = ("paper", "brand", "deep", "tint", "muted", "warning", "warning_tint", "expired")


@dataclass(frozen=True)
class Tokens:
    """Sizes in points, lengths in points, colours as six digits."""

    floor: float
    title_floor: float
    table: float
    table_floor: float
    references_floor: float
    caption: float
    note: float
    band: Box | None
    """None where each layout has its own place for it."""
    band_size: float
    band_inset: float
    table_style: str
    row_height: float
    cell_sides: float
    """Left and right of the text of a cell."""
    cell_ends: float
    """Above and below it."""
    colours: tuple[tuple[str, str], ...]
    scale: float = 1.0
    """By how much lengths are larger than on a slide of 7.5 inches."""

    def fitted(self, short: float, keeps_band: bool) -> Tokens:
        """The tokens for slides of a master.

        A slide is shown as large as the wall or the paper allows, whatever its size in the file: on
        a poster, 18 points are dust. So sizes grow with a slide's shorter side, beyond the 7.5
        inches that they are stated for. They do not shrink on a smaller slide: people print it.

        Args:
            short: the shorter side of a slide in points.
            keeps_band: whether the band's place is stated for this very master.
        """
        scale = max(1.0, short / (SHORT * INCH))
        grown = {name: getattr(self, name) * scale for name in LENGTHS}
        band = self.band if keeps_band else None
        return replace(self, **grown, scale=scale, band=band)

    def colour(self, name: str) -> str:
        """Six digits of a colour."""
        return dict(self.colours)[name]

    def floor_of(self, size: float) -> float:
        """How far an area's text may shrink: an area of small text has its own floor."""
        return self.floor if size >= self.floor else min(size, self.references_floor)


def read_tokens(theme: Theme) -> Tokens:
    """The tokens of a theme.

    Raises:
        Rejected: one is missing, or not of its kind.
    """
    sizes = {
        name: float(token(theme, f"sizes.deck.{name}", is_size, "a size in points"))
        for name in (
            *("floor", "title_floor", "table", "table_floor"),
            *("references_floor", "caption", "note"),
        )
    }
    band = (_number(theme, f"band.{side}") * INCH for side in ("left", "top", "width", "height"))
    sides, ends = token(theme, "table.cell_inset", _is_pair, "two numbers")
    return Tokens(
        **sizes,
        band=Box(*band),
        band_size=float(token(theme, "band.size", is_size, "a size in points")),
        band_inset=_number(theme, "band.inset") * INCH,
        table_style=_table_style(theme),
        row_height=_number(theme, "table.row_height") * INCH,
        cell_sides=sides * INCH,
        cell_ends=ends * INCH,
        colours=tuple((name, colour_of(theme, name)) for name in COLOURS),
    )


def colour_of(theme: Theme, name: str) -> str:
    """Six digits of one of the theme's colours.

    Raises:
        Rejected: the theme has no such colour.
    """
    value = token(theme, f"colours.{name}", is_colour, "a colour such as #0F5C6E")
    return str(value).removeprefix("#").upper()


def _number(theme: Theme, path: str) -> float:
    return float(token(theme, path, is_number, "a number"))


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(is_number, value))


def _table_style(theme: Theme) -> str:
    pattern = r"\{[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}"
    return str(
        token(
            theme,
            "table.style",
            lambda given: bool(re.fullmatch(pattern, str(given))),
            "the identity of a table style in the master deck",
        )
    )
