"""Cases written as text: a title, then input, expected output and expected problems between dots.

A title
.
input
.
expected output
.
1: code
.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """One case of a table."""

    title: str
    line: int
    given: str
    expected: str
    problems: tuple[str, ...]

    def __str__(self) -> str:
        return self.title


def read_cases(name: str) -> list[Case]:
    """The cases of a table under `tests/cases`; lines that start with # between them are notes."""
    cases = []
    lines = (CASES / name).read_text(encoding="utf-8").split("\n")
    start = 0
    while start < len(lines):
        title = lines[start]
        start += 1
        if not title or title.startswith("#"):
            continue
        line = start
        pieces = []
        for _ in range(3):
            assert lines[start] == ".", f"{name}:{start + 1}: a dot is missing below “{title}”"
            end = lines.index(".", start + 1)
            pieces.append("\n".join(lines[start + 1 : end]))
            start = end
        start += 1
        cases.append(Case(title, line, pieces[0], pieces[1], tuple(pieces[2].split("\n"))))
    return cases


def rewrite(name: str, case: Case, expected: str, problems: str) -> None:
    """Put what came out in the place of what a case expects."""
    path = CASES / name
    given = f"{case.title}\n.\n{case.given}\n.\n"
    old = "\n.\n".join((case.expected, "\n".join(case.problems)))
    text = path.read_text(encoding="utf-8")
    assert given + old in text
    new = text.replace(given + old, given + f"{expected}\n.\n{problems}")
    path.write_text(new, encoding="utf-8")
