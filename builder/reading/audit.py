"""A leaflet -> its audit: how hard it is to read, which parts it has, what the instruments ask."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from builder.module.model import Module
from builder.module.values import Kind
from builder.reading.formulas import FULL_SAMPLE
from builder.reading.instruments import Evidence, Finding, Instrument, Item, Outcome, judged
from builder.reading.instruments.cdc import CDC
from builder.reading.instruments.discern import DISCERN
from builder.reading.instruments.pemat import PEMAT
from builder.reading.level import Level, level_of
from builder.reading.parts import PARTS, Parts, parts_of
from builder.reading.shape import shape_of
from builder.settings import Profile

INSTRUMENTS = (PEMAT, DISCERN, CDC)
LEAFLET = "leaflet"
"""The text that is audited."""
PREPARATION = (
    "The whole text is counted as its author wrote it; what is printed from the facts is left out.",
    "Tables, code, alternative texts and the marks of citations and footnotes are left out.",
    "A number counts as a word of one syllable, a word with hyphens as one word.",
)
"""What was done to a text before it was counted; only figures made alike can be compared."""
WHOLE = "Headings, and items and captions without a full stop, are left out: they are no sentences."
OF_SMOG = (
    "For SMOG they count as sentences, and long words of the title are left out, as the NHS "
    "service manual says."
)
OF_DICTIONARY = "Syllables come from the CMU Pronouncing Dictionary, for other words from a rule."
BY_RULE = "Syllables are counted by a rule for the language, from the spelling."
EXTRAPOLATED = f"SMOG was made for {FULL_SAMPLE} sentences; this text has fewer: an extrapolation."


@dataclass(frozen=True, slots=True)
class Judged:
    """An instrument, and what was found of its items."""

    instrument: Instrument
    rows: tuple[tuple[Item, Finding], ...]

    @property
    def open(self) -> int:
        """How many items are for a person."""
        return sum(finding.outcome is Outcome.PERSON for _, finding in self.rows)


@dataclass(frozen=True, slots=True)
class Audit:
    """Everything that is told of a leaflet's text."""

    path: str
    """The file that it was read from."""
    level: Level
    preparation: tuple[str, ...]
    parts: Parts
    required: tuple[str, ...]
    """The roles of the parts that the profile asks for."""
    judged: tuple[Judged, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The roles of the parts that are required and not there."""
        return tuple(role for role in self.required if role not in self.parts)

    @property
    def roles(self) -> tuple[tuple[str, str, bool, int | None], ...]:
        """Each part: role, what it is about, whether it is there, and its line if written."""
        return tuple(
            (role, words, role in self.parts, self.parts.line(role))
            for role, words in PARTS.items()
        )


class Later:
    """An audit that is made when a template first asks for it: most templates never do."""

    def __init__(self, module: Module, rules: Profile) -> None:
        self._of = (module, rules)

    @cached_property
    def found(self) -> Audit:
        """The audit.

        Raises:
            KeyError: the module has no text for a leaflet.
        """
        return audit_of(*self._of)


def audit_of(module: Module, rules: Profile) -> Audit:
    """The audit of a module's leaflet.

    Args:
        module: it has a text for a leaflet; for a translation, the module in that language.
        rules: the goals and the required parts count.
    """
    text, facts = module.texts[LEAFLET], module.facts
    level = level_of(text, facts.title, facts.language, rules.reading)
    parts = parts_of(text, facts)
    evidence = Evidence(module, text, rules, level, shape_of(text), parts)
    required = rules.required.leaflet if facts.kind is Kind.LEAFLET else rules.required.e_learning
    return Audit(
        path=text.path,
        level=level,
        preparation=_preparation(level),
        parts=parts,
        required=required,
        judged=tuple(Judged(each, tuple(judged(each, evidence))) for each in INSTRUMENTS),
    )


def _preparation(level: Level) -> tuple[str, ...]:
    english = level.language == "en"
    by_rule = level.syllabic and not english
    return (
        *PREPARATION,
        *((WHOLE,) if level.scores else ()),
        *((OF_SMOG, OF_DICTIONARY) if english else ()),
        *((BY_RULE,) if by_rule else ()),
        *((EXTRAPOLATED,) if any(score.few for score in level.scores) else ()),
    )
