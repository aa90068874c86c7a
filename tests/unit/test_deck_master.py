"""Any institution's master serves, and says what it lacks."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pptx
import pytest

from builder.artifacts import Order
from builder.artifacts.deck import make
from builder.artifacts.deck.fit.metrics import faces_of
from builder.artifacts.deck.master import read_master
from builder.artifacts.deck.master.scheme import repainted
from builder.artifacts.deck.records import Run
from builder.artifacts.deck.tokens import read_tokens
from builder.problems import Rejected
from builder.theme import Theme, read_theme
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
    assert (body.style.levels[0].size, body.style.levels[0].mark) == (24, "bullet")
    assert master.layout("no such role") == master.layout("content")


def test_a_master_without_any_mapping_serves(tmp_path: Path) -> None:
    changed = other(tmp_path, PLAIN.read_bytes())
    body = bullets(30) + '<div class="columns"><div class="column"><p>a</p></div></div>'
    asked = with_theme(order(tmp_path, slide("One", body)), changed)
    deck = Deck(make(asked).data)
    assert len(deck.own) > 1
    assert make(asked).data == deck.data


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


HOUSE = """
extends = "clinic"
[colours]
brand = "#7A1F5C"
deep = "#3D1030"
sand = "#F3F0FA"
"""
OLD = (b"0F5C6E", b"12344D", b"F6F2E9")
"""The colours of the clinic theme that the house's take the place of."""


def house(folder: Path, text: str = HOUSE) -> Theme:
    """A theme that changes a few colours."""
    (folder / "themes/house").mkdir(parents=True)
    (folder / "themes/house/theme.toml").write_text(text, encoding="utf-8")
    return read_theme(Folder(folder, ""), "house")


def test_a_house_colour_reaches_the_whole_deck(tmp_path: Path) -> None:
    """Scheme, custom colours, layouts and table style: none of the old colours is left."""
    body = bullets(2) + '<div class="callout note"><p>a</p></div>'
    asked = order(tmp_path, slide("One", body))
    deck = Deck(make(with_theme(asked, house(tmp_path))).data)
    parts = {name: data for name, data in deck.entries.items() if name.startswith("ppt/")}
    assert [name for name, data in parts.items() if any(old in data for old in OLD)] == []
    for name in ("ppt/theme/theme1.xml", "ppt/theme/theme2.xml"):
        assert b'<a:accent1><a:srgbClr val="7A1F5C"/></a:accent1>' in parts[name]
        assert b'name="Sand"><a:srgbClr val="F3F0FA"/>' in parts[name]
    assert any(b"F3F0FA" in data for name, data in parts.items() if "slideLayout" in name)


def test_a_house_may_fill_a_slot_with_another_colour(tmp_path: Path) -> None:
    changed = house(tmp_path, 'extends = "clinic"\n[scheme]\naccent1 = "plum"\n')
    deck = Deck(repainted(changed.read("master.pptx"), changed, "master.pptx"))
    assert b'<a:accent1><a:srgbClr val="6A4C8C"/>' in deck.entries["ppt/theme/theme1.xml"]


def test_a_theme_of_its_own_colours_is_not_repainted() -> None:
    data = theme().read("master.pptx")
    assert repainted(data, theme(), "master.pptx") is data


def test_a_master_of_an_institutions_own_is_not_repainted(tmp_path: Path) -> None:
    changed = house(tmp_path)
    (tmp_path / "themes/house/master.pptx").write_bytes(PLAIN.read_bytes())
    data = changed.read("master.pptx")
    assert data == PLAIN.read_bytes()
    assert repainted(data, changed, "master.pptx") is data


def test_all_colours_of_the_master_can_be_changed() -> None:
    """Each comes from a slot of the scheme, or is among the custom colours by its token's name."""
    entries = Deck(theme().read("master.pptx")).entries
    scheme = entries["ppt/theme/theme1.xml"]
    named = dict(re.findall(rb'custClr name="([^"]+)"><a:srgbClr val="(\w+)"', scheme))
    painted = {
        digits
        for name, data in entries.items()
        if "/theme/" not in name
        for digits in re.findall(rb'srgbClr val="(\w+)"', data)
    }
    assert painted <= set(named.values())
    tokens = {name.decode().lower().replace(" ", "_") for name in named}
    assert tokens | set(theme().tokens["scheme"].values()) == set(theme().tokens["colours"])
