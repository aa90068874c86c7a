"""Jobs on a pool of processes of this machine.

Our own, because no library does all that is needed: `concurrent.futures` and loky break as a whole
when one worker dies; pebble ends one job at its time limit, but its workers share a locked pipe and
are not replaced as they grow; billiard waits ten seconds before it calls a worker lost.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import pickle
import signal
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import connection, forkserver
from typing import Generic, Self, TypeVar

from builder.build.executors import Limits
from builder.build.executors.hand import Context, Hand
from builder.build.executors.window import Window
from builder.build.executors.worker import Unsendable, parcel, result_of

Job = TypeVar("Job")
Result = TypeVar("Result")

AHEAD = 64
"""How many jobs for each worker may be done before their turn."""
TRIES = 2
"""How many workers a job may take down before it is given up."""


class Processes:
    """An `Executor` on processes of this machine, which it starts when the first jobs come.

    The server that they are forked from imports the preload meanwhile. One run at a time.
    """

    def __init__(self, workers: int, preload: Sequence[str], limits: Limits) -> None:
        self.limits = limits
        self.workers = workers
        self._preload = [*preload, __name__]
        self._context = _context(self._preload)
        self._hands: list[Hand] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End all workers at once, whatever they are doing."""
        self.end(self._hands)

    def run(
        self,
        work: Callable[[Job], Result],
        jobs: Sequence[Job],
        *,
        cost: Callable[[Job], float],
        lost: Callable[[Job, str], Result],
    ) -> Iterator[tuple[Job, Result]]:
        """Do every job; see `Executor`."""
        window = Window([cost(job) for job in jobs], AHEAD * self.workers)
        run = _Run(self, work, jobs, window, lost)
        try:
            for turn, job in enumerate(jobs):
                window.slide(turn)
                yield job, run.result(turn)
        finally:  # where nobody wants the rest
            self.end(self.busy)

    @property
    def busy(self) -> list[Hand]:
        """The workers that have jobs."""
        return [hand for hand in self._hands if hand.jobs]

    def end(self, hands: Sequence[Hand]) -> None:
        """End some workers at once."""
        for hand in tuple(hands):
            self._hands.remove(hand)
            hand.kill()

    def idle(self) -> Hand | None:
        """A worker without a job, a new one if need be; None where all are busy."""
        for hand in [hand for hand in self._hands if not hand.jobs]:
            if hand.alive and not hand.spent:
                return hand
            self.end([hand])
        if len(self._hands) >= self.workers:
            return None
        self._hands.append(Hand(self._context, self._preload, self.limits.megabytes))
        return self._hands[-1]


class _Run(Generic[Job, Result]):
    """The jobs of one run: what is still to do, who does what, and results not yet asked for."""

    def __init__(
        self,
        pool: Processes,
        work: Callable[[Job], Result],
        jobs: Sequence[Job],
        window: Window,
        lost: Callable[[Job, str], Result],
    ) -> None:
        self._pool = pool
        self._work = pickle.dumps(work, pickle.HIGHEST_PROTOCOL)
        self._jobs = jobs
        self._window = window
        self._lost = lost
        self._results: dict[int, Result] = {}
        self._deaths: dict[int, int] = {}

    def result(self, number: int) -> Result:
        """The result of a job, as soon as it is there; all workers are kept busy meanwhile."""
        self._hand_out()
        self._listen(wait=False)
        while number not in self._results:
            self._listen(wait=True)
        return self._results.pop(number)

    def _listen(self, wait: bool) -> None:
        """Take in what came back, end what took too long, and hand out what can be begun then."""
        busy = self._pool.busy
        if not busy:
            return
        seconds = self._pool.limits.seconds
        left = max(0.0, min(hand.left(seconds) for hand in busy)) if wait else 0.0
        ends = [end for hand in busy for end in (hand.outbox, hand.process.sentinel)]
        ready = connection.wait(ends, left)
        for hand in busy:
            if hand.outbox in ready or hand.process.sentinel in ready:
                self._take_in(hand)
            elif hand.left(seconds) <= 0:
                self._end(hand, f"it took longer than {seconds} seconds")
        self._hand_out()

    def _hand_out(self) -> None:
        """Give the longest jobs to idle workers, and then a second one to those that have one.

        The second ones keep workers busy while the parent is busy itself.
        """
        while self._window and (hand := self._pool.idle()):
            self._hand_over(hand, self._window.longest())
        for hand in self._pool.busy:
            has_one = len(hand.jobs) == 1 and not hand.spent
            if has_one and self._window.can_wait(hand.jobs[0], self._pool.workers):
                self._hand_over(hand, self._window.longest(), ahead=True)

    def _hand_over(self, hand: Hand, number: int, ahead: bool = False) -> None:
        try:
            packed = parcel(self._work, self._jobs[number])
        except Unsendable as why:
            self._lose(number, str(why))
            return
        if ahead and len(packed) > hand.room:
            self._window.put(number)
        else:
            hand.give(number, packed)

    def _take_in(self, hand: Hand) -> None:
        """Read a worker's answers; where it died, its job was to blame, unless it can go on."""
        try:
            while hand.outbox.poll():
                answer = hand.outbox.recv()
                number = hand.done(answer)
                self._results[number] = result_of(answer, self._jobs[number], self._lost)
        except (EOFError, OSError):
            self._mourn(hand)
        else:
            if not hand.alive:
                self._mourn(hand)

    def _mourn(self, hand: Hand) -> None:
        """A worker died by itself, or by somebody else's hand: its job gets one more."""
        why = hand.last_words()
        if hand.jobs:
            number = hand.jobs[0]
            deaths = self._deaths[number] = self._deaths.get(number, 0) + 1
            if deaths < TRIES:
                why = ""
        self._end(hand, why)

    def _end(self, hand: Hand, why: str) -> None:
        """End a worker; its job is lost if there is a reason, those that wait behind it are not."""
        numbers = list(hand.jobs)
        self._pool.end([hand])
        if numbers and why:
            self._lose(numbers.pop(0), why)
        for number in numbers:
            self._window.put(number)

    def _lose(self, number: int, why: str) -> None:
        self._results[number] = self._lost(self._jobs[number], why)


def _context(preload: list[str]) -> Context:
    """How processes are started: forked from a warm server where there is one.

    The server starts at once. Ctrl-C is kept from it, and so from all that it forks.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(preload)
    with _without_interrupts():
        forkserver.ensure_running()
    return context


@contextlib.contextmanager
def _without_interrupts() -> Iterator[None]:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
