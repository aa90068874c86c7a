"""`leafdeck.toml`: defaults, places, and no other exception than a rejection."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.problems import Rejected
from builder.settings import Settings, read_settings
from builder.workspace import Folder

SOUND = 'theme = "clinic"\nprofile = "ward"\n\n[profiles.ward]\nvalid-for = 12\n'


def read(text: str) -> tuple[Settings | None, list[str]]:
    """The settings that a file holds, and its problems as code and place."""
    with TemporaryDirectory() as root:
        Path(root, "leafdeck.toml").write_bytes(text.encode())
        try:
            return read_settings(Folder(Path(root), "")), []
        except Rejected as rejected:
            return None, [f"{p.code} {p.place}" for p in rejected.problems]


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert read_settings(Folder(tmp_path, "")) == Settings()


def test_the_profile_in_force_gives_the_rules() -> None:
    settings, _ = read(SOUND)
    assert settings and settings.rules.valid_for == 12
    assert settings.rules.review_notice == Settings().rules.review_notice


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("theme", "them", "key-unknown leafdeck.toml:1"),
        ('"clinic"', "clinic", "toml-syntax leafdeck.toml:1:9"),
        ('"clinic"', "7", "field-value leafdeck.toml:1"),
        ('"ward"', '"word"', "profile-unknown leafdeck.toml:2"),
        ("valid-for = 12", "valid-for = 0", "field-value leafdeck.toml:5"),
        ("valid-for", "valid-for (months)", "toml-syntax leafdeck.toml:5:11"),
        ("valid-for", '"valid-for (months)"', "key-unknown leafdeck.toml:5"),
        ("profile =", 'base-url = "ward.example"\nprofile =', "field-value leafdeck.toml:2"),
    ],
)
def test_what_is_wrong_has_its_place(old: str, new: str, expected: str) -> None:
    assert read(SOUND.replace(old, new, 1))[1] == [expected]


@given(
    st.tuples(st.integers(0, len(SOUND)), st.text(st.characters(codec="utf-8"), max_size=6)).map(
        lambda edit: SOUND[: edit[0]] + edit[1] + SOUND[edit[0] :]
    )
)
def test_any_edit_gives_settings_or_problems(text: str) -> None:
    settings, problems = read(text)
    assert settings or problems


def test_a_slip_in_a_profile_is_guessed() -> None:
    """The profile's name is the author's own; what stands in it is not."""
    with TemporaryDirectory() as root:
        Path(root, "leafdeck.toml").write_text("[profiles.ward]\nlook-bak = 3\n")
        with pytest.raises(Rejected) as rejected:
            read_settings(Folder(Path(root), ""))
    assert [problem.hint for problem in rejected.value.problems] == ["Did you mean “look-back”?"]


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("https://example.org", True),
        ("http://example.org:8443/a//", True),
        ("https://examplé.org/ünï", True),
        ("https://[::1]/", True),
        ("https:///", False),
        ("https://[::1/", False),
        ("https://example.org:999999/", False),
        ("https://ada:secret@example.org/", False),
        ("https://example.org/?a=b", False),
        ("https://example.org/#a", False),
        ("https://example.org/\u202egro", False),
        ("https://example.org/" + "a" * 200, False),
    ],
)
def test_pages_can_follow_the_address_that_is_printed(address: str, good: bool) -> None:
    """A longer one has no room beside its QR code, and in one at all from 2900 on."""
    settings, problems = read(f'base-url = "{address}"')
    assert (bool(settings), problems) == (good, [] if good else ["field-value leafdeck.toml:1"])
