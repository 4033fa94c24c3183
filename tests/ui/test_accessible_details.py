"""Pages that open from another page are spoken, reached by Tab and fit, and none is left out."""

import importlib
import pkgutil
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import ui
from pravo_desktop.bootstrap import Workplace
from pravo_desktop.domain.records import Project, Video
from pravo_desktop.domain.versions import new_id
from pravo_desktop.usecases.events import add_survey_sheets, save_event, save_video
from pravo_desktop.usecases.joins import join_cases, joins_of_case
from pravo_desktop.usecases.registers import save_project
from tests.ui.conftest import at_rest, shell_of
from tests.ui.desks import Place, add_families, go, make_package, make_place, signed_in, trust
from tests.ui.families import add_couple, card_of
from tests.ui.spoken import faults_at_rest
from tests.ui.test_accessibility import (
    OF_CASE,
    OF_CENTRE,
    OF_HEADQUARTERS,
    WorkIn,
    settled,
    walk_over,
)
from tests.ui.test_inbox import accept_all, effect, receive
from ui.app import Window
from ui.forms.account_form import PasswordForm, RolesForm
from ui.forms.project_forms import StageForm
from ui.forms.publication_form import ViewsForm
from ui.forms.staff_form import LeaverForm
from ui.forms.survey_grid import SurveyForm
from ui.forms.work_forms import VisitForm
from ui.page import Page
from ui.pages.effect import EffectPage
from ui.pages.explain import ExplainPage
from ui.pages.figure_records import FigureRecordsPage, RecordVersionsPage
from ui.pages.fork import ForkPage
from ui.pages.help import HelpPage
from ui.pages.inbox import InboxPage
from ui.pages.join_cases import UndoJoinForm
from ui.pages.listing import PAGES
from ui.pages.month_progress import QuestionForm
from ui.pages.package_rows import PackageRowsPage
from ui.pages.report_published import PublishedPage
from ui.pages.report_texts import ReportTextsPage
from ui.pages.survey_sheets import SheetForm, SheetsPage
from ui.pages.text_check import TextCheckPage

DETAILS_OF_CENTRE = {
    HelpPage, LeaverForm, PasswordForm, QuestionForm, RolesForm, SheetForm, SheetsPage,
    SurveyForm, UndoJoinForm, ViewsForm, VisitForm,
}  # fmt: skip
DETAILS_OF_HEADQUARTERS = {
    EffectPage, ExplainPage, FigureRecordsPage, ForkPage, PackageRowsPage, PublishedPage,
    RecordVersionsPage, ReportTextsPage, StageForm, TextCheckPage,
}  # fmt: skip
PROJECT = Project(
    id=new_id(),
    title_kk="Жоба",
    title_ru="Проект",
    starts_on=date(2024, 1, 1),
    ends_on=date(2024, 12, 31),
)


def final_kinds(kind: type[Page]) -> Iterator[type[Page]]:
    """The kinds of pages that no other is made from."""
    further = kind.__subclasses__()
    if not further:
        yield kind
    for one in further:
        yield from final_kinds(one)


def test_no_page_of_the_program_is_left_out_of_these_walks() -> None:
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        importlib.import_module(module.name)
    walked = {
        *PAGES,
        *OF_CASE,
        *OF_CENTRE,
        *(form for form, _ in OF_HEADQUARTERS),
        *DETAILS_OF_CENTRE,
        *DETAILS_OF_HEADQUARTERS,
    }
    shown = {kind for kind in final_kinds(Page) if kind.__module__.startswith("ui.")}
    assert shown <= walked, sorted(one.__name__ for one in shown - walked)


def walk_centre(qtbot: QtBot, window: Window, workplace: Workplace) -> Iterator[Page]:
    """What opens from the pages of a centre, with records in it."""
    kept, other = add_couple(workplace), add_couple(workplace)
    session, actor = workplace.session(), workplace.actor
    join_cases(session, actor, kept_id=kept.case_id, dissolved_id=other.case_id)
    join = joins_of_case(session, actor, kept.case_id)[0].join_id
    staff = str(session.value("SELECT min(id) FROM staff_members"))
    event = save_event(
        session, actor, kind="round_table", held_on=date(2024, 5, 3), topic="Отбасы", men=2
    )
    add_survey_sheets(session, actor, event_id=event, sheets=((1, 1, 1, 1, None),))
    sheet = str(session.value("SELECT id FROM survey_sheets"))
    clip = Video(id=new_id(), title="Кездесу", published_on=date(2024, 3, 1), views=10)
    save_video(session, actor, video=clip)
    session.close()
    visit = card_of(workplace, kept.case_id).consultations[0].consultation.id
    case = {"case_id": kept.case_id}
    of_record = {"table": "cases", "record_id": kept.case_id, "about": kept.number, "hint": "—"}
    opened: tuple[tuple[type[Page], dict[str, object]], ...] = (
        (HelpPage, {"topic": "cases"}),
        (LeaverForm, {"staff_id": staff}),
        (PasswordForm, {"account_id": actor.account_id, "user": actor.name}),
        (QuestionForm, {**of_record}),
        (RolesForm, {"account_id": actor.account_id}),
        (SheetForm, {"event_id": event, "sheet_id": sheet}),
        (SheetsPage, {"event_id": event}),
        (SurveyForm, {"event_id": event}),
        (UndoJoinForm, {**case, "part_id": join}),
        (ViewsForm, {"media_id": clip.id}),
        (VisitForm, {**case, "part_id": visit}),
    )
    for kind, arguments in opened:
        yield from walk_over(qtbot, window, kind, **arguments)


@pytest.mark.parametrize(("language", "size"), [("kk", 100), ("ru", 200)])
def test_what_opens_from_pages_of_a_centre_is_spoken_reached_by_keys_and_fits(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn, language: str, size: int
) -> None:
    window, workplace = work_in(centre_folder)
    at_rest(qtbot, window).set_language(language)
    at_rest(qtbot, window).set_text_size(size)
    seen: set[type[Page]] = set()
    found: list[str] = []
    for page in walk_centre(qtbot, window, workplace):
        seen.add(type(page))
        found += faults_at_rest(qtbot, page)
    assert found == [], "\n".join(sorted(set(found)))
    assert seen == DETAILS_OF_CENTRE


def walk_headquarters(qtbot: QtBot, window: Window, packages: list[Path]) -> Iterator[Page]:
    """What opens from the pages of headquarters: two packages, of which the second is a twin."""
    shell = shell_of(window)
    inbox = go(qtbot, window, InboxPage)
    receive(qtbot, inbox, packages[0])
    qtbot.waitUntil(lambda: bool(inbox.waiting.rows) and inbox.primary() is not None)
    inbox.waiting.show_effect()
    effect(qtbot, window)
    yield settled(qtbot, window)
    shell.back()
    accept_all(qtbot, window, inbox)
    qtbot.waitUntil(lambda: bool(inbox.received.rows))
    package = inbox.received.rows[0].package_id
    period = {"first": "2024-01-01", "last": "2024-12-31", "as_of": "2024-05-20"}
    figure = {**period, "indicator": "couples", "region": "all"}
    shell.open(FigureRecordsPage, **figure)
    records = settled(qtbot, window)
    assert isinstance(records, FigureRecordsPage) and records.model.rows
    line = records.model.rows[0]
    yield records
    shell.back()
    record = {"table": line.table, "centre": line.centre, "record_id": line.record_id}
    opened: tuple[tuple[type[Page], dict[str, object]], ...] = (
        (RecordVersionsPage, {**record}),
        (ExplainPage, {**figure}),
        (TextCheckPage, {**period}),
        (PackageRowsPage, {"package_id": package, "named": "Астана"}),
        (ReportTextsPage, {**period, "language": "kk"}),
        (PublishedPage, {}),
        (StageForm, {"project_id": PROJECT.id}),
    )
    for kind, arguments in opened:
        yield from walk_over(qtbot, window, kind, **arguments)
    inbox = go(qtbot, window, InboxPage)
    receive(qtbot, inbox, packages[1])
    accept_all(qtbot, window, inbox)
    qtbot.waitUntil(lambda: [one.status for one in inbox.received.rows] == ["held", "held"])
    inbox.received.show_fork()
    yield settled(qtbot, window)


@pytest.mark.parametrize(("language", "size"), [("kk", 200), ("ru", 100)])
def test_what_opens_from_pages_of_headquarters_is_spoken_reached_by_keys_and_fits(
    qtbot: QtBot, tmp_path: Path, language: str, size: int
) -> None:
    headquarters = make_place(tmp_path / "headquarters")
    centre = make_place(tmp_path / "astana", "astana")
    add_families(centre, 2)
    trust(headquarters, centre, "astana")
    headquarters.work(lambda session, at: save_project(session, at.actor, project=PROJECT))
    twin = Place(tmp_path / "twin", centre.fingerprint)
    shutil.copytree(centre.folder, twin.folder)
    add_families(twin, 1)
    packages = []
    for place in (centre, twin):
        stick = tmp_path / f"stick of {place.folder.name}"
        stick.mkdir()
        packages.append(make_package(place, stick))
    window = signed_in(qtbot, headquarters)
    at_rest(qtbot, window).set_language(language)
    at_rest(qtbot, window).set_text_size(size)
    seen: set[type[Page]] = set()
    found: list[str] = []
    for page in walk_headquarters(qtbot, window, packages):
        seen.add(type(page))
        found += faults_at_rest(qtbot, page)
    assert found == [], "\n".join(sorted(set(found)))
    assert seen == DETAILS_OF_HEADQUARTERS
    window.close()
