"""What of an original has changed since it was translated, section by section.

A section goes by one name in every language: the id of its heading, which a translation repeats, as
in `## Qué traer {#what-to-bring}`. Its digest covers words, addresses and pictures, not how they
are marked up or written in the file, so that neither a broken line nor another release of Leafdeck
makes a translation look old.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from lxml.html import HtmlElement
from markupsafe import Markup

from builder.module.language import Language
from builder.module.model import Facts, Record
from builder.module.original import Change, ChangeKind
from builder.module.prose.containers import CALLOUTS
from builder.module.prose.tree import classes_of, tree_of, words_of
from builder.module.text import Section, Text

FACTS = "module.yaml"
"""The name that the words of `module.yaml` go by, beside the sections."""
TRANSLATED = {
    "title", "summary", "audience", "purpose", "objectives", "disclaimer", "other_formats",
    "glossary",
}  # fmt: skip
"""The fields of `module.yaml` whose words a translation replaces."""


@dataclass(frozen=True, slots=True)
class Origin:
    """An original as it is, or as it was when somebody translated it."""

    digest: str
    """Of the whole, the order of its sections included: 12 hexadecimal digits."""
    sections: Mapping[str, str]
    """8 hexadecimal digits for each section, by its name, and for the words of `module.yaml`."""


def origin_of(facts: Facts, text: Text) -> Origin:
    """What a translation made today would be made from."""
    sections = digests_of(facts, facts.language, text)
    whole = "\n".join(f"{name} {digest}" for name, digest in sections.items())
    return Origin(hashlib.sha256(whole.encode()).hexdigest()[:12], sections)


def digests_of(words: Record, language: str, text: Text) -> dict[str, str]:
    """8 hexadecimal digits for what each section says, by its name, and for other words.

    Args:
        words: those of `module.yaml`, or of a translation's front matter.
        language: the text's.
        text: an original or a translation.
    """
    pictures = {picture.path: picture.digest for picture in text.pictures}
    boxes = {Language(language).pgettext("box", title) for title in CALLOUTS.values()}
    reader = _Reader(pictures, boxes)
    sections = {FACTS: _short(_facts_said(words))}
    for name, section in named_sections(text).items():
        sections[name] = _short("\n".join(reader.said(section)))
    return sections


def named_sections(text: Text) -> dict[str, Section]:
    """The sections by the name that they go by in every language.

    What goes on behind a `---` has no heading, and is counted from the one before.
    """
    named: dict[str, Section] = {}
    base, count = "start", 0
    for section in text.sections:
        if section.level:
            base, count = section.identity, 0
        named[f"{base}+{count}" if count else base] = section
        count += 1
    return named


def title_of(section: Section) -> str:
    """What a section is called in messages."""
    return " ".join(section.title.striptags().split()) or "the text before the first heading"


def changes_of(now: Origin, then: Origin, original: Text, translation: Text) -> tuple[Change, ...]:
    """What is to be done again in a translation, in the order of the translation.

    Args:
        now: the original as it is.
        then: the original as the translation's front matter knows it.
        original: its text.
        translation: the text in another language.
    """
    theirs, ours = named_sections(original), named_sections(translation)
    found = [
        *_of_facts(now, then),
        *_changed(now, then, theirs, ours),
        *_absent(then, theirs, ours),
        *_unknown(then, theirs, ours),
    ]
    if not found and then.sections and now.digest != then.digest:
        found.append(Change("order", "", 1))
    if not found and not then.sections and now.digest != then.digest:
        found.append(Change("changed", "", 1))
    return tuple(sorted(found, key=lambda change: change.line))


def _of_facts(now: Origin, then: Origin) -> Iterator[Change]:
    if then.sections and now.sections[FACTS] != then.sections.get(FACTS):
        yield Change("facts", FACTS, 1, name=FACTS)


def _changed(
    now: Origin, then: Origin, theirs: Mapping[str, Section], ours: Mapping[str, Section]
) -> Iterator[Change]:
    for name, section in ours.items():
        if name in theirs and then.sections and now.sections[name] != then.sections.get(name):
            source = theirs[name]
            yield Change("changed", title_of(source), section.line, source.line, name=name)


def _absent(
    then: Origin, theirs: Mapping[str, Section], ours: Mapping[str, Section]
) -> Iterator[Change]:
    """Sections that the translation lacks: they are new, or were left out from the first."""
    line, before = 1, ""
    for name, section in theirs.items():
        if name in ours:
            line, before = ours[name].line, title_of(section)
            continue
        kind: ChangeKind = "left-out" if name in then.sections else "new"
        yield Change(kind, title_of(section), line, section.line, before, name)


def _unknown(
    then: Origin, theirs: Mapping[str, Section], ours: Mapping[str, Section]
) -> Iterator[Change]:
    """Sections of the translation that the original does not have, or not any more."""
    renamed = _paired(list(ours), list(theirs))
    for name, section in ours.items():
        if name not in theirs:
            kind: ChangeKind = "gone" if name in then.sections else "foreign"
            yield Change(kind, title_of(section), section.line, name=renamed.get(name, ""))


def _paired(ours: list[str], theirs: list[str]) -> dict[str, str]:
    """What stands in the original where the translation has a section of another name."""
    steps = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    return {
        our: their
        for kind, start, end, first, last in steps
        if kind == "replace" and end - start == last - first
        for our, their in zip(ours[start:end], theirs[first:last], strict=True)
    }


def _short(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()[:8]


def _facts_said(words: Record) -> str:
    values = words.model_dump(mode="json", include=TRANSLATED)
    contact, series = getattr(words, "contact", None), getattr(words, "series", None)
    if contact:
        values["contact"] = [contact.name, contact.hours, contact.address]
    if series:
        values["series"] = series.name
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Lists what sections say."""

    pictures: Mapping[str, str]
    """The digests of the pictures, by their paths."""
    titles: Collection[str]
    """The titles that we give boxes: they may change under an old text."""

    def said(self, section: Section) -> Iterator[str]:
        """The words, addresses and pictures of a section, in order."""
        answer = section.answer
        pieces = [section.title, section.body, section.notes]
        for piece in (*pieces, *([answer.body, answer.notes] if answer else ())):
            yield from self._piece(piece) if piece else ()
            yield "-"

    def _piece(self, piece: Markup) -> Iterator[str]:
        root = tree_of(piece)
        for mark in [each for each in root.iter("sup", "p") if self._is_ours(each)]:
            mark.drop_tree()
        yield words_of(root)
        for each in root.iter("img", "a"):
            path = each.get("src", "")
            yield from (path, self.pictures.get(path, ""), each.get("alt", ""), _address(each))

    def _is_ours(self, element: HtmlElement) -> bool:
        """Whether it is a number of a citation, a letter of a footnote, or a title of ours."""
        classes = classes_of(element)
        if element.tag == "sup":
            return bool(classes)
        return "callout-title" in classes and words_of(element) in self.titles


def _address(link: HtmlElement) -> str:
    """Where a link leads; places in the text itself are numbered anew when it changes."""
    address = link.get("href", "")
    return "" if address.startswith(("#fn-", "#ref-")) else address
