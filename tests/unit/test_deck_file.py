"""The finished file: native, marked with its stamp, the same bytes every time."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from builder.artifacts.deck import make, read_stamp
from builder.problems import Rejected
from tests.helpers import CHECKOUT
from tests.unit.decks import bullets, find, made, order, slide

CITING = slide(
    "Cited",
    '<p>As shown <sup class="citation"><a href="#ref-2">2</a></sup> by '
    '<abbr title="patient-controlled analgesia">PCA</abbr>, see '
    '<a href="https://a.b/c d">here</a>.</p>'
    '<aside class="notes"><p>Say this.</p><ul><li>And that</li></ul></aside>',
)
SOURCES = slide(
    "References",
    '<ol class="references"><li id="ref-1">First source</li><li id="ref-2">Second source</li></ol>',
    layout="references",
    part="Closing",
)


def notes(deck_entries: dict[str, bytes]) -> str:
    found = [data for name, data in deck_entries.items() if "/notesSlides/notesSlide" in name]
    return " ".join(re.findall(r"<a:t>([^<]*)</a:t>", b"".join(found).decode()))


def test_each_slide_has_real_footers_with_the_stamp(tmp_path: Path) -> None:
    asked = order(tmp_path, slide("One", bullets(30)))
    deck = made(tmp_path, slide("One", bullets(30)))
    for one in deck.slides:
        kinds = find(one, ".//p:sp/p:nvSpPr/p:nvPr/p:ph/@type")
        assert {"dt", "ftr", "sldNum"} <= set(kinds)
        query = ".//p:sp[p:nvSpPr/p:nvPr/p:ph/@type='ftr']//a:t/text()"
        assert find(one, query) == [asked.stamp.short]


def test_names_and_numbers_of_shapes_are_unique(tmp_path: Path) -> None:
    body = '<p>a</p><div class="callout note"><p>b</p></div><p>c</p><img src="square.png" alt="d">'
    for one in made(tmp_path, slide("Shapes", body)).slides:
        for attribute in ("id", "name"):
            values = find(one, f".//p:cNvPr/@{attribute}")
            assert len(set(values)) == len(values)


def test_every_run_has_a_language(tmp_path: Path) -> None:
    table = "<table><thead><tr><th>a</th><th lang='es'>b</th></tr></thead></table>"
    deck = made(tmp_path, CITING + slide("T", table) + SOURCES)
    for name, data in deck.entries.items():
        if re.match(r"ppt/(slides|notesSlides)/[^/]+\.xml", name):
            runs = re.findall(r"<a:(?:r|fld|br)\b[^>]*>\s*<a:rPr([^>]*)", data.decode())
            assert all('lang="' in run for run in runs), name
    assert b'lang="es"' in b"".join(deck.entries.values())


def test_notes_hold_words_abbreviations_and_sources(tmp_path: Path) -> None:
    words = notes(made(tmp_path, CITING + SOURCES).entries)
    for expected in ("Say this.", "And that", "patient-controlled analgesia", "Second source"):
        assert expected in words
    assert "First source" not in words


def test_links_lead_out_and_to_the_sources(tmp_path: Path) -> None:
    deck = made(tmp_path, CITING + SOURCES)
    relations = deck.entries["ppt/slides/_rels/slide3.xml.rels"].decode()
    assert 'Target="https://a.b/c%20d" TargetMode="External"' in relations
    assert 'Target="slide4.xml"' in relations


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "http://[", "x"])
def test_other_links_are_plain_words(tmp_path: Path, address: str) -> None:
    (one,) = made(tmp_path, slide("L", f'<p><a href="{address}">word</a></p>')).own
    assert not find(one, ".//a:hlinkClick")


def test_pictures_are_told_or_marked_decorative(tmp_path: Path) -> None:
    pictures = '<img src="square.png" alt="A &quot;square&quot;"><img src="other.png" alt="">'
    (one,) = made(tmp_path, slide("P", pictures)).own
    told, decorative = find(one, ".//p:pic/p:nvPicPr/p:cNvPr")
    assert (told.get("descr"), len(told)) == ('A "square"', 0)
    assert "decorative" in decorative[0][0][0].tag


@pytest.mark.parametrize("name", ["square.png", "broad.png", "other.png"])
def test_pictures_keep_their_shape(tmp_path: Path, name: str) -> None:
    from tests.unit.decks import SIZES

    (one,) = made(tmp_path, slide("P", f'<img src="{name}" alt="x">')).own
    (size,) = find(one, ".//p:pic//a:ext[@cx]")
    width, height = SIZES[name]
    assert int(size.get("cx")) / int(size.get("cy")) == pytest.approx(width / height, rel=1e-3)


def test_a_broken_picture_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "bad.png").write_bytes(b"not a picture")
    body = '<figure data-line="4"><img src="bad.png" alt="x"></figure><img src="none.png" alt="y">'
    with pytest.raises(Rejected) as caught:
        made(tmp_path, slide("P", body))
    codes = [(problem.code, problem.place.line) for problem in caught.value.problems]
    assert codes == [("picture-broken", 4), ("file-missing", 7)]


def test_numbers_go_on_after_a_break_in_the_list(tmp_path: Path) -> None:
    (one,) = made(tmp_path, slide("N", "<ol><li>a<p>more</p></li><li>b</li><li>c</li></ol>")).own
    starts = [mark.get("startAt") for mark in find(one, ".//a:buAutoNum")]
    assert starts == [None, "2", "2"]


def test_the_band_stands_on_every_slide_of_an_expired_module(tmp_path: Path) -> None:
    deck = made(tmp_path, slide("One", bullets(2)), day="2030-01-01")
    for one in deck.slides:
        (band,) = find(one, ".//p:sp[p:nvSpPr/p:cNvPr/@name='Status band']")
        words = "".join(band.itertext())
        assert "EXPIRED" in words
        assert "No CME test is associated with it." in words
    assert not find(made(tmp_path, "").slides[0], ".//p:cNvPr[@name='Status band']")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"draft": True}, "DRAFT · not for use"),
        (
            {"kind": "leaflet", "expires": "2026-03-01"},
            "EXPIRED 1 March 2026 · no longer current",
        ),
    ],
)
def test_the_band_says_nothing_twice(
    tmp_path: Path, changes: dict[str, object], words: str
) -> None:
    for one in made(tmp_path, "", **changes).slides:
        (band,) = find(one, ".//p:sp[p:nvSpPr/p:cNvPr/@name='Status band']")
        assert "".join(band.itertext()).strip() == words


def test_sections_are_the_parts(tmp_path: Path) -> None:
    deck = made(tmp_path, slide("One", "", "First & last") + slide("Two", "", "Second"))
    xml = deck.entries["ppt/presentation.xml"].decode()
    names = re.findall(r'<p14:section name="([^"]*)"', xml)
    assert names == ["Opening", "First &amp; last", "Second"]
    assert re.findall(r'<p14:sldId id="(\d+)"', xml) == re.findall(
        r'<p:sldId [^>]*?id="(\d+)"', xml
    )


def test_slide_numbers_stay_when_another_slide_is_added(tmp_path: Path) -> None:
    def numbers(slides: str) -> list[str]:
        xml = made(tmp_path, slides).entries["ppt/presentation.xml"].decode()
        return re.findall(r'<p:sldId [^>]*?\bid="(\d+)"', xml)

    one, two, three = (slide(title, "<p>x</p>") for title in ("One", "Two", "Three"))
    assert set(numbers(one + three)) < set(numbers(one + two + three))
    assert all(256 <= int(number) < 2**31 for number in numbers(one))


def test_metadata_says_what_the_stamp_says(tmp_path: Path) -> None:
    core = made(tmp_path, "", sample="yes").presentation().core_properties
    assert (core.title, core.author, core.language) == ("A test", "Ada Author", "en-GB")
    assert (core.content_status, core.revision) == ("Current", 1)
    assert core.created.isoformat() == "2026-01-01T00:00:00"
    assert "expires 2028-01-01" in core.keywords
    assert "not medical advice" in core.comments


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    asked = order(tmp_path, "")
    found = read_stamp(make(asked).data)
    assert (found.stamp, found.untouched) == (asked.stamp, True)


def test_a_template_without_the_declaration_is_rejected(tmp_path: Path) -> None:
    asked = order(tmp_path, "")
    html = asked.html.replace("Acme", "Nobody")
    with pytest.raises(Rejected) as caught:
        make(type(asked)(asked.module, asked.stamp, asked.theme, html))
    assert [problem.code for problem in caught.value.problems] == ["stamp-differs"]


def test_right_to_left_text_is_marked(tmp_path: Path) -> None:
    asked = order(tmp_path, slide("R", bullets(2, "دواء")))
    html = asked.html.replace('dir="ltr"', 'dir="rtl"')
    data = make(type(asked)(asked.module, asked.stamp, asked.theme, html)).data
    assert read_stamp(data).untouched
    assert b'algn="r" rtl="1"' in made_entries(data)["ppt/slides/slide3.xml"]


def made_entries(data: bytes) -> dict[str, bytes]:
    from builder.artifacts.deck.readback import entries_of

    return entries_of(data) or {}


SCRIPT = """
import hashlib, sys
from pathlib import Path
from builder.artifacts.deck import make
from tests.unit.decks import order
print(hashlib.sha256(make(order(Path(sys.argv[1]), sys.argv[2])).data).hexdigest())
"""


def test_the_same_bytes_everywhere(tmp_path: Path) -> None:
    slides = CITING + slide("P", '<img src="square.png" alt="x">') + SOURCES
    here = hashlib.sha256(make(order(tmp_path, slides)).data).hexdigest()
    elsewhere = tmp_path / "else where"
    elsewhere.mkdir()
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "7",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "tr_TR.UTF-8",
        "PYTHONPATH": str(CHECKOUT),
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(elsewhere), slides],
        cwd=elsewhere,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == here


def test_no_part_is_an_orphan(tmp_path: Path) -> None:
    entries = made(tmp_path, CITING + SOURCES).entries
    listed = "".join(data.decode() for name, data in entries.items() if name.endswith(".rels"))
    targets = {target.rpartition("/")[2] for target in re.findall(r'Target="([^"]+)"', listed)}
    parts = [name for name in entries if not name.endswith(".rels") and name[0] != "["]
    assert all(name.rpartition("/")[2] in targets for name in parts)
    kinds = entries["[Content_Types].xml"].decode()
    assert all(part[1:] in entries for part in re.findall(r'PartName="([^"]+)"', kinds))


def test_the_stamp_is_one_custom_property(tmp_path: Path) -> None:
    custom = made(tmp_path, "").entries["docProps/custom.xml"].decode()
    assert re.findall(r'pid="(\d+)"', custom) == [str(number) for number in range(2, 12)]
    line = re.search(r'name="Leafdeck stamp"><vt:lpwstr>([^<]*)', custom)
    assert line
    assert json.loads(
        line[1]
        .replace("&quot;", '"')
        .replace("&lt;", "<")
        .replace("&amp;", "&")
        .replace("&gt;", ">")
    )
