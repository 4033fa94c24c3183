"""The table of cases without a window, and the list of cases in one."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace, open_workplace
from pravo_desktop.domain.versions import row_code
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.cases import add_outcome, open_case
from pravo_desktop.usecases.participants import ParticipantForm
from pravo_desktop.usecases.queries import CaseLine
from tests.ui.conftest import PASSWORD, USER, press, shell_of, write
from ui.app import Window
from ui.models.cases import COL_COUNT, COL_KIND, COL_LAST, COL_TITLE, CasesModel, RecordRole
from ui.pages.case import CasePage
from ui.pages.cases import AT_ONCE, CasesPage
from ui.pages.import_journal import ImportJournalPage

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


def closed_and_open(folder: Path) -> tuple[str, str]:
    """Two cases, of which the first is closed; their ids."""
    workplace = open_workplace(folder, password=PASSWORD, user=USER)
    session, actor = workplace.session(), workplace.actor
    closed, still_open = (
        open_case(
            session,
            actor,
            kind="married",
            registered_on=date(2024, 5, 2),
            participants=(ParticipantForm(role="husband", consent="given", surname=surname),),
        ).case_id
        for surname in ("Тестов", "Қанатов")
    )
    add_outcome(
        session,
        actor,
        case_id=closed,
        kind="reconciled",
        dated_on=date(2024, 5, 3),
        source="couple",
    )
    session.close()
    workplace.close()
    return closed, still_open


def cases_page(qtbot: QtBot, window: Window, shown: int) -> CasesPage:
    page = shell_of(window).go("cases")
    assert isinstance(page, CasesPage)
    qtbot.waitUntil(lambda: page.model.rowCount() == shown, timeout=10_000)
    return page


def test_a_filter_stays_until_it_is_cleared_and_the_list_says_so(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    closed, still_open = closed_and_open(centre_folder)
    window, _ = work_in(centre_folder)
    page = cases_page(qtbot, window, 2)
    assert not page.filters.words.isVisible()
    page.filters.choices["state"].setFocus()
    press(qtbot, window, "Down")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=10_000)
    assert page.model.index(0, 0).data(RecordRole).case_id == still_open
    assert page.filters.choices["state"].currentText() in page.filters.words.text()
    window.close()

    again, _ = work_in(centre_folder)
    page = cases_page(qtbot, again, 1)
    assert page.filters.words.isVisible()
    page.search.setFocus()
    write(again, "тестов")
    qtbot.waitUntil(page.hidden.isVisible, timeout=10_000)
    press(qtbot, again, "Ctrl+Shift+F")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=10_000)
    assert page.model.index(0, 0).data(RecordRole).case_id == closed
    assert not page.filters.words.isVisible()


def test_a_case_is_found_by_the_code_that_headquarters_names(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    closed, _ = closed_and_open(centre_folder)
    window, _ = work_in(centre_folder)
    page = cases_page(qtbot, window, 2)
    write(window, row_code(closed))
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=10_000)
    assert page.model.index(0, 0).data(RecordRole).case_id == closed


def test_the_import_of_a_journal_is_reached_from_the_list_of_cases(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, _ = work_in(centre_folder)
    page = shell_of(window).go("cases")
    entry = page.findChild(QPushButton, "import_journal")
    assert isinstance(entry, QPushButton)
    entry.setFocus()
    press(qtbot, window, "Space")
    assert isinstance(shell_of(window).page, ImportJournalPage)
