"""Checks on a module's translations: what is to be done again, and what they lack or add."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from builder.module.library import Library
from builder.module.lifecycle import life_of
from builder.module.localised import LocalFacts
from builder.module.model import Module
from builder.module.original import Change, Original
from builder.module.staleness import named_sections, title_of
from builder.module.text import Section, Text
from builder.module.yaml_text import place_of
from builder.problems import Place, Problem, Problems
from builder.settings import Profile

_CITED = re.compile(r'href="#ref-(\d+)"')
_SHOWN = re.compile(r'<img[^>]* src="([^"]+)"')
UPDATE = "When it has caught up, `leafdeck translate --update` notes that."


def translations_hold(module: Module, rules: Profile) -> Iterator[Problem]:
    """What is wrong with the translations of a module that could be read."""
    for texts in module.translations.values():
        for name, localised in texts.items():
            for check in (_stale, _alike, _expiry):
                yield from check(module, localised, name, rules)


def of_file(library: Library, name: str, path: str, rules: Profile) -> tuple[Problem, ...]:
    """What is wrong with one translation, which lies in a file of a module."""
    module, problems = library.modules.get(name), Problems(library.problems[name])
    problems.extend(translations_hold(module, rules) if module else ())
    return tuple(each for each in problems.ordered() if each.place.path == path)


def described(change: Change, origin: str, language: str) -> tuple[str, str, str]:
    """What has come between a translation and its original: code, message and hint.

    Args:
        change: what it is.
        origin: the original's file.
        language: the original's language.
    """
    where = f"{origin}:{change.origin}"
    heading = f"“{change.title}”"
    behind = f"behind “{change.behind}”" if change.behind else "at the top"
    named = f"Name its heading {{#{change.name}}} here." if change.name else ""
    instead = f"The original has {{#{change.name}}} in its place." if change.name else ""
    return {
        "facts": (
            "translation-stale",
            "The words of module.yaml changed since they were translated.",
            f"Compare the front matter with it. {UPDATE}",
        ),
        "changed": (
            "translation-stale",
            f"{heading} changed in the original ({where}): translate it again."
            if change.origin
            else "The original changed; which sections is not noted here.",
            UPDATE,
        ),
        "new": (
            "translation-stale",
            f"{heading} is new in the original ({where}): translate it, {behind}.",
            named,
        ),
        "left-out": (
            "translation-differs",
            f"{heading} is in the original ({where}), but not in the translation.",
            named,
        ),
        "gone": (
            "translation-gone",
            f"{heading} translates a section that the original does not have any more.",
            instead or f"Delete it. {UPDATE}",
        ),
        "foreign": (
            "translation-gone",
            f"{heading} is not in the original.",
            instead or "Delete it, or name its heading as the original's, as in {#what-to-bring}.",
        ),
        "order": (
            "translation-stale",
            "The sections of the original stand in another order now.",
            UPDATE,
        ),
    }[change.kind]


def _stale(module: Module, localised: Module, name: str, rules: Profile) -> Iterator[Problem]:
    """Each section that is to be done again; the profile says whether that is an error."""
    original = _original(localised)
    path, origin = localised.texts[name].path, module.texts[name].path.rpartition("/")[2]
    strict = rules.stale_translation == "refuse"
    for change in original.changes:
        code, message, hint = described(change, origin, original.language)
        yield Problem(code, message, Place(path, change.line), hint, strict)


def _alike(module: Module, localised: Module, name: str, rules: Profile) -> Iterator[Problem]:
    """A section has the roles, pictures and sources that it has in the original."""
    source, text = module.texts[name], localised.texts[name]
    ours = named_sections(text)
    for key, section in named_sections(source).items():
        if key not in ours:
            continue
        for what, of in PARTS.items():
            theirs, mine = of(section, source), of(ours[key], text)
            if theirs != mine:
                lacking, added = sorted(theirs - mine), sorted(mine - theirs)
                words = "; ".join(
                    f"{verb} {what} {', '.join(found)}"
                    for verb, found in (("without the", lacking), ("with the", added))
                    if found
                )
                message = f"“{title_of(section)}” is translated {words}."
                yield Problem("translation-differs", message, Place(text.path, ours[key].line))


def _expiry(module: Module, localised: Module, name: str, rules: Profile) -> Iterator[Problem]:
    facts = localised.facts
    last = life_of(module.facts, rules).expires
    asked = facts.translation.expires if isinstance(facts, LocalFacts) else None
    if asked and asked > last:
        positions = _original(localised).positions
        place = place_of(localised.texts[name].path, positions, ("expires",))
        message = f"It would hold until {asked}, but its original expires on {last}."
        hint = f"It expires with its original, on {last}."
        yield Problem("translation-expiry", message, place, hint)


def _original(localised: Module) -> Original:
    assert localised.original is not None  # noqa: S101 - every translation has one
    return localised.original


def _roles(section: Section, text: Text) -> set[str]:
    return {f".{name}" for name in section.classes}


def _pictures(section: Section, text: Text) -> set[str]:
    return set(_SHOWN.findall(section.body))


def _sources(section: Section, text: Text) -> set[str]:
    """The sources that a section cites, each by its first words; their numbers differ by text."""
    numbers = {int(each) for each in _CITED.findall(section.title + section.body)}
    listed = [text.references[number - 1] for number in numbers if number <= len(text.references)]
    return {f"“{' '.join(entry.striptags().split())[:40]}…”" for entry in listed}


PARTS: dict[str, Callable[[Section, Text], set[str]]] = {
    "role": _roles,
    "picture": _pictures,
    "source": _sources,
}
"""What a section and its translation have in common, whatever the language."""
