"""A small project and all that a build of it depends on, to be changed at will."""

from __future__ import annotations

import datetime
import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.helpers import CHECKOUT, TESTS, Project

MODULES = ("alpha", "beta", "gamma")
BASIC = TESTS / "cases" / "basic" / "sources" / "basic"
CLINIC = CHECKOUT / "themes" / "clinic"
FACTS = """id: {id}
version: "1.0"
title: Module {name}
summary: Of few words.
kind: leaflet
language: en
audience: Testers
objectives: [Know one thing]
published: 2026-03-02
expires: {expires}
people: [{{name: Ada Author, roles: [author], interests: none}}]
funding: none
publisher: {{name: The Press}}
contact: {{name: The desk, phone: "0123 456 789"}}
feedback: {{email: us@example.org}}
"""
EXPIRES = dict(zip(MODULES, ("2027-01-10", "2026-06-15", "2026-12-01"), strict=True))
SERIES = "series: {name: A series, part: 2, previous: alpha}\n"
TEXT = "## Who this is for {.who}\n\nSome words of one module.\n"
DAYS = tuple(
    map(
        datetime.date.fromisoformat,
        ("2026-06-01", "2026-06-14", "2026-06-15", "2026-03-01", "2026-12-01", "2030-01-01"),
    )
)
ENTRY = "name: St A\nphone: 020 7946 {number:04d}\n"
EVERY = ("page", "deck", "leaflet", "audit")
QUICK = (("page", "deck"), ("page",))
"""Kinds that are made in a moment."""


@dataclass
class World:
    """A project, the day, what is asked for, and what was done to the output by hand."""

    project: Project
    choices: tuple[tuple[str, ...], ...] = QUICK
    """What may be asked for."""
    kinds: tuple[str, ...] = QUICK[0]
    settings: dict[str, Any] = field(default_factory=dict)
    meddled: dict[str, bytes] = field(default_factory=dict)
    """What was left of the files that somebody changed."""
    known: dict[str, Any] = field(default_factory=dict)
    """What the manifest said last of each file."""
    count: int = 0
    """So that each edit is another."""

    @classmethod
    def begin(cls, root: Path) -> World:
        """A world with three small modules, the second of a series with the first."""
        world = cls(Project(root))
        for name in MODULES:
            put_back(world, name)
        world.project.write("themes/own/theme.toml", 'extends = "clinic"\n')
        world.set("theme", "own")
        return world

    def number(self) -> int:
        """A number that was not given before."""
        self.count += 1
        return self.count

    def folder(self, name: str) -> Path:
        """A module's folder."""
        return self.project.root / "sources" / name

    def texts(self, name: str) -> list[Path]:
        """The texts of a module that are there."""
        return [path for path in sorted(self.folder(name).glob("*.md")) if path.is_file()]

    def published(self) -> list[Path]:
        """The files that were made."""
        return [path for path in sorted(self.project.output.glob("*/*")) if path.is_file()]

    def set(self, key: str, value: Any) -> None:
        """Change a setting; None takes it away."""
        self.settings.pop(key, None)
        if value is not None:
            self.settings[key] = value
        lines = (f"{key} = {_toml(value)}\n" for key, value in self.settings.items())
        self.project.write("leafdeck.toml", "".join(lines))


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key} = {_toml(each)}' for key, each in value.items())}}}"
    return json.dumps(value)


def id_of(name: str) -> str:
    return f"{name.upper()}-01"


def put_back(world: World, name: str) -> None:
    """Make a module what it was in the beginning."""
    shutil.rmtree(world.folder(name), ignore_errors=True)
    facts = FACTS.format(name=name, id=id_of(name), expires=EXPIRES[name]) + (
        SERIES if name == "beta" else ""
    )
    file = {"alpha": "module.md", "beta": "leaflet.md", "gamma": "slides.md"}[name]
    world.project.write(f"sources/{name}/module.yaml", facts)
    world.project.write(f"sources/{name}/{file}", TEXT)
