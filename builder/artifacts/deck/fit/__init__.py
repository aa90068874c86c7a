"""Slides -> pages: text is shrunk as little as it must be, then continued.

The order of means: the master's own sizes; smaller ones, point by point, down to the theme's floor;
then further slides with the same title, as even as can be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from builder.artifacts.deck.fit.flow import (
    CAPTION_GAP,
    Area,
    Overflow,
    Ruler,
    arrange,
    fill,
    gallery_frames,
)
from builder.artifacts.deck.fit.naming import named
from builder.artifacts.deck.frames import Frame, Page, PictureFrame, TextFrame
from builder.artifacts.deck.master.model import CONTENT, TEXTS, Holder, Layout, Master
from builder.artifacts.deck.pictures import pictures_in
from builder.artifacts.deck.records import (
    Block,
    Callout,
    Columns,
    Deck,
    Gallery,
    Picture,
    Slide,
    Table,
    Words,
)
from builder.artifacts.deck.style import Box
from builder.problems import Place, Problems

COVERS = ("title", "section")
"""Roles that hold words only and go on as content."""
DENSE = ("disclosure", "references")
"""Roles that say everything at once where that can be, if in smaller words."""
SHARES = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)
"""Parts of a slide's height that are tried, to even out slides that continue."""
BROAD = 2.0
"""Width over height from which a picture stands above or below its text, not beside it."""

Pages = list[list[Block]]


@dataclass(frozen=True, slots=True)
class Plan:
    """Streams of blocks and the areas that each of them fills, slide after slide."""

    role: str
    streams: tuple[tuple[tuple[Block, ...], Callable[[int], Area]], ...]
    picture: Picture | None = None
    """A picture with a place of its own on the first slide."""
    next_role: str = CONTENT


def paginate(deck: Deck, master: Master, ruler: Ruler, path: str, problems: Problems) -> list[Page]:
    """The finished slides of a deck.

    Args:
        deck: the outline.
        master: the layouts.
        ruler: measures.
        path: the name of the text, for problems.
        problems: gets what cannot be made to fit.
    """
    pages: list[Page] = []
    for slide in deck.slides:
        try:
            pages.extend(_Fitter(master, ruler).pages(slide))
        except Overflow as overflow:
            place = Place(path, overflow.line or slide.line)
            message = "This does not fit on a slide of its own, even at the smallest size."
            problems.add("text-overflows", message, place, "Shorten it, or divide it.")
    return named(pages, ruler.fonts, ruler.tokens, path, problems)


@dataclass(frozen=True)
class _Fitter:
    master: Master
    ruler: Ruler

    def pages(self, slide: Slide) -> Iterator[Page]:
        plan = self.plan(slide)
        step, filled = self.filled(plan)
        for number, stacks in enumerate(filled):
            role = plan.next_role if number else plan.role
            layout = self.master.layout(role)
            frames: list[Frame] = []
            for (_, area_of), blocks in zip(plan.streams, stacks, strict=True):
                if blocks:
                    frames.extend(arrange(blocks, area_of(number), self.ruler, step))
            if plan.picture and not number:
                frames.extend(self.picture(plan, layout))
            yield Page(
                identity=f"{slide.identity}#{number}" if number else slide.identity,
                role=role,
                part=slide.part,
                layout=layout,
                title=slide.title,
                frames=tuple(frames),
                notes=() if number else slide.notes,
                line=slide.line,
            )

    def filled(self, plan: Plan) -> tuple[int, list[tuple[list[Block], ...]]]:
        """The step of shrinking, and what each slide holds in each of its areas."""
        tries: list[tuple[int, list[Pages]]] = []
        steps = max(max(area_of(0).style.steps) for _, area_of in plan.streams) + 1
        for step in range(steps):
            pages = [fill(blocks, at, self.ruler, step) for blocks, at in plan.streams]
            tries.append((step, pages))
            if _count(pages) == 1:
                break
        fewest = min(_count(pages) for _, pages in tries)
        step, pages = next(each for each in tries if _count(each[1]) == fewest)
        if fewest > 1:
            pages = [
                self.even(stream, step, page)
                for stream, page in zip(plan.streams, pages, strict=True)
            ]
        return step, [
            tuple(stack or [] for stack in stacks) for stacks in zip_longest(*pages, fillvalue=[])
        ]

    def even(
        self, stream: tuple[tuple[Block, ...], Callable[[int], Area]], step: int, pages: Pages
    ) -> Pages:
        """As many slides, filled alike; pictures want all the room, so they are left alone."""
        blocks, area_of = stream
        if any(isinstance(block, Gallery | Columns) for block in blocks):
            return pages
        for share in SHARES:
            try:
                tried = fill(blocks, area_of, self.ruler, step, share)
            except Overflow:
                continue
            if len(tried) == len(pages):
                return tried
        return pages

    def plan(self, slide: Slide) -> Plan:
        """Which layout a slide takes, and what goes where in it."""
        blocks = slide.blocks
        role = self.role(slide)
        layout = self.master.layout(role)
        if role == "two-columns" and isinstance(blocks[0], Columns):
            left, right = blocks[0].columns
            areas = sorted(layout.all(*TEXTS)[:2], key=lambda holder: holder.box.left)
            streams = ((left, areas[0]), (right, areas[1]))
            return Plan(
                role,
                tuple(
                    (self.ready(some, holder), self.areas(holder, role)) for some, holder in streams
                ),
                next_role=role,
            )
        if role in ("picture", "text-and-picture"):
            picture = next(pictures_in(blocks))
            rest = _without_pictures(blocks)
            text = layout.all(*TEXTS)
            holder = text[0] if text else None
            return Plan(
                role, ((self.ready(rest, holder), self.areas(holder, role, True)),), picture
            )
        going_on = CONTENT if role in (*COVERS, "picture") else role
        holder = layout.first("tbl") if role == "table" else None
        holder = holder or next(iter(layout.all(*TEXTS)), None)
        areas_of = self.areas(holder, role, going_on != role)
        return Plan(role, ((self.ready(blocks, holder), areas_of),), next_role=going_on)

    def ready(self, blocks: Sequence[Block], holder: Holder | None) -> tuple[Block, ...]:
        """Blocks whose tables know their columns."""
        width = (holder or self.body(CONTENT)).inner.width
        return self.ruler.prepared(blocks, width)

    def body(self, role: str) -> Holder:
        """The largest text placeholder of a role's layout."""
        return self.master.layout(role).all(*TEXTS)[0]

    def areas(self, holder: Holder | None, role: str, once: bool = False) -> Callable[[int], Area]:
        """The area of each slide; `once` goes on in the layout for content."""
        first = _area(holder or self.body(CONTENT), role, self.ruler)
        further = _area(self.body(CONTENT), CONTENT, self.ruler) if once else first
        return lambda number: further if number else first

    def role(self, slide: Slide) -> str:
        """The role asked for where the content suits it, else the one that the content asks for."""
        asked = slide.layout
        kinds = [type(block) for block in slide.blocks]
        pictures = list(pictures_in(slide.blocks))
        suits = {
            "two-columns": kinds == [Columns] and _is_pair(slide.blocks[0]),
            "table": kinds == [Table],
            "picture": kinds == [Gallery] and len(pictures) == 1,
            "text-and-picture": self.beside(slide, pictures),
        }
        if asked in self.master.layouts and suits.get(asked, True):
            return asked
        return next(
            (role for role, fits in suits.items() if fits and role in self.master.layouts), CONTENT
        )

    def beside(self, slide: Slide, pictures: Sequence[Picture]) -> bool:
        """Whether one picture stands beside words: it is not broad, and there is no table."""
        plain = all(isinstance(block, Words | Callout | Gallery) for block in slide.blocks)
        if len(pictures) != 1 or len(slide.blocks) < 2 or not plain:
            return False
        photo = self.ruler.photos[pictures[0].source]
        return photo.width < BROAD * photo.height

    def picture(self, plan: Plan, layout: Layout) -> Iterator[Frame]:
        """The picture in its place, and its caption in the caption's."""
        picture = plan.picture
        assert picture is not None  # noqa: S101 - the caller asked
        place = layout.first("pic")
        text = layout.all(*TEXTS)
        holder = place or text[-1]
        index = place.index if place else None
        box, style = holder.box, (text[-1] if text else holder).style
        if plan.role == "text-and-picture":
            yield from gallery_frames(Gallery((picture,)), box, style, self.ruler, index)
            return
        under = text[0] if place and text else None
        yield from self.captioned(picture, box, under, index)

    def captioned(
        self, picture: Picture, box: Box, under: Holder | None, index: int | None
    ) -> Iterator[Frame]:
        """A picture over the placeholder of its caption, which grows upwards where it must."""
        if not picture.caption or under is None:
            bottom = max(box.bottom, under.box.bottom) if under else box.bottom
            whole = Box(box.left, box.top, box.width, bottom - box.top)
            style = (under or self.body(CONTENT)).style
            yield from _centred(
                gallery_frames(Gallery((picture,)), whole, style, self.ruler, index), whole
            )
            return
        caption = replace(picture.caption, kind="text")
        needed = (
            self.ruler.fonts.of(under.style).one(caption, under.style, under.inner.width, 0)
            + CAPTION_GAP
        )
        more = max(0.0, needed - under.inner.height)
        top = Box(box.left, box.top, box.width, box.height - more)
        bare = replace(picture, caption=None)
        style = under.style
        yield from _centred(gallery_frames(Gallery((bare,)), top, style, self.ruler, index), top)
        below = Box(
            under.inner.left, under.inner.top - more, under.inner.width, under.inner.height + more
        )
        yield TextFrame(below, (caption,), style, 0, under.index, placed=more > 0)


def _centred(frames: Iterator[Frame], box: Box) -> Iterator[Frame]:
    """A lone picture in the middle of its place."""
    listed = list(frames)
    if len(listed) != 1 or not isinstance(listed[0], PictureFrame):
        yield from listed
        return
    frame = listed[0]
    down = (box.height - frame.box.height) / 2
    yield replace(frame, box=replace(frame.box, top=box.top + down))


def _area(holder: Holder, role: str, ruler: Ruler) -> Area:
    if holder.kind in ("tbl", "pic"):
        return Area(holder.inner, ruler.plain, table=holder.index if holder.kind == "tbl" else None)
    # Some programs take the place of the first of two like placeholders for both.
    placed = role == "two-columns"
    covers = role in COVERS
    style = holder.style
    if role in DENSE:
        style = replace(style, floor=min(style.floor, ruler.tokens.references_floor))
    return Area(holder.inner, style, holder.index, words_only=covers, placed=placed)


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


def _count(pages: Sequence[Pages]) -> int:
    return max(map(len, pages))
