"""Decks in the masters of odd institutions: PowerPoint opens each without a word about repair."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from builder.artifacts import Order
from builder.artifacts.deck import make, read_stamp
from builder.artifacts.deck.parts import read_package
from builder.problems import Rejected
from builder.theme import Theme
from builder.workspace import Folder
from tests.gates import judges
from tests.masters.odd import ODD, SMALL
from tests.masters.odd_file import File
from tests.unit.decks import Deck, bullets, find, order, slide, theme

TABLE = (
    "<table><caption>Doses</caption><thead><tr><th>Drug</th><th>Dose</th><th>Times</th></tr></thead>"
    "<tbody>" + "<tr><td>Morphine</td><td>10 mg</td><td>6</td></tr>" * 14 + "</tbody></table>"
)
COLUMNS = (
    '<div class="columns"><div class="column"><p>Left words</p></div>'
    '<div class="column"><ul><li>Right words</li></ul></div></div>'
)
CHART = (
    '<figure class="chart" data-kind="bar" data-title="Relief" data-alt="More of it with two" '
    'data-category-axis="Drugs" data-value-axis="Percent" data-format="" data-line="9"><table>'
    "<thead><tr><th>Drugs</th><th>Relief</th></tr></thead><tbody><tr><td>One</td><td>30</td></tr>"
    "<tr><td>Two</td><td>50</td></tr></tbody></table></figure>"
)
NOTES = '<aside class="notes"><p>Say <strong>this</strong>.</p><ul><li>And that</li></ul></aside>'
FEATURES = "".join(
    (
        slide("A part", "<p>What it is about</p>", layout="section"),
        slide("Bullets", bullets(14) + NOTES),
        slide("Numbers", "<ol><li>One<ul><li>Below</li></ul></li><li>Two</li></ol>"),
        slide("A table", TABLE, layout="table"),
        slide("A picture", '<img src="broad.png" alt="A field">', layout="picture"),
        slide("Both", '<p>Words beside.</p><img src="other.png" alt="A door">'),
        slide("Two columns", COLUMNS, layout="two-columns"),
        slide("A callout", '<p>First.</p><div class="callout warning"><p>Beware.</p></div>'),
        slide("A chart", CHART),
        slide(
            "Links",
            '<p><a href="https://example.org/a">The guide</a> and '
            '<sup class="citation"><a href="#ref-1">1</a></sup> '
            '<abbr title="patient-controlled analgesia">PCA</abbr></p>',
        ),
        slide(
            "References",
            '<ol class="references"><li id="ref-1">First source</li></ol>',
            layout="references",
        ),
    )
)
"""Each thing that a slide can hold."""


@dataclass(frozen=True)
class Made:
    """The decks that were made, and the masters in which none could be."""

    paths: dict[str, Path]
    """Files to be judged: of decks that are the same to the last byte, one."""
    decks: dict[str, Deck]
    order: Order
    failed: dict[str, list[str]]


def in_master(folder: Path, file: File) -> Theme:
    """The clinic theme in another master deck."""
    folder.mkdir()
    (folder / "master.pptx").write_bytes(file.bytes())
    return Theme("other", (Folder(folder, "themes/other"), *theme().folders), theme().tokens)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The same deck in every odd master."""
    root = tmp_path_factory.mktemp("masters")
    (root / "decks").mkdir()
    asked = order(root, FEATURES)
    found = Made({}, {}, asked, {})
    for name, file in ODD.items():
        try:
            data = make(replace(asked, theme=in_master(root / name, file()))).data
        except Rejected as rejected:
            found.failed[name] = [problem.message for problem in rejected.problems]
            continue
        found.decks[name] = Deck(data)
    for data, name in {deck.data: name for name, deck in found.decks.items()}.items():
        found.paths[name] = root / "decks" / f"{name}.pptx"
        found.paths[name].write_bytes(data)
    return found


def test_every_master_serves(made: Made) -> None:
    assert made.failed == {}


def test_no_judge_finds_anything(made: Made) -> None:
    """The Open XML SDK, openxml-audit and ooxml-integrity."""
    found = judges.verdicts(made.paths)
    assert {name: errors for name, errors in found.items() if errors} == {}


def test_no_part_is_orphaned_or_missing_or_untyped(made: Made) -> None:
    for name, deck in made.decks.items():
        package = read_package(deck.entries)
        assert package.reachable() == set(package.parts) == set(package.kinds), name
        for source, known in package.relations.items():
            for each in known.values():
                assert each.external or each.target in package.parts, (name, source, each)


def test_no_part_is_told_that_is_not_there(made: Made) -> None:
    for name, deck in made.decks.items():
        told = re.findall(r'PartName="/([^"]+)"', deck.entries["[Content_Types].xml"].decode())
        assert set(told) <= set(deck.entries), name
        assert len(set(map(str.lower, told))) == len(told), name


@pytest.mark.parametrize("query", [".//p:cNvPr/@id", ".//p:cNvPr/@name"])
def test_shapes_are_told_apart(made: Made, query: str) -> None:
    assert (
        _wrong(made, lambda one: [each for each, n in Counter(find(one, query)).items() if n > 1])
        == {}
    )


def test_rows_of_tables_are_complete(made: Made) -> None:
    def short(one: Any) -> Iterator[int]:
        for table in find(one, ".//a:tbl"):
            columns = len(find(table, "a:tblGrid/a:gridCol"))
            for row in find(table, "a:tr"):
                if len(find(row, "a:tc")) != columns:
                    yield columns

    assert _wrong(made, lambda one: list(short(one))) == {}


def _wrong(made: Made, look: Any) -> dict[tuple[str, int], Any]:
    """What a look at each slide of each deck finds."""
    return {
        (name, number): found
        for name, deck in made.decks.items()
        for number, one in enumerate(deck.slides, 1)
        if (found := look(one))
    }


def test_slides_are_told_apart(made: Made) -> None:
    """Their numbers and their titles."""
    for name, deck in made.decks.items():
        numbers = re.findall(rb'<p:sldId [^>]*\bid="(\d+)"', deck.entries["ppt/presentation.xml"])
        assert len(set(numbers)) == len(numbers) == len(deck.slides), name
        titles = deck.titles()
        assert all(titles) and len(set(titles)) == len(titles), name


def test_the_stamp_is_on_every_slide(made: Made) -> None:
    for name, deck in made.decks.items():
        assert read_stamp(deck.data).stamp == made.order.stamp, name
        for words in deck.words():
            assert made.order.stamp.short in words, name


def test_all_words_are_in_every_deck(made: Made) -> None:
    """In the slides, whatever the layouts offer; the notes too."""
    wanted = ("Left words", "Right words", "Beware.", "Words beside.", "The guide", "First source")
    for name, deck in made.decks.items():
        words = " ".join(deck.words())
        assert [each for each in wanted if each not in words] == [], name
        notes = b"".join(data for part, data in deck.entries.items() if "/notesSlides/n" in part)
        assert b"And that" in notes and b"First source" in notes, name


def test_a_slide_too_small_for_words_is_a_problem(tmp_path: Path) -> None:
    for name, file in SMALL.items():
        asked = replace(order(tmp_path, FEATURES), theme=in_master(tmp_path / name, file()))
        with pytest.raises(Rejected) as caught:
            make(asked)
        codes = {problem.code for problem in caught.value.problems}
        assert codes <= {"theme-layout", "text-overflows", "theme-file"}, caught.value


def test_every_word_is_drawn_inside_its_slide(made: Made, tmp_path: Path) -> None:
    """As LibreOffice draws them, all in one call."""
    drawn = judges.office_pdfs(list(made.paths.values()), tmp_path)
    for name, pdf in zip(made.paths, drawn, strict=True):
        pages = judges.pages(pdf)
        assert len(pages) == len(made.decks[name].slides), name
        for page in pages:
            assert made.order.stamp.short in page.text, (name, page.text)
            for word in page.words:
                assert word.left >= -1 and word.right <= page.width + 1, (name, word)
                assert word.top >= -1 and word.bottom <= page.height + 1, (name, word)
