"""What WeasyPrint says while it works, as problems; nothing is lost in a logger."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from builder.artifacts.leaflet.source import MODULE, Source
from builder.problems import Place, Problem

LOGGER = logging.getLogger("weasyprint")


class _Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


@contextmanager
def listening() -> Iterator[list[str]]:
    """All that WeasyPrint warns of meanwhile, and here only; then its logger is as before."""
    ear = _Ear()
    before = LOGGER.handlers[:], LOGGER.level, LOGGER.propagate, LOGGER.disabled
    LOGGER.handlers[:] = [ear]
    LOGGER.setLevel(logging.WARNING)
    LOGGER.propagate = LOGGER.disabled = False
    try:
        yield ear.heard
    finally:
        LOGGER.handlers[:], level, LOGGER.propagate, LOGGER.disabled = before
        LOGGER.setLevel(level)


def problem_of(message: str, source: Source) -> Problem:
    """What a message of WeasyPrint means for the leaflet."""
    for pattern, meaning in MEANINGS:
        if found := pattern.search(message):
            return meaning(found, source)
    return _other(message, Place(source.path))


def style_problem(message: str, path: str) -> Problem:
    """What a message of WeasyPrint means for the theme's style; some name a line and a column."""
    found = re.search(r" at (\d+):(\d+)", message)
    return _other(message, Place(path, int(found[1]), int(found[2])) if found else Place(path))


def _other(message: str, place: Place) -> Problem:
    if found := re.search(r"Font-face '?(.*?)'? cannot be loaded", message):
        return Problem("font-missing", f"The font {found[1]} cannot be loaded.", place)
    return Problem("render-warning", f"WeasyPrint: {message.rstrip('.')}.", place)


def _no_glyph(found: re.Match[str], source: Source) -> Problem:
    message = f"The theme's fonts do not hold “{found[1]}” ({found[2]})."
    return Problem("glyph-missing", message, source.character(found[1]))


def _no_picture(found: re.Match[str], source: Source) -> Problem:
    name, place = found[1].removeprefix(MODULE), source.picture(found[1])
    refused = re.match(r"OSError: ([a-z-]+): (.*)", found[2])
    if refused and refused[1] == "file-missing":
        return Problem("picture-missing", f"There is no {name}.", place)
    if refused and refused[1] != "path-leaves":
        return Problem("picture-broken", f"{name}: {refused[2]}", place)
    if refused or "disallowed protocol" in found[2]:
        hint = "Copy the picture into the module's folder and name it there."
        return Problem(
            "link-unsafe", f"The picture {name} is not in the module's folder.", place, hint
        )
    return Problem("picture-broken", f"{name} is not a picture that can be shown.", place)


Meaning = Callable[[re.Match[str], Source], Problem]
MEANINGS: tuple[tuple[re.Pattern[str], Meaning], ...] = (
    (re.compile(r'\.notdef glyph .*: "(.)" \((U\+[0-9A-F]+)\)', re.DOTALL), _no_glyph),
    (re.compile(r"Failed to load image at '(.*?)': (.*)", re.DOTALL), _no_picture),
    (re.compile(r"Failed to render SVG image (.*)()"), _no_picture),
)
