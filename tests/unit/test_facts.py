"""`module.yaml`: strict YAML, every scalar text until its field says otherwise, exact places."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builder.module.facts import read_facts
from builder.module.model import Facts
from builder.module.yaml_text import DEEPEST, place_of
from builder.problems import Problems, Rejected
from builder.workspace import Folder

SOUND = """id: PAIN-01
version: "1.0"
title: Pain
summary: About pain.
kind: leaflet
language: en-GB
audience: everyone
published: 2026-01-01
people:
  - name: A Nurse
    roles: [author]
    interests: none
funding: none
publisher: {name: A Clinic}
feedback: {email: pain@example.org}
"""


def read(text: str | bytes) -> tuple[Facts | None, list[str]]:
    """The facts that a file holds, and its problems as code and place."""
    with TemporaryDirectory() as root:
        path = Path(root, "module.yaml")
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        problems = Problems()
        try:
            facts, _ = read_facts(Folder(Path(root), ""), problems)
        except Rejected as rejected:
            facts = None
            problems.extend(rejected.problems)
    places = ((each.code, str(each.place).removeprefix("module.yaml")) for each in problems)
    return facts, [f"{code}{place}" for code, place in places]


def facts_of(text: str) -> Facts:
    """The facts of a sound file."""
    facts, problems = read(text)
    assert facts and not problems, problems
    return facts


def test_sound_facts_are_read() -> None:
    facts = facts_of(SOUND)
    assert (facts.id, facts.people[0].name, facts.draft) == ("PAIN-01", "A Nurse", False)


@pytest.mark.parametrize("word", ["no", "NO", "yes", "on", "null", "~", "1.10", "0x1F", "12:30"])
def test_a_scalar_stays_the_text_that_it_is(word: str) -> None:
    """The traps of YAML 1.1: none of these is a truth value, a number or nothing."""
    assert facts_of(SOUND.replace("title: Pain", f"title: {word}")).title == word


def test_a_version_keeps_its_last_nought() -> None:
    assert facts_of(SOUND.replace('"1.0"', "1.10")).version == "1.10"


@pytest.mark.parametrize(
    ("written", "meant"), [("yes", True), ("No", False), ("true", True), ("FALSE", False)]
)
def test_yes_and_no_are_what_their_field_makes_of_them(written: str, meant: bool) -> None:
    assert facts_of(f"{SOUND}draft: {written}\n").draft is meant


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + SOUND,
        SOUND.replace("\n", "\r\n"),
        SOUND.replace("\n", "\r"),
        f"---\n{SOUND}...\n",
    ],
    ids=["byte-order mark", "Windows", "old Mac", "one document with its marks"],
)
def test_how_an_editor_saves_does_not_matter(text: str) -> None:
    assert facts_of(text) == facts_of(SOUND)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("id: PAIN-01", "id: pain", ["field-value:1:1"]),
        ("title: Pain", "title:", ["field-value:3:1"]),
        ("title: Pain", "titel: Pain", ["field-missing:1", "key-unknown:3:1"]),
        ("name: A Nurse", "nmae: A Nurse", ["field-missing:10:5", "key-unknown:10:5"]),
        ("[author]", "[author, writer]", ["field-value:11:21"]),
        ("2026-01-01", "2026-02-30", ["date-invalid:8:1"]),
        ("2026-01-01", "1 January 2026", ["date-invalid:8:1"]),
        ("title: Pain", "title: Pain\ntitle: Ache", ["key-twice:4:1"]),
        ("{name: A Clinic}", "{name: A, name: B}", ["key-twice:14:22"]),
        ("A Clinic", "&a A Clinic", ["yaml-alias:14:19"]),
        ("title: Pain", "&a title: Pain", ["yaml-alias:3:1"]),
        ("title: Pain", "title: *a", ["field-value:3:1", "yaml-alias:3:8"]),
        ("title: Pain", "title: !!str Pain", ["yaml-syntax:3:8"]),
        ("title: Pain", "!!str title: Pain", ["yaml-syntax:3:1"]),
        ("title: Pain", "title: !!python/object:os.system Pain", ["yaml-syntax:3:8"]),
        ("title: Pain", "<<: {title: Pain}", ["field-missing:1", "key-unknown:3:1"]),
        ("title: Pain", "? [title]\n: Pain", ["yaml-syntax:3:3"]),
        ("title: Pain", "? {title: a}\n: Pain", ["yaml-syntax:3:3"]),
        ("title: Pain", "title (short): Pain", ["field-missing:1", "key-unknown:3:1"]),
        ("title: Pain", '"tuple[": Pain', ["field-missing:1", "key-unknown:3:1"]),
        ("title: Pain", '"": Pain', ["yaml-syntax:3:1"]),
        ("title: Pain", "title: a: b", ["yaml-syntax:3:9"]),
        ("title: Pain", "title: 'Pain", ["yaml-syntax:16:1"]),
        ("title: Pain", "\ttitle: Pain", ["yaml-syntax:3:1"]),
        ("title: Pain", "title: [a, {b: c}", ["yaml-syntax:4:1"]),
        ("title: Pain", "title: Pa\x07in", ["yaml-syntax"]),
    ],
)
def test_what_is_wrong_has_its_place(old: str, new: str, expected: list[str]) -> None:
    """Line and column as an editor counts them."""
    assert old in SOUND
    assert sorted(read(SOUND.replace(old, new))[1]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["file-empty"]),
        (" \n\n", ["file-empty"]),
        ("# only a note\n", ["field-value"]),
        ("a text", ["field-value"]),
        ("- a list", ["field-value"]),
        (b"\xff\xfeid", ["not-utf8:1"]),
        (b"id: a\ntitle: \xe9\n", ["not-utf8:2"]),
        (SOUND + "---\nid: PAIN-02\n", ["yaml-syntax:16:1"]),
    ],
)
def test_what_is_no_file_of_facts(text: str | bytes, expected: list[str]) -> None:
    assert read(text)[1] == expected


def test_a_billion_laughs_are_not_heard() -> None:
    """Aliases are refused, not followed."""
    lines = ["a0: &a0 ha"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    codes = {problem.partition(":")[0] for problem in read("\n".join(lines))[1]}
    assert {"yaml-alias"} <= codes <= {"yaml-alias", "key-unknown", "field-missing"}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
@pytest.mark.parametrize("depth", [DEEPEST + 1, 900, 100_000])
def test_deep_nesting_ends_the_reading(opening: str, depth: int) -> None:
    """It is refused at the level where it goes too far, and not by the limits of Python."""
    (problem,) = read(f"{SOUND}images: \n  {opening * depth}")[1]
    assert problem.partition(":")[0] in ("field-value", "yaml-syntax")


def test_a_missing_place_is_the_nearest_that_is_there() -> None:
    positions = {("people",): (9, 1), ("people", 0): (10, 5)}
    found = [place_of("m", positions, ("people", at, "name")) for at in (0, 1)]
    assert [str(place) for place in found] == ["m:10:5", "m:9:1"]
    assert str(place_of("m", positions, ("title",))) == "m:1"


MARKS = (
    *("---", "...", "&", "*", "?", ":", "-", "[", "]", "{", "}", "|", ">-", "'", '"', "#", "%"),
    *("!!str", "<<", "(", "tuple[", "literal[", "\x85", "\t", "\n", "  ", "%YAML 1.1\n"),
)
PIECES = st.sampled_from(MARKS) | st.text(st.characters(codec="utf-8"), max_size=8)
TEXTS = st.lists(PIECES | st.sampled_from(SOUND.splitlines(keepends=True)), max_size=24)
EDITED = st.tuples(st.integers(0, len(SOUND)), PIECES)


@given(
    TEXTS.map("".join) | EDITED.map(lambda edit: f"{SOUND[: edit[0]]}{edit[1]}{SOUND[edit[0] :]}")
)
@example("\x85a")
@example("title: \u2028'")
@example("[" * 2000)
def test_any_text_gives_facts_or_problems(text: str) -> None:
    """Never another exception; and each place lies in the file."""
    facts, problems = read(text)
    assert facts or problems
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in problems:
        _, *place = problem.split(":")
        assert not place or 1 <= int(place[0]) <= len(lines), problem


@given(st.binary(max_size=64))
def test_any_bytes_give_facts_or_problems(data: bytes) -> None:
    facts, problems = read(data)
    assert facts or problems
