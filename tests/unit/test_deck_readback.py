"""Reading a stamp from any bytes: changed files are seen, hostile ones do no harm."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from builder.artifacts.deck import archive, make, read_stamp
from builder.artifacts.deck.archive import packed
from builder.artifacts.deck.readback import CUSTOM, entries_of, parsed
from tests.unit.decks import order, slide


@cache
def deck() -> bytes:
    return make(order(Path(mkdtemp()), slide("One", "<p>Words</p>"))).data


def entries() -> dict[str, bytes]:
    return dict(entries_of(deck()) or {})


def test_a_changed_word_is_seen() -> None:
    changed = entries()
    changed["ppt/slides/slide3.xml"] = changed["ppt/slides/slide3.xml"].replace(b"Words", b"Other")
    found = read_stamp(packed(changed))
    assert (found.stamp is not None, found.untouched) == (True, False)


def test_a_changed_date_in_the_metadata_is_seen() -> None:
    """The seal covers the part that holds it: the stamp cannot be edited there unseen."""
    changed = entries()
    changed[CUSTOM] = changed[CUSTOM].replace(b"2028-01-01", b"2038-01-01")
    found = read_stamp(packed(changed))
    assert found.stamp and str(found.stamp.expires) == "2038-01-01"
    assert not found.untouched


@pytest.mark.parametrize("change", ["ppt/media/new.png", "ppt/slides/slide3.xml"])
def test_an_added_or_a_missing_part_is_seen(change: str) -> None:
    changed = entries()
    if changed.pop(change, None) is None:
        changed[change] = b"new"
    assert not read_stamp(packed(changed)).untouched


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(CUSTOM, b"\0" * 20_000_000)
    return target.getvalue()


def with_custom(xml: bytes) -> bytes:
    return packed(entries() | {CUSTOM: xml})


HOSTILE = {
    "nothing": lambda: b"",
    "not a zip": lambda: b"PK\x03\x04 but no more",
    "an empty zip": lambda: b"PK\x05\x06" + b"\0" * 18,
    "the first half": lambda: deck()[: len(deck()) // 2],
    "a flipped byte": lambda: deck()[:3000] + bytes([deck()[3000] ^ 255]) + deck()[3001:],
    "a bomb": bomb,
    "no metadata": lambda: packed({"a": b"b"}),
    "broken XML": lambda: with_custom(b"<a"),
    "no stamp": lambda: with_custom(b"<Properties/>"),
    "entities": lambda: with_custom(
        b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d SYSTEM "file:///etc/passwd">]><a>&b;&d;</a>'
    ),
    "a stamp that is none": lambda: with_custom(
        b'<P><p name="Leafdeck stamp"><v>[1, {"a": 2}]</v></p></P>'
    ),
    "deep JSON": lambda: with_custom(
        b'<P><p name="Leafdeck stamp"><v>' + b"[" * 200_000 + b"</v></p></P>"
    ),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_hostile_bytes_hold_no_stamp(data: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "ENTRY", 10_000_000)
    assert callable(data)
    found = read_stamp(data())
    assert (found.stamp, found.untouched) == (None, False)


def test_the_same_name_twice_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a", "1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a", "2")
    assert entries_of(target.getvalue()) is None


def test_document_types_are_refused() -> None:
    assert parsed(b"<!DOCTYPE a><a/>") is None
    assert parsed(b"<a/>") is not None
