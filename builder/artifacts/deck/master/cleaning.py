"""Leaves out of a master deck what a new deck must not hold, with every mention of it.

Only relations that are known to be of use are kept. What is left out and would be missed is said:
macros, controls, embedded objects, linked pictures, sound and film, pictures that are not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from builder.artifacts.deck.parts import ROOT, Package, Relation
from builder.problems import Problems

KEPT = frozenset(
    (
        *("officeDocument", "slideMaster", "slideLayout", "notesMaster", "handoutMaster"),
        *("theme", "themeOverride", "presProps", "viewProps", "tableStyles", "font"),
        *("image", "hdphoto", "hyperlink", "chart", "chartEx", "chartUserShapes", "chartStyle"),
        *("chartColorStyle", "diagramData", "diagramLayout", "diagramQuickStyle"),
        *("diagramColors", "diagramDrawing"),
    )
)
"""Kinds of relations that a new deck keeps; slides, notes, comments, tags and others go."""
TOLD = {
    "control": "ActiveX controls, which are left out",
    "oleObject": "embedded objects, of which only the pictures are kept",
    "package": "embedded objects, of which only the pictures are kept",
    "audio": "sound, which is left out",
    "video": "film, of which only the first picture is kept",
    "image": "pictures that are not in the file itself, which are left out",
    "slideLayout": "layouts that are not in the file, which are left out",
}
"""What people would miss, by the kind of the relation that goes, after “The master deck holds”."""
MAIN = "officeDocument"
MACROS = ("vbaProject", "vbaProjectSignature", "wordVbaData")
ADDRESS = re.compile(r"(https?|mailto|tel):[!-~]+", re.IGNORECASE)
"""What a link may lead to; PowerPoint repairs a file with any other sign in an address."""
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/main"
SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
NAMES = {"a": DRAWN, "p": SLIDES, "r": RELATED}
GOES_WITH = {
    "chart": "graphicFrame",
    "relIds": "graphicFrame",
    "control": "controls",
    "snd": "sndAc",
    "sndTgt": "timing",
}
"""An element whose relation goes -> the element around it that has no sense without it."""
EMPTY = ("custDataLst", "controls")
"""Elements that must not stay without content."""
ACTIONS = ("macro", "customshow", "program", "hlinkfile", "hlinkpres", "ole", "media")
"""What a click must not do: run a program, or look for what is no longer there."""
LEFT_OUT = ("custShowLst", "photoAlbum", "modifyVerifier", "custDataLst", "smartTags")
"""Elements of the main part that speak of the file that the master deck was."""
SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"


def cleaned(package: Package, main: str, problems: Problems) -> None:
    """Leave out what a new deck must not hold; what would be missed becomes a problem.

    Raises:
        Damaged: a part that is kept is not well-formed.
    """
    gone = {source: set(_unwanted(package, source)) for source in package.relations}
    _tell(package, gone, problems)
    for source, keys in gone.items():
        for key in keys:
            del package.relations[source][key]
    package.prune()
    for name in sorted(package.parts):
        if _is_xml(package, name):
            _sever(package, name)
    _emptied(package, main)


def _is_xml(package: Package, name: str) -> bool:
    """Whether a part may mention relations; a picture in SVG does not."""
    kind = package.kinds.get(name, "")
    return kind.endswith("+xml") and not kind.startswith("image/")


def _unwanted(package: Package, source: str) -> Iterator[str]:
    for key, each in package.relations[source].items():
        if each.external:
            wanted = each.kind == "hyperlink" and bool(ADDRESS.fullmatch(each.target))
        else:
            workbook = each.kind == "package" and "chart" in package.kinds.get(source, "")
            known = workbook or (each.kind in KEPT and (source == ROOT) is (each.kind == MAIN))
            wanted = known and each.target in package.parts
        if not wanted:
            yield key


def _tell(package: Package, gone: dict[str, set[str]], problems: Problems) -> None:
    """Say what is left out, of the parts that are kept in spite of it."""
    seen = _kept(package, gone)
    relations = [
        package.relations[source][key]
        for source, keys in gone.items()
        if source == ROOT or source in seen
        for key in keys
    ]
    if any(each.kind in MACROS for each in relations):
        problems.add("theme-macros", "The master deck holds macros; they are left out.")
    for what in sorted({TOLD[each.kind] for each in relations if each.kind in TOLD}):
        problems.add("theme-mended", f"The master deck holds {what}.")


def _kept(package: Package, gone: dict[str, set[str]]) -> set[str]:
    """The parts that are reached without the relations that go."""
    left: dict[str, dict[str, Relation]] = {
        source: {key: each for key, each in known.items() if key not in gone[source]}
        for source, known in package.relations.items()
    }
    return Package(package.parts, {}, left).reachable()


def _sever(package: Package, name: str) -> None:
    """Take out of a part what mentions relations that it does not have."""
    root = package.tree(name)
    known = package.relations.get(name, {})
    before = _shapes(root)
    found = [(element, key) for element in root.iter("*") for key in _mentions(element, known)]
    found += [(element, "") for element in root.iter("*") if _acts(element)]
    for element, key in found:
        _take_out(element, key)
    if found:
        package.changed(name)
    if _shapes(root) < before:
        for timing in root.findall("p:timing", NAMES):
            root.remove(timing)


def _shapes(root: Any) -> int:
    return sum(1 for _ in root.iter(f"{{{SLIDES}}}cNvPr"))


def _mentions(element: Any, known: Iterable[str]) -> Iterator[str]:
    """The attributes of an element that mention a relation which is not there."""
    for key, value in element.attrib.items():
        if value and key.startswith(f"{{{RELATED}}}") and value not in known:
            yield key


def _acts(element: Any) -> bool:
    action = element.get("action", "") if etree.QName(element).namespace == DRAWN else ""
    return bool(action) and action.removeprefix("ppaction://").partition("?")[0] in ACTIONS


def _take_out(element: Any, key: str) -> None:
    """Take out an element that mentions what is gone, and what has no sense without it."""
    word = etree.QName(element).localname
    if word == "blip":
        del element.attrib[key]
        if not element.get(f"{{{RELATED}}}embed"):
            _unpainted(element.getparent())
    elif word == "oleObj":
        _pictured(element)
    else:
        around = (*element.iterancestors("{*}" + GOES_WITH[word]),) if word in GOES_WITH else ()
        extension = next(element.iterancestors("{*}ext"), None)
        _remove(next(iter(around), element if extension is None else extension))


def _remove(element: Any) -> None:
    """Remove an element; where it is one of several alternatives, all of them."""
    wrap = next(element.iterancestors(ALTERNATIVES), None)
    element = element if wrap is None else wrap
    holder = element.getparent()
    if holder is None:
        return
    holder.remove(element)
    if etree.QName(holder).localname in EMPTY and len(holder) == 0:
        _remove(holder)


def _unpainted(fill: Any) -> None:
    """A picture that is gone: a shape goes with it, a ground becomes none."""
    holder = fill.getparent()
    if holder is None:
        return
    if etree.QName(holder).localname == "pic" or etree.QName(fill).localname != "blipFill":
        _remove(holder if etree.QName(holder).localname == "pic" else fill)
    else:
        holder.replace(fill, etree.Element(f"{{{DRAWN}}}noFill"))


def _pictured(element: Any) -> None:
    """An embedded object becomes the picture that stands for it; a hidden one goes."""
    frame = next(element.iterancestors(f"{{{SLIDES}}}graphicFrame"), None)
    if frame is None or frame.getparent() is None:
        return
    identity = frame.find("p:nvGraphicFramePr/p:cNvPr", NAMES)
    pictures = frame.findall(".//p:pic", NAMES)
    if identity is None or identity.get("hidden") in ("1", "true") or not pictures:
        _remove(frame)
        return
    picture = pictures[-1]
    old = picture.find("p:nvPicPr/p:cNvPr", NAMES)
    old.set("id", identity.get("id"))
    old.set("name", identity.get("name", ""))
    frame.getparent().replace(frame, picture)


def _emptied(package: Package, main: str) -> None:
    """The main part without slides, sections, shows and locks."""
    root = package.tree(main)
    for word in LEFT_OUT:
        for element in root.findall(f"p:{word}", NAMES):
            root.remove(element)
    for element in root.findall("p:sldIdLst/*", NAMES):
        element.getparent().remove(element)
    for element in root.findall(f"p:extLst/p:ext[@uri='{SECTIONS}']", NAMES):
        element.getparent().remove(element)
    for name in package.of(main, "presProps").values():
        _settings(package, name, ("sldRg", "custShow", "htmlPubPr", "webPr"))
    for name in package.of(main, "viewProps").values():
        package.tree(name).attrib.pop("lastView", None)
        package.changed(name)
    package.changed(main)


def _settings(package: Package, name: str, words: Iterable[str]) -> None:
    """A part of settings without what speaks of single slides, or of places on a disk."""
    root = package.tree(name)
    for element in [each for word in words for each in root.iter(f"{{{SLIDES}}}{word}")]:
        element.getparent().remove(element)
    package.changed(name)
