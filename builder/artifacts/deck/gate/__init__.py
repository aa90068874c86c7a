"""The gate: no deck leaves that people with a screen reader or poor sight could not use.

It reads the finished bytes, whoever wrote them, and finds; it never mends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from builder.artifacts.deck.frames import Page
from builder.artifacts.deck.gate import charts, checks, legibility
from builder.artifacts.deck.gate.checks import Check
from builder.artifacts.deck.gate.finished import Finished
from builder.artifacts.deck.gate.view import Finding, View, short
from builder.artifacts.deck.tokens import Tokens
from builder.problems import Place, Problem

CHECKS: tuple[Check, ...] = (
    checks.title,
    checks.order,
    checks.alternative,
    checks.table,
    checks.language,
    checks.direction,
    legibility.size,
    legibility.colour,
    charts.chart,
    checks.links,
    checks.empty,
    checks.names,
    checks.still,
)
"""In the order in which a slide's problems are told."""


def inspect(
    entries: Mapping[str, bytes],
    pages: Sequence[Page],
    tokens: Tokens,
    path: str,
    rtl: bool = False,
) -> Iterator[Problem]:
    """What keeps people from using a finished deck.

    Args:
        entries: of the file, by name.
        pages: what it was written from.
        tokens: sizes that words do not fall below.
        path: the name of the text, for problems.
        rtl: whether the deck is read from right to left.

    Returns:
        Errors where the text or the writer is at fault, warnings where the master deck is.
    """
    try:
        views = list(views_of(entries, pages, tokens, rtl))
    except (KeyError, ValueError) as damaged:
        message = f"The finished deck cannot be read back: {damaged}."
        yield Problem("deck-inaccessible", message, Place(path), checks.OURS)
        return
    for view in views:
        name = f"Slide {view.slide.number} “{short(view.title)}”"
        for check in CHECKS:
            for found in check(view):
                yield _problem(found, name, view.page, path)


def views_of(
    entries: Mapping[str, bytes], pages: Sequence[Page], tokens: Tokens, rtl: bool = False
) -> Iterator[View]:
    """Each slide beside its page.

    Raises:
        KeyError: a part is missing.
        ValueError: a part cannot be read, or there are more slides than pages, or fewer.
    """
    finished = Finished(entries)
    taken: dict[str, int] = {}
    for slide, page in zip(finished.slides, pages, strict=True):
        words = " ".join(slide.title.words.split()) if slide.title is not None else ""
        yield View(finished, slide, page, tokens, taken.setdefault(words, slide.number), rtl)


def _problem(found: Finding, name: str, page: Page, path: str) -> Problem:
    if found.master:
        message = f"The layout “{page.layout.name}” {found.what}."
        return Problem("deck-legibility", message, Place(path), found.hint)
    place = Place(path, found.line or page.line)
    return Problem("deck-inaccessible", f"{name} {found.what}.", place, found.hint)
