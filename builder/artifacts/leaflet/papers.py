"""What a leaflet is printed on: a row for each paper, all from one text and one template."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from builder.artifacts import Order
from builder.artifacts.leaflet.imposition import impose, mirrored, single, stapled, tucked
from builder.artifacts.leaflet.render import LEAFLET, Sheet
from builder.module.language import Language

FLOOR = LEAFLET.floor
PLAIN, FOLDED = "leaflet.css", "leaflet-folded.css"
PAPERS: dict[str, Sheet] = {
    "a4": LEAFLET,
    "letter": Sheet("leaflet", (PLAIN, "leaflet-letter.css"), FLOOR, "letter leaflet"),
    "large-print": Sheet(
        *("leaflet", (PLAIN, "leaflet-large-print.css")),
        *("sizes.large-print.floor", "large-print leaflet"),
    ),
    "a5-booklet": Sheet(
        *("leaflet", (PLAIN, FOLDED, "leaflet-a5-booklet.css"), FLOOR, "booklet"),
        fold=stapled,
        multiple=4,
        stamps_pages=True,
    ),
    "trifold": Sheet(
        *("leaflet", (PLAIN, FOLDED, "leaflet-trifold.css"), FLOOR, "tri-fold"),
        fold=tucked,
        multiple=6,
    ),
}


def sheet_of(order: Order) -> Sheet:
    """The paper of an edition, with what is put together on a side for its language."""
    sheet, bleed = PAPERS[order.edition.paper], order.edition.bleed
    if sheet.fold is single and not bleed:
        return sheet
    right_to_left = Language(order.module.facts.language).direction == "rtl"
    fold = mirrored(sheet.fold) if right_to_left else sheet.fold
    return replace(sheet, fold=fold, impose=partial(impose, fold=fold, bleed=bleed))
