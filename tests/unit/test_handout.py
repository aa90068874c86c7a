"""What is made of the slides beside the deck: a handout on paper, a web page to look at."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.html
import pytest

from builder.artifacts.screens import arranged
from builder.checks.verify import verify
from builder.module.library import read_library
from builder.settings import Profile, Settings
from builder.workspace import Folder
from tests.gates import judges
from tests.helpers import TESTS, TODAY, Project
from tests.unit.decks import Deck

EXTRAS = 'extras = ["handout", "preview"]\n'
NAME = "basic"
HANDOUT, PREVIEW = f"{NAME}/{NAME}-handout.pdf", f"{NAME}/slides.html"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    root = tmp_path_factory.mktemp("extras")
    project = Project.from_(Path(__file__).parents[1] / "cases" / "basic", root)
    outcome = project.write("leafdeck.toml", EXTRAS).build()
    assert not outcome.failed, outcome.problems
    return project


def slides(project: Project) -> list[lxml.html.HtmlElement]:
    return list(lxml.html.fromstring(project.read(PREVIEW)).find_class("slide"))


def test_the_handout_holds_every_slide_and_its_notes(built: Project) -> None:
    drawn = "".join(page.text for page in judges.pages(built.output / HANDOUT)).replace(" ", "")
    for slide in slides(built):
        for words in slide.itertext():
            assert re.sub(r"\s", "", words) in drawn


def test_the_handout_is_universally_accessible(built: Project) -> None:
    assert judges.page_validation(built.output / HANDOUT) == []


def test_what_overflows_the_handout_is_said_to_be_in_it(basic: Project) -> None:
    cells = "| internationalisation " * 16 + "|\n"
    basic.write("leafdeck.toml", EXTRAS)
    basic.write("sources/basic/slides.md", f"## Long\n\n{cells}{'|---' * 16}|\n{cells}")
    told = [each for each in basic.build().problems if each.code == "text-overflows"]
    assert [each.place.line for each in told] == [3]
    (message,) = (each.message for each in told)
    assert message == "The table’s 16 columns are too many for a page of the handout."


def test_the_preview_asks_for_nothing_from_elsewhere(built: Project) -> None:
    page = built.read(PREVIEW).decode()
    assert re.findall(r'(?:src|<link[^>]* href)="(?!data:)', page) == []
    assert [slide.get("id") for slide in slides(built)][:2] == ["deck-opening", "deck-declaration"]


@pytest.mark.parametrize(
    ("body", "long"),
    [
        ("<p>Few words</p>", False),
        ("<ul>" + "<li>a</li>" * 40 + "</ul>", True),
        ("<table>" + "<tr><td>1</td></tr>" * 40 + "</table>", True),
        ("<pre>" + "a\n" * 40 + "</pre>", True),
        ('<img src="a.png" alt="a">' * 6, True),
        ('<aside class="notes"><table><tr><td>1</td></tr></table></aside>', True),
    ],
)
def test_what_takes_much_room_gets_a_page_of_its_own(body: str, long: bool) -> None:
    (slide,) = arranged(f'<section class="slide">{body}</section>', {}).find_class("slide")
    assert ("long" in slide.get("class", "").split()) is long


def test_long_words_are_broken_on_paper(built: Project, tmp_path: Path) -> None:
    project = Project.from_(built.root, tmp_path)
    text = f"## Long\n\n{'word' * 100}\n\n::: notes\n{'note' * 100}\n:::\n"
    outcome = project.write(f"sources/{NAME}/slides.md", text).build()
    assert not outcome.failed, outcome.problems
    drawn = "".join(page.text for page in judges.pages(project.output / HANDOUT)).replace(" ", "")
    assert "word" * 100 in drawn
    assert "note" * 100 in drawn


@pytest.mark.parametrize(("file", "kind"), [(HANDOUT, "handout"), (PREVIEW, "preview")])
def test_both_can_be_verified(built: Project, file: str, kind: str) -> None:
    library = read_library(Folder(built.root, ""))
    verdict = verify(built.read(file), library, Profile(), TODAY)
    assert (verdict.kind, verdict.good, verdict.sources) == (kind, True, "the same")


def test_what_is_no_longer_asked_for_goes(tmp_path: Path) -> None:
    project = Project.from_(Path(__file__).parents[1] / "cases" / "basic", tmp_path)
    project.write("leafdeck.toml", EXTRAS).build()
    (project.root / "leafdeck.toml").unlink()
    outcome = project.build()
    assert set(outcome.removed) == {HANDOUT, PREVIEW}
    assert not (project.output / HANDOUT).exists()


def test_a_command_asks_for_more_than_the_settings() -> None:
    settings = Settings(extras=("preview",)).asking_for("one", preview=False)
    assert (set(settings.extras), settings.handout) == ({"preview", "handout"}, "one")
    assert Settings().asking_for(None, preview=False) == Settings()


def test_a_slide_without_notes_has_room_to_write() -> None:
    document = arranged('<body><section class="slide"><h2>A</h2><p>b</p></section></body>', {})
    (slide,) = document.find_class("slide")
    assert [child.get("class") for child in slide] == ["screen", "room"]


def test_a_slide_with_much_to_read_may_run_over_pages() -> None:
    text = "<p>word</p>" * 400
    document = arranged(f'<body><section class="slide"><h2>A</h2>{text}</section></body>', {})
    assert document.find_class("long")


def test_slides_bear_the_numbers_that_they_have_in_the_deck(tmp_path: Path) -> None:
    """Also where one of them continues."""
    project = Project.from_(TESTS / "cases" / "features", tmp_path)
    project.write("leafdeck.toml", EXTRAS).build()
    page = lxml.html.fromstring(project.read("features/slides.html"))
    numbers = {
        slide[0][0].text_content(): slide[0].get("data-number")
        for slide in page.find_class("slide")
    }
    titles = Deck(project.read("features/features.pptx")).titles()
    first = titles.index("A long list (1 of 3)") + 1
    assert numbers["A long list"] == f"{first}–{first + 2}"
    assert numbers["Words explained"] == str(titles.index("Words explained") + 1)


def test_what_participants_get_holds_no_answers() -> None:
    html = (
        '<body class="blank"><section class="slide"><h2>Which?</h2><aside class="notes">B</aside>'
        '</section><section class="slide" data-layout="answer"><h2>B</h2></section></body>'
    )
    document = arranged(html, {})
    assert [slide.text_content() for slide in document.find_class("slide")] == ["Which?"]


@pytest.mark.parametrize("shape", ["three", "one", "blank"])
def test_every_construct_can_be_handed_out(shape: str, tmp_path: Path) -> None:
    project = Project.from_(TESTS / "cases" / "features", tmp_path)
    project.write("leafdeck.toml", f'extras = ["handout"]\nhandout = "{shape}"\n')
    assert not project.build().failed
    assert judges.page_validation(project.output / "features/features-handout.pdf") == []
