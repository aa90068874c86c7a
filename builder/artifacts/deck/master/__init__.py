"""What a master deck offers: its layouts, found by type and place, never by an English name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pptx.presentation import Presentation
from pptx.util import Emu

from builder.artifacts.deck.master.layouts import NAMES, layout_of
from builder.artifacts.deck.master.model import Layout, Master
from builder.artifacts.deck.master.opening import FILE, open_master
from builder.artifacts.deck.master.roles import by_role, mapping_of
from builder.artifacts.deck.readback import parsed
from builder.artifacts.deck.tokens import Tokens
from builder.theme import Theme
from builder.workspace import digest

Words = tuple[tuple[str, str], ...]
_known: dict[tuple[str, Tokens, Words, Words], Master] = {}


def read_master(theme: Theme, tokens: Tokens) -> Master:
    """What the theme's master deck offers; a file is examined once in a process.

    Raises:
        Rejected: it cannot be read, or lacks a layout or a placeholder that is needed.
    """
    mapping = mapping_of(theme)
    colours = (*theme.stated(FILE, "scheme").items(), *theme.tokens.get("colours", {}).items())
    key = (digest(theme.read(FILE)), tokens, tuple(sorted(mapping.items())), colours)
    if key not in _known:
        _known[key] = _examined(open_master(theme), theme, tokens, mapping)
    return _known[key]


def _examined(
    deck: Presentation, theme: Theme, tokens: Tokens, mapping: Mapping[str, str]
) -> Master:
    found = [
        layout_of(layout.element, master.element, layout.name, tokens)
        for master in deck.slide_masters
        for layout in master.slide_layouts
    ]
    layouts = [Layout(name, position, holders) for position, (name, holders) in enumerate(found)]
    size = (Emu(deck.slide_width or 0).pt, Emu(deck.slide_height or 0).pt)
    return Master(by_role(layouts, theme, mapping), _scheme(deck), *size)


def _scheme(deck: Presentation) -> dict[str, str]:
    """The colours of the master's own scheme, so that a change of the scheme reaches all."""
    names = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2", "hlink": "hlink"}
    names |= {f"accent{number}": f"accent{number}" for number in range(1, 7)}
    part = next(
        (rel.target_part for rel in deck.slide_masters[0].part.rels.values() if _is_theme(rel)),
        None,
    )
    if part is None:
        return {}
    return scheme_colours(part.blob, names)


def _is_theme(relation: Any) -> bool:
    return str(relation.reltype).endswith("/theme")


def scheme_colours(xml: bytes, names: dict[str, str]) -> dict[str, str]:
    """Six digits -> name, for the slots that hold a plain colour."""
    root = parsed(xml)
    if root is None:
        return {}
    found = {}
    for slot, name in reversed(names.items()):
        colour = root.find(f".//a:clrScheme/a:{slot}/a:srgbClr", NAMES)
        if colour is not None:
            found[str(colour.get("val")).upper()] = name
    return found
