"""The vocabulary of the tests: a small project on disk that is edited, checked and built."""

from __future__ import annotations

import datetime
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from builder.build.run import Outcome, Request, build, check
from builder.problems import Problem, Rejected
from builder.settings import read_settings
from builder.workspace import Folder

TESTS = Path(__file__).parent
CHECKOUT = TESTS.parent
TODAY = datetime.date(2026, 6, 1)
"""The day on which the tests live."""


@dataclass(frozen=True)
class Project:
    """A project's folder, and what a user does with it."""

    root: Path
    today: datetime.date = TODAY

    @classmethod
    def from_(cls, source: Path, root: Path) -> Project:
        """A copy of a project, to be changed at will."""
        shutil.copytree(source, root, dirs_exist_ok=True)
        return cls(root)

    @property
    def output(self) -> Path:
        """Where it is built to."""
        return self.root / "output"

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
            return check(folder, read_settings(folder), self.today)
        except Rejected as rejected:
            return rejected.problems

    def build(self, *names: str, workers: int = 1) -> Outcome:
        """What `leafdeck build` does."""
        folder = Folder(self.root, "")
        try:
            settings = read_settings(folder)
        except Rejected as rejected:
            return Outcome((), rejected.problems)
        request = Request(folder, settings, self.today, self.output, frozenset(names), workers)
        return build(request, lambda total: None, lambda job, result: None)

    def read(self, file: str) -> bytes:
        """A built file."""
        return (self.output / file).read_bytes()


def line(problem: Problem) -> str:
    """A problem as one line of text, for expectations that a person can read."""
    place = f"{problem.place}: " if problem.place.path else ""
    return f"{place}{problem.severity} [{problem.code}] {problem.message}"
