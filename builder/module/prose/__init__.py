"""Markdown -> sections of safe HTML, in which each block carries its line.

The steps are in `read_prose`, in their order. Python-Markdown is known only to this file's
neighbours `converter`, `containers`, `lines`, `inline` and `tables`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement
from markupsafe import Markup

from builder.fields import nearest
from builder.module.model import Section
from builder.module.prose.converter import convert
from builder.module.prose.links import check_links, check_pictures, turn_links
from builder.module.prose.marks import check_marks
from builder.module.prose.notes import Citations, Footnotes, check_used, take_footnotes
from builder.module.prose.safety import remove_unsafe, sanitized
from builder.module.prose.shape import (
    SPLITTING,
    check_shown,
    close_levels,
    is_notes,
    keep_for,
    level_of,
    tidy,
)
from builder.module.prose.source import Source
from builder.module.prose.tables import finish_tables
from builder.module.prose.tree import (
    HEADINGS,
    Names,
    classes_of,
    inner,
    line_of,
    make,
    move,
    slug,
    take_out,
    words_of,
)
from builder.problems import Problems

ROLES = frozenset({
    "who", "key-points", "benefits", "risks", "alternatives", "help", "questions", "actions",
    "deck", "leaflet", "keep",
})  # fmt: skip
"""The classes of a leaflet's headings that have a meaning."""
RESERVED = ("fn-", "ref-")
"""How the ids of footnotes and references start."""


@dataclass(frozen=True, slots=True)
class Prose:
    """A text as it was read, before its references and pictures are looked up."""

    sections: tuple[Section, ...] = ()
    cited: tuple[str, ...] = ()
    """The keys of the cited references in order of first citation."""
    glossary: tuple[tuple[str, str], ...] = ()
    """The abbreviations that it uses, with their meanings."""
    pictures: tuple[tuple[str, int], ...] = ()
    """The path and the line of each picture shown, in order."""


@dataclass
class _Part:
    """A section that is being put together."""

    level: int
    heading: HtmlElement | None
    line: int
    body: HtmlElement = field(default_factory=lambda: make("div"))
    notes: HtmlElement = field(default_factory=lambda: make("div"))


def read_prose(
    text: str,
    path: str,
    problems: Problems,
    artifact: str = "deck",
    keys: Collection[str] = (),
    own: bool = False,
) -> Prose:
    """The sections of a text, as safe HTML.

    Args:
        text: Markdown.
        path: the file as named in messages.
        problems: what is wrong with it is added here.
        artifact: `deck` or `leaflet`: sections marked for the other are left out.
        keys: the keys of the references that can be cited.
        own: whether no other artifact is made from this text.

    Raises:
        Rejected: the text is too long, or nested too deep, to be read.
    """
    source, body = convert(text, path, problems)
    footnotes = take_footnotes(body, source)
    check_used(body, footnotes, source)
    for part in (body, *footnotes.values()):
        remove_unsafe(part, source)
    if own:
        check_shown(artifact, body, source)
    keep_for(artifact, body)
    pictures = []
    for part in (body, *footnotes.values()):
        check_links(part, source)
        pictures += check_pictures(part, source)
        turn_links(part)
        finish_tables(part, source)
        tidy(part)
        check_marks(part, keys, source)
    close_levels(body, source)
    if artifact == "leaflet":
        _check_roles(body, source)
    parts = list(_parts(body, source))
    for each in parts:
        _take_notes(each)
    names, citations = Names(), Citations(keys, source)
    sections = tuple(_finish(parts, Footnotes(footnotes, names), citations, names))
    return Prose(sections, tuple(citations.cited), _glossary(parts), tuple(pictures))


def _finish(
    parts: list[_Part], footnotes: Footnotes, citations: Citations, names: Names
) -> Iterator[Section]:
    """The parts as sections, each with what it refers to."""
    base, title = "start", Markup()
    for part in parts:
        if part.heading is not None:
            base, title = _base(part.heading), Markup()
        identity = names.take(base)
        footnotes.move_to(part.body, part.heading)
        footnotes.move_to(part.notes, None)
        for piece in (part.heading, part.body, part.notes):
            if piece is not None:
                _name_places(piece, names)
                citations.number(piece)
        if part.heading is not None:
            title = sanitized(inner(part.heading)).strip()
        yield _section(part, title, identity)
        if part.heading is not None:
            title = _without_marks(part.heading)


def _section(part: _Part, title: Markup, identity: str) -> Section:
    return Section(
        level=part.level,
        title=title,
        body=sanitized(inner(part.body)).strip(),
        identity=identity,
        classes=tuple(classes_of(part.heading)) if part.heading is not None else (),
        notes=sanitized(inner(part.notes)).strip(),
        line=part.line,
    )


def _without_marks(heading: HtmlElement) -> Markup:
    """A title as it is repeated: citations and footnotes stay with the first."""
    for mark in [each for each in heading.iter("sup") if each.get("class")]:
        take_out(mark)
    return sanitized(inner(heading)).strip()


def _parts(body: HtmlElement, source: Source) -> Iterator[_Part]:
    """The text cut at headings of level 1 and 2, and at rules; empty pieces are left out."""
    part = _Part(0, None, 1)
    for child in list(body):
        level = level_of(child)
        if child.tag != "hr" and not 0 < level <= SPLITTING:
            part.body.append(child)
            continue
        if part.heading is not None or len(part.body):
            yield part
        line = _line(child)
        part = _Part(level, child if level else None, line)
        if level and not words_of(child):
            hint = "Write a title behind the #."
            source.report("heading-empty", "The heading has no words.", line, hint)
    if part.heading is not None or len(part.body):
        yield part


def _line(child: HtmlElement) -> int:
    """The line of a heading; for a rule, which knows none, the line of what follows."""
    behind = child.getnext()
    return line_of(behind if child.tag == "hr" and behind is not None else child)


def _take_notes(part: _Part) -> None:
    """Speaker notes out of the body; several follow one another."""
    for notes in list(part.body.iter("div")):
        if notes is not part.body and is_notes(notes):
            move(take_out(notes), part.notes)


def _base(heading: HtmlElement) -> str:
    """What the author calls the place, or its words."""
    name = heading.attrib.pop("id", "") or slug(words_of(heading)) or "section"
    return f"section-{name}" if name.startswith(RESERVED) else name


def _name_places(piece: HtmlElement, names: Names) -> None:
    """Ids for the headings inside of a section; no id twice in a text."""
    for element in piece.iterdescendants():
        name = element.get("id")
        if element.tag in HEADINGS:
            element.set("id", names.take(_base(element)))
        elif name and not name.startswith("fn-"):
            element.set("id", names.take(name))


def _glossary(parts: list[_Part]) -> tuple[tuple[str, str], ...]:
    found = {
        words_of(term): term.get("title", "")
        for part in parts
        for piece in (part.heading, part.body, part.notes)
        if piece is not None
        for term in piece.iter("abbr")
    }
    known = ((term, meaning) for term, meaning in found.items() if term and meaning)
    return tuple(sorted(known, key=lambda pair: (pair[0].casefold(), pair[0])))


def _check_roles(body: HtmlElement, source: Source) -> None:
    for heading in body.iter(*HEADINGS):
        for name in classes_of(heading):
            if name not in ROLES:
                hint = nearest(name, ROLES) or f"Known here: {', '.join(sorted(ROLES))}."
                message = f"The role “{name}” has no meaning."
                source.report("role-unknown", message, line_of(heading), hint)
