"""Records -> DrawingML text: paragraphs and runs, frames, tables, pictures.

Only what differs from the master is written, so that a text follows the master when it changes.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from builder.artifacts.deck.frames import ENDS, SIDES, PictureFrame, TableFrame, TextFrame
from builder.artifacts.deck.master.model import Holder
from builder.artifacts.deck.master.palette import text_coloured
from builder.artifacts.deck.master.textstyle import POINT
from builder.artifacts.deck.outline.inline import NOTHING
from builder.artifacts.deck.records import Paragraph, Row, Run, Table
from builder.artifacts.deck.script import (
    language_of,
    runs_leftwards,
    typefaces,
    with_amounts,
)
from builder.artifacts.deck.style import Box, Level, Look, Style, look
from builder.artifacts.deck.tokens import Tokens

DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative xmlns:adec='
    '"http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"
RAISED = {"super": ' baseline="30000"', "sub": ' baseline="-25000"'}
TURNED = {"l": "r", "r": "l"}
"""Where text starts that runs the other way than its surroundings."""
LOCKS = '<a:graphicFrameLocks noGrp="1"/>'
MONOSPACE = '<a:latin typeface="Courier New"/><a:cs typeface="Courier New"/>'
BULLET = '<a:buFont typeface="Arial"/><a:buChar char="•"/>'
SIGNS = {"number": "arabicPeriod", "letter": "alphaUcPeriod"}
"""What items bear, and its name in DrawingML (ST_TextAutonumberScheme)."""
CALLOUTS = {
    "note": ("tint", "brand", "deep"),
    "key-points": ("tint", "brand", "deep"),
    "warning": ("warning_tint", "warning", "warning"),
}
"""Ground, edge and title of each callout, by the theme's colours."""


@dataclass(frozen=True)
class Pen:
    """What all words of a part share."""

    language: str
    rtl: bool
    tokens: Tokens
    scheme: Mapping[str, str]
    link: Callable[[str], str]
    """An address -> the element of a link, or nothing where it leads nowhere."""
    named: frozenset[str] = frozenset()
    """The kinds of script, `ea` and `cs`, for which the master names a font itself."""
    stated: bool = False
    """Whether the cells of tables say which way they run, whatever the master says."""
    quiet: str = "muted"
    """The colour of captions, or nothing where they look like text."""
    ink: str = "tx1"
    """The name in the scheme of the colour of a chart's words."""
    ground: tuple[str, ...] = ()
    """The colours behind a chart."""

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
        spoken = self.spoken(run)
        language = f'lang="{quoted(spoken)}"'
        if run.text == "\n":
            return f"<a:br><a:rPr {language}{attributes}/></a:br>"
        if run.bold and " b=" not in attributes:
            attributes += ' b="1"'
        if run.italic and " i=" not in attributes:
            attributes += ' i="1"'
        faces = MONOSPACE if run.code else typefaces(run.text, spoken, self.named)
        inside = colour + faces + (self.link(run.link) if run.link else "")
        return (
            f"<a:r><a:rPr {language}{attributes}{RAISED.get(run.script, '')}>{inside}</a:rPr>"
            f"<a:t>{quoted(run.text)}</a:t></a:r>"
        )

    def spoken(self, run: Run) -> str:
        """The language of a run."""
        return run.language or language_of(run.text, self.language)

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
            if self.quiet and paragraph.kind in ("caption", "source"):
                colour = self.fill(self.quiet)
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
        return f"<a:p>{properties}{self.words(paragraph, attributes, colour)}</a:p>"

    def words(self, paragraph: Paragraph, attributes: str, colour: str = "") -> str:
        """The runs of a paragraph, or what an empty one says of its language and size."""
        runs = paragraph.runs
        if self.turned(paragraph):
            runs = tuple(replace(run, text=with_amounts(run.text)) for run in runs)
        return self.runs(runs, attributes, colour) or self.end(attributes)

    def end(self, attributes: str) -> str:
        """What stands in a paragraph without words."""
        return f'<a:endParaRPr lang="{quoted(self.language)}"{attributes}/>'

    def _properties(self, paragraph: Paragraph, seen: Look, base: Level, start: int) -> str:
        level = seen.level
        attributes = f' lvl="{seen.index}"' if seen.index else ""
        if (level.margin, level.hang) != (base.margin, base.hang):
            attributes = (
                f' marL="{emu(level.margin)}"' + attributes + f' indent="{-emu(level.hang)}"'
            )
        attributes += self.direction(paragraph, base.align, base.leftwards)
        space = ""
        if level.before != base.before:
            points = round(level.before * 100)
            space = f'<a:spcBef><a:spcPts val="{points}"/></a:spcBef>'
        return f"<a:pPr{attributes}>{space}{_bullet(level, base, start)}</a:pPr>"

    def direction(self, paragraph: Paragraph, align: str = "l", leftwards: bool = False) -> str:
        """Alignment and direction as attributes, where they are not what they would be anyway.

        Args:
            paragraph: its own alignment is kept; else text starts on the side where it begins.
            align: how it would be aligned; `l` and `r` are sides of the slide, whichever way the
                text runs (ECMA-376 part 1, 20.1.10.59).
            leftwards: whether it would run from right to left.
        """
        turned = self.turned(paragraph) != leftwards
        wanted = paragraph.align or (TURNED.get(align, "") if turned else "")
        aligned = f' algn="{wanted}"' if wanted else ""
        return aligned + (f' rtl="{int(not leftwards)}"' if turned else "")

    def _stated(self, paragraph: Paragraph) -> str:
        """Alignment and direction as attributes, both written out."""
        turned = self.turned(paragraph)
        return f' algn="{paragraph.align or "lr"[turned]}" rtl="{int(turned)}"'

    def turned(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph runs from right to left."""
        if not self.rtl and all(run.text.isascii() and not run.language for run in paragraph.runs):
            return False
        pieces = ((run.text, self.spoken(run)) for run in paragraph.runs)
        return runs_leftwards(pieces, self.rtl)

    def text(
        self, frame: TextFrame, identity: int, name: str, mark: Holder | None, fill: str = ""
    ) -> str:
        """A text frame: placeholder, box or callout; `fill` is a name in the scheme."""
        place = transform(frame.box) if frame.placed else ""
        if frame.callout:
            return self._callout(frame, identity, name)
        words = self.paragraphs(frame.paragraphs, frame.style, frame.step)
        if mark is not None:
            inside = NO_INSETS if frame.placed else ""
            own = frame.style.xml if frame.style.xml != mark.style.xml else ""
            levels = f"<a:lstStyle>{own}</a:lstStyle>"
            frame_xml = f"<a:bodyPr{inside}><a:normAutofit/></a:bodyPr>{levels}"
            ground = solid(fill) if fill else ""
            return shape(identity, name, placeholder(mark), place + ground, frame_xml + words)
        frame_xml = (
            f'<a:bodyPr wrap="square"{NO_INSETS} anchor="t"><a:normAutofit/></a:bodyPr>'
            f"<a:lstStyle>{frame.style.xml}</a:lstStyle>"
        )
        ground = solid(fill) if fill else "<a:noFill/>"
        return shape(identity, name, "", place + RECTANGLE + ground, frame_xml + words)

    def _callout(self, frame: TextFrame, identity: int, name: str) -> str:
        ground, edge, title = CALLOUTS[frame.callout]
        thick = EDGE * self.tokens.scale
        look_of = (
            f"{transform(frame.box)}{edged(frame.box, self.rtl, thick)}{self.fill(ground)}"
            f'<a:ln w="{emu(thick)}" cap="flat">{self.fill(edge)}<a:miter lim="800000"/></a:ln>'
        )
        sides, ends = (emu(each * self.tokens.scale) for each in (SIDES, ENDS))
        insets = f'lIns="{sides}" tIns="{ends}" rIns="{sides}" bIns="{ends}"'
        words = self.paragraphs(frame.paragraphs, frame.style, frame.step, title)
        frame_xml = (
            f'<a:bodyPr wrap="square" {insets} anchor="t"><a:normAutofit/></a:bodyPr>'
            f"<a:lstStyle>{frame.style.xml}</a:lstStyle>"
        )
        return shape(identity, name, "", look_of, frame_xml + words)

    def table(self, frame: TableFrame, identity: int, name: str, mark: Holder | None) -> str:
        """A native table with the theme's style; its first row is marked as the head."""
        table = frame.table
        rows = zip((*table.head, *table.rows), frame.heights, strict=True)
        on_colour = replace(self, link=text_coloured(self.link))
        drawn = "".join(
            (on_colour if number < len(table.head) else self).row(row, height, frame.size)
            for number, (row, height) in enumerate(rows)
        )
        return (
            f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{identity}" name="{quoted(name)}" '
            f'descr="{quoted(described(table))}"/>'
            f"<p:cNvGraphicFramePr>{LOCKS}</p:cNvGraphicFramePr>"
            f"<p:nvPr>{placeholder(mark) if mark else ''}</p:nvPr></p:nvGraphicFramePr>"
            f'{transform(frame.box, "p")}<a:graphic><a:graphicData uri="{TABLE}"><a:tbl>'
            f"<a:tblPr{self._flags(frame)}><a:tableStyleId>{self.tokens.table_style}"
            f"</a:tableStyleId></a:tblPr><a:tblGrid>{_columns(frame)}</a:tblGrid>{drawn}"
            "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
        )

    def _flags(self, frame: TableFrame) -> str:
        head = ' firstRow="1"' if frame.table.head else ""
        return (' rtl="1"' if self.rtl else "") + head + ' bandRow="1"'

    def row(self, row: Row, height: float, size: float) -> str:
        """A row of a table."""
        cells = "".join(self._cell(cell, size) for cell in row)
        return f'<a:tr h="{emu(height)}">{cells}</a:tr>'

    def _cell(self, cell: Paragraph, size: float) -> str:
        points = f' sz="{round(size * 100)}"'
        words = self.words(cell, points)
        direction = self._stated(cell) if self.stated or self.rtl else self.direction(cell)
        sides, ends = emu(self.tokens.cell_sides), emu(self.tokens.cell_ends)
        return (
            f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr{direction}/>"
            f'{words}</a:p></a:txBody><a:tcPr marL="{sides}" marR="{sides}" marT="{ends}" '
            f'marB="{ends}" anchor="ctr"/></a:tc>'
        )


def described(table: Table) -> str:
    """What a table is about: its caption without marks, else its columns; in any language."""
    if table.caption:
        return "".join(run.text for run in table.caption.runs if not (run.script and run.link))
    columns = next(iter((*table.head, *table.rows)), ())
    return ", ".join(filter(None, (" ".join(cell.text.split()) for cell in columns)))


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
        f'<p:blipFill><a:blip r:embed="{relation}"/>{_cropped(frame)}'
        "<a:stretch><a:fillRect/></a:stretch></p:blipFill>"
        f"<p:spPr>{transform(frame.box)}{RECTANGLE}</p:spPr></p:pic>"
    )


def _cropped(frame: PictureFrame) -> str:
    """What of the picture's sides is cut off, in thousandths of a per cent."""
    parts = zip("ltrb", frame.crop, strict=True)
    sides = "".join(f' {side}="{round(part * 100_000)}"' for side, part in parts if part)
    return f"<a:srcRect{sides}/>" if sides else ""


RECTANGLE = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
EDGE = 6.0
"""Points: the thickness of a callout's edge."""


def edged(box: Box, rtl: bool, thick: float) -> str:
    """A rectangle without an outline but for a thick edge on the side where text starts."""
    wide, high = emu(box.width), emu(box.height)
    edge = wide - emu(thick / 2) if rtl else emu(thick / 2)
    corners = "".join(_line_to(*corner) for corner in ((wide, 0), (wide, high), (0, high)))
    size = f'w="{wide}" h="{high}"'
    return (
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        '<a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path {size} stroke="0">{_from(0, 0)}{corners}<a:close/></a:path>'
        f'<a:path {size} fill="none">{_from(edge, 0)}{_line_to(edge, high)}</a:path>'
        "</a:pathLst></a:custGeom>"
    )


def _from(across: int, down: int) -> str:
    return f'<a:moveTo><a:pt x="{across}" y="{down}"/></a:moveTo>'


def _line_to(across: int, down: int) -> str:
    return f'<a:lnTo><a:pt x="{across}" y="{down}"/></a:lnTo>'


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


def solid(name: str) -> str:
    """A fill in the scheme's colour of a name."""
    return f'<a:solidFill><a:schemeClr val="{name}"/></a:solidFill>'


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
    if level.mark in SIGNS:
        if level.mark == base.mark and start == 1:
            return ""
        first = f' startAt="{start}"' if start != 1 else ""
        return f'<a:buFont typeface="+mj-lt"/><a:buAutoNum type="{SIGNS[level.mark]}"{first}/>'
    if level.mark == base.mark:
        return ""
    return BULLET if level.mark else "<a:buNone/>"
