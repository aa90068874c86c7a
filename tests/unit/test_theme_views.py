"""What of a theme each kind's room sees, what its digest covers, and that it is read once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from builder.artifacts import KINDS, Kind, Order
from builder.artifacts.edition import Edition
from builder.artifacts.html import context_of, render
from builder.artifacts.leaflet.papers import PAPERS
from builder.module.library import read_library
from builder.module.lifecycle import life_of
from builder.module.model import Module
from builder.module.stamp import stamp_of
from builder.problems import Rejected
from builder.settings import Settings
from builder.theme import Theme, read_theme
from builder.workspace import Folder
from tests.helpers import CHECKOUT, TESTS, TODAY

CASES = [(kind, paper) for kind in KINDS for paper in (PAPERS if kind == "leaflet" else ["a4"])]


def given(root: Path) -> Theme:
    """A copy of the theme that comes with Leafdeck, to be changed at will."""
    target = root / "themes" / "mine"
    if not target.exists():
        shutil.copytree(CHECKOUT / "themes" / "clinic", target)
    return read_theme(Folder(root, ""), "mine")


def order(theme: Theme, kind: Kind, paper: str) -> Order:
    """What an artifact of the small project is made from."""
    settings, edition = Settings(), Edition(paper=paper)
    module: Module = read_library(Folder(TESTS / "cases" / "basic", "")).modules["basic"]
    life = life_of(module.facts, settings.rules)
    stamp = stamp_of(module, kind.name, kind.text, life, TODAY)
    context = context_of(module, kind.text, stamp, theme, settings, {}, edition)
    return Order(module, stamp, theme, render(theme, kind.template, context), edition)


@pytest.mark.parametrize(("name", "paper"), CASES)
def test_a_room_does_without_what_its_kind_ignores(tmp_path: Path, name: str, paper: str) -> None:
    """Each artifact is the same whether its room sees the whole theme or its own part of it."""
    theme, kind = given(tmp_path), KINDS[name]
    asked = order(theme, kind, paper)
    view = theme.without(kind.ignores)
    assert view.digest != theme.digest
    assert kind.writer.make(replace(asked, theme=view)) == kind.writer.make(asked)


def files(theme: Theme) -> Iterator[Path]:
    """A file of each sort that a theme holds."""
    (folder,) = theme.folders
    for name in ("leaflet.css", "page.css", "handout.css", "master.pptx", "leaflet.html.j2"):
        yield folder.root / name
    yield folder.root / theme.tokens["fonts"]["text"]["bold"]
    yield folder.root / "theme.toml"


@pytest.mark.parametrize(
    ("name", "counted"),
    [
        ("deck", {"master.pptx", "AtkinsonHyperlegibleNext-Bold.ttf", "theme.toml"}),
        ("leaflet", {"leaflet.css", "AtkinsonHyperlegibleNext-Bold.ttf", "theme.toml"}),
        (
            "handout",
            {
                *("leaflet.css", "handout.css", "master.pptx", "theme.toml"),
                "AtkinsonHyperlegibleNext-Bold.ttf",
            },
        ),
        ("page", set()),
        ("audit", set()),
    ],
)
def test_a_kinds_digest_covers_what_its_room_reads(
    tmp_path: Path, name: str, counted: set[str]
) -> None:
    """A changed style of leaflets is nothing to decks, and a changed master nothing to leaflets."""
    ignores = KINDS[name].ignores
    before = given(tmp_path).without(ignores).digest
    changed = set()
    for path in files(given(tmp_path)):
        data = path.read_bytes()
        path.write_bytes(data + b"\n")
        if given(tmp_path).without(ignores).digest != before:
            changed.add(path.name)
        path.write_bytes(data)
    assert changed == counted
    assert given(tmp_path).without(ignores).digest == before


def test_what_is_ignored_cannot_be_read(tmp_path: Path) -> None:
    """A room that reads what its digest does not cover fails at once, however it asks."""
    view = given(tmp_path).without(("*.css",)).without(("fonts/*",))
    for path in ("leaflet.css", "fonts/NotoSansHebrew-Bold.ttf"):
        for ask in (view.has, view.holder, view.read, view.text):
            with pytest.raises(Rejected, match="is no file that this kind"):
                ask(path)
    assert view.read("master.pptx")
    assert {name.rpartition(".")[2] for name in view.digests} == {"j2", "toml", "pptx"}


def test_digests_are_named_as_messages_name_files(tmp_path: Path) -> None:
    """Whoever tells what changed has its name."""
    digests = given(tmp_path).without(("*.j2",)).digests
    assert "themes/mine/fonts/metrics/calibri-bold.ttf" in digests
    assert "themes/mine/leaflet.html.j2" not in digests


def test_a_file_is_read_once_for_all_views(tmp_path: Path) -> None:
    """What was read stays as it was; only a theme that is read anew sees the change."""
    theme = given(tmp_path)
    css = theme.without(("*.j2",)).text("page.css")
    (tmp_path / "themes" / "mine" / "page.css").write_text("p {}")
    assert theme.text("page.css") == css
    assert given(tmp_path).text("page.css") == "p {}"


def test_what_is_made_of_a_theme_is_made_once(tmp_path: Path) -> None:
    """Each view keeps its own, and nothing is kept of what failed."""
    calls = []

    def make(theme: Theme, word: str) -> int:
        calls.append((theme.ignored, word))
        if word == "bad":
            raise Rejected
        return len(calls)

    theme = given(tmp_path)
    assert [theme.once(make, "a"), theme.once(make, "a"), theme.once(make, "b")] == [1, 1, 2]
    assert theme.without(("*",)).once(make, "a") == 3
    for _ in range(2):
        with pytest.raises(Rejected):
            theme.once(make, "bad")
    assert len(calls) == 5
