"""What a build sees of the disk: whether what it knows of files still holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from builder.module.library import SOURCES
from builder.theme import Theme
from builder.workspace import Fingerprints, Folder, Row, changed, looked_at

Log = Mapping[str, str | None]


class Sight:
    """Looks at each file once, and reads it only where it may have changed.

    Args:
        project: the project's folder.
        output: the output folder.
        theme: the theme in force; its folders may lie elsewhere.
        rows: what the last build noted of files.
    """

    def __init__(
        self, project: Folder, output: Path, theme: Theme | None, rows: Iterable[Sequence[Any]]
    ) -> None:
        self._project = project
        self._output = output.absolute()
        self._theme = theme
        self._folders = {folder.name: folder for folder in (theme.folders if theme else ())}
        self._before = Fingerprints(rows, project.root)
        self._after = Fingerprints((), project.root)
        self._written: set[str] = set()

    def again(self) -> Sight:
        """One that has looked at nothing yet, and takes nothing for what it was."""
        return Sight(self._project, self._output, self._theme, ())

    def changed(self, log: Log) -> Log:
        """What files are now that are not what they were, by name."""
        found = changed(dict(log), self._folder_of, self._before)
        return {label: now for label, (_, now) in found.items()}

    def trust(self, paths: Iterable[str]) -> None:
        """Take paths for what they were: a glance just showed that they did not move."""
        self._before.trust(paths)

    def digest(self, path: str) -> str | None:
        """The digest of a file's bytes; None where there is none."""
        return self._before.digest(path)

    def is_in_place(self, file: str, sha256: str) -> bool:
        """Whether a file under the output folder still holds what was published."""
        return self._before.digest(self._output / file) == sha256

    def wrote(self, file: str) -> None:
        """Note that a file under the output folder was written, or removed."""
        self._written.add(file)

    @property
    def has_written(self) -> bool:
        """Whether anything was written since."""
        return bool(self._written)

    def is_there(self, file: str) -> bool:
        """Whether there is a file under the output folder."""
        return self._before.digest(self._output / file) is not None

    def paths(self, log: Log) -> Iterator[str]:
        """The paths that tell whether what is in a log still holds."""
        return looked_at(log, self._folder_of)

    def rows(self, paths: Iterable[str], files: Iterable[str]) -> list[Row]:
        """What is to be noted of paths, and of files under the output folder."""
        kept = {file: self._after if file in self._written else self._before for file in files}
        return [
            *self._before.rows(paths),
            *(row for file, seen in kept.items() for row in seen.rows([str(self._output / file)])),
        ]

    def _folder_of(self, label: str) -> Folder:
        first, second, *_ = (*label.split("/"), "")
        name = f"{first}/{second}"
        if name in self._folders:
            return self._folders[name]
        return self._project.folder(name) if first == SOURCES and second else self._project
