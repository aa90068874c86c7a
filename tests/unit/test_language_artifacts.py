"""What artifacts say beside the author's words: all of it is in the language of the module."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from markupsafe import Markup

from builder.artifacts import KINDS
from builder.artifacts.html import context_of, render
from builder.artifacts.page import make as make_page
from builder.artifacts.page import read_stamp
from builder.module.lifecycle import life_of
from builder.module.model import Facts, Image, Module
from builder.module.prose import read_prose
from builder.module.stamp import stamp_of
from builder.module.text import Answer, Picture, Section, Text
from builder.problems import Problems
from builder.settings import Settings
from builder.workspace import Folder
from tests.unit import decks, leaflets

LANGUAGES = ["ar", "de", "es", "fr", "zh"]
FULL: dict[str, Any] = decks.FACTS | {
    "title": "TTT",
    "summary": "SSS",
    "audience": "AAA",
    "purpose": "UUU",
    "objectives": ["OOO"],
    "estimated_minutes": 20,
    "people": [
        {
            "name": "NNN",
            "roles": ["author", "lay reviewer"],
            "interests": [{"company": "CCC", "nature": "grant", "since": "2024-05"}],
        },
        {"name": "MMM", "roles": ["editor"], "interests": "none"},
    ],
    "publisher": {"name": "PPP", "address": "QQQ", "website": "https://www.example.org"},
    "contact": {"name": "DDD", "phone": "01632 960123", "hours": "HHH", "email": "x@example.org"},
    "feedback": {"email": "f@example.org", "url": "https://example.org/form"},
    "series": {"name": "RRR", "part": 2, "previous": "other", "next": "other"},
    "credit": {"body": "BBB", "points": 3, "valid_until": "2027-01-01"},
    "revisions": [{"version": "1.0", "date": "2026-01-01", "kind": "major", "summary": "VVV"}],
    "other_formats": "FFF",
    "sample": "yes",
}
OWN = re.compile(
    r"\b(?:([A-Z])\1\1|TEST|www|example|org|index|html|form|x|f|test|us|https)\b|[\W\d_]"
)
"""The author's own words in what is rendered; `ZZZ` is an answer, and so on."""
WITHDRAWN = {"on": "2026-02-01", "by": "III", "reason": "JJJ"}


def rendered(artifact: str, language: str, day: str = "2026-06-01", **changes: Any) -> str:
    """A document of every kind of content that templates tell of."""
    facts = Facts.model_validate(FULL | {"language": language} | changes)
    answer = Answer(Markup("<p>ZZZ</p>"), Markup("ZZZ"), "one-answer")
    sections = (
        Section(1, Markup("EEE"), Markup("<p>GGG</p>"), "e", classes=("help",)),
        Section(
            2, Markup("KKK"), Markup("<p>LLL</p>"), "one", classes=("question",), answer=answer
        ),
        Section(1, Markup("XXX"), Markup("<p>YYY</p>"), "x"),
    )
    shown = Image(file="a.png", credit="WWW", licence="WWW")
    facts = facts.model_copy(update={"images": (shown,)})
    more = {"references": (Markup("WWW"),), "glossary": (("WWW", "WWW"),)}
    text = Text("t.md", sections, pictures=(Picture("a.png", 1, 1, ""),), **more)  # type: ignore[arg-type]
    module = Module("test", facts, {"deck": text, "leaflet": text}, Folder(Path(), "sources/test"))
    settings = Settings(extras=("handout", "preview"))
    life = life_of(facts, settings.rules)
    name = KINDS[artifact].text
    stamp = stamp_of(module, artifact, name, life, datetime.date.fromisoformat(day))
    context = context_of(module, name, stamp, leaflets.theme(), settings, {"other": "WWW"})
    return render(leaflets.theme(), KINDS[artifact].template, context)


def said(html: str) -> set[str]:
    """The pieces of text that hold words beside the author's own."""
    document = lxml.html.document_fromstring(html)
    style = " ".join(re.findall(r'--\w+: (".*");', html))
    for each in document.xpath("//style | //script"):
        each.drop_tree()
    pieces = (" ".join(piece.split()) for piece in (*document.itertext(), style))
    return {piece for piece in pieces if OWN.sub("", piece)}


SAME = {"de": {"code", "status", "version"}, "fr": {"code", "minutes", "notes", "version"}}
"""Words that are spelt as in English."""
CASES: list[tuple[str, dict[str, Any]]] = [
    ("leaflet", {}),
    ("leaflet", {"kind": "leaflet"}),
    ("deck", {}),
    ("deck", {"day": "2029-01-01"}),
    ("page", {}),
    ("page", {"withdrawn": WITHDRAWN}),
    ("handout", {}),
    ("preview", {}),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("artifact", "changes"), CASES)
def test_no_english_is_left_in_a_template(
    artifact: str, changes: dict[str, Any], language: str
) -> None:
    """No piece of text is the same in English and in another language."""
    english = said(rendered(artifact, "en-GB", **changes))
    found = said(rendered(artifact, language, **changes))
    assert len(english) > 5
    alike = (word for piece in english & found for word in OWN.sub(" ", piece).lower().split())
    assert set(alike) - SAME.get(language, set()) == set()


@pytest.mark.parametrize("artifact", ["leaflet", "deck", "page"])
def test_chinese_has_punctuation_of_full_width(artifact: str) -> None:
    """Between what the author wrote too, and no space behind it."""
    document = lxml.html.document_fromstring(rendered(artifact, "zh"))
    for each in document.xpath("//style"):
        each.drop_tree()
    text = " ".join(document.text_content().split())
    assert re.findall(r"[\u3400-\u9fff] ?[,.;:?!()]|\w \(|[，：；]\s[A-Z]{3}", text) == []


@pytest.mark.parametrize("artifact", ["leaflet", "page"])
def test_french_has_a_space_before_what_is_explained(artifact: str) -> None:
    text = lxml.html.document_fromstring(rendered(artifact, "fr")).text_content()
    assert ("WWW\u00a0: WWW" if artifact == "leaflet" else "2026\u00a0: VVV") in text


def test_a_chinese_stamp_has_room_for_letters_twice_as_wide() -> None:
    """Else it is cut off at the foot of the page."""
    ties = [{"company": "C" * 20, "nature": "grant", "since": "2024-05"}]
    people = [{"name": "NNN", "roles": ["author"], "interests": ties}]
    lines = [
        re.findall(r"--stamp-lines: (\d+)", rendered("leaflet", language, people=people))[0]
        for language in ("en-GB", "zh")
    ]
    assert lines == ["2", "3"]


def test_an_arabic_deck_keeps_a_telephone_number_in_order() -> None:
    """Its groups would stand the wrong way round."""
    assert "&#x2066;01632 960123&#x2069;" in rendered("deck", "ar")
    assert "x2066" not in rendered("deck", "en-GB")


def test_titles_that_come_back_are_told_apart_in_the_language(tmp_path: Path) -> None:
    slides = "".join(decks.slide(each, "<p>Two</p>") for each in ("One", "Else", "One"))
    assert "One（Part）" in decks.made(tmp_path, slides, language="zh").titles()


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_a_language_with_a_catalogue_are_not_marked(language: str) -> None:
    """Only English words in another language's text say that they are English."""
    assert 'lang="en"' not in rendered("leaflet", language)
    assert 'lang="en"' in rendered("leaflet", "it")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_made_in_each_language(tmp_path: Path, language: str) -> None:
    order = leaflets.order(tmp_path, kind="page", language=language)
    made = make_page(order).data
    assert read_stamp(made).stamp == order.stamp


CONTINUED = {
    "es": ("Note (continuación)", "(1 de "),
    "ar": ("Note (تتمة)", "(\u20681\u2069 من "),
    "zh": ("Note（续）", "（1/"),
}


@pytest.mark.parametrize("language", CONTINUED)
def test_the_deck_goes_on_in_its_language(tmp_path: Path, language: str) -> None:
    """Boxes and titles say so, and footers and the declaration are read back."""
    box, title = CONTINUED[language]
    words = "".join(f"<p>{'Something to remember. ' * 12}{n}</p>" for n in range(12))
    callout = f'<div class="callout note"><p class="callout-title">Note</p>{words}</div>'
    order = decks.order(tmp_path, decks.slide("One", callout), language=language)
    deck = decks.Deck(decks.make(order).data)
    assert box in "\n".join(deck.words())
    assert title in deck.titles()[2]


def test_arabic_footers_name_a_font_and_run_leftwards(tmp_path: Path) -> None:
    """The master names none for the script."""
    deck = decks.made(tmp_path, decks.slide("One", "<p>Two</p>"), language="ar", dir="rtl")
    query = ".//p:sp[p:nvSpPr/p:nvPr/p:ph[@type='ftr']]//a:cs/@typeface"
    assert [decks.find(slide, query) for slide in deck.slides] == [["Arial"]] * len(deck.slides)


def test_the_band_of_an_arabic_draft_runs_leftwards(tmp_path: Path) -> None:
    deck = decks.made(tmp_path, "", language="ar", dir="rtl", draft="yes")
    query = ".//p:sp[p:nvSpPr/p:cNvPr/@name='Status band']//a:pPr/@rtl"
    assert decks.find(deck.slides[0], query) == ["1"]


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("en-GB", ["Note", "Mine", "Key points"]),
        ("es", ["Nota", "Mine", "Puntos clave"]),
        ("ar", ["ملاحظة", "Mine", "النقاط الأساسية"]),
        ("it", ["Note", "Mine", "Key points"]),
    ],
)
def test_boxes_have_titles_in_the_language_of_the_text(language: str, titles: list[str]) -> None:
    """An author's own title stays."""
    text = "## One\n\n::: note\nA.\n:::\n\n::: warning Mine\nB.\n:::\n\n::: key-points\nC.\n:::\n"
    prose = read_prose(text, "t.md", Problems(), language=language)
    found = re.findall(r'<p class="callout-title"[^>]*>([^<]*)</p>', prose.sections[0].body)
    assert found == titles
    assert "untitled" not in prose.sections[0].body
