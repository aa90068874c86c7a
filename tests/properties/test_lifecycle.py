"""The status never goes back as days pass, and follows from the dates alone."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from builder.module.lifecycle import Life, Status, add_months

DAYS = st.dates(datetime.date(1990, 1, 1), datetime.date(2100, 1, 1))
ORDER = list(Status)


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """Any life in the order that the checks allow."""
    published, due, expires = sorted(draw(st.tuples(DAYS, DAYS, DAYS)))
    return Life(published, due, expires, draw(st.none() | DAYS), draw(st.booleans()))


@given(lives(), DAYS, DAYS)
def test_status_is_monotone(life: Life, one: datetime.date, other: datetime.date) -> None:
    """A later day never has an earlier status."""
    early, late = sorted((one, other))
    assert ORDER.index(life.status(early)) <= ORDER.index(life.status(late))


@given(lives())
def test_status_flips_on_the_day_of_expiry(life: Life) -> None:
    """The day of expiry is the first on which the module no longer holds."""
    before = life.expires - datetime.timedelta(days=1)
    assert not life.status(life.expires).holds
    assert life.status(before) is not Status.EXPIRED


@given(DAYS, st.integers(0, 600))
def test_adding_months_keeps_the_order(day: datetime.date, months: int) -> None:
    """More months are never earlier, and the day of the month grows never."""
    later = add_months(day, months)
    assert later >= day
    assert later.day <= day.day
