"""`.leafdeck-glance` in the output folder: how a build sees in a moment that it has nothing to do.

It holds what the system told of every file that the last build followed from, or wrote. Where
nothing moved, the day is one for which all findings hold, and the same is asked, everything is as
that build left it; its findings are told again. It imports next to nothing.
"""

from __future__ import annotations

import json
import os
import sys
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from builder import __version__
from builder.build.outcome import Outcome
from builder.problems import Place, Problem
from builder.workspace.glance import moved

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

FILE = ".leafdeck-glance"
PLAIN = (
    '{"clinics": [], "handout": null, "many": null, "modules": [], "only": [], "papers": [], '
    '"preview": false, "theme": null}'
)
"""What is asked for by a `build` without options."""
FORMAT = f"leafdeck glance 2 {__version__} {sys.version}".replace("\n", " ")
PACKAGES = ("site-packages", "dist-packages")
"""How the folders are called that packages are installed into, each under its version."""
PACKAGE = __file__.rpartition("/build/")[0]


@dataclass(frozen=True, slots=True)
class Told:
    """What there is to tell of a module where nothing is to be done."""

    kept: int = 0
    """How many of its files are in place."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Glance:
    """What the last build was asked, found, and saw."""

    asked: str
    """What it was asked for, in a form that is compared."""
    first: str
    """The first day for which its findings hold, as in 2026-03-02; empty where there is none."""
    last: str
    told: Mapping[str, Told]
    """What another build would tell of each module that was asked for, and of the rest under ""."""
    everyone: tuple[str, ...]
    """All modules that there are, in order."""
    paths: tuple[str, ...]
    """Of files and folders, as from the project's folder."""
    expected: bytes
    """What the system told of them."""

    @property
    def outcome(self) -> Outcome:
        """What another build would tell."""
        told = (*(each for name, each in self.told.items() if name), self.told.get("", Told()))
        problems = tuple(problem for each in told for problem in each.problems)
        return Outcome((), problems, unchanged=sum(each.kept for each in told))

    def fits(self, asked: str, day: datetime.date) -> bool:
        """Whether its findings hold for what is asked, and for a day."""
        written = day.isoformat()
        held = self.first <= written and (not self.last or written <= self.last)
        return bool(asked) and self.asked == asked and held

    def to_bytes(self) -> bytes:
        """The file that holds it."""
        head = {
            "asked": self.asked,
            "days": (self.first, self.last),
            "told": {
                name: [each.kept, *map(_values, each.problems)] for name, each in self.told.items()
            },
            "everyone": self.everyone,
            "paths": self.paths,
        }
        body = json.dumps(head).encode() + b"\n" + self.expected
        return b"%s %08x\n%s" % (FORMAT.encode(), zlib.crc32(body), body)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a glance showed."""

    last: Glance
    moved: frozenset[int]
    """The places among its paths of those that may have been changed since."""

    def nothing_to_do(self, asked: str, day: datetime.date) -> Outcome | None:
        """What the last build found, where another would find the same and do nothing; else None.

        Args:
            asked: what is asked for; nothing where it is empty.
            day: the day of the build.
        """
        return self.last.outcome if not self.moved and self.last.fits(asked, day) else None

    @property
    def still(self) -> tuple[str, ...]:
        """The paths of which nothing moved."""
        paths = enumerate(self.last.paths)
        return tuple(path for at, path in paths if at not in self.moved)


def seen(project: Path, output: Path) -> Seen | None:
    """Glance at all that the last build followed from, or wrote; None where it noted nothing.

    Args:
        project: the project's folder.
        output: the output folder.
    """
    try:
        last = _read(output)
        return Seen(last, frozenset(moved(last.paths, last.expected, os.fspath(project))))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _read(output: Path) -> Glance:
    """The glance in an output folder; one that was forged may lie, but is of the right kind."""
    path = output / FILE
    if not path.is_file():  # reading a pipe would never end
        raise ValueError("there is none")
    head, _, body = path.read_bytes().partition(b"\n")
    if head != b"%s %08x" % (FORMAT.encode(), zlib.crc32(body)):
        raise ValueError("another version wrote it, or it is damaged")
    line, _, expected = body.partition(b"\n")
    values = json.loads(line)
    told = {
        name: Told(_whole(kept), tuple(map(_problem, problems)))
        for name, (kept, *problems) in values["told"].items()
    }
    asked, first, last = _texts([values["asked"], *values["days"]])
    everyone, paths = _texts(values["everyone"]), _texts(values["paths"])
    return Glance(asked, first, last, told, everyone, paths, expected)


def _texts(values: list[Any]) -> tuple[str, ...]:
    if type(values) is not list or not {str}.issuperset(map(type, values)):
        raise TypeError("no texts")
    return tuple(values)


def _whole(number: Any) -> int:
    if type(number) is not int:
        raise TypeError("no number")
    return number


def _values(problem: Problem) -> list[Any]:
    place = problem.place
    return [
        *(problem.code, problem.message, problem.hint, problem.strict),
        *(place.path, place.line, place.column),
    ]


def _problem(values: list[Any]) -> Problem:
    code, message, hint, strict, path, line, column = values
    _texts([code, message, hint, path])
    where = (None if each is None else _whole(each) for each in (line, column))
    return Problem(code, message, Place(path, *where), hint, strict is True)


def programs() -> Iterator[str]:
    """The paths that tell whether our own code, or any package, was changed."""
    yield from (path for path in sys.path if path.endswith(PACKAGES))
    for folder, folders, files in os.walk(PACKAGE):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield folder
        yield from (f"{folder}/{name}" for name in sorted(files))
