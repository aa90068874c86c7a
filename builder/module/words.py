"""Message catalogues: the words that we write ourselves, in languages other than English.

A catalogue is a `.po` file of gettext: each English sentence whole, with named places for what is
put in, since the order of words differs between languages. It is read as it is: nothing compiled
lies beside it and grows stale. English needs none.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel import Locale
from babel.core import get_global
from markupsafe import Markup, escape

FOLDER = Path(__file__).parent / "catalogues"
ENGLISH = "en"
ISOLATE, LEFTWARDS, END = "\u2068", "\u2067", "\u2069"
"""Isolates and their end (Unicode Standard Annex 9, 2.4.2): a Latin name or a number between them
leaves the order of the words around it alone. What the first isolates runs the way of its first
letter, but letters in further isolates do not count; what the second isolates, from right to left.
"""
_DIRECTIONS = re.compile("[\u2066-\u2069]")
_UNSEEN = re.compile("[\u200e\u200f\u2066-\u2069]")
_PLACE = re.compile(r"%\(\w+\)s")
_FILLED = re.compile(r"%\((\w+)\)s|%%")


def filled(sentence: str, values: Mapping[str, object]) -> str:
    """A sentence with the values in their named places; `%%` is a per cent sign.

    Only names are read: no width or precision that somebody else's sentence could ask for.

    Raises:
        ValueError: a place has no value.
    """
    if missing := {name for name in _FILLED.findall(sentence) if name} - values.keys():
        raise ValueError(f"“{sentence}” gets no {', '.join(sorted(missing))}")
    return _FILLED.sub(lambda each: str(values[each[1]]) if each[1] else "%", sentence)


def marked_up(sentence: str, values: Mapping[str, object]) -> Markup:
    """As `filled`, for HTML: the sentence is plain text, and so is a value that is not markup."""
    safe = {name: escape(value) for name, value in values.items()}
    return Markup(filled(str(escape(sentence)), safe))  # noqa: S704 - all of it is escaped


def isolated(words: str, mark: str = ISOLATE) -> str:
    """Words between an isolate and its end."""
    return f"{mark}{words}{END}"


def without_isolates(text: str) -> str:
    """A text as it is read aloud."""
    return _DIRECTIONS.sub("", text)


def bare(text: str) -> str:
    """A text without white space and marks of direction: what two prints of it have in common."""
    return "".join(_UNSEEN.sub("", text).split())


def are_balanced(text: str) -> bool:
    """Whether each isolate in a text has its end, so that nothing behind it is turned around."""
    depth = 0
    for character in text:
        depth += ("\u2066" <= character <= ISOLATE) - (character == END)
        if depth < 0:
            return False
    return depth == 0


@cache
def languages() -> frozenset[str]:
    """The languages that there is a catalogue for, and English."""
    return frozenset({ENGLISH, *(path.stem for path in FOLDER.glob("*.po"))})


@lru_cache
def catalogue_for(tag: str) -> str:
    """The language whose words serve a language, as `es` serves es-MX; empty where none do.

    Words in one script do not serve another: there are none for zh-TW, which is written in
    traditional characters, while ours are simplified.
    """
    name = tag.split("-")[0].lower()
    return name if name in languages() and _script(tag) == _script(name) else ""


def _script(tag: str) -> str:
    """The script that a language is written in, by its tag or by what is likely (Unicode CLDR)."""
    language, *rest = tag.split("-")
    stated = [part.title() for part in rest if len(part) == 4 and part.isalpha()]
    likely: Mapping[str, str] = get_global("likely_subtags")
    region = "_".join([language.lower(), *(part.upper() for part in rest if len(part) == 2)])
    found = likely.get(region) or likely.get(language.lower()) or ""
    return stated[0] if stated else found.partition("_")[2].partition("_")[0]


@cache
def words_in(name: str) -> NullTranslations:
    """The words of one of `languages()`."""
    if name == ENGLISH:
        return NullTranslations()
    return read_words((FOLDER / f"{name}.po").read_bytes(), name)


@lru_cache(maxsize=16)
def words_over(data: bytes, name: str) -> NullTranslations:
    """The words of a catalogue that a theme brings, laid over ours.

    Raises:
        ValueError: it is not a catalogue.
    """
    own = read_words(data, name)
    own.add_fallback(words_in(name))
    return own


def read_words(data: bytes, name: str) -> GNUTranslations:
    """The words that a catalogue holds.

    In a language that runs from right to left, what is put into a sentence is isolated from it.

    Args:
        data: a `.po` file.
        name: its language.

    Raises:
        ValueError: it is not a catalogue.
    """
    # Here and not above: a project in English never reads a catalogue.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    try:
        catalogue = read_po(io.BytesIO(data), locale=name, abort_invalid=True)
    except PoFileError as error:
        raise ValueError(str(error)) from None
    if Locale.parse(name).character_order == "right-to-left":
        for message in catalogue:
            message.string = _isolating(message.string or "")
    packed = io.BytesIO()
    write_mo(packed, catalogue)
    packed.seek(0)
    return GNUTranslations(packed)


def _isolating(found: str | tuple[str, ...] | list[str]) -> str | tuple[str, ...]:
    if isinstance(found, str):
        return _PLACE.sub(lambda place: isolated(place[0]), found)
    return tuple(_PLACE.sub(lambda place: isolated(place[0]), each) for each in found)
