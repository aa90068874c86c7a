"""A clinic's logo: large enough to be printed, small enough to be decoded."""

from __future__ import annotations

from base64 import b64encode
from math import ceil

from builder.clinics.records import Logo
from builder.module.files import nearest_picture
from builder.module.pictures import raster
from builder.module.raster import Broken, OtherKind, size_of
from builder.problems import Place, Problem, Rejected
from builder.workspace import MEGABYTE, Folder

WIDTH, HEIGHT = 45.0, 18.0
"""Millimetres of the space that a logo is printed in, as large as it fits."""
SHARP = 150
"""Dots per inch below which print looks coarse."""
MOST_PIXELS = 25_000_000
"""A square of 5,000: far more than any printer shows on so small a space."""
LARGEST = 16 * MEGABYTE
LONGEST = 800
"""Pixels of the longer side that are kept: 450 dots per inch."""
INCH = 25.4


def read_logo(folder: Folder, path: str, place: Place) -> Logo:
    """The logo of a clinic.

    Args:
        folder: the folder of the clinics.
        path: the picture's path in it.
        place: where the clinic names it, for problems.

    Raises:
        Rejected: it is missing, outside of the folder, too large, too small, of another kind, or
            cannot be decoded.
    """
    try:
        return _read(folder, path, place)
    except Rejected as rejected:
        raise Rejected(*(each.at(place) for each in rejected.problems)) from None


def _read(folder: Folder, path: str, place: Place) -> Logo:
    if not folder.has(path):
        message = f"There is no picture {path}."
        raise Rejected(Problem("picture-missing", message, place, nearest_picture(folder, path)))
    data = folder.read(path, LARGEST)
    _check_size(data, path, place)
    shown = raster(data, path, place, LONGEST)
    scale = _scale(shown.width, shown.height)
    address = f"data:{shown.kind};base64,{b64encode(shown.data).decode()}"
    return Logo(address, round(shown.width * scale, 2), round(shown.height * scale, 2))


def _scale(width: int, height: int) -> float:
    """Millimetres to a pixel, as the picture is printed."""
    return min(WIDTH / width, HEIGHT / height)


def _check_size(data: bytes, path: str, place: Place) -> None:
    """Refuse by what the file's first bytes say, before anything is decoded."""
    try:
        width, height = size_of(data)
    except (OtherKind, Broken):
        return  # which whoever decodes it tells better
    if width * height > MOST_PIXELS:
        message = f"{path} has more than {MOST_PIXELS // 1_000_000} million pixels."
        hint = "Export it smaller: 1,000 pixels wide are enough for a logo."
        raise Rejected(Problem("picture-too-large", message, place, hint))
    scale = _scale(width, height)
    lacking = SHARP * scale / INCH  # times as many pixels as there are
    if lacking > 1:
        message = (
            f"{path} has {width} by {height} pixels, too few for print: "
            f"{width * scale:.0f} by {height * scale:.0f} mm "
            f"need {ceil(width * lacking)} by {ceil(height * lacking)}."
        )
        raise Rejected(Problem("logo-small", message, place, "Export it larger, from the drawing."))
