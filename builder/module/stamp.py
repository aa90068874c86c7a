"""The stamp: the one place where dates and interests become words.

Every artifact carries it where people look and where programs look, and is read back after it was
written. What a declaration must say: ACCME Standards for Integrity and Independence, 3.5 (names of
the people, names of the companies, nature of each tie, that it was mitigated; no sums, no logos).
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any

from builder.module.language import Language
from builder.module.lifecycle import Life, Status
from builder.module.model import Facts, Interest, Module, Person, Text
from builder.module.values import Kind, Nature, unseen

NO_TEST = "No CME test is associated with it."
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
    def short(self) -> str:
        """One line for every slide and page."""
        ends = "Expires" if self.status.holds or self.status is Status.DRAFT else "Expired"
        if self.status is Status.WITHDRAWN:
            ends = "Withdrawn; expires"
        return " · ".join(
            (
                self.module,
                f"version {self.version}",
                f"Published {self.date(self.published)}",
                f"{ends} {self.date(self.expires)}",
                self.interests,
            )
        )

    @property
    def interests(self) -> str:
        """The declaration of interest in a few words."""
        if not self.companies:
            return "Interests: none declared"
        if len(self.companies) > FEW:
            return f"Interests: {len(self.companies)} companies, see declaration"
        return f"Interests: {', '.join(self.companies)}"

    @property
    def band(self) -> str:
        """The words across every slide and page of a module that does not hold; else empty."""
        return {
            Status.DRAFT: "DRAFT · not for use",
            Status.EXPIRED: f"EXPIRED {self.date(self.expires)} · no longer current",
            Status.WITHDRAWN: "WITHDRAWN · do not use",
        }.get(self.status, "")

    @property
    def notice(self) -> str:
        """What the status means, in a sentence or two."""
        return {
            Status.DRAFT: "A draft; not approved for use.",
            Status.CURRENT: f"Holds until {self.date(self.expires)}.",
            Status.REVIEW_DUE: f"Due for review; holds until {self.date(self.expires)}.",
            Status.EXPIRED: (
                f"Expired on {self.date(self.expires)}; no longer considered current. "
                + (NO_TEST if self.kind is Kind.E_LEARNING else "Ask for the current one.")
            ),
            Status.WITHDRAWN: "Withdrawn. Do not use it.",
        }[self.status]

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """The full form, label and value, without the declaration.

        That it is current is not said: on paper it would be untrue one day.
        """
        ended = self.status is Status.EXPIRED
        dates = (
            ("Published", self.published),
            ("Last updated", self.updated),
            ("Last reviewed", self.reviewed),
            ("Expired" if ended else "Expires", self.expires),
        )
        return (
            ("Code", f"{self.module}, version {self.version}"),
            *((label, self.date(day)) for label, day in dates if day),
            *([] if self.status is Status.CURRENT else [("Status", STATUS_WORDS[self.status])]),
            ("Publisher", self.publisher),
        )

    def date(self, day: datetime.date) -> str:
        """A day in the words of the stamp's language."""
        return Language(self.language).date(day)

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
        if any(map(unseen, _texts(typed))):
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


def declaration(facts: Facts) -> Iterator[str]:
    """The declaration of interest in sentences: who has ties, who has none, who paid."""
    language = Language(facts.language)
    for person in facts.people:
        if person.ties:
            yield _ties(person, language)
    free = [person.name for person in facts.people if not person.ties]
    if free:
        yield f"No relevant financial relationships: {', '.join(free)}."
    yield _funding(facts)


def _ties(person: Person, language: Language) -> str:
    ties = "; ".join(_tie(tie, language) for tie in person.ties)
    words = f"{person.name} ({', '.join(person.roles)}): {ties}."
    if person.mitigation:
        by, on = person.mitigation.by, person.mitigation.date
        more = ", ".join(filter(None, (by, language.date(on) if on else None)))
        words += f" Mitigated: {person.mitigation.method}{f' ({more})' if more else ''}."
    if person.declared_on:
        words += f" Declared on {language.date(person.declared_on)}."
    return words


def _tie(tie: Interest, language: Language) -> str:
    paid = {"institution": ", paid to the institution", "self": ", paid to the person"}
    return (
        f"{tie.company}, {_nature(tie)}{paid.get(tie.paid_to or '', '')} ({_period(tie, language)})"
    )


def _nature(tie: Interest) -> str:
    """The nature, and the author's own words where they add to it."""
    if not tie.detail:
        return str(tie.nature)
    told = tie.nature is Nature.OTHER or tie.nature in tie.detail.lower()
    return tie.detail if told else f"{tie.nature}: {tie.detail}"


def _period(tie: Interest, language: Language) -> str:
    if tie.period:
        return "period not stated"
    since, until = (day and language.partial_date(day) for day in (tie.since, tie.until))
    if not until:
        return f"since {since}"
    return f"{since} to {until}" if since else f"until {until}"


def _funding(facts: Facts) -> str:
    if facts.funding == "none":
        return "Funding: none."
    parts = []
    for funder in facts.funding:
        kind = f", {funder.kind}" if funder.kind else ""
        role = f" (role in the content: {funder.role})" if funder.role else ""
        parts.append(f"{funder.source}{kind}{role}")
    return f"Funding: {'; '.join(parts)}."


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _texts(values: dict[str, Any]) -> Iterator[str]:
    """Every text in the JSON form; ours hold nothing that could move a terminal's cursor."""
    for value in values.values():
        yield from (value if isinstance(value, tuple) else [str(value)])


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
