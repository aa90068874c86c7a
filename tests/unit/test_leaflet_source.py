"""What of a leaflet's HTML is changed before the engine sees it, and where its parts stand."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring, tostring

import pytest

from builder.artifacts.leaflet.messages import problem_of, style_problem
from builder.artifacts.leaflet.source import Source, prepare
from builder.module.text import Picture
from builder.problems import Place

PICTURE = Picture("images/a b.png", 200, 100, "")


def prepared(html: str) -> str:
    root = fromstring(f"<body>{html}</body>")
    prepare(root, [PICTURE])
    return tostring(root, "unicode").removeprefix("<body>").removesuffix("</body>")


def source() -> Source:
    html = (
        '<body><p data-line="4">Plain</p><ul data-line="6"><li>A <b>b</b> ☃</li></ul>'
        '<p data-line="9"><img src="res:///module/a.png" alt="x"/></p></body>'
    )
    return Source("leaflet.md", fromstring(html))


@pytest.mark.parametrize(
    ("html", "printed"),
    [
        ('<a href="https://x.org/a">here</a>!', " (x.org/a)</span>!"),
        ('<a href="mailto:a@b.org">us</a>', " (a@b.org)</span>"),
        ('<a href="tel:+44123">the desk</a>', " (+44123)</span>"),
    ],
)
def test_addresses_are_printed(html: str, printed: str) -> None:
    assert prepared(html).endswith(printed)


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://x.org/a">https://x.org/a</a>',
        '<a href="https://x.org/">x.org</a>',
        '<a href="#ref-1">1</a>',
        '<a href="https://doi.org/10.1002/A.b%3C1%3E">10.1002/a.b&lt;1&gt;</a>',
        '<a href="http://dx.doi.org/10.1/x">doi: 10.1/x</a>',
        '<a href="mailto:a@b.org">a@b.org</a>',
    ],
)
def test_addresses_that_can_be_read_are_not_repeated(html: str) -> None:
    assert prepared(html) == html


def test_headings_leave_no_gap() -> None:
    assert prepared("<h1>a</h1><h4>b</h4><h6>c</h6><h2>d</h2>") == (
        "<h1>a</h1><h2>b</h2><h3>c</h3><h2>d</h2>"
    )


def test_pictures_get_full_addresses_and_widths() -> None:
    html = prepared('<img src="images/a b.png" alt="x" data-width="60%"/>')
    assert 'src="res:///module/images/a%20b.png"' in html
    assert 'style="width: 60%"' in html


def test_decorative_pictures_become_backgrounds() -> None:
    html = prepared('<img src="images/a%20b.png" alt="" data-width="50%" data-line="3"/>')
    assert html.startswith('<div style="width: 50%; padding-top: 25.0000%;')
    assert "<img" not in html
    assert 'data-line="3"' in html


@pytest.mark.parametrize(
    ("attributes", "style"),
    [
        ('data-width="8.5cm"', "width: 8.5cm"),
        ('data-width="100%" data-height="50mm"', "width: 100%; height: 50mm"),
        ('data-height="5cm" data-fit="cover"', "height: 5cm; object-fit: cover"),
        ('data-width="300%"', "width: 100%"),
        ('data-width="8em" data-fit="contain"', None),
    ],
)
def test_pictures_get_the_size_that_their_author_wants(attributes: str, style: str | None) -> None:
    html = prepared(f'<img src="a.png" alt="x" {attributes}/>')
    assert (f'style="{style}"' in html) if style else ("style" not in html)


def test_decorative_pictures_may_have_a_length() -> None:
    html = prepared('<img src="images/a%20b.png" alt="" data-width="8cm"/>')
    assert html.startswith('<div style="width: 8cm; padding-top: 4.0000cm;')


def test_a_tall_decorative_picture_does_not_fill_the_page() -> None:
    root = fromstring('<body><img src="tall.png" alt=""/></body>')
    prepare(root, [Picture("tall.png", 100, 200, "")])
    assert 'style="width: 22.5%; padding-top: 45.0000%;' in tostring(root, "unicode")


def test_columns_are_as_wide_as_their_author_wants() -> None:
    html = prepared('<table data-widths="2 1 1"><caption>C</caption><tr/></table>')
    columns = "".join(f'<col style="width: {part}%" />' for part in (50, 25, 25))
    assert f"<caption>C</caption><colgroup>{columns}</colgroup><tr />" in html
    assert "col" not in prepared('<table data-widths=""><tr/></table>')


def test_line_of_an_element_is_that_of_the_block_around_it() -> None:
    found = source()
    item = next(found.root.iter("b"))
    assert found.place(item) == Place("leaflet.md", 6)
    assert found.place(Element("p")) == Place("leaflet.md")


@pytest.mark.parametrize(
    ("message", "code", "line"),
    [
        ('.notdef glyph rendered for Unicode string: "☃" (U+2603)', "glyph-missing", 6),
        ("Failed to load image at 'res:///module/a.png': OSError: file-missing: None.",
         "picture-missing", 9),
        ("Failed to load image at 'res:///module/a.png': OSError: path-leaves: No.",
         "link-unsafe", 9),
        ("Failed to load image at 'res:///module/a.png': ", "picture-broken", 9),
        ("Something new", "render-warning", None),
    ],
)  # fmt: skip
def test_messages_become_problems(message: str, code: str, line: int | None) -> None:
    problem = problem_of(message, source())
    assert (problem.code, problem.place) == (code, Place("leaflet.md", line))


def test_messages_on_the_style_name_its_line() -> None:
    problem = style_problem("Ignored `x: y` at 3:7, unknown property.", "leaflet.css")
    assert (problem.code, problem.place) == ("render-warning", Place("leaflet.css", 3, 7))
    problem = style_problem("Font-face 'Text' cannot be loaded", "leaflet.css")
    assert problem.code == "font-missing"
