"""Themes: one over another, errors in the author's file, contrast."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.artifacts.html import context_of, render
from builder.checks.theme import check_theme, contrast
from builder.module.library import read_library
from builder.module.lifecycle import life_of
from builder.module.stamp import stamp_of
from builder.problems import Problem, Rejected
from builder.settings import Profile, Settings
from builder.theme import Theme, read_theme
from builder.workspace import Folder
from tests.helpers import TODAY, Project


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


@pytest.mark.parametrize(
    "template",
    [
        "{{ rules.parse_raw('x', proto='pickle', allow_pickle=True) }}",
        "{{ module.parse_file('/etc/hostname') }}",
        "{{ module.published.today() }}",
        "{{ module.model_fields }}",
        "{{ stamp.from_json('{}') }}",
        "{{ stamp.to_json() }}",
        "{{ language.__class__ }}",
        "{{ '%0999999999d'|format(1) }}",
        "{{ '%0999999999d' % 1 }}",
        "{{ 'x' * 999999999 }}",
        "{{ 9 ** 999999999 }}",
        "{{ 'x'.center(999999999) }}",
        "{{ lipsum(n=9999) }}",
        "{{ '{0.__class__}'.format(module) }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ titles.__class__ }}",
        "{{ text.sections[0].__class__ }}",
    ],
)
def test_a_template_gets_at_nothing_but_plain_data(
    tmp_path: Path, basic: Project, template: str
) -> None:
    """No code runs, no file is read, the day is not to be had, no text of gigabytes is made."""
    module = read_library(Folder(basic.root, "")).modules["basic"]
    stamp = stamp_of(module, "leaflet", "leaflet", life_of(module.facts, Profile()), TODAY)
    mine = theme(tmp_path, template)
    context = context_of(module, "leaflet", stamp, mine, Settings(), {})
    with pytest.raises(Rejected) as rejected:
        render(mine, "page.j2", context)
    assert [problem.code for problem in rejected.value.problems] == ["template-error"]


@pytest.mark.parametrize(
    ("lines", "message", "line"),
    [
        ("[sizes.deck]\nbody = 20\nfloor = 'x'", "sizes.deck.floor must be a size in points.", 4),
        ("sizes = []", "sizes must be a table.", 2),
        ("fonts.text = true", "fonts.text must be a table.", 2),
        ("[colours]\n'brand' = 'teal'", "colours.brand must be a colour such as #0F5C6E.", 3),
        ("[layouts]\ntwo-columns = 2", "layouts.two-columns must be the name of a layout.", 3),
        ("[scheme]\naccent1 = 'x'", "scheme.accent1 names a colour that does not exist: x.", 3),
        ("[scheme]\naccent7 = 'ink'", "A colour scheme has no slot “accent7”.", 3),
        ("[fonts.deck]\nbold = 'x'", "The font file x does not exist.", 3),
    ],
)
def test_a_value_of_the_wrong_kind_is_named(
    tmp_path: Path, lines: str, message: str, line: int
) -> None:
    """Nothing in theme.toml brings a writer down: its author is sent to the line."""
    problems = checked(project(tmp_path, mine__theme_dot_toml=f'extends = "clinic"\n{lines}\n'))
    assert [(problem.message, str(problem.place)) for problem in problems] == [
        (message, f"themes/mine/theme.toml:{line}")
    ]


@pytest.mark.parametrize(
    ("lines", "key", "meant"),
    [
        ('[colors]\nbrand = "#7A1F5C"', "colors", "colours"),
        ('[colours]\nbrandd = "#7A1F5C"', "colours.brandd", "brand"),
        ('[fonts.heading]\nfamily = "x"', "fonts.heading", "headings"),
        ('[layouts]\nreference = "References"', "layouts.reference", "references"),
    ],
)
def test_a_key_that_is_probably_a_slip_is_named(
    tmp_path: Path, lines: str, key: str, meant: str
) -> None:
    """A key that is near to one of the extended theme's is probably meant to be that one."""
    (problem,) = checked(project(tmp_path, mine__theme_dot_toml=f'extends = "clinic"\n{lines}\n'))
    assert (problem.code, problem.hint) == ("theme-key", f"Did you mean “{meant}”?")
    assert problem.message == f"The extended theme has no key “{key}”."


def test_new_keys_are_a_themes_own_business(tmp_path: Path) -> None:
    """Its templates may use them."""
    own = (
        'extends = "clinic"\nmotto = "x"\n[colours]\nviolet = "#7A1F5C"\n[sizes.poster]\nhall = 90'
    )
    assert not checked(project(tmp_path, mine__theme_dot_toml=own))


def checked(folder: Folder) -> list[Problem]:
    """What is wrong with the theme `mine`."""
    try:
        return list(check_theme(read_theme(folder, "mine")))
    except Rejected as rejected:
        return list(rejected.problems)


@pytest.mark.parametrize("value", ["9" * 5000, "[" * 20000])
def test_numbers_and_lists_without_end_are_a_problem(tmp_path: Path, value: str) -> None:
    """TOML's reader raises other errors for these than for a slip."""
    with pytest.raises(Rejected) as rejected:
        read_theme(project(tmp_path, mine__theme_dot_toml=f"x = {value}"), "mine")
    assert [problem.code for problem in rejected.value.problems] == ["toml-syntax"]
