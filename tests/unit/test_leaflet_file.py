"""The finished leaflet: metadata, tags, seal, and what is found before it is written."""

from __future__ import annotations

import io
import logging
import os
import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from builder.artifacts import Order
from builder.artifacts.leaflet import make, read_stamp
from builder.problems import Place, Problem, Rejected
from tests.gates import judges
from tests.unit.leaflets import FILE, order

BODY = (
    '<p data-line="5">See <a href="https://example.org/a">here</a>.</p>'
    '<figure><img src="square.png" alt="A square"><figcaption>Square</figcaption></figure>'
    "<ol><li><p>One</p><p>More</p></li></ol>"
)


@pytest.fixture(scope="module")
def ordered(tmp_path_factory: pytest.TempPathFactory) -> Order:
    return order(tmp_path_factory.mktemp("module"), BODY, day="2030-01-01")


@pytest.fixture(scope="module")
def data(ordered: Order) -> bytes:
    return make(ordered).data


@pytest.fixture
def pdf(data: bytes) -> Any:
    with pikepdf.open(io.BytesIO(data)) as opened:
        yield opened


def rejected(given: Order) -> tuple[Problem, ...]:
    with pytest.raises(Rejected) as caught:
        make(given)
    return caught.value.problems


def test_stamp_is_read_back(ordered: Order, data: bytes) -> None:
    found = read_stamp(data)
    assert found.stamp == ordered.stamp
    assert found.untouched


def test_metadata_can_be_read_by_anybody(ordered: Order, pdf: Any) -> None:
    assert pdf.docinfo["/Title"] == ordered.stamp.title
    assert pdf.docinfo["/LeafdeckExpires"] == "2028-01-01"
    assert pdf.docinfo["/CreationDate"] == "D:20260101"
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["{urn:x-leafdeck:stamp#}status"] == "expired"
        assert metadata["dc:identifier"] == "TEST-01 1.0"


def test_what_programs_read_says_the_same_in_both_places(pdf: Any) -> None:
    with pdf.open_metadata() as metadata:
        pairs = {
            "/Title": metadata["dc:title"],
            "/Author": ", ".join(metadata["dc:creator"]),
            "/Subject": metadata["dc:description"],
            "/Keywords": metadata["pdf:Keywords"],
            "/Creator": metadata["xmp:CreatorTool"],
            "/Producer": metadata["pdf:Producer"],
        }
        assert {name: str(pdf.docinfo[name]) for name in pairs} == pairs
        own = [name for name in pdf.docinfo if name.startswith("/Leafdeck")]
        for name in own:
            if name != "/LeafdeckSeal":
                key = name[9].lower() + name[10:]
                assert metadata[f"{{urn:x-leafdeck:stamp#}}{key}"] == str(pdf.docinfo[name])
        assert len(own) > 8


def test_our_own_properties_are_described(pdf: Any) -> None:
    """PDF/A wants each name that is not its own described (ISO 19005-2, 6.6.2.3)."""
    written = pdf.Root.Metadata.read_bytes().decode()
    used = set(re.findall(r"<leafdeck:(\w+)>", written))
    assert used <= set(re.findall(r"<pdfaProperty:name>(\w+)<", written))


def test_nothing_is_attached_and_all_is_printed(tmp_path: Path) -> None:
    body = (
        '<p><a href="square.png" rel="attachment">a file</a> '
        '<a href="https://example.org/">a link</a></p>'
    )
    with pikepdf.open(io.BytesIO(make(order(tmp_path, body)).data)) as pdf:
        notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
        assert {(str(note.Subtype), int(note.F)) for note in notes} == {("/Link", 4)}
        assert "/EmbeddedFiles" not in pdf.Root.get("/Names", {})
        assert len(pdf.attachments) == 0
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"


def test_the_twelfth_leaflet_of_a_worker_conforms(tmp_path: Path) -> None:
    """What a process keeps for the next leaflet changes nothing in it."""
    bodies = [BODY, "<p>Ω שלום ثلاث</p>", BODY.replace("Square", "Ж")] * 4
    made = [make(order(tmp_path, body)).data for body in bodies]
    assert made[:3] * 4 == made
    for number, data in enumerate(made[-3:]):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(data)
        assert judges.page_validation(path) == []


def test_metadata_is_not_packed(data: bytes) -> None:
    assert b"<leafdeck:module>TEST-01</leafdeck:module>" in data
    assert b"/LeafdeckVersion (1.0)" in data


def test_running_text_is_an_artifact(pdf: Any) -> None:
    for page in pdf.pages:
        marks = [
            str(each.operands[0])
            for each in pikepdf.parse_content_stream(page)
            if str(each.operator) in ("BDC", "BMC")
        ]
        assert marks.count("/Artifact") >= 3  # band, stamp and page number


def test_each_link_has_one_annotation(pdf: Any) -> None:
    links = [note for page in pdf.pages for note in page.get("/Annots", [])]
    assert sorted(str(link.A.URI) for link in links) == [
        "https://example.org/a",
        "mailto:us@example.org",
    ]


def test_any_change_breaks_the_seal(data: bytes) -> None:
    assert not read_stamp(data + b"\n").untouched
    assert not read_stamp(
        data.replace(b"LeafdeckVersion (1.0)", b"LeafdeckVersion (1.1)")
    ).untouched


def test_a_file_saved_by_another_program_keeps_its_stamp(ordered: Order, pdf: Any) -> None:
    again = io.BytesIO()
    pdf.save(again)
    found = read_stamp(again.getvalue())
    assert found.stamp == ordered.stamp
    assert not found.untouched


@pytest.mark.parametrize(
    "foreign", [b"", b"%PDF-1.7\n", b"\x00" * 99, b"%PDF-1.7\nxref\ntrailer<<>>"]
)
def test_foreign_files_have_no_stamp(foreign: bytes) -> None:
    assert read_stamp(foreign).stamp is None


def test_same_order_same_bytes(ordered: Order, data: bytes) -> None:
    assert make(ordered).data == data


def test_problems_name_the_line(tmp_path: Path) -> None:
    body = (
        '<p data-line="5">Snow \u2603 and \U0001f600</p>'
        f'<p data-line="7">{"w" * 200}</p>'
        '<p data-line="9"><img src="none.png" alt="x"> <img src="../../x.png" alt="x"></p>'
        '<p data-line="11"><img src="https://example.org/x.png" alt="x"></p>'
        '<p data-line="13"><span style="font-size: 9pt">small</span></p>'
    )
    found = {(problem.code, problem.place) for problem in rejected(order(tmp_path, body))}
    assert {
        ("glyph-missing", Place(FILE, 5)),
        ("text-overflows", Place(FILE, 7)),
        ("picture-missing", Place(FILE, 9)),
        ("link-unsafe", Place(FILE, 9)),
        ("link-unsafe", Place(FILE, 11)),
        ("artifact-invalid", Place(FILE, 13)),
    } <= found


@pytest.mark.parametrize("above", range(0, 24, 4))
def test_a_raised_mark_fits_in_a_page_s_last_line(tmp_path: Path, above: int) -> None:
    """A citation reaches no lower than its line, wherever on the page that is."""
    lines = "<p>Cited<sup>1</sup> and H<sub>2</sub>O.</p>" * 100
    assert make(order(tmp_path, f'<p style="margin-top: {above}px">Text.</p>{lines}')).data


def test_a_picture_without_words_is_found_when_the_file_is_written(tmp_path: Path) -> None:
    problems = rejected(order(tmp_path, '<p data-line="5"><img src="square.png"></p>'))
    assert [(p.code, p.place) for p in problems] == [("artifact-invalid", Place(FILE, 5))]


def test_a_template_cannot_leave_the_stamp_out(tmp_path: Path) -> None:
    given = order(tmp_path)
    without = given.html.replace("running-stamp", "other").replace("Funding: none.", "")
    problems = rejected(Order(given.module, given.stamp, given.theme, without))
    assert {problem.code for problem in problems} == {"stamp-differs"}
    assert any("declaration" in problem.message for problem in problems)


def test_logger_and_environment_are_left_as_they_were(tmp_path: Path) -> None:
    logger = logging.getLogger("weasyprint")
    before = logger.handlers[:], logger.level, logger.propagate, dict(os.environ)
    make(order(tmp_path))
    assert (logger.handlers[:], logger.level, logger.propagate, dict(os.environ)) == before
