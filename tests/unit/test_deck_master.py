"""Any institution's master serves, and says what it lacks."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pptx
import pytest

from builder.artifacts import Order
from builder.artifacts.deck import make
from builder.artifacts.deck.master import _as_deck, read_master
from builder.artifacts.deck.metrics import faces_of
from builder.artifacts.deck.records import Run
from builder.artifacts.deck.tokens import read_tokens
from builder.problems import Rejected
from builder.theme import Theme
from builder.workspace import Folder
from tests.unit.decks import Deck, bullets, order, slide, theme

PLAIN = Path(pptx.__file__).parent / "templates" / "default.pptx"


def other(folder: Path, master: bytes, **tokens: Any) -> Theme:
    """The clinic theme with another master deck."""
    (folder / "master.pptx").write_bytes(master)
    own = Folder(folder, "themes/other")
    return Theme("other", (own, *theme().folders), {**theme().tokens, **tokens})


def with_theme(asked: Order, changed: Theme) -> Order:
    return replace(asked, theme=changed)


def test_roles_find_their_layouts() -> None:
    master = read_master(theme(), read_tokens(theme()))
    assert set(master.layouts) == set(theme().tokens["layouts"])
    body = master.layout("content").all("obj", "body")[0]
    assert (body.style.levels[0].size, body.style.levels[0].mark) == (22, "bullet")
    assert master.layout("no such role") == master.layout("content")


def test_a_layout_that_is_not_there_is_named(tmp_path: Path) -> None:
    changed = other(tmp_path, theme().read("master.pptx"), layouts={"content": "Inhalt"})
    with pytest.raises(Rejected) as caught:
        make(with_theme(order(tmp_path, ""), changed))
    (problem,) = caught.value.problems
    assert problem.code == "theme-layout"
    assert "“Inhalt”" in problem.message
    assert "Two columns" in problem.hint


def test_a_layout_without_its_placeholder_is_named(tmp_path: Path) -> None:
    changed = other(tmp_path, PLAIN.read_bytes(), layouts={"content": "Title Only"})
    with pytest.raises(Rejected) as caught:
        make(with_theme(order(tmp_path, ""), changed))
    assert [problem.code for problem in caught.value.problems] == ["theme-layout"]


def test_a_master_without_any_mapping_serves(tmp_path: Path) -> None:
    changed = other(tmp_path, PLAIN.read_bytes(), layouts={})
    body = bullets(30) + '<div class="columns"><div class="column"><p>a</p></div></div>'
    asked = with_theme(order(tmp_path, slide("One", body)), changed)
    deck = Deck(make(asked).data)
    assert len(deck.own) > 1
    assert make(asked).data == deck.data


def test_a_template_file_serves_as_a_master() -> None:
    data = theme().read("master.pptx")
    entries = Deck(data).entries
    kind = entries["[Content_Types].xml"]
    template = kind.replace(b"presentation.main+xml", b"template.main+xml")
    from builder.artifacts.deck.package import packed

    made = _as_deck(packed(entries | {"[Content_Types].xml": template}))
    assert Deck(made).entries["[Content_Types].xml"] == kind
    assert pptx.Presentation(io.BytesIO(made)).slide_layouts


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no deck"])
def test_a_master_that_cannot_be_read_is_a_problem(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(Rejected) as caught:
        make(with_theme(order(tmp_path, ""), other(tmp_path, data)))
    assert caught.value.problems[0].code in ("theme-file", "file-empty")


def test_slides_of_the_master_are_left_out(tmp_path: Path) -> None:
    deck = pptx.Presentation(io.BytesIO(theme().read("master.pptx")))
    deck.slides.add_slide(deck.slide_layouts[0]).shapes.title.text = "Left over"
    target = io.BytesIO()
    deck.save(target)
    made = Deck(make(with_theme(order(tmp_path, ""), other(tmp_path, target.getvalue()))).data)
    assert "Left over" not in "".join(made.words())
    assert sum(name.startswith("ppt/slides/slide") for name in made.entries) == len(made.slides)


def test_widths_are_those_of_the_font() -> None:
    faces = faces_of(theme())
    assert faces.width(Run("MMM"), "MMM") == pytest.approx(3 * 0.833, abs=0.01)
    assert faces.width(Run("MMM", code=True), "MMM") == pytest.approx(1.8)
    assert faces.width(Run("痛"), "痛") == 1.0


def test_lines_break_between_words_and_inside_the_longest() -> None:
    faces = faces_of(theme())
    assert faces.lines((Run("one two three"),), 20, 1000, bold=False) == 1
    assert faces.lines((Run("one two three"),), 20, 60, bold=False) == 3
    assert faces.lines((Run("x" * 100),), 20, 200, bold=False) == 6
    assert faces.lines((Run("a"), Run("\n"), Run("b")), 20, 1000, bold=False) == 2
