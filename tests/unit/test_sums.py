"""`SHA256SUMS`, checked by the program that it is for."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

from builder.build.publishing.manifest import Entry, Manifest, read_manifest
from builder.build.publishing.sums import FILE, sums
from tests.helpers import Project


def check(folder: Path, lines: bytes) -> subprocess.CompletedProcess[str]:
    """What `sha256sum` says of a folder."""
    (folder / FILE).write_bytes(lines)
    command = ["sha256sum", "--check", "--strict", FILE]
    return subprocess.run(
        command, cwd=folder, env={"LC_ALL": "C.UTF-8"}, capture_output=True, text=True, check=False
    )


def test_sha256sum_takes_what_was_built(basic: Project) -> None:
    """Each published file is named, in order, and is what the manifest says."""
    assert not basic.build().failed
    lines = sums(read_manifest(basic.output))
    done = check(basic.output, lines)
    assert done.returncode == 0, done.stdout + done.stderr
    named = [line[:-4] for line in done.stdout.splitlines()]
    built = [path.relative_to(basic.output).as_posix() for path in basic.output.glob("*/*")]
    assert named == sorted(built)


def test_sha256sum_sees_a_change(basic: Project) -> None:
    """The sums can fail."""
    basic.build()
    lines = sums(read_manifest(basic.output))
    with (basic.output / "basic/index.html").open("ab") as page:
        page.write(b" ")
    done = check(basic.output, lines)
    assert done.returncode == 1 and "basic/index.html: FAILED" in done.stdout


def test_names_that_break_lines(basic: Project, tmp_path: Path) -> None:
    """A backslash and a line break in a path are written as coreutils write them."""
    names = ["b\\c", "a\nb", "c\rd", "plain ä", " two  blanks"]
    stamp = basic.build() and next(iter(read_manifest(basic.output).artifacts["basic"].values()))
    entries = {}
    for name in names:
        (tmp_path / name).write_bytes(name.encode())
        entries[name] = Entry(hashlib.sha256(name.encode()).hexdigest(), stamp.stamp)
    done = check(tmp_path, sums(Manifest({"basic": entries})))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(": OK") == len(names)


def test_nothing_built_is_nothing_listed() -> None:
    """An empty folder has an empty list."""
    assert sums(Manifest()) == b""
