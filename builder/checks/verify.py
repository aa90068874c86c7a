"""What a deck or a leaflet found in the wild is worth today."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from builder.artifacts import KINDS, Found, kind_of
from builder.module.library import Library
from builder.module.lifecycle import Life, Status, life_of
from builder.module.model import Module
from builder.module.stamp import Stamp, stamp_of
from builder.settings import Profile


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known about a file."""

    kind: str | None
    """Its kind of artifact; None for a file that is not one of ours."""
    stamp: Stamp | None
    untouched: bool = False
    status: Status | None = None
    """The status today, by its own dates and by the sources, where they are here."""
    sources: str = ""
    """Whether the sources here still say what the file says."""
    superseded: bool = False

    @property
    def good(self) -> bool:
        """Whether it may be handed out: it holds today, and nobody changed it."""
        holds = self.status is not None and self.status.holds
        return holds and self.untouched and not self.superseded


def verify(data: bytes, library: Library, rules: Profile, day: datetime.date) -> Verdict:
    """Read a file's stamp and hold it against the day and the sources."""
    kind = kind_of(data)
    found = kind.writer.read_stamp(data) if kind else Found(None, untouched=False)
    if kind is None or found.stamp is None:
        return Verdict(None, None)
    stamp = found.stamp
    module = _source(library, stamp)
    life = life_of(module.facts, rules) if module else None
    status = _today(stamp, life, rules, day)
    sources, superseded = _compared(stamp, module, kind.name, rules, day)
    return Verdict(kind.name, stamp, found.untouched, status, sources, superseded)


def _source(library: Library, stamp: Stamp) -> Module | None:
    modules = library.modules.values()
    return next((m for m in modules if m.facts.id == stamp.module), None)


def _today(stamp: Stamp, life: Life | None, rules: Profile, day: datetime.date) -> Status:
    """The worse of what the file's own dates and the sources say."""
    if stamp.status is Status.WITHDRAWN:
        return Status.WITHDRAWN
    notice = stamp.expires - datetime.timedelta(days=rules.review_notice)
    own = Life(stamp.published, notice, stamp.expires, draft=stamp.status is Status.DRAFT)
    statuses = [own.status(day)]
    if life and life.status(day) is Status.WITHDRAWN:
        statuses.append(Status.WITHDRAWN)
    order = list(Status)
    return max(statuses, key=order.index)


def _compared(
    stamp: Stamp, module: Module | None, kind: str, rules: Profile, day: datetime.date
) -> tuple[str, bool]:
    if module is None:
        return "not among the sources here", False
    if kind in KINDS and kind != "page" and kind not in module.texts:
        return f"the module has no {kind} any more", True
    now = stamp_of(module, kind, life_of(module.facts, rules), day)
    if now.version != stamp.version:
        return f"moved on to version {now.version}", True
    if now.digest != stamp.digest:
        return f"changed since, under the same version {now.version}", True
    return "the same", False
