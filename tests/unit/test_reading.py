"""A leaflet's text as it is read: passages, sentences, words, voice, jargon, and their lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.module.prose import read_prose
from builder.module.text import Text
from builder.problems import Problems
from builder.reading.jargon import Unexplained, unexplained
from builder.reading.level import Level, level_of
from builder.reading.passages import Part, Passage, passages
from builder.reading.passive import is_passive
from builder.reading.sentences import Sentence, root_of, sentences, words_in
from builder.settings import Reading

LEAFLET = """\
::: key-points
- Rest helps. Ask
  for help.
- Call us
:::

## Pain at night[^1] {.who}

This is the first. It runs
over two lines. A dose is 2.5 mg
on each day [@one].

![A drawing that nobody reads](images/a.png "A caption")

| Left | Out |
|------|-----|
| of   | all |

### Below

> Quoted words.

Term
:   Its meaning.

- outer
    - inner

After **bold** and `code` words.

[^1]: Small print.
"""


def text_of(markdown: str, glossary: dict[str, str] | None = None) -> Text:
    """A leaflet's text."""
    prose = read_prose(markdown, "leaflet.md", Problems(), "leaflet", ["one"], glossary=glossary)
    return Text("leaflet.md", prose.sections, glossary=prose.glossary)


def level(markdown: str, language: str = "en-GB", title: str = "", **goals: int) -> Level:
    """How hard a text is to read."""
    return level_of(text_of(markdown), title, language, Reading.model_validate(goals))


def cut(words: str, language: str = "en") -> list[str]:
    """The sentences of a paragraph."""
    return [each.text for each in sentences([Passage(words, 1, Part.TEXT)], language)]


def test_a_leaflet_is_read_in_its_order_with_its_lines() -> None:
    """Boxes, headings, items, captions and definitions; no tables, alternative texts or marks."""
    found = [
        f"{each.line} {each.passage.part}: {each.text}"
        for each in sentences(passages(text_of(LEAFLET)), "en")
    ]
    assert found == [
        "1 heading: Key points",
        "2 item: Rest helps.",
        "2 item: Ask for help.",
        "4 item: Call us",
        "7 heading: Pain at night",
        "9 text: This is the first.",
        "9 text: It runs over two lines.",
        "10 text: A dose is 2.5 mg on each day.",
        "13 caption: A caption",
        "19 heading: Below",
        "21 text: Quoted words.",
        "23 item: Term",
        "24 text: Its meaning.",
        "26 item: outer",
        "27 item: inner",
        "29 text: After bold and code words.",
        "31 text: Small print.",
    ]


WORDS = st.sampled_from(["Pain", "can", "be", "*eased*", "today,", "it", "**helps**", "you"])
SENTENCES = st.lists(WORDS, min_size=1, max_size=12).map(lambda words: f"Now {' '.join(words)}.")


@given(st.lists(st.lists(SENTENCES, min_size=1, max_size=4), min_size=1, max_size=4), st.data())
def test_each_sentence_starts_on_its_line(paragraphs: list[list[str]], data: st.DataObject) -> None:
    """Wherever lines break, the line of a sentence holds the word that begins it."""
    lines: list[str] = []
    starts: list[int] = []
    for paragraph in paragraphs:
        lines.append("")
        for sentence in paragraph:
            if data.draw(st.booleans()) or not lines[-1]:
                lines.append("")
            starts.append(len(lines))
            for word in sentence.split():
                lines[-1] += f"{' ' if lines[-1] else ''}{word}"
                if data.draw(st.integers(0, 5)) == 0:
                    lines.append("")
            if not lines[-1]:
                lines.pop()
        lines.append("")
    source = "\n".join(lines)
    found = sentences(passages(text_of(source)), "en")
    for each in found:
        assert source.splitlines()[each.line - 1].find("Now") >= 0
    assert len(found) == len(starts)


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("Ask Dr. Ashdown. She knows.", 2),
        ("Take it with food, e.g. bread. Then rest.", 2),
        ("Take 2.5 mg. Wait.", 2),
        ("It costs 10. Then stop.", 2),
        ("1. First this.", 1),
        ("“Stop!” she said. He did.", 2),
        ("Is it bad? (It may be.) Ask.", 3),
        ("Wait … and see.", 1),
        ("No full stop", 1),
        ("See www.example.org for more. Or call.", 2),
        ("Take vitamin C. It helps.", 2),
    ],
)
def test_full_stops_that_end_a_sentence(words: str, count: int) -> None:
    assert len(cut(words)) == count


@pytest.mark.parametrize(
    ("language", "words", "count"),
    [
        ("de", "Kommen Sie am 3. Mai. Wir warten.", 2),
        ("de", "Obst, z.B. Äpfel. Und Brot.", 2),
        ("es", "¿Le duele? Llame al Dr. Ruiz.", 2),
        ("ar", "هل تشعر بالألم؟ اتصل بنا.", 2),
        ("zh", "您疼吗？请告诉我们。谢谢。", 3),
    ],
)
def test_sentences_of_other_languages(language: str, words: str, count: int) -> None:
    assert len(cut(words, language)) == count


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don’t take long-term 2.5 mg!", ("Don’t", "take", "long-term", "2.5", "mg")),
        ("and/or “quoted” words (here)", ("and", "or", "quoted", "words", "here")),
        ("ask@example.org or 01632 960123", ("ask@example.org", "or", "01632", "960123")),
        ("قَلْب", ("قَلْب",)),
        ("हिन्दी", ("हिन्दी",)),
        ("– … !", ()),
    ],
)
def test_words(text: str, words: tuple[str, ...]) -> None:
    assert words_in(text) == words


@pytest.mark.parametrize(("tag", "root"), [("en-GB", "en"), ("nn", "nb"), ("zh-Hans-CN", "zh")])
def test_the_root_of_a_tag(tag: str, root: str) -> None:
    assert root_of(tag) == root


def sentence(words: str) -> Sentence:
    """One sentence."""
    return sentences([Passage(words, 1, Part.TEXT)], "en")[0]


@pytest.mark.parametrize(
    "words",
    [
        "The drug is given by a nurse.",
        "A pump was carefully placed in your back.",
        "Your pain can be treated.",
        "Wounds are not always covered.",
        "The dose has been written down.",
        "Blood will be taken.",
        "It isn’t known why.",
    ],
)
def test_passive_voice_is_found(words: str) -> None:
    assert is_passive(sentence(words))


@pytest.mark.parametrize(
    "words",
    [
        "The nurse gives you the drug.",
        "You may be worried.",
        "You are tired.",
        "This is called a catheter.",
        "It is indeed new.",
        "You are used to it.",
        "We treated and covered it.",
        "The bed is red.",
        "It is important that you moved.",
    ],
)
def test_what_is_not_passive(words: str) -> None:
    assert not is_passive(sentence(words))


GLOSSARY = {"catheter": "A thin tube that goes into the body."}


@pytest.mark.parametrize(
    ("markdown", "line"),
    [
        ("You may get a catheter.\n\nIt hurts.", 1),
        ("One.\n\nTwo lines, and\nthe catheter.\n\nIt is cold.\n\nA catheter is a tube.", 4),
        ("## The catheter\n\nYou may get one.", 1),
        ("A thin tube, called a catheter.", None),
        ("You get a catheter (tube).", None),
        ("You get a tube (catheter).", None),
        ("A catheter means a tube.", None),
        ("You get a catheter. This thin tube goes into the body.", None),
        ("You get a catheter.\n\nThe thin tube goes into your body.", None),
        ("## The catheter\n\nThis thin tube goes into your body.", None),
        ("Catheters are another word.", None),
    ],
)
def test_a_word_of_the_glossary_is_explained_or_not(markdown: str, line: int | None) -> None:
    """Where it first stands: by its meaning's words, by “called” and the like, in brackets."""
    found = unexplained(GLOSSARY.items(), passages(text_of(markdown)), "en")
    assert found == ((Unexplained("catheter", line),) if line else ())


def test_cues_of_one_language_mean_nothing_in_another() -> None:
    found = passages(text_of("Il catheter is a cosa."))
    assert unexplained(GLOSSARY.items(), found, "it") == (Unexplained("catheter", 1),)


def test_the_hardest_sentences_have_most_words_and_longest_words() -> None:
    """Five of them, the hardest first; a word of three or more syllables counts thrice."""
    found = level(
        "One two three. Neurological complications develop. A b c d e f g h i j. "
        "One. Two. Three. Four."
    )
    assert [each.text for each in found.hardest[:2]] == [
        "A b c d e f g h i j.",
        "Neurological complications develop.",
    ]
    assert len(found.hardest) == 5


def test_long_sentences_are_those_above_the_limit() -> None:
    found = level("One two three four five. One two three four five six.", **{"long-sentence": 5})
    assert [len(each.words) for each in found.long] == [6]


def test_words_of_the_title_are_left_out_for_smog_alone() -> None:
    """As the NHS service manual says of “paracetamol”; singular and plural."""
    markdown = "Take paracetamol. Paracetamol helps. Operations hurt."
    plain = level(markdown)
    titled = level(markdown, title="Paracetamol after an operation")
    assert plain.counts and titled.counts
    assert (plain.counts.hard, titled.counts.hard) == (3, 0)
    assert plain.scores[1].value == titled.scores[1].value


def test_smog_of_few_sentences_is_said_to_be_extrapolated() -> None:
    """Only SMOG, and only below thirty sentences."""
    assert [score.few for score in level("Rest now. " * 29).scores] == [True, False]
    assert [score.few for score in level("Rest now. " * 30).scores] == [False, False]


def test_headings_and_items_are_sentences_for_smog_alone() -> None:
    """A list of short items would make any text easy by a formula that weighs their length."""
    found = level("## A heading\n\nA text.\n\n- an item\n- another\n- A whole one.\n")
    assert found.counts and found.counts.sentences == 5
    assert found.whole and found.whole.sentences == 2
    listed = level("Please remember everything that you feel.\n\n- pain\n- cold\n- heat\n")
    plain = level("Please remember everything that you feel.")
    assert [score.value for score in listed.scores][1] == plain.scores[1].value
    assert listed.scores[0].value < plain.scores[0].value


def test_a_text_without_a_whole_sentence_is_counted_as_it_is() -> None:
    found = level("- pain\n- cold\n")
    assert found.whole == found.counts


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ar", "No formula for this language: OSMAN counts syllables by vowel marks"),
        ("zh-Hans", "No formula for this language: none has been settled on."),
        ("uk", "No formula is known here."),
    ],
)
def test_a_language_without_a_formula_says_so(language: str, told: str) -> None:
    found = level("Слово 词 كلمة", language)
    assert not found.scores and found.why_none.startswith(told)


def test_languages_without_spaces_have_no_words_to_count() -> None:
    found = level("您疼吗？请告诉我们。", "zh-Hans")
    assert (found.counts, found.hardest, found.long, found.passive) == (None, (), (), None)
    assert len(found.sentences) == 2


def test_an_empty_text_has_no_figures() -> None:
    found = level("| a | b |\n|---|---|\n| c | d |\n")
    assert (found.counts, found.scores, found.good, found.passive_share) == (None, (), True, 0)


def test_syllables_are_not_counted_without_a_rule_for_them() -> None:
    """Arabic and Russian: the hardest sentences are those with most words, and nothing else."""
    found = level("Да. Раз два три. Достопримечательность.", "ru")
    assert not found.syllabic
    assert [len(each.words) for each in found.hardest] == [3, 1, 1]
