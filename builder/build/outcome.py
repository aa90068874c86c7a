"""What a user is told of a build. It imports next to nothing: there may be nothing to do."""

from __future__ import annotations

from dataclasses import dataclass

from builder.problems import Problem


@dataclass(frozen=True, slots=True)
class Planned:
    """What is to be done with one file, and why."""

    file: str
    """Its path under the output folder."""
    reasons: tuple[str, ...]
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did, or would do."""

    built: tuple[str, ...]
    """The files that were published, as paths under the output folder."""
    problems: tuple[Problem, ...]
    """Everything that was found, by module."""
    removed: tuple[str, ...] = ()
    """The files that were removed because they are no longer made."""
    unasked: bool = False
    """Whether any of these can be made, but was asked for on the command line alone."""
    unchanged: int = 0
    """How many files are in place already, made from the very same."""
    planned: tuple[Planned, ...] = ()
    """What there was to do."""
    taken: int = 0
    """How many of the files that were published came from the cache."""

    @property
    def failed(self) -> bool:
        """Whether anything is an error."""
        return any(problem.severity == "error" for problem in self.problems)
