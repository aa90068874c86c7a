"""An independent reader opens our decks and finds what their author wrote."""

from __future__ import annotations

import re

import pypandoc
import pytest

from tests.helpers import CHECKOUT, Project

NAMES = sorted(path.parent.name for path in (CHECKOUT / "sources").glob("*/slides.md"))


def letters(text: str) -> str:
    """What is left of a text without marks, quotation marks and spaces."""
    return re.sub(r"[\W_]", "", text)


@pytest.mark.parametrize("name", NAMES)
def test_pandoc_reads_every_heading_and_point(samples: Project, name: str) -> None:
    """Titles and list items of `slides.md` come back from the deck as Markdown."""
    deck = samples.output / name / f"{name}.pptx"
    found = letters(pypandoc.convert_file(str(deck), "plain", format="pptx"))
    source = (samples.root / "sources" / name / "slides.md").read_text(encoding="utf-8")
    for line in re.findall(r"^(?:#+|-|\d\.) (.+?)(?: \{.*\})?$", source, re.MULTILINE):
        for part in re.split(r"\[[@^].*?\]", line):
            assert letters(part) in found, line
