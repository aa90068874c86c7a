"""The stamp: the one place where dates and interests become words, in the module's language.

Every artifact carries it where people look and where programs look, and is read back after it was
written.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any

from builder.module.declaration import declaration
from builder.module.language import Language
from builder.module.lifecycle import Life, Status
from builder.module.model import Facts, Module
from builder.module.short_code import short_code
from builder.module.text import Text
from builder.module.values import Kind, unseen
from builder.module.words import are_balanced, without_isolates

FEW = 2
"""Companies that the short form names; more are counted."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an artifact says about itself, in words and in its metadata."""

    artifact: str
    """What it is: `deck`, `leaflet`, `page` …"""
    module: str
    """The module's id, as in PAIN-01."""
    name: str
    """The module's folder."""
    version: str
    title: str
    language: str
    published: datetime.date
    updated: datetime.date | None
    reviewed: datetime.date | None
    expires: datetime.date
    status: Status
    """The status when the artifact was made."""
    declaration: tuple[str, ...]
    """The declaration of interest, one sentence for each person and one for the funding."""
    companies: tuple[str, ...]
    """The companies that anybody has a tie to, by the alphabet."""
    publisher: str
    kind: Kind
    """What the module is above all; a CME test goes with e-learning only."""
    digest: str
    """SHA-256 of what the artifact says: facts and text, without the theme and the day."""
    sample: bool = False
    """Whether it is sample text for demonstration."""

    @property
    def words(self) -> Language:
        """The language that it speaks."""
        return Language(self.language)

    @property
    def short(self) -> str:
        """One line for every slide and page."""
        say = self.words.gettext
        return " · ".join(
            (
                self.words.isolated(self.module),
                self.in_version,
                say("Published %(date)s", date=self.date(self.published)),
                self._ends,
                self.interests,
            )
        )

    @property
    def in_version(self) -> str:
        """The version in words."""
        return self.words.gettext("version %(version)s", version=self.version)

    @property
    def _ends(self) -> str:
        words, day = self.words, self.date(self.expires)
        if self.status is Status.WITHDRAWN:
            return words.gettext("Withdrawn; expires %(date)s", date=day)
        if self.status is Status.EXPIRED:
            return words.gettext("Expired %(date)s", date=day)
        return words.gettext("Expires %(date)s", date=day)

    @property
    def interests(self) -> str:
        """The declaration of interest in a few words."""
        words, number = self.words, len(self.companies)
        if not number:
            return words.gettext("Interests: none declared")
        if number > FEW:
            return words.ngettext(
                "Interests: %(num)s company, see declaration",
                "Interests: %(num)s companies, see declaration",
                number,
            )
        return words.gettext("Interests: %(names)s", names=words.listed(self.companies))

    @property
    def band(self) -> str:
        """The words across every slide and page of a module that does not hold; else empty."""
        words = self.words
        if self.status is Status.DRAFT:
            return words.gettext("DRAFT · not for use")
        if self.status is Status.EXPIRED:
            day = self.date(self.expires)
            return words.gettext("EXPIRED %(date)s · no longer current", date=day)
        if self.status is Status.WITHDRAWN:
            return words.gettext("WITHDRAWN · do not use")
        return ""

    @property
    def no_test(self) -> str:
        """What an expired e-learning module says of its test; else empty."""
        ended = self.status is Status.EXPIRED and self.kind is Kind.E_LEARNING
        return self.words.gettext("No CME test is associated with it.") if ended else ""

    @property
    def notice(self) -> str:
        """What the status means, in a sentence or two."""
        words, day = self.words, self.date(self.expires)
        if self.status is Status.DRAFT:
            return words.gettext("A draft; not approved for use.")
        if self.status is Status.CURRENT:
            return words.gettext("Holds until %(date)s.", date=day)
        if self.status is Status.REVIEW_DUE:
            return words.gettext("Due for review; holds until %(date)s.", date=day)
        if self.status is Status.WITHDRAWN:
            return words.gettext("Withdrawn. Do not use it.")
        ended = words.gettext("Expired on %(date)s; no longer considered current.", date=day)
        return words.sentences((ended, self.no_test or words.gettext("Ask for the current one.")))

    @property
    def state(self) -> str:
        """The status in a word."""
        return self.words.pgettext("status", STATUS_WORDS[self.status])

    @property
    def code(self) -> str:
        """What to name when one asks for it: the module's id and version."""
        return self.words.gettext(
            "%(code)s, version %(version)s", code=self.module, version=self.version
        )

    @property
    def short_code(self) -> str:
        """The code of this very text that can be copied by hand, as in PAIN-01-7K3F."""
        return short_code(self.module, self.digest)

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """The full form, label and value, without the declaration; the publisher comes last.

        That it is current is not said: on paper it would be untrue one day.
        """
        say = self.words.gettext
        ended = self.status is Status.EXPIRED
        dates = (
            (say("Published"), self.published),
            (say("Last updated"), self.updated),
            (say("Last reviewed"), self.reviewed),
            (say("Expired") if ended else say("Expires"), self.expires),
        )
        return (
            (say("Code"), self.code),
            *((label, self.date(day)) for label, day in dates if day),
            *([] if self.status is Status.CURRENT else [(say("Status"), self.state)]),
            (say("Publisher"), self.publisher),
        )

    def date(self, day: datetime.date) -> str:
        """A day in the words of the stamp's language."""
        return self.words.date(day)

    def to_json(self) -> str:
        """The stamp as one line of JSON, the form that metadata carries."""
        values = {key: _plain(value) for key, value in asdict(self).items()}
        return json.dumps(values, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, line: str) -> Stamp:
        """The stamp that a line of JSON holds.

        Raises:
            ValueError: the line is not a stamp.
        """
        try:
            values = json.loads(line)
            typed: dict[str, Any] = {
                each.name: _typed(each.name, values[each.name]) for each in fields(cls)
            }
            stamp = cls(**typed)
        except (AttributeError, KeyError, RecursionError, TypeError) as error:
            raise ValueError(f"not a stamp: {error}") from None
        if any(map(_plays_tricks, _texts(typed))):
            raise ValueError("not a stamp: a character that cannot be seen")
        return stamp


STATUS_WORDS = {
    Status.DRAFT: "Draft",
    Status.CURRENT: "Current",
    Status.REVIEW_DUE: "Review due",
    Status.EXPIRED: "Expired",
    Status.WITHDRAWN: "Withdrawn",
}


def stamp_of(
    module: Module, artifact: str, text: str | None, life: Life, day: datetime.date
) -> Stamp:
    """The stamp of one artifact of a module on a day.

    Args:
        module: the module.
        artifact: the kind of artifact, as in `leaflet`.
        text: the name of the text that it is made from, if it is made from one.
        life: of the module.
        day: decides the status.
    """
    facts = module.facts
    return Stamp(
        artifact=artifact,
        module=facts.id,
        name=module.name,
        version=facts.version,
        title=facts.title,
        language=facts.language,
        published=facts.published,
        updated=facts.updated,
        reviewed=facts.reviewed,
        expires=life.expires,
        status=life.status(day),
        declaration=tuple(declaration(facts)),
        companies=tuple(sorted({tie.company for who in facts.people for tie in who.ties})),
        publisher=facts.publisher.name,
        kind=facts.kind,
        digest=content_digest(facts, module.texts.get(text or "")),
        sample=facts.sample,
    )


def content_digest(facts: Facts, text: Text | None) -> str:
    """SHA-256 of what is said: an edit that changes no word and no picture leaves it as it is."""
    body: dict[str, object] = {"facts": facts.model_dump(mode="json")}
    if text:
        body["sections"] = [_said(asdict(section)) for section in text.sections]
        body["references"] = text.references
        body["glossary"] = text.glossary
        body["pictures"] = [(picture.path, picture.digest) for picture in text.pictures]
    line = json.dumps(body, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(line.encode()).hexdigest()


def _said(value: Any) -> Any:
    """A section without its line numbers, which move when a blank line is added above."""
    if isinstance(value, dict):
        return {key: _said(each) for key, each in value.items() if key != "line"}
    return re.sub(r' data-line="\d+"', "", value) if isinstance(value, str) else value


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _texts(values: dict[str, Any]) -> Iterator[str]:
    """Every text in the JSON form; ours hold nothing that could move a terminal's cursor."""
    for value in values.values():
        yield from (value if isinstance(value, tuple) else [str(value)])


def _plays_tricks(text: str) -> bool:
    """Whether a text holds what cannot be seen, but for the isolates that our own words hold."""
    return bool(unseen(without_isolates(text))) or not are_balanced(text)


def _day(value: Any) -> datetime.date:
    day = datetime.date.fromisoformat(str(value))
    if not 1900 <= day.year < 3000:  # as in module.yaml; days are added to it and taken away
        raise ValueError("not a stamp: a year that cannot be")
    return day


def _typed(name: str, value: Any) -> object:
    """A value of the JSON form as the record holds it."""
    if name in ("published", "expires") or (name in ("updated", "reviewed") and value):
        return _day(value)
    if name in ("updated", "reviewed"):
        return None
    if name == "status":
        return Status(str(value))
    if name == "kind":
        return Kind(str(value))
    if name in ("declaration", "companies"):
        return tuple(map(str, value))
    return bool(value) if name == "sample" else str(value)
