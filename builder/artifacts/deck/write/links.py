"""Links that lead out of the deck."""

from __future__ import annotations

import html
from typing import Any
from urllib.parse import quote, urlsplit

from pptx.opc.constants import RELATIONSHIP_TYPE

from builder.artifacts.deck.outline.inline import NOTHING

SCHEMES = ("https", "http", "mailto", "tel")
KEPT = "!#$%&'()*+,/:;=?@[]~"
"""What stays as it is in an address; PowerPoint repairs a file with any other sign in one."""

TIP = 255
"""The most characters that PowerPoint lets one write there."""


def outward(part: Any, address: str) -> str:
    """The element of a link, its target noted in the part; nothing where the address is none."""
    address = quote(NOTHING.sub("", address).strip(), safe=KEPT)
    try:
        found = urlsplit(address)
        _ = found.port
    except ValueError:
        return ""
    if found.scheme.lower() not in SCHEMES or not (found.netloc or found.path):
        return ""
    relation = part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    return f'<a:hlinkClick r:id="{relation}"{tip(address)}/>'


def tip(words: str) -> str:
    """What a link says when one points at it, as an attribute: where it leads."""
    words = " ".join(words.removeprefix("mailto:").split())
    short = words if len(words) <= TIP else f"{words[: TIP - 1]}…"
    return f' tooltip="{html.escape(short)}"' if short else ""
