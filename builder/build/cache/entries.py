"""What an entry of the cache is: its name, and bytes that show whether they are what was written.

An entry lies at `<room>/<first two digits>/<key>`. Its first line names the format, that place and
the SHA-256 of the payload, which follows. Each read compares the whole line, so that nothing cut
off, altered or copied from another entry's place is ever taken for the entry.
"""

from __future__ import annotations

import re

from builder.workspace import digest

ROOMS = ("artifacts", "modules", "inputs")
"""What is kept, each kind in a room of its own."""
FORMAT = b"leafdeck-cache 1"
KEY = re.compile(r"[0-9a-f]{64}")
PLACE = re.compile(rf"(?:{'|'.join(ROOMS)})/([0-9a-f]{{2}})/\1[0-9a-f]{{62}}")


def place_of(room: str, key: str) -> str:
    """Where an entry lies, from the cache's root.

    Raises:
        ValueError: there is no such room, or the key is not 64 hexadecimal digits.
    """
    if room not in ROOMS or not KEY.fullmatch(key):
        raise ValueError(f"no place for an entry: {room!r}, {key!r}")
    return f"{room}/{key[:2]}/{key}"


def is_place(path: str) -> bool:
    """Whether an entry may lie at a path."""
    return PLACE.fullmatch(path) is not None


def sealed(place: str, payload: bytes) -> bytes:
    """The bytes of an entry."""
    return _first_line(place, payload) + payload


def payload_of(place: str, entry: bytes) -> bytes | None:
    """What was put there; None where the entry is not what was written to this place."""
    payload = entry[entry.find(b"\n") + 1 :]
    return payload if entry.startswith(_first_line(place, payload)) else None


def _first_line(place: str, payload: bytes) -> bytes:
    return b"%s %s %s\n" % (FORMAT, place.encode(), digest(payload).encode())
