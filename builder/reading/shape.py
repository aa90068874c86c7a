"""How a leaflet is built: sections, paragraphs, lists, pictures, tables, what stands out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from builder.module.prose.tree import LINE, classes_of, tree_of, words_of
from builder.module.text import Section, Text
from builder.reading.sentences import words_in


@dataclass(frozen=True, slots=True)
class Stretch:
    """What stands between two headings."""

    title: str
    """The heading's words; empty where the text starts without one."""
    line: int
    words: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A list."""

    line: int
    items: int
    roles: tuple[str, ...]
    """The classes of the heading that it stands below."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture."""

    line: int
    caption: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table."""

    line: int
    columns: int
    heads: tuple[str, ...]
    """The words of its header cells."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a leaflet is built of, each with its line."""

    stretches: tuple[Stretch, ...]
    lists: tuple[Listing, ...]
    pictures: tuple[Shown, ...]
    tables: tuple[Grid, ...]
    boxes: int
    """Boxes such as key points and warnings."""
    bold: int
    """Words or phrases in bold."""


SUBHEADINGS = ("h3", "h4", "h5", "h6")


def shape_of(text: Text) -> Shape:
    """How a text is built."""
    trees = [(section, tree_of(section.body)) for section in text.sections]
    return Shape(
        stretches=tuple(each for pair in trees for each in _stretches(*pair)),
        lists=tuple(each for pair in trees for each in _lists(*pair)),
        pictures=tuple(each for pair in trees for each in _pictures(*pair)),
        tables=tuple(each for pair in trees for each in _tables(*pair)),
        boxes=sum(len(tree.find_class("callout")) for _, tree in trees),
        bold=sum(1 for _, tree in trees for _ in tree.iter("strong", "b")),
    )


def _stretches(section: Section, tree: HtmlElement) -> Iterator[Stretch]:
    title, line, words = words_of(tree_of(section.title)), section.line, 0
    for child in tree:
        if child.tag in SUBHEADINGS:
            yield Stretch(title, line, words)
            title, line, words = words_of(child), _line(child, section), 0
        else:
            words += len(words_in(words_of(child)))
    yield Stretch(title, line, words)


def _lists(section: Section, tree: HtmlElement) -> Iterator[Listing]:
    for element in tree.iter("ul", "ol"):
        items = sum(child.tag == "li" for child in element)
        boxes = [name for each in element.iterancestors("div") for name in classes_of(each)]
        yield Listing(_line(element, section), items, (*section.classes, *boxes))


def _pictures(section: Section, tree: HtmlElement) -> Iterator[Shown]:
    for image in tree.iter("img"):
        if not image.get("alt"):
            continue  # decoration
        figure = next(image.iterancestors("figure"), None)
        caption = figure.find(".//figcaption") if figure is not None else None
        words = words_of(caption) if caption is not None else ""
        yield Shown(_line(image, section), words)


def _tables(section: Section, tree: HtmlElement) -> Iterator[Grid]:
    for table in tree.iter("table"):
        columns = max((len(row) for row in table.iter("tr")), default=0)
        heads = tuple(words_of(cell) for cell in table.iter("th"))
        yield Grid(_line(table, section), columns, heads)


def _line(element: HtmlElement, section: Section) -> int:
    """The line of an element: its own, or that of the nearest around it."""
    around = (element, *element.iterancestors())
    return next((int(found) for each in around if (found := each.get(LINE))), section.line)
