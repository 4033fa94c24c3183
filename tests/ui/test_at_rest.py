"""What is typed into the window lies on the drive encrypted alone, also after a sudden end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from pravo_desktop.backups.files import make_backup
from pravo_desktop.bootstrap import Workplace, open_workplace
from pravo_desktop.crash import write_crash_report
from pravo_desktop.usecases import (
    months,
    own_rows,
    packages,
    receipts,
    received_receipts,
)
from pravo_desktop.usecases.queries import Session
from pravo_desktop.usecases.staff import save_staff_member
from tests.ui.canaries import COURT, GIVEN, IIN, NOTE, PHONE, SURNAME, UNSAVED, leaks
from tests.ui.conftest import PASSWORD, press, shell_of, write
from tests.ui.desks import Place, make_place, receive, trust
from ui.app import Window
from ui.clipboard import KEPT_MS, ClipboardGuard
from ui.forms.case_form import CaseForm
from ui.pages.case import CasePage

WorkIn = Callable[[Path], tuple[Window, Workplace]]


@pytest.fixture
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, Path]]:
    """A folder for temporary files and a home of their own: logs and settings go there."""
    temporary, home = tmp_path / "temporary", tmp_path / "home"
    for folder in (temporary, home):
        folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name))
    yield temporary, home
    QGuiApplication.clipboard().clear()


def employ(folder: Path) -> None:
    workplace = open_workplace(folder, password=PASSWORD)
    session = workplace.session()
    save_staff_member(
        session, workplace.actor, profession="psychologist", employed_from=date(2024, 1, 1)
    )
    session.close()
    workplace.close()


def new_case(qtbot: QtBot, window: Window) -> CaseForm:
    form = shell_of(window).open(CaseForm)
    assert isinstance(form, CaseForm)
    qtbot.waitUntil(lambda: bool(form.visit.specialist.count()), timeout=10_000)
    return form


def type_a_person(qtbot: QtBot, window: Window, form: CaseForm, surname: str) -> None:
    person = form.people[0]
    person.consent.setFocus()
    press(qtbot, window, "Down")
    for field, text in (
        (person.surname, surname),
        (person.given_name, GIVEN),
        (person.iin, IIN),
        (person.phone, PHONE),
        (form.visit.note, NOTE),
    ):
        field.setFocus()
        write(window, text)


def answered(national: Place, target: Path) -> Path:
    """Headquarters' receipt for the centre on the stick."""
    written: list[Path] = []

    def use(session: Session, workplace: Workplace) -> None:
        key = workplace.signing_key(session)
        made = receipts.make_receipt(session, workplace.actor, key=key, centre="astana")
        written.append(
            receipts.write_receipt_copy(
                session, workplace.actor, centre="astana", number=made.number, target=target
            )
        )

    national.work(use)
    return written[0]


def returned(national: Place, target: Path) -> None:
    """The centre's own rows, as headquarters gives them back, on the stick."""
    national.work(
        lambda session, workplace: own_rows.return_rows(
            session,
            workplace.actor,
            centre="astana",
            key=workplace.signing_key(session),
            archive=workplace.archive,
            target=target,
        )
    )


def test_nothing_typed_lies_readable_in_any_file_of_the_computer(
    qtbot: QtBot,
    centre_folder: Path,
    work_in: WorkIn,
    own_folders: tuple[Path, Path],
    tmp_path: Path,
) -> None:
    employ(centre_folder)
    window, workplace = work_in(centre_folder)
    form = new_case(qtbot, window)
    type_a_person(qtbot, window, form, SURNAME)
    form.add_claim().court_number.setText(COURT)
    form.visit.held_on.setText("03.04.2024")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: isinstance(shell_of(window).page, CasePage), timeout=10_000)
    half = new_case(qtbot, window)
    type_a_person(qtbot, window, half, UNSAVED)
    half.keep()
    qtbot.waitUntil(lambda: not window.at_work, timeout=10_000)

    stick = tmp_path / "stick"
    stick.mkdir()
    session = workplace.session()
    zeros = {"media": "no_activity"}
    months.close_month(session, workplace.actor, month="2024-04", zeros=zeros)
    made = packages.export_package(
        session, workplace.actor, key=workplace.signing_key(session), month="2024-04"
    )
    packages.write_copy(session, workplace.actor, sequence=made.sequence, target=stick)
    national = make_place(tmp_path / "national")
    trust(national, Place(centre_folder, workplace.signing_key(session).fingerprint), "astana")
    receive(national, *stick.glob("*.xlsx"))
    receipt = answered(national, stick)
    received_receipts.import_receipt(
        session, workplace.actor, path=receipt, compared=national.fingerprint
    )
    # From now on a package is sealed to headquarters.
    packages.write_copy(session, workplace.actor, sequence=made.sequence, target=stick)
    receive(national, *stick.glob("*.pravo"))
    returned(national, stick)
    make_backup(workplace, session, out=stick)
    assert session.value("PRAGMA temp_store") == 2
    assert session.value("PRAGMA mmap_size") == 0
    assert session.value("PRAGMA secure_delete") == 1
    for name in (SURNAME, IIN):
        kept = "SELECT count(*) FROM identities WHERE ? IN (surname, iin)"
        assert session.value(kept, (name,)) == 1
    session.close()
    try:
        raise ValueError(f"{SURNAME} {IIN} {PHONE}")
    except ValueError as error:
        report = write_crash_report(error)

    assert report.is_relative_to(own_folders[1])
    assert {path.suffix for path in stick.iterdir()} == {".xlsx", ".pravo", ".backup", ".returned"}
    assert len(list(stick.glob("*.xlsx"))) == 2
    assert leaks(centre_folder, stick, national.folder, *own_folders) == []


def test_after_a_sudden_end_nothing_typed_lies_readable_either(
    centre_folder: Path, own_folders: tuple[Path, Path]
) -> None:
    employ(centre_folder)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.killed_window", str(centre_folder), PASSWORD],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert leaks(centre_folder, *own_folders) == []

    workplace = open_workplace(centre_folder, password=PASSWORD)
    session = workplace.session()
    assert session.value("SELECT surname FROM identities") == SURNAME
    assert session.value("SELECT count(*) FROM drafts") == 1
    session.close()
    workplace.close()


def test_the_search_finds_what_it_looks_for(tmp_path: Path) -> None:
    """Else nothing found would prove nothing."""
    (tmp_path / "a.txt").write_text(f"x{SURNAME}", encoding="utf-16-le")
    (tmp_path / "b.ini").write_bytes(IIN.encode())
    assert len(leaks(tmp_path)) == 2


def test_what_is_copied_from_a_field_leaves_the_clipboard_after_a_minute(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn, own_folders: tuple[Path, Path]
) -> None:
    employ(centre_folder)
    window, _ = work_in(centre_folder)
    form = new_case(qtbot, window)
    type_a_person(qtbot, window, form, SURNAME)
    clipboard, guard = QGuiApplication.clipboard(), ClipboardGuard.of_application()
    form.people[0].surname.setFocus()
    press(qtbot, window, "Ctrl+A", "Ctrl+C")
    assert clipboard.text() == SURNAME
    assert guard.timer.isActive() and guard.timer.interval() == KEPT_MS
    guard.timer.timeout.emit()
    assert clipboard.text() == ""

    form.people[0].iin.setFocus()
    press(qtbot, window, "Ctrl+A", "Ctrl+X")
    assert clipboard.text().replace(" ", "") == IIN and guard.timer.isActive()
    guard.timer.timeout.emit()
    assert clipboard.text() == ""


def test_who_opens_a_case_with_names_is_written_into_the_history_once_a_day(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn, own_folders: tuple[Path, Path]
) -> None:
    employ(centre_folder)
    window, workplace = work_in(centre_folder)
    form = new_case(qtbot, window)
    type_a_person(qtbot, window, form, SURNAME)
    press(qtbot, window, "Ctrl+Enter")
    session = workplace.session()
    opened = "SELECT count(*) FROM audit_entries WHERE action = 'case_opened' AND actor = ?"
    actor = (workplace.actor.account_id,)
    qtbot.waitUntil(lambda: session.value(opened, actor) == 1, timeout=10_000)
    page = shell_of(window).page
    assert isinstance(page, CasePage)
    page.reload()
    qtbot.waitUntil(lambda: not window.at_work, timeout=10_000)
    assert session.value(opened, actor) == 1
    session.close()
