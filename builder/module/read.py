"""The folder of a module -> `Module`: facts, texts, references, pictures; every problem."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from builder.module.facts import FILE, read_facts
from builder.module.files import check_data, check_files
from builder.module.model import Facts, Module
from builder.module.prose import Prose, read_prose
from builder.module.text import Picture, Text
from builder.module.translation import translation_files, translations_of
from builder.module.yaml_text import Positions, place_of
from builder.problems import Place, Problem, Problems, Rejected
from builder.workspace import Folder

if TYPE_CHECKING:
    from builder.module.references import References

BOTH = "module.md"
TEXTS = {"deck": "slides.md", "leaflet": "leaflet.md"}
"""The file that holds the text for each artifact; `module.md` stands in where it is missing."""
REFERENCES = "references.bib"


def read_module(folder: Folder, problems: Problems) -> Module | None:
    """A module, or None where its facts cannot be had; what is wrong goes to `problems`."""
    facts, positions = _facts(folder, problems)
    reader = _Reader(folder, problems)
    if facts is not None:
        reader = replace(reader, glossary=facts.glossary, language=facts.language)
    texts = reader.texts()
    module = None
    if facts is not None:
        module = Module(PurePosixPath(folder.name).name, facts, texts, folder, positions)
        module = translations_of(module, reader.translation, problems)
        reader.compare(facts, positions)
        reader.compare_glossary(texts.values(), positions)
    check_files(folder, reader.known(), problems)
    if reader.complete:
        check_data(folder, reader.data, "".join(reader.written), problems)
    return module


def _facts(folder: Folder, problems: Problems) -> tuple[Facts | None, Positions]:
    try:
        return read_facts(folder, problems)
    except Rejected as rejected:
        problems.extend(rejected.problems)
        return None, {}


@dataclass
class _Reader:
    """The texts of one module, and what they use."""

    folder: Folder
    problems: Problems
    glossary: dict[str, str] = field(default_factory=dict)
    language: str = "en"
    """Of the text that is read."""
    pictures: dict[str, Picture | None] = field(default_factory=dict)
    used: dict[str, Place] = field(default_factory=dict)
    """The place where each picture is first used."""
    misspelt: bool = False
    """Whether a picture is not there but one like it, which nothing may show but for the slip."""
    data: set[str] = field(default_factory=set)
    """The files of numbers that charts show."""
    written: list[str] = field(default_factory=list)
    """The texts that something is wrong with, as they were written."""
    complete: bool = False
    """Whether every text could be read, so that what none of them names is unused."""
    references: References | None = None
    """The sources that can be cited."""
    keys_known: bool = True
    """Whether every reference could be read, so that a key that is not there is a slip."""

    def texts(self) -> dict[str, Text]:
        """The text for each artifact that has one."""
        files = {artifact: file for artifact in TEXTS if (file := self._file(artifact))}
        if not files:
            hint = f"Write slides.md, leaflet.md, or {BOTH} for both."
            message = "The module has no text."
            self.problems.add("nothing-to-make", message, Place(self.folder.label(FILE)), hint)
        references = self.references = self._references()
        keys = references.lines if references else {}
        proses = {
            artifact: prose
            for artifact, file in files.items()
            if (prose := self._prose(artifact, file, keys))
        }
        self.complete = bool(files) and len(proses) == len(files)
        if references and self.complete:
            self._unused(references, proses.values())
        return {
            artifact: self.text(prose, self.folder.label(files[artifact]))
            for artifact, prose in proses.items()
        }

    def translation(
        self,
        path: str,
        text: str,
        artifact: str,
        language: str,
        glossary: Mapping[str, str],
        problems: Problems,
    ) -> Text:
        """A text in another language, with the same references and pictures.

        Raises:
            Rejected: it cannot be read.
        """
        keys = self.references.lines if self.references else {}
        reader = replace(self, problems=problems, glossary=dict(glossary), language=language)
        return reader.text(reader.sections(text, path, artifact, keys, True), path)

    def known(self) -> list[str]:
        """The names of the files that are read where they are there."""
        beside = [BOTH] if any(self._file(each) != TEXTS[each] for each in TEXTS) else []
        others = [name for name, *_ in translation_files(self._names())]
        return [FILE, *TEXTS.values(), *beside, REFERENCES, *others]

    def _names(self) -> tuple[str, ...]:
        try:
            return self.folder.files()
        except Rejected:  # which the check of the folder's files reports
            return ()

    def _file(self, artifact: str) -> str:
        """The file that holds an artifact's text; empty where there is none."""
        try:
            return next((f for f in (TEXTS[artifact], BOTH) if self.folder.has(f)), "")
        except Rejected as rejected:
            self.problems.extend(rejected.problems)
            return ""

    def _prose(self, artifact: str, file: str, keys: Collection[str]) -> Prose | None:
        path = self.folder.label(file)
        try:
            text = self.folder.text(file)
            if not text.strip():
                hint = "Write the text, or delete the file."
                raise Rejected(Problem("file-empty", "The file is empty.", Place(path), hint))
            return self.sections(text, path, artifact, keys, file != BOTH)
        except Rejected as rejected:
            self.problems.extend(rejected.problems)
            return None

    def sections(
        self, text: str, path: str, artifact: str, keys: Collection[str], own: bool
    ) -> Prose:
        """The sections of a text; what is wrong with it goes to the problems."""
        found = Problems()
        try:
            prose = read_prose(
                *(text, path, found, artifact, keys, own, self.glossary, self.folder),
                language=self.language,
            )
        finally:
            self.problems.extend(
                each for each in found if self.keys_known or each.code != "citation-unknown"
            )
        self.data.update(prose.data)
        self.written += [text] if found.errors else []
        if own and artifact == "deck":
            self._check_title(prose, path)
        return prose

    def _check_title(self, prose: Prose, path: str) -> None:
        """Report a slide that has no heading of its own, and no heading before it."""
        first = next((each for each in prose.sections if each.level or each.body), None)
        if first and not first.level and not first.title:
            line = re.search(r'data-line="(\d+)"', first.body)
            message = "This text comes before the first heading; its slide gets the module's title."
            place = Place(path, int(line[1]) if line else first.line)
            hint = "Write a heading above it, as in ## What the slide says."
            self.problems.add("heading-missing", message, place, hint)

    def _references(self) -> References | None:
        try:
            if not self.folder.has(REFERENCES):
                return None
            # Only a module with references pays for the libraries that read and print them.
            from builder.module.references import read_references

            path = self.folder.label(REFERENCES)
            found = Problems()
            references = read_references(self.folder.text(REFERENCES), path, found)
        except Rejected as rejected:
            self.problems.extend(rejected.problems)
            self.keys_known = False
            return None
        self.problems.extend(found)
        self.keys_known = all(each.code != "reference-syntax" for each in found)
        return references

    def _unused(self, references: References, proses: Iterable[Prose]) -> None:
        """Report entries that no text cites."""
        cited = {key for prose in proses for key in prose.cited}
        for key, line in references.lines.items():
            if key not in cited:
                place = Place(references.path, line)
                hint = f"Cite it as [@{key}], or delete it."
                self.problems.add("reference-unused", f"No text cites “{key}”.", place, hint)

    def text(self, prose: Prose, path: str) -> Text:
        """What was read from a file, with its references and pictures."""
        places = {picture: Place(path, line) for picture, line in reversed(prose.pictures)}
        shown = (self._picture(each, places[each]) for each in dict.fromkeys(_paths(prose)))
        return Text(
            path=path,
            sections=prose.sections,
            references=self.references.formatted(prose.cited) if self.references else (),
            glossary=prose.glossary,
            pictures=tuple(picture for picture in shown if picture),
        )

    def _picture(self, path: str, place: Place) -> Picture | None:
        """A picture, decoded once for all texts."""
        from builder.module.pictures import read_picture  # Pillow, for modules with pictures alone

        if path not in self.pictures:
            self.used[path] = place
            try:
                self.pictures[path] = read_picture(self.folder, path, place, self.problems)
            except Rejected as rejected:
                self.problems.extend(rejected.problems)
                self.pictures[path] = None
                if any(each.code == "picture-missing" and each.hint for each in rejected.problems):
                    self.misspelt = True
                    del self.used[path]
        return self.pictures[path]

    def compare(self, facts: Facts, positions: Positions) -> None:
        """Report pictures that are used but not declared, and declared but not used."""
        declared = [image.file for image in facts.images]
        for path, place in self.used.items():
            if path not in declared:
                message = f"The credit and licence of {path} are not given."
                hint = f"List it under `images:` in {FILE}, with `credit` and `licence`."
                self.problems.add("image-undeclared", message, place, hint)
        for index, path in enumerate(declared):
            if self.complete and not self.misspelt and path not in self.used:
                where = place_of(self.folder.label(FILE), positions, ("images", index, "file"))
                message = f"No text shows {path}."
                hint = "Show it, or take it off the list."
                self.problems.add("image-unused", message, where, hint)

    def compare_glossary(self, texts: Iterable[Text], positions: Positions) -> None:
        """Report words of the glossary that no text uses."""
        used = {term for text in texts for term, _ in text.glossary}
        for term in self.glossary:
            if self.complete and term not in used:
                where = place_of(self.folder.label(FILE), positions, ("glossary", term))
                message = f"No text uses “{term}”."
                hint = "Write it as the text does, in the singular or plural, or take it off."
                self.problems.add("glossary-unused", message, where, hint)


def _paths(prose: Prose) -> list[str]:
    return [path for path, _ in prose.pictures]
