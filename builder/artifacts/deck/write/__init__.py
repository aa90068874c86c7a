"""Pages -> slides of a presentation: native placeholders, footers, the status band, notes."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, groupby
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.parts.slide import SlidePart
from pptx.presentation import Presentation

from builder.artifacts.deck.draft import Draft
from builder.artifacts.deck.frames import ChartFrame, Frame, Page, TableFrame, TextFrame
from builder.artifacts.deck.master.legible import ground_of_fill, ink_on, worded
from builder.artifacts.deck.master.model import Holder, Layout
from builder.artifacts.deck.master.palette import text_coloured
from builder.artifacts.deck.master.shapes import Paint
from builder.artifacts.deck.records import Paragraph, plain
from builder.artifacts.deck.write.charts import chart
from builder.artifacts.deck.write.drawing import (
    Pen,
    picture,
    placeholder,
    quoted,
    shape,
)
from builder.artifacts.deck.write.links import outward, tip
from builder.artifacts.deck.write.members import Members
from builder.artifacts.deck.write.notes import Notes
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
    masters = presentation.slide_masters
    layouts = [each.part for master in masters for each in master.slide_layouts]
    members = Members(presentation)
    made = [members.slide(layouts[page.layout.position]) for page in draft.pages]
    parts = [part for _, part in made]
    targets, notes = _targets(draft, parts), Notes(presentation, members, draft)
    for page, part in zip(draft.pages, parts, strict=True):
        _Writer(draft, part, members, targets).write(page)
        notes.write(part, page)
    numbers = slide_numbers([page.identity for page in draft.pages])
    _list_slides(presentation.element, [identity for identity, _ in made], numbers)
    _sections(presentation.element, draft, numbers)


def _list_slides(element: Any, relations: Sequence[str], numbers: Sequence[int]) -> None:
    listed = "".join(
        f'<p:sldId id="{number}" r:id="{relation}"/>'
        for number, relation in zip(numbers, relations, strict=True)
    )
    element.get_or_add_sldIdLst().extend(parse_xml(f"<p:sldIdLst {SPACES}>{listed}</p:sldIdLst>"))


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a link inside the deck leads."""

    slide: SlidePart
    words: str
    """A source in full, or the title of a slide."""


def _targets(draft: Draft, slides: Sequence[SlidePart]) -> dict[str, _Target]:
    """Where each identity stands: of slides, and of the sources listed on them."""
    targets: dict[str, _Target] = {}
    sources = draft.deck.sources
    for page, slide in zip(draft.pages, slides, strict=True):
        title = plain(page.title)
        texts = (frame for frame in page.frames if isinstance(frame, TextFrame))
        inside = (each.identity for text in texts for each in text.paragraphs if each.identity)
        for identity in (page.identity, *inside):
            words = sources[identity].text if identity in sources else title
            targets.setdefault(identity, _Target(slide, words))
    return targets


class _Writer:
    """Writes the shapes of one slide in reading order."""

    def __init__(
        self, draft: Draft, part: Any, members: Members, targets: Mapping[str, _Target]
    ) -> None:
        self.draft = draft
        self.part = part
        self.members = members
        self.targets = targets
        deck = draft.deck
        link = draft.master.palette.linked(self.link)
        master = draft.master
        self.pen = Pen(
            *(deck.language, deck.rtl, draft.tokens, master.scheme, link),
            *(master.scripts, master.turned),
        )

    def write(self, page: Page) -> None:
        names: dict[str, Iterator[int]] = {}

        def name(kind: str) -> str:
            return f"{kind} {next(names.setdefault(kind, count(1)))}"

        drawn = "".join(each(number) for number, each in enumerate(self.shapes(page, name), 2))
        tree = self.part.slide.element.cSld.spTree
        tree.extend(parse_xml(f"<p:spTree {SPACES}>{drawn}</p:spTree>"))

    def shapes(self, page: Page, name: Callable[[str], str]) -> Iterator[Callable[[int], str]]:
        """Title, band, content, footers; each waits for its number."""
        yield lambda number: self.title(page, number)
        yield from band(self.draft, page.layout, self.pen)
        for frame in page.frames:
            yield self.frame(frame, page, name)
        yield from footers(page.layout, self.draft.marks, self.pen.named)

    def title(self, page: Page, number: int) -> str:
        holder = page.layout.title
        style = replace(holder.style, floor=min(holder.style.floor, self.draft.tokens.title_floor))
        pen = self.on(holder.ground)
        words = pen.paragraphs((Paragraph(page.title),), style, page.title_step)
        frame = "<a:bodyPr><a:normAutofit/></a:bodyPr><a:lstStyle/>"
        return shape(number, "Title", placeholder(holder), "", frame + words)

    def frame(self, frame: Frame, page: Page, name: Callable[[str], str]) -> Callable[[int], str]:
        holder = page.layout.at(frame.holder)
        if isinstance(frame, TextFrame):
            return self.text(frame, holder, page.layout, name)
        ground = page.layout.ground(frame.box)
        pen = self.on(ground)
        if isinstance(frame, TableFrame):
            return lambda number: pen.table(frame, number, name("Table"), holder)
        if isinstance(frame, ChartFrame):
            pen = replace(pen, ink=ink_on(ground, page.layout), ground=ground)
            return lambda number: chart(frame, number, name("Chart"), self.part, pen)
        relation = self.image(frame.picture.source)
        return lambda number: picture(frame, number, name("Picture"), holder, relation)

    def text(
        self, frame: TextFrame, holder: Holder | None, layout: Layout, name: Callable[[str], str]
    ) -> Callable[[int], str]:
        """A text frame, whose words have another colour than the master's where they must."""
        if frame.callout:
            return lambda number: self.pen.text(frame, number, name("Callout"), None)
        if holder and not frame.placed:
            style, fill, ground = frame.style, "", holder.ground
        else:
            ground = layout.ground(frame.box)
            style, fill = worded(frame.style, ground, layout)
        pen = self.on(ground_of_fill(fill, layout) if fill else ground)
        drawn = replace(frame, style=style)
        return lambda number: pen.text(drawn, number, name("Text"), holder, fill)

    def on(self, ground: Paint) -> Pen:
        """The pen for words on a ground."""
        palette = self.draft.master.palette
        link = self.pen.link if palette.shows_links(ground) else text_coloured(self.pen.link)
        quiet = self.pen.quiet if palette.shows("muted", ground) else ""
        return replace(self.pen, link=link, quiet=quiet)

    def image(self, source: str) -> str:
        image = self.members.image(self.draft.photos[source])
        return str(self.part.relate_to(image, RELATIONSHIP_TYPE.IMAGE))

    def link(self, address: str) -> str:
        """A link to an address, or to the slide where a source or another slide is."""
        if not address.startswith("#"):
            return outward(self.part, address)
        target = self.targets.get(address[1:])
        if target is None or target.slide is self.part:
            return ""
        relation = self.part.relate_to(target.slide, RELATIONSHIP_TYPE.SLIDE)
        told = tip(target.words)
        return f'<a:hlinkClick r:id="{relation}"{told} action="ppaction://hlinksldjump"/>'


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
