"""What decides every artifact beside its module: settings, theme, versions of programs."""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from importlib.metadata import PackageNotFoundError, distribution, distributions
from pathlib import Path

from builder import __version__
from builder.artifacts.libraries import library_versions
from builder.settings import Settings
from builder.theme import Theme
from builder.workspace import digest

NAME = "leafdeck"
CODE = "leafdeck’s code"
CARRIERS = ("dask", "s3")
"""The extras that only carry things about; nothing is written with them."""
ASIDE = frozenset({"click", "icalendar", "python-dateutil", "rich", "watchfiles"})
"""Packages of ours that no artifact passes through: commands, answers, calendars, watching."""
REQUIREMENT = r"([\w.-]+)\s*(?:\[(.*?)\])?[^;]*(?:;.*extra\s*==\s*['\"]([\w-]+))?"
"""A package's name, the extras that are asked for, and the extra for which it is needed."""
Requirement = tuple[str, frozenset[str]]
"""The name of a package, and which of its extras are asked for."""
BESIDE = (".md", ".pyc")
"""How files of the package end that decide nothing."""


@dataclass(frozen=True)
class Environment:
    """What decides every artifact beside its module, by name."""

    versions: Mapping[str, str]
    """Of Leafdeck and its code, of Python, of every package that is used."""
    settings: Mapping[str, str]
    """The settings that count, each as JSON."""
    theme: Mapping[str, str]
    """The digest of each file of the theme and of those that it extends."""

    @cached_property
    def id(self) -> str:
        """A name for it: two that differ have different ones."""
        return digest(json.dumps(asdict(self), sort_keys=True).encode())[:16]

    @cached_property
    def rules(self) -> str:
        """The digest of what decides how modules are read and checked."""
        said = {"versions": dict(self.versions), "rules": self.settings["profile"]}
        return digest(json.dumps(said, sort_keys=True).encode())


def environment_of(settings: Settings, theme: Theme | None) -> Environment:
    """The environment of a build; of one whose theme cannot be had, as far as it goes."""
    folders = theme.folders if theme else ()
    files = {
        folder.label(path): digest(folder.read(path))
        for folder in folders
        for path in folder.walk()
    }
    return Environment(versions(), _settings(settings), files)


def _settings(settings: Settings) -> dict[str, str]:
    told = {
        "theme": settings.theme,
        "base-url": settings.base_url,
        "extras": settings.extras,
        "handout": settings.handout,
        "profile": settings.rules.model_dump(mode="json", by_alias=True),
    }
    return {name: json.dumps(value, sort_keys=True) for name, value in told.items()}


def versions() -> dict[str, str]:
    """The versions of all that writes artifacts: ours, Python's, the packages'."""
    return {
        NAME: __version__,
        CODE: _code(),
        "python": platform.python_version(),
        "machine": platform.machine(),
        **library_versions(),
        **_installed(),
    }


@lru_cache
def _installed() -> dict[str, str]:
    """The versions of the packages, by name; asked once, as they are imported once."""
    found = {}
    for name in sorted(_packages()):
        with suppress(PackageNotFoundError):
            found[name] = distribution(name).version
    return found


@lru_cache
def _code() -> str:
    """The digest of our own code and of what lies beside it."""
    return digest(b"".join(path.read_bytes() for path in code_files()))[:12]


def code_files() -> list[Path]:
    """The files of the package that decide what is made, in order."""
    found = sorted(Path(__file__).parents[2].rglob("*"))
    return [path for path in found if path.is_file() and path.suffix not in BESIDE]


def _packages() -> frozenset[str]:
    """The names of the packages that this one needs, and of those that these need.

    What others need only to be tested or for an extra that nobody asks for does not count: it
    differs from machine to machine, and they would share nothing.
    """
    found: set[Requirement] = set()
    left = {each for each in _needed(NAME, ()) if each[0] not in ASIDE}
    while left:
        each = left.pop()
        if each not in found:
            found.add(each)
            left |= set(_needed(*each)) - found
    return frozenset(name for name, _ in found)


def _needed(name: str, extras: Collection[str]) -> Iterator[Requirement]:
    """What a package needs, and what these extras of it need; of ours all but the carriers."""
    try:
        lines = distribution(name).requires or ()
    except PackageNotFoundError:
        if name == NAME:  # it runs from a checkout that is not installed
            yield from ((each.name.lower(), frozenset[str]()) for each in distributions())
        return
    for line in lines:
        package, asked, extra = re.match(REQUIREMENT, line).groups("")  # type: ignore[union-attr]
        if not extra or extra in extras or (name == NAME and extra not in CARRIERS):
            yield re.sub(r"[-_.]+", "-", package).lower(), frozenset(re.findall(r"[\w-]+", asked))


def differences(old: Environment, new: Environment) -> tuple[str, ...]:
    """What is different in words, as in “weasyprint 70.0 -> 70.1”."""
    left_out = {CODE} if old.versions.get(NAME) != new.versions.get(NAME) else ()
    is_other = old.settings["theme"] != new.settings["theme"]
    return (
        *_told(old.versions, new.versions, "{name} {old} -> {new}", left_out),
        *_told(_keys(old.settings), _keys(new.settings), "the setting {name} changed"),
        *(() if is_other else changed_files(old.theme, new.theme)),
    )


def _keys(settings: Mapping[str, str]) -> dict[str, str]:
    """Settings by their full names, as in `profile.references`."""
    found: dict[str, str] = {}
    for name, text in settings.items():
        value = json.loads(text)
        inside = value if isinstance(value, dict) else {}
        found |= {f"{name}.{key}": json.dumps(each) for key, each in inside.items()}
        found |= {} if inside else {name: text}
    return found


def _told(
    old: Mapping[str, str], new: Mapping[str, str], words: str, left_out: Collection[str] = ()
) -> Iterator[str]:
    for name in sorted({*old, *new}.difference(left_out)):
        before, after = old.get(name, "none"), new.get(name, "none")
        if before != after:
            yield words.format(name=name, old=before, new=after)


def changed_files(old: Mapping[str, str | None], new: Mapping[str, str | None]) -> Iterator[str]:
    """What happened to files, in words, as in “references.bib changed”; digests by name."""
    for path in sorted({*old, *new}):
        before, after = old.get(path), new.get(path)
        if before != after:
            what = f"what {path} holds" if path.endswith("/") else path
            yield f"{what} {happened(before, after)}"


def happened(before: str | None, after: str | None) -> str:
    """What happened to something, in words; None where it was not, or is no longer."""
    if before is None:
        return "is new"
    return "is gone" if after is None else "changed"
