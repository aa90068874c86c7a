"""Slide HTML for reading: what a slide shows stands in one box, its notes in another."""

from __future__ import annotations

import lxml.html
from lxml.html import HtmlElement

LONG = 1100
"""Characters from which a slide and its notes do not share a third of a page."""
LINES = 7
"""That a pen finds beside a slide without notes."""


def arranged(html: str) -> HtmlElement:
    """The document with each slide in two boxes, `div.screen` and `aside.notes`.

    A slide with much to read has the class `long`; one without notes has `div.room` to write in.
    """
    document = lxml.html.document_fromstring(html)
    for slide in document.find_class("slide"):
        notes = [child for child in slide if "notes" in child.get("class", "").split()]
        if max(_length(slide), 2 * sum(map(_length, notes))) > LONG:
            slide.set("class", f"{slide.get('class')} long")
        screen = lxml.html.Element("div", {"class": "screen"})
        screen.extend([child for child in slide if child not in notes])
        slide.insert(0, screen)
        if not notes:
            slide.append(_room())
    return document


def written(document: HtmlElement) -> str:
    """The document as text."""
    return "<!doctype html>\n" + str(lxml.html.tostring(document, encoding="unicode"))


def _room() -> HtmlElement:
    """Lines to write on."""
    room = lxml.html.Element("div", {"class": "room"})
    room.extend(lxml.html.Element("div") for _ in range(LINES))
    return room


def _length(element: HtmlElement) -> int:
    return len(element.text_content())
