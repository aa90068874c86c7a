"""Problems, builds and verdicts -> words on a terminal, or JSON."""

from __future__ import annotations

import contextlib
import datetime
import io
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from builder.build.make import Result
from builder.build.plan import Job
from builder.build.run import Outcome
from builder.checks.code import CodeVerdict
from builder.checks.code import Text as CodeText
from builder.checks.due import Due
from builder.checks.verify import Verdict
from builder.module.short_code import id_in
from builder.module.stamp import Stamp
from builder.problems import Problem, Severity

if TYPE_CHECKING:  # it imports what writes decks, which no other command waits for
    from builder.checks.survey import Legibility, Survey

KEEP = "Name papers and clinics in leafdeck.toml to keep what was asked for on the command line."
COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def _console(error: bool = False) -> Console:
    """Plain where it is not a terminal: no colour, no folding of long lines."""
    stream = sys.stderr if error else sys.stdout
    return Console(file=stream, soft_wrap=True, highlight=False, emoji=False, markup=False)


def print_problems(problems: Iterable[Problem]) -> None:
    """Each problem on a line of its own that an editor can jump to, its hint below."""
    console = _console(error=True)
    for problem in problems:
        line = Text(f"{problem.place}: " if problem.place.path else "")
        line.append(problem.severity, COLOURS[problem.severity])
        line.append(f" [{problem.code}] {problem.message}")
        console.print(line)
        if problem.hint:
            console.print(Text(f"    {problem.hint}", "dim"))


def print_summary(words: str, problems: Iterable[Problem]) -> None:
    """One closing line: what was done, and how many problems there were."""
    found = Counter(problem.severity for problem in problems)
    counts = [_count(found[each], each) for each in (Severity.ERROR, Severity.WARNING)]
    if found[Severity.NOTE]:
        counts.append(_count(found[Severity.NOTE], "note"))
    _console().print(f"{words} {', '.join(counts)}.")


def print_outcome(outcome: Outcome, output: str) -> None:
    """What a build found and did; its notes are only counted, `check` lists them."""
    print_problems(each for each in outcome.problems if each.severity is not Severity.NOTE)
    for file in outcome.removed:
        _console().print(f"removed {output}/{file}")
    if outcome.unasked:
        _console().print(KEEP)
    kept = f"; {_count(outcome.unchanged, 'file')} unchanged" if outcome.unchanged else ""
    built = f"Built {_count(len(outcome.built), 'file')} in {output}/{kept}."
    print_summary(built, outcome.problems)


@contextlib.contextmanager
def progress(output: str, quiet: bool) -> Iterator[tuple[Callable[[int], None], Any]]:
    """A bar on a terminal, a line for each file elsewhere; two functions for `build` to call."""
    if quiet:
        yield (lambda total: None), (lambda job, result: None)
        return
    console = _console()
    if not console.is_terminal:
        yield (lambda total: None), (lambda job, result: _print_line(job, result, output))
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Building", total=None)

        def done(job: Job, result: Result) -> None:
            bar.update(task, advance=1, description=f"{job.module.name} {job.kind}")

        yield (lambda total: bar.update(task, total=total)), done


def _print_line(job: Job, result: Result, output: str) -> None:
    if result.unchanged:
        return
    if result.data is None:
        print(f"failed {output}/{job.target}", flush=True)
    else:
        print(f"made {output}/{job.target}", flush=True)


def print_json(values: Any) -> None:
    """Any of our answers as JSON."""
    print(json.dumps(values, ensure_ascii=False, indent=2, default=str))


def problem_values(problem: Problem) -> dict[str, Any]:
    """A problem as plain values."""
    return {
        "code": problem.code,
        "severity": problem.severity,
        "file": problem.place.path,
        "line": problem.place.line,
        "column": problem.place.column,
        "message": problem.message,
        "hint": problem.hint,
    }


def outcome_values(outcome: Outcome) -> dict[str, Any]:
    """A build's outcome as plain values."""
    return {
        "built": outcome.built,
        "unchanged": outcome.unchanged,
        "removed": outcome.removed,
        "problems": [problem_values(problem) for problem in outcome.problems],
    }


def verdict_values(file: str, verdict: Verdict) -> dict[str, Any]:
    """A verdict as plain values."""
    stamp = json.loads(verdict.stamp.to_json()) if verdict.stamp else None
    return {
        "file": file,
        "good": verdict.good,
        "reasons": verdict.reasons,
        "kind": verdict.kind,
        "status": verdict.status,
        "untouched": verdict.untouched,
        "sources": verdict.sources,
        "clinic": verdict.clinic,
        "stamp": stamp,
    }


def print_verdict(file: str, verdict: Verdict) -> None:
    """What a file found in the wild is worth, in words."""
    console = _console()
    stamp = verdict.stamp
    if stamp is None:
        console.print(Text(f"{file}: no Leafdeck stamp found", "bold red"))
        console.print("    It was not made by Leafdeck, or its stamp was removed.")
        return
    console.print(Text(f"{file}: ").append(_mark(verdict)))
    touched = "no" if verdict.untouched else "yes, or saved again by another program"
    for label, value in (
        ("Module", f"{stamp.module}, {stamp.title}"),
        ("Version", f"{stamp.version} ({verdict.kind}, {stamp.language})"),
        *([("Clinic", verdict.clinic)] if verdict.clinic else []),
        ("Published", stamp.published),
        ("Expires", stamp.expires),
        ("Status today", verdict.status),
        ("Sources", verdict.sources),
        ("Edited", touched),
    ):
        console.print(f"    {label + ':':<14}{value}")
    for at, sentence in enumerate(stamp.declaration):
        console.print(f"    {'' if at else 'Interests:':<14}{sentence}")


def print_code(code: str, verdict: CodeVerdict) -> None:
    """What a code copied by hand stands for, in words."""
    console = _console()
    colour = "bold green" if verdict.good else "bold red"
    status = verdict.status
    more = "" if status is None or status.holds else f", and {status}"
    version = f", version {verdict.version}" if verdict.text is CodeText.OLDER else ""
    console.print(Text(f"{code}: ").append(f"{verdict.text}{version}{more}", colour))
    for stamp in verdict.stamps:
        language = f"{stamp.artifact}, {stamp.language}"
        console.print(f"    {stamp.short_code}  {stamp.title} ({language}), {_until(stamp)}")
    if not verdict.stamps:
        known = f"No module {id_in(code)} is among the sources in this project"
        console.print(f"    {known}; name another with --project.")
        console.print("    A code looks like PAIN-01-7K3F. Was it copied as it is printed?")


def _until(stamp: Stamp) -> str:
    return f"version {stamp.version}, {stamp.status}, expires {stamp.expires}"


def code_values(code: str, verdict: CodeVerdict) -> dict[str, Any]:
    """What a code stands for, as plain values."""
    return {
        "code": code,
        "good": verdict.good,
        "text": verdict.text,
        "version": verdict.version,
        "status": verdict.status,
        "stamps": [json.loads(stamp.to_json()) for stamp in verdict.stamps],
    }


def _mark(verdict: Verdict) -> Text:
    """The verdict in a word, and why. A copy that is only changed must be compared, not thrown."""
    if verdict.good:
        return Text("good", "bold green")
    edited = verdict.shown and not verdict.untouched and len(verdict.reasons) == 1
    word = "compare with the original" if edited else "do not use"
    return Text(f"{word}: {'; '.join(verdict.reasons)}", "bold yellow" if edited else "bold red")


def print_due(rows: Iterable[Due]) -> None:
    """What expires when, as a table."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("Expires", "Days", "Review", "Status", "Module", "Version", "Owner", "Title"):
        table.add_column(heading, overflow="fold", justify="right" if heading == "Days" else "left")
    for row in rows:
        days = row.days if row.days >= 0 else f"{-row.days} ago"
        review = (row.expires, days, row.review_due)
        cells = (*review, row.status, row.module, row.version, row.owner, row.title)
        table.add_row(*(str(cell) for cell in cells))
    console = _console()
    if not console.is_terminal:
        console = Console(file=sys.stdout, width=200, highlight=False, emoji=False, markup=False)
    console.print(table if table.row_count else "Nothing is due.")


def due_values(rows: Iterable[Due]) -> list[dict[str, Any]]:
    """What expires when, as plain values."""
    return [asdict(row) for row in rows]


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


def print_survey(found: Survey, specimen: str) -> None:
    """What a theme makes of its master deck; `specimen` is the file written, or empty."""
    console = _console()
    wide, high = found.size
    if found.master:
        console.print(f"{found.theme}: {found.master}, slides of {wide:.2f} × {high:.2f} in\n")
    _print_table(("Role", "Layout", "Why", "Lacking, and what is done instead"), _roles(found))
    heads = ("Contrast on", "Title", "Text", "Footer", "Lacking, and what is done instead")
    _print_table(heads, _contrasts(found))
    fonts = ((font.family or "the theme's own", _measured(font.file)) for font in found.fonts)
    _print_table(("Font", "Measured with"), fonts)
    for note in found.notes:
        console.print(f"note: {note}")
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
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    if not table.row_count:
        return
    console = _console()
    if console.is_terminal:
        console.print(table)
    else:
        plain = Console(file=io.StringIO(), width=240, highlight=False, emoji=False, markup=False)
        with plain.capture() as printed:
            plain.print(table)
        print("\n".join(line.rstrip() for line in printed.get().splitlines()))
    console.print()


def survey_values(found: Survey, specimen: str) -> dict[str, Any]:
    """What a theme makes of its master deck, as plain values."""
    return {
        "theme": found.theme,
        "master": found.master,
        "size": found.size,
        "roles": [asdict(each) for each in found.roles],
        "contrast": [{**asdict(each), "low": each.low} for each in found.legibility],
        "fonts": [asdict(each) for each in found.fonts],
        "notes": found.notes,
        "problems": [problem_values(problem) for problem in found.problems],
        "specimen": specimen or None,
    }


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
