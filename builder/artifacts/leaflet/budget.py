"""How much of a leaflet there is, against what its paper holds: pages, panels, sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes

from builder.artifacts import Order
from builder.artifacts.leaflet.cutting import least_cut, words_in
from builder.artifacts.leaflet.imposition import name_of
from builder.artifacts.leaflet.render import LEAFLET, Layout
from builder.artifacts.leaflet.structure import parts_of
from builder.clinics import FOLDER
from builder.module.facts import FILE
from builder.module.language import Language
from builder.module.yaml_text import place_of
from builder.problems import Place, Problem

MILLIMETRE = 96 / 25.4
"""Pixels, the engine's unit, in a millimetre."""
LONGEST = 3
"""Sections that are named."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a tri-fold, which has so many panels and no more."""

    page: str
    """How the name of its pages ends."""
    name: str
    most: int
    key: str
    """What of `module.yaml` fills it; empty for the text."""
    hint: str


PANELS = (
    Part("cover", "cover", 1, "title", "Shorten the title, the summary, or who it is for."),
    Part("", "text", 4, "", "Shorten these, or print it as a booklet: `a5-booklet`."),
    Part("back", "back", 1, "contact", "Shorten whom to contact, or the other formats."),
)


def overruns_in(layout: Layout, order: Order) -> Iterator[Problem]:
    """Whether a leaflet has more pages than its budget, or more text than its panels hold."""
    if layout.sheet.text != LEAFLET.text:
        return
    measured = _too_much_for_panels if order.edition.paper == "trifold" else _too_many_pages
    over = list(measured(layout, order))
    yield from over
    if not over and not layout.fills_sheets:
        pages, multiple = len(layout.document.pages), layout.sheet.multiple
        message = f"The template makes {pages} pages, which do not fill sheets of {multiple}."
        hint = "It needs pages for notes: `themes/README.md` says which."
        yield Problem("artifact-invalid", message, Place(order.theme.label), hint)


def _too_many_pages(layout: Layout, order: Order) -> Iterator[Problem]:
    paper, pages = order.edition.paper, layout.document.pages
    most = order.module.facts.budget(paper)
    if not most or len(pages) <= most:
        return
    message = (
        f"The leaflet has {_counted(len(pages), 'page')} on {paper}, {len(pages) - most} more than "
        f"its budget. {_too_much(layout, order, pages, most)} {_longest(layout)}"
    )
    hint = "Shorten these, or raise `pages`."
    yield Problem("pages-over-budget", message.strip(), _stated(order, "pages", paper), hint)


def _too_much_for_panels(layout: Layout, order: Order) -> Iterator[Problem]:
    pages = layout.document.pages
    for part in PANELS:
        own = [page for page in pages if _part_of(page) == part.page]
        if len(own) <= part.most:
            continue
        message = (
            f"The {part.name} of the tri-fold fills {_counted(len(own), 'panel')}; there "
            f"{'is' if part.most == 1 else 'are'} {part.most}. "
            f"{_too_much(layout, order, own, part.most)}"
        )
        if part.key:
            place, hint = _stated(order, part.key), part.hint
            if part.key == "contact" and order.edition.clinic:
                place, hint = Place(FOLDER), "Shorten what the clinic says, or the other formats."
            yield Problem("panels-overflow", message, place, hint)
            continue
        place = next((each.place for each in _sections(layout)), Place(layout.source.path))
        yield Problem("panels-overflow", f"{message} {_longest(layout)}".strip(), place, part.hint)


def _stated(order: Order, *path: str) -> Place:
    """Where `module.yaml` says something."""
    module = order.module
    return place_of(module.folder.label(FILE), module.positions, path)


def _part_of(page: Any) -> str:
    name = name_of(page)
    return next((part for part in ("cover", "back", "notes") if name.endswith(part)), "")


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _too_much(layout: Layout, order: Order, pages: Sequence[Any], most: int) -> str:
    """How much of some pages must go, in a sentence: its height, and how many words that is."""
    height = least_cut(pages, most, layout.source)
    words = words_in(pages, height) if Language(order.module.facts.language).gap else 0
    told = f", some {max(round(words, -1), 10)} words" if words else ""
    return f"About {max(height / MILLIMETRE, 1):.0f} mm of it must go{told}."


@dataclass(frozen=True, slots=True)
class _Section:
    """A section of the author's, as it stands on the pages."""

    title: str
    place: Place
    height: float
    """Millimetres, on all pages together."""

    def __str__(self) -> str:
        file = self.place.path.rpartition("/")[2]
        return f"“{self.title}” ({file}:{self.place.line}), {self.height:.0f} mm"


def _longest(layout: Layout) -> str:
    """The longest sections, in a sentence."""
    named = [str(section) for section in _sections(layout)[:LONGEST]]
    return f"The longest sections: {'; '.join(named)}." if named else ""


def _sections(layout: Layout) -> list[_Section]:
    """The author's sections, the longest first."""
    heights: dict[Any, float] = {}
    for page in layout.document.pages:
        for box in _blocks(page._page_box):  # noqa: SLF001 - there is no other way to it
            if box.element.tag == "section":
                heights[box.element] = heights.get(box.element, 0) + box.margin_height()
    headed = ((element.find("*[@data-line]"), height) for element, height in heights.items())
    found = [
        _Section("".join(heading.itertext()).strip(), layout.source.place(heading), height)
        for heading, height in ((each[0], each[1] / MILLIMETRE) for each in headed)
        if heading is not None and heading.tag == "h2"
    ]
    return sorted(found, key=lambda section: -section.height)


def _blocks(box: Any) -> Iterator[Any]:
    for part in parts_of(box):
        if isinstance(part, boxes.BlockBox) and part.element is not None:
            yield part
            yield from _blocks(part)
