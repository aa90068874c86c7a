"""What the slides are written from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from builder.artifacts.deck.frames import Page
from builder.artifacts.deck.marks import Marks
from builder.artifacts.deck.master.model import Master
from builder.artifacts.deck.pictures import Photo
from builder.artifacts.deck.records import Deck
from builder.artifacts.deck.tokens import Tokens


@dataclass(frozen=True)
class Draft:
    """A deck that is measured and only waits to be drawn."""

    deck: Deck
    pages: Sequence[Page]
    master: Master
    tokens: Tokens
    photos: Mapping[str, Photo]
    marks: Marks
