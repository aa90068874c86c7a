"""A master deck's file -> an open presentation to write into: a copy, in the theme's colours."""

from __future__ import annotations

import io
import zipfile

from pptx import Presentation
from pptx.exc import PackageNotFoundError, PythonPptxError
from pptx.presentation import Presentation as Deck

from builder.artifacts.deck.master.scheme import repainted
from builder.problems import Place, Problem, Rejected
from builder.theme import Theme

FILE = "master.pptx"
UNWANTED = ("/printerSettings", "/vbaProject", "/commentAuthors", "/slide")
"""Relations of a master deck that mean nothing in a new one."""
EXTENSION = "{http://schemas.openxmlformats.org/presentationml/2006/main}ext"
SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
BROKEN = (zipfile.BadZipFile, KeyError, ValueError, OSError, AttributeError, SyntaxError)
MAIN = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"


def open_master(theme: Theme) -> Deck:
    """A fresh copy of the master deck in the theme's colours, without slides, to write into.

    Raises:
        Rejected: it cannot be read as a deck.
    """
    try:
        data = repainted(theme.read(FILE), theme, FILE)
        deck = Presentation(io.BytesIO(_as_deck(data)))
        _ = list(deck.slide_layouts)
    except (PackageNotFoundError, PythonPptxError, *BROKEN) as error:
        place = Place(theme.holder(FILE).label(FILE))
        message = f"The master deck cannot be read: {error}."
        raise Rejected(Problem("theme-file", message, place)) from None
    _emptied(deck)
    return deck


def _as_deck(data: bytes) -> bytes:
    """The file as a plain deck: institutions hand out templates and macro-enabled ones too."""
    source = zipfile.ZipFile(io.BytesIO(data))
    kinds = source.read("[Content_Types].xml")
    plain = kinds
    for kind in (b"template.macroEnabled", b"presentation.macroEnabled", b"slideshow.macroEnabled"):
        old = b"application/vnd.ms-powerpoint." + kind + b".main+xml"
        plain = plain.replace(old, MAIN)
    for kind in (b"template", b"slideshow"):
        plain = plain.replace(MAIN.replace(b"presentation.main", kind + b".main"), MAIN)
    if plain == kinds:
        return data
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            target.writestr(name, plain if name == "[Content_Types].xml" else source.read(name))
    return copy.getvalue()


def _emptied(presentation: Deck) -> None:
    """The master deck without slides, sections, macros and printer settings."""
    listed = presentation.element.get_or_add_sldIdLst()
    for entry in list(listed):
        listed.remove(entry)
    relations = presentation.part.rels
    for key in [key for key, each in relations.items() if each.reltype.endswith(UNWANTED)]:
        relations.pop(key)
    for extension in presentation.element.findall(f".//{EXTENSION}[@uri='{SECTIONS}']"):
        extension.getparent().remove(extension)
