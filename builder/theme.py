"""A theme's folder -> `Theme`: tokens, templates, styles, fonts and the master deck. No code.

A theme may extend another: a file that it does not hold is taken from the one it extends, and its
`theme.toml` is laid over the other's, table by table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cached_property, reduce
from pathlib import Path
from typing import Any, TypeVar, TypeVarTuple

from builder.fields import nearest
from builder.problems import Place, Problem, Rejected
from builder.settings import read_toml
from builder.workspace import Folder, digest

FILE = "theme.toml"
SHIPPED = "clinic"
"""The theme that comes with Leafdeck."""
MASTER = "master.pptx"
"""The master deck's usual name."""
SUFFIXES = ("pptx", "potx", "pptm", "potm", "ppsx", "ppsm")
"""How the name of a master deck ends."""
STRANGERS = ("ppt", "pot", "pps", "odp", "otp", "fodp", "thmx", "key", "gslides")
"""Endings of files that are no master deck but are meant as one; opening them says so."""
T = TypeVar("T")
Further = TypeVarTuple("Further")


@dataclass(frozen=True)
class Theme:
    """A theme and those it extends, nearest first.

    It is read once: who wants to see a file that was changed since reads the theme anew.
    """

    name: str
    folders: tuple[Folder, ...]
    tokens: Mapping[str, Any] = field(compare=False)
    """What `theme.toml` says, those it extends laid underneath."""
    layers: tuple[Mapping[str, Any], ...] = field(default=(), compare=False)
    """What the `theme.toml` of each folder says by itself."""

    ignored: tuple[str, ...] = ()
    """Patterns of the files that it is to do without."""
    _whole: Theme | None = field(default=None, compare=False, repr=False)
    """The theme with all its files, where some are ignored."""
    _known: dict[tuple[Any, ...], Any] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def once(self, make: Callable[[Theme, *Further], T], *further: *Further) -> T:
        """What a function makes of the theme, made once and kept as long as the theme is.

        Args:
            make: a function of a module; nothing is kept where it raises.
            further: what else it is given; hashable.
        """
        key = (make, *further)
        if key not in self._known:
            self._known[key] = make(self, *further)
        found: T = self._known[key]
        return found

    def without(self, ignored: tuple[str, ...]) -> Theme:
        """The same theme for somebody who is not to see some files, and its digest without them.

        Args:
            ignored: patterns of paths in the theme's folders, as in `*.css`; a star is any letters.
        """
        return self.once(_without, ignored) if ignored else self

    def has(self, path: str) -> bool:
        """Whether the theme, or one that it extends, holds a file."""
        return self._seen(path).once(_nearest, path) is not None

    def holder(self, path: str) -> Folder:
        """The nearest folder that holds a file.

        Raises:
            Rejected: none does, or the file is ignored.
        """
        folder = self._seen(path).once(_nearest, path)
        if folder:
            return folder
        message = f"The theme “{self.name}” holds no {path}."
        hint = "Copy the file from the theme that comes with Leafdeck, or extend that theme."
        raise Rejected(Problem("theme-file", message, Place(self.folders[0].label(path)), hint))

    def read(self, path: str) -> bytes:
        """The bytes of a file of the theme."""
        return self._seen(path).once(_bytes, path)

    def text(self, path: str) -> str:
        """The text of a file of the theme."""
        return self._seen(path).once(_text, path)

    def _seen(self, path: str) -> Theme:
        """The whole theme, which reads each file once for all who see it.

        Raises:
            Rejected: the file is ignored: what is made with it would not be made anew when it
                changes.
        """
        if is_among(path, self.ignored):
            message = f"{path} is no file that this kind of artifact can be made from."
            raise Rejected(Problem("theme-file", message, Place(self.folders[0].label(path))))
        return self._whole or self

    def stated(self, path: str, table: str) -> Mapping[str, Any]:
        """A table as the folder that holds a file states it, with what nearer ones lay over it.

        Empty where that folder does not state it: what is said of one master deck says nothing of
        another.
        """
        at = self.folders.index(self.holder(path))
        if not self.layers or table not in self.layers[at]:
            return {}
        return dict(merged(self.layers[: at + 1])[table])

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """The SHA-256 of each file of the theme and of those that it extends, nearest first.

        By its name in messages, as in `themes/clinic/theme.toml`; what is ignored is left out.
        """
        every = (self._whole or self).once(_digests)
        return {name: each for name, path, each in every if not is_among(path, self.ignored)}

    @cached_property
    def digest(self) -> str:
        """SHA-256 of every file of the theme and of those that it extends, but for ignored ones."""
        return digest(repr(tuple(self.digests.items())).encode())

    @cached_property
    def label(self) -> str:
        """How `theme.toml` is named in messages."""
        return self.folders[0].label(FILE)


def is_among(path: str, patterns: Iterable[str]) -> bool:
    """Whether one of some patterns fits a path in a theme's folder; a star is any letters."""
    return any(fnmatchcase(path, pattern) for pattern in patterns)


def _without(theme: Theme, ignored: tuple[str, ...]) -> Theme:
    return replace(theme, ignored=(*theme.ignored, *ignored), _whole=theme._whole or theme)  # noqa: SLF001


def _nearest(theme: Theme, path: str) -> Folder | None:
    return next((folder for folder in theme.folders if folder.has(path)), None)


def _bytes(theme: Theme, path: str) -> bytes:
    return theme.holder(path).read(path)


def _text(theme: Theme, path: str) -> str:
    return theme.holder(path).text(path)


def _digests(theme: Theme) -> tuple[tuple[str, str, str], ...]:
    """Name in messages, path in its folder, and SHA-256 of each file."""
    return tuple(
        (folder.label(path), path, digest(folder.read(path)))
        for folder in theme.folders
        for path in folder.walk()
    )


def read_theme(project: Folder, name: str) -> Theme:
    """The theme of that name: the project's own, else the one that comes with Leafdeck.

    Raises:
        Rejected: there is none, it extends itself, or its `theme.toml` cannot be used.
    """
    folders: list[Folder] = []
    layers: list[Mapping[str, Any]] = []
    wanted: str | None = name
    while wanted:
        folder = _find(project, wanted)
        if folder.root in [each.root for each in folders]:
            message = f"The theme “{name}” extends itself, through “{wanted}”."
            raise Rejected(Problem("theme-unknown", message, Place(folders[-1].label(FILE))))
        folders.append(folder)
        layers.append(_tokens(folder))
        wanted = layers[-1].get("extends")
    theme = Theme(name, tuple(folders), merged(layers), tuple(layers))
    wrong = dict.fromkeys(_misshapen(theme))
    if wrong:
        raise Rejected(*wrong)
    return theme


def master_file(theme: Theme) -> str:
    """The name of the master deck's file: that of the nearest folder which holds one.

    Raises:
        Rejected: that folder holds two.
    """
    return theme.once(_master_file)


def _master_file(theme: Theme) -> str:
    for folder in theme.folders:
        found = [name for name in folder.files() if is_master(name)]
        if len(found) > 1:
            message = f"The theme “{theme.name}” holds several master decks: {', '.join(found)}."
            raise Rejected(Problem("theme-file", message, Place(folder.name), "Keep one of them."))
        if found:
            return found[0]
        _ = [folder.has(f"master.{suffix}") for suffix in SUFFIXES]  # noted, should one be added
    return MASTER


def is_master(name: str) -> bool:
    """Whether a file bears the name of a master deck, of whatever kind it is."""
    return name.lower().startswith("master.") and name.count(".") == 1 and looks_like_master(name)


def looks_like_master(name: str) -> bool:
    """Whether a file's name ends as those of decks and templates do; locks of open files do not."""
    suffix = name.lower().rpartition(".")[2]
    return suffix in (*SUFFIXES, *STRANGERS) and not name.startswith(("~$", ".~lock", "."))


def merged(layers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """One layer over another, the nearest first."""
    return reduce(_laid_over, reversed(layers), {})


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
    tokens = read_toml(folder.text(FILE), place)
    if not is_text(tokens.get("extends", "")):
        line = _line(folder.text(FILE), ("extends",))
        message = "extends must be the name of a theme."
        raise Rejected(Problem("theme-file", message, Place(place, line)))
    return tokens


def _laid_over(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        if isinstance(below, dict) and isinstance(value, dict):
            merged[key] = _laid_over(below, value)
        else:
            merged[key] = value
    return merged


def is_text(value: Any) -> bool:
    """Whether a value is text."""
    return isinstance(value, str)


def is_number(value: Any) -> bool:
    """Whether a value is a length, or any other number that a theme may state."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1000


def is_size(value: Any) -> bool:
    """Whether a value is a size of type in points."""
    return is_number(value) and bool(value >= 1)


def is_colour(value: Any) -> bool:
    """Whether a value is a colour such as #0F5C6E."""
    return is_text(value) and re.fullmatch(r"#[0-9A-Fa-f]{6}", value) is not None


def _is_sizes(value: Any) -> bool:
    return all(map(is_size, value)) if isinstance(value, list) else is_size(value)


def _is_pairs(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, Mapping) for each in value)


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping)


SHAPE: tuple[tuple[str, Callable[[Any], bool], str], ...] = (
    ("name", is_text, "text"),
    ("title", is_text, "text"),
    ("contrast", _is_pairs, "a list of tables, each with text and background"),
    ("colours.*", is_colour, "a colour such as #0F5C6E"),
    ("scheme.*", is_text, "the name of a colour"),
    *((f"fonts.{role}.*", is_text, "text") for role in ("text", "headings", "fallback", "deck")),
    ("fonts.metrics", _is_pairs, "a list of tables, each with families and font files"),
    ("fonts.scripts", _is_pairs, "a list of tables, each with a family and font files"),
    ("sizes.leaflet.*", is_size, "a size in points"),
    ("sizes.deck.*", _is_sizes, "a size in points"),
    ("band.*", is_number, "a number"),
    ("table", _is_table, "a table"),
    ("layouts.*", is_text, "the name of a layout"),
)
"""What kind of value stands where, if anything does; a star is any key."""


def _misshapen(theme: Theme) -> Iterator[Problem]:
    for pattern, check, what in SHAPE:
        for path, value, wanted in _found(theme.tokens, pattern.split("."), what):
            fits = check if wanted == what else _is_table
            if not fits(value):
                message = f"{'.'.join(path)} must be {wanted}."
                yield Problem("theme-file", message, place_of(theme, path))


def _found(
    value: Any, pattern: Sequence[str], what: str, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any, str]]:
    """Each value that a pattern leads to, or the one on the way that is no table."""
    if not pattern:
        yield path, value, what
    elif not _is_table(value):
        yield path, value, "a table"
    else:
        for key in value if pattern[0] == "*" else value.keys() & {pattern[0]}:
            yield from _found(value[key], pattern[1:], what, (*path, key))


def place_of(theme: Theme, path: Sequence[str]) -> Place:
    """Where a token stands: the nearest theme that states it, else where its table begins."""
    for length in range(len(path), 0, -1):
        for folder in theme.folders:
            line = _line(folder.text(FILE), tuple(path[:length]))
            if line:
                return Place(folder.label(FILE), line)
    return Place(theme.label)


KEY = r"""[\w-]+|"[^"]*"|'[^']*'"""
KEYS = rf"(?:{KEY})(?:\s*\.\s*(?:{KEY}))*"
STATED = re.compile(rf"\s*(?:\[\[?\s*(?P<table>{KEYS})\s*\]|(?P<key>{KEYS})\s*=)")


def _line(text: str, path: tuple[str, ...]) -> int | None:
    """The line on which a token, or the first of its table, is stated."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        found = STATED.match(line)
        if not found:
            continue
        keys = tuple(key.strip("\"'") for key in re.findall(KEY, found["table"] or found["key"]))
        table = keys if found["table"] else table
        whole = keys if found["table"] else table + keys
        if whole[: len(path)] == path:
            return number
    return None


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
    place = place_of(theme, path.split("."))
    raise Rejected(Problem("theme-file", f"{path} must be {what}.", place))
