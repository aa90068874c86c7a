"""Builds, and builds again what changes, for as long as somebody works on the sources.

The workers stay, and so does what was noted: a change of modules alone costs reading these. Any
other change (theme, settings, clinics, the list of modules, the day) is a build like any other.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Collection, Generator
from dataclasses import dataclass, field, replace
from pathlib import Path

from builder.build.executors import Executor
from builder.build.ground import Ground, ground_of
from builder.build.knowing.sight import Sight
from builder.build.making.make import Result
from builder.build.outcome import Outcome
from builder.build.planning.plan import Job
from builder.build.publishing.lock import locked
from builder.build.publishing.manifest import FILE as MANIFEST
from builder.build.publishing.manifest import begin
from builder.build.requests import Progress, Request
from builder.build.run import Build
from builder.build.watched import PROJECT, Watched
from builder.problems import Place, Problem, Problems, Rejected
from builder.workspace import Folder
from builder.workspace.events import Events
from builder.workspace.fingerprints import look_of
from builder.workspace.glance import Look

Ask = Callable[[Folder], Request]
"""Says what to build, of a project that was not looked at yet. It may raise `Rejected`."""
Owners = dict[str, tuple[str, ...]]
"""By path that changed: whose it is."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of a change."""

    changed: tuple[str, ...]
    """The paths that changed, as from the project's folder; empty where it was the day, or where
    it happened before anybody watched."""
    outcome: Outcome | None
    """None where nothing could be built."""
    problems: tuple[Problem, ...] = ()
    """Why."""
    seconds: float = 0
    """From when the change was told to when the last file was in place."""

    @property
    def has_news(self) -> bool:
        """Whether anything was done, or kept from being done."""
        outcome = self.outcome
        return outcome is None or bool(outcome.built or outcome.removed)


@dataclass(frozen=True, slots=True)
class Shown:
    """Who is told how a build goes on."""

    started: Callable[[int], None] = lambda total: None
    progress: Progress = lambda job, result: None


@dataclass(frozen=True, slots=True)
class _Memory:
    """What is known since the last build."""

    ground: Ground
    everyone: tuple[str, ...]
    """All modules."""
    manifest: Look
    """How the manifest looked then; another look means that somebody else has built."""


@dataclass(slots=True)
class _Watch:
    """Builds, and remembers."""

    root: Path
    ask: Ask
    executor: Executor
    shown: Shown
    watched: Watched = field(default_factory=Watched)
    memory: _Memory | None = None
    day: datetime.date = datetime.date.min
    """The day of the last build."""
    made: float = 0
    """When the last file was put in place."""

    def build(self) -> Outcome:
        """Look at everything, and build.

        Raises:
            Rejected: what is asked for cannot be told, or the output folder cannot be written.
        """
        self.memory = None
        folder = Folder(self.root, "")
        try:
            request = self._heard(self.ask(folder))
            with locked(request.output):
                ground = ground_of(request, self.executor, begin(request.output))
                return self._run(Build(ground))
        finally:
            if self.memory is None:  # what was seen so far is to be watched too
                self.watched.add(folder.log, Sight(folder, self.root, None, ()))

    def build_again(self, names: Collection[str]) -> Outcome:
        """Build of some modules what is not in place, if all else is known; else build.

        Raises:
            Rejected: as for `build`.
        """
        memory = self.memory
        if memory:
            output = memory.ground.request.output
            with locked(output):
                if _look(output) == memory.manifest:
                    return self._run(_again(memory, names))
        return self.build()

    def _run(self, build: Build) -> Outcome:
        """Build, and remember what was found, unless there is anything wrong with it."""
        ground, found = build.ground, build.found
        self.memory = None
        outcome = build.run()
        logs = {name: (found.surveys.get(name) or found.traces[name]).read for name in found.seen}
        self.watched.keep(found.everyone)
        self.watched.note(((PROJECT, ground.request.project.log), *logs.items()), ground.sight)
        if ground.is_fit and not ground.problems.errors:
            self.memory = _Memory(ground, found.everyone, _look(ground.request.output))
        return outcome

    def _heard(self, request: Request) -> Request:
        """What is asked for; it is noted when files are put in place."""

        def progress(job: Job, result: Result) -> None:
            self.made = time.perf_counter()
            self.shown.progress(job, result)

        self.day = request.day
        return replace(request, started=lambda total: self.shown.started(total), progress=progress)

    def touched(self, owners: Owners) -> Collection[str] | None:
        """The modules that may have changed; None where it takes a look at everything."""
        if not self.memory:
            return None
        paths = [path for path, names in owners.items() if PROJECT in names]
        if self.memory.ground.sight.again().changed(self.watched.told_of(paths)):
            return None
        return {name for names in owners.values() for name in names} - {PROJECT}

    def turn(self, changed: Collection[str], owners: Owners) -> Turn:
        """Build what follows from a change.

        Args:
            changed: the paths that changed; none where it was the day.
            owners: whose changes are to be looked at.
        """
        start = time.perf_counter()
        shown = tuple(path.removeprefix(f"{self.root}/") for path in changed)
        try:
            outcome = self._followed(owners)
        except Rejected as rejected:
            self.memory = None  # nobody looked at what changed
            return Turn(shown, None, rejected.problems)
        return Turn(shown, outcome, outcome.problems, max(0.0, self.made - start))

    def _followed(self, owners: Owners) -> Outcome:
        try:
            names = self.touched(owners) if owners else None
            return self.build() if names is None else self.build_again(names)
        except OSError as error:
            if error.filename is None:  # nobody takes what is printed
                raise
            message = f"The build broke off: {(error.strerror or str(error)).lower()}."
            problem = Problem("output-unwritable", message, Place(str(error.filename)))
            raise Rejected(problem) from None


def turns(
    root: Path, ask: Ask, executor: Executor, today: Callable[[], datetime.date], first: Shown
) -> Generator[Turn, None, None]:
    """Build, and build again what changes; without end.

    Args:
        root: the project's folder.
        ask: says what to build.
        executor: where the work is done; it stays open.
        today: the day, which may be another each time.
        first: who is told how the first build goes on; the others are short.

    Raises:
        KeyboardInterrupt: a signal ends it.
        OSError: the folders cannot be watched.
    """
    watch = _Watch(root, ask, executor, first)
    turn = watch.turn((), {})
    watch.shown = Shown()
    with Events() as events:
        unsure = events.look_at(watch.watched.folders)
        yield turn
        while True:
            found = watch.watched.owners(events.next())
            owners = watch.watched.owners(dict.fromkeys(unsure, True)) | found
            is_new_day = watch.day != today()
            if owners or is_new_day:
                changed = watch.watched.lasting(found)
                turn = watch.turn(changed, {} if is_new_day else owners)
                if changed or is_new_day or turn.has_news:
                    yield turn
            unsure = events.look_at(watch.watched.folders)


def _again(memory: _Memory, names: Collection[str]) -> Build:
    """The build of modules that may have changed, on the same ground."""
    before = memory.ground
    sight = before.sight.again()
    shared = before.shared and replace(before.shared, sight=sight)
    ground = replace(before, sight=sight, shared=shared, problems=Problems())
    found = ground.finder().find_again(memory.everyone, names)
    changed = frozenset({*names, *found.surveys})
    return Build(replace(ground, request=replace(before.request, changed=changed)), found)


def _look(output: Path) -> Look:
    return look_of(str(output / MANIFEST))[0]
