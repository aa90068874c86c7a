"""Leaflets in every script that is promised, before judges: valid, whole, in order."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pikepdf
import pytest

from builder.artifacts.leaflet import make
from tests.gates import judges
from tests.unit.leaflets import order

TEXTS = {
    "en": "All human beings are born free and equal in dignity and rights.",
    "el": "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια.",
    "ru": "Все люди рождаются свободными и равными в своём достоинстве и правах.",
    "vi": "Mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền.",
    "ar": "يولد جميع الناس أحرارًا ومتساوين في الكرامة والحقوق.",
    "fa": "تمام افراد بشر آزاد زاده می‌شوند و با هم برابرند",
    "he": "כל בני האדם נולדו בני חורין ושווים בערכם",
    "hi": "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता प्राप्त है। क्षत्रिय कि।",
    "zh-Hans": "人人生而自由，在尊严和权利上一律平等。“直骨”……",
    "zh-Hant": "人人生而自由，在尊嚴和權利上一律平等。「直骨」",
    "ja": "すべての人間は、生まれながらにして自由であり、「直骨」とについて平等である。",
    "ko": "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.",
}
"""Of the Universal Declaration of Human Rights, article 1, and some letters that are hard."""
FAMILIES = {
    "ar": "Noto-Sans-Arabic",
    "fa": "Noto-Sans-Arabic",
    "he": "Noto-Sans-Hebrew",
    "hi": "Noto-Sans-Devanagari",
    "zh-Hans": "Noto-Sans-CJK-SC",
    "zh-Hant": "Noto-Sans-CJK-TC",
    "ja": "Noto-Sans-CJK-JP",
    "ko": "Noto-Sans-CJK-KR",
}
UNSTEADY = re.compile(r"[\s\u0591-\u05c7\u064b-\u0652\u200b-\u200f\u2066-\u2069]")
"""White space, marks of direction, and the points of Hebrew and Arabic, which poppler puts before
their letters."""
USUAL = {"Atkinson-Hyperlegible-Next", "Liberation-Sans"}
IN_ORDER = (
    "500 mg",
    "+44 20 7946 0000",
    "PAIN-01",
    "1-2",
    "5/7",
    "2026-06-01",
    "50%",
    "Paracetamol (Panadol 500 mg)",
    "5–10 mg/day",
    "https://example.org/a?b=1",
)
"""What is read from left to right in any text."""
WORDS = {"ar": "ومن كل هذا", "he": "ומכל אלה"}


def written(folder: Path, language: str, body: str) -> Path:
    """A leaflet in a language."""
    path = folder / f"{language}.pdf"
    path.write_bytes(make(order(folder, body, language=language)).data)
    return path


def squeezed(text: str) -> str:
    """A text without what extraction may place otherwise."""
    kept = (each for each in unicodedata.normalize("NFKC", text) if each.isprintable())
    return UNSTEADY.sub("", "".join(kept))


@pytest.mark.parametrize("language", TEXTS)
def test_every_script_is_valid_whole_and_readable(language: str, tmp_path: Path) -> None:
    """Both standards hold, only the fonts that are needed are in it, and its words come back."""
    text = TEXTS[language]
    path = written(tmp_path, language, f"<p>{text}</p><p><strong>{text}</strong></p>")
    assert judges.verapdf(path) == set()
    assert judges.verapdf(path, "PDFA_2_A") == set()
    with pikepdf.open(path) as pdf:
        fonts = {str(each["/BaseFont"]).partition("+")[2] for each in fonts_in(pdf)}
    families = {name.removesuffix("-Bold") for name in fonts}
    assert families - USUAL == ({FAMILIES[language]} if language in FAMILIES else set())
    extracted = squeezed(judges.run(judges.program("pdftotext"), path, "-").stdout)
    assert extracted.count(squeezed(text)) == 2


def fonts_in(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """The fonts of a file."""
    return [
        each
        for each in pdf.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/Subtype") == "/Type0"
    ]


@pytest.mark.parametrize("language", WORDS)
def test_numbers_and_names_stand_in_order_in_texts_from_right_to_left(
    language: str, tmp_path: Path
) -> None:
    """As drawn: the words of each, by their places on the page, from left to right."""
    between = WORDS[language]
    items = "".join(f"<li>{between} {each} {between}</li>" for each in IN_ORDER)
    cells = "".join(f"<tr><td>{between}</td><td>{each}</td></tr>" for each in IN_ORDER)
    path = written(tmp_path, language, f"<ul>{items}</ul><table>{cells}</table>")
    lines = drawn_lines(path)
    for each in IN_ORDER:
        assert sum(each in line for line in lines) >= 2, each


def drawn_lines(path: Path) -> list[str]:
    """The lines of a file as their words stand, from left to right."""
    lines: dict[tuple[int, int], list[judges.Word]] = {}
    for number, page in enumerate(judges.pages(path)):
        for word in page.words:
            lines.setdefault((number, round(word.bottom / 4)), []).append(word)
    return [
        " ".join(word.text for word in sorted(words, key=lambda word: word.left))
        for words in lines.values()
    ]


def test_letters_that_are_drawn_as_one_come_back_as_two(tmp_path: Path) -> None:
    """Lam and alef, in the order in which they are read (ISO 32000-1, 9.10.3)."""
    with pikepdf.open(written(tmp_path, "ar", "<p>سلام</p>")) as pdf:
        maps = [each["/ToUnicode"].read_bytes() for each in fonts_in(pdf)]
    assert any(b"<06440627>" in each for each in maps)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_sides_of_a_page_are_those_of_its_language(language: str, tmp_path: Path) -> None:
    """Title, bullets and the running stamp stand where a line begins."""
    body = f"<ul><li>{WORDS.get(language, 'word')}</li></ul>"
    page = judges.pages(written(tmp_path, language, body))[0]
    title = next(word for word in page.words if word.text == "test")
    bullet = next(word for word in page.words if "•" in word.text)
    code = next(word for word in reversed(page.words) if "TEST-01" in word.text)
    assert code.top > page.height * 0.9
    for word in (title, bullet, code):
        assert (word.left > page.width / 2) == (language == "ar"), word
