"""One job on one worker: theme and module -> HTML -> the bytes of an artifact."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from builder.artifacts import KINDS, Order
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
    try:
        theme = _theme(root, settings.theme)
        kind = KINDS[job.kind]
        context = context_of(job.module, job.kind, job.stamp, theme, settings, job.titles)
        html = render(theme, kind.template, context)
        made = kind.writer.make(Order(job.module, job.stamp, theme, html))
        return Result(made.data, made.problems)
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
