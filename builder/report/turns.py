"""What came of each change while somebody watches, in a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from builder.problems import Problem, Severity
from builder.report.terminal import put
from builder.report.words import count, print_outcome, print_problems

if TYPE_CHECKING:
    from builder.build.outcome import Outcome
    from builder.build.watch import Turn

FEW = 3
"""As many paths as are named."""


def print_first(turn: Turn, output: str) -> None:
    """What the first build found and did, and that changes are waited for.

    Args:
        turn: what came of it.
        output: the output folder, as it is shown.
    """
    if turn.outcome:
        print_outcome(turn.outcome, output)
    else:
        print_problems(turn.problems)
    put("Watching for changes; Ctrl-C ends it.")


def print_turn(turn: Turn, output: str) -> None:
    """What changed, what was made of it, and what is wrong.

    Args:
        turn: what came of the change.
        output: the output folder, as it is shown.
    """
    found = [each for each in turn.problems if each.severity is not Severity.NOTE]
    print_problems(found)
    what = _named(turn.changed) if turn.changed else "Since the last build"
    done = _done(turn.outcome, turn.seconds, output) if turn.outcome else "nothing is made."
    put(f"{what}: {done}{_counts(found)}")


def _done(outcome: Outcome, seconds: float, output: str) -> str:
    done = []
    if outcome.built:
        made = _named([f"{output}/{file}" for file in outcome.built])
        done.append(f"made {made} in {seconds * 1000:.0f} ms.")
    if outcome.removed:
        done.append(f"removed {_named([f'{output}/{file}' for file in outcome.removed])}.")
    if not done:
        done.append("nothing is made." if outcome.failed else "nothing changed in what is made.")
    return " ".join(done)


def _named(paths: Iterable[str]) -> str:
    """Some paths in words: all, or the first and how many more."""
    first, *more = paths
    if len(more) < FEW:
        return ", ".join((first, *more))
    return f"{first} and {len(more)} more"


def _counts(problems: Iterable[Problem]) -> str:
    """How many problems there are; nothing where there are none."""
    severities = [problem.severity for problem in problems]
    if not severities:
        return ""
    counts = (count(severities.count(each), each) for each in (Severity.ERROR, Severity.WARNING))
    return f" {', '.join(counts)}."
