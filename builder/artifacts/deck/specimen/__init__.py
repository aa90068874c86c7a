"""A specimen deck: every role and every kind of block once, in a theme, with the status band."""

from __future__ import annotations

import datetime
import html
from pathlib import Path
from typing import Any

from builder.artifacts import Made, Order
from builder.artifacts.deck import attempted
from builder.module.lifecycle import life_of
from builder.module.model import Facts, Module
from builder.module.stamp import Stamp, stamp_of
from builder.module.text import Text
from builder.settings import Profile
from builder.theme import Theme
from builder.workspace import Folder

HERE = Path(__file__).parent
DAY = datetime.date(2026, 1, 1)
"""Before the specimen's publication, so that it is a draft and shows the band."""
FACTS: dict[str, Any] = {
    "id": "SPECIMEN-01",
    "version": "1.0",
    "title": "Specimen",
    "summary": "Shows what slides look like in a theme.",
    "kind": "e-learning",
    "language": "en-GB",
    "audience": "Whoever sets up a theme",
    "published": "2026-01-02",
    "people": [
        {
            "name": "A. Specimen",
            "roles": ["author"],
            "interests": [
                {"company": "Example Company", "nature": "grant", "since": "2025"},
                {"company": "Another Example", "nature": "grant", "since": "2025"},
            ],
        }
    ],
    "funding": "none",
    "publisher": {"name": "Specimen Press"},
    "feedback": {"email": "specimen@example.org"},
}
ITEM = "<li>Item {} of a list that is too long for a slide and goes on where it must</li>"


def specimen(theme: Theme) -> Made:
    """The specimen deck of a theme, its faults as problems.

    Raises:
        Rejected: it cannot be drawn in this theme at all.
    """
    module, stamp = _module(), specimen_stamp()
    declared = "".join(f"<p>{html.escape(sentence)}</p>" for sentence in stamp.declaration)
    items = "".join(ITEM.format(number) for number in range(1, 31))
    text = (HERE / "specimen.html").read_text(encoding="utf-8")
    document = text.replace("{declaration}", declared).replace("{items}", items)
    return attempted(Order(module, stamp, theme, document))


def specimen_stamp() -> Stamp:
    """The stamp of the specimen, a long one."""
    module = _module()
    return stamp_of(module, "deck", "deck", life_of(module.facts, Profile()), DAY)


def _module() -> Module:
    facts = Facts.model_validate(FACTS)
    text = Text("specimen", ())
    return Module("specimen", facts, {"deck": text}, Folder(HERE, "specimen"))
