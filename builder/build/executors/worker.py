"""What a worker of the pool does: job after job, until it is told to end or its parent is gone."""

from __future__ import annotations

import gc
import importlib
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")

MIB = 1 << 20
GROWTH = 96 * MIB
"""How much larger than after its start a worker may be before a fresh one takes its place."""
THRESHOLDS = (5_000, 10, 20)
"""When garbage is looked for. Rarer takes more memory and no less time, which goes to freeing."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a job."""

    data: bytes | None
    """The pickled result, or None where there is none."""
    why: str = ""
    """Why there is no result."""
    spent: bool = False
    """Whether a fresh worker should take this one's place."""


def words_of(error: BaseException) -> str:
    """An error nobody foresaw, by its type and words."""
    return f"{type(error).__name__}: {error}".removesuffix(": ")


def serve(
    inbox: Connection,
    outbox: Connection,
    lifeline: Connection,
    preload: Sequence[str],
    megabytes: int,
) -> None:
    """Do the jobs that come, and answer each, in their order.

    Args:
        inbox: jobs come from here, as `parcel` packs them; the worker ends where it is closed.
        outbox: an `Answer` to each goes here.
        lifeline: a pipe that closes when the parent ends.
        preload: modules to import at once, where the server has not done it.
        megabytes: the memory that this process may use.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's matter
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _end_with(lifeline)
    _warm(preload)
    _limit_memory(megabytes)
    enough = _resident() + GROWTH
    for received in _received(inbox):
        answer = answer_to(received, f"it needed more than {megabytes} MB of memory")
        if _resident() > enough:
            answer = Answer(answer.data, answer.why, spent=True)
        outbox.send(answer)


class Unsendable(Exception):  # noqa: N818 - it names what the job is
    """Raised of a job that cannot be pickled; says why."""


def parcel(work: bytes, job: object) -> bytes:
    """A job and the pickled function that does it, ready to be sent.

    Raises:
        Unsendable: the job cannot be pickled; pickling raises whatever the job does.
    """
    try:
        return pickle.dumps((work, job), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        raise Unsendable(f"it cannot be sent to a worker: {words_of(error)}") from error


def _end_with(lifeline: Connection) -> None:
    """Have the system end this process with its parent, whatever code runs here by then."""
    if sys.platform != "linux":
        return  # there `_received` ends it, as soon as Python code runs again
    import fcntl

    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    flags = fcntl.fcntl(lifeline, fcntl.F_GETFL)
    fcntl.fcntl(lifeline, fcntl.F_SETFL, flags | os.O_ASYNC)
    if lifeline.poll():  # it was gone already
        os._exit(1)


def _warm(preload: Sequence[str]) -> None:
    """Import what jobs need, and keep the garbage collector away from it.

    That halves the time it takes, which is a fifth of a leaflet's otherwise.
    """
    for name in preload:
        with suppress(ImportError):  # whoever needs it says so better
            importlib.import_module(name)
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)


def _limit_memory(megabytes: int) -> None:
    """Let this process have no more memory of its own; files that are mapped do not count."""
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = megabytes * MIB
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _resident() -> int:
    """The memory of this process in bytes, 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_bytes().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGESIZE")


def _received(inbox: Connection) -> Iterator[bytes]:
    """Jobs as they come; a thread takes them in, so that the parent need not wait for it."""
    queue: SimpleQueue[bytes] = SimpleQueue()

    def receive() -> None:
        with suppress(EOFError, OSError):
            while True:
                queue.put(inbox.recv_bytes())
        os._exit(0)

    threading.Thread(target=receive, daemon=True).start()
    while True:
        yield queue.get()


def answer_to(received: bytes, too_much: str = "it needed more memory than there is") -> Answer:
    """Do a job, as `parcel` packs it.

    Args:
        received: the job.
        too_much: what to say where memory runs out.
    """
    try:
        work, job = pickle.loads(received)  # noqa: S301 - from our own parent
        return _packed(_loaded(work)(job))
    except MemoryError:
        return Answer(None, too_much, spent=True)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - it costs this job only
        return Answer(None, words_of(error))


def result_of(answer: Answer, job: Job, lost: Callable[[Job, str], Result]) -> Result:
    """The result that a worker's answer holds, or what stands for it."""
    if answer.data is None:
        return lost(job, answer.why)
    try:
        result: Result = pickle.loads(answer.data)  # noqa: S301 - from our own worker
    except Exception as error:  # noqa: BLE001 - unpickling raises whatever the object does
        return lost(job, f"its result cannot be read: {words_of(error)}")
    return result


def _packed(result: object) -> Answer:
    try:
        return Answer(pickle.dumps(result, pickle.HIGHEST_PROTOCOL))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - pickling raises whatever the object does
        return Answer(None, f"its result cannot be sent back: {words_of(error)}")


@lru_cache(maxsize=1)
def _loaded(work: bytes) -> Callable[[Any], object]:
    """The function, unpickled once for all jobs of a run."""
    loaded: Callable[[Any], object] = pickle.loads(work)  # noqa: S301 - from our own parent
    return loaded
