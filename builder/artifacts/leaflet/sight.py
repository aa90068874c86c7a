"""What eyes meet on a laid-out page: each piece of text, its colour, its ground, what hides it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.images import Gradient

from builder.artifacts.leaflet.structure import parts_of
from builder.problems import Problem, Rejected

Colour = tuple[float, float, float]
"""Red, green and blue, from 0 to 1."""
Area = tuple[float, float, float, float]
"""Left, top, right and bottom in pixels, the engine's unit, from the page's upper left corner."""
Order = tuple[int, int]
"""A `z-index`, and a turn: what comes later is painted over what came before."""
WHITE: Colour = (1.0, 1.0, 1.0)
SLACK = 1.0
"""Pixels by which something may stand over without anybody seeing it."""
OUT_OF_FLOW = ("absolute", "fixed", "relative")


@dataclass(frozen=True, slots=True)
class Seen:
    """A piece of text as it is painted."""

    box: Any
    colour: Colour
    grounds: tuple[Colour, ...]
    """What it may stand on: several colours of a gradient, none where it is a picture."""
    running: bool
    """Whether it stands in a page's margin."""
    shown: bool
    """Whether nothing hides it: it is on the page, not cut off, not turned, not covered."""
    solid: bool = True
    """Whether nothing shines through it by `opacity`: the engine's tags do not reach such text."""


@dataclass(frozen=True, slots=True)
class _Paint:
    """A painted ground: where, with which colours; no colour for a picture."""

    area: Area
    colours: tuple[Colour, ...]


@dataclass(frozen=True, slots=True)
class _Cover:
    """A box that is painted over the text around it."""

    area: Area
    order: Order


@dataclass(frozen=True, slots=True)
class _Around:
    """What the boxes around a box say of it."""

    grounds: tuple[_Paint, ...]
    clips: tuple[Area, ...]
    order: Order = (0, -1)
    fade: float = 1.0
    """How much of it is seen: nought is nothing."""
    base: tuple[Colour, ...] = (WHITE,)
    """What is seen through it."""
    hidden: bool = False
    running: bool = False


@dataclass(slots=True)
class _Sheet:
    """What is noted while a page is looked over."""

    found: list[tuple[Seen, Order]] = field(default_factory=list)
    covers: list[_Cover] = field(default_factory=list)
    turns: Iterator[int] = field(default_factory=count)


def seen_on(page: Any) -> tuple[Seen, ...]:
    """All text of a page, in the order of its boxes.

    Args:
        page: the engine's box of the page.
    """
    whole = (0.0, 0.0, page.margin_width(), page.margin_height())
    grounds = [_Paint(whole, (WHITE,))]
    for background in (page.background, page.canvas_background):
        grounds.extend(_paints(background, whole, (WHITE,), grounds))
    sheet, around = _Sheet(), _Around(tuple(grounds), (whole,))
    for part in parts_of(page):
        _look(part, around, sheet)
    return tuple(
        replace(seen, shown=False) if _is_covered(seen.box, order, sheet.covers) else seen
        for seen, order in sheet.found
    )


def hexadecimal(colour: Colour) -> str:
    """A colour as six digits after `#`."""
    return "#" + "".join(f"{round(255 * min(max(each, 0), 1)):02x}" for each in colour)


def _look(box: Any, around: _Around, sheet: _Sheet) -> None:
    if isinstance(box, boxes.TextBox):
        sheet.found.append((_seen(box, around), around.order))
    elif isinstance(box, boxes.ParentBox):
        inside = _inside(box, around, sheet)
        for part in parts_of(box):
            _look(part, inside, sheet)


def _seen(box: Any, around: _Around) -> Seen:
    area = _area(box)
    middle = (area[0] + area[2]) / 2, (area[1] + area[3]) / 2
    under = next((paint for paint in reversed(around.grounds) if _holds(paint.area, middle)), None)
    grounds = under.colours if under else (WHITE,)
    colour, alpha = _rgb(box.style["color"])
    first = grounds[0] if grounds else WHITE
    shown = (
        not around.hidden
        and box.style["visibility"] == "visible"
        and alpha * around.fade > 0
        and all(_within(area, clip) for clip in around.clips)
    )
    mixed = _mixed(_mixed(colour, first, alpha), around.base[0], around.fade)
    return Seen(box, mixed, grounds, around.running, shown, around.fade >= 1)


def _inside(box: Any, around: _Around, sheet: _Sheet) -> _Around:
    """What a box says of those inside of it."""
    style: Any = box.style
    changes: dict[str, Any] = {}
    if isinstance(box, boxes.MarginBox):
        changes["running"] = True
    if style["opacity"] < 1:
        changes["base"] = around.grounds[-1].colours or (WHITE,)
        changes["fade"] = around.fade * style["opacity"]
    if box.transformation_matrix or style["clip"]:
        changes["hidden"] = True
    if style["position"] in OUT_OF_FLOW:
        depth = style["z_index"] if isinstance(style["z_index"], int) else 0
        above = around.order[0] if around.order[1] >= 0 else depth
        changes["order"] = max(depth, above), next(sheet.turns)
    background = getattr(box, "background", None)
    if style["overflow"] != "visible" and not isinstance(box, boxes.PageBox):
        changes["clips"] = (*around.clips, _area(box))
    faded = replace(around, **changes) if changes else around
    if background:
        paints = _paints(background, _area(box), faded.base, around.grounds, faded.fade)
        faded = replace(faded, grounds=(*faded.grounds, *paints))
    if "order" in changes and background and background.color.alpha > 0:
        sheet.covers.append(_Cover(_area(box), faded.order))
    return faded


def _paints(
    background: Any, area: Area, base: tuple[Colour, ...], under: Any, fade: float = 1.0
) -> Iterator[_Paint]:
    """The grounds that a background paints, the lowest first."""
    if not background:
        return
    colour, alpha = _rgb(background.color)
    below = under[-1].colours or (WHITE,)
    if alpha:
        mixed = (_mixed(_mixed(colour, each, alpha), base[0], fade) for each in below)
        below = tuple(dict.fromkeys(mixed))
        yield _Paint(area, below)
    for layer in background.layers:
        if isinstance(layer.image, Gradient):
            stops = (_rgb(each) for each in layer.image.colors)
            yield _Paint(area, tuple(_mixed(stop, below[0], part) for stop, part in stops))
        elif layer.image is not None:
            yield _Paint(area, ())


def _area(box: Any) -> Area:
    if isinstance(box, boxes.TextBox | boxes.LineBox | boxes.TableRowBox | boxes.TableRowGroupBox):
        left, top, width, height = box.position_x, box.position_y, box.width, box.height
    else:
        left, top, width, height = box.hit_area()
    return left, top, left + width, top + (height or 0)


def _holds(area: Area, point: tuple[float, float]) -> bool:
    return area[0] <= point[0] <= area[2] and area[1] <= point[1] <= area[3]


def _within(area: Area, clip: Area) -> bool:
    """Whether an area is inside of another; letters may be lower than their box says."""
    return (
        area[0] >= clip[0] - SLACK
        and area[1] >= clip[1] - SLACK
        and area[2] <= clip[2] + SLACK
        and area[3] <= clip[3] + SLACK
    )


def _is_covered(box: Any, order: Order, covers: list[_Cover]) -> bool:
    area = _area(box)
    middle = (area[0] + area[2]) / 2, (area[1] + area[3]) / 2
    return any(cover.order > order and _holds(cover.area, middle) for cover in covers)


def _mixed(colour: Colour, ground: Colour, part: float) -> Colour:
    if part >= 1:
        return colour
    red, green, blue = (
        part * over + (1 - part) * under for over, under in zip(colour, ground, strict=True)
    )
    return red, green, blue


def _rgb(colour: Any) -> tuple[Colour, float]:
    """A colour of the engine's, and how much of it is seen.

    Raises:
        Rejected: it is not made of red, green and blue: a PDF/A with sRGB cannot hold it.
    """
    if colour.space not in ("srgb", "hsl", "hwb"):
        message = f"The theme's style has a colour in {colour.space}."
        hint = "Write it as six digits after #, for red, green and blue."
        raise Rejected(Problem("artifact-invalid", message, hint=hint))
    plain = colour if colour.space == "srgb" else colour.to("srgb")
    red, green, blue = plain.coordinates
    return (red or 0.0, green or 0.0, blue or 0.0), colour.alpha
