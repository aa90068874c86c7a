"""What workers do: read a module, try what would be made of it, make an artifact.

Each work names the project's files that it reads, and can be done in another folder that holds
these: a worker on another machine need not see the project.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from builder.build.cache import Cache
from builder.build.knowing.rehearsal import Rehearsal
from builder.build.knowing.survey import Survey, survey
from builder.build.making.make import Result, Workshop
from builder.build.planning.plan import Job
from builder.module.library import label_of
from builder.problems import Place, Problem, Rejected
from builder.settings import Profile
from builder.theme import Theme, shipped
from builder.workspace import FILE_LIMIT


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads and checks modules."""

    root: Path
    rules: Profile
    day: datetime.date

    def __call__(self, name: str) -> Survey:
        """What reading a module finds."""
        return survey(self.root, self.rules, self.day, name)

    def at(self, root: Path, cache: Cache | None) -> Self:
        """The same in another folder; nothing is asked of a cache."""
        return replace(self, root=root)

    def files(self, name: str) -> Iterator[str]:
        """The module."""
        return whole(self.root, label_of(name))


@dataclass(frozen=True, slots=True)
class Making:
    """Makes artifacts."""

    workshop: Workshop

    @property
    def root(self) -> Path:
        """The project's folder."""
        return self.workshop.root

    def __call__(self, job: Job) -> Result:
        """What comes of a job."""
        return self.workshop.make(job)

    def at(self, root: Path, cache: Cache | None) -> Self:
        """The same in another folder, with another cache."""
        return replace(self, workshop=replace(self.workshop, root=root, cache=cache))

    def files(self, job: Job) -> Iterator[str]:
        """The module, for its pictures, and the project's own theme."""
        return _with_theme(self.workshop, job.name)


@dataclass(frozen=True, slots=True)
class Rehearsing:
    """Tries what would be made of modules."""

    rehearsal: Rehearsal

    @property
    def root(self) -> Path:
        """The project's folder."""
        return self.rehearsal.workshop.root

    def __call__(self, found: Survey) -> tuple[Problem, ...]:
        """What making a module would find."""
        return self.rehearsal.of(found)

    def at(self, root: Path, cache: Cache | None) -> Self:
        """The same in another folder, with another cache."""
        workshop = replace(self.rehearsal.workshop, root=root, cache=cache)
        return replace(self, rehearsal=replace(self.rehearsal, workshop=workshop))

    def files(self, found: Survey) -> Iterator[str]:
        """The module, for its pictures, and the project's own theme."""
        return _with_theme(self.rehearsal.workshop, found.name)


def whole(root: Path, folder: str) -> Iterator[str]:
    """All that lies in a folder of a project, hidden files too: a text may name them.

    Args:
        root: the project's folder.
        folder: its path from there.

    Yields:
        Paths from the project's folder, those of folders with a slash at their end; the folder
        itself comes first.

    Raises:
        Rejected: it cannot be read, or holds what is no plain file: a link may lead anywhere.
    """
    place = root / folder
    if place.is_symlink():
        raise _unlike(folder)
    yield f"{folder}/"
    try:
        found = sorted(os.scandir(place), key=lambda entry: entry.name)
    except OSError:
        raise _unlike(folder) from None
    for entry in found:
        path = f"{folder}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from whole(root, path)
        elif entry.is_file(follow_symlinks=False) and entry.stat().st_size <= FILE_LIMIT:
            yield path
        else:
            raise _unlike(path)


def _with_theme(workshop: Workshop, name: str) -> Iterator[str]:
    yield from whole(workshop.root, label_of(name))
    yield from workshop.theme.once(_own_files)


def _own_files(theme: Theme) -> tuple[str, ...]:
    """The files of a theme, and of those that it extends, that did not come with Leafdeck."""
    own = [folder for folder in theme.folders if folder.root.parent != shipped()]
    return tuple(
        label for folder in own for label in (f"{folder.name}/", *map(folder.label, folder.walk()))
    )


def _unlike(path: str) -> Rejected:
    return Rejected(Problem("file-unreadable", "It is no plain file or folder.", Place(path)))
