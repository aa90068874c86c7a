"""Zip archives: packed so that the bytes depend on nothing but the content, unpacked with care."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip entry can name."""
TYPES = "[Content_Types].xml"
RELATIONS = "_rels/.rels"
MEGABYTE = 1024 * 1024
ENTRIES = 20_000
ENTRY = 128 * MEGABYTE
TOTAL = 512 * MEGABYTE
"""How many entries, bytes in one and bytes in all are read; a deck has far fewer."""
PACKING = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What Office files use (ECMA-376 part 2, annex C)."""
LOCKED = 0x1
"""The flag of an entry with a password."""
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class Unreadable(Exception):  # noqa: N818 - what the archive is, not a fault of ours
    """Why an archive is not unpacked, in words that follow “The file”."""


def packed(entries: Mapping[str, bytes]) -> bytes:
    """A zip of entries: fixed time and attributes, the table of contents first, then by name."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(entries, key=lambda each: (each != TYPES, each != RELATIONS, each)):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            entry.external_attr = 0
            archive.writestr(entry, entries[name])
    return target.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The entries of a zip file by name.

    Raises:
        Unreadable: it is broken, too large, or plays tricks.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = archive.infolist()
            trick = _trick(listed)
            if trick:
                raise Unreadable(trick)
            return {entry.filename: archive.read(entry) for entry in listed}
    except BROKEN:
        raise Unreadable("is damaged, or was not copied in full") from None


def _trick(listed: Sequence[zipfile.ZipInfo]) -> str:
    """What no honest archive does; names are compared as Office does, without regard to case."""
    seen: set[str] = set()
    for entry in listed:
        name = entry.filename
        if name.lower() in seen:
            return f"holds two entries named “{name}”"
        if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/"):
            return f"holds an entry that leads out of it: “{name}”"
        if entry.flag_bits & LOCKED:
            return "is locked with a password"
        if entry.compress_type not in PACKING:
            return "is packed in a way that Office files are not"
        seen.add(name.lower())
    sizes = [entry.file_size for entry in listed]
    if len(sizes) > ENTRIES or max(sizes, default=0) > ENTRY or sum(sizes) > TOTAL:
        return f"is larger unpacked than any deck: the limit is {TOTAL // MEGABYTE} MB"
    return ""
