"""What expires when, and whose it is."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from builder.module.lifecycle import Status, life_of
from builder.module.model import Module
from builder.settings import Profile


@dataclass(frozen=True, slots=True)
class Due:
    """One module and the day on which it stops to hold."""

    expires: datetime.date
    review_due: datetime.date
    module: str
    """The module's id."""
    name: str
    """Its folder; with the language, of a translation that expires before its original."""
    title: str
    version: str
    owner: str
    status: Status
    days: int
    """Days from the day asked about to the expiry; negative once it is past."""


def due(
    modules: Iterable[Module], rules: Profile, day: datetime.date, within: int
) -> tuple[Due, ...]:
    """The modules that expire within a number of days, or whose review is due; the soonest first.

    Withdrawn modules and drafts are left out: nobody relies on them.
    """
    everything = (each for module in modules for each in _with_translations(module, rules))
    rows = dict.fromkeys(_row(each, rules, day) for each in everything)
    wanted = (row for row in rows if _counts(row.status) and _is_near(row, within))
    return tuple(sorted(wanted, key=lambda row: (row.expires, row.module)))


def _with_translations(module: Module, rules: Profile) -> Iterator[Module]:
    """A module, and its translations that do not hold as long."""
    yield module
    last = life_of(module.facts, rules).expires
    for texts in module.translations.values():
        yield from (each for each in texts.values() if life_of(each.facts, rules).expires < last)


def _is_near(row: Due, within: int) -> bool:
    return row.days <= within or row.status is Status.REVIEW_DUE


def _counts(status: Status) -> bool:
    return status not in (Status.WITHDRAWN, Status.DRAFT)


def _row(module: Module, rules: Profile, day: datetime.date) -> Due:
    facts = module.facts
    life = life_of(facts, rules)
    return Due(
        expires=life.expires,
        review_due=life.review_due,
        module=facts.id,
        name=f"{module.name} ({facts.language})" if module.original else module.name,
        title=facts.title,
        version=facts.version,
        owner=facts.owner or facts.publisher.name,
        status=life.status(day),
        days=(life.expires - day).days,
    )
