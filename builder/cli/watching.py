"""The command that builds, and builds again what changes."""

from __future__ import annotations

import datetime
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from builder.cli.building import ONLY, asked_for, asking, by_workers, workers
from builder.cli.keeping import CACHE
from builder.cli.options import day_of, folder_at, known_clinics, known_modules

if TYPE_CHECKING:
    from builder.build.requests import Request
    from builder.workspace import Folder


@click.command(short_help="Build, and build again what changes.")
@asking
@by_workers
@CACHE
def watch(project: Path, today: str | None, output: Path | None, **_: Any) -> None:
    """Build, and build again what changes, until Ctrl-C ends it.

    It watches what was read and what was missed: sources/, the theme, leafdeck.toml and clinics/.
    What is broken is told, and built as soon as it is mended. At midnight the day moves on, unless
    --today names one.

    Folders on a network may not tell of changes. With WATCHFILES_FORCE_POLLING=1 in the
    environment, all files are looked at three times a second instead.
    """
    from builder import report
    from builder.build.executors.waiting import Waiting
    from builder.build.watch import Shown, turns

    ended = _Ended()
    shown, day = output or project / "output", partial(day_of, today)
    ask = _Asker(folder_at(project), shown, day)
    try:
        with Waiting(workers) as executor:
            with report.progress(str(shown), quiet=False) as (started, progress):
                told = turns(project.resolve(), ask, executor, day, Shown(started, progress))
                first = next(told)
            report.print_first(first, str(shown))
            for turn in told:
                report.print_turn(turn, str(shown))
    except KeyboardInterrupt:
        sys.exit(ended.code)


class _Ended:
    """Remembers which signal ended the command: watchfiles makes Ctrl-C of every one."""

    def __init__(self) -> None:
        self.code = 0
        signal.signal(signal.SIGTERM, self._end)

    def _end(self, number: int, frame: FrameType | None) -> None:
        self.code = 128 + number
        sys.exit(self.code)


class _Asker:
    """Says what to build, with the settings as they are by then.

    Args:
        project: the project's folder.
        output: the output folder.
        day: tells the day.

    Raises:
        click.UsageError: something that is named is not there.
    """

    def __init__(self, project: Folder, output: Path, day: Callable[[], datetime.date]) -> None:
        told = self._told = click.get_current_context().params
        many = told["many"].split(",") if told["many"] is not None else ()
        self._names = known_modules(project, told["modules"])
        self._clinics = known_clinics(project, (*told["clinics"], *many))
        self._output, self._day, self._asked = output, day, asked_for()

    def __call__(self, folder: Folder) -> Request:
        """What to build.

        Raises:
            Rejected: the settings cannot be used, or there are no modules any more.
        """
        from builder.build.cache import open_cache
        from builder.build.requests import Request
        from builder.problems import Place, Problem, Rejected
        from builder.settings import read_settings

        if not (folder.root / "sources").is_dir():
            raise Rejected(Problem("file-missing", "There is no such folder.", Place("sources")))
        told, settings = self._told, read_settings(folder)
        settings = settings.model_copy(update={"theme": told["theme"] or settings.theme})
        address = told["address"] or settings.cache
        return Request(
            *(folder, settings.asking_for(told["handout"], told["preview"], told["papers"])),
            *(self._day(), self._output),
            names=self._names,
            clinics=self._clinics,
            kinds=frozenset(kind for each in told["only"] for kind in ONLY[each]),
            cache=open_cache(address, folder.root) if address else None,
            asked=self._asked,
        )


COMMANDS = (watch,)
