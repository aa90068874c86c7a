"""The commands that write sources: a new module, a translation."""

from __future__ import annotations

import re
from pathlib import Path

import click

from builder.cli.options import (
    PROJECT,
    called,
    day_of,
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


COMMANDS = (new, translate)
