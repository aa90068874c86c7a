"""Speaker notes: the author's words for the slide, its abbreviations, its sources in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import replace
from functools import cached_property
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.slide import CT_NotesSlide
from pptx.parts.slide import SlidePart
from pptx.presentation import Presentation

from builder.artifacts.deck.draft import Draft
from builder.artifacts.deck.fit.said import Said
from builder.artifacts.deck.frames import ChartFrame, Page, TableFrame, TextFrame
from builder.artifacts.deck.records import Paragraph, Run
from builder.artifacts.deck.style import Level, Style
from builder.artifacts.deck.write.drawing import Pen, quoted
from builder.artifacts.deck.write.links import outward
from builder.artifacts.deck.write.members import Members
from builder.module.language import Language

SIZE = 12.0
PLAIN = Style(
    tuple(Level(SIZE, margin=18.0 * depth, hang=12.0 if depth else 0.0) for depth in range(5)),
    floor=SIZE,
    caption=SIZE,
    note=SIZE,
)
SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
NAMES = {
    "sldImg": "Slide Image Placeholder",
    "body": "Notes Placeholder",
    "sldNum": "Slide Number Placeholder",
}
"""What a page of notes takes over from its master."""
ATTRIBUTES = ("type", "orient", "sz", "idx")
PLACE = (
    '<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
)
BODY = ".//p:sp[p:nvSpPr/p:nvPr/p:ph[@type='body']]/p:txBody"


class Notes:
    """Writes the notes of a deck's slides."""

    def __init__(self, presentation: Presentation, members: Members, draft: Draft) -> None:
        self.presentation = presentation
        self.members = members
        self.draft = draft

    def write(self, slide: SlidePart, page: Page) -> None:
        """Write the notes of a slide; one without notes, abbreviations and sources gets none."""
        deck = self.draft.deck
        own = Said(Language(deck.language))
        paragraphs = [
            *page.notes,
            *_charts(page, own),
            *_abbreviations(page),
            *_cited(page, deck.sources, own),
        ]
        if not paragraphs:
            return
        element = deepcopy(self._blank)
        part = self.members.notes(slide, element)

        def link(address: str) -> str:
            return outward(part, address)

        pen = Pen(deck.language, deck.rtl, self.draft.tokens, self.draft.master.scheme, link)
        words = pen.paragraphs(map(_deeper, paragraphs), PLAIN, 0)
        element.xpath(BODY)[0].extend(parse_xml(f"<p:txBody {SPACES}>{words}</p:txBody>"))

    @cached_property
    def _blank(self) -> Any:
        """A page of notes without words."""
        master = self.presentation.notes_master.element
        marks = {mark.get("type", "obj"): mark for mark in reversed(master.xpath(".//p:sp//p:ph"))}
        drawn = [
            _placeholder(number, kind, marks[kind], self.draft.deck.language)
            for number, kind in enumerate((kind for kind in NAMES if kind in marks), 2)
        ]
        if "body" not in marks:
            drawn.append(_body(len(drawn) + 2, self.presentation.element))
        page = CT_NotesSlide.new()
        page.cSld.spTree.extend(parse_xml(f"<p:spTree {SPACES}>{''.join(drawn)}</p:spTree>"))
        return page


def _placeholder(number: int, kind: str, mark: Any, language: str) -> str:
    given = "".join(f' {key}="{mark.get(key)}"' for key in ATTRIBUTES if mark.get(key))
    words = ""
    if kind == "sldNum":
        words = (
            '<a:p><a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
            f'<a:rPr lang="{quoted(language)}"/><a:t>‹#›</a:t></a:fld></a:p>'
        )
    return _shape(number, kind, given, "", words)


def _body(number: int, presentation: Any) -> str:
    """A place for the words in the lower half of a page whose master has none."""
    size = presentation.find("{*}notesSz")
    width, height = int(size.get("cx")), int(size.get("cy"))
    place = PLACE.format(
        left=width // 10, top=height // 2, width=width * 8 // 10, height=height * 4 // 10
    )
    return _shape(number, "body", ' type="body" idx="1"', place, "")


def _shape(number: int, kind: str, mark: str, place: str, words: str) -> str:
    text = f"<p:txBody><a:bodyPr/><a:lstStyle/>{words}</p:txBody>" if kind != "sldImg" else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{NAMES[kind]} {number - 1}"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph{mark}/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{place}</p:spPr>{text}</p:sp>"
    )


def _deeper(paragraph: Paragraph) -> Paragraph:
    """The notes' levels start with a plain one; lists begin under it."""
    return replace(paragraph, depth=paragraph.depth + 1) if paragraph.depth else paragraph


def _charts(page: Page, said: Said) -> Iterator[Paragraph]:
    """What the slide's charts say, which is seen nowhere else."""
    for frame in page.frames:
        if isinstance(frame, ChartFrame):
            name = Run(said.words.gettext("Chart:"), bold=True, language=said.language)
            yield Paragraph((name, Run(f" {frame.chart.alternative}")))


def _abbreviations(page: Page) -> Iterator[Paragraph]:
    """What the slide's abbreviations stand for; slides have no other way to tell."""
    found = {run.text: run.meaning for run in _runs(page) if run.meaning}
    for short, meaning in sorted(found.items()):
        yield Paragraph((Run(short, bold=True), Run(f": {meaning}")))


def _cited(page: Page, sources: dict[str, Paragraph], said: Said) -> Iterator[Paragraph]:
    """The sources cited on the slide, each in full."""
    names = dict.fromkeys(run.link[1:] for run in _runs(page) if run.link.startswith("#ref-"))
    cited = [sources[name] for name in names if name in sources]
    name = said.words.ngettext("Source", "Sources", len(cited))
    if cited:
        yield Paragraph((Run(name, language=said.language),), "heading")
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
