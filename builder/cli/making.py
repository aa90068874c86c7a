"""The commands that write: a new module, a translation, what is built."""

from __future__ import annotations

import re
from pathlib import Path

import click

from builder.cli.options import (
    PRINT,
    PROJECT,
    THEME,
    TODAY,
    called,
    day_of,
    end_in_order,
    formats,
    known_clinics,
    known_modules,
    or_stop,
    project_at,
)


@click.command(short_help="Start a module.")
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
    written = or_stop(lambda: write_skeleton(project, name, day_of(None)))
    if not written:
        raise click.UsageError(f"sources/{name} exists already.")
    for path in written:
        click.echo(f"wrote {path}")
    click.echo(f"Now edit them, and run `{called()} build {name}`.")


@click.command(short_help="Start a translation, or see what it lacks.")
@click.argument("module")
@click.argument("language")
@PROJECT
@click.option("--slides", is_flag=True, help="Translate the slides instead of the leaflet.")
@click.option("--update", is_flag=True, help="Note that a translation has caught up.")
@click.option("--unchanged-ok", is_flag=True, help="With --update: sections may be as they were.")
def translate(
    module: str, language: str, project: Path, slides: bool, update: bool, unchanged_ok: bool
) -> None:
    """Start the translation of a MODULE's leaflet into a LANGUAGE, as in es or pt-BR.

    It holds the original's text, with a mark at all that is to be translated. Where there is one
    already, its words are left alone, and what has changed in the original since is listed.
    --update refuses sections whose original changed and whose translation did not.
    """
    from builder import report
    from builder.checks.translation import not_caught_up, noted, of_file
    from builder.module.library import read_library
    from builder.skeleton.translation import target_of, write_translation

    folder, settings = project_at(project, None)
    known_modules(folder, (module,))
    library = or_stop(lambda: read_library(folder))
    found = library.modules.get(module)
    if found is None or not found.texts:
        report.print_problems(library.problems[module].ordered())
        raise SystemExit(1)
    _check_language(language, found.facts.language)
    target = target_of(found, language, slides)
    path = found.folder.label(target.file)
    if update and not target.exists:
        raise click.UsageError(f"There is no {path} yet; leave --update out to start it.")
    if update:
        rules = settings.rules
        refused = or_stop(
            lambda: not_caught_up(library, module, path, rules, unchanged=unchanged_ok)
        )
        if refused:
            report.print_problems(refused)
            report.print_summary("Nothing was noted.", refused)
            raise SystemExit(1)
    if update or not target.exists:
        or_stop(lambda: write_translation(found, target, day_of(None)))
        for title in noted(found, path) if update else ():
            click.echo(f"caught up: {title}")
        click.echo(f"{'noted in' if update else 'wrote'} {path}")
    if not target.exists:
        click.echo(f"Now translate it, and run `{called()} check {module}`.")
        click.echo(f"When it is done: `{called()} translate {module} {language} --update`.")
        return
    library = or_stop(lambda: read_library(folder))
    problems = of_file(library, module, path, settings.rules)
    report.print_problems(problems)
    if not update:
        report.print_summary(f"{path} is there already; nothing was written.", problems)


def _check_language(language: str, own: str) -> None:
    from builder.module.tags import is_known, is_same, suggested

    if not is_known(language):
        near = suggested(language)
        hint = f"Did you mean “{near}”?" if near else "Use a tag of BCP 47, as in es or pt-BR."
        raise click.UsageError(f"“{language}” is not the tag of a language. {hint}")
    if is_same(language, own):
        raise click.UsageError(f"The original is in “{own}” already.")


@click.command(short_help="Make decks, leaflets and pages.")
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
@PRINT
@click.option(
    "--clinic",
    "clinics",
    multiple=True,
    metavar="NAME",
    help="Make this clinic's own edition of each leaflet too; may be given several times.",
)
@click.option("--clinics", "many", metavar="all|NAME,...", help="The same for many clinics.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Workers. Default: one a processor.")
@formats("text", "json")
def build(
    modules: tuple[str, ...],
    project: Path,
    today: str | None,
    output: Path | None,
    theme: str | None,
    handout: str | None,
    preview: bool,
    papers: tuple[str, ...],
    clinics: tuple[str, ...],
    many: str | None,
    jobs: int | None,
    format_: str,
) -> None:
    """Make the decks, leaflets and pages of all modules, or of the MODULES named.

    Problems are listed for all modules in one go. A module with an error is not built, and what
    was built of it before stays as it was.

    What the settings and this command do not ask for is removed, also what an earlier command
    made with --print, --clinic or --handout. leafdeck.toml keeps it: see sources/README.md.
    """
    from builder import report
    from builder.build.executors import available
    from builder.build.run import Request
    from builder.build.run import build as run_build

    end_in_order()
    folder, settings = project_at(project, theme)
    settings = settings.asking_for(handout, preview, papers)
    named = known_clinics(folder, (*clinics, *(many.split(",") if many is not None else ())))
    request = Request(
        folder, settings, day_of(today), output or project / "output",
        known_modules(folder, modules), jobs or available(), named,
    )  # fmt: skip
    shown = str(request.output)
    with report.progress(shown, quiet=format_ == "json") as (started, done):
        outcome = or_stop(lambda: run_build(request, started, done))
    if format_ == "json":
        report.print_json(report.outcome_values(outcome))
    else:
        report.print_outcome(outcome, shown)
    raise SystemExit(1 if outcome.failed else 0)


COMMANDS = (new, translate, build)
