"""Small decks for the tests: slide HTML in, the finished file's slides out."""

from __future__ import annotations

import datetime
import html
import io
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image

from builder.artifacts import Order
from builder.artifacts.deck import make
from builder.artifacts.deck.readback import entries_of, slides_of, words_of
from builder.module.lifecycle import life_of
from builder.module.model import Facts, Module
from builder.module.stamp import stamp_of
from builder.module.text import Text
from builder.settings import Profile
from builder.theme import Theme, read_theme
from builder.workspace import Folder
from tests.helpers import CHECKOUT

NAMES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
}
FACTS: dict[str, Any] = {
    "id": "TEST-01",
    "version": "1.0",
    "title": "A test",
    "summary": "A module for tests.",
    "kind": "e-learning",
    "language": "en-GB",
    "audience": "Testers",
    "published": "2026-01-01",
    "people": [
        {
            "name": "Ada Author",
            "roles": ["author"],
            "interests": [{"company": "Acme <&> Sons", "nature": "grant", "since": "2024"}],
        }
    ],
    "funding": "none",
    "publisher": {"name": "The Press"},
    "feedback": {"email": "us@example.org"},
}
SIZES = {"square.png": (400, 400), "broad.png": (900, 300), "other.png": (300, 400)}


@cache
def theme() -> Theme:
    """The theme that comes with Leafdeck."""
    return read_theme(Folder(CHECKOUT, ""), "clinic")


def order(folder: Path, slides: str, day: str = "2026-06-01", **changes: Any) -> Order:
    """What a deck of a title, a declaration and further slides is made from."""
    direction = changes.pop("dir", "ltr")
    facts = Facts.model_validate(FACTS | changes)
    for name, size in SIZES.items():
        if not (folder / name).exists():
            Image.new("RGB", size, "navy").save(folder / name)
    text = Text("sources/test/slides.md", ())
    module = Module("test", facts, {"deck": text}, Folder(folder, "sources/test"))
    life = life_of(facts, Profile())
    stamp = stamp_of(module, "deck", "deck", life, datetime.date.fromisoformat(day))
    told = "".join(f"<p>{html.escape(sentence)}</p>" for sentence in stamp.declaration)
    document = (
        f'<html lang="{facts.language}" dir="{direction}"><body>'
        + slide("A test", "<p>For testers</p>", layout="title", part="Opening")
        + slide("Declaration of interest", told, layout="disclosure", part="Opening")
        + slides
        + "</body></html>"
    )
    return Order(module, stamp, theme(), document)


def slide(title: str, body: str, part: str = "Part", layout: str = "", line: int = 7) -> str:
    """One slide as a template writes it."""
    role = f' data-layout="{layout}"' if layout else ""
    name = title.lower().replace(" ", "-")
    return (
        f'<section class="slide"{role} data-part="{part}" id="{name}" data-line="{line}">'
        f"<h2>{title}</h2>{body}</section>"
    )


def made(folder: Path, slides: str, day: str = "2026-06-01", **changes: Any) -> Deck:
    """The finished deck."""
    return Deck(make(order(folder, slides, day, **changes)).data)


def bullets(count: int, words: str = "Something to remember about this") -> str:
    """A list."""
    return "<ul>" + "".join(f"<li>{words} {number}</li>" for number in range(count)) + "</ul>"


class Deck:
    """A finished deck, looked at from outside."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.entries = entries_of(data) or {}
        self.slides = slides_of(self.entries)

    @property
    def own(self) -> list[Any]:
        """The slides after title and declaration."""
        return self.slides[2:]

    def words(self) -> list[str]:
        """All words of each slide."""
        return [words_of(each) for each in self.slides]

    def titles(self) -> list[str]:
        """The title of each slide."""
        query = ".//p:sp[p:nvSpPr/p:nvPr/p:ph[@type='title' or @type='ctrTitle']]//a:t/text()"
        return ["".join(each.xpath(query, namespaces=NAMES)) for each in self.slides]

    def presentation(self) -> Any:
        """The deck as python-pptx reads it."""
        from pptx import Presentation

        return Presentation(io.BytesIO(self.data))


def find(slide: Any, query: str) -> list[Any]:
    """XPath on a slide."""
    found = slide.xpath(query, namespaces=NAMES)
    assert isinstance(found, list)
    return found
