"""A whole build: read, check, plan, make, publish, record.

Good modules are built though others are broken, and an earlier good artifact is never replaced by
a broken one.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from builder.artifacts import KINDS
from builder.build.executors import run_jobs
from builder.build.make import Result, make, rehearse
from builder.build.manifest import Manifest, read_manifest, write_manifest
from builder.build.plan import Job, plan, wanted
from builder.checks.project import check_project
from builder.checks.source import check_module
from builder.checks.theme import check_theme
from builder.module.facts import FILE
from builder.module.library import Library, read_library
from builder.module.model import Module
from builder.problems import Place, Problem, Problems, Rejected, Severity
from builder.settings import Settings
from builder.theme import read_theme
from builder.workspace import Folder

Progress = Callable[[Job, Result], None]
FOLLOWING = ("artifact-failed", "file-missing", "file-unreadable")
"""Problems of an artifact that follow from errors in what it is made from."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did."""

    built: tuple[str, ...]
    """The files that were published, as paths under the output folder."""
    problems: tuple[Problem, ...]
    """Everything that was found, by module."""
    removed: tuple[str, ...] = ()
    """The files that were removed because they are no longer made."""

    @property
    def failed(self) -> bool:
        """Whether anything is an error."""
        return any(problem.severity == "error" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Request:
    """What a user asked for."""

    project: Folder
    settings: Settings
    day: datetime.date
    output: Path
    names: frozenset[str] = field(default_factory=frozenset)
    """The modules to build; all where it is empty."""
    workers: int = 1


def checked_library(project: Folder, settings: Settings, day: datetime.date) -> Library:
    """All modules of a project, with what reading and checking them found."""
    library = read_library(project)
    for name, module in library.modules.items():
        library.problems[name].extend(check_module(module, settings.rules, day))
    for name, problem in check_project(library):
        library.problems[name].extend([problem])
    return library


def check_themes(project: Folder, settings: Settings) -> tuple[Problem, ...]:
    """What is wrong with the theme in force."""
    try:
        return tuple(check_theme(read_theme(project, settings.theme)))
    except Rejected as rejected:
        return rejected.problems


def check(
    project: Folder, settings: Settings, day: datetime.date, names: Collection[str] = ()
) -> tuple[Problem, ...]:
    """Everything that is wrong with a project's theme and modules; notes come last.

    Args:
        project: its folder.
        settings: its theme and rules count.
        day: decides what has expired.
        names: the modules that are of interest; all where there are none.
    """
    library = checked_library(project, settings, day)
    names = names or library.problems
    found = Problems(check_themes(project, settings))
    if not found.errors:
        _rehearse(library, names, project, settings, day)
    problems = (*found, *library.ordered_problems(names))
    return tuple(sorted(problems, key=lambda problem: problem.severity is Severity.NOTE))


def _rehearse(
    library: Library,
    names: Collection[str],
    project: Folder,
    settings: Settings,
    day: datetime.date,
) -> None:
    """Add what making the artifacts of the modules would find, also where one has errors."""
    for name in names:
        module, problems = library.modules.get(name), library.problems[name]
        if module is None:
            continue
        told = {(each.code, each.place) for each in problems}
        broken = bool(problems.errors)
        for each in _rehearsed(module, library, project, settings, day):
            # What comes of an error that was told is no fault of ours.
            if (each.code, each.place) not in told and not (broken and each.code in FOLLOWING):
                problems.extend([each])


def _rehearsed(
    module: Module, library: Library, project: Folder, settings: Settings, day: datetime.date
) -> Iterator[Problem]:
    for job in plan([module], library.titles, settings, day):
        if KINDS[job.kind].rehearses:
            yield from rehearse(project.root, settings, job).problems


def build(request: Request, started: Callable[[int], None], progress: Progress) -> Outcome:
    """Build what was asked for.

    Args:
        request: what to build, for which day, and where to.
        started: told how many artifacts there are to make.
        progress: told of each as it is done.
    """
    library = checked_library(request.project, request.settings, request.day)
    problems = Problems(check_themes(request.project, request.settings))
    names = request.names or frozenset(library.problems)
    if problems.errors:
        found = library.ordered_problems(names)
        return Outcome((), (*problems.ordered(), *found))
    sound = library.sound()
    modules = [module for name, module in sound.items() if name in names]
    _rehearse(library, names - sound.keys(), request.project, request.settings, request.day)
    jobs = plan(modules, library.titles, request.settings, request.day)
    started(len(jobs))
    publisher = _Publisher(request, library, read_manifest(request.output))
    publisher.found.extend(problems)
    work = partial(make, request.project.root, request.settings)
    try:
        for job, result in run_jobs(work, jobs, request.workers):
            publisher.take(job, result)
            progress(job, result)
        publisher.remove_stale(modules)
    finally:  # also where the user stops it: what is in place is in the manifest
        publisher.record()
    return publisher.outcome(names)


class _Publisher:
    """Puts results in place in the order of the plan, and the manifest last."""

    def __init__(self, request: Request, library: Library, manifest: Manifest) -> None:
        self.request = request
        self.library = library
        self.manifest = manifest
        self.built: list[str] = []
        self.removed: list[str] = []
        self.failed: set[str] = set()
        self.found = Problems()

    def take(self, job: Job, result: Result) -> None:
        """Publish one result, or note why there is none."""
        problems = self.library.problems[job.module.name]
        problems.extend(result.problems)
        broken = any(problem.severity == "error" for problem in result.problems)
        if result.data is None or broken:
            self.failed.add(job.module.name)
            return
        if self.manifest.changed_under_version(job.kind, job.stamp):
            problems.extend([_unchanged_version(job)])
        try:
            self.manifest.publish(self.request.output, job.kind, job.target, result.data, job.stamp)
            self.built.append(job.target)
        except Rejected as rejected:
            self.failed.add(job.module.name)
            problems.extend(rejected.problems)

    def remove_stale(self, modules: Collection[Module]) -> None:
        """Remove what is no longer made: of these modules, and of those whose folder is gone."""
        for module in modules:
            if module.name not in self.failed:
                self._remove_unwanted(module)
        for name in set(self.manifest.artifacts) - set(self.library.problems):
            self._remove(name, set(self.manifest.artifacts[name]))

    def record(self) -> None:
        """Write the manifest."""
        try:
            write_manifest(self.request.output, self.manifest)
        except Rejected as rejected:
            self.found.extend(rejected.problems)

    def outcome(self, names: Collection[str]) -> Outcome:
        """What was found and done."""
        problems = (*self.library.ordered_problems(names), *self.found)
        return Outcome(tuple(self.built), problems, tuple(self.removed))

    def _remove_unwanted(self, module: Module) -> None:
        """Also a file that a lost manifest no longer names, but whose stamp says whose it is."""
        kinds = {kind.name for kind in wanted(module, self.request.settings, self.request.day)}
        for kind in KINDS.values():
            if kind.name not in kinds:
                self.manifest.adopt(self.request.output, module.name, kind)
        self._remove(module.name, set(self.manifest.artifacts.get(module.name, {})) - kinds)

    def _remove(self, name: str, kinds: set[str]) -> None:
        for kind in sorted(kinds):
            self.removed.append(self.manifest.artifacts[name][kind].file)
            self.manifest.withdraw(self.request.output, name, kind)


def _unchanged_version(job: Job) -> Problem:
    module = job.module
    message = f"The content changed, but the version is still {job.stamp.version}."
    line = module.positions.get(("version",), (1, 1))
    place = Place(module.folder.label(FILE), *line)
    return Problem(
        "version-unchanged", message, place, "Move `version` and say why in `revisions`."
    )
