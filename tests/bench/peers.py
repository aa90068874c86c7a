"""What else people would use for the same texts: pandoc with Typst, and pandoc with WeasyPrint.

Both get plain Markdown with the same words, table, picture and references, and what Leafdeck adds
of the facts, under `make` with a generated Makefile.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import pypandoc
import yaml

from tests.bench.generator import (
    PICTURE,
    Module,
    Section,
    facts,
    leaflet,
    picture,
    references,
    slides,
)

TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"
CITED = "--citeproc --bibliography references.bib"
DECK = f'"$(PANDOC)" slides.md {CITED} -o slides.pptx'
PRINTERS = {
    "pandoc and Typst": (
        f'"$(PANDOC)" leaflet.md -s {CITED} -o leaflet.typ',
        f"\"$(PYTHON)\" -c '{TYPST}' leaflet.typ leaflet.pdf",
    ),
    "pandoc and WeasyPrint": (
        f'"$(PANDOC)" leaflet.md -s {CITED} -o leaflet.html',
        '"$(PYTHON)" -m weasyprint -q leaflet.html leaflet.pdf',
    ),
}
"""How each peer prints a leaflet, as lines of a shell in the module's folder."""
MAKEFILE = """PANDOC = {pandoc}
PYTHON = {python}
FOLDERS = $(wildcard module-*)

all: $(FOLDERS:=/slides.pptx) $(FOLDERS:=/leaflet.pdf)

%/slides.pptx: %/slides.md
	@cd $* && {deck}

%/leaflet.pdf: %/leaflet.md
	@cd $* && {first} && {second}
"""


def write_peer(root: Path, peer: str, modules: Iterable[Module]) -> None:
    """Write a peer's sources, a folder for each module, and its Makefile."""
    for module in modules:
        _write(root / module.name, module)
    first, second = PRINTERS[peer]
    text = MAKEFILE.format(
        pandoc=pypandoc.get_pandoc_path(), python=sys.executable, deck=DECK, first=first,
        second=second,
    )  # fmt: skip
    (root / "Makefile").write_text(text, encoding="utf-8")


def _write(folder: Path, module: Module) -> None:
    (folder / "images").mkdir(parents=True)
    told = {"slides.md": _flat(slides(module)), "leaflet.md": leaflet(module)}
    around = {"slides.md": _slides_around, "leaflet.md": _leaflet_around}
    for file, sections in told.items():
        before, after = around[file](facts(module))
        text = "\n".join(map(str, (*before, *sections, *after)))
        (folder / file).write_text(_front(module) + text, encoding="utf-8")
    (folder / "references.bib").write_text("\n".join(references(module)), encoding="utf-8")
    (folder / PICTURE).write_bytes(picture(module))


def _flat(sections: Iterable[Section]) -> list[Section]:
    """The same with the start of a part as a slide like the others: pandoc would make two of it."""
    return [Section(f"## {each.heading.lstrip('# ')}", each.body) for each in sections]


def _front(module: Module) -> str:
    told = facts(module)
    values = {
        "title": told["title"],
        "subtitle": told["summary"],
        "author": [each["name"] for each in told["people"]],
        "date": "16 February 2026",
        "lang": told["language"],
    }
    return f"---\n{yaml.safe_dump(values, allow_unicode=True)}---\n\n"


def _slides_around(told: dict[str, object]) -> tuple[list[Section], list[Section]]:
    """The slides that Leafdeck adds before and after the author's."""
    before = [
        Section("## Declaration of interest", _interests(told)),
        Section("## About this module", _about(told)),
        Section("## Learning objectives", _items(told["objectives"])),
    ]
    after = [
        Section("## Questions and feedback", _contact(told)),
        Section("## References", "::: {#refs}\n:::"),
    ]
    return before, after


def _leaflet_around(told: dict[str, object]) -> tuple[list[Section], list[Section]]:
    """What Leafdeck adds to a leaflet before and after the author's words."""
    after = [
        Section("## Whom to contact", _contact(told)),
        Section("## References", "::: {#refs}\n:::"),
        Section("## About this leaflet", _about(told)),
        Section("## Declaration of interest", _interests(told)),
        Section("## Please note", str(told["disclaimer"])),
    ]
    return [Section("", str(told["purpose"]))], after


def _about(told: dict[str, object]) -> str:
    kept = ("id", "version", "published", "reviewed", "expires", "owner")
    return "\n".join(f"- {key}: {told[key]}" for key in kept)


def _contact(told: dict[str, object]) -> str:
    values = told["contact"]
    return _items(values.values()) if isinstance(values, dict) else ""


def _interests(told: dict[str, object]) -> str:
    people = told["people"]
    if not isinstance(people, list):
        return ""
    return _items(f"{each['name']}, {each['affiliation']}: {each['interests']}" for each in people)


def _items(items: object) -> str:
    return "\n".join(f"- {each}" for each in items) if isinstance(items, Iterable) else ""
