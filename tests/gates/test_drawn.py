"""Decks as they are drawn: each word once, inside its own frame; frames apart, inside the slide.

They are drawn with automatic shrinking switched off, which LibreOffice would do by itself: what
does not fit as it was measured is found, not mended.
"""

from __future__ import annotations

import io
import itertools
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

from builder.artifacts.deck import make
from tests.gates import judges, torture
from tests.gates.torture import Torture
from tests.helpers import TESTS, Project
from tests.unit.decks import order, slide

SEEDS = (1, 2)
POINT = 12700
SLACK = 3.0
"""Points by which a word's box, which is as high as its font, may stand out of its frame."""
TOUCHING = 1.0
MARKS = set("•–‐-.0123456789abcdef")
"""What is drawn but stands in no text: bullets, numbers and letters of lists, hyphens."""


@dataclass(frozen=True)
class Frame:
    """A rectangle of a slide with its words, in points."""

    name: str
    left: float
    top: float
    right: float
    bottom: float
    text: str
    is_chart: bool = False
    """Whether it draws its words from its numbers."""

    def holds(self, word: judges.Word) -> bool:
        """Whether the middle of a word is in the frame."""
        across, down = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        return (
            self.left - TOUCHING <= across <= self.right + TOUCHING
            and self.top - TOUCHING <= down <= self.bottom + TOUCHING
        )

    def contains(self, word: judges.Word) -> bool:
        """Whether all of a word is in the frame, but for the air above and below its letters."""
        air = SLACK + (word.bottom - word.top) / 4
        beside = word.left >= self.left - SLACK and word.right <= self.right + SLACK
        return beside and word.top >= self.top - air and word.bottom <= self.bottom + air

    def overlaps(self, other: Frame) -> bool:
        """Whether two frames share more than an edge."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > TOUCHING and down > TOUCHING


@dataclass(frozen=True)
class Drawn:
    """A deck: its frames as written, its pages as drawn."""

    name: str
    frames: list[list[Frame]]
    pages: list[judges.Page]
    torture: Torture | None = None

    @cached_property
    def slides(self) -> list[tuple[int, list[Frame], judges.Page]]:
        """Frames and page of each slide, with its number."""
        pairs = zip(self.frames, self.pages, strict=True)
        return [(number, frames, page) for number, (frames, page) in enumerate(pairs, 1)]


def frames_of(data: bytes) -> list[list[Frame]]:
    """The frames of each slide, with the places that they inherit from the layout."""
    return [
        [_frame(shape) for shape in each.shapes] for each in Presentation(io.BytesIO(data)).slides
    ]


def _frame(shape: Any) -> Frame:
    left, top = shape.left / POINT, shape.top / POINT
    right, bottom = left + shape.width / POINT, top + shape.height / POINT
    numbered = shape.is_placeholder and "SLIDE_NUMBER" in str(shape.placeholder_format.type)
    texts = () if numbered else shape.element.iterfind(".//{*}t")
    text = " ".join(each.text or "" for each in texts)
    return Frame(shape.name, left, top, right, bottom, text, shape.has_chart)


def unshrunk(data: bytes) -> bytes:
    """The deck with automatic shrinking switched off."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            part = source.read(name).replace(b"<a:normAutofit/>", b"<a:noAutofit/>")
            copy.writestr(name, part)
    return target.getvalue()


def decks(folder: Path) -> Iterator[tuple[str, bytes, Torture | None]]:
    """The decks to be drawn: what is tortured, the project that holds everything."""
    for seed in SEEDS:
        tortured, slides = torture.document(seed)
        written = "".join(slide(title, body) for title, body in slides)
        yield f"torture-{seed}", make(order(folder, written)).data, tortured
    basic = Project.from_(TESTS / "cases" / "basic", folder / "basic")
    assert not basic.build().failed
    yield "basic", basic.read("basic/basic.pptx"), None


@pytest.fixture(scope="module")
def drawn(
    tmp_path_factory: pytest.TempPathFactory, samples: Project, features: Project
) -> list[Drawn]:
    """All decks, drawn in one go."""
    folder = tmp_path_factory.mktemp("drawn")
    made = list(decks(folder))
    found = sorted(samples.output.glob("*/*.pptx"))
    made += [(path.stem, path.read_bytes(), None) for path in found]
    for name, folder_of in (("features", features.output), ("odd", features.root / "odd/output")):
        made.append((name, (folder_of / "features/features.pptx").read_bytes(), None))
    paths = []
    for name, data, _ in made:
        paths.append(folder / f"{name}.pptx")
        paths[-1].write_bytes(unshrunk(data))
    pdfs = judges.office_pdfs(paths, folder)
    return [
        Drawn(name, frames_of(data), judges.pages(pdf), tortured)
        for (name, data, tortured), pdf in zip(made, pdfs, strict=True)
    ]


def letters(text: str) -> Counter[str]:
    """The characters of a text, ligatures, capitals and other shapes as what they mean.

    White space and emoji are left out: no font here draws those.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return Counter(each for each in plain if unicodedata.category(each)[0] in "LNP" or each in "≥±")


def test_every_word_is_inside_its_slide(drawn: list[Drawn]) -> None:
    out = [
        (deck.name, number, word)
        for deck in drawn
        for number, _, page in deck.slides
        for word in page.words
        if word.left < 0 or word.right > page.width or word.top < 0 or word.bottom > page.height
    ]
    assert out == []


def test_no_frame_overlaps_another(drawn: list[Drawn]) -> None:
    over = [
        (deck.name, number, first.name, second.name)
        for deck in drawn
        for number, frames, _ in deck.slides
        for first, second in itertools.combinations(frames, 2)
        if first.overlaps(second)
    ]
    assert over == []


def faults(frame: Frame, page: judges.Page) -> list[str]:
    """What is wrong with the words that are drawn in a frame."""
    inside = [word for word in page.words if frame.holds(word) and letters(word.text)]
    found, wanted = letters("".join(word.text for word in inside)), letters(frame.text)
    more = set(found - wanted) - MARKS
    wrong = [f"lacks {each}" for each in wanted - found]
    wrong += [f"has {each} too" for each in more if not frame.is_chart]
    wrong += [f"{word.text} stands out" for word in inside if not frame.contains(word)]
    return wrong


def test_every_frame_holds_its_words_and_no_others(drawn: list[Drawn]) -> None:
    """Each frame's characters are drawn once, within it."""
    wrong = [
        (deck.name, number, frame.name, each)
        for deck in drawn
        for number, frames, page in deck.slides
        for frame in frames
        for each in faults(frame, page)
    ]
    assert wrong == []


def test_every_word_of_the_source_is_there_once(drawn: list[Drawn]) -> None:
    """Heads of tables and labels of rows may come again where a table goes on."""
    for deck in drawn:
        if deck.torture:
            text = " ".join(frame.text for frames in deck.frames for frame in frames)
            count = Counter(torture.NUMBER.findall(text))
            assert [word for word in deck.torture.said if count[word] != 1] == []
            assert [word for word in deck.torture.repeated if not count[word]] == []
