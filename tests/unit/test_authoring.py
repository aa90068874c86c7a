"""What an author writes reaches the slides and the leaflet: in order, and where it belongs."""

from __future__ import annotations

import io

import pytest
from pptx import Presentation

from tests.golden import dumps
from tests.helpers import Project

SLIDES = """# Before

Text.

## Which medicine first? {.question}

A. Paracetamol
B. Morphine

::: notes
Ask [the team of the ward](https://example.org/team).
:::

:::: answer
**Paracetamol**, 10 mg, as an analgesic.

::: notes
Say why.
:::
::::

# After

## Two ways {layout="two-columns" .keep}

An analgesic.

[See the guideline of the ward](https://example.org/guideline).

::: notes
1. First

::: keep
then
:::
:::

::: notes
Last.
:::
"""
GLOSSARY = "sample: yes\nglossary:\n  analgesic: A medicine for pain."


@pytest.fixture
def written(basic: Project) -> Project:
    """The basic module with a glossary and a question."""
    basic.edit("sources/basic/module.yaml", "sample: yes", GLOSSARY)
    cited = "\n*[PCA]: not used\n\nCited [@lamer1994].\n"
    return basic.write("sources/basic/slides.md", SLIDES + cited)


def slides(project: Project) -> list[tuple[str, str, str]]:
    """Title, other words and notes of each slide."""
    outcome = project.build()
    assert [each for each in outcome.problems if each.severity == "error"] == []
    found = []
    for slide in Presentation(io.BytesIO(project.read("basic/basic.pptx"))).slides:
        title = slide.shapes.title
        others = [shape for shape in slide.shapes if shape.has_text_frame and shape != title]
        words = "\n".join(shape.text_frame.text for shape in others)
        notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
        found.append((title.text if title else "", words, notes.text if notes else ""))
    return found


def test_the_answer_comes_behind_the_question_and_not_with_it(written: Project) -> None:
    found = slides(written)
    titles = [title for title, _, _ in found]
    at = titles.index("Which medicine first?")
    assert titles[at + 1] == "Answer: Which medicine first?"
    (_, asked, whispered), (_, answered, why) = found[at : at + 2]
    assert "Morphine" in asked and "10\u00a0mg" not in asked
    assert whispered.splitlines()[:2] == [
        "Ask the team of the ward.",
        "Answer: Paracetamol, 10\u00a0mg, as an analgesic.",
    ]
    assert "10\u00a0mg" in answered and why.startswith("Say why.")


def test_words_of_the_glossary_are_explained_in_the_notes_and_at_the_end(written: Project) -> None:
    found = slides(written)
    assert (
        "analgesic: A medicine for pain." in {title: notes for title, _, notes in found}["Two ways"]
    )
    words = {title: words for title, words, _ in found}["Words explained"]
    assert "analgesic\nA medicine for pain." in words


def test_notes_keep_their_order(written: Project) -> None:
    notes = {title: notes for title, _, notes in slides(written)}["Two ways"]
    assert notes.splitlines()[:3] == ["First", "then", "Last."]


def test_each_part_is_a_section_of_the_presentation(written: Project) -> None:
    written.build()
    deck = Presentation(io.BytesIO(written.read("basic/basic.pptx")))
    names = [each.get("name") for each in deck.element.iter("{*}section")]
    assert names == ["Opening", "Before", "After", "Closing"]


def test_a_leaflet_answers_below_its_question(basic: Project) -> None:
    basic.edit("sources/basic/module.yaml", "sample: yes", GLOSSARY)
    question = SLIDES[SLIDES.index("## Which") : SLIDES.index("# After")]
    text = question.replace("::: notes\nAsk", "::: note\nAsk").replace(
        "::: notes\nSay why.\n:::", ""
    )
    basic.write("sources/basic/leaflet.md", text + "\nCited [@lamer1994].\n")
    assert [each for each in basic.build().problems if each.severity == "error"] == []
    words = " ".join(dumps.leaflet(basic.read("basic/basic.pdf")).split())
    order = ["Which medicine first?", "Morphine", "Answer", "Paracetamol,", "Words explained"]
    assert [words.index(each) for each in order] == sorted(words.index(each) for each in order)


def test_choices_bear_letters(written: Project) -> None:
    written.build()
    deck = Presentation(io.BytesIO(written.read("basic/basic.pptx")))
    (asked,) = [each for each in deck.slides if each.shapes.title.text.startswith("Which")]
    marks = [each.get("type") for each in asked.element.iter("{*}buAutoNum")]
    assert marks == ["alphaUcPeriod"] * 2


def test_a_table_is_not_named_with_the_numbers_of_its_sources(basic: Project) -> None:
    text = (
        "## Dressings\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\nTable: Per 10^3^ parts [@lamer1994]\n"
    )
    basic.write("sources/basic/slides.md", text).build()
    deck = Presentation(io.BytesIO(basic.read("basic/basic.pptx")))
    named = [each.get("descr") for one in deck.slides for each in one.element.iter("{*}cNvPr")]
    assert "Per 103 parts" in named


def test_each_picture_of_a_paragraph_keeps_its_caption(basic: Project) -> None:
    rows = "\n".join(f'![A square](images/square.png "Square {number}")' for number in range(4))
    for file in ("slides.md", "leaflet.md"):
        basic.write(f"sources/basic/{file}", f"## Squares\n\n{rows}\n\nWords [@lamer1994].\n")
    words = "\n".join(words for _, words, _ in slides(basic))
    leaflet = dumps.leaflet(basic.read("basic/basic.pdf"))
    for number in range(4):
        assert f"Square {number}" in words and f"Square {number}" in leaflet
