"""A build in which a few modules were touched and nothing else: the others are not looked at.

What a glance showed to be as it was is not parsed, not planned, and told again as it was told.
Where anything moved that more than one module follows from, everything is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from builder.build.publishing.idle import Seen, Told
from builder.build.requests import Request
from builder.module.library import SOURCES


@dataclass(frozen=True)
class Calm:
    """What a glance showed."""

    seen: Seen
    touched: frozenset[str]
    """The modules that moved, or whose files did."""

    @property
    def everyone(self) -> tuple[str, ...]:
        """All modules, in order."""
        return tuple(self.seen.last.everyone)

    @cached_property
    def told(self) -> dict[str, Told]:
        """What was told of the others."""
        told = self.seen.last.told.items()
        return {name: each for name, each in told if name and name not in self.touched}

    def but(self, touched: Iterable[str]) -> Calm:
        """The same where more modules are looked at."""
        return replace(self, touched=self.touched | frozenset(touched))

    @property
    def kept(self) -> int:
        """How many files of the others are in place."""
        return sum(each.kept for each in self.told.values())

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The paths that tell whether the others are as they were, and those of no module."""
        own = tuple(f"{SOURCES}/{name}" for name in self.touched)
        inside = tuple(f"{folder}/" for folder in own)
        still = self.seen.still
        return tuple(path for path in still if path not in own and not path.startswith(inside))


def calm_of(request: Request) -> Calm | None:
    """What a build that was asked for has in common with the last; None where it is another."""
    seen = request.seen
    if seen is None or not seen.last.fits(request.asked, request.day):
        return None
    touched = frozenset(_touched(seen, request))
    return Calm(seen, touched - {""}) if "" not in touched else None


def _touched(seen: Seen, request: Request) -> Iterator[str]:
    """The modules that paths which moved belong to; empty for one that belongs to all."""
    everyone = frozenset(seen.last.everyone)
    output = str(request.output.absolute()).removeprefix(f"{request.project.root}/")
    for place in seen.moved:
        path = seen.last.paths[place]
        folders = (folder for folder in (SOURCES, output) if path.startswith(f"{folder}/"))
        inside = path.removeprefix(f"{next(folders, path)}/")
        name = inside.partition("/")[0]
        yield name if name in everyone else ""
