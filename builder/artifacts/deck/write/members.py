"""The parts of a deck that is being written: made and numbered without a search.

python-pptx walks through the whole package for the name of each new part, and through all pictures
for each picture: a deck of ten times the slides would take a hundred times as long.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.parts.image import ImagePart
from pptx.parts.slide import NotesSlidePart, SlidePart
from pptx.presentation import Presentation

from builder.artifacts.deck.pictures import Photo

SLIDE, NOTES = "/ppt/slides/slide%d.xml", "/ppt/notesSlides/notesSlide%d.xml"
IMAGE = "/ppt/media/image%d.{suffix}"
KINDS = {"png": CONTENT_TYPE.PNG, "jpg": CONTENT_TYPE.JPEG}


class Members:
    """The parts of an open presentation, and those that are added to it."""

    def __init__(self, presentation: Presentation) -> None:
        self.deck: Any = presentation.part
        self.package: Any = self.deck.package
        self._names = {str(part.partname).lower() for part in parts_of(self.deck)}
        self._numbers: dict[str, int] = {}
        self._images: dict[bytes, ImagePart] = {}
        # python-pptx asks here for the name of a chart, its workbook, or a master of notes.
        vars(self.package)["next_partname"] = self.next_name

    def next_name(self, template: str) -> PackURI:
        """The first name that is free.

        Args:
            template: with `%d` for the number.
        """
        number = self._numbers.get(template, 0) + 1
        while (template % number).lower() in self._names:
            number += 1
        self._numbers[template] = number
        return PackURI(template % number)

    def slide(self, layout: Any) -> tuple[str, SlidePart]:
        """A new slide without shapes, and the identity of the presentation's relation to it."""
        new: Any = SlidePart.new
        part: SlidePart = new(self.next_name(SLIDE), self.package, layout)
        # `relate_to` would look through all slides for one that cannot be there yet.
        relations = self.deck.rels
        identity = relations._add_relationship(RELATIONSHIP_TYPE.SLIDE, part)  # noqa: SLF001
        return identity, part

    def notes(self, slide: SlidePart, element: Any) -> NotesSlidePart:
        """The notes of a slide.

        Args:
            slide: the slide.
            element: their root; nothing else may hold it.
        """
        name, kind = self.next_name(NOTES), CONTENT_TYPE.PML_NOTES_SLIDE
        part = NotesSlidePart(name, kind, self.package, element)
        part.relate_to(self.deck.notes_master_part, RELATIONSHIP_TYPE.NOTES_MASTER)
        part.relate_to(slide, RELATIONSHIP_TYPE.SLIDE)
        slide.relate_to(part, RELATIONSHIP_TYPE.NOTES_SLIDE)
        return part

    def image(self, photo: Photo) -> ImagePart:
        """The part of a picture; the same bytes are held once."""
        if photo.data not in self._images:
            name = self.next_name(IMAGE.format(suffix=photo.suffix))
            kind = KINDS[photo.suffix]
            self._images[photo.data] = ImagePart(name, kind, self.package, photo.data)
        return self._images[photo.data]


def parts_of(start: Part) -> Iterator[Part]:
    """A part and all that its relations lead to, each once.

    python-pptx's own walk goes one level deeper with each link from slide to slide, and ends in a
    thousand.
    """
    seen, waiting = {start}, [start]
    while waiting:
        part = waiting.pop()
        yield part
        for relation in part.rels.values():
            if not relation.is_external and relation.target_part not in seen:
                seen.add(relation.target_part)
                waiting.append(relation.target_part)
