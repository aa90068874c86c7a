"""One module as a build needs it: read, checked, and packed for those who make its artifacts.

It runs on a worker: hundreds of modules are read side by side, and the parent keeps of each only
what it must.
"""

from __future__ import annotations

import datetime
import pickle
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from builder.artifacts import KINDS, Kind
from builder.checks.audit import check_leaflets
from builder.checks.source import check_module
from builder.module.library import Card, broken_translations, card_of, read_one
from builder.module.lifecycle import Status, life_of
from builder.module.model import Facts, Module
from builder.module.stamp import Stamp, stamp_of
from builder.module.translation import without
from builder.problems import Problem, Problems
from builder.settings import Profile
from builder.workspace import Day, Folder, digest

Days = tuple[datetime.date | None, datetime.date | None]
"""The first and the last day for which something holds; None where there is no end."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One of the texts that artifacts of a kind can be made from, in one language."""

    kind: str
    language: str
    """The tag of a translation; empty for the module's own language."""
    stamp: Stamp
    tag: str
    """The tag of the language that the artifact is in."""
    content: str
    """SHA-256 of all that the module says in it, and of where that stands in its files."""
    module: bytes = b""
    """The module with this text alone, packed; empty where it was not read this time."""
    moved_on: bool = False
    """Whether it is a translation whose original changed: it keeps the version it is made from."""
    budgets: tuple[str, ...] = ()
    """The papers on which its leaflet may only be so long."""
    version_at: tuple[int, int] = (1, 1)
    """Line and column of `version` in `module.yaml`."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What reading and checking a module found."""

    name: str
    card: Card | None
    """None where its facts cannot be had."""
    problems: tuple[Problem, ...]
    offers: tuple[Offer, ...]
    """What can be made of it, were it sound; nothing of translations that have an error."""
    spoilt: tuple[Offer, ...]
    """Those translations: what making them would find is told too."""
    withheld: bool
    """Whether there is nothing to hand out of it but pages that say why."""
    module: bytes
    """The whole module, packed; empty where its facts cannot be had."""
    read: dict[str, str | None]
    """Everything that was read, listed or looked for in vain, as `Folder.log` notes it."""
    holds: Days
    """The days for which all this would have been the same."""


def survey(root: Path, rules: Profile, day: datetime.date, name: str) -> Survey:
    """Read and check a module.

    Args:
        root: the project's folder.
        rules: the profile in force.
        day: decides what has expired.
        name: the module's folder.
    """
    project, today, problems = Folder(root, ""), Day.of(day), Problems()
    module = read_one(project, name, problems)
    if module:
        problems.extend(check_module(module, rules, today))
        problems.extend(check_leaflets(module, rules))
    offers, spoilt = _parted(module, problems, rules, today) if module else ((), ())
    return Survey(
        name=name,
        card=card_of(module) if module else None,
        problems=tuple(problems),
        offers=offers,
        spoilt=spoilt,
        withheld=module is not None and is_withheld(module.facts, rules, today),
        module=packed(module) if module else b"",
        read=dict(project.log),
        holds=today.holds,
    )


def _parted(
    module: Module, problems: Problems, rules: Profile, day: datetime.date
) -> tuple[tuple[Offer, ...], tuple[Offer, ...]]:
    """What can be made of a module, and what could but for an error in a translation."""
    broken = broken_translations(problems)
    offers = tuple(_offers(without(module, broken), rules, day))
    if not broken:
        return offers, ()
    known = {(each.kind, each.language) for each in offers}
    every = _offers(module, rules, day)
    return offers, tuple(each for each in every if (each.kind, each.language) not in known)


def _offers(module: Module, rules: Profile, day: datetime.date) -> Iterator[Offer]:
    """What can be made of a module, in the order of the kinds and languages.

    Of a withdrawn one, and of an expired one where the profile refuses those, only the pages
    remain; they say why.
    """
    for kind in KINDS.values():
        for language in ("", *sorted(module.translations)):
            if kind.text is None or _has(module, kind.text, language):
                localised = module.in_language(language, kind.text)
                if kind.text is None or not is_withheld(localised.facts, rules, day):
                    yield _offer(kind, language, localised, rules, day)


def _has(module: Module, text: str, language: str) -> bool:
    return text in (module.translations[language] if language else module.texts)


def _offer(
    kind: Kind, language: str, localised: Module, rules: Profile, day: datetime.date
) -> Offer:
    stamp = stamp_of(localised, kind.name, kind.text, life_of(localised.facts, rules), day)
    shown = localised.showing(kind.text)
    original = localised.original
    return Offer(
        *(kind.name, language, stamp, localised.facts.language, content_of(shown, stamp)),
        module=packed(shown),
        moved_on=original is not None and original.moved_on,
        budgets=tuple(localised.facts.pages),
        version_at=localised.positions.get(("version",), (1, 1)),
    )


def is_withheld(facts: Facts, rules: Profile, day: datetime.date) -> bool:
    """Whether there is nothing to hand out of a module on a day, but pages that say why."""
    status = life_of(facts, rules).status(day)
    refused = status is Status.EXPIRED and rules.expired == "refuse"
    return refused or status is Status.WITHDRAWN


def content_of(module: Module, stamp: Stamp) -> str:
    """SHA-256 of all that a module says, and where.

    Where things stand in the files decides nothing that is made, but what is told of it.
    """
    said = (module.facts.model_dump_json(), stamp.to_json())
    kept = (module.texts, module.original, sorted(module.positions.items(), key=repr))
    return digest("\0".join((*said, *map(repr, kept))).encode())


def packed(module: Module) -> bytes:
    """A module for the way to a worker: a third of its size, and not unpacked by the parent."""
    return zlib.compress(pickle.dumps(replace(module, folder=module.folder.apart())), 1)


def unpacked(data: bytes) -> Module:
    """The module that was packed; only ever by this very build."""
    module: Module = pickle.loads(zlib.decompress(data))  # noqa: S301 - we packed it
    return module
