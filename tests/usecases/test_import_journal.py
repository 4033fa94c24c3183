"""The lead of a centre takes over the journal that was kept in Excel before the program."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases import access, import_journal, import_plan, journal_imports
from pravo_desktop.usecases.cases import ConsultationForm, change_consultation, record_consultation
from pravo_desktop.usecases.figures import own_figures
from pravo_desktop.usecases.import_journal import ImportReport
from pravo_desktop.usecases.import_plan import ImportPlan, JournalLayout
from pravo_desktop.usecases.queries import CaseCard, case_card, find_cases
from tests.usecases.colleagues import a_colleague
from tests.usecases.factories import IIN, Desk

HEADERS = (
    "Дата",
    "Специалист",
    "ФИО мужа",
    "ФИО жены",
    "Телефон жены",
    "ИИН жены",
    "Количество детей",
    "Вид иска",
    "Согласие",
    "Примечание",
)
FIRST = ("05.02.2024", "Сынақова А.", "Тестов Алан", "Тестова Әсем")
FULL = (*FIRST, "8 701 123 45 67", IIN, 2, "алименты, раздел имущества", "да", "первая встреча")
SECOND = ("12.02.2024", "психолог", "ТЕСТОВ АЛАН", "Тестова Асем", "", "", 2, "развод", "", "")
OTHER = ("13.02.2024", "психолог", "Примеров Ержан", "", "", "", "нет", "", "да", "")
PAPER = "листы согласия в сейфе"


@pytest.fixture
def desk(centre: Desk) -> Desk:
    centre.specialist("psychologist", surname="Сынақова", given_name="Айна")
    return centre


def journal(folder: Path, *rows: Sequence[Any], name: str = "журнал.xlsx") -> Path:
    book = Workbook()
    book.worksheets[0].append(["Журнал учёта консультаций за 2024 год"])
    book.worksheets[0].append(HEADERS)
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(folder / name)
    return folder / name


def opened(desk: Desk, path: Path) -> JournalLayout:
    return import_plan.open_journal(desk.session, desk.actor, path=path)


def imported(
    desk: Desk, path: Path, *, dry_run: bool = False, progress: Any = None, **changes: Any
) -> ImportReport:
    layout = opened(desk, path)
    plan = ImportPlan(columns=layout.columns, specialists=layout.specialists)
    return import_journal.import_journal(
        desk.session,
        desk.actor,
        layout=layout,
        plan=replace(plan, **changes),
        dry_run=dry_run,
        progress=progress,
    )


def previewed(desk: Desk, path: Path, **changes: Any) -> ImportReport:
    layout = opened(desk, path)
    plan = replace(ImportPlan(columns=layout.columns), **changes)
    return import_journal.preview_journal(desk.session, desk.actor, layout=layout, plan=plan)


def undo(desk: Desk, report: ImportReport) -> None:
    journal_imports.undo_journal_import(desk.session, desk.actor, import_id=report.import_id or "")


def only_case(desk: Desk) -> CaseCard:
    (line,) = find_cases(desk.session, desk.actor)
    return case_card(desk.session, desk.actor, line.case_id)


def figures(desk: Desk) -> list[Any]:
    period = Period.of_month(Month(2024, 2))
    with desk.session.transaction():
        return list(own_figures(desk.session, period))


def content(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    """All that the database holds."""
    tables = desk.session.all(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    )
    return {t["name"]: desk.session.all(f"SELECT * FROM {t['name']}") for t in tables}


def said(report: ImportReport, position: int = 0) -> set[str]:
    return {finding.code for finding in report.rows[position].findings}


def test_a_second_row_of_one_visit_is_named_and_not_recorded_again(
    desk: Desk, tmp_path: Path
) -> None:
    again = (FULL[0], *SECOND[1:])
    report = imported(desk, journal(tmp_path, FULL, again, SECOND))
    assert [row.state for row in report.rows] == ["ready", "already", "ready"]
    (told,) = (one for one in report.rows[1].findings if one.code == "journal_visit_twice")
    assert told.params == {"row": report.rows[0].row}
    assert desk.count("consultations") == 2
    assert desk.count("confirmed_warnings", "code = 'consultation_same_day'") == 0


def test_two_visits_of_a_couple_are_one_case_with_people_claims_and_note(
    desk: Desk, tmp_path: Path
) -> None:
    report = imported(desk, journal(tmp_path, FULL, SECOND))
    assert (report.cases, report.consultations, report.nameless) == (1, 2, 0)
    card = only_case(desk)
    assert card.title == "Тестов Алан, Тестова Әсем"
    assert sorted(person.participant.role for person in card.people) == [
        "child",
        "child",
        "husband",
        "wife",
    ]
    assert {claim.claim.kind for claim in card.claims} == {"alimony", "property", "divorce"}
    assert [line.consultation.held_on for line in card.consultations] == [
        date(2024, 2, 12),
        date(2024, 2, 5),
    ]
    assert card.consultations[1].note == "первая встреча"
    wife = next(p.identity for p in card.people if p.participant.role == "wife")
    assert wife is not None
    assert (wife.iin, wife.phone) == (IIN, "+77011234567")
    assert desk.count("case_words", "word = 'тестова'") == 1


def test_the_preview_and_the_dry_run_say_what_the_import_does_and_change_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    path = journal(tmp_path, FULL, SECOND, OTHER)
    before = content(desk)
    preview = previewed(desk, path)
    dry = imported(desk, path, dry_run=True)
    assert desk.session.changed == set()
    assert content(desk) == before
    report = imported(desk, path)
    assert dry.rows == report.rows
    assert (preview.cases, preview.consultations) == (report.cases, report.consultations)
    assert dry.import_id is None


def test_a_dry_run_tells_what_only_the_records_show(desk: Desk, tmp_path: Path) -> None:
    wrong = (*FIRST, "123", "900315400016", 0, "", "да", "")
    assert {"phone_format", "iin_check_digit"} <= said(
        imported(desk, journal(tmp_path, wrong), dry_run=True)
    )


def test_warnings_are_confirmed_with_the_name_of_the_file(desk: Desk, tmp_path: Path) -> None:
    imported(desk, journal(tmp_path, (*FIRST, "123", "", 0, "", "да", "")))
    assert desk.session.all("SELECT code, reason FROM confirmed_warnings") == [
        {"code": "phone_format", "reason": "import of журнал.xlsx"}
    ]


def test_a_row_that_had_to_be_confirmed_does_not_lose_the_number_of_the_change(
    desk: Desk, tmp_path: Path
) -> None:
    imported(desk, journal(tmp_path, (*FIRST, "123", "", 0, "", "да", "")))
    last = desk.session.value("SELECT max(change) FROM consultations")
    assert desk.session.value("SELECT change FROM installation") == last


def test_what_only_a_record_refuses_leaves_nothing_of_its_row(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "журнал.csv"
    path.write_text(
        "Дата;Должность;ФИО мужа;Дата рождения мужа;Согласие\n"
        "05.02.2024;психолог;Тестов Алан;15.03.1850;да\n"
        "06.02.2024;психолог;Примеров Ержан;15.03.1985;да\n",
        encoding="utf-8",
    )
    report = imported(desk, path, skip_errors=True)
    assert [row.state for row in report.rows] == ["error", "ready"]
    assert "number_out_of_range" in said(report)
    assert (report.cases, desk.count("cases"), desk.count("participants")) == (1, 1, 1)
    assert only_case(desk).case.number.endswith("00001")


def test_without_consent_no_name_phone_or_iin_is_kept_anywhere(desk: Desk, tmp_path: Path) -> None:
    row = (*FULL[:8], "", "Тестова просит позвонить на 8 701 123 45 67")
    report = imported(desk, journal(tmp_path, row, OTHER))
    assert report.nameless == 1
    assert {"journal_names_left_out", "journal_note_left_out"} <= said(report)
    kept = str({k: v for k, v in content(desk).items() if k != "staff_names"}).casefold()
    for secret in ("тестов", "әсем", "7011234567", IIN):
        assert secret not in kept
    assert "примеров" in kept
    assert desk.count("consultations") == 2


def test_consent_refused_in_the_journal_outweighs_papers(desk: Desk, tmp_path: Path) -> None:
    row = (*FULL[:8], "отказ", "")
    report = imported(desk, journal(tmp_path, row), consents_on_paper=PAPER)
    assert "journal_names_refused" in said(report)
    assert desk.count("identities") == 0
    assert desk.count("consents", "state = 'refused'") == 2


def test_consents_that_are_on_paper_are_taken_with_the_reason(desk: Desk, tmp_path: Path) -> None:
    report = imported(desk, journal(tmp_path, SECOND), consents_on_paper=PAPER)
    assert report.nameless == 0
    assert only_case(desk).title == "ТЕСТОВ АЛАН, Тестова Асем"
    reasons = desk.session.all(
        "SELECT reason FROM confirmed_warnings WHERE code = 'journal_consent_on_paper'"
    )
    assert reasons == [{"reason": PAPER}] * 2


def test_the_consent_of_one_spouse_is_not_the_others(desk: Desk, tmp_path: Path) -> None:
    wife = ("05.02.2024", "психолог", "", "Тестова Әсем", "", "", 0, "", "да", "")
    both = ("06.02.2024", "психолог", "Тестов Алан", "Тестова Әсем", "", "", 0, "", "", "")
    husband = ("07.02.2024", "психолог", "Тестов Алан", "", "", "", 0, "", "нет", "")
    report = imported(desk, journal(tmp_path, wife, both, husband))
    assert report.cases == 1
    assert only_case(desk).title == "Тестова Әсем"


def test_the_same_number_in_the_journal_is_the_same_case(desk: Desk, tmp_path: Path) -> None:
    text = (
        "Дата;Должность;Номер дела;Кто пришёл\n"
        "05.02.2024;психолог;17;жена\n"
        "06.02.2024;психолог;17;оба\n"
        "06.02.2024;психолог;18;муж\n"
    )
    path = tmp_path / "журнал.csv"
    path.write_bytes(text.encode("cp1251"))
    report = imported(desk, path)
    assert (report.cases, report.consultations) == (2, 3)
    lines = find_cases(desk.session, desk.actor)
    assert {(line.title, line.consultations) for line in lines} == {("17", 2), ("18", 1)}
    card = case_card(desk.session, desk.actor, next(x.case_id for x in lines if x.title == "17"))
    assert [len(v.consultation.attendees) for v in card.consultations] == [2, 1]


def test_one_number_for_two_couples_does_not_mix_them(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "журнал.csv"
    path.write_text(
        "Дата;Должность;Номер дела;ФИО мужа;Согласие\n"
        "05.02.2024;психолог;17;Тестов Алан;да\n"
        "06.02.2024;психолог;17;Примеров Ержан;да\n",
        encoding="utf-8-sig",
    )
    report = imported(desk, path)
    assert report.cases == 2
    assert "journal_number_of_another_couple" in said(report, 1)


def test_namesakes_with_different_iins_stay_apart(desk: Desk, tmp_path: Path) -> None:
    other = (*FIRST, "", "850101400013", 0, "", "да", "")
    assert imported(desk, journal(tmp_path, FULL, other)).cases == 2


def test_a_kazakh_journal_with_one_person_in_a_row_is_read(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "журнал.csv"
    path.write_text(
        "Р/с;Күні;Маман;Өтініш берушінің аты-жөні;Жынысы;Тақырып;Кеңес нысаны;Келісім\n"
        "1;5 ақпан 2024 ж.;психолог;Тестова Әсем;әйел;алимент;телефон арқылы;иә\n",
        encoding="utf-8",
    )
    imported(desk, path)
    visit = only_case(desk).consultations[0].consultation
    assert (visit.format, visit.topics, visit.held_on) == (
        "phone",
        ("alimony",),
        date(2024, 2, 5),
    )
    assert only_case(desk).people[0].participant.role == "wife"


def test_broken_rows_refuse_the_import_unless_they_are_left_out(desk: Desk, tmp_path: Path) -> None:
    path = journal(
        tmp_path,
        FULL,
        ("Итого", "", "", "", "", "", 3),
        ("06.06.2024", *SECOND[1:]),
        ("=A1", *SECOND[1:]),
        (*SECOND[:3], "=HYPERLINK(1)", "@SUM(A1)", "'; DROP TABLE cases; --", "\u202e"),
    )
    before = content(desk)
    with pytest.raises(KnownError) as error:
        imported(desk, path)
    assert (error.value.code, error.value.params["count"]) == ("journal_rows_in_error", 4)
    assert content(desk) == before
    report = imported(desk, path, skip_errors=True)
    assert [(row.row, row.state) for row in report.rows] == [
        (3, "ready"),
        (4, "error"),
        (5, "error"),
        (6, "error"),
        (7, "error"),
    ]
    assert desk.count("consultations") == 1


def test_hostile_cells_are_kept_as_text(desk: Desk, tmp_path: Path) -> None:
    note = "'; DROP TABLE cases; -- <script> {field} %s"
    imported(desk, journal(tmp_path, (*FULL[:9], note)))
    assert only_case(desk).consultations[0].note == note


def test_a_specialist_who_is_not_known_is_asked_for_and_remembered(
    desk: Desk, tmp_path: Path
) -> None:
    row = ("05.02.2024", "Жоқова Б.", *FULL[2:])
    path = journal(tmp_path, row)
    assert previewed(desk, path).unknown_specialists == ("Жоқова Б.",)
    lawyer = desk.specialist("lawyer")
    imported(desk, path, specialists={"Жоқова Б.": lawyer})
    later = journal(tmp_path, ("06.02.2024", *row[1:]), name="дальше.xlsx")
    imported(desk, later)
    assert desk.count("consultations", f"specialist_id = '{lawyer}'") == 2


def test_of_two_psychologists_the_profession_alone_names_nobody(desk: Desk, tmp_path: Path) -> None:
    desk.specialist("psychologist", surname="Басқаева", given_name="Дана")
    report = previewed(desk, journal(tmp_path, FULL, SECOND))
    assert [row.state for row in report.rows] == ["ready", "error"]
    assert report.unknown_specialists == ("психолог",)


def test_a_journal_of_one_specialist_needs_no_column_for_it(desk: Desk, tmp_path: Path) -> None:
    row = ("05.02.2024", "", *FULL[2:])
    path = journal(tmp_path, row)
    assert "journal_specialist_missing" in said(previewed(desk, path))
    own = desk.specialist("mediator")
    assert imported(desk, path, specialist_id=own).consultations == 1


def test_the_mapping_is_remembered_for_the_next_journal_of_this_layout(
    desk: Desk, tmp_path: Path
) -> None:
    layout = opened(desk, journal(tmp_path, FULL))
    assert not layout.remembered
    columns = (*layout.columns[:-1], None)
    imported(desk, tmp_path / "журнал.xlsx", columns=columns)
    again = opened(desk, journal(tmp_path, SECOND, name="март.xlsx"))
    assert again.remembered
    assert again.columns == columns


def test_sheets_of_months_with_the_same_headers_are_imported_together(
    desk: Desk, tmp_path: Path
) -> None:
    book = Workbook()
    for name, row in (("Январь", FULL), ("Февраль", SECOND)):
        sheet = book.create_sheet(name)
        sheet.append(HEADERS)
        sheet.append(row)
    book.create_sheet("План").append(["Показатель", "План"])
    book.save(tmp_path / "j.xlsx")
    layout = opened(desk, tmp_path / "j.xlsx")
    assert (layout.sheets, layout.left_out) == (("Январь", "Февраль"), ("План",))
    assert imported(desk, tmp_path / "j.xlsx").cases == 1


def test_cancelling_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    class Cancelled(Exception):
        pass

    def cancel(step: str, done: int, total: int) -> None:
        if (step, done) == ("write", 2):
            assert desk.count("cases") == 1
            raise Cancelled

    before = content(desk)
    with pytest.raises(Cancelled):
        imported(desk, journal(tmp_path, FULL, SECOND, OTHER), progress=cancel)
    assert content(desk) == before


def test_importing_the_same_file_again_is_refused_and_a_longer_one_adds_only_what_is_new(
    desk: Desk, tmp_path: Path
) -> None:
    path = journal(tmp_path, FULL)
    imported(desk, path)
    with pytest.raises(KnownError, match="journal_already_imported"):
        imported(desk, path)
    report = imported(desk, journal(tmp_path, FULL, SECOND, OTHER, name="ещё.xlsx"))
    assert [row.state for row in report.rows] == ["already", "ready", "ready"]
    assert report.rows[1].known_case
    assert (desk.count("cases"), desk.count("consultations")) == (2, 3)


def test_a_case_closed_to_the_lead_is_not_continued(desk: Desk, tmp_path: Path) -> None:
    imported(desk, journal(tmp_path, FULL))
    case_id, number = only_case(desk).case.id, only_case(desk).case.number
    lawyer = a_colleague(desk, "lawyer", profession="lawyer")
    access.restrict_case(desk.session, desk.actor, case_id=case_id, accounts=(lawyer.account_id,))
    report = imported(desk, journal(tmp_path, SECOND, name="ещё.xlsx"))
    assert not report.rows[0].known_case
    assert desk.count("cases", f"number <> '{number}'") == 1


def test_a_note_belongs_to_the_specialist_who_has_an_account(desk: Desk, tmp_path: Path) -> None:
    lawyer = a_colleague(desk, "lawyer", profession="lawyer")
    imported(desk, journal(tmp_path, ("05.02.2024", "юрист", *FULL[2:])))
    assert only_case(desk).consultations[0].note is None
    (line,) = find_cases(desk.session, lawyer)
    card = case_card(desk.session, lawyer, line.case_id)
    assert card.consultations[0].note == "первая встреча"


def test_undoing_restores_the_figures_and_keeps_no_names(desk: Desk, tmp_path: Path) -> None:
    desk.case(on=date(2024, 2, 1), specialist=desk.specialist("lawyer"))
    before = figures(desk)
    path = journal(tmp_path, FULL, SECOND, OTHER)
    report = imported(desk, path)
    assert figures(desk) != before
    undo(desk, report)
    assert figures(desk) == before
    assert find_cases(desk.session, desk.actor, "Тестова") == []
    assert "Тестова" not in str([content(desk)[t] for t in ("identities", "audit_values")])
    (done,) = journal_imports.journal_imports(desk.session, desk.actor)
    assert done.undone_at is not None
    with pytest.raises(KnownError, match="journal_import_undone"):
        undo(desk, report)
    assert imported(desk, path).consultations == 3


def test_undoing_what_continued_a_case_leaves_the_case_as_it_was(
    desk: Desk, tmp_path: Path
) -> None:
    imported(desk, journal(tmp_path, FULL))
    before = only_case(desk)
    undo(desk, imported(desk, journal(tmp_path, SECOND, name="ещё.xlsx")))
    assert only_case(desk) == before


def test_an_import_that_was_worked_on_since_is_not_undone(desk: Desk, tmp_path: Path) -> None:
    report = imported(desk, journal(tmp_path, FULL))
    card = only_case(desk)
    change_consultation(
        desk.session,
        desk.actor,
        consultation_id=card.consultations[0].consultation.id,
        consultation=ConsultationForm(minutes=45),
    )
    with pytest.raises(KnownError) as error:
        undo(desk, report)
    assert (error.value.code, error.value.params["cases"]) == (
        "journal_import_changed",
        [card.case.number],
    )
    assert desk.count("consultations", "NOT deleted") == 1


def test_an_import_to_which_a_visit_was_added_is_not_undone(desk: Desk, tmp_path: Path) -> None:
    report = imported(desk, journal(tmp_path, FULL))
    record_consultation(
        desk.session,
        desk.actor,
        case_id=only_case(desk).case.id,
        consultation=ConsultationForm(
            held_on=date(2024, 3, 1), specialist_id=desk.specialist("lawyer")
        ),
    )
    with pytest.raises(KnownError, match="journal_import_changed"):
        undo(desk, report)


def test_rows_of_a_closed_month_are_entered_with_the_reason(desk: Desk, tmp_path: Path) -> None:
    desk.session.execute(
        "INSERT INTO closed_months VALUES ('2024-02', '2024-03-01T00:00:00.000000Z', ?)",
        (desk.actor.account_id,),
    )
    report = imported(desk, journal(tmp_path, FULL))
    (closed,) = (one for row in report.rows for one in row.findings if one.code == "month_closed")
    assert closed.params == {"month": "2024-02"}
    undo(desk, report)
    assert desk.count("consultations", "NOT deleted") == 0


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ((None,) * 10, "journal_date_not_mapped"),
        (("date", "date", *(None,) * 8), "journal_field_twice"),
        (("date", "salary", *(None,) * 8), "journal_field_unknown"),
        (("date",), "journal_columns_differ"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(
    desk: Desk, tmp_path: Path, columns: tuple[str | None, ...], code: str
) -> None:
    with pytest.raises(KnownError, match=code):
        previewed(desk, journal(tmp_path, FULL), columns=columns)


def test_a_journal_with_headers_alone_has_nothing_to_import(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="journal_nothing_to_import"):
        imported(desk, journal(tmp_path))


def test_only_a_lead_imports(desk: Desk, tmp_path: Path) -> None:
    layout = opened(desk, journal(tmp_path, FULL))
    somebody = desk.somebody("psychologist")
    plan = ImportPlan(columns=layout.columns)
    with pytest.raises(KnownError, match="not_allowed"):
        import_plan.open_journal(desk.session, somebody, path=tmp_path / "журнал.xlsx")
    with pytest.raises(KnownError, match="not_allowed"):
        import_journal.import_journal(desk.session, somebody, layout=layout, plan=plan)
