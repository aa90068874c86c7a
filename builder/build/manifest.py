"""`output/manifest.json`: what was published, with its stamps; the third place that carries them.

Only files that it names, or whose own stamp says whose they are, are ever removed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from builder.artifacts import kind_of
from builder.artifacts.edition import CLINICS
from builder.build.make import Result
from builder.build.plan import Job
from builder.module.stamp import Stamp
from builder.problems import Place, Problem, Rejected
from builder.workspace import digest, read_any, write_atomic

FILE = "manifest.json"
FORMAT = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One published artifact."""

    sha256: str
    stamp: Stamp
    paper: str = ""
    clinic: str = ""
    made_from: str = ""
    """The digest of everything that decided its bytes; empty where that is not known."""
    problems: tuple[Problem, ...] = ()
    """What was noticed when it was made: it still holds while nothing changes."""

    @property
    def series(self) -> str:
        """What its versions are counted for: the kind, and the language of a translation."""
        return f"{self.stamp.artifact} {self.stamp.language}"


@dataclass(slots=True)
class Manifest:
    """What `output/` holds."""

    artifacts: dict[str, dict[str, Entry]] = field(default_factory=dict)
    """By module and path under `output/`."""
    versions: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    """By module, version and what is counted for itself: the digest first published under it."""

    def publish(self, output: Path, job: Job, result: Result) -> None:
        """Put an artifact in place and note it.

        Raises:
            Rejected: the output folder cannot be written.
        """
        data = result.data or b""
        write_atomic(output / job.target, data)
        clinic = job.edition.clinic.id if job.edition.clinic else ""
        entry = Entry(
            *(digest(data), job.stamp, job.edition.paper, clinic),
            *(result.made_from, result.problems),
        )
        self.artifacts.setdefault(job.stamp.name, {})[job.target] = entry
        if job.stamp.status.holds:
            versions = self.versions.setdefault(job.stamp.name, {})
            versions.setdefault(job.stamp.version, {}).setdefault(entry.series, job.stamp.digest)

    def in_place(self, output: Path, job: Job) -> Entry | None:
        """The entry of a job's file, if that file is still the one that was published."""
        entry = self.artifacts.get(job.stamp.name, {}).get(job.target)
        return entry if entry and _is_still(output, job.target, entry) else None

    def changed_under_version(self, stamp: Stamp) -> bool:
        """Whether other content was published under the same version."""
        series = f"{stamp.artifact} {stamp.language}"
        first = self.versions.get(stamp.name, {}).get(stamp.version, {}).get(series)
        return first is not None and first != stamp.digest and stamp.status.holds

    def adopt(self, output: Path) -> None:
        """Note the files that are in place and bear a module's own stamp."""
        noted = {file for files in self.artifacts.values() for file in files}
        for path in _candidates(output):
            file = path.relative_to(output).as_posix()
            if file not in noted:
                self._adopt(path, file)

    def _adopt(self, path: Path, file: str) -> None:
        data = read_any(path)
        kind = kind_of(data)
        found = kind.writer.read_stamp(data) if kind else None
        folder = file.split("/")[0]
        if found and found.stamp and found.untouched and folder in (found.stamp.name, CLINICS):
            entry = Entry(digest(data), found.stamp)
            self.artifacts.setdefault(found.stamp.name, {})[file] = entry

    def withdraw(self, output: Path, name: str, file: str) -> None:
        """Remove an artifact that is no longer made, if it is still the file that was published."""
        entry = self.artifacts[name].pop(file)
        path = output / file
        if _is_still(output, file, entry):
            path.unlink()
            _remove_empty(output, path.parent)
        if not self.artifacts[name]:
            del self.artifacts[name]

    def to_json(self) -> str:
        """The manifest as text, the same for the same content."""
        artifacts = {
            name: {file: _values(entry) for file, entry in files.items()}
            for name, files in self.artifacts.items()
        }
        values = {"format": FORMAT, "artifacts": artifacts, "versions": self.versions}
        return json.dumps(values, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def read_manifest(output: Path) -> Manifest:
    """The manifest of an output folder; where it cannot be read, what the files themselves say."""
    try:
        values = json.loads(read_any(output / FILE))
        json.dumps(values, ensure_ascii=False).encode()  # what cannot be written was not ours
        if values["format"] == FORMAT:
            return _manifest(values)
    except (Rejected, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    manifest = Manifest()
    manifest.adopt(output)
    return manifest


def _manifest(values: dict[str, Any]) -> Manifest:
    return Manifest(
        {
            name: {file: _entry(each) for file, each in files.items()}
            for name, files in values["artifacts"].items()
        },
        {
            name: {version: dict(series) for version, series in versions.items()}
            for name, versions in values["versions"].items()
        },
    )


def write_manifest(output: Path, manifest: Manifest) -> None:
    """Write it last, when everything that it names is in place."""
    write_atomic(output / FILE, manifest.to_json().encode())


def _values(entry: Entry) -> dict[str, Any]:
    return {
        "sha256": entry.sha256,
        "stamp": json.loads(entry.stamp.to_json()),
        "paper": entry.paper,
        "clinic": entry.clinic,
        "made_from": entry.made_from,
        "problems": [asdict(problem) for problem in entry.problems],
    }


def _entry(values: dict[str, Any]) -> Entry:
    return Entry(
        str(values["sha256"]),
        Stamp.from_json(json.dumps(values["stamp"])),
        str(values["paper"]),
        str(values["clinic"]),
        str(values["made_from"]),
        tuple(_problem(each) for each in values["problems"]),
    )


def _problem(values: dict[str, Any]) -> Problem:
    return Problem(**{**values, "place": Place(**values["place"])})


def _candidates(output: Path) -> Iterator[Path]:
    """The files under an output folder that may be artifacts, in order; links are not followed."""
    patterns = ("*/*", f"{CLINICS}/*/*")
    found = {path for pattern in patterns for path in output.glob(pattern)}
    yield from sorted(path for path in found if path.is_file() and not path.is_symlink())


def _is_still(output: Path, file: str, entry: Entry) -> bool:
    path = output / file
    try:
        inside = path.resolve().is_relative_to(output.resolve())
        return inside and path.is_file() and digest(path.read_bytes()) == entry.sha256
    except OSError:
        return False


def _remove_empty(output: Path, folder: Path) -> None:
    """Remove a folder that nothing is left in, and those above it that hold nothing else."""
    while folder != output and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
