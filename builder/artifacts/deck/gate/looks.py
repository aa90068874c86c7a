"""How the words of one level look, by all that they inherit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from builder.artifacts.deck.master.colours import Colours
from builder.artifacts.deck.master.textstyle import NAMES

PLAIN_SIZE = 18.0
"""Points of text of which nobody tells the size."""


@dataclass(frozen=True, slots=True)
class Looks:
    """What one level of a text inherits."""

    size: float
    bold: bool
    ink: str
    """Six digits of the colour; empty where it cannot be told."""
    leftwards: bool
    complex: str
    """The font of complex scripts, or nothing."""


def looks_of(origins: list[Any], number: int, colours: Colours, theme: Any) -> Looks:
    """What a level inherits from lists of levels, the nearest first."""
    levels = [each.find(f"a:lvl{number}pPr", NAMES) for each in origins]
    levels = [each for each in levels if each is not None]
    runs = [run for each in levels if (run := each.find("a:defRPr", NAMES)) is not None]
    fills = (run.find("a:solidFill", NAMES) for run in runs)
    faces = (run.find("a:cs", NAMES) for run in runs)
    named = next((str(each.get("typeface", "")) for each in faces if each is not None), "+mn-cs")
    painted = next((each[0] for each in fills if each is not None and len(each)), None)
    return Looks(
        size=int(_attribute(runs, "sz") or PLAIN_SIZE * 100) / 100,
        bold=_attribute(runs, "b") in ("1", "true"),
        ink=colours.named("tx1") if painted is None else colours.digits(painted),
        leftwards=_attribute(levels, "rtl") in ("1", "true"),
        complex=_typeface(named, theme),
    )


def _attribute(elements: list[Any], name: str) -> str:
    return next((str(each.get(name)) for each in elements if each.get(name) is not None), "")


def _typeface(face: str, theme: Any) -> str:
    """A font's name; the theme's own where it is a reference such as `+mn-cs`."""
    if not face.startswith("+") or theme is None:
        return face.removeprefix("+mn-cs")
    kind = "majorFont" if face.startswith("+mj") else "minorFont"
    fonts = theme.find(f".//{{*}}fontScheme/{{*}}{kind}")
    if fonts is None:
        return ""
    named = fonts.find("{*}cs")
    own = "" if named is None else str(named.get("typeface", ""))
    scripts = (each for each in fonts.iterfind("{*}font") if each.get("script") in ("Arab", "Hebr"))
    return own or next((str(each.get("typeface", "")) for each in scripts), "")
