"""Speaker notes: the author's words for the slide, its abbreviations, its sources in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from pptx.oxml import parse_xml

from builder.artifacts.deck.draft import Draft
from builder.artifacts.deck.frames import Page, TableFrame, TextFrame
from builder.artifacts.deck.records import Paragraph, Run
from builder.artifacts.deck.style import Level, Style
from builder.artifacts.deck.write.drawing import Pen, quoted
from builder.artifacts.deck.write.links import outward

SIZE = 12.0
PLAIN = Style(
    tuple(Level(SIZE, margin=18.0 * depth, hang=12.0 if depth else 0.0) for depth in range(5)),
    floor=SIZE,
    caption=SIZE,
    note=SIZE,
)
SPACE = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
RELATIONS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def write_notes(slide: Any, page: Page, draft: Draft) -> None:
    """Write the notes of a slide; one without notes, abbreviations and sources gets none."""
    paragraphs = [*page.notes, *_abbreviations(page), *_cited(page, draft.deck.sources)]
    if not paragraphs:
        return
    notes = slide.notes_slide
    frame = notes.notes_text_frame
    if frame is None:
        return
    part = notes.part

    def link(address: str) -> str:
        return outward(part, address)

    deck = draft.deck
    pen = Pen(deck.language, deck.rtl, draft.tokens, draft.master.scheme, link)
    words = pen.paragraphs(map(_deeper, paragraphs), PLAIN, 0)
    body = frame._txBody  # noqa: SLF001 - python-pptx has no public name for it
    for old in body.findall(f"{TEXT}p"):
        body.remove(old)
    for new in parse_xml(f"<a:all {SPACE} {RELATIONS}>{words}</a:all>"):
        body.append(new)
    _number(notes, quoted(deck.language))


def _deeper(paragraph: Paragraph) -> Paragraph:
    """The notes' levels start with a plain one; lists begin under it."""
    return replace(paragraph, depth=paragraph.depth + 1) if paragraph.depth else paragraph


def _number(notes: Any, language: str) -> None:
    """The slide's number on the page of notes."""
    for shape in notes.placeholders:
        if shape.element.find(".//{*}ph").get("type") == "sldNum":
            line = shape.text_frame.paragraphs[0]._p  # noqa: SLF001 - as above
            line[:] = parse_xml(
                f'<a:p {SPACE}><a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" '
                f'type="slidenum"><a:rPr lang="{language}"/><a:t>‹#›</a:t></a:fld></a:p>'
            )[:]


def _abbreviations(page: Page) -> Iterator[Paragraph]:
    """What the slide's abbreviations stand for; slides have no other way to tell."""
    found = {run.text: run.meaning for run in _runs(page) if run.meaning}
    for short, meaning in sorted(found.items()):
        yield Paragraph((Run(short, bold=True), Run(f": {meaning}")))


def _cited(page: Page, sources: dict[str, Paragraph]) -> Iterator[Paragraph]:
    """The sources cited on the slide, each in full."""
    names = dict.fromkeys(run.link[1:] for run in _runs(page) if run.link.startswith("#ref-"))
    cited = [sources[name] for name in names if name in sources]
    if cited:
        yield Paragraph((Run("Sources" if len(cited) > 1 else "Source"),), "heading")
    for source in sorted(cited, key=lambda each: each.number):
        yield Paragraph((Run(f"{source.number}. "), *source.runs))


def _runs(page: Page) -> Iterator[Run]:
    for frame in page.frames:
        if isinstance(frame, TextFrame):
            yield from _of(frame.paragraphs)
        elif isinstance(frame, TableFrame):
            for row in (*frame.table.head, *frame.table.rows):
                yield from _of(row)
    yield from page.title


def _of(paragraphs: Iterable[Paragraph]) -> Iterator[Run]:
    for paragraph in paragraphs:
        yield from paragraph.runs
