"""The folder of a module: which text is whose, pictures, citations, and every problem at once."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageFile

from builder.module import raster
from builder.module.model import Module
from builder.module.read import read_module
from builder.problems import Problems
from builder.workspace import Folder

FACTS = """id: PAIN-01
version: "1.0"
title: Pain
summary: About pain.
kind: leaflet
language: en-GB
audience: everyone
published: 2026-01-01
people:
  - {name: A Nurse, roles: [author], interests: none}
funding: none
publisher: {name: A Clinic}
feedback: {email: pain@example.org}
"""
IMAGES = "images:\n  - {file: images/pump.png, credit: Us, licence: CC BY 4.0}\n"
SHOWN = "![A pump](images/pump.png)"
ENTRY = "@misc{{{key}, title={{Pain}}, year={{2020}}}}\n"


def png(size: tuple[int, int] = (4, 2), kind: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size).save(file, kind, **options)
    return file.getvalue()


def write(root: Path, **files: str | bytes) -> Folder:
    """A module's folder; `_` in a name is a dot, `__` a slash."""
    for name, content in {"module_yaml": FACTS, **files}.items():
        path = root / "pain" / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return Folder(root / "pain", "sources/pain")


def read(root: Path, **files: str | bytes) -> tuple[Module | None, list[str]]:
    problems = Problems()
    module = read_module(write(root, **files), problems)
    return module, [f"{problem.code} {problem.place}" for problem in problems.ordered()]


def test_a_text_of_its_own_comes_before_the_one_for_both(tmp_path: Path) -> None:
    module, problems = read(tmp_path, slides_md="## Slides", module_md="## Both")
    assert module
    assert problems == []
    assert module.texts["deck"].path == "sources/pain/slides.md"
    assert module.texts["leaflet"].path == "sources/pain/module.md"


def test_a_module_makes_what_it_has_text_for(tmp_path: Path) -> None:
    module, _ = read(tmp_path, leaflet_md="## Leaflet")
    assert module
    assert list(module.texts) == ["leaflet"]
    assert module.name == "pain"


def test_no_text_is_a_problem(tmp_path: Path) -> None:
    module, problems = read(tmp_path)
    assert module
    assert problems == ["nothing-to-make sources/pain/module.yaml"]


def test_an_empty_text_is_a_problem(tmp_path: Path) -> None:
    module, problems = read(tmp_path, slides_md="\n", leaflet_md="## Leaflet")
    assert module
    assert list(module.texts) == ["leaflet"]
    assert problems == ["file-empty sources/pain/slides.md"]


def test_every_problem_is_collected_even_without_facts(tmp_path: Path) -> None:
    module, problems = read(tmp_path, module_yaml="id: [", slides_md="##", leaflet_md=b"\xff")
    assert module is None
    assert [problem.split()[0] for problem in problems] == [
        "not-utf8",
        "yaml-syntax",
        "heading-empty",
    ]


def test_references_are_numbered_for_each_artifact(tmp_path: Path) -> None:
    module, problems = read(
        tmp_path,
        slides_md="## One\n\nOne [@b]. Two [@a].",
        leaflet_md="One [@a].",
        references_bib=ENTRY.format(key="a") + ENTRY.format(key="b") + ENTRY.format(key="unused"),
    )
    assert module
    assert len(module.texts["deck"].references) == 2
    assert len(module.texts["leaflet"].references) == 1
    assert problems == ["reference-unused sources/pain/references.bib:3"]


def test_a_citation_without_references(tmp_path: Path) -> None:
    _, problems = read(tmp_path, slides_md="## One\n\nTwo [@a].")
    assert problems == ["citation-unknown sources/pain/slides.md:3"]


def test_an_unreadable_text_leaves_its_references_alone(tmp_path: Path) -> None:
    _, problems = read(tmp_path, slides_md=">" * 99 + "a", references_bib=ENTRY.format(key="a"))
    assert problems == ["text-too-deep sources/pain/slides.md:1"]


BROKEN = "@misc{a, title={Pain}\n@misc{b title={Pain}}\n"


@pytest.mark.parametrize("content", [BROKEN, "{" * 99, b"\xff"], ids=["entry", "braces", "bytes"])
def test_what_cannot_be_read_does_not_make_citations_wrong(
    tmp_path: Path, content: str | bytes
) -> None:
    _, problems = read(tmp_path, leaflet_md="Text [@c].", references_bib=content)
    assert problems
    assert "citation-unknown" not in [problem.split()[0] for problem in problems]


def test_a_slide_needs_a_heading_of_its_own(tmp_path: Path) -> None:
    _, problems = read(tmp_path, slides_md="\n- Text\n\n## Slide", leaflet_md="Text")
    assert problems == ["heading-missing sources/pain/slides.md:2"]


@pytest.mark.parametrize(
    "text", ["::: notes\nText\n:::\n\n## Slide", "<!-- x -->\n## Slide", "# A"]
)
def test_a_deck_may_begin_with_what_is_no_slide(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, slides_md=text)[1] == []


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Slides.md", "Did you mean “slides.md”?"),
        ("slide.md", "Did you mean “slides.md”?"),
        ("module.markdown", "Did you mean “module.md”?"),
        ("references.BIB", "Did you mean “references.bib”?"),
        ("slides.draft.md", "Did you mean “slides.md”?"),
        ("notes.txt", "Read here: module.yaml, slides.md, leaflet.md, module.md, references.bib."),
    ],
)
def test_a_file_that_is_not_read_is_noticed(tmp_path: Path, name: str, hint: str) -> None:
    folder = write(tmp_path, leaflet_md="Text")
    (folder.root / name).write_text("Text")
    problems = Problems()
    read_module(folder, problems)
    (problem,) = problems
    assert (problem.code, problem.place.path) == ("file-unused", f"sources/pain/{name}")
    assert problem.hint == hint


def test_a_text_for_both_is_not_read_beside_both(tmp_path: Path) -> None:
    _, problems = read(tmp_path, module_md="a", leaflet_md="b", slides_md="## c")
    assert problems == ["file-unused sources/pain/module.md"]


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    folder = write(tmp_path, leaflet_md="Text", images__notes_md="Text")
    for name in ("README.md", "test.yaml", "data.ods", "a.png"):
        (folder.root / name).write_text("Text")
    problems = Problems()
    read_module(folder, problems)
    assert not len(problems)


@pytest.mark.parametrize(
    "asked", ["images/Pump.PNG", "pump.png", "images/pumps.png", "image/pump.png"]
)
def test_a_picture_that_is_missing_may_be_near(tmp_path: Path, asked: str) -> None:
    problems = Problems()
    text = f"![A pump]({asked})"
    read_module(write(tmp_path, leaflet_md=text, images__pump_png=png()), problems)
    hints = [problem.hint for problem in problems if problem.code == "picture-missing"]
    assert hints == ["Did you mean “images/pump.png”?"]


def test_a_picture_is_measured_once(tmp_path: Path) -> None:
    module, problems = read(
        tmp_path, module_yaml=FACTS + IMAGES, module_md=SHOWN, images__pump_png=png()
    )
    assert module
    assert problems == []
    (picture,) = module.texts["deck"].pictures
    assert (picture.path, picture.width, picture.height) == ("images/pump.png", 4, 2)
    assert module.texts["leaflet"].pictures == (picture,)


def test_a_picture_is_turned_as_its_camera_says(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    module, _ = read(tmp_path, slides_md="![A](a.jpg)", a_jpg=png((4, 2), "JPEG", exif=exif))
    assert module
    (picture,) = module.texts["deck"].pictures
    assert (picture.width, picture.height) == (2, 4)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "picture-missing"),
        (png((64, 64))[:-40], "picture-broken"),
        (b"", "picture-broken"),
        (b"hello", "picture-broken"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "picture-format"),
        (png((64, 64), "WEBP")[:-20], "picture-broken"),
    ],
    ids=["missing", "cut short", "empty", "text", "SVG", "WebP cut short"],
)
@pytest.mark.parametrize("lenient", [False, True], ids=["alone", "after WeasyPrint"])
def test_a_bad_picture_is_reported_where_it_is_used(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lenient: bool,
    content: bytes | None,
    code: str,
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)
    files = {} if content is None else {"images__pump_png": content}
    module, problems = read(
        tmp_path, module_yaml=FACTS + IMAGES, leaflet_md=f"Text\n\n{SHOWN}", **files
    )
    assert module
    assert problems == [f"{code} sources/pain/leaflet.md:3"]
    assert module.texts["leaflet"].pictures == ()


def test_a_picture_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster, "MOST_PIXELS", 7)
    _, problems = read(
        tmp_path, module_yaml=FACTS + IMAGES, leaflet_md=SHOWN, images__pump_png=png((3, 4))
    )
    assert problems == ["picture-too-large sources/pain/leaflet.md:1"]


def test_a_bomb_does_not_go_off(tmp_path: Path) -> None:
    header = png()
    wide = header[:16] + (60_000).to_bytes(4) * 2 + header[24:]
    _, problems = read(
        tmp_path, module_yaml=FACTS + IMAGES, leaflet_md=SHOWN, images__pump_png=wide
    )
    assert problems in (
        ["picture-too-large sources/pain/leaflet.md:1"],
        ["picture-broken sources/pain/leaflet.md:1"],
    )


def test_credits_and_pictures_belong_together(tmp_path: Path) -> None:
    _, problems = read(
        tmp_path,
        module_yaml=FACTS + IMAGES,
        leaflet_md="Text\n\n![An arm](arm.png)",
        arm_png=png(),
    )
    assert problems == [
        "image-undeclared sources/pain/leaflet.md:3",
        "image-unused sources/pain/module.yaml:15:6",
    ]


def test_a_picture_outside_of_the_folder_stays_there(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(png())
    folder = write(tmp_path, slides_md="![A](link.png)")
    (folder.root / "link.png").symlink_to(tmp_path / "secret.png")
    problems = Problems()
    read_module(folder, problems)
    assert "path-leaves" in [problem.code for problem in problems]


def test_reading_stays_light() -> None:
    """A module without references does not load what reads them."""
    script = (
        "import sys, builder.module.read as r; "
        "print([n for n in ('citeproc', 'bibtexparser', 'weasyprint', 'pptx') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
