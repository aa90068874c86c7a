"""Jobs on a real Dask scheduler with two real worker processes, on the loopback."""

from __future__ import annotations

import itertools
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from builder.build.executors import Executor, cluster, dask, here, pool
from builder.problems import Rejected
from tests.e2e.machines import Machines, free_port, machines
from tests.unit.jobs import Job, do, lost


@pytest.fixture(scope="module")
def two() -> Iterator[Machines]:
    """Two workers with two threads each, that no test harms."""
    with machines(2, threads=2) as found:
        yield found


@pytest.fixture
def executor(two: Machines) -> Iterator[Executor]:
    """A place where jobs run, on two workers."""
    with cluster(two.address) as executor:
        yield executor


def results(executor: Executor, jobs: list[Job]) -> list[Any]:
    """What comes of jobs; they come in the order of the plan."""
    done = list(executor.run(do, jobs, cost=lambda job: len(job.name), lost=lost))
    assert [job for job, _ in done] == jobs
    return [result for _, result in done]


def test_a_worker_killed_in_the_middle_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "local").mkdir()
    jobs = [Job(f"job {number}", "note", (tmp_path, 0.2)) for number in range(40)]
    with pool(2) as local:
        expected = results(local, [job._replace(data=(tmp_path / "local", 0)) for job in jobs])
    with machines(2) as found, cluster(found.address) as executor:
        run = executor.run(do, jobs, cost=lambda job: 1, lost=lost)
        done = [next(run) for _ in range(6)]
        victim = found.workers[0]
        begun = [path.name for path in tmp_path.iterdir()]
        assert any(name.endswith(f" {victim.pid}") for name in begun) and len(begun) < len(jobs)
        victim.kill()
        done += run
    assert [result for _, result in done] == expected
    assert [job for job, _ in done] == jobs


def test_results_are_those_of_this_machine(executor: Executor) -> None:
    jobs = [Job(f"{number}" * (number % 5 + 1), data=bytes([number]) * 99) for number in range(200)]
    assert results(executor, jobs) == results(here(), jobs)


def test_bad_jobs_are_lost_alone(executor: Executor) -> None:
    bad = [
        Job("error", "raise", ValueError("no such thing")),
        Job("late", "raise", TimeoutError("too slow")),
        Job("exit", "raise", SystemExit(2)),
        Job("memory", "raise", MemoryError()),
        Job("unpicklable", "unpicklable"),
        Job("unsendable", data=threading.Lock()),
        Job("unreadable", "unreadable"),
    ]
    found = results(executor, [Job("first"), *bad, Job("last")])
    assert (found[0], found[-1]) == ("first", "last")
    assert found[1:5] == [
        "lost error: ValueError: no such thing",
        "lost late: TimeoutError: too slow",
        "lost exit: SystemExit: 2",
        "lost memory: it needed more memory than there is",
    ]
    assert str(found[5]).startswith("lost unpicklable: its result cannot be sent back: ")
    assert str(found[6]).startswith("lost unsendable: it cannot be sent to a worker: ")
    assert str(found[7]).startswith("lost unreadable: its result cannot be read: ")


def test_a_job_that_ends_its_worker_is_lost_alone() -> None:
    with machines(2, failures=0) as found, cluster(found.address) as executor:
        jobs = [*(Job(f"long {n}", "sleep", 0.1) for n in range(20)), Job("bad", "exit", 3)]
        done = results(executor, jobs)
    assert str(done.pop()).startswith("lost bad: its worker at tcp://127.0.0.1:")
    assert done == [None] * 20


def test_a_worker_does_one_job_at_a_time(executor: Executor) -> None:
    spans: dict[int, list[tuple[float, float]]] = {}
    for who, start, end in results(executor, [Job(f"{n}", "span", 0.1) for n in range(12)]):
        spans.setdefault(who, []).append((start, end))
    assert len(spans) == 2
    for each in map(sorted, spans.values()):
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(each))


def test_whoever_stops_early_waits_for_nobody(two: Machines, tmp_path: Path) -> None:
    with cluster(two.address) as executor:
        jobs = [Job("quick"), *(Job(f"{n}", "note", (tmp_path, 1)) for n in range(99))]
        run = executor.run(do, jobs, cost=lambda job: job.name == "quick", lost=lost)
        next(run)
        start = time.monotonic()
        run.close()  # type: ignore[attr-defined]
        assert time.monotonic() - start < 5
        assert results(executor, [Job("another")]) == ["another"]
    assert len(list(tmp_path.iterdir())) < 20


def test_where_no_worker_is_left_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask, "GONE", 1)
    monkeypatch.setattr(dask, "PULSE", 0.5)
    with machines(1) as found, cluster(found.address) as executor:
        run = executor.run(do, [Job(f"{n}", "sleep", 1) for n in range(9)], cost=len, lost=lost)
        next(run)
        found.workers[0].send_signal(signal.SIGTERM)
        with pytest.raises(Rejected, match="has no worker left"):
            list(run)


def test_a_scheduler_that_ends_in_the_middle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask, "GONE", 1)
    monkeypatch.setattr(dask, "PULSE", 0.5)
    with machines(1) as found, cluster(found.address) as executor:
        run = executor.run(do, [Job(f"{n}", "sleep", 1) for n in range(9)], cost=len, lost=lost)
        next(run)
        found.scheduler.kill()
        with pytest.raises(Rejected) as rejected:
            list(run)
    assert rejected.value.problems[0].code == "scheduler-unreachable"


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:{port}", "127.0.0.1:{port}", "mail://here"])
def test_a_scheduler_that_does_not_answer(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask, "PATIENCE", 2)
    where = address.format(port=free_port())
    start = time.monotonic()
    with pytest.raises(Rejected) as rejected:
        cluster(where)
    assert time.monotonic() - start < 10
    [problem] = rejected.value.problems
    assert problem.code == "scheduler-unreachable"
    assert problem.message == f"The scheduler at {where} does not answer."


def test_a_scheduler_without_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask, "PATIENCE", 3)
    with machines(0) as found, pytest.raises(Rejected, match="has no workers"):
        cluster(found.address)


def test_workers_of_another_version_are_refused(
    two: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = "Leafdeck {} on Python {}".format(*dask.VERSIONS)
    monkeypatch.setattr(dask, "VERSIONS", ("99.0", "3.99.0"))
    with pytest.raises(Rejected) as rejected:
        cluster(two.address)
    for problem in rejected.value.problems:
        assert problem.code == "workers-differ"
        assert problem.message.endswith(f" runs {theirs}, not Leafdeck 99.0 on Python 3.99.0.")


def test_a_worker_of_another_version_that_comes_later_does_nothing(
    executor: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask, "VERSIONS", ("99.0", "3.99.0"))
    [found] = results(executor, [Job("late")])
    assert str(found).startswith("lost late: a worker that came later runs Leafdeck ")


def test_without_dask_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(Rejected) as rejected:
        cluster("tcp://127.0.0.1:8786")
    [problem] = rejected.value.problems
    assert (problem.code, problem.hint) == (
        "executor-missing",
        "Install it with: pip install 'leafdeck[dask]'",
    )
