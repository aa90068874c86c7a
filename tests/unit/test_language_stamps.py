"""What a stamp says in each language, as a text that a person can review: `cases/stamps.md`."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from builder.module.lifecycle import Status
from builder.module.stamp import Stamp
from builder.module.words import END, ISOLATE, LEFTWARDS, are_balanced, languages
from tests.helpers import TESTS
from tests.unit.test_stamp import stamp

FILE = TESTS / "cases" / "stamps.md"
HEAD = """# What stamps say in each language

Written by `tests/unit/test_language_stamps.py`. Of Arabic, [ and ] show what is isolated from the
sentence around it, < what runs from right to left whatever its letters.
"""
DAYS = {"2010-09-01": Status.DRAFT, "2011-01-01": Status.CURRENT, "2012-09-01": Status.REVIEW_DUE,
        "2012-09-22": Status.EXPIRED}  # fmt: skip
TIES: list[dict[str, Any]] = [
    {"company": "Perdue Pharma", "nature": "grant", "since": "2024-05", "paid_to": "institution"},
    {"company": "Other & Co", "nature": "speaker", "since": "2020", "until": "2024-01-02"},
    {"company": "Third", "nature": "stock", "period": "not stated", "paid_to": "self"},
]
PEOPLE = [
    {
        "name": "Ada Author",
        "roles": ["author", "lay reviewer"],
        "interests": TIES,
        "mitigation": {"method": "peer review", "by": "Bo Reader", "date": "2024-06-01"},
        "declared_on": "2024-05-01",
    },
    {"name": "Bo Reader", "roles": ["reviewer"], "interests": "none"},
    {"name": "Cy Editor", "roles": ["editor"], "interests": "none"},
]
FUNDING = [{"source": "A trust", "kind": "grant", "role": "none"}, {"source": "A donor"}]
WITHDRAWN = {"on": "2011-05-01", "by": "The lead", "reason": "Recalled."}


def said(language: str) -> str:
    """All that stamps say in a language."""
    lines = [f"\n## {language}\n"]
    for day, status in DAYS.items():
        made = stamp(day, language=language)
        assert made.status is status
        lines += _of(made)
    lines += _of(stamp("2012-01-01", language=language, withdrawn=WITHDRAWN))
    leaflet = stamp("2012-09-22", language=language, kind="leaflet", reviewed="2010-09-22")
    lines += ["", f"- leaflet: {leaflet.notice}"]
    lines += ["", *(f"| {label} | {value} |" for label, value in leaflet.rows), ""]
    whole = stamp(language=language, people=PEOPLE, funding=FUNDING)
    lines += [f"- {each}" for each in (whole.interests, *whole.declaration)]
    return "\n".join((*lines, ""))


def _of(made: Stamp) -> list[str]:
    return [
        f"- {made.status} ({made.state}): {made.short}",
        *([f"  - {made.band}"] if made.band else []),
        f"  - {made.notice}",
    ]


def test_stamps_in_words(update_golden: bool) -> None:
    found = HEAD + "".join(map(said, ("en-GB", *sorted(languages() - {"en"}))))
    found = found.replace(ISOLATE, "[").replace(LEFTWARDS, "<").replace(END, "]")
    if update_golden:
        FILE.write_text(found, "utf-8")
    assert found == FILE.read_text("utf-8")


@pytest.mark.parametrize("language", ["ar", "de", "es-MX", "fr", "zh-CN"])
def test_no_english_is_left(language: str) -> None:
    """All that is English in a stamp are names and the author's own words."""
    own = {"Ada Author", "Bo Reader", "Cy Editor", "peer review", "Perdue Pharma", "Other & Co",
           "Third", "A trust", "A donor", "grant", "A library", "PAIN-01"}  # fmt: skip
    made = stamp("2012-09-22", language=language, people=PEOPLE, funding=FUNDING)
    english = stamp("2012-09-22", people=PEOPLE, funding=FUNDING)
    for name in ("short", "band", "notice", "interests", "state", "code", "in_version"):
        if (name, language) != ("in_version", "fr") and (name, language) != ("code", "fr"):
            assert getattr(made, name) != getattr(english, name), name
    text = " ".join((made.short, made.notice, *made.declaration, *(row[0] for row in made.rows)))
    for words in sorted(own, key=len, reverse=True):
        text = text.replace(words, "")
    found = set(text.lower().split())
    assert not found & {"published", "expired", "interests:", "code", "the", "to", "none."} - {
        "code"
    }


@pytest.mark.parametrize("language", sorted(languages()))
def test_a_stamp_comes_back(language: str) -> None:
    """Isolates in the declaration are no trick; one that never ends is."""
    made = stamp(language=language, people=PEOPLE, funding=FUNDING, updated="2010-10-01")
    assert Stamp.from_json(made.to_json()) == made
    assert all(map(are_balanced, (made.short, made.notice, *made.declaration)))
    assert made.updated == datetime.date(2010, 10, 1)


@pytest.mark.parametrize("title", ["\u2067niaP", "\u2069Pain\u2067", "\u202eniaP"])
def test_a_stamp_that_turns_what_follows_around(title: str) -> None:
    line = stamp().to_json().replace('"Pain"', f'"{title}"')
    with pytest.raises(ValueError, match="seen"):
        Stamp.from_json(line)
