"""What making artifacts would find, found without making them; and whose edition shows it."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from builder.artifacts import KINDS
from builder.build.make import rehearse
from builder.build.plan import Job, plan
from builder.clinics import Clinic
from builder.module.library import Library
from builder.module.model import Module
from builder.problems import Problem, Problems
from builder.settings import Settings
from builder.workspace import Folder

FOLLOWING = ("artifact-failed", "file-missing", "file-unreadable")
"""Problems of an artifact that follow from errors in what it is made from."""
LINE = 30
"""Letters on a line of a clinic's block where it is narrowest, on a panel of a tri-fold."""
LOGO = 3
"""Lines that a logo takes up."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Tries what would be made of some modules, decks and leaflets that may only be so long."""

    project: Folder
    settings: Settings
    day: datetime.date
    library: Library
    clinics: Collection[Clinic] = ()
    """Those that get their own editions. The one whose block is longest is tried and no other: what
    fits with its block fits with all, and hundreds of clinics would take minutes."""

    def add_for(self, names: Iterable[str]) -> None:
        """Add what is found to the problems of the modules, also where one has errors."""
        for name in names:
            if module := self.library.modules.get(name):
                self._add(module, self.library.problems[name])

    def _add(self, module: Module, problems: Problems) -> None:
        told = {(each.code, each.place) for each in problems}
        broken = bool(problems.errors)
        for job in self._jobs(module):
            found = rehearse(self.project.root, self.settings, job).problems
            # What comes of an error that was told is no fault of ours.
            new = (
                each
                for each in found
                if (each.code, each.place) not in told and not (broken and each.code in FOLLOWING)
            )
            problems.extend(told_of(job, new, problems))

    def _jobs(self, module: Module) -> Iterator[Job]:
        clinics = sorted(self.clinics, key=_length)[-1:]
        for job in plan([module], self.library.titles, self.settings, self.day, clinics):
            if KINDS[job.kind].rehearses or _is_limited(job):
                yield job


def told_of(job: Job, found: Iterable[Problem], told: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems of an artifact; those that only a clinic's own edition has name the clinic.

    Args:
        job: what the artifact is.
        found: its problems.
        told: what was found of the module before; the plain edition comes before the clinics'.
    """
    clinic, known = job.edition.clinic, frozenset(told)
    if not clinic:
        return tuple(found)
    return tuple(
        replace(each, message=f"In the edition of clinic {clinic.id}: {each.message}")
        for each in found
        if each not in known
    )


def _is_limited(job: Job) -> bool:
    """Whether it is a leaflet that may only be so long, which is told by laying it out."""
    paper = job.edition.paper
    limited = paper == "trifold" or job.module.facts.budget(paper) is not None
    return KINDS[job.kind].printed and limited


def _length(clinic: Clinic) -> int:
    """About how many lines a clinic's block has."""
    told = (
        *(clinic.name, clinic.phone, *clinic.address, *clinic.hours, *clinic.notes),
        *(clinic.out_of_hours, clinic.interpreter, clinic.email, clinic.website),
    )
    lines = sum(-(-len(words) // LINE) for words in told if words)
    return lines + (LOGO if clinic.image else 0)
