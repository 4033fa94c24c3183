"""Pictures of headquarters at work: packages of three centres, some waiting, forked and refused."""

import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from pravo_desktop.bootstrap import create_workplace, open_workplace
from pravo_desktop.clock import PracticeClock
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.usecases import cases
from pravo_desktop.usecases.cases import ClaimForm
from pravo_desktop.usecases.centre_questions import ask_centre
from pravo_desktop.usecases.publishing import prepare_report, publish_report
from pravo_desktop.usecases.receipts import make_receipt
from tests.usecases.factories import CHILD, HUSBAND, WIFE, Desk
from tools.camera import Camera, opened, settle, shell_of, sign_in, wait
from tools.screens_practice import NOW, PASSWORD, add_own_records
from ui.app import Window
from ui.forms.deadline_form import DeadlineForm
from ui.forms.project_forms import ProjectForm, StageForm
from ui.forms.proposal_form import ProposalForm
from ui.forms.register_forms import CentreForm, CourtForm, RegionForm
from ui.forms.rule_line_form import RuleLineForm
from ui.forms.stated_form import StatedForm
from ui.forms.target_form import TargetForm
from ui.page import Page
from ui.pages.explain import ExplainPage
from ui.pages.figure_records import FigureRecordsPage, RecordVersionsPage
from ui.pages.inbox import InboxPage
from ui.pages.project import ProjectPage
from ui.pages.report import ReportPage
from ui.pages.report_texts import ReportTextsPage
from ui.pages.text_check import TextCheckPage
from ui.pages.year_on_year import YearOnYearPage

CENTRES = (("astana", 9), ("almaty", 6), ("karaganda", 4))
"""Centres with the couples that come to them in a month."""
MONTHS = (1, 2, 3)
_ZEROS = {"media": "no_activity", "young_couples": "no_activity"}
_CLAIMS = ("divorce", "alimony", "divorce", "property", "divorce")


def _desk(folder: Path, centre: str | None = None) -> Desk:
    """A new practice folder on 3 January 2024, and the person at it."""
    clock = PracticeClock(datetime(2024, 1, 3, 9))
    made = create_workplace(
        folder,
        workplace="centre" if centre else "headquarters",
        centre=centre,
        practice=True,
        user="dana" if centre is None else "aigul",
        password=PASSWORD,
        recovery_sheet=folder.with_suffix(".txt"),
        clock=clock,
    )
    return Desk(made.workplace, made.workplace.session(), clock)


def _month_of_work(desk: Desk, month: int, couples: int) -> None:
    """Couples with visits, claims and outcomes, and the closed month's package."""
    desk.at(2024, month, 28)
    first = date(2024, month, 1)
    lawyer, psychologist = (
        desk.specialist(profession, employed_from=first)
        for profession in ("lawyer", "psychologist")
    )
    for number in range(couples + month):
        day = date(2024, month, 2 + number)
        people = (HUSBAND, WIFE, CHILD) if number % 4 else (WIFE, CHILD)
        kind = _CLAIMS[number % len(_CLAIMS)]
        case = desk.case(
            on=day,
            specialist=psychologist if number % 3 else lawyer,
            people=people,
            claims=(ClaimForm(kind=kind, filed_on=date(2024, month, 1)),),
        )
        if number % 2:
            desk.visit(case, day.replace(day=day.day + 5), lawyer)
        if number % 3 == 0:
            cases.add_outcome(
                desk.session,
                desk.actor,
                case_id=case.case_id,
                kind="reconciled",
                dated_on=day.replace(day=day.day + 5),
                source="couple",
            )
    desk.at(2024, month + 1, 2)
    desk.close(f"2024-{month:02d}", _ZEROS)
    desk.export(f"2024-{month:02d}")


def fill_headquarters(place: Path) -> tuple[Path, list[Path]]:
    """A practice folder of headquarters that has worked for a quarter.

    Returns:
        the folder, and files to be dropped on the inbox: of an unknown key, saved again by another
        program, cut off.
    """
    stick = place / "stick"
    headquarters = _desk(place / "filled")
    for centre, couples in CENTRES:
        desk = _desk(place / centre, centre)
        headquarters.trusts(desk)
        for month in MONTHS:
            twin = None
            if (centre, month) == ("almaty", 3):
                desk.session.close()
                desk.workplace.close()
                shutil.copytree(place / centre, place / "twin")
                desk, twin = _again(place / centre, desk), _again(place / "twin", desk)
            _month_of_work(desk, month, couples)
            file = desk.copy(month, stick)
            if twin is not None:
                _month_of_work(twin, month, couples - 2)
                headquarters.at(2024, 4, 4).receive(twin.copy(month, place / "other"))
                twin.leave()
            if (centre, month) == ("karaganda", 3):
                headquarters.at(2024, 4, 16).receive(file, wait=True)
            else:
                late = (centre, month) == ("karaganda", 2)
                headquarters.at(2024, month + 1, 14 if late else 4).receive(file)
        desk.leave()
    headquarters.at(2024, 4, 20)
    prepared = prepare_report(
        headquarters.session,
        headquarters.actor,
        period=Period.of_months(Month(2024, 1), Month(2024, 2)),
        formats=("pdf",),
    )
    publish_report(headquarters.session, headquarters.actor, prepared=prepared)
    headquarters.at(2024, 5, 18)
    add_own_records(headquarters.session, headquarters.actor)
    _speak_with_astana(headquarters)
    headquarters.leave()
    return place / "filled", _odd_files(place, stick)


def _again(folder: Path, desk: Desk) -> Desk:
    """A closed folder opened anew with the clock of its desk."""
    clock = PracticeClock(desk.clock.now().replace(tzinfo=None))
    workplace = open_workplace(folder, password=PASSWORD, clock=clock)
    return Desk(workplace, workplace.session(), clock)


def _speak_with_astana(headquarters: Desk) -> None:
    """A question about a row and a receipt."""
    session, actor = headquarters.session, headquarters.actor
    asked = session.value("SELECT id FROM merged_claims WHERE centre = 'astana' ORDER BY id")
    ask_centre(
        session,
        actor,
        centre="astana",
        table="claims",
        record_id=asked,
        question_kk="Талап қай айда берілгенін нақтылаңызшы.",
        question_ru="Уточните, пожалуйста, в каком месяце подан иск.",
        field="filed_month",
    )
    key = headquarters.workplace.signing_key(session)
    make_receipt(session, actor, key=key, centre="astana")


def _odd_files(place: Path, stick: Path) -> list[Path]:
    stranger = _desk(place / "aktobe", "aktobe")
    _month_of_work(stranger, 3, 2)
    unknown = stranger.copy(1, place / "letters")
    stranger.leave()
    packages = sorted(stick.glob("*astana*"))
    saved = place / "letters" / packages[0].name
    book = load_workbook(packages[0])
    book["participants"].cell(3, 10).value = 1961
    book.save(saved)
    cut = place / "letters" / packages[1].name
    cut.write_bytes(packages[1].read_bytes()[:-40])
    return [saved, cut, unknown]


def filled_pages(camera: Camera, place: Path) -> None:
    """The pages of a headquarters that is at work."""
    folder, letters = fill_headquarters(place)
    window = opened(folder)
    sign_in(window, folder, PASSWORD, NOW)
    camera.tour(window, lambda: _walk(camera, window, letters))
    window.close()


def _walk(camera: Camera, window: Window, letters: list[Path]) -> None:
    for page in list(shell_of(window).pages):
        shell_of(window).go(page.key)
        camera.take(window, f"80-{page.key}")
    _inbox_pages(camera, window, letters)
    _figure_pages(camera, window)
    _own_record_pages(camera, window)
    _report_pages(camera, window)


def _inbox_pages(camera: Camera, window: Window, letters: list[Path]) -> None:
    shell_of(window).go("inbox")
    settle(window)
    page = _inbox(window)
    if not page.arrived.rows:
        page.take(letters)
        wait(lambda: len(_inbox(window).arrived.rows) == len(letters))
    for position, name in enumerate(("refused", "cut", "unknown-key")):
        page.arrived_table.choose(position)
        camera.take(window, f"81-inbox-{name}")
    _open(camera, window, "82-fork", _held)
    _open(camera, window, "82-effect", lambda window: _inbox(window).waiting.show_effect())
    _open(
        camera,
        window,
        "82-quarantine",
        lambda window: _inbox(window).quarantine_button.click(),
    )


def _figure_pages(camera: Camera, window: Window) -> None:
    period = {"first": "2024-01-01", "last": "2024-12-31", "as_of": "2024-04-20"}
    figure = {**period, "indicator": "couples", "region": "all"}
    shell_of(window).go("figures")
    settle(window)
    _open_page(camera, window, "83-records", FigureRecordsPage, figure)
    _open_page(camera, window, "83-explain", ExplainPage, figure)
    _open_page(camera, window, "83-text-check", TextCheckPage, period)
    shell_of(window).open(FigureRecordsPage, **figure)
    settle(window)
    records = shell_of(window).page
    assert isinstance(records, FigureRecordsPage)
    line = records.model.rows[0]
    _open_page(
        camera,
        window,
        "83-versions",
        RecordVersionsPage,
        {"table": line.table, "centre": line.centre, "record_id": line.record_id},
    )
    shell_of(window).back()


def _own_record_pages(camera: Camera, window: Window) -> None:
    """The tabs of headquarters' own records and the forms behind them."""
    shell_of(window).go("project")
    settle(window)
    page = shell_of(window).page
    assert isinstance(page, ProjectPage)
    for position in range(page.tabs.count()):
        page.tabs.setCurrentIndex(position)
        camera.take(window, f"70-project-{position}")
    page.tabs.setCurrentIndex(0)
    project, target = page.card.projects.model.rows[0].id, page.plan.model.rows[0].id
    forms: tuple[tuple[str, type[Page], dict[str, Any]], ...] = (
        ("project", ProjectForm, {"project_id": project}),
        ("stage", StageForm, {"project_id": project}),
        ("deadline", DeadlineForm, {"month": "2024-04"}),
        ("centre", CentreForm, {"of": "astana"}),
        ("region", RegionForm, {}),
        ("court", CourtForm, {}),
        ("target", TargetForm, {"target_id": target}),
        ("proposal", ProposalForm, {}),
        ("rule-line", RuleLineForm, {"year": 2024, "position": 2}),
        ("stated", StatedForm, {"year": 2023, "indicator": "participants"}),
        ("year-on-year", YearOnYearPage, {}),
    )
    for name, cls, arguments in forms:
        _open_page(camera, window, f"71-{name}", cls, arguments)


def _report_pages(camera: Camera, window: Window) -> None:
    """The pages behind the report's: its texts, with marks, and what was published."""
    shell_of(window).go("report")
    settle(window)
    report = shell_of(window).page
    assert isinstance(report, ReportPage)
    _open(camera, window, "57-report-texts", lambda window: _marked(window, report))
    report.show_published()
    camera.take(window, "58-report-published")
    shell_of(window).back()


def _marked(window: Window, report: ReportPage) -> None:
    """A text with a field that names nothing and a number of no figure."""
    report.write_texts()
    settle(window)
    page = shell_of(window).page
    assert isinstance(page, ReportTextsPage)
    page.section.choose("problems")
    page.text.setPlainText("{couples:all} / 57 / {couple:all}")
    page.check()


def _inbox(window: Window) -> InboxPage:
    page = shell_of(window).page
    assert isinstance(page, InboxPage)
    return page


def _held(window: Window) -> None:
    page = _inbox(window)
    statuses = [line.status for line in page.received.rows]
    page.received.table.choose(statuses.index("held"))
    page.received.show_fork()


def _open(camera: Camera, window: Window, name: str, opens: Callable[[Window], object]) -> None:
    opens(window)
    settle(window)
    camera.take(window, name)
    shell_of(window).back()
    settle(window)


def _open_page(
    camera: Camera, window: Window, name: str, cls: type[Page], arguments: dict[str, Any]
) -> None:
    shell_of(window).open(cls, **arguments)
    settle(window)
    camera.take(window, name)
    shell_of(window).back()
    settle(window)
