"""What builds share through a cache: of each module what was found, and what was made of it.

A fresh clone finds a module's trace by what its folder holds, and need not read it. A trace that
is found is believed as the last build's is: if all that it follows from is the same here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from builder.build.cache import Cache
from builder.build.knowing.credible import is_credible
from builder.build.knowing.sight import Sight
from builder.build.knowing.trace import Trace, from_values, to_values
from builder.module.library import SOURCES
from builder.problems import Rejected
from builder.workspace import Folder, digest

ROOM = "modules"
"""Where traces are in a cache."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The traces of modules in a cache."""

    cache: Cache
    project: Folder
    sight: Sight
    basis: str
    """The name of the environment: what was made in another is of no use."""

    def find(self, names: Iterable[str]) -> Iterator[tuple[str, Trace]]:
        """What builds elsewhere noted of modules whose folders hold the same."""
        keys = {key: name for name in names if (key := self._key(name))}
        for key, data in self.cache.get_many(ROOM, keys):
            trace = _trace(keys[key], data) if data else None
            if trace:
                yield keys[key], trace

    def keep(self, name: str, trace: Trace) -> None:
        """Let others find what was noted of a module."""
        key = self._key(name)
        if key:
            self.cache.put(ROOM, key, json.dumps(to_values(trace)).encode())

    def _key(self, name: str) -> str:
        """The digest of all that a module's folder holds; empty where that cannot be told."""
        try:
            folder = self.project.apart().folder(SOURCES).folder(name)
            held = [(path, self.sight.digest(str(folder.root / path))) for path in folder.walk()]
        except Rejected:
            return ""
        return digest(json.dumps([self.basis, name, held]).encode())


def _trace(name: str, data: bytes) -> Trace | None:
    try:
        trace = from_values(json.loads(data))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None  # another version wrote it
    return trace if is_credible(name, trace) else None
