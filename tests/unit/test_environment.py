"""What decides every artifact beside its module."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError
from types import SimpleNamespace

import pytest

from builder.build.knowing import environment
from builder.build.knowing.environment import code_files, versions

REQUIRED = {
    "leafdeck": [
        "weasyprint>=70",
        'Uharf_Buzz>=0.57; extra == "cjk"',
        "distributed>=2025.1; extra == 'dask'",
    ],
    "weasyprint": [
        'fonttools[unicode,woff]>=4.59; python_version >= "3.8"',
        'pytest; extra == "test"',
    ],
    "fonttools": [
        'brotli>=1.0.1; platform_python_implementation == "CPython" and extra == "woff"',
        'lxml>=4.0; extra == "lxml"',
        'unicodedata2 >= 17 ; python_version <= "3.14" and extra == "unicode"',
    ],
    "uharf-buzz": ["weasyprint"],
}


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Packages that need one another, in a circle too; all that they name is installed."""

    def distribution(name: str) -> SimpleNamespace:
        if name == "unicodedata2":
            raise PackageNotFoundError
        return SimpleNamespace(requires=REQUIRED.get(name), version="1.0")

    monkeypatch.setattr(environment, "distribution", distribution)
    environment._installed.cache_clear()
    yield
    environment._installed.cache_clear()


@pytest.mark.usefixtures("installed")
def test_packages_count_that_are_needed() -> None:
    """With the extras that are asked for; not what tests them, and not what carries things."""
    assert sorted(environment._installed()) == ["brotli", "fonttools", "uharf-buzz", "weasyprint"]


def test_what_writes_is_among_them() -> None:
    """What is really installed: writers and their parts, but not what these tests run with."""
    found = versions()
    assert {"leafdeck", "python", "pango", "weasyprint", "python-pptx", "zopfli"} <= found.keys()
    assert not {"pytest", "mypy", "pip", "s3fs", "distributed"} & found.keys()


def test_every_file_of_the_package_counts() -> None:
    """Also those that are not Python: a style of references, a list of fonts, words, pictures."""
    names = {path.name for path in code_files()}
    assert {"nlm-citation-sequence.csl", "no-fonts.conf", "es.po", "specimen.png"} <= names
    assert "ARCHITECTURE.md" not in names
