"""What a master deck offers, as plain data: its layouts by role, and their placeholders."""

from __future__ import annotations

from dataclasses import dataclass, field

from builder.artifacts.deck.master.canvas import Scene
from builder.artifacts.deck.master.palette import Palette
from builder.artifacts.deck.style import Box, Style
from builder.artifacts.deck.tokens import Tokens

TITLES, TEXTS = ("title", "ctrTitle"), ("body", "obj", "subTitle")
CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Holder:
    """One placeholder of a layout."""

    kind: str
    """Its type as the file says it: `title`, `body`, `obj`, `pic`, `ftr` …"""
    index: int
    size: str
    box: Box
    inner: Box
    """Where its text stands: the box without the insets."""
    style: Style
    ink: str = ""
    """Six digits of its words; empty where they cannot be told."""
    ground: tuple[str, ...] = ()
    """The colours behind it, each six digits; an empty one is what cannot be told."""
    plain: str = ""
    """The name in the scheme of a colour that can be read there, for footers that cannot."""
    paper: str = ""
    """The name of the ground that a footer's words get, where no colour can be read on its own."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A clear place for words that the layout has no placeholder for, or too small a one."""

    box: Box
    style: Style
    ink: str
    """The words' colour as DrawingML."""
    fill: str = ""
    """The ground that is painted behind them, as DrawingML, where there is a picture."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A plain ground that our copy of a layout puts behind words on a busy picture."""

    box: Box
    paint: str
    """A name in the scheme."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """What our copy of a layout does about words that could not be read."""

    what: str
    """`title` or `text`."""
    ratio: float | None
    """The contrast as the master has it; None where it cannot be told."""
    needed: float
    inked: bool
    """Whether the words get another colour of the scheme."""
    panelled: bool
    """Whether they get a panel behind them."""
    due: bool = True
    """Whether they need it; others get a panel because the text beside them does."""
    shapes: tuple[str, ...] = ()
    """The names of what is in the way."""

    @property
    def fault(self) -> str:
        """What is wrong, in words that follow `the text of the layout`."""
        names = " and ".join(f"“{name}”" for name in self.shapes)
        if self.ratio is None:
            return f"stands on {names or 'something'}, which cannot be judged"
        on = f" on {names}" if names else ""
        return f"has a contrast of {self.ratio:.1f} to 1{on} where {self.needed:g} to 1 is needed"

    @property
    def done(self) -> str:
        """What is done about it, in words."""
        panel = "it gets a plain panel behind it" if self.panelled else ""
        ink = "it is written in another colour of the scheme" if self.inked else ""
        return " and ".join(filter(None, (panel, ink)))


@dataclass(frozen=True, slots=True)
class Layout:
    """A slide layout."""

    name: str
    position: int
    """Its place among all layouts of all masters."""
    holders: tuple[Holder, ...]
    kind: str = ""
    """Its type as the file says it: `title`, `obj`, `twoObj` …; many say none."""
    master: int = 0
    """The number of its master, counted from 0."""
    added: tuple[Holder, ...] = ()
    """The placeholders among `holders` that the layout lacked; our copy of it gets them."""
    moved: tuple[Holder, ...] = ()
    """The placeholders among `holders` that are smaller in our copy: for the stamp, or to fit."""
    inked: tuple[Holder, ...] = ()
    """The placeholders among `holders` whose words have another colour in our copy."""
    raised: tuple[Holder, ...] = ()
    """The placeholders among `holders` whose words are larger in our copy."""
    small: tuple[float, float] | None = None
    """The size of their smallest words in the master deck, and in our copy."""
    panels: tuple[Panel, ...] = ()
    """What our copy puts behind words."""
    remedies: tuple[Remedy, ...] = ()
    """Why it does so."""
    stamp: Spot | None = None
    """Where the stamp stands if there is no footer placeholder that holds it."""
    band: Box | None = None
    """Where the status band stands."""
    lacks: tuple[str, ...] = ()
    """What it lacks and has no room for: `a title`, `the stamp` …"""
    scene: Scene | None = field(default=None, compare=False, repr=False)
    """What is behind the words, our panels included."""

    def ground(self, box: Box) -> tuple[str, ...]:
        """The colours behind a rectangle; an empty one is what cannot be told."""
        return self.scene.ground(box) if self.scene else ()

    def remedy(self, what: str) -> Remedy | None:
        """What is done about the least legible `title` or `text`; None where all can be read."""
        found = (each for each in self.remedies if each.what == what)
        return min(found, key=lambda each: each.ratio or 0.0, default=None)

    def first(self, *kinds: str) -> Holder | None:
        """The first placeholder of these types."""
        return next((holder for holder in self.holders if holder.kind in kinds), None)

    def all(self, *kinds: str) -> tuple[Holder, ...]:
        """The placeholders of these types, the largest first."""
        found = [holder for holder in self.holders if holder.kind in kinds]
        return tuple(sorted(found, key=lambda h: -h.box.width * h.box.height))

    def at(self, index: int | None) -> Holder | None:
        """The placeholder that a frame fills; titles and footers are filled otherwise."""
        others = (*TITLES, "dt", "ftr", "sldNum")
        found = (h for h in self.holders if h.kind not in others and h.index == index)
        return next(found, None)

    @property
    def title(self) -> Holder:
        """The placeholder of the title; each layout in use has one."""
        return next(holder for holder in self.holders if holder.kind in TITLES)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which layout serves a role, and why."""

    role: str
    layout: str
    """The layout's name; empty where none serves."""
    reason: str
    instead: str = ""
    """What is missing, and what is done instead."""


@dataclass(frozen=True, slots=True)
class Master:
    """The layouts by role, and the colours that have a place in the master's scheme."""

    layouts: dict[str, Layout]
    scheme: dict[str, str]
    """Six digits of a colour -> its name in the scheme."""
    width: float
    """Of a slide, in points."""
    height: float
    tokens: Tokens
    """The theme's sizes, for slides of this size."""
    palette: Palette
    """What is drawn beside the placeholders, in the master's colours."""
    every: tuple[Layout, ...] = ()
    """All layouts of all masters."""
    choices: tuple[Choice, ...] = ()
    """All roles, for people."""
    notes: tuple[str, ...] = field(default=())
    """What else is done otherwise than the theme says."""
    scripts: frozenset[str] = frozenset()
    """The kinds of script, `ea` and `cs`, for which the master names fonts itself."""
    turned: bool = False
    """Whether text in no placeholder, as in tables, may run from right to left."""

    def layout(self, role: str) -> Layout:
        """The layout of a role; roles that the theme does not tell apart look like content."""
        return self.layouts.get(role) or self.layouts[CONTENT]

    def named(self, name: str) -> Layout | None:
        """A layout by the name that PowerPoint shows, for slides that ask for it.

        None where there is none, or where it has no room for a title and the stamp; `candidates`
        tells the others.
        """
        own = self.layouts[CONTENT].master
        found = [layout for layout in self.every if layout.name == name and not layout.lacks]
        return min(found, key=lambda layout: layout.master != own, default=None)

    @property
    def candidates(self) -> str:
        """The names that `named` knows, for a hint."""
        return ", ".join(dict.fromkeys(each.name for each in self.every if not each.lacks))
