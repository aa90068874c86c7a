"""The stamp's words, and its way through metadata and back."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import Markup

from builder.module.lifecycle import Status, life_of
from builder.module.model import Facts, Module
from builder.module.stamp import Stamp, content_digest, declaration, stamp_of
from builder.module.text import Section, Text
from builder.settings import Profile
from builder.workspace import Folder

VALUES = {
    "id": "PAIN-01",
    "version": "1.0",
    "title": "Pain",
    "summary": "About pain.",
    "kind": "e-learning",
    "language": "en-GB",
    "audience": "Clinicians",
    "published": "2010-09-22",
    "expires": "2012-09-22",
    "funding": "none",
    "publisher": {"name": "A library"},
    "feedback": {"email": "a@example.org"},
    "people": [
        {
            "name": "Ada Author",
            "roles": ["author"],
            "interests": [
                {
                    "company": "Perdue Pharma",
                    "nature": "grant",
                    "detail": "unrestricted educational grant",
                    "period": "not stated",
                }
            ],
        },
        {"name": "Bo Reader", "roles": ["reviewer"], "interests": "none"},
    ],
}


def facts(**changes: object) -> Facts:
    """Sound facts, with some of them changed."""
    return Facts.model_validate({**VALUES, **changes})


def stamp(day: str = "2011-01-01", **changes: object) -> Stamp:
    """The stamp of a module with those facts."""
    module = Module("pain", facts(**changes), {}, Folder(Path(), "sources/pain"))
    life = life_of(module.facts, Profile())
    return stamp_of(module, "deck", "deck", life, datetime.date.fromisoformat(day))


def test_short_form_of_a_current_module() -> None:
    """Code, version, dates in words and interests stand on every slide."""
    assert stamp().short == (
        "PAIN-01 · version 1.0 · Published 22 September 2010 · Expires 22 September 2012"
        " · Interests: Perdue Pharma"
    )


def test_short_form_of_an_expired_module() -> None:
    """An expired module says so in the past tense, and across every page."""
    old = stamp("2012-09-22")
    assert "Expired 22 September 2012" in old.short
    assert old.band == "EXPIRED 22 September 2012 · no longer current"
    assert "No CME test is associated with it." in old.notice


def test_a_leaflet_that_expired_speaks_of_no_test() -> None:
    """Patients know no CME; they are told what to do."""
    notice = stamp("2012-09-22", kind="leaflet").notice
    assert "CME" not in notice
    assert notice.endswith("Ask for the current one.")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("grant since=2024", "X, grant (since 2024)"),
        ("grant detail=an_open_grant until=2024-05", "X, an open grant (until May 2024)"),
        ("speaker detail=two_talks since=2024-05-01", "X, speaker: two talks (since 1 May 2024)"),
        ("other detail=a_loan period=not_stated", "X, a loan (period not stated)"),
        ("stock since=2024 until=2025", "X, stock (2024 to 2025)"),
        ("stock since=2024 paid_to=self", "X, stock, paid to the person (since 2024)"),
        ("stock since=2024 paid_to=institution", "X, stock, paid to the institution (since 2024)"),
    ],
)
def test_a_tie_in_words(told: str, words: str) -> None:
    """Company, nature, the author's own words, who was paid, and when."""
    nature, *more = told.replace("_", " ").replace("paid to", "paid_to").split(" ")
    pairs = re.findall(r"(\w+)=(.*?)(?= \w+=|$)", " ".join(more))
    tie = {"nature": nature, **dict(pairs)}
    people = [{"name": "Ada", "roles": ["author"], "interests": [{"company": "X", **tie}]}]
    assert next(declaration(facts(people=people))) == f"Ada (author): {words}."


def test_mitigation_and_day_of_declaration_are_told() -> None:
    """What was done about a tie, by whom and when; when the person signed (ACCME 3.5 d)."""
    person = {
        "name": "Ada",
        "roles": ["author"],
        "interests": [{"company": "X", "nature": "grant", "since": "2024"}],
        "mitigation": {"method": "peer review", "by": "Bo", "date": "2024-06-01"},
        "declared_on": "2024-05-01",
    }
    assert next(declaration(facts(people=[person]))).endswith(
        " Mitigated: peer review (Bo, 1 June 2024). Declared on 1 May 2024."
    )


def test_many_companies_are_counted() -> None:
    """The short form stays short."""
    ties = [{"company": c, "nature": "grant", "since": "2010"} for c in ("A", "B", "C")]
    people = [{"name": "Ada", "roles": ["author"], "interests": ties}]
    assert stamp(people=people).interests == "Interests: 3 companies, see declaration"


def test_none_is_said() -> None:
    """No interests are not silence."""
    people = [{"name": "Ada", "roles": ["author"], "interests": "none"}]
    assert stamp(people=people).interests == "Interests: none declared"


def test_declaration_in_sentences() -> None:
    """Name, company, nature and period; those with none; the funding (ACCME 3.5)."""
    assert list(declaration(facts())) == [
        "Ada Author (author): Perdue Pharma, unrestricted educational grant (period not stated).",
        "No relevant financial relationships: Bo Reader.",
        "Funding: none.",
    ]


@pytest.mark.parametrize("status", list(Status))
def test_stamp_comes_back(status: Status) -> None:
    """JSON carries the whole stamp."""
    sent = replace(stamp(), status=status, reviewed=datetime.date(2011, 2, 3))
    assert Stamp.from_json(sent.to_json()) == sent


@pytest.mark.parametrize("line", ["", "[]", "{}", "null", '{"module": 1}', "[" * 99999])
def test_what_is_no_stamp(line: str) -> None:
    """Foreign JSON is refused with one kind of error."""
    with pytest.raises(ValueError, match=r".+"):
        Stamp.from_json(line)


def text(body: str, line: int) -> Text:
    """A text of one section that stands on a line."""
    section = Section(2, Markup("Title"), Markup(body), "title", line=line)
    return Text("sources/pain/slides.md", (section,))


def test_digest_covers_words_and_not_their_lines() -> None:
    """A blank line added above changes no digest; a word does."""
    here = content_digest(facts(), text('<p data-line="4">One</p>', 3))
    moved = content_digest(facts(), text('<p data-line="9">One</p>', 8))
    changed = content_digest(facts(), text('<p data-line="4">Two</p>', 3))
    assert here == moved != changed


@pytest.mark.parametrize(
    "change",
    [
        {"expires": None},
        {"published": None},
        {"expires": "0001-01-01"},
        {"expires": "9999-12-31"},
        {"title": "\ud800"},
        {"title": "good\n    Edited: no"},
        {"title": "\x1b[1A\x1b[2Kgood"},
        {"companies": ["\u202edevorppa"]},
        {"status": "fine"},
        {"declaration": None},
    ],
)
def test_a_stamp_that_somebody_made_up(change: dict[str, object]) -> None:
    """What could crash us, or play tricks on a reader's terminal, is no stamp."""
    values = {**json.loads(stamp().to_json()), **change}
    with pytest.raises(ValueError, match=r".+"):
        Stamp.from_json(json.dumps(values))
