"""What is to be made, and why. Pure: records in, jobs out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from builder.artifacts import KINDS
from builder.artifacts.edition import Edition
from builder.build.knowing.survey import Offer
from builder.clinics import Clinic
from builder.module.language import Language
from builder.module.library import Card
from builder.module.stamp import Stamp
from builder.settings import Settings


@dataclass(frozen=True, slots=True)
class File:
    """One of a module's files, as its page lists them."""

    kind: str
    paper: str
    language: str
    """The language's tag."""
    language_name: str
    """The language, as those who read it call it."""
    direction: str
    """`ltr` or `rtl`, the way that its name runs."""
    name: str


@dataclass(frozen=True, slots=True)
class Job:
    """One artifact to make."""

    name: str
    """The module's folder."""
    offer: Offer
    """The text that it is made from."""
    edition: Edition
    target: str
    """The file under `output/`."""
    titles: Mapping[str, str]
    """The titles of the modules that this one may name, by folder."""
    files: tuple[File, ...] = ()
    """Everything that can be had of the module, clinics' own editions left out."""
    known: str = ""
    """The digest of what the file in place was made from; empty where there is none."""
    reasons: tuple[str, ...] = ()
    """Why it is to be made, or looked at again."""
    missed: str = ""
    """The digest of what its file was made from, where nothing changed but the file is not there:
    a cache may have it."""
    seconds: float = 0
    """How long it took when it was last made; 0 where that is not known."""

    @property
    def kind(self) -> str:
        """What is made: a deck, a leaflet, a page."""
        return self.offer.kind

    @property
    def stamp(self) -> Stamp:
        """What the artifact will say about itself."""
        return self.offer.stamp

    @property
    def cost(self) -> float:
        """About how long it takes, in seconds: as last time, else by how much text there is."""
        return self.seconds or len(self.offer.module) / 40_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted of each module."""

    settings: Settings
    clinics: tuple[Clinic, ...] = ()
    """Those that get their own editions."""
    kinds: frozenset[str] = frozenset()
    """The kinds of artifacts to make, and no other; all where it is empty."""


def plan(
    name: str, offers: Iterable[Offer], card: Card, titles: Mapping[str, str], asked: Asked
) -> tuple[Job, ...]:
    """The jobs for a module, in the order of the kinds and of the editions.

    Args:
        name: the module's folder.
        offers: what can be made of it.
        card: names the modules that it may name.
        titles: the titles of all modules of the project, by folder.
        asked: what is wanted.
    """
    found = list(_wanted(offers, asked))
    files = tuple(_file(name, *each) for each in found if not each[1].clinic)
    known = {other: titles[other] for other in card.neighbours if other in titles}
    return tuple(
        Job(name, offer, edition, _target(name, offer, edition), known, files)
        for offer, edition in found
        if not asked.kinds or offer.kind in asked.kinds
    )


def _target(name: str, offer: Offer, edition: Edition) -> str:
    return edition.file(name, KINDS[offer.kind].file_name(name))


def _file(name: str, offer: Offer, edition: Edition) -> File:
    path = _target(name, offer, edition)
    language = Language(offer.tag)
    file = path.rpartition("/")[2]
    return File(*(offer.kind, edition.paper, language.tag, language.name, language.direction, file))


def _wanted(offers: Iterable[Offer], asked: Asked) -> Iterator[tuple[Offer, Edition]]:
    for offer in offers:
        kind = KINDS[offer.kind]
        if kind.extra and kind.name not in asked.settings.extras:
            continue
        if not kind.printed:
            yield offer, Edition(offer.language)
            continue
        leaflet = asked.settings.leaflet
        for clinic in (None, *asked.clinics):
            for paper in leaflet.formats:
                yield offer, Edition(offer.language, paper, clinic, leaflet.bleed)
