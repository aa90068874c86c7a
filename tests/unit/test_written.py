"""How texts and days must be written, and what is said to whoever writes them otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.module.facts import read_facts
from builder.problems import Problems
from builder.workspace import Folder
from builder.written import day_hint
from tests.helpers import TESTS, Project

FACTS = (TESTS / "cases/basic/sources/basic/module.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("21/11/2026", "Write it as 2026-11-21."),
        ("21.11.2026", "Write it as 2026-11-21."),
        ("2026/11/21", "Write it as 2026-11-21."),
        ("2026-3-2", "Write it as 2026-03-02."),
        ("04/04/2026", "Write it as 2026-04-04."),
        ("2 March 2026", "Write it as 2026-03-02."),
        ("Mar 2, 2026", "Write it as 2026-03-02."),
        (
            "03/04/2026",
            "Write year-month-day: 2026-03-04 for 4 March or 2026-04-03 for 3 April.",
        ),
        ("2026-02-30", ""),
        ("30/02/2026", ""),
        ("21/11/26", ""),
        ("soon", ""),
    ],
)
def test_days_as_people_write_them(written: str, hint: str) -> None:
    assert day_hint(written) == hint


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("2028-03-02", "02/04/2028", "Write year-month-day: 2028-02-04 for 4 February or"),
        ("2028-03-02", "soon", "Write the day as year-month-day, as in 2026-03-02."),
        ("2024-05", "May 2024", "Write it as in 2025, 2025-11 or 2025-11-30."),
        ("2024-05", "21/05/2024", "Write it as 2024-05-21."),
        ("feedback@example.org", "feedback@hospital", "Write it as in name@example.org."),
        ("000 000 0000", "Freephone 0800", "Begin with the number, as in 020 7946 0123;"),
        ("BASIC-01", "basic 1", "Write capitals, digits and single hyphens, as in PAIN-01."),
        ('"1.0"', "v1", "Write one to three numbers with dots, as in 1.0 or 2.1.3."),
        ("en-GB", "English", "Write it as in en, en-GB or pt-BR."),
    ],
)
def test_the_hint_shows_how_it_is_written(tmp_path: Path, old: str, new: str, hint: str) -> None:
    assert old in FACTS
    Project(tmp_path).write("module.yaml", FACTS.replace(old, new, 1))
    problems = Problems()
    read_facts(Folder(tmp_path, ""), problems)
    assert [each.hint[: len(hint)] for each in problems] == [hint]
