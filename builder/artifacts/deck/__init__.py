"""The deck: slide HTML -> an editable PowerPoint file, in the institution's own master."""

from __future__ import annotations

from collections.abc import Mapping

from builder.artifacts import Found, Made, Order
from builder.artifacts.deck.draft import Draft
from builder.artifacts.deck.fit import paginate
from builder.artifacts.deck.fit.flow import Ruler
from builder.artifacts.deck.fit.metrics import fonts_of
from builder.artifacts.deck.marks import marks_of
from builder.artifacts.deck.master import read_master
from builder.artifacts.deck.master.model import CONTENT, TEXTS
from builder.artifacts.deck.master.opening import open_master
from builder.artifacts.deck.outline import read_outline
from builder.artifacts.deck.pictures import read_photos
from builder.artifacts.deck.readback import (
    SEAL,
    STAMP,
    custom_of,
    entries_of,
    footer_of,
    seal_of,
    slides_of,
    words_of,
)
from builder.artifacts.deck.tokens import read_tokens
from builder.artifacts.deck.write import write
from builder.artifacts.deck.write.package import finished
from builder.module.stamp import Stamp
from builder.problems import Place, Problem, Problems, Rejected

__all__ = ["make", "read_stamp"]


def make(order: Order) -> Made:
    """Write a deck, and read it back.

    Raises:
        Rejected: it cannot be made as it must be: something does not fit, a picture is missing,
            the master deck lacks a layout, or what was read back bears another stamp.
    """
    text = order.module.texts.get("deck")
    path = text.path if text else order.theme.label
    tokens, fonts = read_tokens(order.theme), fonts_of(order.theme)
    master = read_master(order.theme, tokens)
    deck = read_outline(order.html)
    photos = read_photos(deck, order.module.folder, path)
    plain = master.layout(CONTENT).all(*TEXTS)[0].style
    problems = Problems()
    pages = paginate(deck, master, Ruler(fonts, tokens, photos, plain), path, problems)
    if problems.errors:
        raise Rejected(*problems.ordered())
    marks = marks_of(order.stamp, fonts, tokens, master, path)
    presentation = open_master(order.theme)
    write(presentation, Draft(deck, pages, master, tokens, photos, marks))
    data = finished(presentation, order.stamp, order.module.facts)
    _check(data, order.stamp, path)
    return Made(data, problems.ordered())


def read_stamp(data: bytes) -> Found:
    """The stamp in a deck's bytes, and whether anything was changed since it was written."""
    entries = entries_of(data)
    if entries is None:
        return Found(None, untouched=False)
    custom = custom_of(entries)
    try:
        stamp = Stamp.from_json(custom.get(STAMP, ""))
    except ValueError:
        return Found(None, untouched=False)
    untouched = custom.get(SEAL) == seal_of(entries)
    return Found(stamp, untouched, shown=untouched or not _missing(entries, stamp))


def _check(data: bytes, stamp: Stamp, path: str) -> None:
    """Whether the deck says what it was given, to programs and to people.

    Raises:
        Rejected: it does not.
    """
    found = read_stamp(data)
    wrong = _missing(entries_of(data) or {}, stamp)
    if found.stamp != stamp or not found.untouched:
        wrong.append("its metadata")
    if wrong:
        message = f"The finished deck bears another stamp: {', '.join(wrong)}."
        hint = "The theme's template must print stamp.declaration on the second slide."
        raise Rejected(Problem("stamp-differs", message, Place(path), hint))


def _missing(entries: Mapping[str, bytes], stamp: Stamp) -> list[str]:
    """Where people would look for the stamp in vain."""
    slides = slides_of(entries)
    missing = []
    if not slides or any(footer_of(slide) != stamp.short for slide in slides):
        missing.append("the footer of a slide")
    declared = " ".join(" ".join(map(words_of, slides[1:])).split())
    first = " ".join(words_of(slides[1]).split()) if len(slides) > 1 else ""
    if not all(" ".join(each.split()) in declared for each in stamp.declaration):
        missing.append("the declaration of interest")
    elif stamp.declaration and stamp.declaration[0][:40] not in first:
        missing.append("its second slide, which must begin with the declaration of interest")
    return missing
