"""The commands that look: at sources, at files in the wild, at what expires, at a theme."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.cli.options import (
    PRINT,
    PROJECT,
    THEME,
    TODAY,
    below_repository,
    day_of,
    days_in,
    formats,
    known_modules,
    or_stop,
    project_at,
)

if TYPE_CHECKING:
    from builder.problems import Problem

NEEDED = ("builder.build.knowing.rehearsal", "builder.artifacts.deck")
"""What every worker that checks needs; few leaflets are laid out for it."""
CODE = "Is it a short code? One looks like PAIN-01-7K3F: the module's id and four signs more."


@click.command(short_help="List what is wrong; write nothing.")
@click.argument("modules", nargs=-1)
@PROJECT
@TODAY
@THEME
@PRINT
@formats("text", "json", "sarif", "github")
def check(
    modules: tuple[str, ...],
    project: Path,
    today: str | None,
    theme: str | None,
    papers: tuple[str, ...],
    format_: str,
) -> None:
    """List everything that is wrong with the sources and the theme; write nothing.

    Notes follow: where the text of a slide is shrunk, or continues on further slides. Clinics are
    always looked at, all of them. With --print it is told too what does not fit that paper.
    """
    from builder import report
    from builder.build.executors import available, pool
    from builder.build.requests import Request
    from builder.build.run import check as run_check
    from builder.module.library import module_names

    folder, settings = project_at(project, theme)
    settings = settings.asking_for(papers=papers)
    names = known_modules(folder, modules)
    request = Request(
        *(folder, settings, day_of(today), project / "output", names),
        executor=partial(pool, available(), NEEDED),
    )
    problems = or_stop(lambda: run_check(request))
    count = len(names or module_names(folder))
    report.print_check(format_, count, problems, below_repository(project))
    raise SystemExit(1 if any(problem.severity == "error" for problem in problems) else 0)


@click.command(short_help="Say what any deck, leaflet or page is worth.")
@click.argument("files", nargs=-1, required=True, metavar="FILE|CODE...")
@PROJECT
@TODAY
@formats("text", "json")
def verify(files: tuple[str, ...], project: Path, today: str | None, format_: str) -> None:
    """Say what any deck, leaflet or page is worth: which module, until when, edited or not.

    Each FILE may come from anywhere. Where its sources are in the project, it is held against
    them. A CODE is one that a leaflet shows, as in PAIN-01-7K3F. The exit code is 0 only where
    every file and text still holds and no file was edited.
    """
    from builder import report
    from builder.build.publishing.manifest import read_manifest
    from builder.checks.code import verify_code
    from builder.checks.verify import verify as verify_data
    from builder.clinics import known_clinics
    from builder.module.library import read_library
    from builder.module.short_code import is_code
    from builder.problems import Problems, Rejected
    from builder.workspace import read_any

    folder, settings = project_at(project, None, needs_sources=False)
    day, library = day_of(today), or_stop(lambda: read_library(folder))
    clinics = or_stop(lambda: known_clinics(folder))
    answers, codes, problems = [], [], Problems()
    for name in files:
        if is_code(name) and not Path(name).exists():
            published = read_manifest(project / "output").versions
            codes.append((name, verify_code(name, library, published, settings.rules, day)))
            continue
        try:
            data = read_any(Path(name))
        except Rejected as rejected:
            problems.extend(_or_code(each) for each in rejected.problems)
        else:
            answers.append((name, verify_data(data, library, settings.rules, day, clinics)))
    if format_ == "json":
        values = [report.verdict_values(name, verdict) for name, verdict in answers]
        values += [report.code_values(name, found) for name, found in codes]
        report.print_json(values)
    else:
        for name, verdict in answers:
            report.print_verdict(name, verdict)
        for name, found in codes:
            report.print_code(name, found)
    report.print_problems(problems)
    good = all(verdict.good for _, verdict in answers) and all(found.good for _, found in codes)
    raise SystemExit(0 if good and not problems else 1)


def _or_code(problem: Problem) -> Problem:
    """A file that is not there may be a code that was not copied in full."""
    return replace(problem, hint=CODE) if problem.code == "file-missing" else problem


@click.command(short_help="List what expires soon, with its owner.")
@click.option(
    "--within", default="90d", show_default=True, help="How far ahead: 90d, 12w, 6m or 2y."
)
@PROJECT
@TODAY
@formats("table", "json", "ics")
def due(within: str, project: Path, today: str | None, format_: str) -> None:
    """List what has expired or expires soon, with its owner.

    Drafts and withdrawn modules are left out: nobody relies on them.
    """
    from builder import report
    from builder.checks.due import due as due_rows
    from builder.module.library import read_library

    folder, settings = project_at(project, None)
    library = or_stop(lambda: read_library(folder))
    day = day_of(today)
    rows = due_rows(library.modules.values(), settings.rules, day, days_in(within))
    if format_ == "json":
        report.print_json(report.due_values(rows))
    elif format_ == "ics":
        click.echo(report.due_calendar(rows, day), nl=False)
    else:
        report.print_due(rows)


@click.group(short_help="Look at a theme.")
def theme() -> None:
    """Look at a theme: its own look, or an institution's template."""


@theme.command("check", short_help="Show what a theme makes of its master deck.")
@click.argument("name", required=False, metavar="[THEME]")
@PROJECT
@click.option(
    "--specimen",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to write the specimen deck. Default: output/theme-THEME.pptx in the project.",
)
@formats("text", "json")
def theme_check(name: str | None, project: Path, specimen: Path | None, format_: str) -> None:
    """Show what a theme makes of its master deck, and write a specimen deck to look at.

    For each role of a slide: the layout that serves it and why, what is lacking there and what is
    done instead. Then how well words can be read on their ground, how each font is measured, and
    what is wrong. THEME is the settings' theme where it is left out.
    """
    from builder import report
    from builder.checks.survey import survey
    from builder.theme import read_theme
    from builder.workspace import remove, write_atomic

    folder, settings = project_at(project, name, needs_sources=False)
    found = survey(or_stop(lambda: read_theme(folder, settings.theme)))
    target = specimen or project / "output" / f"theme-{settings.theme}.pptx"
    if found.specimen is None:
        or_stop(lambda: remove(target))  # an old one would be taken for the new
    else:
        data = found.specimen
        or_stop(lambda: write_atomic(target, data))
    shown = str(target) if found.specimen is not None else ""
    if format_ == "json":
        report.print_json(report.survey_values(found, shown))
    else:
        report.print_survey(found, shown)
    raise SystemExit(1 if any(problem.severity == "error" for problem in found.problems) else 0)


@click.command(short_help="Print the JSON Schema of module.yaml.")
@click.argument("of", type=click.Choice(("module", "translation", "manifest")), default="module")
def schema(of: str) -> None:
    """Print the JSON Schema of module.yaml, for editors that complete and check it.

    With `translation`: of the front matter of a translation. With `manifest`: of
    output/manifest.json, which says what was built.
    """
    if of == "manifest":
        from builder.build.publishing.schema import manifest_schema

        click.echo(manifest_schema(), nl=False)
    else:
        from builder.module.schema import schema_text

        click.echo(schema_text(of), nl=False)


COMMANDS = (check, verify, due, theme, schema)
