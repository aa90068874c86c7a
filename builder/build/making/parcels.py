"""Jobs for machines that share no disk: files, jobs and results travel through the cache.

What is put there has its SHA-256 as its key. The executor itself carries only such keys: one to the
worker, for a parcel that holds the job and names the files which it reads, and one back, for the
result. Both sides compare what the cache gives with the key that the executor brought, before they
unpickle it: who may write to the cache can hinder a build so, but put nothing into it. Who may talk
to the scheduler is trusted.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol, Self, TypeVar, cast

from builder.build.cache import THREADS, Cache, shown
from builder.build.executors import Executor, here
from builder.build.knowing.environment import differences
from builder.build.making.lodging import Order, Reply, fetched, fulfil, installation, sent
from builder.problems import Problem, Rejected
from builder.workspace import Folder

Job = TypeVar("Job")
Result = TypeVar("Result")

NAMED = 5
"""How many of a worker's differences are named."""
HINT = (
    "Jobs travel to workers and back through the cache: this machine and all workers must be able "
    "to read it and to write to it, at the same address."
)
VANISHED = "what was put into the cache for it was not there a moment later"
"""Why a job is lost that was sent twice."""


class Work(Protocol):
    """What is done on workers, as `works` has it; it can be pickled."""

    @property
    def root(self) -> Path:
        """The project's folder."""

    def __call__(self, job: Any) -> Any:
        """Do a job."""

    def at(self, root: Path, cache: Cache | None) -> Self:
        """The same in another folder that holds the files which it reads, with another cache."""

    def files(self, job: Any) -> Iterable[str]:
        """All that a job reads, as `whole` of `works` names it.

        Raises:
            Rejected: it cannot be sent.
        """


@dataclass(slots=True)
class Post:
    """Puts into a cache what jobs need, each file once."""

    cache: Cache
    _threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(THREADS))
    _known: dict[str, str] = field(default_factory=dict)
    """The digests of the files that were put there, by path; those of folders are empty."""

    def pack(self, work: Work, job: object) -> Order:
        """Pack a job.

        Raises:
            Rejected: one of its files cannot be had.
        """
        names = tuple(work.files(job))
        new = [name for name in names if name not in self._known]
        folder = Folder(work.root, "")
        datas = (b"" if name.endswith("/") else folder.read(name) for name in new)
        self._known.update(zip(new, self._threads.map(self._put, new, datas), strict=True))
        packed = (work.at(Path(), None), job, {name: self._known[name] for name in names})
        parcel = sent(self.cache, pickle.dumps(packed, pickle.HIGHEST_PROTOCOL))
        return Order(self.cache, parcel, installation().id)

    def _put(self, name: str, data: bytes) -> str:
        return "" if name.endswith("/") else sent(self.cache, data)

    def forget(self) -> None:
        """Put everything again that is needed from now on."""
        self._known.clear()

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown(cancel_futures=True)


@dataclass(slots=True)
class Letter:
    """A job on its way. It is packed as it is sent, no sooner: by being pickled, as an `Order`."""

    post: Post
    work: Work
    job: Any
    stays: bool = False
    """Whether it turned out that it cannot be sent."""

    def __reduce__(self) -> tuple[type[Order], tuple[Cache, str, str]]:
        try:
            order = self.post.pack(self.work, self.job)
        except Rejected:
            self.stays = True
            raise
        return Order, (order.cache, order.parcel, order.installation)


class Parcels:
    """An `Executor` that has another one, whose workers reach the same cache, do its jobs.

    A job whose files are not as others are, as links, is done here.
    """

    def __init__(self, executor: Executor, cache: Cache) -> None:
        """Begin.

        Args:
            executor: where the work is done; it pickles jobs as it sends them.
            cache: the workers reach it by the same address.
        """
        self._executor = executor
        self._cache = cache
        self._post = Post(cache)
        self._reached = False
        """Whether anything came back from a worker yet."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End everything at once."""
        self._executor.close()
        self._post.close()

    def run(
        self,
        work: Callable[[Job], Result],
        jobs: Sequence[Job],
        *,
        cost: Callable[[Job], float],
        lost: Callable[[Job, str], Result],
    ) -> Iterator[tuple[Job, Result]]:
        """Do every job; see `Executor`.

        Args:
            work: a `Work`.
            jobs: what to do.
            cost: how long a job takes.
            lost: what stands for a result.

        Raises:
            Rejected: the place itself is lost, a worker would make other files, or does not reach
                the cache.
        """
        letters = [Letter(self._post, cast("Work", work), job) for job in jobs]
        for letter, reply in self._sent(letters, cost):
            if letter.stays:
                yield from here().run(work, [letter.job], cost=cost, lost=lost)
                continue
            answer = self._answer(reply)
            if answer is None:
                self._post.forget()
                [(_, again)] = self._sent([letter], cost)
                answer = self._answer(again) or self._refused()
            if isinstance(answer, str):
                yield letter.job, lost(letter.job, answer)
            else:
                yield letter.job, cast("Result", pickle.loads(answer))  # noqa: S301 - see above

    def _sent(
        self, letters: Sequence[Letter], cost: Callable[[Any], float]
    ) -> Iterator[tuple[Letter, Reply]]:
        """Send letters; they arrive as orders, so that is what the work is given."""
        work = cast("Callable[[Letter], Reply]", fulfil)
        costs: Callable[[Letter], float] = lambda letter: cost(letter.job)  # noqa: E731
        return self._executor.run(work, letters, cost=costs, lost=_unanswered)

    def _answer(self, reply: Reply) -> bytes | str | None:
        """The pickled result, or why there is none; None where it, or what it needs, is missing.

        Raises:
            Rejected: the worker would make other files.
        """
        if reply.differs:
            named = differences(installation(), reply.differs)
            raise Rejected(_differs(reply.machine, named))
        self._cache.hear(reply.told)
        result = fetched(self._cache, reply.result) if reply.result else None
        self._reached = self._reached or result is not None
        return result or reply.why or None

    def _refused(self) -> str:
        """Why something is missing again.

        Raises:
            Rejected: because of the cache; then the other jobs fare no better.
        """
        told = self._cache.problems()
        if not told and not self._reached:
            where = shown(self._cache.address)
            message = f"Workers do not find in the cache {where} what this machine puts there."
            told = (Problem("cache-unreachable", message),)
        if told:
            raise Rejected(*(replace(each, hint=HINT, strict=True) for each in told))
        return VANISHED


def _unanswered(letter: Letter, why: str) -> Reply:
    return Reply(why=why)


def _differs(machine: str, named: Sequence[str]) -> Problem:
    more = f" and {len(named) - NAMED} more" if len(named) > NAMED else ""
    message = f"A worker on {machine} is not like this machine: {', '.join(named[:NAMED])}{more}."
    hint = "Install the same versions there: others could make other files."
    return Problem("workers-differ", message, hint=hint)
