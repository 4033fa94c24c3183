"""The report's charts: horizontal bars that read the same in PDF, on screen and in print."""

from __future__ import annotations

import io
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont
from reportlab.graphics.renderSVG import drawToString
from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics

from exports.pdf import ACCENT, BOLD, INK, QUIET, REGULAR, font_file, register_fonts
from exports.report.blocks import Bar, Chart
from exports.report.cells import shown
from pravo_desktop.i18n import Translator

_SIZE = 9
_LEADING = 11
_BAR = 11
_GAP = 7
_LABEL_SHARE = 0.42
_DPI = 200
_FINER = 2


class ChartColours(NamedTuple):
    """What a chart is drawn in: its words, its axis and what is missing, its bars, its ground."""

    text: Color
    quiet: Color
    bar: Color
    ground: Color

    @classmethod
    def of(cls, text: str, quiet: str, bar: str, ground: str) -> ChartColours:
        """The colours written as ``#1F2933``."""
        return cls(*map(HexColor, (text, quiet, bar, ground)))


PAPER = ChartColours(INK, QUIET, ACCENT, HexColor("#FFFFFF"))


def bar_chart(
    chart: Chart, translator: Translator, width: float, colours: ChartColours = PAPER
) -> Drawing:
    """The chart without its caption.

    Args:
        width: in points; the height follows from the number of bars and lines of labels.
    """
    register_fonts()
    label_width = min(
        width * _LABEL_SHARE,
        max((_width(bar.label) for bar in chart.bars), default=0) + 1,
    )
    left = label_width + 8
    numbers = [shown(bar.amount, translator) for bar in chart.bars]
    right = max((_width(number) for number in numbers), default=0) + 6
    largest = max((max(bar.amount.value or 0, bar.plan or 0) for bar in chart.bars), default=0)
    scale = (width - left - right) / largest if largest else 0

    labels = [simpleSplit(bar.label, REGULAR, _SIZE, label_width) for bar in chart.bars]
    heights = [max(_BAR, len(lines) * _LEADING) + _GAP for lines in labels]
    drawing = Drawing(width, sum(heights))
    top = drawing.height
    for bar, lines, number, height in zip(chart.bars, labels, numbers, heights, strict=True):
        _draw_bar(drawing, bar, lines, number, top - height / 2, left, scale, colours)
        top -= height
    drawing.add(Line(left, 0, left, drawing.height, strokeColor=colours.quiet, strokeWidth=0.75))
    return drawing


def chart_svg(
    chart: Chart, translator: Translator, width: float, colours: ChartColours = PAPER
) -> str:
    """The same drawing as SVG text, for the screen; ``width`` in points."""
    return str(drawToString(bar_chart(chart, translator, width, colours)))


def chart_png(chart: Chart, translator: Translator, width: float) -> tuple[bytes, float]:
    """The same drawing as a PNG of `_DPI` dots, and its height in points; ``width`` likewise."""
    drawing = bar_chart(chart, translator, width)
    scale = _DPI / 72
    # Drawn twice as large and made smaller, so that letters and edges are smooth.
    large = scale * _FINER
    image = Image.new("RGB", (round(width * large), round(drawing.height * large)), "white")
    pen = ImageDraw.Draw(image)

    def at(x: float, y: float) -> tuple[float, float]:
        return x * large, (drawing.height - y) * large

    for shape in drawing.contents:
        match shape:
            case Rect():
                ends = (*at(shape.x, shape.y + shape.height), *at(shape.x + shape.width, shape.y))
                pen.rectangle(ends, fill=_hex(shape.fillColor))
            case Line():
                ends = (*at(shape.x1, shape.y1), *at(shape.x2, shape.y2))
                pen.line(ends, _hex(shape.strokeColor), round(shape.strokeWidth * large))
            case String():
                font = ImageFont.truetype(font_file(shape.fontName), round(shape.fontSize * large))
                anchor = "rs" if shape.textAnchor == "end" else "ls"
                pen.text(
                    at(shape.x, shape.y), shape.text, _hex(shape.fillColor), font, anchor=anchor
                )
    size = (round(width * scale), round(drawing.height * scale))
    out = io.BytesIO()
    image.resize(size, Image.Resampling.LANCZOS).save(out, "PNG", dpi=(_DPI, _DPI))
    return out.getvalue(), drawing.height


def _hex(colour: Color | None) -> str | None:
    return None if colour is None else "#" + str(colour.hexval())[2:]


def _draw_bar(
    drawing: Drawing,
    bar: Bar,
    lines: list[str],
    number: str,
    middle: float,
    left: float,
    scale: float,
    colours: ChartColours,
) -> None:
    baseline = middle + (len(lines) / 2 - 1) * _LEADING + _LEADING / 2 - _SIZE * 0.36
    for index, line in enumerate(lines):
        drawing.add(
            String(
                left - 8,
                baseline - index * _LEADING,
                line,
                fontName=REGULAR,
                fontSize=_SIZE,
                fillColor=colours.text,
                textAnchor="end",
            )
        )
    length = (bar.amount.value or 0) * scale
    if length:
        drawing.add(
            Rect(
                left,
                middle - _BAR / 2,
                length,
                _BAR,
                fillColor=colours.bar,  # type: ignore[arg-type]
                strokeColor=None,  # type: ignore[arg-type]
            )
        )
    end = left + length
    if bar.plan is not None:
        tick = left + bar.plan * scale
        for colour, weight in ((colours.ground, 3), (colours.text, 1.2)):
            drawing.add(
                Line(
                    tick,
                    middle - _BAR / 2 - 2,
                    tick,
                    middle + _BAR / 2 + 2,
                    strokeColor=colour,
                    strokeWidth=weight,
                )
            )
        # The number never stands on the tick.
        if end - 2 < tick < end + 5 + _width(number):
            end = tick
    drawing.add(
        String(
            end + 5,
            middle - _SIZE * 0.36,
            number,
            fontName=REGULAR if bar.amount.value is None else BOLD,
            fontSize=_SIZE,
            fillColor=colours.quiet if bar.amount.value is None else colours.text,
        )
    )


def _width(text: str) -> float:
    return float(pdfmetrics.stringWidth(text, BOLD, _SIZE))
