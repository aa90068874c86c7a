"""The web page: what it says to people and to programs, in each status."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from builder.artifacts import Order
from builder.artifacts.page import make, read_stamp
from builder.build.planning.plan import File
from builder.module.language import Language
from builder.problems import Rejected
from tests.unit.leaflets import order

WITHDRAWN = {"on": "2026-02-01", "by": "The lead", "reason": "Recalled.", "replaced_by": "other"}


def page(folder: Path, **given: object) -> str:
    return make(order(folder, kind="page", **given)).data.decode()  # type: ignore[arg-type]


def test_stamp_is_read_back_and_sealed(tmp_path: Path) -> None:
    given = order(tmp_path, kind="page")
    data = make(given).data
    assert data.startswith(b"<!doctype html>")
    assert read_stamp(data).stamp == given.stamp
    assert read_stamp(data).untouched
    assert not read_stamp(data.replace(b"Testers", b"testers")).untouched


def test_page_asks_nothing_from_elsewhere(tmp_path: Path) -> None:
    html = page(tmp_path)
    assert not re.findall(r"<(?:link|img|iframe)\b|<script(?! type=\"application/ld)|url\(", html)


def test_files_that_exist_are_offered(tmp_path: Path) -> None:
    html = page(tmp_path)
    assert 'href="test.pdf"' in html
    assert "test.pptx" not in html


def test_all_files_are_offered_in_words(tmp_path: Path) -> None:
    """Papers by what they are for, translations by the names that their readers know."""
    others = [
        File("leaflet", "trifold", "en-GB", "English", "ltr", "test-trifold.pdf"),
        File("leaflet", "a4", "ar", "العربية", "rtl", "test.ar.pdf"),
        File("page", "a4", "ar", "العربية", "rtl", "index.ar.html"),
        File("audit", "a4", "ar", "العربية", "rtl", "audit.ar.html"),
    ]
    html = page(tmp_path, others=others, language="en-GB")
    assert '<a href="test-trifold.pdf">Tri-fold</a>' in html
    assert '<a href="test.ar.pdf" hreflang="ar">Leaflet to print or read (PDF)</a>' in html
    assert '<a href="index.ar.html" lang="ar" dir="rtl" hreflang="ar">العربية</a>' in html
    assert "audit" not in html.split("<main>")[1]


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en-GB", "English"),
        ("es", "Español"),
        ("ar", "العربية"),
        ("zh-Hant", "中文 (繁體)"),
        ("qq", "qq"),
    ],
)
def test_languages_go_by_their_own_names(tag: str, name: str) -> None:
    assert Language(tag).name == name


def test_withdrawn_module_leaves_a_tombstone(tmp_path: Path) -> None:
    html = page(tmp_path, withdrawn=WITHDRAWN)
    for words in ("WITHDRAWN", "1 February 2026", "The lead", "Recalled."):
        assert words in html
    assert '<a href="../other/index.html">The other module</a>' in html
    assert ".pdf" not in html


@pytest.mark.parametrize(("policy", "offered"), [("mark", True), ("refuse", False)])
def test_expired_module_is_marked_or_withheld(tmp_path: Path, policy: str, offered: bool) -> None:
    html = page(tmp_path, day="2030-01-01", rules={"expired": policy})
    assert "EXPIRED 1 January 2028" in html
    assert ("test.pdf" in html) is offered


def test_linked_data_cannot_end_its_element(tmp_path: Path) -> None:
    title = "</script><script>alert(1)</script> & “more”"
    html = page(tmp_path, title=title)
    assert html.count("</script>") == 1
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    linked = json.loads(script)
    assert linked["name"] == title
    assert linked["datePublished"] == "2026-01-01"
    assert linked["@type"] == "LearningResource"


def test_a_template_cannot_leave_the_declaration_out(tmp_path: Path) -> None:
    given = order(tmp_path, kind="page")
    without = given.html.replace("Funding: none.", "")
    with pytest.raises(Rejected) as caught:
        make(Order(given.module, given.stamp, given.theme, without))
    assert caught.value.problems[0].code == "stamp-differs"


@pytest.mark.parametrize(
    "foreign",
    [
        b"",
        b"<!doctype html><a " * 9999,
        b'<meta name="leafdeck-stamp" content="{}">',
        b'<meta name="leafdeck-stamp" content="' + b"[" * 99999 + b'">',
        b'<meta name="leafdeck-stamp" content="\xff">',
    ],
)
def test_foreign_pages_have_no_stamp(foreign: bytes) -> None:
    assert read_stamp(foreign).stamp is None
