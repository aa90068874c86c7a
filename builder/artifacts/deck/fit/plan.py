"""Which layout a slide takes, and what goes where in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from builder.artifacts.deck.fit.feet import Foot
from builder.artifacts.deck.fit.flow import Area
from builder.artifacts.deck.fit.ruler import Ruler
from builder.artifacts.deck.master.model import CONTENT, TEXTS, Holder, Layout, Master
from builder.artifacts.deck.pictures import pictures_in
from builder.artifacts.deck.records import (
    Block,
    Callout,
    Columns,
    Gallery,
    Picture,
    Slide,
    Table,
    Words,
)

COVERS = ("title", "section")
"""Roles that hold words only and go on as content."""
DENSE = ("title", "disclosure", "references")
"""Roles that say everything at once where that can be, if in smaller words."""
YIELDING = ("question", "answer")
"""Roles that are only a look: content that has places of its own stands in those."""
BROAD = 2.0
"""Width over height from which a picture stands above or below its text, not beside it."""


@dataclass(frozen=True, slots=True)
class Stream:
    """Blocks, and the area that they fill on the first slide and on further ones."""

    blocks: tuple[Block, ...]
    first: Area
    further: Area

    def area(self, number: int) -> Area:
        """The area on the slide of that number, counted from 0."""
        return self.further if number else self.first


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of a slide."""

    role: str
    layout: Layout
    next_role: str
    next_layout: Layout
    streams: tuple[Stream, ...]
    picture: Picture | None = None
    """A picture with a place of its own on the first slide."""


@dataclass(frozen=True)
class Planner:
    """Plans slides for a master deck."""

    master: Master
    ruler: Ruler

    def plan(self, slide: Slide, blocks: tuple[Block, ...], foot: Foot) -> Plan:
        """The plan of a slide.

        Args:
            slide: what it asks for.
            blocks: what it holds, without what stands at its foot.
            foot: that.

        Raises:
            Overflow: a table does not fit in any way.
        """
        suits = self.suits(blocks, foot)
        layout = self.named(slide.layout)
        role = self.role(slide.layout, suits, layout)
        layout = layout or self.master.layout(role)
        if role == "two-columns" and isinstance(blocks[0], Columns):
            return self.two(blocks[0], role, layout)
        if role in ("picture", "text-and-picture"):
            if self.has_room(next(pictures_in(blocks)), role, layout):
                return self.pictured(blocks, role, layout)
            role, layout = CONTENT, self.master.layout(CONTENT)
        going_on = CONTENT if role in COVERS else role
        next_layout = self.master.layout(CONTENT) if role in COVERS else layout
        return Plan(
            role, layout, going_on, next_layout, (self.stream(blocks, role, layout, next_layout),)
        )

    def suits(self, blocks: Sequence[Block], foot: Foot) -> dict[str, bool]:
        """The roles that are there for some content, and whether this is such."""
        kinds = [type(block) for block in blocks]
        pictures = list(pictures_in(blocks))
        return {
            "two-columns": kinds == [Columns] and _is_pair(blocks[0]),
            "table": kinds == [Table],
            "picture": kinds == [Gallery] and len(pictures) == 1 and not foot.of(blocks),
            "text-and-picture": self.beside(blocks, pictures),
        }

    def named(self, name: str) -> Layout | None:
        """The layout of the master's own that a slide asks for by name."""
        return None if name in self.master.layouts else self.master.named(name)

    def role(self, asked: str, suits: dict[str, bool], layout: Layout | None) -> str:
        """The role asked for where the content suits it, else the one that the content asks for."""
        yields = asked in YIELDING and any(suits.values())
        if asked in self.master.layouts and suits.get(asked, True) and not yields:
            return asked
        fitting = (role for role, fits in suits.items() if fits)
        if layout:
            return next((role for role in fitting if _serves(layout, role)), CONTENT)
        return next((role for role in fitting if role in self.master.layouts), CONTENT)

    def beside(self, blocks: Sequence[Block], pictures: Sequence[Picture]) -> bool:
        """Whether one picture stands beside words: it is not broad, and there is no table."""
        plain = all(isinstance(block, Words | Callout | Gallery) for block in blocks)
        if len(pictures) != 1 or len(blocks) < 2 or not plain:
            return False
        photo = self.ruler.photos[pictures[0].source]
        return photo.width < BROAD * photo.height

    def has_room(self, picture: Picture, role: str, layout: Layout) -> bool:
        """Whether a picture's own place holds its caption too."""
        place, texts = layout.first("pic"), layout.all(*TEXTS)
        holder = place or texts[-1]
        if not picture.caption:
            return True
        if role == "picture" and place and texts:
            under = texts[0]
            caption = replace(picture.caption, kind="text")
            ruler = self.ruler
            needed = ruler.one(caption, under.style, under.inner.width, 0) + ruler.caption_gap
            more = max(0.0, needed - under.inner.height)
            return holder.box.height - more >= ruler.least_picture
        style = texts[-1].style if texts else self.ruler.plain
        needed = self.ruler.height(Gallery((picture,)), style, holder.box.width, 0)
        return needed <= holder.box.height

    def two(self, columns: Columns, role: str, layout: Layout) -> Plan:
        """Each column in a placeholder of its own, slide after slide."""
        holders = sorted(layout.all(*TEXTS)[:2], key=lambda holder: holder.box.left)
        streams = []
        for blocks, holder in zip(columns.columns, holders, strict=True):
            area = self.area(holder, role)
            streams.append(Stream(self.ruler.prepared(blocks, area.box.width), area, area))
        return Plan(role, layout, role, layout, tuple(streams))

    def pictured(self, blocks: Sequence[Block], role: str, layout: Layout) -> Plan:
        """A picture in its own place, words in theirs; what goes on is content."""
        content = self.master.layout(CONTENT)
        stream = self.stream(_without_pictures(blocks), role, layout, content)
        picture = next(pictures_in(blocks))
        return Plan(role, layout, CONTENT, content, (stream,), picture)

    def stream(
        self, blocks: Sequence[Block], role: str, layout: Layout, next_layout: Layout
    ) -> Stream:
        """All blocks one after the other."""
        holder = layout.first("tbl") if role == "table" else None
        holder = holder or next(iter(layout.all(*TEXTS)), None)
        first = self.area(holder, role)
        further = first if next_layout is layout else self.area(_text(next_layout), CONTENT)
        tables = further if first.words_only else first
        return Stream(self.ruler.prepared(blocks, tables.box.width), first, further)

    def area(self, holder: Holder | None, role: str) -> Area:
        """The area of a placeholder; without one, the place of content in a layout of its own."""
        if holder is None:
            return Area(_text(self.master.layout(CONTENT)).inner, self.ruler.plain)
        if holder.kind == "tbl":
            return Area(holder.inner, self.ruler.plain, table=holder.index)
        style = holder.style
        if role in DENSE:
            style = replace(style, floor=min(style.floor, self.ruler.tokens.references_floor))
        # Some programs take the place of the first of two like placeholders for both.
        return Area(
            holder.inner,
            style,
            holder.index,
            words_only=role in COVERS,
            placed=role == "two-columns",
        )


def _text(layout: Layout) -> Holder:
    """The largest text placeholder of a layout."""
    return layout.all(*TEXTS)[0]


def _serves(layout: Layout, role: str) -> bool:
    """Whether a layout asked for by name has the places that a role needs."""
    texts = len(layout.all(*TEXTS))
    needs = {
        "two-columns": texts >= 2,
        "table": bool(layout.first("tbl")),
        "picture": bool(layout.first("pic")),
        "text-and-picture": bool(layout.first("pic") and texts) or texts >= 2,
    }
    return needs[role]


def _without_pictures(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks around pictures; words that a picture parted stand together."""
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Gallery):
            continue
        if kept and isinstance(block, Words) and isinstance(kept[-1], Words):
            kept[-1] = Words((*kept[-1].paragraphs, *block.paragraphs))
        else:
            kept.append(block)
    return tuple(kept)


def _is_pair(block: Block) -> bool:
    return isinstance(block, Columns) and len(block.columns) == 2
