"""The table of cases without a window, and the list of cases in one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.cases import ParticipantForm, open_case
from pravo_desktop.usecases.queries import CaseLine
from tests.ui.conftest import press, shell_of, write
from ui.app import Window
from ui.models.cases import COL_COUNT, COL_KIND, COL_LAST, COL_TITLE, CasesModel, RecordRole
from ui.pages.case import CasePage
from ui.pages.cases import AT_ONCE, CasesPage

WorkIn = Callable[[Path], tuple[Window, Workplace]]


def line(number: int, title: str = "Әлиев Нұрлан") -> CaseLine:
    return CaseLine(
        f"id{number}", f"AST-A-2024-{number:05d}", title, "married", "2024-05-01", None, 0
    )


def model(language: str = "kk") -> CasesModel:
    return CasesModel(Translator(language), classifiers().kinds["case_kind"])


def test_a_row_shows_the_couple_and_its_facts_in_the_reader_s_language() -> None:
    table = model("ru")
    table.set_rows(
        [CaseLine("a", "AST-A-2024-00001", "", "married", "2024-05-01", "2024-05-03", 2)], 1
    )
    shown = [table.index(0, section).data() for section in range(table.columnCount())]
    assert shown[COL_TITLE] == "Без имён"
    assert shown[COL_KIND] == "Супруги в браке" and shown[COL_LAST] == "03.05.2024"
    right = table.index(0, COL_COUNT).data(Qt.ItemDataRole.TextAlignmentRole)
    assert right & Qt.AlignmentFlag.AlignRight
    assert table.index(0, 0).data(RecordRole).case_id == "a"


def test_scrolling_to_the_end_asks_once_for_the_next_rows() -> None:
    table = model()
    asked: list[int] = []
    table.more_wanted.connect(asked.append)
    table.set_rows([line(1), line(2)], 3)
    assert table.canFetchMore(QModelIndex())
    table.fetchMore(QModelIndex())
    table.fetchMore(QModelIndex())
    assert asked == [2]
    table.add_rows([line(3)])
    assert table.rowCount() == 3 and not table.canFetchMore(QModelIndex())


def test_the_first_page_of_many_cases_is_read_and_the_rest_when_scrolled_to(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    session = workplace.session()
    for number in range(AT_ONCE + 5):
        open_case(session, workplace.actor, kind="married", label=f"папка {number}")
    session.close()
    page = shell_of(window).go("cases")
    assert isinstance(page, CasesPage)
    page.reload()
    qtbot.waitUntil(lambda: page.model.rowCount() == AT_ONCE, timeout=10_000)
    page.table.scrollToBottom()
    qtbot.waitUntil(lambda: page.model.rowCount() == AT_ONCE + 5, timeout=10_000)


def test_a_name_is_found_without_kazakh_letters_and_enter_opens_the_case(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    session = workplace.session()
    for surname in ("Қанатов", "Ильясов"):
        person = ParticipantForm(role="husband", consent="given", surname=surname)
        open_case(session, workplace.actor, kind="married", participants=(person,))
    session.close()
    page = shell_of(window).go("cases")
    assert isinstance(page, CasesPage)
    write(window, "канат")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=10_000)
    assert page.model.index(0, COL_TITLE).data() == "Қанатов"
    press(qtbot, window, "Enter")
    case = shell_of(window).page
    assert isinstance(case, CasePage)
    qtbot.waitUntil(lambda: case.title() == "Қанатов", timeout=10_000)
    press(qtbot, window, "Esc")
    assert shell_of(window).page is page and page.search.text() == "канат"
