"""What a master deck offers, as plain data: its layouts by role, and their placeholders."""

from __future__ import annotations

from dataclasses import dataclass

from builder.artifacts.deck.style import Box, Style

TITLES, TEXTS = ("title", "ctrTitle"), ("body", "obj", "subTitle")
CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Holder:
    """One placeholder of a layout."""

    kind: str
    """Its type as the file says it: `title`, `body`, `obj`, `pic`, `ftr` …"""
    index: int
    size: str
    box: Box
    inner: Box
    """Where its text stands: the box without the insets."""
    style: Style


@dataclass(frozen=True, slots=True)
class Layout:
    """A slide layout."""

    name: str
    position: int
    """Its place among all layouts of all masters."""
    holders: tuple[Holder, ...]

    def first(self, *kinds: str) -> Holder | None:
        """The first placeholder of these types."""
        return next((holder for holder in self.holders if holder.kind in kinds), None)

    def all(self, *kinds: str) -> tuple[Holder, ...]:
        """The placeholders of these types, the largest first."""
        found = [holder for holder in self.holders if holder.kind in kinds]
        return tuple(sorted(found, key=lambda h: -h.box.width * h.box.height))

    @property
    def title(self) -> Holder:
        """The placeholder of the title; each layout in use has one."""
        return next(holder for holder in self.holders if holder.kind in TITLES)


@dataclass(frozen=True, slots=True)
class Master:
    """The layouts by role, and the colours that have a place in the master's scheme."""

    layouts: dict[str, Layout]
    scheme: dict[str, str]
    """Six digits of a colour -> its name in the scheme."""
    width: float
    """Of a slide, in points."""
    height: float

    def layout(self, role: str) -> Layout:
        """The layout of a role; roles that the theme does not tell apart look like content."""
        return self.layouts.get(role) or self.layouts[CONTENT]
