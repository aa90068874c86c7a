"""What is known of every module of a project on a day: from the last build, or read again."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from builder.build.executors import Executor
from builder.build.knowing.calm import Calm
from builder.build.knowing.environment import Environment
from builder.build.knowing.rehearsal import Rehearsal
from builder.build.knowing.shared import Shared
from builder.build.knowing.survey import Survey
from builder.build.knowing.trace import Trace, trace_of
from builder.build.making.make import Workshop
from builder.build.making.works import Reading, Rehearsing
from builder.build.planning.plan import Asked
from builder.build.publishing.state import State
from builder.checks.project import check_project, claims_of, rivals_of
from builder.module.library import Card, label_of, module_names
from builder.problems import Place, Problem, Problems
from builder.workspace import UNSURE, Folder, digest

Changes = Mapping[str, str | None]
"""What files are now, by name; those that are what they were are left out."""


@dataclass(slots=True)
class Findings:
    """What is known of the modules."""

    everyone: tuple[str, ...]
    """All that there are, by folder."""
    traces: dict[str, Trace] = field(default_factory=dict)
    """What was noted of those of which all that they follow from is the same."""
    changes: dict[str, Changes] = field(default_factory=dict)
    """Of the others: what their files are now."""
    surveys: dict[str, Survey] = field(default_factory=dict)
    """Those that were read this time."""
    problems: dict[str, Problems] = field(default_factory=dict)
    sources: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    """The problems of those that were read, before anything was made of them."""
    settled: dict[str, Card | None] = field(default_factory=dict)
    """The cards of those that are as they were left, and are not looked at."""

    @property
    def cards(self) -> dict[str, Card]:
        """What modules say that others ask of them."""
        known = ((name, (self.surveys.get(name) or self.traces[name]).card) for name in self.seen)
        return {name: card for name, card in (*self.settled.items(), *known) if card}

    @property
    def seen(self) -> tuple[str, ...]:
        """The modules that were looked at, in order."""
        return tuple(name for name in self.everyone if name in self.traces or name in self.surveys)

    @property
    def withheld(self) -> frozenset[str]:
        """The modules of which there is nothing to hand out."""
        return frozenset(
            name for name in self.seen if (self.surveys.get(name) or self.traces[name]).withheld
        )


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds out about modules; reads only those that it must."""

    project: Folder
    workshop: Workshop
    asked: Asked
    environment: Environment
    state: State
    executor: Executor
    day: datetime.date
    changed: Callable[[Mapping[str, str | None]], Changes]
    """Which of some files are not what they were."""
    shared: Shared | None = None
    """What other builds noted, if there is a cache."""
    tells: bool = False
    """Whether everything is rehearsed and told; else only what is broken."""
    rehearses: bool = True
    """Whether there is a theme to rehearse with."""

    def find(self) -> Findings:
        """What is known without reading more than was changed."""
        found = Findings(module_names(self.project))
        for name in found.everyone:
            self._recall(name, self.state.trace(name), found)
        return self._completed(found)

    def find_touched(self, calm: Calm) -> Findings:
        """The same where but a few modules were touched; others only where that concerns them."""
        found = Findings(calm.everyone)
        for name, told in calm.told.items():
            found.settled[name] = self.state.card(name)
            found.problems[name] = Problems(told.problems)
        for name in calm.touched:
            self._recall(name, self.state.trace(name), found)
        found = self._completed(found)
        concerned = frozenset(self._concerned(found))
        return self.find_touched(calm.but(concerned)) if concerned else found

    def _concerned(self, found: Findings) -> Iterator[str]:
        """The settled modules that name one which is not what it was, or claim the same id."""
        cards = found.cards
        pairs = [(name, cards.get(name), self.state.card(name)) for name in found.seen]
        other = {name for name, new, old in pairs if new != old}
        claimed = {card.id for name, *both in pairs if name in other for card in both if card}
        for name, card in found.settled.items():
            if card and (card.id in claimed or not other.isdisjoint(card.neighbours)):
                yield name

    def find_again(self, everyone: tuple[str, ...], touched: Collection[str]) -> Findings:
        """The same where it is known which modules were touched; no other is looked at.

        Args:
            everyone: all modules that there are.
            touched: those that may not be what was noted of them.
        """
        found = Findings(everyone)
        for name in everyone:
            trace = self.state.trace(name)
            if trace is None or name in touched:
                self._recall(name, trace, found)
            else:
                found.traces[name], found.problems[name] = trace, Problems(trace.problems)
        return self._completed(found)

    def _completed(self, found: Findings) -> Findings:
        """The findings, after reading what nothing is known of, and whom that concerns."""
        if self.shared:
            self._ask(self.shared, found)
        known = {**found.traces, **found.settled}
        self.read([name for name in found.everyone if name not in known], found)
        self.read(list(self._disturbed(found)), found)
        return found

    def _ask(self, shared: Shared, found: Findings) -> None:
        """Ask what other builds noted of the modules that were changed."""
        known = {**found.traces, **found.settled}
        missing = [name for name in found.everyone if name not in known]
        for name, trace in shared.find(missing):
            self._recall(name, trace, found)
            if name in found.traces:
                self.state.note(name, trace)

    def _recall(self, name: str, trace: Trace | None, found: Findings) -> None:
        """Take what was noted of a module, if everything that it follows from is the same."""
        if trace is None:
            return
        changes = self.changed(trace.read)
        found.changes.setdefault(name, changes)
        problems = Problems(trace.problems)
        if not changes and trace.on(self.day) and trace.basis == self._basis(problems):
            found.traces[name] = trace
            found.problems[name] = problems

    def _basis(self, problems: Problems) -> str:
        """The digest of what decides the problems of a module beside its files."""
        if not problems.errors and not self.tells:
            return self.environment.rules
        asked = (self.asked.settings.leaflet, self.asked.clinics, self.tells)
        return digest(f"{self.environment.id} {asked!r}".encode())

    def _disturbed(self, found: Findings) -> Iterator[str]:
        """The modules whose neighbours are not what they were."""
        cards = found.cards
        claims = claims_of(cards)
        for name, trace in found.traces.items():
            titles = {
                each: cards[each].title if each in cards else None for each in trace.neighbours
            }
            rivals = rivals_of(name, trace.card, claims) if trace.card else ()
            if titles != trace.neighbours or rivals != trace.rivals:
                yield name

    def read(self, names: Collection[str], found: Findings) -> None:
        """Read and check some modules again."""
        work = Reading(self.workshop.root, self.asked.settings.rules, self.day)
        for name, result in self.executor.run(work, tuple(names), cost=_even, lost=_lost):
            found.surveys[name] = result
            found.problems[name] = Problems(result.problems)
        cards = found.cards
        claims = claims_of(cards)
        for name in names:
            if name in cards:
                problems = check_project(name, cards[name], found.everyone, claims)
                found.problems[name].extend(problems)
        self._rehearse(names, found)
        found.sources.update((name, tuple(found.problems[name])) for name in names)

    def _rehearse(self, names: Collection[str], found: Findings) -> None:
        if not self.rehearses:
            return
        wanted = [name for name in names if self.tells or found.problems[name].errors]
        titles = {name: card.title for name, card in found.cards.items()}
        work = Rehearsing(Rehearsal(self.workshop, self.asked, titles, self.tells))
        jobs = tuple(
            replace(found.surveys[name], problems=tuple(found.problems[name])) for name in wanted
        )
        for job, problems in self.executor.run(work, jobs, cost=_even, lost=_unheard):
            found.problems[job.name].extend(problems)

    def traces(self, found: Findings) -> Iterator[tuple[str, Trace]]:
        """What is to be noted of the modules that were read."""
        cards = found.cards
        claims, titles = claims_of(cards), {name: card.title for name, card in cards.items()}
        for name, read in found.surveys.items():
            rivals = rivals_of(name, read.card, claims) if read.card else ()
            problems = found.sources[name]
            basis = self._basis(Problems(problems))
            yield name, trace_of(read, problems, basis, rivals, titles)


def _even(job: object) -> float:
    return 1


def _lost(name: str, why: str) -> Survey:
    """What stands for a module whose worker did not live to tell."""
    message = f"The module could not be read: {why}."
    hint = "The rest was built. If it happens again, please report it with the module."
    problem = Problem("module-failed", message, Place(label_of(name)), hint)
    return Survey(
        name, None, (problem,), (), (), False, b"", {label_of(name): UNSURE}, (None, None)
    )


def _unheard(found: Survey, why: str) -> tuple[Problem, ...]:
    message = f"What making the module would find could not be told: {why}."
    return (Problem("module-failed", message, Place(label_of(found.name))),)
