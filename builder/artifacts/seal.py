"""The seal: a digest inside a file that tells whether the file is still as it was written.

It is the SHA-256 of the whole file with the seal's own digits read as zeros. It guards against
accidents and edits, not against somebody who recomputes it.
"""

from __future__ import annotations

import re

from builder.workspace import digest

BLANK = "0" * 64
"""What stands where the seal will be, until the rest of the file is known."""


def seal(data: bytes, pattern: re.Pattern[bytes]) -> bytes:
    """The file with its seal in place of the blank one.

    Args:
        data: the file, with `BLANK` where the seal will be.
        pattern: finds the seal; its first group is the digits.

    Raises:
        ValueError: the place of the seal is not there exactly once.
    """
    found = list(pattern.finditer(data))
    if len(found) != 1 or found[0][1] != BLANK.encode():
        raise ValueError("a file has one place for its seal")
    start, end = found[0].span(1)
    return data[:start] + digest(data).encode() + data[end:]


def is_whole(data: bytes, pattern: re.Pattern[bytes]) -> bool:
    """Whether a file is as it was when it was sealed."""
    found = list(pattern.finditer(data))
    if len(found) != 1:
        return False
    start, end = found[0].span(1)
    blank = data[:start] + BLANK.encode() + data[end:]
    return digest(blank).encode() == found[0][1]
