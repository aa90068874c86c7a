"""Pictures of leaflets are decoded and packed once in a process; the file is the engine's own."""

from __future__ import annotations

import io
import zlib
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image
from weasyprint.images import RasterImage

from builder.artifacts import Order
from builder.artifacts.leaflet import make, pictures, render
from tests.unit.leaflets import order

SIZE = (900, 600)
"""More pixels than are printed at the width below: the engine makes the picture smaller."""
BODY = '<img src="square.png" alt="Two colours" style="width: 40mm">'
TWICE = f'{BODY}<img src="square.png" alt="Again" style="width: 60mm">'
OTHERWISE = (
    f'{BODY}<img src="square.png" alt="Again" style="width: 9mm; image-rendering: pixelated">'
)
KINDS: dict[str, dict[str, Any]] = {
    "1": {}, "L": {}, "LA": {}, "P": {}, "RGB": {}, "RGBA": {},
    "P, transparent": {"transparency": 0}, "RGB, JPEG": {"format": "JPEG"},
}  # fmt: skip


def pictured(folder: Path, kind: str = "P", body: str = BODY) -> Order:
    """A leaflet that shows a picture of some kind."""
    mode = kind.partition(",")[0]
    made = Image.linear_gradient("L").resize(SIZE).convert("RGBA").convert(mode)
    ordered = order(folder, body)
    options = {"format": "PNG", **KINDS[kind]}
    made.save(folder / "square.png", **options)
    return ordered


@pytest.mark.parametrize("body", [BODY, TWICE], ids=["once", "twice"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_taken_over_is_what_the_engine_writes(
    kind: str, body: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ordered = pictured(tmp_path, kind, body)
    cold, warm = make(ordered).data, make(ordered).data
    monkeypatch.setattr(pictures, "_in_full_colours", lambda data: data)
    monkeypatch.setattr(render, "packing_once", nullcontext)
    assert make(ordered).data == cold == warm


def test_each_is_decoded_and_packed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ordered = pictured(tmp_path)
    make(ordered)
    saved = []
    monkeypatch.setattr(Image.Image, "save", lambda *given, **named: saved.append(given))
    make(ordered)
    assert not saved


def test_what_is_kept_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "KEPT", 1)
    monkeypatch.setattr(pictures, "_packed", {})
    for kind in ("L", "RGB", "RGBA"):
        make(pictured(tmp_path, kind))
    assert len(pictures._packed) == 1


def test_a_picture_in_two_sizes_is_whole_in_both(tmp_path: Path) -> None:
    """The engine by itself writes the pixels of the last where it says the size of the first."""
    data = make(pictured(tmp_path, "RGB", OTHERWISE)).data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"
        ]
        rows = [each.Height * (3 * each.Width + 1) for each in found]
        assert [len(zlib.decompress(each.read_raw_bytes())) for each in found] == rows
    assert len(rows) == 2


def test_the_engine_is_left_as_it_was(tmp_path: Path) -> None:
    before = RasterImage.get_x_object
    make(pictured(tmp_path))
    assert RasterImage.get_x_object is before


def test_a_changed_picture_is_another(tmp_path: Path) -> None:
    first = make(pictured(tmp_path)).data
    target = io.BytesIO()
    Image.new("RGB", SIZE, "navy").save(target, "PNG")
    ordered = order(tmp_path, BODY)
    (tmp_path / "square.png").write_bytes(target.getvalue())
    assert make(ordered).data != first
