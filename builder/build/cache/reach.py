"""A store as one process meets it during one build: it fails no build, and is given up soon."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable
from typing import Any

from builder.build.cache.stores import Store
from builder.problems import Problem

READING, WRITING = "reading", "writing"
PATIENCE = 2
"""Failures one after another until nothing more is asked."""
WORDS: tuple[tuple[type[OSError], str], ...] = (
    (PermissionError, "access is refused"),
    (FileNotFoundError, "there is no such place"),
    (NotADirectoryError, "it is not a folder"),
    (TimeoutError, "it does not answer in time"),
    (ConnectionError, "nothing answers there"),
)
ANEW = "The build goes on; what the cache would have given is made anew."


def reason(error: OSError) -> str:
    """Why something failed, in words that hold no address and no secret."""
    for kind, words in WORDS:
        if isinstance(error, kind):
            return words
    if error.errno == errno.EBUSY:
        return "it is too busy"
    if error.errno:
        return os.strerror(error.errno).lower()
    return f"it fails with {type(error.__cause__ or error).__name__}"


def unreachable(shown: str, error: OSError, hint: str = "", strict: bool = False) -> Problem:
    """What is told of a store that fails.

    Args:
        shown: its address as it may be shown.
        error: what happened.
        hint: what follows from it.
        strict: whether nothing can follow.
    """
    message = f"The cache {shown} cannot be used: {reason(error)}."
    return Problem("cache-unreachable", message, hint=hint, strict=strict)


class Reach:
    """A store, and how far it can be reached."""

    def __init__(self, open_store: Callable[[], Store], shown: str) -> None:
        """Begin; nothing is opened yet.

        Args:
            open_store: gives the store, the same one each time; it may raise `OSError`.
            shown: the store's address as it may be shown.
        """
        self._open = open_store
        self._shown = shown
        self._failures = {READING: 0, WRITING: 0}
        self._given_up: set[str] = set()
        self._problems: dict[str, Problem] = {}

    @property
    def far(self) -> bool:
        """Whether each request takes long; False where nothing is asked any more."""
        return bool(self._ask(READING, lambda store: store.far))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is to be told of the store, each kind of problem once."""
        return tuple(self._problems.values())

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None: it is not there, or cannot be had."""
        found: bytes | None = self._ask(READING, lambda store: store.read(path))
        return found

    def write(self, path: str, data: bytes) -> None:
        """Put a file in place, if that can be done."""
        self._ask(WRITING, lambda store: store.write(path, data))

    def remove(self, path: str) -> None:
        """Take a file away, if that can be done."""
        self._ask(WRITING, lambda store: store.remove(path))

    def hear(self, problems: Iterable[Problem]) -> None:
        """Take over what another process was told of the same store."""
        for problem in problems:
            self._problems.setdefault(problem.code, problem)

    def _ask(self, act: str, work: Callable[[Store], Any]) -> Any:
        if act in self._given_up:
            return None
        try:
            answer = work(self._open())
        except OSError as error:
            self._note(act, error)
            return None
        self._failures[act] = 0
        return answer

    def _note(self, act: str, error: OSError) -> None:
        """Tell of a failure. Who may read only is told less, and is asked to write no more."""
        refused = isinstance(error, PermissionError) or error.errno == errno.EROFS
        if refused and act == WRITING:
            self._given_up.add(WRITING)
            message = f"The cache {self._shown} may be read only; nothing is put there."
            self.hear([Problem("cache-read-only", message)])
            return
        self.hear([unreachable(self._shown, error, ANEW)])
        # Who was waited for in vain is not waited for again, else each file would cost that time.
        self._failures[act] += PATIENCE if isinstance(error, TimeoutError) else 1
        if self._failures[act] >= PATIENCE:
            self._given_up.add(act)
            if act == READING and not refused:
                self._given_up.add(WRITING)
