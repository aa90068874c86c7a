"""A clinic's own edition of a leaflet: its block, its metadata, room to write, and the QR code."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from click.testing import CliRunner
from PIL import Image

from builder.artifacts import Order
from builder.artifacts.edition import Edition
from builder.artifacts.html import context_of, render
from builder.artifacts.leaflet import make, read_stamp
from builder.artifacts.leaflet.render import lay_out
from builder.artifacts.status_page import MODULE, SMALLEST, status_page
from builder.build.requests import Request
from builder.build.run import check
from builder.checks.code import CodeVerdict, Text, verify_code
from builder.checks.verify import verify
from builder.cli import main
from builder.clinics import Clinic, known_clinics
from builder.module.library import read_library
from builder.module.short_code import is_code, same_code, short_code
from builder.settings import Profile, Settings
from builder.workspace import Folder
from tests.gates import judges
from tests.helpers import TESTS, Project, line
from tests.unit.leaflets import TITLES, order, theme

BASE = "https://leaflets.example.org/pain"
CLINIC = """name: St Example
phone: 020 7946 0123
hours: Monday 9 to 5
out_of_hours: "Nurse on call: 020 7946 0456"
interpreter: 020 7946 0789
notes: Step-free entrance.
logo: logo.png
"""
FILES = ("basic/basic.pdf", "clinics/st-example/basic.pdf", "clinics/st-other/basic.pdf")


def prepared(project: Project) -> Project:
    """A project with a published address and two clinics, one of them with all there is."""
    picture = io.BytesIO()
    Image.new("RGBA", (300, 200), (0, 80, 120, 200)).save(picture, "PNG")
    project.write("clinics/logo.png", picture.getvalue())
    project.write("clinics/st-example.yaml", CLINIC)
    project.write("clinics/many.csv", "clinic,name,phone\nst-other,St Other,020 7946 0999\n")
    return project.write("leafdeck.toml", f'base-url = "{BASE}"\nclinics = ["all"]\n')


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    root = tmp_path_factory.mktemp("editions")
    project = prepared(Project.from_(TESTS / "cases" / "basic", root))
    assert not project.build().failed
    return project


def words(path: Path) -> str:
    """The text of a PDF, with white space squeezed."""
    return " ".join(judges.run(judges.program("pdftotext"), path, "-").stdout.split())


def test_the_clinic_stands_where_the_publisher_did(built: Project) -> None:
    plain, own, other = (words(built.output / file) for file in FILES)
    told = (
        *("St Example", "Telephone 020 7946 0123", "Monday 9 to 5", "Nurse on call: 020 7946 0456"),
        *("020 7946 0789", "Step-free entrance.", "Given to you on"),
    )
    assert [each for each in told if each not in own] == []
    assert [each for each in told if each in plain] == []
    assert "The test desk" in plain and "The test desk" not in own
    assert "Telephone 020 7946 0999" in other and "Opening hours" not in other
    assert "feedback@example.org" in own


def test_the_stamp_is_the_same_in_all_editions(built: Project) -> None:
    found = [read_stamp(built.read(file)) for file in FILES]
    assert {each.stamp for each in found} == {found[0].stamp}
    assert [each.clinic for each in found] == ["", "St Example", "St Other"]
    assert all(each.untouched for each in found)


def test_the_metadata_names_clinic_and_paper(built: Project) -> None:
    with pikepdf.open(built.output / FILES[1]) as pdf:
        info, xmp = pdf.docinfo, pdf.Root.Metadata.read_bytes().decode()
        pictures = [str(each.Alt) for each in pdf.objects if "Alt" in _keys(each)]
    assert (info["/LeafdeckClinic"], info["/LeafdeckPaper"]) == ("St Example", "a4")
    assert "<leafdeck:clinic>St Example</leafdeck:clinic>" in xmp
    assert "<rdf:li>St Example</rdf:li>" in xmp.partition("<dc:contributor>")[2]
    spoken = BASE.removeprefix("https://")
    assert {"St Example", f"QR code to {spoken}/basic/index.html"} <= set(pictures)


def _keys(each: object) -> set[str]:
    return {key[1:] for key in each.keys()} if isinstance(each, pikepdf.Dictionary) else set()  # noqa: SIM118


@pytest.mark.parametrize("file", FILES)
def test_editions_conform(built: Project, file: str) -> None:
    assert judges.page_validation(built.output / file) == []


@pytest.mark.parametrize("dpi", [100, 300])
def test_the_code_is_read_from_paper(built: Project, dpi: int) -> None:
    """Drawn as a printer or a telephone's camera would see it, the QR code says the address."""
    prefix = built.root / f"seen-{dpi}"
    judges.run(judges.program("pdftoppm"), "-r", str(dpi), "-png", built.output / FILES[1], prefix)
    pages = map(Image.open, sorted(built.root.glob(f"{prefix.name}-*.png")))
    read = [code for page in pages for code in zxingcpp.read_barcodes(page)]
    assert [(code.text, code.ec_level) for code in read] == [(f"{BASE}/basic/index.html", "M")]


def test_a_number_that_changes_makes_one_edition_anew(basic: Project) -> None:
    prepared(basic).build()
    before = {file: basic.read(file) for file in FILES}
    basic.edit("clinics/st-example.yaml", "020 7946 0123", "020 7946 0124")
    assert basic.build().built == (FILES[1],)
    assert basic.read(FILES[1]) != before[FILES[1]]
    assert [basic.read(file) == before[file] for file in FILES] == [True, False, True]


def test_an_edition_of_other_details_is_not_good(basic: Project) -> None:
    """Who has an edition in hand learns that the clinic has moved, or is no more."""
    prepared(basic).build()
    data = {file: basic.read(file) for file in FILES}
    told = [_details(basic, each) for each in data.values()]
    basic.edit("clinics/st-example.yaml", "020 7946 0123", "020 7946 0124")
    told += [_details(basic, each) for each in data.values()]
    basic.edit("clinics/st-example.yaml", "phone", "fone")
    basic.write("clinics/many.csv", "clinic,name,phone\nst-new,St New,020 7946 0999\n")
    told += [_details(basic, each) for each in data.values()]
    assert told == [
        (), (), (),
        (), ("the clinic's details have changed",), (),
        (), ("the clinic's details cannot be read",), ("the clinic is not in clinics/ any more",),
    ]  # fmt: skip


def _details(project: Project, data: bytes) -> tuple[str, ...]:
    folder = Folder(project.root, "")
    known = known_clinics(folder)
    return verify(data, read_library(folder), Profile(), project.today, known).reasons


def test_a_clinic_with_an_error_keeps_no_other_back(basic: Project) -> None:
    prepared(basic).edit("clinics/st-example.yaml", "phone", "fone")
    outcome = basic.build()
    assert outcome.failed and FILES[2] in outcome.built and FILES[1] not in outcome.built


MANY = "clinics/many.csv"
ROW = "st-other,St Other,020 7946 0999"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("phone", "fone"),
        (ROW, 'st-other,"St Other,020 7946 0999'),
        (ROW, ",St Other,020 7946 0999"),
        (ROW, "St Other,St Other,020 7946 0999"),
        (ROW, "st-other,St Other,ask"),
    ],
)
def test_editions_stay_while_their_clinic_cannot_be_read(
    basic: Project, old: str, new: str
) -> None:
    """A clinic that cannot be found in what is broken may not be gone."""
    prepared(basic).build()
    before = basic.read(FILES[2])
    outcome = basic.edit(MANY, old, new).build()
    assert outcome.failed and outcome.removed == ()
    assert basic.read(FILES[2]) == before


def test_editions_of_a_clinic_that_is_gone_go_for_all_modules(basic: Project) -> None:
    """Also for those that are not named this time, or that are broken."""
    Project.from_(basic.root / "sources/basic", basic.root / "sources/other")
    basic.edit("sources/other/module.yaml", "BASIC-01", "OTHER-01")
    prepared(basic).build()
    basic.edit("sources/other/module.yaml", "OTHER-01", "other 1")
    outcome = basic.edit(MANY, ROW, "").build("basic")
    assert FILES[2] in outcome.removed
    assert "clinics/st-other/other.pdf" in outcome.removed and not outcome.unasked


def test_clinics_are_checked_whichever_modules_are_named(basic: Project) -> None:
    prepared(basic).edit("clinics/st-example.yaml", "phone", "fone")
    folder = Folder(basic.root, "")
    request = Request(folder, Settings(), basic.today, basic.output, frozenset({"basic"}))
    codes = {each.code for each in check(request)}
    assert {"field-missing", "key-unknown"} <= codes


def test_what_was_asked_for_once_is_removed_and_that_is_said(basic: Project) -> None:
    """`output/` is what sources, settings and command say."""
    prepared(basic).build()
    settings = (basic.root / "leafdeck.toml").read_text(encoding="utf-8")
    basic.write("leafdeck.toml", re.sub(r"(?m)^clinics.*$", "", settings))
    outcome = basic.build()
    assert FILES[2] in outcome.removed and outcome.unasked
    assert not basic.build().unasked


def test_editions_of_a_clinic_that_is_gone_go(basic: Project) -> None:
    prepared(basic).build()
    outcome = basic.edit(MANY, ROW, "").build()
    assert (outcome.failed, outcome.removed) == (False, (FILES[2],))


def test_all_clinics_of_none_is_told(basic: Project) -> None:
    """A folder that was moved away takes no editions with it."""
    prepared(basic).build()
    (basic.root / "clinics").rename(basic.root / "elsewhere")
    outcome = basic.build()
    assert [line(each) for each in outcome.problems if each.severity == "error"] == [
        "clinics: error [clinic-unknown] There is no clinic."
    ]
    assert outcome.removed == ()


def test_nothing_of_a_withdrawn_module_stays_for_a_clinic(basic: Project) -> None:
    """Neither one that is broken nor one that was not asked for keeps what must not be used."""
    prepared(basic).build()
    basic.edit("clinics/st-example.yaml", "phone", "fone")
    withdrawn = "withdrawn: {on: 2026-05-01, reason: Wrong., by: The editor}"
    basic.edit("sources/basic/module.yaml", "sample: yes", f"sample: yes\n{withdrawn}")
    assert set(FILES) <= set(basic.build().removed)


def test_a_clinic_that_is_not_there_is_wrong_usage(basic: Project) -> None:
    prepared(basic)
    done = CliRunner().invoke(
        main, ["build", "--project", str(basic.root), "--clinic", "st-exmple"]
    )
    assert done.exit_code == 2
    assert "There is no clinic “st-exmple”. Did you mean “st-example”?" in done.output


@pytest.mark.parametrize("given", [["--clinics", ""], ["--clinics", " ,,"], ["--clinic", ""]])
def test_no_clinic_at_all_is_wrong_usage(basic: Project, given: list[str]) -> None:
    """It would take the editions away that are there."""
    done = CliRunner().invoke(main, ["build", "--project", str(basic.root), *given])
    assert (done.exit_code, "No clinic is named" in done.output) == (2, True)


def edition(folder: Path, body: str, base_url: str = "", **more: str) -> Order:
    """What a clinic's edition of a small leaflet is made from."""
    given = order(folder, body, contact={"name": "Desk", "phone": "000 000 0000"})
    clinic = Clinic.model_validate({"id": "a", "name": "A", "phone": "020 7946 0001", **more})
    own, settings = Edition(clinic=clinic), Settings.model_validate({"base-url": base_url})
    text = given.module.texts["leaflet"]
    assert text
    context = context_of(given.module, "leaflet", given.stamp, theme(), settings, TITLES, own)
    return replace(given, html=render(theme(), "leaflet.html.j2", context), edition=own)


@pytest.mark.parametrize("paragraphs", range(0, 34, 3))
def test_lines_to_write_on_take_no_page(tmp_path: Path, paragraphs: int) -> None:
    """However full the last page is: what does not fit on it is left out."""
    own = edition(tmp_path, "<p>Words.</p>" * paragraphs)
    ruled = len(lay_out(own).document.pages)
    without = own.html.replace("</style>", ".ruled { display: none }</style>")
    assert ruled == len(lay_out(replace(own, html=without)).document.pages)


def test_lines_to_write_on_are_there(tmp_path: Path) -> None:
    data = make(edition(tmp_path, "<p>Words.</p>")).data
    (tmp_path / "a.pdf").write_bytes(data)
    assert "Your notes and questions" in words(tmp_path / "a.pdf")


def test_a_clinic_says_what_language_it_speaks(tmp_path: Path) -> None:
    own = edition(tmp_path, "<p>Words.</p>", language="cy", hours="Llun 9 i 5")
    assert '<span lang="cy" dir="ltr">Llun 9 i 5</span>' in own.html
    assert 'lang="cy"' not in edition(tmp_path, "<p>Words.</p>", language="en-GB").html


@pytest.mark.parametrize(
    ("base", "language", "address"),
    [
        ("https://example.org", "", "https://example.org/pain/index.html"),
        ("https://example.org/a/", "es", "https://example.org/a/pain/index.es.html"),
        ("http://example.org/" + "a" * 200, "", f"http://example.org/{'a' * 200}/pain/index.html"),
    ],
)
def test_status_pages(base: str, language: str, address: str) -> None:
    page = status_page(base, "pain", language)
    assert page and page.address == address
    assert page.spoken == address.partition("//")[2]
    assert page.width >= SMALLEST


def test_no_address_no_code(tmp_path: Path) -> None:
    assert status_page("", "pain") is None
    assert "QR code" not in edition(tmp_path, "").html
    assert (
        "QR code to example.org/test/index.html"
        in edition(tmp_path, "", "https://example.org").html
    )


def test_squares_are_large_enough_for_old_telephones() -> None:
    page = status_page("https://example.org/" + "a" * 300, "pain")
    assert page and page.width / MODULE > 60


@pytest.mark.parametrize(
    ("module", "digest", "code"),
    [
        ("PAIN-01", "00000fff", "PAIN-01-0000"),
        ("PAIN-01", "fffff000", "PAIN-01-ZZZZ"),
        ("A", "00001", "A-0001"),
        ("A", "08864", "A-1234"),
    ],
)
def test_codes_are_crockford_of_the_digest(module: str, digest: str, code: str) -> None:
    assert short_code(module, digest) == code
    assert is_code(code)


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("PAIN-01-7K3F", True),
        ("pain 01 7k3f", True),
        ("PA1N-O1-7K3F", True),
        ("PAIN-01-7K3E", False),
        ("PAIN-02-7K3F", False),
    ],
)
def test_codes_as_people_copy_them(written: str, same: bool) -> None:
    assert is_code(written)
    assert same_code(written, "PAIN-01-7K3F") is same


@pytest.mark.parametrize("words", ["leaflet.pdf", "out/a-b.pdf", "PAIN-01", "7K3F", "", "leaflet"])
def test_files_are_no_codes(words: str) -> None:
    assert not is_code(words)


def asked(project: Project, written: str) -> CodeVerdict:
    """The verdict on a code, beside the project's sources."""
    from builder.build.publishing.manifest import read_manifest

    library = read_library(Folder(project.root, ""))
    published = read_manifest(project.output).versions
    return verify_code(written, library, published, Profile(), project.today)


def test_a_code_tells_which_text_it_stood_on(basic: Project) -> None:
    basic.build()
    stamp = read_stamp(basic.read(FILES[0])).stamp
    assert stamp and stamp.short_code in words(basic.output / FILES[0])
    now = asked(basic, stamp.short_code.lower())
    assert (now.text, now.good, now.stamps[0].digest) == (Text.CURRENT, True, stamp.digest)
    assert not asked(basic.on("2028-03-02"), stamp.short_code).good
    basic.edit("sources/basic/module.yaml", 'version: "1.0"', 'version: "1.1"')
    old = asked(basic, stamp.short_code)
    assert (old.text, old.version, old.good) == (Text.OLDER, "1.0", False)
    assert {each.version for each in old.stamps} == {"1.1"}
    assert asked(basic, "BASIC-01-ZZZZ").text is Text.UNKNOWN
    assert asked(basic, "NONE-01-ZZZZ") == CodeVerdict(Text.UNKNOWN)


def test_verify_says_which_clinic(built: Project) -> None:
    arguments = ["verify", "--project", str(built.root), "--today", "2026-06-01"]
    done = CliRunner().invoke(main, [*arguments, str(built.output / FILES[1])])
    assert (done.exit_code, "Clinic:       St Example" in done.output) == (0, True)
    done = CliRunner().invoke(main, [*arguments, str(built.output / FILES[0])])
    assert (done.exit_code, "Clinic:" in done.output) == (0, False)


def test_verify_takes_a_code(built: Project) -> None:
    stamp = read_stamp(built.read(FILES[0])).stamp
    assert stamp
    arguments = ["verify", "--project", str(built.root), "--today", "2026-06-01"]
    done = CliRunner().invoke(main, [*arguments, stamp.short_code])
    assert done.exit_code == 0
    assert done.output.startswith(f"{stamp.short_code}: the text as it is now\n")
    done = CliRunner().invoke(main, [*arguments, "BASIC-01-ZZZZ"])
    assert done.exit_code == 1
    assert done.output.startswith("BASIC-01-ZZZZ: no text that is known here\n")


def test_what_does_not_fit_is_told_before_it_is_built(basic: Project) -> None:
    """`check` finds on a tri-fold what a build finds, of the longest clinic too, and names it."""
    long = "  - Porters, nurses on call and everyone else who may help, 020 7946 0456.\n" * 17
    clinic = f"name: River\nphone: 020 7946 0111\nnotes:\n{long}"
    prepared(basic).write("clinics/riverside.yaml", clinic)
    settings = (basic.root / "leafdeck.toml").read_text(encoding="utf-8")
    basic.write("leafdeck.toml", f'{settings}[leaflet]\nformats = ["trifold"]\n')
    unbroken = "\n\n" + "x" * 60 + "\n"
    leaflet = basic.root / "sources/basic/leaflet.md"
    leaflet.write_text(leaflet.read_text(encoding="utf-8") + unbroken, encoding="utf-8")
    checked = {line(each) for each in basic.check() if each.severity == "error"}
    built = {line(each) for each in basic.build().problems if each.severity == "error"}
    assert checked == built
    riverside, plain = sorted(built)
    assert "[panels-overflow] In the edition of clinic riverside: The back of" in riverside
    assert "[text-overflows] “xxx" in plain
