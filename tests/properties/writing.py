"""Documents made by chance from everything that an author can write."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from random import Random

from PIL import Image

from tests.helpers import Project

REFERENCES = """@article{one, author={Lamer, Tim J.}, title={Pain}, journal={Proc}, year={1994}}
@book{two, author={Onofrio, B. and Yaksh, T.}, title={Relief}, publisher={Press}, year={1990}}
"""
PICTURES = {"square.png": (300, 300), "broad.jpg": (900, 300), "tall.png": (200, 700)}
FACTS = """id: {name}
version: "1.0"
title: Module {name}
summary: Made by chance.
kind: leaflet
language: {language}
audience: Testers
objectives: [Know one thing, Know another]
glossary: {{emphasis: Words that are stronger, heading: A title, point: "What matters (≥ 1 mg)"}}
published: 2026-03-02
expires: {expires}
draft: {draft}
people:
  - name: Ada Author
    roles: [author]
    interests: [{{company: Example Devices Ltd, nature: grant, since: 2025}}]
funding: none
publisher: {{name: The Press}}
contact: {{phone: "0123 456 789", email: us@example.org}}
feedback: {{email: us@example.org}}
images:
"""
INLINE = (
    "plain words",
    "**strong** and *emphasis* and ***both***",
    "H~2~O, 10^3^ and `code`",
    "a [link with *emphasis* and **strength**](https://example.org/a?b=c&d=e)",
    "[*a link in emphasis*](mailto:us@example.org), [`code`](tel:+441234)",
    "<https://example.org/>",
    "cited [@one], cited [@two; @one]",
    "PCA is an abbreviation",
    '<span lang="fr">un mot *français*</span>',
    "*hola*{lang=es} and **marked**{.mark #here}",
    "<kbd>Ctrl</kbd> <mark>marked</mark> <del>gone</del> <ins>new</ins> <q>said</q>",
    "<dfn>defined</dfn> <small>small</small> <u>under</u> <time datetime='2026-01-01'>then</time>",
    "a line  \nand the next",
    "signs & < > “quotes” — … “100 %”, Ω? no: µ, é, ß",
    "give 10 mg or 5 μg/kg, **10** mg at 37 °C, p < 0.05, ≥ 3, Fig. 2",
    "a point on emphasis and 12 000 people",
    "a picture ![A small square](images/square.png){width=10%} in a line",
    '<span lang="he" dir="rtl">שלום 10 mg</span>, <span lang="ar" dir="rtl">ثلاث مرات</span>',
    '<span lang="el">λόγος</span>, <span lang="ru">слово</span>, <span lang="hi">शब्द</span>',
)
NUMBERS = "| What & who | One | Two |\n|---|--:|--:|\n| a <b> | 1.5 | |\n| c | -2 | 1 000 |"
ROW = "<tr><td>1</td><td rowspan='2'>2</td></tr><tr><td>3</td></tr>"
BOTH = "<tr><td colspan='2'>both</td></tr>"
BLOCKS: tuple[str, ...] = (
    "{0}\n\n{1}",
    "### A heading {n}\n\n{0}\n\n#### A deeper one {n}\n\n{1}",
    "##### A heading that skips {n}\n\n{0}",
    "- {0}\n- {1}\n    - nested {0}\n        - deeper {1}\n    - back\n- end",
    "- loose\n\n- {0}\n\n    a paragraph of the item\n\n- {1}",
    "4. {0}\n5. {1}\n    1. inner\n    2. {0}\n6. last",
    "1. loose\n\n    - mixed {0}\n\n2. {1}\n\n    > quoted in an item",
    "| Head | B | *C* |\n|:--|:-:|--:|\n| {0l} | b | 1 |\n| | {1l} | 2 |\n\nTable: {0l} [@one]",
    "| A | B |\n|---|---|\n| 1 | 2 |\n\n{0}",
    "Term {n}\n:   {0}\n\nOther term\n:   {1}\n:   a second meaning",
    "Text[^{n}] and again[^{n}], and another[^{n}x].\n\n[^{n}]: A note: {0l}\n[^{n}x]: Another.",
    "::: key-points\n- {0}\n- {1}\n:::",
    "::: warning  Mind *this* {n}\n{0}\n\n1. one\n2. two\n:::",
    "::: note\n{0}\n\n| A | B |\n|---|---|\n| 1 | 2 |\n:::",
    ":::: columns\n::: column\n### Left {n}\n\n{0}\n:::\n::: column\n- {1}\n- end\n:::\n::::",
    ":::: columns\n::: column\n![A tall one](images/tall.png)\n:::\n::: column\n{0}\n:::\n::::",
    '![A square](images/square.png "Caption {n} [@two]"){{width=40%}}',
    "![A broad picture](images/broad.jpg)",
    "![A square](images/square.png){{width=5cm height=30mm fit=cover}}",
    "![A](images/tall.png 'Caption {n}'){{height=60pt}}\n\n![B](images/broad.jpg){{width=2in}}",
    "\n\n".join(f"![Picture {each}](images/square.png)" for each in "ABCD"),
    "![](images/broad.jpg){{.decorative width=4cm}}",
    '| A | B | C |\n|---|:-:|--:|\n| {0l} | 2 | 3 |\n\nTable: Wide {n} {{widths="3 1 1"}}',
    '| A | B |\n|---|---|\n| 1 | {0l} |\n\nTable: {{widths="20%, 80%"}}',
    "::: keep\n### Kept {n}\n\n{0}\n\n- {1}\n:::",
    ":::: keep\n::: note\n{0}\n:::\n\n| A |\n|---|\n| 1 |\n::::",
    ":::: columns\n::: column\n{0}\n:::\n::: column\n::::: keep\n{1}\n:::::\n:::\n::::",
    "## Which {n}? {{.question}}\n\nA. {0}\nB. b\n\n::: answer\n{1}[^q{n}]\n:::\n\n[^q{n}]: So.",
    "## What {n}? {{.question .keep}}\n\n:::: answer\n::: warning\n{0}\n:::\n::::",
    '## Kept {n} {{.keep layout="content"}}\n\n{0}',
    "![](images/square.png){{.decorative}}",
    "[![A square](images/square.png 'Linked')](https://example.org/)",
    "::: chart bar  Bars & <{n}>\nMessage: It is “more” than <1>.\nCaption: {0l}\n{numbers}\n:::",
    "::: chart line\nMessage: It rises.\nValues: Dose (mg)\n\n{numbers}\n:::",
    "> {0}\n>\n> - quoted list\n>\n> > quoted twice",
    "```python\nif a < b:\n    print('&amp; {n}')\n```",
    "    indented code {n}",
    "{0}\n{{.small #named-{n}}}\n\n[to that](#named-{n})",
    "<div lang='es' dir='ltr'>\n<p>hola</p>\n<ul><li>uno</li></ul>\n</div>",
    "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody>{row}{both}</tbody></table>",
    "<p dir='rtl' lang='he'>abc</p>",
    "<ol start='3'><li value='7'>seven</li><li>eight</li></ol>",
    "- {0}\n\n    ```\n    code\n    ```\n\n    | A | B |\n    |---|---|\n    | 1 | 2 |\n\n- b",
    "- text, then a figure\n\n    ![A square](images/square.png)\n\n- {1}",
    "| A | B |\n|---|---|\n" + "\n".join(f"| {row} | {{0l}} |" for row in range(45)),
    "::: warning\n- {0}\n    1. [`a`](https://example.org/x)\n:::\n\n> ::: note\n> {1}\n> :::",
)
LANGUAGES = ("en-GB", "fr", "de-CH", "es", "ar", "he", "en-US")
"""The languages of the documents; their words are the same."""


def _filled(block: str, number: int, chance: Random) -> str:
    """A block with inline marks in its places; in table cells and notes they stay on a line."""
    first, second = chance.sample(INLINE, 2)
    lines = (each.replace("  \n", " ") for each in (first, second))
    block = block.replace("{0l}", next(lines)).replace("{1l}", next(lines))
    block = block.replace("{numbers}", NUMBERS).replace("{row}", ROW).replace("{both}", BOTH)
    places = {"{0}": first, "{1}": second, "{n}": str(number), "{{": "{", "}}": "}"}
    for place, words in places.items():
        depth = "\n" + " " * 4 if block.lstrip().startswith(("-", "1", "4")) else "\n"
        block = block.replace(place, words.replace("\n", depth) if "  \n" in words else words)
    return block


def document(chance: Random, blocks: list[str], heading: Callable[[int], str]) -> str:
    """Blocks in their order under headings."""
    parts = ["*[PCA]: patient-controlled analgesia"]
    for number, block in enumerate(blocks):
        if number % 2 == 0:
            parts.append(heading(number))
        parts.append(_filled(block, number, chance))
    return "\n\n".join(parts) + "\n"


ROLES = ("", " {.risks}", " {.help}", " {.questions}", "{.key-points}", " {.who}")
"""What the headings of a leaflet say; the last stands on the cover where there is one."""


def leaflet(chance: Random, blocks: list[str], roles: Sequence[str]) -> str:
    """A leaflet's text."""
    return document(chance, blocks, lambda n: f"## Section {n} {chance.choice(roles)}")


def deck(chance: Random, blocks: list[str]) -> str:
    """A deck's text; each slide has notes."""

    def heading(number: int) -> str:
        notes = f"::: notes\n{chance.choice(INLINE)}\n\n- a point\n    1. a step\n:::"
        part = f"# Part {number}\n\n" if chance.random() < 0.3 else ""
        start = "---" if number and chance.random() < 0.2 else f"{part}## Slide {number}"
        return f"{start}\n\n{notes}"

    return document(chance, blocks, heading)


def write(
    project: Project,
    name: str,
    seed: int,
    blocks: list[str],
    *,
    slides: bool = True,
    roles: Sequence[str] = ROLES,
) -> None:
    """Write a module by chance, with a leaflet and, if wanted, slides of the same blocks."""
    chance = Random(seed)
    text, shown = leaflet(chance, blocks, roles), deck(chance, blocks) if slides else ""
    facts = FACTS.format(
        name=name.upper(),
        language=LANGUAGES[seed % len(LANGUAGES)],
        expires=chance.choice(("2028-03-02", "2026-04-02", "2026-06-15")),
        draft=chance.choice(("no", "no", "yes")),
    )
    for picture, size in PICTURES.items():
        if picture in text + shown:
            facts += f"  - {{file: images/{picture}, credit: Us, licence: CC BY 4.0}}\n"
            data = io.BytesIO()
            kind = "JPEG" if picture.endswith("jpg") else "PNG"
            Image.new("RGB", size, "teal").save(data, kind)
            project.write(f"sources/{name}/images/{picture}", data.getvalue())
    project.write(f"sources/{name}/module.yaml", facts.removesuffix("images:\n"))
    project.write(f"sources/{name}/references.bib", REFERENCES)
    project.write(f"sources/{name}/leaflet.md", text)
    if slides:
        project.write(f"sources/{name}/slides.md", shown)
