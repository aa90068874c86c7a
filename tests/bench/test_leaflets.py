"""What a leaflet costs beside the bare engine and other programs, and in many editions."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pypandoc
import pytest
import weasyprint
from weasyprint.text.fonts import FontConfiguration

from builder.artifacts.html import context_of, render
from builder.artifacts.leaflet.render import THEME
from builder.build.make import make
from builder.build.plan import Job, plan
from builder.build.run import checked_library
from builder.settings import Settings
from builder.theme import Theme, read_theme
from builder.workspace import Folder
from tests.helpers import CHECKOUT, TODAY

SAMPLE = "stepwise-approach"
CLINICS = 400
ALONE = 6
"""Builds of one edition each that are timed; the cost of 400 follows from them."""
EDITION = """name: Clinic {number}
phone: 020 7946 {number:04}
hours: Monday to Friday, 9 am to 5 pm
address: {number} Example Street
"""
TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"


@dataclass(frozen=True)
class Paper:
    """The sample's leaflet as the bare engine gets it: the same HTML, style and fonts, in files."""

    html: Path
    css: Path

    @classmethod
    def of(cls, job: Job, theme: Theme, settings: Settings, folder: Path) -> Paper:
        """Write what our engine is given into a folder."""
        context = context_of(
            *(job.module, "leaflet", job.stamp, theme, settings, job.titles, job.edition)
        )
        paper = cls(folder / "leaflet.html", folder / "leaflet.css")
        for picture in job.module.texts["leaflet"].pictures:
            target = folder / picture.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(job.module.folder.read(picture.path))
        paper.html.write_text(render(theme, "leaflet.html.j2", context), encoding="utf-8")
        rules = []
        for role in ("text", "fallback"):
            font = theme.tokens["fonts"][role]
            for weight, face in ((400, "regular"), (700, "bold")):
                path = folder / Path(font[face]).name
                path.write_bytes(theme.read(font[face]))
                rules.append(
                    f'@font-face {{ font-family: "{font["family"]}"; font-weight: {weight}; '
                    f"src: url({path.name}) }}"
                )
        css = theme.text("leaflet.css").replace(THEME, "")
        paper.css.write_text("\n".join([css, *rules]), encoding="utf-8")
        return paper

    def print(self) -> bytes:
        """Print it with the bare engine, as its manual shows."""
        fonts = FontConfiguration()
        css = weasyprint.CSS(str(self.css), font_config=fonts)
        return self._print(css, fonts)

    def printer(self) -> Callable[[], bytes]:
        """The same with the style and the fonts kept from one time to the next."""
        fonts = FontConfiguration()
        css = weasyprint.CSS(str(self.css), font_config=fonts)
        return lambda: self._print(css, fonts)

    def _print(self, css: weasyprint.CSS, fonts: FontConfiguration) -> bytes:
        html = weasyprint.HTML(str(self.html))
        data: bytes = html.write_pdf(
            stylesheets=[css], font_config=fonts, pdf_variant="pdf/a-2a",
            presentational_hints=True, dpi=300,
        )  # fmt: skip
        return data


Times = tuple[float, float]
"""Seconds of wall time, and of this process's own processor time."""


def in_turn(*works: Callable[[], object], runs: int = 5) -> list[Times]:
    """The medians of some works, done in turn: what else a machine does slows all of them alike."""
    for work in works:
        work()
    times: list[list[Times]] = [[] for _ in works]
    for _ in range(runs):
        for work, taken in zip(works, times, strict=True):
            start = time.perf_counter(), time.process_time()
            work()
            taken.append((time.perf_counter() - start[0], time.process_time() - start[1]))
    middle = runs // 2
    return [
        (sorted(wall for wall, _ in taken)[middle], sorted(own for _, own in taken)[middle])
        for taken in times
    ]


# The bare engine leaves the file of its colour profile open.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.bench
def test_a_leaflet_beside_the_bare_engine(tmp_path: Path) -> None:
    """Print the milliseconds of a leaflet here, in the bare engine, and in what else people use."""
    folder, settings = Folder(CHECKOUT, ""), Settings()
    library = checked_library(folder, settings, TODAY)
    jobs = plan([library.modules[SAMPLE]], library.titles, settings, TODAY)
    (job,) = (each for each in jobs if each.kind == "leaflet")
    paper = Paper.of(job, read_theme(folder, "clinic"), settings, tmp_path)
    ours, bare, kept = in_turn(lambda: make(CHECKOUT, settings, job), paper.print, paper.printer())
    typ, pdf = tmp_path / "leaflet.typ", tmp_path / "typst.pdf"
    text = CHECKOUT / "sources" / SAMPLE / "leaflet.md"

    def command_line() -> None:
        program = [sys.executable, "-m", "weasyprint", "--pdf-variant", "pdf/a-2a", "-p"]
        program += ["-s", str(paper.css), str(paper.html), str(tmp_path / "weasyprint.pdf")]
        subprocess.run(program, check=True, capture_output=True)

    def pandoc_and_typst() -> None:
        program = [pypandoc.get_pandoc_path(), "-s", "-t", "typst", "-o", str(typ), str(text)]
        program += ["--citeproc", "--bibliography", str(text.with_name("references.bib"))]
        subprocess.run(program, check=True, capture_output=True)
        subprocess.run([sys.executable, "-c", TYPST, str(typ), str(pdf)], check=True)

    command, typst = in_turn(command_line, pandoc_and_typst)
    rows = {
        "ours, warm": ours,
        "bare WeasyPrint, warm, style and fonts kept": kept,
        "bare WeasyPrint, warm": bare,
        "WeasyPrint's command line": command,
        "pandoc and Typst": typst,
    }
    print()
    for name, (wall, processor) in rows.items():
        share = f"{ours[0] / wall:.2f}"
        if processor > 0.01 * wall:  # that of other processes is not counted
            share += f", of its processor time {ours[1] / processor:.2f}"
        print(f"{name:<46}{wall * 1000:7.0f} ms   ours is {share} of it")


@pytest.mark.bench
def test_many_editions_of_one_leaflet(tmp_path: Path) -> None:
    """Print what 400 clinics' editions cost in one build, and in a build for each."""
    source = CHECKOUT / "sources" / SAMPLE
    target = tmp_path / "sources" / SAMPLE
    target.mkdir(parents=True)
    for path in source.rglob("*"):
        if path.is_file() and path.name != "slides.md":
            (target / path.relative_to(source)).parent.mkdir(parents=True, exist_ok=True)
            (target / path.relative_to(source)).write_bytes(path.read_bytes())
    facts = target / "module.yaml"  # its series names a module that is not there
    text = re.sub(r"^series:\n(  .*\n)+", "", facts.read_text(encoding="utf-8"), flags=re.MULTILINE)
    facts.write_text(text, encoding="utf-8")
    for number in range(CLINICS):
        clinic = tmp_path / "clinics" / f"clinic-{number:03}.yaml"
        clinic.parent.mkdir(exist_ok=True)
        clinic.write_text(EDITION.format(number=number), encoding="utf-8")
    alone = [_built(tmp_path, f"alone-{each}", f"clinic-{each:03}") for each in range(ALONE)]
    plain = [_built(tmp_path, f"plain-{each}") for each in range(ALONE)]
    each = sorted(alone)[ALONE // 2]
    together = _built(tmp_path, "together", "all")
    again = _built(tmp_path, "together", "all")
    made = len(list((tmp_path / "together" / "clinics").glob("*/*.pdf")))
    assert made == CLINICS
    print()
    print(f"a build of the plain leaflet               {sorted(plain)[ALONE // 2]:7.1f} s")
    print(f"a build of one edition                     {each:7.1f} s")
    print(f"{made} editions in one build                {together:7.1f} s")
    print(f"{CLINICS} builds, {ALONE} of them timed               {each * CLINICS:7.1f} s")
    print(f"one build for {CLINICS}: {together / each / CLINICS:.2f}; nothing new: {again:.1f} s")


def _built(project: Path, output: str, clinic: str = "") -> float:
    """Seconds of wall time of `leafdeck build` in a process of its own."""
    program = [sys.executable, "-m", "builder", "build", "--project", str(project)]
    program += ["--today", str(TODAY), "--output", str(project / output)]
    program += ["--clinics", clinic] if clinic else []
    start = time.perf_counter()
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    taken = time.perf_counter() - start
    assert done.returncode == 0, done.stdout + done.stderr
    return taken
