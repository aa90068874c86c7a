"""Checks on a theme: files, keys, fonts, colours that can be told apart."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

from builder.contrast import ENOUGH, ENOUGH_LARGE, contrast
from builder.fields import nearest
from builder.problems import Place, Problem, Rejected
from builder.theme import (
    Theme,
    is_master,
    looks_like_master,
    master_file,
    merged,
    place_of,
    shipped,
)

NEEDED = ("deck.html.j2", "leaflet.html.j2", "page.html.j2", "audit.html.j2")
TOKENS = (
    *("colours", "fonts.text.family", "fonts.headings.family", "fonts.fallback.family"),
    *("fonts.deck", "sizes.leaflet", "sizes.deck", "band", "table"),
)
"""What the writers take from `theme.toml`."""
STYLES = ("regular", "bold", "italic", "bold_italic")
"""The keys of a font's files; own keys name a file by its ending."""
SLOTS = (
    *("dk1", "lt1", "dk2", "lt2", "hlink", "folHlink"),
    *(f"accent{number}" for number in range(1, 7)),
)
"""The slots of a colour scheme (ECMA-376 part 1, 20.1.6.2)."""
NEAR = 0.75
"""How alike two keys are of which one is probably a slip (difflib's ratio)."""


def check_theme(theme: Theme) -> Iterator[Problem]:
    """What is wrong with a theme before anything is made with it."""
    try:
        missing = list(_files(theme))
    except Rejected as rejected:  # several master decks
        missing = list(rejected.problems)
    yield from missing or _needed(theme)
    yield from _unread(theme)
    yield from _fonts(theme)
    yield from _contrasts(theme)
    yield from _scheme(theme)
    if not missing:
        yield from _master(theme)
    for at, layer in enumerate(theme.layers):
        yield from _slips(theme, layer, merged(theme.layers[at + 1 :]))


def _files(theme: Theme) -> Iterator[Problem]:
    for path in (*NEEDED, master_file(theme)):
        if not theme.has(path):
            message = f"The theme “{theme.name}” holds no {path}."
            yield Problem("theme-file", message, Place(theme.label), "Extend a theme that has it.")


def _unread(theme: Theme) -> Iterator[Problem]:
    """Decks in a folder without a master deck, which takes that of the extended theme instead."""
    for folder in theme.folders:
        names = folder.files()
        if any(map(is_master, names)) or folder.root.is_relative_to(shipped()):
            continue
        for name in filter(looks_like_master, names):
            wanted = f"master{PurePath(name).suffix.lower()}"
            message = f"{name} is not read: a master deck must be named {wanted}."
            yield Problem(
                "theme-unread", message, Place(folder.label(name)), f"Rename it {wanted}."
            )


def _master(theme: Theme) -> Iterator[Problem]:
    """What is wrong with the master deck; the one that comes with Leafdeck is known to be sound."""
    if not theme.holder(master_file(theme)).root.is_relative_to(shipped()):
        # Imported here, because it brings the deck's libraries with it.
        from builder.artifacts.deck.master.opening import inspect_master, invalid_parts

        yield from inspect_master(theme)
        yield from invalid_parts(theme)


def _needed(theme: Theme) -> Iterator[Problem]:
    for path in TOKENS:
        value: Any = theme.tokens
        for key in path.split("."):
            value = value.get(key, {})
        if not value:
            place = place_of(theme, path.split("."))
            hint = "Copy it from the theme that comes with Leafdeck, or extend that theme."
            yield Problem("theme-file", f"{path} is missing.", place, hint)


def _fonts(theme: Theme) -> Iterator[Problem]:
    for path, file in _texts(theme.tokens.get("fonts", {}), ("fonts",)):
        named = path[-1] in STYLES or file.lower().endswith((".ttf", ".otf"))
        if named and not theme.has(file):
            message = f"The font file {file} does not exist."
            yield Problem("font-missing", message, place_of(theme, path))


def _texts(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """All texts under a table, and where they stand."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, path)


def _scheme(theme: Theme) -> Iterator[Problem]:
    for slot, name in theme.tokens.get("scheme", {}).items():
        place = place_of(theme, ("scheme", slot))
        if slot not in SLOTS:
            message = f"A colour scheme has no slot “{slot}”."
            hint = nearest(slot, SLOTS) or f"There are: {', '.join(SLOTS)}."
            yield Problem("theme-file", message, place, hint)
        if name not in theme.tokens.get("colours", {}):
            message = f"scheme.{slot} names a colour that does not exist: {name}."
            yield Problem("theme-file", message, place)


def _slips(
    theme: Theme, layer: Mapping[str, Any], below: Mapping[str, Any], path: tuple[str, ...] = ()
) -> Iterator[Problem]:
    """Keys that the extended theme lacks, and that are near to one which it has.

    Other new keys are a theme's own business: its templates may use them.
    """
    for key, value in layer.items():
        if isinstance(value, Mapping) and isinstance(below.get(key), Mapping):
            yield from _slips(theme, value, below[key], (*path, key))
        known = key in below or path == ("scheme",)
        near = [] if known else difflib.get_close_matches(key, below, 1, NEAR)
        if near:
            message = f"The extended theme has no key “{'.'.join((*path, key))}”."
            hint = f"Did you mean “{near[0]}”?"
            yield Problem("theme-key", message, place_of(theme, (*path, key)), hint)


def _contrasts(theme: Theme) -> Iterator[Problem]:
    colours = theme.tokens.get("colours", {})
    for pair in theme.tokens.get("contrast", []):
        yield from _pair(theme, pair, colours)


def _pair(theme: Theme, pair: Mapping[str, Any], colours: Mapping[str, str]) -> Iterator[Problem]:
    text, background = str(pair.get("text")), str(pair.get("background"))
    unknown = [name for name in (text, background) if name not in colours]
    if unknown:
        message = f"[[contrast]] names a colour that does not exist: {', '.join(unknown)}."
        yield Problem("theme-file", message, place_of(theme, ("contrast",)))
        return
    needed = ENOUGH_LARGE if pair.get("large") else ENOUGH
    found = contrast(colours[text], colours[background])
    if found < needed:
        message = f"{text} on {background} has a contrast of {found:.1f}; {needed} is needed."
        own = theme.layers[0].get("colours", {}) if theme.layers else {}
        nearer = [name for name in (text, background) if name in own]
        place = place_of(theme, ("colours", (nearer or [text])[0]))
        yield Problem("contrast-low", message, place, "Darken one or lighten the other.")
