"""What a machine can see of a leaflet: the judgements that several instruments share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from builder.reading.instruments import (
    Evidence,
    Finding,
    Judge,
    ask,
    failed,
    has_part,
    passed,
)
from builder.reading.sentences import Sentence

LONGEST_SECTION = 150
"""Words under one heading."""
LONGEST_LIST = 7
"""Items that a reader keeps in mind."""
LONGEST_PARAGRAPH = 4
"""Sentences of a paragraph."""
MOST_COLUMNS = 5
LONGEST_HEAD = 4
"""Words of a table's header cell."""
GENERIC = frozenset((
    "introduction", "overview", "background", "information", "general information", "more",
    "further information", "details", "other", "miscellaneous", "notes", "text", "section",
))  # fmt: skip
"""Headings that say nothing of what stands below them."""
_YOU = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_CALCULATE = re.compile(
    r"\b(?:multipl(?:y|ied)|divide[ds]?|subtract|add up|calculate|work out (?:the|your) (?:dose|"
    r"amount|total)|per (?:kg|kilogram)|for each kilogram)\b|/kg\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\d\s?(?:%|per ?cent\b)|\d[.,]\d")
_RATIO = re.compile(r"\b\d+ (?:person |people )?(?:in|out of) (?:every )?(\d+)", re.IGNORECASE)
_NUMBER = re.compile(r"\d")


def _found(evidence: Evidence, pattern: re.Pattern[str]) -> Iterator[Sentence]:
    return (each for each in evidence.level.sentences if pattern.search(each.text))


def everyday_language(evidence: Evidence) -> Finding:
    """Whether the figures of the formulas reach their goals."""
    scores = evidence.level.scores
    if not scores:
        return ask(evidence.level.why_none)
    told = ", ".join(f"{each.formula.name} {each.figure}, goal {each.aim}" for each in scores)
    return passed(f"{told}.") if evidence.level.good else failed(f"{told}.")


def terms_explained(evidence: Evidence) -> Finding:
    """Whether the glossary's words are explained where they first stand."""
    if early := evidence.level.jargon:
        first = early[0]
        more = f", and {len(early) - 1} more" if len(early) > 1 else ""
        return failed(f"“{first.term}” is used before it is explained{more}.", first.line)
    if evidence.text.glossary:
        count = len(evidence.text.glossary)
        return passed(f"Words of the glossary explained where they first stand: {count}.")
    return ask("The module has no glossary. Which words would a reader not know?")


def active_voice(evidence: Evidence) -> Finding:
    """Whether few sentences are in the passive voice."""
    level = evidence.level
    if level.passive is None:
        return ask("No rule is known here for the passive voice in this language.")
    told = f"{level.passive_share} % of the sentences are in the passive voice"
    most = evidence.rules.reading.passive
    if level.passive_share <= most:
        return passed(f"{told}; the goal is {most} % or less.")
    return failed(f"{told}; the goal is {most} % or less.", level.passive[0].line)


def numbers_clear(evidence: Evidence) -> Finding:
    """Whether numbers are whole, and ratios have one base."""
    if not any(_found(evidence, _NUMBER)):
        return passed("There are no numbers.")
    if odd := next(_found(evidence, _PERCENT), None):
        return failed("A percentage or a decimal; “3 in 10 people” is clearer.", odd.line)
    bases = {base: each for each in _found(evidence, _RATIO) for base in _RATIO.findall(each.text)}
    if len(bases) > 1:
        told = " and ".join(f"of {base}" for base in bases)
        return failed(f"Ratios with different bases: {told}.", list(bases.values())[1].line)
    return ask("There are numbers, whole ones. Will readers understand them?")


def no_calculation(evidence: Evidence) -> Finding:
    """Whether nothing asks the reader to calculate."""
    if not evidence.english:
        return ask("Must the reader calculate anything?")
    if asked := next(_found(evidence, _CALCULATE), None):
        return failed("The reader is asked to calculate.", asked.line)
    return passed("Nothing found that asks the reader to calculate.")


def short_sections(evidence: Evidence) -> Finding:
    """Whether sections, lists and paragraphs are short."""
    shape = evidence.shape
    for stretch in shape.stretches:
        if stretch.words > LONGEST_SECTION:
            told = f"{stretch.words} words under one heading; {LONGEST_SECTION} are enough."
            return failed(told, stretch.line)
    for listing in shape.lists:
        if listing.items > LONGEST_LIST:
            told = f"A list of {listing.items} items; {LONGEST_LIST} are enough."
            return failed(told, listing.line)
    return _paragraphs(evidence)


def _paragraphs(evidence: Evidence) -> Finding:
    for passage, count in Counter(each.passage for each in evidence.level.sentences).items():
        if count > LONGEST_PARAGRAPH:
            told = f"A paragraph of {count} sentences; {LONGEST_PARAGRAPH} are enough."
            return failed(told, passage.line)
    return passed("Sections, lists and paragraphs are short.")


def telling_headings(evidence: Evidence) -> Finding:
    """Whether there are headings, and each says what stands below it."""
    titled = [each for each in evidence.shape.stretches if each.title]
    if not titled:
        return failed("There are no headings.")
    for stretch in titled:
        if stretch.title.casefold().rstrip(".:") in GENERIC:
            return failed(f"“{stretch.title}” does not say what stands below it.", stretch.line)
    return passed(f"Headings: {len(titled)}, none of them empty of meaning.")


def visual_cues(evidence: Evidence) -> Finding:
    """Whether something draws attention to what matters."""
    shape = evidence.shape
    cues = {"boxes": shape.boxes, "lists": len(shape.lists), "words in bold": shape.bold}
    told = ", ".join(f"{name} ({count})" for name, count in cues.items() if count)
    return passed(f"There are {told}.") if told else failed("No box, list or bold word is there.")


def pictures_captioned(evidence: Evidence) -> Finding:
    """Whether every picture has a caption."""
    pictures = evidence.shape.pictures
    if bare := next((each for each in pictures if not each.caption), None):
        return failed("A picture without a caption.", bare.line)
    return passed("Every picture has a caption." if pictures else "There are no pictures.")


def tables_simple(evidence: Evidence) -> Finding:
    """Whether tables have few columns, with short heads."""
    for table in evidence.shape.tables:
        if table.columns > MOST_COLUMNS:
            told = f"A table of {table.columns} columns; {MOST_COLUMNS} are enough."
            return failed(told, table.line)
        long = next((each for each in table.heads if len(each.split()) > LONGEST_HEAD), "")
        if long:
            return failed(f"A long head of a column or row: “{long}”.", table.line)
    return passed("Tables are simple." if evidence.shape.tables else "There are no tables.")


def speaks_to_reader(evidence: Evidence) -> Finding:
    """Whether the text says “you”."""
    if not evidence.english:
        return ask("Does the leaflet speak to the reader?")
    count = sum(1 for _ in _found(evidence, _YOU))
    if not count:
        return failed("No sentence says “you”.")
    return passed(f"Sentences that say “you”: {count} of {len(evidence.level.sentences)}.")


def has_lists(evidence: Evidence) -> Finding:
    """Whether there is a list."""
    lists = evidence.shape.lists
    return passed(f"Lists: {len(lists)}.") if lists else failed("There is no list.")


def key_points_first(evidence: Evidence) -> Finding:
    """Whether the key points stand in the first section."""
    line = evidence.parts.line("key-points")
    if line is None:
        return failed("No box or heading has the key points.")
    titled = [each.line for each in evidence.shape.stretches if each.title]
    if len(titled) > 1 and line >= titled[1]:
        return failed("The key points do not stand in the first section.", line)
    return passed("The key points stand in the first section.", line)


def key_points_boxed(evidence: Evidence) -> Finding:
    """Whether the key points stand out."""
    line = evidence.parts.line("key-points")
    if line is None:
        return failed("No box or heading has the key points.")
    return passed("The key points stand out in a box or below a heading.", line)


def actions_active(evidence: Evidence) -> Finding:
    """Whether key points and what the reader can do are told in the active voice."""
    told = evidence.level.passive
    if told is None:
        return ask("No rule is known here for the passive voice in this language.")
    meant = {"key-points", "actions", "help"}
    if passive := next((each for each in told if meant & set(each.passage.roles)), None):
        return failed(f"In the passive voice: “{passive.text}”", passive.line)
    return passed("Key points and actions are in the active voice.")


def steps_listed(evidence: Evidence) -> Finding:
    """Whether what the reader can do is a list."""
    return _listed(evidence, "actions", "What the reader can do is a list.") or ask(
        "Is what the reader can do told step by step?"
    )


def questions_listed(evidence: Evidence) -> Finding:
    """Whether there is a list of questions to take along."""
    return _listed(evidence, "questions", "There is a list of questions to take along.") or ask(
        "Would a checklist, a diary or a list of questions help the reader?"
    )


def _listed(evidence: Evidence, role: str, told: str) -> Finding | None:
    """A finding that a part has a list, if it has one."""
    lists = evidence.shape.lists
    return next((passed(told, each.line) for each in lists if role in each.roles), None)


def sources_shown(evidence: Evidence) -> Finding:
    """Whether the leaflet prints what it is based on."""
    if not evidence.text.references and "sources" not in evidence.parts:
        return failed("The leaflet cites no source.")
    if evidence.rules.references != "print":
        return ask("The sources are given on request. Is that enough?")
    count = len(evidence.text.references)
    told = f"Cited sources: {count}." if count else "There is a part on the sources."
    return passed(told, evidence.parts.line("sources"))


def helpers_named(evidence: Evidence) -> Finding:
    """Whether the leaflet says where to find more help."""
    if evidence.module.facts.contact is not None:
        return passed("The leaflet says whom to contact.")
    return has_part("help", always=True)(evidence)


def purpose_told(evidence: Evidence) -> Finding:
    """Whether the leaflet says what it is for."""
    if purpose := evidence.module.facts.purpose:
        return passed(f"The facts say so: “{' '.join(purpose.split())}”")
    if line := evidence.parts.line("who"):
        return ask("There is a part on who it is for. Does it say what for?", line)
    return failed("Neither `purpose` in the facts nor a heading {.who} says so.")


def both_sides(evidence: Evidence) -> Finding:
    """Whether benefits and risks stand beside each other."""
    missing = [role for role in ("benefits", "risks") if role not in evidence.parts]
    if not missing:
        return passed("There are parts on benefits and risks.", evidence.parts.line("risks"))
    if len(missing) == 1 or evidence.parts.of_treatment:
        return failed(f"No heading has {{.{missing[0]}}}.")
    return ask("No part is marked as benefits or risks. Does the leaflet recommend anything?")


def chances_told(evidence: Evidence) -> Finding:
    """Whether chances in numbers are told in words too."""
    for pattern in (_PERCENT, _RATIO):
        if found := next(_found(evidence, pattern), None):
            return ask("Is this chance told in words or a picture too?", found.line)
    return passed("No chance is told in numbers.")


def numbers_explained(evidence: Evidence) -> Finding:
    """Whether numbers are explained."""
    if found := next(_found(evidence, _NUMBER), None):
        return ask("Does the leaflet say what its numbers mean?", found.line)
    return passed("There are no numbers.")


def with_picture(reason: str, none: Finding) -> Judge:
    """An item on pictures, for a person; the finding `none` where there are no pictures.

    Args:
        reason: what a person should look at.
        none: the finding on a leaflet without pictures.
    """

    def judge(evidence: Evidence) -> Finding:
        pictures = evidence.shape.pictures
        return ask(reason, pictures[0].line) if pictures else none

    return judge
