"""The gate: each defect that is planted in a sound deck is found, with its line."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from builder.artifacts import deck as room
from builder.artifacts.deck.draft import Draft
from builder.artifacts.deck.gate import CHECKS, inspect, views_of
from builder.artifacts.deck.readback import entries_of
from builder.problems import Problem, Problems, Severity
from tests.unit.decks import order, slide

SLIDES = (
    slide(
        "Words",
        '<ul><li data-line="11">First</li><li data-line="12">See <a href="https://example.org">the '
        'guideline</a></li></ul><div class="callout note"><p data-line="14">Boxed</p></div>'
        '<aside class="notes"><p>Spoken</p></aside>',
        line=10,
    )
    + slide(
        "Table",
        '<table data-line="21"><thead><tr><th>Drug</th><th>Dose</th></tr></thead>'
        "<tbody><tr><td>One</td><td>5 mg</td></tr><tr><td>Two</td><td>9 mg</td></tr></tbody>"
        "</table>",
        line=20,
    )
    + slide("Picture", '<img src="square.png" alt="A blue square" data-line="31">', line=30)
    + slide(
        "Arabic", '<p data-line="41"><span lang="ar">تناول الدواء بعد الطعام</span></p>', line=40
    )
    + slide(
        "Chart",
        '<figure class="chart" data-kind="bar" data-title="Relief" data-alt="Two helps more" '
        'data-category-axis="Drugs" data-value-axis="Percent" data-line="51"><table><thead><tr>'
        "<th>Drugs</th><th>Relief</th></tr></thead><tbody><tr><td>One</td><td>30</td></tr>"
        "<tr><td>Two</td><td>50</td></tr></tbody></table></figure>",
        line=50,
    )
)
WORDS, TABLE, PICTURE, ARABIC, CHART = (f"ppt/slides/slide{number}.xml" for number in range(3, 8))
DRAWN = "ppt/charts/chart1.xml"
NOTES = "ppt/notesSlides/notesSlide1.xml"


@cache
def sound() -> tuple[dict[str, bytes], Draft]:
    asked = order(Path(mkdtemp()), SLIDES)
    draft = room._measured(asked, Problems())
    return entries_of(room.make(asked).data) or {}, draft


def found(part: str = "", old: str = "", new: str = "") -> list[Problem]:
    entries, draft = sound()
    changed = dict(entries)
    if part:
        text = re.sub(old, new, entries[part].decode(), count=1, flags=re.DOTALL)
        assert text != entries[part].decode(), f"{old!r} is not in {part}"
        changed[part] = text.encode()
    return list(inspect(changed, draft.pages, draft.tokens, "slides.md"))


def test_a_sound_deck_passes() -> None:
    assert found() == []


SHAPE = r"<p:sp>(?:(?!</p:sp>).)*"
RUN = '<a:rPr lang="en-GB"/>'
PALE = '<a:solidFill><a:srgbClr val="BBBBBB"/></a:solidFill>'
AWAY = '<a:xfrm><a:off x="-9000000" y="0"/><a:ext cx="8000000" cy="900000"/></a:xfrm>'
EMPTY = (
    '<p:sp><p:nvSpPr><p:cNvPr id="99" name="Empty"/><p:cNvSpPr/><p:nvPr><p:ph idx="7"/></p:nvPr>'
    "</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p/></p:txBody></p:sp>"
)
DEFECTS: dict[str, tuple[str, str, str, str, int | None]] = {
    # title
    "no title": (WORDS, ">Words</a:t>", "></a:t>", "has no title", 10),
    "a title that is only a box": (WORDS, r'<p:ph type="title"/>', "", "has no title", 10),
    "a title off the slide": (
        *(WORDS, r'(<p:ph type="title"/></p:nvPr></p:nvSpPr>)<p:spPr/?>(</p:spPr>)?'),
        r"\1<p:spPr>" + AWAY + "</p:spPr>",
        *("has its title off the slide", 10),
    ),
    "a title of another slide": (
        *(TABLE, ">Table</a:t>", ">Words</a:t>"),
        *("bears the same title as slide 3", 20),
    ),
    # reading order
    "words out of their place": (
        *(WORDS, rf"({SHAPE}First</a:t>.*?</p:sp>)({SHAPE}Boxed</a:t>.*?</p:sp>)", r"\2\1"),
        *("does not read in the order of the source: “Note Boxed”", 10),
    ),
    "words that are lost": (WORDS, ">First</a:t>", "></a:t>", "“First See the guideline”", 11),
    "the title read last": (
        *(PICTURE, rf"({SHAPE}Picture</a:t>.*?</p:sp>)(.*)(</p:spTree>)", r"\2\1\3"),
        *("is not read from its title on", 30),
    ),
    "a footer read first": (
        *(PICTURE, r"(<p:pic>.*</p:pic>)(<p:sp>.*)(</p:spTree>)", r"\2\1\3"),
        *("reads its footer before its content", 30),
    ),
    # alternative text
    "a picture without words": (
        *(PICTURE, 'descr="A blue square"', 'descr=""'),
        *("has a picture without alternative text", 31),
    ),
    "a picture told by its file": (
        *(PICTURE, 'descr="A blue square"', 'descr="square.png"'),
        *("is the name of a file, square.png", 31),
    ),
    "a table without words": (
        *(TABLE, 'descr="Drug, Dose"', ""),
        *("has a table without alternative text", 21),
    ),
    "a chart without words": (
        *(CHART, 'descr="[^"]*"', ""),
        *("has a chart without alternative text", 51),
    ),
    "a picture told by a word for any": (
        *(PICTURE, 'descr="A blue square"', 'descr="Picture 1"'),
        *("is a word for any picture, Picture 1", 31),
    ),
    "a chart told by a word for any": (
        *(CHART, 'descr="[^"]*"', 'descr="A chart"'),
        *("is a word for any picture, A chart", 51),
    ),
    # charts
    "small words in a chart": (DRAWN, r' sz="\d+"', ' sz="900"', "9 pt, less than 14 pt", 51),
    "a chart without a size": (
        *(DRAWN, r'(.*)<a:defRPr lang="en-GB" sz="\d+"', r'\1<a:defRPr lang="en-GB"'),
        *("has a chart with words of 10 pt", 51),
    ),
    "pale words in a chart": (
        *(DRAWN, '<a:schemeClr val="tx1"/>', '<a:srgbClr val="CCCCCC"/>'),
        *("has a chart whose words are hard to tell from what is behind them, 1.", 51),
    ),
    "a dark chart": (
        *(DRAWN, r"(.*)<c:spPr><a:noFill/>", r"\1<c:spPr>" + PALE.replace("BBBBBB", "333333")),
        *("has a chart whose words are hard to tell", 51),
    ),
    "a run of a chart without a language": (
        *(DRAWN, r'<a:rPr lang="en-GB"', "<a:rPr"),
        *("has a chart with words without a language", 51),
    ),
    "a chart without its title": (
        *(DRAWN, r"<c:title>.*?</c:title>", ""),
        *("has a chart without the title, “Relief”", 51),
    ),
    "a chart without the title of an axis": (
        *(DRAWN, r"(<c:valAx>.*?)<c:title>.*?</c:title>", r"\1"),
        *("has a chart without the title of its values, “Percent”", 51),
    ),
    # tables
    "a header row that is not marked": (
        *(TABLE, 'firstRow="1"', ""),
        *("has a table without a header row", 21),
    ),
    "cells merged": (TABLE, "<a:tc>", '<a:tc gridSpan="2">', "merged cells", 21),
    "cells merged downwards": (TABLE, "<a:tc>", '<a:tc vMerge="1">', "merged cells", 21),
    "a cell too few": (TABLE, r"<a:tc>(?:(?!</a:tc>).)*9 mg.*?</a:tc>", "", "differ in length", 20),
    # language and direction
    "a run without a language": (
        *(WORDS, rf"{RUN}(?=<a:t>First)", "<a:rPr/>"),
        *("has words without a language: “First”", 10),
    ),
    "a language that nobody speaks": (
        *(WORDS, rf"{RUN}(?=<a:t>First)", '<a:rPr lang="x-bogus"/>'),
        *("has words in no known language, x-bogus: “First”", 10),
    ),
    "notes without a language": (
        *(NOTES, rf"{RUN}(?=<a:t>Spoken)", "<a:rPr/>"),
        *("has words without a language in its notes", 10),
    ),
    "Arabic from left to right": (
        *(ARABIC, ' rtl="1"', ""),
        *("has a paragraph that is set in the wrong direction: “تناول", 41),
    ),
    "English from right to left": (
        *(WORDS, rf"<a:pPr/>(?=<a:r>{RUN}<a:t>First)", '<a:pPr rtl="1"/>'),
        *("has a paragraph that is set in the wrong direction: “First”", 11),
    ),
    "Arabic without a font": (ARABIC, '<a:cs typeface="Arial"/>', "", "has no font for", 41),
    # legibility
    "small words": (
        *(WORDS, rf"{RUN}(?=<a:t>First)", '<a:rPr lang="en-GB" sz="1700"/>'),
        *("has words of 17 pt, less than 18 pt: “First”", 11),
    ),
    "words that shrink": (
        *(WORDS, r"<a:normAutofit/>(?=.*First)(?!.*Words)", '<a:normAutofit fontScale="62500"/>'),
        *("has words of 15 pt, less than 18 pt", 11),
    ),
    "small words in a table": (TABLE, ' sz="2000"', ' sz="1300"', "13 pt, less than 14 pt", 21),
    "pale words": (
        *(WORDS, rf"{RUN}(?=<a:t>First)", f'<a:rPr lang="en-GB">{PALE}</a:rPr>'),
        *("has words that are hard to tell from what is behind them, 1.9 to 1", 11),
    ),
    "a dark callout": (
        *(WORDS, r'<a:schemeClr val="bg2"/>', '<a:srgbClr val="333333"/>'),
        *("has words that are hard to tell", None),
    ),
    # links
    "a link without words": (WORDS, ">the guideline<", "><", "has a link without words", 10),
    "a link that says nothing": (
        *(WORDS, ' tooltip="[^"]*"', ""),
        *("has a link that does not say where it leads: “the guideline”", 12),
    ),
    # the rest
    "an empty placeholder": (
        *(WORDS, "</p:spTree>", f"{EMPTY}</p:spTree>"),
        *("has an empty placeholder, “Empty”", 10),
    ),
    "a name given twice": (WORDS, 'name="Callout 1"', 'name="Text 1"', "one name, “Text 1”", 10),
    "a number given twice": (WORDS, '<p:cNvPr id="3"', '<p:cNvPr id="2"', "one id, “2”", 10),
    "a film": (
        *(PICTURE, "(<p:pic>.*?)<p:nvPr[^>]*>", r"\g<0><a:videoFile/>"),
        *("moves or sounds by itself", 30),
    ),
}


@pytest.mark.parametrize("name", DEFECTS)
def test_a_defect_is_found(name: str) -> None:
    part, old, new, message, line = DEFECTS[name]
    problems = found(part, old, new)
    told = [(problem.message, problem.place.line) for problem in problems]
    assert any(message in text for text, _ in told), told
    assert line is None or line in [at for text, at in told if message in text]
    assert all(problem.severity is Severity.ERROR and problem.hint for problem in problems)


def test_what_the_master_decides_is_a_warning() -> None:
    entries, _ = sound()
    part = next(
        name
        for name, data in entries.items()
        if "/slideLayouts/" in name and b'name="Content"' in data
    )
    pale = (
        r'(<p:ph type="ftr".*?)<a:schemeClr val="\w+"/>|(<p:ph type="ftr".*?)<a:srgbClr val="\w+"/>'
    )
    problems = found(part, pale, r'\1\2<a:srgbClr val="DDDDDD"/>')
    assert {problem.code for problem in problems} == {"deck-legibility"}
    assert "The layout “Content” has words that are hard to tell" in problems[0].message


@pytest.mark.parametrize("layout", ["", "section", "disclosure", "references"])
def test_links_can_be_read_on_every_ground(tmp_path: Path, layout: str) -> None:
    link = '<a href="https://example.org">a guide</a>'
    head, body = f"<tr><th>{link}</th></tr>", f"<tr><td>{link}</td></tr>"
    table = f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"
    box = f'<div class="callout warning"><p>{link}</p></div>'
    room.make(order(tmp_path, slide("Links", f"<p>{link}</p>{table}{box}", layout=layout)))


def test_each_check_was_seen_failing() -> None:
    seen = set()
    entries, draft = sound()
    for part, old, new, _, _ in DEFECTS.values():
        changed = entries | {
            part: re.sub(old, new, entries[part].decode(), count=1, flags=re.DOTALL).encode()
        }
        for view in views_of(changed, draft.pages, draft.tokens):
            seen |= {check for check in CHECKS if list(check(view))}
    assert seen == set(CHECKS)
