"""What a module is on a day: draft, current, review-due, expired or withdrawn.

Nothing else decides it. An artifact's build key holds the status, never the day, so that over a
night only those modules are built again whose status flipped.
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from enum import StrEnum

from builder.module.localised import LocalFacts
from builder.module.model import Facts
from builder.module.values import months_of
from builder.settings import Profile


class Status(StrEnum):
    """The states in the order that a module goes through them."""

    DRAFT = "draft"
    CURRENT = "current"
    REVIEW_DUE = "review-due"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"

    @property
    def holds(self) -> bool:
        """Whether the module may be relied upon."""
        return self in (Status.CURRENT, Status.REVIEW_DUE)


@dataclass(frozen=True, slots=True)
class Life:
    """The days on which a module's status changes; each is the first day of the new status."""

    published: datetime.date
    review_due: datetime.date
    expires: datetime.date
    withdrawn: datetime.date | None = None
    draft: bool = False
    """Whether the author holds it back, whatever the day."""

    def status(self, day: datetime.date) -> Status:
        """The status on a day."""
        if self.withdrawn and day >= self.withdrawn:
            return Status.WITHDRAWN
        if self.draft or day < self.published:
            return Status.DRAFT
        if day >= self.expires:
            return Status.EXPIRED
        return Status.REVIEW_DUE if day >= self.review_due else Status.CURRENT


def life_of(facts: Facts, rules: Profile) -> Life:
    """The life of a module by its dates and the rules of the profile."""
    expires = facts.expires or add_months(reviewed_on(facts), _months(facts, rules))
    if isinstance(facts, LocalFacts):  # a translation never outlives its original
        expires = min(expires, facts.translation.expires or expires)
    notice = expires - datetime.timedelta(days=rules.review_notice)
    return Life(
        published=facts.published,
        review_due=min(facts.next_review or notice, notice),
        expires=expires,
        withdrawn=facts.withdrawn.on if facts.withdrawn else None,
        draft=facts.draft,
    )


def reviewed_on(facts: Facts) -> datetime.date:
    """The day from which a module's life is counted: its last full review, or its publication.

    A review may come before the publication; the content is no fresher for being published later.
    """
    return facts.reviewed or facts.published


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day of a later month, or that month's last day: 29 February + 12 = 28 February.

    Raises:
        OverflowError: the year is past 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > datetime.MAXYEAR:
        raise OverflowError("a year past 9999")
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def _months(facts: Facts, rules: Profile) -> int:
    return months_of(facts.valid_for) if facts.valid_for else rules.valid_for
