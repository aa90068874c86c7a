"""The values that fields of `module.yaml` may hold: kinds, roles, days, lengths of time."""

from __future__ import annotations

import datetime
import re
import unicodedata
from enum import StrEnum
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from builder.written import Form


def unseen(text: str) -> str:
    """The characters of a text that nobody sees; they could make it look like another."""
    found = (each for each in text if unicodedata.category(each) in UNSEEN)
    return "".join(each for each in found if each not in JOINERS)


def _visible(value: str) -> str:
    hidden = unseen(value.replace("\n", ""))
    if hidden:
        raise ValueError(f"the character U+{ord(hidden[0]):04X} cannot be seen")
    return value


UNSEEN = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")
JOINERS = "\u200c\u200d"
"""Characters that join letters or keep them apart, which some scripts need."""
Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=4000),
    AfterValidator(_visible),
]
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=300),
    Form(r"[^\n]+", "a single line", "Write it without a line break."),
    AfterValidator(_visible),
]
Email = Annotated[
    str,
    Form(
        r"[\w.+-]{1,64}@[\w-]+(\.[\w-]+)+",
        *("an e-mail address", "Write it as in name@example.org."),
    ),
]
Phone = Annotated[
    str,
    Form(
        r"[+(]?[\d][\d ()./+-]{2,30}.{0,60}",
        "a telephone number",
        "Begin with the number, as in 020 7946 0123; words such as “Freephone” go into `hours` or "
        "`name`.",
    ),
]
Address = Annotated[
    str,
    Form(r'https?://[^\s<>"]+', "a web address", "Write all of it, as in https://example.org/."),
]
Version = Annotated[
    str,
    Form(
        r"\d+(\.\d+){0,2}", "a version", "Write one to three numbers with dots, as in 1.0 or 2.1.3."
    ),
]


class Kind(StrEnum):
    """What the module is above all; it decides how long it may live."""

    E_LEARNING = "e-learning"
    LEAFLET = "leaflet"


class Role(StrEnum):
    """What a person did for the module."""

    AUTHOR = "author"
    EDITOR = "editor"
    REVIEWER = "reviewer"
    LAY_REVIEWER = "lay reviewer"
    PLANNER = "planner"
    PRESENTER = "presenter"
    TRANSLATOR = "translator"
    ILLUSTRATOR = "illustrator"


class Nature(StrEnum):
    """What ties a person to a company (ACCME Standard 3; the ICMJE form)."""

    EMPLOYEE = "employee"
    RESEARCHER = "researcher"
    CONSULTANT = "consultant"
    ADVISER = "adviser"
    SPEAKER = "speaker"
    CONTRACTOR = "contractor"
    ROYALTIES = "royalties"
    PATENT = "patent"
    EXECUTIVE = "executive"
    OWNERSHIP = "ownership"
    STOCK = "stock"
    GRANT = "grant"
    HONORARIA = "honoraria"
    TRAVEL = "travel"
    EXPERT_TESTIMONY = "expert testimony"
    EQUIPMENT = "equipment"
    OTHER = "other"


SUM = re.compile(
    r"[$€£¥]\s*\d|\d\s*(?:[$€£¥]|(?:USD|EUR|GBP|CHF|dollars?|euros?|pounds?)\b)", re.IGNORECASE
)


def declared(value: object) -> object:
    """A declaration of interest as given; nothing, or another word than "none", is refused."""
    if isinstance(value, list | str) and not value:
        raise PydanticCustomError("interests_empty", "an empty declaration does not say “none”")
    if isinstance(value, str) and value != "none":
        raise ValueError("say `none`, or list each company")
    return value


def _yes_or_no(value: object) -> object:
    known = {"yes": True, "true": True, "no": False, "false": False}
    if str(value).lower() not in known:
        raise ValueError("say yes or no")
    return known[str(value).lower()]


def _by_paper(value: object) -> object:
    """A budget by paper; a number alone is for those of one column in the usual size."""
    if not isinstance(value, int | str):
        return value
    return dict.fromkeys(("a4", "letter"), _some_pages(value))


def _some_pages(value: object) -> object:
    if not str(value).isdecimal() or not 1 <= int(str(value)) <= MOST_PAGES:
        raise ValueError("say how many pages it may have, or say it for each paper, as in a4: 2")
    return int(str(value))


def _calendar_day(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"(19|2\d)\d\d-\d\d-\d\d", value):
        raise ValueError("a date is written as year-month-day, as in 2026-03-02")
    return value


def _partial_date(value: str) -> str:
    year, *rest = (int(part) for part in value.split("-"))
    datetime.date(year, *[*rest, 1, 1][:2])
    return value


def _life(value: str) -> str:
    if months_of(value) == 0:
        raise ValueError("a life of nothing")
    return value


MOST_PAGES = 200
Pages = Annotated[int, BeforeValidator(_some_pages)]
Unfolded = Literal["a4", "letter", "large-print", "a5-booklet"]
"""The papers on which a leaflet has as many pages as it needs."""
Budget = Annotated[
    dict[Unfolded, Pages],
    BeforeValidator(_by_paper),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 1},
                {
                    "type": "object",
                    "properties": {
                        name: {"type": "integer", "minimum": 1} for name in get_args(Unfolded)
                    },
                    "additionalProperties": False,
                },
            ]
        }
    ),
]
YesNo = Annotated[
    bool, BeforeValidator(_yes_or_no), WithJsonSchema({"enum": ["yes", "no", True, False]})
]
Day = Annotated[
    datetime.date,
    BeforeValidator(_calendar_day),
    WithJsonSchema({"type": "string", "format": "date"}),
]
PartialDate = Annotated[
    str,
    Form(
        r"(19|2\d)\d\d(-\d\d){0,2}",
        *("a year, a month or a day", "Write it as in 2025, 2025-11 or 2025-11-30."),
    ),
    AfterValidator(_partial_date),
]
Life = Annotated[
    str,
    Form(
        r"\d{1,3} (month|months|year|years)",
        *("a length of time", "Write it as in 2 years or 18 months."),
    ),
    AfterValidator(_life),
]


def months_of(life: str) -> int:
    """A length of time in words ("2 years", "18 months") as a number of months."""
    number, unit = life.split()
    return int(number) * (12 if unit.startswith("year") else 1)
