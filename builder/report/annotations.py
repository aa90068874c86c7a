"""Problems -> the commands by which a step of GitHub Actions annotates the files of a change.

How they are written and escaped, and how many of a kind are shown:
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands and the
runner's own reader, `ActionCommand` in https://github.com/actions/runner.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from builder.problems import Problem, Severity

SHOWN = 10
"""Annotations of a kind that GitHub shows for one step; the others stand in its log only."""
_KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_ORDER = tuple(_KINDS)


def annotation_lines(problems: Iterable[Problem], below: str = "") -> Iterator[str]:
    """A line for each problem, errors first, so that these are the ones that are shown.

    Every line is a command, so that no author's words can be taken for another one.

    Args:
        problems: what was found, with places in the project.
        below: the project's folder in its repository with a slash behind, as in `docs/`.
    """
    seen: Counter[Severity] = Counter()
    for problem in sorted(problems, key=lambda problem: _ORDER.index(problem.severity)):
        seen[problem.severity] += 1
        yield _annotation(problem, below, seen[problem.severity] <= SHOWN)


def _annotation(problem: Problem, below: str, is_shown: bool) -> str:
    """One command; the log does not show places, so that the message names one it is alone in."""
    place = problem.place
    given = {"file": below + place.path if place.path else "", "line": place.line or ""}
    given |= {"col": place.column or "" if place.line else "", "title": problem.code}
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in given.items() if value)
    where = "" if is_shown or not place.path else f"{below}{place}: "
    message = "\n".join(filter(None, (f"{where}{problem.message}", problem.hint)))
    return f"::{_KINDS[problem.severity]} {properties}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
