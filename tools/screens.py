"""Pictures of every page in every look; fails where a word is cut off or still English.

The centre is Astana of the demo at the end of its year (``make demo``), or a small practice folder
where there is none. It writes ``build/screens/NAME-LANGUAGE-APPEARANCE-SIZE.png``.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from openpyxl import Workbook  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from pravo_desktop.usecases.event_queries import EventLine  # noqa: E402
from tools.camera import OUT, Camera, opened, settle, shell_of, sign_in, wait  # noqa: E402
from tools.screens_door import at_the_door  # noqa: E402
from tools.screens_practice import NOW, PASSWORD, make_centre  # noqa: E402
from ui.app import Window  # noqa: E402
from ui.forms.account_form import AccountForm, PasswordForm, RolesForm  # noqa: E402
from ui.forms.advice_form import AdviceForm  # noqa: E402
from ui.forms.case_form import CaseForm  # noqa: E402
from ui.forms.centre_card_form import CentreCardForm  # noqa: E402
from ui.forms.event_form import AttendanceForm, EventForm  # noqa: E402
from ui.forms.keep_rule_form import KeepRuleForm  # noqa: E402
from ui.forms.part_forms import (  # noqa: E402
    CaseFactsForm,
    ClaimForm,
    OutcomeForm,
    PersonForm,
    ReopenForm,
)
from ui.forms.printed_forms import HandOutForm, MaterialForm  # noqa: E402
from ui.forms.publication_form import PublicationForm, VideoForm  # noqa: E402
from ui.forms.staff_form import LeaverForm, StaffForm  # noqa: E402
from ui.forms.survey_grid import SurveyForm  # noqa: E402
from ui.forms.vacancy_form import VacancyForm  # noqa: E402
from ui.forms.work_forms import MediationForm, PlanForm, StudyForm, VisitForm  # noqa: E402
from ui.models.cases import RecordRole  # noqa: E402
from ui.page import Page  # noqa: E402
from ui.pages.case import CasePage  # noqa: E402
from ui.pages.case_access import CaseAccessForm  # noqa: E402
from ui.pages.case_history import CaseHistoryPage  # noqa: E402
from ui.pages.cases import CasesPage  # noqa: E402
from ui.pages.events import EventsPage  # noqa: E402
from ui.pages.help import HelpPage, topic_of  # noqa: E402
from ui.pages.import_journal import ImportJournalPage  # noqa: E402
from ui.pages.join_cases import JoinPage  # noqa: E402
from ui.pages.journal import JournalPage  # noqa: E402
from ui.pages.month_progress import ToCompletePage  # noqa: E402
from ui.pages.papers import JournalPaperForm, PaperForm  # noqa: E402
from ui.pages.past_term import TermPage  # noqa: E402
from ui.pages.personal_data import RequestForm  # noqa: E402
from ui.pages.settings import SettingsPage  # noqa: E402
from ui.pages.staff import StaffPage  # noqa: E402
from ui.pages.support import SupportPage  # noqa: E402
from ui.pages.survey_sheets import SheetsPage  # noqa: E402
from ui.preview import Preview  # noqa: E402

DEMO = ROOT / "build" / "demo"
JOURNAL = (
    ("Дата", "Специалист", "ФИО мужа", "ФИО жены", "Согласие", "Прочее"),
    ("05.02.2024", "психолог", "Тестов Алан", "Тестова Әсем", "да", "вечером"),
    ("12.02.2024", "Сынақова А.", "Тестов Алан", "Тестова Әсем", "да", ""),
    ("скоро", "психолог", "Примеров Ержан", "", "да", ""),
)
YEARS_END = datetime(2024, 12, 31, 20, 0)
LONGEST_MONTH = 31
P = TypeVar("P", bound=Page)


def centre_of_demo(place: Path) -> tuple[Path, str, datetime]:
    """A copy of the demo's Astana, or a practice folder; its password and what time it is there."""
    folder = place / "centre"
    if (DEMO / "password.txt").exists():
        shutil.copytree(DEMO / "centres" / "astana", folder)
        return folder, (DEMO / "password.txt").read_text(encoding="utf-8").strip(), YEARS_END
    make_centre(folder)
    return folder, PASSWORD, NOW


def front(window: Window, kind: type[P]) -> P:
    """The page in front, which is of this kind."""
    page = shell_of(window).page
    assert isinstance(page, kind), page
    return page


def over(camera: Camera, window: Window, name: str, cls: type[Page], **arguments: Any) -> None:
    """A picture of a page that another opens."""
    shell_of(window).open(cls, **arguments)
    camera.take(window, name)
    for page in shell_of(window).unsaved():
        page.forget()
    shell_of(window).back()


def rail_pages(camera: Camera, window: Window) -> None:
    """Every page that somebody may see, and the help of the first."""
    for page in list(shell_of(window).pages):
        shell_of(window).go(page.key)
        camera.take(window, f"10-{page.key}")
    shell_of(window).go("today")
    over(camera, window, "90-help", HelpPage, topic=topic_of(shell_of(window).page, "today"))


def centre_pages(camera: Camera, window: Window) -> None:
    """The pages of a centre."""
    rail_pages(camera, window)
    _places_on_pages(camera, window)
    shell_of(window).go("cases")
    settle(window)
    page = front(window, CasesPage)
    wait(lambda: page.model.rowCount() > 0)
    first = str(page.model.index(0, 0).data(RecordRole).case_id)
    over(camera, window, "20-new-case", CaseForm)
    _new_case_to_check(camera, window)
    _case_pages(camera, window, first)
    shell_of(window).go("consultation", case_id=first)
    camera.take(window, "40-consultation")
    shell_of(window).go("staff")
    settle(window)
    staff = front(window, StaffPage).model.rows[0].line.staff_id
    own = shell_of(window).desk.actor
    forms: tuple[tuple[str, type[Page], dict[str, Any]], ...] = (
        ("15-advice", AdviceForm, {}),
        ("16-personal-request", RequestForm, {}),
        ("17-past-term", TermPage, {}),
        ("18-keep-rule", KeepRuleForm, {}),
        ("19-support", SupportPage, {}),
        ("60-new-staff", StaffForm, {}),
        ("60-leaver", LeaverForm, {"staff_id": staff}),
        ("61-account", AccountForm, {}),
        ("61-password", PasswordForm, {"account_id": own.account_id, "user": own.name}),
        ("61-roles", RolesForm, {"account_id": own.account_id}),
        ("61-centre-card", CentreCardForm, {}),
        ("62-vacancy", VacancyForm, {}),
        ("63-to-complete", ToCompletePage, {}),
        ("64-journal-paper", JournalPaperForm, {}),
    )
    for name, cls, arguments in forms:
        over(camera, window, name, cls, **arguments)
    _event_pages(camera, window)


def _places_on_pages(camera: Camera, window: Window) -> None:
    """What the guide speaks of and the pages do not show at first: a day of work, the backups."""
    shell_of(window).go("journal")
    settle(window)
    journal = front(window, JournalPage)
    for _ in range(LONGEST_MONTH):
        if journal.model.rowCount():
            break
        journal.turn(-1)
        settle(window)
    camera.take(window, "11-journal-day")
    shell_of(window).go("settings")
    settle(window)
    settings = front(window, SettingsPage)
    settings.form.bring_into_sight(settings.support_button)
    camera.take(window, "11-settings-backup")


def _new_case_to_check(camera: Camera, window: Window) -> None:
    shell_of(window).open(CaseForm)
    settle(window)
    form = front(window, CaseForm)
    form.people[0].consent.choose("given")
    form.people[0].iin.setText("123")
    form.people[0].iin.editingFinished.emit()
    form.people[0].birth.setText("2015")
    form.save()
    wait(form.reasons.isVisible)
    camera.take(window, "21-new-case-to-check")
    form.forget()
    shell_of(window).back()


def _case_pages(camera: Camera, window: Window, first: str) -> None:
    shell_of(window).open(CasePage, case_id=first)
    settle(window)
    card = front(window, CasePage).card
    assert card is not None
    camera.take(window, "30-case")
    person = card.people[0].participant.id
    visit = card.consultations[0].consultation.id
    forms: tuple[tuple[str, type[Page], dict[str, Any]], ...] = (
        ("31-person", PersonForm, {"part_id": person}),
        ("32-case-access", CaseAccessForm, {}),
        ("33-case-history", CaseHistoryPage, {}),
        ("34-join-cases", JoinPage, {}),
        ("35-certificate", PaperForm, {"person": person}),
        ("35-consent", PaperForm, {"person": person, "kind": "consent"}),
        ("36-mediation", MediationForm, {}),
        ("36-study", StudyForm, {}),
        ("37-plan", PlanForm, {}),
        ("37-visit", VisitForm, {"part_id": visit}),
        ("38-claim", ClaimForm, {}),
        ("38-outcome", OutcomeForm, {}),
        ("38-reopen", ReopenForm, {}),
        ("38-case-facts", CaseFactsForm, {}),
    )
    for name, cls, arguments in forms:
        over(camera, window, name, cls, case_id=first, **arguments)
    _preview(camera, window, first)
    shell_of(window).back()


def _preview(camera: Camera, window: Window, case_id: str) -> None:
    shell_of(window).open(PaperForm, case_id=case_id, kind="slip")
    settle(window)
    form = front(window, PaperForm)
    camera.take(window, "39-slip")
    form.save()
    wait(lambda: any(one.isVisible() for one in form.findChildren(Preview)))
    preview = form.findChildren(Preview)[0]
    camera.take(window, "39-preview", of=preview)
    preview.reject()
    shell_of(window).back()


def _event_pages(camera: Camera, window: Window) -> None:
    """The forms behind the pages of events, publications and printed matter."""
    shell_of(window).go("events")
    settle(window)
    lines = front(window, EventsPage).model.rows
    event_id = next(line.event.id for line in lines if isinstance(line, EventLine))
    of_event: tuple[tuple[str, type[Page]], ...] = (
        ("70-event", EventForm),
        ("71-survey", SurveyForm),
        ("71-survey-sheets", SheetsPage),
    )
    for name, form in of_event:
        over(camera, window, name, form, event_id=event_id)
    others: tuple[type[Page], ...] = (
        AttendanceForm,
        PublicationForm,
        VideoForm,
        MaterialForm,
        HandOutForm,
    )
    for position, form in enumerate(others, 72):
        over(camera, window, f"{position}-{form.__name__.removesuffix('Form').lower()}", form)


def journal_to_import(camera: Camera, window: Window, place: Path) -> None:
    """A journal of Excel in its columns; one row is not right and one specialist not known."""
    path = place / "journal.xlsx"
    book = Workbook()
    book.worksheets[0].title = "Журнал"
    for line in JOURNAL:
        book.worksheets[0].append(line)
    book.save(path)
    shell_of(window).go("import_journal")
    settle(window)
    front(window, ImportJournalPage).open_file(path)

    def read() -> bool:
        return front(window, ImportJournalPage).report is not None

    def take() -> None:
        wait(read)
        camera.take(window, "18-import-journal")

    wait(read)
    camera.tour(window, take)


def centre(camera: Camera, place: Path) -> None:
    """All pictures of a centre."""
    folder, password, moment = centre_of_demo(place)
    at_the_door(camera, place, folder)
    window = opened(folder)
    sign_in(window, folder, password, moment, "lead")
    camera.tour(window, lambda: centre_pages(camera, window))
    journal_to_import(camera, window, place)
    window.close()


def headquarters(camera: Camera, place: Path) -> None:
    """All pictures of headquarters."""
    from tools.screens_headquarters import filled_pages

    filled_pages(camera, place)


PARTS: dict[str, Callable[[Camera, Path], None]] = {"centre": centre, "headquarters": headquarters}


def main(parts: list[str]) -> int:
    """Takes the pictures of some parts, of all without any; 1 if something is wrong on them."""
    QApplication([])
    camera = Camera()
    for part in parts or list(PARTS):
        with tempfile.TemporaryDirectory() as name:
            PARTS[part](camera, Path(name))
    print("\n".join(sorted(set(camera.faults))) or f"Nothing is cut off. Pictures: {OUT.name}")
    return 1 if camera.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
