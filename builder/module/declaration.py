"""The declaration of interest in sentences: who has ties, who has none, who paid.

What it must say: ACCME Standards for Integrity and Independence, 3.5 (names of the people, names of
the companies, nature of each tie, that it was mitigated; no sums, no logos). Each sentence is whole
in the message catalogues, because other languages put its parts in another order.
"""

from __future__ import annotations

from collections.abc import Iterator

from builder.module.language import Language
from builder.module.model import Facts, Funder, Interest, Mitigation, Person
from builder.module.values import Nature


def declaration(facts: Facts) -> Iterator[str]:
    """The declaration of interest in the module's language, in the order of the people.

    Names and the author's own words stand in it as they were written.
    """
    words = Language(facts.language)
    for person in facts.people:
        if person.ties:
            yield words.sentences(_person(person, words))
    free = [person.name for person in facts.people if not person.ties]
    if free:
        names = words.listed(free)
        yield words.gettext("No relevant financial relationships: %(names)s.", names=names)
    yield _funding(facts, words)


def _person(person: Person, words: Language) -> Iterator[str]:
    roles = words.listed(words.pgettext("role", role) for role in person.roles)
    ties = words.parted(_tie(tie, words) for tie in person.ties)
    name = person.name
    yield words.gettext("%(name)s (%(roles)s): %(ties)s.", name=name, roles=roles, ties=ties)
    if person.mitigation:
        yield _mitigated(person.mitigation, words)
    if person.declared_on:
        yield words.gettext("Declared on %(date)s.", date=words.date(person.declared_on))


def _mitigated(done: Mitigation, words: Language) -> str:
    more = [*filter(None, (done.by, words.date(done.date) if done.date else None))]
    if not more:
        return words.gettext("Mitigated: %(method)s.", method=done.method)
    more_words = words.told(more)
    return words.gettext("Mitigated: %(method)s (%(more)s).", method=done.method, more=more_words)


def _tie(tie: Interest, words: Language) -> str:
    values = {"company": tie.company, "nature": _nature(tie, words), "period": _period(tie, words)}
    if tie.paid_to == "self":
        return words.gettext("%(company)s, %(nature)s, paid to the person (%(period)s)", **values)
    if tie.paid_to == "institution":
        return words.gettext(
            "%(company)s, %(nature)s, paid to the institution (%(period)s)", **values
        )
    return words.gettext("%(company)s, %(nature)s (%(period)s)", **values)


def _nature(tie: Interest, words: Language) -> str:
    """The nature, and the author's own words where they add to it."""
    nature = words.pgettext("nature", tie.nature)
    if not tie.detail:
        return nature
    told = tie.nature is Nature.OTHER or nature.lower() in tie.detail.lower()
    if told:
        return tie.detail
    return words.piece(words.gettext("%(nature)s: %(detail)s", nature=nature, detail=tie.detail))


def _period(tie: Interest, words: Language) -> str:
    if tie.period:
        return words.gettext("period not stated")
    since, until = (day and words.partial_date(day) for day in (tie.since, tie.until))
    if not until:
        return words.gettext("since %(since)s", since=since)
    if not since:
        return words.gettext("until %(until)s", until=until)
    return words.gettext("%(since)s to %(until)s", since=since, until=until)


def _funding(facts: Facts, words: Language) -> str:
    if facts.funding == "none":
        return words.gettext("Funding: none.")
    funders = words.parted(_funder(each, words) for each in facts.funding)
    return words.gettext("Funding: %(funders)s.", funders=funders)


def _funder(funder: Funder, words: Language) -> str:
    told = funder.role == "none"
    role = words.pgettext("role in the content", "none") if told else funder.role
    values = {"source": funder.source, "kind": funder.kind, "role": role}
    if funder.kind and role:
        return words.gettext("%(source)s, %(kind)s (role in the content: %(role)s)", **values)
    if role:
        return words.gettext("%(source)s (role in the content: %(role)s)", **values)
    return words.gettext("%(source)s, %(kind)s", **values) if funder.kind else funder.source
