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
from builder.artifacts.deck.frames import ChartFrame, Frame, Page, TableFrame, TextFrame
from builder.artifacts.deck.records import Paragraph
from builder.artifacts.deck.write.charts import chart
from builder.artifacts.deck.write.drawing import (
    Pen,
    picture,
    placeholder,
    quoted,
    shape,
)
from builder.artifacts.deck.write.links import outward
from builder.artifacts.deck.write.notes import write_notes
from builder.artifacts.deck.write.stamping import band, footers

SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
EXTENSION = "{http://schemas.openxmlformats.org/presentationml/2006/main}ext"
SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
FIRST_SLIDE, LAST_SLIDE = 256, 2**31 - 1
"""The numbers that a slide may bear (ECMA-376 part 1, 19.7.13)."""


def write(presentation: Presentation, draft: Draft) -> None:
    """Write the pages into an open master deck that has no slides of its own."""
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
        yield from band(self.draft, self.pen)
        for frame in page.frames:
            yield self.frame(frame, page, name)
        yield from footers(page.layout, self.draft.marks, self.pen)

    def title(self, page: Page, number: int) -> str:
        holder = page.layout.title
        style = replace(holder.style, floor=min(holder.style.floor, self.draft.tokens.title_floor))
        words = self.pen.paragraphs((Paragraph(page.title),), style, page.title_step)
        frame = "<a:bodyPr><a:normAutofit/></a:bodyPr><a:lstStyle/>"
        return shape(number, "Title", placeholder(holder), "", frame + words)

    def frame(self, frame: Frame, page: Page, name: Callable[[str], str]) -> Callable[[int], str]:
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
        if isinstance(frame, ChartFrame):
            return lambda number: chart(frame, number, name("Chart"), self.slide.part, self.pen)
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
