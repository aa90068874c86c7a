"""From what was found to jobs with their reasons; what is in place needs none."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from builder.build.ground import Ground
from builder.build.knowing.findings import Changes, Findings
from builder.build.knowing.trace import Piece, Trace
from builder.build.planning.leftovers import Leftover, Wanted, leftovers
from builder.build.planning.plan import Job, plan
from builder.build.planning.reasons import EDITED, MISSING, STRANGE, UNKNOWN, Known, reasons_for
from builder.build.publishing.manifest import Entry
from builder.module.library import is_sound

Plan = Mapping[str, tuple[Job, ...]]
"""The jobs of each module, in order."""


@dataclass(frozen=True, slots=True)
class Planner:
    """Says what there is to do for each module, and why."""

    ground: Ground
    found: Findings

    @property
    def names(self) -> Collection[str]:
        """The modules that are asked for."""
        request = self.ground.request
        names, changed = request.names or frozenset(self.found.everyone), request.changed
        if changed is None:
            return names
        cards = self.found.cards.items()
        return names & (changed | {name for name, card in cards if changed & {*card.neighbours}})

    def plan(self, names: Collection[str]) -> Plan:
        """The jobs for some modules, as far as it is known what can be made of them."""
        titles = {name: card.title for name, card in self.found.cards.items()}
        return {name: tuple(self._jobs(name, titles)) for name in self.found.seen if name in names}

    def _jobs(self, name: str, titles: Mapping[str, str]) -> Iterator[Job]:
        found, state = self.found, self.ground.state
        known = found.surveys.get(name) or found.traces[name]
        if not known.card or not is_sound(found.problems[name]):
            return
        trace = state.trace(name)
        before = Known(trace, self._now(name, trace), titles, state.environments)
        for job in plan(name, known.offers, known.card, titles, self.ground.asked):
            yield self._with_reasons(job, before)

    def _now(self, name: str, trace: Trace | None) -> Changes:
        """What files of a module are now that are not what they were, or were not read before."""
        changes, survey = self.found.changes.get(name, {}), self.found.surveys.get(name)
        if not survey or not trace:
            return changes
        held = ((path, survey.read[path]) for path in survey.read.keys() - trace.read.keys())
        return {**changes, **{path: seen for path, seen in held if seen and path[-1] != "/"}}

    def _with_reasons(self, job: Job, before: Known) -> Job:
        piece = before.trace.pieces.get(job.target) if before.trace else None
        entry = self.ground.manifest.entry(job)
        place = self._place(job, entry, piece)
        reasons = reasons_for(job, before, self.ground.environment, place)
        return replace(
            job,
            known=entry.made_from if entry and place in ("", UNKNOWN) else "",
            reasons=reasons,
            missed=piece.made_from if piece and place and reasons == (place,) else "",
            seconds=piece.seconds if piece else 0,
        )

    def _place(self, job: Job, entry: Entry | None, piece: Piece | None) -> str:
        """What is wrong with the file in place of a job's; empty where nothing is."""
        if not self.ground.sight.is_there(job.target):
            return MISSING
        if not entry or not self.ground.sight.is_in_place(job.target, entry.sha256):
            return EDITED if entry else STRANGE
        return UNKNOWN if piece and entry.made_from != piece.made_from else ""

    def leftovers(self, jobs: Collection[Job]) -> tuple[Leftover, ...]:
        """What is to be taken away.

        Args:
            jobs: all jobs for the modules that are asked for.
        """
        ground, found = self.ground, self.found
        wanted = Wanted(
            names=self.names,
            files=frozenset(job.target for job in jobs),
            problems=found.problems,
            withheld=found.withheld,
            recipients=ground.recipients,
            settings=ground.request.settings,
            settled=found.settled,
            kinds=ground.request.kinds,
        )
        return tuple(leftovers(ground.manifest, wanted))
