"""Files that no deck can be made from, and what must be said of each.

`BROKEN`: name -> what makes its bytes, and the message of the problem without its beginning.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

from tests.masters.odd_content import relations
from tests.masters.odd_file import CLINIC, MAIN, MASTER, NAMES, TYPES, File, remove

OLE = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 500
STRICT = "http://purl.oclc.org/ooxml"
THEME = r"ppt/theme/theme1\.xml"


def _zip(**entries: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return target.getvalue()


def _compound(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le")


def _twice() -> bytes:
    target = io.BytesIO(File().bytes())
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(MAIN.upper(), b"<other/>")
    return target.getvalue()


def _with(name: str, data: bytes) -> bytes:
    file = File()
    file.entries[name] = data
    return file.bytes()


def _locked() -> bytes:
    """An archive whose entries say that they are encrypted."""
    data = bytearray(_zip(a=b"secret"))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _kind(old: str, new: str) -> bytes:
    return File().swap(TYPES, old, new).bytes()


def _sized(width: int, height: int) -> bytes:
    def change(root: Any) -> None:
        size = root.find("p:sldSz", NAMES)
        size.set("cx", str(width))
        size.set("cy", str(height))

    return File().change(MAIN, change).bytes()


def _unsized(root: Any) -> None:
    del root.find(".//a:ext", NAMES).attrib["cx"]


def _no_layouts() -> bytes:
    file = File()
    file.change(MASTER, lambda root: remove(root.find("p:sldLayoutIdLst", NAMES)))
    return file.drop(r"ppt/slideLayouts/\w+\.xml").bytes()


def _no_master() -> bytes:
    file = File().drop(r"ppt/slideMasters/\w+\.xml")
    return file.change(MAIN, lambda root: remove(root.find("p:sldMasterIdLst", NAMES))).bytes()


def _strict() -> bytes:
    file = File()
    for name in file.entries:
        file.entries[name] = (
            file.entries[name]
            .replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006",
                f"{STRICT}/officeDocument".encode(),
            )
            .replace(NAMES["p"].encode(), f"{STRICT}/presentationml/main".encode())
            .replace(NAMES["a"].encode(), f"{STRICT}/drawingml/main".encode())
        )
    return file.bytes()


def _key_twice() -> bytes:
    file = File()
    first, second = list(relations(file, MASTER))[:2]
    return file.swap(
        f"ppt/slideMasters/_rels/{MASTER.rpartition('/')[2]}.rels", f'"{second}"', f'"{first}"'
    ).bytes()


ENTITY = b'<!DOCTYPE x [<!ENTITY a "b">]><p:sldMaster xmlns:p="' + NAMES["p"].encode() + b'"/>'
PRESENTATION = "presentationml.presentation.main"
BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "is an empty file."),
    "password": (lambda: _compound("EncryptedPackage"), "is locked with a password."),
    "ppt": (lambda: _compound("PowerPoint Document"), "is a PowerPoint 97 file."),
    "old office": (lambda: _compound("WordDocument"), "is an old Office file."),
    "pdf": (lambda: b"%PDF-1.7", "is a PDF."),
    "web page": (lambda: b"<!doctype html>", "is no PowerPoint file."),
    "git lfs": (
        lambda: b"version https://git-lfs.github.com/spec/v1\noid sha256:1\n",
        "was not fetched by Git LFS; only a note of it is there.",
    ),
    "open document": (
        lambda: _zip(mimetype=b"application/vnd.oasis.opendocument.presentation-template"),
        "is an OpenDocument file.",
    ),
    "zip": (lambda: _zip(a=b"b"), "is a zip archive that holds no Office file."),
    "locked zip": (_locked, "is locked with a password."),
    "theme": (
        lambda: _kind(f"officedocument.{PRESENTATION}", "officedocument.themeManager"),
        "is an Office theme (.thmx), which has no slide layouts that can be written into.",
    ),
    "document": (
        lambda: _kind(PRESENTATION, "wordprocessingml.document.main"),
        "is a Word document.",
    ),
    "workbook": (lambda: _kind(PRESENTATION, "spreadsheetml.sheet.main"), "is an Excel workbook."),
    "strict": (_strict, "is written in Strict Open XML, which few programs read."),
    "truncated": (lambda: File().bytes()[:-2000], "is damaged, or was not copied in full."),
    "cut in the middle": (
        lambda: CLINIC.read_bytes()[:5000],
        "is damaged, or was not copied in full.",
    ),
    "bomb": (
        lambda: _with("ppt/media/bomb.bin", b"\0" * (130 * 1024 * 1024)),
        "is larger unpacked than any deck: the limit is 512 MB.",
    ),
    "two entries": (_twice, "holds two entries named “PPT/PRESENTATION.XML”."),
    "entry that leaves": (
        lambda: _with("../evil.xml", b"<a/>"),
        "holds an entry that leads out of it: “../evil.xml”.",
    ),
    "entities": (lambda: _with(MASTER, ENTITY), f"is damaged: {MASTER} declares a document type."),
    "broken part": (
        lambda: _with(MASTER, b"<p:sldMaster>"),
        f"is damaged: {MASTER} is not well-formed XML.",
    ),
    "broken relations": (
        lambda: _with("ppt/_rels/presentation.xml.rels", b"<a>"),
        "is damaged: ppt/_rels/presentation.xml.rels is not well-formed XML.",
    ),
    "relation twice": (
        _key_twice,
        "is damaged: ppt/slideMasters/_rels/slideMaster1.xml.rels names “rId11” twice.",
    ),
    "another root": (
        lambda: File().swap(MASTER, "p:sldMaster", "p:sldOther").bytes(),
        f"is damaged: {MASTER} is no sldMaster.",
    ),
    "no number": (
        lambda: File().swap(MASTER, 'sz="4400"', 'sz="big"').bytes(),
        f"is damaged: {MASTER} holds sz=“big”, which is no number.",
    ),
    "no width": (
        lambda: File().change(MASTER, _unsized).bytes(),
        f"is damaged: {MASTER} holds <ext> without cx.",
    ),
    "no main part": (
        lambda: File().drop(r"ppt/presentation\.xml").bytes(),
        "is damaged: it has no main part.",
    ),
    "no slide master": (_no_master, "has no slide master."),
    "no layouts": (_no_layouts, "has no slide layouts."),
    "no theme": (
        lambda: File().drop(THEME).bytes(),
        f"is damaged: the theme of {MASTER} is missing.",
    ),
    "too small": (
        lambda: _sized(900000, 900000),
        "has slides of 0.98 by 0.98 inches, which PowerPoint cannot show.",
    ),
    "too large": (
        lambda: _sized(60000000, 9144000),
        "has slides of 65.62 by 10.00 inches, which PowerPoint cannot show.",
    ),
}
