"""The cache: what was put comes back, or nothing does; and no store can fail a build."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.build.cache import Cache, open_cache
from builder.build.cache.entries import is_place, place_of
from builder.build.cache.reach import PATIENCE, Reach
from builder.build.cache.stores import Stored
from builder.problems import Rejected
from tests.helpers import CHECKOUT
from tests.unit.caches import DATA, KEY, OTHER, codes


@pytest.fixture(params=["folder", "memory://"])
def cache(request: pytest.FixtureRequest, tmp_path: Path) -> Cache:
    address = request.param
    return open_cache(address if address == "folder" else f"{address}{tmp_path.name}", tmp_path)


@pytest.fixture
def local(tmp_path: Path) -> Cache:
    return open_cache("folder", tmp_path)


# what comes back


@pytest.mark.parametrize("data", [b"", b"\n", DATA, b"leafdeck-cache 1 \n" + DATA])
def test_what_was_put_comes_back(cache: Cache, data: bytes) -> None:
    assert cache.get("artifacts", KEY) is None
    cache.put("artifacts", KEY, data)
    assert cache.get("artifacts", KEY) == data
    assert cache.get("modules", KEY) is None and cache.get("artifacts", OTHER) is None
    assert cache.problems() == ()


def test_many_come_back_in_order(cache: Cache) -> None:
    keys = [f"{number:064x}" for number in range(100)]
    for key in keys[::2]:
        cache.put("inputs", key, key.encode())
    found = list(cache.get_many("inputs", iter(keys)))
    assert found == [(key, None if at % 2 else key.encode()) for at, key in enumerate(keys)]


@pytest.mark.parametrize(
    ("room", "key"),
    [
        ("artifacts", "../" + "a" * 61),
        ("artifacts", "A" * 64),
        ("artifacts", "a" * 63),
        ("artifacts", "a" * 64 + "\n"),
        ("elsewhere", KEY),
        ("../artifacts", KEY),
    ],
)
def test_no_key_leads_elsewhere(cache: Cache, room: str, key: str) -> None:
    with pytest.raises(ValueError, match="no place"):
        cache.get(room, key)
    with pytest.raises(ValueError, match="no place"):
        cache.put(room, key, DATA)


def _flipped(entry: bytes, at: int) -> bytes:
    return entry[:at] + bytes([entry[at] ^ 1]) + entry[at + 1 :]


def test_any_cut_and_any_flipped_bit_is_a_miss_and_is_mended(cache: Cache) -> None:
    cache.put("artifacts", KEY, b"payload")
    store, place = cache.store(), place_of("artifacts", KEY)
    sound = store.read(place) or b""
    broken = [sound[:size] for size in range(len(sound))]
    broken += [_flipped(sound, at) for at in range(len(sound))]
    broken += [sound + b"x", b"", sound + sound]
    for entry in broken:
        store.write(place, entry)
        assert cache.get("artifacts", KEY) is None, entry
        assert store.read(place) is None, "it is removed"
    cache.put("artifacts", KEY, b"payload")
    assert cache.get("artifacts", KEY) == b"payload" and cache.problems() == ()


@pytest.mark.parametrize("source", [("artifacts", OTHER), ("modules", KEY)])
def test_another_entry_copied_to_a_place_is_not_taken(
    cache: Cache, source: tuple[str, str]
) -> None:
    cache.put(*source, DATA)
    store = cache.store()
    store.write(place_of("artifacts", KEY), store.read(place_of(*source)) or b"")
    assert cache.get("artifacts", KEY) is None


# what fails


class Failing:
    """A store that fails, and counts how often it is asked."""

    far = False

    def __init__(self, error: OSError, writes: bool = False) -> None:
        self.error, self.writes, self.asked = error, writes, 0

    def read(self, path: str) -> bytes | None:
        self.asked += 1
        if self.writes:
            return None
        raise self.error

    def write(self, path: str, data: bytes) -> None:
        self.asked += 1
        raise self.error

    def remove(self, path: str) -> None:
        raise self.error

    def listing(self, room: str) -> Iterator[Stored]:
        raise self.error


@pytest.mark.parametrize(
    ("error", "times", "words"),
    [
        (TimeoutError(), 1, "it does not answer in time"),
        (ConnectionRefusedError(), PATIENCE, "nothing answers there"),
        (OSError(28, "secret"), PATIENCE, "no space left on device"),
        (OSError("secret"), PATIENCE, "it fails with OSError"),
    ],
)
def test_a_store_that_fails_is_given_up(error: OSError, times: int, words: str) -> None:
    store = Failing(error)
    reach = Reach(lambda: store, "s3://bucket")
    for _ in range(10):
        assert reach.read("x") is None
        reach.write("x", b"")
    assert store.asked <= 2 * times
    [problem] = reach.problems
    assert problem.message == f"The cache s3://bucket cannot be used: {words}."
    assert (problem.code, problem.severity) == ("cache-unreachable", "warning")


def test_who_is_not_let_in_to_read_is_told() -> None:
    reach = Reach(lambda: Failing(PermissionError("secret")), "s3://bucket")
    assert reach.read("x") is None
    [problem] = reach.problems
    assert problem.message == "The cache s3://bucket cannot be used: access is refused."


def test_one_failure_among_answers_is_no_reason_to_give_up() -> None:
    store = Failing(ConnectionResetError())
    reach = Reach(lambda: store, "")
    for turn in range(20):
        store.writes = turn % 2 == 0
        reach.read("x")
    assert store.asked == 20 and len(reach.problems) == 1


def test_a_disk_that_is_full_still_gives(local: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    local.put("artifacts", KEY, DATA)

    def full(*given: object, **named: object) -> tuple[int, str]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "mkstemp", full)
    for _ in range(PATIENCE + 1):
        local.put("artifacts", OTHER, DATA)
    assert local.get("artifacts", KEY) == DATA and codes(local) == ["cache-unreachable"]


def test_a_folder_that_is_a_file_is_told_once_and_tried_again_next_time(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("no folder")
    cache = open_cache("folder", tmp_path)
    for _ in range(5):
        assert cache.get("artifacts", KEY) is None
        cache.put("artifacts", KEY, DATA)
    assert dict(cache.get_many("modules", [KEY, OTHER])) == {KEY: None, OTHER: None}
    [problem] = cache.problems()
    assert problem.message == f"The cache {tmp_path}/folder cannot be used: it is not a folder."
    (tmp_path / "folder").unlink()
    again = open_cache("folder", tmp_path)
    again.put("artifacts", KEY, DATA)
    assert again.get("artifacts", KEY) == DATA and again.problems() == ()


def test_what_a_worker_met_is_told_once(tmp_path: Path, local: Cache) -> None:
    (tmp_path / "file").write_text("")
    worker = open_cache("file", tmp_path)
    worker.get("artifacts", KEY)
    for _ in range(3):
        local.hear(worker.problems())
    assert codes(local) == ["cache-unreachable"]


# addresses


@pytest.mark.parametrize(
    "address", ["", "a\0b", "gopher://x/y", "://x", "s3://", "zip::s3://bucket/x", "S3 ://x"]
)
def test_an_address_that_cannot_be_one_is_rejected(address: str, tmp_path: Path) -> None:
    with pytest.raises(Rejected) as rejected:
        open_cache(address, tmp_path)
    [problem] = rejected.value.problems
    assert problem.code == "cache-address" and "s3://bucket/folder" in problem.hint


def test_what_is_not_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gcsfs", None)
    with pytest.raises(Rejected) as rejected:
        open_cache("gs://bucket/x", tmp_path)
    [problem] = rejected.value.problems
    assert problem.code == "cache-missing-extra" and " gs addresses" in problem.hint
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(Rejected) as rejected:
        open_cache("s3://key:secret@bucket/x?more=secret", tmp_path)
    [problem] = rejected.value.problems
    assert problem.code == "cache-missing-extra"
    assert "leafdeck[s3]" in problem.hint and "secret" not in problem.message
    assert open_cache("folder", tmp_path).get("artifacts", KEY) is None


def test_no_address_with_a_password_is_shown() -> None:
    cache = Cache("sftp://user:secret@example.org/x")
    assert "secret" not in repr(cache)


def test_a_folder_needs_no_heavy_import() -> None:
    heavy = "{'fsspec', 'pydantic', 'rich', 'jinja2', 'concurrent.futures.process'}"
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from builder.build.cache import open_cache\n"
        f"open_cache('none', Path()).get('artifacts', {KEY!r})\n"
        f"assert not {heavy} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=CHECKOUT, check=True)


def test_places_are_what_they_are_taken_for() -> None:
    assert is_place(place_of("inputs", KEY))
    for path in (f"inputs/ab/{OTHER}", f"x/ab/{KEY}", f"inputs/ab/{KEY}\n", f"/inputs/ab/{KEY}"):
        assert not is_place(path)
