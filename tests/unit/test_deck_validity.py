"""A template that breaks the format is named as the culprit, with the part and the element."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builder.artifacts.deck.master.opening import invalid_parts
from builder.artifacts.deck.master.template import template_of
from builder.artifacts.deck.master.validity import faults
from tests.masters.odd import ODD
from tests.masters.odd_file import MASTER, NAMES, File, element, holders, tree
from tests.unit.test_deck_roles import brand

LAYOUT, THEME = "ppt/slideLayouts/slideLayout2.xml", "ppt/theme/theme1.xml"


def text_first(root: Any) -> None:
    shape = holders(root, "title")[0]
    shape.insert(1, shape.find("p:txBody", NAMES))


def middle(root: Any) -> None:
    for level in root.iterfind("p:txStyles/p:bodyStyle/*", NAMES):
        level.set("algn", "middle")


FAULTS: dict[str, tuple[str, Callable[[Any], None], str]] = {
    "an unknown shape": (LAYOUT, lambda root: tree(root).append(element("<p:odd/>")), "spTree"),
    "an unknown alignment": (MASTER, middle, "bodyStyle/lvl1pPr and 8 more places"),
    "text before properties": (LAYOUT, text_first, "spTree/sp: unexpected element 'spPr'"),
    "a stray element among fonts": (
        THEME,
        lambda root: root.find(".//a:fontScheme", NAMES).insert(0, element("<a:odd/>")),
        "fontScheme: unexpected element 'odd'",
    ),
    "a colour by name": (
        THEME,
        lambda root: root.find(".//a:srgbClr", NAMES).set("val", "blue"),
        "srgbClr: invalid value",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_part_and_element_are_named(name: str, tmp_path: Path) -> None:
    part, change, words = FAULTS[name]
    (problem,) = invalid_parts(brand(tmp_path, File().change(part, change)))
    assert (problem.code, problem.place.path) == ("theme-file", "themes/brand/master.pptx")
    assert part in problem.message and words in problem.message


@pytest.mark.parametrize("name", ODD)
def test_templates_that_serve_have_no_faults(name: str) -> None:
    assert list(faults(template_of(ODD[name]().bytes()).data)) == []
