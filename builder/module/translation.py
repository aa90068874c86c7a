"""The files that hold a module's text in another language.

`leaflet.es.md` holds front matter and the text: who translated it and how, from which version, the
words that replace those of `module.yaml`, and digests of the sections that it was made from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from pydantic import ValidationError

from builder.fields import problems_of
from builder.module.localised import TranslationFacts, localised
from builder.module.model import Module
from builder.module.tags import is_known, is_meant, is_same, suggested
from builder.module.text import Text
from builder.module.yaml_text import Positions, place_of, read_yaml
from builder.problems import Place, Problem, Problems, Rejected

FILES = {"leaflet": "leaflet", "slides": "deck"}
"""How the names of translations begin, and whose text they hold."""
_NAME = re.compile(rf"({'|'.join(FILES)})\.([^.]+)\.md", re.IGNORECASE)
_END = re.compile(r"(?:---|\.\.\.)[ ]*")
NOBODY = frozenset(
    ("none", "nobody", "no one", "n/a", "na", "-", "–", "?", "unknown", "tbd", "todo")
)
"""What names no reviewer."""
MARK = "TRANSLATE:"
"""What stands before words that are still to be translated."""
TRANSLATOR = "who translates it"
"""What stands for the translator's name until it is given."""
ReadText = Callable[[str, str, str, str, Mapping[str, str], Problems], Text | None]
"""File, Markdown, artifact, language and glossary -> text; what is wrong goes to the problems."""


@dataclass(frozen=True, slots=True)
class Front:
    """A translation's file, cut in two."""

    matter: str
    """The YAML between the lines of hyphens."""
    body: str
    """The Markdown, under as many empty lines as stand above it: its lines keep their numbers."""


def translations_of(module: Module, read: ReadText, problems: Problems) -> Module:
    """The module with its translations; those that cannot be had are left out.

    Args:
        module: the module as it was written.
        read: reads a text with the module's references and pictures.
        problems: gets what is wrong with any translation.
    """
    found: dict[str, dict[str, Module]] = {}
    for file, artifact, tag in translation_files(module.folder.files()):
        try:
            localised = _read(module, file, artifact, tag, read, problems)
        except Rejected as rejected:
            problems.extend(rejected.problems)
        else:
            if localised:
                found.setdefault(tag, {})[artifact] = localised
    return replace(module, translations=dict(sorted(found.items())))


def translation_files(names: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """The files that hold translations: name, artifact and tag of each."""
    for name in names:
        parts = _NAME.fullmatch(name)
        if parts and is_meant(parts[2]):
            yield name, FILES[parts[1].lower()], parts[2]


def is_translation(path: str) -> bool:
    """Whether a path is that of a translation, by its name."""
    return any(translation_files((PurePosixPath(path).name,)))


def is_unfinished(localised: Module, artifact: str) -> bool:
    """Whether words of a translation are still marked as to be translated."""
    sections = localised.texts[artifact].sections
    return any(MARK in each.title or MARK in each.body for each in sections)


def without(module: Module, paths: Collection[str]) -> Module:
    """The module without the translations in some files."""
    kept = {
        tag: {name: each for name, each in found.items() if each.texts[name].path not in paths}
        for tag, found in module.translations.items()
    }
    return replace(module, translations={tag: found for tag, found in kept.items() if found})


def translation_in(module: Module, path: str) -> Module | None:
    """The module in the language of one of its translations, where that could be read.

    Args:
        module: the original.
        path: the translation's file, as messages name it.
    """
    every = (each for texts in module.translations.values() for each in texts.values())
    return next((each for each in every if path in {t.path for t in each.texts.values()}), None)


def split_front(text: str, path: str) -> Front:
    """Cut a file in front matter and text.

    Raises:
        Rejected: it does not begin with front matter.
    """
    lines = text.split("\n")
    end = next((at for at, line in enumerate(lines) if at and _END.fullmatch(line)), 0)
    if lines[0].rstrip() != "---" or not end:
        message = "The translation does not say what it was made from."
        hint = (
            "`leafdeck translate` writes the front matter: lines of YAML at the very top, "
            "between two lines `---`."
        )
        raise Rejected(Problem("front-matter", message, Place(path, 1), hint))
    return Front("\n".join(lines[1:end]), "\n" * (end + 1) + "\n".join(lines[end + 1 :]))


def _read(
    module: Module, file: str, artifact: str, tag: str, read: ReadText, problems: Problems
) -> Module | None:
    path = module.folder.label(file)
    _check_tag(tag, module.facts.language, Place(path))
    if artifact not in module.texts:
        message = f"The module has no {artifact} that this could be a translation of."
        hint = "Write the original first, or delete the file."
        raise Rejected(Problem("translation-original", message, Place(path), hint))
    text = module.folder.text(file)
    _check_finished(text, path, problems)
    front = split_front(text, path)
    if not front.body.strip():
        message = "There is no text behind the front matter."
        hint = "Write the translation, or delete the file."
        raise Rejected(Problem("file-empty", message, Place(path), hint))
    facts, positions = _facts(front.matter, path, problems, module.facts.sample)
    words = read(path, front.body, artifact, tag, facts.glossary if facts else {}, problems)
    return localised(module, artifact, tag, facts, words, positions) if facts and words else None


def _facts(
    matter: str, path: str, problems: Problems, sample: bool
) -> tuple[TranslationFacts | None, Positions]:
    values, positions = read_yaml(matter, path, problems, first=2)

    def place(where: tuple[str | int, ...]) -> Place:
        return place_of(path, positions, where)

    try:
        facts = TranslationFacts.model_validate(values)
    except ValidationError as error:
        problems.extend(problems_of(error, TranslationFacts, place))
        return None, positions
    if facts.translator == TRANSLATOR:
        message = f"“{TRANSLATOR}” is what `leafdeck translate` wrote."
        problems.add("placeholder-left", message, place(("translator",)), "Name who translated it.")
    checked = facts.reviewer and facts.reviewer.rstrip(".").lower() not in NOBODY
    if (
        facts.method != "human" and not checked and not sample
    ):  # a sample says on each page what it is
        message = "What a machine translated is not published before a clinician has checked it."
        hint = "Name the clinician who checked it as `reviewer`."
        problems.add("translation-unreviewed", message, place(("method",)), hint)
    return facts, positions


def _check_tag(tag: str, own: str, place: Place) -> None:
    if not is_known(tag):
        near = suggested(tag)
        hint = f"Did you mean “{near}”?" if near else "Use a tag of BCP 47, as in es or pt-BR."
        raise Rejected(
            Problem("translation-language", f"“{tag}” is not the tag of a language.", place, hint)
        )
    if is_same(tag, own):
        message = f"The original is in “{own}” already."
        raise Rejected(Problem("translation-language", message, place, "Delete the file."))


def _check_finished(text: str, path: str, problems: Problems) -> None:
    marked = [number for number, line in enumerate(text.split("\n"), 1) if MARK in line]
    if marked:
        lines = f"line {marked[0]}" if len(marked) == 1 else f"{len(marked)} places from here on"
        message = f"Words are still to be translated: {lines}."
        hint = f"Translate what stands behind each “{MARK}”, then delete that word."
        problems.add("translation-unfinished", message, Place(path, marked[0]), hint)
