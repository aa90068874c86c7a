"""A chart's figure -> its record: the numbers of its table, and what its attributes say."""

from __future__ import annotations

from lxml.html import HtmlElement

from builder.artifacts.deck.outline.elements import classes_of, line_of
from builder.artifacts.deck.outline.inline import NOTHING, runs_of
from builder.artifacts.deck.records import Chart, Paragraph, Series
from builder.module.numbers import read_number
from builder.problems import Place, Problem, Rejected

KINDS = ("bar", "column", "line", "pie")


def is_chart(figure: HtmlElement) -> bool:
    """Whether a figure is to be drawn from the numbers of its table."""
    return "chart" in classes_of(figure) and figure.find(".//table") is not None


def chart_of(figure: HtmlElement) -> Chart:
    """The chart.

    Raises:
        Rejected: it is of no known kind, or its table holds something else than numbers.
    """
    head, *rows = [[cell for cell in row if cell.tag in ("th", "td")] for row in figure.iter("tr")]
    kind = _said(figure, "kind")
    if kind not in KINDS or not rows or any(len(row) != len(head) for row in rows):
        hint = 'A chart is written <figure class="chart" data-kind="bar"> around a whole table.'
        message = "A chart of no known kind, or with an incomplete table."
        raise Rejected(Problem("template-error", message, _place(figure), hint))
    names = [_words(cell) for cell in head[1:]]
    columns = zip(*([_number(cell) for cell in row[1:]] for row in rows), strict=True)
    words = next(filter(None, map(runs_of, figure.iter("figcaption"))), ())
    return Chart(
        kind=kind,
        alternative=_said(figure, "alt"),
        categories=tuple(_words(row[0]) for row in rows),
        series=tuple(Series(*pair) for pair in zip(names, columns, strict=True)),
        title=_said(figure, "title"),
        category_axis=_said(figure, "category-axis"),
        value_axis=_said(figure, "value-axis"),
        number_format=_said(figure, "format") or "General",
        caption=Paragraph(words, "caption", line=line_of(figure)) if words else None,
        line=line_of(figure),
    )


def untitle(section: HtmlElement, title: str) -> None:
    """Leave out the titles of a slide's charts that say what its own title does."""
    for figure in section.iter("figure"):
        if is_chart(figure) and _said(figure, "title").casefold() == title.casefold():
            figure.attrib.pop("data-title", None)


def _said(figure: HtmlElement, name: str) -> str:
    return " ".join(NOTHING.sub("", figure.get(f"data-{name}", "")).split())


def _words(cell: HtmlElement) -> str:
    return " ".join(NOTHING.sub("", str(cell.text_content())).split())


def _number(cell: HtmlElement) -> float | None:
    text = _words(cell)
    try:
        number = read_number(text)
    except ValueError as error:
        message = f"“{text[:40]}” in a chart is not a number."
        raise Rejected(Problem("chart-number", message, _place(cell), str(error))) from None
    return number.value if number else None


def _place(element: HtmlElement) -> Place:
    return Place("", line_of(element))
