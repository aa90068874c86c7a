"""What a build notes for the next one while it publishes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import replace

from builder.build.knowing.environment import Environment
from builder.build.knowing.findings import Finder, Findings
from builder.build.knowing.trace import Piece, piece_of
from builder.build.making.make import Result
from builder.build.planning.plan import Job
from builder.build.publishing.state import State
from builder.problems import Problems

TRANSIENT = ("artifact-failed", "output-unwritable")
"""Why an artifact was not made that may not hold the next time."""


class Notes:
    """Notes of each file what it follows from; in the state once all is in place."""

    def __init__(self, state: State, environment: Environment) -> None:
        self._state = state
        self._environment = environment
        self._pieces: dict[str, dict[str, Piece]] = {}
        self.kept: Counter[str] = Counter()
        """How many files of each module are what they must be."""
        self.settled = False
        """Whether another build would find nothing to do."""
        self._passing = False
        """Whether anything went wrong that may not the next time."""

    def keep(self, job: Job) -> Piece | None:
        """Note that what a job would make is in place, or cannot be made as before.

        Returns:
            What is known of its file.
        """
        piece = self._known(job)
        self._note(job, piece)
        self.kept[job.name] += piece is not None and not piece.failed
        return piece

    def take(self, job: Job, result: Result, *, published: bool) -> None:
        """Note what came of a job.

        Args:
            job: the job.
            result: what came of it.
            published: whether its file is what it must be now.
        """
        old = self._known(job)
        seconds = result.seconds or (old.seconds if old else 0)
        new = replace(
            piece_of(job, self._environment.id), made_from=result.made_from, seconds=seconds
        )
        if published:
            self._note(job, new)
            self.kept[job.name] += 1
            return
        failed = Problems(result.problems).errors
        lasting = bool(failed) and all(each.code not in TRANSIENT for each in failed)
        self._note(job, replace(new, failed=result.problems, made_from="") if lasting else None)
        self._passing = self._passing or not lasting

    def settle(self) -> None:
        """Note that everything was done that there was to do."""
        self.settled = not self._passing

    def _known(self, job: Job) -> Piece | None:
        trace = self._state.trace(job.name)
        return trace.pieces.get(job.target) if trace else None

    def _note(self, job: Job, piece: Piece | None) -> None:
        noted = self._pieces.setdefault(job.name, {})
        if piece:
            noted[job.target] = piece

    def finish(
        self, finder: Finder, found: Findings, files: Callable[[str], Collection[str]]
    ) -> None:
        """Put the notes into the state.

        Args:
            finder: tells of the modules that were read.
            found: what is known of all.
            files: those of a module that are under the output folder now.
        """
        traces = found.traces | dict(finder.traces(found))
        for name, trace in traces.items():
            old = self._state.trace(name)
            kept = {**(old.pieces if old else {}), **self._pieces.get(name, {})}
            there = frozenset(files(name))
            pieces = {file: each for file, each in kept.items() if file in there or each.failed}
            if old is None or replace(trace, pieces=pieces) != old:
                self._state.note(name, replace(trace, pieces=pieces))
        self._state.environments[self._environment.id] = self._environment
        self._state.keep((*traces, *found.settled))
