"""Themes: one over another, errors in the author's file, contrast."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.artifacts.html import render
from builder.checks.theme import check_theme, contrast
from builder.problems import Rejected
from builder.theme import Theme, read_theme
from builder.workspace import Folder


def project(root: Path, **files: str) -> Folder:
    """A project whose themes hold some files; two underscores stand for a slash."""
    for name, text in files.items():
        path = root / "themes" / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Folder(root, "")


def theme(root: Path, template: str, **files: str) -> Theme:
    """A theme of its own with one template, `page.j2`."""
    more = {"mine__theme_dot_toml": 'name = "mine"\n', "mine__page_dot_j2": template}
    return read_theme(project(root, **more, **files), "mine")


@pytest.mark.parametrize(
    ("template", "message", "line"),
    [
        ("one\n{{ nothing }}", "'nothing' is undefined.", 2),
        ("{% if %}", "Expected an expression, got 'end of statement block'.", 1),
        ("\n\n{{ 1 / 0 }}", "division by zero.", 3),
        ("{{ ''.__class__ }}", "access to attribute '__class__' of 'str' object is unsafe.", 1),
        ("{% for i in range(9999999) %}x{% endfor %}", "Range too big.", 1),
    ],
)
def test_an_error_names_the_templates_line(
    tmp_path: Path, template: str, message: str, line: int
) -> None:
    """Whatever is wrong in a template, its author is sent to the line."""
    with pytest.raises(Rejected) as rejected:
        render(theme(tmp_path, template), "page.j2", {})
    (problem,) = rejected.value.problems
    assert problem.code == "template-error"
    assert problem.message.startswith(message[:-1])
    assert str(problem.place) == f"themes/mine/page.j2:{line}"


def test_an_error_in_an_included_template_names_that_one(tmp_path: Path) -> None:
    """The innermost template is the one to mend."""
    mine = theme(tmp_path, "{% include 'part.j2' %}", mine__part_dot_j2="\n{{ nothing }}")
    with pytest.raises(Rejected) as rejected:
        render(mine, "page.j2", {})
    assert str(rejected.value.problems[0].place) == "themes/mine/part.j2:2"


def test_text_is_escaped(tmp_path: Path) -> None:
    """What a module says cannot become markup."""
    assert render(theme(tmp_path, "{{ title }}"), "page.j2", {"title": "<b>"}) == "&lt;b&gt;"


def test_a_theme_lies_over_the_one_it_extends(tmp_path: Path) -> None:
    """Files and tokens are taken from the nearest theme that has them."""
    folder = project(
        tmp_path,
        base__theme_dot_toml='[colours]\nink = "#111111"\npaper = "#FFFFFF"\n',
        base__a_dot_txt="base a",
        base__b_dot_txt="base b",
        mine__theme_dot_toml='extends = "base"\n[colours]\nink = "#222222"\n',
        mine__b_dot_txt="mine b",
    )
    mine = read_theme(folder, "mine")
    assert (mine.text("a.txt"), mine.text("b.txt")) == ("base a", "mine b")
    assert mine.tokens["colours"] == {"ink": "#222222", "paper": "#FFFFFF"}


def test_a_theme_may_not_leave_its_folder(tmp_path: Path) -> None:
    """An include cannot reach outside of the theme."""
    (tmp_path / "secret.txt").write_text("secret")
    with pytest.raises(Rejected):
        render(theme(tmp_path, "{% include '../../secret.txt' %}"), "page.j2", {})


@pytest.mark.parametrize(
    ("text", "background", "expected"),
    [("#000000", "#FFFFFF", 21.0), ("#777777", "#FFFFFF", 4.48), ("#FFFFFF", "#FFFFFF", 1.0)],
)
def test_contrast(text: str, background: str, expected: float) -> None:
    """The figures that WCAG's own examples give."""
    assert contrast(text, background) == pytest.approx(expected, abs=0.005)


def test_the_theme_that_comes_with_leafdeck_is_sound(tmp_path: Path) -> None:
    """No pair of its colours is too alike, no file is missing."""
    assert list(check_theme(read_theme(Folder(tmp_path, ""), "clinic"))) == []
