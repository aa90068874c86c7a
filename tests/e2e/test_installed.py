"""The wheel, installed where no checkout is: it has all it needs, and makes the same files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from builder.artifacts import KINDS
from tests.helpers import CHECKOUT, TODAY, Project

DATA = {
    "builder/artifacts/deck/specimen/specimen.html",
    "builder/artifacts/deck/specimen/specimen.png",
    "builder/artifacts/leaflet/no-fonts.conf",
    "builder/build/publishing/manifest.schema.json",
    *(f"builder/module/catalogues/{language}.po" for language in ("ar", "de", "es", "fr", "zh")),
    "builder/module/nlm-citation-sequence.csl",
    "builder/module/nlm-citation-sequence.txt",
    "builder/py.typed",
    "builder/skeleton/leaflet.md",
    "builder/skeleton/module.yaml",
    "builder/skeleton/slides.md",
}
"""Files of the package that are not Python."""
NOW = str((TODAY.toordinal() - 719163) * 24 * 60 * 60)
"""The day on which the tests live, in seconds since 1970."""


def run(*words: str | Path, folder: Path, code: int = 0) -> str:
    """What a program prints; it must end with the code, and hear nothing of the checkout."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        [str(word) for word in words],
        cwd=folder,
        env=kept | {"PYTHONDONTWRITEBYTECODE": "1", "SOURCE_DATE_EPOCH": NOW},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network."""
    out = tmp_path_factory.mktemp("wheel")
    options = ("--wheel", "--no-isolation", "--skip-dependency-check", "--outdir", out)
    run(sys.executable, "-m", "build", *options, CHECKOUT, folder=out)
    (found,) = out.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` of an environment with the wheel, and with the libraries of this one.

    A folder that a path file names is searched, but path files in it are not: so the checkout,
    which this environment knows by such a file, is out of sight.
    """
    root = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", root, folder=root)
    python = root / "bin" / "python"
    words = ("-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel)
    run(sys.executable, *words, folder=root)
    (site,) = (root / "lib").glob("python*/site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return python.parent


def test_the_wheel_holds_what_the_checkout_holds(wheel: Path) -> None:
    """Every Python file, every data file and the whole theme; no tests, no sources, no notes."""
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    python = {str(path.relative_to(CHECKOUT)) for path in (CHECKOUT / "builder").rglob("*.py")}
    theme = {
        f"builder/{path.relative_to(CHECKOUT)}"
        for path in (CHECKOUT / "themes" / "clinic").rglob("*")
        if path.is_file()
    }
    assert held == python | DATA | theme


def test_everything_comes_from_the_wheel(programs: Path, tmp_path: Path) -> None:
    """Code and theme are found in the environment, not in the checkout."""
    script = "import builder.theme as t; print(t.__file__, t.shipped(), sep='\\n')"
    places = run(programs / "python", "-c", script, folder=tmp_path).splitlines()
    package = next(programs.parent.glob("lib/python*/site-packages")) / "builder"
    assert places == [str(package / "theme.py"), str(package / "themes")]


def test_a_first_module_is_built_and_verified(programs: Path, tmp_path: Path) -> None:
    """`new`, `build` and `verify` work in an empty folder: a draft, as the checkout makes it."""
    leafdeck = programs / "leafdeck"
    run(leafdeck, "new", "hand-washing", folder=tmp_path)
    published = tmp_path / "output" / "hand-washing"
    run(leafdeck, "build", folder=tmp_path)
    built = {path.name: path.read_bytes() for path in published.iterdir()}
    kinds = [kind for kind in KINDS.values() if not kind.extra]
    assert set(built) == {kind.file_name("hand-washing") for kind in kinds}
    told = run(leafdeck, "verify", *map(str, published.iterdir()), folder=tmp_path, code=1)
    assert (told.count("Status today: draft"), told.count("Edited:       no")) == (4, 4)
    shutil.rmtree(published)
    assert not Project(tmp_path).build().failed
    assert {path.name: path.read_bytes() for path in published.iterdir()} == built
