"""Numbers and what belongs to them stay on one line: units, signs, the names of figures.

Spaces that are written become non-breaking ones (SI Brochure, 5.4.3: a space parts a number from
its unit); none is added. The sign of micro has one form, the one that fonts hold: U+00B5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

HARD_SPACE = "\u00a0"
UNITS = (
    "%", "‰", "°C", "°F", "°", "kg", "g", "mg", "µg", "mcg", "ng", "pg", "L", "l", "dL", "dl",
    "mL", "ml", "µL", "µl", "fL", "mol", "mmol", "µmol", "nmol", "pmol", "mEq", "mval", "IU", "U",
    "IE", "UI", "Pa", "kPa", "hPa", "mmHg", "cmH2O", "Hz", "kHz", "MHz", "V", "kV", "mV", "A",
    "mA", "W", "J", "kJ", "cal", "kcal", "Gy", "mGy", "cGy", "Sv", "mSv", "µSv", "Bq", "MBq", "m",
    "cm", "mm", "µm", "nm", "km", "s", "ms", "min", "h", "d", "CI",
)  # fmt: skip
"""Units that doses and measurements come in, and what is written behind a percentage."""
DOSES = (
    "puff", "puffs", "tablet", "tablets", "capsule", "capsules", "drop", "drops", "spray", "sprays",
    "patch", "patches", "sachet", "sachets", "teaspoon", "teaspoons", "spoonful", "spoonfuls",
    "unit", "units", "dose", "doses", "time", "times", "x",
    "Tablette", "Tabletten", "Kapsel", "Kapseln", "Tropfen", "Hub", "Hübe", "mal", "Mal",
    "comprimido", "comprimidos", "cápsula", "cápsulas", "gota", "gotas", "vez", "veces",
    "comprimé", "comprimés", "gélule", "gélules", "goutte", "gouttes", "bouffée", "bouffées",
    "fois",
)  # fmt: skip
"""What doses are counted in, in the languages that have a catalogue and part words by spaces."""
RANGES = ("to", "or", "bis", "oder", "a", "o", "à", "ou", "–", "-")
"""What stands between two numbers that belong together, as in “2 to 4”."""
NAMES = (
    "Fig.", "Figs.", "Figure", "Tab.", "Table", "Box", "Abb.", "No.", "Nos.", "Nr.", "n°", "Vol.",
    "vol.", "p.", "pp.", "S.", "Grade", "grade", "Stage", "stage",
)  # fmt: skip
"""Words that say little without the number behind them."""

_MICRO = re.compile("\u03bc(?=(?:g|L|l|mol|m|Sv)(?!\\w))")
_SIGNS = "≥≤<>=±≈~×"
_UNIT = "|".join(re.escape(each) for each in sorted((*UNITS, *DOSES), key=len, reverse=True))
_RANGE = "|".join(map(re.escape, RANGES))
_NAME = "|".join(re.escape(each) for each in NAMES)
_SPACE = re.compile(  # the space comes first, so that the engine can skip to the next one
    r"[ \n](?:"
    rf"(?<=\d[ \n])(?=(?:{_UNIT})(?!\w))"
    r"|(?<=%[ \n])(?=CI\b)"
    r"|(?<=\d[ \n])(?=×)"
    rf"|(?<=[{_SIGNS}][ \n])(?=\d)"
    rf"|(?<=\b[pPnN][ \n])(?=[{_SIGNS}][ \n\u00a0]?\d)"
    r"|(?:(?<=\b\d[ ])|(?<=\b\d\d[ ])|(?<=\b\d{3}[ ]))(?=\d{3}\b)"
    r")"
)
_FROM_TO = re.compile(rf"(?<![\w.,])(\d{{1,4}}(?:[.,]\d+)?)[ \n]({_RANGE})[ \n](?=\d)")
_NUMBERED = re.compile(rf"(?<!\w)(?:{_NAME})([ \n])(?=\d)")
JOINED = re.compile(r"[\d%\u03bc]")
"""What stands in every text that changes."""
_LITERAL = frozenset(("code", "pre", "kbd", "samp"))
_INSIDE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "cite", "del", "dfn", "em", "i", "ins", "mark", "q", "s",
    "small", "span", "strong", "sub", "sup", "time", "u", "var",
))  # fmt: skip
"""Elements that do not part a number from its unit."""
_BORDER = "\x00"

Piece = tuple[HtmlElement, bool]
"""An element, and whether the text behind it is meant rather than the text in it."""


def join_units(part: HtmlElement) -> None:
    """Put non-breaking spaces into a text, outside of code; it stays as long as it was."""
    if not JOINED.search(part.text_content()):
        return
    pieces = list(_pieces(part))
    before = "".join(_text(each) if each else _BORDER for each in pieces)
    after = joined(before)
    if after == before:
        return
    at = 0
    for piece in pieces:
        size = len(_text(piece)) if piece else len(_BORDER)
        if piece:
            _set(piece, after[at : at + size])
        at += size


def joined(text: str) -> str:
    """A text with non-breaking spaces where numbers and their units belong together."""
    text = _MICRO.sub("µ", text)
    text = _SPACE.sub(HARD_SPACE, text)
    text = _FROM_TO.sub(rf"\1{HARD_SPACE}\2{HARD_SPACE}", text)
    return _NUMBERED.sub(lambda found: found[0][:-1] + HARD_SPACE, text)


def _pieces(element: HtmlElement) -> Iterator[Piece | None]:
    """The texts in an element in their order; None where words do not run on."""
    if element.tag in _LITERAL:
        yield None
        return
    runs_on = element.tag in _INSIDE
    if not runs_on:
        yield None
    yield element, False
    for child in element:
        yield from _pieces(child)
        yield child, True
    if not runs_on:
        yield None


def _text(piece: Piece) -> str:
    element, behind = piece
    return (element.tail if behind else element.text) or ""


def _set(piece: Piece, text: str) -> None:
    element, behind = piece
    if behind:
        element.tail = text or None
    else:
        element.text = text or None
