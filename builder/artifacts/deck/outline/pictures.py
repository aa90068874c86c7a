"""Pictures: their elements -> records, and those that follow each other as grids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from lxml.html import HtmlElement

from builder.artifacts.deck.outline.elements import length, line_of
from builder.artifacts.deck.records import Gallery, Paragraph, Picture

ABREAST = 4
"""Pictures that make one grid at the most."""


def galleries(pictures: tuple[Picture, ...]) -> Iterator[Gallery]:
    """Pictures in grids that hold about as many each, as five in three and two."""
    count = -(-len(pictures) // ABREAST)
    for number in range(count):
        size = -(-len(pictures) // (count - number))
        yield Gallery(pictures[:size])
        pictures = pictures[size:]


def picture_of(image: HtmlElement, caption: Paragraph | None) -> Picture:
    """A picture, the words for those who do not see it, and how large it may be."""
    return Picture(
        source=unquote(image.get("src", "")),
        alternative=" ".join(image.get("alt", "").split()),
        caption=caption,
        share=_share(image.get("data-width", "")),
        width=length(image.get("data-width")),
        height=length(image.get("data-height")),
        cover=image.get("data-fit") == "cover",
        line=line_of(image),
    )


def _share(width: str) -> float:
    percent = re.fullmatch(r"\s*(\d{1,3}(?:\.\d+)?)\s*%\s*", width)
    return min(max(float(percent[1]) / 100, 0.05), 1.0) if percent else 1.0
