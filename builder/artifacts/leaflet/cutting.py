"""How much must go so that the rest fits: what pages cannot part, put on pages anew.

What stands on pages too many is seldom what must go: a block that no page parts leaves room behind,
and a few lines less before it may bring it back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from typing import Any

from weasyprint.formatting_structure import boxes

from builder.artifacts.leaflet.source import Source
from builder.artifacts.leaflet.structure import parts_of

LEFT_OUT = frozenset(("ruled", "notes"))
"""Classes of what stands only where there is room for it."""
STEP = 1.0
"""Pixels that a cut is found to."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What no page parts: some lines, a row, a picture, a heading with what it leads to."""

    top: float
    bottom: float
    element: Any
    kept: bool = False
    """Whether it stays with the one behind it."""
    pitch: float = 0.0
    """From its top to the top of the next, or to its bottom where it is the last of its page."""

    @property
    def height(self) -> float:
        """Pixels."""
        return self.bottom - self.top

    def shorter(self, by: float) -> Piece:
        """The piece without some of its height."""
        return replace(self, bottom=self.bottom - by, pitch=max(self.pitch - by, 0.0))


def least_cut(pages: Sequence[Any], most: int, source: Source) -> float:
    """About how much must go, in pixels, so that so many pages hold the rest.

    Each page's first words of the author's are tried for the cut, and the least is taken.

    Args:
        pages: the engine's pages, more than may be.
        most: how many there may be.
        source: where the author's words stand.
    """
    frames = [page._page_box for page in pages]  # noqa: SLF001 - there is no other way to it
    found = [list(_merged(_pieces(frame))) for frame in frames]
    rooms = [frame.height for frame in frames[:most]]
    pieces = [piece for each in found for piece in each]
    over = sum(piece.pitch for each in found[most:] for piece in each)
    first, cuts = 0, [over]
    for each in found:
        written = (at for at, piece in enumerate(each) if source.place(piece.element).line)
        start = next(written, None)
        if start is not None:
            cuts.append(_needed(pieces, first + start, rooms, over))
        first += len(each)
    return min(cuts)


def words_in(pages: Sequence[Any], height: float) -> int:
    """About how many words so much height of a text holds, by what stands on its pages."""
    frames = [page._page_box for page in pages]  # noqa: SLF001 - there is no other way to it
    whole = sum(piece.pitch for frame in frames for piece in _merged(_pieces(frame)))
    words = sum(len(box.text.split()) for frame in frames for box in _texts(frame))
    return round(words * height / whole) if whole else 0


def _needed(pieces: Sequence[Piece], start: int, rooms: Sequence[float], most: float) -> float:
    """The height to be taken from a piece and those behind it; `most` where less does not do."""
    low, high = 0.0, most
    while high - low > STEP:
        middle = (low + high) / 2
        if _fits(_cut(pieces, start, middle), rooms):
            high = middle
        else:
            low = middle
    return high


def _cut(pieces: Sequence[Piece], start: int, amount: float) -> Iterator[Piece]:
    for at, piece in enumerate(pieces):
        if at < start or amount <= 0:
            yield piece
            continue
        if piece.pitch > amount:
            yield piece.shorter(amount)
        amount -= piece.pitch


def _fits(pieces: Iterator[Piece], rooms: Sequence[float]) -> bool:
    page, used = 0, 0.0
    for piece in pieces:
        if used and used + piece.height > rooms[page] + STEP:
            page, used = page + 1, 0.0
        if page == len(rooms):
            return False
        used += piece.pitch
    return True


def _merged(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """The pieces of a page from above to below, those that stay together in one."""
    whole: list[Piece] = []
    for piece in pieces:
        if whole and (whole[-1].kept or piece.top < whole[-1].bottom - STEP):
            last = whole.pop()
            bottom = max(last.bottom, piece.bottom)
            whole.append(replace(last, bottom=bottom, kept=piece.kept))
        else:
            whole.append(piece)
    for piece, behind in pairwise(whole):
        yield replace(piece, pitch=behind.top - piece.top)
    for piece in whole[-1:]:
        yield replace(piece, pitch=piece.height)


def _pieces(box: Any) -> Iterator[Piece]:
    parts = [part for part in parts_of(box) if not _is_left_out(part)]
    lines = [part for part in parts if isinstance(part, boxes.LineBox)]
    if lines and len(lines) == len(parts):
        yield from _paragraph(box, lines)
        return
    for part, behind in zip_longest(parts, parts[1:]):
        kept = _avoids(part, "break_after") or (
            behind is not None and _avoids(behind, "break_before")
        )
        if _is_whole(part):
            element = part.element if part.element is not None else box.element
            top = part.border_box_y() if isinstance(part, boxes.Box) else part.position_y
            yield Piece(top, top + part.border_height(), element, kept)
            continue
        within = list(_pieces(part))
        yield from within[:-1]
        yield from (replace(each, kept=each.kept or kept) for each in within[-1:])


def _paragraph(box: Any, lines: Sequence[Any]) -> Iterator[Piece]:
    """Lines, so many at the beginning and at the end kept together."""
    last, few = len(lines) - 1, (box.style["orphans"], box.style["widows"])
    for at, line in enumerate(lines):
        kept = at < last and (at < few[0] - 1 or at > last - few[1])
        yield Piece(line.position_y, line.position_y + line.height, box.element, kept)


def _is_whole(box: Any) -> bool:
    whole = boxes.ReplacedBox | boxes.LineBox | boxes.FlexContainerBox | boxes.TableRowBox
    return isinstance(box, whole) or _avoids(box, "break_inside") or not list(parts_of(box))


def _avoids(box: Any, what: str) -> bool:
    return str(box.style[what]).startswith("avoid")


def _is_left_out(box: Any) -> bool:
    classes: Collection[str] = (
        box.element.get("class", "").split() if box.element is not None else ()
    )
    apart = isinstance(box, boxes.MarginBox) or box.style["position"] in ("absolute", "fixed")
    return apart or bool(LEFT_OUT.intersection(classes))


def _texts(box: Any) -> Iterator[Any]:
    for part in parts_of(box):
        if isinstance(part, boxes.TextBox):
            yield part
        elif not _is_left_out(part):
            yield from _texts(part)
