"""Checks on a module's translations: what is to be done again, and what they lack or add."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from builder.checks.quantities import numbers_alike
from builder.checks.untranslated import left_as_they_were
from builder.module.library import Library
from builder.module.lifecycle import Status, life_of
from builder.module.localised import LocalFacts, translated_as
from builder.module.model import Module
from builder.module.original import Change, Original
from builder.module.staleness import named_sections, title_of
from builder.module.text import Section, Text
from builder.module.translation import translation_in
from builder.module.yaml_text import place_of
from builder.problems import Place, Problem, Problems
from builder.settings import Profile
from builder.skeleton.translation import knows_origin

_CITED = re.compile(r'href="#ref-(\d+)"')
_SHOWN = re.compile(r'<img[^>]* src="([^"]+)"')
CHANGED = ("facts", "changed")
"""Kinds of changes after which a section's translation is to be done again."""
UPDATE = "When it has caught up, `leafdeck translate --update` notes that."


def translations_hold(module: Module, rules: Profile) -> Iterator[Problem]:
    """What is wrong with the translations of a module that could be read."""
    for texts in module.translations.values():
        for name, localised in texts.items():
            for check in (_stale, _alike, _expiry, _version):
                yield from check(module, localised, name, rules)
            yield from left_as_they_were(module, localised, name)
            yield from numbers_alike(module, localised, name)


def of_file(library: Library, name: str, path: str, rules: Profile) -> tuple[Problem, ...]:
    """What is wrong with one translation, which lies in a file of a module."""
    module, problems = library.modules.get(name), Problems(library.problems[name])
    problems.extend(translations_hold(module, rules) if module else ())
    return tuple(each for each in problems.ordered() if each.place.path == path)


def not_caught_up(
    library: Library, name: str, path: str, rules: Profile, *, unchanged: bool
) -> tuple[Problem, ...]:
    """Why it cannot be noted that a translation has caught up with its original.

    Args:
        library: the modules.
        name: the module's folder.
        path: the translation's file.
        rules: the profile.
        unchanged: whether somebody vouches for sections that are as they were.
    """
    found, module = of_file(library, name, path, rules), library.modules[name]
    unfinished = tuple(each for each in found if each.code == "translation-unfinished")
    localised = translation_in(module, path)
    if unfinished or localised is None:
        written = module.folder.text(PurePosixPath(path).name)
        known = knows_origin(written, path)
        return unfinished or tuple(each for each in found if known and each.severity == "error")
    return () if unchanged else tuple(_untouched(localised))


def noted(module: Module, path: str) -> tuple[str, ...]:
    """The titles of the sections that `--update` notes as caught up."""
    localised = translation_in(module, path)
    changes = _original(localised).changes if localised else ()
    return tuple(each.title for each in changes if each.kind in CHANGED and each.title)


def _untouched(localised: Module) -> Iterator[Problem]:
    """Sections whose original changed, and whose translation did not, as far as is known."""
    ((name, text),) = localised.texts.items()
    facts, now = localised.facts, translated_as(localised, name)
    then = facts.translation.translated if isinstance(facts, LocalFacts) else {}
    for change in _original(localised).changes:
        before = then.get(change.name)
        if change.kind not in CHANGED or (before and before != now.get(change.name)):
            continue
        same = "has not been touched since" if before else "may be as it was: nobody noted it"
        what = f"“{change.title}”" if change.title else "The text"
        message = f"{what} changed in the original, and its translation {same}."
        hint = "Translate it again. Where nothing needs changing, add --unchanged-ok."
        yield Problem("translation-stale", message, Place(text.path, change.line), hint, True)


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
        place = _front(localised, name, "expires")
        message = f"It would hold until {asked}, but its original expires on {last}."
        hint = f"It expires with its original, on {last}."
        yield Problem("translation-expiry", message, place, hint)


def _version(module: Module, localised: Module, name: str, rules: Profile) -> Iterator[Problem]:
    """It was not made from a version that is still to come: it would be taken for newer."""
    facts, now = localised.facts, module.facts.version
    said = facts.translation.of_version if isinstance(facts, LocalFacts) else now
    if _counted(said) > _counted(now):
        place = _front(localised, name, "of_version")
        message = f"It says that it was made from version {said}; the original is {now}."
        yield Problem("front-matter", message, place, UPDATE)


def _counted(version: str) -> tuple[int, ...]:
    """A version to be compared: 1, 1.0 and 1.0.0 are one."""
    parts = [int(part) for part in version.split(".")]
    return (*parts, *[0] * (3 - len(parts)))


def translations_ending(module: Module, rules: Profile, day: datetime.date) -> Iterator[Problem]:
    """Translations that expire, or are due for a review, before their original."""
    original = life_of(module.facts, rules)
    for texts in module.translations.values():
        for name, localised in texts.items():
            own = life_of(localised.facts, rules)
            status = own.status(day)
            if own.expires >= original.expires or status is original.status(day):
                continue
            place = _front(localised, name, "expires")
            if status is Status.EXPIRED:
                withheld = rules.expired == "refuse"
                what = "it is withheld behind a notice" if withheld else "every page says so"
                message = f"The translation expired on {own.expires}; {what}."
                hint = "Check it and move `expires`, or delete the file."
                yield Problem("module-expired", message, place, hint)
            elif status is Status.REVIEW_DUE:
                since = f"The translation has been due for a review since {own.review_due}"
                message = f"{since}; it expires on {own.expires}."
                yield Problem("review-due", message, place, "Check it and move `expires`.")


def _front(localised: Module, name: str, field: str) -> Place:
    """Where a field of a translation's front matter stands."""
    return place_of(localised.texts[name].path, _original(localised).positions, (field,))


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
