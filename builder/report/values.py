"""Answers as plain values, which become JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from builder.problems import Problem
from builder.report.plans import explained_values
from builder.report.terminal import stream_of

if TYPE_CHECKING:
    from builder.build.outcome import Outcome
    from builder.checks.code import CodeVerdict
    from builder.checks.due import Due
    from builder.checks.survey import Survey
    from builder.checks.verify import Verdict


def print_json(values: Any) -> None:
    """Any of our answers as JSON."""
    if stream_of(error=False) is not None:
        print(json.dumps(values, ensure_ascii=False, indent=2, default=str), flush=True)


def problem_values(problem: Problem) -> dict[str, Any]:
    """A problem as plain values."""
    return {
        "code": problem.code,
        "severity": problem.severity,
        "file": problem.place.path,
        "line": problem.place.line,
        "column": problem.place.column,
        "message": problem.message,
        "hint": problem.hint,
    }


def outcome_values(outcome: Outcome) -> dict[str, Any]:
    """A build's outcome as plain values."""
    return {
        "built": outcome.built,
        "taken": outcome.taken,
        "unchanged": outcome.unchanged,
        "removed": outcome.removed,
        "planned": explained_values(outcome.planned),
        "problems": [problem_values(problem) for problem in outcome.problems],
    }


def plan_values(outcome: Outcome) -> dict[str, Any]:
    """What a build would do, as plain values; `current` says whether that is nothing."""
    return {
        "current": not outcome.planned,
        "planned": explained_values(outcome.planned),
        "unchanged": outcome.unchanged,
        "problems": [problem_values(problem) for problem in outcome.problems],
    }


def rejected_values(command: str, problems: Iterable[Problem]) -> Any:
    """Why a project was rejected, in the form that a command answers in.

    Args:
        command: its name: `check` answers with a list of problems, the others with an object.
        problems: why.
    """
    found = [problem_values(problem) for problem in problems]
    if command == "check":
        return found
    nothing = {"built": (), "taken": 0, "unchanged": 0, "removed": (), "planned": ()}
    return {**(nothing if command == "build" else {}), "problems": found}


def verdict_values(file: str, verdict: Verdict) -> dict[str, Any]:
    """A verdict as plain values."""
    stamp = json.loads(verdict.stamp.to_json()) if verdict.stamp else None
    return {
        "file": file,
        "good": verdict.good,
        "reasons": verdict.reasons,
        "kind": verdict.kind,
        "status": verdict.status,
        "untouched": verdict.untouched,
        "sources": verdict.sources,
        "clinic": verdict.clinic,
        "stamp": stamp,
    }


def code_values(code: str, verdict: CodeVerdict) -> dict[str, Any]:
    """What a code stands for, as plain values."""
    return {
        "code": code,
        "good": verdict.good,
        "text": verdict.text,
        "version": verdict.version,
        "status": verdict.status,
        "stamps": [json.loads(stamp.to_json()) for stamp in verdict.stamps],
    }


def due_values(rows: Iterable[Due]) -> list[dict[str, Any]]:
    """What expires when, as plain values."""
    return [asdict(row) for row in rows]


def survey_values(found: Survey, specimen: str) -> dict[str, Any]:
    """What a theme makes of its master deck, as plain values."""
    return {
        "theme": found.theme,
        "master": found.master,
        "size": found.size,
        "roles": [asdict(each) for each in found.roles],
        "contrast": [{**asdict(each), "low": each.low} for each in found.legibility],
        "fonts": [asdict(each) for each in found.fonts],
        "notes": found.notes,
        "problems": [problem_values(problem) for problem in found.problems],
        "specimen": specimen or None,
    }
