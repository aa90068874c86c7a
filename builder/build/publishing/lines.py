"""A table that is written one line a name, and read only where somebody asks for a name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, MutableMapping
from typing import Any, TypeVar

Value = TypeVar("Value")


class Lines(MutableMapping[str, Value]):
    """Values by name; those that nobody asks for stay as they were written.

    Args:
        written: by name, a value as JSON.
        read: makes a value of what was written: the name, and plain values.
        plain: makes plain values of a value.
    """

    def __init__(
        self,
        written: dict[str, str],
        read: Callable[[str, Any], Value],
        plain: Callable[[Value], Any],
    ) -> None:
        self._written = written
        self._read = read
        self._plain = plain
        self._known: dict[str, Value] = {}

    def __getitem__(self, name: str) -> Value:
        if name in self._written:
            self._known[name] = self._read(name, json.loads(self._written[name]))
            del self._written[name]
        return self._known[name]

    def __setitem__(self, name: str, value: Value) -> None:
        self._written.pop(name, None)
        self._known[name] = value

    def __delitem__(self, name: str) -> None:
        if self._written.pop(name, None) is None:
            del self._known[name]

    def __contains__(self, name: object) -> bool:
        return name in self._written or name in self._known

    def __iter__(self) -> Iterator[str]:
        return iter((*self._written, *self._known))

    def __len__(self) -> int:
        return len(self._written) + len(self._known)

    def plain(self, name: str) -> Any:
        """A value as plain values, as it is written."""
        if name in self._written:
            return json.loads(self._written[name])
        return self._plain(self._known[name])

    def text(self) -> str:
        """The whole table as JSON, in the order of the names."""
        lines = (f"{dumped(name)}: {self._line(name)}" for name in sorted(self))
        return "{\n" + ",\n".join(lines) + "\n}" if len(self) else "{}"

    def _line(self, name: str) -> str:
        return self._written.get(name) or dumped(self._plain(self._known[name]))


def dumped(value: object) -> str:
    """A value as JSON on one line."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
