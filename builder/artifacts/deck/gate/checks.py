"""What every slide must offer to people who do not see it, or not well: one check each.

Sources: WCAG 2.2, EN 301 549 chapter 10, and what PowerPoint's own checker asks for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from builder.artifacts.deck.gate.finished import MAIN, RUNS, Shape, words_in
from builder.artifacts.deck.gate.view import FOOTERS, Finding, View, line_of, said, short, squeezed
from builder.artifacts.deck.master.textstyle import NAMES
from builder.artifacts.deck.script import LETTERS, RIGHT_TO_LEFT, runs_leftwards
from builder.artifacts.deck.style import Box
from builder.module.alternative import emptiness
from builder.module.language import WELL_FORMED

Check = Callable[[View], Iterator[Finding]]
OURS = "This is a fault of Leafdeck; please report it."
DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
NOT_MERGED = {
    "gridSpan": ("", "1"),
    "rowSpan": ("", "1"),
    "hMerge": ("", "0", "false"),
    "vMerge": ("", "0", "false"),
}
"""What a cell says that stands by itself."""
MOVING = ("p:timing//p:par//p:cTn[@presetClass]", ".//a:videoFile", ".//a:audioFile")


def title(view: View) -> Iterator[Finding]:
    """A title that is a placeholder, says something, and no other slide bears."""
    shape = view.slide.title
    if shape is None or not shape.words.strip():
        yield Finding("has no title", "Give the slide a heading.")
        return
    if view.first != view.slide.number:
        yield Finding(
            f"bears the same title as slide {view.first}", "Tell the two apart in their headings."
        )
    box = view.slide.face.box(shape)
    if box is not None and not _is_seen(box, *view.finished.size):
        own = shape.element.find("p:spPr/a:xfrm", NAMES) is not None
        hint = "Move the title back onto the slide in the master deck."
        yield Finding("has its title off the slide", hint, master=not own)


def _is_seen(box: Box, width: float, height: float) -> bool:
    """Whether at least half of a rectangle lies on a slide of that size."""
    across = min(box.left + box.width, width) - max(box.left, 0)
    down = min(box.top + box.height, height) - max(box.top, 0)
    return across >= box.width / 2 and down >= box.height / 2


def alternative(view: View) -> Iterator[Finding]:
    """Words for each picture, chart and table, or the mark that it is decorative."""
    for at, shape in enumerate(view.slide.shapes):
        if shape.kind not in ("picture", "chart", "table"):
            continue
        words = str(shape.properties.get("descr", "")).strip()
        line = line_of(view.pairs.get(at))
        if not words and not _is_decorative(shape):
            yield Finding(
                f"has a {shape.kind} without alternative text",
                "Say in words what it shows; a table's caption serves for it.",
                line,
            )
        elif shape.kind != "table" and (found := emptiness(words)):
            yield Finding(
                f"has a {shape.kind} whose alternative text is {found}, {words}",
                "Say in words what it shows.",
                line,
            )


def _is_decorative(shape: Shape) -> bool:
    marks = shape.properties.iterfind("a:extLst/a:ext", NAMES)
    return any(
        each.get("val") == "1" for mark in marks if mark.get("uri") == DECORATIVE for each in mark
    )


def table(view: View) -> Iterator[Finding]:
    """A header row that is marked, no merged cells, as many cells in each row."""
    for at, shape in enumerate(view.slide.shapes):
        if shape.kind == "table":
            for what, hint in _table(next(shape.element.iter(f"{MAIN}tbl"))):
                yield Finding(what, hint, line_of(view.pairs.get(at)))


def _table(grid: Any) -> Iterator[tuple[str, str]]:
    properties = grid.find("a:tblPr", NAMES)
    if properties is None or properties.get("firstRow") not in ("1", "true"):
        yield "has a table without a header row", "Give the table a header row."
    rows = [row.findall("a:tc", NAMES) for row in grid.iterfind("a:tr", NAMES)]
    columns = len(grid.findall("a:tblGrid/a:gridCol", NAMES))
    if any(
        cell.get(name, "") not in NOT_MERGED[name]
        for row in rows
        for cell in row
        for name in NOT_MERGED
    ):
        yield (
            "has a table with merged cells",
            "Repeat the words in each cell, or leave cells empty.",
        )
    if any(len(row) != columns for row in rows):
        yield "has a table whose rows differ in length", "Give each row as many cells as the first."


def order(view: View) -> Iterator[Finding]:
    """Shapes that follow each other as the source does: the title first, the stamp last."""
    kinds = [shape.holder for shape in view.slide.shapes]
    missing = [frame for frame in view.page.frames if not _holds(view.pairs.values(), frame)]
    if missing:
        words = short(said(missing[0])) or "a picture or a chart"
        yield Finding(
            f"does not read in the order of the source: “{words}” is out of its place",
            OURS,
            line_of(missing[0]),
        )
    elif kinds and view.slide.title is not None and view.slide.shapes[0] is not view.slide.title:
        yield Finding("is not read from its title on", OURS)
    last = max(view.pairs, default=0)
    if any(kind in FOOTERS for kind in kinds[:last]):
        yield Finding("reads its footer before its content", OURS)


def _holds(frames: Any, frame: Any) -> bool:
    return any(each is frame for each in frames)


def language(view: View) -> Iterator[Finding]:
    """A language on every run, in the notes too."""
    for where, root in (("", view.slide.root), (" in its notes", view.slide.notes)):
        for run in root.iter(*RUNS) if root is not None else ():
            properties = run.find("a:rPr", NAMES)
            tag = "" if properties is None else str(properties.get("lang", ""))
            if not WELL_FORMED.fullmatch(tag):
                what = f"in no known language, {tag}" if tag else "without a language"
                yield Finding(
                    f"has words {what}{where}: “{short(words_in(run))}”",
                    "State the module's language.",
                )
                return


def direction(view: View) -> Iterator[Finding]:
    """Right-to-left paragraphs that say so, in a font for their script."""
    for shape, frame, line, looks in view.texts:
        stated = line.element.find("a:pPr", NAMES)
        rtl = stated.get("rtl") if stated is not None else None
        leftwards = looks.leftwards if rtl is None else rtl in ("1", "true")
        if line.text.isascii() and not leftwards and not view.rtl:
            continue
        lettered = LETTERS.search(line.text) is not None
        pieces = [(words_in(run), _language(run)) for run in line.runs]
        if lettered and runs_leftwards(pieces, view.rtl) != leftwards:
            yield Finding(
                f"has a paragraph that is set in the wrong direction: “{short(line.text)}”",
                "State the language of foreign passages.",
                line_of(frame, line),
            )
        if not looks.complex and any(map(_lacks_face, line.runs)):
            yield Finding(
                f"has no font for the script of “{short(line.text)}”",
                "Name a font for complex scripts in the master deck.",
                line_of(frame, line),
                view.is_mark(shape, frame),
            )


def _language(run: Any) -> str:
    properties = run.find("a:rPr", NAMES)
    return "" if properties is None else str(properties.get("lang", ""))


def _lacks_face(run: Any) -> bool:
    return bool(RIGHT_TO_LEFT.search(words_in(run))) and run.find("a:rPr/a:cs", NAMES) is None


def links(view: View) -> Iterator[Finding]:
    """Links that say where they lead."""
    for _, frame, line, _ in view.texts:
        for run in line.runs:
            link = run.find("a:rPr/a:hlinkClick", NAMES)
            if link is None:
                continue
            if not words_in(run).strip():
                yield Finding(
                    "has a link without words", "Say where it leads.", line_of(frame, line)
                )
            elif not str(link.get("tooltip", "")).strip():
                yield Finding(
                    f"has a link that does not say where it leads: “{short(words_in(run))}”",
                    "Name the target in the words of the link.",
                    line_of(frame, line),
                )


def empty(view: View) -> Iterator[Finding]:
    """No placeholder left empty: PowerPoint asks for words there, and screen readers stop there."""
    for shape in view.slide.shapes:
        held = shape.kind == "words" and shape.holder is not None and shape is not view.slide.title
        if held and not squeezed(shape.words):
            yield Finding(
                f"has an empty placeholder, “{shape.name}”",
                OURS,
            )


def names(view: View) -> Iterator[Finding]:
    """Names and numbers of shapes that are unique on their slide."""
    for attribute in ("name", "id"):
        values = Counter(shape.properties.get(attribute) for shape in view.slide.shapes)
        twice = [value for value, count in values.items() if count > 1]
        if twice:
            yield Finding(
                f"has two shapes with one {attribute}, “{twice[0]}”",
                OURS,
            )


def still(view: View) -> Iterator[Finding]:
    """Nothing that moves or sounds by itself."""
    if any(view.slide.root.find(path, NAMES) is not None for path in MOVING):
        yield Finding("moves or sounds by itself", "Take it out of the master deck.")
