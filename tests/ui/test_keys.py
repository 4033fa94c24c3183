"""At the window: packages are sealed once a receipt came; the lead looks after the own key."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from exports.package.sealed import is_sealed
from pravo_desktop.bootstrap import Workplace
from pravo_desktop.clock import KAZAKHSTAN
from pravo_desktop.i18n import Translator
from pravo_desktop.usecases import months, packages
from pravo_desktop.usecases.keys import KeyTerms
from pravo_desktop.usecases.queries import Session
from pravo_desktop.usecases.receipts import make_receipt, write_receipt_copy
from pravo_desktop.usecases.received_receipts import import_receipt, trust_headquarters
from pravo_desktop.usecases.trust import trusted_keys
from tests.ui.conftest import write
from tests.ui.desks import (
    NOW,
    Place,
    add_families,
    answer,
    choose_files,
    click,
    dialog,
    go,
    make_place,
    page_of,
    press_until,
    primary,
    signed_in,
    trust,
)
from ui.app import Window
from ui.forms.key_forms import OwnKeyPanel, ending_text
from ui.pages.import_receipt import ImportReceiptPage
from ui.pages.inbox import InboxPage
from ui.pages.packages import PackagesPage
from ui.pages.settings import SettingsPage

WORD = "keep this apart 12"


@pytest.fixture
def centre(tmp_path: Path) -> Place:
    return make_place(tmp_path / "astana", "astana")


@pytest.fixture
def headquarters(tmp_path: Path, centre: Place) -> Place:
    place = make_place(tmp_path / "headquarters")
    trust(place, centre, "astana")
    return place


@pytest.fixture
def receipt(headquarters: Place, tmp_path: Path) -> Path:
    """Astana's receipt on a stick."""
    written: list[Path] = []

    def use(session: Session, workplace: Workplace) -> None:
        key = workplace.signing_key(session)
        made = make_receipt(session, workplace.actor, key=key, centre="astana")
        path = write_receipt_copy(
            session, workplace.actor, centre="astana", number=made.number, target=tmp_path
        )
        written.append(path)

    headquarters.work(use)
    return written[0]


def with_april(centre: Place) -> None:
    """April is closed and its package made."""
    add_families(centre)

    def use(session: Session, workplace: Workplace) -> None:
        months.close_month(
            session, workplace.actor, month="2024-04", zeros={"media": "no_activity"}
        )
        packages.export_package(
            session, workplace.actor, key=workplace.signing_key(session), month="2024-04"
        )

    centre.work(use)


def write_again(qtbot: QtBot, window: Window, folder: Path) -> PackagesPage:
    page = go(qtbot, window, PackagesPage)
    qtbot.waitUntil(lambda: len(page.model.rows) == 1)
    primary(qtbot, window)
    choose_files(qtbot, page.export, folder)
    qtbot.waitUntil(lambda: bool(page.export.note.text), timeout=20_000)
    return page


def test_after_a_receipt_a_package_is_written_sealed_and_headquarters_opens_it(
    qtbot: QtBot, centre: Place, headquarters: Place, receipt: Path, tmp_path: Path
) -> None:
    with_april(centre)
    stick = tmp_path / "stick"
    stick.mkdir()
    centre.work(
        lambda session, workplace: import_receipt(
            session, workplace.actor, path=receipt, compared=headquarters.fingerprint
        )
    )
    window = signed_in(qtbot, centre)
    page = write_again(qtbot, window, stick)
    (path,) = stick.iterdir()
    assert path.name == "pravo-astana-2024-04-A0001.pravo"
    assert path.name in page.export.note.text
    assert is_sealed(path.read_bytes())
    window.close()

    window = signed_in(qtbot, headquarters)
    inbox = go(qtbot, window, InboxPage)
    inbox.take([stick])
    qtbot.waitUntil(
        lambda: len(inbox.waiting.rows) == 1 and inbox.primary() is not None, timeout=20_000
    )


def test_the_plain_form_stays_a_choice_and_is_remembered(
    qtbot: QtBot, centre: Place, headquarters: Place, receipt: Path, tmp_path: Path
) -> None:
    with_april(centre)
    stick = tmp_path / "stick"
    stick.mkdir()
    window = signed_in(qtbot, centre)
    page = go(qtbot, window, PackagesPage)
    qtbot.waitUntil(lambda: len(page.model.rows) == 1)
    assert not page.export.form.isVisible()
    window.close()
    centre.work(
        lambda session, workplace: import_receipt(
            session, workplace.actor, path=receipt, compared=headquarters.fingerprint
        )
    )

    window = signed_in(qtbot, centre)
    page = go(qtbot, window, PackagesPage)
    qtbot.waitUntil(page.export.form.isVisible)
    choice = page.export.form.choice
    assert choice.value == "sealed"
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Down)
    assert choice.value == "plain"
    write_again(qtbot, window, stick)
    assert [one.suffix for one in stick.iterdir()] == [".xlsx"]
    window.close()

    page = go(qtbot, signed_in(qtbot, centre), PackagesPage)
    qtbot.waitUntil(page.export.form.isVisible)
    assert page.export.form.choice.value == "plain"


def settings(qtbot: QtBot, window: Window) -> SettingsPage:
    assert window.shell is not None
    shell = window.shell
    press_until(qtbot, window, Qt.Key.Key_Comma, lambda: shell.page.key == "settings")
    page = shell.page
    assert isinstance(page, SettingsPage)
    qtbot.waitUntil(lambda: page.card is not None)
    return page


def own_key(page: SettingsPage) -> OwnKeyPanel:
    assert isinstance(page.signing.key, OwnKeyPanel)
    return page.signing.key


def save_as(qtbot: QtBot, panel: OwnKeyPanel, target: Path) -> None:
    asked = dialog(qtbot, panel, QFileDialog)
    asked.setDirectory(str(target.parent))
    asked.selectFile(target.name)
    asked.accept()


def test_the_key_goes_into_a_file_and_is_taken_from_it_elsewhere(
    qtbot: QtBot, centre: Place, tmp_path: Path
) -> None:
    window = signed_in(qtbot, centre)
    panel = own_key(settings(qtbot, window))
    click(panel.export_button)
    assert panel.password.hasFocus()
    write(window, WORD)
    click(panel.export_button)
    assert panel.again.hasFocus()
    write(window, WORD)
    click(panel.export_button)
    save_as(qtbot, panel, tmp_path / "key.p12")
    qtbot.waitUntil(lambda: "key.p12" in panel.note.text, timeout=20_000)
    assert not panel.password.text() and not panel.again.text()
    window.close()

    laptop = make_place(tmp_path / "laptop", "astana")
    window = signed_in(qtbot, laptop)
    page = settings(qtbot, window)
    panel = own_key(page)
    panel.password.setFocus()
    write(window, WORD)
    click(panel.import_button)
    choose_files(qtbot, panel, tmp_path / "key.p12")
    fingerprint = centre.fingerprint
    qtbot.waitUntil(
        lambda: "".join(page.signing.fingerprint.text().split()) == fingerprint, timeout=20_000
    )


def test_an_easy_password_is_refused_with_a_word(
    qtbot: QtBot, centre: Place, tmp_path: Path
) -> None:
    window = signed_in(qtbot, centre)
    panel = own_key(settings(qtbot, window))
    for field in (panel.password, panel.again):
        field.setFocus()
        write(window, "short")
    click(panel.export_button)
    save_as(qtbot, panel, tmp_path / "key.p12")
    qtbot.waitUntil(lambda: bool(panel.note.text), timeout=20_000)
    assert not (tmp_path / "key.p12").exists()


def test_the_lead_replaces_the_key_and_headquarters_trusts_the_new_one(
    qtbot: QtBot, centre: Place, headquarters: Place, tmp_path: Path
) -> None:
    window = signed_in(qtbot, centre)
    page = settings(qtbot, window)
    panel = own_key(page)
    click(panel.replace_button)
    answer(qtbot, panel, "yes")
    asked = dialog(qtbot, panel, QFileDialog)
    asked.setDirectory(str(tmp_path))
    asked.accept()
    qtbot.waitUntil(lambda: ".json" in panel.note.text, timeout=20_000)
    (path,) = tmp_path.glob("pravo-astana-A-replacement-*.json")
    qtbot.waitUntil(lambda: "".join(page.signing.fingerprint.text().split()) != centre.fingerprint)
    new = "".join(page.signing.fingerprint.text().split())
    window.close()

    window = signed_in(qtbot, headquarters)
    statements = settings(qtbot, window).signing.statements
    click(statements.read_button)
    choose_files(qtbot, statements, path)
    said = answer(qtbot, statements, "yes")
    assert new in "".join(said.split())
    qtbot.waitUntil(lambda: bool(statements.note.text), timeout=20_000)
    window.close()

    def look(session: Session, workplace: Workplace) -> None:
        found = {one.fingerprint: one.stated_by for one in trusted_keys(session, workplace.actor)}
        assert found[new] == centre.fingerprint

    headquarters.work(look)


def test_the_lead_revokes_a_replaced_key_and_headquarters_trusts_it_no_more(
    qtbot: QtBot, centre: Place, headquarters: Place, tmp_path: Path
) -> None:
    old = centre.fingerprint
    window = signed_in(qtbot, centre)
    panel = own_key(settings(qtbot, window))
    assert not panel.replaced.isVisibleTo(panel)
    click(panel.replace_button)
    answer(qtbot, panel, "yes")
    dialog(qtbot, panel, QFileDialog).reject()
    qtbot.waitUntil(lambda: panel.replaced.isVisibleTo(panel), timeout=20_000)

    (action,) = panel.replaced.menu.actions()
    assert old[:8] in action.text()
    action.trigger()
    said = answer(qtbot, panel.replaced, "yes")
    assert old in "".join(said.split())
    asked = dialog(qtbot, panel.replaced, QFileDialog)
    asked.setDirectory(str(tmp_path))
    asked.accept()
    qtbot.waitUntil(lambda: ".json" in panel.replaced.note.text, timeout=20_000)
    (path,) = tmp_path.glob("pravo-astana-*revocation-*.json")
    window.close()

    window = signed_in(qtbot, headquarters)
    statements = settings(qtbot, window).signing.statements
    click(statements.read_button)
    choose_files(qtbot, statements, path)
    answer(qtbot, statements, "yes")
    qtbot.waitUntil(lambda: bool(statements.note.text), timeout=20_000)
    window.close()

    def look(session: Session, workplace: Workplace) -> None:
        found = {one.fingerprint: one.revoked_at for one in trusted_keys(session, workplace.actor)}
        assert found[old]

    headquarters.work(look)


def test_a_coordinator_replaces_the_key_and_a_centre_trusts_the_new_one_without_a_call(
    qtbot: QtBot, centre: Place, headquarters: Place, tmp_path: Path
) -> None:
    def trusts(session: Session, workplace: Workplace) -> None:
        with session.transaction():
            trust_headquarters(session, workplace.actor, headquarters.fingerprint)

    centre.work(trusts)
    window = signed_in(qtbot, headquarters)
    page = settings(qtbot, window)
    panel = own_key(page)
    assert panel.export_button.isVisibleTo(panel)
    click(panel.replace_button)
    answer(qtbot, panel, "yes")
    asked = dialog(qtbot, panel, QFileDialog)
    asked.setDirectory(str(tmp_path))
    asked.accept()
    qtbot.waitUntil(lambda: ".json" in panel.note.text, timeout=20_000)
    (path,) = tmp_path.glob("pravo-national-A-replacement-*.json")
    window.close()

    window = signed_in(qtbot, centre)
    assert window.shell is not None
    window.shell.go("import_receipt")
    held = page_of(window, ImportReceiptPage).keys
    qtbot.waitUntil(lambda: len(held.model.rows) == 1, timeout=20_000)
    held.read_statement(path)
    qtbot.waitUntil(lambda: len(held.model.rows) == 2, timeout=20_000)
    assert held.note.text and not any(one.revoked_at for one in held.model.rows)
    window.close()


def test_a_coordinator_revokes_the_own_key_and_a_centre_trusts_it_no_more(
    qtbot: QtBot, centre: Place, headquarters: Place, tmp_path: Path
) -> None:
    def trusts(session: Session, workplace: Workplace) -> None:
        with session.transaction():
            trust_headquarters(session, workplace.actor, headquarters.fingerprint)

    centre.work(trusts)
    window = signed_in(qtbot, headquarters)
    panel = own_key(settings(qtbot, window))
    click(panel.revoke_button)
    answer(qtbot, panel, "yes")
    asked = dialog(qtbot, panel, QFileDialog)
    asked.setDirectory(str(tmp_path))
    asked.accept()
    qtbot.waitUntil(lambda: ".json" in panel.note.text, timeout=20_000)
    (path,) = tmp_path.glob("pravo-national-A-revocation-*.json")
    window.close()

    window = signed_in(qtbot, centre)
    assert window.shell is not None
    window.shell.go("import_receipt")
    held = page_of(window, ImportReceiptPage).keys
    qtbot.waitUntil(lambda: len(held.model.rows) == 1, timeout=20_000)
    held.read_statement(path)
    qtbot.waitUntil(lambda: bool(held.model.rows[0].revoked_at), timeout=20_000)
    window.close()


@pytest.fixture(autouse=True)
def may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRAVO_NOW", NOW)


def test_of_a_key_that_ended_it_is_said_that_it_is_over() -> None:
    until = datetime(2027, 5, 20, 12, tzinfo=KAZAKHSTAN)
    terms = KeyTerms(until, None)
    before = ending_text(Translator("ru"), terms, until - timedelta(days=9))
    after = ending_text(Translator("ru"), terms, until)
    assert "действует до 20.05.2027" in before
    assert "действовал до 20.05.2027" in after
