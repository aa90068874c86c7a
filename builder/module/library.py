"""All modules of a project: every folder under `sources/` that holds a `module.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath

from builder.module.facts import FILE
from builder.module.model import Module
from builder.module.read import read_module
from builder.module.translation import is_translation, translation_files
from builder.module.yaml_text import place_of
from builder.problems import Place, Problems, Rejected
from builder.workspace import Folder

SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class Card:
    """What other modules ask of a module."""

    id: str
    id_at: Place
    title: str
    named: tuple[tuple[str, Place], ...] = ()
    """The folders of the modules that it names, and where."""

    @property
    def neighbours(self) -> tuple[str, ...]:
        """The folders of the modules that it names."""
        return tuple(name for name, _ in self.named)


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


def is_sound(problems: Problems) -> bool:
    """Whether a module can be built: an error in a translation is that translation's alone."""
    return all(is_translation(each.place.path) for each in problems.errors)


def broken_translations(problems: Problems) -> frozenset[str]:
    """The files of a module's translations that have an error: nothing else suffers for it."""
    paths = (each.place.path for each in problems.errors)
    return frozenset(path for path in paths if is_translation(path))


def held_languages(problems: Problems) -> frozenset[str]:
    """The languages whose translation has an error that is no refusal of the profile's.

    What was made of them before stays, as everything stays of a module with an error.
    """
    broken = (each for each in problems.errors if not each.strict)
    files = tuple(PurePosixPath(each.place.path).name for each in broken)
    return frozenset(tag for _, _, tag in translation_files(files))


def card_of(module: Module) -> Card:
    """What other modules ask of a module."""
    path = module.folder.label(FILE)
    facts, positions = module.facts, module.positions
    named = facts.named_modules.items()
    return Card(
        *(facts.id, place_of(path, positions, ("id",)), facts.title),
        named=tuple((name, place_of(path, positions, keys)) for keys, name in named),
    )


def label_of(name: str) -> str:
    """How a module's folder is named in messages."""
    return f"{SOURCES}/{name}"


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
    for name in module_names(project):
        problems = library.problems[name] = Problems()
        module = read_one(project, name, problems)
        if module:
            library.modules[name] = module
    return library


def read_one(project: Folder, name: str, problems: Problems) -> Module | None:
    """One module of a project, or None where it cannot be had; what is wrong goes to `problems`."""
    try:
        return read_module(project.folder(SOURCES).folder(name), problems)
    except Rejected as rejected:
        problems.extend(rejected.problems)
        return None
