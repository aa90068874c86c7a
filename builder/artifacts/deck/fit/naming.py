"""Titles: unique in the deck, numbered where a slide continues, shrunk where they are long."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, count, groupby

from builder.artifacts.deck.fit.metrics import Fonts
from builder.artifacts.deck.fit.said import Said
from builder.artifacts.deck.frames import Page
from builder.artifacts.deck.records import Paragraph, Run, plain
from builder.artifacts.deck.style import Style
from builder.artifacts.deck.tokens import Tokens
from builder.problems import Place, Problems


def named(
    pages: Sequence[Page], fonts: Fonts, tokens: Tokens, said: Said, path: str, problems: Problems
) -> list[Page]:
    """The pages with unique titles and identities, each title at a size that fits.

    Args:
        pages: the pages in order.
        fonts: measures.
        tokens: how far a title may shrink.
        said: numbers the slides that go on.
        path: the name of the text, for problems.
        problems: gets the titles that are too long.
    """
    counted = _distinct(_counted(_titled(pages), said), said)
    return [_sized(page, fonts, tokens, path, problems) for page in _identified(counted)]


def _titled(pages: Sequence[Page]) -> list[Page]:
    """A slide without a title bears that of the slide before, else the name of its part."""
    titled: list[Page] = []
    for page in pages:
        if not plain(page.title).strip():
            before = titled[-1].title if titled else (Run(page.part or page.identity or "1"),)
            page = replace(page, title=before)
        titled.append(page)
    return titled


def _counted(pages: Sequence[Page], said: Said) -> list[Page]:
    """Slides that follow each other under one title: (1 of 3), (2 of 3), (3 of 3)."""
    counted: list[Page] = []
    for _, group in groupby(pages, key=lambda page: plain(page.title)):
        run = list(group)
        for number, page in enumerate(run, 1):
            part = said.part(number, len(run))
            counted.append(_with(page, part) if len(run) > 1 else page)
    return counted


def _distinct(pages: Sequence[Page], said: Said) -> list[Page]:
    """A title that comes back later in the deck is told apart by its part, else by a number."""
    seen: set[str] = set()
    numbers: defaultdict[str, Iterator[int]] = defaultdict(lambda: count(2))
    distinct = []
    for page in pages:
        counted = map(said.more, numbers[plain(page.title)])
        suffixes = chain([said.more(page.part)] if page.part else [], counted)
        tries = chain([page], (_with(page, suffix) for suffix in suffixes))
        page = next(each for each in tries if plain(each.title) not in seen)
        seen.add(plain(page.title))
        distinct.append(page)
    return distinct


def _with(page: Page, suffix: str) -> Page:
    return replace(page, title=(*page.title, Run(suffix)))


def _identified(pages: Sequence[Page]) -> list[Page]:
    """The same identity twice, or none, is told apart by its count."""
    seen: Counter[str] = Counter()
    identified = []
    for page in pages:
        seen[page.identity] += 1
        if seen[page.identity] > 1 or not page.identity:
            page = replace(page, identity=f"{page.identity}##{seen[page.identity]}")
        identified.append(page)
    return identified


def _sized(page: Page, fonts: Fonts, tokens: Tokens, path: str, problems: Problems) -> Page:
    holder = page.layout.title
    floor = min(tokens.title_floor, holder.style.levels[0].size)
    style: Style = replace(holder.style, floor=floor)
    title = Paragraph(page.title)
    for step in style.steps:
        if fonts.of(style).one(title, style, holder.inner.width, step) <= holder.inner.height:
            if step and page.line:
                message = f"A long title: shrunk by {step} pt to fit: “{plain(page.title)[:60]}”."
                problems.add("text-shrunk", message, Place(path, page.line))
            return replace(page, title_step=step)
    message = f"The title does not fit in its place: “{plain(page.title)[:60]}…”."
    problems.add("text-overflows", message, Place(path, page.line), "Shorten the title.")
    return page
