"""What a deck costs: beside bare python-pptx, and as it grows."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pptx
import pytest

from builder.artifacts.deck import make
from tests.bench import bare
from tests.bench.test_artifacts import RUNS, median
from tests.unit.decks import bullets, order, slide, theme

NOTES = (
    '<aside class="notes"><p>Say this about {n}, in a few plain sentences.</p>'
    "<ul><li>And that</li></ul></aside>"
)
ROW = (
    '<tr><td>Drug {r}</td><td>{r} mg every {n} hours</td><td>See <a href="https://example.org/{n}'
    '/{r}">page {r}</a></td></tr>'
)
HEAD = "<thead><tr><th>Drug</th><th>Dose</th><th>Source</th></tr></thead>"


def body(number: int) -> str:
    """What a slide holds: a list, a table, a picture, or paragraphs with a callout; and notes."""
    rows = "".join(ROW.format(r=row, n=number) for row in range(6))
    careful = f'<div class="callout warning"><p>Careful with <strong>{number}</strong></p></div>'
    kinds = (
        bullets(6, f"Something to remember about topic {number}:"),
        f"<table>{HEAD}<tbody>{rows}</tbody></table>",
        '<img src="broad.png" alt="A navy field">',
        f"<p>About number {number}.</p>{careful}{bullets(2)}",
    )
    return kinds[number % len(kinds)] + NOTES.format(n=number)


def slides(count: int) -> str:
    """Slides for a deck of so many, title and declaration included."""
    return "".join(
        slide(f"Slide {number}", body(number), part=f"Part {number // 10}")
        for number in range(count - 2)
    )


def beside(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float]:
    """Seconds of both, taken in turns so that whatever else the machine does falls on both."""
    taken = [(median(ours, runs=1), median(theirs, runs=1)) for _ in range(RUNS)]
    return tuple(sorted(each)[RUNS // 2] for each in zip(*taken, strict=True))


def machine() -> str:
    """What the figures were measured on."""
    return (
        f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, "
        f"python-pptx {pptx.__version__}"
    )


@pytest.mark.bench
def test_beside_bare_python_pptx(tmp_path: Path) -> None:
    """Print what 20 slides cost us, all told, and what they cost in bare python-pptx; at most 1.5.

    Ours includes reading the HTML, measuring, the stamp, the seal and reading it all back.
    """
    asked = order(tmp_path, slides(20))
    recipes, master = bare.recipes(make(asked).data), theme().read("master.pptx")
    ours, theirs = beside(lambda: make(asked), lambda: bare.write(master, recipes))
    print(f"\n{machine()}")
    print(f"20 slides, ours               {ours * 1000:6.0f} ms")
    print(f"20 slides, bare python-pptx   {theirs * 1000:6.0f} ms")
    print(f"ratio                         {ours / theirs:6.2f}    at most 1.5")


@pytest.mark.bench
def test_growth(tmp_path: Path) -> None:
    """Print what 50 and 500 slides cost; ten times the slides cost at most twelve times as much."""
    seconds = {
        count: median(partial(make, order(tmp_path, slides(count))), runs=3) for count in (50, 500)
    }
    print(f"\n{machine()}")
    for count, taken in seconds.items():
        print(f"{count:3} slides   {taken * 1000:6.0f} ms")
    print(f"ratio       {seconds[500] / seconds[50]:6.1f}       at most 12")
