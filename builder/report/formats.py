"""One answer in the form that was asked for: words, JSON, SARIF or GitHub's annotations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from builder.problems import Problem, Severity
from builder.report.plans import print_compared, print_explained, print_plan
from builder.report.terminal import put
from builder.report.values import (
    outcome_values,
    plan_values,
    print_json,
    problem_values,
    rejected_values,
)
from builder.report.words import (
    count,
    print_built,
    print_outcome,
    print_problems,
    print_summary,
)

if TYPE_CHECKING:
    from builder.build.outcome import Outcome

FORMATS = ("text", "json", "sarif", "github")
QUIET = ("json", "sarif", "github")
"""The forms that list no files while they are made: JSON and SARIF are one document, and in
GitHub's log a folder's name could be a command."""


def print_check(format_: str, modules: int, problems: Sequence[Problem], below: str = "") -> None:
    """What a check found.

    Args:
        format_: one of `FORMATS`.
        modules: how many modules were checked.
        problems: what was found.
        below: the project's folder in its repository with a slash behind; empty where it is the
            repository.
    """
    if format_ == "json":
        print_json([problem_values(problem) for problem in problems])
    elif format_ == "sarif":
        print_sarif(problems, below)
    else:
        print_annotations(problems, below) if format_ == "github" else print_problems(problems)
        print_summary(f"Checked {count(modules, 'module')}.", problems)


def print_build(
    format_: str, outcome: Outcome, output: str, below: str = "", *, explains: bool = False
) -> None:
    """What a build found and did; `check` lists the notes.

    Args:
        format_: one of `FORMATS`.
        outcome: what it did.
        output: the output folder, as it is shown.
        below: as for `print_check`.
        explains: whether to say too why each file was made; JSON always does.
    """
    if format_ == "json":
        print_json(outcome_values(outcome))
    elif format_ == "sarif":
        print_sarif(outcome.problems, below)
    else:
        if explains and format_ == "text":
            print_explained([each for each in outcome.planned if not each.removed], output)
        if format_ == "github":
            print_annotations(_without_notes(outcome), below)
            print_built(outcome, output)
        else:
            print_outcome(outcome, output, explains=explains)


def print_planned(
    format_: str, outcome: Outcome, output: str, below: str = "", *, compares: bool = False
) -> None:
    """What a build found and would do, or with `compares` whether there is anything to do.

    Args:
        format_: one of `FORMATS`.
        outcome: of a build that wrote nothing.
        output: the output folder, as it is shown.
        below: as for `print_check`.
        compares: whether the question is if the folder is what the sources say.
    """
    if format_ == "json":
        print_json(plan_values(outcome))
        return
    if format_ == "sarif":
        print_sarif(outcome.problems, below)
        return
    found = _without_notes(outcome)
    print_annotations(found, below) if format_ == "github" else print_problems(found)
    if compares:
        print_compared(outcome, output, format_)
    else:
        print_plan(outcome, output, format_)


def _without_notes(outcome: Outcome) -> list[Problem]:
    """What a build tells of what it found: `check` lists the notes."""
    return [each for each in outcome.problems if each.severity is not Severity.NOTE]


def print_rejected(
    format_: str, command: str, problems: Iterable[Problem], below: str = ""
) -> None:
    """Why a project was rejected before a command could begin.

    Args:
        format_: how the command was to answer.
        command: its name, which decides the form of its JSON.
        problems: why.
        below: as for `print_check`.
    """
    if format_ == "json":
        print_json(rejected_values(command, problems))
    elif format_ == "sarif":
        print_sarif(problems, below)
    elif format_ == "github":
        print_annotations(problems, below)
    else:
        print_problems(problems)


def print_sarif(problems: Iterable[Problem], below: str = "") -> None:
    """Problems as SARIF 2.1.0."""
    from builder.report.sarif import sarif_values

    print_json(sarif_values(problems, below))


def print_annotations(problems: Iterable[Problem], below: str = "") -> None:
    """Problems as annotations of a step of GitHub Actions."""
    from builder.report.annotations import annotation_lines

    for line in annotation_lines(problems, below):
        put(line)
