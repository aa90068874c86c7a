"""The command that builds, and where its work is done."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from builder.cli.keeping import CACHE
from builder.cli.options import (
    PRINT,
    PROJECT,
    THEME,
    TODAY,
    Command,
    below_repository,
    day_of,
    end_in_order,
    formats,
    known_clinics,
    known_modules,
    or_stop,
    project_at,
)

if TYPE_CHECKING:
    from builder.build.cache import Cache
    from builder.build.executors import Executor
    from builder.build.outcome import Outcome
    from builder.build.requests import Request
    from builder.settings import Settings

ONLY = {
    "deck": ("deck", "handout", "preview"),
    "leaflet": ("leaflet", "audit"),
    "page": ("page",),
}
"""What belongs to each kind that can be asked for."""
ASKED = (*("modules", "theme", "handout", "preview", "papers", "clinics", "many", "only"),)
"""What decides which files a build makes, and how."""
PRELOAD = ("builder.build.making.preload",)
"""What every worker needs."""
ASKING = (
    click.argument("modules", nargs=-1),
    PROJECT,
    TODAY,
    click.option(
        "--output",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        help="Where to write. Default: output/ in the project.",
    ),
    THEME,
    click.option(
        "--handout",
        type=click.Choice(("three", "one", "blank")),
        is_flag=False,
        flag_value="three",
        help="Make a handout too (PDF): slides with their notes, three to a page or one; blank "
        "leaves out notes and answers. Without a word: three.",
    ),
    click.option("--preview", is_flag=True, help="Make a web page of the slides too."),
    PRINT,
    click.option(
        "--clinic",
        "clinics",
        multiple=True,
        metavar="NAME",
        help="Make this clinic's own edition of each leaflet too; may be given several times.",
    ),
    click.option("--clinics", "many", metavar="all|NAME,...", help="The same for many clinics."),
    click.option(
        "--only",
        type=click.Choice(tuple(ONLY)),
        multiple=True,
        help="Make this kind of file and leave the others alone; may be given several times.",
    ),
)
"""The arguments and options that say what is built, and where to."""
WORKERS = (
    click.option("--jobs", type=click.IntRange(1, 256), help="Workers. Default: one a processor."),
    click.option(
        "--time-limit",
        type=click.IntRange(1, 86_400),
        default=300,
        show_default=True,
        metavar="SECONDS",
        help="How long one file may take; a worker that takes longer is ended.",
    ),
    click.option(
        "--memory-limit",
        type=click.IntRange(100, 1_048_576),
        default=2048,
        show_default=True,
        metavar="MB",
        help="How much memory a worker may take for one file.",
    ),
)
"""The options that say how many workers there are on this machine, and what each may need."""


def by_workers(command: Command) -> Command:
    """Let a command be told about its workers."""
    return _with(WORKERS, command)


def _with(options: Sequence[Callable[[Command], Command]], command: Command) -> Command:
    return reduce(lambda taken, option: option(taken), reversed(options), command)


def asking(command: Command) -> Command:
    """Let a command be told what is to be built."""
    return _with(ASKING, command)


@click.command(short_help="Make decks, leaflets and pages.")
@asking
@click.option(
    "--changed-since",
    metavar="GIT-REF",
    help="Build the modules that changed since a commit, branch or tag, and those that name them.",
)
@click.option("--explain", is_flag=True, help="Say of each file why it is made.")
@click.option("--dry-run", is_flag=True, help="Say what would be made and why; write nothing.")
@click.option(
    "--check",
    "compares",
    is_flag=True,
    help="Write nothing; exit 1 where the output is not what the sources say.",
)
@by_workers
@click.option(
    "--executor",
    type=click.Choice(("local", "dask")),
    default="local",
    show_default=True,
    help="Where the work is done: on this machine, or on the workers of a Dask scheduler, which "
    "need the same versions and reach the cache; they need not see the project.",
)
@click.option("--scheduler", metavar="ADDRESS", help="Dask's scheduler, as in tcp://host:8786.")
@CACHE
@formats("text", "json", "sarif", "github")
def build(
    project: Path,
    today: str | None,
    output: Path | None,
    changed_since: str | None,
    explain: bool,
    dry_run: bool,
    compares: bool,
    executor: str,
    scheduler: str | None,
    format_: str,
    **_: Any,
) -> None:
    """Make the decks, leaflets and pages of all modules, or of the MODULES named.

    Problems are listed for all modules in one go. A module with an error is not built, and what
    was built of it before stays as it was.

    What the settings and this command do not ask for is removed, also what an earlier command
    made with --print, --clinic or --handout. leafdeck.toml keeps it: see sources/README.md.
    """
    from builder import report
    from builder.build.publishing.idle import seen as glance_at

    if (executor == "dask") != bool(scheduler):
        raise click.UsageError("--executor dask and --scheduler go together.")
    end_in_order()
    day, output = day_of(today), output or project / "output"
    shown, below = str(output), below_repository(project)
    asked = "" if changed_since else asked_for()
    seen = glance_at(project, output)
    outcome = seen.nothing_to_do(asked, day) if seen else None
    writes = not (dry_run or compares)
    if outcome is None:
        request = replace(_request(project, output, day, asked), seen=seen)
        if writes:
            with report.progress(shown, quiet=format_ in report.QUIET) as (started, done):
                outcome = _built(replace(request, started=started, progress=done))
        else:
            outcome = _looked(request, compares)
    if writes:
        report.print_build(format_, outcome, shown, below, explains=explain)
    else:
        report.print_planned(format_, outcome, shown, below, compares=compares)
    raise SystemExit(1 if outcome.failed or (compares and outcome.planned) else 0)


def asked_for() -> str:
    """What is asked for, as one text; how and where it is done, and shown, does not count."""
    told = click.get_current_context().params
    return json.dumps({name: told[name] for name in ASKED}, sort_keys=True)


def _request(project: Path, output: Path, day: datetime.date, asked: str) -> Request:
    """What is asked for, as a build takes it.

    Raises:
        click.UsageError: something that is named is not there.
    """
    told = click.get_current_context().params
    # The workers get ready while the rest is imported and looked at.
    local = None if told["scheduler"] else workers()

    from builder.build.knowing.since import changed_since
    from builder.build.requests import Request

    folder, settings = project_at(project, told["theme"])
    since, many = told["changed_since"], told["many"]
    clinics = (*told["clinics"], *(many.split(",") if many is not None else ()))
    cache = cache_at(told["address"], settings, folder.root)
    return Request(
        *(folder, settings.asking_for(told["handout"], told["preview"], told["papers"])),
        *(day, output),
        names=known_modules(folder, told["modules"]),
        changed=or_stop(lambda: changed_since(folder.root, since)) if since else None,
        clinics=known_clinics(folder, clinics),
        kinds=frozenset(kind for each in told["only"] for kind in ONLY[each]),
        executor=(lambda: local) if local else machines(told["scheduler"], cache),
        cache=cache,
        asked=asked,
    )


def _built(request: Request) -> Outcome:
    from builder.build.run import build

    outcome: Outcome = or_stop(lambda: build(request))
    return outcome


def _looked(request: Request, compares: bool) -> Outcome:
    from builder.build.run import look

    outcome: Outcome = or_stop(lambda: look(request, compares=compares))
    return outcome


def workers() -> Executor:
    """The workers of this machine that the command was asked for; they get ready at once."""
    from builder.build.executors import Limits, available, pool

    told = click.get_current_context().params
    limits = Limits(told["time_limit"], told["memory_limit"])
    return pool(told["jobs"] or available(), PRELOAD, limits)


def machines(scheduler: str, cache: Cache | None) -> Callable[[], Executor]:
    """The workers of a scheduler.

    Raises:
        click.UsageError: nothing brings files to them.
    """
    from builder.build.executors import cluster
    from builder.build.making.parcels import Parcels

    if not cache:
        raise click.UsageError(
            "--executor dask needs a cache: files travel to the workers and back through it. "
            "Name one with --cache that all of them reach, as in s3://bucket/folder."
        )
    return lambda: Parcels(cluster(scheduler), cache)


def cache_at(address: str | None, settings: Settings, project: Path) -> Cache | None:
    """The cache that the command names, else the one of the settings, if any."""
    from builder.build.cache import open_cache

    named = address or settings.cache
    return or_stop(lambda: open_cache(named, project)) if named else None


COMMANDS = (build,)
