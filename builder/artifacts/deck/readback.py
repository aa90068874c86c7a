"""Reads a deck back from bytes that may come from anyone: never raises, never unpacks a bomb."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from builder.artifacts.deck.archive import Unreadable, unpacked
from builder.artifacts.seal import BLANK

CUSTOM = "docProps/custom.xml"
STAMP, SEAL = "Leafdeck stamp", "Leafdeck seal"
STAMP_NAME = "Stamp"
"""The name of the text box that carries the stamp where a layout has no footer for it."""
DIGITS = re.compile(rb'(?<=name="Leafdeck seal"><vt:lpwstr>)[0-9a-f]{64}(?=<)')
"""The digits of the seal in the custom properties, as they are written."""
NAMES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}

TEXT = f"{{{NAMES['a']}}}t"


def entries_of(data: bytes) -> dict[str, bytes] | None:
    """The entries of a zip file by name; None where it is broken, too large, or plays tricks."""
    try:
        return unpacked(data)
    except Unreadable:
        return None


def parsed(xml: bytes) -> Any | None:
    """The root of an XML document; None where it is not well-formed or declares a type."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    document: Any = root.getroottree().docinfo
    return None if document.doctype else root


def seal_of(entries: Mapping[str, bytes]) -> str:
    """SHA-256 over the names and digests of all entries, the seal's own digits read as zeros."""
    blank = DIGITS.sub(BLANK.encode(), entries.get(CUSTOM, b""))
    listed = [
        [name, hashlib.sha256(data).hexdigest()]
        for name, data in sorted({**entries, CUSTOM: blank}.items())
    ]
    return hashlib.sha256(json.dumps(listed).encode()).hexdigest()


def custom_of(entries: Mapping[str, bytes]) -> dict[str, str]:
    """The custom properties by name."""
    root = parsed(entries.get(CUSTOM, b""))
    if root is None:
        return {}
    return {str(each.get("name")): "".join(each.itertext()) for each in root}


def slides_of(entries: Mapping[str, bytes]) -> list[Any]:
    """The roots of the slides, in the order of the deck."""
    deck = parsed(entries.get("ppt/presentation.xml", b""))
    relations = parsed(entries.get("ppt/_rels/presentation.xml.rels", b""))
    if deck is None or relations is None:
        return []
    targets = {each.get("Id"): str(each.get("Target")) for each in relations}
    key = f"{{{NAMES['r']}}}id"
    wanted = [targets.get(each.get(key), "") for each in deck.iterfind("p:sldIdLst/p:sldId", NAMES)]
    paths = [posixpath.normpath(posixpath.join("/ppt", target))[1:] for target in wanted]
    return [root for root in (parsed(entries.get(path, b"")) for path in paths) if root is not None]


def footer_of(slide: Any) -> str:
    """The words in a slide's footer placeholder, or in the box that the stamp has for itself."""
    footer, box = "p:nvPr/p:ph/@type='ftr'", f"p:cNvPr/@name='{STAMP_NAME}'"
    shapes = slide.xpath(f".//p:sp[p:nvSpPr[{footer} or {box}]]", namespaces=NAMES)
    return "".join(map(_text_in, shapes))


def words_of(slide: Any) -> str:
    """All words of a slide, paragraph by paragraph."""
    paragraphs = slide.iterfind(".//a:p", NAMES)
    return "\n".join(map(_text_in, paragraphs))


def _text_in(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(TEXT))
