"""What the system tells of changes in folders while a program runs.

`watchfiles` asks it; where the system tells nothing, as of folders on a network,
`WATCHFILES_FORCE_POLLING=1` has it look at all files again and again.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Generator
from pathlib import Path
from typing import Any, Self

from watchfiles import Change, watch

Changes = dict[str, bool]
"""By path: whether something came or went there; else what it holds may be another."""

STEP = 10
"""Milliseconds without a further change after which those that were seen are told: several files
that are saved together, or one that is written beside and renamed, are one change."""
LONGEST = 100
"""Milliseconds after which changes are told though more come."""
TURN = 50
"""Milliseconds after which it is told that there are none."""
TRIES = 5
"""How often folders may vanish while they are being begun with."""
SWAP = re.compile(r"^[.#]|~$|^~\$|^4913$|\.sw.$|\.tmp$|___jb_(tmp|old)___$", re.IGNORECASE)
"""The names of files that editors put beside those that are edited."""

Told = Generator[set[tuple[Change, str]], None, None]


class Events:
    """Tells of changes in some folders, those in folders below them left out."""

    def __init__(self) -> None:
        self._folders: frozenset[str] = frozenset()
        self._told: Told | None = None
        self._late: Changes = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._told:
            self._told.close()

    def look_at(self, folders: Collection[str]) -> frozenset[str]:
        """Tell of these folders from now on.

        Args:
            folders: with their whole paths; for one that is missing, the nearest that is there.

        Returns:
            Those that are new: nobody knows what happened there since they were read.

        Raises:
            OSError: they cannot be watched.
        """
        if (there := _nearest(folders)) == self._folders:
            return frozenset()
        told, self._late = _begun(there)
        if self._told:  # it tells of its folders until the other one does
            self._late |= _changes(next(self._told))
            self._told.close()
        new = there - self._folders
        self._folders, self._told = there, told
        return new

    def next(self) -> Changes:
        """The changes since; none where nothing happens within a short time.

        Raises:
            KeyboardInterrupt: the user, or any signal, ends it.
        """
        changes, self._late = self._late, {}
        if self._told and not changes:
            changes = _changes(next(self._told))
        self._folders -= {path for path, came_or_went in changes.items() if came_or_went}
        return changes


def is_swap(path: str) -> bool:
    """Whether a path is that of a file that an editor puts beside another, or a hidden one."""
    return SWAP.search(path.rpartition("/")[2]) is not None


def _nearest(folders: Collection[str]) -> frozenset[str]:
    """The folders that are there, or hold the place of those that are not."""
    return frozenset(str(_there(Path(folder))) for folder in folders)


def _there(folder: Path) -> Path:
    return next((each for each in (folder, *folder.parents) if each.is_dir()), folder)


def _begun(folders: frozenset[str]) -> tuple[Told, Changes]:
    """Whoever tells of folders, from now on, and what was told at once."""
    for _ in range(TRIES):
        try:
            return _first(folders)
        except FileNotFoundError:  # it vanished just now
            folders = _nearest(folders)
        except OSError:  # the system watches no more: too many are watched already
            return _first(folders, force_polling=True)
    raise FileNotFoundError("the folders come and go")


def _first(folders: frozenset[str], **how: Any) -> tuple[Told, Changes]:
    told = watch(
        *sorted(folders),
        watch_filter=None,
        debounce=LONGEST,
        step=STEP,
        rust_timeout=TURN,
        yield_on_timeout=True,
        recursive=False,
        ignore_permission_denied=True,
        **how,
    )
    return told, _changes(next(told))


def _changes(told: set[tuple[Change, str]]) -> Changes:
    changes: Changes = {}
    for change, path in told:
        changes[path] = changes.get(path, False) or change is not Change.modified
    return changes
