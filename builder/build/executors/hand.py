"""One worker, as its parent sees it: its process, its pipes, and the jobs it was given."""

from __future__ import annotations

import contextlib
import signal
import sys
import time
from collections import deque
from collections.abc import Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext

from builder.build.executors.worker import MIB, Answer, serve

Context = ForkServerContext | SpawnContext

PIPE = 64 * 1024
"""What a pipe holds where the system does not tell, in bytes."""
FAREWELL = 5
"""Seconds to wait for the exit code of a process that is gone."""
SUSPECTS = {
    signal.SIGKILL: "as when the machine runs out of memory",
    signal.SIGABRT: "as when a library fails or runs out of memory",
    signal.SIGTRAP: "as when a library fails or runs out of memory",
    signal.SIGSEGV: "as when a library fails or runs out of memory",
}


class Hand:
    """A worker."""

    def __init__(self, context: Context, preload: Sequence[str], megabytes: int) -> None:
        theirs, self._inbox = context.Pipe(duplex=False)
        self.outbox, answers = context.Pipe(duplex=False)
        held, self._lifeline = context.Pipe(duplex=False)
        given = (theirs, answers, held)
        self.room = min(_widen(self._inbox), _widen(answers)) // 2
        """The largest job in bytes that can be left in the pipe, for when the worker is ready."""
        arguments = (*given, tuple(preload), megabytes)
        self.process = context.Process(target=serve, args=arguments, daemon=True)
        self.process.start()
        for end in given:
            end.close()
        self.jobs: deque[int] = deque()
        """The numbers of its jobs: the one that it does, and the one that waits."""
        self.spent = False
        """Whether it gets no further job, because it has grown."""
        self._begun = 0.0

    @property
    def alive(self) -> bool:
        """Whether its process is."""
        return self.process.is_alive()

    def give(self, number: int, packed: bytes) -> None:
        """Hand it a job; where it has died meanwhile, that is found when it is listened to."""
        if not self.jobs:
            self._begun = time.monotonic()
        self.jobs.append(number)
        with contextlib.suppress(OSError):
            self._inbox.send_bytes(packed)

    def done(self, answer: Answer) -> int:
        """Note that it has answered; the number of the job that it has done."""
        self._begun = time.monotonic()
        self.spent = self.spent or answer.spent
        return self.jobs.popleft()

    def left(self, seconds: float) -> float:
        """Seconds until its job has taken as long as it may."""
        return self._begun + seconds - time.monotonic()

    def last_words(self) -> str:
        """Why it died, for users."""
        self.process.join(FAREWELL)
        code = self.process.exitcode
        if code is None or code >= 0:
            return f"its worker ended with exit code {code or 0}"
        return f"its worker was ended by {_signal(-code)}"

    def kill(self) -> None:
        """End it at once."""
        self.process.kill()
        for end in (self._inbox, self.outbox, self._lifeline):
            end.close()
        self.process.join(FAREWELL)


def _signal(number: int) -> str:
    try:
        found = signal.Signals(number)
    except ValueError:  # one of the real-time signals that have no name
        return f"signal {number}"
    suspect = SUSPECTS.get(found)
    return f"signal {number} ({found.name})" + (f", {suspect}" if suspect else "")


def _widen(pipe: Connection) -> int:
    """Let a pipe hold as much as it may; how much that is, in bytes."""
    if sys.platform != "linux":
        return PIPE
    import fcntl

    with contextlib.suppress(OSError):  # more than this user may have
        return int(fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, MIB))
    return PIPE
