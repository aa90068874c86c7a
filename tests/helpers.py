"""The vocabulary of the tests: a small project on disk that is edited, checked and built."""

from __future__ import annotations

import datetime
import shutil
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from builder.build.executors import here, pool
from builder.build.outcome import Outcome
from builder.build.publishing.idle import seen
from builder.build.requests import Request
from builder.build.run import build, check, look
from builder.problems import Problem, Rejected
from builder.settings import read_settings
from builder.workspace import Folder

TESTS = Path(__file__).parent
CHECKOUT = TESTS.parent
PRELOAD = ("builder.build.making.preload",)
TODAY = datetime.date(2026, 6, 1)
"""The day on which the tests live."""


@dataclass(frozen=True)
class Project:
    """A project's folder, and what a user does with it."""

    root: Path
    today: datetime.date = TODAY
    into: str = "output"
    """The folder that it is built to, as from its own."""

    @classmethod
    def from_(cls, source: Path, root: Path) -> Project:
        """A copy of a project, to be changed at will."""
        shutil.copytree(source, root, dirs_exist_ok=True)
        return cls(root)

    @property
    def output(self) -> Path:
        """Where it is built to."""
        return self.root / self.into

    def on(self, day: str) -> Project:
        """The same project on another day."""
        return replace(self, today=datetime.date.fromisoformat(day))

    def write(self, path: str, content: str | bytes) -> Project:
        """Write a file, its folders included."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def edit(self, path: str, old: str, new: str) -> Project:
        """Change one place of a file; the place must be there."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text, f"{path} does not hold {old!r}"
        return self.write(path, text.replace(old, new, 1))

    def check(self) -> tuple[Problem, ...]:
        """What `leafdeck check` finds."""
        try:
            folder = Folder(self.root, "")
            return check(Request(folder, read_settings(folder), self.today, self.output))
        except Rejected as rejected:
            return rejected.problems

    def build(self, *names: str, workers: int = 1, **more: Any) -> Outcome:
        """What `leafdeck build` does, in this process where there is but one worker."""
        executor = (
            here if workers == 1 else partial(pool, workers, ("builder.build.making.preload",))
        )
        try:
            return build(self.request(*names, **({"executor": executor} | more)))
        except Rejected as rejected:
            return Outcome((), rejected.problems)

    def look(self, *names: str, compares: bool = False, **more: Any) -> Outcome:
        """What `leafdeck build --dry-run` tells, or `--check` where files are compared."""
        try:
            return look(self.request(*names, **more), compares=compares)
        except Rejected as rejected:
            return Outcome((), rejected.problems)

    def request(self, *names: str, **more: Any) -> Request:
        """What is asked of a build.

        Raises:
            Rejected: the settings cannot be read.
        """
        folder = Folder(self.root, "")
        settings = read_settings(folder)
        given = {"seen": seen(self.root, self.output)} | more
        return Request(folder, settings, self.today, self.output, frozenset(names), **given)

    def read(self, file: str) -> bytes:
        """A built file."""
        return (self.output / file).read_bytes()


def line(problem: Problem) -> str:
    """A problem as one line of text, for expectations that a person can read."""
    place = f"{problem.place}: " if problem.place.path else ""
    return f"{place}{problem.severity} [{problem.code}] {problem.message}"
