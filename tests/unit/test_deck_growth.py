"""A deck's cost grows with its slides, not with their square: nothing is searched for each slide.

Nothing is timed here; `make bench` does that.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pptx.opc.package import OpcPackage, _Relationships

from builder.artifacts.deck import make
from tests.bench.test_decks import slides
from tests.unit.decks import order


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often python-pptx walks through the whole package, and how many relations it compares."""
    found: Counter[str] = Counter()
    walk, match = OpcPackage.iter_rels, _Relationships._get_matching

    def walks(self: Any) -> Any:
        found["walks"] += 1
        return walk(self)

    def compares(self: Any, *args: Any, **more: Any) -> Any:
        found["compared"] += len(self)
        return match(self, *args, **more)

    monkeypatch.setattr(OpcPackage, "iter_rels", walks)
    monkeypatch.setattr(_Relationships, "_get_matching", compares)
    return found


def test_nothing_is_searched_for_each_slide(tmp_path: Path, counted: Counter[str]) -> None:
    """Four times the slides: no more walks, and four times the relations compared."""
    few = _counted(tmp_path, counted, 12)
    many = _counted(tmp_path, counted, 48)
    assert many["walks"] == few["walks"] <= 2
    assert many["compared"] <= 4.5 * few["compared"]


def _counted(folder: Path, counted: Counter[str], count: int) -> Counter[str]:
    asked = order(folder, slides(count))
    counted.clear()
    assert make(asked).data
    return Counter(counted)
