"""The shape of a text: sections for one artifact, levels of headings, loose ends."""

from __future__ import annotations

from lxml.html import HtmlElement

from builder.module.prose.source import Source
from builder.module.prose.tree import HEADINGS, classes_of, line_of, make, move, words_of

SPLITTING = 2
"""Headings down to this level start a section."""
MOST_COLUMNS = 4
"""More of them are too narrow for words on a slide."""


def level_of(element: HtmlElement) -> int:
    """1 to 6 for a heading, else 0."""
    return int(str(element.tag)[1]) if element.tag in HEADINGS else 0


def check_shown(artifact: str, body: HtmlElement, source: Source) -> None:
    """Report what `keep_for` leaves out of a text from which nothing else is made."""
    hint = "Delete it, or write it in the other file, or in module.md for both."
    for notes in filter(is_notes, body.iter("div")):
        if artifact == "leaflet":
            message = "A leaflet has no speaker: these notes are left out."
            source.report("text-unshown", message, line_of(notes), hint)
    for heading in body.iter(*HEADINGS):
        if _is_for_other(artifact, heading):
            message = f"“{words_of(heading)}” is not for the {artifact}: it is left out."
            source.report("text-unshown", message, line_of(heading), hint)


def _is_for_other(artifact: str, heading: HtmlElement) -> bool:
    """Whether it is marked `{.deck}` in a leaflet or `{.leaflet}` in a deck."""
    marked = {"deck", "leaflet"} & set(classes_of(heading))
    return bool(marked) and artifact not in marked


def keep_for(artifact: str, body: HtmlElement) -> None:
    """Leave out what is marked for the other artifact, up to the next heading that is as high."""
    skipped = 0
    for child in list(body):
        level = level_of(child)
        if level and (not skipped or level <= skipped):
            skipped = level if _is_for_other(artifact, child) else 0
        if skipped:
            body.remove(child)
    for notes in list(body.iter("div")):
        if artifact == "leaflet" and is_notes(notes):
            notes.drop_tree()


def is_notes(element: HtmlElement) -> bool:
    """Whether it holds what a speaker says; a leaflet has no speaker."""
    return element.tag == "div" and "notes" in classes_of(element)


def close_levels(body: HtmlElement, source: Source) -> None:
    """Lift headings that skip a level (PDF/UA-1, 7.4.2); keep those inside of a block below 2."""
    before = 1
    for heading in list(body.iter(*HEADINGS)):
        level = level_of(heading)
        if heading.getparent() is not body:
            level = max(level, SPLITTING + 1)
            if before < SPLITTING:
                as_words(heading)
                continue
        elif level > before + 1:
            message = f"“{words_of(heading)}” is a heading of level {level} below level {before}."
            hint = f"Write it with {'#' * (before + 1)}; it was read so."
            source.report("heading-skips", message, line_of(heading), hint)
        before = min(level, before + 1)
        heading.tag = f"h{before}"


def as_words(heading: HtmlElement) -> None:
    """Make a heading a paragraph in bold, where no heading can stand."""
    strong = make("strong", text=heading.text or "")
    children = list(heading)
    heading.tag, heading.text = "p", None
    heading.append(strong)
    move(children, strong)


def check_columns(part: HtmlElement, source: Source) -> None:
    """Report columns that are more than a slide has room for."""
    for columns in part.iter("div"):
        if "columns" not in classes_of(columns):
            continue
        beyond = [each for each in columns if "column" in classes_of(each)][MOST_COLUMNS:]
        if beyond:
            message = f"At most {MOST_COLUMNS} columns stand side by side."
            hint = "Write a table, or divide the columns among further slides."
            source.report("columns-many", message, line_of(beyond[0]), hint)


def tidy(part: HtmlElement) -> None:
    """Put loose text into paragraphs, and take empty ones away."""
    for child in list(part):
        if (child.tail or "").strip():
            child.addnext(_paragraph(child.tail or ""))
        child.tail = "\n"
    if (part.text or "").strip() and part.tag == "body":
        part.insert(0, _paragraph(part.text or ""))
        part.text = None
    for empty in list(part.iter("p")):
        if not len(empty) and not (empty.text or "").strip():
            empty.drop_tree()


def _paragraph(text: str) -> HtmlElement:
    return make("p", text=text.strip())
