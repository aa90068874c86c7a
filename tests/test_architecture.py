"""The house: every module imports alone, and heavy libraries stay in their rooms."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers import CHECKOUT

PACKAGE = CHECKOUT / "builder"
FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FILE = 400
LONGEST_FUNCTION = 60


def name_of(path: Path) -> str:
    """A file's name as a module."""
    parts = path.relative_to(CHECKOUT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def test_each_module_imports_alone() -> None:
    """No module leans on another having been imported before it."""
    script = (
        "import importlib, sys\n"
        "for name in sys.argv[1:]:\n"
        "    for loaded in [n for n in sys.modules if n.split('.')[0] == 'builder']:\n"
        "        del sys.modules[loaded]\n"
        "    importlib.import_module(name)\n"
    )
    names = [name_of(path) for path in FILES]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script, *names],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_rooms_are_small(path: Path) -> None:
    """A file is read in one sitting, a function on one screen."""
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_clock_and_disk_have_one_door(path: Path) -> None:
    """Only `workspace` asks what day it is."""
    text = path.read_text(encoding="utf-8")
    if path.name != "clock.py":
        assert "date.today" not in text
        assert "datetime.now" not in text
