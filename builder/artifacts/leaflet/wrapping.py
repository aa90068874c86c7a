"""Where WeasyPrint ends a line too early, and how it is put right.

Of a text whose last space would stand over the line's end, version 70 keeps the first word alone,
although the space is never drawn there: “how | strong your pain is from **0** to 10”. It happens
wherever an element follows a text that just fits.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import weasyprint.layout.inline

NEARLY = 1.5
"""By how much a text may seem longer than the line, for the whole of it to be tried."""


@contextmanager
def filling_lines() -> Iterator[None]:
    """Let WeasyPrint fill such lines meanwhile."""
    split = weasyprint.layout.inline.split_first_line

    def fill(text: str, style: Any, context: Any, room: Any, *more: Any, **named: Any) -> Any:
        line = split(text, style, context, room, *more, **named)
        if room is not None and text.endswith(" ") and _may_fit(text, line, room):
            fits = split(text.rstrip(" "), style, context, room, *more, **named)[2] is None
            if fits:
                return split(text, style, context, None, *more, **named)
        return line

    weasyprint.layout.inline.split_first_line = fill
    try:
        yield
    finally:
        weasyprint.layout.inline.split_first_line = split


def _may_fit(text: str, line: Any, room: float) -> bool:
    """Whether all of a text could fit, by how much of it the line that was cut off it holds."""
    _, length, resume, width, *_ = line
    share = length / len(text.encode())
    return resume is not None and width <= room * NEARLY * share
