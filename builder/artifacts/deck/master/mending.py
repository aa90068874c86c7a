"""Mends on our copy of a master deck what PowerPoint would offer to repair, and refuses the rest.

What it asks for: identities that are unique, each master with a theme and each layout with a
master of its own, sizes that are stated and possible (ECMA-376 part 1, 13.3 and 19.2.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from lxml import etree

from builder.artifacts.deck.master.cleaning import DRAWN, NAMES, RELATED, SLIDES
from builder.artifacts.deck.master.container import AGAIN, refused
from builder.artifacts.deck.master.measures import measured
from builder.artifacts.deck.master.styling import styled
from builder.artifacts.deck.master.ungrouping import ungrouped
from builder.artifacts.deck.parts import HEAD, Package

FIRST = 2_147_483_648
"""The smallest number of a master or a layout (19.7.14, 19.7.15)."""
LEAST, MOST = 914_400, 51_206_400
"""The sides of a slide, in English metric units (19.7.16)."""
STANDARD = {"cx": "9144000", "cy": "6858000", "type": "screen4x3"}
"""What a file that states no size of slides means (19.2.1.39)."""
MEDIUM_STYLE = "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"
"""The table style that PowerPoint itself begins with, and knows without its definition."""
NOTES = {"cx": "6858000", "cy": "9144000"}
TITLES = ("title", "ctrTitle")
ORPHAN = 4_294_967_295
"""The number by which PowerPoint says that a placeholder has nothing to inherit from."""
ROOTS = {
    "slideMaster": "sldMaster",
    "slideLayout": "sldLayout",
    "notesMaster": "notesMaster",
    "handoutMaster": "handoutMaster",
}
OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    "slideMaster": "presentationml.slideMaster",
    "slideLayout": "presentationml.slideLayout",
    "notesMaster": "presentationml.notesMaster",
    "handoutMaster": "presentationml.handoutMaster",
    "presProps": "presentationml.presProps",
    "viewProps": "presentationml.viewProps",
    "tableStyles": "presentationml.tableStyles",
    "theme": "theme",
}
"""The content type that a relation asks of its target."""
PICTURES = {
    "png": "png",
    "jpg": "jpeg",
    "jpeg": "jpeg",
    "gif": "gif",
    "bmp": "bmp",
    "tif": "tiff",
    "tiff": "tiff",
    "emf": "x-emf",
    "wmf": "x-wmf",
    "svg": "svg+xml",
    "wdp": "vnd.ms-photo",
}
"""The content type of a picture by how its name ends."""
SETTINGS = {
    "presProps": f'<p:presentationPr xmlns:p="{SLIDES}"/>',
    "viewProps": f'<p:viewPr xmlns:p="{SLIDES}"/>',
    "tableStyles": f'<a:tblStyleLst xmlns:a="{DRAWN}" def="{MEDIUM_STYLE}"/>',
}
"""Parts that the format lets be left out, and without which PowerPoint offers to repair."""
BEFORE_SIZE = ("sldMasterIdLst", "notesMasterIdLst", "handoutMasterIdLst", "sldIdLst")
IDENTITY = f"{{{RELATED}}}id"
NOTES_BODY = f"""
<p:sp xmlns:p="{SLIDES}" xmlns:a="{DRAWN}"><p:nvSpPr><p:cNvPr id="0" name="Notes"/>
<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="body" idx="1"/></p:nvPr></p:nvSpPr>
<p:spPr><a:xfrm><a:off x="685800" y="4400550"/><a:ext cx="5486400" cy="3600450"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>
<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="en-GB"/></a:p></p:txBody></p:sp>
"""
"""Where the words of the notes stand, for a master of notes that has no such place."""


def typed(package: Package) -> None:
    """Give each part the content type that a relation to it asks for."""
    for known in package.relations.values():
        for each in known.values():
            suffix = each.target.rpartition(".")[2].lower()
            if each.external or each.target not in package.parts:
                continue
            if each.kind in TYPES:
                package.kinds[each.target] = f"{OFFICE}.{TYPES[each.kind]}+xml"
            elif each.kind == "image" and suffix in PICTURES:
                package.kinds[each.target] = f"image/{PICTURES[suffix]}"


def mended(package: Package, main: str) -> None:
    """Mend what can be, on a package that is cleaned.

    Raises:
        Rejected: something is missing that only its maker can add.
        Damaged: a part is not well-formed.
    """
    for known in package.relations.values():
        for each in known.values():
            if each.kind in ROOTS:
                _rooted(package, each.target, ROOTS[each.kind])
                measured(package, each.target)
    measured(package, main)
    _sized(package, main)
    masters = _masters(package, main)
    for master in masters:
        if styled(package.tree(master)):
            package.changed(master)
    for kind in ("notesMaster", "handoutMaster"):
        _other_master(package, main, kind)
    _with_settings(package, main)
    _themes(package, main)
    for notes in package.of(main, "notesMaster").values():
        _with_body(package, notes)
    _numbered(package, main, masters)
    package.prune()


def _rooted(package: Package, target: str, word: str) -> None:
    """Check that a part is what a relation to it says.

    Raises:
        Rejected: it is something else, or has nothing to draw.
    """
    root = package.tree(target)
    if root.tag != f"{{{SLIDES}}}{word}":
        raise refused(f"is damaged: {target} is no {word}")
    needed = ("cSld/p:spTree",) if word == "sldLayout" else ("cSld/p:spTree", "clrMap")
    for path in needed:
        if root.find(f"p:{path}", NAMES) is None:
            raise refused(f"is damaged: {target} has no {path.rpartition(':')[2]}")


def _sized(package: Package, main: str) -> None:
    """The sizes of slides and notes, stated.

    Raises:
        Rejected: slides are smaller or larger than PowerPoint can show.
    """
    root = package.tree(main)
    size = root.find("p:sldSz", NAMES)
    if size is None:
        size = _put(root, "sldSz", STANDARD, BEFORE_SIZE)
    if root.find("p:notesSz", NAMES) is None:
        _put(root, "notesSz", NOTES, (*BEFORE_SIZE, "sldSz"))
    sides = [_number(size.get(side)) for side in ("cx", "cy")]
    if not all(LEAST <= side <= MOST for side in sides):
        told = " by ".join(f"{side / LEAST:.2f}" for side in sides)
        hint = "Choose 1 to 56 inches for each side under Design > Slide Size."
        raise refused(f"has slides of {told} inches, which PowerPoint cannot show", hint)


def _put(root: Any, word: str, values: dict[str, str], before: Iterable[str]) -> Any:
    """A new child of an element, after those that must come before it."""
    new = etree.Element(f"{{{SLIDES}}}{word}", values)
    earlier = {f"{{{SLIDES}}}{each}" for each in before}
    at = sum(1 for each in root if each.tag in earlier)
    root.insert(at, new)
    return new


def _masters(package: Package, main: str) -> list[str]:
    """The slide masters in order, each with its layouts listed.

    Raises:
        Rejected: there is none, or none with a layout.
    """
    listed = _listed(package, main, "sldMasterIdLst", "slideMaster", ())
    if not listed:
        raise refused("has no slide master", AGAIN)
    taken: set[str] = set()
    for master in listed:
        before = ("cSld", "clrMap")
        for layout in _listed(package, master, "sldLayoutIdLst", "slideLayout", before, taken):
            taken.add(layout)
            _belongs(package, layout, master)
    if not taken:
        hint = "Add a layout under View > Slide Master, with a title and a text."
        raise refused("has no slide layouts", hint)
    return listed


def _listed(
    package: Package,
    source: str,
    word: str,
    kind: str,
    before: Iterable[str],
    taken: Iterable[str] = (),
) -> list[str]:
    """The parts that a list names, each once; the list and the relations are made to agree."""
    root, related = package.tree(source), package.of(source, kind)
    holder = root.find(f"p:{word}", NAMES)
    if holder is None:
        holder = _put(root, word, {}, before)
    found: list[str] = [] if len(holder) else _list_anew(holder, word, related)
    for entry in [] if found else list(holder):
        name = related.get(entry.get(IDENTITY), "")
        if name and name not in found and name not in taken:
            found.append(name)
        else:
            holder.remove(entry)
    for key, name in related.items():
        if name not in found:
            del package.relations[source][key]
    package.changed(source)
    return found


def _list_anew(holder: Any, word: str, related: dict[str, str]) -> list[str]:
    """List what is related to, where nothing is listed."""
    names = {name: key for key, name in related.items()}
    for key in names.values():
        etree.SubElement(holder, f"{{{SLIDES}}}{word.removesuffix('Lst')}", {IDENTITY: key})
    return list(names)


def _belongs(package: Package, layout: str, master: str) -> None:
    """A layout's one relation to the master that lists it."""
    known = package.relations.setdefault(layout, {})
    for key in [key for key, each in known.items() if each.kind == "slideMaster"]:
        del known[key]
    package.relate(layout, f"{RELATED}/slideMaster", master)


def _other_master(package: Package, main: str, kind: str) -> None:
    """The one master of notes or handouts, listed; one without a theme goes."""
    known = package.relations[main]
    keys = [key for key, each in known.items() if each.kind == kind]
    whole = [key for key in keys if package.target(known[key].target, "theme")]
    for key in keys:
        if key not in whole[:1]:
            del known[key]
    root = package.tree(main)
    for element in root.findall(f"p:{kind}IdLst", NAMES):
        root.remove(element)
    package.changed(main)
    for key in whole[:1]:
        before = BEFORE_SIZE[: BEFORE_SIZE.index(f"{kind}IdLst")]
        _put(root, f"{kind}IdLst", {}, before).append(
            etree.Element(f"{{{SLIDES}}}{kind}Id", {IDENTITY: key})
        )


def _with_settings(package: Package, main: str) -> None:
    """The parts of settings that PowerPoint misses."""
    for kind, xml in SETTINGS.items():
        if not package.target(main, kind):
            name = f"ppt/{kind}.xml"
            package.parts[name] = f"{HEAD}{xml}".encode()
            package.kinds[name] = f"{OFFICE}.{TYPES[kind]}+xml"
            package.relate(main, f"{RELATED}/{kind}", name)


def _with_body(package: Package, notes: str) -> None:
    """A master of notes with a place for their words: without it they would be lost."""
    tree = package.tree(notes).find("p:cSld/p:spTree", NAMES)
    if tree.find("p:sp/p:nvSpPr/p:nvPr/p:ph[@type='body']", NAMES) is None:
        end = tree.find("p:extLst", NAMES)
        tree.insert(len(tree) if end is None else tree.index(end), etree.fromstring(NOTES_BODY))
        package.changed(notes)


def _themes(package: Package, main: str) -> None:
    """Each master with a theme of its own: PowerPoint repairs a deck whose masters share one.

    Raises:
        Rejected: a slide master has none.
    """
    taken: set[str] = set()
    for kind in ("slideMaster", "notesMaster", "handoutMaster"):
        for master in package.of(main, kind).values():
            theme = package.target(master, "theme")
            if not theme:
                raise refused(f"is damaged: the theme of {master} is missing")
            if theme in taken:
                theme = _copied(package, master, theme)
            taken.add(theme)


def _copied(package: Package, master: str, theme: str) -> str:
    """A copy of a theme for a master that shares it."""
    folder = theme.rpartition("/")[0]
    names = (f"{folder}/theme{number}.xml" for number in count(1))
    new = next(name for name in names if name not in package.parts)
    package.parts[new], package.kinds[new] = package.parts[theme], package.kinds[theme]
    package.relations[new] = dict(package.relations.get(theme, {}))
    known = package.relations[master]
    for key in [key for key, each in known.items() if each.kind == "theme"]:
        del known[key]
    package.relate(master, f"{RELATED}/theme", new)
    return new


def _numbered(package: Package, main: str, masters: list[str]) -> None:
    """Unique numbers for masters, layouts, shapes, and the placeholders of a layout."""
    entries = list(package.tree(main).find("p:sldMasterIdLst", NAMES))
    for master in masters:
        entries += package.tree(master).find("p:sldLayoutIdLst", NAMES)
    numbers = [_number(entry.get("id")) for entry in entries]
    if len(set(numbers)) < len(numbers) or min(numbers) < FIRST:
        for entry, number in zip(entries, count(FIRST)):
            entry.set("id", str(number))
    layouts = {name for master in masters for name in package.of(master, "slideLayout").values()}
    others = package.of(main, "notesMaster").values(), package.of(main, "handoutMaster").values()
    for name in (*masters, *sorted(layouts), *others[0], *others[1]):
        tree = package.tree(name).find("p:cSld/p:spTree", NAMES)
        changed = ungrouped(tree) | _shapes_numbered(tree)
        if (name in layouts and _places_numbered(tree)) or changed:
            package.changed(name)


def _shapes_numbered(tree: Any) -> bool:
    """Give shapes that share a number another; whether any did."""
    shapes = [each for each in tree.iter(f"{{{SLIDES}}}cNvPr") if not _is_alternative(each)]
    return _renumbered(shapes, "id", (1,))


def _is_alternative(element: Any) -> bool:
    """Whether an element stands in for another, whose number it then bears."""
    return next(element.iterancestors("{*}Fallback"), None) is not None


def _places_numbered(tree: Any) -> bool:
    """Give placeholders of a layout that share a number another, and those that have none."""
    marks = [mark for mark in tree.iter(f"{{{SLIDES}}}ph") if mark.get("type", "obj") not in TITLES]
    return _renumbered(marks, "idx", (0, ORPHAN))


def _renumbered(elements: Iterable[Any], key: str, reserved: Iterable[int]) -> bool:
    elements = list(elements)
    seen: set[int] = {0, *reserved} if key == "idx" else {0}
    wrong = []
    for element in elements:
        number = _number(element.get(key))
        if number in seen:
            wrong.append(element)
        seen.add(number)
    free: Iterator[int] = (number for number in count(2) if number not in seen)
    for element in wrong:
        element.set(key, str(next(free)))
    return bool(wrong)


def _number(text: str | None) -> int:
    """A whole number; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() else 0
