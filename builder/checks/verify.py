"""What a deck or a leaflet found in the wild is worth today."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from builder.artifacts import KINDS, Found, Kind, kind_of
from builder.clinics import Clinic
from builder.module.library import Library
from builder.module.lifecycle import Life, Status, life_of
from builder.module.model import Module
from builder.module.stamp import Stamp, stamp_of
from builder.settings import Profile

NOBODY: Mapping[str, Clinic | None] = MappingProxyType({})
"""The clinics where none are known."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known about a file."""

    kind: str | None
    """Its kind of artifact; None for a file that is not one of ours."""
    stamp: Stamp | None
    untouched: bool = False
    shown: bool = False
    """Whether the stamp still stands where people look."""
    status: Status | None = None
    """The status today, by its own dates and by the sources, where they are here."""
    sources: str = ""
    """Whether the sources here still say what the file says."""
    superseded: bool = False
    clinic: str = ""
    """The clinic whose own edition it is."""
    outdated: str = ""
    """What became of that clinic's details since; empty where they are as printed, or unknown."""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it may not be handed out as it is."""
        if self.stamp is None or self.status is None:
            return ("it bears no stamp of Leafdeck",)
        why = {
            STATUS[self.status]: not self.status.holds,
            "its slides no longer show the dates and the declaration of interest": not self.shown,
            "changed after it was built": not self.untouched,
            "the sources have moved on": self.superseded,
            self.outdated: bool(self.outdated),
        }
        return tuple(reason for reason, holds in why.items() if holds)

    @property
    def good(self) -> bool:
        """Whether it may be handed out: it holds today, and nobody changed it."""
        return not self.reasons


STATUS = {
    Status.DRAFT: "a draft",
    Status.CURRENT: "current",
    Status.REVIEW_DUE: "due for review",
    Status.EXPIRED: "expired",
    Status.WITHDRAWN: "withdrawn",
}


def verify(
    data: bytes,
    library: Library,
    rules: Profile,
    day: datetime.date,
    clinics: Mapping[str, Clinic | None] = NOBODY,
) -> Verdict:
    """Read a file's stamp and hold it against the day and the sources.

    Args:
        data: the file.
        library: the modules.
        rules: the profile.
        day: the day.
        clinics: all clinics by their ids; None for one whose details cannot be read.
    """
    kind = kind_of(data)
    found = kind.writer.read_stamp(data) if kind else Found(None, untouched=False)
    if kind is None or found.stamp is None:
        return Verdict(None, None)
    stamp = found.stamp
    kind = KINDS.get(stamp.artifact, kind)
    module = _source(library, stamp, kind)
    life = life_of(module.facts, rules) if module else None
    status = _today(stamp, life, rules, day)
    sources, superseded = _compared(stamp, module, kind, rules, day)
    return Verdict(
        *(kind.name, stamp, found.untouched, found.shown, status, sources, superseded),
        clinic=found.clinic,
        outdated=_outdated(*found.details, clinics) if module else "",
    )


def _outdated(name: str, digest: str, clinics: Mapping[str, Clinic | None]) -> str:
    """What became of a clinic since its edition was made; nothing is known where none is here."""
    if not (name and digest and clinics):
        return ""
    if name not in clinics:
        return "the clinic is not in clinics/ any more"
    clinic = clinics[name]
    if clinic is None:
        return "the clinic's details cannot be read"
    return "" if clinic.digest == digest else "the clinic's details have changed"


def _source(library: Library, stamp: Stamp, kind: Kind) -> Module | None:
    """The module that a file was made from, in the file's language where it has a translation."""
    modules = library.modules.values()
    module = next((m for m in modules if m.facts.id == stamp.module), None)
    texts = module.translations.get(stamp.language, {}) if module else {}
    wanted = (texts.get(kind.text),) if kind.text else tuple(texts.values())
    return next((each for each in wanted if each), module)


def _today(stamp: Stamp, life: Life | None, rules: Profile, day: datetime.date) -> Status:
    """The worse of what the file's own dates and the sources say."""
    if stamp.status is Status.WITHDRAWN:
        return Status.WITHDRAWN
    notice = stamp.expires - datetime.timedelta(days=rules.review_notice)
    own = Life(stamp.published, notice, stamp.expires, draft=stamp.status is Status.DRAFT)
    statuses = [own.status(day), *([life.status(day)] if life else [])]
    order = list(Status)
    return max(statuses, key=order.index)


def _compared(
    stamp: Stamp, module: Module | None, kind: Kind, rules: Profile, day: datetime.date
) -> tuple[str, bool]:
    if module is None:
        return "not among the sources here", False
    if kind.text and kind.text not in module.texts:
        return f"the module has no {kind.name} any more", True
    if module.facts.language != stamp.language:
        return f"the module has no {kind.name} in {stamp.language} any more", True
    if module.original and module.original.moved_on:
        return "the original has moved on since it was translated", True
    now = stamp_of(module, kind.name, kind.text, life_of(module.facts, rules), day)
    if now.version != stamp.version:
        return f"moved on to version {now.version}", True
    if now.digest != stamp.digest:
        return f"changed since, under the same version {now.version}", True
    if replace(now, status=stamp.status) != stamp:
        return "they state other dates or interests than this file", True
    return "the same", False
