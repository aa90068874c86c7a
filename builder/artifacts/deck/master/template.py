"""A master deck's file -> a plain deck without slides that PowerPoint never offers to repair.

Nothing here writes slides, and nothing here knows roles: only the file is made sound.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from builder.artifacts.deck.archive import packed
from builder.artifacts.deck.master.cleaning import cleaned
from builder.artifacts.deck.master.container import PLAIN, package_of, refused
from builder.artifacts.deck.master.mending import mended, typed
from builder.artifacts.deck.parts import Damaged, Package
from builder.problems import Problem, Problems

MAIN = "ppt/presentation.xml"
"""Where PowerPoint itself puts the main part."""
ODD = re.compile(r"[^A-Za-z0-9._/-]+")
"""Signs that are not written the same way everywhere in the name of a part."""


@dataclass(frozen=True, slots=True)
class Template:
    """A master deck made sound."""

    data: bytes
    problems: tuple[Problem, ...]
    """What was left out that people would miss."""


@lru_cache(maxsize=4)
def template_of(data: bytes) -> Template:
    """The sound deck that a master deck's file makes; a file is examined once in a process.

    Raises:
        Rejected: it is no deck, or lacks what only its maker can add.
    """
    problems = Problems()
    package, main = package_of(data)
    try:
        main = _named(package, main)
        typed(package)
        cleaned(package, main, problems)
        mended(package, main)
    except Damaged as damage:
        raise refused(f"is damaged: {damage}") from None
    return Template(packed(package.entries()), tuple(problems))


def _named(package: Package, main: str) -> str:
    """Usual names for the main part and for parts with odd signs; the name of the main part."""
    if main != MAIN and MAIN in package.parts:
        package.rename(MAIN, "ppt/other.xml")
    package.rename(main, MAIN)
    package.kinds[MAIN] = PLAIN
    for number, name in enumerate(sorted(package.parts)):
        if ODD.search(name):
            folder, _, file = name.rpartition("/")
            plain = ODD.sub("_", f"{folder}/part{number}-{file}" if folder else file)
            package.rename(name, plain)
    return MAIN
