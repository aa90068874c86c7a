"""Building again what changes: what counts as a change, whose it is, and what it takes."""

from __future__ import annotations

import datetime
import shutil
import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from builder.build.executors import here
from builder.build.knowing.findings import Finder
from builder.build.requests import Request
from builder.build.watch import Shown, Turn, turns
from builder.settings import read_settings
from builder.workspace import Folder
from builder.workspace.events import Events, is_swap
from tests.helpers import TODAY, Project

FACTS = "sources/basic/module.yaml"
SOON = 0.2
"""Seconds after which a file is saved, so that somebody waits for it by then."""


def asking(project: Project, day: Callable[[], datetime.date]) -> Callable[[Folder], Request]:
    """Who says what to build: pages."""
    kinds = frozenset({"page"})
    return lambda folder: Request(folder, read_settings(folder), day(), project.output, kinds=kinds)


def watched(
    project: Project, day: Callable[[], datetime.date] = lambda: TODAY
) -> Generator[Turn, None, None]:
    return turns(project.root, asking(project, day), here(), day, Shown())


def after(told: Generator[Turn, None, None], change: Callable[[], object]) -> Turn:
    """What comes of a change that is made while somebody watches."""
    timer = threading.Timer(SOON, change)
    timer.start()
    turn = next(told)
    timer.join()
    return turn


def test_only_what_was_touched_is_looked_at(
    basic: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module's change looks at no other module, and the list of modules is not read again."""
    facts = (basic.root / FACTS).read_text(encoding="utf-8")
    basic.write("sources/other/module.yaml", facts.replace("BASIC-01", "OTHER-01"))
    recalled: list[str] = []
    recall = Finder._recall

    def noted(self: Finder, name: str, trace: object, found: object) -> None:
        recalled.append(name)
        recall(self, name, trace, found)  # type: ignore[arg-type]

    monkeypatch.setattr(Finder, "_recall", noted)
    told = watched(basic)
    next(told)
    after(told, lambda: basic.edit(FACTS, "A basic", "A first"))
    recalled.clear()
    turn = after(told, lambda: basic.edit(FACTS, "A first", "A second"))
    assert recalled == ["basic"]
    assert turn.changed == (FACTS,) and turn.outcome
    assert turn.outcome.built == ("basic/index.html",)


def test_the_day_moves_on(basic: Project) -> None:
    """At midnight statuses flip, though nothing was saved."""
    days = [datetime.date(2028, 3, 1)]
    told = watched(basic, lambda: days[-1])
    assert next(told).outcome
    turn = after(told, lambda: days.append(datetime.date(2028, 3, 2)))
    assert turn.changed == () and turn.outcome and turn.outcome.built == ("basic/index.html",)
    assert b"expired" in basic.read("basic/index.html").lower()


def test_a_change_before_anybody_watches_is_seen(basic: Project) -> None:
    """What was saved after it was read, while the first build went on."""
    done: list[str] = []

    def save_late(job: object, result: object) -> None:
        if not done:
            done.append("saved")
            basic.edit(FACTS, "A basic", "A later")

    ask = asking(basic, lambda: TODAY)
    told = turns(basic.root, ask, here(), lambda: TODAY, Shown(progress=save_late))
    next(told)
    turn = next(told)
    assert turn.outcome and turn.outcome.built == ("basic/index.html",)
    assert b"A later" in basic.read("basic/index.html")


def test_a_neighbour_whose_title_changed_concerns_others(basic: Project) -> None:
    """A module that names another is made again with it."""
    facts = (basic.root / FACTS).read_text(encoding="utf-8")
    other = facts.replace("BASIC-01", "OTHER-01").replace("A basic module", "Another")
    series = "series:\n  name: Some\n  part: 2\n  previous: basic\n"
    shutil.copytree(basic.root / "sources/basic", basic.root / "sources/other")
    basic.write("sources/other/module.yaml", f"{other}\n{series}")
    told = watched(basic)
    first = next(told)
    assert first.outcome and "other/index.html" in first.outcome.built, first.problems
    turn = after(told, lambda: basic.edit(FACTS, "A basic", "A first"))
    assert turn.outcome and set(turn.outcome.built) == {"basic/index.html", "other/index.html"}


def test_events_of_folders_that_are_missing(tmp_path: Path) -> None:
    """The nearest that is there tells when they come."""
    wanted = tmp_path / "a" / "b"
    with Events() as events:
        assert events.look_at([str(wanted)]) == {str(tmp_path)}
        wanted.mkdir(parents=True)
        changes = _next(events)
        assert changes[str(tmp_path / "a")]
        assert events.look_at([str(wanted)]) == {str(wanted)}
        (wanted / "file").write_text("x", encoding="utf-8")
        assert str(wanted / "file") in _next(events)
        assert events.look_at([str(wanted)]) == frozenset()


def test_events_between_two_watches_are_kept(tmp_path: Path) -> None:
    """What happened while other folders are begun with is told."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with Events() as events:
        events.look_at([str(tmp_path / "a")])
        (tmp_path / "a" / "file").write_text("x", encoding="utf-8")
        time.sleep(0.05)
        assert events.look_at([str(tmp_path / "a"), str(tmp_path / "b")]) == {str(tmp_path / "b")}
        assert str(tmp_path / "a" / "file") in _next(events)


def _next(events: Events) -> dict[str, bool]:
    for _ in range(100):
        if changes := events.next():
            return changes
    raise AssertionError("nothing happened")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/a/.leaflet.md.swp", True),
        ("/a/leaflet.md~", True),
        ("/a/4913", True),
        ("/a/#leaflet.md#", True),
        ("/a/~$slides.pptx", True),
        ("/a/leaflet.md", False),
        ("/.a/references.bib", False),
    ],
)
def test_files_that_editors_put_beside_others(path: str, expected: bool) -> None:
    assert is_swap(path) is expected
