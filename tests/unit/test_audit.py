"""The audit of a leaflet: parts, items of the instruments, notes and warnings, and its page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from builder.artifacts.audit import read_stamp
from builder.checks.audit import check_leaflets, tell_leaflets
from builder.module.model import Facts, Module
from builder.module.prose import ROLES, read_prose
from builder.module.text import Text
from builder.problems import Problems, Severity
from builder.reading.audit import INSTRUMENTS, Audit, audit_of
from builder.reading.instruments import Outcome
from builder.reading.parts import PARTS
from builder.settings import Profile
from builder.workspace import Folder
from tests.helpers import Project
from tests.unit.decks import FACTS

HERE = Folder(Path(), "sources/test")
HELP = "## When to call {.help}\n\nCall us.\n"
KEY = "::: key-points\n- Rest.\n:::\n\n"


def module_of(markdown: str, language: str = "en-GB", **facts: Any) -> Module:
    """A module with a leaflet."""
    values = Facts.model_validate(FACTS | {"language": language} | facts)
    prose = read_prose(markdown, "leaflet.md", Problems(), "leaflet", glossary=values.glossary)
    text = Text("leaflet.md", prose.sections, glossary=prose.glossary)
    return Module("test", values, {"leaflet": text}, HERE)


def audit(markdown: str, rules: dict[str, Any] | None = None, **facts: Any) -> Audit:
    """The audit of a leaflet."""
    return audit_of(module_of(markdown, **facts), Profile.model_validate(rules or {}))


def problems(markdown: str, rules: dict[str, Any], **facts: Any) -> list[str]:
    """What is warned of."""
    found = check_leaflets(module_of(markdown, **facts), Profile.model_validate(rules))
    return [f"{each.place.line or ''} {each.severity} {each.code}".strip() for each in found]


def finding(markdown: str, name: str, number: int, **facts: Any) -> str:
    """What was found of an item, as `outcome line: reason`."""
    for judged in audit(markdown, **facts).judged:
        for item, found in judged.rows:
            if judged.instrument.name.startswith(name) and item.number == number:
                line = f" {found.line}" if found.line else ""
                return f"{found.outcome}{line}: {found.reason}"
    raise AssertionError((name, number))


def test_every_role_of_a_part_may_stand_on_a_heading() -> None:
    """What the audit asks for can be written."""
    assert set(PARTS) <= ROLES


def test_parts_are_found_on_headings_in_boxes_and_in_the_facts() -> None:
    """Of whatever level; what the template prints by itself has no line."""
    found = audit(KEY + "## A {.benefits .risks}\n\nText.\n\n### B {.help}\n\nText.\n").parts
    assert {role: line for role, line in found.lines.items() if line} == {
        "key-points": 1,
        "benefits": 5,
        "risks": 5,
        "help": 9,
    }
    assert {"who", "feedback"} <= found.lines.keys()
    assert "sources" not in found


def test_the_contact_of_the_facts_is_help() -> None:
    """It is printed on the leaflet, whoever wrote no section on it."""
    assert "help" not in audit("Text.", contact=None).parts
    assert "help" in audit("Text.", contact={"phone": "01632 960123"}).parts


@pytest.mark.parametrize(
    ("kind", "missing"),
    [("leaflet", ("key-points",)), ("e-learning", ())],
)
def test_a_profile_asks_for_parts_by_the_modules_kind(kind: str, missing: tuple[str, ...]) -> None:
    found = audit("Text.", kind=kind, contact={"phone": "01632 960123"})
    assert found.missing == missing


@pytest.mark.parametrize(
    ("markdown", "rules", "expected"),
    [
        (KEY + HELP, {}, []),
        (HELP, {}, ["warning part-missing"]),
        (HELP, {"required": {"strict": True}}, ["error part-missing"]),
        (HELP, {"reading": {"strict": True}}, ["warning part-missing"]),
        (KEY + HELP + "\n\nA b c d e f.", {"reading": {"longest-sentence": 5, "long-sentence": 5}},
         ["10 warning sentence-long"]),
        (KEY + HELP + "\n\nIt is done.", {"reading": {"passive": 0}}, ["10 warning passive-voice"]),
        (KEY + HELP + "\n\nUnnecessary operation.", {"reading": {"smog": 4, "flesch-kincaid": 90}},
         ["10 warning reading-hard"]),
    ],
)  # fmt: skip
def test_what_a_leaflet_misses_is_a_warning(
    markdown: str, rules: dict[str, Any], expected: list[str]
) -> None:
    """Or an error, where the profile is strict."""
    contact = {"phone": "01632 960123"}
    assert problems(markdown, rules, kind="leaflet", contact=contact) == expected


def test_translations_are_told_of_too() -> None:
    """Each in its own language, by its own formula."""
    module = module_of("Rest helps.")
    spanish = module_of("El descanso ayuda.", language="es")
    module.translations["es"] = {"leaflet": spanish}
    told = [each.message for each in tell_leaflets(module, Profile())]
    assert len(told) == 2
    assert "SMOG" in told[0] and "INFLESZ" in told[1]


def test_a_note_is_no_warning() -> None:
    """`reading-level` and `jargon` tell, and never fail a build."""
    module = module_of("You get a catheter.", glossary={"catheter": "A thin tube."})
    strict = Profile.model_validate({"reading": {"strict": True}})
    told = list(tell_leaflets(module, strict))
    assert [each.code for each in told] == ["reading-level", "jargon"]
    assert {each.severity for each in told} == {Severity.NOTE}


ITEMS = [
    # PEMAT-P
    ("PEMAT", 1, "Text.", {"purpose": "You can rest."}, "pass: The facts say so: “You can rest.”"),
    ("PEMAT", 1, "## You {.who}\n\nText.", {}, "for a person 1: There is a part on who"),
    ("PEMAT", 1, "Text.", {}, "fail: Neither"),
    ("PEMAT", 2, "Text.", {}, "for a person: Is anything beside the point?"),
    ("PEMAT", 3, "Rest helps.", {}, "pass: SMOG 3.1, goal 9 or less"),
    ("PEMAT", 3, "Multidisciplinary consideration.", {}, "fail: SMOG 11.2, goal 9 or less"),
    ("PEMAT", 3, "كلمة", {"language": "ar"}, "for a person: No formula"),
    ("PEMAT", 4, "A tube.", {}, "for a person: The module has no glossary."),
    ("PEMAT", 4, "One.\n\nA tube.", {"glossary": {"tube": "Long and thin."}},
     "fail 3: “tube” is used before it is explained."),
    ("PEMAT", 4, "A tube, long and thin.", {"glossary": {"tube": "Long and thin."}},
     "pass: Words of the glossary explained where they first stand: 1."),
    ("PEMAT", 5, "You rest. It is done.", {}, "fail 1: 50 % of the sentences"),
    ("PEMAT", 5, "You rest.", {}, "pass: 0 %"),
    ("PEMAT", 5, "Descanse.", {"language": "es"}, "for a person: No rule"),
    ("PEMAT", 6, "Rest.", {}, "pass: There are no numbers."),
    ("PEMAT", 6, "Rest.\n\nIt helps 30 % of all.", {}, "fail 3: A percentage or a decimal"),
    ("PEMAT", 6, "It helps 3 in 10 people.\n\nIt harms 1 in 50.", {},
     "fail 3: Ratios with different bases: of 10 and of 50."),
    ("PEMAT", 6, "Rest for 2 days.", {}, "for a person: There are numbers"),
    ("PEMAT", 7, "Rest.\n\nTake 2 mg per kg.", {}, "fail 3: The reader is asked to calculate."),
    ("PEMAT", 7, "Rest.", {}, "pass: Nothing found"),
    ("PEMAT", 8, "## A\n\n" + "word " * 151, {}, "fail 1: 151 words under one heading"),
    ("PEMAT", 8, "## A\n\nA\n\n" + "- b\n" * 8, {}, "fail 5: A list of 8 items"),
    ("PEMAT", 8, "A. B. C. D. E.", {}, "fail 1: A paragraph of 5 sentences"),
    ("PEMAT", 8, "A. B. C. D.", {}, "pass: Sections"),
    ("PEMAT", 9, "Text.", {}, "fail: There are no headings."),
    ("PEMAT", 9, "## How to rest\n\n### Introduction\n\nA", {}, "fail 3: “Introduction” does not"),
    ("PEMAT", 9, "## How to rest\n\nA", {}, "pass: Headings: 1"),
    ("PEMAT", 11, KEY, {}, "pass 1: There is a part on the key points."),
    ("PEMAT", 11, "Text.", {}, "fail: No heading has {.key-points}"),
    ("PEMAT", 12, "Text.", {}, "fail: No box, list or bold word"),
    ("PEMAT", 12, "**Bold.**\n\n- a", {}, "pass: There are lists (1), words in bold (1)."),
    ("PEMAT", 16, "Text.", {}, "pass: There are no pictures."),
    ("PEMAT", 17, "Text.\n\n![A drawing](a.png)", {}, "fail 3: A picture without a caption."),
    ("PEMAT", 17, '![A drawing](a.png "A caption")', {}, "pass: Every picture has a caption."),
    ("PEMAT", 17, "![](a.png){.decorative}", {}, "pass: There are no pictures."),
    ("PEMAT", 18, "Text.\n\n![A drawing](a.png)", {}, "for a person 3: Look at each picture"),
    ("PEMAT", 19, "|a|b|\n|-|-|\n|c|d|", {}, "pass: Tables are simple."),
    ("PEMAT", 19, "|a|b|c|d|e|f|\n|-|-|-|-|-|-|\n|1|2|3|4|5|6|", {}, "fail 1: A table of 6"),
    ("PEMAT", 19, "|a b c d e|b|\n|-|-|\n|c|d|", {}, "fail 1: A long head of a column or row"),
    ("PEMAT", 20, "## Do {.actions}\n\nRest.", {}, "pass 1: There is a part on what the reader"),
    ("PEMAT", 21, "You rest.", {}, "pass: Sentences that say “you”: 1 of 1."),
    ("PEMAT", 21, "Patients rest.", {}, "fail: No sentence says “you”."),
    ("PEMAT", 22, "## Do {.actions}\n\n- Rest.", {}, "pass 3: What the reader can do is a list."),
    ("PEMAT", 22, "## Do {.actions}\n\nRest.", {}, "for a person: Is what"),
    ("PEMAT", 23, "## Ask {.questions}\n\n- Why?", {}, "pass 3: There is a list of questions"),
    # DISCERN
    ("DISCERN", 4, "Text.", {}, "fail: The leaflet cites no source."),
    ("DISCERN", 4, "## Sources {.sources}\n\nA book.", {}, "pass 1: There is a part"),
    ("DISCERN", 5, "Text.", {}, "pass: The stamp on each page"),
    ("DISCERN", 7, "Text.", {"contact": {"phone": "01632 960123"}}, "pass: The leaflet says whom"),
    ("DISCERN", 7, "Text.", {"contact": None}, "fail: No heading has {.help}"),
    ("DISCERN", 10, "Text.", {}, "for a person: No part is marked {.benefits}."),
    ("DISCERN", 10, "## A {.risks}\n\nB", {}, "fail: No heading has {.benefits}"),
    ("DISCERN", 12, "## A {.no-treatment}\n\nB", {}, "pass 1: There is a part on what may happen"),
    ("DISCERN", 16, "Text.", {}, "for a person: A person gives it"),
    # CDC
    ("CDC", 2, KEY + "## A\n\nB", {}, "pass 1: The key points stand in the first section."),
    ("CDC", 2, "## A\n\nB\n\n" + KEY + "## C\n\nD", {}, "pass 5: The key points stand in"),
    ("CDC", 2, "## A\n\nB\n\n## C\n\n" + KEY, {}, "fail 7: The key points do not stand"),
    ("CDC", 2, "Text.", {}, "fail: No box or heading has the key points."),
    ("CDC", 4, "Text.", {}, "fail: There are no pictures."),
    ("CDC", 6, "## Do {.actions}\n\nIt is done.", {}, "fail 3: In the passive voice: “It is"),
    ("CDC", 6, "It is done.", {}, "pass: Key points and actions are in the active voice."),
    ("CDC", 7, "Text.", {}, "for a person: The module has no glossary."),
    ("CDC", 8, "Text.", {}, "fail: There is no list."),
    ("CDC", 9, "Text.", {}, "fail: There are no headings."),
    ("CDC", 16, "Rest for 2 days.", {}, "for a person 1: Does the leaflet say"),
    ("CDC", 19, "## A {.risks}\n\nB", {}, "fail: No heading has {.benefits}."),
    ("CDC", 19, "## A {.risks .benefits}\n\nB", {}, "pass 1: There are parts on benefits"),
    ("CDC", 19, "Text.", {}, "for a person: No part is marked as benefits or risks."),
    ("CDC", 20, "It helps 3 in 10.", {}, "for a person 1: Is this chance told in words"),
    ("CDC", 20, "It helps.", {}, "pass: No chance is told in numbers."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "number", "markdown", "facts", "expected"), ITEMS)
def test_an_item_is_judged(
    name: str, number: int, markdown: str, facts: dict[str, Any], expected: str
) -> None:
    """Each with its outcome, its line and its reason."""
    assert finding(markdown, name, number, **facts).startswith(expected)


def test_the_instruments_have_all_their_items_once() -> None:
    """PEMAT-P without 13 and 14, which are for films; DISCERN 16; CDC 20."""
    numbers = [tuple(item.number for item in each.items) for each in INSTRUMENTS]
    assert numbers == [
        (*range(1, 13), *range(15, 27)),
        tuple(range(1, 17)),
        tuple(range(1, 21)),
    ]


def test_no_total_is_told_and_every_item_has_a_reason() -> None:
    """Only how many are for a person."""
    for judged in audit(KEY + HELP).judged:
        assert all(found.reason for _, found in judged.rows)
        assert judged.open == sum(found.outcome is Outcome.PERSON for _, found in judged.rows) > 0


def test_the_page_shows_figures_preparation_parts_items_and_stamp(basic: Project) -> None:
    """Self-contained, accessible by its headings and table heads, and sealed like the page."""
    outcome = basic.build()
    assert "basic/audit.html" in outcome.built
    data = basic.read("basic/audit.html")
    found = read_stamp(data)
    assert found.stamp and found.stamp.module == "BASIC-01" and found.untouched
    page = lxml.html.document_fromstring(data.decode())
    words = " ".join(page.text_content().split())
    for told in ("SMOG", "Flesch-Kincaid grade", "McLaughlin", "PEMAT-P", "DISCERN", "CDC Clear"):
        assert told in words
    assert "items and captions without a full stop, are left out" in words
    assert "There is no total" in words
    assert not page.xpath("//@src | //link/@href | //script[not(@type='application/ld+json')]")
    assert [each.tag for each in page.iter("h1")] == ["h1"]
    assert all(each.get("scope") for each in page.iter("th"))
    assert set(re.findall(r'href="#([^"]+)"', data.decode())) <= set(page.xpath("//@id"))


def test_words_of_the_leaflet_bear_its_language_on_the_page(basic: Project) -> None:
    """The page is in English; what it quotes is not."""
    basic.edit("sources/basic/module.yaml", "language: en-GB", "language: es")
    basic.build()
    page = lxml.html.document_fromstring(basic.read("basic/audit.html").decode())
    assert page.get("lang") == "en"
    quoted = page.xpath("//table[@class='sentences']//tbody/tr/td[3]")
    assert quoted and all(cell.get("lang") == "es" for cell in quoted)
    assert "INFLESZ" in page.text_content()


def test_a_module_without_a_leaflet_has_no_audit(basic: Project) -> None:
    (basic.root / "sources/basic/leaflet.md").unlink()
    outcome = basic.build()
    assert "basic/audit.html" not in outcome.built
    assert not any(problem.code == "reading-level" for problem in basic.check())


def test_a_strict_profile_keeps_a_hard_leaflet_from_being_built(basic: Project) -> None:
    """Until it is easier, or the goal another."""
    basic.write("leafdeck.toml", "[profiles.default.reading]\nstrict = true\nsmog = 3.1\n")
    basic.edit("sources/basic/leaflet.md", "Remember one thing.", "Remember acetaminophen.")
    outcome = basic.build()
    assert outcome.failed and not outcome.built
    basic.write("leafdeck.toml", "[profiles.default.reading]\nstrict = true\n")
    assert not basic.build().failed
