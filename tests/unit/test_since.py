"""Which modules were changed since a commit, in real Git repositories."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from builder.build.knowing.since import changed_since
from builder.problems import Rejected
from tests.helpers import Project

ODD = ("two words", "ümlaut", "it's", 'a "quote"', "-leading", "new\nline", "$(x)", "sources")


def git(folder: Path, *words: str) -> None:
    """Run Git, by nobody's settings."""
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    clear = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    command = ["git", *who, "-C", str(folder), *words]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **clear})


def committed(root: Path, below: str = "") -> Project:
    """A repository with a project of three modules in one of its folders."""
    project = Project(root / below if below else root)
    for name in ("one", "two", "three"):
        project.write(f"sources/{name}/module.yaml", f"id: {name}\n" * 20)
    project.write(".gitignore", "output/\n*.log\n").write("README.md", "Words.\n")
    git(root, "init", "--quiet", "--initial-branch=main")
    commit(root)
    return project


def commit(root: Path) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "A change")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A repository with three modules, committed."""
    return committed(tmp_path)


def since(project: Project, reference: str = "HEAD") -> set[str] | None:
    found = changed_since(project.root, reference)
    return None if found is None else set(found)


def test_nothing_was_changed(project: Project) -> None:
    """Nor do files count that are of no module, or that Git is told to leave alone."""
    project.write("README.md", "More.\n").write("output/one/one.pdf", "made")
    project.write("sources/two/notes.log", "mine").write("sources/module.schema.json", "{}")
    assert since(project) == set()


def test_what_was_edited_added_deleted_and_renamed(project: Project) -> None:
    """Committed or not, staged or not; of a rename both folders."""
    project.write("sources/one/module.yaml", "id: other\n")
    assert since(project) == {"one"}
    project.write("sources/four/module.yaml", "id: four\n")
    assert since(project) == {"one", "four"}
    (project.root / "sources/three/module.yaml").unlink()
    assert since(project) == {"one", "three", "four"}
    (project.root / "sources/two").rename(project.root / "sources/five")
    every = {"one", "two", "three", "four", "five"}
    assert since(project) == every
    git(project.root, "add", "--all")
    assert since(project) == every
    commit(project.root)
    assert since(project) == set()
    assert since(project, "HEAD~1") == every


@pytest.mark.parametrize("path", ["themes/own/page.css", "clinics/one.yaml", "leafdeck.toml"])
def test_what_every_module_follows_from(project: Project, path: str) -> None:
    """New, edited or deleted: everything is built."""
    project.write(path, "new")
    assert since(project) is None
    commit(project.root)
    assert since(project) == set()
    (project.root / path).unlink()
    assert since(project) is None


def test_references_of_all_kinds(project: Project) -> None:
    """Branches and tags, annotated too, also where a file or an odd name is in the way."""
    git(project.root, "tag", "--annotate", "v1", "--message", "One")
    git(project.root, "branch", "sources")
    project.write("sources/one/module.yaml", "id: other\n")
    commit(project.root)
    for reference in ("v1", "sources", "HEAD^", "main~1", "@{1}"):
        assert since(project, reference) == {"one"}, reference


@pytest.mark.parametrize("below", ["courses", "courses/pain relief"])
def test_a_project_in_a_folder_of_a_repository(tmp_path: Path, below: str) -> None:
    """Paths are from the project; what is changed elsewhere does not count."""
    project = committed(tmp_path, below)
    Project(tmp_path).write("sources/one/module.yaml", "elsewhere").write("themes/a.css", "")
    assert since(project) == set()
    project.write("sources/two/module.yaml", "id: other\n")
    assert since(project) == {"two"}


@pytest.mark.parametrize("name", ODD)
def test_odd_names(project: Project, name: str) -> None:
    """Git writes them in quotes unless it is asked not to."""
    project.write(f"sources/{name}/module.yaml", "id: odd\n")
    assert since(project) == {name}
    commit(project.root)
    assert since(project, "HEAD~1") == {name}


@pytest.mark.parametrize("setting", ["diff.noprefix", "diff.mnemonicPrefix", "core.quotePath"])
def test_whatever_git_is_set_to(project: Project, setting: str) -> None:
    """Somebody's own settings change nothing."""
    git(project.root, "config", setting, "true")
    git(project.root, "config", "diff.renames", "copies")
    git(project.root, "config", "diff.external", "false")
    project.write("sources/ö/module.yaml", "id: odd\n")
    (project.root / "sources/two").rename(project.root / "sources/five")
    git(project.root, "add", "--all")
    assert since(project) == {"two", "five", "ö"}


@pytest.mark.parametrize(
    "reference",
    [
        "nowhere",
        "",
        "--upload-pack=touch x",
        "--output=x",
        "-",
        "README.md",
        "a..b",
        "HEAD:sources",
    ],
)
def test_a_commit_that_git_does_not_know(project: Project, reference: str) -> None:
    """It is told; nothing is taken for an option or a path, and nothing is written."""
    before = sorted(path.name for path in project.root.iterdir())
    with pytest.raises(Rejected) as caught:
        since(project, reference)
    (problem,) = caught.value.problems
    told = (problem.code, problem.message)
    assert told == ("git-failed", f"Git knows no commit “{reference}”.")
    assert sorted(path.name for path in project.root.iterdir()) == before


def test_a_branch_that_is_called_like_an_option(project: Project) -> None:
    """Git itself refuses to make such a branch, but not to hold one."""
    git(project.root, "update-ref", "refs/heads/--upload-pack", "HEAD")
    project.write("sources/one/module.yaml", "id: other\n")
    assert since(project, "--upload-pack") == {"one"}


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told, as is that there is no Git."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(Rejected) as caught:
        changed_since(tmp_path, "HEAD")
    assert "not a git repository" in caught.value.problems[0].message
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Rejected) as caught:
        changed_since(tmp_path, "HEAD")
    assert caught.value.problems[0].message == "There is no program git."
