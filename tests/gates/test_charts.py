"""Charts before other judges: the three of Office files, one of workbooks, LibreOffice, pandoc."""

from __future__ import annotations

from pathlib import Path

import pypandoc
import pytest

from tests.gates import judges
from tests.unit.decks import Deck, made
from tests.unit.test_deck_charts import html


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A deck of four charts."""
    folder = tmp_path_factory.mktemp("charts")
    path = folder / "charts.pptx"
    path.write_bytes(made(folder, html()).data)
    return path


def test_no_judge_finds_anything(deck: Path) -> None:
    """Neither in the deck nor in the workbooks inside of it."""
    found = judges.open_xml_sdk(deck) + judges.openxml_audit(deck) + judges.ooxml_integrity(deck)
    books = {
        name: data
        for name, data in Deck(deck.read_bytes()).entries.items()
        if name.endswith(".xlsx")
    }
    assert len(books) == 4
    for name, data in books.items():
        book = deck.with_name(Path(name).name)
        book.write_bytes(data)
        found += judges.open_xml_sdk(book)
    assert found == []


def test_charts_are_drawn_with_their_words(deck: Path, tmp_path: Path) -> None:
    """Titles, axes, categories, values and legend are on the slides of the charts."""
    bars, columns, lines, pie = (
        page.text for page in judges.pages(judges.office_pdf(deck, tmp_path))[2:]
    )
    for words in ("Relief after <one> hour", "Morphine & more", "62%", "Patients with relief (%)"):
        assert words in bars
    for words in ("March", "Ward A", "Ward B", "3.5", "Month"):
        assert words in columns
    assert "Tablets" in lines
    assert "Bathroom: 27%" in pie


def test_pandoc_reads_a_deck_of_charts(deck: Path) -> None:
    """It leaves charts out, and keeps the rest."""
    found = pypandoc.convert_file(str(deck), "plain", format="pptx")
    assert "Relief" in found
    assert "Places" in found
