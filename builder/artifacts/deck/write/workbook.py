"""The numbers of a chart as a workbook, which PowerPoint opens for “Edit data”.

Written by hand, as small as Excel takes it: no dates, no names of programs, the same bytes always
(ECMA-376 part 1, 18).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from builder.artifacts.deck.archive import RELATIONS, TYPES, packed
from builder.artifacts.deck.records import Chart
from builder.artifacts.deck.write.drawing import quoted

SHEET = "Sheet1"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
OWN_FORMAT = 164
"""The first number of a format that is not built in (18.8.30)."""
PADDING = 3
WIDEST = 60
"""Columns are as wide as their longest words and this many characters more, up to so many."""


def workbook(chart: Chart) -> bytes:
    """A workbook of one sheet: categories in the first column, a series in each further one."""
    head = [chart.category_axis, *(series.name for series in chart.series)]
    texts = list(dict.fromkeys([*head, *chart.categories]))
    entries = {
        TYPES: _types(),
        RELATIONS: _relations((f"{OFFICE}/officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            f'<sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _relations(
            (f"{OFFICE}/worksheet", "worksheets/sheet1.xml"),
            (f"{OFFICE}/styles", "styles.xml"),
            (f"{OFFICE}/sharedStrings", "sharedStrings.xml"),
        ),
        "xl/sharedStrings.xml": _strings(texts),
        "xl/styles.xml": _styles(chart.number_format),
        "xl/worksheets/sheet1.xml": _sheet(chart, head, texts),
    }
    return packed({name: (HEAD + xml).encode() for name, xml in entries.items()})


def column(number: int) -> str:
    """The letters of a column, counted from 0."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def decimal(value: float) -> str:
    """A number as a file holds it, without an exponent where it can be helped."""
    return str(int(value)) if value == int(value) else repr(value)


def _types() -> str:
    parts = {
        "workbook": "sheet.main",
        "worksheets/sheet1": "worksheet",
        "styles": "styles",
        "sharedStrings": "sharedStrings",
    }
    listed = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{KIND}.{kind}+xml"/>'
        for name, kind in parts.items()
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{relations}"/>{listed}</Types>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def _styles(number_format: str) -> str:
    own = 'fontId="0" fillId="0" borderId="0"'
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="{OWN_FORMAT}" '
        f'formatCode="{quoted(number_format)}"/></numFmts>'
        '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border>'
        "<left/><right/><top/><bottom/><diagonal/></border></borders>"
        f'<cellStyleXfs count="1"><xf numFmtId="0" {own}/></cellStyleXfs>'
        f'<cellXfs count="2"><xf numFmtId="0" {own} xfId="0"/>'
        f'<xf numFmtId="{OWN_FORMAT}" {own} xfId="0" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def _strings(texts: Sequence[str]) -> str:
    listed = "".join(f'<si><t xml:space="preserve">{quoted(text)}</t></si>' for text in texts)
    return f'<sst xmlns="{MAIN}" uniqueCount="{len(texts)}">{listed}</sst>'


def _sheet(chart: Chart, head: Sequence[str], texts: Sequence[str]) -> str:
    places = {text: number for number, text in enumerate(texts)}
    columns = [series.values for series in chart.series]
    widths = [max(map(len, chart.categories), default=0), *(0 for _ in columns)]
    sizes = "".join(
        f'<col min="{number}" max="{number}" customWidth="1" '
        f'width="{min(max(width, len(name)), WIDEST) + PADDING}"/>'
        for number, (width, name) in enumerate(zip(widths, head, strict=True), 1)
    )
    last = f"{column(len(columns))}{len(chart.categories) + 1}"
    rows = "".join(
        f'<row r="{number}">{"".join(_cells(number, cells, places))}</row>'
        for number, cells in enumerate(
            [head, *map(list, zip(chart.categories, *columns, strict=True))], 1
        )
    )
    return (
        f'<worksheet xmlns="{MAIN}"><dimension ref="A1:{last}"/><cols>{sizes}</cols>'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )


def _cells(
    row: int, cells: Sequence[str | float | None], places: Mapping[str, int]
) -> Iterator[str]:
    for number, value in enumerate(cells):
        place = f"{column(number)}{row}"
        if isinstance(value, str):
            yield f'<c r="{place}" t="s"><v>{places[value]}</v></c>'
        elif value is not None:
            yield f'<c r="{place}" s="1"><v>{decimal(value)}</v></c>'
