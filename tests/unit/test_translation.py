"""Translations: their front matter, what is to be done again, and what they become."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from builder.artifacts.leaflet import read_stamp
from builder.checks.due import due
from builder.checks.translation import translations_hold
from builder.checks.verify import Verdict, verify
from builder.module.library import Library, read_library
from builder.module.lifecycle import life_of
from builder.module.localised import printed_facts
from builder.module.model import Module
from builder.module.staleness import named_sections, origin_of
from builder.module.tags import is_known, is_same, suggested
from builder.module.translation import MARK
from builder.problems import Problem
from builder.settings import Profile, read_settings
from builder.skeleton.translation import skeleton, target_of
from builder.workspace import Folder, temporary
from tests.gates import judges
from tests.helpers import CHECKOUT, TESTS, TODAY, Project, line
from tests.problem_cases import Case, read_cases, rewrite

WORD = "Pues"
"""What stands before English words in the place of a translator's work."""
ES = "sources/basic/leaflet.es.md"
ORIGINAL = "sources/basic/leaflet.md"
FILE = TESTS / "cases" / "translations.md"
CASES = list(read_cases(FILE))
SAMPLES = [
    (path.parent.name, path.stem)
    for path in sorted(CHECKOUT.glob("sources/*/*.md"))
    if path.stem in ("leaflet", "slides")
]
REFUSING = '[profiles.default]\nstale-translation = "refuse"\n'


def library(project: Project) -> Library:
    return read_library(Folder(project.root, ""))


def module(project: Project, name: str = "basic") -> Module:
    return library(project).modules[name]


def translated(original: Module, artifact: str = "leaflet") -> str:
    """A translation as `leafdeck translate` writes it, with a word of our own for each mark."""
    return skeleton(original, artifact, TODAY).replace(MARK, WORD)


@pytest.fixture
def spanish(basic: Project) -> Project:
    """The basic module, with a Spanish leaflet that is up to date."""
    text = translated(module(basic))
    for english, words in (("A basic module", "Un módulo"), ("What happens", "Qué pasa")):
        text = text.replace(f"{WORD} {english}", words)
    return basic.write(ES, text)


def told(project: Project) -> tuple[Problem, ...]:
    """What reading the modules and holding them against their translations finds."""
    folder = Folder(project.root, "")
    everything = library(project)
    (name,) = everything.modules
    problems = everything.problems[name]
    rules = read_settings(folder).rules
    problems.extend(translations_hold(everything.modules[name], rules))
    return problems.ordered()


def found(project: Project, path: str = "leaflet.es.md") -> list[str]:
    """The problems that lie in the translation, as line, code and message."""
    return [
        f"{each.place.line} {each.code} {each.message}"
        for each in told(project)
        if each.place.path.endswith(path)
    ]


def test_a_translation_that_is_up_to_date_has_no_problems(spanish: Project) -> None:
    assert found(spanish) == []
    assert list(module(spanish).translations) == ["es"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_case(case: Case, spanish: Project, update_golden: bool) -> None:
    """What is told is what the case lists, to the letter."""
    case.prepare(spanish)
    lines = [line(each).replace("sources/", "", 1) for each in told(spanish)]
    if update_golden:
        rewrite(FILE, {case.title: lines})
    else:
        assert lines == case.expected


def test_a_renamed_section_is_told_with_its_new_name(spanish: Project) -> None:
    spanish.edit(ORIGINAL, "## What happens", "## What comes")
    (gone,) = [each for each in told(spanish) if each.code == "translation-gone"]
    assert gone.hint == "The original has {#what-comes} in its place."


def test_sections_in_another_order_are_told(spanish: Project) -> None:
    text = (spanish.root / ORIGINAL).read_text()
    first, _, second = text.partition("## What happens")
    spanish.write(ORIGINAL, f"## What happens{second}\n{first}")
    assert found(spanish) == [
        "1 translation-stale The sections of the original stand in another order now."
    ]


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("tests change in every way", "tests change", ["translation-stale"]),
        ("The test desk", "The desk", ["translation-stale"]),
        ('"000 000 0000"', '"111 111 1111"', []),
        ('version: "1.0"', 'version: "1.1"', []),
        ("Ada Author", "Ada Writer", []),
    ],
)
def test_of_the_facts_only_words_that_are_translated_count(
    spanish: Project, old: str, new: str, codes: list[str]
) -> None:
    spanish.edit("sources/basic/module.yaml", old, new)
    assert [each.split()[1] for each in found(spanish)] == codes


def test_another_picture_under_the_same_name_is_a_change(spanish: Project) -> None:
    tall = CHECKOUT / "tests/cases/features/sources/features/images/tall.png"
    spanish.write("sources/basic/images/square.png", tall.read_bytes())
    assert [each.split()[:2] for each in found(spanish)] == [["32", "translation-stale"]]


def test_sections_that_the_original_never_had_are_told(spanish: Project) -> None:
    spanish.edit(ES, "## Qué pasa {#what-happens}", "## Qué pasa")
    assert [each.split(" “")[0] for each in found(spanish)] == [
        "22 translation-differs", "32 translation-gone",
    ]  # fmt: skip
    (gone,) = [each for each in told(spanish) if each.code == "translation-gone"]
    assert gone.hint == "The original has {#what-happens} in its place."


def test_the_profile_may_refuse_what_is_behind(spanish: Project) -> None:
    spanish.edit(ORIGINAL, "Remember one", "Remember no")
    assert {each.severity for each in told(spanish) if "translation" in each.code} == {"warning"}
    spanish.write("leafdeck.toml", REFUSING)
    assert {each.severity for each in told(spanish) if "translation" in each.code} == {"error"}
    built = spanish.build().built
    assert "basic/basic.pdf" in built
    assert "basic/basic.es.pdf" not in built


def test_an_error_in_a_translation_leaves_the_original_alone(spanish: Project) -> None:
    assert "basic/basic.es.pdf" in spanish.build().built
    spanish.edit(ES, "translator:", "translater:").edit(ORIGINAL, "People", "Persons")
    outcome = spanish.build()
    assert outcome.failed
    assert "basic/basic.pdf" in outcome.built
    assert not outcome.removed  # what was built of the translation before stays
    assert read_stamp(spanish.read("basic/basic.es.pdf")).stamp


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("leaflet.spanish.md", "“spanish” is not the tag of a language.", "Did you mean “es”?"),
        ("leaflet.jp.md", "“jp” is not the tag of a language.", "Did you mean “ja”?"),
        ("leaflet.pt_br.md", "“pt_br” is not the tag of a language.", "Did you mean “pt-BR”?"),
        ("leaflet.xq.md", "“xq” is not the tag of a language.",
         "Use a tag of BCP 47, as in es or pt-BR."),
        ("leaflet.en.md", "The original is in “en-GB” already.", "Delete the file."),
        ("leaflet.en-GB.md", "The original is in “en-GB” already.", "Delete the file."),
    ],
)  # fmt: skip
def test_a_language_that_cannot_be(basic: Project, name: str, message: str, hint: str) -> None:
    basic.write(f"sources/basic/{name}", "---\n---\n")
    (problem,) = [each for each in told(basic) if each.code == "translation-language"]
    assert (problem.message, problem.hint) == (message, hint)
    assert problem.place.path == f"sources/basic/{name}"


def test_a_translation_of_nothing(basic: Project) -> None:
    (basic.root / "sources/basic/slides.md").unlink()
    basic.write("sources/basic/slides.es.md", "---\n---\n")
    (problem,) = [each for each in told(basic) if each.code == "translation-original"]
    assert problem.message == "The module has no deck that this could be a translation of."


@pytest.mark.parametrize(
    ("tag", "known", "meant"),
    [
        ("es", True, "es"), ("pt-BR", True, "pt-BR"), ("zh-Hant", True, "zh-Hant"),
        ("es-419", True, "es-419"), ("uk", True, "uk"), ("ES", False, "es"),
        ("zh-hant-tw", False, "zh-Hant-TW"), ("en-UK", False, "en-GB"), ("gr", False, "el"),
        ("cn", False, "zh"), ("arab", False, "ar"), ("old", False, ""), ("xx-YY", False, ""),
    ],
)  # fmt: skip
def test_tags_of_languages(tag: str, known: bool, meant: str) -> None:
    assert (is_known(tag), suggested(tag)) == (known, meant)


def test_the_same_language_is_told_from_another_variety() -> None:
    assert is_same("en", "en-GB")
    assert is_same("en-gb", "en-GB")
    assert not is_same("en-US", "en-GB")
    assert not is_same("es", "est")


def test_the_module_in_its_other_language(spanish: Project) -> None:
    original = module(spanish)
    localised = original.in_language("es", "leaflet")
    assert (localised.facts.language, localised.facts.title) == ("es", "Un módulo")
    assert localised.facts.people == original.facts.people
    assert list(localised.texts) == ["leaflet"]
    assert localised.original and localised.original.title == "A basic module"
    assert localised.texts["leaflet"].references == original.texts["leaflet"].references
    assert localised.texts["leaflet"].pictures == original.texts["leaflet"].pictures


def test_what_is_not_translated_is_marked_with_its_language(spanish: Project) -> None:
    spanish.edit(ES, "audience:", "# audience:").edit(ES, "contact:\n  name", "# contact:\n  # ")
    printed = printed_facts(module(spanish).in_language("es", "leaflet"))
    assert printed["audience"] == '<span lang="en-GB" dir="ltr">People who read tests</span>'
    assert printed["contact"]["name"] == '<span lang="en-GB" dir="ltr">The test desk</span>'
    assert printed["contact"]["phone"] == "000 000 0000"
    assert printed["title"] == "Un módulo"


@pytest.mark.parametrize(
    ("own", "expected"),
    [("2027-01-01", "2027-01-01"), ("2030-01-01", "2028-03-02"), ("", "2028-03-02")],
)
@pytest.mark.parametrize("life", ["expires: 2028-03-02", "valid_for: 2 years", "# by the profile"])
def test_it_never_outlives_its_original(
    spanish: Project, own: str, expected: str, life: str
) -> None:
    spanish.edit("sources/basic/module.yaml", "expires: 2028-03-02", life)
    if own:
        spanish.edit(ES, "\n# What it was", f"\nexpires: {own}\n# What it was")
    localised = module(spanish).in_language("es", "leaflet")
    assert life_of(localised.facts, Profile()).expires == datetime.date.fromisoformat(expected)


def test_one_that_expires_before_its_original_is_due_by_itself(spanish: Project) -> None:
    def names() -> list[tuple[str, str]]:
        rows = due(library(spanish).modules.values(), Profile(), TODAY, 400)
        return [(row.name, row.expires.isoformat()) for row in rows]

    assert names() == []
    spanish.edit(ES, "\n# What it was", "\nexpires: 2027-01-01\n# What it was")
    assert names() == [("basic (es)", "2027-01-01")]


def test_behind_its_original_it_bears_the_version_that_it_was_made_from(spanish: Project) -> None:
    spanish.edit("sources/basic/module.yaml", 'version: "1.0"', 'version: "1.1"')
    assert module(spanish).in_language("es", "leaflet").facts.version == "1.1"
    spanish.edit(ORIGINAL, "Remember one", "Remember no")
    assert module(spanish).in_language("es", "leaflet").facts.version == "1.0"


@pytest.mark.parametrize(("name", "stem"), SAMPLES)
def test_what_translate_writes_is_up_to_date_once_its_marks_are_gone(
    tmp_path: Path, name: str, stem: str
) -> None:
    """Of every sample: each section is there under its name, and nothing is wrong with it."""
    project = Project.from_(CHECKOUT / "sources" / name, tmp_path / "sources" / name)
    project = Project(tmp_path)
    original = module(project, name)
    target = target_of(original, "fr", slides=stem == "slides")
    path = f"sources/{name}/{target.file}"
    project.write(path, skeleton(original, target.artifact, TODAY))
    assert [each.split()[1] for each in found(project, target.file)] == ["translation-unfinished"]
    project.write(path, translated(original, target.artifact))
    made = module(project, name).in_language("fr", target.artifact)
    assert made.original and made.original.changes == ()
    texts = (made.texts[target.artifact], original.texts[target.artifact])
    assert named_sections(texts[0]).keys() == named_sections(texts[1]).keys()
    assert list(translations_hold(module(project, name), Profile())) == []


def test_of_a_text_for_both_only_what_is_its_own_is_translated(basic: Project) -> None:
    (basic.root / "sources/basic/slides.md").unlink()
    (basic.root / ORIGINAL).unlink()
    sections = ("## Shared", "Both.", "## Slides {.deck}", "Deck.", "## Paper {.leaflet}", "Read.")
    basic.write("sources/basic/module.md", "\n\n".join(sections))
    text = skeleton(module(basic), "leaflet", TODAY)
    assert "## TRANSLATE: Paper {#paper .leaflet}" in text
    assert "Deck." not in text


def test_a_name_that_yaml_would_take_for_a_mark_is_quoted(basic: Project) -> None:
    basic.edit(ORIGINAL, "## What happens", "## What happens {#!what}")
    basic.write(ES, translated(module(basic)))
    assert found(basic) == []


def test_the_digests_of_a_known_text_stay(basic: Project) -> None:
    """Should these change, every translation out there would look as if it were behind."""
    original = module(basic)
    origin = origin_of(original.facts, original.texts["leaflet"])
    assert (origin.digest, dict(origin.sections)) == (DIGEST, SECTIONS)


DIGEST = "7ba427b0a648"
SECTIONS = {
    "module.yaml": "ec26e46f",
    "who-this-leaflet-is-for": "cf4a537b",
    "what-happens": "45db6c5c",
}


def verdict(project: Project, data: bytes) -> Verdict:
    return verify(data, library(project), Profile(), project.today)


def test_a_translated_file_is_held_against_its_translation(spanish: Project) -> None:
    spanish.build()
    files = ["basic/basic.es.pdf", "basic/index.es.html"]
    data = {file: spanish.read(file) for file in files}
    for each in data.values():
        told = verdict(spanish, each)
        assert (told.good, told.sources) == (True, "the same")
    assert not verdict(spanish, data[files[0]] + b" ").untouched
    spanish.edit(ORIGINAL, "Remember one", "Remember no")
    for each in data.values():
        told = verdict(spanish, each)
        assert told.superseded
        assert told.sources == "the original has moved on since it was translated"
    (spanish.root / ES).unlink()
    for kind, each in zip(("leaflet", "page"), data.values(), strict=True):
        assert verdict(spanish, each).sources == f"the module has no {kind} in es any more"


def test_readers_and_staff_see_what_they_hold(spanish: Project) -> None:
    """The original's title and code stand on each page; who translated it stands in the block."""
    spanish.edit(ES, "who translates it", "Ana Prueba")
    spanish.build()
    pages = drawn(spanish)
    assert all("A basic module" in page and "BASIC-01" in page for page in pages)
    assert "Ana Prueba" in " ".join(pages)
    assert BEHIND not in " ".join(pages)
    spanish.edit(ORIGINAL, "Remember one", "Remember no")
    spanish.build()
    assert BEHIND in spanish.read("basic/index.es.html").decode()
    assert BEHIND in drawn(spanish)[0]


BEHIND = "El original ha cambiado"


def drawn(project: Project) -> list[str]:
    """The words on each page of the translated leaflet."""
    with temporary(project.read("basic/basic.es.pdf"), ".pdf") as file:
        text: str = judges.run(judges.program("pdftotext"), "-layout", file, "-").stdout
    return [" ".join(page.split()) for page in text.split("\f") if page.strip()]


@pytest.mark.parametrize(
    ("expires", "policy", "told"),
    [
        ("2026-05-01", "mark", "expired on 2026-05-01; every page says so."),
        ("2026-05-01", "refuse", "expired on 2026-05-01; it is withheld behind a notice."),
        (
            "2026-07-01",
            "mark",
            "has been due for a review since 2026-04-02; it expires on 2026-07-01.",
        ),
    ],
)
def test_a_translation_that_ends_before_its_original_is_told(
    spanish: Project, expires: str, policy: str, told: str
) -> None:
    path = "sources/basic/leaflet.es.md"
    spanish.write("leafdeck.toml", f'[profiles.default]\nexpired = "{policy}"\n')
    spanish.edit(path, "# What it was", f"expires: {expires}\n# What it was")
    found = [each for each in spanish.check() if each.code in ("module-expired", "review-due")]
    code = "review-due" if "review" in told else "module-expired"
    expected = f"{path}:13:1: warning [{code}] The translation {told}"
    assert [line(each) for each in found] == [expected]


def test_no_tag_is_near_to_nothing() -> None:
    assert suggested("") == ""
