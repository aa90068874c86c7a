"""What a build looked at, by path: whose it is, and whether a change there is anybody's."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from builder.build.knowing.sight import Log, Sight
from builder.workspace.events import Changes, is_swap
from builder.workspace.notes import LISTING

PROJECT = ""
"""Whose theme, settings, clinics and list of modules are; no module is called so."""


@dataclass(frozen=True, slots=True)
class _Looked:
    """What was looked at for a module, or for the project."""

    log: Log
    labels: Mapping[str, frozenset[str]]
    """What each path tells of."""
    listings: frozenset[str]
    """The folders of which it counts what is in them."""


@dataclass(slots=True)
class Watched:
    """What was looked at for each module, and for the project."""

    _looked: dict[str, _Looked] = field(default_factory=dict)
    _owners: dict[str, set[str]] = field(default_factory=dict)
    """Of each path."""
    _listers: dict[str, set[str]] = field(default_factory=dict)
    """Of each folder, who counts what is in it."""
    _holders: dict[str, set[str]] = field(default_factory=dict)
    """Of each folder, whose paths are in it."""

    def note(self, logs: Iterable[tuple[str, Log]], sight: Sight) -> None:
        """Note what was looked at; nothing is forgotten of those that are not named.

        Args:
            logs: by module.
            sight: knows where things are.
        """
        for name, log in logs:
            if name not in self._looked or self._looked[name].log is not log:
                self._looked[name] = _looked_at(log, sight)
        self._index()

    def add(self, log: Log, sight: Sight) -> None:
        """Note what was looked at of the project beside what is known of it."""
        old, new = self._looked.get(PROJECT), _looked_at(log, sight)
        self._looked[PROJECT] = _merged(old, new) if old else new
        self._index()

    def _index(self) -> None:
        self._owners, self._listers, self._holders = {}, {}, {}
        for name, looked in self._looked.items():
            for path in looked.labels:
                self._owners.setdefault(path, set()).add(name)
                self._holders.setdefault(_parent(path), set()).add(name)
            for path in looked.listings:
                self._listers.setdefault(path, set()).add(name)

    def keep(self, names: Iterable[str]) -> None:
        """Forget every module but these."""
        kept = {PROJECT, *names}
        self._looked = {name: each for name, each in self._looked.items() if name in kept}

    @property
    def folders(self) -> frozenset[str]:
        """The folders in which everything is that was looked at."""
        return frozenset({*self._holders, *self._listers})

    def owners(self, changes: Changes) -> dict[str, tuple[str, ...]]:
        """Whose changes are; those that are nobody's are left out.

        Returns:
            By path: names of modules, and `PROJECT`.
        """
        found = {path: self._of(path, came) for path, came in sorted(changes.items())}
        return {path: tuple(sorted(names)) for path, names in found.items() if names}

    def _of(self, path: str, came_or_went: bool) -> set[str]:
        owners = self._owners.get(path, set())
        if not came_or_went:
            return owners
        listers = set() if is_swap(path) else self._listers.get(_parent(path), set())
        return owners | listers | self._holders.get(path, set()) | self._listers.get(path, set())

    def lasting(self, paths: Iterable[str]) -> tuple[str, ...]:
        """The paths that somebody looked at, or that are there: others only came and went."""
        return tuple(path for path in paths if path in self._owners or os.path.lexists(path))

    def told_of(self, paths: Iterable[str]) -> Log:
        """What was noted of the project under some paths."""
        looked, touched = self._looked[PROJECT], set(paths)
        touched |= {path for path in map(_parent, touched) if path in looked.listings}
        return {
            label: looked.log[label]
            for path, labels in looked.labels.items()
            if path in touched or _parent(path) in touched
            for label in labels
        }


def _merged(old: _Looked, new: _Looked) -> _Looked:
    labels = {
        path: old.labels.get(path, frozenset()) | new.labels.get(path, frozenset())
        for path in {*old.labels, *new.labels}
    }
    return _Looked({**old.log, **new.log}, labels, old.listings | new.listings)


def _looked_at(log: Log, sight: Sight) -> _Looked:
    labels: dict[str, set[str]] = {}
    listings = set()
    for label in log:
        for number, path in enumerate(_really(sight.paths({label: log[label]}))):
            labels.setdefault(path, set()).add(label)
            if not number and label.endswith(LISTING):
                listings.add(path)
    return _Looked(
        log, {path: frozenset(each) for path, each in labels.items()}, frozenset(listings)
    )


def _really(paths: Iterable[str]) -> Iterator[str]:
    """Paths, and where those that are links lead."""
    for path in paths:
        yield path
        if os.path.islink(path):  # noqa: PTH114 - done for many thousand files
            yield os.path.realpath(path)


def _parent(path: str) -> str:
    return path.rpartition("/")[0] or "/"
