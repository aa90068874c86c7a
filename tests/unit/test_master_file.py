"""Any institution's file becomes a sound deck to write into, or a problem that names it."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from builder.artifacts.deck.archive import unpacked
from builder.artifacts.deck.master.opening import inspect_master, open_master
from builder.artifacts.deck.master.template import template_of
from builder.artifacts.deck.parts import Package, read_package
from builder.problems import Rejected, Severity
from builder.theme import Theme, master_file
from builder.workspace import Folder
from tests.helpers import Project, line
from tests.masters.odd import ODD
from tests.masters.odd_broken import BROKEN
from tests.masters.odd_file import MAIN, NAMES
from tests.unit.decks import theme

HOLDERS = "p:cSld/p:spTree/p:sp[p:nvSpPr/p:nvPr/p:ph]"


@cache
def package(name: str) -> Package:
    """What is made of an odd master deck."""
    return read_package(unpacked(template_of(ODD[name]().bytes()).data))


def other(folder: Path, data: bytes, file: str = "master.pptx") -> Theme:
    """The clinic theme with another master deck."""
    (folder / file).write_bytes(data)
    return Theme("other", (Folder(folder, "themes/other"), *theme().folders), theme().tokens)


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_cannot_serve_is_named(tmp_path: Path, name: str) -> None:
    make, message = BROKEN[name]
    (problem,) = inspect_master(other(tmp_path, make()))
    assert problem.message == f"The master deck {message}"
    assert (problem.code, str(problem.place)) == ("theme-file", "themes/other/master.pptx")
    assert problem.hint
    with pytest.raises(Rejected) as caught:
        open_master(other(tmp_path, make()))
    assert caught.value.problems == (problem,)


@pytest.mark.parametrize("name", ODD)
def test_no_part_is_orphaned_and_none_is_missing(name: str) -> None:
    found = package(name)
    assert found.reachable() == set(found.parts)
    for known in found.relations.values():
        for each in known.values():
            assert each.external or each.target in found.parts
    assert set(found.kinds) >= set(found.parts)


@pytest.mark.parametrize("name", ODD)
def test_nothing_of_the_old_deck_is_left(name: str) -> None:
    found = package(name)
    assert not [
        part for part in found.parts if re.search("slides/|notesSlides|vba|active|tags", part)
    ]
    assert b"Left over" not in b"".join(found.parts.values())


@pytest.mark.parametrize("name", ODD)
def test_each_mention_of_a_relation_has_it(name: str) -> None:
    found = package(name)
    for part, kind in found.kinds.items():
        if kind.endswith("+xml") and "image" not in kind:
            mentions = re.findall(r'\br:\w+="([^"]+)"', found.parts[part].decode())
            assert set(mentions) <= set(found.relations.get(part, {})), part


@pytest.mark.parametrize("name", ODD)
def test_each_layout_has_one_master_and_each_master_a_theme_of_its_own(name: str) -> None:
    found = package(name)
    masters = [*found.of(MAIN, "slideMaster").values(), *found.of(MAIN, "notesMaster").values()]
    themes = [found.target(master, "theme") for master in masters]
    assert len(set(themes)) == len(themes)
    for master in masters:
        for layout in found.of(master, "slideLayout").values():
            assert list(found.of(layout, "slideMaster").values()) == [master]


@pytest.mark.parametrize("name", ODD)
def test_numbers_are_unique(name: str) -> None:
    found = package(name)
    numbers = _all(found, r"slideMasters/|presentation", ".//@id[not(ancestor::p:cSld)]")
    big = [number for number in numbers if number.isdigit()]
    assert len(set(big)) == len(big)
    for part in found.parts:
        if re.search(r"slide(Masters|Layouts)/", part):
            shapes = _all(found, re.escape(part), ".//p:cNvPr/@id")
            assert len(set(shapes)) == len(shapes), part
        if "slideLayouts/" in part:
            query = ".//p:ph[not(@type='title' or @type='ctrTitle')]/@idx"
            places = _all(found, re.escape(part), query)
            assert len(set(places)) == len(places), part


def _all(found: Package, pattern: str, query: str) -> list[str]:
    parts = [part for part in found.parts if re.search(pattern, part)]
    return [str(each) for part in parts for each in _xpath(found.tree(part), query)]


def _xpath(root: Any, query: str) -> Any:
    return root.xpath(query, namespaces=NAMES)


@pytest.mark.parametrize("name", ODD)
def test_a_master_of_notes_with_a_place_for_words_is_listed(tmp_path: Path, name: str) -> None:
    deck = open_master(other(tmp_path, ODD[name]().bytes()))
    (entry,) = deck.element.findall("p:notesMasterIdLst/p:notesMasterId", NAMES)
    part = deck.part.related_part(entry.get(f"{{{NAMES['r']}}}id"))
    assert part is deck.notes_master.part
    kinds = [
        holder.element.find(".//p:ph", NAMES).get("type")
        for holder in deck.notes_master.placeholders
    ]
    assert "body" in kinds
    assert not list(deck.slides)


TOLD = {
    "deck_with_macros": ["macros; they are left out"],
    "template_with_macros": ["macros; they are left out"],
    "linked_picture": ["pictures that are not in the file itself, which are left out"],
    "moving": ["sound, which is left out"],
    "objects": [
        "ActiveX controls, which are left out",
        "embedded objects, of which only the pictures are kept",
    ],
}


@pytest.mark.parametrize("name", ODD)
def test_what_people_would_miss_is_said(tmp_path: Path, name: str) -> None:
    problems = list(inspect_master(other(tmp_path, ODD[name]().bytes())))
    assert [problem.message for problem in problems] == [
        f"The master deck holds {what}." for what in TOLD.get(name, [])
    ]
    for problem in problems:
        assert problem.severity is Severity.WARNING
        assert str(problem.place) == "themes/other/master.pptx"


def test_an_embedded_object_becomes_its_picture() -> None:
    (master,) = package("objects").of(MAIN, "slideMaster").values()
    root = package("objects").tree(master)
    assert [each.get("name") for each in _xpath(root, ".//p:pic//p:cNvPr")] == ["Object"]
    assert not _xpath(root, ".//p:graphicFrame | .//p:controls | .//p:custDataLst")


def test_placeholders_leave_their_groups_and_stay_where_they_are() -> None:
    def places(name: str) -> set[tuple[str, ...]]:
        found = package(name)
        parts = sorted(part for part in found.parts if "slideLayouts/" in part)
        shapes = [(part, each) for part in parts for each in _xpath(found.tree(part), HOLDERS)]
        return {
            (
                part,
                *(
                    value
                    for node in each.findall("p:spPr/a:xfrm/*", NAMES)
                    for value in node.values()
                ),
            )
            for part, each in shapes
        }

    assert not _all(package("grouped"), "slideLayouts/", ".//p:grpSp/@id")
    assert places("grouped") == places("four_by_three")


def test_a_file_that_is_sound_keeps_its_masters_to_the_byte() -> None:
    before = unpacked(ODD["sixteen_by_nine"]().bytes())
    after = unpacked(template_of(ODD["sixteen_by_nine"]().bytes()).data)
    same = [name for name in before if re.match(r"ppt/slideLayouts/\w+\.xml", name)]
    assert same
    assert all(before[name] == after[name] for name in same)


@pytest.mark.parametrize("suffix", ["potx", "POTM", "pptm", "ppsx", "otp", "thmx"])
def test_the_master_deck_may_bear_another_name(tmp_path: Path, suffix: str) -> None:
    changed = other(tmp_path, ODD["template"]().bytes(), f"master.{suffix}")
    assert master_file(changed) == f"master.{suffix}"
    assert list(inspect_master(changed)) == []


def test_two_master_decks_are_a_problem(tmp_path: Path) -> None:
    other(tmp_path, b"", "master.potx")
    (problem,) = inspect_master(other(tmp_path, b""))
    assert problem.message == (
        "The theme “other” holds several master decks: master.potx, master.pptx."
    )


def test_a_theme_without_a_master_deck_takes_the_extended_ones(tmp_path: Path) -> None:
    changed = Theme("other", (Folder(tmp_path, "themes/other"), *theme().folders), theme().tokens)
    assert master_file(changed) == "master.pptx"
    assert io.BytesIO(changed.read(master_file(changed))).read(2) == b"PK"


def test_check_and_build_say_what_is_left_out(basic: Project) -> None:
    basic.write("leafdeck.toml", 'theme = "mine"\n')
    basic.write("themes/mine/theme.toml", 'name = "mine"\nextends = "clinic"\n')
    basic.write("themes/mine/master.potm", ODD["template_with_macros"]().bytes())
    told = "themes/mine/master.potm: warning [theme-macros] "
    told += "The master deck holds macros; they are left out."
    outcome = basic.build()
    assert told in [line(problem) for problem in basic.check()]
    assert told in [line(problem) for problem in outcome.problems]
    assert not outcome.failed


def test_a_master_without_text_styles_gets_them() -> None:
    """Where a master states none, programs differ in how large its text is."""
    assert b"txStyles" not in b"".join(ODD["google"]().entries.values())
    (master,) = (part for part in package("google").parts if "/slideMaster1.xml" in f"/{part}")
    tree = package("google").tree(master)
    styles = tree.find("p:txStyles", NAMES)
    assert tree[-1] is styles
    sizes = [each.get("sz") for each in styles.iterfind(".//a:defRPr", NAMES)]
    assert sizes == ["3200", "2400", "2000", "1800", "1800", "1800", "1800"]
