"""What a deck costs as it grows."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

import pytest

from builder.artifacts import Order
from builder.artifacts.deck import make
from tests.unit.decks import bullets, order, slide

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


def seconds(asked: Order) -> float:
    """Seconds of processor time that a deck takes, the median of three."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        make(asked)
        taken.append(time.process_time() - start)
    return median(taken)


@pytest.mark.bench
def test_growth(tmp_path: Path) -> None:
    """Print what 50 and 500 slides cost; ten times the slides cost at most twelve times as much."""
    taken = {count: seconds(order(tmp_path, slides(count))) for count in (50, 500)}
    print()
    for count, each in taken.items():
        print(f"{count:3} slides   {each * 1000:6.0f} ms")
    print(f"ratio       {taken[500] / taken[50]:6.1f}       at most 12")
