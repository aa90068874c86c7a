"""Seeing by looks alone that nothing moved."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from builder.workspace import Fingerprints
from builder.workspace.glance import GONE, YOUNG, glance, moved, packed
from tests.unit.test_workspace_fingerprints import CHANGES, LONG, later


def files(root: Path, count: int) -> list[str]:
    """Some files, one of them missing."""
    names = [f"{number:05}" for number in range(count)]
    for name in names[1:]:
        (root / name).write_bytes(b"old")
    return names


def expected(root: Path, names: list[str]) -> bytes:
    """The looks of files, none of them young."""
    return Fingerprints((), root, later).packed(names)


def test_nothing_moved(tmp_path: Path) -> None:
    """Nothing is said, and the current folder is as before."""
    names, here = files(tmp_path, 5), Path.cwd()
    assert glance(names, expected(tmp_path, names), str(tmp_path)) is None
    assert Path.cwd() == here


@pytest.mark.parametrize("change", CHANGES)
def test_what_moved_is_named(tmp_path: Path, change: object) -> None:
    """However it moved; also one that came, and one that went."""
    names = files(tmp_path, 5)
    known = expected(tmp_path, names)
    time.sleep(0.05)
    change(tmp_path / names[1])  # type: ignore[operator]
    (tmp_path / names[-1]).unlink()
    (tmp_path / names[0]).write_bytes(b"")
    assert moved(names, known, str(tmp_path)) == [0, 1, 4]
    assert glance(names, known, str(tmp_path)) == 0


def test_a_young_file_never_looks_the_same(tmp_path: Path) -> None:
    """Nor does one that was not there but for a link, or that cannot be looked at."""
    names = [*files(tmp_path, 3), "link", "a\0b"]
    (tmp_path / "link").symlink_to("nowhere")
    now = (tmp_path / names[-3]).stat().st_ctime_ns
    known = Fingerprints((), tmp_path, lambda: now).packed(names)
    assert moved(names, known, str(tmp_path)) == [1, 2, 3, 4]


def test_a_clock_that_was_put_back_moves_all(tmp_path: Path) -> None:
    """No time tells anything then."""
    ahead = (0, 0, time.time_ns() + LONG, 0, 0)
    assert moved(["a", "b"], packed([GONE, ahead]), str(tmp_path)) == [0, 1]
    assert moved(["a", "b"], packed([GONE, GONE]), str(tmp_path)) == []


@pytest.mark.parametrize("known", [b"", packed([]), packed([YOUNG]), packed([GONE] * 3)[:-1]])
def test_what_is_expected_must_fit(tmp_path: Path, known: bytes) -> None:
    """Else nothing is known of any path."""
    assert moved(["a", "b", "c"], known, str(tmp_path)) == [0, 1, 2]


def test_it_imports_next_to_nothing() -> None:
    """A build that finds nothing to do ends before anything else is loaded."""
    told = "import sys; import builder.workspace.glance; print(*sys.modules)"
    run = [sys.executable, "-S", "-c", told]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    heavy = {
        "typing",
        "dataclasses",
        "datetime",
        "hashlib",
        "json",
        "pathlib",
        "re",
        "tempfile",
        "threading",
    }
    assert not heavy & {*done.stdout.split()}
    assert "builder.problems" not in done.stdout
