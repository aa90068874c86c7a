"""Annotations of GitHub Actions, read as the runner reads them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from builder.problems import Place, Problem
from builder.report.annotations import SHOWN, annotation_lines

COMMAND = re.compile(r"\s*::(?P<name>[^ :]+)( (?P<properties>.*?))?::(?P<data>.*)")
DATA = (("%0D", "\r"), ("%0A", "\n"), ("%25", "%"))
PROPERTY = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))


def unescaped(text: str, table: tuple[tuple[str, str], ...]) -> str:
    """What the runner makes of a value."""
    for written, meant in table:
        text = text.replace(written, meant)
    return text


def read(line: str) -> tuple[str, dict[str, str], str]:
    """A command's name, properties and data, as the runner reads them."""
    found = COMMAND.fullmatch(line)
    assert found, line
    pairs = (each.split("=", 1) for each in (found["properties"] or "").split(",") if each)
    values = {name: unescaped(value, PROPERTY) for name, value in pairs}
    return found["name"], values, unescaped(found["data"], DATA)


def test_a_problem_stands_beside_its_line() -> None:
    """File, line and column, the code as the title, the hint below the message."""
    place = Place("sources/pain/leaflet.md", 3, 7)
    (line,) = annotation_lines([Problem("link-text", "“here” says nothing.", place, "Say where.")])
    assert line == (
        "::warning file=sources/pain/leaflet.md,line=3,col=7,title=link-text::"
        "“here” says nothing.%0ASay where."
    )


@pytest.mark.parametrize(
    ("code", "name"),
    [("file-missing", "error"), ("link-text", "warning"), ("text-shrunk", "notice")],
)
def test_severities(code: str, name: str) -> None:
    """A note is a notice."""
    (line,) = annotation_lines([Problem(code, "It is so.")])
    assert read(line) == (name, {"title": code}, "It is so.")


def test_a_strict_warning_is_an_error() -> None:
    """What the profile makes an error of is annotated as one."""
    (line,) = annotation_lines([Problem("link-text", "It is so.", strict=True)])
    assert read(line)[0] == "error"


def test_paths_begin_at_the_repository() -> None:
    """A project in a folder of a repository is named with that folder."""
    problem = Problem("link-text", "It is so.", Place("sources/a.md", 2))
    (line,) = annotation_lines([problem], "docs/health/")
    assert read(line)[1]["file"] == "docs/health/sources/a.md"


def test_errors_come_first() -> None:
    """GitHub shows the first of each step."""
    codes = ["text-shrunk", "link-text", "file-missing", "link-text"]
    lines = annotation_lines([Problem(code, "So.") for code in codes])
    assert [read(line)[0] for line in lines] == ["error", "warning", "warning", "notice"]


def test_what_is_only_in_the_log_names_its_place() -> None:
    """The log shows messages and no places; so those beyond the limit say where they are."""
    problems = [Problem("link-text", "So.", Place("a.md", line)) for line in range(1, SHOWN + 3)]
    told = [read(line)[2] for line in annotation_lines(problems)]
    assert told == ["So."] * SHOWN + [f"a.md:{SHOWN + 1}: So.", f"a.md:{SHOWN + 2}: So."]


NASTY = some.text(
    alphabet=some.one_of(some.sampled_from("%:,;=]#[\r\n 0AD2C3B5"), some.characters())
).filter(lambda text: not re.search("[\ud800-\udfff]", text))


@given(message=NASTY, hint=NASTY, path=NASTY)
def test_no_words_become_another_command(message: str, hint: str, path: str) -> None:
    """Whatever an author writes stays in one line, and comes back as it was written."""
    problem = Problem("link-text", message, Place(path, 1), hint)
    (line,) = annotation_lines([problem])
    assert "\n" not in line and "\r" not in line
    name, properties, data = read(line)
    assert name == "warning" and properties.get("file", "") == path
    assert data == "\n".join(filter(None, (message, hint)))
