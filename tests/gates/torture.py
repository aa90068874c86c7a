"""A module that no author would write: slides that are as hard to fit as slides can be.

All of it is made from numbers, so that it is the same each time. Each word is followed by its own
number, so that one that is lost or said twice is found.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

WORDS = ("pain", "dose", "nurse", "tablet", "twice", "without", "incontrovertible", "relief")
NUMBER = re.compile(r"n\d+x\d+e")
"""What follows each word."""
SCRIPTS: dict[str, Callable[[random.Random], str]] = {
    "plain": lambda draw: draw.choice(WORDS),
    "endless": lambda draw: "".join(draw.choice(WORDS) for _ in range(draw.randint(4, 50)))[:390],
    "Chinese": lambda draw: "".join(draw.choice("疼痛是一种不愉快的感觉") for _ in range(9)),
    "Arabic": lambda draw: draw.choice(["الألم", "تجربة", "حسية", "وعاطفية", "غير", "سارة"]),
    "emoji": lambda draw: draw.choice(["💊", "👩‍⚕️", "🩺", "👍🏽"]),
    "raised": lambda draw: draw.choice(["10<sup>9</sup>/L", "H<sub>2</sub>O", "m<sup>2</sup>"]),
    "signs": lambda draw: draw.choice(["≥", "µg", "37\u00a0°C", "5\u00a0mg", "±", "½"]),
}


@dataclass
class Torture:
    """Makes the HTML of slides, and remembers what it says."""

    seed: int
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    said: list[str] = field(default_factory=list)
    """The numbered words that must be shown, each once."""
    repeated: list[str] = field(default_factory=list)
    """Those that may be shown on several slides: heads of tables, first cells."""

    def __post_init__(self) -> None:
        self.draw = random.Random(self.seed)

    def word(self, script: str, notes: list[str] | None = None) -> str:
        """A word of a script, and a number that is its own."""
        number = f"n{self.seed}x{next(self.numbers)}e"
        (self.said if notes is None else notes).append(number)
        return f"{SCRIPTS[script](self.draw)} {number}"

    def words(self, most: int, script: str = "") -> str:
        """So many characters of words, with full stops here and there."""
        made, wanted = "", self.draw.randint(3, most)
        while len(made) < wanted:
            some = script or self.draw.choice(["plain"] * 12 + list(SCRIPTS))
            stop = self.draw.choice([" "] * 5 + [". "])
            made += self.word(some) + stop
        return made.strip()

    def bullets(self, most: int, long: int, script: str = "") -> str:
        """A list of up to three levels."""
        made, depth = "", -1
        for number in range(most):
            before, depth = depth, self.draw.randint(0, min(2, depth + 1)) if number else 0
            made += "<ul>" * (depth - before) + "</li></ul>" * (before - depth)
            made += ("</li>" if depth <= before else "") + f"<li>{self.words(long, script)}"
        return made + "</li></ul>" * (depth + 1)

    def table(self, rows: int, columns: int, long: int, script: str = "") -> str:
        """A table; its head and first column may come again."""
        made = "<table><thead><tr>"
        made += "".join(f"<th>{self.word('plain', self.repeated)}</th>" for _ in range(columns))
        made += "</tr></thead><tbody>"
        for _ in range(rows):
            cells = [self.word("plain", self.repeated)]
            cells += [self.words(long, script) for _ in range(columns - 1)]
            made += "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
        return made + "</tbody></table>"

    def callout(self, most: int) -> str:
        """A box of paragraphs."""
        inside = "".join(f"<p>{self.words(200)}</p>" for _ in range(most))
        return f'<div class="callout note"><p class="callout-title">Note</p>{inside}</div>'

    def columns(self, number: int) -> str:
        """Lists side by side."""
        inside = "".join(f'<div class="column">{self.bullets(6, 60)}</div>' for _ in range(number))
        return f'<div class="columns">{inside}</div>'

    def definitions(self, most: int) -> str:
        """Terms and their meanings."""
        pairs = (f"<dt>{self.word('plain')}</dt><dd>{self.words(200)}</dd>" for _ in range(most))
        return f"<dl>{''.join(pairs)}</dl>"

    def code(self, most: int) -> str:
        """Lines of code."""
        return "<pre>" + "\n".join(self.words(60, "plain") for _ in range(most)) + "</pre>"

    def picture(self, name: str = "square.png") -> str:
        """A picture with a caption."""
        caption = f"<figcaption>{self.words(60, 'plain')}</figcaption>"
        return f'<figure><img src="{name}" alt="A square">{caption}</figure>'

    def cited(self, most: int) -> str:
        """Paragraphs with footnotes and citations."""
        made, notes = "", ""
        for number in range(1, most + 1):
            mark = f'<sup class="footnote"><a href="#fn-{number}">{number}</a></sup>'
            source = f'<sup class="citation"><a href="#ref-{number}">{number}</a></sup>'
            made += f"<p>{self.words(300, 'plain')}{mark}{source}</p>"
            notes += f'<li id="fn-{number}"><p>{self.words(60, "plain")}</p></li>'
        return f'{made}<aside class="footnotes"><ol>{notes}</ol></aside>'


Bodies = dict[str, Callable[[Torture], str]]
BODIES: Bodies = {
    **{
        f"{number} bullets of up to {long}": lambda t, n=number, m=long: t.bullets(n, m)
        for number, long in ((1, 400), (3, 20), (7, 90), (12, 40), (25, 60), (60, 9), (60, 400))
    },
    **{
        f"{rows} rows of {columns}": lambda t, r=rows, c=columns, m=long: t.table(r, c, m)
        for rows, columns, long in (
            *((1, 2, 9), (4, 3, 40), (9, 8, 9), (25, 4, 30), (60, 2, 60), (60, 8, 12)),
            *((3, 2, 3000), (2, 30, 9)),
        )
    },
    **{f"bullets in {script}": lambda t, s=script: t.bullets(9, 90, s) for script in SCRIPTS},
    **{f"a table in {script}": lambda t, s=script: t.table(4, 3, 40, s) for script in SCRIPTS},
    "a long paragraph": lambda t: f"<p>{t.words(4000)}</p>",
    "a box": lambda t: t.callout(2),
    "a long box": lambda t: "<p>Before.</p>" + t.callout(9),
    "two columns": lambda t: t.columns(2),
    "three columns": lambda t: t.columns(3),
    "definitions": lambda t: t.definitions(12),
    "code": lambda t: t.code(40),
    "a picture and bullets": lambda t: t.bullets(9, 60, "plain") + t.picture(),
    "two pictures": lambda t: t.picture() + t.picture("other.png"),
    "three pictures": lambda t: t.picture() * 1 + t.picture("broad.png") + t.picture("other.png"),
    "four pictures": lambda t: "".join(t.picture() for _ in range(4)),
    "words, a picture and a table": lambda t: (
        f"<p>{t.words(90)}</p>{t.picture('broad.png')}" + t.table(3, 3, 20)
    ),
    "notes and sources": lambda t: t.cited(9),
    "words and a box and a table": lambda t: t.bullets(4, 60) + t.callout(1) + t.table(5, 3, 20),
}


def document(seed: int) -> tuple[Torture, list[tuple[str, str]]]:
    """Titles and HTML of the slides of a torture, and what they say."""
    torture = Torture(seed)
    slides = [(title, body(torture)) for title, body in BODIES.items()]
    return torture, slides
