"""The text of a file before anything reads it: what may stand in it, and how long and deep it is.

Python-Markdown recurses for each level of lists and quotations, and some of its steps grow with the
square of what they are given. The limits here are far above what a reader could follow.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from builder.problems import Place, Problem, Problems, Rejected

TAB = 4
"""Columns of a tab, and of one level of a list."""
LONGEST = 200_000
"""Characters of one text: eighty pages."""
LONGEST_BLOCK = 20_000
"""Characters between two blank lines: eight pages without a break."""
MOST_BLOCKS = 8_000
MOST_COLUMNS = 40
DEEPEST = 10
"""Levels of lists and quotations."""
DEEPEST_BRACKETS = 20
"""Round and square brackets that are open at once in a paragraph."""
MOST_UNCLOSED = 50
"""Tags of HTML that the next one cuts off."""
SHOWN = 50
"""Problems of one kind in a text that are reported one by one; nobody reads more."""

_NOT_ALLOWED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff9-\uffff]"
)
_TURNING = re.compile(
    r"[\u202a-\u202e\u2066-\u2069]|&#(?:0*82(?:3[4-8]|9[4-7])(?!\d)|x0*20(?:2[a-e]|6[6-9])(?![\da-f]));?",
    re.IGNORECASE,
)
"""Characters, and their numbers as HTML writes them, that turn the order of what follows around: a
reader may see the digits of a dose reversed (Unicode Standard Annex 9, 2)."""
_ISOLATED = re.compile(r"[\u2066-\u2068]([^\u202a-\u202e\u2066-\u2069]*)\u2069")
"""Words that are kept apart from their neighbours, which turns nothing around."""
_MARKERS = re.compile(r"(?:[ ]*(?:>|(?:[-*+]|\d{1,9}\.|:)(?=[ ])))*[ ]*")
_BRACKET = re.compile(r"(?<!\\)[\[\]()]")
_UNCLOSED_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*(?=<|$)")
_SEPARATOR = re.compile(r"[ >|:-]+")
_MARKER = re.compile(r"[>:.*+-]")


@dataclass(frozen=True, slots=True)
class Source:
    """A text that is being read: its name for messages, and where problems go.

    Attributes:
        path: the file as named in messages.
        count: how many lines it has.
        problems: filled on the way.
    """

    path: str
    count: int
    problems: Problems
    _reported: Counter[str] = field(default_factory=Counter)

    def report(
        self, code: str, message: str, line: int, hint: str | Callable[[], str] = ""
    ) -> None:
        """Note a problem on a line, counted from 1 and kept inside of the file.

        Args:
            code: one of `problems.CODES`.
            message: what is wrong.
            line: where.
            hint: what to do about it, or what finds that out when it takes a while.
        """
        self._reported[code] += 1
        if self._reported[code] <= SHOWN:
            place = Place(self.path, min(max(line, 1), self.count))
            self.problems.add(code, message, place, hint if isinstance(hint, str) else hint())


def lines_of(text: str, path: str, problems: Problems) -> tuple[Source, list[str]]:
    """The lines of a text, without tabs and without characters that no font shows.

    Raises:
        Rejected: the text is too long, or nested too deep, to be read.
    """
    lines = text.expandtabs(TAB).split("\n")
    source = Source(path, len(lines), problems)
    if len(text) > LONGEST:
        message = f"The text is longer than {LONGEST:,} characters."
        hint = "Make several modules of it."
        raise Rejected(Problem("file-too-large", message, Place(path), hint))
    lines = allowed(lines, source)
    _limit(lines, path)
    return source, lines


def allowed(lines: list[str], source: Source) -> list[str]:
    """Lines without the characters that no font shows, each of which is reported."""
    lines = _straight(lines, source)
    if not any(map(_NOT_ALLOWED.search, lines)):
        return lines
    for number, line in enumerate(lines, 1):
        for character in dict.fromkeys(_NOT_ALLOWED.findall(line)):
            message = f"The character U+{ord(character):04X} cannot be shown."
            hint = "Delete it, and type the text again."
            source.report("character-invalid", message, number, hint)
    return [_NOT_ALLOWED.sub("", line) for line in lines]


def _straight(lines: list[str], source: Source) -> list[str]:
    """Lines without the characters that turn text around, each of which is reported."""
    if not any(map(_TURNING.search, lines)):
        return lines
    out = []
    for number, line in enumerate(lines, 1):
        for found in dict.fromkeys(_TURNING.findall(_ISOLATED.sub(r"\1", line))):
            message = f"{_named(found)} turns the order of letters and digits around, unseen."
            hint = 'Delete it; say the language instead, as in <span lang="ar">…</span>.'
            source.report("character-invalid", message, number, hint)
            line = line.replace(found, "")
        out.append(line)
    return out


def _named(found: str) -> str:
    return found if found[0] == "&" else f"The character U+{ord(found):04X}"


def _limit(lines: list[str], path: str) -> None:
    """Refuse what would take Python-Markdown too long or too deep."""
    blocks = size = brackets = tags = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            blocks, size, brackets = blocks + bool(size), 0, 0
            continue
        size += len(line) + 1
        brackets = _brackets(line, brackets)
        tags += len(_UNCLOSED_TAG.findall(line)) if "<" in line else 0
        for found, most, words in (
            (blocks, MOST_BLOCKS, "paragraphs in one text"),
            (size, LONGEST_BLOCK, "characters without a blank line"),
            (brackets, DEEPEST_BRACKETS, "brackets that are never closed"),
            (tags, MOST_UNCLOSED, "tags without their >"),
            (_columns(line), MOST_COLUMNS, "columns in a table"),
            (_depth(line), DEEPEST, "levels of lists or quotations"),
        ):
            if found > most:
                message = f"More than {most:,} {words}."
                raise Rejected(Problem("text-too-deep", message, Place(path, number)))


def _brackets(line: str, depth: int) -> int:
    """How many brackets are open, at the most, once a line has been read."""
    if not depth and "[" not in line and "(" not in line:
        return 0
    deepest = depth
    for bracket in _BRACKET.findall(line):
        depth = depth + 1 if bracket in "[(" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest if deepest > DEEPEST_BRACKETS else depth


def _columns(line: str) -> int:
    """The columns of a table, in the line below its header."""
    return line.count("|") - 1 if "|" in line and _SEPARATOR.fullmatch(line) else 0


def _depth(line: str) -> int:
    """How many levels of lists and quotations a line stands in: its markers, or its indent."""
    markers = _MARKERS.match(line)
    prefix = markers[0] if markers else ""
    if not prefix.strip():
        return 0
    return len(_MARKER.findall(prefix)) + (len(line) - len(line.lstrip(" "))) // TAB
