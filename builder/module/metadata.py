"""JPEG and PNG files without what cameras and programs note in them: place, owner, previews.

Nothing is decoded, so nothing of the picture is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

PNG = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = frozenset(
    (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP")
)
"""The chunks that decide what is seen (PNG, third edition, 11)."""
START, END, SCAN = 0xD8, 0xD9, 0xDA
"""Markers of JPEG (ITU-T T.81, table B.1): of image and of the data that follows a header."""
NOTES = frozenset((*range(0xE1, 0xF0), 0xFE))
"""Its application segments and comments."""
PROFILE, ADOBE = b"ICC_PROFILE\0", b"Adobe"
"""Segments that decide how its colours are read."""
MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
"""The end of scanned data: a marker that is neither a stuffed byte nor a restart."""


def without_notes(data: bytes) -> bytes:
    """The same picture without what is noted in it.

    Args:
        data: a PNG or JPEG file that can be decoded.

    Raises:
        ValueError: its segments cannot be told apart.
    """
    if data.startswith(PNG):
        return PNG + b"".join(_chunks(data))
    return b"".join(_segments(data))


def _chunks(data: bytes) -> Iterator[bytes]:
    at = len(PNG)
    while at + 12 <= len(data):
        kind, end = data[at + 4 : at + 8], at + 12 + int.from_bytes(data[at : at + 4])
        if kind in PNG_KEPT:
            yield data[at:end]
        if kind == b"IEND":
            return
        at = end
    raise ValueError("the file has no end")


def _segments(data: bytes) -> Iterator[bytes]:
    """The segments that are kept; what follows the end of the image is a preview or a video."""
    yield data[:2]
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise ValueError("a segment does not begin where the last one ends")
        if data[at + 1] == 0xFF:
            at += 1
            continue
        if data[at + 1] == END:
            break
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if data[at + 1] == SCAN:
            end = _end_of_scan(data, end)
        if data[at + 1] not in NOTES or data[at + 4 :].startswith((PROFILE, ADOBE)):
            yield data[at:end]
        at = end
    yield bytes((0xFF, END))


def _end_of_scan(data: bytes, start: int) -> int:
    found = MARKER.search(data, start)
    return found.start() if found else len(data)
