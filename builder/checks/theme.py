"""Checks on a theme: every pair of text and background is told apart, every font is there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from builder.problems import Place, Problem
from builder.settings import line_of
from builder.theme import FILE, Theme

ENOUGH, ENOUGH_LARGE = 4.5, 3.0
"""WCAG 2.2, success criterion 1.4.3: contrast of text, and of text from 18 pt (14 pt bold) on."""
NEEDED = ("deck.html.j2", "leaflet.html.j2", "page.html.j2", "master.pptx")


def check_theme(theme: Theme) -> Iterator[Problem]:
    """What is wrong with a theme before anything is made with it."""
    yield from _files(theme)
    yield from _contrasts(theme)


def contrast(text: str, background: str) -> float:
    """The contrast of two colours such as #0F5C6E, from 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(text), _luminance(background)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _files(theme: Theme) -> Iterator[Problem]:
    for path in NEEDED:
        if not theme.has(path):
            message = f"The theme “{theme.name}” holds no {path}."
            yield Problem("theme-file", message, Place(theme.label), "Extend a theme that has it.")
    for path in _fonts(theme.tokens.get("fonts", {})):
        if not theme.has(path):
            message = f"The font file {path} does not exist."
            yield Problem("font-missing", message, _place(theme, path))


def _fonts(value: Any) -> Iterator[str]:
    """The font files named anywhere under [fonts]."""
    if isinstance(value, str) and value.lower().endswith((".ttf", ".otf")):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _fonts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _fonts(inner)


def _contrasts(theme: Theme) -> Iterator[Problem]:
    colours = theme.tokens.get("colours", {})
    for name, colour in colours.items():
        if not re.fullmatch(r"#[0-9A-Fa-f]{6}", str(colour)):
            message = f"colours.{name} must be a colour such as #0F5C6E."
            yield Problem("theme-file", message, _place(theme, name))
            return
    for pair in theme.tokens.get("contrast", []):
        yield from _pair(theme, pair, colours)


def _pair(theme: Theme, pair: Mapping[str, Any], colours: Mapping[str, str]) -> Iterator[Problem]:
    text, background = str(pair.get("text")), str(pair.get("background"))
    unknown = [name for name in (text, background) if name not in colours]
    if unknown:
        message = f"[[contrast]] names a colour that does not exist: {', '.join(unknown)}."
        yield Problem("theme-file", message, _place(theme, "contrast"))
        return
    needed = ENOUGH_LARGE if pair.get("large") else ENOUGH
    found = contrast(colours[text], colours[background])
    if found < needed:
        message = f"{text} on {background} has a contrast of {found:.1f}; {needed} is needed."
        yield Problem(
            "contrast-low", message, _place(theme, text), "Darken one or lighten the other."
        )


def _place(theme: Theme, key: str) -> Place:
    text = theme.text(FILE)
    found = text.find(key)
    line = line_of(text, key) or (text.count("\n", 0, found) + 1 if found >= 0 else None)
    return Place(theme.label, line)
