"""From a couple at the desk to the national report, all through the windows."""

import json
import zipfile
from html import unescape
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.ui.desks import (
    answer,
    choose_files,
    go,
    make_place,
    page_of,
    primary,
    signed_in,
)
from ui.app import Window
from ui.forms.case_form import CaseForm
from ui.forms.consultation_form import ConsultationPage
from ui.forms.staff_form import StaffForm
from ui.page import Page
from ui.pages.case import CasePage
from ui.pages.cases import CasesPage
from ui.pages.close_month import CloseMonthPage
from ui.pages.effect import EffectPage
from ui.pages.inbox import InboxPage
from ui.pages.report import ReportPage
from ui.pages.staff import StaffPage

SURNAME = "Сынақбаева"


def begin(qtbot: QtBot, folder: Path, workplace: str) -> tuple[Window, str]:
    """A practice folder at its clock's day; gives the window inside and its key's fingerprint."""
    place = make_place(folder, "astana" if workplace == "centre" else None)
    return signed_in(qtbot, place), place.fingerprint


def in_front(qtbot: QtBot, window: Window, kind: type[Page]) -> None:
    qtbot.waitUntil(
        lambda: window.shell is not None and isinstance(window.shell.page, kind), timeout=10_000
    )


def add_psychologist(qtbot: QtBot, window: Window) -> None:
    go(qtbot, window, StaffPage)
    primary(qtbot, window)
    form = page_of(window, StaffForm)
    form.profession.choose("psychologist")
    form.surname.setText("Үлгібекова")
    form.employed_from.setText("01.01.2024")
    primary(qtbot, window)
    in_front(qtbot, window, StaffPage)


def open_case(qtbot: QtBot, window: Window) -> None:
    """A married couple with a child, a claim and the first consultation."""
    go(qtbot, window, CasesPage)
    primary(qtbot, window)
    form = page_of(window, CaseForm)
    husband, wife = form.people
    husband.birth.setText("1990")
    wife.consent.choose("given")
    wife.surname.setText(SURNAME)
    form.add_person("child").birth.setText("2015")
    form.add_claim().kind.choose("divorce")
    form.visit.held_on.setText("03.05.2024")
    form.visit.note.setPlainText("Тек маманға арналған.")
    qtbot.waitUntil(lambda: bool(form.visit.specialist.value))
    primary(qtbot, window)
    in_front(qtbot, window, CasePage)
    qtbot.waitUntil(lambda: page_of(window, CasePage).card is not None)


def record_second_consultation(qtbot: QtBot, window: Window) -> None:
    page = go(qtbot, window, ConsultationPage)
    qtbot.waitUntil(lambda: page.case is not None and bool(page.visit.specialist.value))
    page.visit.held_on.setText("10.05.2024")
    primary(qtbot, window)
    qtbot.waitUntil(lambda: page.case is None, timeout=10_000)


def close_and_send(qtbot: QtBot, window: Window, stick: Path) -> Path:
    page = go(qtbot, window, CloseMonthPage)
    qtbot.waitUntil(lambda: page.overview is not None)
    primary(qtbot, window)
    answer(qtbot, page, "yes")
    qtbot.waitUntil(lambda: page.overview is not None and page.overview.closed)
    primary(qtbot, window)
    choose_files(qtbot, page, stick)
    qtbot.waitUntil(lambda: bool(page.export.note.text), timeout=20_000)
    return stick / "pravo-astana-2024-05-A0001.xlsx"


def accept(qtbot: QtBot, window: Window, package: Path, fingerprint: str) -> None:
    """The file is chosen, its key compared with what the centre's first run showed."""
    page = go(qtbot, window, InboxPage)
    primary(qtbot, window)
    choose_files(qtbot, page, package)
    qtbot.waitUntil(page.trust.isVisible, timeout=20_000)
    shown = page.trust.shown.accessibleDescription()
    assert "".join(shown.split()) == fingerprint
    page.trust.compared.click()
    page.trust.trust_button.click()
    qtbot.waitUntil(
        lambda: len(page.waiting.rows) == 1 and page.waiting.effect_button.isEnabled(),
        timeout=20_000,
    )
    page.waiting.effect_button.click()
    assert window.shell is not None
    shell = window.shell
    qtbot.waitUntil(
        lambda: isinstance(shell.page, EffectPage) and shell.page.primary() is not None,
        timeout=20_000,
    )
    assert isinstance(shell.page, EffectPage)
    shell.page.reason.setText("первая проба")
    primary(qtbot, window)
    qtbot.waitUntil(
        lambda: [one.status for one in page.received.rows] == ["accepted"], timeout=20_000
    )


def saved_report(qtbot: QtBot, window: Window, kind: str, target: Path) -> bytes:
    page = go(qtbot, window, ReportPage)
    qtbot.waitUntil(lambda: bool(page.model.rows))
    page.format.choose(kind)
    qtbot.waitUntil(lambda: page.primary() is not None)
    page.note.show_text("")
    primary(qtbot, window)
    choose_files(qtbot, page, target)
    qtbot.waitUntil(lambda: bool(page.note.text), timeout=60_000)
    return target.read_bytes()


def test_a_couple_at_the_desk_is_in_the_national_report(qtbot: QtBot, tmp_path: Path) -> None:
    window, fingerprint = begin(qtbot, tmp_path / "centre", "centre")
    add_psychologist(qtbot, window)
    open_case(qtbot, window)
    record_second_consultation(qtbot, window)
    stick = tmp_path / "stick"
    stick.mkdir()
    package = close_and_send(qtbot, window, stick)
    window.close()
    with zipfile.ZipFile(package) as parts:
        sent = b"".join(parts.read(name) for name in parts.namelist()).decode("utf-8", "ignore")
    sent = unescape(sent)
    assert "Астана" in sent
    assert SURNAME not in sent and "Үлгібекова" not in sent and "маманға арналған" not in sent

    window, _ = begin(qtbot, tmp_path / "headquarters", "headquarters")
    accept(qtbot, window, package, fingerprint)
    report = json.loads(saved_report(qtbot, window, "json", tmp_path / "report.json"))
    values = {
        row["indicator"]: row["value"]
        for row in report["rows"]
        if row["region"] == "astana" and row["breakdown"] is None
    }
    assert values["couples"] == 1
    assert values["consultations"] == 2
    assert values["participants"] == 3
    assert values["claims"] == 1
    assert saved_report(qtbot, window, "pdf", tmp_path / "report.pdf").startswith(b"%PDF")
