"""What several commands take, and what they do with it: the project, the day, names."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

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
PAPERS = ("a4", "a5-booklet", "trifold", "large-print", "letter")
"""What leaflets can be printed on, as the settings name it."""
PRINT = click.option(
    "--print",
    "papers",
    type=click.Choice((*PAPERS, "all")),
    multiple=True,
    help="Leaflets for this paper too; may be given several times. Default: the settings'.",
)
THEME = click.option("--theme", metavar="NAME", help="The theme to use instead of the settings'.")


def formats(*names: str) -> Callable[[Command], Command]:
    """The option that says how an answer is printed; the first name is the default."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(names),
        default=names[0],
        show_default=True,
        help="How to print the answer.",
    )


def called() -> str:
    """How this program was called, as short as it can be called again from here."""
    path = Path(sys.argv[0])
    if path.name == "__main__.py":
        return "python -m builder"
    if shutil.which(path.name) == str(path):
        return path.name
    return os.path.relpath(path) if path.resolve().is_relative_to(Path.cwd()) else str(path)


def folder_at(path: Path, needs_sources: bool = True) -> Folder:
    """The project's folder.

    Raises:
        click.UsageError: it holds no modules, and is to.
    """
    from builder.workspace import Folder

    if needs_sources and not (path / "sources").is_dir():
        hint = "Run `leafdeck new NAME` to start a module, or name the project with --project."
        raise click.UsageError(f"There is no folder sources/ in {path.resolve()}. {hint}")
    return Folder(path.resolve(), "")


def project_at(
    path: Path, theme: str | None, needs_sources: bool = True
) -> tuple[Folder, Settings]:
    """The project's folder and settings."""
    from builder.settings import read_settings

    folder = folder_at(path, needs_sources)
    settings = or_stop(lambda: read_settings(folder))
    return folder, settings.model_copy(update={"theme": theme}) if theme else settings


def known_modules(project: Folder, names: tuple[str, ...]) -> frozenset[str]:
    """The modules named, each of which must exist."""
    from builder.fields import nearest
    from builder.module.library import module_names

    known = or_stop(lambda: module_names(project)) if names else ()
    for name in names:
        if name not in known:
            here = f"Modules: {', '.join(known)}." if 0 < len(known) <= FEW else ""
            hint = nearest(name, known) or here
            raise click.UsageError(f"There is no module “{name}”. {hint}".rstrip())
    return frozenset(names)


def known_clinics(project: Folder, names: tuple[str, ...]) -> frozenset[str]:
    """The clinics named, each of which must exist; `all` stands for each that there is."""
    from builder.clinics import clinic_names
    from builder.fields import nearest

    asked = frozenset(filter(None, (name.strip() for name in names)))
    if names and not asked:
        raise click.UsageError("No clinic is named; write all, or names with commas between them.")
    known = or_stop(lambda: clinic_names(project)) if asked - {"all"} else ()
    for name in sorted(asked - {"all", *known}):
        here = f"Clinics: {', '.join(known)}." if 0 < len(known) <= FEW else ""
        hint = nearest(name, known) or here
        raise click.UsageError(f"There is no clinic “{name}”. {hint}".rstrip())
    return asked


def day_of(given: str | None) -> datetime.date:
    """The day a command is for: the one given, else the system's.

    Raises:
        click.UsageError: it is no day.
    """
    from builder.workspace import today

    try:
        return today(given, os.environ)
    except (ValueError, OverflowError, OSError):
        what = f"--today {given}" if given else "SOURCE_DATE_EPOCH"
        raise click.UsageError(f"{what} is not a day; write it as in 2026-03-02.") from None


def days_in(within: str) -> int:
    """The days in a length of time such as 90d, 12w, 6m or 2y, rounded up.

    Raises:
        click.UsageError: it is no length of time.
    """
    found = re.fullmatch(r"(\d{1,4})([dwmy])", within)
    if not found:
        raise click.UsageError(
            f"--within {within} is not a length of time; write 90d, 12w, 6m or 2y."
        )
    return int(found[1]) * {"d": 1, "w": 7, "m": 31, "y": 366}[found[2]]


def or_stop(work: Callable[[], Any]) -> Any:
    """Do something that may be rejected; print why, in the form asked for, and exit 1 if it is."""
    from builder.problems import Rejected

    try:
        return work()
    except Rejected as rejected:
        from builder.report import print_rejected

        context = click.get_current_context()
        asked = context.params
        command = getattr(context.command.callback, "__name__", "")
        below = below_repository(asked.get("project") or Path())
        print_rejected(asked.get("format_", "text"), command, rejected.problems, below)
        raise SystemExit(1) from None


def below_repository(project: Path) -> str:
    """The project's folder in its Git repository, as in `docs/`; empty where it is all of it.

    Whoever reads annotations or SARIF counts paths from there.
    """
    here = project.resolve()
    for folder in (here, *here.parents):
        if (folder / ".git").exists():
            return "" if folder == here else f"{here.relative_to(folder).as_posix()}/"
    return ""


def end_in_order() -> None:
    """Let a command that is told to end do so as with Ctrl-C: what is in place is noted first."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
