"""The items of PEMAT-P, DISCERN and the CDC Clear Communication Index, each judged or left open.

An item is a row in a table: number, what it asks in our words, and a function from the evidence to
a finding. A machine judges what it can see; the rest is “for a person”. There is no total: a sum of
what machines see would not be the instrument's score.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from builder.module.model import Module
from builder.module.text import Text
from builder.reading.level import Level
from builder.reading.parts import PARTS, Parts
from builder.reading.shape import Shape
from builder.settings import Profile


class Outcome(StrEnum):
    """What a machine can say of an item."""

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    PERSON = "for a person"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that an item is judged by."""

    module: Module
    """In the language of the leaflet."""
    text: Text
    rules: Profile
    level: Level
    shape: Shape
    parts: Parts

    @property
    def english(self) -> bool:
        """Whether rules that look for English words apply."""
        return self.level.language == "en"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of an item, why, and where."""

    outcome: Outcome
    reason: str
    line: int | None = None


Judge = Callable[[Evidence], Finding]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of an instrument."""

    number: int
    asks: str
    judge: Judge


@dataclass(frozen=True, slots=True)
class Instrument:
    """A set of items that the field knows by one name."""

    name: str
    source: str
    items: tuple[Item, ...]


def passed(reason: str, line: int | None = None) -> Finding:
    """A finding that the item is met."""
    return Finding(Outcome.PASS, reason, line)


def failed(reason: str, line: int | None = None) -> Finding:
    """A finding that it is not met."""
    return Finding(Outcome.FAIL, reason, line)


def for_person(reason: str) -> Judge:
    """An item that no machine judges; the reason tells a person what to look at."""
    return lambda evidence: Finding(Outcome.PERSON, reason)


def ask(reason: str, line: int | None = None) -> Finding:
    """A finding that a person must judge this leaflet."""
    return Finding(Outcome.PERSON, reason, line)


def has_part(role: str, always: bool = False) -> Judge:
    """An item that asks for a part of the leaflet.

    Args:
        role: the part's.
        always: whether every leaflet must have it, on a treatment or not.
    """

    def judge(evidence: Evidence) -> Finding:
        parts = evidence.parts
        if role in parts:
            line = parts.line(role)
            return passed(f"There is a part on {PARTS[role]}.", line)
        if always or parts.of_treatment:
            return failed(f"No heading has {{.{role}}}: nothing is marked as {PARTS[role]}.")
        return ask(f"No part is marked {{.{role}}}. Does the leaflet need one?")

    return judge


def first_failing(*judges: Judge) -> Judge:
    """An item of several sides: the first that is not met, else the first left open, else met."""

    def judge(evidence: Evidence) -> Finding:
        findings = [each(evidence) for each in judges]
        ranked = (Outcome.FAIL, Outcome.PERSON, Outcome.PASS)
        return min(findings, key=lambda finding: ranked.index(finding.outcome))

    return judge


def judged(instrument: Instrument, evidence: Evidence) -> Iterator[tuple[Item, Finding]]:
    """Each item with what was found of it."""
    for item in instrument.items:
        yield item, item.judge(evidence)
