"""A whole build: read, check, plan, make, publish, record.

Good modules are built though others are broken, and an earlier good artifact is never replaced by
a broken one.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from builder.artifacts import KINDS
from builder.artifacts.edition import CLINICS
from builder.build.executors import run_jobs
from builder.build.make import Result, make, rehearse
from builder.build.manifest import Manifest, read_manifest, write_manifest
from builder.build.plan import Job, plan
from builder.checks.audit import check_leaflets, tell_leaflets
from builder.checks.project import check_project
from builder.checks.source import check_module
from builder.checks.theme import check_theme
from builder.clinics import Clinic, clinic_names, read_clinics
from builder.fields import nearest
from builder.module.facts import FILE
from builder.module.library import Library, read_library
from builder.module.model import Module
from builder.problems import Place, Problem, Problems, Rejected, Severity
from builder.settings import FILE as SETTINGS
from builder.settings import Settings, line_of
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
    unchanged: int = 0
    """How many files are in place already, made from the very same."""

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
    clinics: frozenset[str] = field(default_factory=frozenset)
    """The clinics to build for, and no other; those of the settings where it is empty."""


def checked_library(project: Folder, settings: Settings, day: datetime.date) -> Library:
    """All modules of a project, with what reading and checking them found."""
    library = read_library(project)
    for name, module in library.modules.items():
        library.problems[name].extend(check_module(module, settings.rules, day))
        library.problems[name].extend(check_leaflets(module, settings.rules))
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
    found = Problems(check_themes(project, settings))
    clinics = Problems(_unknown(settings.clinics, project))
    if not names:
        read_clinics(project, clinics)
    names = names or library.problems
    if not found.errors:
        _rehearse(library, names, project, settings, day)
    for name, module in library.modules.items():
        library.problems[name].extend(tell_leaflets(module, settings.rules))
    problems = (*found, *clinics.ordered(), *library.ordered_problems(names))
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
        if KINDS[job.kind].rehearses or _is_limited(job):
            yield from rehearse(project.root, settings, job).problems


def _is_limited(job: Job) -> bool:
    """Whether it is a leaflet that may only be so long, which is told by laying it out."""
    paper = job.edition.paper
    limited = paper == "trifold" or job.module.facts.budget(paper) is not None
    return KINDS[job.kind].printed and limited


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
    clinics = _clinics(request, problems)
    jobs = plan(modules, library.titles, request.settings, request.day, clinics.asked)
    started(len(jobs))
    publisher = _Publisher(request, library, read_manifest(request.output))
    publisher.found.extend(problems)
    jobs = tuple(map(publisher.with_known, jobs))
    work = partial(make, request.project.root, request.settings)
    try:
        for job, result in run_jobs(work, jobs, request.workers):
            publisher.take(job, result)
            progress(job, result)
        publisher.remove_stale(names, jobs, clinics)
    finally:  # also where the user stops it: what is in place is in the manifest
        publisher.record()
    return publisher.outcome(names)


@dataclass(frozen=True, slots=True)
class _Clinics:
    """The clinics that a build is for."""

    asked: tuple[Clinic, ...]
    left_alone: Callable[[str], bool]
    """Whether a clinic's editions stay as they are: it is broken, or not asked for this time."""


def _clinics(request: Request, problems: Problems) -> _Clinics:
    wanted = request.clinics or frozenset(request.settings.clinics)
    if not wanted:
        return _Clinics((), lambda name: False)
    everyone = "all" in wanted
    known = clinic_names(request.project)
    sound = read_clinics(request.project, problems, () if everyone else wanted)
    problems.extend(_unknown(wanted, request.project))

    def left_alone(name: str) -> bool:
        """A clinic that nobody asked for this time, or that is broken."""
        asked = everyone or name in wanted
        return name in known and (name not in sound if asked else bool(request.clinics))

    return _Clinics(tuple(sound.values()), left_alone)


def _unknown(wanted: Collection[str], project: Folder) -> Iterator[Problem]:
    """The clinics that are asked for and that nobody wrote down."""
    if not wanted:
        return
    known = clinic_names(project)
    text = project.text(SETTINGS) if project.has(SETTINGS) else ""
    for name in sorted({*wanted} - {"all", *known}):
        hint = nearest(name, known) or f"Write clinics/{name}.yaml, or take it off."
        place = Place(SETTINGS, line_of(text, "clinics"))
        yield Problem("clinic-unknown", f"There is no clinic “{name}”.", place, hint)


class _Publisher:
    """Puts results in place in the order of the plan, and the manifest last."""

    def __init__(self, request: Request, library: Library, manifest: Manifest) -> None:
        self.request = request
        self.library = library
        self.manifest = manifest
        self.built: list[str] = []
        self.removed: list[str] = []
        self.unchanged = 0
        self.found = Problems()

    def with_known(self, job: Job) -> Job:
        """The job, and what the file in its place was made from."""
        entry = self.manifest.in_place(self.request.output, job)
        return replace(job, known=entry.made_from) if entry else job

    def take(self, job: Job, result: Result) -> None:
        """Publish one result, or note why there is none."""
        problems = self.library.problems[job.module.name]
        original = job.module.original
        behind = original is not None and original.moved_on  # it keeps the version it is made from
        if self.manifest.changed_under_version(job.stamp) and not behind:
            problems.extend([_unchanged_version(job)])
        if result.unchanged:
            self.unchanged += 1
            problems.extend(self.manifest.artifacts[job.module.name][job.target].problems)
            return
        problems.extend(result.problems)
        if result.data is None or Problems(result.problems).errors:
            return
        try:
            self.manifest.publish(self.request.output, job, result)
            self.built.append(job.target)
        except Rejected as rejected:
            problems.extend(rejected.problems)

    def remove_stale(self, names: Collection[str], jobs: Iterable[Job], clinics: _Clinics) -> None:
        """Remove what is no longer made: of these modules, and of those whose folder is gone.

        Of a module with an error everything stays, and what could not be made stays as it was.
        """
        wanted = {job.target for job in jobs}
        sound = {name for name in self.library.sound() if name in names}
        gone = set(self.manifest.artifacts) - set(self.library.problems)
        for name in sorted(gone | (sound & set(self.manifest.artifacts))):
            for file in sorted(set(self.manifest.artifacts[name]) - wanted):
                if name in gone or not self._is_held(name, file, clinics):
                    self.removed.append(file)
                    self.manifest.withdraw(self.request.output, name, file)

    def _is_held(self, name: str, file: str, clinics: _Clinics) -> bool:
        """Whether a file stays though nothing makes it this time."""
        language = self.manifest.artifacts[name][file].stamp.language
        held = self.library.held_languages(name)
        return language in held or clinics.left_alone(_clinic_of(file))

    def record(self) -> None:
        """Write the manifest."""
        try:
            write_manifest(self.request.output, self.manifest)
        except Rejected as rejected:
            self.found.extend(rejected.problems)

    def outcome(self, names: Collection[str]) -> Outcome:
        """What was found and done."""
        problems = (*self.library.ordered_problems(names), *self.found)
        return Outcome(tuple(self.built), problems, tuple(self.removed), self.unchanged)


def _clinic_of(file: str) -> str:
    """The clinic whose edition a file is; empty for a file of no clinic."""
    folder, _, rest = file.partition("/")
    return rest.partition("/")[0] if folder == CLINICS else ""


def _unchanged_version(job: Job) -> Problem:
    module = job.module
    message = f"The content changed, but the version is still {job.stamp.version}."
    line = module.positions.get(("version",), (1, 1))
    place = Place(module.folder.label(FILE), *line)
    return Problem(
        "version-unchanged", message, place, "Move `version` and say why in `revisions`."
    )
