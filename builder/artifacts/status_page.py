"""Where the latest of a module can be had: the address of its page, in words and as a QR code."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache

MODULE = 0.6
"""Millimetres of the smallest square: an old telephone reads 0.4 on plain paper."""
SMALLEST = 25.0
"""Millimetres of the whole symbol at least, with its quiet zone."""
QUIET = 4
"""Squares of white around the symbol (ISO/IEC 18004, 6.3.8)."""


@dataclass(frozen=True, slots=True)
class StatusPage:
    """The page of a module, as paper shows it."""

    address: str
    """The whole address."""
    spoken: str
    """The address without what nobody types."""
    symbol: str
    """The QR code as a `data:` address of a drawing."""
    width: float
    """Millimetres of the drawing, its quiet zone included; it is as high."""


def status_page(base_url: str, name: str, language: str = "") -> StatusPage | None:
    """The page of a module, or None where it is not published.

    Args:
        base_url: where the output folder is published; may be empty.
        name: the module's folder.
        language: the tag of a translation.
    """
    if not base_url:
        return None
    suffix = f".{language}" if language else ""
    return _page(f"{base_url.rstrip('/')}/{name}/index{suffix}.html")


@lru_cache(maxsize=64)
def _page(address: str) -> StatusPage:
    """The page at an address; its symbol is drawn once for all the editions that show it."""
    import segno  # here: what makes no leaflet waits for nothing that draws

    symbol = segno.make_qr(address, error="m", boost_error=False)
    drawing = symbol.svg_inline(border=QUIET, omitsize=True, dark="#000", light="#fff")
    drawing = drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    squares, _ = symbol.symbol_size(border=QUIET)
    return StatusPage(
        address=address,
        spoken=address.removeprefix("https://").removeprefix("http://"),
        symbol=f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}",
        width=round(max(SMALLEST, squares * MODULE), 1),
    )
