"""What a master deck is drawn with: boxes, paragraphs, placeholders, shapes, as DrawingML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

EMU_PER_INCH = 914_400
COLOUR_NAMES = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}
"""The slots of a colour scheme that a master names otherwise."""
DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative xmlns:adec='
    '"http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


def emu(inches: float) -> int:
    """Return a length in inches as English Metric Units."""
    return round(inches * EMU_PER_INCH)


@dataclass(frozen=True)
class Palette:
    """The colours of a theme, by name, and the slots of the scheme that some of them fill."""

    colours: Mapping[str, str]
    scheme: Mapping[str, str]

    def hexadecimal(self, name: str) -> str:
        """Return the six digits of a colour, as DrawingML wants them."""
        return self.colours[name].removeprefix("#")

    def paint(self, name: str, shade: str = "") -> str:
        """Return a colour; from the scheme where it has a slot, so that a rebrand reaches it."""
        slot = next((slot for slot, filler in self.scheme.items() if filler == name), None)
        if slot:
            return f'<a:schemeClr val="{COLOUR_NAMES.get(slot, slot)}">{shade}</a:schemeClr>'
        return f'<a:srgbClr val="{self.hexadecimal(name)}">{shade}</a:srgbClr>'

    def fill(self, name: str, shade: str = "") -> str:
        """Return a solid fill."""
        return f"<a:solidFill>{self.paint(name, shade)}</a:solidFill>"


def darker(percent: int) -> str:
    """Return the change that keeps so many per cent of a colour's lightness."""
    return f'<a:lumMod val="{percent * 1000}"/>'


def lighter(percent: int) -> str:
    """Return the change that moves a colour so many per cent towards white."""
    return f'<a:lumMod val="{(100 - percent) * 1000}"/><a:lumOff val="{percent * 1000}"/>'


@dataclass(frozen=True)
class Box:
    """A rectangle on the slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    def xml(self, attributes: str = "") -> str:
        """Return the rectangle as a transform."""
        place = f'<a:off x="{emu(self.left)}" y="{emu(self.top)}"/>'
        size = f'<a:ext cx="{emu(self.width)}" cy="{emu(self.height)}"/>'
        return f"<a:xfrm{attributes}>{place}{size}</a:xfrm>"


@dataclass(frozen=True)
class Level:
    """How one level of text looks: points, but inches for the indent and the hang."""

    size: float
    colour: str = "ink"
    bold: bool = False
    bullet: str = ""
    indent: float = 0.0
    hang: float = 0.0
    before: float = 0.0
    line: int = 100
    align: str = "l"

    def xml(self, number: int, palette: Palette) -> str:
        """Return the properties of this level, the first level being 1."""
        return (
            f'<a:lvl{number}pPr marL="{emu(self.indent)}" indent="{-emu(self.hang)}" '
            f'algn="{self.align}" defTabSz="914400" rtl="0" eaLnBrk="1" latinLnBrk="0" '
            f'hangingPunct="1">{self._spacing()}{self._bullet(palette)}{self._run(palette)}'
            f"</a:lvl{number}pPr>"
        )

    def _spacing(self) -> str:
        return (
            f'<a:lnSpc><a:spcPct val="{self.line * 1000}"/></a:lnSpc>'
            f'<a:spcBef><a:spcPts val="{round(self.before * 100)}"/></a:spcBef>'
            '<a:spcAft><a:spcPts val="0"/></a:spcAft>'
        )

    def _bullet(self, palette: Palette) -> str:
        if not self.bullet:
            return "<a:buNone/>"
        mark = f'<a:buChar char="{self.bullet}"/>'
        if self.bullet == "1.":
            mark = '<a:buAutoNum type="arabicPeriod"/>'
        return f'<a:buClr>{palette.paint("brand")}</a:buClr><a:buFont typeface="Arial"/>{mark}'

    def _run(self, palette: Palette) -> str:
        return (
            f'<a:defRPr sz="{round(self.size * 100)}" b="{int(self.bold)}" kern="1200">'
            f'{palette.fill(self.colour)}<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/>'
            '<a:cs typeface="+mn-cs"/></a:defRPr>'
        )


def list_style(levels: tuple[Level, ...], palette: Palette) -> str:
    """Return the levels in order; none means all is inherited."""
    return "".join(level.xml(number, palette) for number, level in enumerate(levels, 1))


class Shape(Protocol):
    """Anything that can stand in the shape tree of a master or layout."""

    def xml(self, identity: int, palette: Palette) -> str:
        """Return the shape, with its number in the tree."""


@dataclass(frozen=True)
class Decoration:
    """A shape that carries no meaning and is marked so for screen readers."""

    name: str
    box: Box
    colour: str
    shade: str = ""
    geometry: str = "rect"
    mirrored: bool = False

    def xml(self, identity: int, palette: Palette) -> str:
        """Return the shape, without outline or text."""
        attributes = ' flipH="1"' if self.mirrored else ""
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{identity}" name="{self.name}">{DECORATIVE}</p:cNvPr>'
            '<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
            f"<p:spPr>{self.box.xml(attributes)}{self._outline()}"
            f"{palette.fill(self.colour, self.shade)}<a:ln><a:noFill/></a:ln></p:spPr>"
            '<p:txBody><a:bodyPr rtlCol="0" anchor="ctr"/><a:lstStyle/>'
            '<a:p><a:endParaRPr lang="en-GB"/></a:p></p:txBody></p:sp>'
        )

    def _outline(self) -> str:
        guides = ""
        if self.geometry == "round2DiagRect":
            guides = '<a:gd name="adj1" fmla="val 50000"/><a:gd name="adj2" fmla="val 0"/>'
        return f'<a:prstGeom prst="{self.geometry}"><a:avLst>{guides}</a:avLst></a:prstGeom>'


@dataclass(frozen=True)
class Placeholder:
    """A typed placeholder; its prompt is shown only while it is empty."""

    kind: str
    index: int
    name: str
    prompt: tuple[str, ...]
    box: Box
    anchor: str = "t"
    levels: tuple[Level, ...] = ()
    extent: str = ""

    def xml(self, identity: int, palette: Palette) -> str:
        """Return the placeholder, with its number in the tree."""
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{identity}" name="{self.name}"/>'
            '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
            f"<p:nvPr>{self._role()}</p:nvPr></p:nvSpPr>"
            f'<p:spPr>{self.box.xml()}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
            f"<p:txBody>{self._frame()}{self._style(palette)}{self._text()}</p:txBody></p:sp>"
        )

    def _role(self) -> str:
        kind = f' type="{self.kind}"' if self.kind != "obj" else ""
        extent = f' sz="{self.extent}"' if self.extent else ""
        index = f' idx="{self.index}"' if self.index else ""
        return f"<p:ph{kind}{extent}{index}/>"

    def _frame(self) -> str:
        fit = "<a:noAutofit/>" if self.kind in ("dt", "ftr", "sldNum") else "<a:normAutofit/>"
        # No insets: text starts exactly on the grid, and the box is what a writer can fill.
        return (
            '<a:bodyPr vert="horz" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" '
            f'rtlCol="0" anchor="{self.anchor}">{fit}</a:bodyPr>'
        )

    def _style(self, palette: Palette) -> str:
        return f"<a:lstStyle>{list_style(self.levels, palette)}</a:lstStyle>"

    def _text(self) -> str:
        if self.kind == "sldNum":
            return (
                '<a:p><a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
                '<a:rPr lang="en-GB"/><a:t>‹#›</a:t></a:fld><a:endParaRPr lang="en-GB"/></a:p>'
            )
        return "".join(
            f'<a:p><a:pPr lvl="{level}"/><a:r><a:rPr lang="en-GB"/><a:t>{text}</a:t></a:r></a:p>'
            for level, text in enumerate(self.prompt)
        )


@dataclass(frozen=True)
class SlideImage:
    """The picture of the slide on a page of notes."""

    box: Box

    def xml(self, identity: int, palette: Palette) -> str:
        """Return the placeholder, with a thin outline."""
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{identity}" name="Slide"/><p:cNvSpPr><a:spLocks '
            'noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg" '
            f'idx="2"/></p:nvPr></p:nvSpPr><p:spPr>{self.box.xml()}<a:prstGeom prst="rect">'
            f'<a:avLst/></a:prstGeom><a:noFill/><a:ln w="9525">{palette.fill("line")}</a:ln>'
            "</p:spPr></p:sp>"
        )


@dataclass(frozen=True)
class Layout:
    """A master or layout: its shapes from back to front."""

    name: str
    kind: str
    shapes: tuple[Shape, ...]
    ground: str = ""
    plain: bool = False  # without the decorations of the master

    def tree(self, palette: Palette) -> str:
        """Return the ground and the shape tree, shapes numbered from 2."""
        ground = ""
        if self.ground:
            ground = f"<p:bg><p:bgPr>{palette.fill(self.ground)}<a:effectLst/></p:bgPr></p:bg>"
        shapes = "".join(shape.xml(n, palette) for n, shape in enumerate(self.shapes, 2))
        return f'<p:cSld name="{self.name}">{ground}<p:spTree>{GROUP}{shapes}</p:spTree></p:cSld>'


GROUP = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/>'
    '<a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)
