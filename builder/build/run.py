"""A whole build: look, read what changed, check, plan, make, publish, record.

Good modules are built though others are broken, and an earlier good artifact is never replaced by
a broken one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from builder.build.executors.waiting import Waiting
from builder.build.ground import Ground, ground_of
from builder.build.knowing.calm import Calm, calm_of
from builder.build.knowing.findings import Finder, Findings
from builder.build.making.make import ROOM, Result, Workshop, lost, result_of
from builder.build.making.works import Making
from builder.build.outcome import Outcome, Planned
from builder.build.planning.leftovers import Leftover
from builder.build.planning.plan import Job
from builder.build.planning.planner import Plan, Planner
from builder.build.planning.reasons import EDITED
from builder.build.publishing.idle import Told
from builder.build.publishing.lock import locked
from builder.build.publishing.manifest import Manifest, begin, mark, read_manifest
from builder.build.publishing.notes import Notes
from builder.build.publishing.publish import Publisher
from builder.build.publishing.record import Record
from builder.build.requests import Request
from builder.clinics import read_clinics
from builder.problems import Problem, Problems, Rejected, Severity

Done = tuple[Job, Result | None]
"""A job and what came of it; None where what it would make is in place."""


def build(request: Request) -> Outcome:
    """Build what was asked for.

    Raises:
        Rejected: the output folder cannot be written, or another build writes into it.
    """
    with locked(request.output), Waiting(request.executor) as executor:
        calm = calm_of(request)
        ground = ground_of(request, executor, begin(request.output, believed=calm is not None))
        found = ground.finder().find_touched(calm) if calm and ground.is_fit else None
        return Build(ground, found, calm if found else None).run()


def look(request: Request, *, compares: bool = False) -> Outcome:
    """What a build would do; nothing is written.

    Args:
        request: as for a build.
        compares: whether it is told of a file only if it would really be made again: an edit may
            change nothing that is made.
    """
    with Waiting(request.executor) as executor:
        ground = ground_of(request, executor, read_manifest(request.output))
        return Build(ground).look(compares=compares)


def check(request: Request) -> tuple[Problem, ...]:
    """Everything that is wrong with a project's theme, clinics and modules; notes come last."""
    with Waiting(request.executor) as executor:
        ground = ground_of(request, executor, Manifest())
        found = ground.finder(tells=True).find()
        every = Problems(ground.problems)
        read_clinics(request.project, every)
        problems = (*every, *_told(Planner(ground, found)))
        return tuple(sorted(problems, key=lambda problem: problem.severity is Severity.NOTE))


class Build:
    """One build on its way down.

    Args:
        ground: what it stands on.
        found: what is known of the modules, where only some of them were looked at.
        calm: what is told of the others, where a glance showed that they are as they were.
    """

    def __init__(
        self, ground: Ground, found: Findings | None = None, calm: Calm | None = None
    ) -> None:
        self.ground = ground
        self.finder: Finder = ground.finder()
        self.is_whole = found is None or calm is not None
        self.found: Findings = found or self.finder.find()
        self.calm = calm and calm.but(self.found.seen)
        self.planner = Planner(ground, self.found)
        self.publisher = Publisher(ground.request, ground.manifest, self.found.problems)
        self.notes = Notes(ground.state, ground.environment)

    def run(self) -> Outcome:
        """Build, and note what was done."""
        if not self.ground.is_fit:
            return self._outcome()
        mark(self.ground.request.output)
        plan = self.planner.plan(self.planner.names)
        todo = [job for job in _all(plan) if job.reasons]
        self.ground.request.started(len(todo))
        try:
            fetched = {job.target for job in self._fetched(todo)}
            plan = self._read(plan, fetched)
            jobs = _all(plan)
            for job, result in self._results(jobs, fetched, self.ground.workshop):
                self._take(job, result)
            stale = self.planner.leftovers(jobs)
            left = self.publisher.remove(stale)
            self.ground.problems.extend(left)
            if not left:
                self.notes.settle()
        finally:  # also where the user stops it: what is in place is noted
            self._record()
        done = (_planned(job) for job in todo if job.target not in self.publisher.same)
        return replace(self._outcome(), planned=(*done, *map(_removed, stale)))

    def look(self, *, compares: bool) -> Outcome:
        """Tell what there is to do."""
        if not self.ground.is_fit:
            return self._outcome()
        plan = self.planner.plan(self.planner.names)
        jobs = _all(plan)
        todo = [job for job in jobs if job.reasons]
        if compares:
            workshop = replace(self.ground.workshop, compares=True)
            done = self._results(_all(self._read(plan, ())), (), workshop)
            todo = [job for job, result in done if result and not result.unchanged]
        gone = map(_removed, self.planner.leftovers(jobs))
        planned = (*map(_planned, todo), *gone)
        if compares and not planned:
            differing = Record(self.ground, self.found).differing()
            planned = tuple(Planned(file, (EDITED,)) for file in differing)
        return replace(self._outcome(), planned=planned, unchanged=len(jobs) - len(todo))

    def _fetched(self, todo: Iterable[Job]) -> Iterator[Job]:
        """Take from the cache what is only not in place."""
        cache = self.ground.request.cache
        jobs = [job for job in todo if job.missed] if cache else []
        if not cache or not jobs:
            return
        for job, (key, data) in zip(
            jobs, cache.get_many(ROOM, [job.missed for job in jobs]), strict=True
        ):
            result = result_of(data, key)
            if result:
                self._take(job, result)
                yield job

    def _read(self, plan: Plan, fetched: Iterable[str]) -> Plan:
        """The plan, after reading the modules of which there is anything to make."""
        done = frozenset(fetched)
        busy = [
            name
            for name, jobs in plan.items()
            if name not in self.found.surveys
            and any(job.reasons and job.target not in done for job in jobs)
        ]
        self.finder.read(busy, self.found)
        return {**plan, **self.planner.plan(busy)} if busy else plan

    def _results(
        self, jobs: Sequence[Job], fetched: Iterable[str], workshop: Workshop
    ) -> Iterator[Done]:
        """What comes of all jobs in their order; of those that were fetched, nothing more does."""
        left = [job for job in jobs if job.target not in fetched]
        todo = [job for job in left if job.reasons]
        done = self.ground.executor.run(Making(workshop), todo, cost=_cost, lost=lost)
        for job in left:
            yield next(done) if job.reasons else (job, None)

    def _take(self, job: Job, result: Result | None) -> None:
        """Put a result in place, or leave what is there."""
        if result:
            self.ground.sight.wrote(job.target)
            self.notes.take(job, result, published=self.publisher.take(job, result))
            return
        piece = self.notes.keep(job)
        if piece and piece.failed:
            self.publisher.fail(job, piece.failed)
        else:
            self.publisher.keep(job)

    def _record(self) -> None:
        """Note what is in place; the manifest first, then what only spares work."""
        ground, found = self.ground, self.found
        record = Record(ground, found, self.calm)
        try:
            record.write_manifest()
            self.notes.finish(self.finder, found, lambda name: ground.manifest.files([name]))
            record.share()
            if self.is_whole:
                record.write_state()
                record.write_glance(self._to_tell(), settled=self.notes.settled)
            else:
                record.write_traces()
            record.end()
        except Rejected as rejected:
            ground.problems.extend(rejected.problems)

    def _to_tell(self) -> dict[str, Told]:
        """What another build would tell: of each module asked for, and of the rest."""
        told = {
            name: Told(self.notes.kept[name], self.found.problems[name].ordered())
            for name in sorted(self.planner.names)
            if name not in self.found.settled
        }
        if self.calm:
            told = dict(sorted((told | self.calm.told).items()))
        return told | {"": Told(0, tuple(self.ground.problems))}

    def _outcome(self) -> Outcome:
        cache, made = self.ground.request.cache, self.publisher
        told = (*_told(self.planner), *self.ground.problems)
        if not self.ground.is_fit:
            told = (*self.ground.problems.ordered(), *_told(self.planner))
        return Outcome(
            tuple(made.built),
            (*told, *(cache.problems() if cache else ())),
            tuple(made.removed),
            made.unasked,
            made.unchanged + (self.calm.kept if self.calm else 0),
            taken=made.taken,
        )


def _all(plan: Plan) -> list[Job]:
    return [job for jobs in plan.values() for job in jobs]


def _told(planner: Planner) -> Iterator[Problem]:
    """What is wrong with the modules asked for, by module and place."""
    for name in sorted(planner.names):
        yield from planner.found.problems[name].ordered()


def _planned(job: Job) -> Planned:
    return Planned(job.target, job.reasons)


def _removed(leftover: Leftover) -> Planned:
    return Planned(leftover.file, (leftover.why,), removed=True)


def _cost(job: Job) -> float:
    return job.cost
