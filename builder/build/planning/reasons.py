"""Why a file is to be made, or looked at again; in words. Pure."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from builder.artifacts import KINDS
from builder.artifacts.edition import Edition
from builder.build.knowing.environment import Environment, changed_files, differences, happened
from builder.build.knowing.survey import Offer
from builder.build.knowing.trace import Piece, Trace, edition_digest, piece_of
from builder.build.planning.plan import Job
from builder.module.translation import translation_files

FIRST = "it is new"
UNKNOWN = "what it was made from is not known"
SAID = "what it says changed"
LISTED = "the list of the module’s files changed"
MISSING = "it is missing"
EDITED = "it was changed since it was made"
STRANGE = "another file is in its place"
OTHERS = {"deck": ("leaflet.md", "leaflet.*.md"), "leaflet": ("slides.md", "slides.*.md")}
"""By the text that an artifact is made from: the files that do not matter to it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a module from before, and what has happened to it since."""

    trace: Trace | None
    """None where the last build noted nothing of it."""
    now: Mapping[str, str | None] = field(default_factory=dict)
    """What its files are now, by name, where they are not what they were, or not read before."""
    titles: Mapping[str, str] = field(default_factory=dict)
    environments: Mapping[str, Environment] = field(default_factory=dict)


def reasons_for(job: Job, known: Known, environment: Environment, place: str) -> tuple[str, ...]:
    """Why a job is to be done; empty where what it would make is in place.

    Args:
        job: the job.
        known: what was noted of its module.
        environment: today's.
        place: what is wrong with the file in place; empty where nothing is.
    """
    piece = known.trace.pieces.get(job.target) if known.trace else None
    if piece is None:
        return (UNKNOWN if not place else place if place != MISSING else FIRST,)
    found = tuple(_changes(job, piece, known, environment))
    if found or piece.failed:  # what could not be made is not tried again from the very same
        return found
    return (place,) if place else ()


def _changes(job: Job, piece: Piece, known: Known, environment: Environment) -> Iterator[str]:
    """What is no longer what an artifact was made from."""
    new = piece_of(job, environment.id)
    found = list(_said(job, known)) if piece.content != new.content else []
    if piece.edition != new.edition:
        found.append(_edition(job.edition, piece))
    if piece.environment != new.environment:
        old = known.environments.get(piece.environment)
        found += differences(old, environment) if old else (UNKNOWN,)
    if not found and piece.listed != new.listed:
        found.append(LISTED)
    yield from found or ([SAID] if piece.content != new.content else [])


def _edition(edition: Edition, piece: Piece) -> str:
    """What is different about an edition; its language and its paper are in its file's name."""
    otherwise = replace(edition, bleed=not edition.bleed)
    if edition.clinic and piece.edition != edition_digest(otherwise):
        return f"the entry of clinic {edition.clinic.id} changed"
    return "the setting leaflet.bleed changed"


def _said(job: Job, known: Known) -> Iterator[str]:
    """What happened to what an artifact says."""
    trace = known.trace
    if trace:
        yield from changed_files(*_files(job, known, trace))
        yield from _status(job.offer, trace)
        for name, before in trace.neighbours.items():
            after = known.titles.get(name)
            if before != after:
                yield f"the title of {name} {happened(before, after)}"


def _files(
    job: Job, known: Known, trace: Trace
) -> tuple[dict[str, str | None], dict[str, str | None]]:
    """The files that may matter to a job, and were changed: as they were, and as they are."""
    text = KINDS[job.kind].text
    names = [path for path in known.now if not _is_for_another(path, text, job.offer.language)]
    listed = [path for path in names if not path.endswith("/")] or names
    before = {path: trace.read.get(path) for path in listed}
    return before, {path: known.now[path] for path in listed}


def _is_for_another(path: str, text: str | None, language: str) -> bool:
    """Whether a file is the text of another artifact, or of the same in another language."""
    file = path.rpartition("/")[2]
    if text and any(fnmatch.fnmatch(file, pattern) for pattern in OTHERS[text]):
        return True
    return any(tag != language for _, _, tag in translation_files((file,)))


def _status(offer: Offer, trace: Trace) -> Iterator[str]:
    for old in trace.offers:
        if (old.kind, old.language) == (offer.kind, offer.language):
            before, after = old.stamp.status, offer.stamp.status
            if before is not after:
                yield f"status: {before} -> {after}"
