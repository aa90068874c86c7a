"""Slide HTML -> plain records, each with the line that it was written on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

import lxml.html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from builder.artifacts.deck.outline.charts import chart_of, is_chart, untitle
from builder.artifacts.deck.outline.elements import (
    classes_of,
    language_of,
    line_of,
    whole,
)
from builder.artifacts.deck.outline.inline import NOTHING, runs_of, tidy
from builder.artifacts.deck.outline.pictures import galleries, picture_of
from builder.artifacts.deck.outline.tables import table_of
from builder.artifacts.deck.records import (
    Block,
    Callout,
    Chart,
    Columns,
    Deck,
    Paragraph,
    Picture,
    Run,
    Slide,
    Table,
    Together,
    Words,
    plain,
)
from builder.problems import Problem, Rejected

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset(
    {*HEADINGS, "p", "ul", "ol", "dl", "table", "figure", "img", "blockquote", "pre", "div"}
    | {"aside", "section", "article", "header", "footer", "address", "main", "nav", "details", "hr"}
)
MOST_START = 20_000
"""Where a list starts at the most: PowerPoint counts to 32767 (ECMA-376 part 1, 20.1.10.69)."""
Piece = Paragraph | Callout | Table | Picture | Columns | Chart | Together


def read_outline(html: str) -> Deck:
    """The deck that a document of slides describes.

    Raises:
        Rejected: it holds no slide.
    """
    try:
        document = lxml.html.document_fromstring(html)
    except (ParserError, ValueError):
        raise Rejected(_without_slides()) from None
    slides = tuple(_slide(section) for section in document.iter("section") if _is_slide(section))
    if not slides:
        raise Rejected(_without_slides())
    language = document.get("lang") or "en"
    return Deck(language, document.get("dir") == "rtl", slides, _sources(slides))


def _without_slides() -> Problem:
    hint = 'A slide is written <section class="slide">.'
    return Problem("template-error", "The template of the deck writes no slides.", hint=hint)


def _is_slide(section: HtmlElement) -> bool:
    return "slide" in classes_of(section)


def _sources(slides: Sequence[Slide]) -> dict[str, Paragraph]:
    paragraphs = (
        paragraph
        for slide in slides
        for block in slide.blocks
        if isinstance(block, Words)
        for paragraph in block.paragraphs
    )
    return {each.identity: each for each in paragraphs if each.identity.startswith("ref-")}


def _slide(section: HtmlElement) -> Slide:
    notes = tuple(
        piece
        for aside in section.xpath("./aside[contains(@class, 'notes')]")
        if "notes" in classes_of(aside)
        for piece in _spoken(_taken(aside))
    )
    heading = next((child for child in section if child.tag in HEADINGS), None)
    title: tuple[Run, ...] = ()
    if heading is not None:
        title = runs_of(heading)
        heading.drop_tree()
        untitle(section, " ".join(plain(title).split()))
    return Slide(
        identity=section.get("id", ""),
        layout=section.get("data-layout", ""),
        part=section.get("data-part", ""),
        title=title,
        blocks=grouped(_flow(section)),
        notes=notes,
        keep="data-keep" in section.attrib,
        line=line_of(section),
    )


def _taken(aside: HtmlElement) -> list[Piece]:
    for figure in aside.iter("figure"):
        figure.attrib.pop("class", None)
    pieces = list(_flow(aside))
    aside.drop_tree()
    return pieces


def _spoken(pieces: Iterable[Piece | Block]) -> Iterator[Paragraph]:
    """Speaker notes hold words alone: a table is read row by row, a box by its title.

    A chart in them is none: its title, its message and its numbers are read.
    """
    for piece in pieces:
        if isinstance(piece, Paragraph):
            yield piece
        elif isinstance(piece, Words):
            yield from piece.paragraphs
        elif isinstance(piece, Callout):
            yield from (piece.title, *piece.paragraphs)
        elif isinstance(piece, Columns):
            yield from _spoken(block for column in piece.columns for block in column)
        elif isinstance(piece, Table):
            yield from _rows_spoken(piece)


def _rows_spoken(table: Table) -> Iterator[Paragraph]:
    if table.caption:
        yield table.caption
    for row in (*table.head, *table.rows):
        cells = [run for cell in row for run in (Run(" | "), *cell.runs)]
        yield Paragraph(tuple(cells[1:]), line=table.line)


def grouped(pieces: Iterator[Piece]) -> tuple[Block, ...]:
    """Paragraphs that follow each other as one frame, pictures that do as one row."""
    blocks: list[Block] = []
    for kind, group in groupby(pieces, key=type):
        members = list(group)
        if kind is Paragraph:
            blocks.append(Words(tuple(each for each in members if isinstance(each, Paragraph))))
        elif kind is Picture:
            pictures = tuple(each for each in members if isinstance(each, Picture))
            blocks.extend(galleries(pictures))
        else:
            blocks.extend(each for each in members if not isinstance(each, Paragraph | Picture))
    return tuple(blocks)


def _flow(element: HtmlElement, depth: int = 0) -> Iterator[Piece]:
    """What stands in an element; words outside of any block become a paragraph."""
    plain = Run("", language=language_of(element))
    loose: list[Run] = [replace(plain, text=element.text)] if element.text else []
    for child in element:
        if child.tag in BLOCKS:
            yield from _loose(loose, element, depth)
            loose = []
            yield from _block(child, depth)
        elif isinstance(child.tag, str):
            loose.extend(runs_of(child, trim=False))
        if child.tail:
            loose.append(replace(plain, text=child.tail))
    yield from _loose(loose, element, depth)


def _loose(runs: list[Run], element: HtmlElement, depth: int) -> Iterator[Paragraph]:
    words = tidy(runs)
    if words:
        yield Paragraph(words, depth=depth, line=line_of(element))


def _block(element: HtmlElement, depth: int) -> Iterator[Piece]:
    tag, classes = str(element.tag), classes_of(element)
    if tag == "div" and "callout" in classes:
        yield from _callout(element, classes)
    elif tag == "div" and "columns" in classes:
        yield from _columns(element, depth)
    elif tag == "div" and "keep" in classes and _is_open(element):
        yield from _together(element)
    elif tag == "aside" and "footnotes" in classes:
        yield from _footnotes(element)
    else:
        yield from READERS.get(tag, _flow)(element, depth)


def _paragraph(element: HtmlElement, depth: int) -> Iterator[Piece]:
    """A paragraph; pictures in it stand behind its words."""
    words = runs_of(element)
    if words:
        yield Paragraph(words, depth=depth, line=line_of(element))
    for image in element.iter("img"):
        yield picture_of(image, None)


def _heading(element: HtmlElement, depth: int) -> Iterator[Piece]:
    words = runs_of(element)
    if words:
        yield Paragraph(words, "heading", line=line_of(element))
    for image in element.iter("img"):
        yield picture_of(image, None)


def _list(element: HtmlElement, depth: int) -> Iterator[Piece]:
    """The items of a list; raw HTML may leave other words between them."""
    items = [child for child in element if child.tag == "li"]
    mark = "number" if element.tag == "ol" else "bullet"
    first = min(max(whole(element.get("start"), 1), 1), MOST_START)
    numbers = dict(_numbered(items, first))
    last = max(numbers.values(), default=first)
    letters = "letters" in classes_of(element)
    yield from _loose([Run(element.text or "")], element, depth)
    for child in element:
        if child in numbers:
            mine = Paragraph((), mark=mark, number=numbers[child], last=last, letters=letters)
            yield from _item(child, depth + 1, mine)
        elif isinstance(child.tag, str):
            yield from _block(child, depth)
        yield from _loose([Run(child.tail or "")], element, depth)


def _numbered(items: Iterable[HtmlElement], number: int) -> Iterator[tuple[HtmlElement, int]]:
    """The number of each item, counted on from the last one that names its own."""
    for item in items:
        number = min(max(whole(item.get("value"), number), 1), MOST_START)
        yield item, number
        number += 1


def _item(item: HtmlElement, depth: int, mine: Paragraph) -> Iterator[Piece]:
    """A list item; its first paragraph bears the mark."""
    fresh = True
    for piece in _flow(item, depth):
        if fresh and isinstance(piece, Paragraph) and piece.depth == depth:
            piece = replace(
                piece,
                mark=mine.mark,
                number=mine.number,
                last=mine.last,
                letters=mine.letters,
                identity=item.get("id", ""),
            )
            fresh = False
        yield piece


def _definitions(element: HtmlElement, depth: int) -> Iterator[Piece]:
    yield from _loose([Run(element.text or "")], element, depth)
    for child in element:
        if child.tag == "dt":
            yield from _of_kind("term", _flow(child, depth))
        elif isinstance(child.tag, str):
            yield from _of_kind("meaning", _flow(child, depth))
        yield from _loose([Run(child.tail or "")], element, depth)


def _quotation(element: HtmlElement, depth: int) -> Iterator[Piece]:
    yield from _of_kind("quotation", _flow(element, depth))


def _of_kind(kind: str, pieces: Iterator[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        plain = isinstance(piece, Paragraph) and piece.kind == "text" and not piece.mark
        yield replace(piece, kind=kind) if plain else piece  # type: ignore[arg-type]


def _code(element: HtmlElement, depth: int) -> Iterator[Piece]:
    line = line_of(element)
    lines = str(element.text_content()).strip("\n").expandtabs(4).split("\n")
    for number, text in enumerate(lines, 1):
        run = Run(NOTHING.sub("", text) or " ", code=True)
        yield Paragraph((run,), "code", depth, number=number, line=line)


def _footnotes(element: HtmlElement) -> Iterator[Piece]:
    """Footnotes hold words alone: a table is read row by row; a picture stands on the slide."""
    slide = next(element.iterancestors("section"), element)
    labels = {
        link.get("href", ""): str(link.text_content())
        for link in slide.iterfind(".//sup[@class='footnote']/a")
    }
    for number, item in enumerate(element.iterfind("./ol/li"), 1):
        for back in item.find_class("footnote-backref"):
            back.drop_tree()
        label = Run(labels.get(f"#{item.get('id')}", str(number)), script="super")
        pieces = list(_flow(item))
        yield from (piece for piece in pieces if isinstance(piece, Picture))
        for paragraph in _spoken(pieces):
            runs = (label, Run(" "), *paragraph.runs)
            name = item.get("id", "")
            yield Paragraph(runs, "footnote", identity=name, line=line_of(item))


def _columns(element: HtmlElement, depth: int) -> Iterator[Piece]:
    """Columns; where raw HTML left words between them, all of it one below the other."""
    words = [element.text, *(column.tail for column in element)]
    if any(each and each.strip() for each in words):
        yield from _flow(element, depth)
        return
    columns = tuple(grouped(_flow(column)) for column in element if len(column) or column.text)
    if any(columns):
        yield Columns(tuple(filter(None, columns)), line_of(element))


def _together(element: HtmlElement) -> Iterator[Together]:
    """What no slide parts; one in another adds nothing."""
    blocks = grouped(_flow(element))
    if blocks:
        yield Together(blocks, line_of(element))


def _is_open(element: HtmlElement) -> bool:
    """Whether an element stands on a slide or in a column: elsewhere its words are part of more."""
    for around in element.iterancestors():
        if around.tag == "section":
            return True
        if around.tag != "div" or {"callout", "keep"} & set(classes_of(around)):
            return False
    return True


def _callout(element: HtmlElement, classes: Sequence[str]) -> Iterator[Piece]:
    """A callout; a table or a picture in it stands behind it."""
    kind = next((name for name in ("warning", "key-points") if name in classes), "note")
    title: tuple[Run, ...] = (Run(kind.replace("-", " ").capitalize()),)
    for heading in [child for child in element if "callout-title" in classes_of(child)]:
        title = runs_of(heading) or title
        heading.drop_tree()
    pieces = list(_flow(element))
    words = tuple(piece for piece in pieces if isinstance(piece, Paragraph))
    line = line_of(element)
    yield Callout(kind, Paragraph(title, "heading", line=line), words, line)
    yield from (piece for piece in pieces if not isinstance(piece, Paragraph))


def _figure(element: HtmlElement, depth: int) -> Iterator[Piece]:
    if is_chart(element):
        yield chart_of(element)
        return
    captions = [runs_of(each) for each in element.iter("figcaption")]
    words = next(filter(None, captions), ())
    caption = Paragraph(words, "caption", line=line_of(element)) if words else None
    images = list(element.iter("img"))
    for image in images:
        yield picture_of(image, caption if image is images[-1] else None)
    for child in element if images else ():
        if child.tag in BLOCKS and next(child.iter("img"), None) is None:
            yield from _block(child, depth)
    if not images:
        yield from _flow(element, depth)


def _image(element: HtmlElement, depth: int) -> Iterator[Piece]:
    yield picture_of(element, None)


def _table(element: HtmlElement, depth: int) -> Iterator[Piece]:
    """A table; pictures in its cells stand behind it."""
    table = table_of(element)
    if table:
        yield table
    for image in element.iter("img"):
        yield picture_of(image, None)


def _rule(element: HtmlElement, depth: int) -> Iterator[Piece]:
    """A thematic break means nothing on a slide."""
    yield from ()


READERS: dict[str, Callable[[HtmlElement, int], Iterator[Piece]]] = {
    "p": _paragraph,
    **dict.fromkeys(HEADINGS, _heading),
    "ul": _list,
    "ol": _list,
    "dl": _definitions,
    "blockquote": _quotation,
    "pre": _code,
    "figure": _figure,
    "img": _image,
    "table": _table,
    "hr": _rule,
}
