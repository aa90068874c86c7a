"""Templates are compiled once, and a changed one at once again."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment

from builder.artifacts.html import render
from builder.theme import Theme, read_theme
from builder.workspace import Folder

FILE = "own.html.j2"


def themed(root: Path, template: str) -> Theme:
    folder = root / "themes" / "mine"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "theme.toml").write_text('name = "mine"\nextends = "clinic"\n')
    (folder / FILE).write_text(template)
    return read_theme(Folder(root, ""), "mine")


def test_a_template_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theme = themed(tmp_path, "{{ word }}")
    assert render(theme, FILE, {"word": "one"}) == "one"
    monkeypatch.setattr(Environment, "compile", None)
    assert render(theme, FILE, {"word": "two"}) == "two"


def test_a_changed_template_is_seen(tmp_path: Path) -> None:
    theme = themed(tmp_path, "{{ word }}")
    assert render(theme, FILE, {"word": "one"}) == "one"
    themed(tmp_path, "{{ word }}!")
    assert render(theme, FILE, {"word": "one"}) == "one!"


def test_what_is_read_is_noted_each_time(tmp_path: Path) -> None:
    """A build knows what an artifact was made from, even where nothing had to be compiled."""
    for _ in range(2):
        theme = themed(tmp_path, "{{ word }}")
        render(theme, FILE, {"word": "one"})
        assert f"themes/mine/{FILE}" in theme.folders[0].log
