"""What WeasyPrint does to pictures, done once in a process and not once for each document.

Hundreds of clinics' editions show the same pictures. To decode and pack them anew took a third of
the time of each; the bytes in the file are the same.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pydyf
from PIL import Image
from weasyprint.images import RasterImage

from builder.module.raster import Broken, OtherKind, TooLarge, raster_of
from builder.workspace import MEGABYTE, digest

LONGEST = 3600
"""Pixels of a picture's longer side: a whole page at the resolution of print."""
KEPT = 8 * MEGABYTE
"""Bytes of packed pictures that a process keeps ready: those of a leaflet for its many editions."""
REDRAWN = ("1", "P", "I")
"""Pillow's modes that the engine turns into plain colours; so it does with a transparent colour."""


def shown(data: bytes) -> bytes:
    """A picture as the engine can show it; what is none is left to the engine's own complaint."""
    try:
        return _in_full_colours(raster_of(data, LONGEST).data)
    except (Broken, OtherKind, TooLarge):
        return data


@lru_cache(maxsize=8)
def _in_full_colours(data: bytes) -> bytes:
    """The PNG that the engine would make of a picture each time; others stay as they are."""
    with Image.open(io.BytesIO(data)) as image:
        transparent = "transparency" in image.info
        if image.format != "PNG" or not (transparent or image.mode in REDRAWN):
            return data
        target = io.BytesIO()
        image.convert("RGBA" if transparent else "RGB").save(target, "PNG")
        return target.getvalue()


@dataclass(frozen=True, slots=True)
class _Packed:
    """A picture as it stands in a file, and as the engine goes on with it."""

    data: bytes
    extra: dict[str, Any]
    mask: _Packed | None
    left: bytes = b""
    """The picture in the size of print: the engine makes it smaller before it packs it."""

    @classmethod
    def of(cls, stream: Any, left: bytes = b"") -> _Packed:
        """What the engine made."""
        extra = dict(stream.extra)
        mask = extra.pop("SMask", None)
        return cls(stream.stream[0].data, extra, cls.of(mask) if mask else None, left)

    def stream(self) -> Any:
        """The same for another file, which numbers it and changes it."""
        extra = pydyf.Dictionary(self.extra)
        if self.mask:
            extra["SMask"] = self.mask.stream()
        return pydyf.Stream([self.data], extra)


_packed: dict[tuple[object, ...], _Packed] = {}


@contextmanager
def packing_once() -> Iterator[None]:
    """Let WeasyPrint take over meanwhile what it has packed before."""
    pack = RasterImage.get_x_object

    def take_over(image: Any, smooth: bool, scale: float) -> Any:
        data = image.image_data.data
        key = digest(data), image.width, image.height, image.invert_colors, smooth, scale
        if key not in _packed:
            stream = pack(image, smooth, scale)
            if sum(len(each.data) + len(each.left) for each in _packed.values()) > KEPT:
                _packed.clear()
            _packed[key] = _Packed.of(stream, image.image_data.data)
        image.image_data = image.cache_image_data(_packed[key].left)
        return _packed[key].stream()

    RasterImage.get_x_object = take_over
    try:
        yield
    finally:
        RasterImage.get_x_object = pack
