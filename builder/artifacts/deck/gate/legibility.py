"""Words that can be read: large enough, and told apart from what is behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from builder import contrast
from builder.artifacts.deck.frames import Frame, TableFrame, TextFrame
from builder.artifacts.deck.gate.finished import Line, Shape, words_in
from builder.artifacts.deck.gate.looks import Looks
from builder.artifacts.deck.gate.view import FOOTERS, Finding, View, line_of, short
from builder.artifacts.deck.marks import LEAST_BAND, LEAST_FOOTER
from builder.artifacts.deck.master.shapes import Paint, fill_in, paint_of
from builder.artifacts.deck.master.tables import defined
from builder.artifacts.deck.master.textstyle import MAIN, NAMES

WHOLE = 100_000
"""A scale of 100 %, as DrawingML counts."""
NEAR = 0.05
"""What a contrast may lack by rounding."""
HEAD, ODD, EVEN = "firstRow", "band1H", "band2H"


def size(view: View) -> Iterator[Finding]:
    """No words smaller than the theme allows where they stand."""
    for shape, frame, line, looks in view.texts:
        least = _least(view, shape, frame, line)
        scale = _scale(shape)
        for run in line.runs:
            points = _size(run, looks) * scale
            if points < min(least, looks.size) - NEAR and words_in(run).strip():
                yield Finding(
                    f"has words of {points:g} pt, less than {least:g} pt: “{short(line.text)}”",
                    "Shorten the text, or divide it.",
                    line_of(frame, line),
                    view.is_mark(shape, frame),
                )
                break


def _least(view: View, shape: Shape, frame: Frame | None, line: Line) -> float:
    """The smallest size, in points, that words may have where they stand."""
    tokens = view.tokens
    if shape is view.slide.title:
        return min(tokens.title_floor, tokens.floor)
    if isinstance(frame, TableFrame):
        return tokens.table_floor
    if isinstance(frame, TextFrame):
        kind = frame.paragraphs[min(line.number, len(frame.paragraphs) - 1)].kind
        note = frame.style.note
        of_kind = {"caption": frame.style.caption, "footnote": note, "source": note}
        return min(frame.style.floor, of_kind.get(kind, frame.style.floor))
    return LEAST_FOOTER if shape.holder in FOOTERS else min(LEAST_BAND, LEAST_FOOTER)


def _size(run: Any, looks: Looks) -> float:
    properties = run.find("a:rPr", NAMES)
    own = properties.get("sz") if properties is not None else None
    return int(own) / 100 if own else looks.size


def _scale(shape: Shape) -> float:
    shrunk = shape.element.find("p:txBody/a:bodyPr/a:normAutofit", NAMES)
    value = str(shrunk.get("fontScale", WHOLE)) if shrunk is not None else str(WHOLE)
    return float(value[:-1]) / 100 if value.endswith("%") else int(value) / WHOLE


def colour(view: View) -> Iterator[Finding]:
    """Words and their ground: 4.5 to 1, or 3 to 1 where they are large (WCAG 2.2, 1.4.3)."""
    grounds: dict[int, Paint] = {}
    seen: set[tuple[str, Paint, bool]] = set()
    for shape, frame, line, looks in view.texts:
        key = id(line.cell if line.cell is not None else shape)
        if key not in grounds:
            grounds[key] = _ground(view, shape, line)
        dress = _dressed(view, shape, line) if shape.kind == "table" else Dress()
        for run in line.runs:
            bold = _bold(run, looks, dress.bold)
            least = contrast.needed(_size(run, looks), bold)
            ink = _ink(view, run, looks, dress.ink)
            if (ink, grounds[key], least > 4) in seen or not ink:
                continue
            seen.add((ink, grounds[key], least > 4))
            found = min((_contrast(ink, each) for each in grounds[key] if each), default=least)
            if found < least - NEAR:
                given = shape.holder is not None and ink == looks.ink
                mark = given or view.is_mark(shape, frame)
                yield _too_alike(found, least, line, line_of(frame, line), mark)


_contrast = lru_cache(maxsize=1024)(contrast.contrast)


def _too_alike(found: float, least: float, line: Line, at: int | None, mark: bool) -> Finding:
    return Finding(
        f"has words that are hard to tell from what is behind them, {found:.1f} to 1 where "
        f"{least:g} to 1 is needed: “{short(line.text)}”",
        "Change the colour in theme.toml, or in the master deck.",
        at,
        mark,
    )


def _bold(run: Any, looks: Looks, heavy: bool) -> bool:
    properties = run.find("a:rPr", NAMES)
    own = properties.get("b") if properties is not None else None
    return own in ("1", "true") if own is not None else looks.bold or heavy


def _ink(view: View, run: Any, looks: Looks, styled: str) -> str:
    """Six digits of a run's colour; empty where they cannot be told."""
    colours = view.slide.face.colours
    properties = run.find("a:rPr", NAMES)
    if properties is not None:
        link = properties.find("a:hlinkClick", NAMES)
        if link is not None and link.find("a:extLst/a:ext/{*}hlinkClr[@val='tx']", NAMES) is None:
            return colours.named("hlink")
        own = properties.find("a:solidFill", NAMES)
        if own is not None:
            return (*paint_of(own, colours), "")[0]
    return styled or looks.ink


def _ground(view: View, shape: Shape, line: Line) -> Paint:
    face = view.slide.face
    paint: Paint = ()
    if line.cell is not None:
        properties = line.cell.find("a:tcPr", NAMES)
        fill = fill_in(properties) if properties is not None else None
        own = paint_of(fill, face.colours) if fill is not None else None
        paint = _dressed(view, shape, line).paint if own is None else own
    return paint or face.ground(shape, view.slide.root)


@dataclass(frozen=True, slots=True)
class Dress:
    """What a table's style gives to a cell."""

    ink: str = ""
    """Six digits; empty where it does not say."""
    bold: bool = False
    paint: Paint = ()


def _dressed(view: View, shape: Shape, line: Line) -> Dress:
    if shape.table_style is None:
        return Dress()
    identity, head, bands = shape.table_style
    band = ODD if (line.row - head) % 2 == 0 else EVEN
    part = HEAD if head and not line.row else band if bands else ""
    known = view.slide.face.known
    if (identity, part) not in known:
        known[identity, part] = _dress(view, identity, part)
    found: Dress = known[identity, part]
    return found


def _dress(view: View, identity: str, part: str) -> Dress:
    """What a part of a table's style gives, over what it gives to the whole table."""
    own, colours = view.finished.table_styles.get(identity), view.slide.face.colours
    style = defined(identity) if own is None else own
    found = Dress()
    if style is None:
        return found
    for name in ("wholeTbl", part):
        element = style.find(f"a:{name}", NAMES) if name else None
        text = element.find("a:tcTxStyle", NAMES) if element is not None else None
        if text is not None:
            inks = [colours.digits(each) for each in text if each.tag in COLOURS]
            found = replace(
                found, ink=(*inks, found.ink)[0], bold=found.bold or text.get("b") == "on"
            )
        filled = element.find("a:tcStyle/a:fill", NAMES) if element is not None else None
        if filled is not None and len(filled):
            found = replace(found, paint=paint_of(filled[0], colours))
    return found


COLOURS = tuple(f"{{{MAIN}}}{name}Clr" for name in ("scheme", "srgb", "prst", "sys"))
