"""The sample modules' files before judges that nobody here can talk to."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.artifacts import KINDS
from tests.gates import judges
from tests.helpers import CHECKOUT, Project

NAMES = sorted(path.parent.name for path in (CHECKOUT / "sources").glob("*/module.yaml"))
DECKS = sorted(path.parent.name for path in (CHECKOUT / "sources").glob("*/slides.md"))


def deck(samples: Project, name: str) -> Path:
    """A sample's deck."""
    return samples.output / name / f"{name}.pptx"


def leaflet(samples: Project, name: str) -> Path:
    """A sample's leaflet."""
    return samples.output / name / f"{name}.pdf"


@pytest.mark.parametrize("name", DECKS)
@pytest.mark.parametrize(
    "judge", [judges.open_xml_sdk, judges.openxml_audit, judges.ooxml_integrity]
)
def test_deck_is_valid(samples: Project, name: str, judge: object) -> None:
    """No judge of Office files finds anything."""
    assert judge(deck(samples, name)) == []  # type: ignore[operator]


@pytest.mark.parametrize("name", NAMES)
def test_leaflet_is_universally_accessible(samples: Project, name: str) -> None:
    """PDF/UA-1, by two validators, and PDF/A-2a."""
    path = leaflet(samples, name)
    assert (judges.verapdf(path), judges.page_validation(path)) == (set(), [])
    assert judges.verapdf(path, "PDFA_2_A") == set()


@pytest.mark.parametrize("name", DECKS)
def test_every_slide_shows_the_stamp(samples: Project, name: str, tmp_path: Path) -> None:
    """As drawn: the stamp stands on every slide, the band where it must, all inside the slide."""
    path = deck(samples, name)
    stamp = KINDS["deck"].writer.read_stamp(path.read_bytes()).stamp
    assert stamp
    drawn = judges.pages(judges.office_pdf(path, tmp_path))
    assert len(drawn) >= 6
    for page in drawn:
        assert stamp.short in page.text
        assert stamp.band in page.text
        for word in page.words:
            assert word.left >= 0 and word.right <= page.width, word
            assert word.top >= 0 and word.bottom <= page.height, word
    for sentence in stamp.declaration:
        assert sentence in drawn[1].text


@pytest.mark.parametrize("name", NAMES)
def test_every_page_shows_the_stamp(samples: Project, name: str) -> None:
    """As drawn: dates and interests on every page of a leaflet, and the declaration in full."""
    path = leaflet(samples, name)
    stamp = KINDS["leaflet"].writer.read_stamp(path.read_bytes()).stamp
    assert stamp
    drawn = judges.pages(path)
    for number, page in enumerate(drawn, 1):
        assert stamp.short in page.text
        assert stamp.band in page.text
        assert f"Page {number} of {len(drawn)}" in page.text
    everything = " ".join(page.text for page in drawn)
    for sentence in stamp.declaration:
        assert sentence in everything
