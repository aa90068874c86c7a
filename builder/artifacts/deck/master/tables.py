"""The styles of tables that every PowerPoint knows without finding them in the file."""

from __future__ import annotations

from functools import cache
from typing import Any

from lxml import etree

from builder.artifacts.deck.master.colours import Colours
from builder.artifacts.deck.master.textstyle import MAIN
from builder.contrast import ENOUGH_LARGE, contrast

MEDIUM = {
    "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}": "accent1",
    "{21E4AEA4-8DFA-4A89-87EB-49C32662AFE0}": "accent2",
    "{F5AB1C69-6EDB-4FF4-983F-18BD219EF322}": "accent3",
    "{00A15C55-8517-42AA-B614-E9B94910E393}": "accent4",
    "{7DF18680-E054-41AD-8BC1-D1AEF772440D}": "accent5",
    "{93296810-A885-4BE3-A3E7-6D5BEEA58F35}": "accent6",
    "{073A0DAA-6AF3-43AB-8588-CEC1D06C72B9}": "dk1",
}
"""“Medium Style 2” by identity, and the colour of its head in the scheme."""


def known_style(colours: Colours) -> tuple[str, str]:
    """Identity and name of a style whose head can be read: white or paper on an accent, or ink."""
    legible = (
        (identity, name)
        for identity, name in MEDIUM.items()
        if contrast(colours.slots["lt1"], colours.slots.get(name, "FFFFFF")) >= ENOUGH_LARGE
    )
    identity, name = next(legible, list(MEDIUM.items())[-1])
    accent = f" - Accent {name[-1]}" if name.startswith("accent") else ""
    return identity, f"Medium Style 2{accent}"


@cache
def defined(identity: str) -> Any:
    """A style's element, as PowerPoint writes it where a file holds it; None if it is another."""
    name = MEDIUM.get(identity)
    if name is None:
        return None

    def part(tag: str, words: str, tint: str) -> str:
        look = ' b="on"' if tag == "firstRow" else ""
        light = f'<a:tint val="{tint}000"/>' if tint else ""
        return (
            f'<a:{tag}><a:tcTxStyle{look}><a:schemeClr val="{words}"/></a:tcTxStyle><a:tcStyle>'
            f'<a:fill><a:solidFill><a:schemeClr val="{name}">{light}</a:schemeClr></a:solidFill>'
            f"</a:fill></a:tcStyle></a:{tag}>"
        )

    whole, banded = part("wholeTbl", "dk1", "20"), part("band1H", "dk1", "40")
    inner = whole + banded + part("firstRow", "lt1", "")
    return etree.fromstring(f'<a:tblStyle xmlns:a="{MAIN}">{inner}</a:tblStyle>')
