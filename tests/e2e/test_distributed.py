"""Builds on Dask workers that see nothing of the project: all they get comes from the cache.

A real scheduler and real worker processes on the loopback, with a folder or an S3 server between.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import distributed
import pytest
from click.testing import CliRunner
from moto.server import ThreadedMotoServer

from builder.build.cache import open_cache
from builder.build.executors import cluster, dask
from builder.build.making.parcels import Parcels
from builder.build.outcome import Outcome
from builder.cli.building import build as command
from tests.e2e.machines import LONG, Machines, machines
from tests.helpers import CHECKOUT, TESTS, TODAY, Project

BLIND = Path(__file__).with_name("blind.py")
BUCKET = "parcels"
EARLY = 3
"""Artifacts that were made when something happens."""
MANY = 10
"""Clinics, for a build that takes some time."""
NAMES = ("basic", "second", "third")
STYLE = ".of-our-own { color: #0F4C6E; }\n"

Files = dict[str, bytes]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of an S3 server."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    moto = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    moto.start()
    yield "http://{}:{}".format(*moto.get_host_and_port())
    moto.stop()


@pytest.fixture
def bucket(server: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The address of a cache in an object store; what its users set is set."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", server)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "somebody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    boto3.client("s3").create_bucket(Bucket=BUCKET)
    return f"s3://{BUCKET}/{tmp_path.name}"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Three modules, one that is broken, and a theme of the project's own."""
    project = Project(tmp_path / "project")
    for name in (*NAMES, "broken"):
        shutil.copytree(TESTS / "cases/basic/sources/basic", project.root / "sources" / name)
        project.edit(f"sources/{name}/module.yaml", "BASIC-01", f"{name.upper()}-01")
    project.write("sources/broken/slides.md", "## A heading\n\n![A square](images/none.png)\n")
    (project.root / "sources/second/empty").mkdir()
    project.write("leafdeck.toml", 'theme = "ours"\n')
    project.write("themes/ours/theme.toml", 'extends = "clinic"\n[colours]\nprimary = "#0F4C6E"\n')
    style = next((CHECKOUT / "themes/clinic").glob("leaflet*.css"))
    return project.write(f"themes/ours/{style.name}", style.read_text() + STYLE)


@dataclass(frozen=True)
class Elsewhere:
    """Workers that see nothing of a project, and the cache that they share with it."""

    machines: Machines
    cache: str
    room: Path
    """Where workers keep what they write."""

    def build(self, project: Project, *names: str, **more: Any) -> Outcome:
        """Build there."""
        cache, where = open_cache(self.cache, project.root), self.machines.address
        more |= {"executor": lambda: Parcels(cluster(where), cache), "cache": cache}
        return project.build(*names, **more)

    def made(self) -> int:
        """How many artifacts were made."""
        return len(list(open_cache(self.cache, self.room).store().listing("artifacts")))

    @contextmanager
    def after(self, count: int, act: Callable[[], None]) -> Iterator[None]:
        """Do something as soon as so many artifacts were made, and see that it was not the end."""
        seen: list[int] = []

        def wait() -> None:
            while (made := self.made()) < count:
                time.sleep(0.05)
            act()
            seen.append(made)

        waiting = threading.Thread(target=wait, daemon=True)
        waiting.start()
        yield
        waiting.join(LONG)
        assert seen and seen[0] < self.made()


@contextmanager
def elsewhere(project: Project, cache: str, **settings: str) -> Iterator[Elsewhere]:
    """Two workers in another folder."""
    room = project.root.parent / "elsewhere"
    room.mkdir()
    told = {"LEAFDECK_HIDDEN": str(project.root), "PYTHONPATH": str(CHECKOUT), "TMPDIR": str(room)}
    options = ("--no-nanny", "--preload", str(BLIND))
    with machines(2, cwd=room, options=options, settings=told | settings) as found:
        yield Elsewhere(found, cache, room)


def files(output: Path) -> Files:
    """All that people see of an output folder."""
    paths = (path for path in output.rglob("[!.]*") if path.is_file())
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in paths}


def local(project: Project, *names: str, **more: Any) -> tuple[Outcome, Files]:
    """What a build on this machine says and makes; the output folder is as before."""
    outcome = project.build(*names, workers=2, **more)
    found = files(project.output)
    shutil.rmtree(project.output)
    return outcome, found


@pytest.mark.parametrize("place", ["folder", "s3"])
def test_the_bytes_are_those_of_a_local_build_though_a_worker_is_killed(
    place: str, project: Project, bucket: str, tmp_path: Path
) -> None:
    expected, wanted = local(project)
    assert expected.failed and len(expected.built) == 4 * len(NAMES)
    with elsewhere(project, bucket if place == "s3" else str(tmp_path / "cache")) as there:
        with there.after(EARLY, there.machines.workers[0].kill):
            outcome = there.build(project)
        assert (outcome.built, outcome.problems) == (expected.built, expected.problems)
        assert there.machines.workers[0].wait(LONG) == -signal.SIGKILL
        assert files(project.output) == wanted
        again = there.build(project)
        assert (again.built, again.unchanged) == ((), len(expected.built))
    assert files(project.output) == wanted


def test_workers_see_nothing_of_the_project_and_leave_nothing(
    project: Project, tmp_path: Path
) -> None:
    with elsewhere(project, str(tmp_path / "cache")) as there:
        with distributed.Client(there.machines.address, set_as_default=False) as client:
            seen = client.run(os.listdir, str(project.root), on_error="return")
            assert {type(each) for each in seen.values()} == {FileNotFoundError}
        assert there.build(project).built
        assert list(there.room.glob("leafdeck-*"))
        for worker in there.machines.workers:
            worker.send_signal(signal.SIGTERM)
            worker.wait(LONG)
        assert not list(there.room.glob("leafdeck-*"))


def test_where_the_scheduler_is_lost_what_was_made_is_known(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask, "GONE", 1)
    monkeypatch.setattr(dask, "PULSE", 0.5)
    clinics = [f"clinic-{each}" for each in range(MANY)]
    rows = "".join(f"{each},Clinic {each},020 7946 0012\n" for each in clinics)
    project.write("clinics/many.csv", f"clinic,name,phone\n{rows}")
    asked = {"clinics": frozenset(clinics), "kinds": frozenset(("leaflet",))}
    expected, wanted = local(project, "basic", **asked)
    made: list[str] = []
    with elsewhere(project, str(tmp_path / "cache")) as there:

        def end(job: Any, result: Any) -> None:
            made.append(job.target)
            there.machines.scheduler.kill()

        outcome = there.build(project, "basic", progress=end, **asked)
    assert [problem.code for problem in outcome.problems] == ["scheduler-unreachable"]
    noted = json.loads(project.read("manifest.json"))["artifacts"]
    assert sorted(file for each in noted.values() for file in each) == sorted(made)
    assert 0 < len(made) < len(expected.built)
    rest = project.build("basic", **asked)
    assert {*rest.built} == {*expected.built} - {*made} and files(project.output) == wanted


def test_workers_that_may_not_use_the_cache_are_told_of(project: Project, bucket: str) -> None:
    nobody = {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}
    with elsewhere(project, bucket, **nobody) as there:
        [problem] = there.build(project).problems
    assert (problem.code, problem.severity) == ("cache-unreachable", "error")
    assert problem.message == f"The cache {bucket} cannot be used: access is refused."
    assert "all workers must be able to read it" in problem.hint


def run(project: Project, *arguments: str) -> Any:
    """The command."""
    asked = ("--project", str(project.root), "--today", str(TODAY), *arguments)
    return CliRunner().invoke(command, asked)


def test_the_command(project: Project, tmp_path: Path) -> None:
    _, wanted = local(project)
    with elsewhere(project, "cache") as there:
        dask_there = ("--executor", "dask", "--scheduler", there.machines.address)
        done = run(project, "--cache", "../cache", *dask_there, "--explain")
    assert done.exit_code == 1 and files(project.output) == wanted, done.output
    assert "new" in done.output and (tmp_path / "cache/inputs").is_dir()
    refused = run(project, *dask_there, "--output", str(tmp_path / "other"))
    assert refused.exit_code == 2 and "--executor dask needs a cache" in refused.output
