"""A day that notes what it is compared with."""

from __future__ import annotations

import copy
import datetime
import operator
import pickle
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.workspace import Day

D = datetime.date
DAY = D(2026, 3, 2)
NEXT = D(2026, 3, 3)
ORDERED = (operator.lt, operator.le, operator.gt, operator.ge)
SAME = (operator.eq, operator.ne)

Comparison = tuple[Callable[[object, object], bool], D, bool]
"""What is compared how, and whether the day stands on the right."""

days = st.dates(D(2026, 2, 20), D(2026, 3, 12))


def programs(how: tuple[Callable[[object, object], bool], ...]) -> st.SearchStrategy:
    """Lists of comparisons."""
    return st.lists(st.tuples(st.sampled_from(how), days, st.booleans()), max_size=8)


def run(program: list[Comparison], day: D) -> list[bool]:
    """What the comparisons say of a day."""
    return [
        compare(other, day) if turned else compare(day, other) for compare, other, turned in program
    ]


@given(days, programs(ORDERED + SAME))
def test_all_days_in_the_range_give_the_same(plain: D, program: list[Comparison]) -> None:
    """And the same as a plain day."""
    day = Day.of(plain)
    said = run(program, day)
    first, last = day.holds
    assert said == run(program, plain)
    assert (first or D.min) <= plain <= (last or D.max)
    for number in range(-40, 41):
        other = plain + datetime.timedelta(days=number)
        if (first or D.min) <= other <= (last or D.max):
            assert run(program, other) == said


@given(days, programs(ORDERED))
def test_the_days_just_outside_differ(plain: D, program: list[Comparison]) -> None:
    """The range is as wide as can be."""
    day = Day.of(plain)
    said = run(program, day)
    first, last = day.holds
    if first:
        assert run(program, first - datetime.timedelta(days=1)) != said
    if last:
        assert run(program, last + datetime.timedelta(days=1)) != said


def test_nothing_asked_holds_for_ever() -> None:
    """Nor does what a day does not decide narrow it."""
    day = Day.of(DAY)
    assert day is not None
    assert isinstance(day, D)
    assert day != "Monday"
    assert bool(day)
    assert day.holds == (None, None)


@pytest.mark.parametrize(
    "use",
    [
        lambda day: day.year,
        lambda day: day.month,
        lambda day: day.day,
        lambda day: day.isoformat(),
        lambda day: day.strftime("%d"),
        lambda day: day.toordinal(),
        lambda day: day.weekday(),
        lambda day: day.timetuple(),
        lambda day: day.replace(day=3),
        lambda day: day + datetime.timedelta(days=1),
        lambda day: datetime.timedelta(days=1) + day,
        lambda day: day - datetime.timedelta(days=1),
        lambda day: day - NEXT,
        lambda day: NEXT - day,
        hash,
        str,
        repr,
        lambda day: f"{day}",
        lambda day: f"{day:%Y}",
        lambda day: day == DAY,
        lambda day: {day: 1}[DAY],
        lambda day: day == Day.of(DAY),
        lambda day: Day.of(NEXT) > day,
        lambda day: day < Day.of(NEXT),
    ],
)
def test_any_other_use_tells_of_the_very_day(use: Callable[[D], object]) -> None:
    """And gives what a plain day gives."""
    day = Day.of(DAY)
    given_ = use(day)
    assert day.holds == (DAY, DAY)
    if use is not repr:
        assert given_ == use(DAY)


def test_the_least_and_the_greatest_are_noted() -> None:
    """They compare."""
    day = Day.of(DAY)
    assert min(NEXT, day) is day
    assert max(D(2026, 1, 1), day) is day
    assert day.holds == (D(2026, 1, 2), DAY)


@pytest.mark.parametrize("edge", [D.min, D.max])
@pytest.mark.parametrize("compare", [*ORDERED, *SAME])
def test_the_ends_of_the_calendar(compare: Callable[[D, D], bool], edge: D) -> None:
    """No sum leaves it."""
    assert compare(Day.of(DAY), edge) == compare(DAY, edge)
    assert compare(Day.of(edge), edge) == compare(edge, edge)


def test_a_copy_is_the_day_itself() -> None:
    """What is asked of a copy is not lost."""
    day = Day.of(DAY)
    assert copy.copy(day) is day
    assert copy.deepcopy([day])[0] is day


def test_a_pickled_day_arrives_with_nothing_noted() -> None:
    """And the one that left keeps its notes; leaving adds none."""
    day = Day.of(DAY)
    assert day < NEXT
    other = pickle.loads(pickle.dumps(day))  # noqa: S301
    assert type(other) is Day
    assert other.holds == (None, None)
    assert day.holds == (None, DAY)
    assert other == DAY
