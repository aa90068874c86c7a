"""Strict YAML: every scalar is text until its field says otherwise; every value keeps its place.

A plain YAML reader turns `no` into false and 1.10 into 1.1, takes the last of two equal keys, and
lets ten lines of aliases grow into gigabytes. This one does none of that, and keeps the line and
column of every value.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from builder.fields import Path
from builder.problems import Place, Problem, Problems, Rejected

DEEPEST = 12
"""Levels of nesting; no field needs half of them."""

NOT_LINE_ENDS = dict.fromkeys((0x85, 0x2028, 0x2029), " ")
"""Characters at which YAML 1.1 ends a line and an editor, whose lines are counted, does not."""

Positions = dict[Path, tuple[int, int]]
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(
    text: str, file: str, problems: Problems, first: int = 1
) -> tuple[dict[str, Any], Positions]:
    """The `key: value` lines of a text, and the line and column of every value.

    Args:
        text: YAML.
        file: the file's name in messages.
        problems: gets what is wrong and can be gone past: keys given twice, aliases, tags.
        first: the line of the file that the text begins on.

    Raises:
        Rejected: it is not YAML, or holds no `key: value` lines.
    """
    document = _Document(file, problems, first)
    values = document.read(text)
    if not isinstance(values, dict):
        message = "The file must hold `key: value` lines."
        raise Rejected(Problem("field-value", message, Place(file, first if first > 1 else None)))
    return values, document.positions


def place_of(file: str, positions: Positions, path: Path) -> Place:
    """The place of a value, or of the nearest thing around it that the file holds."""
    for end in range(len(path), 0, -1):
        if path[:end] in positions:
            return Place(file, *positions[path[:end]])
    return Place(file, 1)


class _Document:
    """One YAML document, read event by event."""

    def __init__(self, file: str, problems: Problems, first: int) -> None:
        self.file = file
        self.problems = problems
        self.above = first - 1
        """Lines of the file above the document."""
        self.positions: Positions = {}

    def read(self, text: str) -> Any:
        # Event by event: nesting is refused before the parser spends its time on the rest of it.
        events = yaml.parse(text.translate(NOT_LINE_ENDS), Loader=Loader)
        try:
            return self._document(events)
        except yaml.YAMLError as error:
            raise Rejected(self._syntax(error, text.count("\n") + 1)) from None

    def _document(self, events: Iterator[Any]) -> Any:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                values = self._value(events, next(events), ())
                self._ends(events)
                return values
        return None

    def _ends(self, events: Iterator[Any]) -> None:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._add(
                    "yaml-syntax", "A second document starts here.", event, "Remove the `---`."
                )

    def _syntax(self, error: yaml.YAMLError, last: int) -> Problem:
        """A syntax error at its place; YAML puts the end of a file on a line after the last."""
        mark = getattr(error, "problem_mark", None)
        words = str(getattr(error, "problem", None) or error).splitlines()[0]
        where = (min(mark.line + 1, last) + self.above, mark.column + 1) if mark else ()
        hint = "Quote a text that holds a colon, a hash or a leading quotation mark."
        if "tab" in words.split() or "cannot start any token" in words:
            hint = "Indent with spaces, not with tabs; quote a text that begins with @ or %."
        return Problem("yaml-syntax", f"This is not YAML: {words}.", Place(self.file, *where), hint)

    def _value(self, events: Iterator[Any], event: Any, path: Path) -> Any:
        self.positions.setdefault(path, self._position(event))
        if len(path) > DEEPEST:
            message = f"More than {DEEPEST} levels of nesting."
            place = Place(self.file, *self._position(event))
            raise Rejected(Problem("field-value", message, place))
        if isinstance(event, yaml.AliasEvent):
            hint = "Write the value out."
            self._add("yaml-alias", f"The alias *{event.anchor} is not allowed.", event, hint)
            return ""
        self._unmarked(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        return event.value

    def _unmarked(self, event: Any) -> None:
        """Report an anchor or a tag, of a key as of a value."""
        if getattr(event, "anchor", None):
            hint = "Write each value where it is used."
            self._add("yaml-alias", f"The anchor &{event.anchor} is not allowed.", event, hint)
        if getattr(event, "tag", None):
            self._add("yaml-syntax", f"The tag {event.tag} is not allowed.", event, "Remove it.")

    def _mapping(self, events: Iterator[Any], path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key in events:
            if isinstance(key, yaml.MappingEndEvent):
                break
            name = key.value if isinstance(key, yaml.ScalarEvent) else ""
            if not name:
                place = Place(self.file, *self._position(key))
                raise Rejected(Problem("yaml-syntax", "A key must be a plain word.", place))
            self._unmarked(key)
            if name in values:
                line = self.positions[(*path, name)][0]
                hint = f"It stands on line {line} already."
                self._add("key-twice", f"The key “{name}” is given twice.", key, hint)
            self.positions.setdefault((*path, name), self._position(key))
            value = self._value(events, next(events), (*path, name))
            values.setdefault(name, value)
        return values

    def _sequence(self, events: Iterator[Any], path: Path) -> list[Any]:
        values: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            values.append(self._value(events, event, (*path, len(values))))
        return values

    def _add(self, code: str, message: str, event: Any, hint: str) -> None:
        self.problems.add(code, message, Place(self.file, *self._position(event)), hint)

    def _position(self, event: Any) -> tuple[int, int]:
        return event.start_mark.line + 1 + self.above, event.start_mark.column + 1
