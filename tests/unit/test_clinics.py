"""Clinics: what their files may say, what is wrong with them, and that nothing else is lost."""

from __future__ import annotations

import io
import re
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from builder.clinics import Clinic, clinic_names, read_clinics
from builder.clinics.logo import HEIGHT, INCH, SHARP, WIDTH
from builder.problems import Place, Problems
from builder.workspace import Folder
from tests.helpers import CHECKOUT, TESTS, Project, line
from tests.problem_cases import Case, read_cases, rewrite

FILE = TESTS / "cases" / "clinics.md"
SOUND = "name: St A\nphone: 020 7946 0001\n"
HEAD = "clinic,name,phone,hours,logo\n"


def picture(width: int, height: int, kind: str = "PNG") -> bytes:
    """A picture file of one colour."""
    target = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(target, kind)
    return target.getvalue()


def claimed(width: int, height: int) -> bytes:
    """A PNG file that says how large it is and holds nothing: decoding it would fail."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IEND", b"")


def read(folder: Path, files: dict[str, str | bytes]) -> tuple[dict[str, Clinic], list[str]]:
    """The clinics that some files make, and what is wrong with them, a line each."""
    project = Project(folder)
    for name, content in files.items():
        project.write(f"clinics/{name}", content)
    problems = Problems()
    clinics = read_clinics(Folder(folder, ""), problems)
    return clinics, [line(each).removeprefix("clinics/") for each in problems.ordered()]


def test_the_sample_is_sound() -> None:
    problems = Problems()
    clinics = read_clinics(Folder(CHECKOUT, ""), problems)
    assert (list(problems), list(clinics)) == ([], ["st-example"])
    clinic = clinics["st-example"]
    assert clinic.hours == ("Monday to Thursday, 9 am to 5 pm", "Friday, 9 am to 1 pm")
    assert clinic.image and (clinic.image.width, clinic.image.height) == (18.0, 18.0)


@pytest.mark.parametrize(
    ("told", "field", "value"),
    [
        ("address: |\n  12 Road\n  Town\n", "address", ("12 Road", "Town")),
        ("address: 12 Road | Town\n", "address", ("12 Road", "Town")),
        ("hours: [Monday 9 to 5, Friday 9 to 1]\n", "hours", ("Monday 9 to 5", "Friday 9 to 1")),
        ("notes: No parking.\n", "notes", ("No parking.",)),
        ("interpreter: no\n", "interpreter", "no"),
        ("out_of_hours: Nurse (020) 7946 0456\n", "out_of_hours", "Nurse (020)\xa07946\xa00456"),
        ("language: cy\n", "direction", "ltr"),
        ("language: ar\n", "direction", "rtl"),
        ("", "direction", ""),
    ],
)
def test_what_a_file_may_say(tmp_path: Path, told: str, field: str, value: object) -> None:
    clinics, problems = read(tmp_path, {"st-a.yaml": SOUND + told})
    assert (problems, getattr(clinics["st-a"], field)) == ([], value)


CASES = list(read_cases(FILE))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_what_is_wrong_is_told_and_left_out(
    case: Case, tmp_path: Path, update_golden: bool
) -> None:
    """The problems, and the clinics that are read all the same, are those that the case lists."""
    project = Project(tmp_path).write("clinics/st-good.yaml", SOUND)
    case.prepare(project)
    clinics, problems = read(tmp_path, {})
    found = [*problems, f"read: {', '.join(clinics)}"]
    if update_golden:
        rewrite(FILE, {case.title: found})
    else:
        assert found == case.expected


FEW, MANY = "logo-small", "picture-too-large"
BROKEN = "picture-broken", "cannot be decoded: it is broken or cut short."
NONE = "picture-broken", "is no picture inside."
LOGOS: dict[str, tuple[bytes, str, str]] = {
    "five pixels": (
        *(picture(5, 5), FEW),
        "has 5 by 5 pixels, too few for print: 18 by 18 mm need 107 by 107.",
    ),
    "wide and short": (
        *(picture(200, 20), FEW),
        "has 200 by 20 pixels, too few for print: 45 by 4 mm need 266 by 27.",
    ),
    "50 megapixels": (claimed(10_000, 5_000), MANY, "has more than 25 million pixels."),
    "a bomb": (claimed(60_000, 60_000), MANY, "has more than 25 million pixels."),
    "cut short": (picture(300, 300)[:-40], *BROKEN),
    "nothing inside": (claimed(300, 300), *BROKEN),
    "no picture": (b"a text", *NONE),
    "empty": (b"", *NONE),
    "a drawing": (
        *(b"<svg/>", "picture-format"),
        "is an SVG drawing, which cannot be shown everywhere.",
    ),
    "a web page": (
        *(b"<!doctype html><title>Not found</title>", "picture-format"),
        "is a web page, which cannot be shown everywhere.",
    ),
    "a thin strip": (picture(2000, 20), "", ""),
    "a JPEG by another name": (picture(300, 300, "JPEG"), "", ""),
}


@pytest.mark.parametrize("case", LOGOS)
def test_logos(tmp_path: Path, case: str) -> None:
    data, code, message = LOGOS[case]
    clinics, problems = read(tmp_path, {"st-a.yaml": SOUND + "logo: logo.png\n", "logo.png": data})
    expected = [f"st-a.yaml:3:1: error [{code}] logo.png {message}"] if code else []
    assert (problems, list(clinics)) == (expected, [] if code else ["st-a"])


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("Logo.PNG", "[picture-missing] There is no picture Logo.PNG."),
        ("../secret.png", "[path-leaves] “../secret.png” leads out of clinics."),
        ("/etc/passwd", "[path-leaves] “/etc/passwd” leads out of clinics."),
        ("out.png", "[path-leaves] “out.png” leads out of clinics."),
    ],
)
def test_a_logo_stays_in_the_folder(tmp_path: Path, path: str, problem: str) -> None:
    Project(tmp_path).write("secret.png", picture(300, 300)).write("clinics/logo.png", b"")
    (tmp_path / "clinics/out.png").symlink_to(tmp_path / "secret.png")
    clinics, problems = read(tmp_path, {"st-a.yaml": SOUND + f"logo: {path}\n"})
    assert (clinics, problems) == ({}, [f"st-a.yaml:3:1: error {problem}"])


@pytest.mark.parametrize(("width", "height"), [(266, 107), (300, 300), (4000, 1600)])
def test_a_logo_is_printed_as_large_as_its_space(tmp_path: Path, width: int, height: int) -> None:
    files = {"st-a.yaml": SOUND + "logo: logo.png\n", "logo.png": picture(width, height)}
    clinics, problems = read(tmp_path, files)
    image = clinics["st-a"].image
    assert image and problems == []
    assert image.width <= WIDTH and image.height <= HEIGHT
    assert image.width > WIDTH - 0.2 or image.height > HEIGHT - 0.2
    assert width / image.width * INCH >= SHARP
    assert image.address.startswith("data:image/png;base64,")


@pytest.mark.parametrize(
    "table",
    [
        "clinic,name,phone,hours\nst-a,A,020 7946 0001,Mon|Tue\nst-b,B,020 7946 0002,\n",
        "\ufeffclinic;name;phone;hours\r\nst-a;A;020 7946 0001;Mon|Tue\r\nst-b;B;020 7946 0002\r\n",
        'Clinic, Name ,PHONE,hours,\nst-a,A,020 7946 0001,"Mon\nTue",\n\n,,,\nst-b,B,020 7946 0002',
        "clinic\tname\tphone\thours\nst-a\tA\t020 7946 0001\tMon | Tue\nst-b\tB\t020 7946 0002\n",
        'hours,phone,name,clinic\n"Mon\n\nTue",020 7946 0001,A,st-a\n,020 7946 0002,B,st-b\n',
    ],
)
def test_tables_as_programs_write_them(tmp_path: Path, table: str) -> None:
    clinics, problems = read(tmp_path, {"many.csv": table})
    assert problems == []
    first, second = clinics["st-a"], clinics["st-b"]
    assert (first.name, first.phone[-4:], first.hours) == ("A", "0001", ("Mon", "Tue"))
    assert (second.name, second.phone[-4:], second.hours) == ("B", "0002", ())


def rows(count: int, **instead: str) -> str:
    """A table of many clinics; some rows, by number, are something else."""
    each = (
        instead.get(f"row{n}", f"st-{n},Clinic {n},020 7946 {n:04}") for n in range(1, count + 1)
    )
    return "clinic,name,phone\n" + "\n".join(each) + "\n"


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("st-217,Clinic 217,", "field-missing"),
        ('st-217,"Clinic 217,020 7946 0217', "clinic-row"),
        ('st-217,"Clinic "217"",020 7946 0217', "clinic-row"),
        ("st-217,Clinic, 217,020 7946 0217", "clinic-row"),
        ("St 217,Clinic 217,020 7946 0217", "clinic-id"),
        ("st-217,Clinic \0 217,020 7946 0217", "field-value"),
    ],
)
def test_of_400_rows_one_is_bad(tmp_path: Path, bad: str, code: str) -> None:
    clinics, problems = read(tmp_path, {"many.csv": rows(400, row217=bad)})
    assert len(clinics) == 399 and "st-217" not in clinics
    assert [each.split("]")[0] for each in problems] == [f"many.csv:218: error [{code}"]


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("+44 20 7946 0001", "+44 20 7946 0001"),
        ("+44\u00a020\u202f7946\u20090001", "+44 20 7946 0001"),
        ("(020) 7946 0001", "(020) 7946 0001"),
        ("020 7946 0001 " + "x" * 50, "020 7946 0001 " + "x" * 50),
    ],
)
def test_telephone_numbers(tmp_path: Path, written: str, printed: str) -> None:
    """However it is written, it is dialled and kept on one line."""
    clinics, problems = read(tmp_path, {"st-a.yaml": f"name: A\nphone: {written}\n"})
    assert problems == []
    assert clinics["st-a"].phone.replace("\u00a0", " ") == printed
    assert not re.search(r"\d \d", clinics["st-a"].phone)


def test_a_fault_of_ours_costs_one_clinic_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever nobody foresaw is told of the clinic that shows it."""

    def fails(folder: Folder, path: str, place: Place) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("builder.clinics.directory.read_logo", fails)
    files: dict[str, str | bytes] = {"st-a.yaml": SOUND, "st-b.yaml": SOUND + "logo: b.png\n"}
    clinics, problems = read(tmp_path, files)
    message = "error [clinic-failed] The clinic could not be read: ZeroDivisionError."
    assert (list(clinics), problems) == (["st-a"], [f"st-b.yaml:1: {message}"])


@pytest.mark.parametrize(
    ("phone", "told"),
    [
        ("1174960102", "The number 1174960102 does not begin with 0 or +, as the others here do."),
        ("011749601", "The number 011749601 has 9 digits; the others have 11."),
        ("0117 4960", ""),
        ("111", ""),
        ("+441174960102", ""),
    ],
)
def test_a_number_unlike_the_others_is_told(tmp_path: Path, phone: str, told: str) -> None:
    """A spreadsheet may have dropped its 0, or a hand a digit."""
    rows = [f"st-{number},A,020 7946 {number:04}\n" for number in range(4)]
    clinics, problems = read(tmp_path, {"few.csv": HEAD + "".join(rows) + f"st-odd,B,{phone}\n"})
    assert problems == ([f"few.csv:6: warning [phone-odd] {told}"] if told else [])
    assert "st-odd" in clinics


def test_a_link_in_a_circle_costs_its_own_clinic_alone(tmp_path: Path) -> None:
    Project(tmp_path).write("clinics/st-a.yaml", SOUND)
    (tmp_path / "clinics/st-b.yaml").symlink_to("st-b.yaml")
    clinics, problems = read(tmp_path, {})
    assert list(clinics) == ["st-a"]
    assert [each.partition("]")[0] for each in problems] == ["st-b.yaml: error [file-unreadable"]


def test_of_two_with_one_id_neither_is_taken(tmp_path: Path) -> None:
    """Nobody can tell whose telephone number is right."""
    table = HEAD + "st-a,A,020 7946 0002\nst-b,B,020 7946 0003\n"
    clinics, problems = read(tmp_path, {"st-a.yaml": SOUND, "many.csv": table})
    assert list(clinics) == ["st-b"]
    assert problems == ["many.csv:2: error [clinic-twice] There are two clinics “st-a”."]


def test_only_those_asked_for_are_looked_at(tmp_path: Path) -> None:
    Project(tmp_path).write("clinics/many.csv", rows(3, row2="st-2,Two,"))
    problems, folder = Problems(), Folder(tmp_path, "")
    assert list(read_clinics(folder, problems, {"st-1"})) == ["st-1"]
    assert list(problems) == []
    assert clinic_names(folder) == ("st-1", "st-2", "st-3")


def test_a_project_without_clinics_has_none(tmp_path: Path) -> None:
    problems: Any = Problems()
    assert (read_clinics(Folder(tmp_path, ""), problems), list(problems)) == ({}, [])
