"""Where lines break, how wide words are, and which file measures which font."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from builder.artifacts.deck.fit.breaking import breaks, clusters
from builder.artifacts.deck.fit.faces import SLACK
from builder.artifacts.deck.fit.metrics import Faces, faces_of, fonts_of
from builder.artifacts.deck.fit.shaping import OTHER, read_face
from builder.artifacts.deck.records import Paragraph, Run
from builder.artifacts.deck.style import Level, Style
from builder.checks.theme import check_theme
from builder.problems import Rejected
from builder.theme import Theme, read_theme
from builder.workspace import Folder
from tests.unit.decks import theme

PIECES = """
two words                      two |words
two  spaces                    two  |spaces
well-known                     well-|known
word–word—word                 word–|word—|word
10-20 and 10–20                10-20 |and |10–20
-5 to -10                      -5 |to |-10
mg/kg/day                      mg/kg/day
example.org/a-b?c=d            example.org/a-|b?c=d
500_mg a_day                   500_mg |a_day
1_000_mg each                  1_000_mg |each
non‑breaking                   non‑breaking
(in brackets) [1]              (in |brackets) |[1]
« Non ! »                      « Non ! »
L’été d’août                   L’été |d’août
5 % of 3 °C                    5 |% |of |3 |°C
痛みの管理                     痛|み|の|管|理
痛い。「はい」                 痛|い。|「は|い」
きょう、ちょっと               きょ|う、|ちょっ|と
０～１０を使う                 ０～|１|０|を|使|う
IASP痛10日                     IASP|痛|10|日
만성 통증은                    만성 |통증은
الألم المزمن                   الألم |المزمن
पुराना दर्द                    पुराना |दर्द
ความเจ็บปวดเรื้อรัง            ความเจ็บป|วดเรื้อรัง
👩‍👩‍👧 👍🏽 ok                       👩‍👩‍👧 |👍🏽 |ok
"""
CLUSTERS = """
naïve       n a ï v e
ม่มี         ม่ มี
น้ำ          น้ำ
क्षत्रिय      क्ष त्रि य
👍🏽👍          👍🏽 👍
👩‍👩‍👧‍👦❤️      👩‍👩‍👧‍👦 ❤️
🇬🇧🇫🇷         🇬🇧 🇫🇷
1️⃣2          1️⃣ 2
"""
OWN = """
extends = "clinic"
[fonts.deck]
family = "{family}"
{more}
"""


def rows(table: str) -> list[tuple[str, str]]:
    """The first column and the second of a table, parted by two spaces at least."""
    return [
        (found[1], found[2])
        for line in table.strip("\n").splitlines()
        if (found := re.fullmatch(r"(\S.*?\S) {2,}(\S+(?: {1,2}\S+)*)", line))
    ]


@pytest.mark.parametrize(("text", "expected"), rows(PIECES))
def test_where_a_line_may_break(text: str, expected: str) -> None:
    text = text.replace("_", "\u00a0")
    ends = breaks(text)
    pieces = "|".join(text[a:b] for a, b in zip((0, *ends), ends, strict=False))
    assert pieces == expected.replace("_", "\u00a0")


@pytest.mark.parametrize(("text", "expected"), rows(CLUSTERS))
def test_what_no_line_parts(text: str, expected: str) -> None:
    assert clusters(text) == expected.split()


def test_the_tables_are_read_whole() -> None:
    assert len(rows(PIECES)) == 25
    assert len(rows(CLUSTERS)) == 8


def width(text: str, faces: Faces | None = None, **looks: object) -> float:
    return (faces or faces_of(theme())).width(Run(text, **looks), text)  # type: ignore[arg-type]


def test_the_wider_counts_with_kerning_and_without() -> None:
    alone = sum(width(letter) for letter in "AVAVA")
    assert width("AVAVA") == pytest.approx(alone)


def test_letters_join_where_the_script_joins_them() -> None:
    word = "المزمن"
    assert width(word) < 0.95 * sum(width(letter) for letter in word)
    assert width("क्ष") < width("क") + width("ष")


def test_looks_change_the_width() -> None:
    plain = width("health")
    assert width("health", bold=True) > plain
    assert width("health", script="super") == pytest.approx(0.67 * plain)
    assert width("health", code=True) == pytest.approx(0.6 * 6)
    assert width("iii", code=True) == pytest.approx(width("MMM", code=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("痛み", 2.0),
        ("한국", 2.0),
        ("👍🏽", 1.4),
        ("👩‍👩‍👧‍👦", 1.4),
        ("🇬🇧", 1.4),
        ("\u200b\u2060\ufeff", 0.0),
        ("\u202f", 0.278),
        ("\u2fff", 0.9),
    ],
)
def test_what_no_file_holds_is_estimated(text: str, expected: float) -> None:
    assert width(text) == pytest.approx(expected, abs=0.11)


def lines(text: str, room: float, size: float = 20.0) -> int:
    return faces_of(theme()).lines((Run(text),), size, room, bold=False)


def test_a_word_longer_than_a_line_takes_what_the_clumsiest_program_needs() -> None:
    anywhere = lines("x" * 40, 100)
    assert anywhere == 5
    assert lines("xxxxxx/" * 5, 100) >= lines("x" * 35, 100)
    assert lines("a " + "x" * 40, 100) == anywhere + 1


def test_pieces_of_one_word_stay_together() -> None:
    faces = faces_of(theme())
    runs = (Run("Water is H"), Run("2", script="sub"), Run("O"))
    whole = faces.whole(runs) * 20 / SLACK
    assert faces.lines(runs, 20, whole + 1, bold=False) == 1
    assert faces.lines(runs, 20, whole - 1, bold=False) == 2
    assert faces.longest(runs) == pytest.approx(faces.width(Run("Water"), "Water"), abs=0.01)


def test_the_longest_piece_respects_breaks() -> None:
    faces = faces_of(theme())
    assert faces.longest((Run("well-known"),)) == pytest.approx(width("known"), abs=0.3)
    assert faces.longest((Run("慢性疼痛"),)) == 1.0
    assert faces.longest((Run("ความเจ็บปวดเรื้อรังคือความเจ็บปวด"),)) < 7
    assert faces.longest((Run("5\u00a0mg"),)) == pytest.approx(width("5\u00a0mg"))
    assert faces.longest((Run("ab"), Run("\n"), Run("abc"))) == pytest.approx(width("abc"))
    assert faces.whole((Run("ab"), Run("\n"), Run("abc"))) == pytest.approx(width("abc"))


def test_a_line_is_as_high_as_its_tallest_font() -> None:
    faces = faces_of(theme())

    def height(*runs: Run) -> float:
        return faces.stack(runs, 10, 1000, bold=False)

    assert height(Run("plain")) == pytest.approx(12)
    assert height(Run("痛み")) == pytest.approx(10 * (OTHER.above + OTHER.below))
    assert height(Run("plain 痛み")) == pytest.approx(10 * (OTHER.above + OTHER.below))
    assert height(Run("plain"), Run("\n"), Run("痛み")) == pytest.approx(26.5)
    assert height(Run("x"), Run("2", script="super")) == pytest.approx(12)
    assert height(Run("x"), Run("2", script="sub")) > 12
    assert height() == pytest.approx(12)


def test_a_paragraph_stands_in_by_its_margin() -> None:
    faces = faces_of(theme())
    level = Level(size=20, margin=50, hang=20, before=6, mark="bullet")
    style = Style((level,), 12, 12, 12)
    runs = (Run("one two three four five six"),)
    listed = Paragraph(runs, depth=1, mark="bullet")
    whole = faces.whole(runs) * 20 / SLACK
    assert faces.one(listed, style, whole + 51, 0) == pytest.approx(6 + 24)
    assert faces.one(listed, style, whole + 49, 0) == pytest.approx(6 + 48)
    assert faces.one(Paragraph(runs), style, whole + 1, 0) == pytest.approx(6 + 24)


def test_families_have_the_widths_of_their_files() -> None:
    fonts = fonts_of(theme())
    arial, calibri = fonts.named("Arial"), fonts.named("calibri")
    assert fonts.named("") is fonts.named("+mn-lt") is fonts.default is arial
    assert width("health", calibri) < width("health", arial)
    assert width("health", fonts.named("Verdana")) == pytest.approx(1.2 * width("health", arial))
    assert calibri.leading == pytest.approx(1.2207, abs=0.001)
    assert fonts.named("Verdana").leading == pytest.approx(1.36)
    assert arial.leading == 1.2
    style = Style((Level(),), 12, 12, 12, family="Calibri")
    assert fonts.of(style) is calibri


@pytest.mark.parametrize(
    ("family", "file"),
    [
        ("Arial", "themes/clinic/fonts/LiberationSans-Regular.ttf"),
        ("", "themes/clinic/fonts/LiberationSans-Regular.ttf"),
        ("Times New Roman", "themes/clinic/fonts/metrics/times-new-roman-regular.ttf"),
        ("Courier New", "themes/clinic/fonts/metrics/courier-new-regular.ttf"),
        ("Verdana", None),
    ],
)
def test_which_file_measures_a_family(family: str, file: str | None) -> None:
    assert fonts_of(theme()).known(family) == file


def own(folder: Path, family: str, more: str = "") -> Theme:
    (folder / "themes" / "mine").mkdir(parents=True)
    (folder / "themes" / "mine" / "theme.toml").write_text(
        OWN.format(family=family, more=more), "utf-8"
    )
    return read_theme(Folder(folder, ""), "mine")


def test_a_theme_that_names_another_family_is_not_measured_with_the_extended_ones_files(
    tmp_path: Path,
) -> None:
    fonts = fonts_of(own(tmp_path, "Cambria"))
    assert fonts.known("") == "themes/clinic/fonts/metrics/cambria-regular.ttf"
    fonts = fonts_of(own(tmp_path / "two", "House Sans"))
    assert fonts.known("") is None
    assert fonts.default is fonts.named("Verdana")


def test_a_theme_hands_in_the_files_of_its_fonts(tmp_path: Path) -> None:
    more = (
        '[[fonts.metrics]]\nfamilies = ["House Sans"]\n'
        'regular = "fonts/metrics/calibri-regular.ttf"\n'
    )
    fonts = fonts_of(own(tmp_path, "House Sans", more))
    assert fonts.known("") == "themes/clinic/fonts/metrics/calibri-regular.ttf"
    assert fonts.known("Cambria") is not None
    assert width("health", fonts.default) == width("health", fonts.named("Calibri"))


@pytest.mark.parametrize("more", ["families = 3", 'families = ["X"]', 'regular = "x.ttf"'])
def test_an_entry_without_families_or_files_is_refused(tmp_path: Path, more: str) -> None:
    with pytest.raises(Rejected):
        fonts_of(own(tmp_path, "X", f"[[fonts.metrics]]\n{more}\n"))


@pytest.mark.parametrize("data", [b"", b"not a font", b"\0\1\0\0" + b"\0" * 60])
def test_a_file_that_is_no_font_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="characters"):
        read_face(data)


def test_a_truncated_font_is_refused() -> None:
    whole = theme().read("fonts/LiberationSans-Regular.ttf")
    for length in range(0, 4000, 97):
        with pytest.raises(ValueError, match="characters"):
            read_face(whole[:length])


def test_a_file_of_the_list_that_is_not_there_is_named(tmp_path: Path) -> None:
    entry = '[[fonts.metrics]]\nfamilies = ["X"]\nregular = "fonts/None.ttf"\n'
    found = [str(problem) for problem in check_theme(own(tmp_path, "X", entry))]
    assert any("fonts/None.ttf does not exist" in each for each in found), found
    with pytest.raises(Rejected, match=r"None\.ttf"):
        fonts_of(own(tmp_path / "two", "X", entry))


def test_a_master_that_writes_in_capitals_takes_more_room() -> None:
    words = Paragraph((Run("minimum illumination, minimum illumination"),))
    faces = faces_of(theme())
    heights = [
        faces.one(words, Style((Level(20, capitals=capitals),), 18, 18, 14), 460, 0)
        for capitals in (False, True)
    ]
    assert heights[0] < heights[1]
