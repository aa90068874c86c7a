"""Small leaflets and pages for the tests: HTML of one section in, the order or the file out."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup
from PIL import Image

from builder.artifacts import KINDS, Order
from builder.artifacts.html import context_of, render
from builder.build.planning.plan import File
from builder.module.lifecycle import life_of
from builder.module.model import Facts, Module
from builder.module.stamp import stamp_of
from builder.module.text import Picture, Section, Text
from builder.settings import Profile, Settings
from builder.theme import Theme, read_theme
from builder.workspace import Folder
from tests.helpers import CHECKOUT
from tests.unit.decks import FACTS

FILE = "sources/test/leaflet.md"
TITLES = {"other": "The other module"}


@cache
def theme() -> Theme:
    """The theme that comes with Leafdeck."""
    return read_theme(Folder(CHECKOUT, ""), "clinic")


def order(
    folder: Path,
    body: str = "<p>Text.</p>",
    kind: str = "leaflet",
    day: str = "2026-06-01",
    rules: dict[str, Any] | None = None,
    others: Sequence[File] = (),
    **changes: Any,
) -> Order:
    """What a leaflet, or a page, of one section is made from."""
    facts = Facts.model_validate(FACTS | changes)
    section = Section(2, Markup("One"), Markup(body), "one", line=3)
    picture = Picture("square.png", 40, 20, "")
    Image.new("RGB", (picture.width, picture.height), "navy").save(folder / picture.path)
    text = Text(FILE, (section,), pictures=(picture,))
    module = Module("test", facts, {"leaflet": text}, Folder(folder, "sources/test"))
    settings = Settings(profiles={"default": Profile(**rules or {})})
    life = life_of(facts, settings.rules)
    stamp = stamp_of(module, kind, kind, life, datetime.date.fromisoformat(day))
    files = [File("leaflet", "a4", facts.language, "English", "ltr", "test.pdf"), *others]
    context = context_of(module, kind, stamp, theme(), settings, TITLES, files=files)
    return Order(module, stamp, theme(), render(theme(), KINDS[kind].template, context))
