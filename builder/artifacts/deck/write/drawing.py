"""Records -> DrawingML text: paragraphs and runs, frames, tables, pictures.

Only what differs from the master is written, so that a text follows the master when it changes.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise

from builder.artifacts.deck.fit.flow import ENDS, SIDES
from builder.artifacts.deck.frames import PictureFrame, TableFrame, TextFrame
from builder.artifacts.deck.master.model import Holder
from builder.artifacts.deck.master.textstyle import POINT
from builder.artifacts.deck.outline.inline import NOTHING
from builder.artifacts.deck.records import Paragraph, Row, Run
from builder.artifacts.deck.style import Box, Level, Look, Style, look
from builder.artifacts.deck.tokens import Tokens

DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative xmlns:adec='
    '"http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"
RAISED = {"super": ' baseline="30000"', "sub": ' baseline="-25000"'}
LOCKS = '<a:graphicFrameLocks noGrp="1"/>'
MONOSPACE = '<a:latin typeface="Courier New"/><a:cs typeface="Courier New"/>'
BULLET = '<a:buFont typeface="Arial"/><a:buChar char="•"/>'
CALLOUTS = {
    "note": ("tint", "brand", "deep"),
    "key-points": ("tint", "brand", "deep"),
    "warning": ("warning_tint", "warning", "warning"),
}
"""Ground, outline and title of each callout, by the theme's colours."""


@dataclass(frozen=True)
class Pen:
    """What all words of a part share."""

    language: str
    rtl: bool
    tokens: Tokens
    scheme: Mapping[str, str]
    link: Callable[[str], str]
    """An address -> the element of a link, or nothing where it leads nowhere."""

    def fill(self, name: str) -> str:
        """A solid fill; from the master's scheme where the colour has a place in it."""
        digits = self.tokens.colour(name)
        slot = self.scheme.get(digits)
        colour = f'<a:schemeClr val="{slot}"/>' if slot else f'<a:srgbClr val="{digits}"/>'
        return f"<a:solidFill>{colour}</a:solidFill>"

    def runs(self, runs: Iterable[Run], attributes: str = "", colour: str = "") -> str:
        """Runs with what their paragraph adds to each."""
        return "".join(self._run(run, attributes, colour) for run in runs)

    def _run(self, run: Run, attributes: str, colour: str) -> str:
        language = f'lang="{quoted(run.language or self.language)}"'
        if run.text == "\n":
            return f"<a:br><a:rPr {language}{attributes}/></a:br>"
        if run.bold and " b=" not in attributes:
            attributes += ' b="1"'
        if run.italic and " i=" not in attributes:
            attributes += ' i="1"'
        inside = (
            colour + (MONOSPACE if run.code else "") + (self.link(run.link) if run.link else "")
        )
        return (
            f"<a:r><a:rPr {language}{attributes}{RAISED.get(run.script, '')}>{inside}</a:rPr>"
            f"<a:t>{quoted(run.text)}</a:t></a:r>"
        )

    def paragraphs(
        self, paragraphs: Iterable[Paragraph], style: Style, step: int, title: str = ""
    ) -> str:
        """Paragraphs of one frame; `title` is the colour of the first, where it is a title."""
        counts: dict[int, tuple[int, int]] = {}
        drawn = []
        for number, paragraph in enumerate(paragraphs):
            seen = look(paragraph, style, step)
            start = _start(paragraph, seen, counts)
            colour = self.fill(title) if title and not number else ""
            if paragraph.kind == "caption":
                colour = self.fill("muted")
            drawn.append(self._paragraph(paragraph, seen, style.levels[seen.index], start, colour))
        return "".join(drawn)

    def _paragraph(
        self, paragraph: Paragraph, seen: Look, base: Level, start: int, colour: str
    ) -> str:
        level = seen.level
        attributes = f' sz="{round(level.size * 100)}"' if level.size != base.size else ""
        attributes += ' b="1"' if level.bold and not base.bold else ""
        attributes += ' i="1"' if seen.italic else ""
        properties = self._properties(paragraph, seen, base, start)
        return f"<a:p>{properties}{self.runs(paragraph.runs, attributes, colour)}</a:p>"

    def _properties(self, paragraph: Paragraph, seen: Look, base: Level, start: int) -> str:
        level = seen.level
        attributes = f' lvl="{seen.index}"' if seen.index else ""
        if (level.margin, level.hang) != (base.margin, base.hang):
            attributes = (
                f' marL="{emu(level.margin)}"' + attributes + f' indent="{-emu(level.hang)}"'
            )
        attributes += self.direction(paragraph.align)
        space = ""
        if level.before != base.before:
            points = round(level.before * 100)
            space = f'<a:spcBef><a:spcPts val="{points}"/></a:spcBef>'
        return f"<a:pPr{attributes}>{space}{_bullet(level, base, start)}</a:pPr>"

    def direction(self, align: str = "") -> str:
        """Alignment and direction as attributes."""
        align = align or ("r" if self.rtl else "")
        aligned = f' algn="{align}"' if align else ""
        return aligned + (' rtl="1"' if self.rtl else "")

    def text(self, frame: TextFrame, identity: int, name: str, mark: Holder | None) -> str:
        """A text frame: placeholder, box or callout."""
        place = transform(frame.box) if frame.placed else ""
        if frame.callout:
            return self._callout(frame, identity, name)
        words = self.paragraphs(frame.paragraphs, frame.style, frame.step)
        if mark is not None:
            inside = NO_INSETS if frame.placed else ""
            frame_xml = f"<a:bodyPr{inside}><a:normAutofit/></a:bodyPr><a:lstStyle/>"
            return shape(identity, name, placeholder(mark), place, frame_xml + words)
        frame_xml = (
            f'<a:bodyPr wrap="square"{NO_INSETS} anchor="t"><a:normAutofit/></a:bodyPr>'
            f"<a:lstStyle>{frame.style.xml}</a:lstStyle>"
        )
        return shape(identity, name, "", place + RECTANGLE + "<a:noFill/>", frame_xml + words)

    def _callout(self, frame: TextFrame, identity: int, name: str) -> str:
        ground, outline, title = CALLOUTS[frame.callout]
        look_of = (
            f'{transform(frame.box)}{RECTANGLE}{self.fill(ground)}<a:ln w="19050">'
            f"{self.fill(outline)}</a:ln>"
        )
        insets = f'lIns="{emu(SIDES)}" tIns="{emu(ENDS)}" rIns="{emu(SIDES)}" bIns="{emu(ENDS)}"'
        words = self.paragraphs(frame.paragraphs, frame.style, frame.step, title)
        frame_xml = (
            f'<a:bodyPr wrap="square" {insets} anchor="t"><a:normAutofit/></a:bodyPr>'
            f"<a:lstStyle>{frame.style.xml}</a:lstStyle>"
        )
        return shape(identity, name, "", look_of, frame_xml + words)

    def table(self, frame: TableFrame, identity: int, name: str, mark: Holder | None) -> str:
        """A native table with the theme's style; its first row is marked as the head."""
        table = frame.table
        caption = quoted(table.caption.text) if table.caption else ""
        described = f' descr="{caption}"' if caption else ""
        rows = zip((*table.head, *table.rows), frame.heights, strict=True)
        drawn = "".join(self._row(row, height, frame.size) for row, height in rows)
        return (
            f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{identity}" name="{name}"'
            f"{described}/><p:cNvGraphicFramePr>{LOCKS}</p:cNvGraphicFramePr>"
            f"<p:nvPr>{placeholder(mark) if mark else ''}</p:nvPr></p:nvGraphicFramePr>"
            f'{transform(frame.box, "p")}<a:graphic><a:graphicData uri="{TABLE}"><a:tbl>'
            f"<a:tblPr{self._flags(frame)}><a:tableStyleId>{self.tokens.table_style}"
            f"</a:tableStyleId></a:tblPr><a:tblGrid>{_columns(frame)}</a:tblGrid>{drawn}"
            "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
        )

    def _flags(self, frame: TableFrame) -> str:
        head = ' firstRow="1"' if frame.table.head else ""
        return (' rtl="1"' if self.rtl else "") + head + ' bandRow="1"'

    def _row(self, row: Row, height: float, size: float) -> str:
        cells = "".join(self._cell(cell, size) for cell in row)
        return f'<a:tr h="{emu(height)}">{cells}</a:tr>'

    def _cell(self, cell: Paragraph, size: float) -> str:
        points = f' sz="{round(size * 100)}"'
        words = self.runs(cell.runs, points)
        end = "" if words else f'<a:endParaRPr lang="{quoted(self.language)}"{points}/>'
        sides, ends = emu(self.tokens.cell_sides), emu(self.tokens.cell_ends)
        return (
            f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr{self.direction(cell.align)}/>"
            f'{words}{end}</a:p></a:txBody><a:tcPr marL="{sides}" marR="{sides}" marT="{ends}" '
            f'marB="{ends}" anchor="ctr"/></a:tc>'
        )


def picture(
    frame: PictureFrame, identity: int, name: str, mark: Holder | None, relation: str
) -> str:
    """A picture whole and in its own shape, with its alternative text or the decorative mark."""
    words = frame.picture.alternative
    extra = "" if words else DECORATIVE
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="{identity}" name="{name}" descr="{quoted(words)}">{extra}'
        '</p:cNvPr><p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr>'
        f"<p:nvPr>{placeholder(mark) if mark else ''}</p:nvPr></p:nvPicPr>"
        f'<p:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        "</p:blipFill>"
        f"<p:spPr>{transform(frame.box)}{RECTANGLE}</p:spPr></p:pic>"
    )


RECTANGLE = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
NO_INSETS = ' lIns="0" tIns="0" rIns="0" bIns="0"'


def shape(identity: int, name: str, mark: str, properties: str, words: str) -> str:
    """A shape with text."""
    locks = '<a:spLocks noGrp="1"/>' if mark else ""
    box = "" if mark or "<a:ln" in properties else ' txBox="1"'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{identity}" name="{quoted(name)}"/>'
        f"<p:cNvSpPr{box}>{locks}</p:cNvSpPr><p:nvPr>{mark}</p:nvPr></p:nvSpPr>"
        f"<p:spPr>{properties}</p:spPr><p:txBody>{words}</p:txBody></p:sp>"
    )


def placeholder(holder: Holder) -> str:
    """The mark that ties a shape to a placeholder of the layout."""
    kind = f' type="{holder.kind}"' if holder.kind != "obj" else ""
    size = f' sz="{holder.size}"' if holder.size else ""
    index = f' idx="{holder.index}"' if holder.index else ""
    return f"<p:ph{kind}{size}{index}/>"


def transform(box: Box, prefix: str = "a") -> str:
    """A rectangle as a transform."""
    return (
        f'<{prefix}:xfrm><a:off x="{emu(box.left)}" y="{emu(box.top)}"/>'
        f'<a:ext cx="{emu(box.width)}" cy="{emu(box.height)}"/></{prefix}:xfrm>'
    )


def emu(points: float) -> int:
    """Points as English Metric Units."""
    return round(points * POINT)


def quoted(text: str) -> str:
    """Text as XML holds it, in an element or an attribute."""
    return html.escape(NOTHING.sub("", text))


def _columns(frame: TableFrame) -> str:
    """The widths of the columns, which add up to the table's."""
    ends = accumulate(frame.table.shares)
    edges = [0, *(round(end * emu(frame.box.width)) for end in ends)]
    return "".join(f'<a:gridCol w="{right - left}"/>' for left, right in pairwise(edges))


def _start(paragraph: Paragraph, seen: Look, counts: dict[int, tuple[int, int]]) -> int:
    """The number that a numbered item's list starts with on this slide, noted in `counts`.

    Items that follow each other count up by themselves from one start; a deeper list does not
    disturb that, anything else does.
    """
    depth = seen.index
    running = counts.get(depth)
    for deeper in [level for level in counts if level > depth or paragraph.mark != "number"]:
        if deeper >= depth:
            del counts[deeper]
    if paragraph.mark != "number":
        return 0
    start = running[0] if running and running[1] == paragraph.number - 1 else paragraph.number
    counts[depth] = (start, paragraph.number)
    return start


def _bullet(level: Level, base: Level, start: int) -> str:
    """The bullet or number, where it is not the master's own."""
    if level.mark == "number":
        if base.mark == "number" and start == 1:
            return ""
        first = f' startAt="{start}"' if start != 1 else ""
        return f'<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod"{first}/>'
    if level.mark == base.mark:
        return ""
    return BULLET if level.mark else "<a:buNone/>"
