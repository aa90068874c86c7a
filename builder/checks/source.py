"""Checks on one module's facts: dates, life, declarations, credit."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from typing import Any

from builder.fields import Path
from builder.module.facts import FILE
from builder.module.language import Language
from builder.module.lifecycle import Status, add_months, life_of, reviewed_on
from builder.module.model import Facts, Interest, Module
from builder.module.read import BOTH
from builder.module.text import Text
from builder.module.values import Kind, months_of
from builder.module.yaml_text import place_of
from builder.problems import Place, Problem
from builder.settings import Profile
from builder.skeleton import PLACEHOLDERS, STOCK

Check = Callable[[Module, Profile], Iterator[Problem]]
ALIKE = 0.9
"""How much of two titles is the same, from 0 to 1, for one to repeat the other."""
_REVIEW = "Review it and move `reviewed`, `expires` and `version`, or withdraw it."


def check_module(module: Module, rules: Profile, day: datetime.date) -> Iterator[Problem]:
    """Everything that the tables find wrong with a module; its status counts on the day."""
    for check in CHECKS:
        yield from check(module, rules)
    yield from _status_noticed(module, rules, day)
    if module.translations:
        from builder.checks.translation import translations_ending

        yield from translations_ending(module, rules, day)


def _at(module: Module, *path: str | int) -> Place:
    return place_of(module.folder.label(FILE), module.positions, path)


def dates_in_order(module: Module, rules: Profile) -> Iterator[Problem]:
    """Published and reviewed < next_review < expires; published <= updated and withdrawn."""
    facts = module.facts
    for name in ("updated", "next_review"):
        day = getattr(facts, name)
        if day and day < facts.published:
            yield _order(module, (name,), f"{name} ({day}) is before published ({facts.published})")
    if facts.withdrawn and facts.withdrawn.on < facts.published:
        message = f"withdrawn.on ({facts.withdrawn.on}) is before published ({facts.published})"
        yield _order(module, ("withdrawn", "on"), message)
    expires = life_of(facts, rules).expires
    key = ("expires",) if facts.expires else ("published",)
    start = max(facts.published, reviewed_on(facts))
    if expires <= start:
        message = f"It expires ({expires}) before it is published or reviewed ({start})"
        yield _order(module, key, message)
    if facts.next_review and facts.next_review >= expires:
        message = f"next_review ({facts.next_review}) is not before the expiry ({expires})"
        yield _order(module, ("next_review",), message)


def one_expiry(module: Module, rules: Profile) -> Iterator[Problem]:
    """Either `expires` or `valid_for`, not both."""
    facts = module.facts
    if facts.expires and facts.valid_for:
        counted = add_months(reviewed_on(facts), _months(facts))
        message = f"Both expires ({facts.expires}) and valid_for (until {counted}) are given."
        yield Problem("dates-order", message, _at(module, "valid_for"), "Keep one of them.")


def life_within_profile(module: Module, rules: Profile) -> Iterator[Problem]:
    """No longer from the last review to the expiry than the profile allows for the kind."""
    facts = module.facts
    longest = rules.longest_life
    months = longest.e_learning if facts.kind is Kind.E_LEARNING else longest.leaflet
    last = add_months(reviewed_on(facts), months)
    expires = life_of(facts, rules).expires
    if expires > last:
        key = "expires" if facts.expires else "valid_for" if facts.valid_for else "published"
        message = (
            f"The module would hold until {expires}; the profile allows {facts.kind} "
            f"{months} months from its last review, until {last}."
        )
        hint = "Review it and give the day as `reviewed`, or shorten its life."
        yield Problem("life-too-long", message, _at(module, key), hint)


def declarations_fresh(module: Module, rules: Profile) -> Iterator[Problem]:
    """A declaration is not older than the profile says when the module is reviewed."""
    start = reviewed_on(module.facts)
    for number, person in enumerate(module.facts.people):
        signed = person.declared_on
        if signed and add_months(signed, rules.declaration_age) < start:
            age = f"more than {rules.declaration_age} months before {start}"
            message = f"{person.name} signed on {signed}, {age}."
            place = _at(module, "people", number, "declared_on")
            yield Problem("interests-old", message, place, "Ask for a new declaration.")
        for at, tie in enumerate(person.ties):
            if _before(tie, signed or start, rules.look_back):
                message = (
                    f"The tie to {tie.company} ended in {tie.until}, "
                    f"before the {rules.look_back} months that count."
                )
                place = _at(module, "people", number, "interests", at)
                yield Problem("interests-old", message, place, "It need not be declared any more.")


def interest_periods(module: Module, rules: Profile) -> Iterator[Problem]:
    """A tie does not end before it begins."""
    for number, person in enumerate(module.facts.people):
        for at, tie in enumerate(person.ties):
            if tie.since and tie.until and _last_day(tie.until) < _last_day(tie.since):
                message = (
                    f"The tie to {tie.company} ends ({tie.until}) before it begins ({tie.since})"
                )
                yield _order(module, ("people", number, "interests", at), message)


def feedback_given(module: Module, rules: Profile) -> Iterator[Problem]:
    """Readers must be able to say what they think (NHS standard for health content)."""
    if not (module.facts.feedback.email or module.facts.feedback.url):
        message = "feedback needs an `email` or a `url`."
        yield Problem("field-missing", message, _at(module, "feedback"))


def nothing_left_to_fill_in(module: Module, rules: Profile) -> Iterator[Problem]:
    """The words that `leafdeck new` wrote are gone before the module may be used."""
    if module.facts.draft or module.facts.sample:
        return
    values = module.facts.model_dump()
    for path, words in PLACEHOLDERS.items():
        found: Any = values
        for key in path:
            found = found[key] if found else None
        if found == words:
            yield _left(words, _at(module, *path))
    for text in module.texts.values():
        for line, words in _stock(text):
            yield _left(words, Place(text.path, line))


def _left(words: str, place: Place) -> Problem:
    message = f"“{words}” is what `leafdeck new` wrote."
    return Problem("placeholder-left", message, place, "Write your own, or keep `draft: yes`.")


def _stock(text: Text) -> Iterator[tuple[int, str]]:
    """What `leafdeck new` wrote into a text, each with its line."""
    for section in text.sections:
        if section.title in STOCK:
            yield section.line, section.title
        markup = section.body + section.notes
        for words in STOCK:
            before, found, _ = markup.partition(f">{words}<")
            if found:
                lines = re.findall(r'data-line="(\d+)"', before)
                yield int(lines[-1]) if lines else section.line, words


def title_once(module: Module, rules: Profile) -> Iterator[Problem]:
    """No text repeats the module's title, which stands above it; a leaflet has no parts."""
    localised = (each for texts in module.translations.values() for each in texts.values())
    for each in (module, *localised):
        for artifact, text in each.texts.items():
            first = text.sections[0] if text.sections else None
            if first is None or first.level != 1:
                continue
            title, place = first.title.striptags(), Place(text.path, first.line)
            if _is_alike(title, each.facts.title):
                message = (
                    f"“{title}” is the module's title, which is printed above the text already."
                )
                yield Problem("title-twice", message, place, "Delete this line.")
            elif artifact == "leaflet" and not first.body and not text.path.endswith(BOTH):
                message = f"“{title}” stands below the module's title, with nothing under it."
                hint = (
                    "Delete this line; the title is the one in module.yaml. Sections begin with ##."
                )
                yield Problem("title-twice", message, place, hint)


def _is_alike(one: str, other: str) -> bool:
    """Whether two titles are the same but for a slip, signs or capitals."""
    bare, plain = (" ".join(re.findall(r"\w+", each.casefold())) for each in (one, other))
    return SequenceMatcher(None, bare, plain).ratio() >= ALIKE


def credit_within_life(module: Module, rules: Profile) -> Iterator[Problem]:
    """Credit is not granted for longer than the module holds."""
    credit, expires = module.facts.credit, life_of(module.facts, rules).expires
    if credit and credit.valid_until and credit.valid_until > expires:
        message = f"credit.valid_until ({credit.valid_until}) is after the expiry ({expires})"
        yield _order(module, ("credit", "valid_until"), message)


def language_has_words(module: Module, rules: Profile) -> Iterator[Problem]:
    """The stamp speaks the module's language and those of its translations, or says so."""
    places = {module.facts.language: _at(module, "language")}
    for tag, texts in module.translations.items():
        places[tag] = Place(next(iter(next(iter(texts.values())).texts.values())).path)
    for tag, place in places.items():
        if not Language(tag).has_words:
            message = f"The stamp has no words in “{tag}” yet; it is written in English."
            hint = "CONTRIBUTING.md says how a language is added."
            yield Problem("language-words", message, place, hint)


def translated_well(module: Module, rules: Profile) -> Iterator[Problem]:
    """Each translation says what the module says; few modules have one."""
    if module.translations:
        from builder.checks.translation import translations_hold

        yield from translations_hold(module, rules)


CHECKS: tuple[Check, ...] = (
    dates_in_order,
    one_expiry,
    life_within_profile,
    declarations_fresh,
    interest_periods,
    feedback_given,
    nothing_left_to_fill_in,
    title_once,
    credit_within_life,
    language_has_words,
    translated_well,
)


def _status_noticed(module: Module, rules: Profile, day: datetime.date) -> Iterator[Problem]:
    """A status that an author may not expect."""
    life = life_of(module.facts, rules)
    status = life.status(day)
    if status is Status.EXPIRED:
        withheld = rules.expired == "refuse"
        what = "it is withheld behind a notice" if withheld else "every slide and page says so"
        message = f"The module expired on {life.expires}; {what}."
        yield Problem("module-expired", message, _at(module, "expires"), _REVIEW)
    elif status is Status.REVIEW_DUE:
        message = f"A review has been due since {life.review_due}; it expires on {life.expires}."
        yield Problem("review-due", message, _at(module, "expires"), _REVIEW)
    elif status is Status.DRAFT and not module.facts.draft:
        message = f"The module is marked as a draft until it is published ({life.published})."
        yield Problem("not-published-yet", message, _at(module, "published"))


def _order(module: Module, path: Path, message: str) -> Problem:
    return Problem("dates-order", f"{message}.", _at(module, *path))


def _months(facts: Facts) -> int:
    return months_of(facts.valid_for or "0 months")


def _before(tie: Interest, day: datetime.date, look_back: int) -> bool:
    return bool(tie.until) and add_months(_last_day(tie.until or ""), look_back) < day


def _last_day(partial: str) -> datetime.date:
    """The last day of a year, a month or a day written in part."""
    year, *rest = (int(part) for part in partial.split("-"))
    month = rest[0] if rest else 12
    if len(rest) == 2:
        return datetime.date(year, month, rest[1])
    return add_months(datetime.date(year, month, 1), 1) - datetime.timedelta(days=1)
