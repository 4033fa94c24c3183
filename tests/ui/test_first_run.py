"""The first start of the program on an empty computer, by keyboard, in both languages."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QRadioButton
from pytestqt.qtbot import QtBot

from pravo_desktop.backups.keeping import places
from pravo_desktop.bootstrap import create_workplace, open_with_sheet
from pravo_desktop.data_folder import MAKING, is_initialised
from pravo_desktop.domain.records import Centre
from pravo_desktop.usecases.receipts import make_receipt, write_receipt_copy
from pravo_desktop.usecases.registers import save_region, save_registered_centre
from tests.ui.conftest import PASSWORD, at_rest, press, shell_of, write
from tests.ui.desks import dialog
from ui.app import Window
from ui.pages.first_run import FirstRunPage, groups
from ui.pages.first_start.chapter import ChapterDialog
from ui.pages.first_start.step import Step
from ui.pages.sign_in import SignInPage

OpenWindow = Callable[..., Window]


def first_page(window: Window) -> FirstRunPage:
    assert isinstance(window.door, FirstRunPage)
    return window.door


def first_page_in(qtbot: QtBot, window: Window, language: str) -> FirstRunPage:
    """The page once the window was built anew in a language."""
    qtbot.waitUntil(lambda: first_page(window).t.language == language, timeout=10_000)
    return first_page(window)


def at(page: FirstRunPage, step: Step) -> bool:
    """Whether this step is in sight."""
    return page.steps[page.position] is step and step.isVisible()


def go_to(qtbot: QtBot, window: Window, page: FirstRunPage, step: Step) -> None:
    """Press Enter until the step is there; a busy computer loses a key now and then."""
    for _ in range(3):
        press(qtbot, window, "Enter")
        if at(page, step):
            return
        QApplication.processEvents()
    raise AssertionError(page.heading.text())


def refused(qtbot: QtBot, window: Window, field: QLineEdit) -> bool:
    """Whether Enter shows a finding under the field."""
    for _ in range(3):
        press(qtbot, window, "Enter")
        if field.accessibleDescription():
            return True
        QApplication.processEvents()
    return False


def answer_account(qtbot: QtBot, window: Window, page: FirstRunPage, user: str) -> None:
    """From the third step to the sixth, by keyboard alone but for the file of the sheet."""
    assert at(page, page.account)
    page.account.user.setFocus()
    write(window, user)
    go_to(qtbot, window, page, page.password)
    write(window, PASSWORD)
    press(qtbot, window, "Tab")
    write(window, PASSWORD)
    go_to(qtbot, window, page, page.sheet)


def type_group_back(qtbot: QtBot, window: Window, page: FirstRunPage, sheet: Path) -> None:
    """Save the sheet, read the group from the file and type it."""
    page.sheet.save_button.setFocus()
    press(qtbot, window, "Enter")
    asked = dialog(qtbot, page, QFileDialog)
    asked.fileSelected.emit(str(sheet))
    asked.close()
    (code,) = (line.strip() for line in sheet.read_text().splitlines() if line.count("-") == 5)
    page.sheet.group.setFocus()
    write(window, code.split("-")[page.sheet.asked - 1])
    go_to(qtbot, window, page, page.second)


def put_off_second_place(qtbot: QtBot, window: Window, page: FirstRunPage) -> None:
    page.second.later.setFocus()
    press(qtbot, window, "Space")
    press(qtbot, window, "Enter")
    qtbot.waitUntil(lambda: at(page, page.key), timeout=30_000)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_lead_starts_alone_by_keyboard_and_begins_to_work(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, language: str
) -> None:
    window = open_window(tmp_path / "data", language)
    page = first_page(window)
    assert page.findChild(QLabel, "progress") is not None and "7" in page.progress.text()
    go_to(qtbot, window, page, page.workplace)
    page.workplace.centre.choose("aktobe")
    go_to(qtbot, window, page, page.account)
    page.account.profession.choose("psychologist")
    page.account.surname.setText("Үлгібекова")
    answer_account(qtbot, window, page, "айгүл")
    type_group_back(qtbot, window, page, tmp_path / "sheet.txt")
    assert not is_initialised(tmp_path / "data")
    put_off_second_place(qtbot, window, page)
    shown = page.key.fingerprint.text()
    assert len(shown.split()) == 16 and shown.count("\n") == 3
    assert is_initialised(tmp_path / "data") and page.key.take_button.isHidden()
    press(qtbot, window, "Enter")
    qtbot.waitUntil(lambda: window.shell is not None, timeout=20_000)
    assert shell_of(window).page.key == "today" and window.windowTitle() == "Pravo Desktop"
    workplace = window.runner.workplace
    assert workplace.actor.roles == {"lead", "psychologist"}
    assert not workplace.practice
    session = workplace.session()
    assert session.value("SELECT surname FROM staff_names") == "Үлгібекова"
    session.close()
    qtbot.waitUntil(lambda: not window.at_work)


def test_headquarters_is_set_up_with_a_second_place_and_its_sheet_opens_the_data(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow
) -> None:
    second = tmp_path / "stick"
    second.mkdir()
    window = open_window(tmp_path / "data")
    page = first_page(window)
    go_to(qtbot, window, page, page.workplace)
    page.workplace.workplace.choose("headquarters")
    assert page.workplace.fields["centre"].isHidden()
    go_to(qtbot, window, page, page.account)
    answer_account(qtbot, window, page, "coordinator")
    type_group_back(qtbot, window, page, tmp_path / "sheet.txt")
    page.second.second.setFocus()
    write(window, str(second))
    press(qtbot, window, "Enter")
    qtbot.waitUntil(lambda: at(page, page.key), timeout=30_000)
    assert places(tmp_path / "data").second == second
    code = page.sheet.code
    window.close()
    opened = open_with_sheet(
        tmp_path / "data", code=code, user=None, new_password="another horse 12"
    )
    assert opened.actor.roles == {"coordinator"}
    opened.close()


def test_a_centre_in_a_region_that_headquarters_added_is_named_by_its_receipt(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow
) -> None:
    receipt = receipt_of_new_centre(tmp_path, practice=False)
    window = open_window(tmp_path / "data")
    page = first_page(window)
    go_to(qtbot, window, page, page.workplace)
    step = page.workplace
    step.centre.choose("receipt")
    assert refused(qtbot, window, step.receipt)
    step.open(str(receipt))
    qtbot.waitUntil(lambda: bool(step.fingerprint.text()), timeout=10_000)
    assert not step.known.text and len(step.fingerprint.text().split()) == 16
    press(qtbot, window, "Enter")
    assert at(page, step) and step.failure.text
    press(qtbot, window, "Space")
    qtbot.waitUntil(lambda: "Жезказган" in step.known.text, timeout=10_000)
    assert "ULT" in step.known.text
    go_to(qtbot, window, page, page.account)
    answer_account(qtbot, window, page, "lead")
    type_group_back(qtbot, window, page, tmp_path / "sheet.txt")
    assert "zhezkazgan · A" in (tmp_path / "sheet.txt").read_text()
    put_off_second_place(qtbot, window, page)
    press(qtbot, window, "Enter")
    qtbot.waitUntil(lambda: window.shell is not None, timeout=20_000)
    place = shell_of(window).findChild(QLabel, "place")
    assert place is not None and "Жезказган" in place.text()
    qtbot.waitUntil(lambda: not window.at_work)


def test_a_practice_receipt_names_no_real_centre(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow
) -> None:
    receipt = receipt_of_new_centre(tmp_path)
    window = open_window(tmp_path / "data")
    page = first_page(window)
    go_to(qtbot, window, page, page.workplace)
    step = page.workplace
    step.centre.choose("receipt")
    step.open(str(receipt))
    qtbot.waitUntil(lambda: bool(step.receipt.accessibleDescription()), timeout=10_000)
    press(qtbot, window, "Enter")
    assert at(page, step)


def receipt_of_new_centre(folder: Path, *, practice: bool = True) -> Path:
    """Headquarters adds a region with a centre and makes the centre's receipt."""
    workplace = create_workplace(
        folder / "headquarters",
        workplace="headquarters",
        centre=None,
        practice=practice,
        user="tester",
        password=PASSWORD,
        recovery_sheet=folder / "headquarters.txt",
    ).workplace
    session, actor = workplace.session(), workplace.actor
    try:
        save_region(
            session,
            actor,
            key="ulytau",
            name_kk="Ұлытау облысы",
            name_ru="область Улытау",
            name_en="Ulytau region",
            case_code="ULT",
        )
        centre = Centre(
            id="",
            key="zhezkazgan",
            region="ulytau",
            name_kk="Жезқазған қаласындағы орталық",
            name_ru="Центр в городе Жезказгане",
            city_kk="Жезқазған",
            city_ru="Жезказган",
        )
        save_registered_centre(session, actor, centre=centre)
        one = make_receipt(session, actor, key=workplace.signing_key(session), centre="zhezkazgan")
        return write_receipt_copy(
            session, actor, centre="zhezkazgan", number=one.number, target=folder
        )
    finally:
        session.close()
        workplace.close()


def test_wrong_answers_are_told_under_their_field_and_back_keeps_what_is_typed(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow
) -> None:
    window = open_window(tmp_path / "data")
    page = first_page(window)
    go_to(qtbot, window, page, page.workplace)
    go_to(qtbot, window, page, page.account)
    assert refused(qtbot, window, page.account.user)
    write(window, "lead")
    go_to(qtbot, window, page, page.password)
    write(window, "short")
    assert refused(qtbot, window, page.password.password)
    page.password.password.setText(PASSWORD)
    page.password.again.setText("another horse 12")
    assert refused(qtbot, window, page.password.again)
    page.password.again.setText(PASSWORD)
    go_to(qtbot, window, page, page.sheet)
    code = page.sheet.code
    page.sheet.show_code()
    assert page.sheet.shown.isVisible()
    write(window, "AAAAAA")
    assert not page.sheet.shown.isVisible()
    assert refused(qtbot, window, page.sheet.group)
    page.sheet.save(tmp_path / "data" / "sheet.txt")
    assert page.sheet.failure.text and not (tmp_path / "data" / "sheet.txt").exists()
    press(qtbot, window, "Esc", "Esc")
    assert at(page, page.account) and page.account.user.text() == "lead"
    go_to(qtbot, window, page, page.password)
    go_to(qtbot, window, page, page.sheet)
    assert page.sheet.code == code
    page.sheet.group.setText(code.split("-")[page.sheet.asked - 1])
    page.sheet.group.setFocus()
    go_to(qtbot, window, page, page.second)
    assert refused(qtbot, window, page.second.second)
    window.close()
    assert not (tmp_path / "data").exists()


def test_the_sheet_is_printed_with_the_code(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow
) -> None:
    page = first_page(open_window(tmp_path / "data"))
    page.sheet.prepare()
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    page.sheet.print_on(printer)
    assert (tmp_path / "printed.pdf").stat().st_size > 1000 and page.sheet.done.text


def test_the_language_is_switched_at_any_step_and_the_code_stays_the_same(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow
) -> None:
    window = open_window(tmp_path / "data")
    page = first_page(window)
    kazakh = page.findChild(QRadioButton, "speak_kk")
    assert kazakh is not None
    kazakh.setChecked(True)
    page = first_page_in(qtbot, window, "kk")
    qtbot.waitUntil(lambda: at(page, page.language), timeout=10_000)
    go_to(qtbot, window, page, page.workplace)
    go_to(qtbot, window, page, page.account)
    answer_account(qtbot, window, page, "айгүл")
    code, asked = page.sheet.code, page.sheet.asked
    at_rest(qtbot, window).set_language("ru")
    page = first_page_in(qtbot, window, "ru")
    qtbot.waitUntil(lambda: at(page, page.sheet), timeout=10_000)
    assert (page.sheet.code, page.sheet.asked) == (code, asked)
    assert page.account.user.text() == "айгүл" and page.password.password.text() == PASSWORD


def test_what_a_killed_start_left_behind_is_nothing_and_the_next_start_goes_on(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow
) -> None:
    (tmp_path / "data" / MAKING).mkdir(parents=True)
    (tmp_path / "data" / MAKING / "keyslots.json").write_text("{}")
    window = open_window(tmp_path / "data")
    page = first_page(window)
    go_to(qtbot, window, page, page.workplace)
    go_to(qtbot, window, page, page.account)
    answer_account(qtbot, window, page, "lead")
    type_group_back(qtbot, window, page, tmp_path / "sheet.txt")
    put_off_second_place(qtbot, window, page)
    assert not (tmp_path / "data" / MAKING).exists()
    at_rest(qtbot, window).set_language("kk")
    qtbot.waitUntil(lambda: isinstance(window.door, SignInPage))


def test_one_more_computer_has_its_letter_and_takes_rows_back_in_the_settings(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow
) -> None:
    window = open_window(tmp_path / "data")
    page = first_page(window)
    go_to(qtbot, window, page, page.workplace)
    page.workplace.computer.choose("more")
    page.workplace.letter.choose("C")
    go_to(qtbot, window, page, page.account)
    answer_account(qtbot, window, page, "lead")
    type_group_back(qtbot, window, page, tmp_path / "sheet.txt")
    assert " · C · " in (tmp_path / "sheet.txt").read_text()
    put_off_second_place(qtbot, window, page)
    page.key.take_button.setFocus()
    press(qtbot, window, "Enter")
    qtbot.waitUntil(lambda: window.shell is not None, timeout=20_000)
    assert shell_of(window).page.key == "settings"
    qtbot.waitUntil(lambda: not window.at_work)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_f1_opens_the_chapter_on_the_first_start_and_escape_closes_it(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, language: str
) -> None:
    window = open_window(tmp_path / "data", language)
    page = first_page(window)
    qtbot.waitUntil(page.isVisible)
    window.show_help()
    chapter = dialog(qtbot, page, ChapterDialog)
    shown = chapter.text.toPlainText()
    assert shown.startswith(chapter.windowTitle()) and "{" not in shown
    chapter.reject()
    assert at(page, page.language)


def test_a_fingerprint_is_read_in_groups_of_four() -> None:
    assert groups("0123456789ABCDEF" * 2) == "0123 4567 89AB CDEF\n0123 4567 89AB CDEF"
