"""The colours of what is drawn beside the placeholders: callouts, captions, the band, charts.

A theme that states colours for its master deck is obeyed. Any other master brings its own: what is
drawn there follows its scheme, so that a deck looks like one piece.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from builder.artifacts.deck.master.colours import Colours, mixed
from builder.contrast import ENOUGH, contrast, luminance

SERIES = tuple(f"accent{number}" for number in range(1, 7))
QUIET, QUIETER = 0.88, 0.75
"""The part of a text's colour that quiet words keep, and the least; the rest is the ground's."""
TEXT_COLOUR = (
    '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr xmlns:ahyp='
    '"http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/></a:ext>'
    "</a:extLst>"
)
"""Says that a link has the colour of its words and not the scheme's ([MS-ODRAWXML], hlinkClr)."""
TINTED = 0.12
"""The part of the brand's colour in a tint of the ground."""


@dataclass(frozen=True)
class Palette:
    """The writer's colours by name; `series` numbers those of a chart."""

    entries: Mapping[str, str]
    """Name -> six digits."""
    slots: Mapping[str, str]
    """Six digits -> the name in the master's scheme, so that a change of the scheme reaches all."""
    links: bool = True
    """Whether the master's colour of links can be read on content slides and callouts."""
    series: tuple[str, ...] = SERIES
    """Names in the scheme for the series of a chart, in order."""

    def __hash__(self) -> int:
        return hash((tuple(self.entries.items()), tuple(self.slots.items()), self.links))

    def digits(self, name: str) -> str:
        """Six digits of a colour."""
        return self.entries[name]

    def colour(self, name: str) -> str:
        """A colour as DrawingML."""
        digits = self.digits(name)
        slot = self.slots.get(digits)
        return f'<a:schemeClr val="{slot}"/>' if slot else f'<a:srgbClr val="{digits}"/>'

    def fill(self, name: str) -> str:
        """A solid fill as DrawingML."""
        return f"<a:solidFill>{self.colour(name)}</a:solidFill>"

    def linked(self, link: Callable[[str], str]) -> Callable[[str], str]:
        """A writer of links whose words keep the colour of the text where theirs is illegible."""
        return link if self.links else text_coloured(link)

    def shows_links(self, ground: Iterable[str]) -> bool:
        """Whether the scheme's colour of links can be read on a ground, as far as can be told."""
        colours = [digits for digits, name in self.slots.items() if name == "hlink"]
        return all(contrast(ink, each) >= ENOUGH for ink in colours for each in ground if each)

    def shows(self, name: str, ground: Iterable[str]) -> bool:
        """Whether words in a colour can be read on a ground, as far as can be told."""
        return all(contrast(self.digits(name), each) >= ENOUGH for each in ground if each)

    def on(self, name: str) -> str:
        """The name of the colour for words on a ground: paper, or ink if that stands out more."""
        ground = self.digits(name)
        return max(("paper", "ink"), key=lambda each: contrast(self.digits(each), ground))


def text_coloured(link: Callable[[str], str]) -> Callable[[str], str]:
    """A writer of links whose words keep the colour of the text."""

    def kept(address: str) -> str:
        element = link(address)
        if element.endswith("</a:hlinkClick>"):
            return element
        return element.replace("/>", f">{TEXT_COLOUR}</a:hlinkClick>") if element else ""

    return kept


def palette_of(
    stated: Mapping[str, str],
    theme: Mapping[str, str],
    scheme: Colours,
    ink: str,
    ground: tuple[str, ...],
) -> Palette:
    """The colours for a master.

    Args:
        stated: those that the folder of the master states, as six digits.
        theme: those of the whole theme, for warnings.
        scheme: the master's own.
        ink: the colour of the text of content slides; empty where it cannot be told.
        ground: the colours behind it.
    """
    slots = {scheme.named(name): name for name in reversed((*NAMES, *SERIES, "hlink"))}
    slots.pop("", None)
    known = tuple(each for each in ground if each) or (scheme.named("bg1"),)
    own = _own(theme, scheme, ink, known)
    shown = tuple(name for name in SERIES if scheme.named(name))
    entries = {**own, **stated}
    link, grounds = scheme.named("hlink"), (entries["paper"], entries["tint"], *known)
    links = bool(link) and min(contrast(link, each) for each in grounds) >= ENOUGH
    return Palette(entries, slots, links, shown or ("tx1",))


NAMES = ("tx1", "bg1", "tx2", "bg2")


def _own(
    theme: Mapping[str, str], scheme: Colours, ink: str, ground: tuple[str, ...]
) -> dict[str, str]:
    """A master's own colours in the writer's names; of several grounds, paper is the middle one."""
    paper = sorted(ground, key=luminance)[len(ground) // 2]
    ink = ink or max((scheme.named("tx1"), scheme.named("bg1")), key=lambda c: contrast(c, paper))
    brand = scheme.named("accent1") or ink
    tint = mixed(brand, paper, TINTED)
    muted = next(
        (
            quiet
            for quiet in (mixed(ink, paper, QUIETER), mixed(ink, paper, QUIET))
            if min(contrast(quiet, each) for each in (*ground, tint)) >= ENOUGH
        ),
        ink,
    )
    deep = _first_legible((scheme.named("tx2"), brand), (tint, paper), ink)
    found = {"paper": paper, "ink": ink, "brand": brand, "tint": tint, "muted": muted, "deep": deep}
    return {**found, **_warnings(theme, ink, paper)}


def _first_legible(colours: tuple[str, ...], grounds: tuple[str, ...], default: str) -> str:
    legible = (c for c in colours if c and min(contrast(c, each) for each in grounds) >= ENOUGH)
    return next(legible, default)


def _warnings(theme: Mapping[str, str], ink: str, paper: str) -> dict[str, str]:
    """Colours of status keep their meaning; on a dark ground their tints are dark."""
    kept = {name: theme[name] for name in ("warning", "warning_tint", "expired")}
    if contrast(ink, kept["warning_tint"]) >= ENOUGH and luminance(paper) > 0.4:
        return kept
    tint = mixed(kept["warning"], paper, 0.3)
    if contrast(ink, tint) < ENOUGH:
        tint = mixed(kept["warning"], paper, TINTED)
    lighter = tuple(mixed(kept["warning"], ink, part) for part in (1.0, 0.6, 0.4, 0.2))
    return {**kept, "warning_tint": tint, "warning": _first_legible(lighter, (tint,), ink)}
