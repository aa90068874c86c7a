"""On any institution's master, each role finds its layout, and stamp and band a clear place."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pptx import Presentation
from pptx.util import Inches

from builder.artifacts.deck import make
from builder.artifacts.deck.fit.metrics import fonts_of
from builder.artifacts.deck.marks import marks_of, small_stamps
from builder.artifacts.deck.master import read_master
from builder.artifacts.deck.master.colours import Colours
from builder.artifacts.deck.master.geometry import area, clear_boxes, common, right
from builder.artifacts.deck.master.model import CONTENT, Layout, Master
from builder.artifacts.deck.master.roles import ROLES
from builder.artifacts.deck.master.tables import MEDIUM
from builder.artifacts.deck.readback import STAMP_NAME, footer_of
from builder.artifacts.deck.specimen import specimen, specimen_stamp
from builder.artifacts.deck.style import Box
from builder.artifacts.deck.tokens import read_tokens
from builder.checks.survey import survey
from builder.cli import main
from builder.contrast import ENOUGH, contrast
from builder.problems import Place, Problem, Rejected
from builder.report import survey_values
from builder.theme import Theme, read_theme
from builder.workspace import Folder
from tests.masters.odd import ODD, SMALL
from tests.masters.odd_file import MASTER, NAMES, File, element, tree
from tests.unit import decks
from tests.unit.decks import Deck, find, order, theme

COLUMNS = ("title", "section", "content", "two-columns", "table", "picture", "text-and-picture")
TABLE = """
master               | title         | section          | content           | two-columns     | table | picture              | text-and-picture
four_by_three        | Title Slide   | Section Header   | Title and Content | Two Content     | -     | Picture with Caption | Two Content
sixteen_by_nine      | Title         | Section          | Content           | Two columns     | Table | Picture              | Text and picture
german               | Titelfolie    | Abschnitt        | Titel und Inhalt  | Zwei Inhalte    | -     | Picture with Caption | Zwei Inhalte
japanese             | タイトル スライド | セクション見出し | タイトルとコンテンツ | 2つのコンテンツ | -     | Picture with Caption | 2つのコンテンツ
untyped_layouts      | Title Slide   | Section Header   | Title and Content | Two Content     | -     | Picture with Caption | Two Content
no_title_layout      | Title Slide   | Section Header   | Title and Content | Two Content     | -     | Picture with Caption | Two Content
no_obj_layout        | Title Slide   | Section Header   | Title and Content | Two Content     | -     | Picture with Caption | Two Content
google               | TITLE         | SECTION_HEADER   | TITLE_AND_BODY    | TITLE_AND_TWO_COLUMNS | - | Picture with Caption | TITLE_AND_TWO_COLUMNS
odd_numbers          | Title Slide   | Section Header   | Title and Content | Two Content     | -     | Picture with Caption | Two Content
grouped              | Title Slide   | Section Header   | Title and Content | Two Content     | -     | Picture with Caption | Two Content
bare_master          | Title         | Section          | Content           | Two columns     | Table | Picture              | Text and picture
several_masters      | Title Slide   | Section Header   | Title and Content | Two Content     | -     | Picture with Caption | Two Content
vertical             | Title Slide   | Section Header   | Title and Content | Two Content     | -     | Picture with Caption | Two Content
poster               | Title Slide   | Section Header   | Title and Content | Two Content     | -     | Picture with Caption | Two Content
one_layout           | -             | -                | Title and Content | -               | -     | -                    | -
no_holders_at_all    | -             | -                | Title and Content | -               | -     | -                    | -
"""  # noqa: E501 - a table is read by its columns
"""The layout of each role; a hyphen where slides of the role look like content."""
CASES = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()[1:]]


def brand(folder: Path, made: File | Plain, toml: str = "") -> Theme:
    """A theme with a master deck of its own and nothing else."""
    home = folder / "themes/brand"
    home.mkdir(parents=True, exist_ok=True)
    (home / "master.pptx").write_bytes(made.bytes())
    (home / "theme.toml").write_text(f'extends = "clinic"\n{toml}', encoding="utf-8")
    return read_theme(Folder(folder, ""), "brand")


def master_of(given_theme: Theme) -> Master:
    return read_master(given_theme, read_tokens(given_theme))


@pytest.mark.parametrize("row", CASES, ids=[row[0] for row in CASES])
def test_roles_find_their_layouts(row: list[str], tmp_path: Path) -> None:
    master = master_of(brand(tmp_path, ODD[row[0]]()))
    names = {role: layout.name for role, layout in master.layouts.items()}
    assert [names.get(role, "-") for role in COLUMNS] == row[1:]
    assert all(choice.reason for choice in master.choices)


@pytest.mark.parametrize("name", ODD)
def test_every_layout_in_use_is_complete(name: str, tmp_path: Path) -> None:
    """It has a title, and a place for the stamp and the band that no words lie under."""
    master = master_of(brand(tmp_path, ODD[name]()))
    slide = Box(0, 0, master.width, master.height)
    for layout in master.layouts.values():
        assert not layout.lacks
        assert layout.title.style.levels[0].size > 0
        assert layout.first("ftr") or layout.stamp
        places = [holder.box for holder in layout.holders if holder.kind != "ftr"]
        if layout.stamp:
            box = layout.stamp.box
            assert common(box, slide) == pytest.approx(area(box))
            assert max(common(box, place) for place in places) < 1
        assert_band_is_clear(layout)


def assert_band_is_clear(layout: Layout) -> None:
    """No placeholder and no stamp lies under the status band."""
    assert layout.band
    moved = layout.stamp and layout.first("ftr")
    under = [holder for holder in layout.holders if not (moved and holder.kind == "ftr")]
    assert [holder.kind for holder in under if common(layout.band, holder.box) > 0.1] == []
    assert not layout.stamp or common(layout.band, layout.stamp.box) < 0.1


@pytest.mark.parametrize("top", [0.1, 0.0])
def test_titles_at_the_edge_begin_below_the_band(top: float, tmp_path: Path) -> None:
    """Where no strip is clear, the title gives way; it is never covered without a word."""
    master = master_of(brand(tmp_path, crowded(top, 1.2)))
    assert CONTENT in master.layouts
    for layout in master.layouts.values():
        assert_band_is_clear(layout)


def test_a_layout_without_room_for_the_band_serves_no_role(tmp_path: Path) -> None:
    with pytest.raises(Rejected) as caught:
        master_of(brand(tmp_path, crowded(0.0, 0.3)))
    assert "the status band" in caught.value.problems[0].hint


class Plain:
    """A deck as python-pptx holds it, to be used as a master."""

    def __init__(self, deck: Any) -> None:
        self.deck = deck

    def bytes(self) -> bytes:
        target = io.BytesIO()
        self.deck.save(target)
        return target.getvalue()


def crowded(top: float, high: float) -> Plain:
    """One layout, full from the title at the slide's upper edge to its foot; lengths in inches."""
    deck = Presentation()
    for layout in list(deck.slide_layouts)[2:]:
        deck.slide_layouts.remove(layout)
    deck.slide_layouts.remove(deck.slide_layouts[0])
    places = {"title": (top, high), "body": (top + high, 6.9 - top - high), "dt": (6.9, 0.6)}
    for sheet in (deck.slide_masters[0], deck.slide_layouts[0]):
        for holder in sheet.placeholders:
            kind = holder.element.ph.get("type", "body")
            if kind in places:
                start, height = places[kind]
                holder.left, holder.width = Inches(0), deck.slide_width
                holder.top, holder.height = Inches(start), Inches(height)
    return Plain(deck)


def test_a_mapping_counts_for_its_own_master_only(tmp_path: Path) -> None:
    """What clinic says of its layouts says nothing of another master."""
    master = master_of(brand(tmp_path, ODD["four_by_three"]()))
    assert {choice.reason for choice in master.choices}.isdisjoint({"mapped in theme.toml"})


def test_a_mapping_decides(tmp_path: Path) -> None:
    toml = '[layouts]\nabout = "Comparison"\ncontent = "Title Only"\n'
    master = master_of(brand(tmp_path, ODD["four_by_three"](), toml))
    assert master.layout("about").name == "Comparison"
    assert [holder.kind for holder in master.layout(CONTENT).added] == ["body"]
    (chosen,) = (choice for choice in master.choices if choice.role == CONTENT)
    assert chosen.instead == "no text: one is added in the clear room"


def test_a_name_that_is_not_there_lists_the_candidates(tmp_path: Path) -> None:
    wrong = brand(tmp_path, ODD["four_by_three"](), '[layouts]\nclosing = "Ende"\n')
    with pytest.raises(Rejected) as caught:
        master_of(wrong)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.line) == ("theme-layout", 3)
    assert "“Title Slide”" in problem.hint


def test_a_role_that_cannot_be_served_says_why(tmp_path: Path) -> None:
    with pytest.raises(Rejected) as caught:
        master_of(brand(tmp_path, SMALL["tiny"]()))
    (problem,) = caught.value.problems
    assert problem.code == "theme-layout"
    assert "has no room for" in problem.hint


def test_layouts_are_found_by_their_own_name(tmp_path: Path) -> None:
    master = master_of(brand(tmp_path, ODD["german"]()))
    found = master.named("Zwei Inhalte")
    assert found and found == master.layout("two-columns")
    assert master.named("Two Content") is None
    assert "Zwei Inhalte" in master.candidates


def test_a_title_that_runs_downwards_makes_way_for_one_that_does_not(tmp_path: Path) -> None:
    asked = order(tmp_path, decks.slide("One", "<p>a</p>", layout="Vertical Title and Text"))
    deck = Deck(make(replace(asked, theme=brand(tmp_path, ODD["four_by_three"]()))).data)
    used = deck.presentation().slides[2].slide_layout
    titles = [each for each in used.placeholders if each.element.ph.get("type") == "title"]
    assert len(titles) == 1
    assert titles[0].width > titles[0].height


def boxes_of(slide: Any) -> list[tuple[str, Box]]:
    """Name and place of each shape that states its own."""
    found = []
    for shape in find(slide, ".//p:sp[p:spPr/a:xfrm] | .//p:pic | .//p:graphicFrame"):
        name = find(shape, "*/p:cNvPr/@name")[0]
        (off,), (ext,) = (
            find(shape, ".//a:off | .//p:xfrm/a:off")[:1],
            find(shape, ".//a:ext[@cx]")[:1],
        )
        values = [int(off.get(key)) for key in "xy"] + [int(ext.get(key)) for key in ("cx", "cy")]
        found.append((str(name), Box(*(value / 12700 for value in values))))
    return found


@pytest.mark.parametrize("name", ["no_footers_anywhere", "no_holders_at_all", "background_picture"])
def test_the_stamp_is_on_every_slide_clear_of_everything(name: str, tmp_path: Path) -> None:
    deck = Deck(specimen(brand(tmp_path, ODD[name]())).data)
    for slide in deck.slides:
        assert footer_of(slide) == specimen_stamp().short
        placed = dict(boxes_of(slide))
        stamp = placed.pop(STAMP_NAME, None)
        if stamp:
            assert [each for each, box in placed.items() if common(box, stamp) > 1] == []
    if name != "background_picture":
        assert all(STAMP_NAME in dict(boxes_of(slide)) for slide in deck.slides)


@pytest.mark.parametrize("name", ["portrait", "unknown_font", "a4"])
def test_a_stamp_of_some_length_finds_room(name: str, tmp_path: Path) -> None:
    """In narrow slides, and in fonts that are measured wide."""
    deck = Deck(specimen(brand(tmp_path, ODD[name]())).data)
    assert {footer_of(slide) for slide in deck.slides} == {specimen_stamp().short}


def test_what_a_layout_lacks_becomes_a_placeholder(tmp_path: Path) -> None:
    deck = Deck(specimen(brand(tmp_path, ODD["no_holders_at_all"]())).data)
    assert all(deck.titles())
    presentation = Presentation(io.BytesIO(deck.data))
    for slide in presentation.slides:
        kinds = [holder.element.ph.get("type") for holder in slide.slide_layout.placeholders]
        assert kinds == ["title", "body"]
        numbers = [shape.shape_id for shape in slide.slide_layout.shapes]
        assert len(set(numbers)) == len(numbers)
        assert {shape.placeholder_format.idx for shape in slide.placeholders} <= {0, 20}


def test_sizes_grow_with_a_large_slide(tmp_path: Path) -> None:
    poster = master_of(brand(tmp_path, ODD["poster"]())).tokens
    assert poster.scale == pytest.approx(24174450 / 12700 / 540, abs=0.01)
    assert poster.floor == pytest.approx(18 * poster.scale)
    assert master_of(brand(tmp_path, ODD["portrait"]())).tokens.floor == 18


@pytest.mark.parametrize("name", ["four_by_three", "dark", "gradient", "google", "sixteen_by_nine"])
def test_drawn_colours_are_the_masters_and_legible(name: str, tmp_path: Path) -> None:
    palette = master_of(brand(tmp_path, ODD[name]())).palette
    assert 'schemeClr val="accent1"' in palette.fill("brand")
    for ink in ("ink", "muted", "deep"):
        for ground in ("paper", "tint"):
            assert contrast(palette.digits(ink), palette.digits(ground)) >= ENOUGH
    for ground in ("warning", "expired"):
        assert contrast(palette.digits(palette.on(ground)), palette.digits(ground)) >= ENOUGH
    assert contrast(palette.digits("warning"), palette.digits("warning_tint")) >= ENOUGH


def test_stated_colours_are_obeyed(tmp_path: Path) -> None:
    stated = master_of(theme()).palette
    assert stated.digits("brand") == theme().tokens["colours"]["brand"][1:]
    own = brand(tmp_path, ODD["four_by_three"](), '[colours]\ntint = "#EEEEEE"\n')
    palette = master_of(own).palette
    assert (palette.digits("tint"), palette.digits("brand")) == ("EEEEEE", "4F81BD")


def test_links_keep_the_colour_of_the_text_where_theirs_is_illegible(tmp_path: Path) -> None:
    deck = Deck(specimen(brand(tmp_path, ODD["dark"]())).data)
    links = [link for slide in deck.slides for link in find(slide, ".//a:hlinkClick")]
    assert links
    assert all(find(link, ".//*[local-name()='hlinkClr']/@val") == ["tx"] for link in links)


def test_a_table_style_that_is_not_there_is_replaced(tmp_path: Path) -> None:
    master = master_of(brand(tmp_path, ODD["four_by_three"]()))
    assert MEDIUM[master.tokens.table_style] == "accent1"
    assert "Medium Style 2" in master.notes[0]
    assert master_of(theme()).tokens.table_style == theme().tokens["table"]["style"]


def test_a_survey_tells_of_fonts_and_contrast(tmp_path: Path) -> None:
    found = survey(brand(tmp_path, ODD["unknown_font"]()))
    assert [(font.family, font.file) for font in found.fonts] == [("Institution Sans Pro", "")]
    footers = [each for each in found.legibility if each.what == "footer"]
    assert footers
    assert all(each.instead and not each.low for each in footers)
    assert found.specimen
    values = json.loads(json.dumps(survey_values(found, "deck.pptx"), default=str))
    assert values["fonts"] == [{"family": "Institution Sans Pro", "file": ""}]
    assert [each["role"] for each in values["roles"]] == list(ROLES)


def test_a_survey_of_a_broken_master_says_what_is_wrong(tmp_path: Path) -> None:
    wrong = brand(tmp_path, ODD["four_by_three"]())
    (tmp_path / "themes/brand/master.pptx").write_bytes(b"no deck")
    found = survey(wrong)
    assert (found.roles, found.specimen) == ((), None)
    assert [problem.code for problem in found.problems] == ["theme-file"]


def test_a_survey_of_two_master_decks_says_so(tmp_path: Path) -> None:
    wrong = brand(tmp_path, ODD["four_by_three"]())
    (tmp_path / "themes/brand/master.potx").write_bytes(b"PK")
    found = survey(wrong)
    assert [problem.code for problem in found.problems] == ["theme-file"]


def test_a_specimen_shows_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = Problem("deck-inaccessible", "Something cannot be read.")
    monkeypatch.setattr("builder.artifacts.deck.gate.inspect", lambda *_, **__: [wrong])
    found = survey(brand(tmp_path, ODD["four_by_three"]()))
    assert found.specimen and wrong in found.problems


def test_an_old_specimen_goes_where_a_new_one_fails(tmp_path: Path) -> None:
    brand(tmp_path, ODD["four_by_three"]())
    call = ["theme", "check", "brand", "--project", str(tmp_path)]
    assert CliRunner().invoke(main, call).exit_code == 0
    assert (tmp_path / "output/theme-brand.pptx").is_file()
    (tmp_path / "themes/brand/master.pptx").write_bytes(b"no deck")
    assert CliRunner().invoke(main, call).exit_code == 1
    assert not (tmp_path / "output/theme-brand.pptx").exists()


def with_logo() -> File:
    """A logo that lies over the end of the title's box."""
    logo = element(
        '<p:sp><p:nvSpPr><p:cNvPr id="90" name="Logo"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>'
        '<a:xfrm><a:off x="7900000" y="500000"/><a:ext cx="700000" cy="700000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '<a:solidFill><a:srgbClr val="222222"/></a:solidFill></p:spPr></p:sp>'
    )
    return File().change(MASTER, lambda root: tree(root).append(logo))


def test_a_title_ends_beside_a_logo(tmp_path: Path) -> None:
    layout = master_of(brand(tmp_path, with_logo())).layout(CONTENT)
    assert right(layout.title.box) == pytest.approx(7900000 / 12700)
    assert layout.remedies == () and layout.title in layout.moved


@pytest.mark.parametrize("make", [File, with_logo, ODD["portrait"]])
def test_stamp_and_band_stand_in_one_place(make: Any, tmp_path: Path) -> None:
    """On each layout of a plain master, the stamp in 10 points at least."""
    given = brand(tmp_path, make())
    master = master_of(given)
    used = tuple(master.layouts.values())
    bands = {layout.band for layout in used}
    assert len(bands) == 1
    (band,) = bands
    assert band and (band.left, band.top, band.width) == (0, 0, master.width)
    marks = marks_of(specimen_stamp(), fonts_of(given), master, used, "")
    spots = {layout.stamp.box for layout in used if layout.stamp}
    assert len(spots) == 1 and marks.spotted == {layout.position for layout in used}
    assert min(map(marks.stamp_size, used)) >= 10
    assert list(small_stamps(marks, used, Place())) == []
    assert all("status band at the head" in each.instead for each in survey(given).roles)


def test_text_below_the_floor_is_raised_and_told_once(tmp_path: Path) -> None:
    def shrink(root: Any) -> None:
        for run in root.xpath("p:txStyles/p:bodyStyle/*/a:defRPr", namespaces=NAMES):
            run.set("sz", "1200")

    given = brand(tmp_path, File().change(MASTER, shrink))
    text = master_of(given).layout(CONTENT).all("obj")[0]
    assert [level.size for level in text.style.levels] == [18] * 5
    asked = order(tmp_path, decks.slide("One", "<p>Words</p>"))
    made = make(replace(asked, theme=given))
    (told,) = (each.message for each in made.problems if "12 pt" in each.message)
    assert told.startswith("Text of 12 pt on “Title and Content” is too small")
    layout = Deck(made.data).presentation().slides[2].slide_layout
    sizes = layout.placeholders[1].element.xpath(".//a:lstStyle/*/a:defRPr/@sz")
    assert sizes == ["1800"] * 5
    assert any("text of 12 pt" in each.instead for each in survey(given).roles)


SIDES = st.integers(0, 40)
BOXES = st.builds(Box, SIDES, SIDES, st.integers(1, 40), st.integers(1, 40))


@given(st.lists(BOXES, max_size=8))
def test_clear_rectangles_are_clear_and_as_large_as_can_be(taken: list[Box]) -> None:
    room = Box(0, 0, 60, 60)
    found = list(clear_boxes(room, taken))
    for box in found:
        assert common(box, room) == area(box)
        assert all(common(box, each) == 0 for each in taken)
    for left in range(0, 60, 7):
        for top in range(0, 60, 7):
            cell = Box(left, top, 1, 1)
            free = all(common(cell, each) == 0 for each in taken)
            assert free == any(common(cell, box) > 0 for box in found)
    assert all(right(box) <= 60 for box in found)


MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"


@pytest.mark.parametrize(
    ("xml", "digits"),
    [
        ('<a:schemeClr xmlns:a="{0}" val="tx1"><a:tint val="75000"/></a:schemeClr>', "898989"),
        (
            '<a:schemeClr xmlns:a="{0}" val="accent1"><a:lumMod val="75000"/></a:schemeClr>',
            "376092",
        ),
        ('<a:srgbClr xmlns:a="{0}" val="ff8000"/>', "FF8000"),
        ('<a:sysClr xmlns:a="{0}" val="windowText" lastClr="000000"/>', "000000"),
        ('<a:prstClr xmlns:a="{0}" val="dkBlue"/>', "00008B"),
        ('<a:prstClr xmlns:a="{0}" val="no such"/>', ""),
        ('<a:schemeClr xmlns:a="{0}" val="phClr"/>', ""),
    ],
)
def test_colours_are_told_as_powerpoint_shows_them(xml: str, digits: str) -> None:
    scheme = Colours({"dk1": "000000", "accent1": "4F81BD"}, {"tx1": "dk1"})
    assert scheme.digits(etree.fromstring(xml.format(MAIN))) == digits
