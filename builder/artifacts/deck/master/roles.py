"""Which layout serves which role: as the theme maps them, else by their placeholders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from builder.artifacts.deck.master.model import CONTENT, TEXTS, TITLES, Layout
from builder.artifacts.deck.master.opening import FILE
from builder.problems import Place, Problem, Rejected
from builder.theme import Theme, token

ROLES = (
    *("title", "about", "disclosure", "objectives", "section", "content", "two-columns"),
    *("table", "picture", "text-and-picture", "references", "closing"),
)


def mapping_of(theme: Theme) -> dict[str, str]:
    """The names of the layouts by role; a theme may leave them out."""
    if "layouts" not in theme.tokens:
        return {}
    return dict(token(theme, "layouts", _is_mapping, "a table of roles and names of layouts"))


def _is_mapping(value: Any) -> bool:
    return isinstance(value, Mapping) and all(isinstance(each, str) for each in value.values())


def by_role(layouts: list[Layout], theme: Theme, mapping: Mapping[str, str]) -> dict[str, Layout]:
    """The layout of each role.

    Raises:
        Rejected: a role's layout does not exist, or lacks a placeholder.
    """
    by_name = {layout.name: layout for layout in layouts}
    chosen: dict[str, Layout] = {}
    problems = []
    for role, name in mapping.items():
        if name not in by_name:
            problems.append(_missing(theme, role, f"a layout named “{name}”", by_name))
            continue
        chosen[role] = by_name[name]
    if CONTENT not in chosen and not problems:
        plain = max(layouts, key=_room, default=None)
        if plain is None or not _room(plain):
            problems.append(_missing(theme, CONTENT, "a title and a text", by_name))
        else:
            chosen[CONTENT] = plain
    problems += [
        _missing(theme, role, f"a placeholder for {what} in “{layout.name}”", by_name)
        for role, layout in chosen.items()
        for what in _lacks(role, layout)
    ]
    if problems:
        raise Rejected(*problems)
    return chosen


def _room(layout: Layout) -> float:
    """How much text a layout holds, in square points; none where it has no title or no footer."""
    texts = layout.all(*TEXTS)
    usable = texts and layout.first(*TITLES) and layout.first("ftr")
    return texts[0].box.width * texts[0].box.height if usable else 0.0


def _lacks(role: str, layout: Layout) -> Iterable[str]:
    if not layout.first(*TITLES):
        yield "the title"
    if not layout.first("ftr"):
        yield "the footer, which carries the stamp"
    count = {"two-columns": 2, "table": 0, "picture": 0}.get(role, 1)
    if len(layout.all(*TEXTS)) < count:
        yield "text"
    if role in ("table", "picture", "text-and-picture") and not layout.first("tbl", "pic", *TEXTS):
        yield "a table or a picture"


def _missing(theme: Theme, role: str, what: str, known: Iterable[str]) -> Problem:
    message = f"The master deck lacks {what}, which slides for “{role}” need."
    hint = f"Add it in {FILE}, or map the role in [layouts]. Layouts there: {', '.join(known)}."
    return Problem("theme-layout", message, Place(theme.holder(FILE).label(FILE)), hint)
