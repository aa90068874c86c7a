"""Checks on the modules together: ids that are claimed twice, series that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from builder.artifacts.edition import CLINICS
from builder.fields import nearest
from builder.module.facts import FILE
from builder.module.library import Library
from builder.module.model import Module
from builder.module.yaml_text import place_of
from builder.problems import Place, Problem


def check_project(library: Library) -> Iterator[tuple[str, Problem]]:
    """What is wrong between modules: the module's folder, and the problem."""
    yield from _ids_once(library)
    yield from _names_free(library)
    yield from _neighbours_exist(library)


def _names_free(library: Library) -> Iterator[tuple[str, Problem]]:
    """No module is called as the folder of the clinics' editions is."""
    if CLINICS in library.modules:
        place = Place(library.modules[CLINICS].folder.name)
        message = f"No module can be called “{CLINICS}”: there the clinics' own editions are put."
        yield CLINICS, Problem("module-name", message, place, "Rename the folder.")


def _ids_once(library: Library) -> Iterator[tuple[str, Problem]]:
    owners: dict[str, list[Module]] = {}
    for module in library.modules.values():
        owners.setdefault(module.facts.id, []).append(module)
    for identity, modules in owners.items():
        for module in modules if len(modules) > 1 else ():
            others = ", ".join(m.folder.name for m in modules if m is not module)
            message = f"The id {identity} is also claimed by {others}."
            yield module.name, Problem("module-twice", message, _at(module, "id"))


def _neighbours_exist(library: Library) -> Iterator[tuple[str, Problem]]:
    for module in library.modules.values():
        for path, name in module.facts.named_modules.items():
            if name not in library.problems:
                message = f"There is no module “{name}” in sources/."
                hint = nearest(name, library.problems)
                yield module.name, Problem("series-unknown", message, _at(module, *path), hint)


def _at(module: Module, *path: str) -> Place:
    return place_of(module.folder.label(FILE), module.positions, path)
