"""Master decks that hold more than masters: slides, pictures, macros, objects, settings."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Callable
from typing import Any

import pptx
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from tests.masters.odd_file import (
    CLINIC,
    DEFAULT,
    KIND,
    MAIN,
    MASTER,
    NAMES,
    OFFICE,
    SPACES,
    File,
    element,
    holders,
    picture,
    png,
    remove,
    tree,
)

IDENTITY = f"{{{NAMES['r']}}}id"
POWERPOINT = "http://schemas.microsoft.com/office"
SVG = (
    '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
    '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg xmlns="http://www.w3.org/2000/svg" '
    'width="20" height="10"><rect width="20" height="10" fill="navy"/></svg>'
)


def relations(file: File, source: str) -> dict[str, str]:
    """What a part is related to, by identity."""
    folder, name = posixpath.split(source)
    root = etree.fromstring(file.entries[f"{folder}/_rels/{name}.rels"])
    return {
        str(each.get("Id")): posixpath.normpath(posixpath.join(folder, str(each.get("Target"))))
        for each in root
    }


def with_slides() -> File:
    """Sample slides with notes, a picture, a chart, a table, comments, sections and shows."""
    deck = pptx.Presentation(DEFAULT)
    slides = [deck.slides.add_slide(deck.slide_layouts[at]) for at in (0, 1, 5)]
    for number, slide in enumerate(slides):
        slide.shapes.title.text = f"Left over {number}"
        slide.notes_slide.notes_text_frame.text = "Left over notes"
    slides[1].shapes.add_picture(io.BytesIO(png()), 0, 0)
    data = CategoryChartData()
    data.categories = ["a", "b"]
    data.add_series("Left over", (1, 2))
    place = (Inches(1), Inches(2), Inches(4), Inches(3))
    slides[2].shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *place, data)
    slides[2].shapes.add_table(2, 2, *place)
    target = io.BytesIO()
    deck.save(target)
    file = File(target)  # type: ignore[arg-type]
    return _discussed(_sectioned(file))


def _discussed(file: File) -> File:
    """Comments on a slide, their authors, and a show of some slides."""
    comments = (
        f'<p:cmLst {SPACES}><p:cm authorId="0" dt="2020-01-01T00:00:00" idx="1">'
        '<p:pos x="1" y="1"/><p:text>Left over</p:text></p:cm></p:cmLst>'
    )
    authors = (
        f'<p:cmAuthorLst {SPACES}><p:cmAuthor id="0" name="A" initials="A" lastIdx="1" clrIdx="0"/>'
        "</p:cmAuthorLst>"
    )
    file.add("ppt/comments/comment1.xml", comments, f"{KIND}.comments+xml")
    file.add("ppt/commentAuthors.xml", authors, f"{KIND}.commentAuthors+xml")
    file.relate(MAIN, "commentAuthors", "commentAuthors.xml")
    file.relate("ppt/slides/slide2.xml", "comments", "../comments/comment1.xml")
    return file


def _sectioned(file: File) -> File:
    def change(root: Any) -> None:
        entry = root.find("p:sldIdLst", NAMES)[0]
        show = element(
            '<p:custShowLst><p:custShow name="Short" id="0"><p:sldLst><p:sld r:id="'
            f'{entry.get(IDENTITY)}"/></p:sldLst></p:custShow></p:custShowLst>'
        )
        root.find("p:notesSz", NAMES).addnext(show)
        sections = element(
            '<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst '
            'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"><p14:section '
            'name="Left over" id="{2D2F3A54-0A10-4C4B-9C47-111111111111}"><p14:sldIdLst>'
            f'<p14:sldId id="{entry.get("id")}"/></p14:sldIdLst></p14:section></p14:sectionLst>'
            "</p:ext></p:extLst>"
        )
        remove(*root.findall("p:extLst", NAMES))
        root.append(sections)

    return file.change(MAIN, change)


def linked_slides() -> File:
    """A button on a layout leads to a sample slide, and the outline remembers one."""
    file = with_slides()
    layout = file.layouts[1]
    key = file.relate(layout, "slide", "../slides/slide1.xml")

    def button(root: Any) -> None:
        shape = holders(root, "title")[0].find("p:nvSpPr/p:cNvPr", NAMES)
        link = element(f'<a:hlinkClick r:id="{key}" action="ppaction://hlinksldjump"/>')
        shape.append(link)

    key_of_view = file.relate("ppt/viewProps.xml", "slide", "slides/slide1.xml")
    view = (
        f'<p:viewPr {SPACES} lastView="sldMasterView"><p:outlineViewPr><p:cViewPr><p:scale>'
        '<a:sx n="1" d="1"/><a:sy n="1" d="1"/></p:scale><p:origin x="0" y="0"/></p:cViewPr>'
        f'<p:sldLst><p:sld r:id="{key_of_view}"/></p:sldLst></p:outlineViewPr></p:viewPr>'
    )
    file.entries["ppt/viewProps.xml"] = view.encode()
    return file.change(layout, button)


def several_masters() -> File:
    """A second master with layouts and a theme of its own."""
    deck = File()
    other = File(CLINIC)
    moved = {}
    for name, data in other.entries.items():
        if name.startswith(("ppt/slideMasters/", "ppt/slideLayouts/")) or name.endswith(
            "theme1.xml"
        ):
            moved[_second(name)] = _second(data.decode()).encode()
    deck.entries |= moved
    for name in moved:
        if "/slideMasters/s" in name:
            deck.add(name, moved[name], f"{KIND}.slideMaster+xml")
        elif "/slideLayouts/s" in name:
            deck.add(name, moved[name], f"{KIND}.slideLayout+xml")
        elif not name.endswith(".rels"):
            deck.add(name, moved[name], f"{KIND.rpartition('.')[0]}.theme+xml")
    key = deck.relate(MAIN, "slideMaster", "slideMasters/slideMasterOther1.xml")

    def listed(root: Any) -> None:
        entry = f'<p:sldMasterId id="2147483900" r:id="{key}"/>'
        root.find("p:sldMasterIdLst", NAMES).append(element(entry))

    def renumber(root: Any) -> None:
        for number, entry in enumerate(root.find("p:sldLayoutIdLst", NAMES), 2147483901):
            entry.set("id", str(number))

    deck.change("ppt/slideMasters/slideMasterOther1.xml", renumber)
    return deck.change(MAIN, listed)


def _second(text: str) -> str:
    for word in ("slideMaster", "slideLayout", "theme"):
        for digit in "123456789":
            text = text.replace(f"{word}{digit}", f"{word}Other{digit}")
    return text


def shared_theme() -> File:
    """Two masters that share a theme, which PowerPoint repairs."""
    file = several_masters()
    name = "ppt/slideMasters/_rels/slideMasterOther1.xml.rels"
    return file.drop(r"ppt/theme/themeOther1\.xml") and _related(file, name)


def _related(file: File, name: str) -> File:
    new = f'<Relationship Id="rIdT" Type="{NAMES["r"]}/theme" Target="../theme/theme1.xml"/>'
    return file.swap(name, "</Relationships>", f"{new}</Relationships>")


def pictures() -> File:
    """A logo on the master, others on layouts: one in capitals, one in SVG, one with a space."""
    file = File().default("png", "image/png").default("svg", "image/svg+xml")
    names = ("logo.PNG", "my%20logo.png", "logo3.png")
    for number, (part, name) in enumerate(zip([MASTER, *file.layouts[:2]], names, strict=True)):
        file.add(f"ppt/media/{name}", png(colour=("navy", "teal", "maroon")[number]))
        key = file.relate(part, "image", f"../media/{name}")
        file.change(part, lambda root, key=key: tree(root).append(picture(key)))
    file.add("ppt/media/logo.svg", SVG)
    key = file.relate(MASTER, "image", "../media/logo.svg")
    extension = element(
        '<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip xmlns:asvg='
        f'"http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{key}"/></a:ext>'
        "</a:extLst>"
    )
    return file.change(MASTER, lambda root: root.find(".//a:blip", NAMES).append(extension))


def linked_picture() -> File:
    """A picture on somebody's disk, and one that is missing."""
    file = File()
    key = file.relate(MASTER, "image", "file:///C:/Users/me/logo.png", external=True)
    lost = file.relate(file.layouts[0], "image", "../media/lost.png")
    file.change(MASTER, lambda root: tree(root).append(picture(key, attribute="link")))
    return file.change(file.layouts[0], lambda root: tree(root).append(picture(lost)))


def background_picture() -> File:
    file = File().default("png", "image/png").add("ppt/media/ground.png", png(320, 240, "ivory"))
    key = file.relate(MASTER, "image", "../media/ground.png")

    def paint(root: Any) -> None:
        slide = root.find("p:cSld", NAMES)
        remove(*slide.findall("p:bg", NAMES))
        slide.insert(
            0,
            element(
                f'<p:bg><p:bgPr><a:blipFill dpi="0" rotWithShape="1"><a:blip r:embed="{key}"/>'
                "<a:srcRect/><a:stretch><a:fillRect/></a:stretch></a:blipFill><a:effectLst/>"
                "</p:bgPr></p:bg>"
            ),
        )

    return file.change(MASTER, paint)


def macros(kind: str = "presentation.macroEnabled") -> File:
    """Macros, a ribbon of its own, and a button that runs one."""
    file = File().kind(kind).default("bin", "application/vnd.ms-office.vbaProject")
    file.add("ppt/vbaProject.bin", b"\xd0\xcf\x11\xe0 macros")
    file.relate(MAIN, f"{POWERPOINT}/2006/relationships/vbaProject", "vbaProject.bin")
    file.add("customUI/customUI.xml", "<customUI/>", "application/xml")
    file.relate("", f"{POWERPOINT}/2006/relationships/ui/extensibility", "customUI/customUI.xml")
    run = element('<a:hlinkClick r:id="" action="ppaction://macro?name=Run"/>')

    def button(root: Any) -> None:
        holders(root, "title")[0].find("p:nvSpPr/p:cNvPr", NAMES).append(run)

    return file.change(MASTER, button)


OBJECT = """<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="901" name="Object"/>
<p:cNvGraphicFramePr/><p:nvPr userDrawn="1"/></p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/>
<a:ext cx="500000" cy="300000"/></p:xfrm><a:graphic><a:graphicData
uri="http://schemas.openxmlformats.org/presentationml/2006/ole"><p:oleObj name="Object"
r:id="{ole}" imgW="100" imgH="100" progId="Excel.Sheet.12"><p:embed/>
<p:pic><p:nvPicPr><p:cNvPr id="0" name=""/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill>
<a:blip r:embed="{image}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm>
<a:off x="0" y="0"/><a:ext cx="500000" cy="300000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>
</a:prstGeom></p:spPr></p:pic></p:oleObj></a:graphicData></a:graphic></p:graphicFrame>"""


def objects() -> File:
    """An embedded workbook, a control, and tags that add-ins leave behind."""
    file = File().default("xlsx", f"{OFFICE}/package").default("png", "image/png")
    file.add("ppt/embeddings/book.xlsx", b"PK book").add("ppt/media/object.png", png())
    ole = file.relate(MASTER, "package", "../embeddings/book.xlsx")
    image = file.relate(MASTER, "image", "../media/object.png")
    file.add("ppt/activeX/activeX1.xml", "<ax:ocx xmlns:ax='urn:x'/>", "application/xml")
    control = file.relate(MASTER, "control", "../activeX/activeX1.xml")
    file.add("ppt/tags/tag1.xml", f"<p:tagLst {SPACES}/>", f"{KIND}.tags+xml")
    tags = file.relate(MASTER, "tags", "../tags/tag1.xml")
    more = f'<p:custDataLst><p:tags r:id="{tags}"/></p:custDataLst>'
    box = f'<p:controls><p:control name="Box" r:id="{control}" imgW="1" imgH="1"/></p:controls>'

    def change(root: Any) -> None:
        tree(root).append(element(OBJECT.format(ole=ole, image=image)))
        tree(root).addnext(element(box))
        tree(root).addnext(element(more))

    return file.change(MASTER, change)


def handout_master() -> File:
    """A master of handouts with a theme of its own, and one of notes without a place for words."""
    file = File(CLINIC)
    notes = file.names(r"ppt/notesMasters/\w+\.xml")[0]
    theme = file.names(r"ppt/theme/theme\d\.xml")[0]
    root = file.entries[notes].replace(b"notesMaster", b"handoutMaster").decode()
    start, end = root.find("<p:notesStyle>"), root.find("</p:notesStyle>")
    root = root[:start] + root[end + len("</p:notesStyle>") :]
    file.add("ppt/handoutMasters/handoutMaster1.xml", root, f"{KIND}.handoutMaster+xml")
    kind = f"{KIND.rpartition('.')[0]}.theme+xml"
    file.add("ppt/theme/theme9.xml", file.entries[theme], kind)
    file.relate("ppt/handoutMasters/handoutMaster1.xml", "theme", "../theme/theme9.xml")
    key = file.relate(MAIN, "handoutMaster", "handoutMasters/handoutMaster1.xml")
    listed = f'<p:handoutMasterIdLst><p:handoutMasterId r:id="{key}"/></p:handoutMasterIdLst>'

    def change(root: Any) -> None:
        root.find("p:notesMasterIdLst", NAMES).addnext(element(listed))

    return file.change(MAIN, change).change(notes, lambda root: remove(*holders(root, "body")))


def no_notes_master() -> File:
    file = File(CLINIC).drop(r"ppt/notesMasters/\w+\.xml", r"ppt/theme/theme2\.xml")
    return file.change(MAIN, lambda root: remove(root.find("p:notesMasterIdLst", NAMES)))


def embedded_fonts() -> File:
    file = (
        File()
        .default("fntdata", "application/x-fontdata")
        .add("ppt/fonts/font1.fntdata", b"\0\1\0\0 font")
    )
    key = file.relate(MAIN, "font", "fonts/font1.fntdata")
    listed = (
        '<p:embeddedFontLst><p:embeddedFont><p:font typeface="House"/>'
        f'<p:regular r:id="{key}"/></p:embeddedFont></p:embeddedFontLst>'
    )

    def change(root: Any) -> None:
        root.find("p:notesSz", NAMES).addnext(element(listed))

    return file.change(MAIN, change)


def leftovers() -> File:
    """Own data, a thumbnail, a signature, printer settings, and a kiosk show of one slide."""
    file = File().default("bin", "application/octet-stream")
    file.add("customXml/item1.xml", "<data/>").relate("", "customXml", "customXml/item1.xml")
    file.add(
        "_xmlsignatures/origin.sigs",
        b"",
        "application/vnd.openxmlformats-package.digital-signature-origin",
    )
    file.relate(
        "",
        "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin",
        "_xmlsignatures/origin.sigs",
    )
    file.relate(MAIN, "customXml", "../customXml/item1.xml")
    show = '<p:showPr loop="1"><p:kiosk/><p:sldRg st="1" end="1"/></p:showPr>'
    file.entries["ppt/presProps.xml"] = (
        f"<p:presentationPr {SPACES}>{show}</p:presentationPr>".encode()
    )
    return file


def moving() -> File:
    """A transition on the master, an animation and a sound on a layout."""
    file = File().default("wav", "audio/wav").add("ppt/media/sound.wav", b"RIFF")
    key = file.relate(file.layouts[0], "audio", "../media/sound.wav")
    plain = element('<p:transition spd="slow"><p:fade/></p:transition>')
    loud = element(
        '<p:transition><p:push dir="u"/><p:sndAc><p:stSnd><p:snd '
        f'r:embed="{key}" name="sound.wav"/></p:stSnd></p:sndAc></p:transition>'
    )
    file.change(MASTER, lambda root: root.find("p:clrMap", NAMES).getnext().addnext(plain))
    return file.change(file.layouts[0], lambda root: root.find("p:clrMapOvr", NAMES).addnext(loud))


ODD: dict[str, Callable[[], File]] = {
    **{make.__name__: make for make in (with_slides, linked_slides, several_masters)},
    **{make.__name__: make for make in (shared_theme, pictures, linked_picture, objects)},
    **{make.__name__: make for make in (background_picture, handout_master, no_notes_master)},
    **{make.__name__: make for make in (embedded_fonts, leftovers, moving)},
    "deck_with_macros": macros,
    "template_with_macros": lambda: macros("template.macroEnabled"),
}
