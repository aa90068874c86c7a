"""Results in their places, in the order of the plan; what is no longer made, taken away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from builder.build.knowing.rehearsal import told_of
from builder.build.knowing.survey import Offer
from builder.build.making.make import Result
from builder.build.planning.leftovers import Leftover
from builder.build.planning.plan import Job
from builder.build.publishing.manifest import Manifest
from builder.build.requests import Request
from builder.module.facts import FILE
from builder.module.library import SOURCES
from builder.problems import Place, Problem, Problems, Rejected
from builder.workspace import digest


class Publisher:
    """Puts results in place, and notes what was done."""

    def __init__(
        self, request: Request, manifest: Manifest, problems: Mapping[str, Problems]
    ) -> None:
        self.request = request
        self.manifest = manifest
        self.problems = problems
        """By module, for all modules of the project."""
        self.built: list[str] = []
        self.removed: list[str] = []
        self.unasked = False
        self.unchanged = 0
        self.same: set[str] = set()
        """The files that were looked at again, and would be made as they are."""
        self.taken = 0

    def keep(self, job: Job) -> None:
        """Leave a file in place that is what it would be made again."""
        self.unchanged += 1
        self._note(job, self.manifest.keep(job).problems)

    def fail(self, job: Job, problems: Collection[Problem]) -> None:
        """Tell why there is no new file."""
        self._note(job, problems)
        try:
            self._retract(job)
        except Rejected as rejected:
            self.problems[job.name].extend(rejected.problems)

    def take(self, job: Job, result: Result) -> bool:
        """Publish one result, or note why there is none; whether the file is what it must be."""
        if self.request.cache:
            self.request.cache.hear(result.told)
        try:
            done = self._publish(job, result)
        except Rejected as rejected:
            self.problems[job.name].extend(rejected.problems)
            done = replace(result, data=None, made_from="")
        self.request.progress(job, done)
        return bool(done.made_from) and not Problems(done.problems).errors

    def _publish(self, job: Job, result: Result) -> Result:
        """Put a result in place; what is to be told of it: nothing new where it is there."""
        if result.unchanged:
            self.same.add(job.target)
            self.keep(job)
            return result
        if result.data is None or Problems(result.problems).errors:
            self.fail(job, result.problems)
            return replace(result, data=None, made_from="")
        self._note(job, result.problems)
        entry = self.manifest.entry(job)
        if job.known and entry and result.data and entry.sha256 == digest(result.data):
            self.manifest.renew(job, result)
            self.unchanged += 1
            self.same.add(job.target)
            return replace(result, data=None)
        self.manifest.publish(self.request.output, job, result)
        self.built.append(job.target)
        self.taken += result.fetched
        return result

    def _note(self, job: Job, found: Collection[Problem]) -> None:
        problems = self.problems[job.name]
        if self.manifest.changed_under_version(job.stamp) and not job.offer.moved_on:
            problems.extend([_unchanged_version(job.name, job.offer)])
        problems.extend(told_of(job, found, problems))

    def _retract(self, job: Job) -> None:
        """Remove the file in place of one that says that it no longer holds and cannot be made."""
        entry = self.manifest.entry(job)
        if entry and entry.stamp.status.holds and not job.stamp.status.holds:
            self._remove(job.name, job.target)

    def remove(self, leftovers: Iterable[Leftover]) -> tuple[Problem, ...]:
        """Take away what is no longer made.

        Returns:
            Why some of it is still there.
        """
        problems = Problems()
        for each in leftovers:
            self.unasked = self.unasked or each.unasked
            try:
                self._remove(each.name, each.file)
            except Rejected as rejected:
                problems.extend(rejected.problems)
        return tuple(problems)

    def _remove(self, name: str, file: str) -> None:
        self.manifest.withdraw(self.request.output, name, file)
        self.removed.append(file)


def _unchanged_version(name: str, offer: Offer) -> Problem:
    message = f"The content changed, but the version is still {offer.stamp.version}."
    place = Place(f"{SOURCES}/{name}/{FILE}", *offer.version_at)
    return Problem(
        "version-unchanged", message, place, "Move `version` and say why in `revisions`."
    )
