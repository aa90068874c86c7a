"""What `leafdeck translate` writes: an original's text to be translated, and what it was made from.

Each piece of words that waits for a translator is marked; with a mark in it nothing is published.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from builder.module.localised import REPLACED, translated_as
from builder.module.model import Facts, Module
from builder.module.staleness import Origin, named_sections, origin_of
from builder.module.text import Section, Text
from builder.module.translation import FILES, MARK, TRANSLATOR, split_front, translation_in
from builder.skeleton.marks import marked_lines
from builder.workspace import write_atomic

_ORIGIN = re.compile(r"(of_version|of_digest|sections|translated)\s*:")
_HEADING = re.compile(r"(#{1,6}[ ]*)(.*?)(?:[ ]*\{:?([^{}]*)\})?[ ]*#*[ ]*")
"""Its marks, its words, and what it says of itself in braces."""
_PLAIN = re.compile(r"\w[\w.+-]*")
"""Names that are keys in YAML without quotation marks."""
_OF = "# What it was made from; `leafdeck translate --update` writes these lines."
_HOW = "# human, machine-edited or machine; a machine's needs a clinician as `reviewer`"


@dataclass(frozen=True, slots=True)
class Target:
    """A translation that is written, or that is there already."""

    artifact: str
    """`leaflet` or `deck`."""
    file: str
    """Its name in the module's folder."""
    exists: bool


def write_translation(module: Module, target: Target, day: datetime.date) -> None:
    """Write a translation before a word of it is translated, or let one know that it caught up.

    Raises:
        Rejected: the folder cannot be written, or the file has no front matter.
    """
    folder = module.folder
    if target.exists:
        text = caught_up(folder.text(target.file), module, target, folder.label(target.file))
    else:
        text = skeleton(module, target.artifact, day)
    write_atomic(folder.root / target.file, text.encode())


def target_of(module: Module, tag: str, slides: bool) -> Target:
    """The file for a translation: of the leaflet, or of the slides where those are meant.

    A module that has one text only leaves no choice.
    """
    artifact = "deck" if slides or "leaflet" not in module.texts else "leaflet"
    artifact = artifact if artifact in module.texts else "leaflet"
    file = f"{next(name for name, of in FILES.items() if of == artifact)}.{tag}.md"
    return Target(artifact, file, module.folder.has(file))


def skeleton(module: Module, artifact: str, day: datetime.date) -> str:
    """A translation before a word of it is translated.

    Args:
        module: the original.
        artifact: `leaflet` or `deck`.
        day: the translation's date.
    """
    text = module.texts[artifact]
    front = [*_words(module.facts), *_who(day), _OF, *_origin(module, artifact)]
    source = module.folder.text(Path(text.path).name).split("\n")
    body = "\n".join(_marked(source, text, module)).strip("\n")
    return "\n".join(("---", *front, "---", "", body, ""))


def caught_up(written: str, module: Module, target: Target, path: str) -> str:
    """A translation that says it was made from the original as it is now; its words stay.

    It notes what it says itself too, where it could be read: so it can be told later whether
    somebody touched a section whose original changed.

    Raises:
        Rejected: it has no front matter.
    """
    matter = split_front(written, path).matter.split("\n")
    kept: list[str] = []
    ours = False
    for line in matter:
        ours = bool(_ORIGIN.match(line)) or (ours and line.startswith((" ", "\t")))
        if not ours and line != _OF:
            kept.append(line)
    while kept and not kept[-1].strip():
        kept.pop()
    rest = written.split("\n")[len(matter) + 1 :]
    own = _translated(translation_in(module, path), target.artifact)
    return "\n".join(("---", *kept, _OF, *_origin(module, target.artifact), *own, *rest))


def knows_origin(written: str, path: str) -> bool:
    """Whether a translation says what it was made from.

    Raises:
        Rejected: it has no front matter.
    """
    return any(_ORIGIN.match(line) for line in split_front(written, path).matter.split("\n"))


def _words(facts: Facts) -> Iterator[str]:
    """The words of `module.yaml`, each to be translated."""
    for name in REPLACED:
        value = getattr(facts, name)
        if isinstance(value, tuple):
            yield from [f"{name}:", *(f"  - {_todo(each)}" for each in value)] if value else []
        elif value:
            yield f"{name}: {_todo(value)}"
    contact, series = facts.contact, facts.series
    named = {name: contact and getattr(contact, name) for name in ("name", "hours", "address")}
    if any(named.values()):
        yield "contact:"
        yield from (f"  {name}: {_todo(value)}" for name, value in named.items() if value)
    if series:
        yield from ("series:", f"  name: {_todo(series.name)}")
    if facts.glossary:
        yield "glossary:"
        yield from (f"  {_todo(term)}: {_todo(said)}" for term, said in facts.glossary.items())


def _who(day: datetime.date) -> Iterator[str]:
    yield f"translator: {_todo(TRANSLATOR)}"
    yield _HOW
    yield "method: human"
    yield f"date: {day.isoformat()}"


def _origin(module: Module, artifact: str) -> Iterator[str]:
    origin: Origin = origin_of(module.facts, module.texts[artifact])
    yield f"of_version: {_quoted(module.facts.version)}"
    yield f"of_digest: {_quoted(origin.digest)}"
    yield from _noted("sections", origin.sections)


def _translated(localised: Module | None, artifact: str) -> Iterator[str]:
    if localised:
        yield from _noted("translated", translated_as(localised, artifact))


def _noted(field: str, digests: Mapping[str, str]) -> Iterator[str]:
    yield f"{field}:"
    for name, digest in digests.items():
        yield f"  {name if _PLAIN.fullmatch(name) else _quoted(name)}: {_quoted(digest)}"


def _todo(words: str) -> str:
    return _quoted(f"{MARK} {words}")


def _quoted(words: str) -> str:
    """A text in YAML, which reads what JSON writes."""
    return json.dumps(words, ensure_ascii=False)


def _marked(source: list[str], text: Text, module: Module) -> Iterator[str]:
    """The lines of the original, with a mark at each section and the name that it goes by."""
    named = {section.line: (name, section) for name, section in named_sections(text).items()}
    # `module.md` is cut at the sections of both texts; what is the other's alone is left out.
    both = [each for each in module.texts.values() if each.path == text.path]
    cuts = {section.line for each in both for section in each.sections}
    edges = sorted({1, *cuts, len(source) + 1})
    for start, end in pairwise(edges):
        if start in named:
            name, section = named[start]
            head = [_opened(source[start - 1], name, section)] if section.level else []
            lines = enumerate(source[start - 1 + len(head) : end - 1], start + len(head))
            yield from (*head, *marked_lines(text, lines))
        elif start == 1:
            yield from source[: end - 1]


def _opened(line: str, name: str, section: Section) -> str:
    found = _HEADING.fullmatch(line)
    if not found:  # a heading that is underlined
        return f"{MARK} {line} {{#{name}}}"
    marks, words, more = found.groups("")
    attributes = " ".join((f"#{name}", *(part for part in more.split() if part[0] != "#")))
    return f"{marks}{MARK} {words} {{{attributes}}}"
