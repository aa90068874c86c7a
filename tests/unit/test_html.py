"""Templates are compiled once, and a changed one at once again."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment

from builder.artifacts.html import render
from builder.module.language import Language
from builder.problems import Rejected
from builder.theme import Theme, read_theme
from builder.workspace import Folder

FILE = "own.html.j2"


def themed(root: Path, template: str) -> Theme:
    folder = root / "themes" / "mine"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "theme.toml").write_text('name = "mine"\nextends = "clinic"\n')
    (folder / FILE).write_text(template)
    return read_theme(Folder(root, ""), "mine")


def test_a_template_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theme = themed(tmp_path, "{{ word }}")
    assert render(theme, FILE, {"word": "one"}) == "one"
    monkeypatch.setattr(Environment, "compile", None)
    assert render(theme, FILE, {"word": "two"}) == "two"


def test_a_changed_template_is_seen(tmp_path: Path) -> None:
    theme = themed(tmp_path, "{{ word }}")
    assert render(theme, FILE, {"word": "one"}) == "one"
    themed(tmp_path, "{{ word }}!")
    assert render(theme, FILE, {"word": "one"}) == "one!"


def test_what_is_read_is_noted_each_time(tmp_path: Path) -> None:
    """A build knows what an artifact was made from, even where nothing had to be compiled."""
    for _ in range(2):
        theme = themed(tmp_path, "{{ word }}")
        render(theme, FILE, {"word": "one"})
        assert f"themes/mine/{FILE}" in theme.folders[0].log


WORDS = """{{ _("Pictures") }} | {{ _("version %(version)s", version="<1>") }}
{{ ngettext("%(num)s minute", "%(num)s minutes", 2) }} | {{ pgettext("status", "Draft") }}
{% trans code="A", version="B" %}{{ code }}, version {{ version }}{% endtrans %}"""
LAID_OVER = b'msgid ""\nmsgstr "Language: es\\n"\n\nmsgid "Pictures"\nmsgstr "Fotos & m\xc3\xa1s"\n'


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en-GB", "Pictures | version &lt;1&gt;\n2 minutes | Draft\nA, version B"),
        ("es-MX", "Imágenes | versión &lt;1&gt;\n2 minutos | Borrador\nA, versión B"),
        ("zh", "图片 | 版本&lt;1&gt;\n2分钟 | 草稿\nA，版本B"),
        ("it", "Pictures | version &lt;1&gt;\n2 minutes | Draft\nA, version B"),
    ],
)
def test_words_are_in_the_language_of_the_module(tmp_path: Path, tag: str, expected: str) -> None:
    """Templates say English words, and what is put into them is escaped."""
    theme = themed(tmp_path, WORDS)
    assert render(theme, FILE, {"language": Language(tag)}) == expected


def test_a_theme_has_words_of_its_own(tmp_path: Path) -> None:
    """They are laid over ours, are plain text, and are noted as read."""
    theme = themed(tmp_path, WORDS)
    own = tmp_path / "themes" / "mine" / "catalogues"
    own.mkdir()
    (own / "es.po").write_bytes(LAID_OVER)
    found = render(theme, FILE, {"language": Language("es")})
    assert found.startswith("Fotos &amp; más | versión")
    assert "themes/mine/catalogues/es.po" in theme.folders[0].log


def test_a_theme_whose_words_cannot_be_read(tmp_path: Path) -> None:
    theme = themed(tmp_path, WORDS)
    own = tmp_path / "themes" / "mine" / "catalogues"
    own.mkdir()
    (own / "es.po").write_text("nonsense")
    with pytest.raises(Rejected) as caught:
        render(theme, FILE, {"language": Language("es")})
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.path) == ("theme-file", "themes/mine/catalogues/es.po")


@pytest.mark.parametrize("words", ["%(x)0999999999d", "%(x)s %(x.__class__)s", "%s %d"])
def test_words_ask_for_nothing_but_names(tmp_path: Path, words: str) -> None:
    """No gigabytes, no attributes: what is no plain place stays as it stands."""
    theme = themed(tmp_path, f'{{{{ _("{words}", x=1) }}}}')
    assert render(theme, FILE, {}) == words.replace("%(x)s", "1")


def test_words_without_what_belongs_into_them(tmp_path: Path) -> None:
    theme = themed(tmp_path, '\n{{ _("version %(version)s") }}')
    with pytest.raises(Rejected) as caught:
        render(theme, FILE, {})
    (problem,) = caught.value.problems
    assert (problem.place.line, problem.message) == (2, "“version %(version)s” gets no version.")
