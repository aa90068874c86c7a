"""What a layout lacks, put into the clear room that it has: title, text, stamp, status band.

A title or a text that is lacking becomes a real placeholder in our copy of the layout, drawn as the
master styles such text. A title placeholder on the slide alone would be an orphan: PowerPoint keeps
it, but with no place and no look to go back to, and `Reset` throws it into a corner. A text box
would be neither a title for screen readers nor text in the outline. A layout that has a title which
its master lacks is nothing unusual: PowerPoint leaves it so when a master's title is deleted.

The stamp needs no placeholder: where there is none for a footer, it is a text box on the slide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from builder.artifacts.deck.master.geometry import area, clear_boxes, common, right, within
from builder.artifacts.deck.master.layouts import INSETS, Sheet, without
from builder.artifacts.deck.master.legible import least_contrast, needed_by, readable
from builder.artifacts.deck.master.model import TEXTS, TITLES, Holder, Layout, Spot
from builder.artifacts.deck.master.placing import BAND, LEAST_BAND, Places, is_within
from builder.artifacts.deck.master.shapes import Thing, is_ground
from builder.artifacts.deck.master.textstyle import MAIN, NAMES, Lists, family_of, ink_of, repainted
from builder.artifacts.deck.style import Box
from builder.contrast import ENOUGH

MARGIN = 0.04
"""The part of the slide's shorter side that stays clear at its edges."""
LINE = 1.2
"""Height of a line in em."""
TITLE, BODY, STAMP, LEAST_STAMP = 30.0, 20.0, 12.0, 8.0
"""Points on a slide of 7.5 inches: sizes where the master has none, and of the stamp."""
LETTERS, LONG_WORD, TALL = 150, 12, 1.36
"""Letters of a stamp and of a long word in it, half an em each; height of a line in tall fonts."""
ROWS = 4
"""Lines of text that an area must hold to serve as one."""
KEPT = 0.6
"""The part of its height that a text keeps at least when it makes room for the stamp."""
LITTLE = 0.1
"""The part of its height that a text loses at most for a stamp in two lines."""
OVER = 0.98
"""The part of a placeholder that lies on the slide at least, where it is left alone."""
PICTURES = ("pic", "tbl", "chart", "dgm", "media", "clipArt")
FOOTERS = ("dt", "ftr", "sldNum")


def completed(layout: Layout, sheet: Sheet, places: Places) -> Layout:
    """A layout with a title, a text, and a place for stamp and band, as far as there is room."""
    return _Completer(sheet, sheet.scene.things, layout, places).done()


@dataclass
class _Completer:
    sheet: Sheet
    things: Sequence[Thing]
    layout: Layout
    places: Places

    def done(self) -> Layout:
        self.onto_slide()
        self.beside_ornaments()
        if not self.layout.first(*TITLES):
            self.add("title", self.title_room())
        if self.wants_text():
            self.add("body", self.body_room())
        spot = self.stamp_spot()  # which may move texts
        self.layout = replace(self.layout, stamp=spot)
        footer = self.layout.first("ftr")
        if self.layout.stamp is None and not (footer and self.holds(footer.inner)):
            self.make_room()
        band = self.band()  # which may move what stands at the head
        return replace(self.layout, band=band)

    def onto_slide(self) -> None:
        """What runs over the slide's edge is cut there: such a master was made for another size."""
        slide = self.sheet.slide
        edge = MARGIN / 2 * min(slide.width, slide.height)
        for holder in self.layout.holders:
            if common(holder.box, slide) < OVER * area(holder.box):
                self.move(holder, within(holder.box, slide.inset(edge, edge)))

    def beside_ornaments(self) -> None:
        """Words that run over a logo or the like, and cannot be read there, end beside it."""
        for holder in self.layout.all(*TITLES, *TEXTS):
            over = [each.box for each in self.ornaments() if common(each.box, holder.box) > 0]
            if not over or self.reads(holder, holder.ground):
                continue
            room = max(clear_boxes(holder.box, over), key=area, default=Box(0, 0, 0, 0))
            if area(room) >= KEPT * area(holder.box):
                ground = self.sheet.scene.ground(room)
                if self.reads(holder, ground):
                    self.move(holder, room, ground)

    def reads(self, holder: Holder, ground: tuple[str, ...]) -> bool:
        enough = least_contrast(holder.ink, ground) >= needed_by(holder, self.sheet)
        return all(ground) and enough

    @property
    def unit(self) -> float:
        return self.sheet.tokens.scale

    # Where there is room

    def rooms(self, taken: Iterable[Box], rim: float = MARGIN) -> Iterator[Box]:
        """Clear rectangles on each of the grounds, of which none crosses an edge of paint."""
        slide = self.sheet.slide
        edge = rim * min(slide.width, slide.height)
        taken = [*taken, *filter(None, (self.places.band,))]
        grounds = [thing for thing in self.things if is_ground(thing, slide)]
        taken += [thing.box for thing in self.things if thing not in grounds]
        whole = [thing for thing in grounds if common(thing.box, slide) < 0.97 * area(slide)]
        for at, room in enumerate([slide, *(thing.box for thing in whole)]):
            above = [thing.box for thing in whole[at:]]
            yield from clear_boxes(within(room, slide).inset(edge, edge), [*taken, *above])

    def boxes(self, *without_kinds: str) -> list[Box]:
        return [h.box for h in self.layout.holders if h.kind not in without_kinds]

    def title_room(self) -> Box | None:
        size, slide = self.size("title"), self.sheet.slide
        high = 1.3 * size + 8 * self.unit
        fits = [
            room
            for room in self.rooms(self.boxes())
            if room.height >= high and room.width >= 0.4 * slide.width
        ]
        found = min(fits, key=lambda room: (round(room.top / high), -room.width), default=None)
        if found is None:
            return self.from_text(high)
        return replace(
            found, height=min(found.height, 2.6 * size + 8 * self.unit, 0.3 * slide.height)
        )

    def from_text(self, high: float) -> Box | None:
        """A title's room from the top of a text that fills the slide."""
        text = next(iter(self.layout.all(*TEXTS)), None)
        if (
            text is None
            or text.box.height * (1 - KEPT) < high
            or text.box.width < 0.4 * self.sheet.slide.width
        ):
            return None
        self.move(
            text, Box(text.box.left, text.box.top + high, text.box.width, text.box.height - high)
        )
        return Box(text.box.left, text.box.top, text.box.width, high)

    def wants_text(self) -> bool:
        """Whether words find no room in its texts, and no picture or table takes the room."""
        texts, cover = self.layout.all(*TEXTS), self.layout.kind in ("title", "secHead")
        if cover or self.layout.first(*PICTURES):
            return cover and not texts
        return not any(self.sits(holder.inner) for holder in texts)

    def sits(self, box: Box) -> bool:
        """Whether an area holds a few lines at the floor."""
        floor = self.sheet.tokens.floor
        return box.height >= floor * LINE * 2 and box.width >= 12 * floor

    def body_room(self) -> Box | None:
        floor, slide = self.sheet.tokens.floor, self.sheet.slide
        title = self.layout.first(*TITLES)
        fits = [
            room
            for room in self.rooms([*self.boxes(), *self.footer_strip()])
            if room.height >= ROWS * LINE * floor
            and room.width >= max(12 * floor, 0.3 * slide.width)
        ]
        below = [room for room in fits if title is None or room.top >= title.box.bottom - 1]
        found = max(below or fits, key=area, default=None)
        return self.aligned(found, title.box) if found and title else found

    def aligned(self, room: Box, title: Box) -> Box:
        """The room between the title's edges, where it reaches beyond both."""
        if room.left <= title.left and right(room) >= right(title):
            return replace(room, left=title.left, width=title.width)
        return room

    def footer_strip(self) -> Iterator[Box]:
        """The foot of the slide stays clear for the stamp where no footer is."""
        if not self.layout.first(*FOOTERS):
            slide = self.sheet.slide
            high = 2 * STAMP * LINE * self.unit
            yield Box(
                slide.left,
                slide.bottom - high - MARGIN * slide.height / 2,
                slide.width,
                slide.height,
            )

    # Placeholders

    def add(self, kind: str, box: Box | None) -> None:
        if box is None:
            what = "a title" if kind == "title" else "a text"
            self.layout = replace(self.layout, lacks=(*self.layout.lacks, what))
            return
        taken = {holder.index for holder in self.layout.holders}
        index = 0 if kind == "title" else next(each for each in count(20) if each not in taken)
        ground = self.sheet.scene.ground(box)
        lists = self.styled(kind, ground)
        ink, inner = ink_of(lists, self.sheet.colours), without(box, INSETS)
        holder = Holder(kind, index, "", box, inner, self.sheet.style(lists), ink, ground)
        self.layout = replace(
            self.layout,
            holders=(*self.layout.holders, holder),
            added=(*self.layout.added, holder),
        )

    def styled(self, kind: str, ground: tuple[str, ...]) -> Lists:
        """The master's style of such text, with a size if it says none, and in a colour to read."""
        lists = self.sheet.lists(kind, self.parents(kind)).copy()
        for element in lists.elements:
            run = element.find(f"{{{MAIN}}}defRPr")
            if run is None:
                run = element.makeelement(f"{{{MAIN}}}defRPr", {})
                element.append(run)
            if not run.get("sz"):
                run.set("sz", str(round((TITLE if kind == "title" else BODY) * self.unit) * 100))
        if least_contrast(ink_of(lists, self.sheet.colours), ground) < ENOUGH:
            repainted(lists, self.legible(ground))
        return lists

    def parents(self, kind: str) -> list[object]:
        found = self.sheet.master.xpath(
            f".//p:sp[p:nvSpPr/p:nvPr/p:ph/@type='{kind}']", namespaces=NAMES
        )
        return list(found[:1])

    def size(self, kind: str) -> float:
        return self.sheet.style(self.styled(kind, ())).levels[0].size

    def move(self, holder: Holder, box: Box, ground: tuple[str, ...] | None = None) -> None:
        old, inner = holder.box, holder.inner
        within_new = Box(
            box.left + inner.left - old.left,
            box.top + inner.top - old.top,
            box.width - old.width + inner.width,
            box.height - old.height + inner.height,
        )
        ground = holder.ground if ground is None else ground
        new = replace(holder, box=box, inner=within_new, ground=ground)
        swap: Callable[[Holder], Holder] = lambda each: new if each is holder else each  # noqa: E731
        added = tuple(map(swap, self.layout.added))
        moved = (
            self.layout.moved
            if holder in self.layout.added
            else (*(each for each in self.layout.moved if each is not holder), new)
        )
        holders = tuple(map(swap, self.layout.holders))
        self.layout = replace(self.layout, holders=holders, added=added, moved=moved)

    # The stamp

    def holds(self, box: Box, points: float = LEAST_STAMP) -> bool:
        """Whether a stamp of usual length has room in a size; each break may lose a long word."""
        size = points * self.unit
        lines = int(box.height / (size * TALL))
        lost = max(0, lines - 1) * LONG_WORD * size / 2
        return lines * box.width - lost >= LETTERS * size / 2

    def stamp_spot(self) -> Spot | None:
        """The strip of all layouts, else the best: at the foot, else at the head, else anywhere."""
        slide, place, before = self.sheet.slide, self.places.stamp, self.layout
        if place:
            self.end_above(place)
        rooms = list(self.rooms(self.boxes("ftr"), MARGIN / 2))
        if place and any(is_within(place, room) for room in rooms):
            return self.spot(place, aligned=True)
        self.layout = before
        rooms = list(self.rooms(self.boxes("ftr"), MARGIN / 2))
        fits = [room for room in rooms if self.holds(room)]
        if not fits:
            return None

        def rank(room: Box) -> tuple[int, float]:
            foot = room.bottom >= 0.88 * slide.bottom
            head = room.top <= 0.1 * slide.height
            return (0 if foot else 1 if head else 2), -room.width * min(room.height, 3 * STAMP)

        return self.spot(min(fits, key=rank))

    def end_above(self, strip: Box) -> None:
        """Texts and pictures that reach a little into the stamp's strip end at its upper edge."""
        for holder in self.layout.holders:
            box, over = holder.box, holder.box.bottom - strip.top
            reaches = holder.kind not in FOOTERS and common(box, strip) > 0
            if reaches and over < LITTLE * box.height:
                self.move(holder, replace(box, height=box.height - over))

    def spot(self, room: Box, aligned: bool = False) -> Spot:
        slide, size = self.sheet.slide, STAMP * self.unit
        high = min(room.height, 2.2 * size * LINE)
        foot = room.bottom >= 0.88 * slide.bottom
        top = room.bottom - high if foot else room.top
        box = Box(room.left, top, room.width, high)
        box = box if aligned else self.column(box)
        ground = self.sheet.scene.ground(box)
        lists = self.sheet.lists("other", ())
        style = self.sheet.style(lists)
        plain = replace(
            style.levels[0], size=size, margin=0.0, hang=0.0, before=0.0, after=0.0, bold=False
        )
        best = self.sheet.colours.named(self.legible(ground))
        clear = all(ground) and least_contrast(best, ground) >= ENOUGH
        fill = "" if clear else _solid("bg1")
        grounds = ground if clear else (self.sheet.colours.named("bg1"),)
        named = family_of(lists, self.sheet.fonts)
        return Spot(
            box,
            replace(style, levels=(plain,) * 5, family=named),
            _solid(self.legible(grounds)),
            fill,
        )

    def column(self, strip: Box) -> Box:
        """A strip between the edges of title and texts, where the stamp has room there."""
        words = [holder.inner for holder in self.layout.holders if holder.kind in (*TITLES, *TEXTS)]
        if not words:
            return strip
        left = max(strip.left, min(box.left for box in words))
        end = min(right(strip), max(right(box) for box in words))
        trial = replace(strip, left=left, width=end - left)
        return trial if self.holds(trial, LEAST_STAMP + 1) else strip

    def legible(self, ground: tuple[str, ...]) -> str:
        """The name of the scheme's colour that is read best there; the text's own where it can."""
        return readable(self.sheet.colours, ground)

    def make_room(self) -> None:
        """The lowest texts give a strip at their foot to the stamp."""
        need = 2 * (LEAST_STAMP + 1) * TALL * self.unit
        bodies = [h for h in self.layout.holders if h.kind not in (*TITLES, *FOOTERS)]
        lowest = max((holder.box.bottom for holder in bodies), default=0.0)
        before = self.layout
        for holder in bodies:
            over = holder.box.bottom - (lowest - need)
            if over > 0:
                if holder.box.height * (1 - KEPT) < over:
                    break
                self.move(holder, replace(holder.box, height=holder.box.height - over))
        found = self.stamp_spot()
        if found is None:
            self.layout = replace(before, lacks=(*before.lacks, "the stamp"))
        else:
            self.layout = replace(self.layout, stamp=found)

    # The status band

    def band(self) -> Box | None:
        """A strip at the head that is clear of words; it may lie over a master's ornaments."""
        stated = self.sheet.tokens.band
        if stated is not None:
            return stated
        before, strip = self.layout, self.places.band
        found = self.head(strip) if strip else None
        if found:
            return found
        self.layout = before
        slide, high = self.sheet.slide, BAND * self.unit
        least = LEAST_BAND * self.unit
        words = self.boxes(*(() if self.layout.stamp is None else ("ftr",)))
        words += [self.layout.stamp.box] if self.layout.stamp else []
        clear = self.strips(clear_boxes(slide, [*words, *(t.box for t in self.ornaments())]), least)
        over = self.strips(clear_boxes(slide, words), least)
        found = clear or over
        if found is None:
            return self.head(Box(slide.left, slide.top, slide.width, least))
        return replace(found, height=min(high, found.height))

    def head(self, strip: Box) -> Box | None:
        """The strip at the head, made clear: what reaches into it begins a little lower."""
        before, stamp = self.layout, self.layout.stamp
        fits = stamp is None or not common(stamp.box, strip)
        for holder in [each for each in before.holders if common(each.box, strip) > 0]:
            box, over = holder.box, strip.bottom - holder.box.top
            fits = fits and box.height * (1 - KEPT) >= over
            if fits:
                self.move(holder, replace(box, top=box.top + over, height=box.height - over))
        if fits:
            return strip
        self.layout = replace(before, lacks=(*before.lacks, "the status band"))
        return None

    def strips(self, rooms: Iterable[Box], least: float) -> Box | None:
        """The highest strip over the slide's width; where there is none, the widest room."""
        slide = self.sheet.slide
        fits = [room for room in rooms if room.height >= least and room.width >= 0.4 * slide.width]
        return min(
            fits, key=lambda r: (r.width < 0.98 * slide.width, r.top, -r.width), default=None
        )

    def ornaments(self) -> Iterator[Thing]:
        return (thing for thing in self.things if not is_ground(thing, self.sheet.slide))


def _solid(name: str) -> str:
    return f'<a:solidFill><a:schemeClr val="{name}"/></a:solidFill>'
