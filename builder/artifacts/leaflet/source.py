"""The parsed HTML of a leaflet: where its parts stand, and what has to change for the engine.

Everything that the engine is known to get wrong, and that is a matter of the document, is put
right here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote, unquote
from xml.etree.ElementTree import Element, SubElement

from builder.artifacts.isolation import isolate
from builder.module.text import Picture
from builder.problems import Place

MODULE = "res:///module/"
THEME = "res:///theme/"
HEADING = re.compile(r"h[1-6]")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
LENGTH = re.compile(r"(\d{1,4}(?:\.\d+)?)(%|cm|mm|in|pt|px)")
NUMBER = re.compile(r"\d{1,3}(?:\.\d+)?")
SPOKEN = re.compile(r"^(https?://|mailto:|tel:)", re.IGNORECASE)
"""What is left out of an address when it is printed."""
DOI = re.compile(r"^(dx\.|www\.)?doi\.org/(?=10\.)", re.IGNORECASE)
"""What leads to a publication by its number, and is known to whoever reads the number."""
TALLEST = 45.0
"""Height of a decorative picture at most, in hundredths of the width of the text, unless stated."""


class Source:
    """The elements of a document, and the line of the text that each stands on."""

    def __init__(self, path: str, root: Element) -> None:
        self.path = path
        self.root = root
        self._lines = dict(_lines(root, None))
        self._parents = {child: parent for parent in root.iter() for child in parent}

    def place(self, element: Element | None) -> Place:
        """Where an element stands; without a line if the theme wrote it."""
        return Place(self.path, self._lines.get(element) if element is not None else None)

    def parent(self, element: Element) -> Element | None:
        """The element around an element; None for the root."""
        return self._parents.get(element)

    def language(self, element: Element) -> str:
        """The language of what is straight inside of an element; nothing where nobody says."""
        above: Element | None = element
        while above is not None:
            if language := above.get("lang"):
                return language
            above = self._parents.get(above)
        return ""

    def picture(self, address: str) -> Place:
        """Where a picture is shown first."""
        shown = (each for each in self.root.iter("img") if each.get("src") == address)
        return self.place(next(shown, None))

    def character(self, character: str) -> Place:
        """Where a character is written first."""
        for element in self.root.iter():
            written = (element.text, *(child.tail for child in element))
            if any(character in words for words in written if words):
                return self.place(element)
        return Place(self.path)


def _lines(element: Element, line: int | None) -> Iterator[tuple[Element, int | None]]:
    own = element.get("data-line", "")
    line = int(own) if own.isdecimal() else line
    yield element, line
    for child in element:
        yield from _lines(child, line)


def prepare(root: Element, pictures: Iterable[Picture]) -> None:
    """Change a document so that the engine makes of it what it should."""
    _give_full_addresses(root)
    _paint_decorations(root, {picture.path: picture for picture in pictures})
    _size_pictures(root)
    _share_columns(root)
    _close_gaps(root)
    _print_addresses(root)
    isolate(root)


def _give_full_addresses(root: Element) -> None:
    """Relative addresses do not survive `urljoin` with a scheme that it does not know."""
    for image in root.iter("img"):
        address = image.get("src", "")
        if not SCHEME.match(address):
            image.set("src", MODULE + quote(unquote(address)))


def _paint_decorations(root: Element, pictures: dict[str, Picture]) -> None:
    """A decorative picture becomes a background: the engine tags every `img` as a figure."""
    for image in root.iter("img"):
        if image.get("alt") == "":
            address = image.get("src", "")
            picture = pictures.get(unquote(address.removeprefix(MODULE)))
            ratio = picture.height / picture.width if picture else 0
            size, unit = _width(image) or (min(100.0, TALLEST / ratio if ratio else 100.0), "%")
            image.tag = "div"
            image.attrib = {
                "style": f"width: {size:g}{unit}; padding-top: {size * ratio:.4f}{unit}; "
                f'background: url("{address}") no-repeat left / contain',
                **{key: value for key, value in image.attrib.items() if key == "data-line"},
            }


def _width(image: Element) -> tuple[float, str] | None:
    """How wide a picture is to be, and the unit; None where nobody says."""
    found = LENGTH.fullmatch(image.get("data-width", ""))
    if not found:
        return None
    return min(float(found[1]), 100.0) if found[2] == "%" else float(found[1]), found[2]


def _size_pictures(root: Element) -> None:
    for image in root.iter("img"):
        width = _width(image)
        height = LENGTH.fullmatch(image.get("data-height", ""))
        rules = {
            "width": f"{width[0]:g}{width[1]}" if width else "",
            "height": height[0] if height and height[2] != "%" else "",
            "object-fit": "cover" if image.get("data-fit") == "cover" else "",
        }
        style = "; ".join(f"{name}: {value}" for name, value in rules.items() if value)
        if style:
            image.set("style", style)


def _share_columns(root: Element) -> None:
    """Columns as wide as the author wishes, in parts of the table's width."""
    for table in root.iter("table"):
        parts = [float(each) for each in NUMBER.findall(table.get("data-widths", ""))]
        if parts and sum(parts):
            group = Element("colgroup")
            for part in parts:
                SubElement(group, "col", {"style": f"width: {100 * part / sum(parts):.4g}%"})
            table.insert(1 if len(table) and table[0].tag == "caption" else 0, group)


def _close_gaps(root: Element) -> None:
    """No heading is more than one level below the one before it (PDF/UA-1, 7.4.2)."""
    last = 0
    for element in root.iter():
        if HEADING.fullmatch(str(element.tag)):
            last = min(int(element.tag[1]), last + 1)
            element.tag = f"h{last}"


def _print_addresses(root: Element) -> None:
    """On paper a link is its address: where its words do not show it, it follows in brackets."""
    for parent in list(root.iter()):
        for index, link in reversed(list(enumerate(parent))):
            address = link.get("href", "") if link.tag == "a" else ""
            spoken = SPOKEN.sub("", address).rstrip("/")
            if spoken == address.rstrip("/") or _shows(link, spoken):
                continue
            words = Element("span", {"class": "address"})
            words.text, words.tail, link.tail = f" ({spoken})", link.tail, None
            parent.insert(index + 1, words)


def _shows(link: Element, spoken: str) -> bool:
    squeezed = re.sub(r"\s", "", "".join(link.itertext())).casefold()
    told = DOI.sub("", spoken).casefold()
    return unquote(told) in unquote(squeezed) or told in squeezed
