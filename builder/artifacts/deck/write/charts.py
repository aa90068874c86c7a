"""A chart frame -> a native chart that PowerPoint can edit, with its numbers in a workbook."""

from __future__ import annotations

from typing import Any

from builder.artifacts.deck.frames import ChartFrame
from builder.artifacts.deck.write.drawing import Pen


def chart(frame: ChartFrame, identity: int, name: str, part: Any, pen: Pen) -> str:
    """The graphic frame of a chart; the chart itself becomes a part of the slide's.

    Args:
        frame: where it stands, and its numbers.
        identity: of the shape.
        name: of the shape.
        part: the slide's part, which takes the relation.
        pen: language, colours.
    """
    raise NotImplementedError
