"""Numbers as people write them in tables, read strictly: what could mean two things is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

MOST_DIGITS = 15
"""What a workbook keeps of a number."""
GROUPED = 10_000
"""From here on thousands are set apart."""

_NUMBER = re.compile(
    r"(?P<sign>[-+\u2212]?)"
    r"(?P<whole>[0-9]+|[0-9]{1,3}(?:[\s\u2009\u202f][0-9]{3})+)"
    r"(?:\.(?P<part>[0-9]+))?"
    r"(?P<percent>\s?%)?"
)
_UNIT = re.compile(r"[-+\u2212]?[0-9][0-9 .]*\s?[^\W\d_][\w²³/·.-]*")
_NONE = frozenset({"-", "–", "—", "n/a", "na", "none", "nil", "?", "..", "…", "x"})
HINT = "Write it as 1234.5 or 1 234.5, with % behind it if all have one."


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was read."""

    value: float
    decimals: int
    """Digits behind its point."""
    percent: bool
    """Whether a % stands behind it; the value is what stands before."""


def read_number(text: str) -> Number | None:
    """The number in a cell; None where the cell is empty.

    Raises:
        ValueError: it is not a number, or may be read in two ways; the words say what to write.
    """
    words = text.strip()
    if not words:
        return None
    match = _NUMBER.fullmatch(words)
    if not match:
        raise ValueError(_advice(words))
    whole, part = re.sub(r"\s", "", match["whole"]), match["part"] or ""
    if len(whole) + len(part) > MOST_DIGITS:
        raise ValueError(f"Write at most {MOST_DIGITS} digits.")
    value = float(f"{whole}.{part or 0}")
    sign = -1 if match["sign"] in ("-", "\u2212") else 1
    return Number(sign * value if value else 0.0, len(part), bool(match["percent"]))


def _advice(words: str) -> str:
    if "," in words:
        return "Write 1234 or 1 234 for thousands, 12.5 for a fraction: a comma can mean either."
    if words.casefold() in _NONE:
        return "Leave the cell empty where there is no number."
    if _UNIT.fullmatch(words):
        return "Write the number alone, and its unit behind `Values:`, as in `Values: Dose (mg)`."
    return HINT


def format_of(numbers: Sequence[Number]) -> str:
    """How numbers are written, as a workbook's format (ECMA-376 part 1, 18.8.30).

    All get as many decimals as the finest; thousands are set apart from 10 000 on.
    """
    whole = "#,##0" if any(abs(each.value) >= GROUPED for each in numbers) else "0"
    decimals = max((each.decimals for each in numbers), default=0)
    part = "." + "0" * decimals if decimals else ""
    percent = '"%"' if numbers and all(each.percent for each in numbers) else ""
    return whole + part + percent
