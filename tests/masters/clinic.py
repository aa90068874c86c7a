"""Draws the master deck of the clinic theme from the colours and sizes in its theme.toml.

Run `python -m tests.masters.clinic` from the root of the project after a change of either.
The grid: margins of 0.75 in, titles above 1.5 in, text from 1.65 to 6.6 in, footers under 6.8 in.
The strip above 0.4 in belongs to the status band: nothing that can be filled lies there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.masters.drawing import (
    Box,
    Decoration,
    Layout,
    Level,
    Palette,
    Placeholder,
    Shape,
    SlideImage,
    darker,
)
from tests.masters.motifs import LEAF, Sign, leaf, question_mark, sprout, tick
from tests.masters.package import Part, core_properties, extended_properties, pack
from tests.masters.parts import (
    layout,
    master,
    notes_master,
    presentation,
    properties,
    table_styles,
    theme,
)

THEME = Path(__file__).parents[2] / "themes" / "clinic"
SETTINGS: Mapping[str, Any] = tomllib.loads((THEME / "theme.toml").read_text("utf-8"))
SIZES: Mapping[str, Any] = SETTINGS["sizes"]["deck"]
NAMES: Mapping[str, str] = SETTINGS["layouts"]
PALETTE = Palette(SETTINGS["colours"], SETTINGS["scheme"])
TITLED: str = SETTINGS["title"]
FAMILY: str = SETTINGS["fonts"]["deck"]["family"]
Relations = Sequence[tuple[str, str]]
MAIN_RELATIONS = [
    ("slideMaster", "slideMasters/slideMaster1.xml"),
    ("notesMaster", "notesMasters/notesMaster1.xml"),
    ("theme", "theme/theme1.xml"),
    ("presProps", "presProps.xml"),
    ("viewProps", "viewProps.xml"),
    ("tableStyles", "tableStyles.xml"),
]

SLIDE = Box(0, 0, 40 / 3, 7.5)
LEFT, WIDTH, RIGHT = 0.75, 11.833, 12.583
TITLE = Box(LEFT, 0.55, WIDTH, 0.95)
BODY = Box(LEFT, 1.65, WIDTH, 4.95)
BOTTOM = 6.6
GAP = 0.5
HALF = (WIDTH - GAP) / 2
UPPER = Box(LEFT, 0.9, 7.6, 2.75)
LOWER = Box(LEFT, 3.95, 7.6, 2.4)
PANEL = 8.9  # where the drawing of the title and closing slides begins
MARK = Box(11.633, 0.55, 0.95, 0.95)  # the leaf beside the title of a question
SIGN = Box(11.908, 0.78, 0.4, 0.49)
PROMPTS = ("Text", "Second level", "Third level", "Fourth level", "Fifth level")
AREAS = {
    "body": ("Text", PROMPTS),
    "obj": ("Content", PROMPTS),
    "tbl": ("Table", ("Table",)),
    "pic": ("Picture", ("Picture",)),
}
FOOTERS = (
    ("dt", "Date", ("Date",), Box(10.58, 6.91, 1.37, 0.36), "half"),
    ("ftr", "Footer", ("Stamp",), Box(LEFT, 6.91, 9.8, 0.36), "quarter"),
    ("sldNum", "Slide number", (), Box(12.083, 6.91, 0.5, 0.36), "quarter"),
)


def bulleted(sizes: Sequence[float], first: str = "•", space: float = 12) -> tuple[Level, ...]:
    """Return five levels of a list, each 0.35 in further in than the one before."""
    marks = (first, "–", "•", "–", "•")
    spaces = (space, 8, 5, 4, 4)
    hang = 0.45 if first == "1." else 0.3
    return tuple(
        Level(
            size,
            bullet=mark,
            indent=hang + 0.35 * depth,
            hang=hang if not depth else 0.3,
            before=before,
            line=105,
        )
        for depth, (size, mark, before) in enumerate(zip(sizes, marks, spaces, strict=True))
    )


def unbulleted(size: float, colour: str = "ink", before: float = 10) -> tuple[Level, ...]:
    """Return levels of which the first is a plain paragraph and the others are lists."""
    lists = [
        Level(SIZES["floor"], colour, bullet="•", indent=0.3 + 0.35 * depth, hang=0.3, before=4)
        for depth in range(4)
    ]
    return (Level(size, colour, before=before, line=105), *lists)


TITLE_LEVEL = Level(SIZES["title"], "deep", bold=True, line=90)
BODY_LEVELS = bulleted(SIZES["levels"])


def display(colour: str) -> Level:
    """Return the large type of the title and section slides."""
    return Level(SIZES["display"], colour, bold=True, line=90)


def title(
    box: Box = TITLE, kind: str = "title", anchor: str = "ctr", levels: tuple[Level, ...] = ()
) -> Placeholder:
    """Return the title of a slide; a short one stands in the middle of the room for two lines."""
    return Placeholder(kind, 0, "Title", ("Title",), box, anchor, levels)


def area(
    box: Box = BODY, index: int = 1, kind: str = "body", levels: tuple[Level, ...] = ()
) -> Placeholder:
    """Return a place for text (`body`), for anything (`obj`), or for a `tbl` or a `pic`."""
    name, prompt = AREAS[kind]
    return Placeholder(kind, index, f"{name} {index}", prompt, box, levels=levels)


def footers(
    colour: str = "muted", number: str = "brand", first: int = 10
) -> tuple[Placeholder, ...]:
    """Return the date, the stamp and the slide number, on one line along the bottom."""
    size = SIZES["footer"]
    styles = (
        Level(size, colour, align="r"),
        Level(size, colour),
        Level(size, number, bold=True, align="ctr"),
    )
    return tuple(
        Placeholder(kind, first + n, name, prompt, box, "ctr", (style,), extent)
        for n, ((kind, name, prompt, box, extent), style) in enumerate(
            zip(FOOTERS, styles, strict=True)
        )
    )


def number_leaf(colour: str = "tint", shade: str = "") -> Decoration:
    """Return the leaf behind the slide number."""
    return Decoration("Leaf", Box(12.083, 6.91, 0.5, 0.36), colour, shade, LEAF)


def rule(colour: str = "line", shade: str = "") -> Decoration:
    """Return the thin rule above the footers."""
    return Decoration("Rule", Box(LEFT, 6.79, WIDTH, 0.01), colour, shade)


def cover(ground: str, shades: tuple[int, int, int]) -> tuple[Shape, ...]:
    """Return the panel with the sprout, as on the title and closing slides."""
    panel = Decoration("Panel", Box(PANEL, 0, SLIDE.width - PANEL, BOTTOM), ground)
    return (panel, *sprout(PANEL + 1.95, BOTTOM, 1.3, shades), number_leaf())


def title_slide() -> Layout:
    """Return the first slide: what, for whom, by whom."""
    heading = title(UPPER, "ctrTitle", "b", (display("deep"),))
    levels = (Level(SIZES["facts"], "muted", before=7, line=105),)
    words = Placeholder("subTitle", 1, "Subtitle", ("Subtitle",), LOWER, levels=levels)
    shapes = (*cover("brand", (80, 55, 92)), heading, words, *footers())
    return Layout(NAMES["title"], "title", shapes, plain=True)


def about_slide() -> Layout:
    """Return the facts about the module: a quiet panel of plain lines."""
    panel = Decoration("Panel", BODY, "tint")
    facts = area(Box(1.15, 1.95, 11.03, 4.4), levels=unbulleted(SIZES["facts"], before=8))
    return Layout(NAMES["about"], "", (panel, title(), facts, *footers()))


def disclosure_slide() -> Layout:
    """Return the declaration of interest: a sheet of paper on sand, edged in the accent."""
    drawing = (
        Decoration("Edge", Box(0, 0, 0.18, SLIDE.height), "accent"),
        rule(),
        number_leaf("paper"),
        Decoration("Sheet", BODY, "paper"),
        Decoration("Mark", Box(LEFT, BODY.top, 0.1, BODY.height), "accent"),
    )
    facts = area(Box(1.25, 1.95, 10.93, 4.4), levels=unbulleted(SIZES["facts"], before=9))
    shapes: tuple[Shape, ...] = (*drawing, title(), facts, *footers(number="accent"))
    return Layout(NAMES["disclosure"], "", shapes, ground="sand", plain=True)


def objectives_slide() -> Layout:
    """Return the learning objectives: a panel with the title, and a numbered list."""
    panel = Decoration("Panel", Box(0.18, 0, 4.3, BOTTOM), "tint")
    mark = leaf(LEFT, 6.2, 0.9, "tint", darker(80))
    heading = title(Box(LEFT, 1.0, 3.4, 4.0), anchor="t")
    goals = area(Box(5.1, 1.0, RIGHT - 5.1, 5.6), levels=bulleted(SIZES["levels"], "1.", 18))
    return Layout(NAMES["objectives"], "", (panel, mark, heading, goals, *footers()))


def section_slide() -> Layout:
    """Return the slide between two parts: large white words on deep colour."""
    drawing = (
        *sprout(10.85, 6.79, 1.3, (100, 100, 100), "brand"),
        rule("brand"),
        number_leaf("brand"),
    )
    heading = title(UPPER, anchor="b", levels=(display("paper"),))
    words = area(LOWER, levels=unbulleted(SIZES["facts"], "tint", 10))
    shapes = (*drawing, heading, words, *footers("tint", "paper"))
    return Layout(NAMES["section"], "secHead", shapes, ground="deep", plain=True)


def content_slide() -> Layout:
    """Return the slide most of a module is made of."""
    return Layout(NAMES["content"], "obj", (title(), area(kind="obj"), *footers()))


def columns_slide() -> Layout:
    """Return two areas, side by side."""
    left = area(Box(LEFT, BODY.top, HALF, BODY.height), 1, "obj")
    right = area(Box(LEFT + HALF + GAP, BODY.top, HALF, BODY.height), 2, "obj")
    return Layout(NAMES["two-columns"], "twoObj", (title(), left, right, *footers()))


def table_slide() -> Layout:
    """Return an area for one table."""
    return Layout(NAMES["table"], "tbl", (title(), area(kind="tbl"), *footers()))


def picture_slide() -> Layout:
    """Return a large picture with its caption."""
    picture = area(Box(LEFT, BODY.top, WIDTH, 4.2), 1, "pic")
    level = Level(SIZES["caption"], "muted", align="ctr")
    box = Box(LEFT, 6.0, WIDTH, 0.6)
    caption = Placeholder("body", 2, "Caption", ("Caption",), box, levels=(level,))
    return Layout(NAMES["picture"], "picTx", (title(), picture, caption, *footers()))


def text_and_picture_slide() -> Layout:
    """Return text beside a picture."""
    text = area(Box(LEFT, BODY.top, 6.3, BODY.height), 1)
    picture = area(Box(7.55, BODY.top, RIGHT - 7.55, BODY.height), 2, "pic")
    return Layout(NAMES["text-and-picture"], "", (title(), text, picture, *footers()))


def asked(name: str, band: str, ink: str, mark: Sign, levels: tuple[Level, ...]) -> Layout:
    """Return a slide whose title stands in a band across the slide, with a mark in a leaf."""
    drawing = (
        Decoration("Panel", Box(0.18, 0, SLIDE.width - 0.18, 1.75), band),
        leaf(MARK.left, MARK.bottom, MARK.height, "brand" if ink == "deep" else "tint", ""),
        mark,
    )
    heading = title(replace(TITLE, width=10.6), levels=(replace(TITLE_LEVEL, colour=ink),))
    words = area(Box(LEFT, 2.15, WIDTH, BOTTOM - 2.15), kind="obj", levels=levels)
    return Layout(NAMES[name], "", (*drawing, heading, words, *footers()))


def question_slide() -> Layout:
    """Return a question and its choices, in large text."""
    levels = bulleted([SIZES["question"], *SIZES["levels"][1:]], space=20)
    return asked("question", "brand", "paper", question_mark(SIGN, "brand"), levels)


def answer_slide() -> Layout:
    """Return the answer to a question."""
    return asked("answer", "tint", "deep", tick(SIGN, "paper"), ())


def references_slide() -> Layout:
    """Return the numbered list of sources, in smaller text."""
    sources = area(levels=bulleted([SIZES["references"]] * 5, "1."))
    return Layout(NAMES["references"], "", (title(), sources, *footers()))


def closing_slide() -> Layout:
    """Return the last slide: whom to ask, where to find more."""
    heading = title(Box(LEFT, 0.75, 7.6, 1.2), anchor="b")
    facts = area(Box(LEFT, 2.25, 7.6, 4.35), levels=unbulleted(SIZES["facts"]))
    shapes = (*cover("tint", (60, 78, 88)), heading, facts, *footers())
    return Layout(NAMES["closing"], "", shapes, plain=True)


LAYOUTS = (
    title_slide(),
    about_slide(),
    disclosure_slide(),
    objectives_slide(),
    section_slide(),
    content_slide(),
    columns_slide(),
    table_slide(),
    picture_slide(),
    text_and_picture_slide(),
    question_slide(),
    answer_slide(),
    references_slide(),
    closing_slide(),
)


def slide_master() -> Layout:
    """Return what every slide shares."""
    strip = Decoration("Brand", Box(0, 0, 0.18, SLIDE.height), "brand")
    shapes: tuple[Shape, ...] = (strip, rule(), number_leaf(), title(), area(), *footers(first=2))
    return Layout(TITLED, "", shapes, ground="paper")


def notes_page() -> Layout:
    """Return the page of speaker notes: the slide above, the words below."""
    words = Placeholder("body", 1, "Notes", ("Notes",), Box(0.75, 4.35, 6.0, 4.85))
    number = Placeholder(
        "sldNum",
        4,
        "Slide number",
        (),
        Box(5.75, 9.4, 1.0, 0.3),
        "ctr",
        (Level(SIZES["footer"], "muted", align="r"),),
    )
    image = SlideImage(Box(0.75, 0.6, 6.0, 3.375))
    return Layout("Notes", "", (image, words, number), ground="paper")


def part(path: str, kind: str, text: str, relations: Relations = ()) -> Part:
    """Return a part of the presentation, its path being relative to `ppt/`."""
    return Part(f"ppt/{path}.xml", f"officedocument.{kind}", text, relations)


def slide_parts() -> list[Part]:
    """Return the master and its layouts, each related to the other."""
    up = [("slideMaster", "../slideMasters/slideMaster1.xml")]
    paths = [f"slideLayouts/slideLayout{number}" for number in range(1, len(LAYOUTS) + 1)]
    down = [("slideLayout", f"../{path}.xml") for path in paths]
    text = master(slide_master(), TITLE_LEVEL, BODY_LEVELS, len(LAYOUTS), PALETTE)
    related = [*down, ("theme", "../theme/theme1.xml")]
    return [
        part("slideMasters/slideMaster1", "presentationml.slideMaster", text, related),
        *(
            part(path, "presentationml.slideLayout", layout(design, PALETTE), up)
            for path, design in zip(paths, LAYOUTS, strict=True)
        ),
    ]


def notes_parts() -> list[Part]:
    """Return the master of the notes and, as the format wants it, a theme of its own."""
    text = notes_master(notes_page(), PALETTE)
    related = [("theme", "../theme/theme2.xml")]
    return [
        part("notesMasters/notesMaster1", "presentationml.notesMaster", text, related),
        part("theme/theme2", "theme", theme(TITLED, FAMILY, PALETTE)),
    ]


def settings_parts() -> list[Part]:
    """Return the table style, the properties PowerPoint insists on, and the file's own."""
    styles = table_styles(SETTINGS["table"]["style"], TITLED, PALETTE)
    return [
        part("tableStyles", "presentationml.tableStyles", styles),
        part("presProps", "presentationml.presProps", properties("presentationPr")),
        part("viewProps", "presentationml.viewProps", properties("viewPr")),
        core_properties(TITLED),
        extended_properties(),
    ]


def main() -> None:
    """Write master.pptx anew."""
    text = presentation(SLIDE.width, SLIDE.height, PALETTE)
    parts = [
        part("presentation", "presentationml.presentation.main", text, MAIN_RELATIONS),
        *slide_parts(),
        part("theme/theme1", "theme", theme(TITLED, FAMILY, PALETTE)),
        *notes_parts(),
        *settings_parts(),
    ]
    (THEME / "master.pptx").write_bytes(pack(parts))


if __name__ == "__main__":
    main()
