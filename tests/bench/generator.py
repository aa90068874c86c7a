"""Makes up sound modules, as many as wanted: the same number gives the same files.

A module is 12 slides with a table and a picture, and a leaflet of two pages: `module.yaml`,
`slides.md`, `leaflet.md`, `references.bib` and `images/plan.png`. Other sizes are as many files
that cost less to build.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from PIL import Image, ImageDraw

WORDS = Path(__file__).with_name("words.yaml")
PICTURE = "images/plan.png"
ALT = "Boxes side by side, one for each day, higher from day to day."


class Size(Enum):
    """How much a module is, and how much is made of it."""

    WHOLE = "12 slides and two pages"
    SMALL = "8 slides and a page with hardly anything"
    WITHDRAWN = "as small, and only a page is made of it"


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The sentences and names that modules are made up of."""
    return dict(yaml.safe_load(WORDS.read_text(encoding="utf-8")))


class Module:
    """One made-up module.

    Args:
        number: decides everything that it says.
        size: how much that is.
    """

    def __init__(self, number: int, size: Size = Size.WHOLE) -> None:
        self.number = number
        self.size = size
        self.small = size is not Size.WHOLE
        self.chance = random.Random(number)
        self.words = words()
        self.theme = self.words["themes"][number % len(self.words["themes"])]
        self.place = self.one("places") + self.one("ends")
        self.condition = self.one("conditions")
        self.author, self.reviewer = (f"{self.one('first')} {self.one('last')}" for _ in range(2))
        self.reviewer += " Jr" if self.reviewer == self.author else ""
        self.title = f"{self.theme['title']} {self.condition}"
        years = (2014,) if self.small else (2014, 2021)
        self.keys = [f"{self.one('last').lower()}{year}" for year in years]

    def begin(self, part: str) -> None:
        """Start the chance of a part: it says the same whenever it is asked for."""
        self.chance.seed(f"{self.number} {part}")

    @property
    def name(self) -> str:
        """The folder's name."""
        return f"module-{_letters(self.number)}"

    def one(self, key: str) -> str:
        """One of the names in a list."""
        return str(self.chance.choice(self.words[key]))

    def some(self, count: int, *keys: str) -> list[str]:
        """So many sentences of a list, all different, in the words of this module."""
        found: Any = self.words
        for key in keys:
            found = found[key]
        return [self.filled(each) for each in self.chance.sample(found, count)]

    def filled(self, sentence: str) -> str:
        """A sentence with this module's words in the place of the braces."""
        doing, other = self.chance.sample(self.theme["doing"], 2)
        values = {
            "it": self.theme["it"],
            "condition": self.condition,
            "place": self.place,
            "key": self.chance.choice(self.keys),
            "doing": doing,
            "other": other,
        }
        names = {"day": "days", "number": "numbers", "who": "who"}
        values |= {slot: self.one(key) for slot, key in names.items()}
        text = sentence.format(**values)
        return text[0].upper() + text[1:]

    def paragraph(self, count: int, *keys: str) -> str:
        """So many sentences, one after the other."""
        return " ".join(self.some(count, *keys))


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what follows it, in Markdown that Leafdeck and pandoc read alike."""

    heading: str
    body: str

    def __str__(self) -> str:
        return f"{self.heading}\n\n{self.body}\n"


def write_project(root: Path, sizes: Sequence[Size], first: int = 0) -> list[Module]:
    """Write a project of modules of these sizes, and nothing else.

    Args:
        root: the project's folder.
        sizes: one for each module.
        first: the number of the first one.
    """
    modules = [Module(number, size) for number, size in enumerate(sizes, first)]
    for module in modules:
        write_module(root / "sources" / module.name, module)
    return modules


def write_module(folder: Path, module: Module) -> None:
    """Write a module's five files."""
    (folder / "images").mkdir(parents=True, exist_ok=True)
    for file, sections in (("slides.md", slides(module)), ("leaflet.md", leaflet(module))):
        (folder / file).write_text("\n".join(map(str, sections)), encoding="utf-8")
    (folder / "module.yaml").write_text(_yaml(facts(module)), encoding="utf-8")
    (folder / "references.bib").write_text("\n".join(references(module)), encoding="utf-8")
    (folder / PICTURE).write_bytes(picture(module))


def slides(module: Module) -> list[Section]:
    """What the author writes of the slides; Leafdeck adds six, such as the title's."""
    module.begin("slides")
    written = [
        Section(f"# {module.theme['title']}", module.paragraph(1, "slides", "sections")),
        _bullets(module, "Where to start"),
        Section("## The plan for a week", _table(module)),
        Section("## What a plan looks like", _picture(module)),
        Section("## Two ways", _columns(module)),
        Section("## What we know", _evidence(module)),
    ]
    if module.small:
        return [written[3], written[5]]
    return [Section(each.heading, f"{each.body}\n{_notes(module)}") for each in written]


def leaflet(module: Module) -> list[Section]:
    """The leaflet: two pages, or hardly anything."""
    module.begin("leaflet")
    if module.small:
        return [Section("## How to begin", module.filled("Ask your {who} on {day}."))]
    points = _list(module.some(3, "leaflet", "key-points"))
    return [
        Section("::: key-points", f"{points}\n:::"),
        Section("## Who this leaflet is for {.who}", _text(module, "who", 2)),
        Section("## Why it matters {.benefits}", f"{_text(module, 'why', 3)} {_cited(module)}"),
        Section("## How to begin", _text(module, "how", 3)),
        Section("## When to get help {.help}", _help(module)),
    ]


def facts(module: Module) -> dict[str, Any]:
    """What stands in `module.yaml`."""
    domain = f"{module.place.lower()}.example.org"
    phone = f"01632 96{module.number % 10_000:04}"
    told = {
        "id": f"BENCH-{module.number:05}",
        "version": "1.0",
        "title": module.title,
        "summary": f"How to plan {module.theme['it']} {module.condition}, step by step.",
        "kind": "e-learning" if module.small else "leaflet",
        "language": "en-GB",
        "audience": f"People at {module.place}, and those who help them",
        "purpose": f"After reading this you can plan {module.theme['it']} for a week.",
        "objectives": ["Name one step to begin with.", "Plan a week.", "Know when to call."],
        "published": "2026-02-16",
        "reviewed": "2026-02-16",
        "expires": "2028-02-16",
        "people": list(_people(module)),
        "funding": "none",
        "publisher": {"name": f"{module.place} sample library", "address": "1 Example Street"},
        "owner": f"Lead nurse, {module.place}",
        "contact": {"name": f"The team at {module.place}", "phone": phone},
        "feedback": {"email": f"feedback@{domain}"},
        "disclaimer": "This leaflet is no substitute for talking with your doctor.",
        "sample": True,
        "images": [{"file": PICTURE, "credit": "Drawn for this module", "licence": "CC BY 4.0"}],
        "revisions": [
            {"version": "1.0", "date": "2026-02-16", "kind": "major", "summary": "First edition."}
        ],
    }
    if module.size is Size.WITHDRAWN:
        reason = "What it told is no longer so."
        told["withdrawn"] = {"on": "2026-05-01", "by": f"{module.place} board", "reason": reason}
    return told


def _people(module: Module) -> Iterator[dict[str, Any]]:
    for name, role in ((module.author, "author"), (module.reviewer, "editor")):
        yield {
            "name": name,
            "roles": [role],
            "affiliation": f"{module.place} Hospital (invented person)",
            "interests": "none",
            "declared_on": "2026-01-20",
        }


def references(module: Module) -> Iterator[str]:
    """The entries of `references.bib`."""
    module.begin("references")
    for key in module.keys:
        journal, volume = module.one("journals"), module.chance.randint(3, 90)
        author = f"{key[:-4].title()}, {module.chance.choice('ABCDEFG')}."
        yield (
            f"@article{{{key},\n  author = {{{author}}},\n"
            f"  title = {{{module.theme['title']} {module.condition}: a study of "
            f"{module.chance.randint(20, 400)} people}},\n  journal = {{{journal}}},\n"
            f"  year = {{{key[-4:]}}},\n  volume = {{{volume}}},\n"
            f"  pages = {{{volume + 10}--{volume + 17}}}\n}}\n"
        )


def picture(module: Module) -> bytes:
    """A drawing of its own for each module: boxes for the days, as PNG."""
    module.begin("picture")
    size = (240, 135) if module.small else (960, 540)
    drawn = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(drawn)
    wide = size[0] // 8
    for day in range(7):
        left = wide // 2 + day * wide
        top = size[1] - (day + 2) * size[1] // 10 - module.chance.randint(0, size[1] // 12)
        colour = tuple(module.chance.randint(20, 140) for _ in range(3))
        pen.rounded_rectangle((left, top, left + wide - 10, size[1] - 5), 8, fill=colour)
    target = io.BytesIO()
    drawn.save(target, "PNG")
    return target.getvalue()


def _bullets(module: Module, heading: str) -> Section:
    points = _list(module.some(4, "slides", "points"))
    key = module.paragraph(1, "slides", "key-points")
    return Section(f"## {heading}", f"{points}\n\n::: key-points\n- {key}\n:::\n")


def _notes(module: Module) -> str:
    return f"\n::: notes\n{module.paragraph(3, 'slides', 'notes')}\n:::\n"


def _columns(module: Module) -> str:
    left, right = (_list(module.some(3, "slides", "points")) for _ in range(2))
    return (
        f":::: columns\n::: column\n### Alone\n\n{left}\n:::\n"
        f"::: column\n### With somebody\n\n{right}\n:::\n::::\n"
    )


def _table(module: Module) -> str:
    days = module.words["days"]
    rows = [
        f"| {day} | {module.filled('{doing}')} | {module.chance.randint(5, 45)} minutes |"
        for day in days
    ]
    head = ["| Day | Step | Time |", "|:---|:---|---:|"]
    return "\n".join([*head, *rows, "", "Table: One step a day, and how long it takes"])


def _picture(module: Module) -> str:
    caption = module.filled("How {it} can grow in {number} weeks")
    return f'![{ALT}]({PICTURE} "{caption}"){{width=50%}}'


def _evidence(module: Module) -> str:
    found = "An invented study of {number} groups looked at {it}"
    return _list([f"{module.filled(found)} [@{key}]" for key in module.keys])


def _cited(module: Module) -> str:
    found = "; ".join(f"@{key}" for key in module.keys)
    return f"You can read more in what others wrote [{found}]."


def _help(module: Module) -> str:
    cases = (f"{each[0].lower()}{each[1:]}" for each in module.some(3, "leaflet", "help"))
    return f"Call the team if:\n\n{_list(cases)}."


def _text(module: Module, part: str, count: int) -> str:
    return module.paragraph(count, "leaflet", part)


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {each}" for each in items)


def _yaml(values: dict[str, Any]) -> str:
    return yaml.safe_dump(values, sort_keys=False, allow_unicode=True)


def _letters(number: int) -> str:
    """A number as five letters, so that names sort as the numbers do."""
    return "".join(chr(ord("a") + number // 26**place % 26) for place in (3, 2, 1, 0))
