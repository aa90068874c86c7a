"""Lists with letters (`A. one choice`), which Markdown does not know: a list of numbers, marked."""

from __future__ import annotations

import re
from string import ascii_uppercase

from lxml.html import HtmlElement

from builder.module.prose.tree import add_class

LETTERS = "letters"
"""The class of a list whose items bear letters."""
MARK = "\ue0fd"
"""Stands before the words of an item until the text is a tree; no text can hold it."""
ATTRIBUTE = "data-letter"

_ITEM = re.compile(r"([ ]{0,3})([A-Z])([.)])[ ]+(?=\S)")


def numbered(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Lines in which items from A on, two at least, are items from 1 on.

    Args:
        lines: numbers and texts, code left out.
    """
    out: list[tuple[int, str]] = []
    at = 0
    while at < len(lines):
        items = _items(lines, at)
        if len(items) < 2:
            out.append(lines[at])
            at += 1
            continue
        out += [(0, ""), (0, MARK), (0, "")]  # parts it from a list above
        for index in range(at, items[-1] + 1):
            number, line = lines[index]
            found = _ITEM.match(line) if index in items else None
            out.append((number, _renamed(line, found) if found else line))
        at = items[-1] + 1
    return out


def _renamed(line: str, found: re.Match[str]) -> str:
    return f"{found[1]}{ascii_uppercase.index(found[2]) + 1}. {MARK}{line[found.end() :]}"


def _items(lines: list[tuple[int, str]], start: int) -> list[int]:
    """Where the items of a list with letters stand that begins at a line."""
    first = _ITEM.match(lines[start][1])
    if not first or first[2] != "A" or (start and lines[start - 1][1].strip()):
        return []
    found = [start]
    for at in range(start + 1, len(lines)):
        line = lines[at][1]
        item = _ITEM.match(line)
        blank_before = not lines[at - 1][1].strip()
        if item and (item[1], item[3]) == (first[1], first[3]) and _follows(item[2], len(found)):
            found.append(at)
        elif blank_before and line.strip() and (item or not line.startswith("  ")):
            break
    return found


def _follows(letter: str, count: int) -> bool:
    return count < len(ascii_uppercase) and letter == ascii_uppercase[count]


def as_elements(markup: str) -> str:
    """HTML in which the marks are elements, which a parser keeps."""
    return markup.replace(MARK, f'<span {ATTRIBUTE}=""></span>')


def finish_letters(body: HtmlElement) -> None:
    """Give lists their class, and take the marks away."""
    for mark in [each for each in body.iter("span") if ATTRIBUTE in each.attrib]:
        listed = next(mark.iterancestors("ol"), None)
        if listed is not None:
            add_class(listed, LETTERS)
        mark.drop_tree()
