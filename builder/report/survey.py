"""What a theme makes of its master deck, in words and tables."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from builder.report.terminal import console, is_terminal, put
from builder.report.words import print_problems, print_summary

if TYPE_CHECKING:
    from builder.checks.survey import Legibility, Survey


def print_survey(found: Survey, specimen: str) -> None:
    """What a theme makes of its master deck; `specimen` is the file written, or empty."""
    wide, high = found.size
    if found.master:
        put(f"{found.theme}: {found.master}, slides of {wide:.2f} × {high:.2f} in\n")
    _print_table(("Role", "Layout", "Why", "Lacking, and what is done instead"), _roles(found))
    heads = ("Contrast on", "Title", "Text", "Footer", "Lacking, and what is done instead")
    _print_table(heads, _contrasts(found))
    fonts = ((font.family or "the theme's own", _measured(font.file)) for font in found.fonts)
    _print_table(("Font", "Measured with"), fonts)
    for note in found.notes:
        put(f"note: {note}")
    print_problems(found.problems)
    print_summary(f"Wrote {specimen}." if specimen else "No specimen deck.", found.problems)


def _measured(file: str) -> str:
    return file or "no file: measured wide; [[fonts.metrics]] can name one"


def _roles(found: Survey) -> Iterator[tuple[str, ...]]:
    """A row for each layout; roles that look alike share one."""
    rows: dict[tuple[str, ...], list[str]] = {}
    for each in found.roles:
        rows.setdefault((each.layout, each.reason, each.instead), []).append(each.role)
    yield from ((", ".join(roles), *row) for row, roles in rows.items())


def _contrasts(found: Survey) -> Iterator[tuple[str, ...]]:
    """A row for each layout: how many to 1 its words have, and what is wrong with them."""
    layouts: dict[str, list[Legibility]] = {}
    for each in found.legibility:
        layouts.setdefault(each.layout, []).append(each)
    for layout, words in layouts.items():
        known = {each.what: "?" if each.ratio is None else f"{each.ratio:.1f}" for each in words}
        told = "; ".join(filter(None, map(_wanting, words)))
        yield layout, *(known.get(what, "") for what in ("title", "text", "footer")), told


def _wanting(each: Legibility) -> str:
    """What words lack, and what is done; nothing where they can be read."""
    if each.instead:
        enough = each.ratio is None or each.ratio >= each.needed
        lacks = "" if enough else f"{each.needed:g} needed, "
        return f"{each.what}: {lacks}{each.instead}"
    if each.low:
        return f"{each.what}: {each.needed:g} needed"
    return f"{each.what}: a picture is behind it" if each.ratio is None else ""


def _print_table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    if not table.row_count:
        return
    if is_terminal():
        console().print(table)
    else:
        wide = Console(file=io.StringIO(), width=240, highlight=False, emoji=False, markup=False)
        with wide.capture() as printed:
            wide.print(table)
        for line in printed.get().splitlines():
            put(line.rstrip())
    put()
