"""Languages: which words serve which, dates in words, plural forms, directions."""

from __future__ import annotations

import datetime

import pytest
from markupsafe import Markup

from builder.module.language import Language
from builder.module.words import (
    END,
    ISOLATE,
    LEFTWARDS,
    are_balanced,
    bare,
    catalogue_for,
    filled,
    languages,
    marked_up,
    read_words,
)


def shown(text: str) -> str:
    """A text whose isolates can be seen."""
    return text.replace(ISOLATE, "[").replace(LEFTWARDS, "<").replace(END, "]")


def test_the_languages_that_there_are_words_in() -> None:
    assert languages() == {"ar", "de", "en", "es", "fr", "zh"}


@pytest.mark.parametrize(
    ("tag", "catalogue"),
    [
        ("en-GB", "en"),
        ("en-US", "en"),
        ("es", "es"),
        ("es-MX", "es"),
        ("es-419", "es"),
        ("fr-CA", "fr"),
        ("de-AT", "de"),
        ("ar-EG", "ar"),
        ("ar-Arab", "ar"),
        ("zh", "zh"),
        ("zh-CN", "zh"),
        ("zh-Hans", "zh"),
        ("zh-Hans-TW", "zh"),
        # Words in another script are no words: English ones, marked as such, can be read aloud.
        ("zh-Hant", ""),
        ("zh-TW", ""),
        ("zh-HK", ""),
        ("ar-Latn", ""),
        ("it", ""),
        ("esu", ""),
    ],
)
def test_which_words_serve_a_language(tag: str, catalogue: str) -> None:
    language = Language(tag)
    assert catalogue_for(tag) == catalogue
    assert language.has_words is bool(catalogue)
    assert language.words_tag == (tag if catalogue else "en")


@pytest.mark.parametrize(
    ("tag", "day", "short", "month", "year"),
    [
        ("en-GB", "2 March 2026", "2 Mar 2026", "March 2026", "2026"),
        ("en-US", "March 2, 2026", "Mar 2, 2026", "March 2026", "2026"),
        ("es-MX", "2 de marzo de 2026", "2 mar 2026", "marzo de 2026", "2026"),
        ("fr", "2 mars 2026", "2 mars 2026", "mars 2026", "2026"),
        ("de", "2. März 2026", "2. März 2026", "März 2026", "2026"),
        # Latin digits in Arabic too, as on the keys of a telephone.
        ("ar", "2 مارس 2026", "2 مارس 2026", "مارس 2026", "2026"),
        ("ar-SY", "2 آذار 2026", "2 مارس 2026", "آذار 2026", "2026"),
        ("zh", "2026年3月2日", "2026年3月2日", "2026年3月", "2026年"),
    ],
)
def test_dates_in_words(tag: str, day: str, short: str, month: str, year: str) -> None:
    language, date = Language(tag), datetime.date(2026, 3, 2)
    assert (language.date(date), language.short_date(date)) == (day, short)
    told = [language.partial_date(words) for words in ("2026-03-02", "2026-03", "2026")]
    assert told == [day, month, year]


MINUTES = {
    "en": {1: "1 minute", 2: "2 minutes"},
    "es": {1: "1 minuto", 2: "2 minutos"},
    "fr": {0: "0 minute", 1: "1 minute", 2: "2 minutes"},
    "de": {1: "1 Minute", 2: "2 Minuten"},
    "zh": {1: "1分钟", 2: "2分钟"},
    # The six forms of CLDR: none, one, two, few, many, other.
    "ar": {
        0: "[0] دقيقة",
        1: "دقيقة واحدة",
        2: "دقيقتان",
        3: "[3] دقائق",
        10: "[10] دقائق",
        11: "[11] دقيقة",
        99: "[99] دقيقة",
        100: "[100] دقيقة",
        103: "[103] دقائق",
    },
}


@pytest.mark.parametrize(
    ("tag", "day", "first", "eleventh"),
    [
        ("fr", 1, "1er juin 2026", "11 juin 2026"),
        ("fr-CH", 1, "1er juin 2026", "11 juin 2026"),
        ("es", 1, "1 de junio de 2026", "11 de junio de 2026"),
        ("it", 1, "1 June 2026", "11 June 2026"),
    ],
)
def test_the_first_of_a_month(tag: str, day: int, first: str, eleventh: str) -> None:
    """In French it is an ordinal: Imprimerie nationale, Lexique des règles typographiques."""
    words = Language(tag)
    told = [words.date(datetime.date(2026, 6, each)) for each in (day, day + 10)]
    assert told in ([first, eleventh], ["June 1, 2026", "June 11, 2026"])
    assert words.partial_date("2026-06-01") == told[0]
    assert words.short_date(datetime.date(2026, 6, 1)).startswith("1er") == (tag[:2] == "fr")


def test_facts_about_one_thing_are_told_apart_from_names() -> None:
    """Chinese has a comma of its own for lists of names, and no space between sentences."""
    assert Language("zh").listed(["A", "B"]) == "A、B"
    assert Language("zh").told(["A", "B"]) == "A，B"
    assert shown(Language("ar").told(["A", "B"])) == shown(Language("ar").listed(["A", "B"]))
    assert [Language(tag).gap for tag in ("zh", "en", "ar", "zh-TW", "ja")] == ["", *" " * 4]


@pytest.mark.parametrize("tag", MINUTES)
def test_plural_forms(tag: str) -> None:
    language = Language(tag)
    found = {
        n: shown(language.ngettext("%(num)s minute", "%(num)s minutes", n)) for n in MINUTES[tag]
    }
    assert found == MINUTES[tag]


@pytest.mark.parametrize(
    ("tag", "listed", "parted"),
    [
        ("en", "Ada, Bo", "Ada; Bo"),
        ("fr", "Ada, Bo", "Ada\u00a0; Bo"),
        ("zh", "Ada、Bo", "Ada；Bo"),
        # A list of Latin names runs from right to left: it says so, for no letter of it does.
        ("ar", "<[Ada]، [Bo]]", "<<Ada]؛ <Bo]]"),
    ],
)
def test_lists(tag: str, listed: str, parted: str) -> None:
    language = Language(tag)
    assert shown(language.listed(("Ada", "Bo"))) == listed
    assert shown(language.parted(("Ada", "Bo"))) == parted


def test_what_is_put_into_an_arabic_sentence_is_isolated() -> None:
    words = Language("ar").gettext("version %(version)s", version="1.0")
    assert shown(words) == "الإصدار [1.0]"
    assert are_balanced(words)


@pytest.mark.parametrize("tag", sorted(languages()))
def test_sentences_stand_behind_each_other(tag: str) -> None:
    between = "" if tag == "zh" else " "
    assert Language(tag).sentences(("A.", "B.")) == f"A.{between}B."


@pytest.mark.parametrize(
    ("text", "balanced"),
    [
        ("", True),
        (f"a {ISOLATE}b{END}", True),
        (f"{LEFTWARDS}{ISOLATE}b{END}{END}", True),
        (f"a {ISOLATE}b", False),
        (f"a{END} {ISOLATE}b", False),
        ("\u2066a", False),
    ],
)
def test_isolates_end(text: str, balanced: bool) -> None:
    assert are_balanced(text) is balanced


def test_what_two_prints_have_in_common() -> None:
    assert bare(f" a {ISOLATE}b\n c{END}\u00a0d") == "abcd"


def test_only_names_are_filled_in() -> None:
    """A sentence of somebody's theme cannot ask for a number a gigabyte wide."""
    sentence = "%(a)s 100%% %(a)999999999s %d %"
    assert filled(sentence, {"a": "x"}) == "x 100% %(a)999999999s %d %"
    with pytest.raises(ValueError, match="gets no a"):
        filled("%(a)s", {})


def test_what_is_filled_into_html_is_escaped() -> None:
    link = Markup("<a>b</a>")
    found = marked_up("<%(plain)s & %(link)s>", {"plain": "<i>", "link": link})
    assert found == "&lt;&lt;i&gt; &amp; <a>b</a>&gt;"


def test_a_broken_catalogue_is_told() -> None:
    with pytest.raises(ValueError, match="keyword"):
        read_words(b'msgid "a"\nnonsense "b"\n', "es")
