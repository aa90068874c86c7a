"""What a build notes of each module, so that the next one can tell whether it still holds.

The pattern is that of verifying traces (Mokhov, Mitchell, Peyton Jones: Build systems à la carte,
2018): not when something was made decides, but whether all that it was made from is the same.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from builder.artifacts.edition import Edition
from builder.build.knowing.survey import Days, Offer, Survey
from builder.build.planning.plan import Job
from builder.module.library import Card, is_sound
from builder.module.stamp import Stamp
from builder.problems import Place, Problem, Problems
from builder.workspace import digest


@dataclass(frozen=True, slots=True)
class Piece:
    """What one file under `output/` follows from."""

    content: str
    """The digest of what it says: the module's text and facts, and what it names of others."""
    listed: str
    """The digest of the list of the module's files, which its page shows."""
    edition: str
    """The digest of the edition, and thus of what the clinic's entry says."""
    environment: str
    """The name of the environment that it was made in."""
    made_from: str = ""
    """The digest of everything that decides its bytes; empty where it could not be made."""
    seconds: float = 0
    """How long it took to make it."""
    failed: tuple[Problem, ...] = ()
    """Why it could not be made; it is not tried again while nothing changes."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What a module was found to be, everything that follows from, and what was made of it."""

    read: Mapping[str, str | None]
    """What was read, listed or looked for in vain, by its name in messages."""
    basis: str
    """The digest of what else decides the findings: rules, versions, and for a broken one all."""
    holds: Days
    card: Card | None
    rivals: tuple[str, ...]
    """The other modules that claimed its id."""
    neighbours: Mapping[str, str | None]
    """The titles of the modules that it names; None for one that was not there."""
    problems: tuple[Problem, ...]
    offers: tuple[Offer, ...]
    """What can be made of it: nothing where it has an error."""
    withheld: bool
    pieces: Mapping[str, Piece] = field(default_factory=dict)
    """By the file under `output/`."""

    def on(self, day: datetime.date) -> bool:
        """Whether it holds on a day."""
        first, last = self.holds
        return (first is None or first <= day) and (last is None or day <= last)


def trace_of(
    found: Survey,
    problems: tuple[Problem, ...],
    basis: str,
    rivals: tuple[str, ...],
    titles: Mapping[str, str],
) -> Trace:
    """The trace of a module that was surveyed.

    Args:
        found: what reading it found.
        problems: of its sources, also those that only show beside other modules.
        basis: the digest of what else decided that.
        rivals: the other modules that claim its id.
        titles: the titles of all modules.
    """
    named = found.card.neighbours if found.card else ()
    sound = is_sound(Problems(problems))
    offers = tuple(replace(each, module=b"") for each in found.offers if sound)
    return Trace(
        *(found.read, basis, found.holds, found.card, rivals),
        neighbours={name: titles.get(name) for name in named},
        problems=problems,
        offers=offers,
        withheld=found.withheld,
    )


def piece_of(job: Job, environment: str) -> Piece:
    """What a job's file follows from."""
    content = digest(repr((job.offer.content, sorted(job.titles.items()))).encode())
    listed = digest(repr(job.files).encode())
    return Piece(content, listed, edition_digest(job.edition), environment)


def edition_digest(edition: Edition) -> str:
    """The digest of an edition."""
    return digest(repr(edition).encode())


def to_values(trace: Trace) -> dict[str, Any]:
    """A trace as plain values."""
    return {
        "read": dict(trace.read),
        "basis": trace.basis,
        "holds": [day and day.isoformat() for day in trace.holds],
        "card": trace.card and card_values(trace.card),
        "rivals": trace.rivals,
        "neighbours": dict(trace.neighbours),
        "problems": list(map(asdict, trace.problems)),
        "offers": [_offer_values(offer) for offer in trace.offers],
        "withheld": trace.withheld,
        "pieces": {file: asdict(piece) for file, piece in trace.pieces.items()},
    }


def from_values(values: Mapping[str, Any]) -> Trace:
    """The trace that plain values tell of.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: they tell of none.
    """
    first, last = (day and datetime.date.fromisoformat(day) for day in values["holds"])
    card = values["card"]
    return Trace(
        read=dict(values["read"]),
        basis=values["basis"],
        holds=(first, last),
        card=card and card_from(card),
        rivals=tuple(values["rivals"]),
        neighbours=dict(values["neighbours"]),
        problems=problems_from(values["problems"]),
        offers=tuple(map(_offer, values["offers"])),
        withheld=values["withheld"] is True,
        pieces={file: _piece(each) for file, each in values["pieces"].items()},
    )


def problems_from(values: list[dict[str, Any]]) -> tuple[Problem, ...]:
    """The problems that plain values tell of."""
    return tuple(Problem(**{**each, "place": Place(**each["place"])}) for each in values)


def card_values(card: Card) -> list[Any]:
    """A card as plain values."""
    named = [(name, *_place_values(place)) for name, place in card.named]
    return [card.id, card.title, _place_values(card.id_at), named]


def card_from(values: list[Any]) -> Card:
    """The card that plain values tell of."""
    identity, title, at, named = values
    return Card(identity, Place(*at), title, tuple((name, Place(*at)) for name, *at in named))


def _place_values(place: Place) -> tuple[str, int | None, int | None]:
    return place.path, place.line, place.column


def _offer_values(offer: Offer) -> dict[str, Any]:
    return {
        "kind": offer.kind,
        "language": offer.language,
        "stamp": json.loads(offer.stamp.to_json()),
        "tag": offer.tag,
        "content": offer.content,
        "moved_on": offer.moved_on,
        "budgets": offer.budgets,
        "version_at": offer.version_at,
    }


def _offer(values: dict[str, Any]) -> Offer:
    stamp = Stamp.from_json(json.dumps(values["stamp"]))
    line, column = values["version_at"]
    return Offer(
        *(values["kind"], values["language"], stamp, values["tag"], values["content"]),
        moved_on=values["moved_on"] is True,
        budgets=tuple(values["budgets"]),
        version_at=(line, column),
    )


def _piece(values: dict[str, Any]) -> Piece:
    return Piece(
        *(values["content"], values["listed"], values["edition"], values["environment"]),
        made_from=values["made_from"],
        seconds=values["seconds"],
        failed=problems_from(values["failed"]),
    )
