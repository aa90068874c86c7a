"""What every reader of slide HTML asks of an element: its classes, its line, numbers, lengths."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

POINTS = {"cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "pt": 1.0, "px": 0.75}
"""Points in each unit of length; 96 pixels are an inch, as in CSS."""


def classes_of(element: HtmlElement) -> list[str]:
    """The classes of an element."""
    return str(element.get("class", "")).split()


def line_of(element: HtmlElement) -> int | None:
    """The line of an element, else of the nearest one that it stands in."""
    here: HtmlElement | None = element
    while here is not None:
        value = here.get("data-line", "")
        if value.isdecimal():
            return int(value)
        here = here.getparent()
    return None


def language_of(element: HtmlElement) -> str:
    """The language of an element, as it or what it stands in says; empty where it is the deck's."""
    here: HtmlElement | None = element
    while here is not None and here.tag != "html":
        if here.get("lang"):
            return str(here.get("lang"))
        here = here.getparent()
    return ""


def whole(value: str | None, default: int) -> int:
    """A whole number of up to five digits, else the default."""
    return int(value) if value and re.fullmatch(r"\d{1,5}", value) else default


def length(value: str | None) -> float | None:
    """A length such as `8cm` in points; None where it is none."""
    found = re.fullmatch(r"\s*(\d{1,4}(?:\.\d+)?)(cm|mm|in|pt|px)\s*", value or "")
    return float(found[1]) * POINTS[found[2]] or None if found else None
