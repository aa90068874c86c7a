"""Checks on how a leaflet reads: the profile's goals for figures, sentences, voice and parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from builder.module.model import Module
from builder.module.translation import is_unfinished
from builder.problems import Place, Problem
from builder.reading.audit import LEAFLET, Audit, audit_of
from builder.reading.parts import PARTS
from builder.settings import Profile

Check = Callable[[Audit, Profile], Iterator[Problem]]
MORE = "`leafdeck build` writes audit.html, which says more."
SHOWN = 60
"""Characters of a sentence that name it."""


def check_leaflets(module: Module, rules: Profile) -> Iterator[Problem]:
    """Everything that a module's leaflet, and each of its translations, misses."""
    for audit in _audits(module, rules):
        for check in CHECKS:
            for problem in check(audit, rules):
                table = rules.required if problem.code == "part-missing" else rules.reading
                yield replace(problem, strict=table.strict)


def tell_leaflets(module: Module, rules: Profile) -> Iterator[Problem]:
    """Notes on each leaflet of a module: its figures, and the words that it explains too late."""
    for audit in _audits(module, rules):
        yield Problem("reading-level", _figures(audit), Place(audit.path), _preparation(audit))
        for early in audit.level.jargon:
            message = f"“{early.term}” is used here before it is explained."
            hint = (
                "Say what it means in the same or the next sentence: paper has no tooltips, "
                "and the glossary stands at the end."
            )
            yield Problem("jargon", message, Place(audit.path, early.line), hint)


def _audits(module: Module, rules: Profile) -> Iterator[Audit]:
    if LEAFLET in module.texts:
        yield audit_of(module, rules)
    for language, texts in sorted(module.translations.items()):
        if LEAFLET in texts and not is_unfinished(texts[LEAFLET], LEAFLET):
            yield audit_of(module.in_language(language, LEAFLET), rules)


def parts_there(audit: Audit, rules: Profile) -> Iterator[Problem]:
    """The parts that the profile requires are there."""
    for role in audit.missing:
        message = f"Nothing in this leaflet is marked as {PARTS[role]}."
        hint = f"Write it, and mark its heading: ## … {{.{role}}}."
        if role == "key-points":
            hint = "Write them in a box, ::: key-points, or below a heading with {.key-points}."
        yield Problem("part-missing", message, Place(audit.path), hint)


def easy_enough(audit: Audit, rules: Profile) -> Iterator[Problem]:
    """Every figure reaches its goal."""
    missed = [score for score in audit.level.scores if not score.good]
    if not missed:
        return
    told = "; ".join(
        f"{each.formula.name} is {each.figure} ({each.meaning}), the goal is {each.aim}"
        for each in missed
    )
    hardest = audit.level.hardest[0]
    hint = f"Begin with its hardest sentences: “{_cut(hardest.text)}”; `leafdeck build` lists five."
    yield Problem("reading-hard", f"{told}.", Place(audit.path, hardest.line), hint)


def short_enough(audit: Audit, rules: Profile) -> Iterator[Problem]:
    """No sentence has more words than anybody follows."""
    most = rules.reading.longest_sentence
    for sentence in audit.level.long:
        if len(sentence.words) > most:
            told = f"A sentence of {len(sentence.words)} words: “{_cut(sentence.text)}”"
            hint = f"Make several of it, or a list; the profile allows {most}."
            yield Problem("sentence-long", told, Place(audit.path, sentence.line), hint)


def active_enough(audit: Audit, rules: Profile) -> Iterator[Problem]:
    """Few sentences are in the passive voice."""
    level = audit.level
    if level.passive and level.passive_share > rules.reading.passive:
        message = f"{level.passive_share} % of the sentences are in the passive voice."
        hint = (
            f"Say who does it, as in “{_cut(level.passive[0].text)}”; `leafdeck build` lists them."
        )
        place = Place(audit.path, level.passive[0].line)
        yield Problem("passive-voice", message, place, hint)


CHECKS: tuple[Check, ...] = (
    parts_there,
    easy_enough,
    short_enough,
    active_enough,
)


def _figures(audit: Audit) -> str:
    level = audit.level
    if not level.scores:
        return f"{level.why_none} How hard it is to read is for a person."
    told = ", ".join(
        f"{each.formula.name} {each.figure} ({each.meaning}; goal {each.aim})"
        for each in level.scores
    )
    few = ", so SMOG is extrapolated" if any(each.few for each in level.scores) else ""
    return f"Reading level: {told}; {len(level.sentences)} sentences{few}."


def _preparation(audit: Audit) -> str:
    if not audit.level.scores:
        return (
            "`leafdeck build` writes audit.html: what a machine can see, and what is for a person."
        )
    smog = " for all but SMOG" if audit.level.language == "en" else ""
    return f"Headings and items without a full stop are left out{smog}. {MORE}"


def _cut(words: str) -> str:
    return words if len(words) <= SHOWN else f"{words[:SHOWN].rsplit(' ', 1)[0]} …"
