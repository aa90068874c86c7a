"""The marks of the stamp on every slide: footer, date, and the band of what does not hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from builder.artifacts.deck.fit.metrics import LEADING, Fonts
from builder.artifacts.deck.master.model import CONTENT, TEXTS, Holder, Layout, Master
from builder.artifacts.deck.records import Run
from builder.artifacts.deck.style import Box, Style
from builder.artifacts.deck.tokens import Tokens
from builder.module.language import Language
from builder.module.lifecycle import Status
from builder.module.stamp import Stamp
from builder.problems import Place, Problem, Rejected

LEAST_FOOTER, GOOD_FOOTER = 8.0, 10.0
"""Points that the stamp shrinks to, and below which another place is looked for."""
LEAST_BAND = 12.0
"""Points that the words of the band shrink to, and no further."""


@dataclass(frozen=True)
class Marks:
    """Words and sizes."""

    title: str
    footer: str
    date: str
    bands: tuple[str, ...]
    """The band's words, the longest first; none while the module holds."""
    band_colour: str
    language: str
    """The language of these words."""
    rtl: bool
    """Whether it is written from right to left."""
    fonts: Fonts
    plain: Style
    """The text of content slides, whose font the band's words have."""
    tokens: Tokens
    spotted: frozenset[int] = frozenset()
    """The positions of layouts on which the stamp stands in the clear place."""
    sizes: dict[tuple[Style, Box], float] = field(default_factory=dict, compare=False)
    """What was measured already: hundreds of slides share a few layouts."""

    def footer_size(self, holder: Holder) -> float:
        """The size of the stamp in a footer placeholder; 0 where it does not fit there."""
        return self._size(holder.style, holder.inner)

    def spot_size(self, layout: Layout) -> float:
        """The size of the stamp in the clear place of a layout; 0 where it does not fit there."""
        return self._size(layout.stamp.style, layout.stamp.box) if layout.stamp else 0.0

    def stamp_size(self, layout: Layout) -> float:
        """The size of the stamp on a layout; 0 where it has no room."""
        footer = layout.first("ftr")
        if layout.position in self.spotted:
            return self.spot_size(layout)
        return self.footer_size(footer) if footer else 0.0

    def _size(self, style: Style, room: Box) -> float:
        if (style, room) not in self.sizes:
            self.sizes[style, room] = self._fitting(style, room)
        return self.sizes[style, room]

    def _fitting(self, style: Style, room: Box) -> float:
        level = style.levels[0]
        size, least = level.size, min(LEAST_FOOTER, level.size)
        while size >= least:
            faces = self.fonts.of(style)
            if faces.stack((Run(self.footer),), size, room.width, level.bold) <= room.height:
                return size
            size -= 0.5
        return 0.0

    def band(self, layout: Layout) -> tuple[Box, str, float] | None:
        """Where the band stands on a layout, its words and their size; None where none is due.

        Of the longer words only as many are said as fit.
        """
        tokens, place = self.tokens, layout.band
        if not self.bands or place is None:
            return None
        width = place.width - 2 * tokens.band_inset
        most = min(tokens.band_size, place.height / LEADING)
        least = min(LEAST_BAND * tokens.scale, most)
        for words in self.bands:
            size = most
            while size >= least:
                lines = self.fonts.of(self.plain).lines((Run(words),), size, width, bold=True)
                if lines == 1:
                    return place, words, size
                size -= 1
        return place, self.bands[-1], least


def marks_of(
    stamp: Stamp, fonts: Fonts, master: Master, layouts: Iterable[Layout], path: str
) -> Marks:
    """The marks of a stamp.

    Args:
        stamp: what they say.
        fonts: measure them.
        master: the master deck.
        layouts: those that slides take.
        path: the name of the text, for problems.

    Raises:
        Rejected: a layout has no place where the stamp's words fit.
    """
    words_tag = Language(stamp.language).words_tag
    marks = Marks(
        title=stamp.title,
        footer=stamp.short,
        date=Language(stamp.language).short_date(stamp.updated or stamp.published),
        bands=_bands(stamp),
        band_colour="warning" if stamp.status is Status.DRAFT else "expired",
        language=words_tag,
        rtl=Language(words_tag).direction == "rtl",
        fonts=fonts,
        plain=master.layout(CONTENT).all(*TEXTS)[0].style,
        tokens=master.tokens,
    )
    used = tuple({each.position: each for each in layouts}.values())
    marks = replace(marks, spotted=frozenset(_spotted(marks, used)))
    for layout in used:
        if not marks.stamp_size(layout):
            message = f"The stamp finds no room on the layout “{layout.name}”."
            hint = "Make the footer larger in the master deck, or shorten the names of companies."
            raise Rejected(Problem("text-overflows", message, Place(path), hint))
    return marks


def small_stamps(marks: Marks, layouts: Iterable[Layout], place: Place) -> Iterator[Problem]:
    """A warning where the stamp is smaller than people read with ease."""
    found = {each.name: marks.stamp_size(each) for each in layouts}
    names = [name for name, size in found.items() if size < _good(marks)]
    if names:
        listed = ", ".join(f"“{name}”" for name in names)
        size = min(found[name] for name in names)
        message = f"The stamp is written in {size:g} pt on {listed}: there is no room for more."
        hint = "Make the footer larger in the master deck, or leave a strip clear at the foot."
        yield Problem("deck-legibility", message, place, hint)


def _good(marks: Marks) -> float:
    return GOOD_FOOTER * marks.tokens.scale


def _spotted(marks: Marks, layouts: Sequence[Layout]) -> Iterator[int]:
    """The layouts whose stamp stands in the clear place; the same choice for all where one does."""
    pairs = {each.position: _sizes(marks, each) for each in layouts}
    good = _good(marks)
    if all(footer >= good for footer, _ in pairs.values()):
        return
    every = all(spot >= good for _, spot in pairs.values())
    for position, (footer, spot) in pairs.items():
        if every or (footer < good and spot > footer):
            yield position


def _sizes(marks: Marks, layout: Layout) -> tuple[float, float]:
    """The stamp's size in the footer and in the clear place."""
    footer = layout.first("ftr")
    return (marks.footer_size(footer) if footer else 0.0), marks.spot_size(layout)


def _bands(stamp: Stamp) -> tuple[str, ...]:
    """The band's words; of the notice only what they do not say yet."""
    if not stamp.band:
        return ()
    more = (f"{stamp.band} · {stamp.no_test}",) if stamp.no_test else ()
    return (*more, stamp.band)
