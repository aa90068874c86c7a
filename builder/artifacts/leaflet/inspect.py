"""What is looked at before a leaflet is written: that all is shown, whole and large enough."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from builder.artifacts import Order
from builder.artifacts.leaflet.fonts import advice_on
from builder.artifacts.leaflet.imposition import single
from builder.artifacts.leaflet.render import LEAFLET, Layout
from builder.artifacts.leaflet.semantics import misleading
from builder.artifacts.leaflet.sight import Seen, seen_on
from builder.module.words import bare
from builder.problems import Place, Problem
from builder.theme import token

POINT = 96 / 72
"""Pixels, the engine's unit, in a point."""
SLACK = 1.0
"""Pixels by which a box may stand over without anybody seeing it."""
DESCENT = 0.35
"""How far letters reach below their line, in parts of their size."""
INVISIBLE = ("Cc", "Cf", "Cs", "Zl", "Zp", "Zs")
"""Categories of characters that need no glyph."""


def faults_in(layout: Layout, order: Order) -> Iterator[Problem]:
    """What is wrong with the pages of a leaflet."""
    pages = [page._page_box for page in layout.document.pages]  # noqa: SLF001 - there is no other way
    yield from _unknown_characters(pages, layout, order)
    yield from _small_text(pages, layout, order)
    yield from _overflowing(pages, layout)
    seen = [seen_on(page) for page in pages]
    if sum(map(len, layout.sheet.fold(len(pages)))) == len(pages):  # else there are too many
        yield from _stamp_missing(seen, layout, order)
    yield from misleading(layout.source, pages, chain.from_iterable(seen))


def _walk(box: Any) -> Iterator[Any]:
    if isinstance(box, AbsolutePlaceholder):
        box = box._box  # noqa: SLF001 - a proxy that the engine leaves behind
    yield box
    if isinstance(box, boxes.ParentBox):
        for child in box.all_children():
            yield from _walk(child)


def _flow(page: Any) -> Iterator[Any]:
    """The boxes of a page's own text."""
    for child in page.children:
        if not isinstance(child, boxes.MarginBox):
            yield from _walk(child)


def _margins(page: Any) -> Iterator[Any]:
    """The boxes in a page's margins: the running text."""
    return (child for child in page.children if isinstance(child, boxes.MarginBox))


def _words(found: Iterable[Seen]) -> str:
    """The text that is seen, without white space and isolates: line ends are none in the source."""
    return bare("".join(seen.box.text for seen in found if seen.shown))


def _unknown_characters(pages: list[Any], layout: Layout, order: Order) -> Iterator[Problem]:
    found: dict[Place, list[str]] = {}
    seen: set[str] = set()
    for page in pages:
        for box in _walk(page):
            if isinstance(box, boxes.TextBox):
                new = set(_unknown(box.text, layout.characters)) - seen
                seen |= new
                found.setdefault(layout.source.place(box.element), []).extend(sorted(new))
    for place, characters in found.items():
        if characters:
            named = ", ".join(f"“{each}” (U+{ord(each):04X})" for each in characters[:8])
            more = f" and {len(characters) - 8} more" if len(characters) > 8 else ""
            message = f"The theme's fonts do not hold {named}{more}."
            hint = advice_on(order.theme, characters)
            yield Problem("glyph-missing", message, place, hint)


def _unknown(text: str, known: frozenset[int]) -> Iterator[str]:
    for character in unicodedata.normalize("NFC", text):
        if ord(character) not in known and not _is_invisible(character):
            yield character


def _is_invisible(character: str) -> bool:
    selector = "\ufe00" <= character <= "\ufe0f"
    return selector or unicodedata.category(character) in INVISIBLE


def _small_text(pages: list[Any], layout: Layout, order: Order) -> Iterator[Problem]:
    floor = token(order.theme, layout.sheet.floor, _is_size, "a size in points")
    found: dict[Place, float] = {}
    for page in pages:
        for box in _walk(page):
            if isinstance(box, boxes.TextBox) and box.text.strip():
                size = box.style["font_size"] / POINT
                if size < floor - 0.01:
                    found.setdefault(layout.source.place(box.element), size)
    for place, size in found.items():
        message = f"Text of {size:.3g} pt; nothing is smaller than {floor:g} pt."
        yield Problem("artifact-invalid", message, place, "Change the theme's style.")


def _is_size(value: object) -> bool:
    return isinstance(value, int | float)


def _overflowing(pages: list[Any], layout: Layout) -> Iterator[Problem]:
    source, sheet = layout.source, layout.sheet
    of_what = "" if sheet is LEAFLET else f" of the {sheet.name}"
    wide = _too_wide(pages)
    yield from _too_many_columns(wide, layout, of_what)
    for number, page in enumerate(pages, start=1):
        found = {
            source.place(box.element): box
            for box, table in _in_tables(page)
            if table not in wide and _sticks_out(box, page)
        }
        for place, box in found.items():
            what = _name(box)
            message = f"{what} does not fit on page {number}{of_what}."
            yield Problem("text-overflows", message, place, "Shorten it, or break it up.")
        for margin in _margins(page):
            if any(_sticks_out(box, margin) for box in _walk(margin)):
                page_of = f"page {number}{of_what}"
                message = f"The running text does not fit on {page_of}: “{_line(margin)}”."
                yield Problem("text-overflows", message, Place(source.path))


def _in_tables(page: Any) -> Iterator[tuple[Any, Any]]:
    """The boxes of a page's own text, each with the element of the outermost table that it is in.

    That is None outside of tables.
    """
    for child in page.children:
        if not isinstance(child, boxes.MarginBox):
            yield from _with_table(child, None)


def _with_table(box: Any, table: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(box, AbsolutePlaceholder):
        box = box._box  # noqa: SLF001 - a proxy that the engine leaves behind
    if table is None and isinstance(box, boxes.TableBox):
        table = box.element
    yield box, table
    if isinstance(box, boxes.ParentBox):
        for child in box.all_children():
            yield from _with_table(child, table)


def _too_wide(pages: list[Any]) -> dict[Any, int]:
    """The tables that stand over an edge of their page, and how many columns each has."""
    return {
        table: len(box.column_positions)
        for page in pages
        for box, table in _in_tables(page)
        if isinstance(box, boxes.TableBox) and box.element is table and _is_wider(box, page)
    }


def _is_wider(table: Any, page: Any) -> bool:
    return any(
        _reaches_over(box, page)
        for box in _walk(table)
        if isinstance(box, boxes.TableBox | boxes.TextBox) and (box is table or box.text.strip())
    )


def _too_many_columns(wide: dict[Any, int], layout: Layout, of_what: str) -> Iterator[Problem]:
    """One problem for each table, however many of its cells stand over the edge."""
    for table, columns in wide.items():
        message = f"The table’s {columns} columns are too many for a page{of_what}."
        hint = "Use fewer columns or shorter words, or leave this paper out."
        if columns == 1:
            message = f"The table is too wide for a page{of_what}."
            hint = "Break up its longest word."
        yield Problem("text-overflows", message, layout.source.place(table), hint)


def _sticks_out(box: Any, frame: Any) -> bool:
    """Whether text, a picture or a table stands over the frame's edge."""
    if not isinstance(box, boxes.TextBox | boxes.ReplacedBox | boxes.TableBox):
        return False
    if isinstance(box, boxes.TextBox) and not box.text.strip():
        return False
    below = _foot(box) > frame.content_box_y() + frame.height + SLACK
    return bool(below or _reaches_over(box, frame))


def _reaches_over(box: Any, frame: Any) -> bool:
    """Whether a box stands over the frame's left or right edge."""
    # What is drawn is the content box: a line's height makes the margins of its words, which are
    # below nought where they are raised.
    left, x = frame.content_box_x(), box.content_box_x()
    return bool(x < left - SLACK - _hanging(box) or x + box.width > left + frame.width + SLACK)


def _hanging(box: Any) -> float:
    """How far left of its words a box may begin: the space that ends a line from right to left."""
    from_right = isinstance(box, boxes.TextBox) and box.pango_layout.first_line_direction % 2
    return float(DESCENT * box.style["font_size"]) if from_right else 0.0


def _foot(box: Any) -> float:
    """How far down a box is drawn; tall fonts reserve much more below a word than it fills."""
    foot = float(box.content_box_y() + box.height)
    if isinstance(box, boxes.TextBox):
        foot = min(foot, box.position_y + box.baseline + DESCENT * box.style["font_size"])
    return foot


def _name(box: Any) -> str:
    if isinstance(box, boxes.TextBox):
        words = box.text.strip()
        return f"“{words[:40]}{'…' if len(words) > 40 else ''}”"
    return "A table" if isinstance(box, boxes.TableBox) else "A picture"


def _line(box: Any) -> str:
    texts = (each.text for each in _walk(box) if isinstance(each, boxes.TextBox))
    return " ".join(" ".join(texts).split())


def _stamp_missing(
    pages: list[tuple[Seen, ...]], layout: Layout, order: Order
) -> Iterator[Problem]:
    """The stamp is to be seen on every page or side of the paper, and the declaration in the text.

    What a style hides is not there: nobody can cover the stamp, or push it off the page.
    """
    stamp, place = order.stamp, Place(layout.source.path)
    sides = (single if layout.sheet.stamps_pages else layout.sheet.fold)(len(pages))
    for number, side in enumerate(sides, start=1):
        running = _words(seen for page in side for seen in pages[page] if seen.running)
        what = "Page" if len(side) == 1 else "Side"
        for line in filter(None, (stamp.short, stamp.band)):
            if bare(line) not in running:
                yield Problem("stamp-differs", f"{what} {number} does not show “{line}”.", place)
    text = _words(seen for page in pages for seen in page if not seen.running)
    for sentence in stamp.declaration:
        if bare(sentence) not in text:
            message = f"The {layout.sheet.name} does not hold the declaration “{sentence}”."
            yield Problem("stamp-differs", message, place)
    # What runs in the margins is read by eyes alone; screen readers find the stamp in the text.
    for label, value in stamp.rows:
        if bare(value) not in text:
            message = f"The text of the {layout.sheet.name} does not show “{label}: {value}”."
            yield Problem("stamp-differs", message, place)
