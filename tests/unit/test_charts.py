"""Charts, from the text to the record: the table of cases, and numbers as people write them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.artifacts.deck.outline import read_outline
from builder.artifacts.deck.records import Block, Chart, Columns
from builder.module.numbers import format_of, read_number
from builder.module.prose import Prose, read_prose
from builder.problems import Problems, Rejected
from builder.workspace import Folder
from tests.prose_cases import Case, read_cases, rewrite
from tests.unit.decks import slide

FILES = {
    "data/semicolon.csv": "\ufeffMedicine;Morphine;'Placebo; sugar';\r\n1 hour;62 %;31%;\r\n"
    "2 hours;;40%\r\n;;\r\n",
    "comma.csv": "Place,Falls\n'Bed, left',3\nCorridor,4\n",
    "uneven.csv": "A,B\na,1\nb,1,5\n",
    "empty.csv": "\n",
    "quotes.csv": "A,B\n'a,1\n",
    "decimal.csv": "A;B\na;1,5\n",
    "numbers.xlsx": "",
}
"""With ' for a quotation mark."""


def read(text: str, folder: Path, problems: Problems) -> Prose:
    """The text, in a folder with files of numbers."""
    for name, content in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content.replace("'", '"').encode())
    (folder / "latin.csv").write_bytes(b"A,B\ncaf\xe9,1\n")
    return read_prose(text, "x.md", problems, keys=("a",), folder=Folder(folder, "m"))


def charts(blocks: tuple[Block, ...]) -> Iterator[Chart]:
    for block in blocks:
        if isinstance(block, Chart):
            yield block
        elif isinstance(block, Columns):
            for column in block.columns:
                yield from charts(column)


def drawn(text: str, folder: Path, problems: Problems) -> list[Chart]:
    """The charts of a text's slides."""
    prose = read(text, folder, problems)
    body = "".join(slide("Title", section.body) for section in prose.sections)
    deck = read_outline(f"<html lang='en'><body>{body}</body></html>")
    return [each for one in deck.slides for each in charts(one.blocks)]


def told(chart: Chart) -> Iterator[str]:
    yield f"{chart.kind} “{chart.title}” line {chart.line}"
    yield f"alt: {chart.alternative}"
    yield f"axes: {chart.category_axis} | {chart.value_axis}"
    yield f"format: {chart.number_format}"
    yield " | ".join(chart.categories)
    for series in chart.series:
        numbers = ("-" if value is None else str(value) for value in series.values)
        yield f"{series.name}: {' '.join(numbers)}"
    if chart.caption:
        yield f"caption: {chart.caption.text}"


@pytest.mark.parametrize("case", read_cases("charts.md"), ids=str)
def test_case(case: Case, tmp_path: Path, update_golden: bool) -> None:
    """The charts and the problems are those that the case lists."""
    problems = Problems()
    found = drawn(case.given, tmp_path, problems)
    lines = "\n".join(line for chart in found for line in told(chart))
    wrong = "\n".join(
        f"{str(each.place).removeprefix('x.md:')}: {each.code} {each.message}"
        for each in problems.ordered()
    )
    if update_golden:
        rewrite("charts.md", case, lines, wrong)
    else:
        assert (lines, wrong) == (case.expected, "\n".join(case.problems))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        (" 1234.5 ", 1234.5),
        ("1 234", 1234.0),
        ("12\u202f345.60", 12345.6),
        ("\u22123", -3.0),
        ("+7", 7.0),
        ("12 %", 12.0),
        ("0", 0.0),
        ("-0", 0.0),
    ],
)
def test_numbers_that_mean_one_thing(text: str, value: float | None) -> None:
    number = read_number(text)
    assert (number.value if number else None) == value


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("1,234", "a comma can mean either"),
        ("1.234.567", "Write it as"),
        ("12 mg", "its unit behind `Values:`"),
        ("5 µg/kg", "its unit behind `Values:`"),
        ("n/a", "Leave the cell empty"),
        ("—", "Leave the cell empty"),
        (".5", "Write it as"),
        ("12 34", "Write it as"),
        ("0.1234567890123456", "at most 15 digits"),
    ],
)
def test_what_is_no_number_is_answered_with_advice(text: str, advice: str) -> None:
    with pytest.raises(ValueError, match=advice):
        read_number(text)


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (["1", "2.5", "3.25"], "0.00"),
        (["1 %", "2%"], '0"%"'),
        (["12.5%", "9999"], "0.0"),
        (["10 000", "1.5"], "#,##0.0"),
        ([], "0"),
    ],
)
def test_formats_give_all_numbers_the_same_decimals(texts: list[str], code: str) -> None:
    assert format_of([number for text in texts if (number := read_number(text))]) == code


@pytest.mark.parametrize(
    ("attributes", "cell", "code"),
    [
        ('data-kind="donut"', "1", "template-error"),
        ('data-kind="bar"', "many", "chart-number"),
        ('data-kind="bar"', "1</td><td>2", "template-error"),
    ],
)
def test_a_theme_that_writes_a_wrong_chart_is_told(attributes: str, cell: str, code: str) -> None:
    head = "<thead><tr><th>A</th><th>B</th></tr></thead>"
    table = f"<table>{head}<tbody><tr><td>a</td><td>{cell}</td></tr></tbody></table>"
    body = f'<figure class="chart" {attributes}>{table}</figure>'
    with pytest.raises(Rejected) as caught:
        read_outline(f"<html lang='en'><body>{slide('T', body)}</body></html>")
    assert [each.code for each in caught.value.problems] == [code]


def test_notes_say_what_a_chart_says(tmp_path: Path) -> None:
    chart = "::: chart bar\nMessage: Say it.\n| A | B |\n|--|--|\n| a | 1 |\n:::"
    text = f"## T\n\n:::: notes\n{chart}\n::::\n"
    section = read(text, tmp_path, Problems()).sections[0]
    body = slide("T", f'<aside class="notes">{section.notes}</aside>')
    (page,) = read_outline(f"<html lang='en'><body>{body}</body></html>").slides
    assert [each.text for each in page.notes] == ["Say it.", "A | B", "a | 1"]
