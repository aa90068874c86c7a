"""Pages -> slides of a presentation: native placeholders, footers, the status band, notes."""

from __future__ import annotations

import hashlib
import io
import re
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count, groupby
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.presentation import Presentation

from builder.artifacts.deck.draft import Draft
from builder.artifacts.deck.drawing import (
    RECTANGLE,
    Pen,
    emu,
    picture,
    placeholder,
    quoted,
    shape,
    transform,
)
from builder.artifacts.deck.frames import Page, PictureFrame, TableFrame, TextFrame
from builder.artifacts.deck.links import outward
from builder.artifacts.deck.master import Holder
from builder.artifacts.deck.notes import write_notes
from builder.artifacts.deck.records import Paragraph

SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
EXTENSION = "{http://schemas.openxmlformats.org/presentationml/2006/main}ext"
SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
FIRST_SLIDE, LAST_SLIDE = 256, 2**31 - 1
"""The numbers that a slide may bear (ECMA-376 part 1, 19.7.13)."""
UNWANTED = ("/printerSettings", "/vbaProject", "/commentAuthors", "/slide")
"""Relations of a master deck that mean nothing in a new one."""


def write(presentation: Presentation, draft: Draft) -> None:
    """Write the pages into an open master deck that has no slides of its own."""
    _emptied(presentation)
    layouts = [each for master in presentation.slide_masters for each in master.slide_layouts]
    slides = presentation.slides
    made = [slides.add_slide(layouts[page.layout.position]) for page in draft.pages]
    targets = _targets(draft.pages, made)
    for page, slide in zip(draft.pages, made, strict=True):
        _Writer(draft, slide, targets).write(page)
        write_notes(slide, page, draft)
    numbers = slide_numbers([page.identity for page in draft.pages])
    for entry, number in zip(presentation.element.sldIdLst, numbers, strict=True):
        entry.set("id", str(number))
    _sections(presentation.element, draft, numbers)


def _emptied(presentation: Presentation) -> None:
    """The master deck without slides, sections, macros and printer settings."""
    listed = presentation.element.get_or_add_sldIdLst()
    for entry in list(listed):
        listed.remove(entry)
    relations = presentation.part.rels
    for key in [key for key, each in relations.items() if each.reltype.endswith(UNWANTED)]:
        relations.pop(key)
    for extension in presentation.element.findall(f".//{EXTENSION}[@uri='{SECTIONS}']"):
        extension.getparent().remove(extension)


def _targets(pages: Sequence[Page], slides: Sequence[Any]) -> dict[str, Any]:
    """The slide that each identity stands on: of slides and of the sources listed on them."""
    targets: dict[str, Any] = {}
    for page, slide in zip(pages, slides, strict=True):
        targets.setdefault(page.identity, slide)
        for frame in page.frames:
            if isinstance(frame, TextFrame):
                for paragraph in frame.paragraphs:
                    if paragraph.identity:
                        targets.setdefault(paragraph.identity, slide)
    return targets


class _Writer:
    """Writes the shapes of one slide in reading order."""

    def __init__(self, draft: Draft, slide: Any, targets: Mapping[str, Any]) -> None:
        self.draft = draft
        self.slide = slide
        self.targets = targets
        deck = draft.deck
        self.pen = Pen(deck.language, deck.rtl, draft.tokens, draft.master.scheme, self.link)

    def write(self, page: Page) -> None:
        tree = self.slide.shapes._spTree  # noqa: SLF001 - python-pptx has no public name for it
        for element in list(tree)[2:]:
            tree.remove(element)
        names: dict[str, Iterator[int]] = {}

        def name(kind: str) -> str:
            return f"{kind} {next(names.setdefault(kind, count(1)))}"

        for number, drawn in enumerate(self.shapes(page, name), 2):
            xml = drawn(number)
            tree.append(parse_xml(re.sub(r"^<p:\w+", rf"\g<0> {SPACES}", xml, count=1)))

    def shapes(self, page: Page, name: Callable[[str], str]) -> Iterator[Callable[[int], str]]:
        """Title, band, content, footers; each waits for its number."""
        yield lambda number: self.title(page, number)
        if self.draft.marks.band:
            yield self.band
        for frame in page.frames:
            yield self.frame(frame, page, name)
        for kind in ("dt", "ftr", "sldNum"):
            holder = page.layout.first(kind)
            if holder:
                yield self.footer(kind, holder)

    def title(self, page: Page, number: int) -> str:
        holder = page.layout.title
        words = self.pen.paragraphs((Paragraph(page.title),), holder.style, page.title_step)
        style = replace(holder.style, floor=min(holder.style.floor, self.draft.tokens.title_floor))
        words = self.pen.paragraphs((Paragraph(page.title),), style, page.title_step)
        frame = "<a:bodyPr><a:normAutofit/></a:bodyPr><a:lstStyle/>"
        return shape(number, "Title", placeholder(holder), "", frame + words)

    def frame(
        self, frame: TextFrame | TableFrame | PictureFrame, page: Page, name: Callable[[str], str]
    ) -> Callable[[int], str]:
        holder = next(
            (
                h
                for h in page.layout.holders
                if frame.holder is not None and h.index == frame.holder
            ),
            None,
        )
        if isinstance(frame, TextFrame):
            kind = "Callout" if frame.callout else "Text"
            return lambda number: self.pen.text(frame, number, name(kind), holder)
        if isinstance(frame, TableFrame):
            return lambda number: self.pen.table(frame, number, name("Table"), holder)
        relation = self.image(frame.picture.source)
        return lambda number: picture(frame, number, name("Picture"), holder, relation)

    def image(self, source: str) -> str:
        data = io.BytesIO(self.draft.photos[source].data)
        return str(self.slide.part.get_or_add_image_part(data)[1])

    def link(self, address: str) -> str:
        """A link to an address, or to the slide where a source or another slide is."""
        part = self.slide.part
        if not address.startswith("#"):
            return outward(part, address)
        target = self.targets.get(address[1:])
        if target is None or target is self.slide:
            return ""
        relation = part.relate_to(target.part, RELATIONSHIP_TYPE.SLIDE)
        return f'<a:hlinkClick r:id="{relation}" action="ppaction://hlinksldjump"/>'

    def band(self, number: int) -> str:
        """The words across a slide of a module that does not hold."""
        marks, tokens = self.draft.marks, self.draft.tokens
        inset = emu(tokens.band_inset)
        ground = self.pen.fill(marks.band_colour)
        look = f"{transform(tokens.band)}{RECTANGLE}{ground}<a:ln><a:noFill/></a:ln>"
        body = (
            f'<a:bodyPr wrap="square" lIns="{inset}" tIns="0" rIns="{inset}" bIns="0" '
            'anchor="ctr"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
        )
        size = round(marks.band_size * 100)
        run = (
            f'<a:r><a:rPr lang="{quoted(marks.language)}" sz="{size}" b="1">'
            f"{self.pen.fill('paper')}</a:rPr><a:t>{quoted(marks.band)}</a:t></a:r>"
        )
        return shape(number, "Status band", "", look, f'{body}<a:p><a:pPr algn="l"/>{run}</a:p>')

    def footer(self, kind: str, holder: Holder) -> Callable[[int], str]:
        """A real footer placeholder, so that its words stay when the slide is copied elsewhere."""
        marks = self.draft.marks
        language = f'<a:rPr lang="{quoted(marks.language)}"'
        if kind == "sldNum":
            field = f"{{{str(uuid.uuid5(uuid.NAMESPACE_URL, 'slidenum')).upper()}}}"
            words = f'<a:fld id="{field}" type="slidenum">{language}/><a:t>‹#›</a:t></a:fld>'
        elif kind == "dt":
            words = f"<a:r>{language}/><a:t>{quoted(marks.date)}</a:t></a:r>"
        else:
            size = marks.footer_size(holder)
            words = f"<a:r>{language}{size}/><a:t>{quoted(marks.footer)}</a:t></a:r>"
        name = {"dt": "Date", "ftr": "Footer", "sldNum": "Slide number"}[kind]
        body = f"<a:bodyPr/><a:lstStyle/><a:p>{words}</a:p>"
        return lambda number: shape(number, name, placeholder(holder), "", body)


def slide_numbers(identities: Sequence[str]) -> list[int]:
    """A number for each slide, made from its identity: an edit elsewhere leaves it as it is."""
    taken: set[int] = set()
    numbers = []
    for identity in identities:
        hashed = int(hashlib.sha256(identity.encode()).hexdigest()[:12], 16)
        number = FIRST_SLIDE + hashed % (LAST_SLIDE - FIRST_SLIDE)
        while number in taken:
            number = number + 1 if number < LAST_SLIDE else FIRST_SLIDE
        taken.add(number)
        numbers.append(number)
    return numbers


def _sections(element: Any, draft: Draft, numbers: Sequence[int]) -> None:
    """PowerPoint's sections: slides that follow each other in one part."""
    parts: list[str] = []
    numbered = iter(numbers)
    for name, group in groupby(draft.pages, key=lambda page: page.part):
        listed = "".join(f'<p14:sldId id="{next(numbered)}"/>' for _ in group)
        identity = str(uuid.uuid5(uuid.NAMESPACE_URL, f"leafdeck:{len(parts)}:{name}")).upper()
        title = quoted(name or draft.marks.title)
        parts.append(
            f'<p14:section name="{title}" id="{{{identity}}}">'
            f"<p14:sldIdLst>{listed}</p14:sldIdLst></p14:section>"
        )
    extensions = element.find("{*}extLst")
    if extensions is None:
        extensions = parse_xml(f"<p:extLst {SPACES}/>")
        element.append(extensions)
    extensions.append(
        parse_xml(
            f'<p:ext {SPACES} uri="{SECTIONS}"><p14:sectionLst xmlns:p14='
            f'"http://schemas.microsoft.com/office/powerpoint/2010/main">{"".join(parts)}'
            "</p14:sectionLst></p:ext>"
        )
    )
