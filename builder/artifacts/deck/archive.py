"""A zip whose bytes depend on nothing but its content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip entry can name."""
TYPES = "[Content_Types].xml"
RELATIONS = "_rels/.rels"


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
