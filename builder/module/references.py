"""`references.bib` -> a numbered list in the style of the NLM (Citing Medicine, 2nd edition).

BibTeX becomes CSL-JSON, which citeproc-py prints by the style beside this file. Only a module with
references imports this file: its libraries are slow to load.
"""

from __future__ import annotations

import html
import json
import logging
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ParsingFailedBlock,
)
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from markupsafe import Markup

from builder.fields import nearest
from builder.module.prose.inline import KEY
from builder.module.prose.safety import sanitized
from builder.problems import Place, Problem, Problems, Rejected

STYLE = Path(__file__).with_name("nlm-citation-sequence.csl")
LONGEST = 500_000
"""Characters of a file of references: a thousand entries."""
DEEPEST = 20
"""Braces in each other."""

TYPES = {
    "article": "article-journal",
    "book": "book",
    "booklet": "pamphlet",
    "conference": "paper-conference",
    "electronic": "webpage",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "manual": "report",
    "mastersthesis": "thesis",
    "misc": "document",
    "online": "webpage",
    "phdthesis": "thesis",
    "report": "report",
    "techreport": "report",
    "thesis": "thesis",
    "www": "webpage",
}
"""BibTeX's and biblatex's kinds of entry, as CSL names them."""
FIELDS = {
    "address": "publisher-place",
    "booktitle": "container-title",
    "doi": "DOI",
    "edition": "edition",
    "institution": "publisher",
    "isbn": "ISBN",
    "journal": "container-title",
    "journaltitle": "container-title",
    "location": "publisher-place",
    "number": "issue",
    "organization": "publisher",
    "pages": "page",
    "pmid": "PMID",
    "publisher": "publisher",
    "school": "publisher",
    "series": "collection-title",
    "title": "title",
    "url": "URL",
    "volume": "volume",
}
NEEDED = {
    "article": ("author", "title", "journal", "year"),
    "book": ("title", "publisher", "year"),
    "online": ("title", "url", "urldate"),
}
"""What Citing Medicine cannot do without."""
OTHER_NAMES = {"journal": "journaltitle", "year": "date"}
VERBATIM = frozenset(("url", "doi", "isbn", "pmid"))
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

for _library in ("bibtexparser", "pylatexenc"):  # what they log comes back as failed blocks
    logging.getLogger(_library).addHandler(logging.NullHandler())
    logging.getLogger(_library).propagate = False


@dataclass(frozen=True, slots=True)
class References:
    """The entries of a file of references.

    Attributes:
        path: the file as named in messages.
        items: the entries by key, as CSL-JSON.
        lines: the line of each entry, counted from 1.
    """

    path: str
    items: dict[str, dict[str, Any]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def formatted(self, keys: Sequence[str]) -> tuple[Markup, ...]:
        """Each entry as safe HTML, in the order given.

        Raises:
            KeyError: there is no entry with one of the keys.
        """
        # An entry of which nothing could be read would be left out, and shift the numbers.
        items = ({"title": key, **self.items[key]} for key in keys)
        return tuple(_printed(json.dumps(item)) for item in items)


def read_references(text: str, path: str, problems: Problems) -> References:
    """The entries that can be read; what is wrong with the others goes to `problems`.

    Raises:
        Rejected: the file is too long, or nested too deep, to be read.
    """
    _limit(text, path)
    library = parse_string(text)
    for block in library.failed_blocks:
        _report_failed(block, path, problems)
    references = References(path)
    for entry in library.entries:
        reader = _EntryReader(entry, path, problems)
        if re.fullmatch(KEY, entry.key):
            references.items[entry.key] = reader.item()
            references.lines[entry.key] = reader.line
        else:
            hint = "Use letters, digits and : . / + - _ only."
            reader.report(f"“{entry.key[:40]}” cannot be cited.", hint=hint)
    return references


def _limit(text: str, path: str) -> None:
    if len(text) > LONGEST:
        message = f"The file is longer than {LONGEST:,} characters."
        raise Rejected(Problem("file-too-large", message, Place(path)))
    depth = 0
    for brace in re.finditer(r"(?<!\\)[{}]", text):
        depth = max(depth + (1 if brace[0] == "{" else -1), 0)
        if depth > DEEPEST:
            line = text.count("\n", 0, brace.start()) + 1
            message = f"More than {DEEPEST} braces in each other, or never closed."
            raise Rejected(Problem("reference-syntax", message, Place(path, line)))


def _report_failed(block: ParsingFailedBlock, path: str, problems: Problems) -> None:
    place = Place(path, (block.start_line or 0) + 1)
    if isinstance(block, DuplicateBlockKeyBlock):
        message = f"There is another entry “{block.key}”."
        problems.add("reference-twice", message, place, "Give one of them another key.")
    elif isinstance(block, DuplicateFieldKeyBlock):
        message = f"A field is given twice: {', '.join(sorted(block.duplicate_keys))}."
        problems.add("reference-syntax", message, place)
    else:
        words = getattr(block.error, "abort_reason", None) or str(block.error)
        message = f"The entry cannot be read: {' '.join(words.split()).rstrip('.')}."
        hint = "Look for a brace that is never closed."
        if "comma after entry key" in words:
            hint = "Write a comma behind its key, as in @article{winter1962,"
        problems.add("reference-syntax", message, place, hint)


class _EntryReader:
    """One entry of BibTeX, turned into CSL-JSON."""

    def __init__(self, entry: Entry, path: str, problems: Problems) -> None:
        self.key = entry.key
        self.line = (entry.start_line or 0) + 1
        self.path = path
        self.problems = problems
        self.values = {each.key.lower(): str(each.value).strip() for each in entry.fields}
        self.lines = {each.key.lower(): (each.start_line or 0) + 1 for each in entry.fields}
        self.kind = self._kind(entry.entry_type.lower())

    def report(self, message: str, name: str = "", hint: str = "") -> None:
        """Note a problem at a field, or at the entry."""
        place = Place(self.path, self.lines.get(name, self.line))
        self.problems.add("reference-syntax", message, place, hint)

    def item(self) -> dict[str, Any]:
        """The entry as CSL-JSON; what is missing is reported."""
        for name in NEEDED.get(self.kind, ("title",)):
            if not (self.values.get(name) or self.values.get(OTHER_NAMES.get(name, ""))):
                self.report(f"{self.key} has no {name}.")
        item: dict[str, Any] = {"id": self.key, "type": TYPES.get(self.kind, "document")}
        item |= dict(self._texts())
        item |= dict(self._people())
        item |= dict(self._dates())
        if item["type"] == "report" and "issue" in item:
            item["number"] = item.pop("issue")
        return item

    def _kind(self, kind: str) -> str:
        address = re.search(r"https?://[^\s{}]+", self.values.get("howpublished", ""))
        if kind == "misc" and address:
            self.values.setdefault("url", address[0])
        if kind == "misc" and self.values.get("url"):
            kind = "online"
        if kind not in TYPES:
            hint = nearest(kind, TYPES) or "Use @misc where no other kind fits."
            self.report(f"There is no kind of entry @{kind}.", hint=hint)
        return kind

    def _texts(self) -> Iterator[tuple[str, str]]:
        for name, variable in FIELDS.items():
            value = self.values.get(name)
            if value:
                value = _RANGE.sub("-", value) if name == "pages" else value
                text = value if name in VERBATIM else self._plain(value, name)
                pages = _RANGE.sub("-", text)
                yield variable, html.escape(pages if name == "pages" else text, quote=False)

    def _people(self) -> Iterator[tuple[str, list[dict[str, str]]]]:
        for role in ("author", "editor"):
            if self.values.get(role):
                yield role, [self._person(raw, role) for raw in self._split(role)]

    def _split(self, role: str) -> list[str]:
        names: list[str] = split_multiple_persons_names(self.values[role])
        return names

    def _person(self, raw: str, role: str) -> dict[str, str]:
        name = {"literal": self._plain(raw, role)}
        if raw == "others":
            name = {"literal": "et al"}
        elif not (raw.startswith("{") and raw.endswith("}")):
            name = self._name(raw, role)
        return {part: html.escape(words, quote=False) for part, words in name.items()}

    def _name(self, raw: str, role: str) -> dict[str, str]:
        try:
            parts = parse_single_name_into_parts(raw)
        except InvalidNameError:
            self.report(f"“{raw[:40]}” is not a name.", role, "Write it as in Onofrio, Burton M.")
            return {"literal": self._plain(raw, role)}
        family = self._plain(" ".join(parts.von + parts.last), role)
        if not parts.first:
            return {"literal": family}
        name = {"family": family, "given": self._plain(" ".join(parts.first), role)}
        if parts.jr:
            name["suffix"] = self._plain(" ".join(parts.jr), role).rstrip(".")
        return name

    def _dates(self) -> Iterator[tuple[str, dict[str, Any]]]:
        issued = self.values.get("date") or self.values.get("year", "")
        month = self.values.get("month", "").lower()[:3]
        if re.fullmatch(r"\d{4}", issued) and month in MONTHS:
            issued += f"-{MONTHS.index(month) + 1}"
        for variable, name, value in (
            ("issued", "date" if self.values.get("date") else "year", issued),
            ("accessed", "urldate", self.values.get("urldate", "")),
        ):
            parts = _DATE.fullmatch(value)
            if parts:
                yield variable, {"date-parts": [[int(part) for part in parts.groups() if part]]}
            elif value:
                self.report(f"{name}: “{value[:20]}” is not a year, month or day.", name, DATE_HINT)

    def _plain(self, value: str, name: str) -> str:
        text = _unlatexed(value) if _LATEX.search(value) else value
        return " ".join(_CONTROL.sub("", text).split())


def _unlatexed(value: str) -> str:
    """LaTeX as text; a bare &, % or # would be LaTeX's own sign."""
    from pylatexenc.latex2text import LatexNodes2Text  # slow, and seldom needed

    escaped = re.sub(r"(?<!\\)([&%#])", r"\\\1", value)
    read, written = _macros()
    reader = LatexNodes2Text(latex_context=written, math_mode="text")
    text: str = reader.latex_to_text(escaped, latex_context=read)
    return text


@cache
def _macros() -> tuple[Any, Any]:
    """What is known of LaTeX: how its macros are read, and what is written for each."""
    from pylatexenc import latex2text, latexwalker

    return latexwalker.get_default_latex_context_db(), latex2text.get_default_latex_context_db()


DATE_HINT = "Write it as in 2026, 2026-03 or 2026-03-02."
_DATE = re.compile(r"(\d{4})(?:-(1[0-2]|0?[1-9]))?(?:-(3[01]|[12]\d|0?[1-9]))?")
_RANGE = re.compile(r"\s*[-–]+\s*")
_LATEX = re.compile(r"[\\{}$&%#~^_`]|''|--")
"""What means something else to LaTeX than what it looks like."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff]")


@lru_cache(maxsize=1000)
def _printed(item: str) -> Markup:
    """An entry, from CSL-JSON: the style prints each alone, and several texts cite the same."""
    values = json.loads(item)
    with warnings.catch_warnings():  # citeproc-py warns of fields that it does not print
        warnings.simplefilter("ignore")
        source = CiteProcJSON([values])
        bibliography = CitationStylesBibliography(_style(), source, formatter.html)
        bibliography.register(Citation([CitationItem(values["id"])]))
        return _linked("".join(map(str, bibliography.bibliography())))


@cache
def _style() -> CitationStylesStyle:
    return CitationStylesStyle(str(STYLE), validate=False)


def _linked(entry: str) -> Markup:
    """Links on the address and the DOI; no element stands inside of a link (PDF/UA)."""
    entry = re.sub(r"([?!])\.(?= |$)", r"\1", entry)  # citeproc-py writes "?."
    entry = re.sub(r"(https?://[^\s<>\"]+[^\s<>\".,;])", r'<a href="\1">\1</a>', entry)
    entry = re.sub(r"\bdoi:(10\.[^\s\"]*[^\s.\"])", _doi, entry)
    return sanitized(entry)


def _doi(match: re.Match[str]) -> str:
    address = quote(html.unescape(match[1]), safe="/:()")
    return f'<a href="https://doi.org/{address}">doi:{match[1]}</a>'
