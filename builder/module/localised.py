"""A module in another language than it was written in: what its translation says in place of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, Any, Literal

from markupsafe import Markup
from pydantic import Field

from builder.module.language import Language
from builder.module.model import Contact, Facts, Module, Record
from builder.module.original import Original
from builder.module.staleness import Origin, changes_of, digests_of, origin_of
from builder.module.text import Text
from builder.module.values import Day, Line, Version, Words
from builder.module.yaml_text import Positions
from builder.written import Form

REPLACED = (
    "title", "summary", "audience", "purpose", "objectives", "disclaimer", "other_formats",
)  # fmt: skip
"""The fields of `module.yaml` that a translation's front matter replaces as they are."""
NOTED = "a digest", "Do not write it: `leafdeck translate MODULE LANGUAGE --update` does."


class Series(Record):
    """The series in the translation's language."""

    name: Line
    """The series' name."""


class TranslationFacts(Record):
    """The front matter of a translation.

    Fields that `module.yaml` has too hold its words in the translation's language. What is left
    out is printed in the original's language, and marked as such for screen readers.
    """

    title: Line
    """The title."""
    summary: Words
    """One or two sentences on what the module is about."""
    audience: Line | None = None
    """Who it is for."""
    purpose: Words | None = None
    """One sentence: what a reader can do afterwards."""
    objectives: tuple[Words, ...] = ()
    """The learning objectives."""
    disclaimer: Words | None = None
    """What the module is not."""
    other_formats: Words | None = None
    """How to get it in braille, large print or audio."""
    contact: Contact | None = None
    """Whom a reader of this language calls; what is left out is taken from `module.yaml`."""
    series: Series | None = None
    """The series that it belongs to."""
    glossary: dict[Line, Words] = Field(default={})
    """Words of the translation and what they mean."""

    translator: Line
    """Who translated it, as it is printed."""
    reviewer: Line | None = None
    """The clinician who checked that it says what the original says."""
    method: Literal["human", "machine-edited", "machine"]
    """How it was made; what a machine made needs a reviewer."""
    date: Day
    """When it was made or last brought up to date."""
    reviewed: Day | None = None
    """When the reviewer checked it."""
    expires: Day | None = None
    """The first day on which it no longer holds, where that is before the original's."""

    of_version: Version
    """The version of the original that it was made from."""
    of_digest: Annotated[str, Form(r"[0-9a-f]{12}", *NOTED)] = Field(exclude=True)
    """The digest of that original; `leafdeck translate` writes it."""
    sections: dict[Line, Annotated[str, Form(r"[0-9a-f]{8}", *NOTED)]] = Field(
        default={}, exclude=True
    )
    """The digest of each section that it was made from; `leafdeck translate` writes them."""
    translated: dict[Line, Annotated[str, Form(r"[0-9a-f]{8}", *NOTED)]] = Field(
        default={}, exclude=True
    )
    """The digest of each section as it was translated then; `leafdeck translate` writes them."""

    @property
    def origin(self) -> Origin:
        """The original as it was when it was translated."""
        return Origin(self.of_digest, self.sections)


class LocalFacts(Facts):
    """The facts of a module in another language than it was written in."""

    translation: TranslationFacts
    """Who translated it, how, and from what."""


def localised(
    module: Module,
    artifact: str,
    tag: str,
    facts: TranslationFacts,
    text: Text,
    positions: Positions,
) -> Module:
    """A module in another language, with one text."""
    source = module.texts[artifact]
    changes = changes_of(origin_of(module.facts, source), facts.origin, source, text)
    own = module.facts
    direction = Language(own.language).direction
    original = Original(own.title, own.language, direction, own.version, changes, positions)
    return replace(
        module,
        facts=_local_facts(own, facts, tag, facts.of_version if original.moved_on else own.version),
        texts={artifact: text},
        original=original,
        translations={},
    )


def translated_as(localised: Module, artifact: str) -> dict[str, str]:
    """The digests of what a translation says itself, section by section."""
    facts = localised.facts
    words = facts.translation if isinstance(facts, LocalFacts) else facts
    return digests_of(words, facts.language, localised.texts[artifact])


def printed_facts(module: Module) -> dict[str, Any]:
    """The facts as templates print them: what is not translated is marked with its language."""
    values = module.facts.model_dump()
    facts, original = module.facts, module.original
    if not isinstance(facts, LocalFacts) or original is None:
        return values
    made = facts.translation

    def mark(table: dict[str, Any] | None, names: Iterable[str], translated: object = None) -> None:
        for name in names:
            words = table and table[name]
            if table and words and not getattr(translated, name, None):
                table[name] = _in_language(words, original)

    mark(values, REPLACED, made)
    mark(values["contact"], ("name", "hours", "address"), made.contact)
    mark(values["series"], ("name",), made.series)
    mark(values["withdrawn"], ("by", "reason"))
    for revision in values["revisions"]:
        mark(revision, ("summary",))
    return values


def _in_language(words: str | tuple[str, ...], original: Original) -> Markup | tuple[Markup, ...]:
    if not isinstance(words, str):
        return tuple(_span(each, original) for each in words)
    return _span(words, original)


def _span(words: str, original: Original) -> Markup:
    span = Markup('<span lang="{}" dir="{}">{}</span>')
    return span.format(original.language, original.direction, words)


def _local_facts(own: Facts, facts: TranslationFacts, tag: str, version: str) -> LocalFacts:
    """The facts with the words of the translation in the place of the original's."""
    values: dict[str, Any] = dict(own)
    values |= {name: getattr(facts, name) for name in REPLACED if getattr(facts, name)}
    values |= {"language": tag, "version": version, "glossary": facts.glossary}
    if facts.contact:
        shared = own.contact or Contact()
        named = {name: value for name, value in facts.contact if value}
        values["contact"] = shared.model_copy(update=named)
    if own.series:
        update = {"name": facts.series.name} if facts.series else {}
        values["series"] = own.series.model_copy(update=update)
    return LocalFacts.model_construct(**values, translation=facts)
