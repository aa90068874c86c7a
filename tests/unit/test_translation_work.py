"""A translator's work: the marks, what was left undone, and what `--update` may note."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder.checks.quantities import _readings
from builder.checks.translation import translations_hold
from builder.checks.untranslated import _counts
from builder.cli import main
from builder.module.translation import MARK
from builder.settings import Profile
from builder.skeleton.translation import Target, caught_up, skeleton
from tests.helpers import CHECKOUT, TESTS, TODAY, Project
from tests.unit.test_translation import ES, ORIGINAL, found, module, spanish, translated

__all__ = ["spanish"]
FEATURES = TESTS / "cases" / "features" / "sources" / "features"
SAMPLES = [
    (path.parent, path.stem)
    for path in (*sorted(CHECKOUT.glob("sources/*/*.md")), FEATURES / "slides.md")
    if path.stem in ("leaflet", "slides")
]
LEAFLET = Target("leaflet", "leaflet.es.md", exists=True)
KINDS = {"leaflet": "leaflet", "slides": "deck"}


@pytest.mark.parametrize(("folder", "stem"), SAMPLES)
def test_marks_change_nothing_but_words(tmp_path: Path, folder: Path, stem: str) -> None:
    """Without its marks and its sections' names a skeleton is the original, line for line."""
    Project.from_(folder, tmp_path / "sources" / folder.name)
    text = skeleton(module(Project(tmp_path), folder.name), KINDS[stem], TODAY)
    body = text.partition("\n---\n")[2].replace(f"{MARK} ", "")
    original = (folder / f"{stem}.md").read_text()
    plain = [line for line in original.strip("\n").split("\n") if not line.startswith("#")]
    assert [line for line in body.strip("\n").split("\n") if not line.startswith("#")] == plain


@pytest.mark.parametrize(
    "written",
    [
        "TRANSLATE: A part with a line of its own.",
        "        - TRANSLATE: Under that",
        "::: warning  TRANSLATE: If it gets worse",
        "### TRANSLATE: Before",
        ":   TRANSLATE: Goes where the medicine is needed.",
        "[^1]: TRANSLATE: The note itself.",
        "*[PCA]: TRANSLATE: patient-controlled analgesia",
        "| TRANSLATE: A | TRANSLATE: 10 mg | TRANSLATE: with food |",
        'Table: TRANSLATE: Doses by drug {widths="2 1 1"}',
        '![TRANSLATE: A first square](images/square.png "TRANSLATE: First")',
        "![](images/tall.png){.decorative}",
        "Message: TRANSLATE: Most live at home.",
        '  "TRANSLATE: catheter": "TRANSLATE: a thin tube"',
        "dose = weight * 2",
        ":::: columns",
    ],
)
def test_each_piece_of_words_gets_a_mark(tmp_path: Path, written: str) -> None:
    Project.from_(FEATURES, tmp_path / "sources" / "features")
    text = skeleton(module(Project(tmp_path), "features"), "deck", TODAY)
    assert written in text.split("\n")


def test_the_samples_are_translated() -> None:
    told = translations_hold(module(Project(CHECKOUT), "pain-appointment"), Profile())
    assert [each for each in told if each.code.startswith("translation-")] == []


def test_a_variety_of_the_same_language_may_keep_words(basic: Project) -> None:
    text = translated(module(basic)).replace("Pues ", "")
    basic.write("sources/basic/leaflet.en-US.md", text.replace("who translates it", "Ann"))
    assert list(translations_hold(module(basic), Profile())) == []


@pytest.mark.parametrize(
    ("words", "language", "counts"),
    [
        ("Bring your glasses with you.", "en", True),
        ("What happens", "en", False),
        ("University Hospital of the West", "en", False),
        ("Dr Ada Author, Example Street 12", "en", False),
        ("Bringen Sie Ihre Brille bitte mit", "de", True),
        ("Klinik am Musterweg", "de", False),
        ("请带上您的眼镜", "zh", True),
        ("أحضر معك قائمة بأدويتك", "ar", True),
    ],
)
def test_what_two_languages_do_not_have_in_common(words: str, language: str, counts: bool) -> None:
    assert _counts(words, language) is counts


@pytest.mark.parametrize(
    ("digits", "readings"),
    [
        ("1,000", {"1000", "1"}), ("1 000", {"1000"}), ("2.50", {"2.5"}), ("0.125", {"0.125"}),
        ("9:00", {"9"}), ("1.125", {"1125", "1.125"}), ("1,000,000", {"1000000"}), ("07", {"7"}),
    ],
)  # fmt: skip
def test_what_a_number_may_mean(digits: str, readings: set[str]) -> None:
    assert _readings(digits) == readings


def translate(project: Project, *options: str) -> Result:
    arguments = ["translate", "basic", "es", *options, "--project", str(project.root)]
    return CliRunner().invoke(main, arguments)


def test_an_unfinished_translation_is_not_said_to_have_caught_up(spanish: Project) -> None:
    spanish.edit(ES, "Pues Remember", f"{MARK} Remember")
    assert translate(spanish, "--update").exit_code == 1


def test_a_section_that_nobody_touched_has_not_caught_up(spanish: Project) -> None:
    assert translate(spanish, "--update").exit_code == 0  # notes the translation's own words
    spanish.edit(ORIGINAL, "Remember one", "Remember no")
    before = (spanish.root / ES).read_text()
    refused = translate(spanish, "--update")
    assert refused.exit_code == 1
    assert "its translation has not been touched since" in " ".join(refused.output.split())
    assert (spanish.root / ES).read_text() == before
    spanish.edit(ES, "Remember one", "Recuerde no")
    noted = translate(spanish, "--update")
    assert (noted.exit_code, "caught up: Who this leaflet is for" in noted.output) == (0, True)


def test_where_nothing_is_known_somebody_vouches_for_it(spanish: Project) -> None:
    spanish.edit(ORIGINAL, "Remember one", "Remember no")
    assert "nobody noted it" in " ".join(translate(spanish, "--update").output.split())
    assert translate(spanish, "--update", "--unchanged-ok").exit_code == 0
    assert list(translations_hold(module(spanish), Profile())) == []


def test_front_matter_of_ones_own_is_completed(spanish: Project) -> None:
    text = (spanish.root / ES).read_text()
    start, end = text.index("of_version"), text.index("---", 4)
    spanish.write(ES, text[:start] + text[end:])
    assert translate(spanish, "--update").exit_code == 0
    assert list(module(spanish).translations) == ["es"]


def test_what_cannot_be_read_has_not_caught_up(spanish: Project) -> None:
    spanish.edit(ORIGINAL, "Remember one", "Remember no").edit(ES, "translator:", "translater:")
    assert translate(spanish, "--update").exit_code == 1


def test_an_unfinished_translation_has_no_reading_level(spanish: Project) -> None:
    def told() -> bool:
        return any(
            each.code == "reading-level" and each.place.path == ES for each in spanish.check()
        )

    assert told()
    spanish.edit(ES, "Pues Remember", f"{MARK} Remember")
    assert not told()


def test_catching_up_changes_no_word(spanish: Project) -> None:
    before = (spanish.root / ES).read_text()
    spanish.edit(ORIGINAL, "Remember one", "Remember no")
    after = caught_up(before, module(spanish), LEAFLET, ES)
    after = after.replace(after[after.index("translated:") : after.index("---", 4)], "")
    changed = [pair for pair in zip(before.split("\n"), after.split("\n"), strict=True)
               if pair[0] != pair[1]]  # fmt: skip
    assert [old.split(":")[0].strip() for old, _ in changed] == [
        "of_digest", "who-this-leaflet-is-for",
    ]  # fmt: skip
    spanish.write(ES, after)
    assert found(spanish) == []


def test_catching_up_does_not_hide_a_section_that_is_lacking(spanish: Project) -> None:
    spanish.edit(ORIGINAL, "## What happens", "## A new one\n\nWords.\n\n## What happens")
    text = caught_up((spanish.root / ES).read_text(), module(spanish), LEAFLET, ES)
    spanish.write(ES, text)
    (problem,) = found(spanish)
    assert problem.startswith(
        "27 translation-differs “A new one” is in the original (leaflet.md:11)"
    )
