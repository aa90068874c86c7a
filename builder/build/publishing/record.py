"""What a build leaves behind for the next: manifest, state, and what a glance is to see."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping

from builder.build.ground import Ground
from builder.build.knowing.calm import Calm
from builder.build.knowing.findings import Findings
from builder.build.knowing.trace import Trace
from builder.build.publishing import manifest, sums
from builder.build.publishing.idle import FILE, Glance, Told, programs
from builder.build.publishing.state import write_state
from builder.workspace import Row, digest, remove, write_atomic
from builder.workspace.glance import GONE, packed

TICK = 0.06
"""Seconds after which the stamp of a file that was written can be trusted: see `Fingerprints`."""
BESIDE = (manifest.FILE, sums.FILE)
"""What else is under the output folder."""


class Record:
    """Writes what a build leaves behind, in the order in which it is to be believed.

    Raises:
        Rejected: each method, where the folder cannot be written.
    """

    def __init__(self, ground: Ground, found: Findings, calm: Calm | None = None) -> None:
        self._ground = ground
        self._found = found
        self._calm = calm
        self._output = ground.request.output
        self._sight = ground.sight
        self._rows: list[Row] = []

    def write_manifest(self) -> None:
        """Write the manifest and the sums, where they say anything new."""
        self._write(sums.FILE, sums.sums(self._ground.manifest))
        self._write(manifest.FILE, self._ground.manifest.to_json().encode())

    def differing(self) -> Iterator[str]:
        """The files that tell of the others, where they are not what they would be written as."""
        told = self._ground.manifest
        held = {sums.FILE: sums.sums(told), manifest.FILE: told.to_json().encode()}
        for file, data in held.items() if told.artifacts else ():
            if not self._sight.is_in_place(file, digest(data)):
                yield file

    def _write(self, file: str, data: bytes) -> None:
        if not self._sight.is_in_place(file, digest(data)):
            write_atomic(self._output / file, data)
            self._sight.wrote(file)

    def share(self) -> None:
        """Let other builds find what was noted of the modules that were read."""
        if self._ground.shared:
            for name, trace in self._traces():
                if name in self._found.surveys:
                    self._ground.shared.keep(name, trace)

    def write_state(self) -> None:
        """Write what spares the next build its reading."""
        if self._sight.has_written:
            time.sleep(TICK)
        logs = (self._ground.request.project.log, *(trace.read for _, trace in self._traces()))
        looked = (path for log in logs for path in self._sight.paths(log))
        files = (*self._ground.manifest.files(self._found.seen), *BESIDE)
        rows = (*self._sight.rows((*looked, *programs()), files), self._unmarked())
        kept = self._sight.rows(self._calm.paths, ()) if self._calm else ()
        self._rows = list({row[0]: row for row in (*kept, *rows)}.values())
        self._ground.state.rows = self._rows
        write_state(self._output, self._ground.state)

    def write_traces(self) -> None:
        """The same without looking at all files: those written since are looked at next time."""
        write_state(self._output, self._ground.state)

    def write_glance(self, told: Mapping[str, Told], *, settled: bool) -> None:
        """Write what a glance is to see; nothing where a further build would do more.

        Args:
            told: what another build would tell, by module.
            settled: whether it would find nothing to do.
        """
        asked, path = self._ground.request.asked, self._output / FILE
        if not (settled and asked and self._is_as_read()):
            remove(path)
            return
        first, last = self._days()
        paths = tuple(row[0] for row in self._rows)
        stamps = packed([row[1:6] for row in self._rows])
        glance = Glance(asked, first, last, told, self._found.everyone, paths, stamps)
        write_atomic(path, glance.to_bytes())

    def end(self) -> None:
        """Say that the build is no longer under way: the last thing that it does."""
        manifest.end(self._output)

    def _unmarked(self) -> Row:
        """That no build is under way, which will be so when all is written."""
        ((path, *_),) = self._sight.rows((), [manifest.UNDER_WAY])
        return (path, *GONE, None)

    def _is_as_read(self) -> bool:
        """Whether nothing was changed while it was being built."""
        read = (trace.read for name, trace in self._traces() if name in self._found.surveys)
        logs = (self._ground.request.project.log, *read)
        return not any(self._sight.changed(log) for log in logs)

    def _days(self) -> tuple[str, str]:
        """The first and the last day for which all findings hold."""
        holds = [trace.holds for _, trace in self._traces()]
        first = [each.isoformat() for each, _ in holds if each]
        last = [each.isoformat() for _, each in holds if each]
        if self._calm:
            first.append(self._calm.seen.last.first)
            last += filter(None, [self._calm.seen.last.last])
        return max(first, default=""), min(last, default="")

    def _traces(self) -> Iterator[tuple[str, Trace]]:
        for name in self._found.seen:
            trace = self._ground.state.trace(name)
            if trace:
                yield name, trace
