"""The words behind glyphs: what can be searched, copied and read aloud, where glyphs do not tell.

A glyph of a PDF stands for the same characters wherever it is drawn. That does not hold in scripts
that join, stack and reorder letters, as Devanagari does: there each line says its words itself
(ISO 32000-1, 14.9.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydyf
import weasyprint.draw.text

REORDERED = re.compile(r"[\u0900-\u0dff\u0f00-\u109f\u1780-\u17ff\u1cd0-\u1cff\ua8e0-\ua8ff]")
"""Scripts of India, Tibet, Myanmar and Cambodia. None of those that run from right to left: readers
differ on the order of such words beside their glyphs, and the glyphs of Arabic and Hebrew tell."""


@contextmanager
def saying_words() -> Iterator[None]:
    """Let WeasyPrint write the words of such text beside its glyphs meanwhile."""
    draw = weasyprint.draw.text.draw_first_line

    def draw_and_say(stream: Any, box: Any, *more: Any) -> Any:
        if not REORDERED.search(box.text):
            return draw(stream, box, *more)
        words = pydyf.Dictionary({"ActualText": pydyf.String(box.text)})
        stream.begin_marked_content("Span", words)
        try:
            return draw(stream, box, *more)
        finally:
            stream.end_marked_content()

    weasyprint.draw.text.draw_first_line = draw_and_say
    try:
        yield
    finally:
        weasyprint.draw.text.draw_first_line = draw
