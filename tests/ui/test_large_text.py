"""Pages with a large text: nothing is squeezed, cut off or torn apart."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QTextLayout
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from pravo_desktop.domain.board import SYMBOLS
from tests.ui.conftest import at_rest
from tests.ui.desks import Place, add_families, go, make_place, page_of, signed_in
from tests.ui.spoken import cut_off, too_wide
from ui.forms.part_forms import PersonForm
from ui.models.cases import RecordRole
from ui.page import Page
from ui.pages.board import BoardPage
from ui.pages.case import CasePage
from ui.pages.cases import CasesPage
from ui.pages.close_month import CloseMonthPage
from ui.pages.figures import FiguresPage
from ui.pages.inbox import InboxPage
from ui.pages.project import ProjectPage
from ui.pages.receipts import ReceiptsPage
from ui.pages.report import ReportPage
from ui.widgets.layouts import FormColumn


@pytest.fixture
def headquarters(tmp_path: Path) -> Place:
    return make_place(tmp_path / "headquarters")


@pytest.fixture
def centre(tmp_path: Path) -> Place:
    place = make_place(tmp_path / "astana", "astana")
    add_families(place, 1)
    return place


def whole(area: QScrollArea) -> bool:
    """Whether nothing in it has to be scrolled to."""
    inside = area.widget()
    return inside is not None and inside.height() <= area.viewport().height()


def fits(page: QWidget) -> bool:
    return not [*too_wide(page), *cut_off(page)]


@pytest.mark.parametrize("size", [150, 200])
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_filters_stand_whole_above_the_figures_and_the_page_scrolls(
    qtbot: QtBot, headquarters: Place, language: str, size: int
) -> None:
    window = signed_in(qtbot, headquarters)
    at_rest(qtbot, window).set_language(language)
    at_rest(qtbot, window).set_text_size(size)
    for kind in (FiguresPage, ReportPage):
        page = go(qtbot, window, kind)
        form = page.findChild(FormColumn)
        assert form is not None
        qtbot.waitUntil(partial(whole, form))
        qtbot.waitUntil(partial(fits, page))


def test_the_deeds_of_a_report_stand_on_a_line_below_its_fields(
    qtbot: QtBot, headquarters: Place
) -> None:
    window = signed_in(qtbot, headquarters)
    at_rest(qtbot, window).set_text_size(150)
    page = go(qtbot, window, ReportPage)
    deeds = (page.texts_button, page.check_button, page.publish_button, page.published_button)

    def tops() -> list[int]:
        return [one.mapTo(page, QPoint()).y() for one in deeds]

    def lowest() -> int:
        shown = [one for one in page.fields.values() if one.isVisibleTo(page)]
        return max(one.mapTo(page, QPoint(0, one.height())).y() for one in shown)

    qtbot.waitUntil(lambda: len(set(tops())) == 1 and tops()[0] >= lowest())


def test_with_the_largest_text_headquarters_pages_have_the_room_that_they_need(
    qtbot: QtBot, headquarters: Place
) -> None:
    window = signed_in(qtbot, headquarters)
    at_rest(qtbot, window).set_text_size(200)
    kinds: tuple[type[Page], ...] = (InboxPage, BoardPage, ReceiptsPage, FiguresPage, ProjectPage)
    for kind in kinds:
        page = go(qtbot, window, kind)
        qtbot.waitUntil(lambda: not window.at_work, timeout=10_000)
        qtbot.waitUntil(partial(fits, page))


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_line_of_the_boards_legend_ends_with_a_mark(
    qtbot: QtBot, headquarters: Place, language: str
) -> None:
    window = signed_in(qtbot, headquarters)
    at_rest(qtbot, window).set_language(language)
    legend = go(qtbot, window, BoardPage).findChild(QLabel, "legend")
    assert legend is not None
    text = legend.text()
    for width in range(120, 900, 7):
        layout = QTextLayout(text, legend.font())
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            said = text[line.textStart() : line.textStart() + line.textLength()].strip()
            assert said[-1] not in SYMBOLS.values(), (width, said)
        layout.endLayout()


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_with_the_largest_text_a_case_and_its_people_are_whole(
    qtbot: QtBot, centre: Place, language: str
) -> None:
    window = signed_in(qtbot, centre)
    at_rest(qtbot, window).set_language(language)
    at_rest(qtbot, window).set_text_size(200)
    cases = go(qtbot, window, CasesPage)
    qtbot.waitUntil(lambda: cases.model.rowCount() == 1, timeout=10_000)
    case_id = cases.model.index(0, 0).data(RecordRole).case_id
    assert window.shell is not None
    window.shell.open(CasePage, case_id=case_id)
    case = page_of(window, CasePage)
    qtbot.waitUntil(lambda: case.card is not None and not window.at_work, timeout=10_000)
    qtbot.waitUntil(partial(fits, case))
    assert case.card is not None
    wife = next(one for one in case.card.people if one.name)
    window.shell.open(PersonForm, case_id=case_id, part_id=wife.participant.id)
    form = page_of(window, PersonForm)
    qtbot.waitUntil(lambda: form.editor.never_tell.isVisible(), timeout=10_000)
    qtbot.waitUntil(partial(fits, form))
    assert "\n" in form.editor.never_tell.text()
    at_rest(qtbot, window).set_text_size(100)
    form = page_of(window, PersonForm)
    qtbot.waitUntil(lambda: form.editor.never_tell.isVisible(), timeout=10_000)
    qtbot.waitUntil(lambda: "\n" not in form.editor.never_tell.text())


@pytest.mark.parametrize("size", [150, 200])
def test_with_a_large_text_a_month_to_close_scrolls_as_one_page(
    qtbot: QtBot, headquarters: Place, size: int
) -> None:
    window = signed_in(qtbot, headquarters)
    at_rest(qtbot, window).set_text_size(size)
    page = go(qtbot, window, CloseMonthPage)
    qtbot.waitUntil(lambda: page.overview is not None and not window.at_work, timeout=10_000)
    qtbot.waitUntil(partial(whole, page.form))
    qtbot.waitUntil(partial(fits, page))
