"""The handout: the deck's slides with their notes, on paper, as a PDF file."""

from __future__ import annotations

from dataclasses import replace

from builder.artifacts import Made, Order
from builder.artifacts.deck import numbered
from builder.artifacts.leaflet import printed, read_stamp
from builder.artifacts.leaflet.render import Sheet
from builder.artifacts.screens import arranged, written

__all__ = ["make", "read_stamp"]

SHEET = Sheet("deck", ("leaflet.css", "handout.css"), "sizes.handout.floor", "handout")


def make(order: Order) -> Made:
    """The handout, from the same slide HTML as the deck.

    Raises:
        Rejected: it cannot be made as it must be; the problems say why.
    """
    return printed(replace(order, html=written(arranged(order.html, numbered(order)))), SHEET)
