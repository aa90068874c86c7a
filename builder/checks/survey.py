"""What a theme makes of its master deck, for people: roles, contrasts, fonts, and a specimen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from builder.artifacts.deck.fit.metrics import Fonts, fonts_of
from builder.artifacts.deck.marks import Marks, marks_of
from builder.artifacts.deck.master import read_master
from builder.artifacts.deck.master.model import (
    CONTENT,
    TEXTS,
    TITLES,
    Choice,
    Holder,
    Layout,
    Master,
)
from builder.artifacts.deck.master.opening import inspect_master, place_of_master
from builder.artifacts.deck.specimen import specimen, specimen_stamp
from builder.artifacts.deck.style import Box
from builder.artifacts.deck.tokens import read_tokens
from builder.checks.theme import check_theme
from builder.contrast import contrast, needed
from builder.problems import Place, Problem, Problems, Rejected
from builder.theme import Theme

WORDS = {"title": TITLES, "text": TEXTS, "footer": ("ftr",)}
"""What is looked at on each layout, by the types of its placeholders."""
BESIDES = ("text-shrunk", "text-continued")
"""What is noted of every deck, and says nothing of a theme."""


@dataclass(frozen=True, slots=True)
class Legibility:
    """How well the words of a placeholder stand out."""

    layout: str
    what: str
    """`title`, `text` or `footer`."""
    ink: str
    """Six digits, or empty where they cannot be told."""
    grounds: tuple[str, ...]
    """What is behind; an empty one is a picture or a pattern."""
    ratio: float | None
    """The least contrast; None where it cannot be told."""
    needed: float
    instead: str = ""

    @property
    def low(self) -> bool:
        """Whether it is less than it must be, and nothing is done about it."""
        return self.ratio is not None and self.ratio < self.needed and not self.instead


@dataclass(frozen=True, slots=True)
class Font:
    """A font that the master deck names, and how its words are measured."""

    family: str
    file: str
    """The file with its widths; empty where they are unknown."""


@dataclass(frozen=True, slots=True)
class Survey:
    """All that can be said of a theme's deck."""

    theme: str
    master: str
    """The master deck's file."""
    size: tuple[float, float]
    """Width and height of a slide in inches."""
    roles: tuple[Choice, ...]
    legibility: tuple[Legibility, ...]
    fonts: tuple[Font, ...]
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]
    specimen: bytes | None
    """The specimen deck; None where it cannot be made."""


def survey(theme: Theme) -> Survey:
    """Look at a theme, and make its specimen; never raises for a theme that is wrong."""
    problems = Problems()
    try:
        problems.extend(check_theme(theme))
        file = place_of_master(theme)
        problems.extend(inspect_master(theme))
        master, fonts = read_master(theme, read_tokens(theme)), fonts_of(theme)
    except Rejected as rejected:
        problems.extend(rejected.problems)
        return Survey(theme.name, "", (0.0, 0.0), (), (), (), (), problems.ordered(), None)
    legibility = tuple(_legibility(master))
    data = _specimen(theme, problems)
    problems.extend(_too_low(legibility, file))
    return Survey(
        theme=theme.name,
        master=file.path,
        size=(round(master.width / 72, 2), round(master.height / 72, 2)),
        roles=tuple(_placed(master, fonts, file)),
        legibility=legibility,
        fonts=tuple(_fonts(master, fonts)),
        notes=tuple(_notes(master)),
        problems=problems.ordered(),
        specimen=data,
    )


def _placed(master: Master, fonts: Fonts, place: Place) -> Iterator[Choice]:
    """The choices, each with where stamp and band stand, if the theme does not state it."""
    if master.tokens.band is not None:
        yield from master.choices
        return
    try:
        marks = marks_of(specimen_stamp(), fonts, master, _used(master), place.path)
    except Rejected:  # told of the specimen
        yield from master.choices
        return
    for choice in master.choices:
        where = _where(master.layout(choice.role), marks, master.height)
        told = "; ".join(filter(None, (choice.instead, where)))
        yield replace(choice, instead=told)


def _where(layout: Layout, marks: Marks, height: float) -> str:
    at = "in the footer"
    if layout.stamp and layout.position in marks.spotted:
        at = _height(layout.stamp.box, height)
    band = f", status band {_height(layout.band, height)}" if layout.band else ""
    return f"stamp {at} in {marks.stamp_size(layout):g} pt{band}"


def _height(box: Box, height: float) -> str:
    """Where a strip is, in words."""
    middle = (box.top + box.height / 2) / height
    return "at the head" if middle < 0.2 else "at the foot" if middle > 0.8 else "in the middle"


def _specimen(theme: Theme, problems: Problems) -> bytes | None:
    try:
        made = specimen(theme)
    except Rejected as rejected:
        problems.extend(each for each in rejected.problems if each.code not in BESIDES)
        return None
    problems.extend(each for each in made.problems if each.code not in BESIDES)
    return made.data


def _used(master: Master) -> Iterator[Layout]:
    """The layouts that slides take, each once."""
    yield from {layout.position: layout for layout in master.layouts.values()}.values()


def _legibility(master: Master) -> Iterator[Legibility]:
    for layout in _used(master):
        for what, kinds in WORDS.items():
            holder = layout.first(*kinds)
            if holder:
                yield _legible(layout, what, holder)


def _legible(layout: Layout, what: str, holder: Holder) -> Legibility:
    level = holder.style.levels[0]
    least = needed(level.size, level.bold)
    known = [ground for ground in holder.ground if ground and holder.ink]
    ratio = min((contrast(holder.ink, ground) for ground in known), default=None)
    if len(known) < len(holder.ground):
        ratio = None
    ground = " and ground" if holder.paper else ""
    instead = f"it gets a colour{ground} that stands out" if holder.plain else ""
    remedy = layout.remedy(what)
    if remedy:
        ratio, least, instead = remedy.ratio, remedy.needed, remedy.done
    return Legibility(layout.name, what, holder.ink, holder.ground, ratio, least, instead)


def _too_low(found: tuple[Legibility, ...], place: Place) -> Iterator[Problem]:
    for each in found:
        if each.low:
            message = (
                f"The {each.what} of the layout “{each.layout}” has a contrast of "
                f"{each.ratio:.1f}; {each.needed} is needed."
            )
            hint = "Change its colour in the master deck, or map another layout in [layouts]."
            yield Problem("contrast-low", message, place, hint)


def _fonts(master: Master, fonts: Fonts) -> Iterator[Font]:
    styles = (holder.style for layout in _used(master) for holder in layout.holders)
    for family in dict.fromkeys(style.family for style in styles):
        yield Font(family, fonts.known(family) or "")


def _notes(master: Master) -> Iterator[str]:
    """What else is done otherwise than the theme or the master says."""
    yield from master.notes
    boxes = [layout.name for layout in _used(master) if not layout.first("ftr")]
    if boxes:
        yield f"No footer on {_named(boxes)}: the stamp is a text box clear of everything else."
    shortened = [layout.name for layout in _used(master) if layout.moved]
    if shortened:
        yield f"On {_named(shortened)} placeholders give way to stamp, band or ornaments."
    if master.tokens.band is None:
        yield "theme.toml states no [band] for this master: the status band goes where it is clear."
        yield "The deck has the master's colours; leaflet and page follow [colours] of theme.toml."
    if master.tokens.scale > 1:
        yield f"The slides are large: all sizes of the theme count {master.tokens.scale:.1f} times."
    if not master.palette.links:
        yield "Links cannot be read in the master's colour for them: they keep that of the text."
    own = master.layouts[CONTENT].master
    others = {layout.master for layout in master.every} - {own}
    if others:
        yield f"The file has {len(others) + 1} masters: the one with most of the roles is used."


def _named(names: list[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
