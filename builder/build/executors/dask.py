"""Jobs on many machines, through Dask's `concurrent.futures` interface.

Dask sends jobs to its workers, and those of a worker that is lost to another one. Workers need no
shared disk: all that a job needs travels with it. How much time and memory a job may take is up to
whoever runs the workers.
"""

from __future__ import annotations

import itertools
import pickle
import pkgutil
import platform
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Executor, Future
from typing import TYPE_CHECKING, Self, TypeVar

from builder import __version__
from builder.build.executors.window import Window
from builder.build.executors.worker import (
    Answer,
    Unsendable,
    answer_to,
    parcel,
    result_of,
    words_of,
)
from builder.problems import Problem, Rejected

if TYPE_CHECKING:
    from distributed import Client

Job = TypeVar("Job")
Result = TypeVar("Result")

AHEAD = 64
"""How many jobs for each thread of a worker may be done before their turn."""
PATIENCE = 10
"""Seconds in which a scheduler has to answer and to have a worker."""
PULSE = 2
"""Seconds between looks at the scheduler while a job takes its time."""
GONE = 60
"""Seconds to wait for another worker where none is left."""
VERSIONS = (__version__, platform.python_version())
"""What this machine runs, and all workers must run."""

_alone = threading.Lock()
"""Held while a job is done: libraries keep things for a document that threads would share."""


class Cluster:
    """An `Executor` on the workers of a Dask scheduler."""

    def __init__(self, scheduler: str) -> None:
        self._scheduler = scheduler
        self._client = _client(scheduler)
        self._runs = itertools.count(1)
        try:
            self._check_workers()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave the scheduler, which then forgets what it has not begun for us."""
        self._client.close(timeout=PATIENCE)

    def run(
        self,
        work: Callable[[Job], Result],
        jobs: Sequence[Job],
        *,
        cost: Callable[[Job], float],
        lost: Callable[[Job, str], Result],
    ) -> Iterator[tuple[Job, Result]]:
        """Do every job; see `Executor`."""
        costs = [cost(job) for job in jobs]
        window = Window(costs, AHEAD * max(1, sum(self._client.nthreads().values())))
        packed = pickle.dumps(work, pickle.HIGHEST_PROTOCOL)
        executor = self._client.get_executor()
        group = f"leafdeck-{self._client.id}-{next(self._runs)}"
        futures: dict[int, Future[Answer]] = {}
        try:
            for turn, job in enumerate(jobs):
                window.slide(turn)
                while window:
                    number = window.longest()
                    given = {"key": (group, number), "priority": costs[number]}
                    futures[number] = _sent(executor, packed, jobs[number], given)
                yield job, result_of(self._answer(futures.pop(turn)), job, lost)
        finally:  # where nobody wants the rest
            executor.shutdown(wait=False)

    def _answer(self, future: Future[Answer]) -> Answer:
        """What a worker answers; it takes as long as there is somebody to do it."""
        seen = time.monotonic()
        while True:
            try:
                return future.result(PULSE)
            except TimeoutError as error:
                if future.done():
                    return _failed(error)
                if self._has_workers():
                    seen = time.monotonic()
                elif time.monotonic() - seen > GONE:
                    raise self._unreachable("has no worker left") from None
            except CancelledError:
                raise self._unreachable("was lost, or ended the build's jobs") from None
            except Exception as error:  # noqa: BLE001 - it costs this job only
                return _failed(error)

    def _has_workers(self) -> bool:
        """Whether there is a worker.

        Raises:
            Rejected: there is no scheduler any more.
        """
        if self._client.status == "closed":
            raise self._unreachable("was lost")
        try:
            return bool(self._client.nthreads())
        except OSError:  # it may come back
            return False

    def _check_workers(self) -> None:
        """Refuse workers that would make something else than this machine does.

        The functions that they are asked are Python's own: ours may not be there.
        """
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise self._unreachable("has no workers") from None
        ours = self._client.run(pkgutil.resolve_name, "builder:__version__", on_error="return")
        pythons = self._client.run(platform.python_version, on_error="return")
        found = {worker: (ours[worker], pythons.get(worker)) for worker in sorted(ours)}
        differing = {worker: each for worker, each in found.items() if each != VERSIONS}
        if differing:
            raise Rejected(*(_differs(*each) for each in differing.items()))

    def _unreachable(self, what: str) -> Rejected:
        return Rejected(_unreachable(self._scheduler, what))


def _client(scheduler: str) -> Client:
    try:
        from distributed import Client
    except ImportError:
        hint = "Install it with: pip install 'leafdeck[dask]'"
        raise Rejected(Problem("executor-missing", "Dask is not installed.", hint=hint)) from None
    try:
        return Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError):
        raise Rejected(_unreachable(scheduler, "does not answer")) from None


def _unreachable(scheduler: str, what: str) -> Problem:
    hint = "`dask scheduler` prints its address, as in tcp://192.0.2.1:8786. "
    hint += "`dask worker ADDRESS` starts a worker."
    return Problem("scheduler-unreachable", f"The scheduler at {scheduler} {what}.", hint=hint)


def _differs(worker: str, versions: tuple[object, object]) -> Problem:
    message = f"The worker at {worker} runs {_named(versions)}, not {_named(VERSIONS)}."
    hint = "Install the same versions there: others could make other files."
    return Problem("workers-differ", message, hint=hint)


def _named(versions: tuple[object, object]) -> str:
    leafdeck, python = versions
    what = f"Leafdeck {leafdeck}" if isinstance(leafdeck, str) else "no Leafdeck"
    return f"{what} on Python {python}"


def _sent(
    executor: Executor, packed: bytes, job: object, given: Mapping[str, object]
) -> Future[Answer]:
    """Send a job off.

    Args:
        executor: Dask's.
        packed: the pickled function that does the job.
        job: the job.
        given: its key and its priority. The jobs of a run share the first part of the key: such
            jobs wait on the scheduler, others on workers, which would take them down with them.
    """
    try:
        received = parcel(packed, job)
    except Unsendable as why:
        future: Future[Answer] = Future()
        future.set_result(Answer(None, str(why)))
        return future
    return executor.submit(_do, VERSIONS, received, **given)


def _do(versions: tuple[str, str], received: bytes) -> Answer:
    """On a worker: do a job, unless this worker came later and runs something else."""
    if versions != VERSIONS:
        why = f"a worker that came later runs {_named(VERSIONS)}, not {_named(versions)}"
        return Answer(None, why)
    with _alone:
        return answer_to(received)


def _failed(error: Exception) -> Answer:
    """What Dask says of a job that it could not have done."""
    from distributed import KilledWorker

    if isinstance(error, KilledWorker):
        times = error.allowed_failures + 1
        workers = f"its worker at {error.last_worker.address} died"
        return Answer(None, workers + (f", as did {times - 1} before it" if times > 1 else ""))
    return Answer(None, words_of(error))
