"""What is noted of files and folders: digests of what they held, and that nothing was there."""

from __future__ import annotations

import os

Log = dict[str, str | None]
"""What was seen, by label: the digest of a file that was read, None for one that was looked for in
vain, `THERE`, `UNSURE`; under a label that ends in a slash, the digest of a folder's names."""

THERE = "there"
"""Noted of a file that was found, but not read."""
UNSURE = "?"
"""Noted of what could not be seen, or was seen in two states. It never counts as unchanged."""
LISTING = "/"
"""Ends the label of a folder, and begins its digest, so that none is taken for a file's."""
FOLDER, FILE, OTHER, LOST = "dfo?"
"""The kinds of entries; those of links are what they lead to, and LOST where that is a circle."""


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    import hashlib  # takes as long to load as a thousand files to look at

    return hashlib.sha256(data).hexdigest()


def note(log: Log, label: str, seen: str | None) -> None:
    """Add what was seen to a log; two notes that cannot both be true leave `UNSURE`.

    Args:
        log: where to note it; merging two logs is noting each entry of one in the other.
        label: what the file is called; a slash at its end makes it a folder's names.
        seen: what was seen of it.
    """
    before = log.setdefault(label, seen)
    if before == seen:
        return
    if before == THERE and seen is not None:
        log[label] = seen
    elif seen != THERE or before is None:
        log[label] = UNSURE


def entries(folder: str) -> tuple[dict[str, str], bool]:
    """The kinds of the entries of a folder by name, in order, and whether there are links in it.

    Hidden entries are left out.

    Raises:
        OSError: the folder is missing or cannot be read.
    """
    with os.scandir(folder) as found:
        seen = [entry for entry in found if not entry.name.startswith(".")]
        kinds = {entry.name: _kind(entry) for entry in seen}
        return dict(sorted(kinds.items())), any(entry.is_symlink() for entry in seen)


def listing(kinds: dict[str, str]) -> str:
    """The digest of a folder's entries, as `entries` tells them."""
    lines = (os.fsencode(f"{kind}{name}\0") for name, kind in kinds.items())
    return LISTING + digest(b"".join(lines))


def _kind(entry: os.DirEntry[str]) -> str:
    try:
        if entry.is_dir():
            return FOLDER
        return FILE if entry.is_file() else OTHER
    except OSError:
        return LOST
