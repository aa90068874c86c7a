"""References: BibTeX to a numbered list, and what can be wrong with an entry."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.module.references import References, read_references
from builder.problems import Problems, Rejected

ARTICLE = """@article{Onofrio1990,
  author  = {Onofrio, Burton M. and Yaksh, Tony L.},
  title   = {Long-term pain relief produced by intrathecal infusion in 53 patients},
  journal = {J Neurosurg},
  year    = 1990,
  volume  = {72},
  pages   = {200--209},
}
"""
BOOK = """@book{bk, author={M{\\"u}ller, J{\\"o}rg and {\\O}rsted, Hans}, publisher={Springer},
  title={Pain \\& Suffering: a {Bayesian} view}, address={Berlin}, year={2001}, edition={2}}
"""
PAGE = """@online{who, author={{World Health Organization}}, title={{WHO} guidelines},
  url={https://www.who.int/a_b?x=1&y=2}, urldate={2025-03-14}, year={2018}}
"""
FIVE_PERCENT = """@article{doi, author={van der Berg, Jan and others},
  title={Effect of 5% of <i>x</i>}, journal={BMJ}, year={2021}, volume={3}, number={2},
  pages={e12}, doi={10.1136/bmj.x}}
"""
PIECES = (
    "@article{a,", "@book{b,", "@string{x=", "@comment{", "author={", "title={", "year={2020},",
    "}", ",", " and ", '"', "{", "\\url{x}", '\\"o', "\\frac", "$x_2$", "$", "\\begin{x}", "\\",
    "%", "&", "\n", "others", "date={2020-13-45},", "<b>", "~", "urldate={x},", "month=may,",
    "A, B",
)  # fmt: skip


def read(text: str) -> tuple[References, Problems]:
    problems = Problems()
    return read_references(text, "references.bib", problems), problems


def found(problems: Problems) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.place.line) for problem in problems.ordered()]


@pytest.mark.parametrize(
    ("entry", "key", "printed"),
    [
        (
            ARTICLE,
            "Onofrio1990",
            (
                "Onofrio BM, Yaksh TL. Long-term pain relief produced by intrathecal infusion in "
                "53 patients. J Neurosurg. 1990;72:200-209."
            ),
        ),
        (
            BOOK,
            "bk",
            (
                "Müller J, Ørsted H. Pain &amp; Suffering: a Bayesian view. 2nd ed. Berlin: "
                "Springer; 2001."
            ),
        ),
        (
            PAGE,
            "who",
            (
                "World Health Organization. WHO guidelines [Internet]. 2018 [cited 2025 Mar 14]. "
                'Available from: <a href="https://www.who.int/a_b?x=1&amp;y=2">'
                "https://www.who.int/a_b?x=1&amp;y=2</a>"
            ),
        ),
        (
            FIVE_PERCENT,
            "doi",
            (
                "van der Berg J, et al. Effect of 5% of &lt;i&gt;x&lt;/i&gt;. BMJ. 2021;3(2):e12. "
                '<a href="https://doi.org/10.1136/bmj.x">doi:10.1136/bmj.x</a>'
            ),
        ),
    ],
)
def test_entries_are_printed_as_the_nlm_has_them(entry: str, key: str, printed: str) -> None:
    references, problems = read(entry)
    assert found(problems) == []
    assert references.formatted([key]) == (printed,)


def test_the_order_is_the_one_asked_for() -> None:
    references, _ = read(ARTICLE + BOOK)
    first, second = references.formatted(["bk", "Onofrio1990"])
    assert first.startswith("Müller")
    assert second.startswith("Onofrio")


def test_keys_that_differ_in_capitals_are_two() -> None:
    references, _ = read("@misc{a, title={First}}\n@misc{A, title={Second}}")
    first, second = references.formatted(["a", "A"])
    assert "First" in first
    assert "Second" in second


def test_nothing_cited_prints_nothing() -> None:
    assert read(ARTICLE)[0].formatted([]) == ()


def test_each_entry_knows_its_line() -> None:
    assert read(ARTICLE + "\n" + BOOK)[0].lines == {"Onofrio1990": 1, "bk": 10}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ARTICLE + ARTICLE, [("reference-twice", 9)]),
        ("\n@article{a, title={b}, journal={c}, year=2000}", [("reference-syntax", 2)]),
        ("@misc{a, title={b}, title={c}}", [("reference-syntax", 1)]),
        ("@mics{a, title={b}}", [("reference-syntax", 1)]),
        ("@misc{a, title={b},\n date={May 2020}}", [("reference-syntax", 2)]),
        ("@misc{a, title={b},\n date={2020-13-01}}", [("reference-syntax", 2)]),
        ("@misc{a, title={b", [("reference-syntax", 1)]),
        ("@misc{a b, title={b}}", [("reference-syntax", 1)]),
        ("@misc{a, title={b},\n author={A, B, C, D, E}}", [("reference-syntax", 2)]),
    ],
)
def test_what_is_wrong_is_reported_at_its_line(text: str, expected: list[tuple[str, int]]) -> None:
    assert found(read(text)[1]) == expected


@pytest.mark.parametrize("text", ["{" * 1000, "@misc{a,title={" + "{" * 30, "x" * 600_000])
def test_too_much_is_refused(text: str) -> None:
    with pytest.raises(Rejected):
        read(text)


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_text_gives_references_or_problems(text: str) -> None:
    try:
        references, problems = read(text)
    except Rejected:
        return
    assert len(references.formatted(list(references.items))) == len(references.items)
    assert all(1 <= (p.place.line or 1) <= text.count("\n") + 1 for p in problems)
