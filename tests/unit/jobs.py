"""Work for executors, good and bad: it must be importable by their workers."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

MIB = 1 << 20
kept: list[bytes] = []


class Job(NamedTuple):
    """What a worker is to do."""

    name: str
    do: str = "echo"
    data: Any = None


class Unreadable:
    """Something that can be sent, but not be read."""

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return (int, ("no number",))


def lost(job: Job, why: str) -> str:
    """What stands for a result."""
    return f"lost {job.name}: {why}"


def do(job: Job) -> Any:
    """Do what a job says."""
    return DEEDS[job.do](job)


def _keep(job: Job) -> int:
    kept.append(b"x" * (job.data * MIB))
    return os.getpid()


def _raise(job: Job) -> None:
    raise job.data


def _killed_once(job: Job) -> str:
    """Be killed, the first time."""
    if not job.data.exists():
        job.data.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return job.name


def _note(job: Job) -> str:
    """Write down that it was begun, take a while, and say who did it."""
    folder, seconds = job.data
    (Path(folder) / f"{job.name} {os.getpid()}").touch()
    time.sleep(seconds)
    return job.name


def _span(job: Job) -> tuple[int, float, float]:
    """Who did it, when it was begun and when it was done."""
    start = time.monotonic()
    time.sleep(job.data)
    return os.getpid(), start, time.monotonic()


def _stick(job: Job) -> None:
    """Hold the interpreter in C code for hours; no thread of this process runs meanwhile."""
    if job.data:
        _note(Job(job.name, data=(job.data, 0)))
    re.match(r"(a+)+$", "a" * 60 + "b")


DEEDS: dict[str, Callable[[Job], Any]] = {
    "echo": lambda job: job.data or job.name,
    "exit": lambda job: os._exit(job.data),
    "signal": lambda job: os.kill(os.getpid(), job.data),
    "killed once": _killed_once,
    "stick": _stick,
    "keep": _keep,
    "take": lambda job: len(bytearray(job.data * MIB)),
    "raise": _raise,
    "sleep": lambda job: time.sleep(job.data),
    "note": _note,
    "span": _span,
    "unpicklable": lambda job: lambda: None,
    "unreadable": lambda job: Unreadable(),
    "loaded": lambda job: job.data in sys.modules,
    "who": lambda job: os.getpid(),
}
