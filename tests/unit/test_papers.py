"""What leaflets are printed on: which page stands where, and files that stay whole on sheets."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as some

from builder.artifacts import Order
from builder.artifacts.edition import Edition
from builder.artifacts.html import context_of, render
from builder.artifacts.leaflet import make, rehearse
from builder.artifacts.leaflet.imposition import Fold, mirrored, single, stapled, tucked
from builder.artifacts.leaflet.inspect import _flow
from builder.artifacts.leaflet.papers import PAPERS, sheet_of
from builder.artifacts.leaflet.render import lay_out
from builder.module.values import Unfolded
from builder.problems import Rejected
from builder.settings import PAPERS as OFFERED
from builder.settings import Settings
from tests.gates import judges
from tests.unit import leaflets

BODY = (
    '<p data-line="5">See <a href="https://example.org/a">the page</a>, '
    'or <a href="#one">go back</a>.</p>'
    '<figure><img src="square.png" alt="A square"><figcaption>Square</figcaption></figure>'
    "<ul><li>One</li><li>Two</li></ul>"
    "<table><thead><tr><th scope='col'>A</th></tr></thead>"
    "<tbody><tr><td>1</td></tr></tbody></table>"
)
LONG = BODY + "<p>Many words stand here, so that the text runs over pages and panels.</p>" * 20


def printed(folder: Path, paper: str, body: str = BODY, bleed: bool = False, **more: Any) -> Order:
    """What a leaflet on some paper is made from."""
    plain = leaflets.order(folder, body, **more)
    edition = Edition(paper=paper, bleed=bleed)
    parts = (plain.module, "leaflet", plain.stamp, plain.theme, Settings(), leaflets.TITLES)
    html = render(plain.theme, "leaflet.html.j2", context_of(*parts, edition))
    return replace(plain, html=html, edition=edition)


def opened(data: bytes) -> pikepdf.Pdf:
    """A file to look into."""
    return pikepdf.open(io.BytesIO(data))


SIDES = [
    (single, 3, ((0,), (1,), (2,))),
    (stapled, 4, ((3, 0), (1, 2))),
    (stapled, 8, ((7, 0), (1, 6), (5, 2), (3, 4))),
    (tucked, 6, ((4, 5, 0), (1, 2, 3))),
    (mirrored(stapled), 4, ((0, 3), (2, 1))),
    (mirrored(tucked), 6, ((0, 5, 4), (3, 2, 1))),
]
"""Pages from left to right on each side, as a folded sheet of paper shows them."""


@pytest.mark.parametrize(("fold", "pages", "expected"), SIDES)
def test_pages_on_sides(fold: Fold, pages: int, expected: object) -> None:
    """Which page stands where."""
    assert fold(pages) == expected


@given(some.integers(1, 60))
def test_a_booklet_opens_at_pages_that_follow_each_other(sheets: int) -> None:
    """Each page stands once; what is folded into one another faces what follows it."""
    sides = stapled(4 * sheets)
    assert sorted(page for side in sides for page in side) == list(range(4 * sheets))
    assert all(left + right == 4 * sheets - 1 for left, right in sides)
    for front, back in zip(sides[::2], sides[1::2], strict=True):
        assert back == (front[1] + 1, front[0] - 1)


def test_every_paper_that_is_offered_can_be_printed() -> None:
    """Settings, budgets and the table of papers know the same ones."""
    assert set(OFFERED) == set(PAPERS) == {*get_args(Unfolded), "trifold"}


SIZES = [
    ("a4", 210, 297),
    ("letter", 215.9, 279.4),
    ("large-print", 210, 297),
    ("a5-booklet", 297, 210),
    ("trifold", 297, 210),
]


@pytest.mark.parametrize("bleed", [False, True])
@pytest.mark.parametrize(("paper", "width", "height"), SIZES)
def test_boxes(paper: str, width: float, height: float, bleed: bool, tmp_path: Path) -> None:
    """Paper, cut and bleed are where a print shop looks for them."""
    for page in opened(make(printed(tmp_path, paper, bleed=bleed)).data).pages:
        media, trim, cut = (
            [float(edge) * 25.4 / 72 for edge in box]
            for box in (page.mediabox, page.trimbox, page.obj.BleedBox)
        )
        assert [trim[2] - trim[0], trim[3] - trim[1]] == pytest.approx([width, height], abs=0.1)
        room = [outer - inner for outer, inner in zip(media, trim, strict=True)]
        assert room == pytest.approx([-10, -10, 10, 10] if bleed else [0] * 4, abs=0.1)
        gone = [outer - inner for outer, inner in zip(cut, trim, strict=True)]
        assert gone == pytest.approx([-3, -3, 3, 3] if bleed else [0] * 4, abs=0.1)


@pytest.mark.parametrize(("paper", "multiple"), [("a5-booklet", 4), ("trifold", 6)])
@pytest.mark.parametrize("body", [BODY, LONG])
def test_sheets_are_filled(paper: str, multiple: int, body: str, tmp_path: Path) -> None:
    """Pages for notes fill the last sheet, and no more of them than that."""
    pdf = opened(make(printed(tmp_path, paper, body)).data)
    streams = sum(len(page.obj.Contents) for page in pdf.pages)
    assert streams % multiple == 0
    assert len(pdf.pages) == (2 if multiple == 6 else streams // 2)


def contents(page: Any) -> Iterator[tuple[int, float]]:
    """The marked content of a page that has been put on a sheet: number and place of each."""
    depth, right = 0, 0.0
    for each in pikepdf.parse_content_stream(page):
        operator = str(each.operator)
        depth += {"q": 1, "Q": -1}.get(operator, 0)
        if operator == "cm" and depth == 1 and float(each.operands[3]) == 1:
            right = float(each.operands[4])
        if operator == "BDC":
            yield int(each.operands[1]["/MCID"]), right


def reading(tag: Any, page: Any = None) -> Iterator[tuple[Any, int]]:
    """The page and number of all marked content, in the order of the structure tree."""
    page = tag.get("/Pg", page)
    if "/MCID" in tag:
        yield page.objgen, int(tag["/MCID"])
    kids = tag.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            yield page.objgen, kid
        elif isinstance(kid, pikepdf.Dictionary):
            yield from reading(kid, page)


@pytest.mark.parametrize("language", ["en", "he"])
@pytest.mark.parametrize("paper", ["a5-booklet", "trifold"])
def test_tags_follow_the_panels(paper: str, language: str, tmp_path: Path) -> None:
    """The order of the structure tree is that in which the panels are read."""
    pdf = opened(make(printed(tmp_path, paper, LONG, language=language)).data)
    places: dict[tuple[Any, int], tuple[int, int]] = {}
    for number, page in enumerate(pdf.pages):
        lefts = dict(contents(page))
        for mark, right in lefts.items():
            places[page.obj.objgen, mark] = number, sorted(set(lefts.values())).index(right)
    order = [places[each] for each in reading(pdf.Root.StructTreeRoot.K[0])]
    walked = [
        place for place, before in zip(order, [None, *order], strict=False) if place != before
    ]
    assert set(order) == set(places.values())
    assert len(walked) == len(set(walked)), "a panel is left and come back to"
    expected = {
        ("trifold", "en"): [(0, 2), (1, 0), (1, 1), (1, 2), (0, 0), (0, 1)],
        ("trifold", "he"): [(0, 0), (1, 2), (1, 1), (1, 0), (0, 2), (0, 1)],
        ("a5-booklet", "en"): [(0, 1), (1, 0), (2, 1), (3, 0), (3, 1), (2, 0), (1, 1), (0, 0)],
        ("a5-booklet", "he"): [(0, 0), (1, 1), (2, 0), (3, 1), (3, 0), (2, 1), (1, 0), (0, 1)],
    }[paper, language]
    assert walked == [place for place in expected if place in walked]
    assert walked[0] == expected[0]
    assert walked[-1] == expected[-1]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("bleed", [False, True])
def test_each_file_is_universally_accessible(paper: str, bleed: bool, tmp_path: Path) -> None:
    """PDF/UA-1, with links, pictures, lists and tables."""
    path = tmp_path / "leaflet.pdf"
    path.write_bytes(make(printed(tmp_path, paper, LONG, bleed=bleed)).data)
    assert judges.page_validation(path) == []


@pytest.mark.parametrize("paper", ["a4", "a5-booklet", "trifold"])
def test_links_and_bookmarks_lead_to_pages_of_the_file(paper: str, tmp_path: Path) -> None:
    """A link is where its words are, and leads where it says."""
    path = tmp_path / "leaflet.pdf"
    path.write_bytes(make(printed(tmp_path, paper)).data)
    pdf = opened(path.read_bytes())
    pages = {page.obj.objgen for page in pdf.pages}
    names = pdf.Root.Names.Dests.Names
    places = [names[index] for index in range(1, len(names), 2)]
    places += [item.obj.Dest for item in pdf.open_outline().root if item.obj]
    assert {place[0].objgen for place in places} <= pages
    found = {}
    for page, drawn in zip(pdf.pages, judges.pages(path), strict=True):
        for note in page.obj.get("/Annots", []):
            left, right = sorted(float(edge) for edge in (note.Rect[0], note.Rect[2]))
            bottom, top = sorted(float(edge) for edge in (note.Rect[1], note.Rect[3]))
            words = [
                word.text
                for word in drawn.words
                if left - 1 < (word.left + word.right) / 2 < right + 1
                and bottom - 1 < drawn.height - (word.top + word.bottom) / 2 < top + 1
            ]
            target = str(note.A.URI) if "/A" in note else str(note.Dest)
            found[target] = " ".join(words)
    assert found["https://example.org/a"] == "the page"
    assert found["one"] == "go back."


def test_a_template_without_pages_for_notes_is_told(tmp_path: Path) -> None:
    """Sheets that are not full would be put together wrongly."""
    given_ = printed(tmp_path, "a5-booklet", LONG)
    with pytest.raises(Rejected) as caught:
        make(replace(given_, html=given_.html.replace('class="notes"', 'class="back"')))
    (problem,) = caught.value.problems
    assert problem.code == "artifact-invalid"
    assert "do not fill sheets of 4" in problem.message


LINE = '<p data-line="5">Many words stand here.</p>'
KEPT = f'<div class="keep" data-line="9">{"<p>A line that is kept.</p>" * 9}</div>'


def too_much(folder: Path, body: str) -> int:
    """The millimetres that are told to be too much for a tri-fold; 0 where all fits."""
    told = [each.message for each in rehearse(printed(folder, "trifold", body))]
    found = [re.search(r"About (\d+) mm of it must go, some \d+ words", each) for each in told]
    return int(found[0][1]) if found and found[0] else 0


def test_what_must_go_is_what_makes_it_fit(tmp_path: Path) -> None:
    """Each line less is told as so much less, until all fits; a kept block is no obstacle."""
    assert too_much(tmp_path, LINE * 60 + KEPT) < 30
    lines = [too_much(tmp_path, LINE * number) for number in (84, 82, 80)]
    steps = {before - after for before, after in pairwise(lines)}
    assert steps <= {14, 15, 16, 17}
    height = next(iter(steps)) / 2
    left = 80 - -(-lines[-1] // height)
    assert too_much(tmp_path, LINE * int(left)) == 0
    assert too_much(tmp_path, LINE * int(left + 2)) > 0


def shares(folder: Path, paper: str, body: str) -> tuple[int, ...]:
    """How many items or rows, of those with the class `it`, stand on each page that has any."""
    given_ = printed(folder, paper, body)
    pages = lay_out(given_, sheet_of(given_)).document.pages
    found = ({box.element for box in _flow(page._page_box) if _is_item(box)} for page in pages)
    return tuple(len(each) for each in found if each)


def _is_item(box: Any) -> bool:
    return box.element is not None and box.element.get("class") == "it"


def parted(kind: str, number: int, above: int) -> str:
    """A list or a table so far down the page."""
    items = [f'<li class="it">Step {each}</li>' for each in range(number)]
    rows = [f'<tr class="it"><td>Row {each}</td></tr>' for each in range(number)]
    whole = f"<p>Do this:</p><ol>{''.join(items)}</ol>"
    if kind == "table":
        head = "<thead><tr><th scope='col'>A</th></tr></thead>"
        whole = f"<table>{head}<tbody>{''.join(rows)}</tbody></table>"
    return LINE * above + f"<h3>Steps</h3>{whole}" + LINE * 3


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("kind", ["list", "table"])
def test_no_item_stands_alone(paper: str, kind: str, tmp_path: Path) -> None:
    """On each side of a break there are two at least; four and fewer stay together."""
    start = {"a4": 17, "letter": 14, "large-print": 4, "a5-booklet": 11, "trifold": 14}[paper]
    found = [shares(tmp_path, paper, parted(kind, 7, start + each)) for each in range(5)]
    assert max(map(len, found)) == 2
    assert min(min(each) for each in found) > 1
    assert {shares(tmp_path, paper, parted(kind, 4, start + each)) for each in (1, 3)} == {(4,)}


def test_each_page_of_a_booklet_shows_the_stamp(tmp_path: Path) -> None:
    """A page that is copied alone says until when it holds."""
    given_ = printed(tmp_path, "a5-booklet", LONG)
    path = tmp_path / "booklet.pdf"
    path.write_bytes(make(given_).data)
    halves = [
        [word.text for word in side.words if (word.left < side.width / 2) == left]
        for side in judges.pages(path)
        for left in (True, False)
    ]
    short = given_.stamp.short.split()
    assert [" ".join(half).find(" ".join(short)) >= 0 for half in halves] == [True] * len(halves)


WIDE = "<table data-line='7'><thead><tr>{}</tr></thead><tbody>{}</tbody></table>"


def test_a_table_with_too_many_columns_is_told_once(tmp_path: Path) -> None:
    """Not each of its cells, and not on each of its pages."""
    heads = "".join(f"<th scope='col'>Heading{each}</th>" for each in range(7))
    row = f"<tr>{'<td>Paracetamol</td>' * 7}</tr>"
    found = rehearse(printed(tmp_path, "trifold", WIDE.format(heads, row * 30)))
    told = [(each.message, each.place.line) for each in found if each.code == "text-overflows"]
    assert told == [("The table’s 7 columns are too many for a page of the tri-fold.", 7)]
