"""The cache: what was made once, by the digest of all that decided it, for whoever shares it.

Whoever may write to a cache decides what is published: an entry is checked to be what was written
under its key, never who wrote it or from what. Give the right to write to those only whose builds
you would publish, such as those of the main branch; others may read. The cache keeps bytes and
knows nothing of them: what is read may be unpickled only where its own digest came over a trusted
way.
"""

from __future__ import annotations

import functools
import os
import re
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from builder.build.cache.entries import payload_of, place_of, sealed
from builder.build.cache.reach import Reach
from builder.build.cache.stores import Store
from builder.problems import Problem, Rejected

THREADS = 16
"""Requests at once to a store that is far."""
AHEAD = 2 * THREADS
"""Entries that are asked for before the first of them is taken: so many are held in memory."""
_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]*)://(.*)", re.DOTALL)
_LOCAL = "file"
_HINT = "Write a folder, or an address as in s3://bucket/folder."


@dataclass(frozen=True, slots=True)
class Cache:
    """A cache, as one build uses it; it can be pickled, and each process opens the store itself.

    Nothing that happens to the store fails a build: what cannot be had is a miss, what cannot be
    put is left out, and `problems` tells of it.

    Attributes:
        address: a folder's path or an fsspec address; it may hold a secret, so it is not shown.
        opening: tells this opening from any other: a store that failed an earlier build is tried
            again.
    """

    address: str = field(repr=False)
    opening: str = ""

    def get(self, room: str, key: str) -> bytes | None:
        """What was put under a key.

        Args:
            room: one of `entries.ROOMS`.
            key: 64 hexadecimal digits.

        Returns:
            The bytes; None where there are none, or not those that were put. What is not what was
            put is removed, where that may be done.

        Raises:
            ValueError: there is no such room, or it is no key.
        """
        place = place_of(room, key)
        reach = self._reach()
        entry = reach.read(place)
        if entry is None:
            return None
        payload = payload_of(place, entry)
        if payload is None:
            reach.remove(place)
        return payload

    def get_many(self, room: str, keys: Iterable[str]) -> Iterator[tuple[str, bytes | None]]:
        """Each key, in order, with what `get` gives; several at once where the store is far.

        Raises:
            ValueError: as for `get`.
        """
        if not self._reach().far:
            yield from ((key, self.get(room, key)) for key in keys)
            return
        asked: deque[tuple[str, Future[bytes | None]]] = deque()
        with ThreadPoolExecutor(THREADS) as threads:
            for key in keys:
                asked.append((key, threads.submit(self.get, room, key)))
                if len(asked) > AHEAD:
                    yield _answer(asked)
            while asked:
                yield _answer(asked)

    def put(self, room: str, key: str, data: bytes) -> None:
        """Keep bytes under a key, whole or not at all; what was there is replaced.

        Raises:
            ValueError: as for `get`.
        """
        place = place_of(room, key)
        self._reach().write(place, sealed(place, data))

    def problems(self) -> tuple[Problem, ...]:
        """What this process has to tell of the store, and what it heard; each code once."""
        return self._reach().problems

    def hear(self, problems: Iterable[Problem]) -> None:
        """Take over what a worker's `problems` told, so that it is told once for all workers."""
        self._reach().hear(problems)

    def store(self) -> Store:
        """The store itself, for upkeep.

        Raises:
            OSError: it cannot be opened.
        """
        return _store(self.address, os.getpid())

    def _reach(self) -> Reach:
        return _reach(self.address, self.opening, os.getpid())


def open_cache(address: str, project: Path) -> Cache:
    """A cache to read from and write to; the store itself is opened when first asked.

    Args:
        address: a folder, relative to the project, or any fsspec address, as in
            `s3://bucket/folder`. Credentials come from where the store's library looks for them.
        project: the project's folder.

    Raises:
        Rejected: it is no address, or what reaches such addresses is not installed.
    """
    found = _ADDRESS.fullmatch(address)
    if not address or "\0" in address or (not found and "://" in address):
        message = f"“{shown(address)}” is not the address of a cache."
        raise Rejected(Problem("cache-address", message, hint=_HINT))
    if found and found[1] != _LOCAL:
        _must_be_known(found[1], found[2], address)
        return Cache(address.rstrip("/") if found[2] else address, os.urandom(8).hex())
    path = Path(found[2] if found else address).expanduser()
    return Cache(str((project / path).absolute()), os.urandom(8).hex())


def shown(address: str) -> str:
    """An address as it may be shown: without a user, a password or what follows a question mark."""
    return re.sub(r"//[^/]*@", "//", address).partition("?")[0] if "://" in address else address


def _must_be_known(protocol: str, rest: str, address: str) -> None:
    """See that a store can be asked for; nothing is connected."""
    try:
        from fsspec import get_filesystem_class

        get_filesystem_class(protocol)
    except ImportError:
        extra = "s3" if protocol in ("s3", "s3a") else ""
        hint = "Install it with `pip install 'leafdeck[s3]'`." if extra else ""
        hint = hint or f"Install fsspec's package for {protocol} addresses."
        message = f"What reaches the cache {shown(address)} is not installed."
        raise Rejected(Problem("cache-missing-extra", message, hint=hint)) from None
    except ValueError:
        message = f"Nothing is known to reach {protocol}:// addresses."
        raise Rejected(Problem("cache-address", message, hint=_HINT)) from None
    if not rest.strip("/") and protocol != "memory":
        message = f"The address {shown(address)} names no place."
        raise Rejected(Problem("cache-address", message, hint=_HINT))


def _answer(asked: deque[tuple[str, Future[bytes | None]]]) -> tuple[str, bytes | None]:
    key, future = asked.popleft()
    return key, future.result()


@functools.lru_cache(maxsize=4)
def _reach(address: str, opening: str, process: int) -> Reach:
    """What this process knows of the store since this opening."""
    return Reach(lambda: _store(address, process), shown(address))


@functools.lru_cache(maxsize=4)
def _store(address: str, process: int) -> Store:
    """The store; a client of the process that forked this one is of no use here."""
    if "://" in address:
        from builder.build.cache.distant import DistantStore

        return DistantStore(address)
    from builder.build.cache.folder import FolderStore

    return FolderStore(Path(address))
