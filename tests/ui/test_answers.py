"""Words that go to headquarters: answers to its questions, reasons that are written anew."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace
from pravo_desktop.usecases import cases, participants
from pravo_desktop.usecases.centre_questions import ask_centre
from pravo_desktop.usecases.packages import export_package, write_copy
from pravo_desktop.usecases.queries import Session
from pravo_desktop.usecases.receipts import make_receipt, write_receipt_copy
from pravo_desktop.usecases.received_receipts import import_receipt
from tests.ui.desks import (
    Place,
    add_families,
    choose_files,
    click,
    dialog,
    go,
    make_package,
    make_place,
    page_of,
    press_until,
    primary,
    receive,
    signed_in,
    trust,
)
from ui.app import Window
from ui.pages.board import BoardPage
from ui.pages.close_month import CloseMonthPage
from ui.pages.month_progress import ToCompletePage
from ui.pages.receipts import ReceiptsPage

WHY = "Қағаз журналда солай"


def give(qtbot: QtBot, page: QWidget, words: str) -> None:
    """Type words into the question that a page asks, and press its verb."""
    asked = dialog(qtbot, page, QDialog)
    line = asked.findChild(QLineEdit)
    assert line is not None
    line.setText(words)
    yes = asked.findChild(QAbstractButton, "yes")
    assert yes is not None
    click(yes)
    qtbot.waitUntil(lambda: not asked.isVisible())


def asked_places(folder: Path) -> tuple[Place, Place]:
    """Headquarters that asked about a wife's year of birth, and the centre with its receipt."""
    centre, headquarters = make_place(folder / "astana", "astana"), make_place(folder / "hq")
    add_families(centre, 1)
    stick = folder / "stick"
    stick.mkdir()
    package = make_package(centre, stick)
    trust(headquarters, centre, "astana")
    receive(headquarters, package)

    def ask(session: Session, workplace: Workplace) -> None:
        wife = session.value("SELECT id FROM merged_participants WHERE role = 'wife'")
        ask_centre(
            session,
            workplace.actor,
            centre="astana",
            table="participants",
            record_id=wife,
            field="birth_year",
            question_kk="Туған жылы қандай?",
            question_ru="Какой год рождения?",
        )
        key = workplace.signing_key(session)
        made = make_receipt(session, workplace.actor, key=key, centre="astana")
        write_receipt_copy(
            session, workplace.actor, centre="astana", number=made.number, target=stick
        )

    headquarters.work(ask)
    receipt = stick / "pravo-receipt-astana-0001.xlsx"
    centre.work(
        lambda session, workplace: import_receipt(
            session, workplace.actor, path=receipt, compared=headquarters.fingerprint
        )
    )
    return headquarters, centre


def test_the_lead_tells_headquarters_that_a_row_is_right_and_why(
    qtbot: QtBot, tmp_path: Path
) -> None:
    headquarters, centre = asked_places(tmp_path)
    window = signed_in(qtbot, centre)
    closing = go(qtbot, window, CloseMonthPage)
    qtbot.waitUntil(closing.progress.to_complete.isVisible)
    click(closing.progress.to_complete)
    page = page_of(window, ToCompletePage)
    qtbot.waitUntil(lambda: bool(page.list.model.rows))
    assert page.list.model.rows[0].text_ru == "Какой год рождения?"
    page.list.table.choose(0)
    qtbot.waitUntil(page.right_button.isVisible)
    assert not page.take_back.isVisible()
    click(page.right_button)
    give(qtbot, page, "Сынақова айтпады")
    qtbot.waitUntil(lambda: "никого" in notice(window))
    click(page.right_button)
    give(qtbot, page, "Айтқысы келмеді")
    qtbot.waitUntil(lambda: not any(one.question_id for one in page.list.model.rows))
    window.close()

    receive(headquarters, amend(centre, tmp_path))
    window = signed_in(qtbot, headquarters)
    receipts = go(qtbot, window, ReceiptsPage)
    qtbot.waitUntil(lambda: receipts.outline is not None)
    receipts.centre.choose("astana")
    qtbot.waitUntil(lambda: len(receipts.questions.rows) == 1)
    said = [receipts.questions.index(0, column).data() for column in range(4)]
    assert said[2:] == ["ответ получен", "Всё верно как есть: Айтқысы келмеді"]
    assert receipts.outline is not None and receipts.outline.questions == ()


def notice(window: Window) -> str:
    assert window.shell is not None
    return window.shell.notice.note.text


def amend(centre: Place, target: Path) -> Path:
    """Make an amendment of April and write it into a folder, sealed after a receipt."""
    written: list[Path] = []

    def use(session: Session, workplace: Workplace) -> None:
        made = export_package(
            session,
            workplace.actor,
            key=workplace.signing_key(session),
            month="2024-04",
            amendment=True,
        )
        written.append(write_copy(session, workplace.actor, sequence=made.sequence, target=target))

    centre.work(use)
    return written[0]


def late_visit(centre: Place, reason: str) -> None:
    """The lead adds a forgotten consultation to closed April."""

    def use(session: Session, workplace: Workplace) -> None:
        cases.record_consultation(
            session,
            workplace.actor,
            case_id=str(session.value("SELECT id FROM cases")),
            consultation=cases.ConsultationForm(
                held_on=date(2024, 4, 20),
                specialist_id=str(session.value("SELECT id FROM staff_members")),
            ),
            confirmed={"month_closed": reason},
        )

    centre.work(use)


def test_a_reason_that_names_somebody_by_now_is_written_anew_and_the_package_made(
    qtbot: QtBot, tmp_path: Path
) -> None:
    centre = make_place(tmp_path / "astana", "astana")
    add_families(centre, 1)
    make_package(centre, tmp_path)
    late_visit(centre, "Кәрімова туралы қате")
    wife = participants.ParticipantForm(role="wife", consent="given", surname="Кәрімова")
    centre.work(
        lambda session, workplace: cases.open_case(
            session, workplace.actor, kind="married", participants=(wife,)
        )
    )
    window = signed_in(qtbot, centre)
    page = go(qtbot, window, CloseMonthPage)
    qtbot.waitUntil(lambda: page.overview is not None)
    press_until(qtbot, window, Qt.Key.Key_PageUp, lambda: str(page.month) == "2024-04")
    qtbot.waitUntil(lambda: page.overview is not None and str(page.overview.month) == "2024-04")
    primary(qtbot, window)
    choose_files(qtbot, page, tmp_path)
    asked = dialog(qtbot, page, QDialog)
    qtbot.waitUntil(lambda: asked.objectName() == "reason_question")
    give(qtbot, page, WHY)
    qtbot.waitUntil(lambda: "Текст заменён" in notice(window))
    primary(qtbot, window)
    choose_files(qtbot, page, tmp_path)
    qtbot.waitUntil((tmp_path / "pravo-astana-2024-04-A0002.xlsx").exists, timeout=20_000)


def test_the_board_says_why_a_section_was_amended(qtbot: QtBot, tmp_path: Path) -> None:
    centre, headquarters = make_place(tmp_path / "astana", "astana"), make_place(tmp_path / "hq")
    add_families(centre, 1)
    package = make_package(centre, tmp_path)
    trust(headquarters, centre, "astana")
    receive(headquarters, package)
    late_visit(centre, WHY)
    receive(headquarters, amend(centre, tmp_path))
    window = signed_in(qtbot, headquarters)
    page = go(qtbot, window, BoardPage)
    qtbot.waitUntil(lambda: page.board is not None and page.grid.hasFocus())
    for _ in range(3):
        QTest.keyClick(page.grid, Qt.Key.Key_Right)
    said = {
        one.section: page.sections.index(row, 2).data()
        for row, one in enumerate(page.sections.rows)
    }
    assert said["services"] == WHY
    assert WHY not in said["media"]
