"""Slide HTML becomes plain records; nothing is lost on the way."""

from __future__ import annotations

import pytest

from builder.artifacts.deck.outline import read_outline
from builder.artifacts.deck.records import Callout, Columns, Gallery, Paragraph, Run, Table, Words
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


def test_lists_know_their_depth_and_numbers() -> None:
    found = paragraphs("<ol start='3'><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ol>")
    assert [(p.text, p.depth, p.mark, p.number) for p in found] == [
        ("a", 1, "number", 3),
        ("b", 2, "bullet", 1),
        ("c", 1, "number", 4),
        ("d", 1, "", 1),
    ]


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


def test_a_box_in_a_box_keeps_both_titles() -> None:
    inner = '<div class="callout note"><p class="callout-title">Inner</p><p>x</p></div>'
    outer = f'<div class="callout warning"><p class="callout-title">Outer</p>{inner}</div>'
    found = blocks(outer)
    assert [each.title.text for each in found if isinstance(each, Callout)] == ["Outer", "Inner"]


def test_words_between_columns_are_kept() -> None:
    found = paragraphs('<div class="columns">one<div class="column">two</div>three</div>')
    assert [each.text for each in found] == ["one", "two", "three"]


def test_a_pictures_name_may_hold_anything() -> None:
    (gallery,) = blocks('<p><img src="images/my%20%C3%A9.png" alt="x"></p>')
    assert isinstance(gallery, Gallery)
    assert gallery.pictures[0].source == "images/my é.png"
