"""Leaflets on every paper, as others read and draw them: poppler and veraPDF."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from builder.artifacts import KINDS
from tests.gates import judges
from tests.helpers import CHECKOUT, Project

MILLIMETRE = 72 / 25.4
FITTING = ("difficult-pain-problems", "pain-appointment", "stepwise-approach")
"""The samples that are short enough for a tri-fold."""
PAPERS = ("a4", "letter", "large-print", "a5-booklet", "trifold")
LANGUAGES = ("", ".es", ".ar")
PANELS = (0, 97, 197, 297)
"""Millimetres from the left at which panels begin and end on the outside of a tri-fold."""
INSIDE = (0, 100, 200, 297)
COLUMNS = {"a5-booklet": 2, "trifold": 3}


@pytest.fixture(scope="module", params=[False, True], ids=["plain", "bleed"])
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The samples on every paper."""
    project = Project(tmp_path_factory.mktemp("papers"))
    for name in samples(bleed=request.param):
        Project.from_(CHECKOUT / "sources" / name, project.root / "sources" / name)
    bleed = str(request.param).lower()
    formats = ", ".join(f'"{paper}"' for paper in PAPERS)
    project.write("leafdeck.toml", f"[leaflet]\nformats = [{formats}]\nbleed = {bleed}\n")
    outcome = project.build(workers=2)
    assert not outcome.failed, outcome.problems
    return project


def samples(*, bleed: bool) -> tuple[str, ...]:
    """One in three languages is enough where only the paper differs."""
    return ("pain-appointment",) if bleed else FITTING


def files(project: Project, paper: str) -> Iterator[Path]:
    """All leaflets on a paper."""
    for name in FITTING:
        for language in LANGUAGES:
            stem = name if paper == "a4" else f"{name}-{paper}"
            path = project.output / name / f"{stem}{language}.pdf"
            if path.exists():
                yield path


@pytest.mark.parametrize("flavour", ["PDFUA_1", "PDFA_2_A"])
@pytest.mark.parametrize("paper", PAPERS)
def test_each_file_conforms(printed: Project, paper: str, flavour: str) -> None:
    """PDF/UA-1 and PDF/A-2a, on each paper and in each language."""
    found = list(files(printed, paper))
    assert len(found) == len(samples(bleed=bool(trim(printed)))) + 2
    assert {path.name: judges.verapdf(path, flavour) for path in found} == {
        path.name: set() for path in found
    }


@pytest.mark.parametrize("paper", PAPERS)
def test_each_side_shows_the_stamp(printed: Project, paper: str) -> None:
    """As drawn: dates and interests on each side of the paper."""
    for path in files(printed, paper):
        stamp = KINDS["leaflet"].writer.read_stamp(path.read_bytes()).stamp
        assert stamp
        if path.suffixes[0] == ".ar":
            continue  # its words come out in the order in which they are drawn
        for page in judges.pages(path):
            assert "".join(stamp.short.split()) in "".join(page.text.split())


def test_a_code_and_a_clinic_leave_a_tri_fold_whole(tmp_path: Path) -> None:
    """A long address as a QR code and a clinic's block fit, in each language of the sample."""
    name, project = "pain-appointment", Project(tmp_path)
    Project.from_(CHECKOUT / "sources" / name, tmp_path / "sources" / name)
    Project.from_(CHECKOUT / "clinics", tmp_path / "clinics")
    base = "https://www.leaflets.example-hospital.example.org/patients/pain"
    settings = f'base-url = "{base}"\nclinics = ["all"]\n[leaflet]\nformats = ["trifold"]\n'
    project.write("leafdeck.toml", settings)
    outcome = project.build(workers=2)
    assert not outcome.failed, outcome.problems
    made = [file for file in outcome.built if file.endswith(".pdf")]
    assert len(made) == 2 * len(LANGUAGES)


def trim(project: Project) -> float:
    """How far the cut lies inside of the paper, in millimetres."""
    return 10 if "bleed = true" in (project.root / "leafdeck.toml").read_text() else 0


def panel(page: judges.Page, edges: tuple[int, ...], number: int, inset: float) -> str:
    """The words on a panel of a side, in order."""
    left, right = ((edges[number + end] + inset) * MILLIMETRE for end in (0, 1))
    return " ".join(word.text for word in page.words if left < word.left < word.right < right)


def test_what_stands_on_which_panel(printed: Project) -> None:
    """Cover, contact and stamp are where they belong; nothing stands on a fold."""
    path = printed.output / "pain-appointment" / "pain-appointment-trifold.pdf"
    outside, inside = judges.pages(path)
    inset = trim(printed)
    assert panel(outside, PANELS, 1, inset).startswith("Whom to contact")
    cover = panel(outside, PANELS, 2, inset)
    for words in ("Leafdeck sample library", "Preparing for your pain clinic appointment"):
        assert words in cover
    assert "Interests: none declared" in panel(outside, PANELS, 1, inset)
    assert panel(inside, INSIDE, 0, inset).startswith("Key points")
    assert "Interests: none declared" in panel(inside, INSIDE, 2, inset)
    for page, edges in ((outside, PANELS), (inside, INSIDE)):
        shown = sum(len(panel(page, edges, number, inset).split()) for number in range(3))
        assert shown == len(page.words)


def test_panels_are_mirrored_where_text_runs_from_right_to_left(printed: Project) -> None:
    """An Arabic tri-fold has its cover at the left and the panel that is tucked in at the right."""
    path = printed.output / "pain-appointment" / "pain-appointment-trifold.ar.pdf"
    outside, inside = judges.pages(path)
    inset = trim(printed)
    assert "Leafdeck sample library" in panel(outside, (0, 100, 200, 297), 0, inset)
    assert "pain-clinic@example.org" in panel(outside, (0, 100, 200, 297), 1, inset)
    assert panel(inside, (0, 97, 197, 297), 2, inset)


def drawn(path: Path, folder: Path, number: int = 1) -> Image.Image:
    """A page as poppler draws it, in grey, at four pixels to the millimetre."""
    judges.run(
        judges.program("pdftoppm"),
        *("-r", "101.6", "-gray", "-f", str(number), "-l", str(number), "-singlefile"),
        path,
        folder / "page",
    )
    return Image.open(folder / "page.pgm")


def darkest(image: Image.Image, left: float, top: float, right: float, bottom: float) -> int:
    """The darkest grey in a place, given in millimetres; 255 is white."""
    low, _ = image.crop((4 * left, 4 * top, 4 * right, 4 * bottom)).getextrema()
    return int(low)  # type: ignore[arg-type] # of a grey picture


def test_ink_at_the_edges(printed: Project, tmp_path: Path) -> None:
    """The cover's ground reaches the cut, and the bleed where there is one, and no further."""
    image = drawn(printed.output / "pain-appointment" / "pain-appointment-trifold.pdf", tmp_path)
    inset = trim(printed)
    cover = inset + 250
    assert darkest(image, cover, inset, cover + 5, inset + 1) < 120
    assert darkest(image, inset + 198, inset + 20, inset + 199, inset + 22) < 120
    assert darkest(image, inset + 190, inset + 20, inset + 196.5, inset + 22) == 255
    if inset:
        assert darkest(image, cover, inset - 2.8, cover + 5, inset) < 120
        assert darkest(image, cover, 0, cover + 5, inset - 3.3) == 255
        for fold in (97, 197, 0, 297):
            place = inset + fold
            assert darkest(image, place - 0.5, 2.5, place + 0.5, 6.5) < 200


def test_no_line_is_longer_than_people_read_with_ease(printed: Project) -> None:
    """At most about 70 letters to a line (UKAAF G003); what stands at the foot is left out."""
    for paper in PAPERS:
        page = judges.pages(printed.output / "pain-appointment" / file_of(paper))[1]
        rows: dict[tuple[int, int], list[str]] = {}
        for word in page.words:
            column = int(word.left * COLUMNS.get(paper, 1) / page.width)
            if word.bottom < page.height - (trim(printed) + 25) * MILLIMETRE:
                rows.setdefault((column, round(word.bottom)), []).append(word.text)
        assert max(len(" ".join(row)) for row in rows.values()) <= 74, paper


def file_of(paper: str) -> str:
    """The name of a sample's file."""
    return "pain-appointment.pdf" if paper == "a4" else f"pain-appointment-{paper}.pdf"
