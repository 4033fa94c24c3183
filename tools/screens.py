"""Pictures of every page in both languages, light and dark; fails where a word is cut off.

Makes a small practice folder of a centre and one of headquarters, opens them in a window without
a screen and writes ``build/screens/NAME-LANGUAGE-APPEARANCE.png``.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QEventLoop, Qt, QTimer  # noqa: E402
from PySide6.QtWidgets import (  # noqa: E402
    QAbstractButton,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QWidget,
)

from pravo_desktop.bootstrap import create_workplace, open_workplace  # noqa: E402
from pravo_desktop.clock import PracticeClock  # noqa: E402
from pravo_desktop.domain.records import (  # noqa: E402
    HandOut,
    PrintedMaterial,
    Publication,
    Video,
)
from pravo_desktop.domain.versions import new_id  # noqa: E402
from pravo_desktop.usecases import cases, events, staff  # noqa: E402
from pravo_desktop.usecases.actor import Actor  # noqa: E402
from pravo_desktop.usecases.queries import Session  # noqa: E402
from ui.app import Window  # noqa: E402
from ui.forms.account_form import AccountForm  # noqa: E402
from ui.forms.advice_form import AdviceForm  # noqa: E402
from ui.forms.case_form import CaseForm  # noqa: E402
from ui.forms.event_form import AttendanceForm, EventForm  # noqa: E402
from ui.forms.part_forms import PersonForm  # noqa: E402
from ui.forms.printed_forms import HandOutForm, MaterialForm  # noqa: E402
from ui.forms.publication_form import PublicationForm, VideoForm  # noqa: E402
from ui.forms.staff_form import StaffForm  # noqa: E402
from ui.forms.survey_grid import SurveyForm  # noqa: E402
from ui.forms.vacancy_form import VacancyForm  # noqa: E402
from ui.forms.work_forms import MediationForm, PlanForm  # noqa: E402
from ui.page import Page  # noqa: E402
from ui.pages.case import CasePage  # noqa: E402
from ui.pages.case_access import CaseAccessForm  # noqa: E402
from ui.pages.case_history import CaseHistoryPage  # noqa: E402
from ui.pages.events import EventsPage  # noqa: E402
from ui.pages.help import HelpPage  # noqa: E402
from ui.pages.join_cases import JoinPage  # noqa: E402
from ui.pages.month_progress import ToCompletePage  # noqa: E402
from ui.pages.papers import PaperForm  # noqa: E402
from ui.shell import Shell  # noqa: E402

OUT = ROOT / "build" / "screens"
PASSWORD = "correct horse 12"
LOOKS = (("kk", "light"), ("ru", "light"), ("kk", "dark"), ("ru", "dark"))
NOW = datetime(2024, 5, 20, 12, 0)
FAMILIES = (
    ("Әлиев", "Нұрлан", "Ақбота"),
    ("Қанатов", "Ғани", "Әсел"),
    ("Өмірбеков", "Ұлан", "Үміт"),
    ("Ильясов", "Ерлан", "Жанар"),
)


def wait(condition: Callable[[], object], seconds: float = 30) -> None:
    """Let the window work until something is so.

    Raises:
        TimeoutError: it did not become so in time.
    """
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        loop = QEventLoop()
        QTimer.singleShot(10, loop.quit)
        loop.exec()


def settle(window: Window) -> None:
    """Let the window finish what is under way and take its places."""
    for _ in range(12):
        loop = QEventLoop()
        QTimer.singleShot(10, loop.quit)
        loop.exec()
    wait(lambda: not window.at_work)


def make_centre(folder: Path) -> None:
    """A practice folder of a centre with a few families."""
    made = create_workplace(
        folder,
        workplace="centre",
        centre="astana",
        practice=True,
        user="aigul",
        password=PASSWORD,
        recovery_sheet=folder.with_suffix(".txt"),
        clock=PracticeClock(NOW),
    )
    place = made.workplace
    session, actor = place.session(), place.actor
    ids = [
        staff.save_staff_member(
            session,
            actor,
            profession=profession,
            employed_from=date(2024, 1, 8),
            surname=surname,
            given_name=name,
        )
        for profession, surname, name in (
            ("psychologist", "Сынақова", "Айгүл"),
            ("lawyer", "Сынақов", "Дархан"),
        )
    ]
    for position, (surname, husband, wife) in enumerate(FAMILIES):
        opened = cases.open_case(
            session,
            actor,
            kind="married",
            came_through="court",
            causes=("money", "relatives"),
            participants=(
                cases.ParticipantForm(
                    role="husband",
                    sex="male",
                    birth_year=1985 + position,
                    consent="given",
                    surname=surname,
                    given_name=husband,
                    phone=f"+7701000010{position}",
                    occupation="business",
                ),
                cases.ParticipantForm(
                    role="wife",
                    sex="female",
                    consent="given",
                    surname=f"{surname}а",
                    given_name=wife,
                ),
                cases.ParticipantForm(role="child", sex="male", birth_year=2015),
            ),
            claims=(cases.ClaimForm(kind="divorce", filed_on=date(2024, 4, 2), result="pending"),),
            consultation=cases.ConsultationForm(
                held_on=date(2024, 5, 2 + position),
                specialist_id=ids[position % 2],
                topics=("reconciliation", "parenting"),
                minutes=60,
                note="Келесі кездесуге екеуі де келеді.",
            ),
        )
        for day in range(8, 11 + position):
            cases.record_consultation(
                session,
                actor,
                case_id=opened.case_id,
                consultation=cases.ConsultationForm(
                    held_on=date(2024, 5, day), specialist_id=ids[day % 2]
                ),
            )
    cases.open_case(session, actor, kind="one_person", label="көк папка")
    add_events(session, actor, ids[0])
    session.close()
    place.close()


def add_events(session: Session, actor: Actor, leader: str) -> None:
    """Events with survey sheets, publications, a video, and printed matter handed out."""
    for kind, day, topic in (
        ("young_couple_training", date(2024, 5, 14), "Отбасылық келісім мектебі"),
        ("campaign_action", date(2024, 5, 15), "Халықаралық отбасы күніне арналған акция"),
        ("social_bureau", date(2024, 4, 11), "Отбасылық құқық бойынша кеңес беру күні"),
    ):
        event = events.save_event(
            session,
            actor,
            kind=kind,
            held_on=day,
            topic=topic,
            place="Отбасылық сот",
            leader_id=leader,
            target_group="young_couples",
            men=11,
            women=14,
            couples=11,
        )
    events.add_survey_sheets(
        session, actor, event_id=event, sheets=((5, 4, 5, 5, 5), (4, 5, None, 5, 3))
    )
    events.attach_attendance(
        session, actor, event_code="3F9A0B12C4", held_on=date(2024, 3, 20), women=2
    )
    for kind, outlet, title in (
        ("social_network", "Instagram", "Татуласу апталығы"),
        ("newspaper", "Қала жаңалықтары", "Отбасы: келісім мен сенім"),
    ):
        events.save_publication(
            session,
            actor,
            publication=Publication(
                id=new_id(),
                published_on=date(2024, 5, 6),
                outlet=outlet,
                outlet_kind=kind,
                title=title,
                views=1350,
                views_on=date(2024, 5, 17),
            ),
        )
    clip = Video(
        id=new_id(),
        title="Медиация деген не?",
        published_on=date(2024, 4, 22),
        views=412,
        views_on=date(2024, 5, 17),
    )
    events.save_video(session, actor, video=clip)
    memo = PrintedMaterial(
        id=new_id(), title="Ата-аналарға жадынама", ordered_on=date(2024, 2, 5), copies_made=500
    )
    events.save_printed_material(session, actor, material=memo)
    given = HandOut(
        id=new_id(), material_id=memo.id, event_id=event, handed_on=date(2024, 4, 11), copies=120
    )
    events.save_hand_out(session, actor, hand_out=given)


def make_headquarters(folder: Path) -> None:
    """An empty practice folder of headquarters."""
    made = create_workplace(
        folder,
        workplace="headquarters",
        centre=None,
        practice=True,
        user="dana",
        password=PASSWORD,
        recovery_sheet=folder.with_suffix(".txt"),
        clock=PracticeClock(NOW),
    )
    made.workplace.close()


def clipped(window: QWidget) -> Iterator[str]:
    """Words that do not fit into their box."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not widget.visibleRegion().boundingRect().isValid():
            continue
        text = ""
        if isinstance(widget, QLabel) and not widget.text().isspace():
            text = widget.text()
            need = widget.heightForWidth(widget.width()) if widget.wordWrap() else 0
            cut = need > widget.height() + 1 or (
                not widget.wordWrap() and widget.sizeHint().width() > widget.width() + 1
            )
        elif isinstance(widget, QAbstractButton):
            text = widget.text()
            cut = widget.sizeHint().width() > widget.width() + 1
        elif isinstance(widget, QHeaderView) and widget.orientation() is Qt.Orientation.Horizontal:
            for section in range(widget.count()):
                if widget.isSectionHidden(section):
                    continue
                head = widget.model().headerData(section, Qt.Orientation.Horizontal)
                if widget.fontMetrics().horizontalAdvance(str(head)) + 16 > widget.sectionSize(
                    section
                ):
                    yield f"head of a column: {head!r}"
            continue
        elif isinstance(widget, QComboBox):
            text = widget.currentText()
            cut = widget.fontMetrics().horizontalAdvance(text) > widget.width() - 32
        elif isinstance(widget, QLineEdit):
            text = widget.placeholderText() if not widget.text() else ""
            cut = widget.fontMetrics().horizontalAdvance(text) > widget.width() - 8
        else:
            continue
        if text and cut:
            yield f"{type(widget).__name__} {widget.objectName()}: {text!r}"


class Camera:
    """Takes the pictures and remembers what was cut off."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        OUT.mkdir(parents=True, exist_ok=True)

    def take(
        self, window: Window, name: str, before: Callable[[Window], None] | None = None
    ) -> None:
        """Every look of what is in the window; ``before`` is done in each."""
        for language, appearance in LOOKS:
            window.settings.appearance = appearance
            window.set_language(language)
            settle(window)
            if before is not None:
                before(window)
                settle(window)
            full = f"{name}-{language}-{appearance}"
            window.grab().save(str(OUT / f"{full}.png"))
            self.faults += [f"{full}: {fault}" for fault in clipped(window)]


def shell_of(window: Window) -> Shell:
    """The shell, once somebody is in."""
    assert window.shell is not None
    return window.shell


def opened(folder: Path) -> Window:
    """A window on a data folder, its door in sight."""
    window = Window(folder, "kk")
    window.resize(1366, 768)
    window.show()
    wait(lambda: window.door is not None)
    return window


def sign_in(window: Window, folder: Path) -> None:
    """Go in as the only account."""
    window.enter(open_workplace(folder, password=PASSWORD, clock=PracticeClock(NOW)))
    wait(lambda: window.shell is not None)
    settle(window)


def centre_pages(camera: Camera, folder: Path) -> None:
    """The pages of a centre."""
    window = opened(folder)
    camera.take(window, "02-sign-in")
    sign_in(window, folder)
    for page in list(shell_of(window).pages):
        shell_of(window).go(page.key)
        settle(window)
        camera.take(window, f"10-{page.key}")
    shell_of(window).go("journal")
    shell_of(window).open(AdviceForm)
    settle(window)
    camera.take(window, "15-advice")
    shell_of(window).back()
    shell_of(window).go("cases")
    settle(window)
    shell_of(window).open(CaseForm)
    settle(window)
    camera.take(window, "20-new-case")
    form = shell_of(window).page
    assert isinstance(form, CaseForm)
    form.people[0].consent.choose("given")
    form.people[0].iin.setText("123")
    form.people[0].iin.editingFinished.emit()
    form.people[0].birth.setText("2015")
    camera.take(window, "21-new-case-to-check", _saved)
    camera.take(window, "22-new-case-people", lambda window: _scrolled(window, 420))
    camera.take(window, "23-new-case-visit", lambda window: _scrolled(window, 1500))
    shell_of(window).back()
    first = _first_case(window)
    shell_of(window).open(CasePage, case_id=first)
    settle(window)
    camera.take(window, "30-case")
    case = shell_of(window).page
    assert isinstance(case, CasePage) and case.card is not None
    person = case.card.people[0].participant.id
    shell_of(window).open(PersonForm, case_id=first, part_id=person)
    settle(window)
    camera.take(window, "31-person")
    shell_of(window).back()
    for name, page_class, arguments in (
        ("32-case-access", CaseAccessForm, {}),
        ("33-case-history", CaseHistoryPage, {}),
        ("34-join-cases", JoinPage, {}),
        ("35-paper", PaperForm, {"person": person}),
        ("36-mediation", MediationForm, {}),
        ("37-plan", PlanForm, {}),
    ):
        shell_of(window).open(page_class, case_id=first, **arguments)
        settle(window)
        camera.take(window, name)
        shell_of(window).back()
    shell_of(window).go("consultation", case_id=first)
    settle(window)
    camera.take(window, "40-consultation")
    shell_of(window).go("settings")
    forms: tuple[tuple[str, type[Page]], ...] = (
        ("60-new-staff", StaffForm),
        ("61-account", AccountForm),
        ("62-vacancy", VacancyForm),
        ("63-to-complete", ToCompletePage),
        ("64-help", HelpPage),
    )
    for name, cls in forms:
        shell_of(window).open(cls)
        settle(window)
        camera.take(window, name)
        shell_of(window).back()
    event_pages(camera, window)
    window.close()


def event_pages(camera: Camera, window: Window) -> None:
    """The forms behind the pages of events, publications and printed matter."""
    shell_of(window).go("events")
    settle(window)
    page = shell_of(window).page
    assert isinstance(page, EventsPage)
    event_id = page.model.rows[0].event.id
    of_event: tuple[tuple[str, type[Page]], ...] = (
        ("60-event", EventForm),
        ("61-survey", SurveyForm),
    )
    for name, form in of_event:
        shell_of(window).open(form, event_id=event_id)
        settle(window)
        camera.take(window, name)
        shell_of(window).back()
    shell_of(window).open(AttendanceForm)
    camera.take(window, "62-attendance")
    shell_of(window).back()
    forms: tuple[type[Page], ...] = (PublicationForm, VideoForm, MaterialForm, HandOutForm)
    for position, form in enumerate(forms, 63):
        shell_of(window).open(form)
        settle(window)
        camera.take(window, f"{position}-{form.__name__.removesuffix('Form').lower()}")
        shell_of(window).back()


def _saved(window: Window) -> None:
    form = shell_of(window).page
    assert isinstance(form, CaseForm)
    form.save()
    wait(form.reasons.isVisible)


def _scrolled(window: Window, position: int) -> None:
    form = shell_of(window).page
    assert isinstance(form, CaseForm)
    form.form.verticalScrollBar().setValue(position)


def _first_case(window: Window) -> str:
    from ui.models.cases import RecordRole
    from ui.pages.cases import CasesPage

    page = shell_of(window).page
    assert isinstance(page, CasesPage)
    wait(lambda: page.model.rowCount() > 0)
    return str(page.model.index(0, 0).data(RecordRole).case_id)


def headquarters_pages(camera: Camera, folder: Path) -> None:
    """The pages of headquarters."""
    window = opened(folder)
    sign_in(window, folder)
    for page in list(shell_of(window).pages):
        shell_of(window).go(page.key)
        settle(window)
        camera.take(window, f"50-headquarters-{page.key}")
    window.close()


def main() -> int:
    """Takes all pictures; 1 if a word is cut off."""
    QApplication([])
    camera = Camera()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        window = opened(place / "new")
        camera.take(window, "01-first-run")
        window.close()
        make_centre(place / "centre")
        centre_pages(camera, place / "centre")
        make_headquarters(place / "headquarters")
        headquarters_pages(camera, place / "headquarters")
    print("\n".join(sorted(set(camera.faults))) or f"Nothing is cut off. Pictures: {OUT.name}")
    return 1 if camera.faults else 0


if __name__ == "__main__":
    sys.exit(main())
