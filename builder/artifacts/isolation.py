"""What runs from left to right in a text that runs from right to left, kept in order.

Numbers, doses, codes, telephone numbers, addresses and Latin names are put into `bdi` elements: the
Unicode algorithm would show “500 mg” as “mg 500” and turn the groups of a telephone number around
(Unicode Standard Annex 9). Elements and not invisible characters, so that a number that is copied,
searched or read aloud holds nothing else, and stays in order where a line breaks within it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any

import lxml.html

Piece = tuple[str, Any]
"""Words, and the element that they are the words of; None for bare text."""
HEBREW_AND_ARABIC = r"\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff"
BARRIER = "\ufffc"
"""What stands for an element that runs from right to left itself, or is none of words."""
_LETTER = rf"[^\W\d_{HEBREW_AND_ARABIC}]"
_ARABIC_DIGITS = r"(?<![\u0660-\u06f9])[\u0660-\u0669\u06f0-\u06f9]{1,20}"
_SPACE = r"\s+"
_PART = rf"(?:[^\W{HEBREW_AND_ARABIC}]+|{_ARABIC_DIGITS}(?=\s*[A-Za-zµμΩ°]))"
_BRACKETS = rf"\s*\([^(){HEBREW_AND_ARABIC}{BARRIER}]*\)"
_BETWEEN = (
    rf"(?:(?<={_LETTER})[^\w()\[\]{{}}{HEBREW_AND_ARABIC}{BARRIER}]{{1,5}}(?={_LETTER})"
    rf"|[-–—−/.,:'’@&=?#_~+%×·*^]{{1,3}}|{_SPACE}[×=<>≤≥±+–−/&]{_SPACE}"
    rf"|\s*[<>≤≥±~≈×°]\s*|{_SPACE}|{_BRACKETS}\s*)"
)
RUN = re.compile(
    rf"(?:[+\-−–±~≈<>≤≥$£€#@]\s*)?{_PART}(?:{_BETWEEN}?{_PART})*"
    rf"(?:{_BRACKETS}|\s*[%‰°℃℉]|[+′″*](?!\w))*"
)
"""Words, numbers and what holds them together. Behind a number, a comma or a full stop with a space
does not: the items of a list stand in the order of the text around them."""
LATIN = re.compile(_LETTER)
LEFTWARD = re.compile(f"[{HEBREW_AND_ARABIC}{BARRIER}]")
INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins"),
        *(
            "kbd",
            "mark",
            "q",
            "s",
            "samp",
            "small",
            "span",
            "strong",
            "sub",
            "sup",
            "time",
            "u",
            "var",
        ),
    )
)
LEFT_ALONE = frozenset(("head", "script", "style", "template", "textarea", "svg", "math"))


def isolate(root: Any, direction: str = "ltr") -> None:
    """Keep what runs from left to right in order, wherever text runs from right to left.

    Args:
        root: an element, of the standard library or of lxml; what is in it is changed.
        direction: the way that text runs around it.
    """
    stated = (root.get("dir") or "").lower()
    direction = stated if stated in ("ltr", "rtl") else direction
    if direction == "rtl":
        _wrap(root)
    for child in root:
        if isinstance(child.tag, str) and child.tag not in LEFT_ALONE:
            isolate(child, direction)


def isolated(html: str) -> str:
    """A whole page with what runs from left to right kept in order."""
    root = lxml.html.document_fromstring(html)
    isolate(root)
    return str(lxml.html.tostring(root, encoding="unicode", doctype="<!doctype html>"))


def runs_of(text: str) -> Iterator[tuple[int, int]]:
    """Where in a right-to-left text something runs from left to right: starts and ends."""
    for found in RUN.finditer(text):
        yield found.start(), found.end()


def _wrap(parent: Any) -> None:
    """Put the runs of an element's own words into elements."""
    pieces = list(_pieces(parent))
    line = "".join(words for words, _ in pieces)
    runs = list(runs_of(line))
    if parent.tag not in INLINE and not LEFTWARD.search(line):
        runs = [(first, len(line.rstrip())) for first, _ in runs[:1]]  # with its full stop
    elif _is_foreign(parent):
        runs = [(len(line) - len(line.lstrip()), len(line.rstrip()))]
    if runs:
        _fill(parent, list(_cut(pieces, runs)))


def _is_foreign(parent: Any) -> bool:
    """Whether an element of its own line has words, and all of them run from left to right.

    As in a reference: its links and brackets belong to its line, whatever they are made of.
    """
    within = (each for child in parent for each in child.iter())
    if parent.tag in INLINE or any(each.tag not in INLINE or each.get("dir") for each in within):
        return False
    words = "".join(parent.itertext())
    return bool(LATIN.search(words)) and not LEFTWARD.search(words)


def _pieces(parent: Any) -> Iterator[Piece]:
    """The words of an element, and those of what stands between them."""
    if parent.text:
        yield parent.text, None
    for child in parent:
        yield _words(child), child
        if child.tail:
            yield child.tail, None


def _words(child: Any) -> str:
    """What an element is in the line around it: words, where it is nothing but a run."""
    if child.get("dir") or any(each.tag not in INLINE for each in child.iter()):
        return BARRIER
    words = "".join(child.itertext())
    found = RUN.match(words.strip())  # no full match: that would try all ways to part a word
    return words if found and found[0] == words.strip() else BARRIER


def _cut(pieces: Iterable[Piece], runs: list[tuple[int, int]]) -> Iterator[tuple[int, Piece]]:
    """The pieces, cut where runs begin and end, each with its run; -1 where it is in none.

    An element is never cut: it belongs to the run that reaches into it.
    """
    ends = [end for _, end in runs]

    def run_in(start: int, end: int) -> int:
        found = bisect_right(ends, start)
        return found if found < len(runs) and runs[found][0] < end else -1

    start = 0
    for words, element in pieces:
        end = start + len(words)
        bounds = [start, end]
        if element is None:
            near = runs[bisect_right(ends, start) : bisect_right(ends, end) + 1]
            bounds += [each for run in near for each in run if start < each < end]
        for first, last in pairwise(sorted(bounds)):
            yield run_in(first, last), (words[first - start : last - start], element)
        start = end


def _fill(parent: Any, pieces: list[tuple[int, Piece]]) -> None:
    """Give an element new content: the pieces, those of a run in an element of their own."""
    for child in list(parent):
        child.tail = None
        parent.remove(child)
    parent.text = None
    for run, group in groupby(pieces, key=itemgetter(0)):
        own = [piece for _, piece in group]
        inside = parent
        if run >= 0 and (len(own) > 1 or own[0][1] is None):  # else it is seen to in the element
            inside = parent.makeelement("bdi", {"dir": "ltr"})
            parent.append(inside)
        for words, element in own:
            _append(inside, words, element)


def _append(parent: Any, words: str, element: Any) -> None:
    if element is not None:
        parent.append(element)
    elif len(parent):
        parent[-1].tail = (parent[-1].tail or "") + words
    else:
        parent.text = (parent.text or "") + words
