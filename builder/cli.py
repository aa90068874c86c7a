"""The commands of `leafdeck`, one thin function each.

Only click is imported here: what a command needs is imported when it runs, so that `--help` is
instant and `check` waits for no PDF engine.
"""

from __future__ import annotations

import datetime
import io
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from builder import __version__

if TYPE_CHECKING:
    from builder.settings import Settings
    from builder.workspace import Folder

Command = TypeVar("Command", bound=Callable[..., Any])
FEW = 12
"""As many modules as are named to someone who asks for one that is not there."""

PROJECT = click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    metavar="DIR",
    help="The project's folder, which holds sources/. Default: the current folder.",
)
TODAY = click.option(
    "--today",
    metavar="DATE",
    help="The day that decides what has expired, as in 2026-03-02. "
    "Default: the day of SOURCE_DATE_EPOCH where it is set, else today.",
)
THEME = click.option("--theme", metavar="NAME", help="The theme to use instead of the settings'.")


def _formats(*names: str) -> Callable[[Command], Command]:
    return click.option(
        "--format",
        "format_",
        type=click.Choice(names),
        default=names[0],
        show_default=True,
        help="How to print the answer.",
    )


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 all well; 1 problems in sources, theme or policy; 2 wrong usage.",
)
@click.version_option(__version__, prog_name="leafdeck")
def main() -> None:
    """Turn modules of health education into slide decks and patient leaflets.

    Each module is a folder under sources/: its facts in module.yaml, its text in Markdown. Every
    deck, leaflet and page carries its publication date, its expiry date and the declaration of
    interest.
    """
    for stream in (sys.stdout, sys.stderr):  # a terminal that lacks a letter gets a mark for it
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


@main.command(short_help="Start a module.")
@click.argument("name")
@PROJECT
def new(name: str, project: Path) -> None:
    """Start a module: sources/NAME with a module.yaml, slides and a leaflet to fill in.

    NAME is the folder's name, as in hand-washing: small letters and hyphens. The module is a draft
    until you say otherwise, so it can be built at once.
    """
    from builder.skeleton import write_skeleton

    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        hint = "use small letters, digits and single hyphens, as in hand-washing"
        raise click.UsageError(f"“{name}” cannot name a module; {hint}.")
    written = _or_stop(lambda: write_skeleton(project, name, _day(None)))
    if not written:
        raise click.UsageError(f"sources/{name} exists already.")
    for path in written:
        click.echo(f"wrote {path}")
    click.echo(f"Now edit them, and run `{_called()} build {name}`.")


@main.command(short_help="Make decks, leaflets and pages.")
@click.argument("modules", nargs=-1)
@PROJECT
@TODAY
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where to write. Default: output/ in the project.",
)
@THEME
@click.option(
    "--handout",
    type=click.Choice(("three", "one", "blank")),
    is_flag=False,
    flag_value="three",
    help="Make a handout too (PDF): slides with their notes, three to a page or one; blank leaves "
    "out notes and answers. Without a word: three.",
)
@click.option("--preview", is_flag=True, help="Make a web page of the slides too.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Workers. Default: one a processor.")
@_formats("text", "json")
def build(
    modules: tuple[str, ...],
    project: Path,
    today: str | None,
    output: Path | None,
    theme: str | None,
    handout: str | None,
    preview: bool,
    jobs: int | None,
    format_: str,
) -> None:
    """Make the decks, leaflets and pages of all modules, or of the MODULES named.

    Problems are listed for all modules in one go. A module with an error is not built, and what
    was built of it before stays as it was.
    """
    from builder import report
    from builder.build.executors import available
    from builder.build.run import Request
    from builder.build.run import build as run_build

    folder, settings = _project(project, theme)
    settings = settings.asking_for(handout, preview)
    request = Request(
        folder, settings, _day(today), output or project / "output",
        _known(folder, modules), jobs or available(),
    )  # fmt: skip
    shown = str(request.output)
    with report.progress(shown, quiet=format_ == "json") as (started, done):
        outcome = _or_stop(lambda: run_build(request, started, done))
    if format_ == "json":
        report.print_json(report.outcome_values(outcome))
    else:
        report.print_outcome(outcome, shown)
    raise SystemExit(1 if outcome.failed else 0)


@main.command(short_help="List what is wrong; write nothing.")
@click.argument("modules", nargs=-1)
@PROJECT
@TODAY
@THEME
@_formats("text", "json")
def check(
    modules: tuple[str, ...], project: Path, today: str | None, theme: str | None, format_: str
) -> None:
    """List everything that is wrong with the sources and the theme; write nothing.

    Notes follow: where the text of a slide is shrunk, or continues on further slides.
    """
    from builder import report
    from builder.build.run import check as run_check
    from builder.module.library import module_names

    folder, settings = _project(project, theme)
    names = _known(folder, modules)
    problems = _or_stop(lambda: run_check(folder, settings, _day(today), names))
    if format_ == "json":
        report.print_json([report.problem_values(problem) for problem in problems])
    else:
        report.print_problems(problems)
        count = len(names or module_names(folder))
        report.print_summary(f"Checked {count} module{'' if count == 1 else 's'}.", problems)
    raise SystemExit(1 if any(problem.severity == "error" for problem in problems) else 0)


@main.command(short_help="Say what any deck, leaflet or page is worth.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@PROJECT
@TODAY
@_formats("text", "json")
def verify(files: tuple[str, ...], project: Path, today: str | None, format_: str) -> None:
    """Say what any deck, leaflet or page is worth: which module, until when, edited or not.

    Each FILE may come from anywhere. Where its sources are in the project, it is held against
    them. The exit code is 0 only where every file still holds and was not edited.
    """
    from builder import report
    from builder.checks.verify import verify as verify_data
    from builder.module.library import read_library
    from builder.problems import Problems, Rejected
    from builder.workspace import read_any

    folder, settings = _project(project, None, needs_sources=False)
    day, library = _day(today), _or_stop(lambda: read_library(folder))
    answers, problems = [], Problems()
    for name in files:
        try:
            data = read_any(Path(name))
        except Rejected as rejected:
            problems.extend(rejected.problems)
        else:
            answers.append((name, verify_data(data, library, settings.rules, day)))
    if format_ == "json":
        report.print_json([report.verdict_values(name, verdict) for name, verdict in answers])
    else:
        for name, verdict in answers:
            report.print_verdict(name, verdict)
    report.print_problems(problems)
    good = all(verdict.good for _, verdict in answers) and not problems
    raise SystemExit(0 if good else 1)


@main.command(short_help="List what expires soon, with its owner.")
@click.option(
    "--within", default="90d", show_default=True, help="How far ahead: 90d, 12w, 6m or 2y."
)
@PROJECT
@TODAY
@_formats("table", "json", "ics")
def due(within: str, project: Path, today: str | None, format_: str) -> None:
    """List what has expired or expires soon, with its owner.

    Drafts and withdrawn modules are left out: nobody relies on them.
    """
    from builder import report
    from builder.checks.due import due as due_rows
    from builder.module.library import read_library

    folder, settings = _project(project, None)
    library = _or_stop(lambda: read_library(folder))
    day = _day(today)
    rows = due_rows(library.modules.values(), settings.rules, day, _days(within))
    if format_ == "json":
        report.print_json(report.due_values(rows))
    elif format_ == "ics":
        click.echo(report.due_calendar(rows, day), nl=False)
    else:
        report.print_due(rows)


@main.group(short_help="Look at a theme.")
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
@_formats("text", "json")
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

    folder, settings = _project(project, name, needs_sources=False)
    found = survey(_or_stop(lambda: read_theme(folder, settings.theme)))
    target = specimen or project / "output" / f"theme-{settings.theme}.pptx"
    if found.specimen is None:
        remove(target)  # an old one would be taken for the new
    else:
        data = found.specimen
        _or_stop(lambda: write_atomic(target, data))
    shown = str(target) if found.specimen is not None else ""
    if format_ == "json":
        report.print_json(report.survey_values(found, shown))
    else:
        report.print_survey(found, shown)
    raise SystemExit(1 if any(problem.severity == "error" for problem in found.problems) else 0)


@main.command(short_help="Print the JSON Schema of module.yaml.")
def schema() -> None:
    """Print the JSON Schema of module.yaml, for editors that complete and check it."""
    from builder.module.schema import schema_text

    click.echo(schema_text(), nl=False)


def _called() -> str:
    """How this program was called, as short as it can be called again from here."""
    path = Path(sys.argv[0])
    if path.name == "__main__.py":
        return "python -m builder"
    if shutil.which(path.name) == str(path):
        return path.name
    return os.path.relpath(path) if path.resolve().is_relative_to(Path.cwd()) else str(path)


def _project(path: Path, theme: str | None, needs_sources: bool = True) -> tuple[Folder, Settings]:
    """The project's folder and settings."""
    from builder.settings import read_settings
    from builder.workspace import Folder

    if needs_sources and not (path / "sources").is_dir():
        hint = "Run `leafdeck new NAME` to start a module, or name the project with --project."
        raise click.UsageError(f"There is no folder sources/ in {path.resolve()}. {hint}")
    folder = Folder(path.resolve(), "")
    settings = _or_stop(lambda: read_settings(folder))
    return folder, settings.model_copy(update={"theme": theme}) if theme else settings


def _known(project: Folder, names: tuple[str, ...]) -> frozenset[str]:
    """The modules named, each of which must exist."""
    from builder.fields import nearest
    from builder.module.library import module_names

    known = _or_stop(lambda: module_names(project))
    for name in names:
        if name not in known:
            here = f"Modules: {', '.join(known)}." if 0 < len(known) <= FEW else ""
            hint = nearest(name, known) or here
            raise click.UsageError(f"There is no module “{name}”. {hint}".rstrip())
    return frozenset(names)


def _day(given: str | None) -> datetime.date:
    from builder.workspace import today

    try:
        return today(given, os.environ)
    except (ValueError, OverflowError, OSError):
        what = f"--today {given}" if given else "SOURCE_DATE_EPOCH"
        raise click.UsageError(f"{what} is not a day; write it as in 2026-03-02.") from None


def _days(within: str) -> int:
    found = re.fullmatch(r"(\d{1,4})([dwmy])", within)
    if not found:
        raise click.UsageError(
            f"--within {within} is not a length of time; write 90d, 12w, 6m or 2y."
        )
    return int(found[1]) * {"d": 1, "w": 7, "m": 31, "y": 366}[found[2]]


def _or_stop(work: Callable[[], Any]) -> Any:
    """Do something that may be rejected; print why and exit 1 where it is."""
    from builder.problems import Rejected

    try:
        return work()
    except Rejected as rejected:
        from builder.report import print_problems

        print_problems(rejected.problems)
        raise SystemExit(1) from None
