"""Headquarters takes in the packages of the centres."""

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pravo_desktop.backups.keeping import backups_of
from pravo_desktop.usecases.drafts import my_drafts
from tests.ui.conftest import at_rest
from tests.ui.desks import (
    Place,
    add_families,
    answer,
    choose_files,
    click,
    dialog,
    go,
    in_front,
    make_package,
    make_place,
    page_of,
    primary,
    signed_in,
    trust,
)
from ui.app import Window
from ui.models.inbox import COL_W_SIGNER
from ui.pages.effect import EffectPage
from ui.pages.fork import ForkPage
from ui.pages.inbox import InboxPage
from ui.pages.quarantine import QuarantinePage


@pytest.fixture
def headquarters(tmp_path: Path) -> Place:
    return make_place(tmp_path / "headquarters")


@pytest.fixture
def centre(tmp_path: Path) -> Place:
    place = make_place(tmp_path / "astana", "astana")
    add_families(place, 2)
    return place


@pytest.fixture
def package(centre: Place, tmp_path: Path) -> Path:
    stick = tmp_path / "stick"
    stick.mkdir()
    return make_package(centre, stick)


def opened(qtbot: QtBot, place: Place) -> tuple[Window, InboxPage]:
    window = signed_in(qtbot, place)
    return window, go(qtbot, window, InboxPage)


def statuses(page: InboxPage) -> list[str]:
    return [one.reception.status for one in page.arrived.rows]


def receive(qtbot: QtBot, page: InboxPage, *paths: Path) -> None:
    """Drop files and wait until each of them is judged."""
    page.take(list(paths))
    qtbot.waitUntil(lambda: page.primary() is not None)


def effect(qtbot: QtBot, window: Window) -> EffectPage:
    """The page that shows an effect, once it is worked out."""
    assert window.shell is not None
    shell = window.shell
    qtbot.waitUntil(lambda: isinstance(shell.page, EffectPage) and shell.page.primary() is not None)
    assert isinstance(shell.page, EffectPage)
    return shell.page


def accept_all(qtbot: QtBot, window: Window, page: InboxPage, reason: str = "курьер") -> None:
    """Look at what all waiting packages would change together, and accept them by keyboard."""
    qtbot.waitUntil(lambda: bool(page.waiting.rows))
    click(page.waiting.all_button)
    shown = effect(qtbot, window)
    if shown.reason_field.isVisible():
        shown.reason.setText(reason)
    primary(qtbot, window)
    assert window.shell is not None
    shell = window.shell
    qtbot.waitUntil(lambda: shell.page is page and not page.waiting.rows)


def with_waiting(
    qtbot: QtBot, headquarters: Place, centre: Place, package: Path
) -> tuple[Window, InboxPage]:
    """The page with a package of a trusted centre that waits for a decision."""
    trust(headquarters, centre, "astana")
    window, page = opened(qtbot, headquarters)
    receive(qtbot, page, package)
    qtbot.waitUntil(lambda: len(page.waiting.rows) == 1 and page.primary() is not None)
    return window, page


def with_accepted(
    qtbot: QtBot, headquarters: Place, centre: Place, package: Path
) -> tuple[Window, InboxPage]:
    """The page with a package of a trusted centre that was accepted."""
    window, page = with_waiting(qtbot, headquarters, centre, package)
    accept_all(qtbot, window, page)
    qtbot.waitUntil(lambda: [one.status for one in page.received.rows] == ["accepted"])
    return window, page


def test_a_package_is_accepted_once_and_a_damaged_one_says_why_not(
    qtbot: QtBot, headquarters: Place, centre: Place, package: Path
) -> None:
    trust(headquarters, centre, "astana")
    damaged = package.with_name("damaged.xlsx")
    damaged.write_bytes(package.read_bytes()[:-30])
    shutil.copy(package, package.with_name("z-again.xlsx"))
    window, page = opened(qtbot, headquarters)
    primary(qtbot, window)
    choose_files(qtbot, page, package)
    qtbot.waitUntil(lambda: len(page.waiting.rows) == 1 and page.primary() is not None)
    assert page.received.rows == []
    accept_all(qtbot, window, page)
    qtbot.waitUntil(lambda: len(page.received.rows) == 1)
    click(page.folder_button)
    choose_files(qtbot, page, package.parent)
    qtbot.waitUntil(lambda: len(statuses(page)) == 3 and page.primary() is not None)
    assert sorted(statuses(page)) == ["already", "already", "refused"]
    assert page.chosen_file is not None and page.chosen_file.path == damaged
    assert "Файл повреждён" in page.detail.text
    assert len(page.received.rows) == 1


def test_the_effect_on_the_report_is_shown_before_a_package_is_accepted(
    qtbot: QtBot, headquarters: Place, centre: Place, package: Path
) -> None:
    window, page = with_waiting(qtbot, headquarters, centre, package)
    assert page.waiting.rows[0].rows.new > 0
    QTest.keyClick(page.waiting.table, Qt.Key.Key_Return)
    shown = effect(qtbot, window)
    couples = [
        (one.before, one.after)
        for one in shown.effects.rows
        if (one.indicator, one.region, one.breakdown) == ("couples", "astana", None)
    ]
    assert couples == [(None, 2)]
    assert "Астана" in shown.facts.text() and shown.signer.text()


def test_a_late_package_is_not_accepted_without_a_reason(
    qtbot: QtBot, headquarters: Place, centre: Place, package: Path
) -> None:
    window, page = with_waiting(qtbot, headquarters, centre, package)
    assert page.waiting.rows[0].late
    click(page.waiting.effect_button)
    shown = effect(qtbot, window)
    primary(qtbot, window)
    assert shown.reason_field.note.isVisible() and shown.reason.hasFocus()
    shown.reason.setText("болел курьер")
    primary(qtbot, window)
    qtbot.waitUntil(lambda: len(page.received.rows) == 1)


def test_a_refused_file_is_saved_as_it_came_and_stands_in_the_list_until_it_is_put_away(
    qtbot: QtBot, headquarters: Place, package: Path, tmp_path: Path
) -> None:
    package.write_bytes(package.read_bytes()[:-30])
    window, page = opened(qtbot, headquarters)
    receive(qtbot, page, package)
    qtbot.waitUntil(page.quarantine_button.isVisible)
    click(page.quarantine_button)
    assert window.shell is not None
    shown = window.shell.page
    assert isinstance(shown, QuarantinePage)
    qtbot.waitUntil(lambda: len(shown.files.rows) == 1)
    assert "Файл повреждён" in shown.why.text
    qtbot.waitUntil(shown.save_button.isEnabled)
    click(shown.save_button)
    where = dialog(qtbot, shown, QFileDialog)
    saved = tmp_path / "refused.xlsx"
    where.fileSelected.emit(str(saved))
    where.reject()
    qtbot.waitUntil(saved.exists)
    assert saved.read_bytes() == package.read_bytes()
    click(shown.discard_button)
    qtbot.waitUntil(lambda: not shown.files.rows)


def test_a_package_is_declined_with_a_reason(
    qtbot: QtBot, headquarters: Place, centre: Place, package: Path
) -> None:
    trust(headquarters, centre, "astana")
    _, page = opened(qtbot, headquarters)
    receive(qtbot, page, package)
    qtbot.waitUntil(lambda: len(page.waiting.rows) == 1 and page.primary() is not None)
    click(page.waiting.decline_button)
    question = dialog(qtbot, page, QDialog)
    reason = question.findChild(QLineEdit)
    yes = question.findChild(QPushButton, "yes")
    assert reason is not None and yes is not None
    click(yes)
    assert question.isVisible()
    reason.setText("пробный пакет")
    click(yes)
    qtbot.waitUntil(lambda: not page.waiting.rows)
    assert page.received.rows == []


def test_of_two_packages_with_one_number_one_is_chosen_side_by_side(
    qtbot: QtBot, headquarters: Place, centre: Place, tmp_path: Path
) -> None:
    trust(headquarters, centre, "astana")
    twin = Place(tmp_path / "twin", centre.fingerprint)
    shutil.copytree(centre.folder, twin.folder)
    add_families(twin, 1)
    for place, stick in ((centre, "one"), (twin, "two")):
        (tmp_path / stick).mkdir()
        make_package(place, tmp_path / stick)
    window, page = opened(qtbot, headquarters)
    receive(qtbot, page, tmp_path / "one", tmp_path / "two")
    accept_all(qtbot, window, page)
    qtbot.waitUntil(lambda: [one.status for one in page.received.rows] == ["held", "held"])
    click(page.received.fork_button)
    assert window.shell is not None
    shell = window.shell
    fork = shell.page
    assert isinstance(fork, ForkPage)
    qtbot.waitUntil(lambda: bool(fork.rows.rows))
    click(fork.buttons[1])
    shown = effect(qtbot, window)
    assert shown.decision == "choose"
    shown.reason.setText("центр подтвердил")
    primary(qtbot, window)
    qtbot.waitUntil(lambda: shell.page is page)
    qtbot.waitUntil(
        lambda: sorted(one.status for one in page.received.rows) == ["accepted", "undone"]
    )


def test_an_unknown_key_is_trusted_after_a_call_and_the_file_is_tried_again(
    qtbot: QtBot, headquarters: Place, centre: Place, package: Path
) -> None:
    _, page = opened(qtbot, headquarters)
    page.take([package])
    qtbot.waitUntil(lambda: page.trust.isVisible())
    groups = "".join(
        one.text() for one in page.trust.shown.findChildren(QLabel) if len(one.text()) == 4
    )
    assert groups == centre.fingerprint
    assert not page.trust.trust_button.isEnabled()
    page.trust.compared.setFocus()
    QTest.keyClick(page.trust.compared, Qt.Key.Key_Space)
    click(page.trust.trust_button)
    qtbot.waitUntil(lambda: len(page.waiting.rows) == 1 and page.primary() is not None)
    assert statuses(page) == [] and not page.trust.isVisible()


def test_files_are_dropped_and_the_rest_is_left_out_when_stopped(
    qtbot: QtBot, headquarters: Place, centre: Place, package: Path
) -> None:
    trust(headquarters, centre, "astana")
    for number in range(9):
        package.with_name(f"z-{number}.xlsx").write_bytes(b"nothing")
    _, page = opened(qtbot, headquarters)
    page.arrived.rowsInserted.connect(lambda: page.working.cancel_button.click())
    urls = QMimeData()
    urls.setUrls([QUrl.fromLocalFile(str(package.parent))])
    page.dropEvent(
        QDropEvent(
            QPoint(9, 9),
            Qt.DropAction.CopyAction,
            urls,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    qtbot.waitUntil(lambda: bool(statuses(page)) and page.primary() is not None)
    assert statuses(page) == ["refused"] * 3
    qtbot.waitUntil(lambda: len(page.waiting.rows) == 1 and page.primary() is not None)


def test_an_accepted_package_is_undone_after_its_effect_is_shown(
    qtbot: QtBot, headquarters: Place, centre: Place, package: Path
) -> None:
    window, page = with_accepted(qtbot, headquarters, centre, package)
    click(page.received.undo_button)
    shown = effect(qtbot, window)
    couples = [
        (one.before, one.after)
        for one in shown.effects.rows
        if (one.indicator, one.region, one.breakdown) == ("couples", "astana", None)
    ]
    assert couples == [(2, None)]
    shown.reason.setText("прислан не тот файл")
    primary(qtbot, window)
    qtbot.waitUntil(lambda: page.received.rows[0].status == "undone")
    assert not page.received.undo_button.isEnabled()
    receive(qtbot, page, package)
    accept_all(qtbot, window, page)
    qtbot.waitUntil(lambda: page.received.rows[0].status == "accepted")


class _ShownWindows(QObject):
    """Notes what is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.names.append(watched.objectName())
        return False


def test_no_other_window_comes_up_and_takes_the_keys_when_an_effect_is_shown(
    qtbot: QtBot, headquarters: Place, centre: Place, package: Path
) -> None:
    window, page = with_accepted(qtbot, headquarters, centre, package)
    shown, application = _ShownWindows(), QApplication.instance()
    assert application is not None
    application.installEventFilter(shown)
    try:
        click(page.received.undo_button)
        effect(qtbot, window)
    finally:
        application.removeEventFilter(shown)
    assert shown.names == []


def test_headquarters_is_warned_of_an_old_backup_and_one_key_makes_a_new_one(
    qtbot: QtBot, headquarters: Place
) -> None:
    window, page = opened(qtbot, headquarters)
    qtbot.waitUntil(page.backup.note.isVisible, timeout=10_000)
    assert not backups_of(headquarters.folder)
    QTest.keyClick(
        page, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    qtbot.waitUntil(lambda: len(backups_of(headquarters.folder)) == 1, timeout=20_000)
    qtbot.waitUntil(lambda: "20.05.2024" in page.backup.told.text(), timeout=20_000)
    qtbot.waitUntil(page.backup.note.isHidden, timeout=10_000)
    qtbot.waitUntil(lambda: not window.at_work, timeout=10_000)


def test_a_folder_without_packages_is_said_to_have_none(
    qtbot: QtBot, headquarters: Place, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    window, page = opened(qtbot, headquarters)
    page.take([empty])
    assert window.shell is not None
    qtbot.waitUntil(window.shell.notice.isVisible)
    assert page.nothing.isVisible() and page.primary() is not None


def test_what_became_of_the_files_stays_when_the_language_is_changed(
    qtbot: QtBot, headquarters: Place, package: Path
) -> None:
    window, page = opened(qtbot, headquarters)
    page.take([package])
    qtbot.waitUntil(lambda: statuses(page) == ["untrusted"] and page.primary() is not None)
    qtbot.waitUntil(lambda: not window.at_work)
    at_rest(qtbot, window).set_language("kk")
    assert window.shell is not None
    new = window.shell.page
    assert isinstance(new, InboxPage) and new is not page
    assert statuses(new) == ["untrusted"]
    qtbot.waitUntil(new.trust.isVisible)


def test_three_packages_with_one_number_stand_side_by_side_in_words(
    qtbot: QtBot, headquarters: Place, centre: Place, tmp_path: Path
) -> None:
    trust(headquarters, centre, "astana")
    places = [centre]
    for name in ("twin", "third"):
        place = Place(tmp_path / name, centre.fingerprint)
        shutil.copytree(centre.folder, place.folder)
        add_families(place, 1)
        places.append(place)
    for number, place in enumerate(places):
        (tmp_path / f"stick{number}").mkdir()
        make_package(place, tmp_path / f"stick{number}")
    window, page = opened(qtbot, headquarters)
    receive(qtbot, page, *(tmp_path / f"stick{number}" for number in range(3)))
    accept_all(qtbot, window, page)
    qtbot.waitUntil(lambda: [one.status for one in page.received.rows] == ["held"] * 3)
    click(page.received.fork_button)
    assert window.shell is not None
    fork = window.shell.page
    assert isinstance(fork, ForkPage)
    qtbot.waitUntil(lambda: len(fork.buttons) == 3)
    others = {row[4] for row in fork.rows.rows}
    assert others == {"пакет 2", "пакет 3"}
    assert not fork.table.isColumnHidden(4)
    click(fork.buttons[2])
    shown = effect(qtbot, window)
    assert shown.decision == "choose" and shown.package_ids == (fork.held[2].package_id,)


def test_the_lists_say_who_signed(
    qtbot: QtBot, headquarters: Place, centre: Place, package: Path
) -> None:
    trust(headquarters, centre, "astana")
    _, page = opened(qtbot, headquarters)
    receive(qtbot, page, package)
    qtbot.waitUntil(lambda: len(page.waiting.rows) == 1 and page.primary() is not None)
    shown = page.waiting.table.model().index(0, COL_W_SIGNER).data()
    assert page.waiting.rows[0].signer in shown
    assert centre.fingerprint[:4] in shown.upper()


def saved_again(package: Path, change: bool) -> None:
    """What happens when somebody opens a package in a spreadsheet program and saves it."""
    book = load_workbook(package)
    if change:
        sheet = book["participants"]
        year = [cell.value for cell in sheet[1]].index("birth_year") + 1
        sheet.cell(3, year).value = 1971
    book.save(package)


@pytest.mark.parametrize("change", [False, True])
def test_of_a_file_saved_again_it_is_said_whether_its_records_are_the_same(
    qtbot: QtBot, headquarters: Place, package: Path, change: bool
) -> None:
    saved_again(package, change)
    _, page = opened(qtbot, headquarters)
    receive(qtbot, page, package)
    qtbot.waitUntil(lambda: statuses(page) == ["refused"])
    params = page.arrived.rows[0].reception.params or {}
    if change:
        assert (params["content"], params["sheet"], params["row"]) == ("changed", "participants", 3)
        assert "participants" in page.detail.text
    else:
        assert params["content"] == "same"
    assert "пакет" in page.detail.text


def test_the_word_beside_the_files_is_about_the_one_that_came_last(
    qtbot: QtBot, headquarters: Place, package: Path
) -> None:
    damaged = package.with_name("damaged.xlsx")
    damaged.write_bytes(package.read_bytes()[:-30])
    saved_again(package, False)
    _, page = opened(qtbot, headquarters)
    receive(qtbot, page, damaged)
    receive(qtbot, page, package)
    qtbot.waitUntil(lambda: statuses(page) == ["refused"] * 2)
    qtbot.waitUntil(lambda: "другой программе" in page.detail.text)
    assert page.chosen_file is not None and page.chosen_file.path == package


def test_many_late_packages_are_told_as_a_number_for_each_centre(
    qtbot: QtBot,
    headquarters: Place,
    centre: Place,
    package: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ui.pages.effect._NAMED", 0)
    window, page = with_waiting(qtbot, headquarters, centre, package)
    click(page.waiting.effect_button)
    assert "С опозданием: Астана – 1. " in effect(qtbot, window).warning.text


def test_a_half_typed_reason_is_there_again_after_the_window_locked(
    qtbot: QtBot, headquarters: Place, centre: Place, package: Path
) -> None:
    trust(headquarters, centre, "astana")

    def declining(page: InboxPage) -> QLineEdit:
        qtbot.waitUntil(lambda: len(page.waiting.rows) == 1 and page.primary() is not None)
        click(page.waiting.decline_button)
        field = dialog(qtbot, page, QDialog).findChild(QLineEdit)
        assert field is not None
        return field

    window, page = opened(qtbot, headquarters)
    receive(qtbot, page, package)
    QTest.keyClicks(declining(page), "wrong month")
    window.lock()
    qtbot.waitUntil(lambda: window.shell is None, timeout=10_000)
    qtbot.waitUntil(lambda: not window.at_work, timeout=10_000)
    window.close()
    assert reasons_kept(headquarters) == ["wrong month"]
    window = signed_in(qtbot, headquarters)
    assert "wrong month" in answer(qtbot, window, "later")
    page = go(qtbot, window, InboxPage)
    field = declining(page)
    qtbot.waitUntil(lambda: field.text() == "wrong month")
    yes = dialog(qtbot, page, QDialog).findChild(QPushButton, "yes")
    assert yes is not None
    click(yes)
    qtbot.waitUntil(lambda: not page.waiting.rows)
    qtbot.waitUntil(lambda: not reasons_kept(headquarters), timeout=10_000)
    window.close()


def test_a_half_typed_reason_of_an_undoing_is_gone_on_with_over_its_effect(
    qtbot: QtBot, headquarters: Place, centre: Place, package: Path
) -> None:
    window, page = with_accepted(qtbot, headquarters, centre, package)
    click(page.received.undo_button)
    shown = effect(qtbot, window)
    shown.reason.setFocus()
    QTest.keyClicks(shown.reason, "wrong file")
    qtbot.waitUntil(lambda: bool(shown.unsaved()))
    window.lock_now()
    qtbot.waitUntil(lambda: not window.at_work, timeout=10_000)
    window.close()
    window = signed_in(qtbot, headquarters)
    assert "wrong file" in answer(qtbot, window, "continue")
    again = effect(qtbot, window)
    assert (again.decision, again.effects.rowCount() > 0) == ("undo", True)
    qtbot.waitUntil(lambda: again.reason.text() == "wrong file")
    primary(qtbot, window)
    qtbot.waitUntil(lambda: in_front(window) == "inbox")
    page = page_of(window, InboxPage)
    qtbot.waitUntil(lambda: [one.status for one in page.received.rows] == ["undone"])
    qtbot.waitUntil(lambda: not window.at_work, timeout=10_000)
    window.close()
    kept: list[int] = []
    headquarters.work(
        lambda session, workplace: kept.append(len(my_drafts(session, workplace.actor)))
    )
    assert kept == [0]


def reasons_kept(place: Place) -> list[str]:
    found: list[str] = []
    place.work(
        lambda session, workplace: found.extend(
            str(one.content["reason"]) for one in my_drafts(session, workplace.actor)
        )
    )
    return found
