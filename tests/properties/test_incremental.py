"""An incremental build is never wrong: whatever was done, it leaves what a clean build makes.

`LEAFDECK_EXAMPLES=20 pytest tests/properties/test_incremental.py` tries twenty times as much.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from builder.artifacts import KINDS
from builder.build.outcome import Outcome
from builder.build.publishing.idle import seen
from builder.module.translation import is_translation
from builder.problems import Problem
from tests.helpers import Project
from tests.properties.edits import EDITS, Edit
from tests.properties.world import EVERY, MODULES, QUICK, World

MORE = int(os.environ.get("LEAFDECK_EXAMPLES", "1"))
"""How many times as much is tried."""
OURS = ("manifest.json", "SHA256SUMS")
STEP = st.lists(st.tuples(st.sampled_from(EDITS), st.sampled_from(MODULES)), min_size=1, max_size=3)
"""What is done between two builds."""
Done = list[tuple[Edit, str]]


@dataclass(frozen=True)
class Seen:
    """What a build left behind."""

    outcome: Outcome
    files: dict[str, bytes]
    manifest: dict[str, Any]
    """What it says of each file."""

    @property
    def told(self) -> list[Problem]:
        """What was found, but for what only earlier versions show."""
        return [each for each in self.outcome.problems if each.code != "version-unchanged"]


def files(project: Project) -> dict[str, bytes]:
    """Every published file."""
    return {
        path.relative_to(project.output).as_posix(): path.read_bytes()
        for path in sorted(project.output.rglob("*"))
        if path.is_file() and not path.name.startswith(".") and path.name not in OURS
    }


def entries(project: Project) -> dict[str, Any]:
    """What the manifest says of each file."""
    path = project.output / "manifest.json"
    if not path.exists():
        return {}
    modules = json.loads(path.read_bytes())["artifacts"].values()
    return {file: entry for named in modules for file, entry in named.items()}


def built(world: World, project: Project, workers: int = 1) -> Seen:
    """Build, and look at what is there."""
    outcome = project.build(workers=workers, kinds=frozenset(world.kinds), asked=asked(world))
    return Seen(outcome, files(project), entries(project))


def asked(world: World) -> str:
    return json.dumps(world.kinds)


def glanced(world: World) -> Outcome | None:
    """What is told where a glance shows that there is nothing to do."""
    project = world.project
    found = seen(project.root, project.output)
    return found.nothing_to_do(asked(world), project.today) if found else None


def clean(world: World) -> Seen:
    """What a clean build makes in another folder."""
    project = replace(world.project, into="clean")
    shutil.rmtree(project.output, ignore_errors=True)
    return built(world, project)


def holds(world: World, workers: int = 1) -> None:
    """Build what was edited: all that is there is what a clean build makes.

    What a clean build does not make may only be there where nothing says that it should go.
    """
    before, quick = files(world.project), glanced(world)
    new = built(world, world.project, workers)
    fresh = clean(world)
    assert new.told == fresh.told
    if quick:
        assert (quick.problems, new.outcome.built) == (new.outcome.problems, ())
    kept = {
        file: data
        for file, data in before.items()
        if file not in fresh.files and is_held(world, file, data, fresh)
    }
    assert sorted(new.files) == sorted({**kept, **fresh.files})
    assert new.files == {**kept, **fresh.files}
    assert {f: new.manifest.get(f) for f in fresh.manifest} == fresh.manifest
    assert all(is_held(world, f, b"", fresh) for f in new.manifest.keys() - fresh.manifest)
    rests(world, new)
    world.known = {**new.manifest}


def rests(world: World, new: Seen) -> None:
    """A further build does nothing, and tells the same; so does a glance, if it tells at all."""
    again = built(world, world.project)
    assert (again.outcome.built, again.outcome.removed) == ((), ())
    assert (again.files, again.manifest) == (new.files, new.manifest)
    assert again.outcome.problems == new.outcome.problems
    quick = glanced(world)
    if quick:
        assert quick.problems == again.outcome.problems
        assert quick.unchanged == again.outcome.unchanged


def is_held(world: World, file: str, data: bytes, fresh: Seen) -> bool:
    """Whether a file stays that a clean build does not make.

    Nothing of a module with an error goes, of other kinds than those that are asked for, or what
    somebody changed; nothing at all where there is no theme to build with.
    """
    if file not in world.known or world.meddled.get(file) == data:
        return True
    stamp, errors = world.known[file]["stamp"], errors_of(fresh)
    if file.startswith("clinics/") and stays_with_clinic(file, world, fresh):
        return True
    if any(path == "leafdeck.toml" or path.startswith("themes") for path in errors):
        return True
    if not (world.folder(stamp["name"]) / "module.yaml").exists():
        return False
    whole = {path for path in errors if not is_translation(path)}
    if any(f"{path}/".startswith(f"sources/{stamp['name']}/") for path in whole):
        return True
    if is_withheld(world, stamp["name"], fresh):
        return False
    language = f"sources/{stamp['name']}/leaflet.{stamp['language']}.md"
    return language in errors or stamp["artifact"] not in (world.kinds or KINDS)


def stays_with_clinic(file: str, world: World, fresh: Seen) -> bool:
    """Whether a file stays because its clinic cannot be read: it is broken, or none is left."""
    wanted, clinic = world.settings.get("clinics", ()), file.split("/")[1]
    if "all" not in wanted and clinic not in wanted:
        return False
    there = {path.stem for path in (world.project.root / "clinics").glob("*.yaml")}
    broken = {Path(path).stem for path in errors_of(fresh) if path.startswith("clinics/")}
    return clinic in broken or not there or (clinic in wanted and clinic not in there)


def errors_of(seen: Seen) -> set[str]:
    """The files with errors; a clinic that is not there is no error of the settings."""
    found = (each for each in seen.outcome.problems if each.severity == "error")
    return {each.place.path for each in found if each.code != "clinic-unknown"}


def is_withheld(world: World, name: str, fresh: Seen) -> bool:
    """Whether there is nothing of a module to hand out but its page."""
    stamps = [each["stamp"] for each in fresh.manifest.values()]
    status = {each["status"] for each in stamps if each["name"] == name}
    rules = world.settings.get("profiles", {"default": {}})["default"]
    return "withdrawn" in status or (rules.get("expired") == "refuse" and "expired" in status)


def tried(world: World, steps: list[Done], workers: int = 1) -> None:
    """Do step after step, and look after each."""
    for step in steps:
        for edit, name in step:
            edit(world, name)
        holds(world, workers)


common = settings(
    deadline=None,
    derandomize=MORE == 1,
    phases=[Phase.generate],  # a shorter example takes minutes to find
    suppress_health_check=list(HealthCheck),
)


@settings(common, max_examples=12 * MORE)
@given(st.lists(STEP, min_size=1, max_size=8))
def test_whatever_is_done(steps: list[Done]) -> None:
    """Decks and pages, after any sequence of edits."""
    with TemporaryDirectory() as root:
        tried(World.begin(Path(root)), [[], *steps])


@settings(common, max_examples=3 * MORE)
@given(st.lists(STEP, min_size=1, max_size=4))
def test_whatever_is_done_to_leaflets(steps: list[Done]) -> None:
    """All kinds, clinics and papers included."""
    with TemporaryDirectory() as root:
        world = World.begin(Path(root))
        world.choices, world.kinds = ((*EVERY, "preview"), *QUICK), ()
        tried(world, [[], *steps])


@settings(common, max_examples=1 * MORE)
@given(st.lists(STEP, min_size=3, max_size=3))
def test_workers_make_no_difference(steps: list[Done]) -> None:
    """What two worker processes build is what a clean build in this one makes."""
    with TemporaryDirectory() as root:
        tried(World.begin(Path(root)), [[], *steps], workers=2)
