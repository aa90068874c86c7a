"""The only door to the disk and the clock.

Everything that is read comes through a `Folder`, which keeps to itself and notes what it saw, so
that a build can know what an artifact was made from, and `Fingerprints` whether that is still so.

What is named here is imported when it is first asked for: a build that finds nothing to do ends
before it needs most of it. What it does need is in `builder.workspace.glance`.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as in `typing`, which takes as long to load as all that follows
if TYPE_CHECKING:
    from builder.workspace.anywhere import read_any
    from builder.workspace.changes import changed, looked_at
    from builder.workspace.clock import Day, today
    from builder.workspace.fingerprints import Fingerprints, Row
    from builder.workspace.folder import FILE_LIMIT, MEGABYTE, TEXT_LIMIT, Folder
    from builder.workspace.notes import THERE, UNSURE, Log, digest, note
    from builder.workspace.writing import (
        UNFINISHED,
        remove,
        remove_unfinished,
        settle,
        temporary,
        unwritable,
        write_atomic,
    )

__all__ = (
    "FILE_LIMIT",
    "MEGABYTE",
    "TEXT_LIMIT",
    "THERE",
    "UNFINISHED",
    "UNSURE",
    "Day",
    "Fingerprints",
    "Folder",
    "Log",
    "Row",
    "changed",
    "digest",
    "looked_at",
    "note",
    "read_any",
    "remove",
    "remove_unfinished",
    "settle",
    "temporary",
    "today",
    "unwritable",
    "write_atomic",
)

_HOMES = {
    "anywhere": ("read_any",),
    "changes": ("changed", "looked_at"),
    "clock": ("Day", "today"),
    "fingerprints": ("Fingerprints", "Row"),
    "folder": ("FILE_LIMIT", "MEGABYTE", "TEXT_LIMIT", "Folder"),
    "notes": ("THERE", "UNSURE", "Log", "digest", "note"),
    "writing": (
        *("UNFINISHED", "remove", "remove_unfinished"),
        *("settle", "temporary", "unwritable", "write_atomic"),
    ),
}


def __getattr__(name: str) -> object:
    """Bring what is asked for from the file that it lives in."""
    import importlib

    for home, names in _HOMES.items():
        if name in names:
            found: object = getattr(importlib.import_module(f"{__name__}.{home}"), name)
            globals()[name] = found
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
