"""Jobs that travel through the cache: what is sent, what is believed, what is lost."""

from __future__ import annotations

import gc
import os
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import pytest

from builder.build.cache import Cache, open_cache
from builder.build.executors import pool
from builder.build.knowing.rehearsal import Rehearsal
from builder.build.making import lodging, parcels
from builder.build.making.lodging import ROOM, Lodging, Order, fulfil, sent
from builder.build.making.make import Workshop
from builder.build.making.parcels import VANISHED, Parcels, Post
from builder.build.making.works import Making, Reading, Rehearsing, whole
from builder.build.planning.plan import Asked, plan
from builder.problems import Rejected
from builder.workspace import digest
from tests.helpers import TODAY, Project
from tests.unit.caches import path_of


@dataclass(frozen=True)
class Listing:
    """A work that says what a folder of the project holds, and who looked."""

    root: Path

    def __call__(self, name: str) -> tuple[list[str], int]:
        """The files in a folder with what they hold."""
        folder = self.root / "sources" / name
        paths = sorted(path for path in folder.rglob("*"))
        told = (
            f"{path.relative_to(folder)} {path.is_file() and path.read_text()}" for path in paths
        )
        return list(told), os.getpid()

    def at(self, root: Path, cache: Cache | None) -> Self:
        """The same elsewhere."""
        return replace(self, root=root)

    def files(self, name: str) -> Iterator[str]:
        """The folder."""
        return whole(self.root, f"sources/{name}")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Two folders; whatever is written on the way stays in a third."""
    (tmp_path / "room").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "room"))
    project = Project(tmp_path / "project").write("sources/a/one", "1").write("sources/b/two", "2")
    (project.root / "sources/a/empty/deep").mkdir(parents=True)
    return project.write("sources/a/.hidden/three", "3")


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """A cache in a folder."""
    return open_cache(str(tmp_path / "cache"), tmp_path)


def lost(job: str, why: str) -> tuple[list[str], int]:
    """What stands for a result."""
    return [f"{job} is lost: {why}"], 0


def listed(project: Project, cache: Cache, *jobs: str) -> list[tuple[list[str], int]]:
    """What comes of listing some folders on another process."""
    with Parcels(pool(1), cache) as executor:
        done = executor.run(Listing(project.root), jobs, cost=len, lost=lost)
        return [result for _, result in done]


def test_a_folder_is_elsewhere_exactly_what_it_is_here(project: Project, cache: Cache) -> None:
    expected, here = Listing(project.root)("a")
    [(found, who)] = listed(project, cache, "a")
    assert found == expected and who != here
    assert "empty/deep False" in found and ".hidden/three 3" in found


def test_what_is_here_no_more_is_there_no_more(project: Project, cache: Cache) -> None:
    work, there = Listing(project.root), Lodging()
    post = Post(cache)
    for step in (lambda: None, lambda: (project.root / "sources/a/one").unlink()):
        step()
        packed = cache.get(ROOM, post.pack(work, "a").parcel) or b""
        _, _, files = pickle.loads(packed)  # noqa: S301 - we packed it
        assert there.holds(files, cache)
        assert work.at(there.root, None)("a") == work("a")


def test_a_file_is_put_once(
    project: Project, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    put: list[bytes] = []
    monkeypatch.setattr(parcels, "sent", lambda cache, data: put.append(data) or sent(cache, data))
    post = Post(cache)
    for job in ("b", "b", "a"):
        post.pack(Listing(project.root), job)
    assert sorted(data for data in put if len(data) == 1) == [b"1", b"2", b"3"]


def test_what_cannot_be_sent_is_done_here(project: Project, cache: Cache) -> None:
    (project.root / "sources/b/link").symlink_to("two")
    expected = Listing(project.root)("b")
    there, here = listed(project, cache, "a", "b")
    assert here == expected and there[1] != here[1]


def forgetful(times: int) -> Callable[[Cache, bytes], str]:
    """Puts nothing the first so many times, but says that it did."""
    left = [None] * times
    return lambda cache, data: digest(data) if left and not left.pop() else sent(cache, data)


@pytest.mark.parametrize("times", [1, 2, 3])
def test_what_is_missing_is_put_again(
    times: int, project: Project, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected, _ = Listing(project.root)("b")
    with Parcels(pool(1), cache) as executor:
        work = Listing(project.root)
        assert list(executor.run(work, ["a"], cost=len, lost=lost))
        monkeypatch.setattr(parcels, "sent", forgetful(times))
        [(_, (found, _))] = executor.run(work, ["b"], cost=len, lost=lost)
    assert found == (expected if times < 3 else [f"b is lost: {VANISHED}"])


def test_a_cache_that_keeps_nothing_is_told_of(project: Project, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(Rejected) as rejected:
        listed(project, open_cache("cache", tmp_path), "b")
    [problem] = rejected.value.problems
    assert (problem.code, problem.severity) == ("cache-unreachable", "error")


def test_a_folder_that_workers_do_not_share_is_told_of(
    project: Project, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parcels, "sent", lambda cache, data: digest(data))
    with pytest.raises(Rejected, match="Workers do not find in the cache") as rejected:
        listed(project, cache, "b")
    assert rejected.value.problems[0].severity == "error"


@dataclass
class Trap:
    """Something that does harm as it is unpickled."""

    path: Path

    def __reduce__(self) -> tuple[Callable[[Path], None], tuple[Path]]:
        return Path.touch, (self.path,)


def test_what_others_wrote_into_the_cache_is_not_unpickled(
    project: Project, cache: Cache, tmp_path: Path
) -> None:
    order = Post(cache).pack(Listing(project.root), "b")
    assert fulfil(order).result
    trap = pickle.dumps(Trap(tmp_path / "sprung"))
    cache.put(ROOM, order.parcel, trap)
    assert cache.get(ROOM, order.parcel) == trap
    assert not fulfil(order).result and not (tmp_path / "sprung").exists()


def test_a_result_that_others_wrote_is_not_unpickled(
    project: Project, cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = pickle.dumps(Trap(tmp_path / "sprung"))

    def altered(cache: Cache, key: str) -> bytes | None:
        cache.put(ROOM, key, trap)
        return lodging.fetched(cache, key)

    monkeypatch.setattr(parcels, "fetched", altered)
    with pytest.raises(Rejected, match="Workers do not find in the cache"):
        listed(project, cache, "b")
    assert not (tmp_path / "sprung").exists()


def test_a_file_that_others_wrote_is_not_taken(project: Project, cache: Cache) -> None:
    order = Post(cache).pack(Listing(project.root), "b")
    cache.put(ROOM, digest(b"2"), b"3")
    assert not fulfil(order).result
    path_of(cache, digest(b"2"), ROOM).unlink()
    assert not fulfil(order).result
    cache.put(ROOM, digest(b"2"), b"2")
    assert fulfil(order).result


def test_a_worker_that_is_another_is_refused(
    project: Project, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = lodging.installation()
    versions = {**ours.versions, "weasyprint": "1.0"}
    other = replace(ours, versions=versions, theme={**ours.theme, "themes/clinic/more.css": "x"})
    monkeypatch.setattr(parcels, "installation", lambda: other)
    with pytest.raises(Rejected) as rejected:
        listed(project, cache, "b")
    [problem] = rejected.value.problems
    theirs = ours.versions["weasyprint"]
    assert problem.code == "workers-differ"
    assert f": weasyprint 1.0 -> {theirs}, themes/clinic/more.css is gone." in problem.message


def test_a_lodging_goes_with_whoever_lives_there(project: Project) -> None:
    there = Lodging()
    place = there.root
    assert place.is_dir()
    del there
    gc.collect()
    assert not place.exists()


def test_an_order_shows_no_secret(tmp_path: Path) -> None:
    order = Order(open_cache("file://user:secret@host/x", tmp_path), "ab" * 32, "cd")
    assert "secret" not in repr(order)


def test_works_name_all_that_they_read(basic: Project) -> None:
    basic.write("themes/ours/theme.toml", 'extends = "clinic"\n').write("themes/ours/a.css", "")
    basic.write("themes/other/theme.toml", 'extends = "clinic"\n')
    settings = basic.write("leafdeck.toml", 'theme = "ours"\n').request().settings
    reading = Reading(basic.root, settings.rules, TODAY)
    found = reading("basic")
    assert found.card and found.offers
    module = {*reading.files("basic")}
    assert {"sources/basic/", "sources/basic/images/square.png"} < module
    assert {label for label, seen in found.read.items() if seen} <= module
    job = plan("basic", found.offers, found.card, {}, Asked(settings))[0]
    workshop = Workshop(basic.root, settings, "here")
    theme = {"themes/ours/", "themes/ours/theme.toml", "themes/ours/a.css"}
    assert {*Making(workshop).files(job)} == module | theme
    rehearsal = Rehearsal(workshop, Asked(settings), {})
    assert {*Rehearsing(rehearsal).files(found)} == module | theme
