"""The versions of the machine's libraries, against what WeasyPrint itself finds loaded."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from builder.artifacts import libraries
from builder.artifacts.libraries import LIBRARIES, library_files, library_versions


def test_each_library_tells_its_version() -> None:
    found = library_versions()
    assert found.keys() == {*LIBRARIES, "zlib"}
    assert list(found) == sorted(found)
    assert all(re.fullmatch(r"\d+\.\d+\.\d+(\.\d+)?", each) for each in found.values()), found


def test_they_are_those_that_weasyprint_writes_with() -> None:
    from weasyprint.text.ffi import pango

    number = pango.pango_version()
    version = f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    assert library_versions()["pango"] == version


def test_weasyprint_is_not_imported_for_it() -> None:
    program = (
        "import sys; from builder.artifacts.libraries import library_versions; "
        "library_versions(); sys.exit('weasyprint' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_library_that_is_missing_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = {**LIBRARIES, "pango": ("no-such-library", "0", LIBRARIES["pango"][2])}
    dumb = {**missing, "fribidi": ("glib-2.0", "0", LIBRARIES["fribidi"][2])}
    monkeypatch.setattr(libraries, "LIBRARIES", dumb)
    library_versions.cache_clear()
    try:
        assert {*LIBRARIES, "zlib"} - library_versions().keys() == {"pango", "fribidi"}
    finally:
        library_versions.cache_clear()


def test_their_files_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    if not libraries.MAPS.exists():
        pytest.skip("only Linux lists them")
    assert library_files().keys() == LIBRARIES.keys()
    assert all(path.is_file() for path in library_files().values())
    monkeypatch.setattr(libraries, "MAPS", Path("/no/such/file"))
    assert library_files() == {}
