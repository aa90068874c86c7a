"""The marks of the stamp on every slide: footer, date, and the band of what does not hold."""

from __future__ import annotations

from dataclasses import dataclass

from builder.artifacts.deck.fit.metrics import LEADING, Fonts
from builder.artifacts.deck.master.model import CONTENT, TEXTS, Holder, Master
from builder.artifacts.deck.records import Run
from builder.artifacts.deck.style import Style
from builder.artifacts.deck.tokens import Tokens
from builder.module.language import Language
from builder.module.lifecycle import Status
from builder.module.stamp import NO_TEST, Stamp
from builder.problems import Place, Problem, Rejected

LEAST_FOOTER = 8.0
LEAST_BAND = 12.0
"""Points that the words of footer and band shrink to, and no further."""


@dataclass(frozen=True)
class Marks:
    """Words and sizes."""

    title: str
    footer: str
    date: str
    band: str
    """Empty while the module holds."""
    band_size: float
    band_colour: str
    language: str
    """The language of these words."""
    fonts: Fonts

    def footer_size(self, holder: Holder) -> str:
        """The size of the footer's words as an attribute; nothing where the layout's own serves."""
        own = holder.style.levels[0].size
        size = _fitting(self.fonts, self.footer, holder, own)
        return f' sz="{round(size * 100)}"' if size and size != own else ""


def marks_of(stamp: Stamp, fonts: Fonts, tokens: Tokens, master: Master, path: str) -> Marks:
    """The marks of a stamp.

    Raises:
        Rejected: the footer's words do not fit in a layout's footer.
    """
    plain = master.layout(CONTENT).all(*TEXTS)[0].style
    words, size = _band(stamp, fonts, tokens, plain)
    for layout in master.layouts.values():
        holder = layout.first("ftr")
        if holder and not _fitting(fonts, stamp.short, holder, holder.style.levels[0].size):
            message = f"The stamp does not fit in the footer of the layout “{layout.name}”."
            hint = "Make the footer larger in the master deck, or shorten the names of companies."
            raise Rejected(Problem("text-overflows", message, Place(path), hint))
    return Marks(
        title=stamp.title,
        footer=stamp.short,
        date=Language(stamp.language).short_date(stamp.updated or stamp.published),
        band=words,
        band_size=size,
        band_colour="warning" if stamp.status is Status.DRAFT else "expired",
        language=Language(stamp.language).words_tag,
        fonts=fonts,
    )


def _fitting(fonts: Fonts, text: str, holder: Holder, size: float) -> float:
    """The size, from the layout's own downwards, at which a text fits; 0 where none does."""
    least = min(LEAST_FOOTER, size)
    while size >= least:
        faces = fonts.of(holder.style)
        lines = faces.lines((Run(text),), size, holder.inner.width, holder.style.levels[0].bold)
        if lines * size * LEADING <= holder.inner.height:
            return size
        size -= 0.5
    return 0.0


def _band(stamp: Stamp, fonts: Fonts, tokens: Tokens, plain: Style) -> tuple[str, float]:
    """The band's words; of the notice only what they do not say yet, and only if it fits."""
    if not stamp.band:
        return "", tokens.band_size
    more = (f"{stamp.band} · {NO_TEST}",) if NO_TEST in stamp.notice else ()
    width = tokens.band.width - 2 * tokens.band_inset
    for words in (*more, stamp.band):
        size = tokens.band_size
        while size >= min(LEAST_BAND, tokens.band_size):
            if fonts.of(plain).lines((Run(words),), size, width, bold=True) == 1:
                return words, size
            size -= 1
    return stamp.band, min(LEAST_BAND, tokens.band_size)
