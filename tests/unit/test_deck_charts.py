"""Charts in the finished deck: native, editable, told apart, the same bytes everywhere."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE

from builder.artifacts.deck import make
from builder.artifacts.deck.master.colours import Colours
from builder.artifacts.deck.write.charts import paints_on
from builder.artifacts.deck.write.workbook import column
from builder.contrast import contrast
from builder.module.prose import read_prose
from builder.problems import Problems
from tests.golden.slides import slides as dump
from tests.helpers import CHECKOUT
from tests.unit.decks import Deck, find, made, order, slide

TEXT = """
## Relief

::: chart bar  Relief after <one> hour
Message: Morphine relieved pain in twice as many patients as placebo.
Caption: Asked in May

| Medicine | Patients with relief (%) |
|---|--:|
| Morphine & more | 62 % |
| Placebo | 31% |
:::

## Falls

::: chart column
Message: Falls went down on all wards.
Values: Falls per 1 000 days

| Month | Ward A | Ward B |
|---|--:|--:|
| March | 4.0 | |
| April | 3.2 | 3.5 |
:::

## Pain

::: chart line  Pain over a day
Message: Pain fell within two hours.
Values: Pain (0 to 10)

| Hours | Pump | Tablets |
|---|--:|--:|
| 0 | 8 | 8 |
| 2 | 3 | 6.5 |
| 8 | 2 | -1 |
:::

## Places

::: chart pie  Where patients fall
Message: Half of all falls happen beside the bed.

| Place | Falls |
|---|--:|
| Beside the bed | 124 |
| Bathroom | 66 |
| Elsewhere | 57 |
:::
"""
DUMP = """\
title: Relief
Chart 1 [free] Morphine relieved pain in twice as many patients as placebo.
  BAR_CLUSTERED: Relief after <one> hour / Medicine / Patients with relief (%)
|  | Patients with relief (%) |
| Morphine & more | 62 |
| Placebo | 31 |
Text 1 [free]
  Asked in May
  **Chart:** Morphine relieved pain in twice as many patients as placebo.
title: Falls
Chart 1 [free] Falls went down on all wards.
  COLUMN_CLUSTERED: Month / Falls per 1 000 days
|  | Ward A | Ward B |
| March | 4 |  |
| April | 3.2 | 3.5 |
  **Chart:** Falls went down on all wards.
title: Pain
Chart 1 [free] Pain fell within two hours.
  LINE_MARKERS: Pain over a day / Hours / Pain (0 to 10)
|  | Pump | Tablets |
| 0 | 8 | 8 |
| 2 | 3 | 6.5 |
| 8 | 2 | -1 |
  **Chart:** Pain fell within two hours.
title: Places
Chart 1 [free] Half of all falls happen beside the bed.
  PIE: Where patients fall
|  | Falls |
| Beside the bed | 124 |
| Bathroom | 66 |
| Elsewhere | 57 |
  **Chart:** Half of all falls happen beside the bed.
"""
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SHEET = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def html(text: str = TEXT) -> str:
    """Slides as the template writes them."""
    problems = Problems()
    prose = read_prose(text, "x.md", problems)
    assert not len(problems)
    return "".join(slide(str(section.title), section.body) for section in prose.sections)


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    """A deck of four charts."""
    return made(tmp_path_factory.mktemp("four"), html())


def parts(deck: Deck) -> list[Any]:
    """The roots of the charts, in order."""
    names = sorted(name for name in deck.entries if re.fullmatch(r"ppt/charts/[^/]+\.xml", name))
    return [etree.fromstring(deck.entries[name]) for name in names]


def test_an_editor_finds_kind_title_message_and_numbers(four: Deck) -> None:
    shown = "\n".join(dump(Presentation(io.BytesIO(four.data)))).split("# Slide 3\n")[1]
    left_out = re.compile(
        r"^(# Slide|layout:|date:|footer:|number:|notes:|Band|$).*\n?", re.MULTILINE
    )
    assert left_out.sub("", shown + "\n") == DUMP


def test_the_workbook_holds_the_same_numbers(four: Deck) -> None:
    for number, chart in enumerate(parts(four), 1):
        cells = read_workbook(four.entries[f"ppt/embeddings/Microsoft_Excel_Sheet{number}.xlsx"])
        for reference in (*chart.iter(f"{C}strRef"), *chart.iter(f"{C}numRef")):
            wanted = {int(each.get("idx")): each[0].text for each in reference.iter(f"{C}pt")}
            places = expand(reference.find(f"{C}f").text)
            assert {i: cells[place] for i, place in enumerate(places) if place in cells} == wanted
            assert len(places) == int(reference.find(f".//{C}ptCount").get("val"))


def expand(reference: str) -> list[str]:
    """`Sheet1!$B$2:$B$4` as the names of its cells."""
    found = re.fullmatch(r"Sheet1!\$([A-Z]+)\$(\d+)(?::\$\1\$(\d+))?", reference)
    assert found
    return [f"{found[1]}{row}" for row in range(int(found[2]), int(found[3] or found[2]) + 1)]


def read_workbook(data: bytes) -> dict[str, str]:
    """The cells of the only sheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        strings: Any = etree.fromstring(archive.read("xl/sharedStrings.xml"))
        sheet: Any = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    words = ["".join(each.itertext()) for each in strings]
    return {
        each.get("r"): words[int(each[0].text)] if each.get("t") == "s" else each[0].text
        for each in sheet.iterfind(".//s:c", SHEET)
    }


def test_python_pptx_can_change_the_numbers(four: Deck) -> None:
    deck = Presentation(io.BytesIO(four.data))
    (frame,) = [shape for shape in deck.slides[2].shapes if shape.has_chart]
    assert frame.chart.chart_type == XL_CHART_TYPE.BAR_CLUSTERED
    assert frame.chart.part.chart_workbook.xlsx_part is not None


def test_every_chart_has_its_message_and_every_run_a_language(four: Deck) -> None:
    for one in four.own:
        assert all(find(one, ".//p:graphicFrame//p:cNvPr/@descr"))
    for chart in parts(four):
        assert all(run.get("lang") for run in chart.iter(f"{A}rPr", f"{A}endParaRPr"))
        assert chart.find(f"{C}lang").get("val") == "en-GB"


def test_a_title_is_not_drawn_twice(tmp_path: Path) -> None:
    text = TEXT.replace("## Falls", "## Where  *patients* fall").replace("## Places", "## Others")
    text = text.replace("::: chart column", "::: chart column  Where patients FALL")
    bars, columns, _, pie = parts(made(tmp_path, html(text)))
    drawn = [each.find(f"{C}chart/{C}title") is not None for each in (bars, columns, pie)]
    assert drawn == [True, False, True]
    assert columns.find(f"{C}chart/{C}autoTitleDeleted").get("val") == "1"


def test_the_notes_tell_the_message_in_both_languages(tmp_path: Path) -> None:
    asked = order(tmp_path, html(), language="he")
    turned = Deck(make(replace(asked, html=asked.html.replace('dir="ltr"', 'dir="rtl"'))).data)
    notes = etree.fromstring(turned.entries["ppt/notesSlides/notesSlide1.xml"])
    told = {run.findtext(f"{A}t"): run.find(f"{A}rPr").get("lang") for run in notes.iter(f"{A}r")}
    assert told["Chart:"] == "en-GB"
    assert told[" Morphine relieved pain in twice as many patients as placebo."] == "he"


def test_words_are_no_smaller_than_the_floor(four: Deck) -> None:
    sizes = [int(each) for chart in parts(four) for each in chart.xpath("//@sz")]
    assert sizes
    assert min(sizes) >= 1400


def test_words_are_smaller_where_many_names_need_room(tmp_path: Path) -> None:
    for count, size in ((3, 2000), (12, 1400)):
        rows = "\n".join(f"| Ward {number} | {number} |" for number in range(count))
        table = f"| Ward | Falls per month |\n|---|---|\n{rows}"
        text = f"## Falls\n\n::: chart bar\nMessage: It differs.\n\n{table}\n:::\n"
        (bars,) = parts(made(tmp_path, html(text)))
        assert {int(each) for each in bars.xpath("//@sz")} == {size}
        assert bars.find(f".//{C}tickLblSkip").get("val") == "1"


def test_lines_differ_by_more_than_their_colour(four: Deck) -> None:
    line = parts(four)[2]
    for query in (f"{A}prstDash", f"{C}symbol"):
        looks = [each.get("val") for each in line.iter(query)]
        assert len(set(looks)) == len(looks) == 2


def test_colours_come_from_the_scheme(four: Deck) -> None:
    assert not [chart for chart in parts(four) if chart.find(f".//{A}srgbClr") is not None]


@pytest.mark.parametrize("ground", ["FFFFFF", "101820", "E4F0F2"])
def test_colours_stand_out_from_the_ground(ground: str) -> None:
    pale = {f"accent{number}": "FFE699" if number % 2 else "203864" for number in range(1, 7)}
    colours = Colours({**pale, "dk1": "000000"}, {"tx1": "dk1"})
    found = paints_on(ground, colours)
    for _ in range(14):
        paint = etree.fromstring(f'<x xmlns:a="{A[1:-1]}">{next(found)}</x>')[0]
        assert contrast(colours.digits(paint), ground) >= 3


def test_a_chart_in_another_direction(tmp_path: Path) -> None:
    arabic = TEXT.replace("Relief after <one> hour", "تخفيف الألم")
    asked = order(tmp_path, html(arabic), language="ar")
    turned = replace(asked, html=asked.html.replace('dir="ltr"', 'dir="rtl"'))
    bars, columns, *_ = parts(Deck(make(turned).data))
    title = bars.find(f".//{C}title")
    assert title.find(f".//{A}pPr").get("rtl") == "1"
    assert title.find(f".//{A}rPr").get("lang") == "ar"
    assert [each.get("val") for each in columns.iter(f"{C}orientation")] == ["maxMin", "minMax"]


def test_the_same_bytes_in_another_zone(four: Deck, tmp_path: Path) -> None:
    code = (
        "import hashlib, pathlib, sys; from tests.unit.decks import made; "
        "from tests.unit.test_deck_charts import html; "
        "print(hashlib.sha256(made(pathlib.Path(sys.argv[1]), html()).data).hexdigest())"
    )
    environment = os.environ | {
        "TZ": "Pacific/Kiritimati",
        "PYTHONHASHSEED": "7",
        "LC_ALL": "tr_TR.UTF-8",
    }
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == hashlib.sha256(four.data).hexdigest(), done.stderr


def test_columns_are_lettered_as_in_a_workbook() -> None:
    assert [column(number) for number in (0, 25, 26, 51, 52, 701, 702)] == [
        *("A", "Z", "AA", "AZ", "BA", "ZZ", "AAA")
    ]
