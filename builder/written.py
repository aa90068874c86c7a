"""How people write things, and how they must be written here: forms of texts, days."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

DATE_HINT = "Write the day as year-month-day, as in 2026-03-02."
_NUMBERS = re.compile(r"(\d{1,4})\s*[./ -]\s*(\d{1,2})\s*[./ -]\s*(\d{1,4})")
_IN_WORDS = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y")


@dataclass(frozen=True, slots=True)
class Form:
    """How a text must be written; it stands in an annotation, as in `Annotated[str, Form(…)]`.

    The error that it raises is of the type `form`; its message says what the text is not, and its
    context holds the hint.
    """

    pattern: str
    """A regular expression for the whole text, which editors are told as well."""
    what: str
    """What the text must be, as in “an e-mail address”."""
    hint: str
    """How to write it, with an example."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Checked behind what the annotation checks by itself."""
        return core_schema.no_info_after_validator_function(self._checked, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """The schema with the pattern."""
        return {**handler(schema), "pattern": f"^{self.pattern}$"}

    def _checked(self, value: str) -> str:
        if not re.fullmatch(self.pattern, value):
            raise PydanticCustomError("form", "{what}", {"what": self.what, "hint": self.hint})
        return value


def day_hint(written: str) -> str:
    """How to write a day that was written in another way; empty where none can be read.

    Args:
        written: as in 21/11/2026, 21.11.2026, 2026/11/21 or 2 March 2026.
    """
    days = sorted(set(_days(" ".join(written.replace(",", " ").split()))))
    if len(days) > 1:
        meant = " or ".join(f"{day} for {day.day} {day:%B}" for day in days)
        return f"Write year-month-day: {meant}."
    return f"Write it as {days[0]}." if days else ""


def _days(written: str) -> Iterator[datetime.date]:
    """The days that may be meant; two where the month may come first."""
    for form in _IN_WORDS:
        try:
            yield datetime.datetime.strptime(written, form).replace(tzinfo=datetime.UTC).date()
        except ValueError:
            continue
    if found := _NUMBERS.fullmatch(written):
        first, middle, last = found.groups()
        orders = [(first, middle, last)] if len(first) == 4 else []
        orders += [(last, middle, first), (last, first, middle)] if len(last) == 4 else []
        for year, month, day in orders:
            try:
                yield datetime.date(int(year), int(month), int(day))
            except ValueError:
                continue
