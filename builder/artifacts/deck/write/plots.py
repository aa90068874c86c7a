"""A chart as DrawingML: what is drawn how (ECMA-376 part 1, 21.2).

Bars are told apart by their place, lines by their marks and dashes: never by colour alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from builder.artifacts.deck.frames import ChartFrame
from builder.artifacts.deck.records import Chart, Run, Series
from builder.artifacts.deck.write.drawing import Pen, quoted, solid
from builder.artifacts.deck.write.workbook import HEAD, SHEET, column, decimal

SPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"
SPACES = (
    f'xmlns:c="{SPACE}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
PAPER = '<a:solidFill><a:schemeClr val="bg1"/></a:solidFill>'
NOTHING = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
MARKS = ("circle", "square", "triangle", "diamond", "x", "star")
DASHES = ("solid", "dash", "sysDot", "lgDash", "dashDot", "lgDashDot")
LINE, MARK = 31750, 9
"""The width of a line in English Metric Units, and the size of its marks in points."""
LABELLED = 16
"""Bars up to this number bear their values, and need no scale."""
LABELLED_POINTS = 8
EVERY_NAME = 30
"""Up to so many categories each bears its name, whatever the program thinks of the room."""
FEW_SLICES = 5
"""More of them have small words, and the last ones at the side, where names stand apart."""
LEADING, LETTER = 1.3, 0.5
"""Height of a line and width of a letter as parts of the size, roughly."""
PLOT, NAME_LINES = 0.6, 2
"""The part of a chart's height that its plot takes, and the lines of a name along an axis."""
TITLE = 2
"""By how many points a chart's title is larger than its other words."""
GAPS = {1: 55, 2: 70}
"""Between groups of bars, in per cent of a bar, by the number of series."""
CATEGORIES, VALUES = 111111111, 222222222
"""The identities of the axes."""


def chart_space(frame: ChartFrame, paints: Sequence[str], numbers: str, pen: Pen) -> str:
    """The chart's part.

    Args:
        frame: what to draw, and how large.
        paints: a colour for each series, or for each slice of a pie.
        numbers: the relation to the workbook.
        pen: language, direction, fonts.
    """
    chart, size = frame.chart, words_size(frame, pen.tokens.table_floor)
    plot = _Plot(chart, size, paints, pen)
    title = plot.title(chart.title, size + TITLE, bold=True) if chart.title else ""
    legend = (
        f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{plot.words()}</c:legend>'
        if len(chart.series) > 1
        else ""
    )
    return (
        f'{HEAD}<c:chartSpace {SPACES}><c:date1904 val="0"/><c:lang val="{quoted(pen.language)}"/>'
        f'<c:roundedCorners val="0"/><c:chart>{title}'
        f'<c:autoTitleDeleted val="{int(not title)}"/><c:plotArea><c:layout/>{plot.drawn()}'
        f"{NOTHING}</c:plotArea>{legend}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"{NOTHING}{plot.words()}"
        f'<c:externalData r:id="{numbers}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def words_size(frame: ChartFrame, floor: float) -> float:
    """The size of the words: that of the frame, or smaller where not all names find room so."""
    size = frame.size
    while size > floor and not _fits(frame, size):
        size -= 1
    return size


def _fits(frame: ChartFrame, size: float) -> bool:
    """Whether all names find room at a size, an upright one on as many lines as others."""
    chart, box = frame.chart, frame.box
    count, longest = len(chart.categories), max(map(len, chart.categories))
    if chart.kind == "pie":
        fits = count <= FEW_SLICES
    elif chart.kind == "bar":
        fits = count * size * LEADING <= PLOT * box.height
    else:
        fits = longest * size * LETTER <= NAME_LINES * box.width / count
    upright = chart.category_axis if chart.kind == "bar" else chart.value_axis
    return fits and len(upright) * size * LETTER <= NAME_LINES * PLOT * box.height


class _Plot:
    """Draws one chart."""

    def __init__(self, chart: Chart, size: float, paints: Sequence[str], pen: Pen) -> None:
        self.chart = chart
        self.size = size
        self.paints = paints
        self.pen = pen
        self.lying = chart.kind == "bar"
        self.side = "r" if pen.rtl else "l"
        points = len(chart.categories) * len(chart.series)
        self.labelled = (
            points <= LABELLED_POINTS and len(chart.series) == 1
            if chart.kind == "line"
            else points <= LABELLED
        )
        self.known = [each for one in chart.series for each in one.values if each is not None]

    def drawn(self) -> str:
        """The plot and its axes."""
        if self.chart.kind == "pie":
            return self.pie()
        axes = f'<c:axId val="{CATEGORIES}"/><c:axId val="{VALUES}"/>'
        if self.chart.kind == "line":
            inside = "".join(map(self.line, range(len(self.chart.series))))
            plot = (
                f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{inside}'
                f'<c:marker val="1"/>{axes}</c:lineChart>'
            )
        else:
            inside = "".join(map(self.bars, range(len(self.chart.series))))
            count = len(self.chart.series)
            plot = (
                f'<c:barChart><c:barDir val="{"bar" if self.lying else "col"}"/>'
                f'<c:grouping val="clustered"/><c:varyColors val="0"/>{inside}'
                f'<c:gapWidth val="{GAPS.get(count, 80)}"/>'
                f'<c:overlap val="{-8 if count > 1 else 0}"/>{axes}</c:barChart>'
            )
        return plot + self.category_axis() + self.value_axis()

    def bars(self, index: int) -> str:
        look = f"<c:spPr>{_fill(self.paints[index])}</c:spPr>"
        labels = self.labels("outEnd") if self.labelled else ""
        inside = f'{look}<c:invertIfNegative val="0"/>{labels}'
        return self.series(index, inside)

    def line(self, index: int) -> str:
        fill = _fill(self.paints[index])
        dash = f'<a:prstDash val="{DASHES[index % len(DASHES)]}"/>'
        symbol = MARKS[index % len(MARKS)]
        stroke = "" if symbol in ("x", "star") else f"<a:ln>{PAPER}</a:ln>"
        mark = fill + stroke if stroke else f'<a:noFill/><a:ln w="22225">{fill}</a:ln>'
        inside = (
            f'<c:spPr><a:ln w="{LINE}" cap="rnd">{fill}{dash}<a:round/></a:ln></c:spPr>'
            f'<c:marker><c:symbol val="{symbol}"/><c:size val="{MARK}"/>'
            f"<c:spPr>{mark}</c:spPr></c:marker>{self.labels('t') if self.labelled else ''}"
        )
        return self.series(index, inside, '<c:smooth val="0"/>')

    def pie(self) -> str:
        """A pie whose slices bear their names and parts, so that it needs no legend."""
        edge = f'<a:ln w="19050">{PAPER}</a:ln>'
        slices = "".join(
            f'<c:dPt><c:idx val="{number}"/><c:bubble3D val="0"/>'
            f"<c:spPr>{_fill(paint)}{edge}</c:spPr></c:dPt>"
            for number, paint in enumerate(self.paints)
        )
        percent = "%" in self.chart.number_format
        turn = 0 if len(self.paints) <= FEW_SLICES else 90
        shown = self.labels("outEnd", name=True, part=not percent)
        return (
            f'<c:pieChart><c:varyColors val="1"/>{self.series(0, slices + shown)}'
            f'<c:firstSliceAng val="{turn}"/></c:pieChart>'
        )

    def labels(self, place: str, name: bool = False, part: bool = False) -> str:
        """What stands at each bar, point or slice: its value, or its part of the whole."""
        code = quoted("0%" if part else self.chart.number_format)
        leaders = '<c:showLeaderLines val="1"/>' if name else ""
        return (
            f'<c:dLbls><c:numFmt formatCode="{code}" sourceLinked="0"/>{NOTHING}{self.words()}'
            f'<c:dLblPos val="{place}"/><c:showLegendKey val="0"/>'
            f'<c:showVal val="{int(not part)}"/><c:showCatName val="{int(name)}"/>'
            f'<c:showSerName val="0"/><c:showPercent val="{int(part)}"/>'
            f'<c:showBubbleSize val="0"/><c:separator>: </c:separator>{leaders}</c:dLbls>'
        )

    def series(self, index: int, look: str, end: str = "") -> str:
        """One series: its name, its look, and where in the workbook its numbers are."""
        series, letter = self.chart.series[index], column(index + 1)
        last = len(self.chart.categories) + 1
        name = _texts(f"{SHEET}!${letter}$1", [series.name])
        categories = _texts(f"{SHEET}!$A$2:$A${last}", self.chart.categories)
        values = self.values(f"{SHEET}!${letter}$2:${letter}${last}", series)
        return (
            f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/><c:tx>{name}</c:tx>{look}'
            f"<c:cat>{categories}</c:cat><c:val>{values}</c:val>{end}</c:ser>"
        )

    def values(self, place: str, series: Series) -> str:
        points = "".join(
            f'<c:pt idx="{number}"><c:v>{decimal(value)}</c:v></c:pt>'
            for number, value in enumerate(series.values)
            if value is not None
        )
        code = quoted(self.chart.number_format)
        return (
            f"<c:numRef><c:f>{place}</c:f><c:numCache><c:formatCode>{code}</c:formatCode>"
            f'<c:ptCount val="{len(series.values)}"/>{points}</c:numCache></c:numRef>'
        )

    def category_axis(self) -> str:
        """The names, the first one on top or where reading begins."""
        turned = self.lying or self.pen.rtl
        title = self.title(self.chart.category_axis, self.size, upright=self.lying)
        few = len(self.chart.categories) <= EVERY_NAME
        every = '<c:tickLblSkip val="1"/>' if few else ""
        return (
            f'<c:catAx><c:axId val="{CATEGORIES}"/>'
            f'<c:scaling><c:orientation val="{"maxMin" if turned else "minMax"}"/></c:scaling>'
            f'<c:delete val="0"/><c:axPos val="{self.side if self.lying else "b"}"/>{title}'
            '<c:numFmt formatCode="General" sourceLinked="0"/>'
            '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
            f"<c:spPr>{_stroke(self.pen.ink, 9525, 60)}</c:spPr>{self.words()}"
            f'<c:crossAx val="{VALUES}"/><c:crosses val="autoZero"/><c:auto val="0"/>'
            f'<c:lblAlgn val="ctr"/><c:lblOffset val="100"/>{every}<c:noMultiLvlLbl val="1"/>'
            "</c:catAx>"
        )

    def value_axis(self) -> str:
        """The scale; where each bar bears its value, only its title."""
        bare = self.labelled and self.chart.kind != "line"
        stroke = _stroke(self.pen.ink, 6350, 20)
        lines = f"<c:majorGridlines><c:spPr>{stroke}</c:spPr></c:majorGridlines>"
        grid = "" if bare else lines
        title = self.title(self.chart.value_axis, self.size, upright=not self.lying)
        turned, crosses = self.lying and self.pen.rtl, "max" if self.lying else "autoZero"
        code = re.sub(r"^0\.0+", "General", self.chart.number_format)
        return (
            f'<c:valAx><c:axId val="{VALUES}"/><c:scaling>'
            f'<c:orientation val="{"maxMin" if turned else "minMax"}"/>{self.limits()}</c:scaling>'
            f'<c:delete val="0"/><c:axPos val="{"b" if self.lying else self.side}"/>{grid}{title}'
            f'<c:numFmt formatCode="{quoted(code)}" sourceLinked="0"/>'
            '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
            f'<c:tickLblPos val="{"none" if bare else "nextTo"}"/>{NOTHING}{self.words()}'
            f'<c:crossAx val="{CATEGORIES}"/><c:crosses val="{crosses}"/>'
            '<c:crossBetween val="between"/></c:valAx>'
        )

    def limits(self) -> str:
        """Bars begin at nought, or their lengths would lie; no scale goes beyond 100 %."""
        least, most = min(self.known, default=0), max(self.known, default=0)
        percent = "%" in self.chart.number_format and 80 < most <= 100
        limits = '<c:max val="100"/>' if percent else ""
        return limits + ('<c:min val="0"/>' if least >= 0 and self.chart.kind != "line" else "")

    def title(self, text: str, size: float, upright: bool = False, bold: bool = False) -> str:
        """The title of the chart or of an axis; nothing where it has none."""
        if not text:
            return ""
        look = f' sz="{round(size * 100)}" b="{int(bold)}"'
        turned = ' rot="-5400000" vert="horz"' if upright else ""
        direction = ' rtl="1"' if self.pen.rtl else ""
        runs = self.pen.runs((Run(text),), look, self.ink)
        return (
            f"<c:title><c:tx><c:rich><a:bodyPr{turned}/><a:lstStyle/><a:p><a:pPr{direction}>"
            f"<a:defRPr{look}>{self.ink}</a:defRPr></a:pPr>{runs}</a:p></c:rich></c:tx>"
            '<c:overlay val="0"/></c:title>'
        )

    @property
    def ink(self) -> str:
        """The colour of words as DrawingML."""
        return solid(self.pen.ink)

    def words(self) -> str:
        """How the words of a part of the chart look."""
        language = f'lang="{quoted(self.pen.language)}"'
        look = f'{language} sz="{round(self.size * 100)}" b="0"'
        return (
            "<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>"
            f"<a:defRPr {look}>{self.ink}</a:defRPr></a:pPr>"
            f"<a:endParaRPr {language}/></a:p></c:txPr>"
        )


def _texts(place: str, texts: Iterable[str]) -> str:
    listed = list(texts)
    points = "".join(
        f'<c:pt idx="{number}"><c:v>{quoted(text)}</c:v></c:pt>'
        for number, text in enumerate(listed)
    )
    return (
        f"<c:strRef><c:f>{place}</c:f><c:strCache>"
        f'<c:ptCount val="{len(listed)}"/>{points}</c:strCache></c:strRef>'
    )


def _fill(colour: str) -> str:
    return f"<a:solidFill>{colour}</a:solidFill>"


def _stroke(ink: str, width: int, strength: int) -> str:
    """A line in the words' colour, so many per cent of it."""
    return (
        f'<a:ln w="{width}"><a:solidFill><a:schemeClr val="{ink}"><a:alpha val="{strength}000"/>'
        "</a:schemeClr></a:solidFill></a:ln>"
    )
