"""A build that is killed at anything that it does to its output: nothing is half, and all heals."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.dying import Builds, Ended
from tests.helpers import CHECKOUT, TESTS, TODAY, Project

FACTS = (TESTS / "cases/basic/sources/basic/module.yaml").read_text().partition("images:")[0]
KEPT = {".leafdeck-lock", ".leafdeck-state", ".leafdeck-glance"}
"""The hidden files that every build leaves."""
OWN = {"a/notes.txt": b"mine", "films/film.mp4": b"mine too", ".leafdeck-notes": b"and mine"}
"""What somebody keeps in the output folder."""

RUNNING: dict[str, Any] = {"cwd": CHECKOUT, "text": True, "start_new_session": True}
SOON = 10
"""Seconds after which workers must have noticed that nobody wants them."""

Files = dict[str, bytes]


@dataclass(frozen=True)
class Story:
    """A project that was built, then edited: one module is changed, one new, one gone."""

    project: Project
    builds: Builds
    saved: Path
    """A copy of the output before the edit."""
    old: Files
    new: Files

    def build(self, output: Path | None = None, last: int = 0, fault: str = "") -> Ended:
        """Build what was edited, over what was built before."""
        target = output or self.project.output
        return self.builds.run(target, *asked(self.project, target), last=last, fault=fault)

    def restore(self) -> None:
        """Put the output back as it was before the edit."""
        shutil.rmtree(self.project.output)
        shutil.copytree(self.saved, self.project.output)


def asked(project: Project, output: Path) -> tuple[str, ...]:
    """What a build is asked for: what is quickly made."""
    kinds = ("--only", "page", "--only", "deck")
    where = ("--project", str(project.root), "--output", str(output))
    return (*where, "--today", str(TODAY), *kinds)


def module(project: Project, name: str, words: str, version: str) -> None:
    """Write a module: slides for `a`, and what is made faster for the others."""
    facts = FACTS.replace("BASIC-01", f"{name.upper()}-01").replace('"1.0"', f'"{version}"')
    project.write(f"sources/{name}/module.yaml", facts)
    text = "slides" if name == "a" else "leaflet"
    project.write(f"sources/{name}/{text}.md", f"## A heading\n\n- {words}\n")


def files(folder: Path) -> Files:
    """All files of a folder that people see."""
    paths = (path.relative_to(folder) for path in folder.rglob("*"))
    seen = (path for path in paths if not path.name.startswith("."))
    return {str(path): (folder / path).read_bytes() for path in seen if (folder / path).is_file()}


def others(folder: Path) -> set[str]:
    """The hidden files of a folder, and the folders in it."""
    paths = {path.relative_to(folder) for path in folder.rglob("*")}
    return {str(path) for path in paths if path.name.startswith(".") or (folder / path).is_dir()}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """The project after its edit, its output as before."""
    root = tmp_path_factory.mktemp("story")
    project = Project(root / "project")
    for name in "abd":
        module(project, name, "First words", "1.0")
    with Builds(CHECKOUT, *asked(project, project.output)) as builds:
        yield edited(project, builds, root)


def edited(project: Project, builds: Builds, root: Path) -> Story:
    """The story of a project that was just built, up to its edit."""
    saved = root / "saved"
    assert builds.run(project.output, *asked(project, project.output)).count == 0
    for file, data in OWN.items():
        project.write(f"output/{file}", data)
    shutil.copytree(project.output, saved)
    module(project, "a", "Second words", "1.1")
    module(project, "c", "First words", "1.0")
    shutil.rmtree(project.root / "sources/b")
    story = Story(project, builds, saved, files(saved), {})
    assert story.build().status == story.build(root / "clean").status == 0
    story.new.update(files(project.output))
    mine = {file: data for file, data in OWN.items() if file in story.old}
    clean = files(root / "clean") | mine
    assert differing(story.new, clean) == ["manifest.json"]  # it knows older versions too
    return story


def unwhole(story: Story) -> Iterator[str]:
    """The files that are neither old nor new, and those that the manifest knows too early."""
    now = files(story.project.output)
    for file in sorted({*now, *story.old, *story.new}):
        if now.get(file) not in (story.old.get(file), story.new.get(file)):
            yield f"{file} is neither old nor new"
    if now.get("manifest.json") == story.new["manifest.json"]:
        yield from (f"{file} is older than the manifest" for file in differing(now, story.new))


def unhealed(story: Story) -> Iterator[str]:
    """What the next build leaves that a build which is not disturbed does not."""
    output = story.project.output
    if story.build().status != 0:
        yield "the next build failed"
    yield from (f"{file} is not healed" for file in differing(files(output), story.new))
    for left in others(output) ^ {*KEPT, ".leafdeck-notes", "a", "c", "d", "films"}:
        yield f"{left} is left over, or gone"
    if story.build().count:
        yield "the build after that did something"


def differing(one: Files, other: Files) -> list[str]:
    """The files that are not the same in both."""
    return sorted(file for file in {*one, *other} if one.get(file) != other.get(file))


def faults(story: Story, fault: str = "") -> Iterator[str]:
    """What is wrong after a build was killed at each thing that it does."""
    for last in range(1, 200):
        story.restore()
        ended = story.build(last=last, fault=fault)
        found = [*unwhole(story), *unhealed(story)]
        yield from (f"killed at {last}: {each}" for each in found)
        if ended.status == 0:
            assert last == ended.count + 1
            return
        assert ended.status == -signal.SIGKILL, ended.told


def test_a_build_that_is_killed_leaves_nothing_half_and_the_next_one_heals(story: Story) -> None:
    """At each of the some fifty things that a build does to its output."""
    assert "\n".join(faults(story)) == ""


@pytest.mark.parametrize("fault", ["in place", "manifest first", "no mark"])
def test_the_proof_sees_faults(story: Story, fault: str) -> None:
    """A build that writes over files, notes them too early, or says not that it is under way."""
    assert next(faults(story, fault), "")


def test_two_builds_at_the_same_time(basic: Project) -> None:
    """The second says who is first and changes nothing; once the first is killed, it may go on."""
    rows = "".join(f"clinic-{each},Clinic {each},020 7946 00{each:02}\n" for each in range(6))
    basic.write("clinics/many.csv", f"clinic,name,phone\n{rows}")
    with subprocess.Popen(command(basic), **RUNNING, stdout=subprocess.PIPE) as first:
        try:
            assert first.stdout and first.stdout.readline().startswith("made ")
            first.send_signal(signal.SIGSTOP)
            before = all_of(basic.output)
            second, looking = run(basic), run(basic, "--dry-run")
            assert (second.returncode, looking.returncode) == (1, 0)
            assert f"Another build writes into it, process {first.pid}." in second.stderr
            assert all_of(basic.output) == before
        finally:
            first.kill()
    assert all_ended(first.pid)
    assert (run(basic).returncode, run(basic, "--check").returncode) == (0, 0)
    assert others(basic.output) == {
        *KEPT,
        "basic",
        "clinics",
        *(f"clinics/clinic-{n}" for n in range(6)),
    }


def command(project: Project, *more: str) -> list[str]:
    """A build of many files, on workers."""
    where = ("--project", str(project.root), "--today", str(TODAY))
    return [
        sys.executable,
        "-m",
        "builder",
        "build",
        "--clinics",
        "all",
        "--jobs",
        "1",
        *where,
        *more,
    ]


def run(project: Project, *more: str) -> subprocess.CompletedProcess[str]:
    """Run such a build up to its end."""
    return subprocess.run(command(project, *more), **RUNNING, capture_output=True, check=False)


def all_of(folder: Path) -> Files:
    """All files of a folder, also the hidden ones; what is being written left out."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): path.read_bytes() for path in paths}


def all_ended(session: int) -> bool:
    """Whether nothing runs any more that a program began which led a session."""
    end = time.monotonic() + SOON
    while time.monotonic() < end:
        if not any(map(partial(_is_of, session), Path("/proc").glob("[0-9]*/stat"))):
            return True
        time.sleep(0.1)
    return False


def _is_of(session: int, process: Path) -> bool:
    try:
        state, _, _, number = process.read_text().rpartition(")")[2].split()[:4]
    except OSError:  # it just ended
        return False
    return int(number) == session and state not in "ZX"
