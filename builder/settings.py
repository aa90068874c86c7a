"""`leafdeck.toml` as records; every default of the project is named here."""

from __future__ import annotations

import re
import tomllib
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from builder.fields import Path, problems_of
from builder.problems import Place, Problem, Rejected
from builder.workspace import Folder
from builder.written import Form

FILE = "leafdeck.toml"
Months = Annotated[int, Field(ge=1, le=600)]


class Table(BaseModel):
    """A frozen table of `leafdeck.toml`; a key that it does not name is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class LongestLife(Table):
    """Months from the last review to the expiry, by the module's kind."""

    e_learning: Months = Field(default=24, alias="e-learning")
    """ESMO's handbook and EACCME: two years."""
    leaflet: Months = 36
    """NHS practice for leaflets of one's own: three years."""


Goal = Annotated[float, Field(ge=-100, le=200, allow_inf_nan=False)]
"""A figure of a reading formula that a leaflet should reach."""
Part = Literal[
    "who", "key-points", "benefits", "risks", "alternatives", "no-treatment", "help", "questions",
    "actions", "sources", "feedback", "other-formats",
]  # fmt: skip
"""What a part of a leaflet is for: a role on its heading, or what is printed from the facts."""


class Reading(Table):
    """What a leaflet should be like to read. Grades are at most, scores of ease at least."""

    strict: bool = False
    """Whether a leaflet that misses a goal has an error instead of a warning."""
    long_sentence: Annotated[int, Field(ge=5, le=200)] = Field(default=20, alias="long-sentence")
    """Words from which on a sentence is listed as long."""
    longest_sentence: Annotated[int, Field(ge=5, le=200)] = Field(
        default=30, alias="longest-sentence"
    )
    """Words that no sentence should have more of."""
    passive: Annotated[int, Field(ge=0, le=100)] = 20
    """Sentences of a hundred that may be in the passive voice (PEMAT: active at least 80 %)."""
    smog: Goal = 9
    """A US grade: near the 14 of the British scale that the NHS acts on."""
    flesch_kincaid: Goal = Field(default=8, alias="flesch-kincaid")
    """A US grade (CDC: 8 or less; AMA: 6 or less)."""
    szigriszt_pazos: Goal = Field(default=55, alias="szigriszt-pazos")
    """INFLESZ: normal from 55."""
    fernandez_huerta: Goal = Field(default=60, alias="fernandez-huerta")
    wiener_sachtextformel: Goal = Field(default=8, alias="wiener-sachtextformel")
    """A school year."""
    flesch_amstad: Goal = Field(default=60, alias="flesch-amstad")
    kandel_moles: Goal = Field(default=60, alias="kandel-moles")
    gulpease: Goal = 60
    """Not hard with a lower secondary certificate."""
    flesch_douma: Goal = Field(default=60, alias="flesch-douma")
    lix: Goal = 40
    """Easy up to 40."""

    def goal(self, formula: str) -> float:
        """The goal for a formula, by its name here."""
        return float(getattr(self, formula.replace("-", "_")))


class Required(Table):
    """The parts that a leaflet must have, by the module's kind."""

    strict: bool = False
    """Whether a leaflet that lacks one has an error instead of a warning."""
    e_learning: tuple[Part, ...] = Field(default=("help", "feedback"), alias="e-learning")
    leaflet: tuple[Part, ...] = ("who", "key-points", "help", "feedback")


class Profile(Table):
    """The rules where the standards of the field disagree."""

    longest_life: LongestLife = Field(default=LongestLife(), alias="longest-life")
    valid_for: Months = Field(default=24, alias="valid-for")
    """Months that a module holds where it says neither `expires` nor `valid_for`."""
    review_notice: Annotated[int, Field(ge=0, le=3650)] = Field(default=90, alias="review-notice")
    """Days before the expiry from which a review is due."""
    look_back: Months = Field(default=24, alias="look-back")
    """Months before the declaration in which interests count (ACCME: 24; ICMJE: 36)."""
    declaration_age: Months = Field(default=12, alias="declaration-age")
    """Months after which a signed declaration is old (ESMO: regular intervals)."""
    references: Literal["print", "on-request"] = "print"
    """Whether a leaflet prints its references or says where to ask for them."""
    expired: Literal["mark", "refuse"] = "mark"
    """Whether an expired module is built with its mark, or withheld behind a notice."""
    reading: Reading = Reading()
    """What leaflets should be like to read."""
    required: Required = Required()
    """The parts that leaflets must have."""
    stale_translation: Literal["warn", "refuse"] = Field(default="warn", alias="stale-translation")
    """Whether a translation whose original moved on is built with a notice, or not at all."""


PAPERS = ("a4", "a5-booklet", "trifold", "large-print", "letter")
"""What a leaflet can be printed on."""
Paper = Literal["a4", "a5-booklet", "trifold", "large-print", "letter"]


class LeafletTable(Table):
    """How leaflets are printed."""

    formats: Annotated[tuple[Paper, ...], Field(min_length=1)] = ("a4",)
    """What each leaflet is made for."""
    bleed: bool = False
    """Whether leaflets have 3 mm of bleed and crop marks, for a print shop."""


_UNSEEN = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_HOST = rf"(\[[0-9a-f:.]+\]|[^\s/?#@:\[\]<>{_UNSEEN}]+)(:\d{{1,5}})?"
_PUBLISHED = rf"https?://{_HOST}(/[^\s?#<>{_UNSEEN}]*)?"
"""A page's path can follow it: no query, no name to log in with, nothing that cannot be seen."""
_AS_PUBLISHED = "Write all of it, as in https://example.org/leaflets/, without “?” and “#”."


class Settings(Table):
    """What `leafdeck.toml` says."""

    theme: str = "clinic"
    """The theme's folder under `themes/`, or the one that comes with Leafdeck."""
    profile: str = "default"
    """The profile in force."""
    profiles: dict[str, Profile] = Field(default_factory=lambda: {"default": Profile()})
    """The profiles by name; `default` is there without being written."""
    base_url: Annotated[
        str,
        Form(f"({_PUBLISHED})?", "the web address of a folder", _AS_PUBLISHED),
    ] = Field(default="", alias="base-url", max_length=200)
    """Where `output/` is published; printed on what is made, when set."""

    extras: tuple[Literal["handout", "preview"], ...] = ()
    """What is made beside deck, leaflet and page: a handout of the deck on paper, its slides as
    a web page."""
    handout: Literal["three", "one", "blank"] = "three"
    """Slides on a page of the handout; `blank` has three, without notes and answers."""

    leaflet: LeafletTable = LeafletTable()
    """How leaflets are printed."""
    clinics: tuple[str, ...] = ()
    """The clinics that get their own editions of leaflets; `all` for each that there is."""
    cache: Annotated[str, Field(max_length=500)] = ""
    """Where builds share what they make: a folder, or an address as in s3://bucket/folder."""

    def asking_for(
        self, handout: str | None = None, preview: bool = False, papers: tuple[str, ...] = ()
    ) -> Settings:
        """The settings with what a command asks for beside their own; `all` is every paper."""
        asked = {"handout": handout is not None, "preview": preview}
        extras = tuple(sorted({*self.extras, *(name for name, wanted in asked.items() if wanted)}))
        formats = (
            PAPERS if "all" in papers else tuple(dict.fromkeys((*self.leaflet.formats, *papers)))
        )
        leaflet = self.leaflet.model_copy(update={"formats": formats})
        values = {"extras": extras, "handout": handout or self.handout, "leaflet": leaflet}
        return self.model_copy(update=values)

    @property
    def rules(self) -> Profile:
        """The profile in force."""
        return self.profiles.get(self.profile) or Profile()


def read_settings(project: Folder) -> Settings:
    """The settings of a project; the defaults where it has no `leafdeck.toml`.

    Raises:
        Rejected: the file cannot be parsed, or says what no setting means.
    """
    if not project.has(FILE):
        return Settings()
    text = project.text(FILE)
    try:
        settings = Settings.model_validate(read_toml(text, FILE))
    except ValidationError as error:
        raise Rejected(*problems_of(error, Settings, lambda path: _place(text, path))) from None
    if settings.profile != "default" and settings.profile not in settings.profiles:
        message = f"There is no profile “{settings.profile}”."
        hint = f"Write a table [profiles.{settings.profile}], or name another profile."
        place = Place(FILE, line_of(text, "profile"))
        raise Rejected(Problem("profile-unknown", message, place, hint))
    return settings


def _place(text: str, path: Path) -> Place:
    """The line of a value's key, or of the list that it stands in."""
    keys = [each for each in path if isinstance(each, str)]
    return Place(FILE, line_of(text, keys[-1]))


def read_toml(text: str, path: str) -> dict[str, Any]:
    """The tables of a TOML text.

    Raises:
        Rejected: it cannot be parsed; the problem names the line and column in the file `path`.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Rejected(_syntax(error, path)) from None
    except (ValueError, RecursionError):
        message = "A number is too large, or a list too deep."
        raise Rejected(Problem("toml-syntax", message, Place(path))) from None


def _syntax(error: tomllib.TOMLDecodeError, path: str) -> Problem:
    words = str(error)
    found = re.search(r"\(at line (\d+), column (\d+)\)", words)
    place = Place(path, int(found[1]), int(found[2])) if found else Place(path)
    hint = 'Put text in quotes, as in theme = "clinic".' if "Invalid value" in words else ""
    return Problem("toml-syntax", words.split(" (at ")[0] + ".", place, hint)


def line_of(text: str, key: str) -> int | None:
    """The first line on which a key or a table's name stands; TOML readers keep no positions."""
    pattern = re.compile(rf"^\s*(\[.*)?[\"']?{re.escape(key)}[\"']?\s*[\]=.]", re.MULTILINE)
    found = pattern.search(text)
    return text.count("\n", 0, found.end()) + 1 if found else None
