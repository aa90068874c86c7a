"""The stamp on a slide: footer, date and number, and the band of what does not hold."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator

from builder.artifacts.deck.draft import Draft
from builder.artifacts.deck.marks import Marks
from builder.artifacts.deck.master.model import Holder, Layout, Spot
from builder.artifacts.deck.readback import STAMP_NAME
from builder.artifacts.deck.script import typefaces
from builder.artifacts.deck.style import Style
from builder.artifacts.deck.write.drawing import (
    RECTANGLE,
    Pen,
    emu,
    placeholder,
    quoted,
    shape,
    solid,
    transform,
)

Drawn = Callable[[int], str]
"""A shape that waits for its number."""
FOOTERS = {"dt": "Date", "ftr": "Footer", "sldNum": "Slide number"}
BARE = ' wrap="square" lIns="0" tIns="0" rIns="0" bIns="0"'


def band(draft: Draft, layout: Layout, pen: Pen) -> Iterator[Drawn]:
    """The words across a slide of a module that does not hold."""
    marks, found = draft.marks, draft.marks.band(layout)
    if found is None:
        return
    box, words, size = found
    inset = emu(draft.tokens.band_inset)
    ground = pen.fill(marks.band_colour)
    look = f"{transform(box)}{RECTANGLE}{ground}<a:ln><a:noFill/></a:ln>"
    body = (
        f'<a:bodyPr wrap="square" lIns="{inset}" tIns="0" rIns="{inset}" bIns="0" '
        'anchor="ctr"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
    )
    ink = pen.fill(draft.master.palette.on(marks.band_colour))
    faces = typefaces(words, marks.language, pen.named)
    run = (
        f'<a:r><a:rPr lang="{quoted(marks.language)}" sz="{round(size * 100)}" b="1">'
        f"{ink}{faces}</a:rPr><a:t>{quoted(words)}</a:t></a:r>"
    )
    turned = ' algn="r" rtl="1"' if marks.rtl else ' algn="l"'
    text = f"{body}<a:p><a:pPr{turned}/>{run}</a:p>"
    yield lambda number: shape(number, "Status band", "", look, text)


def footers(layout: Layout, marks: Marks, named: frozenset[str]) -> Iterator[Drawn]:
    """Real footer placeholders, so that the words stay when the slide is copied elsewhere.

    Where the layout has none, or too small a one, the stamp stands in the layout's clear place.

    Args:
        layout: of the slide.
        marks: what is said.
        named: the kinds of script for which the master names a font itself.
    """
    for kind, name in FOOTERS.items():
        holder = layout.first(kind)
        if kind == "ftr" and (layout.position in marks.spotted or not holder):
            yield _spotted(layout, holder, marks, named)
        elif holder:
            yield _footer(kind, name, holder, marks, named)


def _footer(kind: str, name: str, holder: Holder, marks: Marks, named: frozenset[str]) -> Drawn:
    language = f'lang="{quoted(marks.language)}"'
    ink = solid(holder.plain) if holder.plain else ""
    ground = solid(holder.paper) if holder.paper else ""
    written = {"dt": marks.date, "ftr": marks.footer}.get(kind, "")
    inside = ink + typefaces(written, marks.language, named)
    look = f"<a:rPr {language}>{inside}</a:rPr>" if inside else f"<a:rPr {language}/>"
    if kind == "sldNum":
        field = f"{{{str(uuid.uuid5(uuid.NAMESPACE_URL, 'slidenum')).upper()}}}"
        words = f'<a:fld id="{field}" type="slidenum">{look}<a:t>‹#›</a:t></a:fld>'
    elif kind == "dt":
        words = f"<a:r>{look}<a:t>{quoted(marks.date)}</a:t></a:r>"
    else:
        size = marks.footer_size(holder)
        if size != holder.style.levels[0].size:
            look = look.replace(language, f'{language} sz="{round(size * 100)}"', 1)
        words = f"<a:r>{look}<a:t>{quoted(marks.footer)}</a:t></a:r>"
    body = f"<a:bodyPr/><a:lstStyle/><a:p>{_direction(holder.style, marks)}{words}</a:p>"
    return lambda number: shape(number, name, placeholder(holder), ground, body)


def _direction(style: Style, marks: Marks, align: str = "") -> str:
    """The way the stamp's words run, where the master's text runs the other way."""
    aligned = f' algn="{align}"' if align else ""
    turned = style.levels[0].leftwards != marks.rtl
    run = f' rtl="{int(marks.rtl)}"' if turned else ""
    return f"<a:pPr{aligned}{run}/>" if aligned or turned else ""


def _spotted(layout: Layout, holder: Holder | None, marks: Marks, named: frozenset[str]) -> Drawn:
    """The stamp in the clear place: the footer placeholder moved there, or a text box."""
    spot, size = layout.stamp, marks.spot_size(layout)
    assert spot is not None  # noqa: S101 - the marks found room
    fill = spot.fill or ("" if holder else "<a:noFill/>")
    look, side = transform(spot.box) + RECTANGLE + fill, "r" if marks.rtl else "l"
    mark, name = (placeholder(holder), FOOTERS["ftr"]) if holder else ("", STAMP_NAME)
    body = (
        f'<a:bodyPr{BARE} anchor="ctr"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
        f"<a:p>{_direction(spot.style, marks, side)}{_words(spot, size, marks, named)}</a:p>"
    )
    return lambda number: shape(number, name, mark, look, body)


def _words(spot: Spot, size: float, marks: Marks, named: frozenset[str]) -> str:
    faces = typefaces(marks.footer, marks.language, named)
    return (
        f'<a:r><a:rPr lang="{quoted(marks.language)}" sz="{round(size * 100)}">'
        f"{spot.ink}{faces}</a:rPr><a:t>{quoted(marks.footer)}</a:t></a:r>"
    )
