"""The floors: bare python-pptx and bare WeasyPrint write what our build just wrote, warm.

A program of its own: `python -m tests.bench.floors PROJECT FILE`. It builds the project in this
process, listens to what the two rooms are given and give back, and writes that again with the bare
libraries; the seconds of processor time for a module go into the file, as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from builder.artifacts import Made, Order, deck, leaflet
from builder.artifacts.leaflet.source import THEME
from builder.theme import Theme, read_theme
from builder.workspace import Folder
from tests.bench import bare
from tests.helpers import CHECKOUT, Project


@dataclass
class Heard:
    """What a build's rooms were given and gave back."""

    orders: list[Order] = field(default_factory=list)
    decks: list[bytes] = field(default_factory=list)

    def listen(self) -> None:
        """Have both rooms tell, from now on."""
        make_leaflet, make_deck = leaflet.make, deck.make

        def leaflet_heard(order: Order) -> Made:
            self.orders.append(order)
            return make_leaflet(order)

        def deck_heard(order: Order) -> Made:
            made = make_deck(order)
            self.decks.append(made.data)
            return made

        leaflet.make, deck.make = leaflet_heard, deck_heard


class Printer:
    """Bare WeasyPrint with our style sheet and fonts, in files as its manual shows.

    Args:
        theme: whose style and fonts to use.
        folder: where they are written to.
    """

    def __init__(self, theme: Theme, folder: Path) -> None:
        self.css = folder / "leaflet.css"
        text = theme.text("leaflet.css").replace(THEME, "")
        self.css.write_text("\n".join([text, *_font_faces(theme, folder)]), encoding="utf-8")
        self.kept = self._style()

    def _style(self) -> tuple[weasyprint.CSS, FontConfiguration]:
        fonts = FontConfiguration()
        return weasyprint.CSS(str(self.css), font_config=fonts), fonts

    def print(self, order: Order, *, kept: bool) -> bytes:
        """Print one leaflet; with style and fonts that are kept, or read again each time."""
        css, fonts = self.kept if kept else self._style()
        html = weasyprint.HTML(string=order.html, base_url=f"{order.module.folder.root}/")
        data: bytes = html.write_pdf(
            stylesheets=[css], font_config=fonts, pdf_variant="pdf/a-2a",
            presentational_hints=True, dpi=300,
        )  # fmt: skip
        return data


def _font_faces(theme: Theme, folder: Path) -> list[str]:
    rules = []
    for role in ("text", "fallback"):
        font = theme.tokens["fonts"][role]
        for weight, face in ((400, "regular"), (700, "bold")):
            path = folder / Path(font[face]).name
            path.write_bytes(theme.read(font[face]))
            rules.append(
                f'@font-face {{ font-family: "{font["family"]}"; font-weight: {weight}; '
                f"src: url({path.name}) }}"
            )
    return rules


def processor_time(work: Callable[[Any], object], items: list[Any]) -> float:
    """Seconds of this process's processor time for an item, once it is warm."""
    for item in items[:3]:
        work(item)
    start = time.process_time()
    for item in items:
        work(item)
    return (time.process_time() - start) / len(items)


def measure(project: Path) -> dict[str, float]:
    """Seconds of processor time for a module, by what is done."""
    heard = Heard()
    heard.listen()
    Project(project).build()
    if not heard.orders or not heard.decks:
        raise SystemExit("Nothing was made in this process.")
    theme = read_theme(Folder(CHECKOUT, ""), "clinic")
    master, printer = theme.read("master.pptx"), Printer(theme, project)
    recipes = [bare.recipes(each) for each in heard.decks]
    return {
        "deck": processor_time(lambda slides: bare.write(master, slides), recipes),
        "leaflet": processor_time(lambda each: printer.print(each, kept=False), heard.orders),
        "leaflet, style kept": processor_time(
            lambda each: printer.print(each, kept=True), heard.orders
        ),
    }


if __name__ == "__main__":
    found = measure(Path(sys.argv[1]))
    Path(sys.argv[2]).write_text(json.dumps(found), encoding="utf-8")
