"""Whether what was noted is something that a build may have noted: all values are of their kinds.

Digests keep out what was damaged. What was forged has the right digest: it may lie, but stops no
build.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from builder.artifacts import KINDS
from builder.build.knowing.trace import Trace
from builder.module.library import Card
from builder.problems import Place, Problem

NOTHING = type(None)


def is_credible(name: str, trace: Trace) -> bool:
    """Whether a trace can be one of a module.

    Args:
        name: the module's folder.
        trace: what is noted of it.
    """
    failed = (each for piece in trace.pieces.values() for each in piece.failed)
    return (
        _are((str,), _texts(trace))
        and _are((str, NOTHING), (*trace.read.values(), *trace.neighbours.values()))
        and _are((datetime.date, NOTHING), trace.holds)
        and _are((int,), (number for offer in trace.offers for number in offer.version_at))
        and _are((int, float), (piece.seconds for piece in trace.pieces.values()))
        and all(map(_is_problem, (*trace.problems, *failed)))
        and all(offer.kind in KINDS and offer.stamp.name == name for offer in trace.offers)
        and (trace.card is None or is_card(trace.card))
    )


def is_card(card: Card) -> bool:
    """Whether a card can be one of a module."""
    places = (card.id_at, *(place for _, place in card.named))
    texts = (card.id, card.title, *(name for name, _ in card.named))
    return _are((str,), texts) and all(map(_is_place, places))


def _texts(trace: Trace) -> Iterator[object]:
    yield from (trace.basis, *trace.rivals, *trace.read, *trace.neighbours, *trace.pieces)
    for offer in trace.offers:
        yield from (offer.kind, offer.language, offer.tag, offer.content, *offer.budgets)
    for piece in trace.pieces.values():
        yield from (piece.content, piece.listed, piece.edition, piece.environment, piece.made_from)


def _is_problem(problem: Problem) -> bool:
    texts = (problem.code, problem.message, problem.hint)
    return _are((str,), texts) and _are((bool,), [problem.strict]) and _is_place(problem.place)


def _is_place(place: Place) -> bool:
    return _are((str,), [place.path]) and _are((int, NOTHING), (place.line, place.column))


def _are(kinds: tuple[type, ...], values: Iterable[object]) -> bool:
    return {*kinds}.issuperset(map(type, values))
