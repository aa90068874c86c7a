"""Words of a master deck that could not be read on their ground: what our copy does about them.

What a master's own colours do wrong is no fault of who writes a text, so it is no error. Where a
colour of the scheme can be read on all of the ground, the words get it; on a busy picture, where
none can, a plain panel is put behind them. Both are done in our copy of the layout, so that slides
added later in PowerPoint are legible too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from builder.artifacts.deck.master.canvas import Scene
from builder.artifacts.deck.master.colours import Colours
from builder.artifacts.deck.master.enlarging import told as small_told
from builder.artifacts.deck.master.geometry import common, within
from builder.artifacts.deck.master.layouts import Sheet
from builder.artifacts.deck.master.model import TEXTS, TITLES, Holder, Layout, Panel, Remedy
from builder.artifacts.deck.master.shapes import Paint, Thing
from builder.artifacts.deck.master.textstyle import ink_of, inks_of, lists_in, repainted
from builder.artifacts.deck.style import Style
from builder.contrast import ENOUGH, contrast, luminance, needed
from builder.problems import Place, Problem

NAMES = ("tx1", "bg1", "tx2", "bg2")
"""The scheme's colours for words and panels; the first that does is taken."""
BUSY = 3
"""From more colours than these on, a ground is a picture or a gradient, not one paint or two."""
FOOTERS = ("dt", "ftr", "sldNum")
RIM = 6.0
"""Points by which a panel is larger than an area whose text begins at its edge."""


def legible(layout: Layout, sheet: Sheet) -> Layout:
    """A layout whose titles and texts can be read.

    How much contrast words need depends on their size (WCAG 2.2, 1.4.3), as far as they may be
    shrunk. Captions and notes are looked at where they are drawn.
    """
    bare = layout
    for holder in bare.all(*TITLES, *TEXTS):
        layout = _mended(layout, holder, sheet)
    texts = [each for each in layout.remedies if each.what == "text"]
    if len(bare.all(*TEXTS)) > len(texts) > 0 and any(each.panelled for each in texts):
        return _panelled(bare, sheet)
    return _grounded(layout, sheet)


def _panelled(layout: Layout, sheet: Sheet) -> Layout:
    """A layout with panels behind all its texts: one text among several would look like a slip."""
    for holder in layout.all(*TITLES, *TEXTS):
        layout = _mended(layout, holder, sheet, holder.kind not in TITLES)
    return _grounded(layout, sheet)


def _grounded(layout: Layout, sheet: Sheet) -> Layout:
    """A layout that knows its panels as a ground."""
    found = ((each.box, sheet.colours.named(each.paint)) for each in layout.panels)
    panels = tuple(Thing(box, (paint,)) for box, paint in found)
    scene = replace(sheet.scene, panels=panels) if panels else sheet.scene
    holders = tuple(_footer(each, sheet, scene) for each in layout.holders)
    return replace(layout, holders=holders, scene=scene)


def _footer(holder: Holder, sheet: Sheet, scene: Scene) -> Holder:
    """A footer with a colour for words that cannot be read there in the master's."""
    if holder.kind in FOOTERS and scene is not sheet.scene:
        holder = replace(holder, ground=scene.ground(holder.box))
    unread = not holder.ink or least_contrast(holder.ink, holder.ground) < ENOUGH
    if holder.kind not in FOOTERS or not (unread or not all(holder.ground)):
        return holder
    name = readable(sheet.colours, holder.ground)
    best = least_contrast(sheet.colours.named(name), holder.ground)
    if all(holder.ground) and best >= ENOUGH:
        return replace(holder, plain=name)
    paper = paper_on(holder.ground, holder.ink, sheet.colours)
    name = readable(sheet.colours, (sheet.colours.named(paper),))
    return replace(holder, plain=name, paper=paper)


def needed_by(holder: Holder, sheet: Sheet) -> float:
    """The contrast that the words of a placeholder need; on a picture, the most."""
    if len(holder.ground) > BUSY:
        return ENOUGH
    title, levels = holder.kind in TITLES, holder.style.levels[:2]
    if title:
        return needed(min(sheet.tokens.title_floor, levels[0].size), levels[0].bold)
    return needed(min(holder.style.floor, *(level.size for level in levels)), levels[0].bold)


def _mended(layout: Layout, holder: Holder, sheet: Sheet, always: bool = False) -> Layout:
    """A layout with a remedy for a placeholder that needs one; with `always`, a panel anyway."""
    colours, least = sheet.colours, needed_by(holder, sheet)
    used = 1 if holder.kind in TITLES else None  # a title has no further levels
    inks = [ink for ink in inks_of(lists_in(holder.style.xml), colours)[:used] if ink]
    ratio = min((least_contrast(ink, holder.ground) for ink in inks), default=least)
    if ratio >= least and all(holder.ground) and not always:
        return layout
    name, panel = readable(colours, holder.ground), None
    best = least_contrast(colours.named(name), holder.ground)
    if always or best < least or not all(holder.ground):
        panel = _panel(holder, colours, sheet)
        holder_ground: Paint = (colours.named(panel.paint),)
        kept = inks and min(least_contrast(ink, holder_ground) for ink in inks) >= ENOUGH
        name = "" if kept else readable(colours, holder_ground)
    else:
        holder_ground = holder.ground
    new = _inked(replace(holder, ground=holder_ground), name, colours)
    what = "title" if holder.kind in TITLES else "text"
    plain = ratio >= least and all(holder.ground)
    known = ratio if all(holder.ground) else None
    named = _in_the_way(holder, inks, least, sheet)
    remedy = Remedy(what, known, least, bool(name), panel is not None, not plain, named)
    return _swapped(layout, holder, new, remedy, panel)


def _in_the_way(holder: Holder, inks: Iterable[str], least: float, sheet: Sheet) -> tuple[str, ...]:
    """The names of shapes and pictures under a placeholder on which its words cannot be read."""
    under = [each for each in sheet.scene.things if common(each.box, holder.box) > 0]
    wrong = (
        each.name
        for each in under
        if each.paint
        and (not all(each.paint) or any(least_contrast(ink, each.paint) < least for ink in inks))
    )
    return tuple(dict.fromkeys(filter(None, wrong)))


def told(layouts: Iterable[Layout], place: Place) -> Iterator[Problem]:
    """What is done about words of the master deck that could not be read, as warnings.

    Args:
        layouts: those that slides take.
        place: the master deck.
    """
    layouts = tuple(layouts)
    yield from small_told(layouts, place)
    found: dict[tuple[str, str, str], list[str]] = {}
    for layout in {each.position: each for each in layouts}.values():
        for what in ("title", "text"):
            each = layout.remedy(what)
            if each and each.due:
                found.setdefault((what, each.fault, each.done), []).append(layout.name)
    for (what, fault, done), names in found.items():
        one = "layout" if len(names) == 1 else "layouts"
        listed = ", ".join(f"“{name}”" for name in names)
        message = f"The {what} of the {one} {listed} {fault}: {done}."
        yield Problem("deck-legibility", message, place, "Change the colours in the master deck.")


def least_contrast(ink: str, ground: Paint) -> float:
    """The least contrast on any of the known colours of a ground."""
    return min((contrast(ink, each) for each in ground if each and ink), default=21.0)


def readable(colours: Colours, ground: Paint) -> str:
    """The name of the scheme's colour that is read best there; the text's own where it can."""
    known = [name for name in NAMES if colours.named(name)]
    enough = (name for name in known if least_contrast(colours.named(name), ground) >= ENOUGH)
    return next(enough, max(known, key=lambda name: least_contrast(colours.named(name), ground)))


def worded(style: Style, ground: Paint, layout: Layout) -> tuple[Style, str]:
    """A text box's style in a colour that can be read, and the name of a fill where none can."""
    if layout.scene is None or not style.xml:
        return style, ""
    colours = layout.scene.colours
    ink = ink_of(lists_in(style.xml), colours)
    if all(ground) and (not ink or least_contrast(ink, ground) >= ENOUGH):
        return style, ""
    name, fill = readable(colours, ground), ""
    if not all(ground) or least_contrast(colours.named(name), ground) < ENOUGH:
        fill = paper_on(ground, ink, colours)
        name = readable(colours, (colours.named(fill),))
    return replace(style, xml="".join(repainted(lists_in(style.xml), name).xml)), fill


def ground_of_fill(name: str, layout: Layout) -> Paint:
    """The ground that a fill of the scheme's name makes."""
    return (layout.scene.colours.named(name),) if layout.scene else ()


def ink_on(ground: Paint, layout: Layout) -> str:
    """The name in the scheme of the colour for a chart's words."""
    return readable(layout.scene.colours, ground) if layout.scene else NAMES[0]


def paper_on(ground: Paint, ink: str, colours: Colours) -> str:
    """The name of the colour for a plain ground of our own, as light or dark as what it hides.

    Args:
        ground: what it hides.
        ink: six digits of the words on it, which it suits where it can; or nothing.
        colours: of the scheme.
    """
    lights = [luminance(each) for each in ground if each]
    light = sum(lights) / len(lights) if lights else luminance(colours.named("bg1"))

    def rank(name: str) -> tuple[bool, float]:
        digits = colours.named(name)
        return bool(ink) and contrast(ink, digits) < ENOUGH, abs(luminance(digits) - light)

    return min((name for name in ("bg1", "tx1") if colours.named(name)), key=rank)


def _panel(holder: Holder, colours: Colours, sheet: Sheet) -> Panel:
    """A panel behind a placeholder, with some room around its words."""
    box, inner, rim = holder.box, holder.inner, RIM * sheet.tokens.scale
    sides = max(0.0, rim - (inner.left - box.left))
    ends = max(0.0, rim - (inner.top - box.top))
    paint = paper_on(holder.ground, holder.ink, colours)
    return Panel(within(box.inset(-sides, -ends), sheet.slide), paint)


def _inked(holder: Holder, name: str, colours: Colours) -> Holder:
    """A placeholder whose words have the scheme's colour of that name, if there is one."""
    if not name:
        return holder
    lists = repainted(lists_in(holder.style.xml), name)
    style = replace(holder.style, xml="".join(lists.xml))
    return replace(holder, style=style, ink=ink_of(lists, colours))


def _swapped(
    layout: Layout, old: Holder, new: Holder, remedy: Remedy, panel: Panel | None
) -> Layout:
    def swapped(holders: tuple[Holder, ...]) -> tuple[Holder, ...]:
        return tuple(new if each is old else each for each in holders)

    own = old not in layout.added
    return replace(
        layout,
        holders=swapped(layout.holders),
        added=swapped(layout.added),
        moved=swapped(layout.moved),
        inked=(*layout.inked, new) if own and remedy.inked else layout.inked,
        panels=(*layout.panels, panel) if panel else layout.panels,
        remedies=(*layout.remedies, remedy),
    )
