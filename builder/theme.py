"""A theme's folder -> `Theme`: tokens, templates, styles, fonts and the master deck. No code.

A theme may extend another: a file that it does not hold is taken from the one it extends, and its
`theme.toml` is laid over the other's, table by table.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from builder.fields import nearest
from builder.problems import Place, Problem, Rejected
from builder.settings import line_of, toml_problem
from builder.workspace import Folder

FILE = "theme.toml"
SHIPPED = "clinic"
"""The theme that comes with Leafdeck."""


@dataclass(frozen=True)
class Theme:
    """A theme and those it extends, nearest first."""

    name: str
    folders: tuple[Folder, ...]
    tokens: Mapping[str, Any] = field(compare=False)
    """What `theme.toml` says, those it extends laid underneath."""

    def has(self, path: str) -> bool:
        """Whether the theme, or one that it extends, holds a file."""
        return any(folder.has(path) for folder in self.folders)

    def holder(self, path: str) -> Folder:
        """The nearest folder that holds a file.

        Raises:
            Rejected: none does.
        """
        for folder in self.folders:
            if folder.has(path):
                return folder
        message = f"The theme “{self.name}” holds no {path}."
        hint = "Copy the file from the theme that comes with Leafdeck, or extend that theme."
        raise Rejected(Problem("theme-file", message, Place(self.folders[0].label(path)), hint))

    def read(self, path: str) -> bytes:
        """The bytes of a file of the theme."""
        return self.holder(path).read(path)

    def text(self, path: str) -> str:
        """The text of a file of the theme."""
        return self.holder(path).text(path)

    @cached_property
    def label(self) -> str:
        """How `theme.toml` is named in messages."""
        return self.folders[0].label(FILE)


def read_theme(project: Folder, name: str) -> Theme:
    """The theme of that name: the project's own, else the one that comes with Leafdeck.

    Raises:
        Rejected: there is none, it extends itself, or its `theme.toml` cannot be used.
    """
    folders: list[Folder] = []
    layers: list[dict[str, Any]] = []
    wanted: str | None = name
    while wanted:
        folder = _find(project, wanted)
        if folder.root in [each.root for each in folders]:
            message = f"The theme “{name}” extends itself, through “{wanted}”."
            raise Rejected(Problem("theme-unknown", message, Place(folders[-1].label(FILE))))
        folders.append(folder)
        layers.append(_tokens(folder))
        wanted = layers[-1].get("extends")
    tokens: dict[str, Any] = {}
    for layer in reversed(layers):
        tokens = _laid_over(tokens, layer)
    return Theme(name, tuple(folders), tokens)


def shipped() -> Path:
    """Where the themes that come with Leafdeck are: in the wheel, or in the checkout."""
    package = Path(__file__).parent
    inside = package / "themes"
    return inside if inside.is_dir() else package.parent / "themes"


def _find(project: Folder, name: str) -> Folder:
    own = project.folder("themes")
    if name in own.folders():
        return own.folder(name)
    if (shipped() / name / FILE).is_file() and name.isidentifier():
        return Folder(shipped() / name, f"themes/{name}", project.log)
    known = sorted({*own.folders(), SHIPPED})
    message = f"There is no theme “{name}”."
    hint = nearest(name, known) or f"There are: {', '.join(known)}."
    raise Rejected(Problem("theme-unknown", message, Place("themes"), hint))


def _tokens(folder: Folder) -> dict[str, Any]:
    place = folder.label(FILE)
    try:
        return tomllib.loads(folder.text(FILE))
    except tomllib.TOMLDecodeError as error:
        raise Rejected(toml_problem(error, place)) from None


def _laid_over(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        if isinstance(below, dict) and isinstance(value, dict):
            merged[key] = _laid_over(below, value)
        else:
            merged[key] = value
    return merged


def token(theme: Theme, path: str, check: Callable[[Any], bool], what: str) -> Any:
    """A value of `theme.toml` by its dotted path.

    Args:
        theme: the theme to look in.
        path: where it stands, as in `sizes.deck.body`.
        check: whether the value is of its kind.
        what: the kind in words, for the message.

    Raises:
        Rejected: it is missing, or not of its kind.
    """
    value: Any = theme.tokens
    for part in path.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    if value is not None and check(value):
        return value
    line = line_of(theme.text(FILE), path.split(".")[-1])
    message = f"{path} must be {what}."
    raise Rejected(Problem("theme-file", message, Place(theme.label, line)))
