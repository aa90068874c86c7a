"""Slide HTML for reading: what a slide shows stands in one box, its notes in another."""

from __future__ import annotations

from collections.abc import Mapping

import lxml.html
from lxml.html import HtmlElement

LONG = 1100
"""Characters from which a slide and its notes do not share a third of a page."""
ROW = 55
"""Characters of a full line: a row, an item or a paragraph takes as much room at least."""
ROWS = ("dd", "dt", "h3", "h4", "li", "p", "tr")
PICTURE = 9
"""Rows as high as a picture with its caption."""
SPOILERS = "//section[@data-layout='answer'] | //aside[@class='notes']"
"""What participants do not get before the slides are shown; footnotes stay."""
LINES = 7
"""That a pen finds beside a slide without notes."""


def arranged(html: str, numbers: Mapping[str, str]) -> HtmlElement:
    """The document with each slide in two boxes, `div.screen` and `aside.notes`.

    A slide with much to read has the class `long`; one without notes has `div.room` to write in.
    Where `body` has the class `blank`, notes and answers are left out.

    Args:
        html: the slide HTML of a deck.
        numbers: what each slide's number is in the deck, by its identity.
    """
    document = lxml.html.document_fromstring(html)
    if document.xpath("/html/body[contains(@class, 'blank')]"):
        for spoiler in document.xpath(SPOILERS):
            spoiler.drop_tree()
    for slide in document.find_class("slide"):
        notes = [child for child in slide if "notes" in child.get("class", "").split()]
        if max(_length(slide), 2 * sum(map(_length, notes))) > LONG or any(map(_is_broad, notes)):
            slide.set("class", f"{slide.get('class')} long")
        number = numbers.get(slide.get("id", ""), "")
        screen = lxml.html.Element("div", {"class": "screen", "data-number": number})
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
    """Characters, or the room that as many would take."""
    code = sum(str(each.text_content()).count("\n") for each in element.iter("pre"))
    rows = len(list(element.iter(*ROWS))) + PICTURE * len(list(element.iter("img"))) + code
    return max(len(element.text_content()), ROW * rows)


def _is_broad(notes: HtmlElement) -> bool:
    """Whether notes hold what is too broad to stand beside a slide."""
    return next(notes.iter("pre", "table"), None) is not None
