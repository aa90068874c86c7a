"""The stamp on a slide: footer, date and number, and the band of what does not hold."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator

from builder.artifacts.deck.draft import Draft
from builder.artifacts.deck.marks import Marks
from builder.artifacts.deck.master.model import Holder, Layout
from builder.artifacts.deck.write.drawing import (
    RECTANGLE,
    Pen,
    emu,
    placeholder,
    quoted,
    shape,
    transform,
)

Drawn = Callable[[int], str]
"""A shape that waits for its number."""
FOOTERS = {"dt": "Date", "ftr": "Footer", "sldNum": "Slide number"}


def band(draft: Draft, pen: Pen) -> Iterator[Drawn]:
    """The words across a slide of a module that does not hold."""
    marks, tokens = draft.marks, draft.tokens
    if not marks.band:
        return
    inset = emu(tokens.band_inset)
    ground = pen.fill(marks.band_colour)
    look = f"{transform(tokens.band)}{RECTANGLE}{ground}<a:ln><a:noFill/></a:ln>"
    body = (
        f'<a:bodyPr wrap="square" lIns="{inset}" tIns="0" rIns="{inset}" bIns="0" '
        'anchor="ctr"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
    )
    size = round(marks.band_size * 100)
    run = (
        f'<a:r><a:rPr lang="{quoted(marks.language)}" sz="{size}" b="1">'
        f"{pen.fill('paper')}</a:rPr><a:t>{quoted(marks.band)}</a:t></a:r>"
    )
    words = f'{body}<a:p><a:pPr algn="l"/>{run}</a:p>'
    yield lambda number: shape(number, "Status band", "", look, words)


def footers(layout: Layout, marks: Marks, pen: Pen) -> Iterator[Drawn]:
    """Real footer placeholders, so that the words stay when the slide is copied elsewhere."""
    for kind, name in FOOTERS.items():
        holder = layout.first(kind)
        if holder:
            yield _footer(kind, name, holder, marks)


def _footer(kind: str, name: str, holder: Holder, marks: Marks) -> Drawn:
    language = f'<a:rPr lang="{quoted(marks.language)}"'
    if kind == "sldNum":
        field = f"{{{str(uuid.uuid5(uuid.NAMESPACE_URL, 'slidenum')).upper()}}}"
        words = f'<a:fld id="{field}" type="slidenum">{language}/><a:t>‹#›</a:t></a:fld>'
    elif kind == "dt":
        words = f"<a:r>{language}/><a:t>{quoted(marks.date)}</a:t></a:r>"
    else:
        size = marks.footer_size(holder)
        words = f"<a:r>{language}{size}/><a:t>{quoted(marks.footer)}</a:t></a:r>"
    body = f"<a:bodyPr/><a:lstStyle/><a:p>{words}</a:p>"
    return lambda number: shape(number, name, placeholder(holder), "", body)
