"""What is to be made on a day. Pure: records in, jobs out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from builder.artifacts import KINDS, Kind
from builder.module.lifecycle import Status, life_of
from builder.module.model import Module
from builder.module.stamp import Stamp, stamp_of
from builder.settings import Settings


@dataclass(frozen=True, slots=True)
class Job:
    """One artifact to make."""

    module: Module
    kind: str
    stamp: Stamp
    target: str
    """The file under `output/`."""
    titles: Mapping[str, str]
    """The titles of the modules that this one may name, by folder."""


def plan(
    modules: Iterable[Module],
    titles: Mapping[str, str],
    settings: Settings,
    day: datetime.date,
) -> tuple[Job, ...]:
    """The jobs for some modules, in the order of their names and of the kinds.

    Args:
        modules: those to build; none has an error.
        titles: the titles of all modules of the project, by folder.
        settings: the profile's rules count.
        day: the day that decides each module's status.
    """
    return tuple(
        _job(module, kind, titles, settings, day)
        for module in sorted(modules, key=lambda module: module.name)
        for kind in wanted(module, settings, day)
    )


def wanted(module: Module, settings: Settings, day: datetime.date) -> Iterator[Kind]:
    """The kinds that a module gets: those it has text for, and its page.

    Of a withdrawn module, and of an expired one where the profile refuses those, only the page
    remains; it says why.
    """
    status = life_of(module.facts, settings.rules).status(day)
    refused = status is Status.EXPIRED and settings.rules.expired == "refuse"
    withheld = refused or status is Status.WITHDRAWN
    for kind in KINDS.values():
        asked = not kind.extra or kind.name in settings.extras
        if kind.text is None or (kind.text in module.texts and asked and not withheld):
            yield kind


def _job(
    module: Module, kind: Kind, titles: Mapping[str, str], settings: Settings, day: datetime.date
) -> Job:
    life = life_of(module.facts, settings.rules)
    named = module.facts.named_modules.values()
    return Job(
        module=module,
        kind=kind.name,
        stamp=stamp_of(module, kind.name, kind.text, life, day),
        target=f"{module.name}/{kind.file_name(module.name)}",
        titles={name: titles[name] for name in named if name in titles},
    )
