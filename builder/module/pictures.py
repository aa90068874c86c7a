"""Pictures of a module: decoded in full, so that no deck or leaflet holds a broken one."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageFile, UnidentifiedImageError

from builder.module.files import nearest_picture
from builder.module.model import Picture
from builder.problems import Place, Problem, Rejected
from builder.workspace import FILE_LIMIT, Folder, digest

FORMATS = ("PNG", "JPEG")
"""What PowerPoint, a PDF and every browser can show."""
MOST_PIXELS = 40_000_000
"""A photograph of a good camera; decoded it takes 160 MB."""
_TURNED = frozenset((5, 6, 7, 8))
"""Values of EXIF's orientation that swap width and height."""
_ORIENTATION = 0x0112


def read_picture(folder: Folder, path: str, place: Place) -> Picture:
    """A picture of a module.

    Args:
        folder: the module's folder.
        path: the picture's path in it.
        place: where the text uses it, for problems.

    Raises:
        Rejected: it is missing, too large, in another format, or cannot be decoded.
    """
    if not folder.has(path):
        message = f"There is no picture {path}."
        raise Rejected(Problem("picture-missing", message, place, nearest_picture(folder, path)))
    data = folder.read(path, FILE_LIMIT)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            width, height = _decoded(data, path, place)
    except Rejected:
        raise
    except Exception as error:  # Pillow's decoders raise what they like
        message = f"{path} cannot be decoded: it is broken or cut short."
        hint = "Export it again, and open it in a viewer to see."
        raise Rejected(Problem("picture-broken", message, place, hint)) from error
    return Picture(path, width, height, digest(data))


def _decoded(data: bytes, path: str, place: Place) -> tuple[int, int]:
    """Width and height as shown, once every pixel could be read."""
    try:
        picture = Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError:
        raise _too_large(path, place) from None
    except UnidentifiedImageError:
        raise _other_format(data, path, place) from None
    with picture:
        width, height = picture.size
        if width * height > MOST_PIXELS:
            raise _too_large(path, place)
        _load_in_full(picture)
        turned = picture.getexif().get(_ORIENTATION) in _TURNED
    return (height, width) if turned else (width, height)


def _load_in_full(picture: Image.Image) -> None:
    """Decode every pixel; WeasyPrint, once loaded, makes Pillow fill up what is cut short."""
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        picture.load()
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _too_large(path: str, place: Place) -> Rejected:
    message = f"{path} has more than {MOST_PIXELS // 1_000_000} million pixels."
    return Rejected(Problem("picture-too-large", message, place, "Export it smaller."))


def _other_format(data: bytes, path: str, place: Place) -> Rejected:
    if path.lower().endswith((".png", ".jpg", ".jpeg")) and not _is_other(data):
        message = f"{path} is not a PNG or JPEG file inside."
        return Rejected(Problem("picture-broken", message, place, "Export it again."))
    message = f"{path} is not a PNG or JPEG picture."
    hint = "Export drawings as PNG, photographs as JPEG."
    return Rejected(Problem("picture-format", message, place, hint))


def _is_other(data: bytes) -> bool:
    """Whether it is a picture of another well-known format."""
    start = data[:64]
    return (
        start.startswith((b"GIF8", b"BM", b"II*\0", b"MM\0*", b"%PDF", b"<svg", b"<?xml"))
        or start[8:12] == b"WEBP"
        or start[4:8] == b"ftyp"
    )
