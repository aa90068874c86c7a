"""LibreOffice draws text in boxes of many widths: no paragraph is higher than it is measured."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pptx
from lxml import etree
from pptx.util import Pt

from builder.artifacts.deck.fit.metrics import fonts_of
from builder.artifacts.deck.records import Paragraph, Run
from builder.artifacts.deck.style import Level, Style
from tests.gates import judges
from tests.unit.decks import theme

PLAIN = {
    "words": "Long-lasting pain is pain that goes on for more than three months. It may have no "
    "cause that can be seen, and it is real. Talk with your nurse or doctor about what helps.",
    "doses": "Take 10–20 mg every 4–6 h (at most 120 mg/24 h), or 0.5 mg/kg/day; ≥ 65 years: 50%.",
    "capitals": "WARNING: AVOID TAKING AWAY TO AVALANCHE WAVES. TYPICAL VALUES: AV, WA, TO, YO.",
    "french": "« Avez-vous mal ? » demanda-t-il ; elle répondit : « Non ! » L’été, aujourd’hui, "
    "c’est-à-dire après-midi.",
    "greek, cyrillic": "Ο πόνος διαρκεί περισσότερο από τρεις μήνες. Боль длится более трёх лет",
    "no-break spaces": "Take 500~mg paracetamol 4~times a~day, 1\u202f000\u202fmg at most, "
    "for~three~days~and~no~more.".replace("~", "\u00a0"),
}
ODD = {
    "long words": "Gastroenterologisch-hepatologische Schmerzmittelunverträglichkeitsuntersuchung "
    "Donaudampfschifffahrtsgesellschaftskapitän und Arzneimittelwechselwirkungsverzeichnis",
    "address": "See https://www.example.org/patients/long-lasting-pain/what-helps?language=en&p=2 "
    "and user.name+tag@hospital.example.org/index_of_all_the_pages.html for more.",
    "400 letters": "x" * 400,
    "wide letters": "WMWMWM" * 30,
    "slashes": "and/or/either/neither " * 8,
    "soft hyphens": "hyper~ten~sion para~cetamol immuno~suppression ".replace("~", "\u00ad") * 3,
    "chinese": "慢性疼痛是指持续三个月以上的疼痛。它可能没有明显的原因，但它是真实存在的。"
    "（请与护士或医生谈谈）",
    "japanese": "慢性痛とは、３か月以上続く痛みのことです。「原因」がわからないこともありますが、"
    "ほんとうの痛みです。",
    "korean": "만성 통증은 석 달 이상 지속되는 통증입니다. 원인을 알 수 없을 수도 있습니다.",
    "mixed": "Pain 痛み scale 0～10 を使う: 0 = none 痛くない, 10 = worst 最悪の痛み。",
    "arabic": "الألم المزمن هو الألم الذي يستمر لأكثر من ثلاثة أشهر، وقد لا يكون له سبب ظاهر.",
    "hebrew": "כאב כרוני הוא כאב הנמשך יותר משלושה חודשים. ייתכן שאין לו סיבה נראית לעין.",
    "emoji": "Good 👍🏽 family 👩‍👩‍👧‍👦 flag 🇬🇧 heart ❤️ keycap 1️⃣ pill 💊 " + "💊" * 12,
    "symbols": "→ ↑ ↓ ≥ ≤ ± × ÷ ° µ ½ ¼ ✓ ✗ ☐ ☑ ● ▪ ◆ ★ ♥ ∞ ∑ √ ≈ ≠ € £ ¥ № ™ ® © • … ‰ ′ ″",
}
WITH_FONT = {
    "hi": "पुराना दर्द वह दर्द है जो तीन महीने से अधिक समय तक रहता है। अपने डॉक्टर से बात करें।",
    "th": "ความเจ็บปวดเรื้อรังคือความเจ็บปวดที่เป็นต่อเนื่องนานกว่าสามเดือนอาจไม่มีสาเหตุที่มองเห็นได้",
}
"""By language: where the machine has no font for it, each sign is drawn as a broad empty box."""
WIDTHS, SIZES = (170.0, 320.0, 610.0), (18.0, 30.0)
FAMILIES = ("Calibri", "Times New Roman", "No Such Family")
LINE = 1.2
"""Height of a line of Latin letters in em, as LibreOffice draws it."""
ROUNDING = 0.5
"""Points by which places on a page differ for no reason."""
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
RAISED = {"super": ' baseline="30000"', "sub": ' baseline="-25000"', "": ""}


@dataclass(frozen=True)
class Box:
    """A paragraph in a frame."""

    name: str
    runs: tuple[Run, ...]
    width: float
    size: float
    family: str = "Arial"
    margin: float = 0.0
    """Where there is one, a bullet stands in it."""

    @property
    def measured(self) -> float:
        """The height in points."""
        mark = "bullet" if self.margin else ""
        level = Level(self.size, margin=self.margin, hang=self.margin, mark=mark)
        style = Style((level,), 12, 12, 12, family=self.family)
        paragraph = Paragraph(self.runs, depth=1 if mark else 0, mark=mark)
        return fonts_of(theme()).of(style).one(paragraph, style, self.width, 0)

    @property
    def drawn(self) -> bytes:
        """The paragraph between two marks, whose distance tells its height."""
        mark = self._paragraph("", self._run(Run("{}"), "Arial"))
        bullet = (
            f'<a:pPr marL="{self.margin * 12700:.0f}" indent="-{self.margin * 12700:.0f}">'
            '<a:buFont typeface="Arial"/><a:buChar char="•"/></a:pPr>'
        )
        words = "".join(self._run(run, self.family) for run in self.runs)
        insets = "".join(f' {side}Ins="0"' for side in "ltrb")
        return (
            f'<p:txBody xmlns:p="{P}" xmlns:a="{A}"><a:bodyPr wrap="square"{insets}/><a:lstStyle/>'
            f"{mark.format('BEGINS')}{self._paragraph(bullet if self.margin else '', words)}"
            f"{mark.format('ENDS')}</p:txBody>"
        ).encode()

    def _paragraph(self, properties: str, words: str) -> str:
        return f"<a:p>{properties}{words}</a:p>"

    def _run(self, run: Run, family: str) -> str:
        looks = f'sz="{self.size * 100:.0f}"{RAISED[run.script]}'
        looks += ' b="1"' * run.bold + ' i="1"' * run.italic
        if run.text == "\n":
            return f"<a:br><a:rPr {looks}/></a:br>"
        font = f'<a:latin typeface="{"Courier New" if run.code else family}"/>'
        words = html.escape(run.text)
        return f"<a:r><a:rPr {looks}>{font}</a:rPr><a:t>{words}</a:t></a:r>"


def texts() -> Iterator[tuple[str, tuple[Run, ...]]]:
    for name, text in (PLAIN | ODD).items():
        yield name, (Run(text),)
    for language, text in WITH_FONT.items():
        if judges.run("fc-list", f":lang={language}").stdout:
            yield language, (Run(text),)
    words = PLAIN["words"]
    yield "bold", (Run(words, bold=True),)
    yield "italic", (Run(words, italic=True),)
    yield "bold italic", (Run(words, bold=True, italic=True),)
    yield "code", (Run("for each in range(10): print(each, 'and more code', sep='')", code=True),)
    yield "raised", (Run("Water"), Run("2 and more", script="super"), Run(f" {words}"))
    yield "lowered", (Run("CO"), Run("2", script="sub"), Run(" and SpO"), Run("2", script="sub"))
    yield "in pieces", tuple(Run(letter, bold=at % 2 > 0) for at, letter in enumerate(words))
    yield "bold arabic", (Run(ODD["arabic"], bold=True),)
    yield "line feeds", (Run("one"), Run("\n"), Run("two"), Run("\n"), Run("\n"), Run(words))


def boxes() -> Iterator[Box]:
    for (name, runs), width, size in product(texts(), WIDTHS, SIZES):
        yield Box(name, runs, width, size)
    for (name, text), width in product(PLAIN.items(), WIDTHS):
        yield Box(f"{name}, bullet", (Run(text),), width, 20.0, margin=27.0)
    for family, (name, text), width in product(FAMILIES, PLAIN.items(), (230.0, 480.0)):
        yield Box(f"{name} in {family}", (Run(text),), width, 20.0, family)


def draw(path: Path, some: list[Box]) -> list[float]:
    """The height of each paragraph as LibreOffice draws it, in points; each on its own slide."""
    made = pptx.Presentation()
    made.slide_width, made.slide_height = Pt(800), Pt(2400)
    for box in some:
        shapes = made.slides.add_slide(made.slide_layouts[6]).shapes
        words = shapes.add_textbox(Pt(40), Pt(40), Pt(box.width), Pt(100))._element.txBody
        words.getparent().replace(words, etree.fromstring(box.drawn))
    made.save(str(path))
    heights = []
    for page, box in zip(judges.pages(judges.office_pdf(path, path.parent)), some, strict=True):
        foot = {word.text: word.bottom for word in page.words}
        heights.append(foot["ENDS"] - foot["BEGINS"] - LINE * box.size)
    return heights


def test_nothing_is_higher_than_measured(tmp_path: Path) -> None:
    """And of Latin letters, no more than a line in twelve is measured in vain."""
    some = list(boxes())
    heights = draw(tmp_path / "boxes.pptx", some)
    pairs = list(zip(some, heights, strict=True))
    wrong = [
        f"{box.name}: {box.size} pt in {box.width} pt is {height:.0f}, not {box.measured:.0f} high"
        for box, height in pairs
        if height > box.measured + ROUNDING
    ]
    assert not wrong, "\n".join(wrong)
    plain = [(box, height) for box, height in pairs if box.name in PLAIN]
    needed = sum(height / box.size for box, height in plain)
    measured = sum(box.measured / box.size for box, _ in plain)
    assert measured <= 1.08 * needed
