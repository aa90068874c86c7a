"""Fixtures for all tests: the flag that rewrites expectations, and the samples built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers import CHECKOUT, TESTS, Project
from tests.masters.odd import ODD


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer `--update-golden`."""
    help_ = "write what came out as the new expectation; read the difference before you commit it"
    parser.addoption("--update-golden", action="store_true", help=help_)


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether expectations are rewritten."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture
def basic(tmp_path: Path) -> Project:
    """A small sound project with one module that uses most of what an author can write."""
    return Project.from_(TESTS / "cases" / "basic", tmp_path)


@pytest.fixture(scope="session")
def features(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A module with everything that a slide can hold, built; also in a deliberately odd template.

    `output/` is in the theme clinic, `odd/output/` in the template.
    """
    root = tmp_path_factory.mktemp("features")
    project = Project.from_(TESTS / "cases" / "features", root)
    strange = Project.from_(TESTS / "cases" / "features", root / "odd")
    strange.write("leafdeck.toml", 'theme = "strange"\n')
    strange.write("themes/strange/theme.toml", 'extends = "clinic"\n')
    strange.write("themes/strange/master.pptx", ODD["google"]().bytes())
    for each in (project, strange):
        outcome = each.build()
        assert not [one for one in outcome.problems if one.severity != "note"], outcome.problems
    return project


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The sample modules of the checkout, built."""
    root = tmp_path_factory.mktemp("samples")
    project = Project.from_(CHECKOUT / "sources", root / "sources")
    project = Project(root)
    outcome = project.build()
    assert not outcome.failed, outcome.problems
    return project
