"""One job on one worker: theme and module -> HTML -> the bytes of an artifact."""

from __future__ import annotations

import hashlib
import platform
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import distributions
from pathlib import Path

from builder import __version__
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
    made_from: str = ""
    """The digest of everything that decides the bytes; empty where it could not be made."""

    @property
    def unchanged(self) -> bool:
        """Whether the file in place is made from the very same already."""
        return self.data is None and bool(self.made_from)


def make(root: Path, settings: Settings, job: Job) -> Result:
    """Make one artifact; whatever goes wrong becomes a problem of its module."""

    def made(writer: Writer, order: Order) -> Result:
        inputs = digest_of(order)
        if inputs == job.known:
            return Result(None, made_from=inputs)
        made = writer.make(order)
        return Result(made.data, made.problems, inputs)

    return _tried(root, settings, job, made)


def digest_of(order: Order) -> str:
    """SHA-256 of everything that decides an artifact's bytes: words, pictures, look, versions."""
    digest = hashlib.sha256()
    for part in _inputs(order):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()


def _inputs(order: Order) -> Iterator[str]:
    yield __version__
    yield _versions()
    yield order.stamp.to_json()
    yield order.html
    yield order.module.facts.model_dump_json()
    yield repr(order.edition)
    for text in order.module.texts.values():
        yield from (f"{picture.path} {picture.digest}" for picture in text.pictures)
    yield order.theme.digest


@lru_cache
def _versions() -> str:
    """The versions of what writes artifacts, and of this package's own code."""
    found = sorted((each.name, each.version) for each in distributions())
    code = sorted(Path(__file__).parents[1].rglob("*.py"))
    own = hashlib.sha256(b"".join(path.read_bytes() for path in code)).hexdigest()
    return f"{own} {platform.python_version()} {found}"


def rehearse(root: Path, settings: Settings, job: Job) -> Result:
    """Find what making an artifact would find, without making it."""
    return _tried(root, settings, job, lambda writer, order: Result(None, writer.rehearse(order)))


def _tried(
    root: Path, settings: Settings, job: Job, work: Callable[[Writer, Order], Result]
) -> Result:
    """The result of some work on the HTML of a job, or the problems that kept it from one."""
    try:
        theme = _theme(root, settings.theme)
        kind = KINDS[job.kind]
        context = context_of(
            job.module, kind.text, job.stamp, theme, settings, job.titles, job.edition, job.files
        )
        html = render(theme, kind.template, context)
        return work(kind.writer, Order(job.module, job.stamp, theme, html, job.edition))
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
