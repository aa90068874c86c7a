"""Where a line may break, and what no line breaks at all.

After the Unicode line breaking algorithm (UAX #14), narrowed down to what PowerPoint and
LibreOffice have in common: fewer places to break never make fewer lines, so what is drawn is no
longer than what is measured. Neither a slash nor a hyphen beside a digit counts, for instance.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SPACES = " \t\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000"
"""White space that a line may break behind: not the no-break spaces."""
BREAK = re.compile(
    # Behind spaces, if no closing mark follows and no opening one stands before (LB 13 to 15).
    rf"(?<![{SPACES}(\[{{¿¡«“‘])[{SPACES}]+(?![{SPACES}!?.,:;)\]}}/»”’])"
    # Behind a hyphen or dash between letters.
    r"|(?<=[^\W\d_][-‐–—])(?=[^\W\d_])"
    # Behind a space of no width; on both sides of a line feed.
    r"|\u200b|(?=\n)|(?<=\n)"
)
EAST = (
    "\u2e80-\u2fdf\u3001-\u312f\u31a0-\u4dbf\u4e00-\ua4cf\uf900-\ufaff\ufe30-\ufe4f"
    "\uff01-\uff60\uffe0-\uffe6\U0001b000-\U0001b2ff\U00020000-\U0003fffd"
)
"""Chinese and Japanese, where a line may break beside each character. Korean has spaces."""
IS_EAST = re.compile(f"[{EAST}]")
BESIDE = re.compile(f"(?<=[{EAST}])(?=.)|(?<=.)(?=[{EAST}])")
NO_START = frozenset(
    "!),.:;?]}¢°’”‰′″℃、。〃々〉》」』】〕〗〙〛〜〞〟ぁぃぅぇぉっゃゅょゎゕゖ゛゜ゝゞァィゥェォッャュョヮヵヶ"
    "・ーヽヾ！％），．：；？］｝～｠…‥–—-%/»›"
)
NO_END = frozenset("([{£¥‘“〈《「『【〔〖〘〚〝（［｛｟￡￥$＄«‹")
"""What no line starts or ends with, in Chinese and Japanese (JIS X 4051, strict)."""
GLUE = frozenset("\u00a0\u202f\u2007\u2011\u2060\ufeff\u200d\u00ad")
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1a20-\u1aaf\uaa60-\uaa7f]+")
"""Thai, Lao, Burmese, Khmer: no spaces between words, and programs look words up."""
WORD = 8
"""Letters of such a word as is measured: a long one, since no dictionary tells."""
INSIDE = re.compile(r"(?<=[-/‐–—?&=.,_#%+:;@\\\u00ad])(?=.)")
"""Where programs part a word that is longer than a line, if they look for a place."""
JOINERS = frozenset("\u200c\u200d\u0e33\u0eb3")
VIRAMA = 9
"""The combining class of what ties two consonants together in the scripts of India."""


@lru_cache(maxsize=8192)
def breaks(text: str) -> tuple[int, ...]:
    """The ends of the pieces that no line breaks; the last is the end of the text.

    A line feed is a piece of its own, white space belongs to the piece before it.
    """
    ends = {match.end() for match in BREAK.finditer(text)}
    if not text.isascii():
        ends.update(at for at in _beside(text) if _parts(text[at - 1], text[at]))
        for run in UNSPACED.finditer(text):
            ends.update(_words(run))
    return tuple(sorted(ends - {0} | {len(text)}))


def _beside(text: str) -> list[int]:
    return [match.start() for match in BESIDE.finditer(text)] if IS_EAST.search(text) else []


def _parts(before: str, after: str) -> bool:
    """Whether a line may break between two characters of which one is Chinese or Japanese."""
    if before in NO_END or after in NO_START or before in GLUE or after in GLUE:
        return False
    return not (before.isspace() or after.isspace() or _extends(after))


def _words(run: re.Match[str]) -> list[int]:
    """The ends of the words in a run without spaces, each but the last of the length of `WORD`."""
    ends, at = [], run.start()
    for number, cluster in enumerate(clusters(run[0]), 1):
        at += len(cluster)
        if number % WORD == 0:
            ends.append(at)
    return ends


def clusters(text: str) -> list[str]:
    """The characters as readers see them: letters with their marks, emoji with what they join."""
    found: list[str] = []
    for character in text:
        if found and _joined(found[-1], character):
            found[-1] += character
        else:
            found.append(character)
    return found


def parts_of(text: str) -> list[str]:
    """The parts of a word that is longer than a line, where a program may look for a place."""
    return INSIDE.split(text)


def _joined(before: str, character: str) -> bool:
    last = before[-1]
    if character.isascii() and last.isascii():
        return False
    if _is_flag(character):
        return len(before) == 1 and _is_flag(before)
    tied = last == "\u200d" or (unicodedata.combining(last) == VIRAMA and character.isalpha())
    return tied or _extends(character)


def _extends(character: str) -> bool:
    if unicodedata.category(character)[0] == "M" or character in JOINERS:
        return True
    # Skin tones, the tags of a few flags, the later letters of a Korean syllable.
    return (
        "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
        or "\u1160" <= character <= "\u11ff"
    )


def _is_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
