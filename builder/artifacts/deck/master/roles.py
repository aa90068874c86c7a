"""Which layout serves which role: as the theme maps them, else by type, placeholders and places.

Names never decide: they are in any language. The type of a layout counts where the file says one,
and an institution's layouts are found by what stands where on them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeAlias

from builder.artifacts.deck.master.geometry import area, common, right
from builder.artifacts.deck.master.model import CONTENT, TEXTS, TITLES, Choice, Holder, Layout
from builder.artifacts.deck.style import Box
from builder.contrast import ENOUGH_LARGE, contrast

ROLES = (
    *("title", "about", "disclosure", "objectives", "section", "content", "two-columns"),
    *("table", "picture", "text-and-picture", "question", "answer", "references", "closing"),
)
PLAIN = ("about", "disclosure", "objectives", "question", "answer", "references", "closing")
"""Roles that are content with a look of their own, if the theme says which."""
LARGE, SMALL = 0.2, 0.02
"""The part of a slide from which a text is a main one, and from which it is more than a label."""
FEW = 6
"""Layouts that a hint names at most."""
ALIKE = 0.2
"""By which part of their size two columns may differ."""
PICTURES, OTHERS = ("pic",), ("chart", "dgm", "media", "clipArt")

Score: TypeAlias = tuple[float, str]
"""How well a layout serves, and why; 0 where it does not."""
NONE: Score = (0.0, "")


@dataclass(frozen=True, slots=True)
class Shape:
    """A layout as the scores see it; areas are parts of the slide's."""

    layout: Layout
    slide: Box
    """The whole slide."""

    def part(self, holder: Holder) -> float:
        """The part of the slide that a placeholder takes."""
        return area(holder.box) / area(self.slide)

    @property
    def mains(self) -> tuple[Holder, ...]:
        """The main texts, largest first."""
        return tuple(h for h in self.layout.all(*TEXTS) if self.part(h) >= LARGE)

    @property
    def smalls(self) -> tuple[Holder, ...]:
        """The texts that are neither main ones nor labels."""
        texts = self.layout.all(*TEXTS)
        return tuple(h for h in texts if SMALL <= self.part(h) < LARGE)

    @property
    def title(self) -> Holder | None:
        """The title, unless it was we who added it."""
        found = self.layout.first(*TITLES)
        return None if found in self.layout.added else found

    def others(self, *kinds: str) -> tuple[Holder, ...]:
        """Placeholders of types, the largest first, none of them tiny."""
        return tuple(h for h in self.layout.all(*kinds) if self.part(h) >= SMALL)


def title_score(seen: Shape) -> Score:
    """A cover: its type, or a title in the middle of the slide with a line below."""
    title = seen.title if seen.layout.first(*TEXTS) else None
    if seen.layout.kind == "title" and title:
        return 3.0 - 0.5 * len(seen.others(*PICTURES)), "marked as a title slide"
    if title is None:
        return NONE
    centred = title.kind == "ctrTitle"
    if centred:
        return 2.0, "has a centred title"
    if (
        seen.mains
        or seen.others("tbl", *PICTURES, *OTHERS)
        or not _in_the_middle(title.box, seen.slide)
    ):
        return NONE
    words = " and a line of text" if seen.smalls else ""
    return 1.0 + bool(seen.smalls) * 0.5, f"has its title in the middle{words}"


def section_score(seen: Shape) -> Score:
    """A section's heading: its type, or a title in the middle that is not the cover's."""
    if seen.layout.kind == "secHead" and seen.title and seen.layout.first(*TEXTS):
        return 3.0, "marked as a section header"
    score, reason = title_score(seen)
    return (score * 0.5, reason) if seen.layout.kind != "title" else (score * 0.2, reason)


def content_score(seen: Shape) -> Score:
    """A title above one large text."""
    if len(seen.mains) == 0:
        return NONE
    text, title = seen.mains[0], seen.layout.first(*TITLES)
    own = text not in seen.layout.added
    score = seen.part(text) + 0.1
    score += {"obj": 1.0, "tx": 0.8}.get(seen.layout.kind, 0.0) if len(seen.mains) == 1 else 0.0
    score -= 0.5 * (len(seen.mains) - 1) + 0.15 * len(seen.smalls)
    score -= 0.4 * len(seen.others("tbl", *PICTURES, *OTHERS)) + 0.6 * (not own)
    score -= 0.5 * (seen.layout.kind in ("title", "secHead")) + 0.3 * (seen.title is None)
    score -= 0.5 * (title is not None and title.box.bottom > text.box.top + 0.1 * text.box.height)
    score -= 0.8 * (_legibility(text) < ENOUGH_LARGE)
    reason = (
        "marked as title and content" if seen.layout.kind == "obj" else "a title and one large text"
    )
    return max(score + 2.0, 0.01), reason if own else "the most room for a text of our own"


def columns_score(seen: Shape) -> Score:
    """Two texts of one size beside each other."""
    if len(seen.mains) != 2 or not seen.layout.first(*TITLES):
        return NONE
    if not _abreast(*(holder.box for holder in seen.mains)):
        return NONE
    score = 2.0 + (seen.layout.kind == "twoObj") - 0.3 * len(seen.smalls)
    score -= 0.3 * len(seen.others("tbl", *PICTURES, *OTHERS))
    return max(score, 0.1), "two like texts side by side"


def table_score(seen: Shape) -> Score:
    """A title and a large place for a table."""
    tables = [h for h in seen.others("tbl") if seen.part(h) >= LARGE]
    if not tables or not seen.layout.first(*TITLES):
        return NONE
    return 1.0 + seen.part(tables[0]) - 0.3 * len(seen.mains), "a placeholder for a table"


def picture_score(seen: Shape) -> Score:
    """A title, one large picture, and perhaps a caption below."""
    pictures = seen.others(*PICTURES)
    title = seen.layout.first(*TITLES)
    if len(pictures) != 1 or title is None or seen.part(pictures[0]) < LARGE:
        return NONE
    box, texts = pictures[0].box, seen.layout.all(*TEXTS)
    below = all(text.box.top >= box.bottom - 0.05 * box.height for text in texts)
    if not below or common(title.box, box) > 0.02 * area(title.box):
        return NONE
    return 1.0 + seen.part(pictures[0]), "a placeholder for a picture"


def beside_score(seen: Shape) -> Score:
    """A text beside a picture; two like columns do as well."""
    pictures, texts = seen.others(*PICTURES), (*seen.mains, *seen.smalls)
    if len(pictures) == 1 and len(texts) == 1 and seen.layout.first(*TITLES):
        apart = _apart(pictures[0].box, texts[0].box)
        roomy = seen.part(texts[0]) >= 0.12 and seen.part(pictures[0]) >= 0.12
        if apart and roomy and texts[0] not in seen.layout.added:
            return 2.0, "a text beside a picture"
    score, reason = columns_score(seen)
    return score * 0.2, reason


SCORES: dict[str, Callable[[Shape], Score]] = {
    "title": title_score,
    "section": section_score,
    "content": content_score,
    "two-columns": columns_score,
    "table": table_score,
    "picture": picture_score,
    "text-and-picture": beside_score,
}
INSTEAD = {
    "title": "no cover: the title slide looks like content",
    "section": "no heading of sections: they look like content",
    "two-columns": "no two texts side by side: columns are put into the text's place",
    "table": "no placeholder for a table: it is put into the text's place",
    "picture": "no placeholder for a large picture: it is put into the text's place",
    "text-and-picture": "no place for both: the picture is put among the text",
}


@dataclass(frozen=True)
class Roles:
    """The layouts by role, and why; `failed` names what cannot be served."""

    layouts: dict[str, Layout]
    choices: tuple[Choice, ...]
    failed: tuple[Choice, ...] = ()


def assigned(layouts: Sequence[Layout], slide: Box, mapping: Mapping[str, str]) -> Roles:
    """The layout of each role, all of one master where its layouts serve.

    Args:
        layouts: all layouts of all masters, completed.
        slide: the whole slide.
        mapping: names of layouts by role, as the theme states them.
    """
    masters = dict.fromkeys(layout.master for layout in layouts)
    found = [_assigned(_of(layouts, master), layouts, slide, mapping) for master in masters]
    if not found:
        return Roles({}, (), (Choice(CONTENT, "", "the master deck has no layouts"),))
    return max(found, key=_fitness)


def _fitness(roles: Roles) -> tuple[bool, int, int]:
    """Whether a master serves, how many roles do with its layouts as they are, and how many do."""
    untouched = sum(not layout.moved for layout in roles.layouts.values())
    return not roles.failed, untouched, len(roles.layouts)


def _of(layouts: Sequence[Layout], master: int) -> list[Layout]:
    return [layout for layout in layouts if layout.master == master]


def _assigned(
    own: Sequence[Layout], every: Sequence[Layout], slide: Box, mapping: Mapping[str, str]
) -> Roles:
    chosen: dict[str, Layout] = {}
    choices: dict[str, Choice] = {}
    failed = []
    for role, name in mapping.items():
        found = next((each for each in (*own, *every) if each.name == name), None)
        if found is None or found.lacks:
            why = f"has no layout “{name}”" if found is None else f"“{name}” {_no_room(found)}"
            failed.append(
                Choice(
                    role,
                    name,
                    f"theme.toml maps it, but the master deck {why}"
                    if found is None
                    else f"theme.toml maps it, but {why}",
                )
            )
            continue
        chosen[role], choices[role] = (
            found,
            Choice(role, name, "mapped in theme.toml", _added(found)),
        )
    free = [Shape(layout, slide) for layout in own if not layout.lacks]
    for role in (CONTENT, *(role for role in ROLES if role != CONTENT)):
        if role in chosen or any(each.role == role for each in failed):
            continue
        layout, choice = _chosen(role, free, chosen)
        choices[role] = choice
        if layout:
            chosen[role] = layout
    if CONTENT not in chosen and not failed:
        failed.append(Choice(CONTENT, "", "no layout has room for a title, a text and the stamp"))
    listed = (*ROLES, *(role for role in mapping if role not in ROLES))
    return Roles(chosen, tuple(choices[role] for role in listed if role in choices), tuple(failed))


def _chosen(
    role: str, shapes: Iterable[Shape], chosen: Mapping[str, Layout]
) -> tuple[Layout | None, Choice]:
    """The best layout for a role; None where slides of the role look like content."""
    content = chosen.get(CONTENT)
    plain = content.name if content else ""
    if role in PLAIN:
        return None, Choice(role, plain, "looks like content; [layouts] can name another")
    scored = [(SCORES[role](shape), shape.layout) for shape in shapes]
    if role == "section" and "title" in chosen:
        scored = [
            ((score * (0.1 if layout is chosen["title"] else 1), why), layout)
            for (score, why), layout in scored
        ]
    (score, reason), layout = max(scored, key=lambda each: each[0][0], default=(NONE, None))
    if not score or layout is None:
        return None, Choice(role, plain, "looks like content", INSTEAD.get(role, ""))
    if role == "section" and layout is chosen.get("title"):
        reason = f"no heading of sections; {reason}"
    return layout, Choice(role, layout.name, reason, _added(layout))


def _added(layout: Layout) -> str:
    """What our copy of a layout gets."""
    words = []
    for holder in layout.added:
        what = "title" if holder.kind in TITLES else "text"
        words.append(f"no {what}: one is added in the clear room")
    if layout.moved:
        words.append("placeholders give way to stamp, band or ornaments")
    if layout.small:
        words.append("text of {:g} pt: {:g} pt is written".format(*layout.small))
    if layout.first("ftr") is None:
        words.append("no footer: the stamp is a text box")
    return "; ".join(words)


def _no_room(layout: Layout) -> str:
    return f"has no room for {' and '.join(layout.lacks)}"


def failures(layouts: Iterable[Layout]) -> str:
    """Why layouts fail, for a hint: the few that lack least come first."""
    ranked = sorted(layouts, key=lambda layout: len(layout.lacks))
    told = dict.fromkeys(f"“{layout.name}” {_no_room(layout)}" for layout in ranked if layout.lacks)
    return "; ".join(list(told)[:FEW])


def candidates(layouts: Iterable[Layout], wanted: str) -> str:
    """The names of layouts that would do, those most like a wanted one first, for a hint."""
    names = dict.fromkeys(layout.name for layout in layouts if not layout.lacks)
    likeness = lambda name: -SequenceMatcher(None, name.lower(), wanted.lower()).ratio()  # noqa: E731
    return ", ".join(f"“{name}”" for name in sorted(names, key=likeness)[:FEW])


def _legibility(holder: Holder) -> float:
    """The contrast of a placeholder's words; the most where it cannot be told."""
    known = [contrast(holder.ink, each) for each in holder.ground if each and holder.ink]
    return min(known, default=21.0)


def _in_the_middle(box: Box, slide: Box) -> bool:
    middle = (box.top + box.height / 2) / slide.height
    return 0.25 <= middle <= 0.8


def _abreast(one: Box, other: Box) -> bool:
    """Whether two rectangles of about one size stand side by side."""
    alike = abs(one.width - other.width) <= ALIKE * max(one.width, other.width)
    alike = alike and abs(one.height - other.height) <= ALIKE * max(one.height, other.height)
    level = abs(one.top - other.top) <= ALIKE * max(one.height, other.height)
    return alike and level and _apart(one, other)


def _apart(one: Box, other: Box) -> bool:
    """Whether two rectangles stand side by side without sharing anything."""
    first, second = sorted((one, other), key=lambda box: box.left)
    beside = second.left >= right(first) - 0.03 * first.width
    return beside and min(one.bottom, other.bottom) > max(one.top, other.top)
