"""What holds for every build: order on disk does not matter, stamps come back, edits are seen."""

from __future__ import annotations

import datetime
import json
import unicodedata
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.artifacts import KINDS
from builder.artifacts.deck.archive import packed
from builder.artifacts.deck.readback import CUSTOM, entries_of
from builder.artifacts.leaflet.fonts import characters_of, faces_of
from builder.module.lifecycle import Status
from builder.module.values import Nature
from tests.helpers import TESTS, Project
from tests.unit.decks import FACTS, theme

BASIC = TESTS / "cases" / "basic"
FILES = {
    "deck": "basic.pptx",
    "leaflet": "basic.pdf",
    "page": "index.html",
    "audit": "audit.html",
}
DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2035, 1, 1))


@cache
def files() -> dict[str, bytes]:
    """The files of the small project, by kind."""
    with TemporaryDirectory() as root:
        project = Project.from_(BASIC, Path(root))
        assert not project.build().problems
        return {kind: project.read(f"basic/{name}") for kind, name in FILES.items()}


@cache
def letters() -> str:
    """The characters that the theme's fonts can show, and that a line may hold."""
    held = map(chr, sorted(characters_of(faces_of(theme()))))
    return "".join(each for each in held if unicodedata.category(each)[0] not in "CZM")


@settings(max_examples=4, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_on_disk_does_not_matter(chance: Any) -> None:
    """Folders and files come in any order from the disk, and the same bytes come out."""
    paths = [path for path in sorted(BASIC.rglob("*")) if path.is_file()]
    names = ["basic", "alpha", "zulu"]
    pairs = [(name, path) for name in names for path in paths]
    chance.shuffle(pairs)
    with TemporaryDirectory() as root:
        project = Project(Path(root))
        for name, path in pairs:
            data = path.read_bytes().replace(b"BASIC-01", f"{name.upper()}-01".encode())
            inside = path.relative_to(BASIC / "sources" / "basic")
            project.write(f"sources/{name}/{inside}", data)
        built = project.build("basic").built
        assert list(built) == [f"basic/{file}" for file in FILES.values()]
        found = {kind: project.read(f"basic/{name}") for kind, name in FILES.items()}
    assert found == files()


@st.composite
def facts(draw: st.DrawFn) -> dict[str, Any]:
    """What `module.yaml` may say: any days in order, any ties, any characters of the fonts."""
    line = st.text(letters() + " ", min_size=1, max_size=40).filter(str.strip)
    published, reviewed, expires = sorted(draw(st.sets(DAYS, min_size=3, max_size=3)))
    tie = st.fixed_dictionaries(
        {"company": line, "nature": st.sampled_from([str(each) for each in Nature])},
        optional={"detail": line},
    )
    said = draw(
        st.fixed_dictionaries({"title": line, "summary": line, "audience": line, "name": line})
    )
    ties = [each | {"period": "not stated"} for each in draw(st.lists(tie, max_size=4))]
    person = {"name": said.pop("name"), "roles": ["author"], "interests": ties or "none"}
    days = {"published": published, "reviewed": reviewed, "expires": expires}
    return FACTS | said | {key: str(day) for key, day in days.items()} | {"people": [person]}


@settings(max_examples=12, deadline=None)
@given(facts(), DAYS, st.booleans())
def test_every_artifact_reads_back_its_stamp(
    said: dict[str, Any], day: datetime.date, draft: bool
) -> None:
    """Whatever the module says, on whatever day: what is published says it too."""
    said = said | {"draft": "yes" if draft else "no"}
    with TemporaryDirectory() as root:
        project = Project(Path(root), day)
        project.write("leafdeck.toml", "[profiles.default]\nlongest-life = { e-learning = 600 }\n")
        project.write("sources/odd/module.yaml", json.dumps(said, ensure_ascii=False))
        project.write("sources/odd/module.md", "## A section\n\nSome words.\n")
        outcome = project.build()
        codes = {each.code for each in outcome.problems if each.severity == "error"}
        assert codes <= {"text-overflows", "interests-amount"}, outcome.problems
        for file in outcome.built:
            _carries(project, file, said)


def _carries(project: Project, file: str, said: dict[str, Any]) -> None:
    (kind,) = (k for k in KINDS.values() if f"odd/{k.file_name('odd')}" == file)
    found = kind.writer.read_stamp(project.read(file))
    assert found.stamp and found.untouched
    assert found.stamp.title == said["title"].strip()
    assert str(found.stamp.expires) == said["expires"]
    expired = str(project.today) >= said["expires"] and said["draft"] == "no"
    assert (found.stamp.status is Status.EXPIRED) == expired


@pytest.mark.parametrize("kind", ["leaflet", "page"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_an_edited_byte_is_seen(kind: str, data: st.DataObject) -> None:
    """Change a byte anywhere in a leaflet or a page, and it is no longer untouched."""
    whole = files()[kind]
    assert not KINDS[kind].writer.read_stamp(_edited(whole, data)).untouched


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_an_edited_byte_of_a_part_is_seen(data: st.DataObject) -> None:
    """Change a byte in any part of a deck, the one with the stamp and the seal included."""
    parts = entries_of(files()["deck"])
    assert parts
    name = data.draw(st.just(CUSTOM) | st.sampled_from(sorted(parts)))
    changed = packed({**parts, name: _edited(parts[name], data)})
    assert not KINDS["deck"].writer.read_stamp(changed).untouched


def _edited(whole: bytes, data: st.DataObject) -> bytes:
    at = data.draw(st.integers(0, len(whole) - 1), label="position")
    change = data.draw(st.integers(1, 255), label="change")
    return whole[:at] + bytes([whole[at] ^ change]) + whole[at + 1 :]
