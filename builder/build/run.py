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
from builder.build.executors import run_jobs
from builder.build.make import Result, make
from builder.build.manifest import Manifest, begin, clinic_of, write_manifest
from builder.build.plan import Job, is_withheld, plan
from builder.build.rehearsal import Rehearsal, told_of
from builder.checks.audit import check_leaflets, tell_leaflets
from builder.checks.project import check_project
from builder.checks.source import check_module
from builder.checks.theme import check_theme
from builder.clinics import FOLDER, FORM, Clinic, are_all_named, clinic_names, is_id, read_clinics
from builder.fields import nearest
from builder.module.facts import FILE
from builder.module.library import Library, read_library
from builder.problems import Place, Problem, Problems, Rejected, Severity
from builder.settings import FILE as SETTINGS
from builder.settings import Settings, line_of
from builder.theme import read_theme
from builder.workspace import Folder

Progress = Callable[[Job, Result], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did."""

    built: tuple[str, ...]
    """The files that were published, as paths under the output folder."""
    problems: tuple[Problem, ...]
    """Everything that was found, by module."""
    removed: tuple[str, ...] = ()
    """The files that were removed because they are no longer made."""
    unasked: bool = False
    """Whether any of these can be made, but was asked for on the command line alone."""
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
    read_clinics(project, clinics)
    names = names or library.problems
    if not found.errors:
        asked = _read_asked(settings.clinics, project, Problems())
        Rehearsal(project, settings, day, library, asked.values()).add_for(names)
    for name, module in library.modules.items():
        library.problems[name].extend(tell_leaflets(module, settings.rules))
    problems = (*found, *clinics.ordered(), *library.ordered_problems(names))
    return tuple(sorted(problems, key=lambda problem: problem.severity is Severity.NOTE))


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
    clinics = _clinics(request, problems)
    given = (request.project, request.settings, request.day)
    Rehearsal(*given, library, clinics.asked).add_for(names - sound.keys())
    jobs = plan(modules, library.titles, request.settings, request.day, clinics.asked)
    started(len(jobs))
    publisher = _Publisher(request, library, begin(request.output))
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
    gone: Callable[[str], bool] = lambda name: False
    """Whether a clinic is no longer written down, so that no module keeps an edition for it."""


def _clinics(request: Request, problems: Problems) -> _Clinics:
    wanted = request.clinics or frozenset(request.settings.clinics)
    if not wanted:
        return _Clinics((), lambda name: False)
    everyone = "all" in wanted
    known = clinic_names(request.project)
    sound = _read_asked(wanted, request.project, problems)
    problems.extend(_unknown(wanted, request.project))

    lost = not known or not are_all_named(request.project)

    def left_alone(name: str) -> bool:
        """A clinic that nobody asked for this time, that is broken, or that cannot be found."""
        asked = everyone or name in wanted
        if name not in known:
            return bool(name) and (name in wanted or lost)
        return name not in sound if asked else bool(request.clinics)

    def gone(name: str) -> bool:
        return bool(name) and name not in known and not left_alone(name)

    return _Clinics(tuple(sound.values()), left_alone, gone)


def _read_asked(wanted: Collection[str], project: Folder, problems: Problems) -> dict[str, Clinic]:
    """The sound clinics that are asked for, by id."""
    if not wanted:
        return {}
    return read_clinics(project, problems, () if "all" in wanted else wanted)


def _unknown(wanted: Collection[str], project: Folder) -> Iterator[Problem]:
    """The clinics that are asked for and that nobody wrote down."""
    if not wanted:
        return
    known = clinic_names(project)
    if "all" in wanted and not known:
        hint = "Write clinics/NAME.yaml or a table of many, or do not ask for all."
        yield Problem("clinic-unknown", "There is no clinic.", Place(FOLDER), hint)
    text = project.text(SETTINGS) if project.has(SETTINGS) else ""
    for name in sorted({*wanted} - {"all", *known}):
        instead = f"Write clinics/{name}.yaml, or take it off." if is_id(name) else FORM
        hint = nearest(name, known) or instead
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
        self.unasked = False
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
            known = self.manifest.keep(job).problems
            problems.extend(told_of(job, known, problems))
            return
        problems.extend(told_of(job, result.problems, problems))
        if result.data is None or Problems(result.problems).errors:
            self._retract(job)
            return
        try:
            self.manifest.publish(self.request.output, job, result)
            self.built.append(job.target)
        except Rejected as rejected:
            problems.extend(rejected.problems)

    def _retract(self, job: Job) -> None:
        """Remove the file in place of one that says that it no longer holds and cannot be made."""
        entry = self.manifest.artifacts.get(job.stamp.name, {}).get(job.target)
        if entry and entry.stamp.status.holds and not job.stamp.status.holds:
            self.removed.append(job.target)
            self.manifest.withdraw(self.request.output, job.stamp.name, job.target)

    def remove_stale(self, names: Collection[str], jobs: Iterable[Job], clinics: _Clinics) -> None:
        """Remove what is no longer made: of these modules, and of those whose folder is gone.

        Of a module with an error everything stays, and what could not be made stays as it was;
        but nobody keeps an edition for a clinic that is gone.
        """
        for name, files in sorted(self.manifest.artifacts.items()):
            for file in [each for each in sorted(files) if clinics.gone(clinic_of(each))]:
                self._remove(name, file)
        wanted = {job.target for job in jobs}
        sound = {name for name in self.library.sound() if name in names}
        gone = set(self.manifest.artifacts) - set(self.library.problems)
        for name in sorted(gone | (sound & set(self.manifest.artifacts))):
            for file in sorted(set(self.manifest.artifacts[name]) - wanted):
                if name in gone or not self._is_held(name, file, clinics):
                    self.unasked = self.unasked or (
                        name not in gone and self._is_unasked(name, file)
                    )
                    self._remove(name, file)

    def _remove(self, name: str, file: str) -> None:
        self.removed.append(file)
        self.manifest.withdraw(self.request.output, name, file)

    def _is_unasked(self, name: str, file: str) -> bool:
        """Whether a file could be made, had the settings or the command asked for it."""
        kind = KINDS[self.manifest.artifacts[name][file].stamp.artifact]
        paper = self.manifest.artifacts[name][file].paper
        settings = self.request.settings
        return not self._is_withheld(name) and (
            (kind.extra and kind.name not in settings.extras)
            or (kind.printed and bool(paper) and paper not in settings.leaflet.formats)
            or bool(clinic_of(file))
        )

    def _is_withheld(self, name: str) -> bool:
        facts = self.library.modules[name].facts
        return is_withheld(facts, self.request.settings.rules, self.request.day)

    def _is_held(self, name: str, file: str, clinics: _Clinics) -> bool:
        """Whether a file stays though nothing makes it this time: never where nothing may."""
        if self._is_withheld(name):
            return False
        language = self.manifest.artifacts[name][file].stamp.language
        held = self.library.held_languages(name)
        return language in held or clinics.left_alone(clinic_of(file))

    def record(self) -> None:
        """Write the manifest."""
        try:
            write_manifest(self.request.output, self.manifest)
        except Rejected as rejected:
            self.found.extend(rejected.problems)

    def outcome(self, names: Collection[str]) -> Outcome:
        """What was found and done."""
        problems = (*self.library.ordered_problems(names), *self.found)
        return Outcome(
            tuple(self.built), problems, tuple(self.removed), self.unasked, self.unchanged
        )


def _unchanged_version(job: Job) -> Problem:
    module = job.module
    message = f"The content changed, but the version is still {job.stamp.version}."
    line = module.positions.get(("version",), (1, 1))
    place = Place(module.folder.label(FILE), *line)
    return Problem(
        "version-unchanged", message, place, "Move `version` and say why in `revisions`."
    )
