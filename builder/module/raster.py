"""A picture of any usual kind -> one that PowerPoint, a PDF and every browser show alike.

Decoded in full first; upright, PNG or JPEG, eight bits a channel, no larger than a slide or a page
can use, and without what its camera noted. What is all that already stays as it is, bit by bit.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageFile, UnidentifiedImageError

from builder.module.metadata import PNG, without_notes
from builder.workspace import MEGABYTE, digest

FORMATS = ("PNG", "JPEG", "WEBP", "AVIF", "GIF", "BMP", "TIFF")
"""What is read; Pillow may lack AVIF where a distribution built it so."""
NAMES = "PNG, JPEG, WebP, AVIF, GIF, BMP or TIFF"
MOST_PIXELS = 100_000_000
"""More than nearly all cameras take; decoded, that is 400 MB."""
LONGEST = 2560
"""Pixels of the longer side: twice what a slide shows on a common projector."""
QUALITY = 90
"""Of a JPEG that has to be written anew."""
KEPT = 8 * MEGABYTE
"""Bytes of pictures that a process keeps ready."""
_PHOTOGRAPHS = ("JPEG", "MPO", "AVIF")
_ORIENTATION = 0x0112
_COLOURS = {"L": b"GRAY", "RGB": b"RGB ", "RGBA": b"RGB "}
"""The colours that a profile is for, as its bytes 16 to 20 say it (ICC.1:2022, 7.2.8)."""
_DEEP = frozenset(("I", "I;16", "I;16B", "I;16L", "I;16N"))
"""Pillow's modes of sixteen bits of grey."""
_DEPTH = 24
"""Where a PNG file says how many bits a channel has (PNG, third edition, 11.2.1)."""
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How a camera was held (Exif 3.0, 4.6.5.1.5) -> what puts its picture upright."""


class TooLarge(Exception):  # noqa: N818 - what the picture is, not a fault of ours
    """More pixels than `MOST_PIXELS`."""


class OtherKind(Exception):  # noqa: N818 - as above
    """No picture of a kind that is read."""


class Broken(Exception):  # noqa: N818 - as above
    """It cannot be decoded in full."""


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture that can be shown everywhere."""

    data: bytes
    """A PNG or JPEG file."""
    width: int
    """Pixels of the picture as it was given and as it is seen, even where fewer are left."""
    height: int

    @property
    def suffix(self) -> str:
        """How its file's name ends: `png` or `jpg`."""
        return "png" if self.data.startswith(PNG) else "jpg"

    @property
    def kind(self) -> str:
        """Its media type."""
        return "image/png" if self.suffix == "png" else "image/jpeg"


_ready: OrderedDict[tuple[str, int], Raster] = OrderedDict()


def raster_of(data: bytes, longest: int = LONGEST) -> Raster:
    """The picture in a file's bytes, ready to be shown; each is prepared once in a process.

    Args:
        data: the file.
        longest: the most pixels of the longer side.

    Raises:
        Broken: it cannot be decoded in full.
        OtherKind: it is no picture of a kind that is read.
        TooLarge: it has more than `MOST_PIXELS`.
    """
    key = (digest(data), longest)
    if key not in _ready:
        _ready[key] = _prepared(data, longest)
        while sum(len(each.data) for each in _ready.values()) > KEPT and len(_ready) > 1:
            _ready.popitem(last=False)
    _ready.move_to_end(key)
    return _ready[key]


def size_of(data: bytes) -> tuple[int, int]:
    """Width and height in pixels as a file's first bytes say them; nothing is decoded.

    Raises:
        Broken: its first bytes are cut short.
        OtherKind: it is no picture of a kind that is read.
    """
    try:
        with _strictly(), Image.open(io.BytesIO(data), formats=FORMATS) as image:
            return _seen(image) if image.format != "PNG" else image.size
    except Image.DecompressionBombError:
        return MOST_PIXELS, MOST_PIXELS
    except UnidentifiedImageError:
        raise OtherKind from None
    except Exception as error:  # Pillow's decoders raise what they like
        raise Broken from error


def _prepared(data: bytes, longest: int) -> Raster:
    try:
        with _strictly(), Image.open(io.BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise TooLarge
            width, height = _seen(image)
            if _is_plain(image, data) and max(width, height) <= longest:
                image.load()
                return Raster(without_notes(data), width, height)
            return Raster(_anew(image, data, longest), width, height)
    except (TooLarge, Image.DecompressionBombError):
        raise TooLarge from None
    except UnidentifiedImageError:
        raise OtherKind from None
    except Exception as error:  # Pillow's decoders raise what they like
        raise Broken from error


@contextmanager
def _strictly() -> Iterator[None]:
    """Nothing is filled up: WeasyPrint, once loaded, makes Pillow accept what is cut short."""
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _seen(image: Image.Image) -> tuple[int, int]:
    """Width and height after the turn that the camera asks for."""
    width, height = image.size
    return (height, width) if _turn(image) in (5, 6, 7, 8) else (width, height)


def _turn(image: Image.Image) -> int:
    """How the camera was held, as EXIF numbers it; 1 where nothing sensible is said."""
    if image.format == "TIFF":  # which Pillow turns by itself
        return 1
    if image.format == "PNG":  # whose note may stand behind a fault: found here, else never again
        image.load()
    try:
        said = image.getexif().get(_ORIENTATION)
    except (OSError, SyntaxError, ValueError, KeyError, TypeError, struct.error):
        return 1
    return said if isinstance(said, int) and said in _TURNS else 1


def _is_plain(image: Image.Image, data: bytes) -> bool:
    """Whether the file can stay as it is, but for its notes."""
    if _turn(image) != 1:
        return False
    if image.format == "PNG":
        return data[_DEPTH] <= 8
    return image.format in ("JPEG", "MPO") and image.mode in ("L", "RGB")


def _anew(image: Image.Image, data: bytes, longest: int) -> bytes:
    """The picture written again: made smaller, in plain colours, turned."""
    turn = _TURNS.get(_turn(image))
    profile = image.info.get("icc_profile") or b""
    photograph = image.format in _PHOTOGRAPHS or (image.format == "WEBP" and b"VP8 " in data)
    scale = min(1.0, longest / max(image.size))
    width, height = (max(1, round(side * scale)) for side in image.size)
    image.draft(image.mode, (width, height))  # a JPEG of many pixels is decoded to fewer at once
    plain, profile = _in_plain_colours(image, profile)
    if plain.size != (width, height):
        plain = plain.resize((width, height), Image.Resampling.LANCZOS)
    upright = plain.transpose(turn) if turn is not None else plain
    upright.info = {}
    fits = profile[16:20] == _COLOURS[upright.mode]
    kind = "JPEG" if photograph and upright.mode != "RGBA" else "PNG"
    target = io.BytesIO()
    upright.save(target, kind, quality=QUALITY, icc_profile=profile if fits else None)
    return target.getvalue()


def _in_plain_colours(image: Image.Image, profile: bytes) -> tuple[Image.Image, bytes]:
    """The picture in grey, in colours, or in colours with transparency; and its profile."""
    if image.mode in _DEEP:
        return _eight_bits(image), b""
    if image.mode == "CMYK":
        return _screen_colours(image, profile), b""
    if image.has_transparency_data:
        return image.convert("RGBA"), profile
    if image.mode in ("1", "L"):
        return image.convert("L"), profile
    return image.convert("RGB"), profile


def _eight_bits(image: Image.Image) -> Image.Image:
    """Sixteen bits of grey as eight; by itself Pillow cuts off what is above 255."""
    return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")


def _screen_colours(image: Image.Image, profile: bytes) -> Image.Image:
    """Printing colours as they look in print, where the file tells how."""
    if profile:
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            screen = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, given, screen, outputMode="RGB")
            return converted or image.convert("RGB")
        except (ImageCms.PyCMSError, OSError):
            pass
    return image.convert("RGB")
