"""What a short code, copied from a leaflet by hand, says about the text that it stood on."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from builder.module.library import Library
from builder.module.lifecycle import Status, life_of
from builder.module.model import Module
from builder.module.short_code import module_in, same_code, short_code
from builder.module.stamp import Stamp, stamp_of
from builder.settings import Profile

Published = Mapping[str, Mapping[str, Mapping[str, str]]]
"""By module, version and what is counted for itself (`leaflet en-GB`): the content's digest."""


class Text(StrEnum):
    """What a code stands for."""

    CURRENT = "the text as it is now"
    OLDER = "an older text"
    UNKNOWN = "no text that is known here"


@dataclass(frozen=True, slots=True)
class CodeVerdict:
    """What is known about a code."""

    text: Text
    stamps: tuple[Stamp, ...] = ()
    """Of the text that it stands for, or of the texts there are now of the module it names."""
    version: str = ""
    """The version that the text had."""

    @property
    def good(self) -> bool:
        """Whether what bears it may be handed out: it is the text as it is now, and it holds."""
        return self.text is Text.CURRENT and all(each.status.holds for each in self.stamps)

    @property
    def status(self) -> Status | None:
        """The status today of the text as it is now."""
        return self.stamps[0].status if self.text is Text.CURRENT else None


def verify_code(
    written: str, library: Library, published: Published, rules: Profile, day: datetime.date
) -> CodeVerdict:
    """Hold a code against the sources, and against what was published.

    Args:
        written: the code as somebody copied it.
        library: the modules here.
        published: what was published before.
        rules: decide until when a module holds.
        day: decides its status.
    """
    stamps = [stamp for module in library.modules.values() for stamp in _stamps(module, rules, day)]
    for stamp in stamps:
        if same_code(written, stamp.short_code):
            return CodeVerdict(Text.CURRENT, (stamp,), stamp.version)
    identity = module_in(written, [stamp.module for stamp in stamps])
    now = tuple(stamp for stamp in stamps if stamp.module == identity)
    for stamp in now[:1]:
        for version, digests in published.get(stamp.name, {}).items():
            if any(same_code(written, short_code(identity, each)) for each in digests.values()):
                return CodeVerdict(Text.OLDER, now, version)
    return CodeVerdict(Text.UNKNOWN, now)


def _stamps(module: Module, rules: Profile, day: datetime.date) -> Iterator[Stamp]:
    """The stamps of all texts of a module, in all its languages."""
    for language in ("", *module.translations):
        for text in module.translations[language] if language else module.texts:
            localised = module.in_language(language, text)
            yield stamp_of(localised, text, text, life_of(localised.facts, rules), day)
