"""What no validator sees: faint and hidden words, faked lists, meaning by colour alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from builder.artifacts import Order
from builder.artifacts.leaflet import make
from builder.problems import Place, Problem, Rejected
from tests.unit.leaflets import FILE, order


def found(given: Order) -> list[Problem]:
    """What is told of a leaflet, made or not."""
    try:
        return list(make(given).problems)
    except Rejected as rejected:
        return list(rejected.problems)


def styled(folder: Path, rules: str, body: str = "<p>Text.</p>", day: str = "2026-06-01") -> Order:
    """A leaflet in a theme with further rules."""
    given = order(folder, body, day=day)
    return replace(given, html=given.html.replace("</head>", f"<style>{rules}</style></head>"))


@pytest.mark.parametrize(
    ("style", "contrast"),
    [
        ("color: #767676", None),
        ("color: #777777", "4.5"),
        ("color: #949494; font-size: 18pt", None),
        ("color: #949494; font-size: 14pt; font-weight: 700", None),
        ("color: #949494; font-size: 14pt", "3.0"),
        ("color: #fff; background: #0f5c6e", None),
        ("color: #fff", "1.0"),
        ("color: hsl(0 0% 60%)", "2.8"),
        ("color: rgba(0, 0, 0, 0.3)", "2.1"),
        ("background: linear-gradient(#fff, #444)", "1.5"),
        ("background: #444", "1.5"),
    ],
)
def test_faint_text_is_found(tmp_path: Path, style: str, contrast: str | None) -> None:
    body = f'<p data-line="5" style="{style}">Words.</p><p>More.</p>'
    problems = [each for each in found(order(tmp_path, body)) if each.code == "contrast-low"]
    assert [each.place for each in problems] == ([Place(FILE, 5)] if contrast else [])
    assert all(f"a contrast of {contrast}:1" in each.message for each in problems)


def test_the_ground_is_that_of_the_nearest_box_below(tmp_path: Path) -> None:
    outer, inner = "background: #123; color: #fff", "background: #fff"
    table = f'<table style="{inner}"><tr><th data-line="7">b</th></tr></table>'
    body = f'<div style="{outer}"><p>a</p>{table}</div>'
    assert [(each.code, each.place.line) for each in found(order(tmp_path, body))] == [
        ("contrast-low", 7)
    ]


def test_words_on_a_picture_cannot_be_judged(tmp_path: Path) -> None:
    body = '<div data-line="5" style="background: url(res:///module/square.png)">Words.</div>'
    (problem,) = found(order(tmp_path, body))
    assert "stands on a picture" in problem.message


HIDING = {
    "white on white": ".running-stamp, .running-stamp * { color: #fff }",
    "nothing of it": ".running-stamp { opacity: 0 }",
    "little of it": ".running-stamp { opacity: 0.2 }",
    "invisible": ".running-stamp { visibility: hidden }",
    "see-through ink": ".running-stamp { color: transparent }",
    "off the page": ".running-stamp { text-indent: -400mm }",
    "cut off": "@page { @bottom-left { overflow: hidden; max-height: 2mm; height: 2mm } }",
    "turned away": ".running-stamp { transform: scale(0.01) }",
    "covered": "main::after { content: ''; position: fixed; left: -24mm; bottom: -30mm; "
    "z-index: 3; width: 210mm; height: 30mm; background: #fff }",
    "not there": ".running-stamp { display: none }",
    "tiny": ".running-stamp { font-size: 1pt }",
}


@pytest.mark.parametrize("rules", HIDING.values(), ids=HIDING)
def test_no_style_hides_the_stamp(tmp_path: Path, rules: str) -> None:
    problems = found(styled(tmp_path, rules))
    assert any(each.severity == "error" for each in problems), problems


@pytest.mark.parametrize(
    "rules",
    [
        ".declaration { visibility: hidden }",
        ".declaration { height: 1mm; overflow: hidden }",
        ".declaration { position: absolute; left: -500mm }",
        ".stamp { visibility: hidden }",
        ".stamp { position: absolute; clip: rect(0, 0, 0, 0) }",
    ],
)
def test_no_style_hides_declaration_or_dates(tmp_path: Path, rules: str) -> None:
    assert "stamp-differs" in {each.code for each in found(styled(tmp_path, rules))}


def test_a_stamp_on_a_panel_of_its_own_is_seen(tmp_path: Path) -> None:
    rules = (
        "body::before { content: ''; position: fixed; z-index: -1; bottom: -25mm; left: 0; "
        "width: 50mm; height: 20mm; background: #eee }"
        ".running-stamp { background: #024; color: #fff }"
    )
    assert found(styled(tmp_path, rules)) == []


@pytest.mark.parametrize(
    ("style", "told"),
    [
        ("color: #a00000", True),
        ("color: #a00000; font-weight: 700", False),
        ("color: #a00000; text-decoration: underline", False),
        ("color: #a00000; border-bottom: 1pt solid", False),
        ("color: #000; background: #ffe0e0", False),
    ],
)
def test_words_that_colour_alone_sets_apart_are_found(
    tmp_path: Path, style: str, told: bool
) -> None:
    body = f'<p data-line="5">Take <span style="{style}">never more</span> than two.</p>'
    problems = found(order(tmp_path, body))
    assert [each.place for each in problems] == ([Place(FILE, 5)] if told else [])
    assert all("by colour alone" in each.message for each in problems)


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ('<p data-line="5">• One</p><p data-line="7">• Two</p>', 5),
        ('<p data-line="5">How:<br>- one<br>- two</p>', 5),
        ('<p data-line="5">1) one</p><p data-line="7">2) two</p>', 5),
        ('<table><tr><th>A</th></tr><tr><td data-line="6">* a<br>* b</td></tr></table>', 6),
        ('<ul><li data-line="5"><p>a) x</p><p>b) y</p></li></ul>', 5),
        ('<p data-line="5">– So she said.</p><p>He said.</p>', None),
        ('<p data-line="5">1. April</p><p>12. May</p>', None),
        ('<p data-line="5">- one</p><h3>x</h3><p>- two</p>', None),
        ("<ul><li>a</li><li>b</li></ul>", None),
    ],
)
def test_lists_faked_with_characters_are_found(tmp_path: Path, body: str, line: int | None) -> None:
    problems = [each for each in found(order(tmp_path, body)) if each.code == "list-faked"]
    assert [each.place for each in problems] == ([Place(FILE, line)] if line else [])


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('<h3 data-line="5"> </h3>', "A heading has no words."),
        ('<p data-line="5">a <a href="https://example.org/"> </a></p>', "The link to https://"),
        ('<p data-line="5"><img src="square.png" alt="square.png"></p>', "does not say what"),
        ('<p data-line="5"><img src="square.png" alt="Picture 1"></p>', "does not say what"),
        ('<p data-line="5"><img src="square.png" alt=" "></p>', "no alternative text"),
        ('<p data-line="5"><svg width="9" height="9" aria-label="x"></svg></p>', "no alternative"),
        ('<p data-line="5" style="opacity: 0.8">Words</p>', "is see-through"),
    ],
)
def test_what_says_nothing_is_found(tmp_path: Path, body: str, words: str) -> None:
    problems = [each for each in found(order(tmp_path, body)) if words in each.message]
    assert [(each.code, each.place) for each in problems] == [("artifact-invalid", Place(FILE, 5))]


def test_a_document_has_a_language(tmp_path: Path) -> None:
    given = order(tmp_path)
    without = replace(given, html=given.html.replace('<html lang="en-GB"', "<html"))
    assert "The document has no language." in {each.message for each in found(without)}


def test_colours_are_those_of_screens(tmp_path: Path) -> None:
    (problem,) = found(order(tmp_path, '<p style="color: device-cmyk(0 1 1 0)">Words</p>'))
    assert problem.message == "The theme's style has a colour in device-cmyk."
