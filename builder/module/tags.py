"""The tags of languages in the names of translations, as in `leaflet.pt-BR.md` (BCP 47)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from babel import Locale
from babel.core import get_global

_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")
_SHAPED = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*")
OLD = {"uk-ua": "uk", "en-uk": "en-GB", "iw": "he", "in": "id", "ji": "yi"}
"""What is often written, and was once right, or never."""


def is_known(tag: str) -> bool:
    """Whether a tag is written as it must be, and names a language, a script and a country."""
    if not _TAG.fullmatch(tag) or tag.casefold() in OLD:
        return False
    language, *rest = tag.split("-")
    scripts, regions = _english().scripts, _english().territories
    return language in _english().languages and all(
        part in (scripts if len(part) == 4 else regions) for part in rest
    )


def is_meant(tag: str) -> bool:
    """Whether a word is meant as a tag, right or wrong: `leaflet.draft.md` is no translation."""
    return bool(_SHAPED.fullmatch(tag) or suggested(tag))


def suggested(tag: str) -> str:
    """The tag that was probably meant; empty where nothing is near.

    Args:
        tag: what somebody wrote: `pt_br`, a country as in `jp`, or a name as in `spanish`.
    """
    return next((each for each in _guesses(tag.replace("_", "-")) if is_known(each)), "")


def is_same(tag: str, other: str) -> bool:
    """Whether two tags name one language: as `en` and `en-GB` do, and en-US and en-GB do not."""
    short, long = sorted((tag.casefold(), other.casefold()), key=len)
    return long == short or long.startswith(f"{short}-")


def _guesses(tag: str) -> Iterator[str]:
    language, *rest = tag.casefold().split("-")
    yield OLD.get(tag.casefold(), "")
    yield "-".join((language, *map(_cased, rest)))
    yield _of_country(language)
    yield from _of_name(tag.casefold())


def _cased(part: str) -> str:
    return part.title() if len(part) == 4 else part.upper()


def _of_country(code: str) -> str:
    """The language that is likely where somebody wrote a country (Unicode CLDR)."""
    likely: Mapping[str, str] = get_global("likely_subtags")
    return likely.get(f"und_{code.upper()}", "").split("_")[0]


def _of_name(name: str) -> Iterator[str]:
    """The languages whose English name, of one word, begins like that; the shortest first."""
    names = {english.casefold(): tag for tag, english in _english().languages.items()}
    for english in sorted(names, key=lambda each: (len(each), each)):
        if name and english.startswith(name) and " " not in english:
            yield names[english]


@cache
def _english() -> Locale:
    return Locale("en")
