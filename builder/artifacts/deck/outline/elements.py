"""What every reader of slide HTML asks of an element: its classes, its line, a whole number."""

from __future__ import annotations

import re

from lxml.html import HtmlElement


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


def whole(value: str | None, default: int) -> int:
    """A whole number of up to five digits, else the default."""
    return int(value) if value and re.fullmatch(r"\d{1,5}", value) else default
