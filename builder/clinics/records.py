"""The records of a clinic: what its file may say, and what is made of it."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from builder.module.language import Language
from builder.module.model import Record
from builder.module.tags import is_known, suggested
from builder.module.values import Address, Email, Line, Phone

CALCULATED = re.compile(r"\d([.,]\d+)?E\+?\d+", re.IGNORECASE)
"""A telephone number that a spreadsheet took for a large number."""


def _split(value: object) -> object:
    """The lines of a text: a cell of a table has no other way to hold several."""
    if not isinstance(value, str):
        return value
    return tuple(line.strip() for line in re.split(r"[\n|]", value) if line.strip())


def _unbroken(value: str) -> str:
    """The text with its numbers kept on one line: a number in two halves is dialled wrong."""
    return re.sub(r"(?<=[\d)]) (?=[\d(])", "\u00a0", value)


def _plain(value: object) -> object:
    """The text with plain spaces: web pages keep telephone numbers together with other ones."""
    return re.sub(r"[\u00a0\u2007\u2009\u202f]", " ", value) if isinstance(value, str) else value


def _dialled(value: str) -> str:
    if CALCULATED.fullmatch(value):
        raise ValueError("a spreadsheet has shortened the number; format its column as text")
    return value


def _known(value: str) -> str:
    if not is_known(value):
        near = suggested(value)
        meant = f": write “{near}”" if near else ""
        raise ValueError(f"no language has the tag “{value}”{meant}")
    return value


Told = Annotated[Line, AfterValidator(_unbroken)]
Lines = Annotated[tuple[Line, ...], BeforeValidator(_split)]
Tag = Annotated[str, AfterValidator(_known)]


class ClinicFile(Record):
    """What the file of a clinic, or its row in a table, may say."""

    name: Line
    """The clinic's name as it is printed."""
    phone: Annotated[
        Phone, BeforeValidator(_plain), AfterValidator(_dialled), AfterValidator(_unbroken)
    ]
    """The telephone number as it is dialled."""
    address: Lines = ()
    """The postal address, line by line."""
    hours: Lines = ()
    """The opening hours, line by line."""
    out_of_hours: Told | None = None
    """Whom to call when the clinic is closed: a name and a number."""
    interpreter: Told | None = None
    """How to get an interpreter: a name and a number."""
    email: Email | None = None
    """The e-mail address."""
    website: Address | None = None
    """The web address."""
    logo: Line | None = None
    """The logo's file in the folder of the clinics, as in `st-example.png`."""
    notes: Annotated[tuple[Told, ...], BeforeValidator(_split)] = ()
    """What else patients must know, as in where to park; a paragraph a line."""
    language: Tag | None = None
    """The language of all this (BCP 47), where it is not the leaflet's."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A clinic's logo as it is printed."""

    address: str
    """The picture itself, as a `data:` address: a leaflet needs no other file."""
    width: float
    """Millimetres."""
    height: float


class Clinic(ClinicFile):
    """A clinic, ready to stand in its own editions."""

    id: str
    """The name of its file, or the cell `clinic` of its row; it names a folder under `output/`."""
    image: Logo | None = None
    """The logo that `logo` names."""

    @property
    def digest(self) -> str:
        """Of all that is printed of it: 12 hexadecimal digits."""
        said = json.dumps(self.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:12]

    @property
    def direction(self) -> str:
        """Which way its words run, where it says their language: `ltr` or `rtl`."""
        return Language(self.language).direction if self.language else ""
