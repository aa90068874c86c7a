"""Why files are made, in the words that people are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.build.knowing import environment
from builder.build.outcome import Outcome
from tests.helpers import TESTS, Project
from tests.problem_cases import Case, read_cases, rewrite
from tests.properties.edits import translate
from tests.properties.world import World

FILE = TESTS / "cases" / "reasons.md"
CASES = list(read_cases(FILE))
PACKAGES = {"weasyprint": "70.0"}


@pytest.fixture
def versions(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The versions of packages, to be changed at will."""
    held = dict(PACKAGES)
    monkeypatch.setattr(environment, "_installed", lambda: held)
    monkeypatch.setattr(environment, "_code", lambda: held.get("leafdeck", "the same"))
    return held


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The basic module, built."""
    project = Project.from_(TESTS / "cases" / "basic", tmp_path_factory.mktemp("made"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(environment, "_installed", lambda: PACKAGES)
        patch.setattr(environment, "_code", lambda: "the same")
        assert project.build().problems == ()
    return project


def parted(case: Case) -> tuple[list[str], list[str]]:
    """What a case does before a build, and after it."""
    lines = [text for text in case.lines if not text.startswith("= ")]
    if "then" not in lines:
        return [], lines
    at = lines.index("then")
    return lines[:at], lines[at + 1 :]


def do(project: Project, lines: list[str], versions: dict[str, str]) -> tuple[Project, set[str]]:
    """Do what a case says: the project on the day that it says, and the kinds that it asks for."""
    left, kinds = [], set[str]()
    for text in lines:
        verb, _, rest = text.partition(" ")
        if verb == "day":
            project = project.on(rest)
        elif verb == "only":
            kinds.add(rest)
        elif verb == "version":
            package, _, number = rest.partition(" ")
            versions[package] = number
        elif verb == "translate":
            translate(World(project), "basic")
        else:
            left.append(text)
    Case("", left).prepare(project)
    return project, kinds


def told(outcome: Outcome) -> list[str]:
    """What is to be done, a line for each file."""
    return [
        f"{'remove ' * each.removed}{each.file}: {'; '.join(each.reasons)}"
        for each in outcome.planned
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_case(
    case: Case, made: Project, versions: dict[str, str], tmp_path: Path, update_golden: bool
) -> None:
    """What is told is what the case lists, to the letter."""
    project = Project.from_(made.root, tmp_path)
    before, after = parted(case)
    if before:
        project, _ = do(project, before, versions)
        project.build()
    project, kinds = do(project, after, versions)
    lines = told(project.look(kinds=frozenset(kinds)))
    if update_golden:
        rewrite(FILE, {case.title: lines})
    else:
        assert lines == case.expected
