"""The master deck in the theme's colours: the slots of its scheme, and its custom colours.

A theme that extends another recolours that one's master deck. A colour scheme has twelve slots
(ECMA-376 part 1, 20.1.6.2); what a master paints in further colours, it offers by name among its
custom colours (20.1.4.1.7), and those are found by that name among the theme's colours.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from lxml import etree

from builder.artifacts.deck.archive import packed
from builder.artifacts.deck.readback import parsed
from builder.artifacts.deck.tokens import colour_of
from builder.theme import Theme

MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
NAMES = {"a": MAIN}
PLAIN = f"{{{MAIN}}}srgbClr"
PAINTED = re.compile(rb'(?<=:srgbClr val=")[0-9A-Fa-f]{6}(?=")')


def repainted(data: bytes, theme: Theme, path: str) -> bytes:
    """A master deck in the colours of the theme; the very same bytes where nothing differs.

    Args:
        data: the master deck.
        theme: its table [scheme] names a colour for each slot, where the folder that holds the
            deck states that table; else nothing is repainted.
        path: the deck's file in the theme.

    Raises:
        Rejected: [scheme] names a colour that the theme lacks.
        BadZipFile: the deck is none.
    """
    stated = theme.stated(path, "scheme")
    if not stated:
        return data
    slots = tuple((slot, colour_of(theme, name)) for slot, name in stated.items())
    colours = tuple((name, colour_of(theme, name)) for name in theme.tokens["colours"])
    return _repainted(data, slots, colours) or data


Pairs = tuple[tuple[str, str], ...]
"""Names and their colours, six digits each."""


@lru_cache(maxsize=4)
def _repainted(data: bytes, slots: Pairs, colours: Pairs) -> bytes:
    """The deck in other colours; nothing where none differs. Each is painted once in a process."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    custom: dict[bytes, bytes] = {}
    changed = {
        name: _scheme(part, dict(slots), dict(colours), custom)
        for name, part in entries.items()
        if "/theme/" in name and name.endswith(".xml")
    }
    for name in entries.keys() - changed.keys():
        if name.endswith(".xml"):
            changed[name] = PAINTED.sub(
                lambda digits: custom.get(digits[0].upper(), digits[0]), entries[name]
            )
    return b"" if changed.items() <= entries.items() else packed({**entries, **changed})


def _scheme(
    xml: bytes, slots: Mapping[str, str], colours: Mapping[str, str], custom: dict[bytes, bytes]
) -> bytes:
    """A theme part in other colours; custom colours that change are noted in `custom`."""
    root = parsed(xml)
    if root is None or root.tag != f"{{{MAIN}}}theme":
        return xml
    changes = [_painted(slot, slots.get(_name(slot))) for slot in _slots(root)]
    for colour in root.iterfind("a:custClrLst/a:custClr[a:srgbClr]", NAMES):
        token = str(colour.get("name", "")).lower().replace(" ", "_")
        before = colour[0].get("val").upper()
        if _painted(colour, colours.get(token)):
            custom[before.encode()] = colour[0].get("val").encode()
            changes.append(True)
    if not any(changes):
        return xml
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _slots(root: Any) -> Any:
    return root.iterfind("a:themeElements/a:clrScheme/*", NAMES)


def _name(slot: Any) -> str:
    return str(etree.QName(slot).localname)


def _painted(holder: Any, digits: str | None) -> bool:
    """Give an element another colour; whether it had a different one."""
    plain = holder.find("a:srgbClr", NAMES)
    if digits is None or (plain is not None and plain.get("val").upper() == digits):
        return False
    for child in list(holder):
        holder.remove(child)
    etree.SubElement(holder, PLAIN, val=digits)
    return True
