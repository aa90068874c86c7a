"""A style for text that runs from left to right, made one for text that runs the other way."""

from __future__ import annotations

import re
from functools import lru_cache

_VALUE = r"(?:[^\s;{}()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+"
WORDS = re.compile(
    r"""(?P<kept>/\*.*?\*/|"[^"]*"|'[^']*'|url\([^)]*\)|[^{}]*\[dir[^{}]*\{[^{}]*\}|(?:[.#]|--)[\w-]+)"""
    rf"|(?P<four>(?<![\w-])(?:margin|padding|inset|border-(?:width|style|color))\s*:\s*)"
    rf"(?P<top>{_VALUE})\s+(?P<right>{_VALUE})\s+(?P<bottom>{_VALUE})\s+(?P<left>{_VALUE})"
    r"|(?P<side>\b(?:left|right)\b)",
    re.DOTALL,
)
"""What is looked at: rules that speak of `dir` themselves, names and strings are kept."""
OTHER = {"left": "right", "right": "left"}


@lru_cache(maxsize=16)
def mirrored(css: str) -> str:
    """A style with its sides exchanged: margins, bars, lists, the boxes in a page's margins.

    Each word stays on its line, so that what is said of a line is true of the file.
    """
    return WORDS.sub(_exchanged, css)


def _exchanged(found: re.Match[str]) -> str:
    if found["side"]:
        return OTHER[found["side"]]
    if found["four"]:
        return f"{found['four']}{found['top']} {found['left']} {found['bottom']} {found['right']}"
    return found[0]
