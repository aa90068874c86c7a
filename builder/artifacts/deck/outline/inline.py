"""Inline HTML -> runs: what words look like, white space as a browser would show it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from lxml.html import HtmlElement

from builder.artifacts.deck.outline.elements import language_of
from builder.artifacts.deck.records import Run

NOTHING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold, and controls that nothing shows."""
SPACE = re.compile(r"[ \t\r\n\f]+")
LOOKS: dict[str, dict[str, Any]] = {
    "strong": {"bold": True},
    "b": {"bold": True},
    "em": {"italic": True},
    "i": {"italic": True},
    "cite": {"italic": True},
    "code": {"code": True},
    "kbd": {"code": True},
    "samp": {"code": True},
    "sup": {"script": "super"},
    "sub": {"script": "sub"},
}


def runs_of(element: HtmlElement, trim: bool = True) -> tuple[Run, ...]:
    """The runs of an element; without the white space around them where `trim` says so."""
    runs = list(_walk(element, _styled(element, Run("", language=language_of(element)))))
    return tidy(runs) if trim else tuple(runs)


def tidy(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs with white space collapsed, neighbours that look alike joined, ends trimmed."""
    kept: list[Run] = []
    open_end = False
    for run in runs:
        text = run.text if run.text == "\n" else SPACE.sub(" ", NOTHING.sub("", run.text))
        if not open_end:
            text = text.lstrip(" ")
        if not text:
            continue
        open_end = not text.endswith((" ", "\n"))
        if kept and text != "\n" and kept[-1] == replace(run, text=kept[-1].text):
            kept[-1] = replace(run, text=kept[-1].text + text)
        else:
            kept.append(run if run.text == text else replace(run, text=text))
    while kept and not kept[-1].text.strip(" \n"):
        kept.pop()
    if kept and kept[-1].text.endswith(" "):
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
    return tuple(kept)


def _walk(element: HtmlElement, look: Run) -> Iterator[Run]:
    if element.text:
        yield replace(look, text=element.text)
    for child in element:
        if child.tag == "br":
            yield Run("\n")
        elif isinstance(child.tag, str) and child.tag != "img":
            yield from _walk(child, _styled(child, look))
        if child.tail:
            yield replace(look, text=child.tail)


def _styled(element: HtmlElement, look: Run) -> Run:
    """The look that an element gives to what stands in it."""
    changes = dict(LOOKS.get(str(element.tag), {}))
    if element.get("lang"):
        changes["language"] = element.get("lang")
    if element.tag == "a" and element.get("href"):
        changes["link"] = element.get("href")
    if element.tag in ("abbr", "dfn") and element.get("title"):
        changes["meaning"] = element.get("title")
    return replace(look, **changes) if changes else look
