"""Pages in reading order -> sheets to print, fold and staple.

Pages are laid out one by one, each a panel of a folded sheet or a page of a booklet. Here several
of them are put on one side of a sheet: their content side by side, each clipped to its own place,
and everything that points at a page points at the sheet. The structure tree keeps its order, which
is the order in which people read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import pydyf

MILLIMETRE = 72 / 25.4
"""Points, the file's unit, in a millimetre."""
BLEED = 3 * MILLIMETRE
"""How far grounds go on beyond the cut."""
SLUG = 10 * MILLIMETRE
"""Room for marks around what is cut off."""
MARK = 5 * MILLIMETRE
"""How long a mark is; it begins where the bleed ends."""
NOTES = "notes"
"""How the name of the pages ends that fill a sheet."""
DESTINATION = 5
"""The parts of a place in a file: `[page /XYZ left top zoom]`."""
PATTERN = re.compile(rb".*/(p\d+) (?:scn|SCN)", re.DOTALL)
"""How a page is painted with a pattern."""

Side = tuple[int, ...]
"""One side of a sheet: the pages on it, counted from 0 in reading order, from left to right."""
Fold = Callable[[int], tuple[Side, ...]]
"""The sides of the sheets that so many pages make."""
Rectangle = tuple[float, float, float, float]
"""Left, bottom, right and top, in points from the lower left corner of the sheet."""


def single(pages: int) -> tuple[Side, ...]:
    """Each page on a side of its own."""
    return tuple((page,) for page in range(pages))


def stapled(pages: int) -> tuple[Side, ...]:
    """Two pages side by side on both sides of each sheet, to be stapled through the spine.

    Args:
        pages: how many there are, a multiple of four.
    """
    sides: list[Side] = []
    for front in range(0, pages // 2, 2):
        back = pages - 1 - front
        sides += [(back, front), (front + 1, back - 1)]
    return tuple(sides)


def tucked(pages: int) -> tuple[Side, ...]:
    """A sheet folded twice to six panels, the right one tucked in first.

    They are read as they are opened: cover; left, middle and right of the inside; then the panel
    that is tucked in, and the back.
    """
    return tuple(tuple(page for page in side if page < pages) for side in ((4, 5, 0), (1, 2, 3)))


def mirrored(fold: Fold) -> Fold:
    """The same fold for a text that is read from right to left."""
    return lambda pages: tuple(side[::-1] for side in fold(pages))


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a page went."""

    sheet: bytes
    """The page of the file that it is part of now."""
    first: int
    """What is added to the numbers of its marked content, which are unique on a sheet."""
    right: float
    """Points by which it was moved."""
    up: float


def leave_out_spares(document: Any, multiple: int) -> None:
    """Leave out the pages for notes that are not needed to fill the last sheet.

    A template writes as many as can be needed; their name ends in `notes`.
    """
    pages = document.pages
    spares = [page for page in pages if name_of(page).endswith(NOTES)]
    wanted = -(len(pages) - len(spares)) % multiple
    document.pages = [page for page in pages if page not in spares[wanted:]]


def name_of(page: Any) -> str:
    """The name that a style file gives to a kind of page; empty for all others."""
    return page._page_box.page_type.name or ""  # noqa: SLF001 - there is no other way


def impose(pdf: Any, document: Any, fold: Fold, *, bleed: bool = False) -> None:
    """Put the pages of a document on sheets.

    Args:
        pdf: the engine's file, a page for each page of the document, tagged.
        document: the engine's document.
        fold: which pages stand on which side of a sheet.
        bleed: whether grounds go on beyond the cut, with marks for cutting and folding.
    """
    pages = [_follow(pdf, reference) for reference in pdf.page_references]
    keys = [page["StructParents"] for page in pages]
    spots: dict[bytes, _Spot] = {}
    sides = fold(len(document.pages))
    for side in sides:
        spots |= _joined(pdf, [pages[page] for page in side], pages[min(side)], side, bleed=bleed)
    tree = _follow(pdf, _follow(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])
    _join_parents(tree, [[keys[page] for page in sorted(side)] for side in sides])
    for value in pdf.objects:
        _follow_pages(value, spots)
    sheets = [pages[min(side)] for side in sides]
    pdf.pages["Kids"] = pydyf.Array([part for each in sheets for part in (each.number, 0, "R")])
    pdf.pages["Count"] = len(sheets)


def _follow(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _joined(
    pdf: Any, pages: Sequence[Any], sheet: Any, side: Side, *, bleed: bool
) -> dict[bytes, _Spot]:
    """Make one page of the file of the pages of a side, in the order in which they are read."""
    slug = SLUG if bleed else 0.0
    edges = list(accumulate((page["MediaBox"][2] for page in pages), initial=slug))
    trim = (slug, slug, edges[-1], slug + max(page["MediaBox"][3] for page in pages))
    spots: dict[bytes, _Spot] = {}
    contents, notes, first = pydyf.Array(), pydyf.Array(), 0
    for place in sorted(range(len(side)), key=side.__getitem__):
        page, spot = pages[place], _Spot(sheet.reference, first, edges[place], slug)
        room = (edges[place], trim[1], edges[place + 1], trim[3])
        content = _follow(pdf, page["Contents"])
        first += _move(pdf, page, content.stream, spot)
        _place(content.stream, _with_bleed(room, trim) if bleed else room, spot)
        contents.append(content.reference)
        notes.extend(page.get("Annots", ()))
        spots[page.reference] = spot
    if bleed:
        contents.append(_marked(pdf, trim, edges[1:-1]))
    for page in pages:
        if page is not sheet:
            page.clear()  # nothing points at it any more
    sheet.update(_boxes(trim, slug), Contents=contents)
    if notes:
        sheet["Annots"] = notes
    return spots


def _move(pdf: Any, page: Any, stream: list[Any], spot: _Spot) -> int:
    """Move what stands on a page and not in its content; how much marked content it has."""
    patterns = _follow(pdf, page["Resources"])["Pattern"]
    for name in _patterns(stream):
        # A pattern lies on the page whatever was moved there.
        pattern = _follow(pdf, patterns[name])
        *turned, right, up = pattern.extra["Matrix"]
        pattern.extra["Matrix"] = pydyf.Array((*turned, right + spot.right, up + spot.up))
    for reference in page.get("Annots", ()):
        note = _follow(pdf, reference)
        note["Rect"] = _shifted(note["Rect"], spot)
    marked = [each for each in stream if isinstance(each, dict) and "MCID" in each]
    numbers = [each["MCID"] for each in marked]
    for each in marked:
        each["MCID"] += spot.first
    return max(numbers, default=-1) + 1


def _shifted(rectangle: Sequence[float], spot: _Spot) -> Any:
    left, bottom, right, top = rectangle
    over, up = spot.right, spot.up
    return pydyf.Array((left + over, bottom + up, right + over, top + up))


def _patterns(stream: Sequence[Any]) -> set[str]:
    """The names of the patterns that a page is painted with."""
    found = (PATTERN.fullmatch(each) for each in stream if isinstance(each, bytes))
    return {match[1].decode() for match in found if match}


def _with_bleed(room: Rectangle, trim: Rectangle) -> Rectangle:
    """A page's place with the bleed, where its edges are the sheet's."""
    left, bottom, right, top = (
        edge + way * BLEED if edge == cut else edge
        for edge, cut, way in zip(room, trim, (-1, -1, 1, 1), strict=True)
    )
    return left, bottom, right, top


def _place(stream: list[Any], room: Rectangle, spot: _Spot) -> None:
    """Show a page's content in its place, and nothing of it elsewhere."""
    left, bottom, right, top = room
    stream[:0] = (
        b"q",
        f"{left:f} {bottom:f} {right - left:f} {top - bottom:f} re W n".encode(),
        f"1 0 0 1 {spot.right:f} {spot.up:f} cm".encode(),
    )
    stream.append(b"Q")


def _boxes(trim: Rectangle, slug: float) -> dict[str, Any]:
    left, bottom, right, top = trim
    bleed = BLEED if slug else 0.0
    return {
        "MediaBox": pydyf.Array((0, 0, right + slug, top + slug)),
        "BleedBox": pydyf.Array((left - bleed, bottom - bleed, right + bleed, top + bleed)),
        "TrimBox": pydyf.Array(trim),
    }


def _marked(pdf: Any, trim: Rectangle, folds: Sequence[float]) -> bytes:
    """The reference of the content that shows where to cut and to fold."""
    marks = pydyf.Stream(list(_marks(trim, folds)), compress=True)
    pdf.add_object(marks)
    return bytes(marks.reference)


def _marks(trim: Rectangle, folds: Sequence[float]) -> Iterator[bytes]:
    """Lines outside the bleed: whole ones where to cut, dashed ones where to fold."""
    left, bottom, right, top = trim
    yield b"/Artifact BMC q 0 0 0 RG 0.25 w"
    for height in (bottom, top):
        yield _line(left - BLEED, height, -MARK, 0)
        yield _line(right + BLEED, height, MARK, 0)
    for dashes, places in ((b"[] 0 d", (left, right)), (b"[2 2] 0 d", folds)):
        yield dashes
        for place in places:
            yield _line(place, bottom - BLEED, 0, -MARK)
            yield _line(place, top + BLEED, 0, MARK)
    yield b"Q EMC"


def _line(x: float, y: float, over: float, up: float) -> bytes:
    return f"{x:f} {y:f} m {x + over:f} {y + up:f} l S".encode()


def _join_parents(tree: Any, sheets: Sequence[Sequence[int]]) -> None:
    """What leads from marked content to its tag: one entry for each sheet.

    Args:
        tree: the structure tree's ParentTree.
        sheets: the keys of the pages on each sheet, in the order of their content.
    """
    entries = dict(zip(tree["Nums"][::2], tree["Nums"][1::2], strict=True))
    for first, *others in sheets:
        for key in others:
            entries[first].extend(entries.pop(key))
    tree["Nums"] = pydyf.Array([part for key in sorted(entries) for part in (key, entries[key])])


def _follow_pages(value: Any, spots: Mapping[bytes, _Spot]) -> None:
    """Let tags, bookmarks and links lead to where their pages went."""
    if isinstance(value, dict):
        if spot := spots.get(value.get("Pg", b"")):
            _follow_page(value, spot)
        for inner in value.values():
            _follow_pages(inner, spots)
    elif isinstance(value, list):
        if len(value) == DESTINATION and value[1] == "/XYZ":
            spot = spots[value[0]]
            value[0], value[2], value[3] = spot.sheet, value[2] + spot.right, value[3] + spot.up
        for inner in value:
            _follow_pages(inner, spots)


def _follow_page(tag: Any, spot: _Spot) -> None:
    """Let a tag, or what stands in one, name its sheet and its content there."""
    tag["Pg"] = spot.sheet
    if "MCID" in tag:
        tag["MCID"] += spot.first
    kids = tag.get("K", ())
    for index, kid in enumerate(kids):
        if isinstance(kid, int):
            kids[index] = kid + spot.first
    layout = tag.get("A", {})
    if "BBox" in layout:
        layout["BBox"] = _shifted(layout["BBox"], spot)
