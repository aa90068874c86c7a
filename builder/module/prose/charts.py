"""Charts: a container that holds a table, or names a file of numbers -> a figure with its table.

    ::: chart bar  Pain relief after one hour
    Message: Morphine relieved pain in twice as many patients as placebo.

    | Medicine | Patients with relief (%) |
    |----------|--------------------------|
    | Morphine | 62                       |
    | Placebo  | 31                       |
    :::

The figure shows title, message and table, so that nothing is lost where no chart is drawn; what a
chart needs besides stands in its attributes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from posixpath import normpath

from lxml.html import HtmlElement

from builder.fields import nearest
from builder.module.alternative import emptiness
from builder.module.numbers import Number, format_of
from builder.module.prose.grids import Grid, check_numbers, common_unit, grid_of_file, grid_of_table
from builder.module.prose.misfits import Misfit, crowded, misfits, pie_misfits, wordy
from builder.module.prose.source import Source
from builder.module.prose.tree import LINE, add_class, classes_of, line_of, make, take_out, words_of
from builder.workspace import Folder

CHART = "chart"
KINDS = ("bar", "column", "line", "pie")
LINES = ("Message", "Values", "Categories", "Data", "Caption")
"""What stands in a chart beside its table, each on a line of its own."""

_LINE = re.compile(rf"[ ]{{0,3}}({'|'.join((*LINES, 'Table'))}):", re.IGNORECASE)


def is_chart_line(line: str) -> bool:
    """Whether a line of a chart says something of its own, and so ends what stands before it."""
    return bool(_LINE.match(line))


def finish_charts(part: HtmlElement, source: Source, folder: Folder | None) -> list[str]:
    """Make charts of the figures that `::: chart` left, and report what is wrong with them.

    Args:
        part: a piece of a text, whose tables are finished.
        source: the text.
        folder: the module's folder, where files of numbers lie.

    Returns:
        The files of numbers that were named.
    """
    files: list[str] = []
    for figure in [each for each in part.iter("figure") if CHART in classes_of(each)]:
        chart = _Reader(figure, source, folder, files)
        if not chart.finish():
            del figure.attrib["class"]
    return files


@dataclass
class _Reader:
    """One chart that is being read."""

    figure: HtmlElement
    source: Source
    folder: Folder | None
    files: list[str]
    told: dict[str, HtmlElement] = field(default_factory=dict)
    """The lines by their name."""
    tables: list[HtmlElement] = field(default_factory=list)
    failed: bool = False

    def __post_init__(self) -> None:
        self.line = line_of(self.figure)
        self.kind = self.figure.get("data-kind", "")
        self.title = " ".join(self.figure.get("data-title", "").split())

    def report(self, code: str, message: str, line: int, hint: str) -> None:
        """Note an error: no chart can be made."""
        self.failed = True
        self.source.report(code, message, line, hint)

    def finish(self) -> bool:
        """Whether the figure became a chart."""
        if self.kind not in KINDS:
            wrong = f"There is no chart “{self.kind}”." if self.kind else "The chart has no kind."
            hint = nearest(self.kind, KINDS) or "Write bar, column, line or pie: ::: chart bar"
            self.report("chart-kind", wrong, self.line, hint)
        self.sort()
        message = self.words("message")
        found = emptiness(message)
        if found or not message:
            hint = "Say what the chart shows: Message: Twice as many had relief with morphine."
            wrong = f"“{message}” is {found}, not a message." if found else ""
            self.report("chart-text", wrong or "The chart has no message.", self.line, hint)
        grid = self.grid()
        numbers = self.numbers(grid) if grid else []
        if self.failed or not grid:
            return False
        self.warn(message, grid)
        self.rebuild(message, grid, numbers)
        return True

    def sort(self) -> None:
        """What stands in the container: its lines, its table, and what does not belong there."""
        for child in list(self.figure):
            match = _LINE.match(child.text or "") if child.tag == "p" else None
            if match:
                self.tell(match[1].lower().replace("table", "caption"), child, match.end())
            elif child.tag == "table":
                self.tables.append(child)
                for picture in child.iter("img"):
                    message = "A cell of a chart holds no picture."
                    line = line_of(picture)
                    self.report("chart-data", message, line, "Show it beside the chart.")
                for caption in child.findall("caption"):
                    self.tell("caption", take_out(caption), 0)
            else:
                self.misplaced(child)

    def misplaced(self, piece: HtmlElement) -> None:
        """Report what is no part of a chart; a misspelt line still counts as the one meant."""
        word, colon, _ = words_of(piece).partition(":")
        near = get_close_matches(word.capitalize(), LINES, 1) if colon else []
        hint = f"A chart holds one table, and lines: {', '.join(LINES)}."
        if near:
            self.told.setdefault(near[0].lower(), piece)
            hint = f"Did you mean “{near[0]}:”?"
        self.report("chart-data", "This is no part of a chart.", line_of(piece), hint)

    def tell(self, name: str, words: HtmlElement, start: int) -> None:
        if name in self.told:
            message = f"“{name.capitalize()}:” is given twice."
            self.report("chart-data", message, line_of(words), "Keep one of them.")
            return
        words.text = (words.text or "")[start:].lstrip()
        self.told[name] = words

    def words(self, name: str) -> str:
        return words_of(self.told[name]) if name in self.told else ""

    def grid(self) -> Grid | None:
        """The numbers, from the one place where they are."""
        path = self.words("data")
        self.files += [normpath(path)] if path else []
        places = len(self.tables) + ("data" in self.told)
        if places != 1:
            wrong = "no numbers" if not places else "numbers in more than one place"
            hint = "Write one table in it, or name a file in the module's folder: Data: relief.csv"
            self.report("chart-data", f"The chart has {wrong}.", self.line, hint)
            return None
        if self.tables:
            grid = grid_of_table(self.tables[0], self.source)
        else:
            grid = grid_of_file(path, self.folder, self.source, line_of(self.told["data"]))
        self.failed = self.failed or grid is None
        return grid

    def numbers(self, grid: Grid) -> list[list[Number | None]]:
        """The numbers row by row; whatever is wrong with them is reported."""
        self.complain(grid, misfits(self.kind, grid))
        numbers = check_numbers(grid)
        self.failed = self.failed or numbers is None
        if numbers and not self.failed and self.kind == "pie":
            values = [row[0].value if row[0] else None for row in numbers]
            self.complain(grid, pie_misfits(grid, values))
        return numbers or []

    def complain(self, grid: Grid, found: Iterable[Misfit]) -> None:
        for cell, message, hint in found:
            grid.source.report("chart-data", message, cell.line, hint)
            self.failed = True

    def warn(self, message: str, grid: Grid) -> None:
        """What makes a chart hard to read."""
        if _plain(message) in (_plain(self.title), _plain(self.words("caption"))):
            hint = "Say what follows from the numbers, for those who cannot see them."
            text = "The message says no more than the title or the caption."
            self.source.report("chart-message", text, self.line, hint)
        if len(grid.head) > 2 and not self.words("values") and not common_unit(grid):
            hint = "Add a line, as in Values: Patients with relief (%)"
            text = "Nothing says what the numbers are."
            self.source.report("chart-axis", text, self.line, hint)
        if crowded(self.kind, grid):
            hint = "Show fewer rows, sum up the small ones, or make two charts of it."
            text = f"The chart has {len(grid.rows)} rows by {len(grid.head) - 1}: hard to read."
            self.source.report("chart-crowded", text, self.line, hint)
        for cell, text, hint in wordy(self.title, grid):
            grid.source.report("chart-crowded", text, cell.line, hint)

    def rebuild(self, message: str, grid: Grid, numbers: list[list[Number | None]]) -> None:
        """The figure: attributes, then title, message, table and caption."""
        head = [each.text for each in grid.head]
        said = self.words("values") or (head[1] if len(head) == 2 else "")
        values = said or common_unit(grid)
        axes = {"category-axis": self.words("categories") or head[0], "value-axis": values}
        given = {"kind": self.kind, "title": self.title, "alt": message}
        if self.kind != "pie":
            given |= axes
        given["format"] = format_of([each for row in numbers for each in row if each])
        self.figure.attrib.clear()
        self.figure.set("class", CHART)
        for name, value in given.items():
            self.figure.set(f"data-{name}", value)
        self.figure.set(LINE, str(self.line))
        table = _finished(self.tables[0] if self.tables else grid.table())
        if said and said not in head:
            table.insert(0, make("caption", text=said))
        self.figure[:] = [make("p", {"class": "chart-title"}, self.title)] if self.title else []
        self.figure.append(make("p", {"class": "chart-message"}, message))
        self.figure.append(table)
        self.figure.text = None
        if self.words("caption"):
            caption = self.told["caption"]
            caption.tag = "figcaption"
            self.figure.append(caption)


def _finished(table: HtmlElement) -> HtmlElement:
    """A table whose rows begin with their names, and whose numbers stand under each other."""
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("th", "td")]
        if cells[0].tag == "td":
            cells[0].tag = "th"
            cells[0].set("scope", "row")
        for cell in cells[1:]:
            add_class(cell, "right")
    table.tail = None
    return table


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip() or "\0"
