"""How the room of a page is shared between the columns of a table."""

from reportlab.pdfbase.pdfmetrics import stringWidth

from exports.pdf import BOLD, register_fonts
from exports.report.blocks import Table
from exports.report.columns import column_widths, left_pads

_WHOLE, _SIZE, _PAD = 480.0, 9.0, 4.0
_LONG = "Центр сообщил, что в этом месяце приём вели в двух зданиях. " * 4


def widths_of(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[float]:
    register_fonts()
    table = Table("a", "", heads, (False,) * len(heads), tuple(rows))
    pads = left_pads(table, _PAD)
    return column_widths(table, rows, _SIZE, _SIZE, pads, _PAD, _WHOLE)


def test_short_columns_are_not_broken_when_long_texts_do_not_fit() -> None:
    short = ("сентябрь 2024 г.", "Головной офис", "30.09.2024")
    widths = widths_of(
        ("Месяц", "Центр", "Получен", "Замечание", "Пояснение"), [(*short, _LONG, _LONG)]
    )
    for text, width in zip(short, widths, strict=False):
        assert stringWidth(text, BOLD, _SIZE) + _PAD <= width
    assert abs(sum(widths) - _WHOLE) < 0.5
    assert min(widths[3:]) > 0.12 * _WHOLE


def test_the_longest_of_too_many_short_columns_gives_way_first() -> None:
    row = ("сентябрь 2024 г.", "Головной офис", "с опозданием, исправление") * 2
    widths = widths_of(("",) * 6, [row])
    for column in (0, 1, 3, 4):
        assert stringWidth(row[column], BOLD, _SIZE) + _PAD <= widths[column]
    assert stringWidth(row[2], BOLD, _SIZE) > widths[2]
    assert abs(sum(widths) - _WHOLE) < 0.5
