"""Checks on the modules together: ids that are claimed twice, series that lead nowhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from builder.artifacts.edition import CLINICS
from builder.fields import nearest
from builder.module.library import Card, label_of
from builder.problems import Place, Problem

Claims = Mapping[str, tuple[str, ...]]
"""By id, the folders of the modules that claim it, in order."""


def claims_of(cards: Mapping[str, Card]) -> Claims:
    """Who claims which id.

    Args:
        cards: of all modules that can be read, by folder.
    """
    claims: dict[str, list[str]] = {}
    for name, card in sorted(cards.items()):
        claims.setdefault(card.id, []).append(name)
    return {identity: tuple(names) for identity, names in claims.items()}


def rivals_of(name: str, card: Card, claims: Claims) -> tuple[str, ...]:
    """The folders of the other modules that claim a module's id."""
    return tuple(other for other in claims.get(card.id, ()) if other != name)


def check_project(
    name: str, card: Card, everyone: Collection[str], claims: Claims
) -> Iterator[Problem]:
    """What is wrong with a module beside the others.

    Args:
        name: its folder.
        card: what it says that others ask of it.
        everyone: the folders of all modules.
        claims: who claims which id.
    """
    if name == CLINICS:
        message = f"No module can be called “{CLINICS}”: there the clinics' own editions are put."
        yield Problem("module-name", message, Place(label_of(name)), "Rename the folder.")
    if rivals := rivals_of(name, card, claims):
        message = f"The id {card.id} is also claimed by {', '.join(map(label_of, rivals))}."
        yield Problem("module-twice", message, card.id_at)
    for neighbour, place in card.named:
        if neighbour not in everyone:
            message = f"There is no module “{neighbour}” in sources/."
            yield Problem("series-unknown", message, place, nearest(neighbour, everyone))
