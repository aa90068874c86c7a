"""Markdown -> sections of safe HTML, in which each block carries its line.

The steps are in `read_prose`, in their order. Python-Markdown is known only to this file's
neighbours `converter`, `containers`, `lines`, `inline` and `tables`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from lxml.html import HtmlElement
from markupsafe import Markup

from builder.fields import nearest
from builder.module.prose.charts import finish_charts
from builder.module.prose.converter import convert
from builder.module.prose.links import check_links, check_pictures, check_places, turn_links
from builder.module.prose.marks import check_marks
from builder.module.prose.notes import Citations, Footnotes, check_used, take_footnotes
from builder.module.prose.questions import check_deeper, short_of, take_answer
from builder.module.prose.safety import remove_unsafe, sanitized
from builder.module.prose.shape import (
    SPLITTING,
    check_columns,
    check_shown,
    close_levels,
    is_notes,
    keep_for,
    level_of,
    tidy,
)
from builder.module.prose.source import Source
from builder.module.prose.tables import finish_tables
from builder.module.prose.terms import Terms
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
from builder.module.prose.units import join_units
from builder.module.text import Answer, Section
from builder.problems import Problems
from builder.workspace import Folder

ROLES = frozenset({
    "who", "key-points", "benefits", "risks", "alternatives", "no-treatment", "help", "questions",
    "actions", "sources", "feedback", "other-formats", "deck", "leaflet", "keep", "question",
})  # fmt: skip
"""The classes of headings that have a meaning."""
RESERVED = ("deck-", "fn-", "ref-")
"""How the ids of a theme's own slides, of footnotes and of references start."""


@dataclass(frozen=True, slots=True)
class Prose:
    """A text as it was read, before its references and pictures are looked up."""

    sections: tuple[Section, ...] = ()
    cited: tuple[str, ...] = ()
    """The keys of the cited references in order of first citation."""
    glossary: tuple[tuple[str, str], ...] = ()
    """The abbreviations and words of the glossary that it uses, with their meanings."""
    pictures: tuple[tuple[str, int], ...] = ()
    """The path and the line of each picture shown, in order."""
    data: tuple[str, ...] = ()
    """The files of numbers that its charts name."""


@dataclass
class _Part:
    """A section that is being put together."""

    level: int
    heading: HtmlElement | None
    line: int
    body: HtmlElement = field(default_factory=lambda: make("div"))
    notes: HtmlElement = field(default_factory=lambda: make("div"))
    answer: HtmlElement | None = None
    answer_notes: HtmlElement = field(default_factory=lambda: make("div"))

    @property
    def pieces(self) -> tuple[HtmlElement, ...]:
        """What it consists of, in the order in which it is read."""
        found = (self.heading, self.body, self.notes, self.answer, self.answer_notes)
        return tuple(piece for piece in found if piece is not None)


def read_prose(
    text: str,
    path: str,
    problems: Problems,
    artifact: str = "deck",
    keys: Collection[str] = (),
    own: bool = False,
    glossary: Mapping[str, str] | None = None,
    folder: Folder | None = None,
    language: str = "en",
) -> Prose:
    """The sections of a text, as safe HTML.

    Args:
        text: Markdown.
        path: the file as named in messages.
        problems: what is wrong with it is added here.
        artifact: `deck` or `leaflet`: sections marked for the other are left out.
        keys: the keys of the references that can be cited.
        own: whether no other artifact is made from this text.
        glossary: words and their meanings.
        folder: where the files of numbers lie that charts name.
        language: of the text, in which boxes without a title get one.

    Raises:
        Rejected: the text is too long, or nested too deep, to be read.
    """
    source, body = convert(text, path, problems, language)
    footnotes = take_footnotes(body, source)
    check_used(body, footnotes, source)
    for part in (body, *footnotes.values()):
        remove_unsafe(part, source)
    if own:
        check_shown(artifact, body, source)
    keep_for(artifact, body)
    pictures: list[tuple[str, int]] = []
    data: list[str] = []
    for part in (body, *footnotes.values()):
        check_links(part, source)
        pictures += check_pictures(part, source)
        turn_links(part)
        finish_tables(part, source)
        data += finish_charts(part, source, folder)
        check_columns(part, source)
        tidy(part)
        check_marks(part, keys, source)
    close_levels(body, source)
    _check_headings(body, source)
    parts = list(_parts(body, source))
    for each in parts:
        _take_apart(each, source)
    finish = _Finish(Footnotes(footnotes, names := Names()), Citations(keys, source), names)
    terms = Terms(glossary or {})
    for each in parts:
        terms.mark(each.pieces[each.heading is not None :])
    sections = tuple(finish.sections(parts))
    for piece in (piece for each in parts for piece in each.pieces):
        check_places(piece, finish.leads, source)
    explained = _glossary(parts, terms)
    return Prose(sections, tuple(finish.citations.cited), explained, tuple(pictures), tuple(data))


@dataclass(frozen=True)
class _Finish:
    """Turns parts into sections, each with what it refers to."""

    footnotes: Footnotes
    citations: Citations
    names: Names

    def sections(self, parts: list[_Part]) -> Iterator[Section]:
        base, title = "start", Markup()
        for part in parts:
            if part.heading is not None:
                base, title = _base(part.heading), Markup()
            identity = self.names.take(base)
            self.refer(part)
            if part.heading is not None:
                title = _safe(part.heading)
            yield self.section(part, title, identity)
            if part.heading is not None:
                title = _without_marks(part.heading, title)

    def leads(self, name: str) -> bool:
        """Whether there is a place of that name."""
        return name in self.names or name.startswith(RESERVED)

    def refer(self, part: _Part) -> None:
        """Number what a part refers to, and name the places in it."""
        self.footnotes.move_to(part.body, part.heading)
        for piece in part.pieces:
            if piece is not part.heading and piece is not part.body:
                self.footnotes.move_to(piece, None)
        for piece in part.pieces:
            _name_places(piece, self.names)
            self.citations.number(piece)
            join_units(piece)

    def section(self, part: _Part, title: Markup, identity: str) -> Section:
        heading = part.heading if part.heading is not None else make("h2")
        return Section(
            level=part.level,
            title=title,
            body=_safe(part.body),
            identity=identity,
            classes=tuple(classes_of(heading)),
            layout=" ".join(heading.get("layout", "").split()),
            notes=_safe(part.notes),
            answer=self.answer(part, identity),
            line=part.line,
        )

    def answer(self, part: _Part, identity: str) -> Answer | None:
        if part.answer is None:
            return None
        return Answer(
            body=_safe(part.answer),
            short=_safe(short_of(part.answer)),
            identity=self.names.take(f"{identity}-answer"),
            notes=_safe(part.answer_notes),
            line=line_of(part.answer),
        )


def _safe(piece: HtmlElement) -> Markup:
    return sanitized(inner(piece)).strip()


def _without_marks(heading: HtmlElement, title: Markup) -> Markup:
    """A title as it is repeated: citations and footnotes stay with the first."""
    marks = [each for each in heading.iter("sup") if each.get("class")]
    for mark in marks:
        take_out(mark)
    return _safe(heading) if marks else title


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
        if level:
            _check_title(child, line, source)
    if part.heading is not None or len(part.body):
        yield part


def _check_title(heading: HtmlElement, line: int, source: Source) -> None:
    """Report a title without words of its own; take pictures out of it, which no slide can show."""
    for picture in list(heading.iter("img")):
        message = "A title holds words alone: this picture is left out."
        source.report("text-unshown", message, line, "Show it below the title.")
        picture.drop_tree()
    marks = sum(len(words_of(each)) for each in heading.iter("sup") if each.get("class"))
    if len(words_of(heading)) <= marks:
        hint = "Write a title behind the #."
        source.report("heading-empty", "The heading has no words.", line, hint)


def _line(child: HtmlElement) -> int:
    """The line of a heading; for a rule, which knows none, the line of what follows."""
    behind = child.getnext()
    return line_of(behind if child.tag == "hr" and behind is not None else child)


def _take_apart(part: _Part, source: Source) -> None:
    """The answer out of the body, and the speaker notes out of both; several follow one another."""
    part.answer = take_answer(part.heading, part.body, source)
    if part.answer is not None:
        _take_notes(part.answer, part.answer_notes, source)
    _take_notes(part.body, part.notes, source)


def _take_notes(piece: HtmlElement, taken: HtmlElement, source: Source) -> None:
    for notes in list(piece.iter("div")):
        if notes is piece or not is_notes(notes):
            continue
        for picture in notes.iter("img"):
            message = "Speaker notes hold words alone: this picture is left out."
            hint = "Show it on the slide."
            source.report("text-unshown", message, line_of(picture), hint)
        move(take_out(notes), taken)


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


def _glossary(parts: list[_Part], terms: Terms) -> tuple[tuple[str, str], ...]:
    """What is explained: words of the glossary, and what the text itself explains."""
    found = {
        words_of(each): meaning
        for part in parts
        for piece in part.pieces
        for each in piece.iter("abbr", "dfn")
        if words_of(each)
        and (meaning := each.get("title", ""))
        and meaning not in terms.used.values()
    }
    known = {**found, **terms.used}
    return tuple(sorted(known.items(), key=lambda pair: (pair[0].casefold(), pair[0])))


def _check_headings(body: HtmlElement, source: Source) -> None:
    """Report roles that mean nothing, and what only the heading of a slide can say."""
    for heading in body.iter(*HEADINGS):
        for name in classes_of(heading):
            if name not in ROLES:
                hint = nearest(name, ROLES) or f"Known here: {', '.join(sorted(ROLES))}."
                message = f"The role “{name}” has no meaning."
                source.report("role-unknown", message, line_of(heading), hint)
    check_deeper(body, HEADINGS[SPLITTING:], source)
