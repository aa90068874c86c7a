"""Telephone numbers that are unlike the others of their table: they were damaged on the way.

A spreadsheet that takes a telephone number for a number drops the 0 that it begins with.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from builder.clinics.entries import Entry

MOST = 0.8
"""The share of a table's other numbers that must be alike for one to be odd."""
FEWEST = 3
"""So many others are needed to tell."""
SHORTEST = 7
"""Digits; shorter ones, as 111, are dialled as they are."""


def check_phones(entries: Iterable[Entry]) -> None:
    """Add a warning to each clinic whose number is unlike the others of its file."""
    files: dict[str, list[tuple[Entry, str]]] = defaultdict(list)
    for entry in entries:
        phone = (entry.values or {}).get("phone")
        if isinstance(phone, str) and _digits(phone) >= SHORTEST:
            files[entry.place(()).path].append((entry, phone.strip()))
    for rows in files.values():
        _check_file(rows)


def _check_file(rows: list[tuple[Entry, str]]) -> None:
    if len(rows) <= FEWEST:
        return
    firsts = Counter(_begins(phone) for _, phone in rows)
    lengths = Counter(_digits(phone) for _, phone in rows)
    length, alike = lengths.most_common(1)[0]
    for entry, phone in rows:
        others = len(rows) - 1
        if not _begins(phone) and firsts[True] >= MOST * others:
            message = f"The number {phone} does not begin with 0 or +, as the others here do."
            hint = "Has a spreadsheet dropped its 0? Format the column as text and write it again."
        elif phone.isdecimal() and _digits(phone) != length and alike >= MOST * others:
            message = f"The number {phone} has {_digits(phone)} digits; the others have {length}."
            hint = "Compare it with the clinic's own."
        else:
            continue
        entry.problems.add("phone-odd", message, entry.place(("phone",)), hint)


def _begins(phone: str) -> bool:
    """Whether a number begins as one that is dialled from elsewhere does."""
    return phone.lstrip("( ").startswith(("0", "+"))


def _digits(phone: str) -> int:
    return sum(each.isdecimal() for each in phone)
