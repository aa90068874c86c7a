"""What comes out: one room for each kind, and the table that names them.

A kind is a module with two functions:

    make(order: Order) -> Made          HTML of the theme -> bytes of the file
    read_stamp(data: bytes) -> Found    bytes of any such file -> the stamp it carries

A further kind costs one file here, one template in the theme and one row in `KINDS`. The rooms are
imported only when one of them has work to do: WeasyPrint alone takes most of a second.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Protocol, cast

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


class Writer(Protocol):
    """The two functions that each kind's module has."""

    def make(self, order: Order) -> Made:
        """Write the artifact.

        Raises:
            Rejected: it cannot be made as it must be; the problems say why.
        """

    def read_stamp(self, data: bytes) -> Found:
        """Read the stamp back from a file's bytes; never raises for a file that is not ours."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of artifact."""

    name: str
    """`deck`, `leaflet`, `page`: also the key of the text it is made from."""
    room: str
    """The module that writes it."""
    template: str
    """The template in the theme."""
    file: str
    """The file's name, with `{name}` for the module's folder."""
    magic: bytes
    """The first bytes of every such file."""

    @property
    def writer(self) -> Writer:
        """The room, imported when it is first needed."""
        return cast(Writer, importlib.import_module(self.room))

    def file_name(self, module: str) -> str:
        """The name of a module's file of this kind, one that still says what it is in a mailbox."""
        return self.file.format(name=module)


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("deck", "builder.artifacts.deck", "deck.html.j2", "{name}.pptx", b"PK\x03\x04"),
        Kind("leaflet", "builder.artifacts.leaflet", "leaflet.html.j2", "{name}.pdf", b"%PDF-"),
        Kind("page", "builder.artifacts.page", "page.html.j2", "index.html", b"<!doctype html>"),
    )
}


def kind_of(data: bytes) -> Kind | None:
    """The kind that a file's first bytes tell, or None."""
    return next((kind for kind in KINDS.values() if data.startswith(kind.magic)), None)
