"""Headquarters browses the figures and follows a number to its rows, without a mouse."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from pravo_desktop.i18n import Translator
from pravo_desktop.usecases.figure_tables import ShownBar, bars_svg
from tests.exports.test_report_pdf import text_of
from tests.ui.desks import (
    Place,
    choose_files,
    click,
    go,
    make_place,
    page_of,
    press,
    receive_april,
    signed_in,
)
from ui.app import Window
from ui.models.figures import values_model
from ui.pages.explain import ExplainPage
from ui.pages.figure_records import FigureRecordsPage, RecordVersionsPage
from ui.pages.figures import ChartView, FiguresPage
from ui.tables import ListView
from ui.theme import DARK, Theme


@pytest.fixture
def filled(tmp_path: Path) -> Place:
    """Headquarters that accepted April of one centre with three couples."""
    headquarters = make_place(tmp_path / "headquarters")
    receive_april(headquarters, tmp_path)
    return headquarters


def opened(qtbot: QtBot, place: Place) -> tuple[Window, FiguresPage]:
    window = signed_in(qtbot, place)
    page = go(qtbot, window, FiguresPage)
    qtbot.waitUntil(lambda: page.lines is not None)
    return window, page


def values(page: FiguresPage) -> dict[str, object]:
    wanted = page.indicator.value
    rows = page.model.rows
    return {line.key: line.row.value for line in rows if line.row.indicator == wanted}


def test_a_number_is_followed_to_its_record_and_back(qtbot: QtBot, filled: Place) -> None:
    window, page = opened(qtbot, filled)
    page.indicator.choose("couples")
    qtbot.waitUntil(lambda: values(page).get("astana") == 3)
    page.table.choose(next(n for n, one in enumerate(page.model.rows) if one.key == "astana"))
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    records = page_of(window, FigureRecordsPage)
    qtbot.waitUntil(lambda: len(records.model.rows) == 3)
    line = records.model.rows[0]
    assert (line.table, line.centre, line.month, line.sequence) == ("cases", "astana", "2024-04", 1)
    QTest.keyClick(records.table, Qt.Key.Key_Return)
    versions = page_of(window, RecordVersionsPage)
    qtbot.waitUntil(lambda: bool(versions.values.rows))
    said = {one.name: one.says for one in versions.values.rows}
    assert said["Вид"] == "Супруги в браке" and "03.04.2024" in said.values()
    assert "Подписал: astana A" in versions.package.text()
    assert [one.counts for one in versions.model.rows] == [True]
    QTest.keyClick(versions.table, Qt.Key.Key_Escape)
    QTest.keyClick(records.table, Qt.Key.Key_Escape)
    assert page_of(window, FiguresPage) is page


def test_an_indicator_is_split_by_month_quarter_and_sex(qtbot: QtBot, filled: Place) -> None:
    _, page = opened(qtbot, filled)
    page.indicator.choose("participants")
    page.by.choose("month")
    qtbot.waitUntil(lambda: values(page).get("2024-04") == 9)
    assert values(page)[""] == 9 and "не складываются" in page.told.text()
    page.by.choose("quarter")
    qtbot.waitUntil(lambda: "2024-05" not in values(page) and values(page).get("2024-04") == 9)
    page.by.choose("sex")
    qtbot.waitUntil(lambda: values(page).get("men") == 3)
    assert values(page)["women"] == 3 and values(page)["children"] == 3
    page.region.choose("almaty")
    qtbot.waitUntil(lambda: list(values(page).values()) == [None])


def test_the_chart_of_the_report_stands_on_white(qtbot: QtBot, filled: Place) -> None:
    window, page = opened(qtbot, filled)
    window.show()
    qtbot.waitUntil(lambda: page.chart.height() > 100)
    assert page.heading.text() == page.chart.accessibleName()
    drawn = page.chart.grab().toImage()
    colours = {
        drawn.pixelColor(x, y).name()
        for x in range(0, drawn.width(), 3)
        for y in range(0, drawn.height(), 3)
    }
    assert drawn.pixelColor(drawn.width() - 12, drawn.height() - 12).name() == "#ffffff"
    assert "#0a7084" in colours


def test_the_chart_takes_the_colours_of_the_dark_window(qtbot: QtBot) -> None:
    colours = DARK
    chart = ChartView(Theme(dark=True))
    qtbot.addWidget(chart)
    chart.resize(600, 200)
    svg = bars_svg(
        [ShownBar("Астана", 3, plan=4), ShownBar("Алматы", None, "нет данных")],
        language="ru",
        width=560,
        text=colours.text,
        quiet=colours.quiet,
        bar=colours.accent,
        ground=colours.surface,
    )
    chart.show_svg(svg, "Пары")
    drawn = chart.grab().toImage()
    assert drawn.pixelColor(2, 2).name() == colours.surface.lower()
    bars = sum(
        abs(drawn.pixelColor(x, drawn.height() // 4).red() - QColor(colours.accent).red()) < 8
        for x in range(drawn.width())
    )
    assert bars > 100


def test_the_records_behind_a_number_need_no_sideways_scrolling(
    qtbot: QtBot, filled: Place
) -> None:
    window, page = opened(qtbot, filled)
    window.resize(1366, 768)
    window.show()
    page.indicator.choose("couples")
    qtbot.waitUntil(lambda: values(page).get("astana") == 3)
    page.open_records()
    records = page_of(window, FigureRecordsPage)
    qtbot.waitUntil(lambda: len(records.model.rows) == 3)
    qtbot.waitUntil(lambda: records.table.list_actions is not None)
    qtbot.waitUntil(lambda: records.table.horizontalScrollBar().maximum() == 0)


def test_the_head_of_what_changed_is_a_noun() -> None:
    heads = {
        language: str(
            values_model(Translator(language), Theme()).headerData(2, Qt.Orientation.Horizontal)
        )
        for language in ("kk", "ru")
    }
    assert heads == {"kk": "Өзгеріс", "ru": "Изменение"}


def test_a_number_is_explained_and_printed_by_keyboard(
    qtbot: QtBot, filled: Place, tmp_path: Path
) -> None:
    window, page = opened(qtbot, filled)
    page.indicator.choose("couples")
    qtbot.waitUntil(lambda: values(page).get("astana") == 3)
    page.table.choose(len(page.model.rows) - 1)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    press(qtbot, window, Qt.Key.Key_E, both)
    explained = page_of(window, ExplainPage)
    qtbot.waitUntil(lambda: explained.content is not None)
    assert explained.heading.text().endswith("— 3")
    said = [one.text() for one in explained.findChildren(QLabel)]
    assert any("сумма по регионам равна" in one for one in said)
    table = explained.findChild(ListView)
    assert table is not None
    shown = [table.model().index(row, 1).data() for row in range(table.model().rowCount())]
    assert shown[0] == "3" and shown[-1] == "3"
    explained.language.choose("kk")
    click(explained.save_button)
    target = tmp_path / "number.pdf"
    choose_files(qtbot, explained, target)
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(lambda: "Сан қайдан шықты" in text_of(target.read_bytes(), tmp_path))


def test_a_number_is_explained_from_its_records(qtbot: QtBot, filled: Place) -> None:
    window, page = opened(qtbot, filled)
    page.indicator.choose("consultations")
    qtbot.waitUntil(lambda: values(page).get("astana") == 3)
    page.open_records()
    records = page_of(window, FigureRecordsPage)
    qtbot.waitUntil(lambda: bool(records.model.rows))
    assert records.model.rows[0].signer
    click(explain_button_of(records))
    explained = page_of(window, ExplainPage)
    qtbot.waitUntil(lambda: explained.content is not None)
    assert explained.content is not None and explained.content.value == 3


def explain_button_of(page: FigureRecordsPage) -> QPushButton:
    found = page.findChild(QPushButton, "explain")
    assert found is not None
    return found
