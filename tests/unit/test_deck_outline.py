"""Slide HTML becomes plain records; nothing is lost on the way."""

from __future__ import annotations

import pytest

from builder.artifacts.deck.outline import read_outline
from builder.artifacts.deck.records import (
    Callout,
    Columns,
    Gallery,
    Paragraph,
    Run,
    Table,
    Together,
    Words,
)
from builder.problems import Rejected
from tests.unit.decks import slide


def blocks(body: str) -> tuple[object, ...]:
    return (
        read_outline(f"<html lang='en'><body>{slide('Title', body)}</body></html>").slides[0].blocks
    )


def paragraphs(body: str) -> tuple[Paragraph, ...]:
    (words,) = blocks(body)
    assert isinstance(words, Words)
    return words.paragraphs


def test_white_space_is_shown_as_a_browser_would() -> None:
    (only,) = paragraphs("<p>  One\n <strong> two </strong>\t three  </p>")
    assert only.runs == (Run("One "), Run("two ", bold=True), Run("three"))


def test_looks_add_up() -> None:
    (only,) = paragraphs("<p><strong>a<em>b</em></strong><sub>2</sub><code>c</code></p>")
    assert only.runs == (
        Run("a", bold=True),
        Run("b", bold=True, italic=True),
        Run("2", script="sub"),
        Run("c", code=True),
    )


def test_languages_links_and_abbreviations_are_kept() -> None:
    (only,) = paragraphs(
        '<p><span lang="es">dolor</span><a href="https://a.b">x</a><abbr title="whole">w</abbr></p>'
    )
    assert [(r.language, r.link, r.meaning) for r in only.runs] == [
        ("es", "", ""),
        ("", "https://a.b", ""),
        ("", "", "whole"),
    ]


def test_languages_hold_for_all_that_stands_in_an_element() -> None:
    found = paragraphs('<ul lang="es"><li>uno</li><li lang="fr">deux<p>trois</p></li></ul>')
    assert [paragraph.runs[0].language for paragraph in found] == ["es", "fr", "fr"]
    (table,) = blocks('<table lang="es"><thead><tr><th>uno</th></tr></thead></table>')
    assert isinstance(table, Table)
    assert table.head[0][0].runs == (Run("uno", language="es"),)


def test_lists_know_their_depth_and_numbers() -> None:
    found = paragraphs("<ol start='3'><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ol>")
    assert [(p.text, p.depth, p.mark, p.number) for p in found] == [
        ("a", 1, "number", 3),
        ("b", 2, "bullet", 1),
        ("c", 1, "number", 4),
        ("d", 1, "", 1),
    ]


def test_an_item_that_names_its_number_is_counted_on_from() -> None:
    found = paragraphs("<ol><li>a</li><li value='7'>b</li><li>c</li><li value='x'>d</li></ol>")
    assert [(each.number, each.last) for each in found] == [(1, 9), (7, 9), (8, 9), (9, 9)]


def test_each_block_has_its_line() -> None:
    found = paragraphs('<p data-line="12">a</p><ul data-line="14"><li data-line="15">b</li></ul>')
    assert [paragraph.line for paragraph in found] == [12, 15]


def test_a_table_has_as_many_cells_in_each_row() -> None:
    (table,) = blocks(
        "<table><caption>C</caption><thead><tr><th>a<th>b<th class='right'>c</tr></thead>"
        "<tbody><tr><td>1</tr><tr><td colspan='2'>1<td>2<td>3</tr></tbody></table>"
    )
    assert isinstance(table, Table)
    assert {len(row) for row in (*table.head, *table.rows)} == {4}
    assert (table.head[0][2].align, table.caption and table.caption.text) == ("r", "C")


def test_pictures_in_a_row_stand_side_by_side() -> None:
    figure = '<figure><img src="a.png" alt="A" data-width="60%"><figcaption>F</figcaption></figure>'
    (gallery,) = blocks(figure * 2)
    assert isinstance(gallery, Gallery)
    first = gallery.pictures[0]
    assert (len(gallery.pictures), first.share, first.alternative) == (2, 0.6, "A")
    assert first.caption and first.caption.text == "F"


def test_a_callout_keeps_its_title_and_gives_tables_back() -> None:
    callout, table = blocks(
        '<div class="callout warning"><p class="callout-title">Mind</p><p>x</p>'
        "<table><tr><td>1</table></div>"
    )
    assert isinstance(callout, Callout)
    assert (callout.kind, callout.title.text, callout.paragraphs[0].text) == (
        "warning",
        "Mind",
        "x",
    )
    assert isinstance(table, Table)


def test_columns_hold_blocks() -> None:
    (columns,) = blocks(
        '<div class="columns"><div class="column"><p>a</p></div>'
        '<div class="column"><p>b</p></div></div>'
    )
    assert isinstance(columns, Columns)
    assert len(columns.columns) == 2


def test_definitions_quotations_code_and_footnotes_have_their_kinds() -> None:
    found = paragraphs(
        "<dl><dt>t</dt><dd>m</dd></dl><blockquote><p>q</p></blockquote>"
        "<pre><code>c\n  d</code></pre>"
        '<p>x<sup class="footnote"><a href="#fn-1">a</a></sup></p>'
        '<aside class="footnotes"><ol><li id="fn-1"><p>f</p></li></ol></aside>'
    )
    assert [(p.kind, p.text) for p in found] == [
        ("term", "t"),
        ("meaning", "m"),
        ("quotation", "q"),
        ("code", "c"),
        ("code", "  d"),
        ("text", "xa"),
        ("footnote", "a f"),
    ]


def test_notes_leave_the_slide() -> None:
    outline = read_outline(slide("T", '<p>a</p><aside class="notes"><p>Say this.</p></aside>'))
    assert [note.text for note in outline.slides[0].notes] == ["Say this."]
    assert len(outline.slides[0].blocks) == 1


def test_sources_are_known_by_identity() -> None:
    outline = read_outline(slide("T", '<ol><li id="ref-1">One</li><li id="ref-2">Two</li></ol>'))
    assert [(key, each.text) for key, each in outline.sources.items()] == [
        ("ref-1", "One"),
        ("ref-2", "Two"),
    ]


@pytest.mark.parametrize("html", ["", " ", "<p>no slide</p>", "\x00", "<!-- -->"])
def test_a_document_without_slides_is_rejected(html: str) -> None:
    with pytest.raises(Rejected) as caught:
        read_outline(html)
    assert [problem.code for problem in caught.value.problems] == ["template-error"]


def test_signs_that_xml_cannot_hold_are_left_out() -> None:
    (only,) = paragraphs("<p>a\x0bb\ufffec</p>")
    assert only.text == "abc"


def spoken(body: str) -> list[str]:
    html = f"<html lang='en'><body>{slide('Title', body)}</body></html>"
    return [paragraph.text for paragraph in read_outline(html).slides[0].notes]


def test_notes_keep_what_is_no_paragraph() -> None:
    table = "<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>"
    box = '<div class="callout note"><p class="callout-title">Mind</p><p>this</p></div>'
    columns = (
        '<div class="columns"><div class="column"><p>e</p></div><div class="column">f</div></div>'
    )
    found = spoken(f'<aside class="notes"><p>Say</p>{table}{box}{columns}</aside>')
    assert found == ["Say", "a | b", "c | d", "Mind", "this", "e", "f"]


def test_notes_read_a_chart_out() -> None:
    table = "<table><tr><th>Drug</th><th>Relief</th></tr><tr><th>A</th><td>62</td></tr></table>"
    figure = (
        '<figure class="chart" data-kind="bar" data-alt="Say"><p class="chart-title">Title</p>'
        f'<p class="chart-message">Say</p>{table}<figcaption>Source</figcaption></figure>'
    )
    found = spoken(f'<aside class="notes">{figure}</aside>')
    assert found == ["Title", "Say", "Drug | Relief", "A | 62", "Source"]


def test_a_box_in_a_box_keeps_both_titles() -> None:
    inner = '<div class="callout note"><p class="callout-title">Inner</p><p>x</p></div>'
    outer = f'<div class="callout warning"><p class="callout-title">Outer</p>{inner}</div>'
    found = blocks(outer)
    assert [each.title.text for each in found if isinstance(each, Callout)] == ["Outer", "Inner"]


def test_words_between_columns_are_kept() -> None:
    found = paragraphs('<div class="columns">one<div class="column">two</div>three</div>')
    assert [each.text for each in found] == ["one", "two", "three"]


def test_columns_with_nothing_in_them_are_none() -> None:
    assert blocks('<div class="columns"><div class="column"></div><div> </div></div>') == ()


@pytest.mark.parametrize(
    "body", ["<h3>a IMG</h3>", "<table><tr><th>a IMG</th></tr></table>", "<p>a IMG</p>"]
)
def test_pictures_among_words_stand_behind_them(body: str) -> None:
    words, pictures = blocks(body.replace("IMG", '<img src="x.png" alt="x">'))
    assert not isinstance(words, Gallery)
    assert isinstance(pictures, Gallery)


def test_a_pictures_name_may_hold_anything() -> None:
    (gallery,) = blocks('<p><img src="images/my%20%C3%A9.png" alt="x"></p>')
    assert isinstance(gallery, Gallery)
    assert gallery.pictures[0].source == "images/my é.png"


def test_a_slide_says_its_layout_and_that_it_is_kept() -> None:
    html = (
        '<section class="slide" data-layout="Title and Content" data-keep=""><h2>T</h2></section>'
    )
    kept, other = read_outline(html + slide("T", "<p>a</p>")).slides
    assert (kept.layout, kept.keep, other.keep) == ("Title and Content", True, False)


@pytest.mark.parametrize(
    ("given", "points"),
    [
        *(("1in", 72), ("2.54cm", 72), ("25.4mm", 72), ("12pt", 12), ("96px", 72)),
        *((each, None) for each in ("0cm", "5", "5em", "-5cm", "", "50%")),
    ],
)
def test_lengths_are_points(given: str, points: float | None) -> None:
    (gallery,) = blocks(f'<img src="a.png" alt="A" data-width="{given}" data-height="{given}">')
    assert isinstance(gallery, Gallery)
    picture = gallery.pictures[0]
    wanted = pytest.approx(points) if points else None
    assert (picture.width, picture.height) == (wanted, wanted)


def test_a_picture_may_fill_its_place() -> None:
    (gallery,) = blocks('<img src="a" alt="A" data-fit="cover"><img src="b" alt="B">')
    assert isinstance(gallery, Gallery)
    assert [picture.cover for picture in gallery.pictures] == [True, False]


@pytest.mark.parametrize(
    ("count", "sizes"), [(1, [1]), (4, [4]), (5, [3, 2]), (6, [3, 3]), (9, [3, 3, 3])]
)
def test_pictures_make_grids_of_four_at_the_most(count: int, sizes: list[int]) -> None:
    found = blocks('<p><img src="a.png" alt="A"></p>' * count)
    assert [len(each.pictures) for each in found if isinstance(each, Gallery)] == sizes


def test_columns_are_as_wide_as_the_author_wishes() -> None:
    row = "<tr><td>1</td><td>2</td></tr>"
    html = "".join(
        f'<p>a</p><table data-widths="{each}">{row}</table>'
        for each in ("2 1.5", "2", "2 0", "2 x")
    )
    wishes = [each.wishes for each in blocks(html) if isinstance(each, Table)]
    assert wishes == [(2.0, 1.5), (), (), ()]


def test_what_is_kept_together_is_one_block() -> None:
    html = '<p>a</p><div class="keep" data-line="4"><p>b</p><table><tr><td>1</table></div><p>c</p>'
    _, together, _ = blocks(html)
    assert isinstance(together, Together)
    assert ([type(each) for each in together.blocks], together.line) == ([Words, Table], 4)


def test_together_in_columns_stays_and_elsewhere_adds_nothing() -> None:
    kept = '<div class="keep"><p>a</p></div>'
    (columns,) = blocks(
        f'<div class="columns"><div class="column">{kept}</div><div class="column">b</div></div>'
    )
    assert isinstance(columns, Columns) and isinstance(columns.columns[0][0], Together)
    (outer,) = blocks(f'<div class="keep">{kept}<p>b</p></div>')
    assert isinstance(outer, Together) and [type(each) for each in outer.blocks] == [Words]
    (callout,) = blocks(f'<div class="callout note"><p class="callout-title">T</p>{kept}</div>')
    assert isinstance(callout, Callout) and callout.paragraphs[0].text == "a"
    (item,) = paragraphs(f"<ul><li>{kept}</li></ul>")
    assert (item.text, item.mark) == ("a", "bullet")
    assert blocks('<div class="keep"></div>') == ()


def test_words_of_the_glossary_have_their_meaning() -> None:
    (only,) = paragraphs('<p>an <dfn title="a strong medicine">opioid</dfn>, <dfn>x</dfn></p>')
    assert [(run.text, run.meaning) for run in only.runs] == [
        ("an ", ""),
        ("opioid", "a strong medicine"),
        (", x", ""),
    ]


def test_notes_keep_their_order_links_and_looks() -> None:
    first = '<h3>First</h3><p>Say <strong>so</strong> <a href="https://a.b">to all</a></p>'
    html = f'<aside class="notes">{first}<ol><li>one</li></ol></aside><p>a</p>'
    found = read_outline(slide("T", f'{html}<aside class="notes"><p>Last</p></aside>')).slides[0]
    assert [note.text for note in found.notes] == ["First", "Say so to all", "one", "Last"]
    assert [note.kind for note in found.notes] == ["heading", "text", "text", "text"]
    assert found.notes[1].runs[1].bold and found.notes[1].runs[3].link == "https://a.b"
    assert found.notes[2].mark == "number"


def test_notes_keep_what_is_kept_together() -> None:
    assert spoken('<aside class="notes"><div class="keep"><p>a</p></div></aside>') == ["a"]


def test_a_hard_space_stays_where_it_is() -> None:
    (only,) = paragraphs("<p>10\u00a0mg</p>")
    assert only.text == "10\u00a0mg"


def test_items_may_bear_letters() -> None:
    found = paragraphs('<ol class="letters"><li>a</li><li>b</li></ol><ol><li>c</li></ol>')
    assert [(p.mark, p.number, p.letters) for p in found] == [
        ("number", 1, True),
        ("number", 2, True),
        ("number", 1, False),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "<ul>one<p>two</p><li>three</li>four<ul><li>five</li></ul></ul>",
        "<dl>one<dt>two</dt><p>three</p><dd>four</dd>five</dl>",
    ],
)
def test_words_in_odd_places_of_a_list_are_kept(body: str) -> None:
    assert [each.text for each in paragraphs(body)] == ["one", "two", "three", "four", "five"]


def test_words_beside_a_picture_in_its_figure_are_kept() -> None:
    _, words = blocks('<figure><img src="x.png" alt="x"><p>beside</p></figure>')
    assert isinstance(words, Words)
    assert words.paragraphs[0].text == "beside"


def test_footnotes_keep_lists_and_tables() -> None:
    table = "<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>"
    notes = f'<ol><li id="fn-a"><p>note</p><ul><li>item</li></ul>{table}</li></ol>'
    found = paragraphs(f'<p>x</p><aside class="footnotes">{notes}</aside>')
    texts = [each.text for each in found]
    assert texts == ["x", "1 note", "1 item", "1 a | b", "1 c | d"]
    assert {each.identity for each in found[1:]} == {"fn-a"}


@pytest.mark.parametrize(("start", "first"), [("0", 1), ("-5", 1), ("7", 7), ("99999", 20_000)])
def test_lists_start_where_powerpoint_can(start: str, first: int) -> None:
    (item,) = paragraphs(f'<ol start="{start}"><li>a</li></ol>')
    assert item.number == first
