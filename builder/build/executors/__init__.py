"""Where jobs run: in this process, on processes of this machine, or on many machines.

Whoever builds sees one protocol. Nothing heavy is imported here; each place imports what it needs.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, Self, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may need."""

    seconds: int = 300
    """The time that it may take."""
    megabytes: int = 2048
    """The memory of its own that the process which does it may have, in MiB."""


class Executor(Protocol):
    """A place where jobs run. It serves any number of runs, one after the other."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: object) -> None: ...

    def close(self) -> None:
        """End everything at once, also jobs that are being done."""

    def run(
        self,
        work: Callable[[Job], Result],
        jobs: Sequence[Job],
        *,
        cost: Callable[[Job], float],
        lost: Callable[[Job, str], Result],
    ) -> Iterator[tuple[Job, Result]]:
        """Do every job; results come in the jobs' order. Whoever stops early ends what is left.

        Args:
            work: does one job; it, the jobs and their results must be picklable.
            jobs: what to do.
            cost: how long a job takes, in any unit; those that take longest are begun first.
            lost: what stands for the result of a job that could not be done, for reasons in words
                that can follow "The leaflet could not be made: ".

        Raises:
            Rejected: the place itself is lost.
        """


def available() -> int:
    """The number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def here() -> Executor:
    """This process; no limit holds, and a job that crashes takes everything with it."""
    from builder.build.executors.inline import Inline

    return Inline()


def pool(workers: int, preload: Sequence[str] = (), limits: Limits | None = None) -> Executor:
    """Processes of this machine; they get ready while the caller goes on.

    Args:
        workers: how many at once.
        preload: names of the modules that jobs need, imported once for all workers.
        limits: of each job.
    """
    from builder.build.executors.processes import Processes

    return Processes(workers, preload, limits or Limits())


def cluster(scheduler: str) -> Executor:
    """The workers of a Dask scheduler, on any machines.

    Args:
        scheduler: its address, such as `tcp://scheduler.example:8786`.

    Raises:
        Rejected: Dask is not installed, or the scheduler or its workers are of no use.
    """
    from builder.build.executors.dask import Cluster

    return Cluster(scheduler)
