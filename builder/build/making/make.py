"""One job on one worker: theme and module -> HTML -> the bytes of an artifact.

Nothing is made twice: where the file in place, or an entry of the cache, was made from the very
same, that is told or taken.
"""

from __future__ import annotations

import hashlib
import json
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path

from builder.artifacts import KINDS, Order, Writer
from builder.artifacts.html import context_of, render
from builder.build.cache import Cache
from builder.build.knowing.environment import versions
from builder.build.knowing.survey import unpacked
from builder.build.knowing.trace import problems_from
from builder.build.planning.plan import Job
from builder.module.model import Module
from builder.problems import Place, Problem, Rejected
from builder.settings import Settings
from builder.theme import Theme, read_theme
from builder.workspace import Folder

ROOM = "artifacts"
"""Where artifacts are in a cache."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a job: bytes, or the problems that kept it from being made."""

    data: bytes | None
    problems: tuple[Problem, ...] = ()
    made_from: str = ""
    """The digest of everything that decides the bytes; empty where it could not be made."""
    seconds: float = 0
    """How long making it took; 0 where it was taken from the cache or is in place."""
    fetched: bool = False
    """Whether it was taken from the cache."""
    stale: bool = False
    """Whether it would have to be made anew, where that was all that was asked."""
    told: tuple[Problem, ...] = ()
    """What is wrong with the cache, not with the artifact."""

    @property
    def unchanged(self) -> bool:
        """Whether the file in place is made from the very same already."""
        return self.data is None and bool(self.made_from) and not self.stale


@dataclass(frozen=True, slots=True)
class Workshop:
    """What every job of a build is made with; it travels to the workers."""

    root: Path
    settings: Settings
    environment: str
    """The name of the environment: a worker that lives on reads a changed theme again."""
    cache: Cache | None = None
    compares: bool = False
    """Whether nothing is made, and only told what would have to be."""

    @property
    def theme(self) -> Theme:
        """The theme, read once in each process and environment.

        Raises:
            Rejected: it cannot be used.
        """
        return _theme(self.root, self.settings.theme, self.environment)

    def make(self, job: Job) -> Result:
        """Make one artifact; whatever goes wrong becomes a problem of its module."""
        return self._tried(job, lambda writer, order: self._made(job, writer, order))

    def rehearse(self, job: Job) -> Result:
        """Find what making an artifact would find, without making it."""
        return self._tried(job, lambda writer, order: Result(None, writer.rehearse(order)))

    def _made(self, job: Job, writer: Writer, order: Order) -> Result:
        inputs = digest_of(order)
        if inputs == job.known:
            return Result(None, made_from=inputs)
        if self.compares:
            return Result(None, made_from=inputs, stale=True)
        found = result_of(self.cache.get(ROOM, inputs), inputs) if self.cache else None
        if not found:
            start = time.perf_counter()
            made = writer.make(order)
            taken = round(time.perf_counter() - start, 3)
            found = Result(made.data, made.problems, inputs, taken)
            if self.cache:
                self.cache.put(ROOM, inputs, entry_of(found))
        return replace(found, told=self.cache.problems()) if self.cache else found

    def _tried(self, job: Job, work: Callable[[Writer, Order], Result]) -> Result:
        """The result of some work on the HTML of a job, or the problems that kept it from one."""
        try:
            kind = KINDS[job.kind]
            module = opened(job, self.root)
            theme = self.theme
            context = context_of(
                *(module, kind.text, job.stamp, theme, self.settings, job.titles),
                *(job.edition, job.files),
            )
            html = render(theme, kind.template, context)
            view = theme.without(kind.ignores)
            return work(kind.writer, Order(module, job.stamp, view, html, job.edition))
        except Rejected as rejected:
            return Result(None, rejected.problems)
        except MemoryError:  # which whoever runs the worker tells of, as it ends it
            raise
        except Exception as error:  # noqa: BLE001 - a fault of ours must not stop the other modules
            return Result(None, (fault(job, error),))


def opened(job: Job, root: Path) -> Module:
    """The module of a job, its pictures in the project's folder on this machine."""
    module = unpacked(job.offer.module)
    return replace(module, folder=Folder(root, "").folder(module.folder.name))


def digest_of(order: Order) -> str:
    """SHA-256 of everything that decides an artifact's bytes: words, pictures, look, versions.

    And of what decides the problems that are told of it: where things stand in the files.
    """
    digest = hashlib.sha256()
    for part in _inputs(order):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()


def _inputs(order: Order) -> Iterator[str]:
    yield json.dumps(versions())
    yield order.stamp.to_json()
    yield order.html
    yield order.module.facts.model_dump_json()
    yield repr(sorted(order.module.positions.items(), key=repr))
    yield repr(order.edition)
    for text in order.module.texts.values():
        yield from (f"{picture.path} {picture.digest}" for picture in text.pictures)
    yield order.theme.digest


def entry_of(result: Result) -> bytes:
    """What a cache holds of an artifact: its problems on a line, then its bytes."""
    problems = json.dumps(list(map(asdict, result.problems)))
    return problems.encode() + b"\n" + (result.data or b"")


def result_of(data: bytes | None, inputs: str) -> Result | None:
    """What an entry of a cache holds; None where there is none, or one of another form.

    Args:
        data: the entry.
        inputs: the digest of what the artifact was made from.
    """
    if data is None:
        return None
    problems, _, artifact = data.partition(b"\n")
    try:
        return Result(artifact, problems_from(json.loads(problems)), inputs, fetched=True)
    except (ValueError, KeyError, TypeError):  # written by another version: not ours to read
        return None


def lost(job: Job, why: str) -> Result:
    """What is told of a job that its worker did not finish."""
    message = f"The {job.kind} could not be made: {why}."
    hint = "The rest was built. If it happens again, please report it with the module."
    return Result(None, (Problem("artifact-failed", message, Place(f"sources/{job.name}"), hint),))


def fault(job: Job, error: BaseException) -> Problem:
    """An error that nobody foresaw, as a problem that can be reported to us."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    message = f"The {job.kind} could not be made: {type(error).__name__}: {error}{where}."
    hint = "This is a fault of Leafdeck; please report it with the module that shows it."
    return Problem("artifact-failed", message, Place(f"sources/{job.name}"), hint)


@lru_cache(maxsize=4)
def _theme(root: Path, name: str, environment: str) -> Theme:
    """The theme, read once in each worker and environment."""
    return read_theme(Folder(root, ""), name)
