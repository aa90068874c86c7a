"""Right-to-left text: its direction, its fonts, what stands first, amounts in their order."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.artifacts.deck import make
from builder.artifacts.deck.script import (
    language_of,
    leftwards,
    runs_leftwards,
    typefaces,
    with_amounts,
)
from tests.unit.decks import Deck, find, order, slide

MIXED = "تناول 500 mg من paracetamol كل 6 ساعات"


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        *(("ar", True), ("he-IL", True), ("fa", True), ("ur-PK", True), ("az-Arab", True)),
        *(("en-GB", False), ("az", False), ("he-Latn", False), ("ja", False), ("", False)),
    ],
)
def test_languages_written_from_right_to_left(tag: str, expected: bool) -> None:
    assert leftwards(tag) is expected


@pytest.mark.parametrize(
    ("pieces", "deck", "expected"),
    [
        ([("Words", "en")], True, False),
        ([("Feedback: ", "en"), ("us@example.org", "ar")], True, False),
        ([("Paracetamol", "ar")], True, True),
        ([("تناول ", "ar"), ("Morphine hydrochloride", "en")], True, True),
        ([("Morphine: ", "en"), ("تناول", "ar")], True, True),
        ([("דבר ", "en"), ("and many words", "en")], True, True),
        ([("دواء", "en")], False, True),
        ([("A word: دواء", "en")], False, False),
        ([("1. דבר ", "he"), ("and words", "en")], False, True),
        ([("Words and ", "en"), ("דבר", "he")], False, False),
        ([("Shalom", "he")], False, True),
        ([("500", "en")], True, True),
        ([("", "en")], False, False),
    ],
)
def test_letters_decide_the_direction(
    pieces: list[tuple[str, str]], deck: bool, expected: bool
) -> None:
    assert runs_leftwards(pieces, deck) is expected


@pytest.mark.parametrize(
    ("text", "own", "expected"),
    [
        *(("Words", "en-GB", "en-GB"), ("دواء", "en-GB", "ar"), ("دوا", "fa", "fa")),
        *(
            ("תרופה", "en", "he"),
            ("薬を飲む", "en", "ja"),
            ("药物", "en", "zh"),
            ("薬", "ja", "ja"),
        ),
        *(("약", "en", "ko"), ("≥ 5 µg", "en", "en"), ("Naïve", "en", "en")),
    ],
)
def test_a_script_tells_the_language(text: str, own: str, expected: str) -> None:
    assert language_of(text, own) == expected


def test_fonts_of_further_scripts() -> None:
    none: frozenset[str] = frozenset()
    assert typefaces("Words", "ar", none) == ""
    assert typefaces("دواء", "ar", none) == '<a:cs typeface="Arial"/>'
    assert typefaces("دواء", "ar", frozenset(("cs",))) == ""
    assert typefaces("薬", "ja", none) == '<a:ea typeface="Yu Gothic"/>'
    assert typefaces("藥", "zh-Hant", none) == '<a:ea typeface="Microsoft JhengHei"/>'


def test_amounts_are_held_together() -> None:
    assert with_amounts("كل 500 mg و 2.5 g/day") == "كل \u200e500 mg و \u200e2.5 g/day"
    assert with_amounts("عام 2026 و COPD 3") == "عام 2026 و COPD 3"
    once = with_amounts("1 g")
    assert with_amounts(once) == once


def arabic(folder: Path, slides: str) -> Deck:
    """A deck that is read from right to left."""
    asked = order(folder, slides, language="ar")
    html = asked.html.replace('dir="ltr"', 'dir="rtl"')
    return Deck(make(type(asked)(asked.module, asked.stamp, asked.theme, html)).data)


def test_paragraphs_say_their_direction(tmp_path: Path) -> None:
    name = '<li>تناول <span lang="en">Morphine hydrochloride</span></li>'
    body = f'<ul><li>{MIXED}</li>{name}</ul><p lang="en">English words</p>'
    (one,) = arabic(tmp_path, slide("دواء", body)).own
    shown = {"".join(p.itertext()): p.find("{*}pPr") for p in find(one, ".//a:p")}
    item = next(value for text, value in shown.items() if "paracetamol" in text)
    assert (item.get("algn"), item.get("rtl")) == ("r", "1")
    assert shown["تناول Morphine hydrochloride"].get("rtl") == "1"
    assert shown["English words"].get("rtl") is None
    assert "\u200e500 mg" in "".join(shown)


def test_what_stands_first_stands_at_the_right(tmp_path: Path) -> None:
    columns = (
        '<div class="columns"><div class="column"><p>أولا</p></div>'
        '<div class="column"><p>ثانيا</p></div></div>'
    )
    beside = '<p>كلمات بجانب الصورة</p><img src="square.png" alt="مربع">'
    pictures = '<img src="square.png" alt="أولى"><img src="other.png" alt="ثانية">'
    slides = slide("ا", columns) + slide("ب", beside) + slide("ج", f"<p>صور</p>{pictures}")
    two, with_picture, row = arabic(tmp_path, slides).own
    first, second = lefts(two, ".//p:sp[p:spPr/a:xfrm]")
    assert first > second
    assert lefts(with_picture, ".//p:sp[p:spPr/a:xfrm]") > lefts(with_picture, ".//p:pic")
    first, second = lefts(row, ".//p:pic")
    assert first > second


def test_a_picture_before_its_words_is_read_first(tmp_path: Path) -> None:
    body = '<p data-line="{}">Words</p><img src="square.png" alt="x" data-line="{}">'
    slides = slide("After", body.format(8, 9)) + slide("Before", body.format(9, 8))
    after, before = arabic(tmp_path, slides).own
    kinds = [
        [
            each.tag.rpartition("}")[2]
            for each in find(one, ".//p:spTree/*[p:nvSpPr or p:nvPicPr]")[1:3]
        ]
        for one in (after, before)
    ]
    assert kinds == [["sp", "pic"], ["pic", "sp"]]


def test_tables_begin_at_the_right(tmp_path: Path) -> None:
    table = (
        "<table><thead><tr><th>دواء</th></tr></thead><tbody><tr><td>1 g</td></tr></tbody></table>"
    )
    (one,) = arabic(tmp_path, slide("جدول", table)).own
    assert find(one, ".//a:tblPr/@rtl") == ["1"]
    assert find(one, ".//p:graphicFrame//p:cNvPr/@descr") == ["دواء"]


def lefts(one: object, query: str) -> list[int]:
    """Where shapes begin, in reading order."""
    return [int(each.find(".//{*}off").get("x")) for each in find(one, query)]
