"""What making artifacts would find, found without making them; and whose edition shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from builder.artifacts import KINDS
from builder.build.knowing.survey import Survey, unpacked
from builder.build.making.make import Workshop
from builder.build.planning.plan import Asked, Job, plan
from builder.checks.audit import tell_leaflets
from builder.clinics import Clinic
from builder.problems import Problem, Problems

FOLLOWING = ("artifact-failed", "file-missing", "file-unreadable")
"""Problems of an artifact that follow from errors in what it is made from."""
LINE = 30
"""Letters on a line of a clinic's block where it is narrowest, on a panel of a tri-fold."""
LOGO = 3
"""Lines that a logo takes up."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Tries what would be made of a module: decks, and leaflets that may only be so long.

    It runs on a worker, as making does.
    """

    workshop: Workshop
    asked: Asked
    """Of the clinics the one whose block is longest is tried and no other: what fits with its
    block fits with all, and hundreds of clinics would take minutes."""
    titles: Mapping[str, str]
    tells: bool = False
    """Whether the figures of leaflets are told too, which nobody wants of a build."""

    def of(self, found: Survey) -> tuple[Problem, ...]:
        """What is found beside what reading the module found, also where it has errors."""
        if not found.card:
            return ()
        problems = Problems(found.problems)
        told, broken = {(each.code, each.place) for each in problems}, bool(problems.errors)
        for job in self._jobs(found):
            # What comes of an error that was told is no fault of ours.
            new = (
                each
                for each in self.workshop.rehearse(job).problems
                if (each.code, each.place) not in told and not (broken and each.code in FOLLOWING)
            )
            problems.extend(told_of(job, new, problems))
        if self.tells:
            rules = self.asked.settings.rules
            problems.extend(tell_leaflets(unpacked(found.module), rules))
        return tuple(problems)[len(found.problems) :]

    def _jobs(self, found: Survey) -> Iterator[Job]:
        clinics = tuple(sorted(self.asked.clinics, key=_length)[-1:])
        asked = replace(self.asked, clinics=clinics)
        if found.card:
            offers = (*found.offers, *found.spoilt)
            for job in plan(found.name, offers, found.card, self.titles, asked):
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
    limited = ("trifold", *job.offer.budgets)
    return KINDS[job.kind].printed and job.edition.paper in limited


def _length(clinic: Clinic) -> int:
    """About how many lines a clinic's block has."""
    told = (
        *(clinic.name, clinic.phone, *clinic.address, *clinic.hours, *clinic.notes),
        *(clinic.out_of_hours, clinic.interpreter, clinic.email, clinic.website),
    )
    lines = sum(-(-len(words) // LINE) for words in told if words)
    return lines + (LOGO if clinic.image else 0)
