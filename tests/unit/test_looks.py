"""How leaflets look on paper: printed in grey, and where pages end."""

from __future__ import annotations

import re
from pathlib import Path

from builder.artifacts.leaflet import make
from builder.contrast import contrast
from tests.gates import judges
from tests.helpers import CHECKOUT
from tests.unit import leaflets


def border(selector: str) -> float:
    """How heavy the line around something is, in points, as the leaflet's style says."""
    css = (CHECKOUT / "themes" / "clinic" / "leaflet.css").read_text()
    found = re.search(rf"^{re.escape(selector)} \{{.*? border: ([\d.]+)pt", css, re.MULTILINE)
    assert found, selector
    return float(found[1])


def test_a_warning_differs_from_other_boxes_in_grey() -> None:
    """By a heavier line, and by a strip that is dark where those of other boxes are light."""
    assert border(".callout.warning") > border(".callout, section.key-points")
    colours = leaflets.theme().tokens["colours"]
    assert contrast(colours["warning"], colours["tint"]) >= 3


def test_no_item_stands_alone_on_a_page(tmp_path: Path) -> None:
    """Wherever a list begins, a page holds two items of it or none."""
    items = "<ul>" + "<li>Item</li>" * 4 + "</ul>"
    for lines in range(21, 29):
        path = tmp_path / f"{lines}.pdf"
        body = "<p>Line</p>" * lines + items
        path.write_bytes(make(leaflets.order(tmp_path, body)).data)
        counts = [page.text.count("Item") for page in judges.pages(path)]
        assert sum(counts) == 4
        assert 1 not in counts, (lines, counts)
