"""`.leafdeck-state` in the output folder: what the last build read, found and made.

It only spares work. Where it is missing, old or damaged, the next build reads everything again and
finds by the manifest what is in place. One line tells of one module, so that a build parses only
those lines that it asks for.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from builder import __version__
from builder.build.knowing.credible import is_card, is_credible
from builder.build.knowing.environment import Environment
from builder.build.knowing.trace import Trace, card_from, card_values, from_values, to_values
from builder.module.library import Card
from builder.workspace import digest, write_atomic
from builder.workspace.glance import packed

FILE = ".leafdeck-state"
FORMAT = f"leafdeck state 2 {__version__}"
COLUMNS = 5
"""How many numbers are a look."""
ODD = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, struct.error)
"""What reading a damaged file may raise."""


@dataclass(slots=True)
class State:
    """What the last build noted."""

    environments: dict[str, Environment] = field(default_factory=dict)
    rows: list[Any] = field(default_factory=list)
    """What `Fingerprints` noted of files."""
    lines: dict[str, str] = field(default_factory=dict)
    """By module, its trace as JSON."""
    cards: dict[str, list[Any] | None] = field(default_factory=dict)
    """By module, its card as plain values."""
    _traces: dict[str, Trace] = field(default_factory=dict)

    def card(self, name: str) -> Card | None:
        """What other modules ask of a module; None where its facts could not be had."""
        values = self.cards.get(name)
        try:
            card = card_from(values) if values else None
            return card if card and is_card(card) else None
        except ODD:
            return None

    def trace(self, name: str) -> Trace | None:
        """What was noted of a module; None where nothing was, or what cannot be believed."""
        if name not in self._traces and name in self.lines:
            try:
                self._traces[name] = _trace(name, json.loads(self.lines[name]))
            except ODD:
                del self.lines[name]
        return self._traces.get(name)

    def note(self, name: str, trace: Trace) -> None:
        """Note what a module is now."""
        self._traces[name] = trace
        self.lines[name] = _line(to_values(trace))
        self.cards[name] = card_values(trace.card) if trace.card else None

    def keep(self, names: Iterable[str]) -> None:
        """Forget every module but these, and the environments that none of them was made in."""
        kept = set(names)
        for name in set(self.lines) - kept:
            del self.lines[name]
            self.cards.pop(name, None)
            self._traces.pop(name, None)
        if len(self.environments) > 1:
            used = {each for name in kept for each in self._environments(name)}
            self.environments = {k: v for k, v in self.environments.items() if k in used}

    def _environments(self, name: str) -> Iterator[str]:
        trace = self.trace(name)
        if trace:
            yield from (piece.environment for piece in trace.pieces.values())


def read_state(output: Path) -> State:
    """What the last build into a folder noted; nothing where that cannot be believed."""
    try:
        path = output / FILE
        if not path.is_file():  # reading a pipe would never end
            return State()
        head, _, rest = path.read_text(encoding="utf-8").partition("\n")
        format_, _, seal = head.rpartition(" ")
        if format_ != FORMAT or seal != digest(rest.encode()):
            return State()
        environments, cards, rows, *lines = rest.split("\n")
        known = dict(json.loads(cards))
        return State(
            {key: _environment(each) for key, each in json.loads(environments).items()},
            _rows(json.loads(rows)),
            dict(zip(known, lines, strict=True)),
            known,
        )
    except ODD:
        return State()


def _trace(name: str, values: dict[str, Any]) -> Trace:
    trace = from_values(values)
    if not is_credible(name, trace):
        raise ValueError(f"nothing that a build notes of {name}")
    return trace


def _environment(values: dict[str, Any]) -> Environment:
    environment = Environment(**values)
    for table in values.values():
        if {type(table), *map(type, table.values())} != {dict, str}:
            raise TypeError("no texts")
    return environment


def _rows(values: list[Any]) -> list[Any]:
    """What is noted of files, once it is seen to be of the right kind: a column at a time."""
    if values:
        path, *looks, held = zip(*values, strict=True)
        kinds = [{str}.issuperset(map(type, path)), {str, type(None)}.issuperset(map(type, held))]
        kinds += [{int}.issuperset(map(type, look)) for look in looks]
        if len(looks) != COLUMNS or not all(kinds):
            raise TypeError("no rows")
        packed([tuple(map(limit, looks)) for limit in (min, max)])  # fails where a look cannot be
    return values


def write_state(output: Path, state: State) -> None:
    """Write it, after everything that it tells of.

    Raises:
        Rejected: the output folder cannot be written.
    """
    environments = {key: asdict(each) for key, each in state.environments.items()}
    names = sorted(state.lines)
    cards = {name: state.cards[name] for name in names}
    head = (_line(environments), _line(cards), _line(state.rows))
    rest = "\n".join((*head, *(state.lines[name] for name in names)))
    write_atomic(output / FILE, f"{FORMAT} {digest(rest.encode())}\n{rest}".encode())


def _line(values: object) -> str:
    """Values on one line; as ASCII, since other characters may end a line too."""
    return json.dumps(values)
