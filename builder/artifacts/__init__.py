"""What comes out: one room for each kind, and the table that names them.

A kind is a module with two functions:

    make(order: Order) -> Made          HTML of the theme -> bytes of the file
    read_stamp(data: bytes) -> Found    bytes of any such file -> the stamp it carries

One that can tell in a moment what would not fit has a third, which `leafdeck check` asks:

    rehearse(order: Order) -> problems

A further kind costs one file here, one template in the theme and one row in `KINDS`. The rooms are
imported only when one of them has work to do: WeasyPrint alone takes most of a second.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Protocol, cast

from builder.artifacts.edition import PLAIN, Edition
from builder.module.model import Module
from builder.module.stamp import Stamp
from builder.problems import Problem
from builder.theme import Theme


@dataclass(frozen=True, slots=True)
class Order:
    """What an artifact is made from; nothing else goes into it."""

    module: Module
    stamp: Stamp
    theme: Theme
    html: str
    """The whole document that the theme's template rendered."""
    edition: Edition = PLAIN


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file, and what was noticed on the way."""

    data: bytes
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a file says about itself."""

    stamp: Stamp | None
    """The stamp it carries; None for a file that is not ours."""
    untouched: bool
    """Whether its content is still sealed as it was written."""
    shown: bool = True
    """Whether the stamp still stands where people look; only a changed deck is looked through."""
    clinic: str = ""
    """The name of the clinic whose own edition it is."""
    details: tuple[str, str] = ("", "")
    """That clinic's id, and the digest of what is printed of it."""


class Writer(Protocol):
    """The two functions that each kind's module has, and a third that some have."""

    def make(self, order: Order) -> Made:
        """Write the artifact.

        Raises:
            Rejected: it cannot be made as it must be; the problems say why.
        """

    def rehearse(self, order: Order) -> tuple[Problem, ...]:
        """What `make` would find, without making anything: asked of a kind that `rehearses`.

        Raises:
            Rejected: as `make` does.
        """

    def read_stamp(self, data: bytes) -> Found:
        """Read the stamp back from a file's bytes; never raises for a file that is not ours."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of artifact."""

    name: str
    """`deck`, `leaflet`, `page` …"""
    room: str
    """The module that writes it."""
    template: str
    """The template in the theme."""
    file: str
    """The file's name, with `{name}` for the module's folder."""
    magic: bytes
    """The first bytes of every such file."""
    text: str | None
    """The module's text that it is made from; None for one that every module has."""
    extra: bool = False
    """Whether it is made only where the project asks for it."""
    rehearses: bool = False
    """Whether `check` asks it what would not fit: only where that takes a moment."""
    printed: bool = False
    """Whether it comes on several papers, and in clinics' own editions."""
    ignores: tuple[str, ...] = ()
    """The theme's files that its room does without, as patterns for `Theme.without`. Templates,
    catalogues and the pages' styles act through the HTML that is rendered with them."""

    @property
    def writer(self) -> Writer:
        """The room, imported when it is first needed."""
        return cast(Writer, importlib.import_module(self.room))

    def file_name(self, module: str) -> str:
        """The name of a module's file of this kind, one that still says what it is in a mailbox."""
        return self.file.format(name=module)


ROOM = "builder.artifacts"
ZIP, PDF, HTML = b"PK\x03\x04", b"%PDF-", b"<!doctype html>"
RENDERED = ("*.j2", "catalogues/*", "page.css", "audit.css", "preview.css")
"""What no room reads: the HTML was rendered with it."""
SLIDES = (*RENDERED, "*.css")
PAPER = (*RENDERED, "master.*", "handout.css")
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            *("deck", f"{ROOM}.deck", "deck.html.j2", "{name}.pptx", ZIP, "deck"),
            rehearses=True,
            ignores=SLIDES,
        ),
        Kind(
            *("leaflet", f"{ROOM}.leaflet", "leaflet.html.j2", "{name}.pdf", PDF, "leaflet"),
            printed=True,
            ignores=PAPER,
        ),
        Kind(
            *("handout", f"{ROOM}.handout", "handout.html.j2", "{name}-handout.pdf", PDF, "deck"),
            extra=True,
            ignores=RENDERED,
        ),
        Kind(
            *("preview", f"{ROOM}.preview", "preview.html.j2", "slides.html", HTML, "deck"),
            extra=True,
            ignores=SLIDES,
        ),
        Kind(
            *("page", f"{ROOM}.page", "page.html.j2", "index.html", HTML, None),
            ignores=("*",),
        ),
        Kind(
            *("audit", f"{ROOM}.audit", "audit.html.j2", "audit.html", HTML, "leaflet"),
            ignores=("*",),
        ),
    )
}


def kind_of(data: bytes) -> Kind | None:
    """The first kind whose files begin like this, or None; kinds that do share a way to be read."""
    return next((kind for kind in KINDS.values() if data.startswith(kind.magic)), None)
