"""The tags of a finished leaflet: what each piece is, in which language, in which order."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from builder.artifacts.leaflet import make
from tests.gates import judges
from tests.unit.leaflets import order


def tagged(folder: Path, body: str, **changes: Any) -> pikepdf.Pdf:
    """The file of a leaflet, which two standards' rules hold for."""
    data = make(order(folder, body, **changes)).data
    path = folder / "made.pdf"
    path.write_bytes(data)
    assert judges.page_validation(path) == []
    return pikepdf.open(io.BytesIO(data))


def tree(element: Any) -> Iterator[tuple[str, Any]]:
    """All tags, in reading order."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield str(kid.S)[1:], kid
            yield from tree(kid)


def names(pdf: pikepdf.Pdf, within: str = "") -> list[str]:
    """The types of the tags of the author's section, or of those in its first `within`."""
    found = list(tree(pdf.Root.StructTreeRoot))
    first = next(kid for name, kid in found if name == "Part")
    inside = list(tree(first))
    if within:
        return [name for name, _ in tree(next(kid for name, kid in inside if name == within))]
    return [name for name, _ in inside][2:]  # after the section and its heading


@pytest.mark.parametrize(
    ("body", "within", "expected"),
    [
        ("<ul><li>One</li><li><p>Two</p><p>more</p></li></ul>", "L",
         "LI Lbl LBody LI Lbl LBody P P"),
        ("<ul><li>One<ul><li>Inner</li></ul>rest</li></ul>", "L", "LI Lbl LBody L LI Lbl LBody"),
        ("<ol><li>One<table><tr><th>A</th></tr><tr><td>1</td></tr></table></li></ol>", "L",
         "LI Lbl LBody Table TBody TR TH TR TD"),
        ("<ol><li><pre><code>x</code></pre></li><li><h3>y</h3></li></ol>", "L",
         "LI Lbl LBody P Code LI Lbl LBody H3"),
        ("<dl><dt>Term</dt><dd>One</dd><dd>Two</dd><dt>Next</dt><dd><p>x</p></dd></dl>", "L",
         "LI Lbl LBody LBody LI Lbl LBody P"),
        ("<table><caption>C</caption><tr><th>A</th></tr><tr><td></td></tr></table>", "Table",
         "Caption TBody TR TH TR TD"),
        ('<p>a <a href="https://example.org/"><code>b</code> <em>c</em></a></p>', "P", "Link Code"),
        ('<figure><img src="square.png" alt="A square"><figcaption>x</figcaption></figure>', "Div",
         "Figure Caption"),
        ('<p>a <span lang="fr">un <b>mot</b></span></p>', "P", "Span"),
        ('<p>a <abbr title="full">A</abbr> <strong>b</strong></p>', "P", "Span"),
        ('<aside class="footnotes"><ol><li id="fn-1"><p>N</p></li></ol></aside>', "Sect",
         "H2 Sect Note Lbl P"),
        ("<blockquote><p>a</p><ul><li>b</li></ul></blockquote>", "BlockQuote",
         "P L LI Lbl LBody"),
        ('<table role="presentation"><tr><td><p>a</p></td></tr></table>', "Sect",
         "H2 Div P"),
    ],
)  # fmt: skip
def test_constructs_have_their_tags(tmp_path: Path, body: str, within: str, expected: str) -> None:
    assert " ".join(names(tagged(tmp_path, body), within)) == expected


def first(pdf: pikepdf.Pdf, name: str) -> Any:
    """The first tag of a type in the author's text."""
    part = next(kid for each, kid in tree(pdf.Root.StructTreeRoot) if each == "Part")
    return next(kid for each, kid in tree(part) if each == name)


def test_passages_keep_their_language(tmp_path: Path) -> None:
    pdf = tagged(
        tmp_path, '<p>a <span lang="fr">un</span></p><p lang="es">dos <i lang="es">x</i></p>'
    )
    languages = [
        (name, str(kid.Lang)) for name, kid in tree(pdf.Root.StructTreeRoot) if "/Lang" in kid
    ]
    assert languages == [("Document", "en-GB"), ("Span", "fr"), ("P", "es")]
    assert pdf.Root.Lang == "en-GB"


def test_heads_of_tables_have_a_scope(tmp_path: Path) -> None:
    body = (
        "<table><thead><tr><th>A</th><th>B</th></tr></thead>"
        "<tbody><tr><th>x</th><td>1</td></tr><tr><td colspan='2'>both</td></tr></tbody></table>"
    )
    pdf = tagged(tmp_path, body)
    table = first(pdf, "Table")
    heads = [str(kid.A.Scope) for name, kid in tree(table) if name == "TH"]
    assert heads == ["/Column", "/Column", "/Row"]
    assert [int(kid.A.ColSpan) for _, kid in tree(table) if "/ColSpan" in kid.get("/A", {})] == [2]


def test_pictures_say_what_they_show_and_where(tmp_path: Path) -> None:
    pdf = tagged(tmp_path, '<p><img src="square.png" alt="A square"></p>')
    figure = first(pdf, "Figure")
    left, bottom, right, top = (float(each) for each in figure.A.BBox)
    assert figure.Alt == "A square"
    assert 0 < left < right < 596 and 0 < bottom < top < 842
    assert all("/Interpolate" not in each for each in pdf.pages[0].get_images().values())
    assert pdf.pages[0].get_images()


def test_notes_can_be_found_by_their_names(tmp_path: Path) -> None:
    notes = "".join(f'<li id="fn-{each}"><p>N</p></li>' for each in "ba")
    pdf = tagged(tmp_path, f'<aside class="footnotes"><ol>{notes}</ol></aside>')
    assert [str(each) for each in pdf.Root.StructTreeRoot.IDTree.Names[::2]] == ["fn-a", "fn-b"]
    assert first(pdf, "Note").ID == "fn-b"


def test_links_say_where_they_lead(tmp_path: Path) -> None:
    body = (
        '<p><a href="https://example.org/a">here</a> and <a href="https://example.org">example.org'
        '</a> and <a href="#one">there</a></p>'
    )
    pdf = tagged(tmp_path, body)
    links = [note for page in pdf.pages for note in page.get("/Annots", [])][:3]
    assert [str(link.Contents) for link in links] == [
        "here (https://example.org/a)", "example.org", "there",
    ]  # fmt: skip
    assert all(link.F == 4 for link in links)


def test_a_link_that_is_broken_in_two_is_one_link(tmp_path: Path) -> None:
    words = "words that go on and on " * 8
    pdf = tagged(tmp_path, f'<p><a href="https://example.org/">{words}</a></p>')
    found = [kid for name, kid in tree(pdf.Root.StructTreeRoot) if name == "Link"]
    objects = [each for each in found[0].K if isinstance(each, pikepdf.Dictionary)]
    assert len([each for each in objects if each.get("/Type") == "/OBJR"]) >= 2


def test_a_paragraph_on_two_pages_is_one_paragraph(tmp_path: Path) -> None:
    pdf = tagged(tmp_path, f"<p>{'words ' * 1500}</p>")
    paragraph = first(pdf, "P")
    others = [each for each in paragraph.K if isinstance(each, pikepdf.Dictionary)]
    assert {str(each.Type) for each in others} == {"/MCR"}
    assert len([name for name in names(pdf) if name == "P"]) == 1


def test_the_head_of_a_table_on_two_pages_is_read_once(tmp_path: Path) -> None:
    rows = "<tr><td>1</td><td>2</td></tr>" * 60
    pdf = tagged(
        tmp_path,
        f"<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody>{rows}</tbody></table>",
    )
    table = first(pdf, "Table")
    assert [name for name, _ in tree(table)].count("THead") == 1
    assert [len(kid.K) for name, kid in tree(table) if name == "TH"] == [1, 1]


def test_headings_are_bookmarks(tmp_path: Path) -> None:
    pdf = tagged(tmp_path, "<h3>Deeper</h3><p>a</p>")
    with pdf.open_outline() as outline:
        (title,) = outline.root
        assert title.title == "A test"
        assert [each.title for each in title.children][:1] == ["One"]
        assert [each.title for each in title.children[0].children] == ["Deeper"]
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
