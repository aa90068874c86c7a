"""The status on a day, exact on the days at the edges."""

from __future__ import annotations

import datetime

import pytest

from builder.module.lifecycle import Life, Status, add_months, life_of
from builder.settings import Profile
from tests.unit.test_stamp import facts as stamp_facts

DAY = datetime.date.fromisoformat
LIFE = Life(DAY("2026-03-02"), DAY("2027-12-03"), DAY("2028-03-02"))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-03-01", Status.DRAFT),
        ("2026-03-02", Status.CURRENT),
        ("2027-12-02", Status.CURRENT),
        ("2027-12-03", Status.REVIEW_DUE),
        ("2028-03-01", Status.REVIEW_DUE),
        ("2028-03-02", Status.EXPIRED),
        ("9999-12-31", Status.EXPIRED),
    ],
)
def test_status(day: str, expected: Status) -> None:
    """Each status begins on its own first day."""
    assert LIFE.status(DAY(day)) is expected


def test_a_withdrawn_module_is_withdrawn_whatever_else() -> None:
    """From the day of withdrawal, nothing else counts."""
    life = Life(LIFE.published, LIFE.review_due, LIFE.expires, withdrawn=DAY("2027-01-01"))
    days = ("2026-12-31", "2027-01-01", "2030-01-01")
    found = [life.status(DAY(day)) for day in days]
    assert found == [Status.CURRENT, Status.WITHDRAWN, Status.WITHDRAWN]


def test_life_is_counted_from_the_review_though_it_came_first() -> None:
    """Content is no fresher for being published later than it was reviewed."""
    facts = stamp_facts(reviewed="2010-03-01", expires=None)
    assert life_of(facts, Profile()).expires == DAY("2012-03-01")


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-03-15", 24, "2028-03-15"),
    ],
)
def test_months_are_added_by_the_calendar(day: str, months: int, expected: str) -> None:
    """A day that a month does not have becomes its last."""
    assert add_months(DAY(day), months) == DAY(expected)
