"""Main texts that a master deck sets smaller than people in the last row can read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from builder.artifacts.deck.master.geometry import area
from builder.artifacts.deck.master.layouts import Sheet
from builder.artifacts.deck.master.model import Holder, Layout
from builder.artifacts.deck.master.textstyle import MAIN, lists_in
from builder.problems import Place, Problem

MAINS = ("body", "obj")
LARGE = 0.2
"""The part of a slide from which a text is a main one; captions and labels may be smaller."""
COVERS = ("title", "secHead")
RUN = f"{{{MAIN}}}defRPr"


def enlarged(layout: Layout, sheet: Sheet) -> Layout:
    """A layout whose main texts are at the theme's floor at least, on every level."""
    if layout.kind in COVERS:
        return layout
    for holder in layout.all(*MAINS):
        large = area(holder.box) >= LARGE * area(sheet.slide)
        if large and min(each.size for each in holder.style.levels) < sheet.tokens.floor:
            layout = _with(layout, holder, _raised(holder, sheet), sheet.tokens.floor)
    return layout


def told(layouts: Iterable[Layout], place: Place) -> Iterator[Problem]:
    """Which texts are larger in our copy, as one warning for each size.

    Args:
        layouts: those that slides take.
        place: the master deck.
    """
    found: dict[tuple[float, float], list[str]] = {}
    for layout in {each.position: each for each in layouts}.values():
        if layout.small:
            found.setdefault(layout.small, []).append(layout.name)
    for (size, floor), names in found.items():
        listed = ", ".join(f"“{name}”" for name in names)
        message = (
            f"Text of {size:g} pt on {listed} is too small to be read from afar: "
            f"it is written in {floor:g} pt."
        )
        hint = "Set it larger in the master deck, or lower sizes.deck.floor in theme.toml."
        yield Problem("deck-legibility", message, place, hint)


def _raised(holder: Holder, sheet: Sheet) -> Holder:
    lists, floor = lists_in(holder.style.xml), sheet.tokens.floor
    for element, level in zip(lists.elements, holder.style.levels, strict=True):
        run = element.find(RUN)
        if run is None:
            run = element.makeelement(RUN, {})
            element.append(run)
        run.set("sz", str(round(max(floor, level.size) * 100)))
    return replace(holder, style=sheet.style(lists))


def _with(layout: Layout, old: Holder, new: Holder, floor: float) -> Layout:
    def swapped(holders: tuple[Holder, ...]) -> tuple[Holder, ...]:
        return tuple(new if each is old else each for each in holders)

    small = (min(each.size for each in old.style.levels), floor)
    return replace(
        layout,
        holders=swapped(layout.holders),
        added=swapped(layout.added),
        moved=swapped(layout.moved),
        raised=layout.raised if old in layout.added else (*layout.raised, new),
        small=min(small, layout.small or small),
    )
