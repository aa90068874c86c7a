"""What no validator sees, looked for in our own HTML and in what is painted.

A file can pass each rule of PDF/UA-1 and still hide its words, or mean by colour alone what some
readers do not see. What is left to people is listed in `builder/ACCESSIBILITY.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby, pairwise
from pathlib import PurePosixPath
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure import boxes

from builder.artifacts.leaflet.sight import Seen, hexadecimal
from builder.artifacts.leaflet.source import HEADING, MODULE, Source
from builder.artifacts.leaflet.structure import POINTS, TAGS, alternative_of, parts_of
from builder.contrast import contrast, needed
from builder.module.alternative import emptiness
from builder.problems import Place, Problem

STYLE = "Change the theme's style."
TEMPLATE = "Change the theme's template."
BOLD = 600
"""The weight from which letters count as bold."""
DISTINCTIONS = (
    "font_weight", "font_style", "font_size", "font_family", "text_decoration_line",
    "vertical_align", "border_bottom_style", "border_top_style", "border_left_style",
)  # fmt: skip
"""What sets words apart also where colours cannot be seen."""
BULLET = re.compile(r"\s*([•‣◦▪●○■□–—*·-])\s+\S")
STEP = re.compile(r"\s*\(?(\d{1,2}|[A-Za-z])[.)]\s+\S")
HOLDERS = ("li", "td", "th", "dd")
"""What may hold lines that look like items, beside paragraphs."""
LIST = "Write each item on a line of its own behind a blank line, with - or 1. before it."
COLOUR = "Give them a weight or a line as well, in the theme's style."


def misleading(source: Source, pages: Iterable[Any], seen: Iterable[Seen]) -> Iterator[Problem]:
    """What would mislead people, or shut some of them out.

    Args:
        source: the elements of the document.
        pages: the engine's boxes of the pages.
        seen: what is painted of their text.
    """
    yield from _without_language(source)
    yield from _empty_elements(source)
    yield from _empty_alternatives(source)
    yield from _faked_lists(source)
    seen = tuple(seen)
    yield from _faint_text(source, seen)
    yield from _see_through(source, seen)
    for page in pages:
        yield from _told_by_colour_alone(source, page)


def _without_language(source: Source) -> Iterator[Problem]:
    if not source.language(source.root):
        hint = "Give the template's html element a `lang`."
        message = "The document has no language."
        yield Problem("artifact-invalid", message, Place(source.path), hint)


def _empty_elements(source: Source) -> Iterator[Problem]:
    """A heading or a link that a screen reader announces, and then says nothing."""
    for element in source.root.iter():
        heading = bool(HEADING.fullmatch(str(element.tag)))
        if not heading and not (element.tag == "a" and element.get("href")):
            continue
        pictured = any(map(alternative_of, element.iter("img")))
        if not "".join(element.itertext()).strip() and not pictured:
            what = "A heading" if heading else f"The link to {element.get('href')}"
            message = f"{what} has no words."
            yield Problem("artifact-invalid", message, source.place(element), TEMPLATE)


def _empty_alternatives(source: Source) -> Iterator[Problem]:
    """A picture of the template, whose text nobody has looked at yet."""
    for element in source.root.iter():
        if TAGS.get(element.tag) != "Figure":
            continue
        words, address = alternative_of(element), element.get("src", "")
        name = PurePosixPath(address.removeprefix(MODULE))
        if not words:
            message = f"The picture {name if address else ''} has no alternative text."
            yield Problem("artifact-invalid", " ".join(message.split()), source.place(element))
        elif words.casefold() in (name.name.casefold(), name.stem.casefold()) or emptiness(words):
            message = f"“{words}” does not say what the picture shows."
            yield Problem("artifact-invalid", message, source.place(element))


def _faked_lists(source: Source) -> Iterator[Problem]:
    """Lines that look like items and are none: nobody hears that they belong together."""
    for parent in source.root.iter():
        if parent.tag in HOLDERS:
            yield from _items_in([parent], source)
        for are_paragraphs, run in groupby(parent, lambda child: child.tag == "p"):
            if are_paragraphs:
                yield from _items_in(list(run), source)


def _items_in(run: list[Element], source: Source) -> Iterator[Problem]:
    lines = [(element, line) for element in run for line in _lines_of(element)]
    for (first, line), (_, following) in pairwise(lines):
        if _is_next(line, following):
            message = f"“{_short(line)}” and the line after it look like a list and are none."
            yield Problem("list-faked", message, source.place(first), LIST)
            return


def _lines_of(element: Element) -> list[str]:
    """The lines that breaks make of an element's text; none where it holds other blocks."""
    if any(TAGS.get(child.tag) not in (None, "Link", "Code", "Quote") for child in element):
        return []
    words = [element.text or ""]
    for child in element:
        words.append("\n" if child.tag == "br" else "".join(child.itertext()).replace("\n", " "))
        words.append((child.tail or "").replace("\n", " "))
    words[0] = words[0].replace("\n", " ")
    return [line for line in "".join(words).split("\n") if line.strip()]


def _is_next(line: str, following: str) -> bool:
    """Whether two lines begin as two items of one list would."""
    if (bullet := BULLET.match(line)) and (other := BULLET.match(following)):
        return bullet[1] == other[1]
    if (step := STEP.match(line)) and (after := STEP.match(following)):
        one, two = step[1], after[1]
        if one.isdecimal() and two.isdecimal():
            return int(two) == int(one) + 1
        return not one.isdecimal() and not two.isdecimal() and ord(two) == ord(one) + 1
    return False


def _faint_text(source: Source, seen: Iterable[Seen]) -> Iterator[Problem]:
    """Text that is hard to tell from its ground (WCAG 2.2, 1.4.3), each element once."""
    judged: dict[Any, float | None] = {}
    told: set[Place] = set()
    for each in seen:
        key = each.colour, each.grounds, _needed(each)
        if key not in judged:
            judged[key] = _contrast(each)
        enough, found = key[2], judged[key]
        place = source.place(each.box.element)
        if (found is not None and found >= enough) or not each.box.text.strip() or place in told:
            continue
        told.add(place)
        yield Problem("contrast-low", _faintness(each, found, enough), place, STYLE)


def _faintness(seen: Seen, found: float | None, enough: float) -> str:
    words, colour = _short(seen.box.text), hexadecimal(seen.colour)
    if found is None:
        return f"“{words}” stands on a picture, where nobody can say whether it is read."
    ground = min(map(hexadecimal, seen.grounds), key=partial(contrast, colour))
    return (
        f"“{words}” in {colour} stands on {ground} with a contrast of {found:.1f}:1; "
        f"{enough:g}:1 is needed."
    )


def _see_through(source: Source, seen: Iterable[Seen]) -> Iterator[Problem]:
    """Text under `opacity`, which is drawn apart from the page: tags do not lead there."""
    places = {source.place(each.box.element): each for each in seen if not each.solid}
    for place, each in places.items():
        message = f"“{_short(each.box.text)}” is see-through, and lost to screen readers."
        hint = "Give it a solid light colour in the theme's style, not an opacity."
        yield Problem("artifact-invalid", message, place, hint)


def _needed(seen: Seen) -> float:
    style = seen.box.style
    return needed(round(style["font_size"] * POINTS, 2), style["font_weight"] >= BOLD)


def _contrast(seen: Seen) -> float | None:
    """The lowest contrast with what text may stand on; None on a picture."""
    colour = hexadecimal(seen.colour)
    return min((contrast(colour, hexadecimal(each)) for each in seen.grounds), default=None)


def _told_by_colour_alone(source: Source, box: Any) -> Iterator[Problem]:
    """Words that only a colour sets apart from those beside them (WCAG 2.2, 1.4.1).

    Links are told by their address, which stands behind them on paper.
    """
    for part in parts_of(box):
        if isinstance(part, boxes.InlineBox) and _is_set_apart(part, box):
            message = f"“{_short(_text(part))}” is told from the words beside it by colour alone."
            yield Problem("artifact-invalid", message, source.place(part.element), COLOUR)
        if isinstance(part, boxes.ParentBox):
            yield from _told_by_colour_alone(source, part)


def _is_set_apart(part: Any, around: Any) -> bool:
    if part.style["color"] == around.style["color"] or part.element_tag == "a":
        return False
    if any(part.style[name] != around.style[name] for name in DISTINCTIONS):
        return False
    plain = part.background is None
    return plain and bool(_text(part).strip()) and _text(around).strip() != _text(part).strip()


def _text(box: Any) -> str:
    if isinstance(box, boxes.TextBox):
        return str(box.text)
    return "".join(map(_text, parts_of(box)))


def _short(words: str) -> str:
    words = " ".join(words.split())
    return f"{words[:40]}…" if len(words) > 40 else words
