"""Which further fonts a text needs: those of the scripts that it is written in, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

from builder.artifacts.leaflet.extras import EXTRAS, Extra
from builder.problems import Problem, Rejected
from builder.theme import Theme, is_text, place_of

RANGE = re.compile(r"U\+([0-9A-F]{2,6})(?:-([0-9A-F]{2,6}))?", re.IGNORECASE)
NAME = re.compile(r"[\w ./-]+")
MARKS = frozenset("—…‘’“”")
"""Marks that West and East write alike and set otherwise: they are the width of a character there
(W3C, Requirements for Chinese Text Layout, 3.1)."""
KANA, HANGUL = re.compile(r"[\u3040-\u30ff]"), re.compile(r"[\u1100-\u11ff\uac00-\ud7ff]")


@dataclass(frozen=True)
class Script:
    """A table of `[[fonts.scripts]]`: a family for the characters of some script."""

    family: str
    characters: str
    """As CSS writes ranges of characters."""
    languages: tuple[str, ...] = ()
    """Whose way to draw these characters it is; those of all where it is empty."""
    files: tuple[tuple[int, str], ...] = ()
    """Weights and files of the theme."""
    extra: Extra | None = None

    @cached_property
    def ranges(self) -> tuple[range, ...]:
        """The characters as code points."""
        return ranges_of(self.characters)

    def among(self, characters: Iterable[str]) -> frozenset[str]:
        """Those of some characters that it is for."""
        first = chr(min(each.start for each in self.ranges))
        return frozenset(
            each
            for each in characters
            if each >= first and any(ord(each) in some for some in self.ranges)
        )

    def suits(self, language: str) -> int:
        """How well it suits a language: the longer the tag that it names, the better."""
        tag = language.lower()
        fitting = [len(each) for each in self.languages if f"{tag}-".startswith(f"{each}-")]
        return max(fitting) if fitting else -bool(self.languages)


@dataclass(frozen=True, slots=True)
class Need:
    """A script, and what of it a document shows."""

    script: Script
    characters: frozenset[str]
    own: tuple[str, ...]
    """The languages of the document that it draws in their own way."""


def ranges_of(text: str) -> tuple[range, ...]:
    """Ranges of characters as CSS writes them, as code points."""
    found = (each.groups() for each in RANGE.finditer(text))
    return tuple(range(int(first, 16), int(last or first, 16) + 1) for first, last in found)


def scripts_of(theme: Theme) -> tuple[Script, ...]:
    """The tables of `[[fonts.scripts]]`: the theme's own, then those of themes that it extends.

    Raises:
        Rejected: one is not as it must be.
    """
    return tuple(
        _script(theme, entry)
        for layer in theme.layers or (theme.tokens,)
        for entry in layer.get("fonts", {}).get("scripts", ())
    )


def _script(theme: Theme, entry: Mapping[str, Any]) -> Script:
    extra = EXTRAS.get(str(entry.get("extra", "")))
    regular = entry.get("regular")
    files = () if extra else (regular, entry.get("bold", regular))
    characters = entry.get("characters", extra.characters if extra else None)
    languages = entry.get("languages", [])
    if not all(_is_name(each) for each in (entry.get("family"), *files)) or not (
        _are_ranges(characters) and isinstance(languages, list) and all(map(is_text, languages))
    ):
        message = (
            "Each [[fonts.scripts]] names a family, its characters as in U+0590-05FF, "
            "and regular, a font file; or the extra “cjk”."
        )
        raise Rejected(Problem("theme-file", message, place_of(theme, ("fonts", "scripts"))))
    tags = tuple(each.lower() for each in languages)
    weights = tuple(zip((400, 700), files, strict=False))
    return Script(str(entry["family"]), characters, tags, weights, extra)


def _is_name(value: object) -> bool:
    return isinstance(value, str) and NAME.fullmatch(value) is not None


def _are_ranges(value: object) -> bool:
    return isinstance(value, str) and all(
        RANGE.fullmatch(each.strip()) for each in value.split(",")
    )


def needs_of(scripts: Iterable[Script], root: Element, more: str = "") -> tuple[Need, ...]:
    """The scripts that a document is written in.

    Args:
        scripts: those that the theme has fonts for; of two that suit alike, the first is taken.
        root: the document.
        more: further text in its language, as style sheets add it.
    """
    scripts = tuple(scripts)
    characters = {*"".join(root.itertext()), *more}
    if not any(each.among(characters) for each in scripts):
        return ()
    found: dict[Script, set[str]] = {}
    own: dict[Script, list[str]] = {}
    for language, characters in _written(root, more).items():
        for script, shown in _shared_out(scripts, language, characters):
            found.setdefault(script, set()).update(shown)
            if script.suits(language) > 0:
                own.setdefault(script, []).append(language)
    return tuple(
        Need(script, frozenset(shown), tuple(own.get(script, ())))
        for script, shown in sorted(found.items(), key=lambda each: scripts.index(each[0]))
    )


def _written(root: Element, more: str) -> dict[str, set[str]]:
    """The characters of a document by language."""
    written: dict[str, set[str]] = {root.get("lang", ""): set(more)}

    def walk(element: Element, language: str) -> None:
        inside = element.get("lang", language)
        written.setdefault(inside, set()).update(element.text or "")
        for child in element:
            walk(child, inside)
            written[inside].update(child.tail or "")

    walk(root, "")
    return written


def _shared_out(
    scripts: tuple[Script, ...], language: str, characters: set[str]
) -> Iterator[tuple[Script, frozenset[str]]]:
    """Each character to the script that suits the language best."""
    left = frozenset(characters)
    tag = _guessed(scripts, language, "".join(characters))
    for script in sorted(scripts, key=lambda each: -each.suits(tag)):
        if shown := script.among(left):
            left -= shown
            marks = MARKS & characters if script.suits(language) > 0 else frozenset()
            yield script, shown | marks


def _guessed(scripts: tuple[Script, ...], language: str, text: str) -> str:
    """The language as it is stated; where no script is its own, that of the letters."""
    if any(script.suits(language) > 0 for script in scripts):
        return language
    return "ja" if KANA.search(text) else "ko" if HANGUL.search(text) else language


def missing_of(scripts: Iterable[Script], characters: Iterable[str]) -> Extra | None:
    """The optional fonts that hold some of these characters and are not installed."""
    shown = tuple(characters)
    extras = (each.extra for each in scripts if each.extra and each.among(shown))
    return next((extra for extra in extras if not extra.installed()), None)
