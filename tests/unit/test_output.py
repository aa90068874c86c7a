"""An output folder that is full, for reading only, or not what it was: nothing is half or lost."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from builder.build.outcome import Outcome
from builder.workspace import digest
from tests.helpers import Project

PAGES = frozenset({"page"})
MODULES = ("basic", "second", "third")
PAGE = "basic/index.html"
BLOCK = 4
"""KiB in which a file system of memory gives out room."""

Mount = Callable[..., None]


@pytest.fixture
def paged(basic: Project) -> Project:
    """Three modules, quickly built."""
    (basic.root / "sources/basic/slides.md").unlink()
    for name in MODULES[1:]:
        for path in sorted((basic.root / "sources/basic").rglob("*.*")):
            data = path.read_bytes().replace(b"BASIC-01", f"{name.upper()}-01".encode())
            basic.write(f"sources/{name}/{path.relative_to(basic.root / 'sources/basic')}", data)
    return basic


@pytest.fixture
def mount(paged: Project) -> Iterator[Mount]:
    """Makes the output folder a disk of its own, or changes that."""
    paged.output.mkdir()

    def change(*options: str) -> None:
        again = ("remount",) if paged.output.is_mount() else ()
        program = ["mount", "-t", "tmpfs", "-o", ",".join((*again, *options)), "none"]
        done = subprocess.run([*program, str(paged.output)], capture_output=True, check=False)
        if done.returncode:
            pytest.skip("only those who may mount a disk can fill one in a test")

    yield change
    if paged.output.is_mount():
        subprocess.run(["umount", str(paged.output)], check=True)


def build(project: Project) -> Outcome:
    """Build the pages."""
    return project.build(kinds=PAGES, asked="pages")


def edit(project: Project) -> None:
    """Change what every page says, and take a module away."""
    for name in MODULES:
        facts = f"sources/{name}/module.yaml"
        project.edit(facts, "The test desk", "Another desk").edit(facts, '"1.0"', '"1.1"')
    (project.root / "sources/third").rename(project.root / "sources/.third")


def seen(project: Project) -> dict[str, bytes]:
    """The files that people see."""
    paths = project.output.rglob("[!.]*")
    return {
        str(each.relative_to(project.output)): each.read_bytes() for each in paths if each.is_file()
    }


def sums(files: dict[str, bytes]) -> bytes:
    """The digests of all pages."""
    pages = sorted(file for file in files if file.endswith("html"))
    return "".join(f"{digest(files[page])}  {page}\n" for page in pages).encode()


def codes(outcome: Outcome) -> set[str]:
    """What is wrong."""
    return {problem.code for problem in outcome.problems}


def room(project: Project) -> int:
    """The KiB that a disk must have for what is on it."""
    told = subprocess.run(
        ["df", "-k", "--output=used", project.output], capture_output=True, text=True, check=True
    )
    return int(told.stdout.split()[-1])


@pytest.mark.parametrize("blocks", [0, 1, 2, 4, 6, 8, 10, 13])
def test_a_full_disk(paged: Project, mount: Mount, blocks: int) -> None:
    """Wherever it is met: it is said, what is there is whole, and all is well with more room."""
    mount("size=4m")
    assert not build(paged).problems
    old = seen(paged)
    edit(paged)
    mount(f"size={room(paged) + blocks * BLOCK}k")
    outcome = build(paged)
    between = seen(paged)
    mount("size=4m")
    assert outcome.failed and codes(outcome) == {"output-unwritable"}
    assert any("no space left on device" in each.message for each in outcome.problems)
    assert not build(paged).problems
    new = seen(paged)
    assert new.keys() == {PAGE, "second/index.html", "manifest.json", "SHA256SUMS"}
    for file in {*old, *new} - {"manifest.json", "SHA256SUMS"}:
        assert between.get(file) in (old.get(file), new.get(file))
    assert between["SHA256SUMS"] in (old["SHA256SUMS"], sums(between))
    assert json.loads(between["manifest.json"])
    assert not list(paged.output.rglob(".leafdeck-[0-9]*"))


def test_a_disk_without_any_room_from_the_start(paged: Project, mount: Mount) -> None:
    mount(f"size={BLOCK}k")
    outcome = build(paged)
    assert outcome.failed and codes(outcome) == {"output-unwritable"}
    assert seen(paged).keys() <= {"SHA256SUMS"}
    mount("size=4m")
    assert not build(paged).problems


def test_a_disk_for_reading_only(paged: Project, mount: Mount) -> None:
    """Nothing to do is still told; all else is refused in one sentence."""
    mount("size=4m")
    build(paged)
    old = seen(paged)
    edit(paged)
    mount("ro")
    (problem,) = build(paged).problems
    assert problem.message == "The folder cannot be written: read-only file system."
    mount("rw")
    assert seen(paged) == old
    assert not build(paged).problems


def test_a_project_for_reading_only(
    paged: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """It is built into a folder elsewhere."""
    root = str(paged.root)
    if subprocess.run(["mount", "--bind", root, root], capture_output=True, check=False).returncode:
        pytest.skip("only those who may mount a disk can make one for reading only")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", root], check=True)
        assert codes(build(paged)) == {"output-unwritable"}
        elsewhere = Project(paged.root, into=str(tmp_path_factory.mktemp("elsewhere")))
        assert not build(elsewhere).problems
        assert PAGE in seen(elsewhere)
    finally:
        subprocess.run(["umount", root], check=True)


def test_a_folder_for_reading_only(paged: Project, mount: Mount) -> None:
    """The files of the others are made, and what cannot be removed is known for the next build."""
    mount("size=4m")
    build(paged)
    old = seen(paged)
    edit(paged)
    folders = [paged.output / "basic", paged.output / "third"]
    _immutable(folders, on=True)
    try:
        outcome = build(paged)
    finally:
        _immutable(folders, on=False)
    assert codes(outcome) == {"output-unwritable"}
    messages = {each.message for each in outcome.problems}
    assert messages == {
        "index.html cannot be written: operation not permitted.",
        "index.html cannot be removed: operation not permitted.",
    }
    between = seen(paged)
    assert between[PAGE] == old[PAGE]
    assert between["third/index.html"] == old["third/index.html"]
    assert between["second/index.html"] != old["second/index.html"]
    assert not build(paged).problems
    assert "third/index.html" not in seen(paged)


def _immutable(folders: list[Path], *, on: bool) -> None:
    sign = "+i" if on else "-i"
    done = subprocess.run(["chattr", sign, *folders], capture_output=True, check=False)
    if on and done.returncode:
        pytest.skip("only some file systems, and only root, can make a folder unchangeable")


def test_the_output_is_a_file(paged: Project) -> None:
    paged.write("output", "mine")
    (problem,) = build(paged).problems
    assert problem.message == "The folder cannot be written: file exists."
    assert paged.output.read_text() == "mine"


@pytest.mark.parametrize("inside", [True, False])
def test_a_folder_that_became_a_link(paged: Project, tmp_path: Path, inside: bool) -> None:
    """Nothing is written or removed where it leads to, be that our own folder."""
    build(paged)
    elsewhere = paged.output / "mine" if inside else tmp_path / "elsewhere"
    (paged.output / "basic").rename(elsewhere)
    (paged.output / "third").rename(elsewhere / "third")
    (paged.output / "basic").symlink_to(elsewhere)
    (paged.output / "third").symlink_to(elsewhere / "third")
    old = {path: path.read_bytes() for path in elsewhere.rglob("*.*")}
    edit(paged)
    (problem,) = build(paged).problems
    assert problem.message == "index.html cannot be written: a folder on the way to it is a link."
    assert {path: path.read_bytes() for path in elsewhere.rglob("*.*")} == old
    assert {path: path.read_bytes() for path in elsewhere.rglob("*") if path.is_file()} == old
    (paged.output / "basic").unlink()
    assert not build(paged).problems
    assert (paged.output / PAGE).is_file()


def test_a_file_that_became_a_link(paged: Project, tmp_path: Path) -> None:
    """The link is replaced, and what it leads to is left alone."""
    build(paged)
    for file in (PAGE, "third/index.html", "manifest.json", ".leafdeck-state", ".leafdeck-glance"):
        (paged.output / file).unlink()
        (paged.output / file).symlink_to(tmp_path / "mine")
    (tmp_path / "mine").write_text("mine")
    edit(paged)
    assert not build(paged).failed
    assert (tmp_path / "mine").read_text() == "mine"
    assert (paged.output / PAGE).is_file() and not (paged.output / PAGE).is_symlink()


@pytest.mark.parametrize(
    "file", [PAGE, "manifest.json", "SHA256SUMS", ".leafdeck-state", ".leafdeck-glance"]
)
def test_a_file_that_became_a_folder(paged: Project, file: str) -> None:
    """It is said which, and what is in the folder is left alone."""
    build(paged)
    (paged.output / file).unlink()
    paged.write(f"output/{file}/mine", "mine")
    outcome = build(paged)
    assert codes(outcome) == {"output-unwritable"}, outcome
    (problem,) = outcome.problems
    name = file.rpartition("/")[2]
    assert problem.message == f"{name} cannot be written: is a directory."
    assert (paged.output / file / "mine").read_text() == "mine"
    (paged.output / file / "mine").unlink()
    (paged.output / file).rmdir()
    assert not build(paged).problems


def test_a_folder_that_became_a_file(paged: Project) -> None:
    build(paged)
    old = seen(paged)
    for name in ("basic", "third"):
        (paged.output / name / "index.html").unlink()
        (paged.output / name).rmdir()
        paged.write(f"output/{name}", "mine")
    edit(paged)
    (problem,) = build(paged).problems
    assert problem.message == "index.html cannot be written: file exists."
    assert seen(paged)["basic"] == seen(paged)["third"] == b"mine"
    assert seen(paged)["second/index.html"] != old["second/index.html"]
