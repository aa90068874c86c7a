"""Files of ours under `output/` that nothing makes any more. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from builder.artifacts import KINDS
from builder.build.knowing.recipients import Recipients
from builder.build.publishing.manifest import Entry, Manifest, clinic_of
from builder.module.library import held_languages, is_sound
from builder.problems import Problems
from builder.settings import Settings


@dataclass(frozen=True, slots=True)
class Leftover:
    """A file to take away."""

    name: str
    """Its module."""
    file: str
    why: str
    unasked: bool = False
    """Whether it can be made, but neither the settings nor the command ask for it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a build was asked for, and what it found."""

    names: Collection[str]
    """The modules to build."""
    files: Collection[str]
    """What is made of them."""
    problems: Mapping[str, Problems]
    """By module, for all modules of the project."""
    withheld: Collection[str]
    """The modules of which there is nothing to hand out."""
    recipients: Recipients
    settings: Settings
    settled: Collection[str] = ()
    """The modules that are as they were left, and are not looked at."""
    kinds: Collection[str] = ()
    """The kinds to build, and no other; all where there are none."""


def leftovers(manifest: Manifest, wanted: Wanted) -> Iterator[Leftover]:
    """What is no longer made: of these modules, and of those whose folder is gone.

    Of a module with an error everything stays, and what could not be made stays as it was; but
    nobody keeps an edition for a clinic that is gone.
    """
    for name in sorted(set(manifest.artifacts).difference(wanted.settled)):
        files = manifest.artifacts[name]
        for file in sorted(files):
            if name not in wanted.problems:
                yield Leftover(name, file, "the module is gone")
            elif wanted.recipients.gone(clinic_of(file)):
                yield Leftover(name, file, "the clinic is gone")
            elif name in wanted.names and file not in wanted.files:
                yield from _unwanted(name, file, files[file], wanted)


def _unwanted(name: str, file: str, entry: Entry, wanted: Wanted) -> Iterator[Leftover]:
    """A file that nothing makes this time, unless it is held: never where nothing may."""
    problems, withheld = wanted.problems[name], name in wanted.withheld
    if is_sound(problems) and (withheld or not _is_held(file, entry, problems, wanted)):
        unasked = not withheld and _is_unasked(file, entry, wanted.settings)
        yield Leftover(name, file, "it is no longer made", unasked)


def _is_held(file: str, entry: Entry, problems: Problems, wanted: Wanted) -> bool:
    return (
        (bool(wanted.kinds) and entry.stamp.artifact not in wanted.kinds)
        or entry.stamp.language in held_languages(problems)
        or wanted.recipients.left_alone(clinic_of(file))
    )


def _is_unasked(file: str, entry: Entry, settings: Settings) -> bool:
    kind = KINDS[entry.stamp.artifact]
    return (
        (kind.extra and kind.name not in settings.extras)
        or (kind.printed and bool(entry.paper) and entry.paper not in settings.leaflet.formats)
        or bool(clinic_of(file))
    )
