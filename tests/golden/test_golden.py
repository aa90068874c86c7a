"""Whole decks, leaflets and pages as text, and comparisons of files that need no expectation."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

import pytest

from tests.e2e.test_cli import LEAFDECK
from tests.gates import judges
from tests.golden import dumps
from tests.helpers import CHECKOUT, TESTS, Project
from tests.unit.decks import Deck, find

HERE = TESTS / "golden"
SAMPLES = sorted(path.parent.name for path in (CHECKOUT / "sources").glob("*/module.yaml"))
CASES = ["basic", *SAMPLES]
DUMPS = {"deck": dumps.deck, "leaflet": dumps.leaflet, "page": dumps.page}
FILES = {"deck": "{0}/{0}.pptx", "leaflet": "{0}/{0}.pdf", "page": "{0}/index.html"}
DECKS = ["basic", *(path.parent.name for path in (CHECKOUT / "sources").glob("*/slides.md"))]
MADE = [(case, kind) for case in CASES for kind in DUMPS if kind != "deck" or case in DECKS]
"""The files that are compared: a module without slides has no deck."""
TRANSLATED, LANGUAGES = "pain-appointment", ("ar", "es")
LARGEST = 40 * 1024
"""Bytes of an expected file; more is not reviewed."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small project, built."""
    project = Project.from_(TESTS / "cases" / "basic", tmp_path_factory.mktemp("small"))
    assert not project.build().problems
    return project


def files(project: Project, name: str = "basic") -> dict[str, bytes]:
    """The files of a module, by kind."""
    return {kind: project.read(file.format(name)) for kind, file in FILES.items()}


def compared(expected: Path, found: str, update: bool) -> None:
    """What came out against the reviewed dump, which it becomes where it is updated."""
    assert len(found.encode()) <= LARGEST
    if update:
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(found, "utf-8")
    assert found == expected.read_text("utf-8")


@pytest.mark.parametrize(("case", "kind"), MADE)
def test_file(case: str, kind: str, samples: Project, small: Project, update_golden: bool) -> None:
    """A file says what its reviewed dump says."""
    project = small if case == "basic" else samples
    found = DUMPS[kind](project.read(FILES[kind].format(case)))
    compared(HERE / case / f"{kind}.txt", found, update_golden)


@pytest.mark.parametrize("language", LANGUAGES)
def test_translation(language: str, samples: Project, update_golden: bool) -> None:
    """A translated leaflet says what its reviewed dump says, in the order it is read."""
    found = dumps.leaflet(samples.read(f"{TRANSLATED}/{TRANSLATED}.{language}.pdf"))
    compared(HERE / TRANSLATED / f"leaflet.{language}.txt", found, update_golden)


FEATURES = {
    "features": "features/features.pptx",
    "features-odd": "../odd/output/features/features.pptx",
}


@pytest.mark.parametrize("case", FEATURES)
def test_everything_that_a_slide_can_hold(
    case: str, features: Project, update_golden: bool
) -> None:
    """In the theme that comes with Leafdeck, and in a template that was never made for it."""
    compared(HERE / case / "deck.txt", dumps.deck(features.read(FEATURES[case])), update_golden)


def test_no_expectation_is_left_over() -> None:
    """Each expected file belongs to a case."""
    wanted = {HERE / case / f"{kind}.txt" for case, kind in MADE}
    wanted |= {HERE / TRANSLATED / f"leaflet.{language}.txt" for language in LANGUAGES}
    wanted |= {HERE / case / "deck.txt" for case in FEATURES}
    assert {path for path in HERE.rglob("*") if path.suffix == ".txt"} == wanted


def test_an_edit_that_says_nothing_changes_nothing(basic: Project, small: Project) -> None:
    """A comment in the facts and blank lines in the text leave every byte as it was."""
    basic.edit("sources/basic/module.yaml", "title:", "# what it is called\n\ntitle:")
    for text in ("slides.md", "leaflet.md"):
        path = f"sources/basic/{text}"
        basic.write(path, "\n\n" + (basic.root / path).read_text("utf-8").replace("\n\n", "\n\n\n"))
    basic.build()
    assert files(basic) == files(small)


def test_the_day_of_expiry_changes_every_page(basic: Project, small: Project) -> None:
    """On the day after the last, all files differ, and every slide and page bears the band."""
    last, first = basic.on("2028-03-01"), basic.on("2028-03-02")
    last.build()
    before = files(last)
    first.build()
    after = files(first)
    band = "EXPIRED 2 March 2028 · no longer current"
    for kind in FILES:
        assert before[kind] != after[kind] != files(small)[kind]
        assert band not in DUMPS[kind](before[kind])
    deck = Deck(after["deck"])
    assert all(find(slide, f".//a:t[starts-with(., '{band}')]") for slide in deck.slides)
    leaves = judges.pages(first.output / FILES["leaflet"].format("basic"))
    assert leaves and all(band in leaf.text for leaf in leaves)
    assert band in dumps.page(after["page"])


def test_the_machine_does_not_show(basic: Project, small: Project, tmp_path: Path) -> None:
    """Another zone, locale, hash seed, folder and day give the same bytes."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    words = f"build --project {basic.root} --output {elsewhere} --today 2026-11-30 --jobs 1"
    environment = os.environ | {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "7",
        "PYTHONPATH": str(CHECKOUT),
        "PYTHONUTF8": "0",
    }
    done = subprocess.run(
        [*LEAFDECK, *words.split()],
        cwd=elsewhere,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    built = {
        kind: hashlib.sha256((elsewhere / file.format("basic")).read_bytes()).hexdigest()
        for kind, file in FILES.items()
    }
    here = {kind: hashlib.sha256(data).hexdigest() for kind, data in files(small).items()}
    assert built == here
