"""Whatever an author writes, what is built conforms: say judges that are not ours."""

from __future__ import annotations

from random import Random

import pytest

from tests.gates import judges
from tests.helpers import Project, line
from tests.properties.writing import BLOCKS, write

COUNT = 20
DECKS = 8
"""How many decks the slow judges see: each takes them a second."""
EACH = 7
"""Blocks in a document: twenty documents hold every block three times, in other company."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Modules made by chance, built."""
    project = Project(tmp_path_factory.mktemp("made"))
    chance = Random(2026)
    pool: list[str] = []
    for seed in range(COUNT):
        if len(pool) < EACH:
            pool += chance.sample(BLOCKS, len(BLOCKS))
        write(project, f"m{seed:02}", seed, [pool.pop(0) for _ in range(EACH)])
    outcome = project.build(workers=2)
    errors = [line(each) for each in outcome.problems if each.severity == "error"]
    assert (errors, len(outcome.built)) == ([], 3 * COUNT)
    return project


def test_leaflets_are_universally_accessible(made: Project) -> None:
    """PDF/UA-1, by two validators."""
    paths = sorted(made.output.glob("*/*.pdf"))
    found = {path.stem: (judges.verapdf(path), judges.page_validation(path)) for path in paths}
    assert len(found) == COUNT
    assert {name: both for name, both in found.items() if any(both)} == {}


def test_decks_are_valid(made: Project) -> None:
    """No judge of Office files finds anything."""
    paths = sorted(made.output.glob("*/*.pptx"))
    quick = {path.stem: judges.ooxml_integrity(path) for path in paths[:DECKS]}
    slow = {
        path.stem: judges.open_xml_sdk(path) + judges.openxml_audit(path) for path in paths[:DECKS]
    }
    assert len(paths) == COUNT
    assert {name: found for name, found in (quick | slow).items() if found} == {}
