"""The numbers in a master or a layout, checked before anything is measured with them.

The format takes lengths with a unit and shares in per cent beside plain numbers (ECMA-376 part 1,
20.1.10.16 and 22.9.2.15): they become plain ones, so that only these are met later.
"""

from __future__ import annotations

import re
from typing import Any

from builder.artifacts.deck.parts import Damaged, Package

EMU = {"mm": 36_000, "cm": 360_000, "in": 914_400, "pt": 12_700, "pc": 152_400, "pi": 152_400}
LENGTH = re.compile(r"([+-]?\d+(?:\.\d+)?)(mm|cm|in|pt|pc|pi)")
SHARE = re.compile(r"([+-]?\d+(?:\.\d+)?)%")
PLAIN = re.compile(r"[+-]?\d{1,10}")
LEVELS = (*(f"lvl{number}pPr" for number in range(1, 10)), "defPPr", "pPr")
NEEDED = {
    **dict.fromkeys(("off", "chOff"), ("x", "y")),
    **dict.fromkeys(("ext", "chExt", "sldSz", "notesSz"), ("cx", "cy")),
    **dict.fromkeys(("spcPts", "spcPct"), ("val",)),
}
"""Numbers that an element must state."""
GIVEN = {
    **dict.fromkeys(LEVELS, ("marL", "marR", "indent", "lvl")),
    **dict.fromkeys(("defRPr", "rPr", "endParaRPr"), ("sz", "spc", "baseline")),
    "bodyPr": ("lIns", "tIns", "rIns", "bIns", "numCol", "spcCol", "rot"),
    "normAutofit": ("fontScale", "lnSpcReduction"),
    "ph": ("idx",),
    "xfrm": ("rot",),
}
"""Numbers that an element may state."""


def measured(package: Package, name: str) -> None:
    """Make the numbers of a part plain.

    Raises:
        Damaged: one is missing, or is no number.
    """
    for element in package.tree(name).iter("*"):
        word = element.tag.rpartition("}")[2]
        needed, given = NEEDED.get(word, ()), GIVEN.get(word, ())
        for key in needed:
            # Extensions bear the name of sizes, and have none.
            if element.get(key) is None and element.get("uri") is None:
                raise Damaged(name, f"holds <{word}> without {key}")
        for key in (*needed, *given):
            _made_plain(package, name, element, key)


def _made_plain(package: Package, name: str, element: Any, key: str) -> None:
    text = element.get(key)
    if text is None or PLAIN.fullmatch(text):
        return
    length, share = LENGTH.fullmatch(text), SHARE.fullmatch(text)
    if length:
        plain = float(length[1]) * EMU[length[2]]
    elif share:
        plain = float(share[1]) * 1000
    else:
        raise Damaged(name, f"holds {key}=“{text[:40]}”, which is no number")
    element.set(key, str(round(plain)))
    package.changed(name)
