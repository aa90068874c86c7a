"""A picture that has a place of its own on its slide, and its caption in the caption's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from builder.artifacts.deck.fit.arrange import gallery_frames
from builder.artifacts.deck.fit.plan import Plan
from builder.artifacts.deck.fit.ruler import Ruler
from builder.artifacts.deck.frames import Frame, PictureFrame, TextFrame
from builder.artifacts.deck.master.model import TEXTS, Holder
from builder.artifacts.deck.records import Gallery, Picture
from builder.artifacts.deck.style import Box, Style


def portrait(plan: Plan, picture: Picture, ruler: Ruler) -> Iterator[Frame]:
    """The frames of the picture that a plan sets apart."""
    place = plan.layout.first("pic")
    texts = plan.layout.all(*TEXTS)
    holder = place or texts[-1]
    index = place.index if place else None
    if plan.role == "text-and-picture":
        style = texts[-1].style
        yield from gallery_frames(Gallery((picture,)), holder.box, style, ruler, index)
        return
    under = texts[0] if place and texts else None
    style = under.style if under else ruler.plain
    if picture.caption and under:
        yield from _over_caption(picture, holder.box, under, index, ruler)
        return
    bottom = max(holder.box.bottom, under.box.bottom) if under else holder.box.bottom
    whole = replace(holder.box, height=bottom - holder.box.top)
    yield from _centred(picture, whole, style, index, ruler)


def _over_caption(
    picture: Picture, box: Box, under: Holder, index: int | None, ruler: Ruler
) -> Iterator[Frame]:
    """A picture over the placeholder of its caption, which grows upwards where it must."""
    assert picture.caption  # noqa: S101 - the caller asked
    caption = replace(picture.caption, kind="text")
    inner = under.inner
    needed = ruler.one(caption, under.style, inner.width, 0) + ruler.caption_gap
    more = max(0.0, needed - inner.height)
    bare = replace(picture, caption=None)
    top = replace(box, height=box.height - more)
    yield from _centred(bare, top, under.style, index, ruler)
    below = replace(inner, top=inner.top - more, height=inner.height + more)
    yield TextFrame(below, (caption,), under.style, 0, under.index, placed=more > 0)


def _centred(
    picture: Picture, box: Box, style: Style, index: int | None, ruler: Ruler
) -> Iterator[Frame]:
    """A lone picture in the middle of its place."""
    listed = list(gallery_frames(Gallery((picture,)), box, style, ruler, index))
    down = (box.height - listed[0].box.height) / 2 if len(listed) == 1 else 0.0
    for frame in listed:
        if isinstance(frame, PictureFrame):
            frame = replace(frame, box=replace(frame.box, top=frame.box.top + down))
        yield frame
