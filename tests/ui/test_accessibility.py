"""Every widget of every page can be named by a screen reader, reached by Tab and read."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace, create_workplace
from pravo_desktop.usecases.inbox import receive_files
from tests.ui.conftest import PASSWORD, at_rest, shell_of
from tests.ui.families import add_couple, case_page
from tests.ui.spoken import faults_at_rest, too_wide
from ui.app import Window
from ui.forms.account_form import AccountForm
from ui.forms.advice_form import AdviceForm
from ui.forms.case_form import CaseForm
from ui.forms.centre_card_form import CentreCardForm
from ui.forms.deadline_form import DeadlineForm
from ui.forms.event_form import AttendanceForm, EventForm
from ui.forms.keep_rule_form import KeepRuleForm
from ui.forms.part_forms import CaseFactsForm, ClaimForm, OutcomeForm, PersonForm, ReopenForm
from ui.forms.printed_forms import HandOutForm, MaterialForm
from ui.forms.project_forms import ProjectForm
from ui.forms.proposal_form import ProposalForm
from ui.forms.publication_form import PublicationForm, VideoForm
from ui.forms.register_forms import CentreForm, CourtForm, RegionForm
from ui.forms.rule_line_form import RuleLineForm
from ui.forms.staff_form import StaffForm
from ui.forms.stated_form import StatedForm
from ui.forms.target_form import TargetForm
from ui.forms.vacancy_form import VacancyForm
from ui.forms.work_forms import MediationForm, PlanForm, StudyForm
from ui.mnemonics import with_mnemonic
from ui.page import Page
from ui.pages.case import CasePage
from ui.pages.case_access import CaseAccessForm
from ui.pages.case_history import CaseHistoryPage
from ui.pages.join_cases import JoinPage
from ui.pages.month_progress import ToCompletePage
from ui.pages.papers import JournalPaperForm, PaperForm
from ui.pages.past_term import TermPage
from ui.pages.personal_data import RequestForm
from ui.pages.quarantine import QuarantinePage
from ui.pages.support import SupportPage
from ui.pages.year_on_year import YearOnYearPage
from ui.theme import DARK, LIGHT, TEXT_SIZES, Colours

WorkIn = Callable[[Path], tuple[Window, Workplace]]
OF_CASE: tuple[type[Page], ...] = (
    CasePage,
    PersonForm,
    ClaimForm,
    OutcomeForm,
    ReopenForm,
    CaseFactsForm,
    MediationForm,
    StudyForm,
    PlanForm,
    PaperForm,
    CaseAccessForm,
    CaseHistoryPage,
    JoinPage,
)
OF_CENTRE: tuple[type[Page], ...] = (
    CaseForm,
    AdviceForm,
    AccountForm,
    CentreCardForm,
    EventForm,
    AttendanceForm,
    MaterialForm,
    HandOutForm,
    PublicationForm,
    VideoForm,
    StaffForm,
    VacancyForm,
    ToCompletePage,
    JournalPaperForm,
    TermPage,
    KeepRuleForm,
    SupportPage,
    RequestForm,
)
OF_HEADQUARTERS: tuple[tuple[type[Page], dict[str, object]], ...] = (
    (ProjectForm, {}),
    (ProposalForm, {}),
    (TargetForm, {}),
    (CentreForm, {}),
    (CourtForm, {}),
    (RegionForm, {}),
    (StatedForm, {}),
    (YearOnYearPage, {}),
    (DeadlineForm, {"month": "2024-04"}),
    (RuleLineForm, {"year": 2024, "position": 2}),
    (QuarantinePage, {}),
)


@pytest.fixture
def headquarters_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "headquarters"
    made = create_workplace(
        folder,
        workplace="headquarters",
        centre=None,
        practice=True,
        user="lead",
        password=PASSWORD,
        recovery_sheet=tmp_path / "headquarters.txt",
    )
    refused = tmp_path / "pravo-astana-2024-01.xlsx"
    refused.write_bytes(b"no workbook")
    session = made.workplace.session()
    (said,) = receive_files(
        session, made.workplace.actor, paths=[refused], archive=made.workplace.archive
    )
    assert said.status == "refused"
    session.close()
    made.workplace.close()
    return folder


def settled(qtbot: QtBot, window: Window) -> Page:
    """The page in front, once what it reads has come."""
    page = shell_of(window).page
    came: list[bool] = []
    page.desk.runner.read(page, lambda job: None, lambda _: came.append(True))
    qtbot.waitUntil(lambda: bool(came) and not window.at_work, timeout=10_000)
    # Alt, which shows the letters, deals them out anew.
    QTest.keyPress(page, Qt.Key.Key_Alt)
    return page


def walk_centre(qtbot: QtBot, window: Window, workplace: Workplace) -> Iterator[Page]:
    """Every page and form of a centre, one after another in front."""
    shell = shell_of(window)
    for cls in list(shell.pages):
        shell.go(cls.key)
        yield settled(qtbot, window)
    case_id = add_couple(workplace).case_id
    case_page(qtbot, window, case_id)
    for cls in OF_CASE:
        yield from walk_over(qtbot, window, cls, case_id=case_id)
    for cls in OF_CENTRE:
        yield from walk_over(qtbot, window, cls)


def walk_over(qtbot: QtBot, window: Window, cls: type[Page], **arguments: object) -> Iterator[Page]:
    """A page that another opens."""
    shell_of(window).open(cls, **arguments)
    yield settled(qtbot, window)
    shell_of(window).back()


def walk_headquarters(qtbot: QtBot, window: Window) -> Iterator[Page]:
    """Every page and form of headquarters, one after another in front."""
    shell = shell_of(window)
    for cls in list(shell.pages):
        shell.go(cls.key)
        page = settled(qtbot, window)
        yield page
        for tabs in page.findChildren(QTabBar):
            for position in range(1, tabs.count()):
                tabs.setCurrentIndex(position)
                yield settled(qtbot, window)
    for form, arguments in OF_HEADQUARTERS:
        yield from walk_over(qtbot, window, form, **arguments)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_page_of_a_centre_is_spoken_and_reached_by_keys(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn, language: str
) -> None:
    window, workplace = work_in(centre_folder)
    at_rest(qtbot, window).set_language(language)
    walk = walk_centre(qtbot, window, workplace)
    found = [fault for page in walk for fault in faults_at_rest(qtbot, page)]
    assert found == [], "\n".join(sorted(set(found)))


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_page_of_headquarters_is_spoken_and_reached_by_keys(
    qtbot: QtBot, headquarters_folder: Path, work_in: WorkIn, language: str
) -> None:
    window, _ = work_in(headquarters_folder)
    at_rest(qtbot, window).set_language(language)
    walk = walk_headquarters(qtbot, window)
    found = [fault for page in walk for fault in faults_at_rest(qtbot, page)]
    assert found == [], "\n".join(sorted(set(found)))


def test_with_the_largest_text_every_page_has_the_room_that_it_needs(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    at_rest(qtbot, window).set_text_size(TEXT_SIZES[-1])
    assert TEXT_SIZES[-1] == 200
    for page in walk_centre(qtbot, window, workplace):
        qtbot.waitUntil(partial(has_room, page))
        qtbot.waitUntil(partial(fits, page))


def has_room(page: QWidget) -> bool:
    least = page.minimumSizeHint()
    return page.width() >= least.width() and page.height() >= least.height()


def fits(page: QWidget) -> bool:
    return not list(too_wide(page))


def in_sight(entry: QWidget) -> bool:
    return entry.visibleRegion().boundingRect().height() > 20


def test_with_the_largest_text_tab_brings_every_entry_of_the_rail_in_sight(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, _ = work_in(centre_folder)
    at_rest(qtbot, window).set_text_size(TEXT_SIZES[-1])
    shell = shell_of(window)
    entries = [
        one for one in shell.findChildren(QAbstractButton) if one.objectName()[:5] == "rail_"
    ]
    settled(qtbot, window)
    entries[0].setFocus()
    for entry in entries:
        assert entry.hasFocus()
        qtbot.waitUntil(partial(in_sight, entry))
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
    assert len(entries) > 10


def test_a_letter_that_is_taken_gives_way_to_a_free_one() -> None:
    assert with_mnemonic("Са&қтау", {"қ"}) == "&Сақтау"
    assert with_mnemonic("&Новый пароль", {"н"}) == "Новый &пароль"
    assert with_mnemonic("R&&D &end", {"r", "d", "e"}) == "R&&D e&nd"
    assert with_mnemonic("&Да", {"д", "а"}) == "Да"


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_words_edges_and_the_focus_ring_stand_out(colours: Colours) -> None:
    from tests.ui.test_shell import contrast

    grounds = (colours.ground, colours.surface, colours.rail, colours.raised, colours.chosen)
    for ground in grounds:
        for word in ("text", "quiet", "accent", "success", "warning", "danger"):
            assert contrast(getattr(colours, word), ground) >= 4.5, (word, ground)
    for ground in (colours.ground, colours.surface, colours.rail):
        assert contrast(colours.accent, ground) >= 3
        assert contrast(colours.edge, ground) >= 3, ("edge", ground)
    for ground in (colours.accent, colours.accent_over):
        assert contrast(colours.on_accent, ground) >= 4.5
    # A disabled primary button is read as well.
    assert contrast(colours.quiet, colours.line) >= 4.5
