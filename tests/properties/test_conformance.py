"""Whatever an author writes, what is built conforms: say judges that are not ours."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from tests.gates import judges
from tests.helpers import Project, line
from tests.properties.writing import BLOCKS, ROLES, write

DECKS = 8
"""How many decks the slow judges see: each takes them a second."""


@dataclass(frozen=True)
class Print:
    """One way to print, and what is printed so: each block in the company of others."""

    paper: str
    each: int
    """Blocks in a leaflet: six panels hold few."""
    references: str = "print"
    share: int = 1
    """Of so many blocks one is printed: papers that differ in little but their size share them."""
    more: str = ""
    """Further lines of the settings' first table."""


PRINTS = (
    Print("a4", 7, more='extras = ["handout"]'),
    Print("letter", 7, "on-request", share=3),
    Print("large-print", 7, share=2),
    Print("a5-booklet", 7, "on-request"),
    Print("trifold", 2),
)


def written(root: Path, way: Print, seed: int) -> Project:
    """A project whose modules hold all blocks, in an order by chance."""
    project = Project(root)
    project.write(
        "leafdeck.toml",
        f'{way.more}\n[leaflet]\nformats = ["{way.paper}"]\n'
        f'[profiles.default]\nreferences = "{way.references}"\n',
    )
    blocks = Random(seed).sample(BLOCKS, len(BLOCKS) // way.share)
    for number, first in enumerate(range(0, len(blocks), way.each)):
        some = blocks[first : first + way.each]
        roles = ROLES[:-1] if way.paper == "trifold" else ROLES
        name, by_chance = f"m{number:02}", 100 * seed + number
        write(project, name, by_chance, some, slides=bool(way.more), roles=roles)
    return project


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Project]:
    """Modules made by chance, built for each paper."""
    projects = {}
    for seed, way in enumerate(PRINTS):
        project = written(tmp_path_factory.mktemp(way.paper), way, seed)
        outcome = project.build(workers=2)
        errors = [line(each) for each in outcome.problems if each.severity == "error"]
        assert (way.paper, errors) == (way.paper, [])
        projects[way.paper] = project
    return projects


def leaflets(made: dict[str, Project]) -> list[Path]:
    """All leaflets, and the handouts."""
    return sorted(path for project in made.values() for path in project.output.glob("*/*.pdf"))


def test_no_module_is_left_out(made: dict[str, Project]) -> None:
    """Each paper has its leaflets, and the first its handouts."""
    for way in PRINTS:
        wanted = -(-(len(BLOCKS) // way.share) // way.each) * (2 if way.more else 1)
        assert len(list(made[way.paper].output.glob("*/*.pdf"))) == wanted


def test_leaflets_are_universally_accessible(made: dict[str, Project]) -> None:
    """PDF/UA-1, by two validators."""
    found = {path: (judges.verapdf(path), judges.page_validation(path)) for path in leaflets(made)}
    assert {path.name: both for path, both in found.items() if any(both)} == {}


def test_leaflets_can_be_kept(made: dict[str, Project]) -> None:
    """PDF/A-2a: what a patient was given can be shown in many years."""
    found = {path: judges.verapdf(path, "PDFA_2_A") for path in leaflets(made)}
    assert {path.name: broken for path, broken in found.items() if broken} == {}


def test_decks_are_valid(made: dict[str, Project]) -> None:
    """No judge of Office files finds anything."""
    paths = sorted(made["a4"].output.glob("*/*.pptx"))[:DECKS]
    assert len(paths) == min(DECKS, -(-len(BLOCKS) // PRINTS[0].each))
    found = judges.verdicts({path.stem: path for path in paths})
    assert {name: errors for name, errors in found.items() if errors} == {}
