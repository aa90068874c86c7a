"""Gives a master text styles where it states none; programs differ in what that would mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree

from builder.artifacts.deck.master.cleaning import DRAWN, SLIDES

SIZES = {"titleStyle": (32,), "bodyStyle": (24, 20, 18, 18, 18), "otherStyle": (18,)}
"""Points of the levels of each style (ECMA-376 part 1, 19.3.1.52): titles, texts, all else."""
INDENT = 285_750
"""From one level to the next, in English metric units; a bullet hangs as far."""
FONTS = {"titleStyle": "mj", "bodyStyle": "mn", "otherStyle": "mn"}


def styled(master: Any) -> bool:
    """Add the text styles that a master's element lacks; whether there was one."""
    styles = master.find(f"{{{SLIDES}}}txStyles")
    if styles is None:
        styles = etree.Element(f"{{{SLIDES}}}txStyles")
        after = master.find(f"{{{SLIDES}}}extLst")
        place = len(master) if after is None else master.index(after)
        master.insert(place, styles)
    found = {name: styles.find(f"{{{SLIDES}}}{name}") for name in SIZES}
    lacking = [name for name, style in found.items() if style is None or len(style) == 0]
    for name in lacking:
        found[name] = etree.fromstring(_style(name, SIZES[name]))
    if lacking:
        styles[:] = found.values()
    return bool(lacking)


def _style(name: str, sizes: Sequence[int]) -> str:
    levels = "".join(_level(name, number, size) for number, size in enumerate(sizes, 1))
    return f'<p:{name} xmlns:p="{SLIDES}" xmlns:a="{DRAWN}">{levels}</p:{name}>'


def _level(name: str, number: int, size: int) -> str:
    margin = f' marL="{number * INDENT}" indent="-{INDENT}"' if name == "bodyStyle" else ""
    bullet = '<a:buFont typeface="Arial"/><a:buChar char="•"/>' if margin else "<a:buNone/>"
    fonts = "".join(
        f'<a:{kind} typeface="+{FONTS[name]}-{short}"/>'
        for kind, short in (("latin", "lt"), ("ea", "ea"), ("cs", "cs"))
    )
    space = '<a:spcBef><a:spcPct val="30000"/></a:spcBef>' if margin else ""
    return (
        f'<a:lvl{number}pPr{margin} algn="l">{space}{bullet}<a:defRPr sz="{size * 100}">'
        f'<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>{fonts}</a:defRPr>'
        f"</a:lvl{number}pPr>"
    )
