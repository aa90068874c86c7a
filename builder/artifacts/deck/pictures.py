"""The pictures of a deck: read once, decoded, turned as their camera held them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from builder.artifacts.deck.records import Block, Columns, Deck, Gallery, Picture
from builder.problems import Place, Problem, Problems, Rejected
from builder.workspace import Folder

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF")
"""What a deck can hold."""
ORIENTATION = 0x0112
"""The EXIF tag that says how the camera was held."""
MOST = 50_000_000
"""Pixels of a picture; more is a mistake or an attack."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture's bytes and its size in pixels."""

    data: bytes
    width: int
    height: int


def read_photos(deck: Deck, folder: Folder, path: str) -> dict[str, Photo]:
    """The pictures that the slides show, by their path in the module.

    Args:
        deck: the outline.
        folder: the module's folder.
        path: the name of the text, for problems.

    Raises:
        Rejected: pictures are missing or cannot be shown; all of them are named.
    """
    photos: dict[str, Photo] = {}
    problems = Problems()
    for slide in deck.slides:
        for picture in pictures_in(slide.blocks):
            if picture.source in photos:
                continue
            place = Place(path, picture.line)
            try:
                photos[picture.source] = _photo(folder.read(picture.source), picture, place)
            except Rejected as rejected:
                problems.extend(problem.at(place) for problem in rejected.problems)
    if problems.errors:
        raise Rejected(*problems.errors)
    return photos


def pictures_in(blocks: Iterable[Block]) -> Iterator[Picture]:
    """The pictures in blocks, columns included."""
    for block in blocks:
        if isinstance(block, Gallery):
            yield from block.pictures
        elif isinstance(block, Columns):
            for column in block.columns:
                yield from pictures_in(column)


def _photo(data: bytes, picture: Picture, place: Place) -> Photo:
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > MOST:
                message = f"{picture.source} has more than {MOST // 1_000_000} million pixels."
                raise Rejected(Problem("picture-too-large", message, place))
            as_it_is = image.getexif().get(ORIENTATION, 1) == 1 and image.format in FORMATS
            return Photo(data, image.width, image.height) if as_it_is else _upright(image)
    except UnidentifiedImageError:
        message = f"{picture.source} is not a picture that a deck can hold."
        hint = "Save it as PNG or JPEG."
        raise Rejected(Problem("picture-format", message, place, hint)) from None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        message = f"{picture.source} cannot be decoded: {error}."
        raise Rejected(Problem("picture-broken", message, place)) from None


def _upright(image: Image.Image) -> Photo:
    """The picture upright and alone: decks do not heed the camera's note, nor hold its previews."""
    kind = "JPEG" if image.format in ("JPEG", "MPO") else "PNG"
    upright = ImageOps.exif_transpose(image)
    target = io.BytesIO()
    upright.save(target, kind, quality=92)
    return Photo(target.getvalue(), upright.width, upright.height)
