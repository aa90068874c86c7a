"""Master decks as institutions hand them out: every one of them must serve.

`ODD` names each and makes it. None is a real institution's; each has the one oddity of its name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.masters import odd_content as content
from tests.masters.odd_file import (
    CLINIC,
    MAIN,
    MASTER,
    NAMES,
    TYPES,
    File,
    element,
    holders,
    mark,
    remove,
    scaled,
)

FOOTERS = ("dt", "ftr", "sldNum")
GERMAN = ("Titelfolie", "Titel und Inhalt", "Abschnitt", "Zwei Inhalte", "Vergleich", "Nur Titel")
JAPANESE = (
    "タイトル スライド",
    "タイトルとコンテンツ",
    "セクション見出し",
    "2つのコンテンツ",
    "比較",
)
ARABIC = ("شريحة العنوان", "العنوان والمحتوى", "عنوان المقطع", "محتويان", "مقارنة", "عنوان فقط")


def four_by_three() -> File:
    return File()


def sixteen_by_nine() -> File:
    return File(CLINIC)


def sixteen_by_ten() -> File:
    return scaled(File(), 12192000, 7620000)


def a4() -> File:
    return scaled(File(), 9906000, 6858000, "A4")


def portrait() -> File:
    return scaled(File(), 6858000, 9144000)


def poster() -> File:
    """47 inches wide."""
    return scaled(File(), 42976800, 24174450)


def no_size() -> File:
    """The format takes 4:3 for granted where no size is stated."""
    return File().change(MAIN, lambda root: remove(root.find("p:sldSz", NAMES)))


def named(names: tuple[str, ...]) -> File:
    file = File()
    for path, name in zip(file.layouts, names, strict=False):
        file.change(path, lambda root, name=name: root.find("p:cSld", NAMES).set("name", name))
    return file


def rtl() -> File:
    def turn(root: Any) -> None:
        for level in root.xpath(
            "p:txStyles/*/*[starts-with(local-name(), 'lvl')]", namespaces=NAMES
        ):
            level.set("rtl", "1")
            level.set("algn", "r")

    return named(ARABIC).change(MASTER, turn).change(MAIN, lambda root: root.set("rtl", "1"))


def without(where: str, *kinds: str) -> File:
    """Layouts, or the master too, without placeholders of some types."""
    file = File()
    names = file.layouts if where == "layouts" else file.drawn
    return file.change(names, lambda root: remove(*holders(root, *kinds)))


def odd_numbers() -> File:
    def number(root: Any) -> None:
        for shape in holders(root, "obj", "body", "pic"):
            mark(shape).set("idx", "4294967295")
        for shape in holders(root, *FOOTERS):
            mark(shape).set("idx", "10")

    file = File()
    return file.change(file.layouts, number)


def same_numbers() -> File:
    """Shapes, layouts and masters that share their numbers."""

    def number(root: Any) -> None:
        for shape in root.iter(f"{{{NAMES['p']}}}cNvPr"):
            shape.set("id", "2")

    def listed(root: Any) -> None:
        for entry in root.find("p:sldLayoutIdLst", NAMES):
            entry.set("id", "2147483648")

    file = File()
    return file.change(file.drawn, number).change(MASTER, listed)


def google() -> File:
    """As Google Slides exports: no types of layouts, its own names, and no date or footer."""
    names = (
        "TITLE",
        "TITLE_AND_BODY",
        "SECTION_HEADER",
        "TITLE_AND_TWO_COLUMNS",
        "ONE_COLUMN_TEXT",
    )
    file = named(names)

    def untyped(root: Any) -> None:
        root.attrib.pop("type", None)
        root.set("matchingName", str(root.find("p:cSld", NAMES).get("name")))
        remove(*holders(root, "dt", "ftr"))
        for shape in holders(root, "obj"):
            mark(shape).set("type", "body")

    def unstyled(root: Any) -> None:
        remove(*holders(root, "dt", "ftr"), *root.findall("p:txStyles", NAMES))

    return file.change(file.layouts, untyped).change(MASTER, unstyled)


def bare_master() -> File:
    """No placeholder on the master: each layout states its own."""
    return File(CLINIC).change(MASTER, lambda root: remove(*holders(root)))


def no_holders_at_all() -> File:
    """A drawing for each slide, and nowhere to write."""
    file = File()
    return file.change(file.drawn, lambda root: remove(*holders(root)))


def other_type(wrong: str) -> File:
    """The layouts of one type said to be of none that has a name."""
    file = File()

    def change(root: Any) -> None:
        if root.get("type") == wrong:
            root.set("type", "cust")

    return file.change(file.layouts, change)


def untyped_layouts() -> File:
    file = File()
    return file.change(file.layouts, lambda root: root.attrib.pop("type", None) and None)


def one_layout() -> File:
    file = File()
    kept = file.layouts[1]
    names = [name for name in file.layouts if name != kept]
    ids = content.relations(file, MASTER)
    gone = {key for key, target in ids.items() if target in names}

    def unlist(root: Any) -> None:
        entries = root.find("p:sldLayoutIdLst", NAMES)
        remove(*(each for each in entries if each.get(f"{{{NAMES['r']}}}id") in gone))

    return file.change(MASTER, unlist).drop(*names)


def grouped() -> File:
    """Placeholders inside groups, as decks that were drawn elsewhere have them."""

    def group(root: Any) -> None:
        found = holders(root, "obj", "body", "subTitle")
        if not found:
            return
        box = element(
            '<p:grpSp><p:nvGrpSpPr><p:cNvPr id="700" name="Group"/><p:cNvGrpSpPr/><p:nvPr/>'
            '</p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9144000" '
            'cy="6858000"/><a:chOff x="0" y="0"/><a:chExt cx="18288000" cy="13716000"/></a:xfrm>'
            "</p:grpSpPr></p:grpSp>"
        )
        for node in (each for shape in found for each in shape.findall("p:spPr/a:xfrm/*", NAMES)):
            for key, value in node.attrib.items():
                node.set(key, str(int(value) * 2))
        found[0].addprevious(box)
        for shape in found:
            box.append(shape)

    file = File()
    return file.change(file.layouts, group)


def fonts(family: str) -> File:
    file = File()
    return file.swap(
        file.names(r"ppt/theme/theme\d\.xml"),
        'latin typeface="Calibri"',
        f'latin typeface="{family}"',
    )


def hidden() -> File:
    """Hidden placeholders and shapes."""

    def hide(root: Any) -> None:
        for shape in holders(root, *FOOTERS):
            shape.find("p:nvSpPr/p:cNvPr", NAMES).set("hidden", "1")

    file = File()
    return file.change(file.layouts, hide)


def user_drawn() -> File:
    file = File()

    def mark_all(root: Any) -> None:
        root.set("userDrawn", "1")
        for node in root.iter(f"{{{NAMES['p']}}}nvPr"):
            node.set("userDrawn", "1")

    return file.change(file.layouts, mark_all)


def ground(xml: str) -> File:
    """Another background on the master."""

    def paint(root: Any) -> None:
        slide = root.find("p:cSld", NAMES)
        remove(*slide.findall("p:bg", NAMES))
        slide.insert(0, element(f"<p:bg><p:bgPr>{xml}<a:effectLst/></p:bgPr></p:bg>"))

    return File().change(MASTER, paint)


def dark() -> File:
    """Light words on a dark ground: the map of colours is turned round."""
    turned = 'bg1="dk1" tx1="lt1" bg2="dk2" tx2="lt2"'
    return File().swap(MASTER, 'bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2"', turned)


GRADIENT = (
    '<a:gradFill rotWithShape="1"><a:gsLst><a:gs pos="0"><a:srgbClr val="FFFFFF"/></a:gs>'
    '<a:gs pos="100000"><a:srgbClr val="F2F6FA"/></a:gs></a:gsLst><a:lin ang="5400000"/>'
    "</a:gradFill>"
)


def absolute_targets() -> File:
    file = File()
    file.swap(file.names(r"ppt/slideMasters/_rels/.*"), 'Target="../', 'Target="/ppt/')
    file.swap(file.names(r"ppt/slideLayouts/_rels/.*"), 'Target="../', 'Target="/ppt/')
    return file.swap(
        "ppt/_rels/presentation.xml.rels", 'Target="slideMasters', 'Target="/ppt/slideMasters'
    )


def main_elsewhere() -> File:
    """The main part under another name, and letters of another size in a relation."""
    file = File()
    file.entries["ppt/Deck 1.xml"] = file.entries.pop(MAIN)
    file.entries["ppt/_rels/Deck 1.xml.rels"] = file.entries.pop("ppt/_rels/presentation.xml.rels")
    file.swap(TYPES, "/ppt/presentation.xml", "/ppt/Deck%201.xml".replace("%20", " "))
    return file.swap("_rels/.rels", "ppt/presentation.xml", "PPT/Deck%201.xml")


def least() -> File:
    """No settings, no table styles, no properties: all that may be left out."""
    return File().drop(
        r"ppt/(presProps|viewProps|tableStyles)\.xml", r"docProps/.*", r"ppt/printer.*"
    )


def write_protected() -> File:
    lock = '<p:modifyVerifier cryptProviderType="rsaAES" cryptAlgorithmClass="hash" spinCount="1"/>'

    def protect(root: Any) -> None:
        root.find("p:defaultTextStyle", NAMES).addnext(element(lock))

    return File().change(MAIN, protect)


def vertical() -> File:
    """Only layouts whose words run downwards, and one plain one."""
    file = File()
    return file.swap(file.layouts, 'orient="vert"', 'orient="vert" sz="quarter"')


def with_units() -> File:
    """Lengths with a unit, and shares in per cent, as the format lets programs write them."""

    def state(root: Any) -> None:
        for node in root.iter(f"{{{NAMES['a']}}}spcPct"):
            node.set("val", f"{int(node.get('val')) / 1000:g}%")
        for node in root.xpath(".//p:sp//a:off", namespaces=NAMES):
            node.set("x", f"{int(node.get('x')) / 12700}pt")

    file = File()
    return file.change(file.drawn, state)


def tiny() -> File:
    return scaled(File(), 3048000, 2286000)


ODD: dict[str, Callable[[], File]] = {
    **{make.__name__: make for make in (four_by_three, sixteen_by_nine, sixteen_by_ten, a4)},
    **{make.__name__: make for make in (portrait, poster, no_size, rtl, odd_numbers, same_numbers)},
    **{make.__name__: make for make in (google, bare_master, no_holders_at_all, untyped_layouts)},
    **{make.__name__: make for make in (one_layout, grouped, hidden, user_drawn, dark, least)},
    **{make.__name__: make for make in (absolute_targets, main_elsewhere, write_protected)},
    "vertical": vertical,
    "with_units": with_units,
    "german": lambda: named(GERMAN),
    "japanese": lambda: named(JAPANESE),
    "arabic": lambda: named(ARABIC),
    "no_footers_in_layouts": lambda: without("layouts", *FOOTERS),
    "no_footers_anywhere": lambda: without("everywhere", *FOOTERS),
    "no_title_layout": lambda: other_type("title"),
    "no_obj_layout": lambda: other_type("obj"),
    "unknown_font": lambda: fonts("Institution Sans Pro"),
    "gradient": lambda: ground(GRADIENT),
    "template": lambda: File().kind("template"),
    "slide_show": lambda: File().kind("slideshow"),
    **content.ODD,
}
SMALL = {"tiny": tiny}
"""Too small for words of a size that can be read: a problem is the answer."""
