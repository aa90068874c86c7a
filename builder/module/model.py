"""The records of a module: what `module.yaml` may say, and all that is read from its folder.

The descriptions of the fields are the documentation that `leafdeck schema` prints; an editor shows
them while an author writes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from builder.docstrings import descriptions
from builder.module.original import Original
from builder.module.text import Text
from builder.module.values import (
    SUM,
    Address,
    Budget,
    Day,
    Email,
    Kind,
    Life,
    Line,
    Nature,
    PartialDate,
    Phone,
    Role,
    Version,
    Words,
    YesNo,
    declared,
)
from builder.workspace import Folder
from builder.written import Form


class Record(BaseModel):
    """A frozen part of `module.yaml`; a key that it does not name is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """The schema, with what stands below each field as its description."""
        schema = handler.resolve_ref_schema(handler(core_schema))
        described = descriptions(cls)
        for name, known in cls.model_fields.items():
            if name in described:
                schema["properties"][known.alias or name]["description"] = described[name]
        return schema


class Interest(Record):
    """One tie to one company; never a sum of money (ACCME Standard 3)."""

    company: Line
    """The company's name, and nothing but its name."""
    nature: Nature
    """What the tie is."""
    detail: Line | None = None
    """The tie in a few words, as in "unrestricted educational grant"."""
    since: PartialDate | None = None
    """When it began: a year, a month or a day."""
    until: PartialDate | None = None
    """When it ended; leave it out while it lasts."""
    period: Literal["not stated"] | None = None
    """Say "not stated" where neither `since` nor `until` is known."""
    paid_to: Literal["self", "institution"] | None = None
    """Who received what was paid."""

    @model_validator(mode="after")
    def _says_when_and_no_sum(self) -> Self:
        if not (self.since or self.until or self.period):
            raise ValueError(
                "say when: `since`, `until` or both, or `period: not stated` where it is not known"
            )
        if SUM.search(f"{self.company} {self.detail or ''}"):
            raise PydanticCustomError(
                "interests_amount", "a declaration of interest names no sums of money"
            )
        return self


class Mitigation(Record):
    """How a tie was kept from shaping the content (ACCME Standard 3)."""

    method: Line
    """What was done, as in "peer review by an unconflicted person"."""
    by: Line | None = None
    """Who did it."""
    date: Day | None = None
    """When it was done."""


class Person(Record):
    """Somebody in control of content, and their interests."""

    name: Line
    """The name as it is printed."""
    roles: tuple[Role, ...] = Field(min_length=1)
    """What the person did."""
    credentials: Line | None = None
    """Degrees and titles, as in "MD, PhD"."""
    affiliation: Line | None = None
    """Where the person works."""
    interests: Annotated[Literal["none"] | tuple[Interest, ...], BeforeValidator(declared)]
    """The word "none", or a list of ties. An empty list is not "none"."""
    declared_on: Day | None = None
    """When the person signed the declaration."""
    mitigation: Mitigation | None = None
    """How the interests were kept from shaping the content."""

    @property
    def ties(self) -> tuple[Interest, ...]:
        """The interests; empty where "none" was said."""
        return () if self.interests == "none" else self.interests


class Funder(Record):
    """Who paid for the module."""

    source: Line
    """The funder's name."""
    kind: Line | None = None
    """What was given, as in "educational grant" or "rooms"; no sums."""
    role: Line | None = None
    """The funder's part in the content, as in "none"."""


class Publisher(Record):
    """Who publishes the module."""

    name: Line
    """The organisation's name."""
    address: Line | None = None
    """The postal address, on one line."""
    website: Address | None = None
    """The web address."""


class Contact(Record):
    """Whom a reader calls."""

    name: Line | None = None
    """The team or the desk."""
    phone: Phone | None = None
    """The telephone number as it is dialled."""
    email: Email | None = None
    """The e-mail address."""
    hours: Line | None = None
    """When somebody answers."""
    address: Line | None = None
    """Where it is."""


class Feedback(Record):
    """Where readers say what they think."""

    email: Email | None = None
    """The e-mail address."""
    url: Address | None = None
    """The web address."""


class Series(Record):
    """The series that the module belongs to."""

    name: Line
    """The series' name."""
    part: int | None = Field(default=None, ge=1)
    """The module's number in the series."""
    previous: Line | None = None
    """The folder of the module before this one."""
    next: Line | None = None
    """The folder of the module after this one."""


class Credit(Record):
    """The credit that a learner earns; it is never printed once the module has expired."""

    body: Line
    """Who grants it."""
    points: int = Field(ge=1)
    """How many points or hours."""
    valid_until: Day | None = None
    """The first day on which it is no longer granted."""


class Image(Record):
    """Where a picture comes from."""

    file: Line
    """The file's path in the module, as in `images/pump.png`."""
    credit: Line
    """Who made it."""
    licence: Line
    """The terms that allow its use here."""
    consent: Line | None = None
    """Where the consent of the people shown is kept."""


class Revision(Record):
    """One step of the module's history."""

    version: Line
    """The version that it led to."""
    date: Day
    """When it was made."""
    kind: Literal["major", "minor"]
    """A major change means a full review."""
    summary: Words
    """What changed, for a clinician to read."""


class Withdrawal(Record):
    """Why the module may no longer be used."""

    on: Day
    """The first day on which it is withdrawn."""
    by: Line
    """Who decided it."""
    reason: Words
    """Why, in a sentence."""
    replaced_by: Line | None = None
    """The folder of the module to use instead."""


class Facts(Record):
    """Everything that `module.yaml` says: the facts about the module, once."""

    id: Annotated[
        str,
        StringConstraints(max_length=24),
        Form(
            r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)*",
            "a code that can be copied by hand",
            "Write capitals, digits and single hyphens, as in PAIN-01.",
        ),
    ]
    """A short code that can be copied by hand: capitals, digits and hyphens, as in PAIN-01."""
    version: Version
    """The version, as in "1.0"; it moves when the content does."""
    title: Line
    """The title."""
    summary: Words
    """One or two sentences on what the module is about."""
    kind: Kind
    """What the module is above all; it decides the longest life that the profile allows."""
    language: Annotated[
        str,
        Form(
            r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?",
            "the tag of a language",
            "Write it as in en, en-GB or pt-BR.",
        ),
    ]
    """The language of the text (BCP 47), as in en-GB."""
    audience: Line
    """Who it is for."""
    purpose: Words | None = None
    """One sentence: what a reader can do afterwards."""
    objectives: tuple[Words, ...] = ()
    """The learning objectives."""
    estimated_minutes: int | None = Field(default=None, ge=1, le=10000)
    """How many minutes it takes."""
    published: Day
    """When it was first published."""
    updated: Day | None = None
    """When its content last changed."""
    reviewed: Day | None = None
    """When it was last reviewed in full."""
    next_review: Day | None = None
    """When the next review is due."""
    expires: Day | None = None
    """The first day on which it no longer holds."""
    valid_for: Life | None = None
    """How long it holds from its last review, as in "2 years"; instead of `expires`."""
    draft: YesNo = False
    """Yes while it may not be used yet."""
    people: tuple[Person, ...] = Field(min_length=1)
    """Everyone in control of content, with their interests."""
    funding: Annotated[Literal["none"] | tuple[Funder, ...], BeforeValidator(declared)]
    """The word "none", or who paid. An empty list is not "none"."""
    publisher: Publisher
    """Who publishes it."""
    owner: Line | None = None
    """The role that keeps it up to date, as in "Lead nurse, pain team"."""
    contact: Contact | None = None
    """Whom a reader calls."""
    feedback: Feedback
    """Where readers say what they think: an e-mail or a web address."""
    disclaimer: Words | None = None
    """What the module is not; a sentence is given where this is left out."""
    sample: YesNo = False
    """Yes marks it as sample text for demonstration, on everything that is made from it."""
    series: Series | None = None
    """The series that it belongs to."""
    credit: Credit | None = None
    """The credit that a learner earns."""
    images: tuple[Image, ...] = ()
    """Where each picture comes from."""
    glossary: dict[Line, Words] = {}
    """Words and what they mean; a word is explained where a text first uses it."""
    revisions: tuple[Revision, ...] = ()
    """The module's history."""
    pages: Budget = {}
    """How many pages its leaflet may have, on A4 and US Letter, or for each paper."""
    other_formats: Words | None = None
    """How to get it in braille, large print or audio."""
    withdrawn: Withdrawal | None = None
    """Why it may no longer be used."""

    def budget(self, paper: str) -> int | None:
        """How many pages its leaflet may have on a paper; None for as many as it needs."""
        return next((most for name, most in self.pages.items() if name == paper), None)

    @property
    def named_modules(self) -> dict[tuple[str, str], str]:
        """The folders of the other modules that this one names, by the keys that name them."""
        series, withdrawn = self.series, self.withdrawn
        named = {
            ("series", "previous"): series and series.previous,
            ("series", "next"): series and series.next,
            ("withdrawn", "replaced_by"): withdrawn and withdrawn.replaced_by,
        }
        return {keys: name for keys, name in named.items() if name}


@dataclass(frozen=True, slots=True)
class Module:
    """A module as it was read: facts and texts, and the folder that its pictures stay in."""

    name: str
    """The folder's name under `sources/`."""
    facts: Facts
    texts: dict[str, Text]
    """The text for each artifact that has one: `deck`, `leaflet`."""
    folder: Folder = field(compare=False)
    positions: dict[tuple[str | int, ...], tuple[int, int]] = field(
        default_factory=dict, compare=False, repr=False
    )
    """Line and column of each key in `module.yaml`, for problems found later."""
    original: Original | None = None
    """What it was translated from; None for a module in its own language."""
    translations: dict[str, dict[str, Module]] = field(default_factory=dict)
    """By language and text: the module in that language, with that one text."""

    def in_language(self, language: str, text: str | None) -> Module:
        """The module in one of its languages.

        Args:
            language: the tag of a translation; empty for the module's own language.
            text: the text that is wanted; None for whichever there is.
        """
        if not language:
            return self
        texts = self.translations[language]
        return texts[text] if text else next(iter(texts.values()))

    def showing(self, text: str | None) -> Module:
        """The module with one text alone, so that nothing can follow from another.

        Args:
            text: `deck` or `leaflet`; None for all.
        """
        kept = {name: each for name, each in self.texts.items() if text in (None, name)}
        return replace(self, texts=kept, translations={})
