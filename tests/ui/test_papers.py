"""Papers made from a case and printed again from the register."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.conftest import press, shell_of
from tests.ui.desks import dialog
from tests.ui.families import WorkIn, add_couple, case_page
from ui.page import Page
from ui.pages.case import CasePage
from ui.pages.papers import JournalPaperForm, PaperForm, PapersPage
from ui.preview import Preview


def save_shown(qtbot: QtBot, page: Page, path: Path) -> str:
    """Save what is shown as PDF; returns the name that was offered."""
    preview = dialog(qtbot, page, Preview)
    press(qtbot, preview, "Ctrl+S")
    return save_to(qtbot, page, path)


def save_to(qtbot: QtBot, page: Page, path: Path) -> str:
    """Choose a file in the dialog; returns the name that was offered."""
    asked = dialog(qtbot, page, QFileDialog)
    offered = Path(asked.selectedFiles()[0]).name
    typed = asked.findChild(QLineEdit, "fileNameEdit")
    assert typed is not None
    typed.setText(str(path))
    asked.accept()
    return offered


def test_a_certificate_is_made_for_one_person_and_printed_again_from_the_register(
    qtbot: QtBot, tmp_path: Path, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    opened = add_couple(workplace)
    shell_of(window).go("cases")
    case_page(qtbot, window, opened.case_id)
    form = shell_of(window).open(PaperForm, case_id=opened.case_id, person=opened.participants[0])
    assert isinstance(form, PaperForm)
    qtbot.waitUntil(lambda: form.person.count() == 1, timeout=10_000)
    form.language.choose("kk")
    form.request_number.setText("12-45")
    form.request_date.setText("5")
    folder = tmp_path / "papers"
    folder.mkdir()
    press(qtbot, window, "Ctrl+P")
    offered = save_shown(qtbot, form, folder / "first.pdf")
    assert "Өмірбеков" not in offered and opened.number in offered
    qtbot.waitUntil(lambda: isinstance(shell_of(window).page, CasePage), timeout=20_000)
    assert (folder / "first.pdf").read_bytes().startswith(b"%PDF")
    shell_of(window).go("papers")
    register = shell_of(window).page
    assert isinstance(register, PapersPage)
    qtbot.waitUntil(lambda: len(register.model.rows) == 1, timeout=10_000)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press(qtbot, window, "Ctrl+P")
    save_shown(qtbot, register, folder / "second.pdf")
    qtbot.waitUntil(lambda: len(register.model.rows) == 2, timeout=20_000)
    qtbot.waitUntil((folder / "second.pdf").exists, timeout=20_000)
    qtbot.waitUntil(lambda: not window.at_work, timeout=10_000)
    assert register.model.rows[0].reprint_of == register.model.rows[1].number
    assert sorted(one.name for one in folder.iterdir()) == ["first.pdf", "second.pdf"]


def test_looking_at_a_paper_and_leaving_issues_nothing(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    opened = add_couple(workplace)
    form = shell_of(window).open(PaperForm, case_id=opened.case_id, kind="slip")
    assert isinstance(form, PaperForm)
    qtbot.waitUntil(lambda: form.card is not None, timeout=10_000)
    press(qtbot, window, "Ctrl+P")
    press(qtbot, dialog(qtbot, form, Preview), "Esc")
    form.offer(look=False)
    dialog(qtbot, form, QFileDialog).reject()
    shell_of(window).go("papers")
    register = shell_of(window).page
    assert isinstance(register, PapersPage)
    qtbot.waitUntil(register.nothing.isVisible, timeout=10_000)


def test_nobody_named_gets_no_certificate_and_is_told_what_to_do(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    from pravo_desktop.usecases.cases import open_case
    from pravo_desktop.usecases.participants import ParticipantForm

    session = workplace.session()
    opened = open_case(
        session,
        workplace.actor,
        kind="one_person",
        participants=(ParticipantForm(role="other_adult"),),
    )
    session.close()
    form = shell_of(window).open(PaperForm, case_id=opened.case_id)
    assert isinstance(form, PaperForm)
    qtbot.waitUntil(lambda: form.card is not None, timeout=10_000)
    press(qtbot, window, "Ctrl+P")
    assert form.fields["participant_id"].note.text
    form.kind.choose("consent")
    assert form.person.count() == 1 and not form.fields["participant_id"].note.text


def test_the_lead_saves_the_journal_of_a_month(
    qtbot: QtBot, tmp_path: Path, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    add_couple(workplace)
    shell_of(window).go("papers")
    form = shell_of(window).open(JournalPaperForm, month="2024-05")
    assert isinstance(form, JournalPaperForm)
    form.offer(look=False)
    save_to(qtbot, form, tmp_path / "journal.pdf")
    qtbot.waitUntil(lambda: isinstance(shell_of(window).page, PapersPage), timeout=20_000)
    qtbot.waitUntil(lambda: not window.at_work, timeout=10_000)
    assert (tmp_path / "journal.pdf").read_bytes().startswith(b"%PDF")
