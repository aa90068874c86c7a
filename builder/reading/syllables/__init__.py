"""How many syllables a word has: a dictionary and rules for English, a rule for each language.

Numbers count as one syllable, however they are spoken; the parts of a hyphenated word are added.
"""

from __future__ import annotations

import re
from functools import lru_cache

from builder.reading.syllables import english
from builder.reading.syllables.rules import by_rule

_SPLIT = re.compile(r"[-‑]")


@lru_cache(maxsize=20_000)
def syllables(word: str, language: str) -> int:
    """The syllables of a word, at least one.

    Args:
        word: as it stands in the text.
        language: the main subtag of its language.
    """
    return sum(_of_part(part, language) for part in _SPLIT.split(word) if part) or 1


def _of_part(part: str, language: str) -> int:
    plain = part.lower().replace("’", "'")
    if not plain.replace("'", "").isalpha():
        return 1
    found = english.syllables(plain) if language == "en" else by_rule(plain, language)
    return max(found, 1)
