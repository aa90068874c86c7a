"""The parts of a master deck beside its layouts: theme, table style, master, presentation."""

from __future__ import annotations

from tests.masters.drawing import Layout, Level, Palette, emu, lighter, list_style

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PRESENTATION = "http://schemas.openxmlformats.org/presentationml/2006/main"
NAMESPACES = f'xmlns:a="{MAIN}" xmlns:r="{OFFICE}" xmlns:p="{PRESENTATION}"'
COLOUR_MAP = (
    'bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" '
    'accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" '
    'hlink="hlink" folHlink="folHlink"'
)
FIRST_MASTER = 2_147_483_648  # the smallest number the format allows


def theme(title: str, family: str, palette: Palette) -> str:
    """Return the theme part: colours and fonts of the institution, flat effects."""
    return (
        f'{DECLARATION}<a:theme xmlns:a="{MAIN}" name="{title}"><a:themeElements>'
        f'<a:clrScheme name="{title}">{_scheme(palette)}</a:clrScheme>'
        f'<a:fontScheme name="{title}">{_font("majorFont", family)}{_font("minorFont", family)}'
        f'</a:fontScheme><a:fmtScheme name="{title}">{_formats()}</a:fmtScheme></a:themeElements>'
        f"<a:objectDefaults/><a:extraClrSchemeLst/>{_named_colours(palette)}</a:theme>"
    )


def _scheme(palette: Palette) -> str:
    return "".join(
        f'<a:{slot}><a:srgbClr val="{palette.hexadecimal(name)}"/></a:{slot}>'
        for slot, name in palette.scheme.items()
    )


def _font(role: str, family: str) -> str:
    others = '<a:ea typeface=""/><a:cs typeface=""/>'
    return f'<a:{role}><a:latin typeface="{family}"/>{others}</a:{role}>'


def _formats() -> str:
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = "".join(f'<a:ln w="{width}">{fill}</a:ln>' for width in (9525, 19050, 28575))
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return (
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effects}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
    )


def _named_colours(palette: Palette) -> str:
    """Offer the colours that have no slot in the scheme in the colour picker too."""
    others = [name for name in palette.colours if name not in palette.scheme.values()]
    return "".join(
        ("<a:custClrLst>", *(_named_colour(name, palette) for name in others), "</a:custClrLst>")
    )


def _named_colour(name: str, palette: Palette) -> str:
    label = name.replace("_", " ").capitalize()
    return f'<a:custClr name="{label}">{palette.paint(name)}</a:custClr>'


def table_styles(identity: str, title: str, palette: Palette) -> str:
    """Return the table style: bold white head on brand, thin rules between rows, light bands."""
    rule = palette.fill("line")
    head = _cells("paper", palette.fill("brand"), "", palette, bold=True)
    foot = _cells(
        "ink", "<a:noFill/>", _border("top", 19050, palette.fill("brand")), palette, bold=True
    )
    body = _border("bottom", 12700, palette.fill("brand")) + _border("insideH", 9525, rule)
    band = f"<a:tcStyle><a:tcBdr/><a:fill>{palette.fill('tint', lighter(45))}</a:fill></a:tcStyle>"
    return (
        f'{DECLARATION}<a:tblStyleLst xmlns:a="{MAIN}" def="{identity}">'
        f'<a:tblStyle styleId="{identity}" styleName="{title}">'
        f"<a:wholeTbl>{_cells('ink', '<a:noFill/>', body, palette)}</a:wholeTbl>"
        f"<a:band2H>{band}</a:band2H>"
        f'<a:firstCol><a:tcTxStyle b="on"/><a:tcStyle><a:tcBdr/></a:tcStyle></a:firstCol>'
        f"<a:lastRow>{foot}</a:lastRow><a:firstRow>{head}</a:firstRow>"
        "</a:tblStyle></a:tblStyleLst>"
    )


def _cells(text: str, fill: str, borders: str, palette: Palette, *, bold: bool = False) -> str:
    weight = ' b="on"' if bold else ""
    return (
        f'<a:tcTxStyle{weight}><a:fontRef idx="minor"/>{palette.paint(text)}</a:tcTxStyle>'
        f"<a:tcStyle><a:tcBdr>{borders}</a:tcBdr><a:fill>{fill}</a:fill></a:tcStyle>"
    )


def _border(side: str, width: int, fill: str) -> str:
    return f'<a:{side}><a:ln w="{width}" cmpd="sng">{fill}</a:ln></a:{side}>'


def layout(design: Layout, palette: Palette) -> str:
    """Return a layout part."""
    kind = f' type="{design.kind}"' if design.kind else ""
    plain = ' showMasterSp="0"' if design.plain else ""
    return (
        f'{DECLARATION}<p:sldLayout {NAMESPACES}{plain}{kind} preserve="1" userDrawn="1">'
        f"{design.tree(palette)}<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def master(
    design: Layout, title: Level, body: tuple[Level, ...], layouts: int, palette: Palette
) -> str:
    """Return the master part; its layouts are its first relations, in order."""
    entries = "".join(
        f'<p:sldLayoutId id="{FIRST_MASTER + number}" r:id="rId{number}"/>'
        for number in range(1, layouts + 1)
    )
    return (
        f'{DECLARATION}<p:sldMaster {NAMESPACES} preserve="1">{design.tree(palette)}'
        f"<p:clrMap {COLOUR_MAP}/><p:sldLayoutIdLst>{entries}</p:sldLayoutIdLst><p:txStyles>"
        f"<p:titleStyle>{title.xml(1, palette)}</p:titleStyle>"
        f"<p:bodyStyle>{list_style(body, palette)}</p:bodyStyle>"
        f"<p:otherStyle>{_other_text(palette)}</p:otherStyle></p:txStyles></p:sldMaster>"
    )


def notes_master(design: Layout, palette: Palette) -> str:
    """Return the master of the speaker notes; its text is 12 pt."""
    return (
        f"{DECLARATION}<p:notesMaster {NAMESPACES}>{design.tree(palette)}<p:clrMap {COLOUR_MAP}/>"
        f"<p:notesStyle>{list_style((Level(12, before=4),) * 5, palette)}</p:notesStyle>"
        "</p:notesMaster>"
    )


def presentation(width: float, height: float, palette: Palette) -> str:
    """Return the main part of a deck without slides; lengths in inches."""
    return (
        f'{DECLARATION}<p:presentation {NAMESPACES} saveSubsetFonts="1"><p:sldMasterIdLst>'
        f'<p:sldMasterId id="{FIRST_MASTER}" r:id="rId1"/></p:sldMasterIdLst>'
        '<p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst>'
        f'<p:sldSz cx="{emu(width)}" cy="{emu(height)}"/>'
        f'<p:notesSz cx="{emu(7.5)}" cy="{emu(10)}"/>'
        f"<p:defaultTextStyle>{_other_text(palette)}</p:defaultTextStyle></p:presentation>"
    )


def properties(element: str) -> str:
    """Return an empty part of settings; PowerPoint offers to repair a deck without it."""
    return f"{DECLARATION}<p:{element} {NAMESPACES}/>"


def _other_text(palette: Palette) -> str:
    return list_style((Level(18),) * 9, palette)
