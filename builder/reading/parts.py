"""The parts of a leaflet: headings with a role, boxes, and what is printed from the facts."""

from __future__ import annotations

from dataclasses import dataclass

from builder.module.model import Facts
from builder.module.prose.tree import HEADINGS, LINE, classes_of, tree_of
from builder.module.text import Text

PARTS = {
    "who": "who it is for",
    "key-points": "the key points",
    "benefits": "the benefits",
    "risks": "the risks",
    "alternatives": "the other choices",
    "no-treatment": "what may happen without treatment",
    "help": "when to call for help",
    "questions": "questions to ask",
    "actions": "what the reader can do",
    "sources": "the sources",
    "feedback": "how to give feedback",
    "other-formats": "how to get it in other formats",
}
"""What each part is about, by its role."""
PRINTED = 0
"""The line of a part that stands on the leaflet without the author writing it."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that a leaflet has."""

    lines: dict[str, int]
    """The line of each by its role; `PRINTED` for one that is printed from the facts."""

    def __contains__(self, role: str) -> bool:
        return role in self.lines

    def line(self, role: str) -> int | None:
        """The line of a part that the author wrote; None for another."""
        return self.lines.get(role) or None

    @property
    def of_treatment(self) -> bool:
        """Whether the leaflet says that it is about a treatment, by having a part on it."""
        return not self.lines.keys().isdisjoint(TREATMENT)


TREATMENT = ("benefits", "risks", "alternatives", "no-treatment")
"""Parts that only leaflets on a treatment have (DISCERN 10 to 14)."""


def parts_of(text: Text, facts: Facts) -> Parts:
    """The parts of a leaflet by its headings, its boxes and the module's facts."""
    found = {role: PRINTED for role, is_there in _printed(text, facts).items() if is_there}
    for section in text.sections:
        _note(found, section.classes, section.line)
        for element in tree_of(section.body).iter("div", *HEADINGS):
            _note(found, classes_of(element), int(element.get(LINE) or section.line))
    return Parts(found)


def _note(found: dict[str, int], classes: tuple[str, ...] | list[str], line: int) -> None:
    for role in classes:
        if role in PARTS and not found.get(role):
            found[role] = line


def _printed(text: Text, facts: Facts) -> dict[str, bool]:
    """What the leaflet's template prints by itself."""
    return {
        "who": True,
        "help": facts.contact is not None,
        "sources": bool(text.references),
        "feedback": bool(facts.feedback.email or facts.feedback.url),
        "other-formats": facts.other_formats is not None,
    }
