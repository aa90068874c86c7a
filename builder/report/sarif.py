"""Problems -> SARIF 2.1.0, the form in which code scanners exchange what they found.

The standard: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. Which of its
properties GitHub's code scanning asks for, and how many results it takes:
https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from builder import __version__
from builder.problems import CODES, Place, Problem, Rule, Severity

MOST = 25_000
"""Results that GitHub takes in one run; a file with more is refused as a whole."""
PROJECT = "leafdeck.toml"
"""Where a problem is shown that lies in no one file: a result without a place is not shown."""
_HELP = "Each result says what is wrong there and what to do about it."
_ORDER = tuple(Severity)
_INDEX = {code: index for index, code in enumerate(CODES)}
_WEIGHTS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}


def sarif_values(problems: Iterable[Problem], below: str = "") -> dict[str, Any]:
    """What was found, as one run of SARIF; errors first.

    Args:
        problems: what was found, with places in the project.
        below: the project's folder in its repository with a slash behind, as in `docs/`; GitHub
            reads paths from the repository's root. Empty where the project is the repository.
    """
    found = sorted(problems, key=lambda problem: _ORDER.index(problem.severity))
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _tool()},
                "automationDetails": {"id": f"leafdeck/{below}"},
                "columnKind": "unicodeCodePoints",
                "invocations": [_invocation(len(found))],
                "results": _results(found[:MOST], below),
            }
        ],
    }


def _tool() -> dict[str, Any]:
    return {
        "name": "Leafdeck",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(code, rule) for code, rule in CODES.items()],
    }


def _rule(code: str, rule: Rule) -> dict[str, Any]:
    return {
        "id": code,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": f"{rule.summary} {_HELP}"},
        "defaultConfiguration": {"level": str(rule.severity)},
        "properties": {"problem.severity": _WEIGHTS[rule.severity], "precision": "high"},
    }


def _invocation(number: int) -> dict[str, Any]:
    """That the run came to its end; and what was left out of it, if anything was."""
    if number <= MOST:
        return {"executionSuccessful": True}
    text = (
        f"{number - MOST} of {number} results are left out: {MOST} is the most that GitHub takes."
    )
    note = {"level": "warning", "message": {"text": text}}
    return {"executionSuccessful": True, "toolExecutionNotifications": [note]}


def _results(problems: Sequence[Problem], below: str) -> list[dict[str, Any]]:
    seen: Counter[str] = Counter()
    results = []
    for problem in problems:
        print_ = _fingerprint(problem, below)
        seen[print_] += 1
        results.append(_result(problem, below, f"{print_}:{seen[print_]}"))
    return results


def _result(problem: Problem, below: str, fingerprint: str) -> dict[str, Any]:
    return {
        "ruleId": problem.code,
        "ruleIndex": _INDEX[problem.code],
        "level": str(problem.severity),
        "message": {"text": _unlinked(f"{problem.message} {problem.hint}".rstrip())},
        "locations": [{"physicalLocation": _location(problem.place, below)}],
        "partialFingerprints": {"leafdeck/v1": fingerprint},
    }


def _location(place: Place, below: str) -> dict[str, Any]:
    """The place as a region of one character: GitHub asks for all four of its borders."""
    line, column = place.line or 1, place.column or 1
    return {
        "artifactLocation": {"uri": quote(below + (place.path or PROJECT))},
        "region": {
            "startLine": line,
            "startColumn": column,
            "endLine": line,
            "endColumn": column + 1,
        },
    }


def _fingerprint(problem: Problem, below: str) -> str:
    """What stays the same while lines move above it.

    GitHub's own action adds the fingerprint that GitHub goes by, made from the file's lines.
    """
    told = "\0".join((problem.code, below + problem.place.path, problem.message))
    return hashlib.sha256(told.encode(errors="replace")).hexdigest()[:16]


def _unlinked(text: str) -> str:
    """A text in which nothing an author wrote is read as a link (section 3.11.6)."""
    return re.sub(r"\[(?=[^\]]*\]\()", r"\\[", text)
