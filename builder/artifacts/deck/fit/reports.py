"""What is told of each slide: what could not be done, and what was done to make it fit."""

from __future__ import annotations

from dataclasses import dataclass

from builder.artifacts.deck.fit.grid import size_of
from builder.artifacts.deck.fit.plan import COVERS, YIELDING, Plan, Planner
from builder.artifacts.deck.fit.ruler import Overflow
from builder.artifacts.deck.master.geometry import area
from builder.artifacts.deck.master.model import CONTENT, TEXTS
from builder.artifacts.deck.master.roles import ROLES
from builder.artifacts.deck.records import Slide, Table, Words, plain
from builder.artifacts.deck.tokens import Tokens
from builder.fields import nearest
from builder.problems import Place, Problems

SUITED = {
    "title": "It takes a few words.",
    "section": "It takes a few words: leave the layout out, or write a # heading before it.",
    "two-columns": "It takes ::: columns with two columns, and nothing beside them.",
    "table": "It takes one table, and nothing beside it.",
    "picture": "It takes one picture, and no words but its caption.",
    "text-and-picture": "It takes words and one picture, less than twice as wide as high.",
}
"""What a role is there for."""
SHOWN = 60
"""Characters of a title that a message quotes."""


@dataclass(frozen=True)
class Reporter:
    """Notes problems at the lines of slides."""

    path: str
    problems: Problems
    tokens: Tokens

    def overflows(self, slide: Slide, overflow: Overflow) -> None:
        """Something does not fit on a slide of its own."""
        message = "This does not fit on a slide of its own, even at the smallest size."
        hint = overflow.hint or "Shorten it, or divide it."
        self.problems.add(
            "text-overflows", message, Place(self.path, overflow.line or slide.line), hint
        )

    def tell(self, slide: Slide, planner: Planner, plan: Plan, step: int, count: int) -> None:
        """What became of a slide: its layout, its size, its number of slides.

        Slides that the theme's template makes by itself have no line, and are not told of.
        """
        self._layout(slide, planner, plan)
        place = Place(self.path, slide.line)
        title = _title(slide)
        if count > 1 and slide.keep:
            message = f"{title} needs {count} slides, and must not continue."
            hint = "Shorten it, or let it continue: take {.keep} away."
            self.problems.add("text-overflows", message, place, hint)
        elif count > 1 and plan.role == "title":
            message = "The title slide does not hold its words: the declaration must come second."
            hint = "Shorten the title, the audience or the publisher in module.yaml."
            self.problems.add("text-overflows", message, place, hint)
        elif count > 1 and slide.line:
            further = "1 further slide" if count == 2 else f"{count - 1} further slides"
            self.problems.add("text-continued", f"{title} continues on {further}.", place)
        for what, before, after in self._sizes(plan, step) if slide.line else ():
            message = f"{title}: {what} from {before:g} to {after:g} pt to fit."
            self.problems.add("text-shrunk", message, place)

    def _layout(self, slide: Slide, planner: Planner, plan: Plan) -> None:
        """A layout that does not exist, or that does not suit what the slide holds."""
        asked, place = slide.layout, Place(self.path, slide.line)
        if not asked or asked in (plan.role, plan.layout.name):
            message, hint = _amiss(slide, plan) if asked else ("", "")
            if message:
                self.problems.add("layout-unsuited", message, place, hint)
            return
        known_role = asked in planner.master.layouts and asked not in YIELDING
        if known_role or planner.named(asked):
            message = f"What stands on {_title(slide)} does not suit the layout “{asked}”."
            hint = f"It is set as “{plan.role}”. {SUITED.get(asked, '')}".rstrip()
            self.problems.add("layout-unsuited", message, place, hint)
        elif asked not in ROLES:
            known = (*planner.master.layouts, *(each.name for each in planner.master.every))
            hint = f"{nearest(asked, known)} Layouts: {planner.master.candidates}.".lstrip()
            message = f"The master deck has no layout “{asked}”."
            self.problems.add("layout-unknown", message, place, hint)

    def _sizes(self, plan: Plan, step: int) -> list[tuple[str, float, float]]:
        """What was shrunk, from which size to which."""
        sizes: list[tuple[str, float, float]] = []
        tables = [b for s in plan.streams for b in s.blocks if isinstance(b, Table)]
        others = [b for s in plan.streams for b in s.blocks if not isinstance(b, Table)]
        style = plan.streams[0].first.style
        own = style.levels[0].size
        if step and others:
            sizes.append(("shrunk", own, max(min(own, style.floor), own - step)))
        most = max((max(step, table.shrink) for table in tables), default=0)
        if size_of(self.tokens, most) < self.tokens.table:
            sizes.append(("table shrunk", self.tokens.table, size_of(self.tokens, most)))
        return sizes


def _amiss(slide: Slide, plan: Plan) -> tuple[str, str]:
    """What is wrong with a layout that a slide got as it asked, and what to do; mostly nothing."""
    blocks = [block for stream in plan.streams for block in stream.blocks]
    own = slide.part.split() != plain(slide.title).split()  # a part's own slide holds its title
    if plan.role in COVERS and own and not all(isinstance(each, Words) for each in blocks):
        message = (
            f"The layout “{slide.layout}” holds words alone: the rest of {_title(slide)} follows."
        )
        return message, SUITED[plan.role]
    if slide.layout == plan.layout.name and plan.role == CONTENT and _is_half_empty(plan):
        message = f"{_title(slide)} fills one place of several on the layout “{slide.layout}”."
        return (
            message,
            "Fill all, as with ::: columns and a picture, or take a layout of one place.",
        )
    return "", ""


def _is_half_empty(plan: Plan) -> bool:
    """Whether a place is left that is half as large as the one that is filled, or larger."""
    texts = plan.layout.all(*TEXTS)
    others = (*texts[1:], *plan.layout.all("pic"))
    return any(area(each.box) >= area(texts[0].box) / 2 for each in others if texts)


def _title(slide: Slide) -> str:
    """The title as a message quotes it."""
    words = plain(slide.title) or slide.identity
    return f"“{words[:SHOWN]}…”" if len(words) > SHOWN else f"“{words}”"
