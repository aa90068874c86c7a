"""Pictures of a module: decoded in full, so that no deck or leaflet holds a broken one."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from builder.module.files import PICTURES, nearest_picture
from builder.module.raster import (
    LONGEST,
    MOST_PIXELS,
    NAMES,
    Broken,
    OtherKind,
    Raster,
    TooLarge,
    raster_of,
)
from builder.module.text import Picture
from builder.problems import Place, Problem, Problems, Rejected
from builder.workspace import FILE_LIMIT, Folder, digest

THIN = 40
"""How many times as long as broad a picture is of which little can be seen."""
DRAWING = "Export it as PNG, 2,000 pixels wide or more."
OTHERS: tuple[tuple[re.Pattern[bytes], str, str], ...] = (
    (
        re.compile(rb"(?i)(?:\xef\xbb\xbf)?\s*<(?:!DOCTYPE html|html|head|body)"),
        "a web page",
        "Save the picture itself, not the page that shows it.",
    ),
    (
        re.compile(rb"(?i)(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!DOCTYPE|svg)"),
        "an SVG drawing",
        DRAWING,
    ),
    (re.compile(rb"(?s)....ftyp(?:hei|hev|mif1|msf1)"), "a HEIC picture", "Export it as JPEG."),
    (re.compile(rb"%PDF"), "a PDF document", DRAWING),
    (re.compile(rb"%!PS|\xc5\xd0\xd3\xc6"), "an EPS drawing", DRAWING),
    (re.compile(rb"(?s)\x01\0\0\0.{36} EMF|\xd7\xcd\xc6\x9a"), "a Windows metafile", DRAWING),
    (re.compile(rb"8BPS"), "a Photoshop document", "Export it as PNG or JPEG."),
)
"""Files that people take for pictures, by how they begin; what each is, and what to do."""


def read_picture(folder: Folder, path: str, place: Place, problems: Problems) -> Picture:
    """A picture of a module.

    Args:
        folder: the module's folder.
        path: the picture's path in it.
        place: where the text uses it, for problems.
        problems: told of a picture that can be shown, but hardly seen.

    Raises:
        Rejected: it is missing, too large, of another kind, or cannot be decoded.
    """
    if not folder.has(path):
        message = f"There is no picture {path}."
        raise Rejected(Problem("picture-missing", message, place, nearest_picture(folder, path)))
    data = folder.read(path, FILE_LIMIT)
    shown = raster(data, path, place)
    if max(shown.width, shown.height) > THIN * min(shown.width, shown.height):
        message = f"{path} is {shown.width} by {shown.height} pixels: hardly anything can be seen."
        problems.add("picture-thin", message, place, "Cut it into pieces of a usual shape.")
    return Picture(path, shown.width, shown.height, digest(data))


def raster(data: bytes, path: str, place: Place, longest: int = LONGEST) -> Raster:
    """A picture as it is shown.

    Args:
        data: the file.
        path: its path in the module.
        place: where the text uses it, for problems.
        longest: the most pixels of its longer side.

    Raises:
        Rejected: it is too large, of another kind, or cannot be decoded.
    """
    try:
        return raster_of(data, longest)
    except TooLarge:
        message = f"{path} has more than {MOST_PIXELS // 1_000_000} million pixels."
        problem = Problem("picture-too-large", message, place, "Export it smaller.")
    except OtherKind:
        problem = _other_kind(data, path, place)
    except Broken:
        message = f"{path} cannot be decoded: it is broken or cut short."
        hint = "Export it again, and open it in a viewer to see."
        problem = Problem("picture-broken", message, place, hint)
    raise Rejected(problem)


def _other_kind(data: bytes, path: str, place: Place) -> Problem:
    for pattern, what, hint in OTHERS:
        if pattern.match(data):
            message = f"{path} is {what}, which cannot be shown everywhere."
            return Problem("picture-format", message, place, hint)
    if PurePosixPath(path).suffix.lower() in PICTURES:
        message = f"{path} is no picture inside."
        return Problem("picture-broken", message, place, "Export it again.")
    message = f"{path} is not a picture of a kind that is read."
    return Problem("picture-format", message, place, f"Pictures are {NAMES}.")
