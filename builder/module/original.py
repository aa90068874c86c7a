"""What a translation knows of the text that it was made from, and what has changed there since."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

ChangeKind = Literal["facts", "changed", "new", "left-out", "gone", "foreign", "order"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is to be done again in a translation, or that its original does not have."""

    kind: ChangeKind
    """New, changed and gone: since it was translated; left out and foreign: from the first."""
    title: str
    """The section's: in the original, or in the translation where the original has none."""
    line: int
    """In the translation: the section's, or that of the one before it."""
    origin: int = 0
    """In the original; 0 where it has none."""
    behind: str = ""
    """The title of the original's section before it."""
    name: str = ""
    """The name that the section goes by, as in `{#what-to-bring}`; empty where it is not known."""


@dataclass(frozen=True, slots=True)
class Original:
    """What a translation was made from, so that staff can tell what they hand over."""

    title: str
    language: str
    direction: str
    """`ltr` or `rtl`, the way that its language runs."""
    version: str
    changes: tuple[Change, ...] = ()
    """What the original and the translation do not have in common any more."""
    positions: dict[tuple[str | int, ...], tuple[int, int]] = field(
        default_factory=dict, compare=False, repr=False
    )
    """Line and column of each key in the translation's front matter."""

    @property
    def moved_on(self) -> bool:
        """Whether its words changed since it was translated."""
        return any(change.kind not in ("left-out", "foreign") for change in self.changes)
