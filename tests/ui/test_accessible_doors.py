"""Before signing in, in dialogs and as every role: all is spoken, reached by Tab, and in sight."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import create_workplace, open_workplace
from pravo_desktop.demo import practice_folder as practice
from pravo_desktop.demo.practice_folder import practice_folder
from pravo_desktop.usecases.actor import SPECIALISTS
from tests.ui.conftest import PASSWORD, USER, at_rest, shell_of
from tests.ui.desks import dialog
from tests.ui.families import add_couple
from tests.ui.spoken import faults, faults_at_rest
from tests.ui.test_accessibility import settled
from ui.app import Window
from ui.ask import ask
from ui.drafts import ask_about_unsaved
from ui.pages.damaged import DamagedPage
from ui.pages.door import DoorPage
from ui.pages.first_run import FirstRunPage
from ui.pages.first_start.chapter import ChapterDialog
from ui.pages.papers import JournalPaperForm
from ui.pages.refused import RefusedPage
from ui.pages.restore import RestorePage
from ui.pages.sign_in import SignInPage
from ui.preview import Preview
from ui.reason import ask_reason
from ui.theme import TEXT_SIZES

OpenWindow = Callable[..., Window]
OWN = "another word 34"


def in_front(qtbot: QtBot, window: Window) -> DoorPage:
    """The door, once it has its place."""
    page = window.door
    assert page is not None
    qtbot.waitUntil(page.isVisible)
    # What has just appeared takes its place; Alt, which shows the letters, deals them out anew.
    QApplication.processEvents()
    QTest.keyPress(page, Qt.Key.Key_Alt)
    return page


def walk_first_start(qtbot: QtBot, window: Window) -> Iterator[DoorPage]:
    """All steps but the last, which stands when the folder is made."""
    page = in_front(qtbot, window)
    assert isinstance(page, FirstRunPage)
    for position in range(len(page.steps) - 1):
        page.stand(position)
        yield in_front(qtbot, window)
    page.stand(len(page.steps) - 2)
    page.account.user.setText("айгүл")
    page.password.password.setText(PASSWORD)
    page.create_folder()
    qtbot.waitUntil(lambda: page.steps[page.position] is page.key, timeout=30_000)
    yield in_front(qtbot, window)


def walk_doors(qtbot: QtBot, window: Window) -> Iterator[DoorPage]:
    """Signing in, with the sheet of a forgotten password, restoring, a damaged database."""
    page = in_front(qtbot, window)
    assert isinstance(page, SignInPage)
    yield page
    page.forgotten.click()
    yield in_front(qtbot, window)
    window._show_restore()
    page = in_front(qtbot, window)
    assert isinstance(page, RestorePage)
    page.sheet.setText("AAAA")
    page.sheet.textEdited.emit("AAAA")
    yield in_front(qtbot, window)
    window._show_damaged()
    page = in_front(qtbot, window)
    assert isinstance(page, DamagedPage)
    yield page


@pytest.mark.parametrize(("language", "size"), [("kk", 100), ("ru", 200)])
def test_the_first_start_is_spoken_reached_by_keys_and_fits(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, language: str, size: int
) -> None:
    window = open_window(tmp_path / "data", language)
    at_rest(qtbot, window).set_text_size(size)
    walk = walk_first_start(qtbot, window)
    found = [fault for page in walk for fault in faults_at_rest(qtbot, page)]
    assert found == [], "\n".join(sorted(set(found)))


@pytest.mark.parametrize(("language", "size"), [("kk", 200), ("ru", 100)])
def test_the_doors_of_a_data_folder_are_spoken_reached_by_keys_and_fit(
    qtbot: QtBot, centre_folder: Path, open_window: OpenWindow, language: str, size: int
) -> None:
    window = open_window(centre_folder, language)
    at_rest(qtbot, window).set_text_size(size)
    walk = walk_doors(qtbot, window)
    found = [fault for page in walk for fault in faults_at_rest(qtbot, page)]
    assert found == [], "\n".join(sorted(set(found)))


def test_a_refused_data_folder_and_the_door_of_practice_are_spoken(
    qtbot: QtBot, centre_folder: Path, open_window: OpenWindow, tmp_path: Path
) -> None:
    open_window(centre_folder)
    refused = in_front(qtbot, open_window(centre_folder, "kk"))
    assert isinstance(refused, RefusedPage)
    create_workplace(
        practice_folder(tmp_path / "new"),
        workplace="centre",
        centre="astana",
        practice=True,
        user=practice.USER,
        password=practice.PASSWORD,
        recovery_sheet=tmp_path / "practice.txt",
    ).workplace.close()
    window = open_window(tmp_path / "new")
    window.practise()
    qtbot.waitUntil(lambda: window.shell is not None, timeout=10_000)
    settled(qtbot, window)
    window.lock_now()
    door = in_front(qtbot, window)
    assert isinstance(door, SignInPage) and door.leave_button.isVisible()
    found = [*faults_at_rest(qtbot, refused), *faults_at_rest(qtbot, door)]
    assert found == [], "\n".join(sorted(set(found)))


@pytest.mark.parametrize("role", sorted(SPECIALISTS))
def test_every_page_of_a_specialist_is_spoken_and_reached_by_keys(
    qtbot: QtBot, centre_folder: Path, open_window: OpenWindow, role: str
) -> None:
    lead = open_workplace(centre_folder, password=PASSWORD, user=USER)
    add_couple(lead)
    session = lead.session()
    lead.add_account(session, name=role, password=OWN, roles=(role,))
    session.close()
    lead.close()
    window = open_window(centre_folder, "kk")
    window.enter(open_workplace(centre_folder, password=OWN, user=role))
    qtbot.waitUntil(lambda: window.shell is not None, timeout=10_000)
    shell = shell_of(window)
    keys = [page.key for page in shell.pages]
    assert "close_month" not in keys and "my_month" in keys
    found: list[str] = []
    for key in keys:
        shell.go(key)
        found += faults_at_rest(qtbot, settled(qtbot, window))
    assert found == [], "\n".join(sorted(set(found)))


def faults_of_dialog(box: QDialog) -> Iterator[str]:
    """What is missing in a dialog, and whether Escape and Enter are safe in it."""
    yield from faults(box)
    if not (box.windowTitle() or box.accessibleName()):
        yield f"{box.objectName()}: no name"
    if isinstance(box, QMessageBox):
        spoken = QAccessible.queryAccessibleInterface(box)
        if spoken is None or spoken.role() not in (
            QAccessible.Role.AlertMessage,
            QAccessible.Role.Dialog,
        ):
            yield f"{box.objectName()}: no role"
        if box.escapeButton() is None:
            yield f"{box.objectName()}: Escape does nothing"


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_questions_and_dialogs_are_spoken_reached_by_keys_and_left_with_escape(
    qtbot: QtBot, centre_folder: Path, open_window: OpenWindow, language: str
) -> None:
    window = open_window(centre_folder, language)
    in_front(qtbot, window)
    window.show_help()
    help_ = dialog(qtbot, window, ChapterDialog)
    found = [*faults_of_dialog(help_)]
    help_.reject()
    window.enter(open_workplace(centre_folder, password=PASSWORD, user=USER))
    qtbot.waitUntil(lambda: window.shell is not None, timeout=10_000)
    page = settled(qtbot, window)
    t, desk = window.translator, shell_of(window).desk
    words = {"question": "?", "explained": "…", "verb": t.text("Delete")}
    boxes: list[QDialog] = [
        ask(page, t, run=lambda: None, **words),
        ask_reason(page, desk, run=lambda _: None, about="a record", **words),
    ]
    ask_about_unsaved(
        page, t, [page], verb=t.text("&Keep and quit"), go_on=lambda: None, stay=lambda: None
    )
    boxes += [one for one in page.findChildren(QMessageBox) if one not in boxes]
    assert len(boxes) == 3
    for box in reversed(boxes):
        qtbot.waitUntil(box.isVisible)
        found += faults_of_dialog(box)
        box.reject()
    shell_of(window).open(JournalPaperForm)
    form = settled(qtbot, window)
    assert isinstance(form, JournalPaperForm)
    form.save()
    preview = dialog(qtbot, form, Preview)
    found += faults_of_dialog(preview)
    preview.reject()
    assert found == [], "\n".join(sorted(set(found)))


def test_with_the_largest_text_the_button_of_each_door_is_reached(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow
) -> None:
    window = open_window(tmp_path / "data", "kk")
    at_rest(qtbot, window).set_text_size(TEXT_SIZES[-1])
    page = in_front(qtbot, window)
    assert isinstance(page, FirstRunPage)
    for position in range(len(page.steps) - 1):
        page.stand(position)
        name = "next" if position else "begin"
        wanted = page.findChild(QAbstractButton, name)
        assert wanted is not None
        come_to(window, wanted)
        qtbot.waitUntil(partial(in_sight, wanted))


def come_to(window: Window, wanted: QWidget) -> None:
    """Press Tab until the keyboard is there."""
    for _ in range(40):
        if window.focusWidget() is wanted:
            return
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
    raise AssertionError(wanted.objectName())


def in_sight(widget: QWidget) -> bool:
    return widget.visibleRegion().boundingRect().height() >= widget.height() - 2
