"""`leafdeck watch`, with files that are really saved and a command that really runs."""

from __future__ import annotations

import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from builder.build.publishing.lock import locked
from tests.helpers import CHECKOUT, TODAY, Project

PATIENCE = 20
"""Seconds to wait for anything."""
READY = "Watching for changes"
FACTS = "sources/basic/module.yaml"
PAGE = "basic/index.html"


class Watching:
    """A command that watches, and what it prints."""

    def __init__(self, project: Project, *options: str) -> None:
        program = [sys.executable, "-m", "builder", "watch", "--today", str(TODAY), "--jobs", "1"]
        self.project = project
        self.process = subprocess.Popen(
            [*program, *options],
            cwd=project.root,
            env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self.lines: queue.Queue[str | None] = queue.Queue()
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()

    def _listen(self) -> None:
        assert self.process.stdout
        with self.process.stdout as printed:
            for line in printed:
                self.lines.put(line.rstrip("\n"))
        self.lines.put(None)

    def until(self, *words: str) -> list[str]:
        """The lines up to the first that holds all these words."""
        heard: list[str] = []
        end = time.monotonic() + PATIENCE
        while not heard or not all(word in heard[-1] for word in words):
            try:
                line = self.lines.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                line = None
            assert line is not None, f"{words} not among {heard}"
            heard.append(line)
        return heard

    def holds(self, words: str) -> None:
        """Wait until the page says something."""
        page = self.project.output / PAGE
        wait_for(lambda: page.is_file() and words in page.read_text(encoding="utf-8"))

    def end(self, number: signal.Signals) -> tuple[int, list[str]]:
        """Tell it to end; its exit code and what it said."""
        self.process.send_signal(number)
        code = self.process.wait(PATIENCE)
        return code, list(iter(lambda: self.lines.get(timeout=PATIENCE), None))


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until something holds, as shortly as can be."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


@contextmanager
def watching(project: Project, *options: str) -> Iterator[Watching]:
    """A command that watches, from when its first build is done."""
    found = Watching(project, "--only", "page", *options)
    try:
        found.until(READY)
        yield found
    finally:
        found.process.kill()
        found.process.wait()
        found.listener.join(PATIENCE)


def second(project: Project, name: str = "second") -> Path:
    """A further module, beside the project as yet."""
    shutil.copytree(project.root / "sources/basic", project.root / "aside" / name)
    project.edit(f"aside/{name}/module.yaml", "BASIC-01", "BASIC-02")
    return project.root / "aside" / name


def test_an_edit_makes_a_new_file(basic: Project) -> None:
    """Written in place, written beside and renamed, saved without a change."""
    with watching(basic) as watch:
        basic.edit(FACTS, "A basic module", "A new module")
        line = watch.until("made")[-1]
        assert line.startswith(f"{FACTS}: made output/{PAGE} in ")
        watch.holds("A new module")

        for beside in ("sources/basic/.module.yaml.tmp", "sources/basic/module-1.yaml"):
            text = (basic.root / FACTS).read_text(encoding="utf-8")
            basic.write(beside, re.sub("title: .*", f"title: {Path(beside).name} module", text))
            (basic.root / beside).rename(basic.root / FACTS)
            line = watch.until("made")[-1]
            assert line.startswith(f"{FACTS}: made output/{PAGE} in ")
            watch.holds(f"{Path(beside).name} module")

        (basic.root / FACTS).touch()
        watch.until(FACTS, "nothing changed in what is made.")


def test_what_nobody_read_causes_nothing(basic: Project) -> None:
    """Hidden files, an editor's own, files elsewhere, the output."""
    basic.write("notes.txt", "one")
    with watching(basic) as watch:
        basic.write("notes.txt", "two").write("more/notes.txt", "three")
        basic.write("sources/basic/.hidden", "x").write("sources/basic/module.yaml~", "x")
        basic.write("sources/basic/.module.yaml.swp", "x").write("output/notes.txt", "x")
        time.sleep(0.5)
        basic.edit(FACTS, "A basic module", "A new module")
        told = [line for line in watch.until("made") if ": " in line and "warning [" not in line]
        assert len(told) == 1 and told[0].startswith(f"{FACTS}: made output/{PAGE}")


def test_saves_during_a_build_are_one_more(basic: Project) -> None:
    """However many there are."""
    with watching(basic) as watch:
        for number in range(2):
            basic.edit(FACTS, "title: A", f"title: A {number}")
        watch.holds("A 1 0 basic module")
        basic.write("leafdeck.toml", "")
        told = watch.until("leafdeck.toml: ")
        builds = [line for line in told if line.startswith(f"{FACTS}: ")]
        assert 1 <= len(builds) <= 2, builds


def test_what_is_missed_is_waited_for(basic: Project) -> None:
    """A picture in a folder that is not there yet."""
    with watching(basic) as watch:
        basic.edit("sources/basic/module.yaml", "images/square.png", "drawn/square.png")
        basic.edit("sources/basic/leaflet.md", "images/square.png", "drawn/square.png")
        watch.until("[picture-missing]")
        watch.until("nothing is made.")
        picture = (basic.root / "sources/basic/images/square.png").read_bytes()
        basic.write("sources/basic/drawn/square.png", picture)
        basic.edit(FACTS, "A basic module", "A new module")
        watch.holds("A new module")


@pytest.mark.parametrize(
    ("file", "broken", "mended", "code"),
    [
        ("sources/basic/module.yaml", "title: [", None, "yaml-syntax"),
        ("leafdeck.toml", "theme = \n", 'theme = "own"\n', "toml-syntax"),
        ("leafdeck.toml", 'theme = "none"\n', 'theme = "own"\n', "theme-unknown"),
        ("themes/own/theme.toml", "extends = 3\n", None, "theme-file"),
    ],
)
def test_what_is_broken_is_told_and_mended(
    file: str, broken: str, mended: str | None, code: str, basic: Project
) -> None:
    basic.write("leafdeck.toml", 'theme = "own"\n')
    basic.write("themes/own/theme.toml", 'extends = "clinic"\n')
    good = mended or (basic.root / file).read_text(encoding="utf-8")
    with watching(basic) as watch:
        basic.write(file, broken)
        watch.until(f"[{code}]")
        watch.until(file, "nothing is made.")
        assert (basic.output / PAGE).is_file()
        basic.write(file, good)
        watch.until(file, "nothing changed")
        basic.edit(FACTS, "A basic module", "A new module")
        watch.holds("A new module")


def test_a_project_that_is_broken_from_the_start(basic: Project) -> None:
    basic.write("leafdeck.toml", "theme = \n")
    with watching(basic) as watch:
        basic.write("leafdeck.toml", "")
        watch.until("leafdeck.toml", f"made output/{PAGE}")


def test_the_theme_is_seen(basic: Project) -> None:
    """Also a file that it did not hold before."""
    basic.write("leafdeck.toml", 'theme = "own"\n')
    basic.write("themes/own/theme.toml", 'extends = "clinic"\n')
    with watching(basic) as watch:
        basic.write("themes/own/theme.toml", 'extends = "clinic"\n[colours]\nink = "#102030"\n')
        watch.until("themes/own/theme.toml", "made")
        template = CHECKOUT / "themes/clinic/page.html.j2"
        words = template.read_text(encoding="utf-8").replace("</body>", "<p>Ours</p></body>")
        basic.write("themes/own/page.html.j2", words)
        watch.holds("<p>Ours</p>")


def test_modules_come_and_go(basic: Project) -> None:
    """Moved in and away as a whole, and a file at a time."""
    new = second(basic)
    with watching(basic) as watch:
        new.rename(basic.root / "sources/second")
        watch.until("made output/second/index.html")
        basic.edit("sources/second/module.yaml", "A basic module", "A new module")
        watch.until("made output/second/index.html")
        shutil.rmtree(basic.root / "sources/second")
        watch.until("removed output/second/index.html")
        shutil.copytree(second(basic, "third"), basic.root / "sources/third")
        wait_for((basic.output / "third/index.html").is_file)


def test_clinics_are_seen(basic: Project) -> None:
    basic.write("leafdeck.toml", 'clinics = ["all"]\n')
    basic.write("clinics/st-example.yaml", "name: St Example\nphone: 020 7946 0001\n")
    with watching(basic, "--only", "leaflet") as watch:
        basic.edit("clinics/st-example.yaml", "0001", "0002")
        watch.until("clinics/st-example.yaml", "made output/clinics/st-example/basic.pdf")
        basic.write("clinics/st-example.yaml", "name: [")
        watch.until("clinics/st-example.yaml", "nothing is made.")
        basic.write("clinics/st-example.yaml", "name: St Example\nphone: 020 7946 0003\n")
        watch.until("clinics/st-example.yaml", "made output/clinics/st-example/basic.pdf")


def test_an_output_folder_that_is_gone_is_made_again(basic: Project) -> None:
    with watching(basic) as watch:
        shutil.rmtree(basic.output)
        basic.edit(FACTS, "A basic module", "A new module")
        watch.until(FACTS, "made")
        watch.holds("A new module")
        assert (basic.output / "manifest.json").is_file()


def test_another_build_is_waited_for(basic: Project) -> None:
    """It is told, and tried again with the next change."""
    with watching(basic) as watch:
        with locked(basic.output):
            basic.edit(FACTS, "A basic module", "A new module")
            watch.until("[output-locked]")
            watch.until(FACTS, "nothing is made.")
        (basic.root / FACTS).touch()
        watch.until(FACTS, "made")
        watch.holds("A new module")


def test_a_build_by_somebody_else_is_seen(basic: Project) -> None:
    """What it removed is made again."""
    with watching(basic, "--preview", "--only", "deck") as watch:
        assert basic.build().removed
        basic.edit("sources/basic/slides.md", "#", "#")
        watch.until("made output/basic/slides.html")


@pytest.mark.parametrize(("number", "expected"), [(signal.SIGINT, 0), (signal.SIGTERM, 143)])
def test_it_ends_in_order(number: signal.Signals, expected: int, basic: Project) -> None:
    """No traceback, no worker left, and the next build knows what was made."""
    with watching(basic) as watch:
        basic.edit(FACTS, "A basic module", "A new module")
        watch.until("made")
        workers = descendants(watch.process.pid)
        assert workers
        assert watch.end(number) == (expected, [])
        wait_for(lambda: not any(Path(f"/proc/{each}").exists() for each in workers))
    again = basic.build(kinds=frozenset({"page"}))
    assert not again.built and not again.failed


def test_it_polls_where_the_system_tells_nothing(
    basic: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHFILES_FORCE_POLLING", "1")
    with watching(basic) as watch:
        basic.edit(FACTS, "A basic module", "A new module")
        watch.until(FACTS, "made")


def descendants(process: int) -> set[int]:
    """The processes that a process started, and those that these started."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found: set[int] = set()
    while new := {each for each, up in parents.items() if up in found | {process}} - found:
        found |= new
    return found
