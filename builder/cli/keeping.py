"""The commands that keep the cache: what it holds, and making it smaller."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.cli.options import PROJECT, days_in, formats, or_stop, project_at

if TYPE_CHECKING:
    from builder.build.cache import Cache
    from builder.build.cache.upkeep import Holding

CACHE = click.option(
    "--cache",
    "address",
    metavar="ADDRESS",
    help="A folder, or an address as in s3://bucket/folder. Default: the settings'.",
)
ROW = "{:<10}{:>9}{:>12}  {:<12}{}"
UNITS = ("B", "kB", "MB", "GB")


@click.group(short_help="Keep the cache that builds share.")
def cache() -> None:
    """Keep the cache that builds share: look what it holds, or make it smaller.

    Whoever may write to a cache decides what is published. Let only those write whose builds you
    would publish; others may read.
    """


@cache.command(short_help="Show what the cache holds.")
@CACHE
@PROJECT
@formats("text", "json")
def info(address: str | None, project: Path, format_: str) -> None:
    """Show what the cache holds: entries and bytes, and the days of their last uses.

    In a folder, a use is a reading or a writing; elsewhere it is a writing.
    """
    from builder.build.cache.upkeep import info as holdings

    asked = _asked(project, address)
    rows = or_stop(lambda: holdings(asked))
    if format_ == "json":
        from dataclasses import asdict

        from builder import report

        report.print_json([asdict(row) for row in rows])
        return
    click.echo(ROW.format("Room", "Entries", "Size", "Oldest use", "Newest use"))
    for row in rows:
        days = (str(day or "-") for day in (row.oldest, row.newest))
        click.echo(ROW.format(row.room, row.entries, _size(row.bytes), *days))


@cache.command(short_help="Remove what has not been used for long.")
@click.option(
    "--older-than",
    required=True,
    metavar="TIME",
    help="How long ago the last use must be: 30d, 12w, 6m or 2y.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be removed.")
@CACHE
@PROJECT
def prune(older_than: str, dry_run: bool, address: str | None, project: Path) -> None:
    """Remove entries whose last use is longer ago than TIME, and say how many.

    In a folder, a use is a reading or a writing; elsewhere it is a writing. Only entries of the
    cache are removed, whatever else lies beside them. Builds may go on meanwhile.
    """
    from builder.build.cache.upkeep import prune as remove_old
    from builder.workspace import today

    days = _days(older_than)
    asked = _asked(project, address)
    rows = or_stop(lambda: remove_old(asked, days, today(None, {}), dry_run))
    _print_removed(rows, "would be removed" if dry_run else "removed")


def _asked(project: Path, address: str | None) -> Cache:
    """The cache that is named on the command line, else in the settings."""
    from builder.build.cache import open_cache

    folder, settings = project_at(project, None, needs_sources=False)
    named = address or settings.cache
    if not named:
        hint = "Name it with --cache, or as `cache` in leafdeck.toml."
        raise click.UsageError(f"No cache is named. {hint}")
    opened: Cache = or_stop(lambda: open_cache(named, folder.root))
    return opened


def _days(older_than: str) -> int:
    try:
        return days_in(older_than)
    except click.UsageError:
        message = f"--older-than {older_than} is not a length of time; write 30d, 12w, 6m or 2y."
        raise click.UsageError(message) from None


def _print_removed(rows: Sequence[Holding], done: str) -> None:
    for row in rows:
        if row.entries:
            used = f", last used {row.oldest} to {row.newest}"
            click.echo(f"{row.room}: {_entries(row.entries)}, {_size(row.bytes)}{used}")
    entries = sum(row.entries for row in rows)
    click.echo(f"{_entries(entries)} {done}, {_size(sum(row.bytes for row in rows))}.")


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number} entries"


def _size(number: float) -> str:
    """A number of bytes as people read it."""
    for unit in UNITS[:-1]:
        if number < 1000:
            return f"{number:.0f} {unit}" if unit == "B" else f"{number:.1f} {unit}"
        number /= 1000
    return f"{number:.1f} {UNITS[-1]}"


COMMANDS = (cache,)
