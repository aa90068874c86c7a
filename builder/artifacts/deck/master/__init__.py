"""What a master deck offers: its layouts, found by type and place, never by an English name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from builder.artifacts.deck.archive import unpacked
from builder.artifacts.deck.master.canvas import Scene
from builder.artifacts.deck.master.colours import Colours, colours_of
from builder.artifacts.deck.master.completing import completed
from builder.artifacts.deck.master.enlarging import enlarged
from builder.artifacts.deck.master.layouts import Sheet, families_of, layout_of, scripts_of
from builder.artifacts.deck.master.legible import legible
from builder.artifacts.deck.master.model import CONTENT, TEXTS, Layout, Master
from builder.artifacts.deck.master.opening import place_of_master, sound_master
from builder.artifacts.deck.master.painting import Images
from builder.artifacts.deck.master.palette import Palette, palette_of
from builder.artifacts.deck.master.placing import places_of
from builder.artifacts.deck.master.roles import Roles, assigned, candidates, failures
from builder.artifacts.deck.master.tables import known_style
from builder.artifacts.deck.master.template import MAIN
from builder.artifacts.deck.master.textstyle import NAMES, POINT, lists_of
from builder.artifacts.deck.parts import Package, read_package
from builder.artifacts.deck.style import Box
from builder.artifacts.deck.tokens import COLOURS, Tokens, colour_of
from builder.problems import Problem, Rejected
from builder.theme import Theme, master_file, place_of
from builder.workspace import digest

RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
LISTS = {
    "slideMaster": "p:sldMasterIdLst/p:sldMasterId",
    "slideLayout": "p:sldLayoutIdLst/p:sldLayoutId",
}
"""Where the masters of a deck and the layouts of a master are listed."""
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
        package = read_package(unpacked(sound_master(theme)))
        _known[key] = _examined(package, theme, tokens)
    return _known[key]


def mapping_of(theme: Theme) -> dict[str, str]:
    """The names of the layouts by role, where the folder that holds the master states them.

    What one theme maps says nothing of the master of another that extends it.
    """
    return {role: str(name) for role, name in theme.stated(master_file(theme), "layouts").items()}


def _examined(deck: Package, theme: Theme, tokens: Tokens) -> Master:
    size = deck.tree(MAIN).find("p:sldSz", NAMES)
    width, height = (int(size.get(side)) / POINT for side in ("cx", "cy"))
    slide = Box(0.0, 0.0, width, height)
    sized = tokens.fitted(min(width, height), bool(theme.stated(master_file(theme), "band")))
    layouts, schemes = _layouts(deck, slide, sized)
    roles = assigned(layouts, slide, mapping_of(theme))
    if roles.failed:
        raise Rejected(*_failed(roles, layouts, theme))
    content = roles.layouts[CONTENT]
    palette = _palette(content, schemes[content.master], theme)
    style, notes = _table_style(deck, tokens, schemes[content.master])
    sized = replace(sized, colours=tuple(palette.entries.items()), table_style=style)
    slots, every = dict(palette.slots), tuple(layouts)
    master = _listed(deck, MAIN, "slideMaster")[content.master]
    scripts = scripts_of(_theme_of(deck, master))
    return Master(
        *(roles.layouts, slots, width, height, sized, palette),
        *(every, roles.choices, notes, scripts, _turned(deck, master)),
    )


def _turned(deck: Package, master: str) -> bool:
    """Whether text in no placeholder may run leftwards; programs differ in what tables inherit."""
    defaults = deck.tree(MAIN).find("p:defaultTextStyle", NAMES)
    main, own = deck.tree(MAIN), deck.tree(master)
    found = (lists_of(main, "otherStyle", (), defaults), lists_of(own, "otherStyle", ()))
    return any(lists.levels[0].leftwards for lists in found)


def _layouts(deck: Package, slide: Box, tokens: Tokens) -> tuple[list[Layout], list[Colours]]:
    """All layouts of all masters, completed; and the colours of each master."""
    found: list[Layout] = []
    schemes = []
    for number, part in enumerate(_listed(deck, MAIN, "slideMaster")):
        bare = list(_bare(deck, part, slide, tokens, len(found), number))
        schemes.append(_scheme(deck, part))
        places = places_of(bare)
        found += [legible(enlarged(completed(*each, places), each[1]), each[1]) for each in bare]
    return found, schemes


def _scheme(deck: Package, master: str) -> Colours:
    return colours_of(_theme_of(deck, master), deck.tree(master))


def _bare(
    deck: Package, part: str, slide: Box, tokens: Tokens, first: int, number: int
) -> Iterator[tuple[Layout, Sheet]]:
    """The layouts of a master as they are, counted from `first` on."""
    defaults = deck.tree(MAIN).find("p:defaultTextStyle", NAMES)
    theme, master = _theme_of(deck, part), deck.tree(part)
    beside = (_images(deck, part), _images(deck, deck.target(part, "theme")))
    formats = None if theme is None else theme.find(".//{*}fmtScheme")
    fonts = families_of(theme)
    for at, name in enumerate(_listed(deck, part, "slideLayout"), first):
        layout = deck.tree(name)
        colours = colours_of(theme, master, layout)
        images = (_images(deck, name), *beside)
        scene = Scene(slide, layout, master, colours, formats, images)
        sheet = Sheet(layout, master, colours, fonts, formats, defaults, scene, tokens)
        title = str(layout.find("p:cSld", NAMES).get("name", ""))
        yield layout_of(sheet, title, at, number), sheet


def _listed(deck: Package, part: str, kind: str) -> list[str]:
    """The masters of the deck or the layouts of a master, in its order."""
    related = deck.of(part, kind)
    return [related[each.get(RELATED)] for each in deck.tree(part).iterfind(LISTS[kind], NAMES)]


def _theme_of(deck: Package, master: str) -> Any:
    """The root of the theme part that a master names; None where it names none."""
    part = deck.target(master, "theme")
    return deck.tree(part) if part else None


def _images(deck: Package, part: str) -> Images:
    """The pictures of a part by the identity of their relation."""
    return {key: deck.parts[name] for key, name in deck.of(part, "image").items()}


def _palette(content: Layout, scheme: Colours, theme: Theme) -> Palette:
    stated = {name: colour_of(theme, name) for name in _stated_colours(theme)}
    given = theme.tokens.get("colours", {})
    every = {name: colour_of(theme, name) for name in (*COLOURS, "ink") if name in given}
    text = content.all(*TEXTS)[0]
    return palette_of(stated, every, scheme, text.ink, text.ground)


def _stated_colours(theme: Theme) -> Iterator[str]:
    """The colours that hold for the master: those that its own folder, or a nearer one, states."""
    known = (*COLOURS, "ink")
    yield from (name for name in theme.stated(master_file(theme), "colours") if name in known)


def _table_style(deck: Package, tokens: Tokens, scheme: Colours) -> tuple[str, tuple[str, ...]]:
    """The theme's style of tables if the master deck holds it, else one that every program has."""
    parts = deck.of(MAIN, "tableStyles").values()
    held = any(tokens.table_style.encode() in deck.parts[part] for part in parts)
    if held:
        return tokens.table_style, ()
    style, name = known_style(scheme)
    return style, (f"The master deck does not hold the theme's table style: {name} is used.",)


def _failed(roles: Roles, layouts: Sequence[Layout], theme: Theme) -> Iterator[Problem]:
    for choice in roles.failed:
        mapped = choice.role in mapping_of(theme)
        place = place_of(theme, ("layouts", choice.role)) if mapped else place_of_master(theme)
        message = f"No layout serves slides for “{choice.role}”: {choice.reason}."
        names = candidates(layouts, choice.layout) if choice.layout else ""
        hint = f"It has: {names}." if names else f"Layouts there: {failures(layouts)}."
        yield Problem("theme-layout", message, place, hint)


__all__ = ["mapping_of", "read_master"]
