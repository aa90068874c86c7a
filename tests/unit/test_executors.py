"""Where jobs run: their order, what a bad job costs, and that no worker is left behind."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from builder.build.executors import Executor, Limits, here, pool
from builder.build.executors.processes import AHEAD
from builder.build.executors.window import Window
from tests.unit.jobs import Job, Unreadable, do, lost

CHECKOUT = Path(__file__).parents[2]
SOON = 10
"""Seconds within which what must end has ended, on a busy machine."""
FULL = "as when the machine runs out of memory"
FAILED = "as when a library fails or runs out of memory"


@pytest.fixture
def two() -> Iterator[Executor]:
    """Two workers."""
    with pool(2) as executor:
        yield executor


def results(executor: Executor, jobs: Sequence[Job], cost: Callable[[Job], float]) -> list[Any]:
    """What comes of jobs; they come in the order of the plan."""
    done = list(executor.run(do, jobs, cost=cost, lost=lost))
    assert [job for job, _ in done] == list(jobs)
    return [result for _, result in done]


def same(job: Job) -> float:
    """No job takes longer than another."""
    return 1


def among(bad: Job) -> list[Job]:
    """A bad job among good ones."""
    good = [Job(f"good {number}") for number in range(20)]
    return [*good[:7], bad, *good[7:]]


def harm(executor: Executor, bad: Job) -> str:
    """What comes of a bad job, once it is clear that it does no harm to those around it."""
    jobs = among(bad)
    found = results(executor, jobs, same)
    assert [r for j, r in zip(jobs, found, strict=True) if j != bad] == [
        j.name for j in jobs if j != bad
    ]
    return str(found[jobs.index(bad)])


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not asked for its code does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(found: Callable[[], bool]) -> None:
    """Wait until something holds.

    Raises:
        AssertionError: it does not hold soon.
    """
    end = time.monotonic() + SOON
    while not found():
        assert time.monotonic() < end
        time.sleep(0.02)


def begun(folder: Path) -> dict[str, int]:
    """The jobs that were begun, and the processes that do them."""
    found = (path.name.rpartition(" ") for path in folder.iterdir())
    return {name: int(pid) for name, _, pid in found}


class TestWindow:
    def test_longest_first(self) -> None:
        window = Window([1, 5, 3, 5], 10)
        assert [window.longest() for _ in range(4)] == [1, 3, 2, 0]

    def test_a_job_waits_for_a_busy_worker_while_the_others_have_enough_to_do(self) -> None:
        window = Window([1] * 20, 20)
        waits = []
        while window:
            waits.append(window.can_wait(window.longest(), 2))
        assert waits == [True] * 15 + [False] * 5
        assert not Window([20, 5, 4, 1, 1], 5).can_wait(0, 2)
        assert not Window([0, 0], 2).can_wait(0, 2)

    def test_only_jobs_whose_turn_comes_soon(self) -> None:
        window = Window([1, 2, 9, 10], 2)
        assert window.longest() == 1 and len(window) == 1
        window.slide(1)
        assert window.longest() == 2
        window.slide(3)
        assert [window.longest(), window.longest()] == [3, 0] and not window

    def test_a_job_comes_in_again(self) -> None:
        window = Window([1, 2], 2)
        window.put(window.longest())
        assert window.longest() == 1


class TestOrder:
    @pytest.mark.parametrize("place", [here, lambda: pool(1), lambda: pool(3)])
    def test_results_come_in_the_order_of_the_plan(self, place: Callable[[], Executor]) -> None:
        jobs = [Job(f"{number}") for number in range(400)]
        with place() as executor:
            assert results(executor, jobs, lambda job: int(job.name) % 7) == [j.name for j in jobs]

    def test_the_longest_is_begun_first(self, tmp_path: Path) -> None:
        jobs = [Job(name, "note", (tmp_path, 0.01)) for name in "abcdef"]
        with pool(1) as executor:
            list(executor.run(do, jobs, cost=lambda job: job.name in "cf", lost=lost))
        times = {path.name[0]: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
        assert sorted(times, key=lambda name: times[name]) == ["c", "f", "a", "b", "d", "e"]

    def test_results_that_wait_for_their_turn_are_few(self, tmp_path: Path) -> None:
        first = Job("first", "note", (tmp_path, 2))
        rest = [Job(f"{number}", "note", (tmp_path, 0)) for number in range(3 * AHEAD)]
        with pool(2) as executor:
            run = executor.run(do, [first, *rest], cost=same, lost=lost)
            next(run)
            assert AHEAD < len(begun(tmp_path)) <= 2 * AHEAD

    def test_no_job_waits_behind_a_long_one_while_a_worker_is_idle(
        self, two: Executor, tmp_path: Path
    ) -> None:
        long = Job("long", "note", (tmp_path, 5))
        short = [Job(f"{number}", "note", (tmp_path, 0.1)) for number in range(4)]
        results(two, [long, *short], lambda job: float(job.data[1]))
        who = begun(tmp_path)
        assert who.pop("long") not in who.values()

    def test_workers_go_on_while_results_are_not_asked_for(self, tmp_path: Path) -> None:
        jobs = [Job(f"{number}", "note", (tmp_path, 0.2)) for number in range(20)]
        with pool(1) as executor:
            run = executor.run(do, jobs, cost=same, lost=lost)
            next(run)
            until(lambda: "1" in begun(tmp_path))

    def test_one_pool_serves_several_runs(self, two: Executor) -> None:
        jobs = [Job(f"{number}", "who") for number in range(40)]
        first = set(results(two, jobs, same))
        assert len(first) <= 2 and set(results(two, jobs, same)) <= first

    def test_no_jobs(self, two: Executor) -> None:
        assert results(two, [], same) == []

    def test_large_jobs_and_results(self, two: Executor) -> None:
        jobs = [Job(f"{number}", data=bytes([number]) * (3 << 20)) for number in range(12)]
        assert results(two, jobs, same) == [job.data for job in jobs]


class TestBadJobs:
    @pytest.mark.parametrize(
        ("bad", "why"),
        [
            (Job("bad", "exit", 3), "ended with exit code 3"),
            (Job("bad", "signal", signal.SIGTERM), "was ended by signal 15 (SIGTERM)"),
            (Job("bad", "signal", signal.SIGKILL), f"was ended by signal 9 (SIGKILL), {FULL}"),
            (Job("bad", "signal", signal.SIGSEGV), f"was ended by signal 11 (SIGSEGV), {FAILED}"),
        ],
    )
    def test_a_worker_that_dies(self, two: Executor, bad: Job, why: str) -> None:
        assert harm(two, bad) == f"lost bad: its worker {why}"

    def test_a_job_whose_worker_was_killed_gets_another(
        self, two: Executor, tmp_path: Path
    ) -> None:
        assert harm(two, Job("victim", "killed once", tmp_path / "killed")) == "victim"

    def test_a_worker_killed_while_idle_costs_nothing(self, two: Executor) -> None:
        for pid in set(results(two, [Job(f"{n}", "who") for n in range(20)], same)):
            os.kill(pid, signal.SIGKILL)
        assert harm(two, Job("another")) == "another"

    def test_time_runs_out_in_c_code(self) -> None:
        with pool(2, limits=Limits(seconds=2)) as executor:
            assert harm(executor, Job("bad", "stick")) == (
                "lost bad: it took longer than 2 seconds"
            )

    def test_each_job_has_its_own_time(self) -> None:
        with pool(1, limits=Limits(seconds=2)) as executor:
            jobs = [Job(f"{number}", "sleep", 0.5) for number in range(6)]
            assert results(executor, jobs, same) == [None] * 6

    def test_memory_runs_out(self) -> None:
        with pool(2, limits=Limits(megabytes=512)) as executor:
            assert harm(executor, Job("bad", "take", 600)) == (
                "lost bad: it needed more than 512 MB of memory"
            )
            assert results(executor, [Job("good", "take", 300)], same) == [300 << 20]

    @pytest.mark.parametrize(
        ("error", "why"),
        [
            (ValueError("no such thing"), "ValueError: no such thing"),
            (KeyError(), "KeyError"),
            (SystemExit(2), "SystemExit: 2"),
        ],
    )
    def test_an_error_is_told_in_its_words(
        self, two: Executor, error: BaseException, why: str
    ) -> None:
        assert harm(two, Job("bad", "raise", error)) == f"lost bad: {why}"

    def test_what_cannot_be_sent(self, two: Executor) -> None:
        assert harm(two, Job("bad", data=threading.Lock())).startswith(
            "lost bad: it cannot be sent to a worker: TypeError: "
        )
        assert harm(two, Job("bad", "unpicklable")).startswith(
            "lost bad: its result cannot be sent back: "
        )
        assert harm(two, Job("bad", "unreadable")).startswith(
            "lost bad: its result cannot be read: ValueError: "
        )
        assert harm(two, Job("bad", data=Unreadable())).startswith("lost bad: ValueError: ")

    def test_an_error_in_this_process(self) -> None:
        assert harm(here(), Job("bad", "raise", ValueError("no"))) == "lost bad: ValueError: no"


class TestMemory:
    def test_a_worker_that_has_grown_is_replaced(self) -> None:
        with pool(1) as executor:
            small = results(executor, [Job(f"{n}", "keep", 1) for n in range(5)], same)
            assert len(set(small)) == 1
            large = results(executor, [Job(f"{n}", "keep", 100) for n in range(5)], same)
            assert len(set(large)) >= 3
            until(lambda: sum(is_alive(pid) for pid in {*small, *large}) <= 1)


class TestEnd:
    def test_whoever_stops_early_waits_for_nobody(self, two: Executor, tmp_path: Path) -> None:
        jobs = [Job("quick"), *(Job(f"slow {n}", "note", (tmp_path, 60)) for n in range(5))]
        run = two.run(do, jobs, cost=same, lost=lost)
        next(run)
        until(lambda: len(begun(tmp_path)) == 2)
        start = time.monotonic()
        run.close()  # type: ignore[attr-defined]
        assert time.monotonic() - start < 2
        assert not any(is_alive(pid) for pid in begun(tmp_path).values())
        assert harm(two, Job("another")) == "another"

    def test_a_closed_pool_leaves_no_worker(self) -> None:
        with pool(2) as executor:
            pids = set(results(executor, [Job(f"{n}", "who") for n in range(9)], same))
        assert not any(is_alive(pid) for pid in pids)

    def test_a_killed_parent_leaves_no_worker(self, tmp_path: Path) -> None:
        with parent(
            tmp_path, [Job("a", "stick", tmp_path), Job("b", "note", (tmp_path, 60))]
        ) as it:
            workers = begun(tmp_path).values()
            family = [*workers, *children_of(it.pid)]
            assert all(is_alive(pid) for pid in family) and len(family) > 2
            it.kill()
            until(lambda: not any(is_alive(pid) for pid in family))

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_ctrl_c_ends_all_without_a_word_of_workers(self, tmp_path: Path, number: int) -> None:
        jobs = [Job("a", "stick", tmp_path), Job("b", "note", (tmp_path, 60))]
        with parent(tmp_path, jobs) as it:
            workers = begun(tmp_path).values()
            os.killpg(it.pid, number) if number == signal.SIGINT else it.send_signal(number)
            assert it.wait(SOON) == 3
            until(lambda: not any(is_alive(pid) for pid in workers))
            assert it.stderr and it.stderr.read() == b""


class TestPreload:
    def test_nobody_waits_for_it_and_workers_have_it(self, tmp_path: Path) -> None:
        (tmp_path / "heavy.py").write_text("import time\ntime.sleep(3)\n")
        script = (
            "import time; start = time.monotonic()\n"
            "from builder.build.executors import pool\n"
            "from tests.unit.jobs import *\n"
            "with pool(2, ['heavy', 'nothing_of_that_name']) as executor:\n"
            "    assert time.monotonic() - start < 2.5\n"
            "    jobs = [Job('a', 'loaded', 'heavy')] * 4\n"
            "    run = executor.run(do, jobs, cost=len, lost=lost)\n"
            "    assert [result for _, result in run] == [True] * 4\n"
            "    assert time.monotonic() - start < 5.9  # not once for each worker\n"
        )
        path = f"{CHECKOUT}{os.pathsep}{tmp_path}"
        environment = {**os.environ, "PYTHONPATH": path}
        subprocess.run([sys.executable, "-c", script], env=environment, check=True, timeout=60)

    def test_where_nothing_can_be_forked_workers_are_spawned(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("multiprocessing.get_all_start_methods", lambda: ["spawn"])
        with pool(2, ["colorsys"]) as executor:
            assert results(executor, [Job("a", "loaded", "colorsys")], same) == [True]
            assert harm(executor, Job("bad", "exit", 3)) == (
                "lost bad: its worker ended with exit code 3"
            )


def parent(folder: Path, jobs: Sequence[Job]) -> subprocess.Popen[bytes]:
    """A process with a pool whose two workers are in the middle of jobs."""
    script = (
        "import pickle, signal, sys\n"
        "from builder.build.executors import pool\n"
        "from tests.unit.jobs import do, lost\n"
        "signal.signal(signal.SIGTERM, lambda *given: sys.exit(3))\n"
        "jobs = pickle.loads(bytes.fromhex(sys.argv[1]))\n"
        "try:\n"
        "    with pool(2) as executor:\n"
        "        list(executor.run(do, jobs, cost=len, lost=lost))\n"
        "except KeyboardInterrupt:\n"
        "    sys.exit(3)\n"
    )
    given = pickle.dumps(jobs).hex()
    started = subprocess.Popen(
        [sys.executable, "-c", script, given],
        cwd=CHECKOUT,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    until(lambda: len(begun(folder)) == len(jobs))
    return started


def children_of(pid: int) -> list[int]:
    """The processes that a process has started itself."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
