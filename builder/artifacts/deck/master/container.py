"""What kind of file stands where a master deck should: told by its content, never by its name."""

from __future__ import annotations

from collections.abc import Mapping

from builder.artifacts.deck.archive import TYPES, Unreadable, unpacked
from builder.artifacts.deck.parts import ROOT, Damaged, Package, read_package
from builder.problems import Problem, Rejected

SAVE_AS = "Open it in PowerPoint, and save it with File > Save As > PowerPoint Template (.potx)."
AGAIN = "Ask for the file again, or open it in PowerPoint and save it as a template (.potx)."
OLE = bytes.fromhex("D0CF11E0A1B11AE1")
"""How a compound file begins: old Office files, and new ones under a password (MS-CFB 2.2)."""
DECK = "application/vnd.openxmlformats-officedocument.presentationml."
MACROS = "application/vnd.ms-powerpoint."
STRICT = "http://purl.oclc.org/ooxml/"
"""How the names of the strict variant begin (ISO/IEC 29500-1)."""
MAIN = "officeDocument"
PLAIN = f"{DECK}presentation.main+xml"
DECKS = (
    *(f"{DECK}{kind}.main+xml" for kind in ("presentation", "template", "slideshow")),
    *(f"{MACROS}{kind}.macroEnabled.main+xml" for kind in ("presentation", "template")),
    f"{MACROS}slideshow.macroEnabled.main+xml",
)
"""The content types of a main part that can be written into."""


def refused(what: str, hint: str = AGAIN) -> Rejected:
    """A master deck that cannot be used: `what` follows “The master deck”."""
    return Rejected(Problem("theme-file", f"The master deck {what}.", hint=hint))


def package_of(data: bytes) -> tuple[Package, str]:
    """The parts of a master deck's file, and the name of the main one.

    Raises:
        Rejected: it is damaged, or another kind of file.
    """
    _begins_well(data)
    try:
        entries = unpacked(data)
    except Unreadable as reason:
        raise refused(str(reason)) from None
    _is_office(entries)
    try:
        package = read_package(entries)
    except Damaged as damage:
        raise refused(f"is damaged: {damage}") from None
    return package, _main(package)


def _begins_well(data: bytes) -> None:
    if not data:
        raise refused("is an empty file")
    if data.startswith(OLE):
        raise _compound(data)
    if data.startswith(b"version https://git-lfs"):
        raise refused("was not fetched by Git LFS; only a note of it is there", "Run git lfs pull.")
    if not data.startswith(b"PK"):
        what = "a PDF" if data.startswith(b"%PDF") else "no PowerPoint file"
        raise refused(f"is {what}", SAVE_AS)


def _compound(data: bytes) -> Rejected:
    if "EncryptedPackage".encode("utf-16-le") in data:
        hint = "Open it in PowerPoint, take the password off under File > Info, and save it."
        return refused("is locked with a password", hint)
    old = "PowerPoint Document".encode("utf-16-le") in data
    return refused("is a PowerPoint 97 file" if old else "is an old Office file", SAVE_AS)


def _is_office(entries: Mapping[str, bytes]) -> None:
    if entries.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument"):
        raise refused("is an OpenDocument file", "Save it as PowerPoint (.pptx) in Impress.")
    if TYPES not in entries:
        raise refused("is a zip archive that holds no Office file", SAVE_AS)


def _main(package: Package) -> str:
    """The name of the main part."""
    relations = package.relations.get(ROOT, {}).values()
    found = next((each for each in relations if each.kind == MAIN), None)
    if found is None or found.target not in package.parts:
        raise refused("is damaged: it has no main part")
    kind = package.kinds.get(found.target, "")
    if found.uri.startswith(STRICT):
        hint = "Save it in PowerPoint as Presentation or Template, not as Strict Open XML."
        raise refused("is written in Strict Open XML, which few programs read", hint)
    if kind not in DECKS:
        raise refused(f"is {_other(kind)}", SAVE_AS)
    return found.target


def _other(kind: str) -> str:
    """An Office file of another kind, in words."""
    words = {
        "theme": "an Office theme (.thmx), which has no slide layouts that can be written into",
        "wordprocessingml": "a Word document",
        "ms-word": "a Word document",
        "spreadsheetml": "an Excel workbook",
        "ms-excel": "an Excel workbook",
        "visio": "a Visio drawing",
    }
    return next((name for word, name in words.items() if word in kind), "no PowerPoint file")
