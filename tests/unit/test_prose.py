"""Markdown to sections: the table of cases, and what holds for any text."""

from __future__ import annotations

import re
import time

import nh3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from builder.module.prose import Prose, read_prose
from builder.module.prose.converter import _Converter
from builder.module.prose.inline import INLINE
from builder.module.prose.marks import MARKS, SIGNS
from builder.module.prose.safety import ATTRIBUTES, EVERYWHERE, TAGS
from builder.module.prose.units import JOINED, joined
from builder.module.text import Section
from builder.problems import Problems, Rejected
from tests.prose_cases import Case, read_cases, rewrite
from tests.unit.test_lines import MARKDOWN

KEYS = ("a", "b")
GLOSSARY = {"endorphin": "a substance of the body", "last resort": "what comes after all else"}
ESCAPES = {"\\x07": "\x07", "\\ue000": "\ue000"}
"""How the table writes characters that nobody could see."""


def read(text: str, artifact: str = "deck") -> tuple[Prose, Problems]:
    problems = Problems()
    try:
        return read_prose(text, "x.md", problems, artifact, KEYS, glossary=GLOSSARY), problems
    except Rejected as rejected:
        problems.extend(rejected.problems)
        return Prose(), problems


def shown(text: str) -> tuple[str, str]:
    """What the table shows of a text: its sections, and the lines and codes of its problems."""
    prose, problems = read(text)
    codes = (f"{problem.place.line}: {problem.code}" for problem in problems.ordered())
    return "\n".join(map(one, prose.sections)), "\n".join(codes)


def one(section: Section) -> str:
    classes = "".join(f" .{name}" for name in section.classes)
    layout = f" [{section.layout}]" if section.layout else ""
    name = f"#{section.identity}{classes}{layout}"
    head = f"== {section.level} {name} line {section.line}: {section.title}"
    notes = f"-- notes\n{section.notes}" if section.notes else ""
    parts = [head.rstrip(), section.body, notes]
    if answer := section.answer:
        start = f"-- answer #{answer.identity} line {answer.line}: {answer.short}"
        parts += [start.rstrip(), answer.body]
        parts += [f"-- its notes\n{answer.notes}"] if answer.notes else []
    return "\n".join(part for part in parts if part)


def codes(problems: Problems) -> list[str]:
    return [problem.code for problem in problems]


@pytest.mark.parametrize("case", read_cases("prose.md"), ids=str)
def test_cases(case: Case, update_golden: bool) -> None:
    text = case.given
    for escape, character in ESCAPES.items():
        text = text.replace(escape, character)
    if update_golden:
        rewrite("prose.md", case, *shown(text))
    else:
        assert shown(text) == (case.expected, "\n".join(case.problems))


@settings(deadline=None, max_examples=300, suppress_health_check=list(HealthCheck))
@given(MARKDOWN | st.text(max_size=200), st.sampled_from(["deck", "leaflet"]))
def test_any_text_gives_safe_html_or_problems(text: str, artifact: str) -> None:
    prose, problems = read(text, artifact)
    lines = text.count("\n") + 1
    assert all(1 <= (problem.place.line or 1) <= lines for problem in problems)
    for section in prose.sections:
        assert 1 <= section.line <= lines
        for piece in (section.title, section.body, section.notes):
            assert_safe(piece)
    names = [section.identity for section in prose.sections]
    names += re.findall(r' id="([^"]*)"', "".join(s.body + s.notes for s in prose.sections))
    assert len(names) == len(set(names))


def assert_safe(piece: str) -> None:
    """Only what is on the list, nothing left behind by the way it was read, no link in a link."""
    assert not re.search("[\x00-\x08\x0b-\x1f\ue000-\uf8ff]", piece)
    for element in html.fragment_fromstring(piece, create_parent="div").iterdescendants():
        tag = str(element.tag)
        assert tag in TAGS
        assert set(element.attrib) <= EVERYWHERE | ATTRIBUTES.get(tag, frozenset())
        assert tag != "a" or not len(element)
        assert not element.get("href", "#").lower().startswith(("javascript", "data", "vbscript"))
    assert nh3.clean(piece, tags=set(TAGS), link_rel=None).count("<script") == 0


@pytest.mark.parametrize(
    "attack",
    [
        "<img src=x onerror=alert(1)>",
        "<a href=' javascript:alert(1)'>x</a>",
        "[x](java&#115;cript:alert(1))",
        "[x](<javascript:alert(1)>)",
        "[x]: javascript:alert(1)\n\n[x]",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<svg><p><style><a id='</style><img src=1 onerror=alert(1)>'>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "![x](data:image/svg+xml;base64,AAAA)",
        "text {onclick=alert(1)}",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "</body></html><script>alert(1)</script>",
        "<div style='background:url(javascript:alert(1))'>x</div>",
        '<a href="https://x\ny">x</a>',
        "*[<b onclick=x>]: y\n\n<b onclick=x>",
        '![a](b.png "<script>alert(1)</script>")',
        "::: note <script>alert(1)</script>\nx\n:::",
        "```<script>\nx\n```",
    ],
)
def test_attacks_come_to_nothing(attack: str) -> None:
    prose, _ = read(attack)
    for section in prose.sections:
        for piece in (section.title, section.body, section.notes):
            assert_safe(piece)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece",
    ["[", "![", "[a](", "*", "**a ", "_a_b", "`", "<", "<!--", "<b>", "> ", "- ", "[^1]", "&#1;",
     "|", "{", "\\", "a\n\n", "## a\n\n", "<a@b\n\n", '<a href="\n\n', "[@c]\n\n", "```x\n\n"],
)  # fmt: skip
def test_hostile_texts_end_soon(piece: str) -> None:
    text = (piece * 15_000)[:15_000]
    start = time.perf_counter()
    read(text)
    assert time.perf_counter() - start < 10


def test_too_much_text_is_refused_at_once() -> None:
    prose, problems = read("words and words\n\n" * 200_000)
    assert prose == Prose()
    assert codes(problems) == ["file-too-large"]


MARKED = """# Both

## For slides {.deck}

One.

### Below {#below}

## For paper {.leaflet}

::: notes
Say [@b].
:::

Two [@a].
"""


def test_marked_sections_belong_to_one_artifact() -> None:
    deck, leaflet = read(MARKED)[0], read(MARKED, "leaflet")[0]
    assert [section.identity for section in deck.sections] == ["both", "for-slides"]
    assert [section.identity for section in leaflet.sections] == ["both", "for-paper"]


def test_a_leaflet_has_no_speaker_and_numbers_its_own_references() -> None:
    prose, _ = read(MARKED, "leaflet")
    assert prose.cited == ("a",)
    assert not prose.sections[1].notes


def test_roles_are_known_in_decks_as_in_leaflets() -> None:
    text = "## Harm {.riks}\n\nText."
    assert codes(read(text)[1]) == ["role-unknown"]
    (problem,) = read(text, "leaflet")[1]
    assert problem.code == "role-unknown"
    assert problem.hint == "Did you mean “risks”?"


def test_glossary_and_pictures_are_listed() -> None:
    text = "PCA, IV\n\n![A pump](a%20b.png)\n\n*[PCA]: x\n*[IV]: y\n*[ZZ]: unused"
    prose, _ = read(text)
    assert prose.glossary == (("IV", "y"), ("PCA", "x"))
    assert prose.pictures == (("a b.png", 3),)


def test_a_problem_names_its_line_inside_of_a_paragraph() -> None:
    _, problems = read("one\ntwo\nthree [x](file:///etc/passwd)")
    assert [(p.code, p.place.line) for p in problems] == [("link-unsafe", 3)]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a ** b", "**so**"),
        ("~~a~~", "<s>"),
        ("[@a, see above]", "[@key; @other]"),
        ("(@a)", "Write [@a]."),
        ("[mot]{lang=fr}", '<span lang="fr">'),
        ("a {.small}", "below a paragraph"),
        ("TODO", "<!-- … -->"),
        ("1) a\n2) b", "behind a blank line"),
        ("• a\n• b", "behind a blank line"),
        ("- a\n\n    Bring:\n    - b", "four spaces"),
    ],
)
def test_a_mark_that_is_left_has_its_own_hint(text: str, hint: str) -> None:
    (problem,) = read(text)[1]
    assert problem.code == "mark-left"
    assert hint in problem.hint


def test_a_mark_is_left_on_the_line_where_it_stands() -> None:
    text = "one\n*two* three\nfour **\n\n| a | b |\n|---|---|\n| c | ~~d |\n\n- e\n- f\n  [@ g"
    assert [problem.place.line for problem in read(text)[1]] == [3, 7, 11]


def test_what_is_left_out_is_told_where_nothing_else_is_made() -> None:
    for artifact, lines in (("deck", [9]), ("leaflet", [3, 11])):
        problems = Problems()
        read_prose(MARKED, "x.md", problems, artifact, KEYS, own=True)
        assert sorted(p.place.line or 0 for p in problems if p.code == "text-unshown") == lines


def test_texts_do_not_leak_into_each_other() -> None:
    read("[y]: https://example.org\n\n[^1]: note\n\n*[PCA]: meaning\n\n```\ncode\n```")
    prose, problems = read("[y] PCA")
    assert "https" not in prose.sections[0].body
    assert "<abbr" not in prose.sections[0].body
    assert not len(problems)


SIGNED = [*"ab 1.)(]!:,-\n%µμ=+>#•*_`$~{@[<^\\&", "::", "-->", "TODO", "\n- ", "CI", "mg", "  \n"]
FEW = st.one_of(st.text(max_size=30), st.lists(st.sampled_from(SIGNED), max_size=6).map("".join))
"""Texts of which many hold nothing that a step looks for."""


@settings(max_examples=1000)
@given(FEW)
def test_a_text_that_is_passed_by_holds_nothing(text: str) -> None:
    """What lets a step leave most texts alone overlooks none that the step would change."""
    if not INLINE.search(text):
        patterns = _Converter().markdown.inlinePatterns
        assert not any(each.getCompiledRegExp().search(text) for each in patterns)
    if not SIGNS.search(text):
        assert not any(mark.pattern.search(text) for mark in MARKS)
    if not JOINED.search(text):
        assert joined(text) == text
