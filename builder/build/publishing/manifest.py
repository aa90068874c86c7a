"""`output/manifest.json`: what was published, with its stamps; the third place that carries them.

Only files that it names, or whose own stamp says whose they are, are ever removed.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from builder.artifacts import KINDS, kind_of
from builder.artifacts.edition import CLINICS
from builder.build.making.make import Result
from builder.build.planning.plan import Job
from builder.build.publishing.lines import Lines
from builder.module.stamp import Stamp
from builder.problems import Place, Problem, Rejected, Severity
from builder.workspace import (
    MEGABYTE,
    digest,
    read_any,
    remove,
    remove_unfinished,
    write_atomic,
)
from builder.workspace.folder import is_plain

FILE = "manifest.json"
FORMAT = 2
LARGEST = 1024 * MEGABYTE
"""Bytes of a manifest: a file takes about 1,200 of them."""
HEAD = f'"format": {FORMAT}'
NAME = re.compile(r'("(?:[^"\\]|\\.)*"): ')
"""Begins the line of a module."""
UNDER_WAY = ".leafdeck-under-way"
"""Lies in the output folder while a build writes into it; a build that is killed leaves it."""


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

    artifacts: MutableMapping[str, dict[str, Entry]] = field(default_factory=dict)
    """By module and path under `output/`."""
    versions: MutableMapping[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    """By module, version and what is counted for itself: the digest first published under it."""

    def publish(self, output: Path, job: Job, result: Result) -> None:
        """Put an artifact in place and note it.

        Raises:
            Rejected: the output folder cannot be written, or a link leads out of it.
        """
        path = output / job.target
        if not _is_in(output, path.parent):
            message = f"{path.name} cannot be written: a folder on the way to it is a link."
            hint = "Remove the link; what it leads to is left alone."
            raise Rejected(Problem("output-unwritable", message, Place(str(path)), hint))
        write_atomic(path, result.data or b"")
        self.renew(job, result)

    def renew(self, job: Job, result: Result) -> None:
        """Note an artifact that is in place."""
        sha256 = digest(result.data or b"")
        entry = _of(job, Entry(sha256, job.stamp, "", "", result.made_from, result.problems))
        self.artifacts.setdefault(job.stamp.name, {})[job.target] = entry
        if job.stamp.status.holds:
            versions = self.versions.setdefault(job.stamp.name, {})
            versions.setdefault(job.stamp.version, {}).setdefault(entry.series, job.stamp.digest)

    def files(self, names: Iterable[str]) -> tuple[str, ...]:
        """The files of some modules, in order."""
        return tuple(file for name in names for file in sorted(self.artifacts.get(name, {})))

    def digests(self) -> dict[str, str]:
        """The SHA-256 of each file that it names."""
        table = self.artifacts
        if not isinstance(table, Lines):
            return {f: each.sha256 for files in table.values() for f, each in files.items()}
        plain = (table.plain(name).items() for name in table)
        return {file: each["sha256"] for files in plain for file, each in files}

    def entry(self, job: Job) -> Entry | None:
        """What is noted of a job's file."""
        return self.artifacts.get(job.name, {}).get(job.target)

    def keep(self, job: Job) -> Entry:
        """The entry of a job whose file is in place, with what the job says of it."""
        files = self.artifacts[job.stamp.name]
        files[job.target] = _of(job, files[job.target])
        return files[job.target]

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
        try:
            data = read_any(path)
        except Rejected:  # such as one too large to be ours
            return
        kind = kind_of(data)
        found = kind.writer.read_stamp(data) if kind else None
        folder = file.split("/")[0]
        if found and found.stamp and found.untouched and folder in (found.stamp.name, CLINICS):
            entry = Entry(digest(data), found.stamp, clinic=clinic_of(file))
            self.artifacts.setdefault(found.stamp.name, {})[file] = entry

    def withdraw(self, output: Path, name: str, file: str) -> None:
        """Remove an artifact that is no longer made, if it is still the file that was published.

        Raises:
            Rejected: it cannot be removed.
        """
        if _is_still(output, file, self.artifacts[name][file]):
            remove(output / file)
        _remove_empty(output, (output / file).parent)
        del self.artifacts[name][file]
        if not self.artifacts[name]:
            del self.artifacts[name]

    def to_json(self) -> str:
        """The manifest as text, the same for the same content; one line tells of one module."""
        tables = (
            f'"artifacts": {_text_of(self.artifacts, _plain_files)}',
            f'"versions": {_text_of(self.versions, dict)}',
        )
        return "{\n" + ",\n".join((HEAD, *tables)) + "\n}\n"


def _text_of(table: MutableMapping[str, Any], plain: Callable[[Any], Any]) -> str:
    if isinstance(table, Lines):
        return table.text()
    held = Lines({}, lambda name, values: values, plain)
    held.update(table)
    return held.text()


def _plain_files(files: dict[str, Entry]) -> dict[str, Any]:
    return {file: _values(entry) for file, entry in files.items()}


def begin(output: Path, *, believed: bool = False) -> Manifest:
    """The manifest of a folder that is about to be built into.

    A build that was killed has put files in place that its manifest does not name.

    Args:
        output: the folder.
        believed: whether a glance showed that nobody touched the manifest since it was written.
    """
    manifest = (_glimpsed(output) if believed else None) or read_manifest(output)
    if os.path.lexists(output / UNDER_WAY):
        remove_unfinished(output)
        manifest.adopt(output)
    return manifest


def mark(output: Path) -> None:
    """Note that files are being put in place that the manifest does not name yet; see `end`."""
    with contextlib.suppress(OSError):  # it is there, or whoever writes the first file tells why
        output.mkdir(parents=True, exist_ok=True)
        os.close(os.open(output / UNDER_WAY, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))


def _glimpsed(output: Path) -> Manifest | None:
    """The manifest as we wrote it, read where it is asked; None where it is not as we write."""
    with contextlib.suppress(Rejected, ValueError, StopIteration):
        lines = iter(read_any(output / FILE, LARGEST).decode().split("\n"))
        if (next(lines), next(lines)) == ("{", f"{HEAD},"):
            artifacts = Lines(_table(lines, "artifacts"), _entries, _plain_files)
            versions = Lines(_table(lines, "versions"), lambda name, values: values, dict)
            return Manifest(artifacts, versions)
    return None


def _table(lines: Iterator[str], key: str) -> dict[str, str]:
    """The lines of a table by name.

    Raises:
        ValueError, StopIteration: it is not as we write it.
    """
    head = next(lines)
    if head.rstrip(",") == f'"{key}": {{}}':
        return {}
    if head != f'"{key}": {{':
        raise ValueError(key)
    found = {}
    while not (line := next(lines)).startswith("}"):
        name = NAME.match(line)
        if not name:
            raise ValueError(line)
        found[json.loads(name[1])] = line[name.end() :].removesuffix(",")
    return found


def _entries(name: str, files: dict[str, Any]) -> dict[str, Entry]:
    return {file: _entry(name, file, values) for file, values in files.items()}


def read_manifest(output: Path) -> Manifest:
    """The manifest of an output folder; where it cannot be read, what the files themselves say.

    One that somebody edited into what no build writes is not believed at all.
    """
    try:
        values = json.loads(read_any(output / FILE, LARGEST))
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
        {name: _entries(name, files) for name, files in values["artifacts"].items() if files},
        {
            name: {version: _digests(series) for version, series in versions.items()}
            for name, versions in values["versions"].items()
        },
    )


def end(output: Path) -> None:
    """Note that everything which the manifest names is in place, and nothing else of ours."""
    with contextlib.suppress(Rejected):  # then the next build looks for what is not there
        remove(output / UNDER_WAY)


def clinic_of(file: str) -> str:
    """The clinic whose edition a file is; empty for a file of no clinic."""
    folder, _, rest = file.partition("/")
    return rest.partition("/")[0] if folder == CLINICS else ""


def _of(job: Job, entry: Entry) -> Entry:
    """An entry with all that the job of its file says."""
    paper = job.edition.paper
    return replace(entry, stamp=job.stamp, paper=paper, clinic=clinic_of(job.target))


def _values(entry: Entry) -> dict[str, Any]:
    return {
        "sha256": entry.sha256,
        "stamp": json.loads(entry.stamp.to_json()),
        "paper": entry.paper,
        "clinic": entry.clinic,
        "made_from": entry.made_from,
        "problems": [asdict(problem) for problem in entry.problems],
    }


def _entry(name: str, file: str, values: dict[str, Any]) -> Entry:
    stamp = Stamp.from_json(json.dumps(values["stamp"]))
    if stamp.name != name or stamp.artifact not in KINDS or not _is_ours(name, file):
        raise ValueError(f"no file of {name}")
    return Entry(
        _text(values["sha256"]),
        stamp,
        _text(values["paper"]),
        _text(values["clinic"]),
        _text(values["made_from"]),
        tuple(map(_problem, values["problems"])),
    )


def _is_ours(name: str, file: str) -> bool:
    """Whether a build may have put a module's file there: in its folder, or in a clinic's."""
    path = PurePosixPath(file)
    if str(path) != file or "\0" in file or ".." in path.parts or path.is_absolute():
        return False
    return path.parts[:-1] in ((name,), (CLINICS, clinic_of(file)))


def _digests(series: dict[str, Any]) -> dict[str, str]:
    for each in series.values():
        if not re.fullmatch("[0-9a-f]{64}", _text(each)):
            raise ValueError("no digest")
    return dict(series)


def _problem(values: dict[str, Any]) -> Problem:
    place = values["place"]
    for key in ("code", "message", "hint"):
        _text(values[key])
    _text(place["path"])
    if not all(each is None or type(each) is int for each in (place["line"], place["column"])):
        raise TypeError("no line")
    problem = Problem(**{**values, "place": Place(**place)})
    if type(values["strict"]) is not bool or problem.severity is Severity.ERROR:
        raise ValueError("nothing that a file is published with")
    return problem


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _candidates(output: Path) -> Iterator[Path]:
    """The files under an output folder that may be artifacts, in order; links are not followed."""
    patterns = ("*/*", f"{CLINICS}/*/*")
    found = sorted({path for pattern in patterns for path in output.glob(pattern)})
    yield from (path for path in found if path.is_file() and _is_in(output, path))


def _is_still(output: Path, file: str, entry: Entry) -> bool:
    path = output / file
    try:
        return _is_in(output, path) and path.is_file() and digest(path.read_bytes()) == entry.sha256
    except OSError:
        return False


def _is_in(output: Path, path: Path) -> bool:
    """Whether no link is on the way from an output folder to a file or folder, nor in its place."""
    return is_plain(str(output), path.relative_to(output).as_posix())


def _remove_empty(output: Path, folder: Path) -> None:
    """Remove a folder that nothing is left in, and those above it that hold nothing else.

    Some may be gone already: a build that was killed began it.
    """
    with contextlib.suppress(OSError):  # something is left in it, or it is no folder
        while folder != output:
            if folder.exists():
                folder.rmdir()
            folder = folder.parent
