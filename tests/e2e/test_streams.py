"""What is printed where nobody takes it, and what a broken project says in each form."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import CHECKOUT, Project

COMMANDS = ["--help", "schema", "check --format sarif"]
BROKEN = "theme = \n"


def run(words: str, project: Project, **where: Any) -> subprocess.CompletedProcess[str]:
    """A command, with its streams as they are given."""
    given: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | where
    return subprocess.run(
        [sys.executable, "-m", "builder", *words.split()],
        cwd=project.root,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT), "SOURCE_DATE_EPOCH": "1780272000"},
        text=True,
        check=False,
        **given,
    )


@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.parametrize("buffered", ["", "1"])
def test_a_full_disk(
    words: str, buffered: str, basic: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line says that it is lost; the exit code is 1."""
    monkeypatch.setenv("PYTHONUNBUFFERED", buffered)
    with Path("/dev/full").open("w") as full:
        done = run(words, basic, stdout=full)
    told = done.stderr.splitlines()[-1]
    assert told == "Error: what was to be printed is lost: No space left on device."
    assert done.returncode == 1 and "Traceback" not in done.stderr


@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.parametrize("buffered", ["", "1"])
def test_a_reader_that_has_left(
    words: str, buffered: str, basic: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with `| head -1`: nothing is said of it."""
    monkeypatch.setenv("PYTHONUNBUFFERED", buffered)
    reader, writer = os.pipe()
    os.close(reader)
    done = run(words, basic, stdout=writer)
    os.close(writer)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr and "lost" not in done.stderr


@pytest.mark.parametrize("words", COMMANDS)
def test_closed_streams(words: str, basic: Project) -> None:
    """As with `>&- 2>&-`: the command does its work."""
    shell = f"exec {sys.executable} -m builder {words} >&- 2>&-"
    done = subprocess.run(
        ["sh", "-c", shell],
        cwd=basic.root,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT), "SOURCE_DATE_EPOCH": "1780272000"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0


def test_a_build_that_nobody_reads_leaves_whole_files(basic: Project) -> None:
    """What was put in place is in the manifest."""
    with Path("/dev/full").open("w") as full:
        done = run("build", basic, stdout=full)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    values = json.loads(basic.read("manifest.json"))
    named = {file for files in values["artifacts"].values() for file in files}
    there = {path.relative_to(basic.output).as_posix() for path in basic.output.glob("*/*")}
    assert named == there


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize("form", ["json", "sarif", "github", "text"])
def test_broken_settings_come_in_the_form_asked_for(
    command: str, form: str, basic: Project
) -> None:
    """A program that reads the answer finds the problem there, and standard error empty."""
    basic.write("leafdeck.toml", BROKEN)
    done = run(f"{command} --format {form}", basic)
    assert done.returncode == 1
    if form == "text":
        assert (done.stdout, "[toml-syntax]" in done.stderr) == ("", True)
        return
    assert done.stderr == ""
    if form == "github":
        assert done.stdout.startswith("::error file=leafdeck.toml,line=1")
        return
    values = json.loads(done.stdout)
    if form == "sarif":
        (found,) = values["runs"][0]["results"]
        assert found["ruleId"] == "toml-syntax"
    else:
        (found,) = values if command == "check" else values["problems"]
        assert found["code"] == "toml-syntax"


@pytest.mark.parametrize("command", ["verify PAIN-01-7K3F", "due", "theme check"])
def test_broken_settings_as_json_elsewhere(command: str, basic: Project) -> None:
    """Every command that answers in JSON says in JSON why it cannot."""
    basic.write("leafdeck.toml", BROKEN)
    done = run(f"{command} --format json", basic)
    assert done.returncode == 1 and done.stderr == ""
    assert json.loads(done.stdout)["problems"][0]["code"] == "toml-syntax"
