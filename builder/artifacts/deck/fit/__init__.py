"""Slides -> pages: text is shrunk as little as it must be, then continued.

The order of means: the master's own sizes; smaller ones, point by point, down to the theme's floor;
then further slides with the same title, as even as can be. Each is told as a note, with its line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builder.artifacts.deck.fit.arrange import arrange
from builder.artifacts.deck.fit.balance import Stacks, at_the_foot, filled, foot_height
from builder.artifacts.deck.fit.feet import Foot, parted
from builder.artifacts.deck.fit.mirror import mirrored
from builder.artifacts.deck.fit.naming import named
from builder.artifacts.deck.fit.plan import Plan, Planner
from builder.artifacts.deck.fit.portrait import portrait
from builder.artifacts.deck.fit.reports import Reporter
from builder.artifacts.deck.fit.ruler import Overflow, Ruler
from builder.artifacts.deck.frames import Frame, Page, TextFrame
from builder.artifacts.deck.master.model import Master
from builder.artifacts.deck.records import Block, Deck, Paragraph, Slide
from builder.artifacts.deck.style import Box
from builder.problems import Problems

__all__ = ["Ruler", "paginate"]


def paginate(deck: Deck, master: Master, ruler: Ruler, path: str, problems: Problems) -> list[Page]:
    """The finished slides of a deck.

    Args:
        deck: the outline.
        master: the layouts.
        ruler: measures.
        path: the name of the text, for problems.
        problems: gets what cannot be made to fit, and a note of each shrink and split.
    """
    pages: list[Page] = []
    reporter = Reporter(path, problems, ruler.tokens)
    fitter = _Fitter(Planner(master, ruler), ruler, reporter, deck.rtl)
    for slide in deck.slides:
        try:
            pages.extend(fitter.pages(slide, deck))
        except Overflow as overflow:
            fitter.reporter.overflows(slide, overflow)
    return named(pages, ruler.fonts, ruler.tokens, ruler.said, path, problems)


@dataclass(frozen=True)
class _Fitter:
    planner: Planner
    ruler: Ruler
    reporter: Reporter
    rtl: bool
    """Whether the deck is read from right to left."""

    def pages(self, slide: Slide, deck: Deck) -> list[Page]:
        """The pages of one slide."""
        blocks, foot = parted(slide, deck)
        plan = self.planner.plan(slide, blocks, foot)
        step, stacks = filled(plan, foot, self.ruler)
        self.reporter.tell(slide, self.planner, plan, step, len(stacks))
        return list(self.drawn(slide, plan, foot, step, stacks))

    def drawn(
        self, slide: Slide, plan: Plan, foot: Foot, step: int, stacks: Stacks
    ) -> Iterator[Page]:
        """Each slide with its frames."""
        for number, stack in enumerate(stacks):
            frames = self.frames(plan, foot, step, number, stack)
            yield Page(
                identity=f"{slide.identity}#{number}" if number else slide.identity,
                role=plan.next_role if number else plan.role,
                part=slide.part,
                layout=plan.next_layout if number else plan.layout,
                title=slide.title,
                frames=tuple(mirrored(frames, plan, number) if self.rtl else frames),
                notes=() if number else slide.notes,
                line=slide.line,
            )

    def frames(
        self, plan: Plan, foot: Foot, step: int, number: int, stack: Sequence[list[Block]]
    ) -> Iterator[Frame]:
        """The frames of a slide: what each of its areas holds, its picture, its foot."""
        last = at_the_foot(plan, foot, number, [block for blocks in stack for block in blocks])
        apart = None if number else plan.picture
        shown = list(portrait(plan, apart, self.ruler)) if apart else []
        if _first(plan):
            yield from shown
        for stream, blocks in zip(plan.streams, stack, strict=True):
            area = stream.area(number).lower(foot_height(last, stream, self.ruler))
            yield from arrange(blocks, area, self.ruler, step)
        if not _first(plan):
            yield from shown
        if last:
            yield self.foot(last, plan, number)

    def foot(self, paragraphs: tuple[Paragraph, ...], plan: Plan, number: int) -> TextFrame:
        """The foot of a slide, over the width of all its areas."""
        areas = [stream.area(number) for stream in plan.streams]
        style, boxes = areas[0].style, [area.box for area in areas]
        left = min(box.left for box in boxes)
        width = max(box.left + box.width for box in boxes) - left
        height = self.ruler.all(paragraphs, style, width, 0)
        return TextFrame(Box(left, boxes[0].bottom - height, width, height), paragraphs, style)


def _first(plan: Plan) -> bool:
    """Whether the picture with a place of its own stands before the words in the source."""
    lines = (block.line for stream in plan.streams for block in stream.blocks)
    words = next((line for line in lines if line), None)
    shown = plan.picture.line if plan.picture else None
    return bool(words and shown and shown < words)
