"""Colours of DrawingML -> six digits: the master's scheme, its map, and what is done to a colour.

ECMA-376 part 1, 20.1.2.3 (colours and their changes) and 19.3.1.6 (the map of a master).
"""

from __future__ import annotations

import colorsys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree
from PIL import ImageColor

SLOTS = (
    *("dk1", "lt1", "dk2", "lt2"),
    *(f"accent{number}" for number in range(1, 7)),
    *("hlink", "folHlink"),
)
MAP = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
"""Names that a master gives to slots, where it does not say otherwise."""
PLAIN = {"dk1": "000000", "lt1": "FFFFFF", "dk2": "44546A", "lt2": "E7E6E6"}
"""Office's own, for a theme part that leaves them out."""
SHORT = {"dk": "dark", "lt": "light", "med": "medium"}

Parts = tuple[float, float, float]


@dataclass(frozen=True)
class Colours:
    """What names of colours mean on the slides of one master."""

    slots: Mapping[str, str]
    """Slot of the scheme -> six digits."""
    names: Mapping[str, str]
    """Name, as in `tx1` -> slot."""

    def named(self, name: str) -> str:
        """Six digits of a name such as `tx1` or `accent2`; empty where there is none."""
        return self.slots.get(self.names.get(name, name), "")

    def digits(self, colour: Any, own: str = "") -> str:
        """Six digits of a colour's element; empty where it cannot be told.

        Args:
            colour: an `a:srgbClr`, `a:schemeClr` …
            own: what `phClr` stands for.
        """
        kind, value = etree.QName(colour).localname, str(colour.get("val", ""))
        if kind == "schemeClr":
            found = own if value == "phClr" else self.named(value)
        else:
            found = _plain(kind, value, colour)
        return _changed(found, colour) if found else ""


def colours_of(theme: Any, master: Any, layout: Any = None) -> Colours:
    """The colours of a master's slides.

    Args:
        theme: the root of the master's theme part, or None.
        master: the master's element, which maps names to slots.
        layout: a layout's element, which may map them otherwise.
    """
    slots = dict(PLAIN)
    blank = Colours({}, {})
    for slot in SLOTS if theme is not None else ():
        found = theme.find(f".//{{*}}clrScheme/{{*}}{slot}/*")
        digits = blank.digits(found) if found is not None else ""
        if digits:
            slots[slot] = digits
    names = dict(MAP)
    over = None if layout is None else layout.find("{*}clrMapOvr/{*}overrideClrMapping")
    for mapping in (master.find("{*}clrMap"), over):
        if mapping is not None:
            names.update({str(name): str(slot) for name, slot in mapping.attrib.items()})
    return Colours(slots, names)


def mixed(one: str, other: str, part: float) -> str:
    """A colour between two: `part` of the first, the rest of the second."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return _digits(*(a * part + b * (1 - part) for a, b in pairs))


def _plain(kind: str, value: str, colour: Any) -> str:
    if kind == "srgbClr":
        return value.upper() if len(value) == 6 else ""
    if kind == "sysClr":
        return str(colour.get("lastClr", "000000" if "Text" in value else "FFFFFF")).upper()
    if kind == "prstClr":
        short = next((each for each in SHORT if value.startswith(each)), "")
        return _preset(SHORT.get(short, "") + value[len(short) :])
    if kind == "scrgbClr":
        return _digits(*(_encoded(_part(colour, name)) for name in ("r", "g", "b")))
    if kind == "hslClr":
        hue = int(colour.get("hue", "0")) / 21_600_000
        return _digits(*colorsys.hls_to_rgb(hue, _part(colour, "lum"), _part(colour, "sat")))
    return ""


def _preset(name: str) -> str:
    try:
        return "{:02X}{:02X}{:02X}".format(*ImageColor.getrgb(name)[:3])
    except ValueError:
        return ""


def _part(colour: Any, name: str) -> float:
    value = str(colour.get(name, "0"))
    return float(value[:-1]) / 100 if value.endswith("%") else int(value) / 100_000


def _changed(digits: str, colour: Any) -> str:
    """A colour with the changes that its element lists, in their order."""
    parts = _parts(digits)
    for child in colour:
        change = CHANGES.get(etree.QName(child).localname)
        if change:
            parts = change(parts, _part(child, "val"))
    return _digits(*parts)


def _light(change: Callable[[float, float], float]) -> Callable[[Parts, float], Parts]:
    def changed(parts: Parts, value: float) -> Parts:
        hue, light, saturation = colorsys.rgb_to_hls(*parts)
        return colorsys.hls_to_rgb(hue, min(1.0, max(0.0, change(light, value))), saturation)

    return changed


def _saturated(parts: Parts, value: float) -> Parts:
    hue, light, saturation = colorsys.rgb_to_hls(*parts)
    return colorsys.hls_to_rgb(hue, light, min(1.0, max(0.0, saturation * value)))


def _shaded(parts: Parts, value: float) -> Parts:
    return _linear(parts, lambda light: light * value)


def _tinted(parts: Parts, value: float) -> Parts:
    return _linear(parts, lambda light: light * value + 1 - value)


def _linear(parts: Parts, change: Callable[[float], float]) -> Parts:
    """A change of the light itself, as PowerPoint reckons tints and shades."""
    red, green, blue = (_encoded(change(_decoded(each))) for each in parts)
    return red, green, blue


def _decoded(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _encoded(light: float) -> float:
    return light * 12.92 if light <= 0.0031308 else float(1.055 * light ** (1 / 2.4) - 0.055)


CHANGES: dict[str, Callable[[Parts, float], Parts]] = {
    "lumMod": _light(lambda light, value: light * value),
    "lumOff": _light(lambda light, value: light + value),
    "satMod": _saturated,
    "shade": _shaded,
    "tint": _tinted,
}


def _parts(digits: str) -> Parts:
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _digits(red: float, green: float, blue: float) -> str:
    return "".join(f"{round(255 * min(1.0, max(0.0, each))):02X}" for each in (red, green, blue))
