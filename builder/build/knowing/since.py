"""Which modules were changed since a commit, as Git tells."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from builder.module.library import SOURCES
from builder.problems import Place, Problem, Rejected

EVERYTHING = ("leafdeck.toml", "themes", "clinics")
"""What every module follows from."""


def changed_since(project: Path, reference: str) -> frozenset[str] | None:
    """The folders of the modules that were changed, also those that are gone; None for all.

    Args:
        project: the project's folder, in a Git repository.
        reference: a commit, branch or tag.

    Raises:
        Rejected: Git is not there, there is no repository, or it knows no such commit.
    """
    names = set()
    for path in _paths(project, reference):
        first, _, rest = path.partition("/")
        if first in EVERYTHING:
            return None
        if first == SOURCES and "/" in rest:
            names.add(rest.partition("/")[0])
    return frozenset(names)


def _paths(project: Path, reference: str) -> Iterator[str]:
    """What differs from the commit, committed or not, and what Git does not know yet."""
    _git(project, "rev-parse", "--git-dir")  # tells where there is no repository
    commit = _commit(project, reference)
    differing = _git(project, "diff", "--name-only", "--relative", "--no-renames", "-z", commit)
    unknown = _git(project, "ls-files", "--others", "--exclude-standard", "-z")
    yield from filter(None, f"{differing}\0{unknown}".split("\0"))


def _commit(project: Path, reference: str) -> str:
    """The digits of a commit, so that what names it is taken for no option and no path."""
    asked = ("--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}")
    try:
        return _git(project, "rev-parse", *asked).strip()
    except Rejected:
        message = f"Git knows no commit “{reference}”."
        hint = "Name a commit, branch or tag; a shallow clone does not hold older ones."
        raise Rejected(Problem("git-failed", message, Place(str(project)), hint)) from None


def _git(project: Path, *arguments: str) -> str:
    """What Git answers.

    Raises:
        Rejected: Git is not there, or fails.
    """
    try:
        program = ["git", "-C", str(project), *arguments]
        done = subprocess.run(program, capture_output=True, check=True)  # noqa: S603 - no shell
    except FileNotFoundError:
        hint = "Install Git, or name the modules."
        raise Rejected(Problem("git-failed", "There is no program git.", Place(), hint)) from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines() or ["it said nothing"]
        message = f"Git cannot tell what changed: {said[0].removeprefix('fatal: ')}."
        raise Rejected(Problem("git-failed", message, Place(str(project)))) from None
    return done.stdout.decode(errors="surrogateescape")
