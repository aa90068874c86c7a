"""A real Dask scheduler with real worker processes, on the loopback."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import distributed

CHECKOUT = Path(__file__).parents[2]
SCHEDULER = "DASK_DISTRIBUTED__SCHEDULER__"
LONG = 60
"""Seconds in which programs start on a busy machine."""


@dataclass
class Machines:
    """A scheduler and its workers."""

    scheduler: subprocess.Popen[bytes]
    address: str
    cwd: Path = CHECKOUT
    """Where workers are started."""
    options: Sequence[str] = ("--no-nanny",)
    """What workers are started with."""
    settings: dict[str, str] = field(default_factory=dict)
    """What is set in the environment of workers."""
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def add(self, threads: int = 1) -> None:
        """One worker more."""
        options = [*self.options, "--nthreads", str(threads), "--no-dashboard"]
        command = ("worker", self.address, *options)
        self.workers.append(program(*command, cwd=self.cwd, **self.settings))

    def wait(self) -> None:
        """Wait until all are there."""
        with distributed.Client(self.address, timeout=LONG, set_as_default=False) as client:
            if self.workers:
                client.wait_for_workers(len(self.workers), timeout=LONG)

    def end(self) -> None:
        """End all."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


def program(*words: str, cwd: Path = CHECKOUT, **settings: str) -> subprocess.Popen[bytes]:
    """A program of Dask's."""
    command = [sys.executable, "-W", "ignore", "-m", "dask", *words]
    environment = {**os.environ, **settings}
    return subprocess.Popen(command, cwd=cwd, env=environment, stderr=subprocess.DEVNULL)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextlib.contextmanager
def machines(
    workers: int,
    threads: int = 1,
    failures: int = 3,
    *,
    cwd: Path = CHECKOUT,
    options: Sequence[str] = ("--no-nanny",),
    settings: dict[str, str] | None = None,
) -> Iterator[Machines]:
    """A scheduler with some workers, of which a job may take down so many and gets another.

    Args:
        workers: how many there are.
        threads: of each.
        failures: how many workers a job may take down.
        cwd: where workers are started.
        options: what they are started with.
        settings: what is set in their environment.
    """
    port = free_port()
    asked = ["--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    told = {"ALLOWED_FAILURES": str(failures), "WORKER_SATURATION": "1.0"}
    scheduler = program(
        "scheduler", *asked, **{SCHEDULER + key: value for key, value in told.items()}
    )
    address = f"tcp://127.0.0.1:{port}"
    found = Machines(scheduler, address, cwd, options, dict(settings or {}))
    try:
        for _ in range(workers):
            found.add(threads)
        found.wait()
        yield found
    finally:
        found.end()
