"""Where jobs run: in this process, or on a pool of processes; results come in the jobs' order."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from builder.build.make import Result, fault
from builder.build.plan import Job

Work = Callable[[Job], Result]


def available() -> int:
    """The number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_jobs(work: Work, jobs: Sequence[Job], workers: int) -> Iterator[tuple[Job, Result]]:
    """Do every job; a worker that dies takes down the job it was doing, and no other.

    Args:
        work: does one job; it must be picklable.
        jobs: what to do.
        workers: how many at once; 1 does them in this process.
    """
    workers = min(workers, len(jobs))
    if workers <= 1:
        for job in jobs:
            yield job, work(job)
        return
    left = list(jobs)
    while left:
        for job, result in _pool(work, left, workers):
            left.remove(job)
            yield job, result
        if left:
            job = left.pop(0)
            yield job, _alone(work, job)


def _pool(work: Work, jobs: Sequence[Job], workers: int) -> Iterator[tuple[Job, Result]]:
    """Results until all are done or a worker dies."""
    with _executor(workers) as executor:
        futures = [(job, executor.submit(work, job)) for job in jobs]
        try:
            for job, future in futures:
                yield job, future.result()
        except BrokenProcessPool:
            return
        finally:  # where somebody ends the build: nobody waits for the rest
            executor.shutdown(wait=False, cancel_futures=True)


def _alone(work: Work, job: Job) -> Result:
    """The first job that the broken pool owes, on a worker of its own: was it to blame?"""
    with _executor(1) as executor:
        try:
            return executor.submit(work, job).result()
        except BrokenProcessPool:
            return Result(None, (fault(job, RuntimeError("its worker died")),))


def _executor(workers: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with_parent)


def _end_with_parent() -> None:
    """A worker whose build was killed ends too; it would wait for work for ever."""
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
