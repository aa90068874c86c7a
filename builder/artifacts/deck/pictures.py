"""The pictures of a deck: decoded, and made such as PowerPoint shows everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from builder.artifacts.deck.records import Block, Columns, Deck, Gallery, Picture, Together
from builder.module.pictures import raster
from builder.module.raster import Raster
from builder.problems import Place, Problems, Rejected
from builder.workspace import Folder

Photo: TypeAlias = Raster
"""A picture that a deck can hold."""


STAND_IN = Raster(b"", 4, 3)
"""Takes the place of a picture that cannot be shown, so that the rest is measured all the same."""


def read_photos(deck: Deck, folder: Folder, path: str, problems: Problems) -> dict[str, Photo]:
    """The pictures that the slides show, by their path in the module.

    Args:
        deck: the outline.
        folder: the module's folder.
        path: the name of the text, for problems.
        problems: gets the pictures that are missing or cannot be shown.
    """
    photos: dict[str, Photo] = {}
    for slide in deck.slides:
        for picture in pictures_in(slide.blocks):
            if picture.source in photos:
                continue
            place = Place(path, picture.line)
            try:
                data = folder.read(picture.source)
                photos[picture.source] = raster(data, picture.source, place)
            except Rejected as rejected:
                problems.extend(problem.at(place) for problem in rejected.problems)
                photos[picture.source] = STAND_IN
    return photos


def pictures_in(blocks: Iterable[Block]) -> Iterator[Picture]:
    """The pictures in blocks, those inside of others included."""
    for block in blocks:
        if isinstance(block, Gallery):
            yield from block.pictures
        elif isinstance(block, Columns):
            for column in block.columns:
                yield from pictures_in(column)
        elif isinstance(block, Together):
            yield from pictures_in(block.blocks)
