"""What the files in `clinics/` say, before anybody asks whether it makes sense."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from builder.clinics.table import read_table
from builder.fields import Path
from builder.module.yaml_text import place_of, read_yaml
from builder.problems import Place, Problem, Problems, Rejected
from builder.workspace import Folder

UNREAD = frozenset((".yml", ".json", ".toml", ".tsv", ".txt", ".ods", ".xls", ".xlsx", ".numbers"))
"""What the name of a file ends with that was probably meant to be read."""


@dataclass(slots=True)
class Entry:
    """One clinic as it was written down."""

    id: str
    values: dict[str, Any] | None
    """By field; None where they cannot be read."""
    place: Callable[[Path], Place]
    """Where the value stands that a path leads to."""
    problems: Problems = field(default_factory=Problems)
    """What is wrong with this clinic alone."""


def entries_in(folder: Folder, problems: Problems) -> Iterator[Entry]:
    """Every clinic of a folder: YAML files first, then the rows of CSV files.

    Args:
        folder: `clinics/` of a project; it need not be there.
        problems: gets what is wrong with whole files.
    """
    names = folder.files()
    for name in names:
        if _suffix(name) == ".yaml":
            yield _from_yaml(folder, name)
    for name in names:
        if _suffix(name) == ".csv":
            yield from _from_table(folder, name, problems)
        elif _suffix(name) in UNREAD:
            hint = "Clinics are read from files that end with .yaml or .csv."
            place = Place(folder.label(name))
            problems.add("file-unused", f"{name} is not read.", place, hint)


def _from_yaml(folder: Folder, name: str) -> Entry:
    label = folder.label(name)
    entry = Entry(PurePosixPath(name).stem, None, lambda path: Place(label))
    try:
        text = folder.text(name)
        if not text.strip():
            raise Rejected(Problem("file-empty", "The file is empty.", Place(label)))
        entry.values, positions = read_yaml(text, label, entry.problems)
        entry.place = partial(place_of, label, positions)
    except Rejected as rejected:
        entry.problems.extend(rejected.problems)
    return entry


def _from_table(folder: Folder, name: str, problems: Problems) -> Iterator[Entry]:
    label = folder.label(name)
    try:
        table = read_table(folder.text(name), label, problems)
    except Rejected as rejected:
        problems.extend(rejected.problems)
        return
    for row in table:
        found = () if row.problem is None else (row.problem,)
        place = Place(label, row.line)
        values = row.values if row.problem is None else None
        yield Entry(row.id, values, lambda path, place=place: place, Problems(found))  # type: ignore[misc]


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()
