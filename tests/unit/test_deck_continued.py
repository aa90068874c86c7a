"""What goes on on a further slide, what stays together, and what is told of it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from builder.artifacts.deck import make
from builder.problems import Problem, Rejected
from tests.unit.decks import Deck, bullets, find, made, order, slide

LONG = "Sentence about pain that says something and then some more. " * 60


def lines(deck: Deck) -> list[list[str]]:
    """The lines of each of a deck's own slides, without title and footers."""
    return [words.split("\n")[1:-3] for words in deck.words()[2:]]


def told(folder: Path, slides: str) -> list[str]:
    """The notes and warnings on the slides that a deck is made of."""
    found = make(order(folder, slides)).problems
    return [f"{each.place.line}: {each.code}: {each.message}" for each in found if each.place.line]


def refused(folder: Path, slides: str) -> Problem:
    """The only error that keeps a deck from being made."""
    with pytest.raises(Rejected) as caught:
        made(folder, slides)
    (problem,) = (each for each in caught.value.problems if each.severity == "error")
    return problem


def kept(title: str, body: str) -> str:
    """A slide that must not continue."""
    return slide(title, body).replace("<section ", '<section data-keep="" ')


def test_a_slide_that_must_not_continue_is_a_problem(tmp_path: Path) -> None:
    problem = refused(tmp_path, kept("Kept", bullets(40)))
    assert (problem.code, problem.place.line) == ("text-overflows", 7)
    assert "needs 4 slides" in problem.message
    assert len(made(tmp_path, kept("Kept", bullets(9))).own) == 1


def test_what_belongs_together_goes_to_the_next_slide_whole(tmp_path: Path) -> None:
    together = f'<div class="keep">{bullets(6, "Kept")}</div>'
    deck = made(tmp_path, slide("Some", bullets(8) + together))
    first, second = lines(deck)
    assert not any("Kept" in line for line in first)
    assert [line for line in second if "Kept" in line] == [f"Kept {n}" for n in range(6)]


def test_what_belongs_together_and_fits_no_slide_is_a_problem(tmp_path: Path) -> None:
    together = f'<div class="keep" data-line="12">{bullets(40)}</div>'
    problem = refused(tmp_path, slide("Some", "<p>Before</p>" + together))
    assert (problem.code, problem.place.line) == ("text-overflows", 12)


def test_what_belongs_together_may_shrink(tmp_path: Path) -> None:
    """Eleven lines fit a slide in smaller words only."""
    assert len(made(tmp_path, slide("Some", f'<div class="keep">{bullets(10)}</div>')).own) == 1


@pytest.mark.parametrize("count", range(11, 60))
def test_no_slide_holds_a_single_short_line(tmp_path: Path, count: int) -> None:
    parts = lines(made(tmp_path, slide("Many", bullets(count))))
    assert sum(map(len, parts)) == count
    assert min(map(len, parts)) >= max(2, max(map(len, parts)) - 2)


def test_a_term_stays_with_its_meaning(tmp_path: Path) -> None:
    pairs = "".join(f"<dt>Term {n}</dt><dd>Meaning {n} of it</dd>" for n in range(20))
    for part in lines(made(tmp_path, slide("Words", f"<dl>{pairs}</dl>"))):
        assert part[0].startswith("Term")
        assert part[-1].startswith("Meaning")


def test_code_goes_on_between_lines(tmp_path: Path) -> None:
    code = "\n".join(f"if number == {n}:" for n in range(50))
    parts = lines(made(tmp_path, slide("Code", f"<pre><code>{code}</code></pre>")))
    assert len(parts) > 2
    assert "\n".join(line for part in parts for line in part) == code


def test_an_item_stays_with_the_first_of_those_below_it(tmp_path: Path) -> None:
    items = "".join(f"<li>Item {n}<ul><li>Below {n}</li></ul></li>" for n in range(20))
    for part in lines(made(tmp_path, slide("Levels", f"<ul>{items}</ul>"))):
        assert part[-1].startswith("Below")


def test_a_quotation_keeps_who_said_it(tmp_path: Path) -> None:
    for count in range(8, 16):
        said = "".join(f"<p>Something that was said, {n}</p>" for n in range(count))
        body = f"<blockquote>{said}<p>— Ada Author</p></blockquote>"
        assert len(lines(made(tmp_path, slide("Said", body)))[-1]) > 1


def test_a_box_says_that_it_goes_on(tmp_path: Path) -> None:
    body = f'<div class="callout note"><p class="callout-title">Note</p>{bullets(30)}</div>'
    parts = lines(made(tmp_path, slide("Box", body)))
    assert [part[0] for part in parts] == ["Note"] + ["Note (continued)"] * (len(parts) - 1)


def test_columns_go_on_as_columns(tmp_path: Path) -> None:
    columns = "".join(f'<div class="column">{bullets(n, "Short")}</div>' for n in (30, 2, 12))
    deck = made(tmp_path, slide("Abreast", f'<div class="columns">{columns}</div>'))
    lefts = [{place.get("x") for place in find(one, ".//p:spPr/a:xfrm/a:off")} for one in deck.own]
    assert len(lefts) > 2
    assert lefts[0] > lefts[-1]


def footnoted(count: int) -> str:
    """Paragraphs with a footnote and a source each."""
    words = "Some words about pain and what can be done. " * 4
    body = "".join(
        f'<p>{words}<sup class="footnote"><a href="#fn-{n}">{n}</a></sup>'
        f'<sup class="citation"><a href="#ref-{n}">{n}</a></sup></p>'
        for n in range(1, count + 1)
    )
    notes = "".join(f'<li id="fn-{n}"><p>Footnote {n}</p></li>' for n in range(1, count + 1))
    return f'{body}<aside class="footnotes"><ol>{notes}</ol></aside>'


def test_footnotes_and_sources_stand_where_they_are_cited(tmp_path: Path) -> None:
    parts = lines(made(tmp_path, slide("Cited", footnoted(8))))
    assert len(parts) > 1
    seen = []
    for part in parts:
        own = [line for line in part if line.startswith("Some words")]
        numbers = [re.findall(r"\d", line)[-1] for line in own]
        foot = [f"{n} Footnote {n}" for n in numbers]
        assert part[len(own) :] == [*foot, f"Sources: {', '.join(numbers)}"]
        seen += numbers
    assert seen == [str(n) for n in range(1, 9)]


def test_sources_lead_to_where_they_are_listed(tmp_path: Path) -> None:
    cite = '<sup class="citation"><a href="#ref-2">2</a>,<a href="#ref-1">1</a></sup>'
    head = "<thead><tr><th>Cell</th><th>Value</th></tr></thead>"
    cell = f"<table>{head}<tr><td>Cell</td><td>Value{cite}</td></tr></table>"
    items = '<li id="ref-1">One</li><li id="ref-2">Two</li>'
    listed = f'<ol class="references">{items}</ol>'
    slides = slide("Table", cell) + slide("References", listed, layout="references")
    deck = made(tmp_path, slides)
    table, references = deck.own
    foot = find(table, ".//p:sp[not(.//p:ph)]//a:p")
    assert ["".join(line.itertext()) for line in foot] == ["Sources: 1, 2"]
    assert sum(len(line.findall(".//{*}hlinkClick")) for line in foot) == 2
    assert not find(references, ".//a:p[starts-with(string(.), 'Source')]")


def test_one_source_is_told_as_one(tmp_path: Path) -> None:
    cite = '<sup class="citation"><a href="#ref-7">7</a></sup>'
    box = f'<div class="callout note"><p class="callout-title">Note</p><p>Box{cite}</p></div>'
    assert "Source: 7" in lines(made(tmp_path, slide("Box", box)))[0]


def test_a_small_edit_moves_only_what_it_must(tmp_path: Path) -> None:
    def parts(count: int) -> dict[str, bytes]:
        slides = [slide(f"Slide {n}", bullets(count if n == 3 else 5)) for n in range(1, 7)]
        entries = made(tmp_path, "".join(slides)).entries
        return {name: data for name, data in entries.items() if "slides/" in name}

    before, after = parts(5), parts(6)
    assert {name for name in before if before[name] != after.get(name)} == {"ppt/slides/slide5.xml"}
    assert before.keys() == after.keys()


def test_slides_keep_their_numbers_where_another_one_goes_on(tmp_path: Path) -> None:
    def numbers(count: int) -> list[str]:
        slides = [slide(f"Slide {n}", bullets(count if n == 1 else 5)) for n in range(1, 4)]
        listed = made(tmp_path, "".join(slides)).presentation().slides._sldIdLst
        return [entry.get("id") for entry in listed]

    short, long = numbers(5), numbers(30)
    assert len(long) > len(short)
    assert set(short) < set(long)


def test_shrinking_and_continuing_are_told(tmp_path: Path) -> None:
    slides = slide("Fits", bullets(3), line=3) + slide("Ten", bullets(10), line=5)
    found = told(tmp_path, slides + slide("Many", bullets(24), line=9))
    assert found[0].startswith("5: text-shrunk: “Ten”: shrunk from 24 to ")
    assert found[1:] == ["9: text-continued: “Many” continues on 2 further slides."]


def test_a_shrunk_table_and_title_are_told(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>{n}</td><td>Word</td></tr>" for n in range(10))
    table = f"<table><thead><tr><th>Number</th><th>Word</th></tr></thead>{rows}</table>"
    title = "A title that is long enough not to fit on two lines of its slide " * 2
    found = told(tmp_path, slide("Rows", table) + slide(title, "", line=9))
    assert [each.partition(" from 20")[0].partition(" by")[0] for each in found] == [
        "7: text-shrunk: “Rows”: table shrunk",
        "9: text-shrunk: A long title: shrunk",
    ]


def test_a_layout_asked_for_by_its_own_name(tmp_path: Path) -> None:
    (one,) = made(tmp_path, slide("Named", bullets(3), layout="Learning objectives")).own
    (other,) = made(tmp_path, slide("Named", bullets(3), layout="objectives")).own
    assert find(one, ".//p:ph/@idx") == find(other, ".//p:ph/@idx")


def test_a_layout_that_does_not_exist_is_a_problem(tmp_path: Path) -> None:
    problem = refused(tmp_path, slide("Named", bullets(3), layout="Learning objektives"))
    assert (problem.code, problem.place.line) == ("layout-unknown", 7)
    assert "Did you mean “Learning objectives”?" in problem.hint


def test_a_layout_that_does_not_suit_is_told(tmp_path: Path) -> None:
    (found,) = told(tmp_path, slide("Plain", bullets(3), layout="two-columns"))
    assert found.startswith("7: layout-unsuited: ")


@pytest.mark.parametrize("words", [60, 125, 300])
def test_the_title_slide_holds_all_its_words(tmp_path: Path, words: int) -> None:
    """The declaration comes second, so the title never continues."""
    asked = order(tmp_path, "")
    html = asked.html.replace("For testers", ("audience " * 60)[:words])
    deck = Deck(make(replace(asked, html=html)).data)
    assert len(deck.slides) == 2


def test_a_title_slide_with_too_many_words_is_a_problem(tmp_path: Path) -> None:
    asked = order(tmp_path, "")
    html = asked.html.replace("For testers", "audience " * 400)
    with pytest.raises(Rejected) as caught:
        make(replace(asked, html=html))
    assert "the declaration must come second" in caught.value.problems[0].message
