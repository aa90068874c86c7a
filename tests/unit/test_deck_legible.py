"""Masters whose words could not be read: what our copy does, and what it leaves alone."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from builder.artifacts.deck import make
from builder.artifacts.deck.master.colours import Colours
from builder.artifacts.deck.master.tables import MEDIUM, defined, known_style
from builder.artifacts.deck.style import Box
from builder.contrast import ENOUGH, contrast
from builder.problems import Problem
from tests.gates.test_masters import TABLE
from tests.masters.odd import ODD
from tests.masters.odd_file import MASTER, NAMES, File, element, remove
from tests.unit.decks import Deck, find, order, slide
from tests.unit.test_deck_roles import brand, master_of

SOLID = '<p:bg><p:bgPr><a:solidFill><a:srgbClr val="{}"/></a:solidFill>'
SOLID += "<a:effectLst/></p:bgPr></p:bg>"
STRIPES = '<p:bg><p:bgPr><a:pattFill prst="wdUpDiag"><a:fgClr><a:srgbClr val="000000"/></a:fgClr>'
STRIPES += '<a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill><a:effectLst/></p:bgPr></p:bg>'

ONE = slide("One", f"<p>Words</p>{TABLE}")


def on(ground: str) -> File:
    """The default master, black on white, on another ground."""

    def paint(root: Any) -> None:
        sheet = root.find("p:cSld", NAMES)
        remove(*sheet.findall("p:bg", NAMES))
        sheet.insert(0, element(ground))

    return File().change(MASTER, paint)


def photo() -> File:
    """A ground that is light on the left and busy on the right."""
    image = Image.new("RGB", (160, 120), "white")
    for left in range(84, 160, 16):
        ImageDraw.Draw(image).rectangle((left, 0, left + 7, 120), fill="black")
    held = io.BytesIO()
    image.save(held, "PNG")
    file = File().default("png", "image/png").add("ppt/media/ground.png", held.getvalue())
    key = file.relate(MASTER, "image", "../media/ground.png")
    blip = f'<a:blip r:embed="{key}"/><a:stretch><a:fillRect/></a:stretch>'

    def paint(root: Any) -> None:
        sheet = root.find("p:cSld", NAMES)
        remove(*sheet.findall("p:bg", NAMES))
        painted = f"<p:bg><p:bgPr><a:blipFill>{blip}</a:blipFill><a:effectLst/></p:bgPr></p:bg>"
        sheet.insert(0, element(painted))

    return file.change(MASTER, paint)


def made(folder: Path, file: File, html: str = ONE) -> tuple[Deck, tuple[Problem, ...]]:
    """A deck in a master, and what is told of it."""
    folder.mkdir(exist_ok=True)
    asked = order(folder, html)
    found = make(replace(asked, theme=brand(folder, file)))
    return Deck(found.data), tuple(found.problems)


def warnings(problems: tuple[Problem, ...]) -> list[str]:
    return [each.message for each in problems if each.code == "deck-legibility"]


@pytest.mark.parametrize("ground", [SOLID.format("101030"), SOLID.format("000000")])
def test_words_that_cannot_be_read_get_another_colour(tmp_path: Path, ground: str) -> None:
    layout = master_of(brand(tmp_path, on(ground))).layout("content")
    text = layout.all("obj", "body")[0]
    assert contrast(text.ink, text.ground[0]) >= ENOUGH
    assert not layout.panels
    assert {each.what for each in layout.remedies} == {"title", "text"}
    assert 'val="bg1"' in text.style.xml


def test_it_is_told_once_as_a_warning_with_what_is_done(tmp_path: Path) -> None:
    _, problems = made(tmp_path, on(SOLID.format("101030")))
    told = warnings(problems)
    assert any("“Title and Content”" in each and "title" in each for each in told)
    assert all("another colour of the scheme" in each for each in told)
    assert len(told) == len(set(told))
    assert all(each.severity.value != "error" for each in problems)


def test_the_layout_of_our_copy_has_the_colour(tmp_path: Path) -> None:
    deck, _ = made(tmp_path, on(SOLID.format("101030")))
    named = b'name="Title and Content"'
    layouts = (data for part, data in deck.entries.items() if "/slideLayouts/" in part)
    (layout,) = (data for data in layouts if named in data)
    assert layout.count(b'<a:schemeClr val="bg1"/>') >= 10


def test_a_busy_ground_gets_a_panel(tmp_path: Path) -> None:
    for name, file in (("photo", photo()), ("stripes", on(STRIPES))):
        layout = master_of(brand(tmp_path / name, file)).layout("content")
        text = layout.all("obj", "body")[0]
        assert len(layout.panels) == 2, name
        assert len(text.ground) == 1, name
        assert contrast(text.ink, text.ground[0]) >= ENOUGH, name


def test_all_texts_get_a_panel_where_one_does(tmp_path: Path) -> None:
    layout = master_of(brand(tmp_path, photo())).layout("two-columns")
    assert len(layout.panels) == 3  # of the title and of both columns


def test_decks_on_such_grounds_are_made(tmp_path: Path) -> None:
    for name, file in (("photo", photo()), ("stripes", on(STRIPES))):
        deck, problems = made(tmp_path / name, file)
        assert deck.slides
        assert "plain panel" in warnings(problems)[0]


def test_what_can_be_read_is_left_alone(tmp_path: Path) -> None:
    for name in ("four_by_three", "dark", "background_picture", "google"):
        master = master_of(brand(tmp_path / name, ODD[name]()))
        content = master.layout("content")
        assert (content.remedies, content.panels, content.inked) == ((), (), ()), name


def test_a_slanting_shape_counts_only_where_it_is(tmp_path: Path) -> None:
    """The rectangle around a triangle covers the text; the triangle does not."""
    corner = (
        '<p:sp><p:nvSpPr><p:cNvPr id="90" name="Corner"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>'
        '<a:xfrm><a:off x="0" y="0"/><a:ext cx="9144000" cy="6858000"/></a:xfrm><a:custGeom>'
        '<a:avLst/><a:pathLst><a:path w="100" h="100"><a:moveTo><a:pt x="0" y="0"/></a:moveTo>'
        '<a:lnTo><a:pt x="4" y="0"/></a:lnTo><a:lnTo><a:pt x="0" y="100"/></a:lnTo><a:close/>'
        '</a:path></a:pathLst></a:custGeom><a:solidFill><a:srgbClr val="202020"/></a:solidFill>'
        "</p:spPr></p:sp>"
    )

    def add(root: Any) -> None:
        root.find("p:cSld/p:spTree", NAMES).insert(2, element(corner))

    layout = master_of(brand(tmp_path, File().change(MASTER, add))).layout("content")
    assert layout.remedies == ()
    assert layout.ground(Box(0, 0, 10, 10)) == ("202020",)


def test_tables_say_which_way_they_run_in_a_master_that_runs_the_other(tmp_path: Path) -> None:
    deck, _ = made(tmp_path, ODD["rtl"]())
    cells = [each for one in deck.slides for each in find(one, ".//a:tc//a:pPr/@rtl")]
    assert cells and set(cells) == {"0"}


def test_the_head_of_a_table_can_be_read() -> None:
    names = {name: name for name in ("lt1", *MEDIUM.values())}
    pale = {"lt1": "FFFFFF", "dk1": "000000", **{f"accent{n}": "FFEE88" for n in range(1, 7)}}
    assert known_style(Colours(pale, names))[1] == "Medium Style 2"
    assert known_style(Colours(pale | {"accent3": "204080"}, names))[1].endswith("Accent 3")
    assert all(defined(identity) is not None for identity in MEDIUM)
    assert defined("{00000000-0000-0000-0000-000000000000}") is None
