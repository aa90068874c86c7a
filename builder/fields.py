"""Pydantic's errors as problems: which key, at which place, and what was probably meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from builder.docstrings import descriptions
from builder.problems import CODES, Place, Problem
from builder.written import DATE_HINT, day_hint

Path = tuple[str | int, ...]
"""The way to a value from the document's root: keys, and numbers of list items from 0."""

WORDS = {
    "string_type": "a text",
    "tuple_type": "a list",
    "model_type": "a group of fields",
    "model_attributes_type": "a group of fields",
    "dict_type": "a group of fields",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a number",
    "int_parsing_size": "a whole number of a sensible size",
}
"""What a value should have been, by pydantic's kind of error."""


def nearest(word: str, words: Iterable[str]) -> str:
    """A "did you mean" for a word that is not among those known; empty where none is near."""
    near = difflib.get_close_matches(word, list(words), n=1, cutoff=0.6)
    return f"Did you mean “{near[0]}”?" if near else ""


def problems_of(
    error: ValidationError, model: type[BaseModel], place: Callable[[Path], Place]
) -> Iterator[Problem]:
    """The problems behind a validation error, one for each value that is wrong.

    Args:
        error: what pydantic raised.
        model: the model that was asked for.
        place: gives the place of the value that a path leads to, or of its nearest parent.
    """
    seen: set[tuple[Path, str]] = set()
    paths = [_plain(each) for each in error.errors()]
    for each, path in zip(error.errors(), paths, strict=True):
        code = _code(each["type"], path)
        if _is_other_choice(each) or _follows(each, path, paths) or (path, code) in seen:
            continue
        seen.add((path, code))
        yield Problem(code, _message(code, each, path), place(path), _hint(code, path, each, model))


def _plain(each: Any) -> Path:
    """The path as the author knows it: pydantic adds the names of a union's choices."""
    location = each["loc"]
    end = len(location) - _is_unknown_key(each)
    plain = (part for part in location[:end] if isinstance(part, int) or not set("[(") & set(part))
    return (*plain, *location[end:])


def _is_unknown_key(each: Any) -> bool:
    """Whether the path ends with a key of the author's own, which may look like anything."""
    return bool(each["type"] == "extra_forbidden")


def _is_other_choice(each: Any) -> bool:
    """Whether it only says that a list is not the word "none", or a word not a list."""
    location = [str(part) for part in each["loc"]]
    if _is_unknown_key(each):
        return False
    if isinstance(each["input"], list):
        return location[-1].startswith("literal[")
    return location[-1].startswith("tuple[")


def _follows(each: Any, path: Path, paths: list[Path]) -> bool:
    """Whether a list is only "too short" because an item of it is wrong, which is said already."""
    return bool(each["type"] == "too_short") and any(
        len(other) > len(path) and other[: len(path)] == path for other in paths
    )


def _code(kind: str, path: Path) -> str:
    own = kind.replace("_", "-")
    if own in CODES:
        return own
    if kind == "extra_forbidden":
        return "key-unknown"
    if kind == "missing":
        return "interests-missing" if path[-1] == "interests" else "field-missing"
    if kind.startswith("date_") or (kind == "value_error" and _is_date(path)):
        return "date-invalid"
    return "field-value"


def _is_date(path: Path) -> bool:
    return path[-1] in {"published", "updated", "reviewed", "next_review", "expires"} | {
        "date", "declared_on", "on", "valid_until", "since", "until",
    }  # fmt: skip


def _message(code: str, each: Any, path: Path) -> str:
    name = _name(path)
    if code == "key-unknown":
        return f"There is no field “{path[-1]}” here."
    if code in ("field-missing", "interests-missing"):
        return f"The field “{name}” is missing."
    if code == "date-invalid":
        what = "written as year-month-day" if _meant(each) else "a day in the calendar"
        return f"“{each['input']}” is not {what} ({name})."
    if each["type"] == "form":
        return f"{name}: “{_shown(each['input'])}” is not {each['ctx']['what']}."
    if each["type"] in WORDS:
        return f"{name}: “{_shown(each['input'])}” is not {WORDS[each['type']]}."
    words = each["msg"].removeprefix("Value error, ")
    words = words[0].lower() + words[1:]
    return f"{name}: {words.replace('input should', 'the value must', 1)}."


def _shown(value: object) -> str:
    """A value as its author wrote it, cut short; what is in a list or a table is left out."""
    words = value if isinstance(value, str) else "…"
    return words if len(words) <= 40 else words[:40] + "…"


def _name(path: Path) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)


def _hint(code: str, path: Path, each: Any, model: type[BaseModel]) -> str:
    if code == "key-unknown":
        known = _keys(model, path[:-1])
        return nearest(str(path[-1]), known) or f"Known here: {', '.join(known)}."
    if code == "date-invalid":
        return _meant(each) or DATE_HINT
    if each["type"] == "form":
        return str((_is_date(path) and _meant(each)) or each["ctx"]["hint"])
    if code == "interests-missing":
        return "Write `interests: none`, or list each company with its nature and period."
    if "expected" in each.get("ctx", {}):
        return nearest(str(each["input"]), re.findall(r"'(.+?)'", str(each["ctx"]["expected"])))
    if each["type"] == "tuple_type":
        return "Write each item on a line of its own, after a hyphen, or all in [brackets]."
    return _description(model, path)


def _meant(each: Any) -> str:
    """How to write the day that was probably meant; empty where none can be read."""
    return day_hint(each["input"]) if isinstance(each["input"], str) else ""


def _description(model: type[BaseModel], path: Path) -> str:
    """What the field is for, in the words that editors show."""
    if not path:
        return ""
    inside = _inside(model, path[:-1])
    names = {field.alias or name: name for name, field in inside.model_fields.items()}
    return descriptions(inside).get(names.get(str(path[-1]), ""), "")


def _keys(model: type[BaseModel], path: Path) -> list[str]:
    """The names of the fields that may stand where a path leads."""
    return list(_fields(_inside(model, path)))


def _inside(model: type[BaseModel], path: Path) -> type[BaseModel]:
    """The record that a path leads into; numbers and names of the author's own lead nowhere."""
    for part in path:
        field = _fields(model).get(str(part))
        model = (_record(field.annotation) if field else None) or model
    return model


def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a record by the names that an author writes."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _record(annotation: Any) -> type[BaseModel] | None:
    """The first record inside an annotation such as `tuple[Person, ...] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_record(part) for part in get_args(annotation))
    return next((record for record in found if record), None)
