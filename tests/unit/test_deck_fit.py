"""Nothing is dropped, nothing overlaps, nothing runs off a slide."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from builder.problems import Rejected
from tests.unit.decks import bullets, find, made, slide

SENTENCES = "".join(
    f"Sentence number {number} says something about pain. " for number in range(150)
)
TABLE = (
    "<table><thead><tr><th>Number</th><th>Word</th></tr></thead><tbody>"
    + "".join(f"<tr><td>{number}</td><td>row-{number}</td></tr>" for number in range(40))
    + "</tbody></table>"
)
PICTURE = '<figure><img src="{}" alt="A square"><figcaption>Its caption</figcaption></figure>'
HOSTILE = {
    "sixty bullets": bullets(60),
    "a word of 400 letters": f"<p>{'x' * 400}</p>{bullets(2)}",
    "forty rows": TABLE,
    "three levels": "<ul><li>a<ul><li>b<ol><li>c</li><li>d</li></ol></li></ul></li></ul>",
    "nothing": "",
    "a picture": PICTURE.format("square.png"),
    "a broad picture and words": "<p>Words.</p>" + PICTURE.format("broad.png") + "<p>More.</p>",
    "two pictures": PICTURE.format("square.png") + PICTURE.format("other.png"),
    "a picture, a table and words": "<p>a</p>"
    + PICTURE.format("square.png")
    + TABLE[:200].partition("<tr><td>3")[0]
    + "</tbody></table><p>z</p>",
    "words beside a picture": bullets(30) + PICTURE.format("square.png"),
    "a long paragraph": f"<p>{SENTENCES}</p>",
    "a sentence without end": f"<p>{'word ' * 900}</p>",
    "a long callout": '<div class="callout note"><p class="callout-title">Note</p>'
    + bullets(30)
    + "</div>",
    "two columns": f'<div class="columns"><div class="column">{bullets(30)}</div>'
    f'<div class="column"><p>Right</p></div></div>',
    "three columns": '<p>a</p><div class="columns">'
    + '<div class="column"><p>b</p></div>' * 3
    + "</div>",
    "columns too long for a slide": '<p>a</p><div class="columns">'
    + f'<div class="column">{bullets(30)}</div>' * 3
    + "</div>",
    "Chinese": f"<p>{'疼痛是一种不愉快的感觉。' * 40}</p>",
    "Arabic": f'<p dir="rtl" lang="ar">{"الألم تجربة حسية. " * 60}</p>',
    "headings": "".join(f"<h3>Heading {n}</h3><p>Text {n}.</p>" for n in range(20)),
    "breaks": f"<p>{'a<br>' * 80}b</p>",
}


def boxes(one: Any) -> list[tuple[int, int, int, int]]:
    """The rectangles that a slide writes down: left, top, right, bottom."""
    found = []
    for place in find(one, ".//p:spPr/a:xfrm | .//p:graphicFrame/p:xfrm"):
        start, size = list(place)
        left, top = int(start.get("x")), int(start.get("y"))
        found.append((left, top, left + int(size.get("cx")), top + int(size.get("cy"))))
    return found


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_frames_stay_on_the_slide_and_apart(tmp_path: Path, body: str) -> None:
    deck = made(tmp_path, slide("Hostile", body))
    width, height = deck.presentation().slide_width, deck.presentation().slide_height
    for one in deck.own:
        placed = boxes(one)
        assert all(
            0 <= left < right <= width and 0 <= top < bottom <= height * 0.9
            for left, top, right, bottom in placed
        )
        for first, second in itertools.combinations(placed, 2):
            beside = first[2] <= second[0] + 2 or second[2] <= first[0] + 2
            assert beside or first[3] <= second[1] + 2 or second[3] <= first[1] + 2


def test_every_bullet_is_there_once_and_in_order(tmp_path: Path) -> None:
    deck = made(tmp_path, slide("Many", bullets(60)))
    lines = [line for words in deck.words() for line in words.split("\n") if "remember" in line]
    assert lines == [f"Something to remember about this {number}" for number in range(60)]


def test_a_long_paragraph_is_parted_between_sentences(tmp_path: Path) -> None:
    deck = made(tmp_path, slide("Long", f"<p>{SENTENCES}</p>"))
    parts = [line for words in deck.words() for line in words.split("\n") if "Sentence" in line]
    assert len(parts) > 1
    assert " ".join(parts) == SENTENCES.strip()
    assert all(part.endswith(".") for part in parts)


def test_a_table_goes_on_with_its_head(tmp_path: Path) -> None:
    deck = made(tmp_path, slide("Rows", TABLE))
    tables = [find(one, ".//a:tbl")[0] for one in deck.own]
    assert len(tables) > 1
    for table in tables:
        first = "".join(table.find("{*}tr").itertext())
        assert first == "NumberWord"
        assert table.find("{*}tblPr").get("firstRow") == "1"
        assert all(int(row.get("h")) > 0 for row in table.findall("{*}tr"))
    words = "\n".join(deck.words())
    assert all(words.count(f"row-{number}\n") == 1 for number in range(40))


def test_continued_slides_are_counted(tmp_path: Path) -> None:
    titles = made(tmp_path, slide("Many", bullets(25))).titles()[2:]
    assert titles == [f"Many ({number} of {len(titles)})" for number in range(1, len(titles) + 1)]


def test_titles_are_unique(tmp_path: Path) -> None:
    slides = [slide("Same", "<p>a</p>", part) for part in ("One", "Two", "Two")]
    between = slide("Other", "<p>b</p>")
    titles = made(tmp_path, between.join(slides)).titles()
    assert len(set(titles)) == len(titles)
    assert "Same (Two)" in titles


def test_text_shrinks_before_it_continues(tmp_path: Path) -> None:
    (one,) = made(tmp_path, slide("Ten", bullets(10))).own
    sizes = {int(size) for size in find(one, ".//a:r/a:rPr/@sz")}
    assert sizes
    assert 1800 <= min(sizes) < 2200


def test_text_that_fits_follows_the_master(tmp_path: Path) -> None:
    (one,) = made(tmp_path, slide("Few", bullets(3))).own
    assert not find(one, ".//a:rPr/@sz | .//p:sp/p:spPr/a:xfrm")


def test_a_heading_stays_with_its_text(tmp_path: Path) -> None:
    body = "".join(f"<h3>Heading {n}</h3><p>Text {n}.</p>" for n in range(20))
    for words in made(tmp_path, slide("Heads", body)).words()[2:]:
        lines = [line for line in words.split("\n") if line.startswith(("Heading", "Text"))]
        assert lines[-1].startswith("Text")


def table(head: Sequence[str], *rows: Sequence[str], more: str = "") -> str:
    """A table as a template writes it."""
    first = "".join(f"<th>{cell}</th>" for cell in head)
    others = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return (
        f"<table data-line='9'{more}><thead><tr>{first}</tr></thead><tbody>{others}</tbody></table>"
    )


def cells(one: Any) -> list[list[str]]:
    """The words of the only table on a slide."""
    (rows,) = tables(one)
    return rows


def tables(one: Any) -> list[list[list[str]]]:
    """The words of each table on a slide."""
    return [
        [
            ["".join(cell.itertext()) for cell in row.findall("{*}tc")]
            for row in each.findall("{*}tr")
        ]
        for each in find(one, ".//a:tbl")
    ]


def test_a_table_with_many_columns_is_parted_between_them(tmp_path: Path) -> None:
    """Each part has the first column, and says which others it has; no number is broken."""
    heads = [f"Column {number}" for number in range(1, 31)]
    numbers = [str(number * 123456789) for number in range(1, 31)]
    deck = made(tmp_path, slide("Wide", table(heads, numbers)))
    parts = [each for one in deck.own for each in tables(one)]
    assert len(parts) > 2
    assert all(head[0] == heads[0] and row[0] == numbers[0] for head, row in parts)
    assert [cell for head, _ in parts for cell in head[1:]] == heads[1:]
    assert [cell for _, row in parts for cell in row[1:]] == numbers[1:]
    assert "Columns 2–" in deck.words()[2] and "of 30" in deck.words()[2]


def test_a_number_that_no_column_holds_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Rejected) as caught:
        made(tmp_path, slide("Wide", table(["a", "b"], ["1", "9" * 400])))
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.place)) == ("text-overflows", "sources/test/slides.md:9")


def test_a_long_word_in_a_table_is_broken(tmp_path: Path) -> None:
    (one,) = made(tmp_path, slide("Word", table(["a", "b"], ["Short words", "x" * 400]))).own
    assert cells(one)[1] == ["Short words", "x" * 400]


def test_a_row_higher_than_a_slide_goes_on(tmp_path: Path) -> None:
    """Its first cell is repeated, and says so; each sentence stands on one slide."""
    deck = made(tmp_path, slide("High", table(["Drug", "Effects"], ["Morphine", SENTENCES])))
    rows = [cells(one)[1] for one in deck.own]
    assert len(rows) > 2
    assert [row[0] for row in rows] == ["Morphine"] + ["Morphine (continued)"] * (len(rows) - 1)
    assert " ".join(row[1] for row in rows) == SENTENCES.strip()


def test_widths_that_the_author_wishes(tmp_path: Path) -> None:
    """In parts of the width; a column with longer words gets what they need."""

    def widths(wishes: str, *row: str) -> list[float]:
        body = table(["a", "b", "c"], row, more=f' data-widths="{wishes}"')
        (one,) = made(tmp_path, slide("Widths", body)).own
        columns = [int(column.get("w")) for column in find(one, ".//a:gridCol")]
        return [round(column / sum(columns), 2) for column in columns]

    assert widths("2 1 1", "x", "y", "z") == [0.5, 0.25, 0.25]
    narrow = widths("98 1 1", "x", "incomprehensibilities", "z")
    assert narrow[0] > 0.6
    assert 0.25 > narrow[1] > narrow[2]


def test_all_titles_that_are_too_long_are_named(tmp_path: Path) -> None:
    slides = slide("long " * 60, "", line=3) + slide("longer " * 60, "", line=5)
    with pytest.raises(Rejected) as caught:
        made(tmp_path, slides)
    assert [problem.place.line for problem in caught.value.problems] == [3, 5]


def test_a_short_table_takes_the_room_that_there_is(tmp_path: Path) -> None:
    """Its rows are higher than those of a long one, by the same measure each."""
    short = TABLE.partition("<tr><td>3<")[0] + "</tbody></table>"
    heights = [
        {int(row.get("h")) for row in find(one, ".//a:tr")}
        for body in (short, TABLE)
        for one in made(tmp_path, slide("Table", body)).own[:1]
    ]
    assert len(heights[0]) == 1
    assert min(heights[0]) > 1.3 * max(heights[1])


def test_few_sources_are_larger_than_many(tmp_path: Path) -> None:
    """A list that fits keeps the master's size; a long one shrinks before it continues."""

    def sizes(count: int) -> list[str]:
        items = "".join(f'<li id="ref-{n}">{"Source " * 12}</li>' for n in range(1, count + 1))
        sources = f'<ol class="references">{items}</ol>'
        (one,) = made(tmp_path, slide("References", sources, layout="references")).own
        return [size.get("sz") for size in find(one, ".//p:sp[.//p:ph/@idx='1']//a:rPr[@sz]")]

    assert not sizes(5)
    assert set(sizes(12)) < {"1700", "1600", "1500", "1400"}
