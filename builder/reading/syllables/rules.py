"""Other languages: vowels that are spoken as one syllable, for each language a pattern.

What a pattern finds is one syllable. The rules follow spelling alone, so that a word whose spelling
hides its sound is a syllable off now and then; formulas use averages.

- Spanish: a, e, o are strong; i and u beside them belong to them unless they bear an accent
  (Real Academia Española, Ortografía, 2010: diptongos, hiatos).
- German: diphthongs and doubled vowels are one; `ie` is two before `nt`, `nz` and in `-ien`.
- French: vowels together are one, save beside é or with a diaeresis; a final e or es is mute.
- Dutch: doubled vowels, diphthongs and triple spellings are one; a diaeresis parts them.
- Others: vowels together are one; a diaeresis parts them.
"""

from __future__ import annotations

import re

_SPANISH = re.compile(
    r"[iuü]?[aeoáéó](?:[iuy](?![aeoáéóíú]))?|[iuü]?[íú]|[iuü]{1,2}y?|(?<=[^aeiouáéíóúü])y$"
)
_GERMAN = re.compile(
    r"i(?=ent|enz|en$)|e(?=um$)|ie|aa|ee|oo|ei|ey|ai|ay|au|äu|eu|(?<=q)u[aeioäöü]|[aeiouyäöüé]"
)
_DUTCH = re.compile(r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|au|ou|[aeiouyáéèêëïöü]")
_FRENCH = re.compile(
    r"[aeo](?=[éïë])|é(?=[aeouàâô])"
    r"|[aeiouyàâèéêëîïôöùûüœæ](?:[aeiouyàâèêîôöùûüœæ]|(?<=[iuy])é)*"
)
_FRENCH_MUTE = re.compile(r"(?:[^aeiouyàâèêîïôùû]|[qg]u)es?$")
"""A final e that the pattern counted; that of -ie and -ue it took with the vowel before it."""
_OTHERS = re.compile(r"[aeiouyåäöæøàáâãèéêìíîòóôõùúûăąęőűœ]+|[ëïü]")
_PATTERNS = {"es": _SPANISH, "de": _GERMAN, "fr": _FRENCH, "nl": _DUTCH}


def by_rule(word: str, language: str) -> int:
    """The syllables of a word in small letters; 0 where it has no vowel that the rule knows."""
    count = len(_PATTERNS.get(language, _OTHERS).findall(word))
    if language == "fr" and count > 1 and _FRENCH_MUTE.search(word):
        return count - 1
    return count
