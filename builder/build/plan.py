"""What is to be made on a day. Pure: records in, jobs out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from builder.artifacts import KINDS, Kind
from builder.artifacts.edition import Edition
from builder.clinics import Clinic
from builder.module.language import Language
from builder.module.lifecycle import Status, life_of
from builder.module.model import Facts, Module
from builder.module.stamp import Stamp, stamp_of
from builder.settings import Profile, Settings


@dataclass(frozen=True, slots=True)
class Job:
    """One artifact to make."""

    module: Module
    """In the edition's language."""
    kind: str
    edition: Edition
    stamp: Stamp
    target: str
    """The file under `output/`."""
    titles: Mapping[str, str]
    """The titles of the modules that this one may name, by folder."""
    files: tuple[File, ...] = ()
    """Everything that can be had of the module, clinics' own editions left out."""
    known: str = ""
    """The digest of what the file in place was made from; empty where there is none."""


@dataclass(frozen=True, slots=True)
class File:
    """One of a module's files, as its page lists them."""

    kind: str
    paper: str
    language: str
    """The language's tag."""
    language_name: str
    """The language, as those who read it call it."""
    direction: str
    """`ltr` or `rtl`, the way that its name runs."""
    name: str


def plan(
    modules: Iterable[Module],
    titles: Mapping[str, str],
    settings: Settings,
    day: datetime.date,
    clinics: Iterable[Clinic] = (),
) -> tuple[Job, ...]:
    """The jobs for some modules, in the order of their names, of the kinds and of the editions.

    Args:
        modules: those to build; none has an error.
        titles: the titles of all modules of the project, by folder.
        settings: the profile's rules count, and what leaflets are printed on.
        day: the day that decides each module's status.
        clinics: those that get their own editions.
    """
    clinics = tuple(clinics)
    return tuple(
        job
        for module in sorted(modules, key=lambda module: module.name)
        for job in _jobs(module, titles, settings, day, clinics)
    )


def _jobs(
    module: Module,
    titles: Mapping[str, str],
    settings: Settings,
    day: datetime.date,
    clinics: tuple[Clinic, ...],
) -> Iterator[Job]:
    named = module.facts.named_modules.values()
    known = {name: titles[name] for name in named if name in titles}
    found = list(_wanted(module, settings, day, clinics))
    files = tuple(_file(module, *each) for each in found if not each[1].clinic)
    for kind, edition in found:
        localised = module.in_language(edition.language, kind.text)
        life = life_of(localised.facts, settings.rules)
        yield Job(
            module=localised,
            kind=kind.name,
            edition=edition,
            stamp=stamp_of(localised, kind.name, kind.text, life, day),
            target=edition.file(module.name, kind.file_name(module.name)),
            titles=known,
            files=files,
        )


def _file(module: Module, kind: Kind, edition: Edition) -> File:
    path = edition.file(module.name, kind.file_name(module.name))
    language = Language(edition.language or module.facts.language)
    name = path.rpartition("/")[2]
    return File(kind.name, edition.paper, language.tag, language.name, language.direction, name)


def _wanted(
    module: Module, settings: Settings, day: datetime.date, clinics: tuple[Clinic, ...]
) -> Iterator[tuple[Kind, Edition]]:
    """What a module gets: the kinds that it has text for, in its languages, and its pages.

    Of a withdrawn module, and of an expired one where the profile refuses those, only the pages
    remain; they say why.
    """
    for kind in KINDS.values():
        if kind.extra and kind.name not in settings.extras:
            continue
        for language in ("", *sorted(module.translations)):
            if _offered(module, kind, language, settings, day):
                yield from ((kind, each) for each in _editions(kind, language, settings, clinics))


def _offered(
    module: Module, kind: Kind, language: str, settings: Settings, day: datetime.date
) -> bool:
    if kind.text is None:
        return True
    if kind.text not in (module.translations[language] if language else module.texts):
        return False
    return not is_withheld(module.in_language(language, kind.text).facts, settings.rules, day)


def is_withheld(facts: Facts, rules: Profile, day: datetime.date) -> bool:
    """Whether there is nothing to hand out of a module on a day, but pages that say why."""
    status = life_of(facts, rules).status(day)
    refused = status is Status.EXPIRED and rules.expired == "refuse"
    return refused or status is Status.WITHDRAWN


def _editions(
    kind: Kind, language: str, settings: Settings, clinics: tuple[Clinic, ...]
) -> Iterator[Edition]:
    if not kind.printed:
        yield Edition(language)
        return
    for clinic in (None, *clinics):
        for paper in settings.leaflet.formats:
            yield Edition(language, paper, clinic, settings.leaflet.bleed)
