"""Marks that are left in the finished text as they were typed: somebody meant something by them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from builder.module.prose.containers import KINDS
from builder.module.prose.inline import CITED, KEY
from builder.module.prose.source import SHOWN, Source
from builder.module.prose.tree import line_of

_LITERAL = frozenset(("code", "pre", "kbd", "samp"))
_KEEP = "Where it is meant, put it between backquotes."


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark that is left, and what to do about it."""

    pattern: re.Pattern[str]
    hint: str


MARKS = tuple(
    _Mark(re.compile(pattern), hint)
    for pattern, hint in (
        (r"\*{2,}", f"Bold words stand close between the stars: **so**. {_KEEP}"),
        (
            r"(?<!_)__(?=[^\s_])|(?<=[^\s_])__(?!_)",
            f"Bold words stand close between the marks: __so__. {_KEEP}",
        ),
        (
            r"(?<![\w*])\*(?=[^\W\d_])",
            f"Emphasis needs a star on both sides: *so*; a note is written [^1]. {_KEEP}",
        ),
        (r"`+", "Code stands between two backquotes: `so`."),
        (r"==(?=[^\s=])[^=\n]*[^\s=]==", "Write **so** for words that must be seen."),
        (
            r"\${1,2}[^\s$][^$\n]*[\\^_][^$\n]*\${1,2}",
            "Formulas are not read: write 10^3^ and H~2~O, or show a picture.",
        ),
        (r"\A\s*\[[ xX]\](?=\s|\Z)", "Boxes to tick are not drawn: write the item alone."),
        (r"~{2,}", "Write <s>…</s> around words that are struck out."),
        (r"\[@[^\s\]]*", "Write keys only, as in [@key] or [@key; @other]."),
        (r"\[\^[^\s\]]*", "Write a footnote's name without spaces, as in [^name]."),
        (r"(?<=\])\{[ ]*lang=[^{}]*\}", 'Write <span lang="fr">…</span> around the words.'),
        (
            r"(?<=\])\{[^{}]*\}|\{[ ]*(?::[ ]*)?[.#][\w-][^{}\n]*\}?",
            "Write it close behind emphasis, a link or a picture, or on a line below a paragraph.",
        ),
        (
            r"\*[ ]?\[[^\]\n]*\][ ]?:",
            "Start a line with it, and write the meaning behind it: *[PCA]: meaning.",
        ),
        (r":{3,}", "The colons of a container start a line, which is not indented."),
        (
            rf"(?:(?<=\n)|\A)[ ]*::[ ]*(?:{'|'.join(KINDS)})\b",
            "A container begins and ends with three colons: ::: note",
        ),
        (
            r"(?<=\n)[ ]*(?:[-*+•]|\d{1,2}[.)])(?=[ ]+\S)",
            "A list begins behind a blank line, in a list four spaces further in; write - or 1. .",
        ),
        (
            r"\A\s*[Aa][.)][ ]+[^\n]*\n[ ]*[Bb][.)](?=[ ])",
            "The items of a list bear numbers or capitals: write 1. or A. behind a blank line.",
        ),
        (
            r"\{[ ]*(?:widths[ ]*=|width[ ]*=[ ]*[\"“”]?[\d.]+%?[ ,])[^{}\n]*\}",
            'Widths end a table\'s caption and hold numbers alone: Table: Doses {widths="2 1 1"}.',
        ),
        (
            r"\{[ ]*[a-z][a-z-]*=[^{}\n]*\}",
            "Write it close behind a picture, or behind the words of a heading.",
        ),
        (r"<!--|-->", "A comment stands between <!-- and -->, without an empty line in it."),
        (r"\b(?:TODO|FIXME|XXX)\b", "Finish the text, or make it a comment: <!-- … -->."),
    )
)
SIGNS = re.compile(r"[*_`=$~{@\[]|::|<!--|-->|TODO|FIXME|XXX|\n[ ]*[-+•\dBb]")
"""One of these stands in every text with a mark; most texts have none, and are seen through."""
_BARE_KEY = re.compile(rf"(?<![\w\[])@({KEY})|(?<!\])\[({KEY})\](?![(\[])")
"""What may be a citation, where it names a reference."""


def check_marks(part: HtmlElement, keys: Collection[str], source: Source) -> None:
    """Report marks that are shown as they are typed, outside of code.

    Args:
        part: a finished text.
        keys: the keys of the references that can be cited.
        source: where problems go.
    """
    # The line is looked for only as often as it is shown: that takes a while.
    for element, before, mark, hint in islice(_found(part, keys), SHOWN):
        message = f"“{mark}” is shown as it is typed."
        source.report("mark-left", message, line_of(element) + before, hint)


def _found(part: HtmlElement, keys: Collection[str]) -> Iterator[tuple[HtmlElement, int, str, str]]:
    """Each mark: the element it follows, the line breaks in between, the mark, what to do."""
    for element, behind, text in _texts(part):
        for start, mark, hint in _marks(text, keys):
            inside = element.text_content().count("\n") if behind else 0
            yield element, inside + text.count("\n", 0, start), mark, hint


def _texts(part: HtmlElement) -> Iterator[tuple[HtmlElement, bool, str]]:
    """Every piece of text outside of code, and whether it stands behind its element."""
    if part.tag in _LITERAL:
        return
    if part.text and CITED not in part.attrib:
        yield part, False, part.text
    for child in part:
        yield from _texts(child)
        if child.tail:
            yield child, True, child.tail


def _marks(text: str, keys: Collection[str]) -> Iterator[tuple[int, str, str]]:
    if not SIGNS.search(text):
        return
    taken = 0
    found = [(each, mark.hint) for mark in MARKS for each in mark.pattern.finditer(text)]
    bare = ((each, each[1] or each[2]) for each in _BARE_KEY.finditer(text))
    found += [(each, f"Write [@{key}].") for each, key in bare if key in keys]
    for match, hint in sorted(found, key=lambda pair: pair[0].start()):
        if match.start() >= taken:
            taken = match.end()
            yield match.start(), match[0].strip()[:40], hint
