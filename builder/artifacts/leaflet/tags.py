"""The tags of a file: what each piece of a page is, for those who do not see it (PDF/UA-1).

They are made here and not by WeasyPrint, which tags boxes. These are made of the elements: a
paragraph that runs over two pages is one paragraph, and each passage keeps its language.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from xml.etree.ElementTree import Element

import pydyf
import weasyprint.pdf
from weasyprint.formatting_structure import boxes

from builder.artifacts.leaflet.source import Source
from builder.artifacts.leaflet.structure import POINTS, Piece, Structure, parts_of

Marks = list[dict[Any, int]]
"""For each page its boxes that were drawn, and the number of the marked content that each is."""


def tidy_links(document: Any) -> None:
    """Keep one annotation for each link: WeasyPrint makes one for each box inside of it as well.

    Links to attached files go: PDF/A-2 holds no files but other PDF/A files.
    """
    for page in document.pages:
        page.links[:] = [
            link for link in page.links if link[3].element_tag == "a" and link[0] != "attachment"
        ]


@contextmanager
def noting_marks() -> Iterator[Marks]:
    """Keep WeasyPrint from tagging meanwhile, and note what it drew."""
    marks: Marks = []

    def note(pdf: Any, document: Any, version: Any, streams: Any) -> None:
        for stream in streams:
            marks.append({box: mark["mcid"] for box, mark in stream._tags.items()})  # noqa: SLF001

    before = weasyprint.pdf.add_tags
    weasyprint.pdf.add_tags = note
    try:
        yield marks
    finally:
        weasyprint.pdf.add_tags = before


def tag(pdf: Any, document: Any, marks: Marks, source: Source) -> None:
    """Write the tree of tags, mark all else as artifacts, and say in the catalogue that it is so.

    Args:
        pdf: the file that is being written.
        document: the laid-out pages.
        marks: what was drawn of them.
        source: the elements that they were made of.
    """
    structure = Structure(pdf, source)
    heads: dict[Element, Any] = {}
    for page, reference, drawn in zip(document.pages, pdf.page_references, marks, strict=True):
        claimed = set()
        for box in _read(page._page_box, page, heads):  # noqa: SLF001 - there is no other way
            structure.add(Piece(box, reference, drawn.get(box), page.height * POINTS))
            claimed.add(drawn.get(box))
        _untag(_follow(pdf, _follow(pdf, reference)["Contents"]).stream, claimed)
    pdf.catalog["StructTreeRoot"] = structure.finish()
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


def _read(box: Any, page: Any, heads: dict[Element, Any]) -> Iterator[Any]:
    """The boxes of a page that are read, in order: not the running text in its margins.

    Where a table runs over pages, its head is drawn on each and read on the first.
    """
    for part in parts_of(box):
        if isinstance(part, boxes.MarginBox):
            continue
        repeated = isinstance(part, boxes.TableRowGroupBox) and (part.is_header or part.is_footer)
        if repeated and heads.setdefault(part.element, page) is not page:
            continue
        yield part
        yield from _read(part, page, heads)


def _follow(pdf: Any, reference: bytes) -> Any:
    """The object of a file that a reference such as `3 0 R` leads to."""
    return pdf.objects[int(reference.split()[0])]


def _untag(contents: list[Any], claimed: set[int | None]) -> None:
    """Turn content that no tag claims into artifacts: `/P <</MCID 3>> BDC` -> `/Artifact BMC`."""
    for index, operator in enumerate(contents):
        if operator != b"BDC":
            continue
        properties = contents[index - 1]
        number = properties.get("MCID") if isinstance(properties, dict) else None
        if number is not None and number not in claimed:
            contents[index - 2 : index + 1] = "/Artifact", b"", b"BMC"
