"""What a master deck offers: its layouts, found by type and place, never by an English name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pptx.presentation import Presentation
from pptx.util import Emu

from builder.artifacts.deck.master.colours import Colours, colours_of
from builder.artifacts.deck.master.completing import completed
from builder.artifacts.deck.master.layouts import Sheet, families_of, layout_of, scripts_of
from builder.artifacts.deck.master.model import CONTENT, TEXTS, Layout, Master
from builder.artifacts.deck.master.opening import open_master, place_of_master
from builder.artifacts.deck.master.palette import Palette, palette_of
from builder.artifacts.deck.master.roles import Roles, assigned, failures
from builder.artifacts.deck.readback import parsed
from builder.artifacts.deck.style import Box
from builder.artifacts.deck.tokens import COLOURS, Tokens, colour_of
from builder.problems import Problem, Rejected
from builder.theme import Theme, master_file, place_of
from builder.workspace import digest

MEDIUM = "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"
"""“Medium Style 2 - Accent 1”, which every PowerPoint knows without finding it in the file."""
TABLES = "/tableStyles"
_known: dict[tuple[Any, ...], Master] = {}


def read_master(theme: Theme, tokens: Tokens) -> Master:
    """What the theme's master deck offers; a file is examined once in a process.

    Raises:
        Rejected: it cannot be read, or has no room for a title, a text and the stamp.
    """
    stated = tuple(
        tuple(sorted(theme.stated(master_file(theme), table).items()))
        for table in ("layouts", "scheme", "colours", "band")
    )
    colours = tuple(theme.tokens.get("colours", {}).items())
    key = (digest(theme.read(master_file(theme))), tokens, stated, colours)
    if key not in _known:
        _known[key] = _examined(open_master(theme), theme, tokens)
    return _known[key]


def mapping_of(theme: Theme) -> dict[str, str]:
    """The names of the layouts by role, where the folder that holds the master states them.

    What one theme maps says nothing of the master of another that extends it.
    """
    return {role: str(name) for role, name in theme.stated(master_file(theme), "layouts").items()}


def _examined(deck: Presentation, theme: Theme, tokens: Tokens) -> Master:
    width, height = Emu(deck.slide_width or 0).pt, Emu(deck.slide_height or 0).pt
    slide = Box(0.0, 0.0, width, height)
    table_style, notes = _table_style(deck, tokens)
    sized = tokens.fitted(
        min(width, height), table_style, bool(theme.stated(master_file(theme), "band"))
    )
    layouts, schemes = _layouts(deck, slide, sized)
    roles = assigned(layouts, slide, mapping_of(theme))
    if roles.failed:
        raise Rejected(*_failed(roles, layouts, theme))
    content = roles.layouts[CONTENT]
    palette = _palette(content, schemes[content.master], theme)
    sized = replace(sized, colours=tuple(palette.entries.items()))
    slots, every = dict(palette.slots), tuple(layouts)
    scripts = scripts_of(_theme_of(deck.slide_masters[content.master]))
    return Master(
        *(roles.layouts, slots, width, height, sized, palette),
        *(every, roles.choices, notes, scripts),
    )


def _layouts(deck: Presentation, slide: Box, tokens: Tokens) -> tuple[list[Layout], list[Colours]]:
    """All layouts of all masters, completed; and the colours of each master."""
    found: list[Layout] = []
    schemes = []
    defaults = deck.element.find("{*}defaultTextStyle")
    for number, master in enumerate(deck.slide_masters):
        theme = _theme_of(master)
        formats = None if theme is None else theme.find(".//{*}fmtScheme")
        fonts = families_of(theme)
        schemes.append(colours_of(theme, master.element))
        for layout in master.slide_layouts:
            element = layout.element
            colours = colours_of(theme, master.element, element)
            sheet = Sheet(element, master.element, colours, fonts, formats, defaults, slide, tokens)
            bare = layout_of(sheet, layout.name, len(found), number)
            found.append(completed(bare, sheet))
    return found, schemes


def _theme_of(master: Any) -> Any:
    """The root of the theme part that a master names; None where it names none."""
    relations = master.part.rels.values()
    part = next((rel.target_part for rel in relations if rel.reltype.endswith("/theme")), None)
    return None if part is None else parsed(part.blob)


def _palette(content: Layout, scheme: Colours, theme: Theme) -> Palette:
    stated = {name: colour_of(theme, name) for name in _stated_colours(theme)}
    given = theme.tokens.get("colours", {})
    every = {name: colour_of(theme, name) for name in (*COLOURS, "ink") if name in given}
    text = content.all(*TEXTS)[0]
    paper = text.ground[0] if len(text.ground) == 1 else ""
    return palette_of(stated, every, scheme, text.ink, paper)


def _stated_colours(theme: Theme) -> Iterator[str]:
    """The colours that hold for the master: those that its own folder, or a nearer one, states."""
    known = (*COLOURS, "ink")
    yield from (name for name in theme.stated(master_file(theme), "colours") if name in known)


def _table_style(deck: Presentation, tokens: Tokens) -> tuple[str, tuple[str, ...]]:
    """The theme's style of tables if the master deck holds it, else one that every program has."""
    parts = (rel.target_part for rel in deck.part.rels.values() if rel.reltype.endswith(TABLES))
    held = any(tokens.table_style.encode() in part.blob for part in parts)
    if held:
        return tokens.table_style, ()
    note = (
        "The master deck does not hold the theme's table style: Medium Style 2 - Accent 1 is used."
    )
    return MEDIUM, (note,)


def _failed(roles: Roles, layouts: Sequence[Layout], theme: Theme) -> Iterator[Problem]:
    for choice in roles.failed:
        mapped = choice.role in mapping_of(theme)
        place = place_of(theme, ("layouts", choice.role)) if mapped else place_of_master(theme)
        message = f"No layout serves slides for “{choice.role}”: {choice.reason}."
        hint = f"Layouts there: {failures(layouts)}."
        yield Problem("theme-layout", message, place, hint)


__all__ = ["mapping_of", "read_master"]
