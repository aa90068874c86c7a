"""A theme's master deck -> an open presentation to write into: a copy, in the theme's colours.

python-pptx is imported only where a deck is written: what only measures does without it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from builder.artifacts.deck.master.cleaning import NAMES, RELATED, SLIDES
from builder.artifacts.deck.master.scheme import repainted
from builder.artifacts.deck.master.template import Template, template_of
from builder.problems import Place, Problem, Rejected
from builder.theme import Theme, master_file

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Deck


def sound_master(theme: Theme) -> bytes:
    """The theme's master deck made sound and in the theme's colours, without slides.

    Raises:
        Rejected: it cannot be used; the problems name what is wrong with it.
    """
    return repainted(_template(theme).data, theme, master_file(theme))


def open_master(theme: Theme) -> Deck:
    """A fresh copy of the master deck in the theme's colours, without slides, to write into.

    Raises:
        Rejected: it cannot be used; the problems name what is wrong with it.
    """
    from pptx import Presentation

    deck: Deck = Presentation(io.BytesIO(sound_master(theme)))
    deck.element.get_or_add_sldIdLst()
    _with_notes(deck)
    return deck


def inspect_master(theme: Theme) -> Iterator[Problem]:
    """What is wrong with the theme's master deck, and what is left out of it."""
    try:
        place = place_of_master(theme)
        yield from (problem.at(place) for problem in _template(theme).problems)
    except Rejected as rejected:
        yield from rejected.problems


def invalid_parts(theme: Theme) -> Iterator[Problem]:
    """What the format does not allow in the master deck, and what decks would take over from it."""
    from builder.artifacts.deck.master.validity import faults

    try:
        template = _template(theme)
    except Rejected:  # told by `inspect_master`
        return
    for fault in faults(template.data):
        message = f"The master deck itself breaks the format in {fault}."
        hint = "Open it in PowerPoint, let it be repaired, and save it as a template (.potx)."
        yield Problem("theme-file", message, place_of_master(theme), hint)


def place_of_master(theme: Theme) -> Place:
    """The master deck's file, for problems."""
    file = master_file(theme)
    return Place(theme.holder(file).label(file))


def _template(theme: Theme) -> Template:
    data = theme.read(master_file(theme))
    try:
        return template_of(data)
    except Rejected as rejected:
        place = place_of_master(theme)
        raise Rejected(*(problem.at(place) for problem in rejected.problems)) from None


def _with_notes(deck: Deck) -> None:
    """A master for the speaker notes, listed as the format asks and python-pptx does not."""
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.oxml import parse_xml

    if deck.element.find("p:notesMasterIdLst", NAMES) is not None:
        return
    key = deck.part.relate_to(deck.notes_master.part, RELATIONSHIP_TYPE.NOTES_MASTER)
    listed = parse_xml(
        f'<p:notesMasterIdLst xmlns:p="{SLIDES}" xmlns:r="{RELATED}">'
        f'<p:notesMasterId r:id="{key}"/></p:notesMasterIdLst>'
    )
    deck.element.find("p:sldMasterIdLst", NAMES).addnext(listed)
