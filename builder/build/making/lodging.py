"""A worker's side of `parcels`: a job comes, its files are laid out here, its result goes back.

Each process has a folder of its own for each build, which looks to the work as the project does. It
is written as jobs need it, and removed when the process ends or begins a third build.
"""

from __future__ import annotations

import pickle
import platform
import shutil
import tempfile
import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from builder.build.cache import Cache
from builder.build.knowing.environment import Environment, versions
from builder.problems import Problem
from builder.theme import shipped
from builder.workspace import Folder, digest

ROOM = "inputs"
"""Where in a cache all that travels is."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a worker is sent."""

    cache: Cache
    parcel: str
    """Where in the cache the job is: its SHA-256."""
    installation: str
    """The name of the installation that the worker must have."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a worker sends back."""

    result: str = ""
    """Where in the cache the result is: its SHA-256; empty where there is none."""
    why: str = ""
    """Why there is none; empty too where the cache does not give what the job needs."""
    told: tuple[Problem, ...] = ()
    """What is wrong with the cache, as the worker meets it."""
    differs: Environment | None = None
    """The worker's installation, where that is not the one it must have."""
    machine: str = ""
    """The name of the worker's machine."""


def fulfil(order: Order) -> Reply:
    """Do a job.

    The job is unpickled only if it is what the order names: the order comes from the build, over
    the executor's channel, while others may write to the cache.

    Raises:
        Exception: the work does.
    """
    if order.installation != installation().id:
        return Reply(differs=installation(), machine=platform.node())
    cache = order.cache
    parcel = fetched(cache, order.parcel)
    if parcel is None:
        return Reply(told=cache.problems())
    work, job, files = pickle.loads(parcel)  # noqa: S301 - it is what our own parent packed
    lodging = _lodging(cache.opening)
    if not lodging.holds(files, cache):
        return Reply(told=cache.problems())
    result = pickle.dumps(work.at(lodging.root, cache)(job), pickle.HIGHEST_PROTOCOL)
    return Reply(sent(cache, result), told=cache.problems())


@lru_cache(maxsize=1)
def installation() -> Environment:
    """What is installed here: versions, and the themes that come with Leafdeck; no settings."""
    themes = Folder(shipped(), "themes")
    files = {themes.label(path): digest(themes.read(path)) for path in themes.walk()}
    return Environment(versions(), {"theme": '""'}, files)


def sent(cache: Cache, data: bytes) -> str:
    """Put bytes on their way; their key."""
    key = digest(data)
    cache.put(ROOM, key, data)
    return key


def fetched(cache: Cache, key: str) -> bytes | None:
    """The bytes of a key; None where the cache does not give those very bytes."""
    return _checked(key, cache.get(ROOM, key))


def _checked(key: str, data: bytes | None) -> bytes | None:
    return data if data is not None and digest(data) == key else None


class Lodging:
    """A folder that stands for the project while its jobs are done here."""

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="leafdeck-"))
        self._held: dict[str, dict[str, str]] = {}
        weakref.finalize(self, shutil.rmtree, self.root, ignore_errors=True)

    def holds(self, files: Mapping[str, str], cache: Cache) -> bool:
        """Lay out the modules and themes of a job, each exactly as the project has it.

        Args:
            files: the SHA-256 of each file by its path in the project; a path with a slash at its
                end is a folder's.
            cache: has the files.

        Returns:
            Whether all is there now.
        """
        wanted: dict[str, dict[str, str]] = {}
        for path, key in files.items():
            wanted.setdefault("/".join(path.split("/")[:2]), {})[path] = key
        return all(
            self._held.get(folder) == held or self._lay_out(folder, held, cache)
            for folder, held in wanted.items()
        )

    def _lay_out(self, folder: str, wanted: dict[str, str], cache: Cache) -> bool:
        self._held.pop(folder, None)
        shutil.rmtree(self.root / folder, ignore_errors=True)
        for path in wanted:
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            if path.endswith("/"):
                (self.root / path).mkdir(exist_ok=True)
        paths = [path for path in wanted if not path.endswith("/")]
        found = cache.get_many(ROOM, [wanted[path] for path in paths])
        for path, (key, data) in zip(paths, found, strict=True):
            checked = _checked(key, data)
            if checked is None:
                return False
            (self.root / path).write_bytes(checked)
        self._held[folder] = wanted
        return True


@lru_cache(maxsize=2)
def _lodging(build: str) -> Lodging:
    """The folder for a build, by the name of its opening of the cache."""
    return Lodging()
