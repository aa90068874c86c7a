"""What expires when -> a table, or a calendar."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from builder.report.terminal import console, is_terminal, put

if TYPE_CHECKING:
    from builder.checks.due import Due

_WIDE = 200
"""Columns of a table that no terminal shows."""


def print_due(rows: Iterable[Due]) -> None:
    """What expires when, as a table."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("Expires", "Days", "Review", "Status", "Module", "Version", "Owner", "Title"):
        table.add_column(heading, overflow="fold", justify="right" if heading == "Days" else "left")
    for row in rows:
        days = row.days if row.days >= 0 else f"{-row.days} ago"
        review = (row.expires, days, row.review_due)
        cells = (*review, row.status, row.module, row.version, row.owner, row.title)
        table.add_row(*(str(cell) for cell in cells))
    if not table.row_count:
        put("Nothing is due.")
    elif is_terminal():
        console().print(table)
    else:
        wide = Console(width=_WIDE, highlight=False, emoji=False, markup=False)
        wide.print(table)


def due_calendar(rows: Iterable[Due], day: datetime.date) -> str:
    """What expires when, as a calendar that programs subscribe to (RFC 5545), made on a day."""
    from icalendar import Calendar, Event

    made = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
    calendar = Calendar()
    calendar.add("prodid", "-//Leafdeck//due//EN")
    calendar.add("version", "2.0")
    for row in rows:
        event = Event()
        event.add("uid", f"{row.module}@leafdeck")
        event.add("dtstamp", made)
        event.add("dtstart", row.expires)
        event.add("summary", f"{row.module} expires: {row.title}")
        event.add("description", f"Version {row.version}. Owner: {row.owner}.")
        calendar.add_component(event)
    text: bytes = calendar.to_ical()
    return text.decode()
