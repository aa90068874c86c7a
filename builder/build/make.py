"""One job on one worker: theme and module -> HTML -> the bytes of an artifact."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from builder.artifacts import KINDS, Order, Writer
from builder.artifacts.html import context_of, render
from builder.build.plan import Job
from builder.problems import Place, Problem, Rejected
from builder.settings import Settings
from builder.theme import Theme, read_theme
from builder.workspace import Folder


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a job: bytes, or the problems that kept it from being made."""

    data: bytes | None
    problems: tuple[Problem, ...] = ()


def make(root: Path, settings: Settings, job: Job) -> Result:
    """Make one artifact; whatever goes wrong becomes a problem of its module."""
    return _tried(root, settings, job, _made)


def rehearse(root: Path, settings: Settings, job: Job) -> Result:
    """Find what making an artifact would find, without making it."""
    return _tried(root, settings, job, lambda writer, order: Result(None, writer.rehearse(order)))


def _made(writer: Writer, order: Order) -> Result:
    made = writer.make(order)
    return Result(made.data, made.problems)


def _tried(
    root: Path, settings: Settings, job: Job, work: Callable[[Writer, Order], Result]
) -> Result:
    """The result of some work on the HTML of a job, or the problems that kept it from one."""
    try:
        theme = _theme(root, settings.theme)
        kind = KINDS[job.kind]
        context = context_of(job.module, kind.text, job.stamp, theme, settings, job.titles)
        html = render(theme, kind.template, context)
        return work(kind.writer, Order(job.module, job.stamp, theme, html))
    except Rejected as rejected:
        return Result(None, rejected.problems)
    except Exception as error:  # noqa: BLE001 - a fault of ours must not stop the other modules
        return Result(None, (fault(job, error),))


def fault(job: Job, error: BaseException) -> Problem:
    """An error that nobody foresaw, as a problem that can be reported to us."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    message = f"The {job.kind} could not be made: {type(error).__name__}: {error}{where}."
    hint = "This is a fault of Leafdeck; please report it with the module that shows it."
    return Problem("artifact-failed", message, Place(job.module.folder.name), hint)


@lru_cache(maxsize=4)
def _theme(root: Path, name: str) -> Theme:
    """The theme, read once in each worker."""
    return read_theme(Folder(root, ""), name)
