"""Manifest, state and glance damaged in any way: the next build heals them, or tells of it."""

from __future__ import annotations

import copy
import json
import os
import shutil
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

import builder.build.executors
from builder.build.executors import here
from builder.build.publishing import idle, manifest, state
from builder.build.publishing.state import read_state
from builder.cli import main
from builder.workspace import digest
from tests.helpers import TESTS, TODAY, Project

RECORDS = (manifest.FILE, state.FILE, idle.FILE)
DEEP = json.loads("[" * 400 + "]" * 400)
HOSTILE: list[Any] = [
    *(None, True, -1, 0, 10**4000, 1e308, float("nan"), [], {}, [[]], {"a": 1}, DEEP),
    *("", "x", "..", "/", "../../mine", "/etc/passwd", "a\0b", "\ud800", "\x1b[31m", "x" * 100_000),
]
"""What may stand where something else is expected."""

Files = dict[str, bytes]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project that was built, with a warning; its output is in `saved/` too."""
    root = tmp_path_factory.mktemp("built")
    project = Project.from_(TESTS / "cases" / "basic", root / "project")
    (project.root / "sources/basic/slides.md").unlink()
    project.edit("sources/basic/module.yaml", "The test desk", "Another desk")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(builder.build.executors, "pool", lambda *_: here())
        assert build(project).exit_code == 0
        project.edit("sources/basic/module.yaml", "Another desk", "A third desk")
        assert "version-unchanged" in build(project).output
        shutil.copytree(project.output, root / "saved")
        yield project


def build(project: Project) -> Result:
    """What a user sees of a build; a traceback fails the test."""
    where = ("--project", str(project.root), "--today", str(TODAY))
    result = CliRunner().invoke(main, ["build", "--only", "page", *where])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def restore(project: Project) -> None:
    """Put everything back as the build left it."""
    shutil.rmtree(project.output, ignore_errors=True)
    shutil.copytree(project.root.parent / "saved", project.output)


def saved(project: Project, file: str) -> bytes:
    """One of the records as the build left it."""
    return (project.root.parent / "saved" / file).read_bytes()


def seen(project: Project) -> Files:
    """The files that people see."""
    paths = (path for path in project.output.rglob("[!.]*") if path.is_file())
    return {str(path.relative_to(project.output)): path.read_bytes() for path in paths}


def damage(project: Project, file: str, data: bytes) -> None:
    """Put something in place of a record; nothing to do is not seen before the state is read."""
    restore(project)
    (project.output / idle.FILE).unlink()
    (project.output / file).write_bytes(data)


def heals(project: Project) -> None:
    """The next build leaves what there was, and the one after that finds nothing to do.

    What was published under earlier versions is in no other place than the manifest.
    """
    result = build(project)
    assert result.exit_code == 0, result.output
    assert artifacts(project.read(manifest.FILE)) == artifacts(saved(project, manifest.FILE))
    assert seen(project)["basic/index.html"] == saved(project, "basic/index.html")
    assert read_state(project.output).lines.keys() == {"basic"}
    assert "1 file unchanged. 0 errors" in build(project).output


def artifacts(data: bytes) -> Any:
    """What a manifest names."""
    return json.loads(data)["artifacts"]


@pytest.mark.parametrize("file", RECORDS)
@pytest.mark.parametrize("twentieth", range(20))
def test_a_record_that_was_cut_off(built: Project, file: str, twentieth: int) -> None:
    whole = saved(built, file)
    damage(built, file, whole[: len(whole) * twentieth // 20])
    heals(built)


@pytest.mark.parametrize("file", RECORDS)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_record_with_other_bits(built: Project, file: str, data: st.DataObject) -> None:
    whole = bytearray(saved(built, file))
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=4)):
        whole[at] ^= 1 << data.draw(st.integers(0, 7))
    damage(built, file, bytes(whole))
    result = build(built)
    assert result.exit_code == 0, result.output
    pages = {file: each for file, each in seen(built).items() if file.endswith("html")}
    assert pages["basic/index.html"] == saved(built, "basic/index.html")


@pytest.mark.parametrize("file", RECORDS)
@pytest.mark.parametrize("other", ["link", "pipe", "no bytes", "no text", "deep", "numbers"])
def test_a_record_that_became_something_else(built: Project, file: str, other: str) -> None:
    restore(built)
    path = built.output / file
    path.unlink()
    if other == "link":
        path.symlink_to("/dev/zero")
    elif other == "pipe":
        os.mkfifo(path)
    else:
        path.write_bytes(
            {
                "no bytes": b"",
                "no text": b"\xff" * 99,
                "deep": b"[" * 10**6,
                "numbers": b"9" * 10**6,
            }[other]
        )
    (built.output / idle.FILE).unlink(missing_ok=file != idle.FILE)
    heals(built)


def places(values: Any) -> Iterator[tuple[Any, Any]]:
    """Each place in plain values: what holds it, and its key."""
    keys = (
        values
        if isinstance(values, dict)
        else range(len(values))
        if isinstance(values, list)
        else ()
    )
    for key in keys:
        yield values, key
        yield from places(values[key])


def spoilt(values: Any, data: st.DataObject) -> Any:
    """Values with something hostile in one place."""
    values = copy.deepcopy(values)
    found = list(places(values))
    where = data.draw(st.integers(-1, len(found) - 1))
    what = data.draw(st.sampled_from(HOSTILE))
    if where < 0:
        return what
    holder, key = found[where]
    if isinstance(holder, dict) and isinstance(what, str) and data.draw(st.booleans()):
        holder[what] = holder.pop(key)
    else:
        holder[key] = what
    return values


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_hostile_manifest(built: Project, data: st.DataObject) -> None:
    values = spoilt(json.loads(saved(built, manifest.FILE)), data)
    damage(built, manifest.FILE, json.dumps(values).encode())
    harmless(built)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_hostile_state(built: Project, data: st.DataObject) -> None:
    """Its digest is right, so it is read."""
    _, *lines = saved(built, state.FILE).decode().split("\n")
    number = data.draw(st.integers(0, len(lines) - 1))
    lines[number] = json.dumps(spoilt(json.loads(lines[number]), data))
    rest = "\n".join(lines)
    damage(built, state.FILE, f"{state.FORMAT} {digest(rest.encode())}\n{rest}".encode())
    harmless(built)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_hostile_glance(built: Project, data: st.DataObject) -> None:
    """Its sum is right, so it is read; at worst it lies about what is to be told."""
    _, head, stamps = saved(built, idle.FILE).split(b"\n", 2)
    body = json.dumps(spoilt(json.loads(head), data)).encode() + b"\n" + stamps
    damage(built, idle.FILE, b"%s %08x\n%s" % (idle.FORMAT.encode(), zlib.crc32(body), body))
    harmless(built)


def harmless(project: Project) -> None:
    """Whatever a record says: no traceback, nothing is lost, and without it all is well."""
    mine = project.root.parent / "mine"
    mine.write_text("mine")
    result = build(project)
    assert result.exit_code in (0, 1) and "\x1b" not in result.output
    assert mine.read_text() == "mine"
    assert seen(project)["basic/index.html"] == saved(project, "basic/index.html")
