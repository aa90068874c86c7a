"""`output/manifest.json`: what was published, with its stamps; the third place that carries them.

Only files that it names, or whose own stamp says whose they are, are ever removed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from builder.artifacts import Kind
from builder.module.stamp import Stamp
from builder.problems import Rejected
from builder.workspace import digest, read_any, write_atomic

FILE = "manifest.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One published artifact."""

    file: str
    """Its path under `output/`."""
    sha256: str
    stamp: Stamp


@dataclass(slots=True)
class Manifest:
    """What `output/` holds, by module and kind."""

    artifacts: dict[str, dict[str, Entry]] = field(default_factory=dict)
    versions: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    """By module, version and kind: the digest of the content first published under it."""

    def publish(self, output: Path, kind: str, file: str, data: bytes, stamp: Stamp) -> None:
        """Put an artifact in place and note it.

        Raises:
            Rejected: the output folder cannot be written.
        """
        write_atomic(output / file, data)
        entry = Entry(file, digest(data), stamp)
        self.artifacts.setdefault(stamp.name, {})[kind] = entry
        if stamp.status.holds:
            versions = self.versions.setdefault(stamp.name, {})
            versions.setdefault(stamp.version, {}).setdefault(kind, stamp.digest)

    def changed_under_version(self, kind: str, stamp: Stamp) -> bool:
        """Whether other content was published under the same version."""
        first = self.versions.get(stamp.name, {}).get(stamp.version, {}).get(kind)
        return first is not None and first != stamp.digest and stamp.status.holds

    def adopt(self, output: Path, name: str, kind: Kind) -> None:
        """Note a file that is in place of an artifact and bears the module's own stamp."""
        file = f"{name}/{kind.file_name(name)}"
        if kind.name in self.artifacts.get(name, {}) or not (output / file).is_file():
            return
        data = read_any(output / file)
        found = kind.writer.read_stamp(data)
        if found.stamp and found.untouched and found.stamp.name == name:
            entry = Entry(file, digest(data), found.stamp)
            self.artifacts.setdefault(name, {})[kind.name] = entry

    def withdraw(self, output: Path, name: str, kind: str) -> None:
        """Remove an artifact that is no longer made, if it is still the file that was published."""
        entry = self.artifacts[name].pop(kind)
        path = output / entry.file
        if _inside(output, path) and path.is_file() and digest(path.read_bytes()) == entry.sha256:
            path.unlink()
            if not any(path.parent.iterdir()):
                path.parent.rmdir()
        if not self.artifacts[name]:
            del self.artifacts[name]

    def to_json(self) -> str:
        """The manifest as text, the same for the same content."""
        artifacts = {
            name: {kind: _entry(entry) for kind, entry in kinds.items()}
            for name, kinds in self.artifacts.items()
        }
        values = {"format": FORMAT, "artifacts": artifacts, "versions": self.versions}
        return json.dumps(values, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def read_manifest(output: Path) -> Manifest:
    """The manifest of an output folder; an empty one where there is none that can be read."""
    try:
        values = json.loads(read_any(output / FILE))
        json.dumps(values, ensure_ascii=False).encode()  # what cannot be written was not ours
        if values["format"] != FORMAT:
            return Manifest()
        return Manifest(
            {
                name: {kind: _from(each) for kind, each in kinds.items()}
                for name, kinds in values["artifacts"].items()
            },
            {
                name: {version: dict(kinds) for version, kinds in versions.items()}
                for name, versions in values["versions"].items()
            },
        )
    except (Rejected, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Manifest()


def write_manifest(output: Path, manifest: Manifest) -> None:
    """Write it last, when everything that it names is in place."""
    write_atomic(output / FILE, manifest.to_json().encode())


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "file": entry.file,
        "sha256": entry.sha256,
        "stamp": json.loads(entry.stamp.to_json()),
    }


def _from(values: dict[str, Any]) -> Entry:
    stamp = Stamp.from_json(json.dumps(values["stamp"]))
    return Entry(str(values["file"]), str(values["sha256"]), stamp)


def _inside(output: Path, path: Path) -> bool:
    return path.resolve().is_relative_to(output.resolve())
