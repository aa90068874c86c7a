"""Scripts beyond Latin: which fonts a leaflet loads, and what is kept in order in Arabic."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring, tostring

import lxml.etree
import pytest
import weasyprint
from hypothesis import given
from hypothesis import strategies as st
from weasyprint.formatting_structure import boxes

from builder.artifacts.isolation import isolate, isolated, runs_of
from builder.artifacts.leaflet import make
from builder.artifacts.leaflet.extras import EXTRAS, Extra, cut
from builder.artifacts.leaflet.fonts import fonts_for
from builder.artifacts.leaflet.mirror import mirrored
from builder.artifacts.leaflet.render import _style
from builder.artifacts.leaflet.scripts import needs_of, scripts_of
from builder.artifacts.leaflet.wrapping import filling_lines
from builder.artifacts.page import make as make_page
from builder.problems import Place, Rejected
from builder.theme import Theme, read_theme
from builder.workspace import Folder
from tests.unit.leaflets import FILE, order, theme

RUNS = """
خذ 500 mg من Paracetamol (Panadol 500 mg) ثلاث مرات | 500 mg | Paracetamol (Panadol 500 mg)
اتصل بالرقم +44 20 7946 0000، الرمز PAIN-01         | +44 20 7946 0000 | PAIN-01
من 1-2 أو 5–10 mg/day، النتيجة 5/7.                 | 1-2 | 5–10 mg/day | 5/7
نسبة 50% و <5 و ≥ 3 و 37 °C، (200 mg).              | 50% | <5 | ≥ 3 | 37 °C | 200 mg
في 2026-06-01 بين 10:30–11:45                       | 2026-06-01 | 10:30–11:45
راجع https://example.org/a?b=1. أو us@example.org!  | https://example.org/a?b=1 | us@example.org
قال Dr. A. Smith، ثم E. coli                        | Dr. A. Smith | E. coli
الأعداد 3, 4 ثم 12 000                              | 3 | 4 | 12 000
٥٠٠ mg ثم ١-٢                                       | ٥٠٠ mg
קחו 500 mg של Acamol (500 mg), 1-2 כדורים           | 500 mg | Acamol (500 mg) | 1-2
مرحبا بكم، شكرا.                                    |
"""
"""A text | what in it runs from left to right."""

WRAPPED = """
<p>خذ 500 mg</p>                   | <p>خذ <bdi dir="ltr">500 mg</bdi></p>
<p>قل <b>500</b> mg هنا</p>        | <p>قل <bdi dir="ltr"><b>500</b> mg</bdi> هنا</p>
<p>خلية 10<sup>3</sup></p>         | <p>خلية <bdi dir="ltr">10<sup>3</sup></bdi></p>
<p>الرمز <code>A-1</code>.</p>     | <p>الرمز <code><bdi dir="ltr">A-1</bdi></code>.</p>
<p><i dir="ltr">A</i> <i>B</i></p> | <p><i dir="ltr">A</i> <i><bdi dir="ltr">B</bdi></i></p>
<p>هو <em>(5 mg)</em>.</p>         | <p>هو <em>(<bdi dir="ltr">5 mg</bdi>)</em>.</p>
<p><b>كل 5</b> mg</p>              | <p><b>كل <bdi dir="ltr">5</bdi></b> <bdi dir="ltr">mg</bdi></p>
<p>A sentence.</p>                 | <p><bdi dir="ltr">A sentence.</bdi></p>
<p><b>Who:</b> كل</p>              | <p><b><bdi dir="ltr">Who</bdi>:</b> كل</p>
<p>A <a>(9);2013</a> [<i>B</i>].</p> | <p><bdi dir="ltr">A <a>(9);2013</a> [<i>B</i>].</bdi></p>
<p dir="ltr">mg 5</p>              | <p dir="ltr">mg 5</p>
<p>كل 5<br />6</p>                 | <p>كل <bdi dir="ltr">5</bdi><br /><bdi dir="ltr">6</bdi></p>
<p>كل<script>a = 5</script></p>    | <p>كل<script>a = 5</script></p>
"""
"""What stands in a text from right to left | what becomes of it."""

NEEDS = """
en | Plain text, “quoted”, Ελληνικά, русский, Việt |
ar | خذ 500 mg                                     | Noto Sans Arabic
fa | سلام پژواک                                    | Noto Sans Arabic
he | שָׁלוֹם                                          | Noto Sans Hebrew
hi | नमस्ते                                           | Noto Sans Devanagari
zh | 每日三次                                      | Noto Sans CJK SC
zh-Hans-CN | 每日三次                              | Noto Sans CJK SC
zh-TW | 每日三次                                   | Noto Sans CJK TC
zh-Hant-HK | 每日三次                              | Noto Sans CJK HK
yue | 每日三次                                     | Noto Sans CJK HK
ja | 一日三回                                      | Noto Sans CJK JP
ko | 하루 세 번                                    | Noto Sans CJK KR
en | Written ありがとう in Japanese                | Noto Sans CJK JP
en | Written 谢谢 in Chinese                       | Noto Sans CJK SC
"""
"""A language | a text in it | the families beyond those of every leaflet."""


def rows(table: str) -> list[list[str]]:
    return [[part.strip() for part in line.split(" |")] for line in table.strip().splitlines()]


@pytest.mark.parametrize(("text", "runs"), [(text, runs) for text, *runs in rows(RUNS)])
def test_what_runs_from_left_to_right_is_found(text: str, runs: list[str]) -> None:
    found = [text[start:end] for start, end in runs_of(text)]
    assert found == [run.removeprefix("| ") for run in runs if run]


@pytest.mark.parametrize(("html", "expected"), rows(WRAPPED))
def test_it_is_put_into_an_element(html: str, expected: str) -> None:
    root = fromstring(f'<div dir="rtl">{html}</div>')
    isolate(root)
    assert tostring(root[0], "unicode") == expected.removeprefix("| ")
    other = lxml.etree.fromstring(f'<div dir="rtl">{html}</div>')
    isolate(other)
    assert tostring(fromstring(lxml.etree.tostring(other))) == tostring(root)


@given(st.lists(st.text("ab 5(.,-%\nשم٥<&+", max_size=9), min_size=1, max_size=6), st.data())
def test_no_word_is_lost(parts: list[str], data: st.DataObject) -> None:
    """Elements are added, and nothing else happens to the words or their order."""
    root = fromstring('<p dir="rtl"/>')
    root.text = parts[0]
    for part in parts[1:]:
        child = root.makeelement(data.draw(st.sampled_from(("b", "sup", "img", "div"))), {})
        child.text, child.tail = (part, part[::-1]) if child.tag != "img" else (None, part)
        root.append(child)
    before = "".join(root.itertext())
    tags = [each.tag for each in root.iter()]
    isolate(root)
    assert "".join(root.itertext()) == before
    assert [each.tag for each in root.iter() if each.tag != "bdi"] == tags


@pytest.mark.parametrize(
    "part", ["a", "a ", "5 (", "+ ", "ab, <", "(a", "٥", "٥ ", "a (b) ", "<b>x</b>!"]
)
def test_long_texts_take_no_longer_than_they_are(part: str) -> None:
    start = time.perf_counter()
    root = fromstring(f'<p dir="rtl">ش {part.replace("<", "&lt;") * (60_000 // len(part))}</p>')
    isolate(root)
    isolate(fromstring(f'<p dir="rtl"><b>{"a" * 60_000}! ش</b></p>'))
    assert time.perf_counter() - start < 5


def test_pages_keep_numbers_in_order(tmp_path: Path) -> None:
    summary = "خذ 500 mg من Paracetamol"
    page = make_page(order(tmp_path, kind="page", language="ar", summary=summary)).data.decode()
    assert 'خذ <bdi dir="ltr">500 mg</bdi> من <bdi dir="ltr">Paracetamol</bdi>' in page
    assert f'<meta name="description" content="{summary}">' in page
    assert "<bdi" not in make_page(order(tmp_path, kind="page")).data.decode()


def test_a_page_stays_a_page() -> None:
    html = '<!doctype html>\n<html dir="rtl"><head><title>a 5</title></head><body>ش 5</body></html>'
    expected = html.replace("ش 5", 'ش <bdi dir="ltr">5</bdi>')
    assert isolated(html).strip() == expected


def drawn(html: str, width: int) -> list[str]:
    """The lines of a paragraph of some width in pixels."""
    fonts = fonts_for(theme(), fromstring("<html/>"), "")
    style = _style("html { font-family: 'Liberation Sans' }", fonts.faces)
    page = f"<style>p {{ width: {width}px }}</style><p>{html}</p>"
    document = weasyprint.HTML(string=page).render(
        font_config=style.fonts, stylesheets=[style.sheet]
    )
    return ["".join(words(line)) for line in boxes_of(document.pages[0]._page_box, boxes.LineBox)]


def boxes_of(box: Any, kind: type) -> Iterator[Any]:
    """The boxes of a kind within a box."""
    for child in getattr(box, "children", ()):
        if isinstance(child, kind):
            yield child
        yield from boxes_of(child, kind)


def words(line: Any) -> Iterator[str]:
    return (box.text for box in boxes_of(line, boxes.TextBox))


def test_a_line_is_filled_before_an_element() -> None:
    """WeasyPrint alone leaves “Some” on a line of its own, at some widths; with help at none."""
    html = "Some words and yet more of them, to end a line with <b>0</b> to 10"
    widths = range(330, 420, 2)
    with filling_lines():
        filled = [drawn(html, width)[0] for width in widths]
    assert min(map(len, filled)) > 40
    alone = [drawn(html, width)[0] for width in widths]
    assert "Some" in alone, "mended in WeasyPrint: our help can go"


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("p { margin: 1mm 2mm 3mm 4mm }", "p { margin: 1mm 4mm 3mm 2mm }"),
        ("p { margin: 1mm 2mm 3mm }", "p { margin: 1mm 2mm 3mm }"),
        ("p{padding:0 calc(2mm + var(--a, 1mm)) 0 0}",
         "p{padding:0 0 0 calc(2mm + var(--a, 1mm))}"),
        ("li { left: -7mm; text-align: right }", "li { right: -7mm; text-align: left }"),
        ("a { border-left: 3pt solid }", "a { border-right: 3pt solid }"),
        ("@page :left { @bottom-left { width: 1mm } }",
         "@page :right { @bottom-right { width: 1mm } }"),
        (".right { text-align:right }", ".right { text-align:left }"),
        ('[dir="rtl"] ul { left: 0 }', '[dir="rtl"] ul { left: 0 }'),
        ('a::before { content: "left" } /* left */', 'a::before { content: "left" } /* left */'),
        ("a { background: url(left.png) left }", "a { background: url(left.png) right }"),
        ("a { --left-over: 1; float: left }", "a { --left-over: 1; float: right }"),
    ],
)  # fmt: skip
def test_styles_are_mirrored(css: str, expected: str) -> None:
    assert mirrored(css) == expected
    assert mirrored(expected) == css


@pytest.mark.parametrize(("language", "text", "families"), rows(NEEDS))
def test_a_text_needs_the_fonts_of_its_scripts(language: str, text: str, families: str) -> None:
    root = fromstring(f'<html lang="{language}"><p>{text.removeprefix("| ")}</p></html>')
    found = [need.script.family for need in needs_of(scripts_of(theme()), root)]
    assert ", ".join(found) == families.removeprefix("| ")


def test_no_other_leaflet_loads_them() -> None:
    fonts = fonts_for(theme(), fromstring('<html lang="en"><p>Plain</p></html>'), "")
    assert {face.family for face in fonts.faces} == {
        "Atkinson Hyperlegible Next",
        "Liberation Sans",
    }
    assert fonts.rules == ""


def test_each_language_draws_the_characters_that_it_shares_in_its_own_way() -> None:
    html = '<html lang="zh-Hans"><p>直骨 <span lang="ja">直骨</span> “引” 5</p></html>'
    fonts = fonts_for(theme(), fromstring(html), "")
    chinese, japanese = '"Noto Sans CJK SC"', '"Noto Sans CJK JP"'
    assert f"--font-text: {chinese}, " in fonts.rules
    assert f":lang(ja) {{ font-family: {japanese}, " in fonts.rules
    outlines = {face.data for face in fonts.faces if face.family.startswith("Noto")}
    assert len(outlines) == 4, "two languages, regular and bold"


def test_a_collection_is_cut_to_what_is_needed() -> None:
    path = EXTRAS["cjk"].installed()
    assert path, "manimgx-fonts-cjk is missing; run `make test`, which gets what the tests use"
    characters = frozenset("直骨")
    assert len(cut(path, "Noto Sans CJK JP", 400, characters)) < 20_000
    with pytest.raises(LookupError):
        cut(path, "Noto Sans CJK XX", 400, characters)


def test_missing_fonts_are_named_with_characters_line_and_help(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is an extra and not installed is asked for; for other characters there is no extra."""
    monkeypatch.setattr(Extra, "installed", lambda self: None)
    body = '<p data-line="5">谢谢</p><p data-line="7">ꨀ</p>'
    with pytest.raises(Rejected) as caught:
        make(order(tmp_path, body))
    chinese, cham = caught.value.problems
    assert (chinese.code, chinese.place) == ("glyph-missing", Place(FILE, 5))
    assert "“谢” (U+8C22)" in chinese.message
    assert chinese.hint.endswith("pip install 'leafdeck[cjk]'.")
    assert (cham.place, "pip" in cham.hint) == (Place(FILE, 7), False)


def extended(root: Path, scripts: str) -> Theme:
    folder = root / "themes" / "mine"
    folder.mkdir(parents=True)
    (folder / "theme.toml").write_text(f'extends = "clinic"\n{scripts}', encoding="utf-8")
    return read_theme(Folder(root, ""), "mine")


def test_a_theme_brings_a_font_of_its_own(tmp_path: Path) -> None:
    entry = (
        '[[fonts.scripts]]\nfamily = "Mine"\ncharacters = "u+4e00-9fff"\nlanguages = ["zh"]\n'
        'regular = "fonts/LiberationSans-Regular.ttf"\n'
    )
    scripts = scripts_of(extended(tmp_path, entry))
    assert [each.family for each in scripts][:2] == ["Mine", "Noto Sans Arabic"]
    (need,) = needs_of(scripts, fromstring('<html lang="zh"><p>三</p></html>'))
    assert [weight for weight, _ in need.script.files] == [400, 700]


@pytest.mark.parametrize(
    "entry",
    [
        'family = "Mine"',
        'family = "Mine"\nregular = "a.ttf"',
        'family = "Mine"\nregular = "a.ttf"\ncharacters = "Greek"',
        'family = "Mine; }"\nregular = "a.ttf"\ncharacters = "U+400-4FF"',
        'family = "Mine"\nextra = "/etc/passwd"\ncharacters = "U+400-4FF"',
        'family = "Mine"\nextra = "cjk"\nlanguages = "zh"',
        'family = "Mine"\nextra = "cjk"\nlanguages = [1]',
    ],
)
def test_a_wrong_table_is_told(entry: str, tmp_path: Path) -> None:
    wrong = extended(tmp_path, f"[[fonts.scripts]]\n{entry}\n")
    with pytest.raises(Rejected) as caught:
        scripts_of(wrong)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place) == ("theme-file", Place("themes/mine/theme.toml", 2))
