"""Which way text runs, which language it is in where nobody says, and which fonts it needs.

DrawingML has a font each for Latin, East Asian and complex scripts (ECMA-376 part 1, 21.1.2.3), and
a direction for each paragraph, which its viewers do not guess from the letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

LETTERS = re.compile(r"[^\W\d_]")
HEBREW = r"\u0590-\u05ff\ufb1d-\ufb4f"
ARABIC = r"\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
RIGHT_TO_LEFT = re.compile(f"[{HEBREW}{ARABIC}\u0700-\u074f\u0780-\u086f\U00010800-\U00010fff]")
WRITTEN_LEFTWARDS = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi")
)
"""Languages that are written from right to left, unless their tag names another script."""
LEFTWARD_SCRIPTS = frozenset(("arab", "hebr", "syrc", "thaa", "nkoo"))
SCRIPTS = (
    (re.compile(f"[{HEBREW}]"), ("he", "iw", "yi")),
    (re.compile(f"[{ARABIC}]"), ("ar", *WRITTEN_LEFTWARDS)),
    (re.compile(r"[\u3040-\u30ff]"), ("ja",)),
    (re.compile(r"[\uac00-\ud7af]"), ("ko",)),
    (re.compile(r"[\u3400-\u9fff\uf900-\ufaff]"), ("zh", "ja", "ko", "yue")),
)
"""Scripts that tell a language well enough to choose a voice and a dictionary: the first of those
that are written in it, where the text is not in any of them."""
AMOUNT = re.compile(r"(?<![\w.,\u200e])(?=[+−-]?\d[\d.,/–-]*\s?[A-Za-zµμΩ°])")
"""Where a number begins that a unit in Latin letters follows."""
LEFT_TO_RIGHT_MARK = "\u200e"
COMPLEX = "Arial"
"""The font of Arabic and Hebrew where the master names none; it comes with every Office."""
EAST_ASIAN = {"ja": "Yu Gothic", "ko": "Malgun Gothic", "zh": "Microsoft YaHei"}
TRADITIONAL = re.compile(r"zh-(hant|tw|hk|mo)", re.IGNORECASE)


@lru_cache
def leftwards(tag: str) -> bool:
    """Whether a language, by its BCP 47 tag, is written from right to left."""
    language, *rest = tag.lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    return script in LEFTWARD_SCRIPTS if script else language in WRITTEN_LEFTWARDS


def runs_leftwards(pieces: Iterable[tuple[str, str]], deck: bool) -> bool:
    """Whether a paragraph runs from right to left.

    In a right-to-left deck any right-to-left letter decides: what begins with an English name
    stands in line with its neighbours. In another deck the first letter does (Unicode Standard
    Annex 9, rule P2). Latin words alone run as the language does that they stand in.

    Args:
        pieces: its texts, each with its language.
        deck: whether the deck is read from right to left, which holds where there is no letter.
    """
    lettered = [(found, tag) for text, tag in pieces if (found := LETTERS.findall(text))]
    if not lettered:
        return deck
    deciding = [letter for letters, _ in lettered for letter in letters]
    if any(map(RIGHT_TO_LEFT.match, deciding if deck else deciding[:1])):
        return True
    return all(leftwards(tag) for _, tag in lettered)


def with_amounts(text: str) -> str:
    """The text of a right-to-left paragraph with its amounts kept in order.

    The Unicode algorithm parts a number from a Latin unit behind it, so that “500 mg” is shown as
    “mg 500”. A left-to-right mark before the number, which nobody sees, holds them together
    (Unicode Standard Annex 9, rule W7).
    """
    return AMOUNT.sub(LEFT_TO_RIGHT_MARK, text)


def language_of(text: str, own: str) -> str:
    """The language of a text that says nothing: the deck's own, unless its script tells another."""
    if text.isascii():
        return own
    letters = len(LETTERS.findall(text))
    for script, languages in SCRIPTS:
        found = len(script.findall(text))
        if found and 2 * found >= letters:
            return own if own.lower().split("-")[0] in languages else languages[0]
    return own


def typefaces(text: str, language: str, named: frozenset[str]) -> str:
    """The fonts of a run's further scripts as DrawingML.

    Args:
        text: of the run.
        language: of the run.
        named: the kinds of script, `ea` and `cs`, for which the master names a font itself.
    """
    if text.isascii():
        return ""
    found = ""
    face = EAST_ASIAN.get(language.lower().split("-")[0], "")
    if face and "ea" not in named and any(script.search(text) for script, _ in SCRIPTS[2:]):
        face = "Microsoft JhengHei" if TRADITIONAL.match(language) else face
        found += f'<a:ea typeface="{face}"/>'
    if "cs" not in named and RIGHT_TO_LEFT.search(text):
        found += f'<a:cs typeface="{COMPLEX}"/>'
    return found
