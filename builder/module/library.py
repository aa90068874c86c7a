"""All modules of a project: every folder under `sources/` that holds a `module.yaml`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from builder.module.facts import FILE
from builder.module.model import Module
from builder.module.read import read_module
from builder.module.translation import is_translation, translation_files, without
from builder.problems import Problem, Problems, Rejected
from builder.workspace import Folder

SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class Library:
    """The modules that could be read, and what is wrong with each that was looked at."""

    modules: dict[str, Module] = field(default_factory=dict)
    """By the folder's name, in order."""
    problems: dict[str, Problems] = field(default_factory=dict)
    """By the folder's name, also for those that could not be read."""

    @property
    def titles(self) -> dict[str, str]:
        """The titles by folder."""
        return {name: module.facts.title for name, module in self.modules.items()}

    def sound(self) -> dict[str, Module]:
        """The modules without an error; of each, the translations without one."""
        return {
            name: without(module, self.broken_translations(name))
            for name, module in self.modules.items()
            if all(is_translation(each.place.path) for each in self.problems[name].errors)
        }

    def broken_translations(self, name: str) -> frozenset[str]:
        """The files of a module's translations that have an error: nothing else suffers for it."""
        paths = (each.place.path for each in self.problems[name].errors)
        return frozenset(path for path in paths if is_translation(path))

    def held_languages(self, name: str) -> frozenset[str]:
        """The languages whose translation has an error that is no refusal of the profile's.

        What was made of them before stays, as everything stays of a module with an error.
        """
        broken = (each for each in self.problems[name].errors if not each.strict)
        files = tuple(PurePosixPath(each.place.path).name for each in broken)
        return frozenset(tag for _, _, tag in translation_files(files))

    def ordered_problems(self, names: Collection[str]) -> tuple[Problem, ...]:
        """The problems of some modules, by module and place."""
        return tuple(p for name in sorted(names) for p in self.problems[name].ordered())


def module_names(project: Folder) -> tuple[str, ...]:
    """The folders that hold a module, in order."""
    sources = project.folder(SOURCES)
    return tuple(name for name in sources.folders() if _holds_module(sources, name))


def _holds_module(sources: Folder, name: str) -> bool:
    """Whether a folder holds a module; one that leads out of the project is reported as one."""
    try:
        return sources.folder(name).has(FILE)
    except Rejected:
        return True


def read_library(project: Folder) -> Library:
    """Read every module of a project; a broken one does not keep the others from being read."""
    library = Library()
    sources = project.folder(SOURCES)
    for name in module_names(project):
        problems = library.problems[name] = Problems()
        try:
            module = read_module(sources.folder(name), problems)
        except Rejected as rejected:
            problems.extend(rejected.problems)
        else:
            if module:
                library.modules[name] = module
    return library
