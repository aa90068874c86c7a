"""The cache in a folder: many processes, people without rights, and its upkeep."""

from __future__ import annotations

import contextlib
import datetime
import multiprocessing
import os
import pickle
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.build.cache import Cache, open_cache
from builder.build.cache.entries import ROOMS, place_of
from builder.build.cache.stores import day_of
from builder.build.cache.upkeep import LEFT, info, prune
from builder.problems import Rejected
from builder.workspace import UNFINISHED, today
from tests.helpers import CHECKOUT
from tests.unit.caches import DATA, KEY, OTHER, aged, codes, path_of

TODAY = today(None, {})
NOBODY = 65534


@pytest.fixture
def local(tmp_path: Path) -> Cache:
    return open_cache("folder", tmp_path)


def test_a_new_folder_is_marked_and_one_in_use_is_not(tmp_path: Path) -> None:
    open_cache("new/cache", tmp_path).put("artifacts", KEY, DATA)
    tag = (tmp_path / "new/cache/CACHEDIR.TAG").read_text()
    assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55\n")
    assert (tmp_path / "new/cache/.gitignore").read_text() == "*\n"
    open_cache(".", tmp_path).put("artifacts", KEY, DATA)
    assert not (tmp_path / "CACHEDIR.TAG").exists() and not (tmp_path / ".gitignore").exists()


def test_asking_makes_no_folder(local: Cache) -> None:
    assert local.get("artifacts", KEY) is None and not Path(local.address).exists()


def test_a_file_address_is_a_folder(tmp_path: Path) -> None:
    assert open_cache(f"file://{tmp_path}/x", Path("/elsewhere")).address == f"{tmp_path}/x"
    assert open_cache("file://x", tmp_path).address == f"{tmp_path}/x"


def test_others_may_read_entries(local: Cache) -> None:
    local.put("artifacts", KEY, DATA)
    assert stat.S_IMODE(path_of(local).stat().st_mode) == 0o644


def test_reading_refreshes_the_time_stamp_once_a_day(local: Cache) -> None:
    local.put("artifacts", KEY, DATA)
    aged(path_of(local), 5)
    local.get("artifacts", KEY)
    now = path_of(local).stat().st_mtime_ns
    assert day_of(now / 1e9) == TODAY
    local.get("artifacts", KEY)
    assert path_of(local).stat().st_mtime_ns == now


def test_a_time_stamp_in_no_calendar_fails_nothing(
    local: Cache,
) -> None:
    local.put("artifacts", KEY, DATA)
    os.utime(path_of(local), (0, 2**33))  # the year 2242: a clock was wrong
    assert prune(local, 0, TODAY)[0].entries == 0
    assert local.get("artifacts", KEY) == DATA
    assert info(local)[0].newest == TODAY
    assert day_of(1e15) is None and day_of(-1e15) is None


@contextlib.contextmanager
def without_rights() -> Iterator[None]:
    """As somebody whom the permissions of files bind; they do not bind root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def foreign() -> Iterator[Cache]:
    """A cache with one entry, in a folder where others may only read."""
    folder = Path(tempfile.mkdtemp())
    cache = open_cache("cache", folder)
    cache.put("artifacts", KEY, DATA)
    aged(path_of(cache), 5)
    folders = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    for path in folders:
        path.chmod(0o555)
    yield cache
    for path in folders:
        path.chmod(0o755)
    shutil.rmtree(folder)


def test_who_may_not_write_still_reads(foreign: Cache) -> None:
    path_of(foreign, OTHER).parent.parent.chmod(0o755)
    with without_rights():
        foreign.put("inputs", OTHER, DATA)
        assert codes(foreign) == ["cache-read-only"]
        foreign.put("artifacts", OTHER, DATA)
        assert foreign.get("artifacts", KEY) == DATA
    assert codes(foreign) == ["cache-read-only"] and foreign.get("artifacts", OTHER) is None
    [problem] = foreign.problems()
    assert problem.severity == "note" and foreign.address in problem.message


def test_a_corrupt_entry_in_a_folder_for_reading_is_a_miss(foreign: Cache) -> None:
    path_of(foreign).write_bytes(b"broken")
    with without_rights():
        assert foreign.get("artifacts", KEY) is None


def test_a_pipe_or_a_folder_in_an_entry_s_place_is_a_miss(local: Cache) -> None:
    local.put("artifacts", OTHER, DATA)
    for place in (path_of(local), path_of(local, room="modules")):
        place.parent.mkdir(parents=True)
    os.mkfifo(path_of(local))
    assert local.get("artifacts", KEY) is None and not path_of(local).exists()
    path_of(local, room="modules").mkdir()
    assert local.get("modules", KEY) is None


# many processes


def test_a_copy_in_another_process_opens_the_store_itself(local: Cache) -> None:
    local.put("artifacts", KEY, DATA)
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        assert pool.apply(Cache.get, (local, "artifacts", KEY)) == DATA
    assert pickle.loads(pickle.dumps(local)) == local  # noqa: S301 - our own


def _write_often(cache: Cache, letter: bytes, times: int) -> None:
    for _ in range(times):
        cache.put("artifacts", KEY, letter * 100_000)


def test_two_writers_of_one_key_leave_one_of_the_two_whole(local: Cache) -> None:
    context = multiprocessing.get_context("fork")
    writers = [
        context.Process(target=_write_often, args=(local, letter, 200)) for letter in (b"a", b"b")
    ]
    for writer in writers:
        writer.start()
    seen = set()
    while any(writer.is_alive() for writer in writers):
        seen.add(local.get("artifacts", KEY))
    assert seen <= {None, b"a" * 100_000, b"b" * 100_000} and len(seen) > 1
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert [path.name for path in path_of(local).parent.iterdir()] == [KEY]


@pytest.mark.parametrize("at", ["chmod", "replace"])
def test_a_writer_killed_in_the_middle_leaves_a_miss(local: Cache, at: str) -> None:
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from builder.build.cache import Cache\n"
        f"Path.{at} = lambda *given: os.kill(os.getpid(), 9)\n"
        "Cache(sys.argv[1]).put('artifacts', sys.argv[2], b'new' * 1000)\n"
    )
    command = [sys.executable, "-c", script, local.address, KEY]
    assert subprocess.run(command, cwd=CHECKOUT, check=False).returncode == -signal.SIGKILL
    [begun] = path_of(local).parent.iterdir()
    assert begun.name.startswith(UNFINISHED) and local.get("artifacts", KEY) is None
    local.put("artifacts", KEY, DATA)
    assert local.get("artifacts", KEY) == DATA and info(local)[0].entries == 1
    prune(local, 0, TODAY + datetime.timedelta(LEFT))
    assert begun.exists(), "it may still be written"
    prune(local, 0, TODAY + datetime.timedelta(LEFT + 1))
    assert not begun.exists()


# upkeep


def test_info_counts_entries_and_nothing_else(local: Cache) -> None:
    local.put("artifacts", KEY, DATA)
    local.put("artifacts", OTHER, DATA)
    aged(path_of(local), 40)
    (path_of(local).parent / "note.txt").write_text("not an entry")
    (path_of(local).parent / OTHER).write_text("an entry's name in another place")
    artifacts, modules, inputs = info(local)
    day = TODAY - datetime.timedelta(40)
    size = sum(path_of(local, key).stat().st_size for key in (KEY, OTHER))
    assert (artifacts.entries, artifacts.bytes) == (2, size)
    assert (artifacts.oldest, artifacts.newest) == (day, TODAY)
    assert modules.entries == inputs.entries == 0 and modules.oldest is None


def test_info_of_a_folder_that_is_not_there_is_empty(local: Cache) -> None:
    assert [(row.room, row.entries) for row in info(local)] == [(room, 0) for room in ROOMS]


def test_prune_removes_what_is_old_and_an_entry_and_nothing_else(
    local: Cache, tmp_path: Path
) -> None:
    for key in (KEY, OTHER):
        local.put("artifacts", key, DATA)
    folder = path_of(local).parent
    others = [Path(local.address) / "note", folder / "note.txt", folder / OTHER]
    others += [tmp_path / place_of("modules", KEY), tmp_path / "linked"]
    for path in others:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("not ours")
    (Path(local.address) / "modules").mkdir()
    (Path(local.address) / "modules/ab").symlink_to(tmp_path / "modules/ab")
    (folder / ("ab" * 31 + "ff")).symlink_to(tmp_path / "linked")
    for path in (*others, path_of(local)):
        aged(path, 31)
    [gone, *rest] = prune(local, 30, TODAY, dry_run=True)
    assert gone.entries == 1 and path_of(local).exists()
    assert prune(local, 30, TODAY) == (gone, *rest) and [row.entries for row in rest] == [0, 0]
    assert not path_of(local).exists() and path_of(local, OTHER).exists()
    assert all(path.exists() for path in others)


def test_what_was_read_lately_is_kept(local: Cache) -> None:
    local.put("artifacts", KEY, DATA)
    aged(path_of(local), 31)
    assert local.get("artifacts", KEY) == DATA
    assert prune(local, 30, TODAY)[0].entries == 0


def test_prune_of_an_address_goes_by_the_day_of_writing(tmp_path: Path) -> None:
    cache = open_cache(f"memory://{tmp_path.name}/deep", tmp_path)
    cache.put("artifacts", KEY, DATA)
    cache.store().write("artifacts/ab/note", b"not an entry")
    assert prune(cache, 30, TODAY + datetime.timedelta(30))[0].entries == 0
    assert prune(cache, 30, TODAY + datetime.timedelta(31))[0].entries == 1
    assert cache.get("artifacts", KEY) is None and info(cache)[0].entries == 0
    assert cache.store().read("artifacts/ab/note")


def test_upkeep_of_a_store_that_fails_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Rejected) as rejected:
        info(open_cache("file", tmp_path))
    assert [problem.severity for problem in rejected.value.problems] == ["error"]
