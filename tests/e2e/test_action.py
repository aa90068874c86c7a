"""What users get for GitHub and pre-commit: forms that their schemas take, scripts that run."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.helpers import CHECKOUT, Project

SCRIPTS = CHECKOUT / ".github" / "action"
EXAMPLES = sorted((CHECKOUT / ".github" / "examples").glob("*.yml"))
ACTION = yaml.safe_load((CHECKOUT / "action.yml").read_text("utf-8"))
STEPS = ACTION["runs"]["steps"]


def tool(*words: str | Path, **given: Any) -> subprocess.CompletedProcess[str]:
    """A program, whatever comes of it."""
    return subprocess.run(words, capture_output=True, text=True, check=False, **given)


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        ("vendor.github-actions", CHECKOUT / "action.yml"),
        *[("vendor.github-workflows", path) for path in EXAMPLES],
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_forms(schema: str, path: Path) -> None:
    """The action and the examples keep to GitHub's schemas."""
    judge = (sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema)
    done = tool(*judge, path)
    assert done.returncode == 0, done.stdout
    broken = re.sub(r"(?m)^( *)runs(-on)?:", r"\1rums:", path.read_text("utf-8"))
    assert tool(*judge, "--force-filetype", "yaml", "-", input=broken).returncode == 1


def test_no_input_is_run() -> None:
    """A step's script holds no expression: inputs reach it as environment variables alone."""
    scripts = [step["run"] for step in STEPS if "run" in step]
    assert len(scripts) == 2
    for script in scripts:
        assert "${{" not in script
        named = re.search(r"\.github/action/\w+\.sh", script)
        assert named and (CHECKOUT / named[0]).is_file()


def test_every_input_is_used_and_told() -> None:
    """An input has an effect, and the documentation names it with its default."""
    steps = json.dumps(STEPS)
    told = (CHECKOUT / ".github" / "ACTION.md").read_text("utf-8")
    for name, given in ACTION["inputs"].items():
        assert f"inputs.{name}" in steps, name
        row = re.search(rf"^\| `{name}` \| (.*?) \|", told, re.MULTILINE)
        assert row and (given["default"] == "" or f"`{given['default']}`" == row[1]), name


def test_examples_give_inputs_that_exist() -> None:
    """The nightly one runs at an odd minute."""
    for path in EXAMPLES:
        workflow = yaml.safe_load(path.read_text("utf-8"))
        steps = workflow["jobs"]["build"]["steps"]
        (ours,) = (step for step in steps if "leafdeck" in step["uses"])
        assert set(ours["with"]) <= set(ACTION["inputs"])
        for each in workflow[True].get("schedule", []):  # YAML 1.1 reads “on” as true
            assert int(each["cron"].split()[0]) % 5


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("*.sh")), ids=lambda path: path.name)
def test_scripts_are_sound(path: Path) -> None:
    """Bash reads them."""
    assert tool("bash", "-n", path).stderr == ""


class Runner:
    """A step's surroundings as GitHub's runner makes them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.temporary = root / "temp"
        self.workspace = root / "workspace"
        for folder in (self.temporary, self.workspace):
            folder.mkdir(parents=True)
        self.outputs = root / "outputs"
        self.calls = root / "calls"

    def run(self, script: Path, **given: str) -> subprocess.CompletedProcess[str]:
        """A script, with the environment that `action.yml` gives it."""
        self.outputs.write_text("")
        inputs = {
            f"INPUT_{name.upper().replace('-', '_')}": str(each["default"])
            for name, each in ACTION["inputs"].items()
        }
        runner = {
            "GITHUB_OUTPUT": str(self.outputs),
            "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_TEMP": str(self.temporary),
            "RUNNER_OS": "Linux",
            "RUNNER_ARCH": "X64",
            "CACHE": "",
        }
        environment = {"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": "1780272000"}
        environment |= inputs | runner | given
        if "LEAFDECK" not in given:
            environment["LEAFDECK"] = str(self.real())
        return tool("bash", script, cwd=self.workspace, env=environment)

    def told(self) -> dict[str, str]:
        """The outputs that the step set."""
        lines = self.outputs.read_text("utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines)

    def real(self) -> Path:
        """This checkout's leafdeck."""
        return self._program(f'PYTHONPATH={CHECKOUT} exec {sys.executable} -m builder "$@"')

    def noting(self, code: int) -> str:
        """A leafdeck that notes how it was called, a word a line, and ends with a code."""
        note = f'printf "%s\\n" "$@" >{self.calls}'
        return str(self._program(f"{note}; [ $2 = x ] || exit {code}"))

    def words(self) -> list[str]:
        """How it was called."""
        return self.calls.read_text("utf-8").splitlines()

    def _program(self, script: str) -> Path:
        path = self.root / "leafdeck"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """A runner whose workspace is empty."""
    return Runner(tmp_path / "runner")


@pytest.fixture
def checked_out(runner: Runner, basic: Project) -> Project:
    """The small project in a folder of the repository that the runner checked out."""
    (runner.workspace / ".git").mkdir()
    return Project.from_(basic.root / "sources", runner.workspace / "docs" / "sources")


def test_a_build(runner: Runner, checked_out: Project) -> None:
    """Files, annotations with paths from the repository, the outputs and the exit code."""
    leaflet = runner.workspace / "docs/sources/basic/leaflet.md"
    leaflet.write_text(leaflet.read_text("utf-8") + "\n[here](https://example.org)\n", "utf-8")
    cache = runner.temporary / "leafdeck-cache"
    given = {"INPUT_PROJECT": "docs", "INPUT_SARIF": "true", "CACHE": str(cache)}
    done = runner.run(SCRIPTS / "build.sh", **given)
    assert any(cache.iterdir())
    assert done.returncode == 0, done.stdout + done.stderr
    assert "::warning file=docs/sources/basic/leaflet.md,line=" in done.stdout
    told = runner.told()
    assert told == {
        "status": "0",
        "output": "docs/output",
        "sarif": str(runner.temporary / "leafdeck.sarif"),
    }
    assert (runner.workspace / "docs/output/basic/basic.pdf").is_file()
    (run,) = json.loads(Path(told["sarif"]).read_text("utf-8"))["runs"]
    codes = {result["ruleId"] for result in run["results"]}
    assert "link-text" in codes


def test_a_check_that_fails(runner: Runner, checked_out: Project) -> None:
    """The exit code is leafdeck's; nothing is built, and so nothing is uploaded."""
    (runner.workspace / "docs/sources/basic/module.yaml").write_text("kind: [", "utf-8")
    given = {"INPUT_PROJECT": "docs", "INPUT_CHECK_ONLY": "true"}
    done = runner.run(SCRIPTS / "build.sh", **given)
    assert done.returncode == 1
    assert "::error file=docs/sources/basic/module.yaml,line=1" in done.stdout
    assert runner.told() == {"status": "1"}
    assert not (runner.workspace / "docs/output").exists()


def test_words_reach_leafdeck_as_they_are(runner: Runner) -> None:
    """Inputs are split at blanks; nothing in them is run, expanded or taken for an option."""
    done = runner.run(
        SCRIPTS / "build.sh",
        LEAFDECK=runner.noting(0),
        INPUT_PROJECT="a b; touch $(pwd)/broken",
        INPUT_OUTPUT="*",
        INPUT_MODULES="  one\ntwo --handout $(touch broken) `touch broken`",
        INPUT_ARGS="--print all * ; touch broken",
        CACHE="/the/cache",
    )
    assert done.returncode == 0, done.stderr
    assert runner.words() == [
        *("build", "--project", "a b; touch $(pwd)/broken", "--cache", "/the/cache"),
        *("--output", "*", "--format", "github"),
        *("--print", "all", "*", ";", "touch", "broken", "--"),
        *("one", "two", "--handout", "$(touch", "broken)", "`touch", "broken`"),
    ]
    assert list(runner.workspace.iterdir()) == []


@pytest.mark.parametrize("code", [0, 1, 2, 137])
def test_exit_codes(runner: Runner, code: int) -> None:
    """What leafdeck ends with is what the step ends with, and an output."""
    done = runner.run(SCRIPTS / "build.sh", LEAFDECK=runner.noting(code))
    assert (done.returncode, runner.told()["status"]) == (code, str(code))


def test_an_output_of_two_lines_sets_no_other(runner: Runner) -> None:
    """A folder's name cannot set another output."""
    folder = "out\nstatus=0"
    (runner.workspace / folder).mkdir()
    done = runner.run(SCRIPTS / "build.sh", LEAFDECK=runner.noting(1), INPUT_OUTPUT=folder)
    assert done.returncode == 2 and runner.told() == {}


def test_installing(runner: Runner, tmp_path: Path) -> None:
    """The set-up of the action's own checkout is called; the key follows what is pinned."""
    action = tmp_path / "the action"
    shutil.copytree(SCRIPTS, action / ".github" / "action")
    (action / ".setup").mkdir()
    for name in ("runtime.lock", "packages.sh"):
        shutil.copy(CHECKOUT / ".setup" / name, action / ".setup" / name)
    (action / ".setup" / "environment.sh").write_text(f'echo "$1" >{runner.calls}')
    script = action / ".github" / "action" / "install.sh"
    done = runner.run(script)
    assert done.returncode == 0, done.stderr
    assert runner.words() == ["runtime"]
    told = runner.told()
    assert told["leafdeck"] == f"{action}/.venv/bin/leafdeck"
    assert told["cache"] == f"{runner.temporary}/leafdeck-cache"
    assert re.fullmatch(r"leafdeck-Linux-X64-[0-9a-f]{16}-", told["key"])
    (action / ".setup" / "runtime.lock").write_text("other==1")
    runner.run(script)
    assert runner.told()["key"] != told["key"]
    (action / ".setup" / "environment.sh").write_text("exit 1")
    assert runner.run(script).returncode == 1


def test_hooks_are_sound() -> None:
    """pre-commit takes the definition."""
    done = tool(
        sys.executable, "-m", "pre_commit", "validate-manifest", CHECKOUT / ".pre-commit-hooks.yaml"
    )
    assert done.returncode == 0, done.stdout


class Commits:
    """A repository in which pre-commit runs our hooks with the leafdeck of this checkout."""

    def __init__(self, runner: Runner, project: Project) -> None:
        hooks = yaml.safe_load((CHECKOUT / ".pre-commit-hooks.yaml").read_text("utf-8"))
        local = [hook | {"language": "system"} for hook in hooks]  # what is installed already
        self.root = project.root
        self.environment = os.environ | {
            "PATH": f"{runner.real().parent}:{os.environ['PATH']}",
            "PRE_COMMIT_HOME": str(runner.temporary),
            "SOURCE_DATE_EPOCH": "1780272000",
        }
        project.write(
            ".pre-commit-config.yaml", json.dumps({"repos": [{"repo": "local", "hooks": local}]})
        )
        tool("git", "init", "--quiet", cwd=self.root)

    def run(self, hook: str, path: str) -> subprocess.CompletedProcess[str]:
        """A hook at the commit of one file."""
        tool("git", "add", "--all", cwd=self.root)
        words = (sys.executable, "-m", "pre_commit", "run", hook, "--files", path)
        return tool(*words, cwd=self.root, env=self.environment)


def test_the_check_at_a_commit(runner: Runner, basic: Project) -> None:
    """It runs where a source changed, and refuses a commit with problems."""
    commits = Commits(runner, basic)
    basic.write("notes.txt", "x")
    assert "Skipped" in commits.run("leafdeck-check", "notes.txt").stdout
    done = commits.run("leafdeck-check", "sources/basic/leaflet.md")
    assert "Passed" in done.stdout, done.stdout
    basic.write("sources/basic/module.yaml", "kind: [")
    done = commits.run("leafdeck-check", "sources/basic/module.yaml")
    assert done.returncode == 1 and "sources/basic/module.yaml:1" in done.stdout


def test_the_comparison_at_a_commit(runner: Runner, basic: Project) -> None:
    """It refuses a commit whose output is not what its sources say, and writes nothing."""
    commits = Commits(runner, basic)
    assert tool(runner.real(), "build", cwd=basic.root, env=commits.environment).returncode == 0
    done = commits.run("leafdeck-build-check", "sources/basic/leaflet.md")
    assert "Passed" in done.stdout, done.stdout
    before = basic.read("basic/basic.pdf")
    leaflet = "sources/basic/leaflet.md"
    basic.write(leaflet, (basic.root / leaflet).read_text("utf-8") + "\nCall us at night too.\n")
    done = commits.run("leafdeck-build-check", leaflet)
    assert done.returncode == 1 and "output/basic/basic.pdf" in done.stdout
    assert basic.read("basic/basic.pdf") == before
