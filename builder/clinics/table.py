"""A CSV file of many clinics, as spreadsheets write them; a bad row costs no other row."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from builder.clinics.records import ClinicFile
from builder.fields import nearest
from builder.problems import Place, Problem, Problems, Rejected

ID = "clinic"
"""The column that names the clinic."""
COLUMNS = (ID, *ClinicFile.model_fields)
NEEDED = (ID, *(name for name, each in ClinicFile.model_fields.items() if each.is_required()))
DELIMITERS = {",": "a comma", ";": "a semicolon", "\t": "a tab"}
"""What stands between cells: the semicolon where the comma is the decimal sign."""
MOST_LINES = 60
"""Lines of one row; a quotation mark that is never closed must not swallow the rest."""


@dataclass(frozen=True, slots=True)
class Row:
    """One clinic of a table."""

    line: int
    """The first line of the row."""
    id: str
    """Empty where the row does not say it."""
    values: dict[str, str]
    """What its cells hold, by field; empty cells are left out."""
    problem: Problem | None = None
    """Why its cells cannot be told apart."""


def read_table(text: str, label: str, problems: Problems) -> tuple[Row, ...]:
    """The clinics of a table whose first row names the fields.

    Args:
        text: the CSV file.
        label: its name in messages.
        problems: gets what is wrong with the header.

    Raises:
        Rejected: it is empty, or its header lacks or doubles a column.
    """
    delimiter = _delimiter(text)
    rows = [row for row in _rows(text, delimiter) if row[1] != []]
    if not rows:
        raise Rejected(Problem("file-empty", "The file is empty.", Place(label)))
    place = Place(label, rows[0][0])
    head = rows[0][1]
    if isinstance(head, str):
        raise Rejected(_unreadable(head, place, delimiter))
    columns = [cell.casefold().replace(" ", "_").replace("-", "_") for cell in head]
    _check_columns(columns, place, problems)
    return tuple(_row(Place(label, line), columns, cells, delimiter) for line, cells in rows[1:])


def _delimiter(text: str) -> str:
    """What the header's cells are parted by."""
    found = Counter(text.lstrip().partition("\n")[0])
    return max(DELIMITERS, key=lambda each: found[each])


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """The first line of each row, and its cells or why they cannot be read.

    After an unreadable row the next line is tried: only the rows that are wrong are lost.
    """
    lines = [f"{line}\n" for line in text.split("\n")]
    at = 0
    while at < len(lines):
        reader = csv.reader(
            iter(lines[at : at + MOST_LINES]), delimiter=delimiter, strict=True,
            skipinitialspace=True,
        )  # fmt: skip
        try:
            cells = [cell.strip() for cell in next(reader)]
        except csv.Error as error:
            yield at + 1, str(error)
            at += 1
            continue
        while cells and not cells[-1]:  # spreadsheets fill rows up to their longest
            cells.pop()
        yield at + 1, cells
        at += reader.line_num


def _check_columns(columns: list[str], place: Place, problems: Problems) -> None:
    twice = [name for name, count in Counter(filter(None, columns)).items() if count > 1]
    wrong = [
        *(Problem("key-twice", f"There are two columns “{name}”.", place) for name in twice),
        *(_missing(name, columns, place) for name in NEEDED if name not in columns),
    ]
    if wrong:
        raise Rejected(*wrong)
    for number, name in enumerate(columns, start=1):
        if name not in COLUMNS:
            what = f"There is no field “{name}”" if name else "No field is named"
            hint = nearest(name, COLUMNS) or f"Known here: {', '.join(COLUMNS)}."
            problems.add("key-unknown", f"{what} in column {number}; it is not read.", place, hint)


def _missing(name: str, columns: list[str], place: Place) -> Problem:
    near = nearest(name, (each for each in columns if each not in COLUMNS))
    hint = near.replace("Did you mean", "Is it").replace("?", ", misspelt?")
    message = f"The column “{name}” is missing."
    return Problem("field-missing", message, place, hint or "The first row names the fields.")


def _row(place: Place, columns: list[str], cells: list[str] | str, delimiter: str) -> Row:
    line = place.line or 1
    if isinstance(cells, str):
        return Row(line, "", {}, _unreadable(cells, place, delimiter))
    values = {name: cell for name, cell in zip(columns, cells, strict=False) if cell}
    identity = values.pop(ID, "")
    if len(cells) > len(columns):
        message = f"The row has {len(cells)} cells; the first row has {len(columns)}."
        hint = f"Put a text that holds {DELIMITERS[delimiter]} in quotation marks."
        return Row(line, identity, values, Problem("clinic-row", message, place, hint))
    return Row(line, identity, {name: cell for name, cell in values.items() if name in COLUMNS})


def _unreadable(why: str, place: Place, delimiter: str) -> Problem:
    message = f"The row cannot be read: {why}."
    hint = (
        f"Put a text that holds {DELIMITERS[delimiter]}, a line's end or a quotation mark in "
        "quotation marks, and double those inside it."
    )
    return Problem("clinic-row", message, place, hint)
