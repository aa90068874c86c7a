"""A master deck to be made odd: its entries, and what is done to them."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pptx
from lxml import etree
from PIL import Image

CLINIC = Path(__file__).parents[2] / "themes" / "clinic" / "master.pptx"
DEFAULT = Path(pptx.__file__).parent / "templates" / "default.pptx"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
NAMES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": f"{OFFICE}/relationships",
}
SPACES = " ".join(f'xmlns:{key}="{value}"' for key, value in NAMES.items())
TYPES, MAIN = "[Content_Types].xml", "ppt/presentation.xml"
MASTER = "ppt/slideMasters/slideMaster1.xml"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.presentationml"
Change = Callable[[Any], None]


class File:
    """The entries of a master deck, to be changed at will."""

    def __init__(self, source: Path = DEFAULT) -> None:
        with zipfile.ZipFile(source) as archive:
            self.entries = {name: archive.read(name) for name in archive.namelist()}

    def bytes(self) -> bytes:
        """The file."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.entries.items():
                archive.writestr(name, data)
        return target.getvalue()

    def names(self, pattern: str) -> list[str]:
        """The entries whose whole name a pattern matches, in order."""
        return sorted(name for name in self.entries if re.fullmatch(pattern, name))

    @property
    def layouts(self) -> list[str]:
        """The entries of the layouts, in the order of their numbers."""
        found = self.names(r"ppt/slideLayouts/\w+\.xml")
        return sorted(found, key=lambda name: (len(name), name))

    @property
    def drawn(self) -> list[str]:
        """The entries of masters and layouts."""
        return [*self.names(r"ppt/slideMasters/\w+\.xml"), *self.layouts]

    def change(self, names: str | list[str], change: Change) -> File:
        """Change the root element of some entries."""
        for name in [names] if isinstance(names, str) else names:
            root = etree.fromstring(self.entries[name])
            change(root)
            self.entries[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
        return self

    def swap(self, names: str | list[str], old: str, new: str) -> File:
        """Change all places of a text in some entries; there must be one."""
        names = [names] if isinstance(names, str) else names
        assert any(old.encode() in self.entries[name] for name in names), old
        for name in names:
            self.entries[name] = self.entries[name].replace(old.encode(), new.encode())
        return self

    def add(self, name: str, data: bytes | str, kind: str = "") -> File:
        """Add a part; a type is told where the file does not tell one by the ending."""
        self.entries[name] = data.encode() if isinstance(data, str) else data
        if kind:
            told = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
            self.swap(TYPES, "</Types>", told)
        return self

    def default(self, suffix: str, kind: str) -> File:
        """Tell the type of all parts of an ending, if the file does not."""
        if f'Extension="{suffix}"'.encode() not in self.entries[TYPES]:
            told = f'<Default Extension="{suffix}" ContentType="{kind}"/></Types>'
            self.swap(TYPES, "</Types>", told)
        return self

    def relate(self, source: str, kind: str, target: str, *, external: bool = False) -> str:
        """Add a relation; its identity."""
        folder, file = posixpath.split(source)
        name = posixpath.join(folder, "_rels", f"{file}.rels")
        empty = f'<Relationships xmlns="{LINKS}"></Relationships>'.encode()
        before = self.entries.get(name, empty).decode()
        before = re.sub(r"(<Relationships[^>]*)/>", r"\1></Relationships>", before)
        key = f"rIdOdd{before.count('<Relationship ')}"
        uri = kind if "/" in kind else f"{NAMES['r']}/{kind}"
        mode = ' TargetMode="External"' if external else ""
        new = f'<Relationship Id="{key}" Type="{uri}" Target="{target}"{mode}/></Relationships>'
        self.entries[name] = before.replace("</Relationships>", new).encode()
        return key

    def drop(self, *patterns: str) -> File:
        """Remove parts, their relations, what is related to them, and their types."""
        for name in [name for each in patterns for name in self.names(each)]:
            del self.entries[name]
            folder, file = posixpath.split(name)
            self.entries.pop(posixpath.join(folder, "_rels", f"{file}.rels"), None)
            words = rf'<Override [^>]*PartName="/{re.escape(name)}"[^>]*/>'
            self.entries[TYPES] = re.sub(words.encode(), b"", self.entries[TYPES])
            for other in self.names(r".*\.rels"):
                words = rf'<Relationship [^>]*Target="[^"]*{re.escape(file)}"[^>]*/>'
                self.entries[other] = re.sub(words.encode(), b"", self.entries[other])
        return self

    def kind(self, word: str) -> File:
        """Make it a file of another kind, as in `template` or `template.macroEnabled`."""
        prefix = "application/vnd.ms-powerpoint" if "." in word else KIND
        return self.swap(TYPES, f"{KIND}.presentation.main+xml", f"{prefix}.{word}.main+xml")


def element(xml: str) -> Any:
    """An element from XML with the usual prefixes."""
    return etree.fromstring(re.sub(r"^<([\w:]+)", rf"<\1 {SPACES}", xml.strip(), count=1))


def tree(root: Any) -> Any:
    """The shapes of a master or a layout."""
    return root.find("p:cSld/p:spTree", NAMES)


def holders(root: Any, *kinds: str) -> list[Any]:
    """The shapes of placeholders of some types; all of them where none is named."""
    found = root.xpath(".//p:sp[p:nvSpPr/p:nvPr/p:ph]", namespaces=NAMES)
    return [each for each in found if not kinds or mark(each).get("type", "obj") in kinds]


def mark(shape: Any) -> Any:
    """The element that makes a shape a placeholder."""
    return shape.find("p:nvSpPr/p:nvPr/p:ph", NAMES)


def remove(*elements: Any) -> None:
    """Take elements out of their parents."""
    for each in elements:
        each.getparent().remove(each)


def png(width: int = 160, height: int = 80, colour: str = "navy") -> bytes:
    """A picture."""
    target = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(target, "PNG")
    return target.getvalue()


def picture(key: str, number: int = 900, attribute: str = "embed") -> Any:
    """A small picture at the right upper corner."""
    return element(
        f'<p:pic><p:nvPicPr><p:cNvPr id="{number}" name="Logo {number}" descr="Logo"/><p:cNvPicPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvPicPr><p:blipFill><a:blip r:{attribute}="{key}"/>'
        "<a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm><a:off x="
        '"100000" y="100000"/><a:ext cx="600000" cy="300000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )


def scaled(file: File, width: int, height: int, kind: str = "") -> File:
    """The deck with slides of another size; the type of posters and tiny slides follows."""
    size = etree.fromstring(file.entries[MAIN]).find("p:sldSz", NAMES)
    across, down = width / int(size.get("cx")), height / int(size.get("cy"))
    least = min(across, down)
    larger = least if not 0.5 < least < 2 else 1.0

    def resize(root: Any) -> None:
        for node in root.iter(f"{{{NAMES['a']}}}off", f"{{{NAMES['a']}}}ext"):
            for key, factor in (("x", across), ("cx", across), ("y", down), ("cy", down)):
                if node.get(key):
                    node.set(key, str(round(int(node.get(key)) * factor)))
        for node in root.xpath(".//*[@sz]"):
            if node.get("sz").isdigit():
                node.set("sz", str(min(400000, round(int(node.get("sz")) * larger))))

        for key in ("marL", "indent"):
            for node in root.xpath(f".//@{key}/.."):
                node.set(key, str(round(int(node.get(key)) * larger)))

    def state(root: Any) -> None:
        new = root.find("p:sldSz", NAMES)
        new.attrib.clear()
        new.attrib.update({"cx": str(width), "cy": str(height)} | ({"type": kind} if kind else {}))

    return file.change(file.drawn, resize).change(MAIN, state)
