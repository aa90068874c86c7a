"""`leafdeck.toml` as records; every default of the project is named here."""

from __future__ import annotations

import re
import tomllib
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from builder.fields import Path, problems_of
from builder.problems import Place, Problem, Rejected
from builder.workspace import Folder

FILE = "leafdeck.toml"
Months = Annotated[int, Field(ge=1, le=600)]


class Table(BaseModel):
    """A frozen table of `leafdeck.toml`; a key that it does not name is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class LongestLife(Table):
    """Months from the last review to the expiry, by the module's kind."""

    e_learning: Months = Field(default=24, alias="e-learning")
    """ESMO's handbook and EACCME: two years."""
    leaflet: Months = 36
    """NHS practice for leaflets of one's own: three years."""


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


class Settings(Table):
    """What `leafdeck.toml` says."""

    theme: str = "clinic"
    """The theme's folder under `themes/`, or the one that comes with Leafdeck."""
    profile: str = "default"
    """The profile in force."""
    profiles: dict[str, Profile] = Field(default_factory=lambda: {"default": Profile()})
    """The profiles by name; `default` is there without being written."""
    base_url: Annotated[str, Field(pattern=r"^(https?://\S+)?$")] = Field(
        default="", alias="base-url"
    )
    """Where `output/` is published; printed on what is made, when set."""

    extras: tuple[Literal["handout", "preview"], ...] = ()
    """What is made beside deck, leaflet and page: a handout of the deck on paper, its slides as
    a web page."""
    handout: Literal["three", "one", "blank"] = "three"
    """Slides on a page of the handout; `blank` has three, without notes and answers."""

    def asking_for(self, handout: str | None, preview: bool) -> Settings:
        """The settings with the extras that a command asks for beside their own."""
        asked = {"handout": handout is not None, "preview": preview}
        extras = tuple(sorted({*self.extras, *(name for name, wanted in asked.items() if wanted)}))
        return self.model_copy(update={"extras": extras, "handout": handout or self.handout})

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
    return Place(FILE, line_of(text, str(path[-1])))


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
