"""Faults in the masters, layouts and themes of a template that programs would blame the deck for.

openxml-audit checks as the Open XML SDK does. Only what the schema says of those parts is asked:
relations, numbers and settings are mended anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from builder.workspace import temporary

PARTS = re.compile(r"/?(ppt/(?:slideMasters|slideLayouts|theme)/[^/]+\.xml)")
EXTENSION = re.compile(r"/(?:extLst|ext|AlternateContent)\[")
"""What lies in there differs from version to version; programs pass over what they do not know."""
FOLLOWS = "is missing (minOccurs"
"""How the audit tells of what it did not reach: it says so of all that stands behind a fault."""
MOST = 6
"""Faults that are told."""


def faults(data: bytes) -> Iterator[str]:
    """What is wrong with the parts of a deck, each in words that begin with part and element.

    Args:
        data: a deck that is sound otherwise.
    """
    yield from _faults(data)[:MOST]


@lru_cache(maxsize=4)
def _faults(data: bytes) -> tuple[str, ...]:
    from openxml_audit import OpenXmlValidator

    validator = OpenXmlValidator(semantic_validation=False)
    with temporary(data, ".pptx") as file:
        errors = validator.validate(file).errors
    places: dict[tuple[str, str], list[str]] = {}
    for each in errors:
        part = PARTS.fullmatch(each.part_uri)
        if part and each.error_type.value == "schema" and not EXTENSION.search(each.path):
            places.setdefault((part[1], each.path), []).append(each.description)
    found: dict[tuple[str, str], list[str]] = {}
    for (name, path), told in places.items():
        found.setdefault((name, _worded(told)), []).append(_element(path))
    return tuple(f"{name}, {_listed(paths)}: {told}" for (name, told), paths in found.items())


def _listed(paths: list[str]) -> str:
    more = len(paths) - 1
    return f"{paths[0]} and {more} more {'place' if more == 1 else 'places'}" if more else paths[0]


def _element(path: str) -> str:
    """The last few steps of a path, without the numbers of single children."""
    steps = [step.removesuffix("[1]") for step in path.strip("/").split("/")]
    return "/".join(steps[-4:])


def _worded(told: list[str]) -> str:
    """The fault itself, not what follows from it."""
    own = [each for each in told if FOLLOWS not in each]
    first = (own or told)[0]
    return first[:1].lower() + first[1:].rstrip(".")
