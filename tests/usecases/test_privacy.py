"""Personal data: withdrawal, erasure, the list after a restore, the term, what is held."""

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.audit import broken_entry, seals_of
from pravo_desktop.backups import rotation
from pravo_desktop.backups.files import make_backup
from pravo_desktop.backups.keeping import back_up, set_second_place
from pravo_desktop.backups.restoring import Access, restore_workplace
from pravo_desktop.bootstrap import open_workplace
from pravo_desktop.data_folder import ERASURE_LIST
from pravo_desktop.domain.periods import Period
from pravo_desktop.resources import personal_data_rules
from pravo_desktop.security.seals import Seals
from pravo_desktop.usecases import (
    cases,
    drafts,
    erasure,
    joins,
    paper_register,
    papers,
    participants,
    privacy,
    questions,
    terms,
)
from pravo_desktop.usecases.cases import CaseOpened, ClaimForm, ConsultationForm
from pravo_desktop.usecases.centre_card import CentreCard, save_centre_card
from pravo_desktop.usecases.figures import own_figures
from pravo_desktop.usecases.new_drafts import new_drafts
from pravo_desktop.usecases.queries import find_cases
from tests.exports.test_papers import words
from tests.usecases.colleagues import a_colleague
from tests.usecases.factories import CHILD, HUSBAND, IIN, NAMED, PASSWORD, Desk, a_centre
from tests.usecases.refusals import refusal

ASEM = replace(NAMED, disability="yes", occupation="business", citizenship="kz")
ARMAN = replace(
    HUSBAND, consent="given", surname="Серіков", given_name="Арман", phone="+77017654321"
)
CLAIM = ClaimForm(kind="divorce", court_number="7119-24-00-4/77", judge="Судьина Ақерке")
SECRETS = ("Тестова", "Әсем", IIN, "77011234567", "1990-03-15", "business")
REASON = "өтініш бойынша"


def family(desk: Desk, *people: participants.ParticipantForm) -> CaseOpened:
    """A couple with a child, a claim and a noted consultation in April."""
    return cases.open_case(
        desk.session,
        desk.actor,
        kind="married",
        label="бірінші",
        registered_on=date(2024, 4, 2),
        participants=(*(people or (ARMAN, ASEM)), CHILD),
        claims=(CLAIM,),
        consultation=ConsultationForm(
            held_on=date(2024, 4, 2), specialist_id=desk.specialist(), note="Тестова жылады"
        ),
        confirmed={"likely_duplicate": "Тестова бұрын да келген"},
    )


def everything(desk: Desk) -> str:
    """Every value of every table, as text."""
    tables = desk.session.all("SELECT name FROM sqlite_master WHERE type = 'table'")
    return "\n".join(
        repr(row)
        for table in tables
        if table["name"] not in {"packages"}
        for row in desk.session.all(f"SELECT * FROM {table['name']}")
    )


def counts(desk: Desk) -> dict[tuple[str, str | None], float | None]:
    rows = own_figures(desk.session, Period.of_year(2024))
    return {
        (row.indicator, row.key): row.value
        for row in rows
        if row.breakdown not in {"category"} and row.value
    }


@pytest.mark.parametrize("act", [privacy.withdraw_consent, privacy.erase_person])
def test_one_spouse_goes_and_the_other_and_all_counts_stay(
    centre: Desk, act: Callable[..., date]
) -> None:
    case = family(centre)
    husband, wife, _child = case.participants
    before = counts(centre)
    papers.issue_certificate(
        centre.session,
        centre.actor,
        participant_id=wife,
        language="ru",
        court_case="7119-24-00-4/77",
        request_number="сұрау 5",
    )
    drafts.save_draft(
        centre.session,
        centre.actor,
        form="person",
        record_id=wife,
        content={"surname": "Тестова"},
    )
    until = act(centre.session, centre.actor, participant_id=wife, reason=REASON)

    kept = everything(centre)
    assert not [one for one in SECRETS if one in kept]
    assert "сұрау 5" not in kept
    assert all(one in kept for one in ("Серіков", "Арман", "77017654321", "7119-24-00-4/77"))
    assert counts(centre) == before
    row = centre.session.one("SELECT * FROM participants WHERE id = ?", (wife,))
    assert row is not None
    assert (row["role"], row["sex"], row["birth_year"]) == ("wife", "female", 1990)
    assert {row[name] for name in ("occupation", "disability", "citizenship")} == {"not_stated"}
    assert erasure.latest_consent(centre.session, wife) == "withdrawn"
    assert erasure.latest_consent(centre.session, husband) == "given"
    assert not cases_found(centre, "Тестова") and cases_found(centre, "Серіков")
    assert centre.count("drafts") == 0
    assert broken_entry(centre.session) is None
    assert until == date(2025, 5, 1)


def cases_found(desk: Desk, text: str) -> list[str]:
    return [line.case_id for line in find_cases(desk.session, desk.actor, text)]


def test_the_last_one_to_go_takes_the_court_number_and_the_label_along(centre: Desk) -> None:
    case = family(centre)
    for person in case.participants[:2]:
        privacy.erase_person(centre.session, centre.actor, participant_id=person, reason=REASON)
    kept = everything(centre)
    assert not [one for one in ("7119-24", "Судьина", "бірінші", "Серіков") if one in kept]
    assert centre.count("cases", "NOT deleted") == centre.count("consultations") == 1


def test_the_author_is_asked_to_look_through_the_notes(centre: Desk) -> None:
    case = family(centre)
    privacy.withdraw_consent(
        centre.session, centre.actor, participant_id=case.participants[1], reason=REASON
    )
    (asked,) = questions.records_to_complete(centre.session, centre.actor)[:1]
    assert (asked.table, asked.record_id, asked.field) == (
        "consultations",
        case.consultation_id,
        "note",
    )
    assert asked.question("kk") != asked.question("ru") != ""


def test_who_chooses_withdrawn_in_the_form_is_forgotten_and_entered_in_the_register(
    centre: Desk,
) -> None:
    case = family(centre)
    participants.save_participant(
        centre.session,
        centre.actor,
        case_id=case.case_id,
        participant=participants.ParticipantForm(
            role="wife",
            sex="female",
            birth_year=1990,
            consent="withdrawn",
            participant_id=case.participants[1],
        ),
    )
    assert not [one for one in SECRETS if one in everything(centre)]
    (act,) = privacy.personal_acts(centre.session, centre.actor)
    assert (act.kind, act.done_on, act.number) == ("withdrawal", date(2024, 5, 20), case.number)


@pytest.mark.parametrize("state", ["not_asked", "refused", "withdrawn"])
@pytest.mark.parametrize(
    ("field", "key"), [("occupation", "ngo"), ("disability", "yes"), ("citizenship", "kz")]
)
def test_without_consent_a_person_is_role_sex_and_birth_year(
    centre: Desk, state: str, field: str, key: str
) -> None:
    stated: dict[str, Any] = {field: key}
    person = replace(HUSBAND, consent=state, **stated)
    error = refusal(lambda: centre.case(people=(person,)))
    assert (error.code, error.params["field"]) == ("consent_needed", "consent")
    assert centre.count("participants") == 0
    centre.case(people=(replace(HUSBAND, consent="given", **stated),))
    assert centre.count("identities") == 0


def test_in_a_closed_month_the_reason_stays_with_the_change(centre: Desk) -> None:
    case = family(centre)
    centre.close("2024-04", {"media": "no_activity"})
    reason_of_month = "SELECT reason FROM confirmed_warnings WHERE code = 'month_closed'"
    privacy.erase_person(
        centre.session, centre.actor, participant_id=case.participants[1], reason=REASON
    )
    assert centre.session.value(reason_of_month) == REASON


def test_a_withdrawal_without_a_consent_or_a_reason_is_refused(centre: Desk) -> None:
    case = family(centre, HUSBAND, ASEM)
    s, a = centre.session, centre.actor
    husband, wife = case.participants[:2]
    assert (
        refusal(lambda: privacy.withdraw_consent(s, a, participant_id=husband, reason="x")).code
        == "consent_not_given"
    )
    assert (
        refusal(lambda: privacy.withdraw_consent(s, a, participant_id=wife, reason=" ")).code
        == "field_required"
    )
    assert "Тестова" in everything(centre)


def test_a_request_has_the_terms_of_the_law_and_is_answered_by_the_act(centre: Desk) -> None:
    case = family(centre)
    wife = case.participants[1]
    s, a = centre.session, centre.actor
    for kind in privacy.REQUESTS:
        privacy.record_request(s, a, kind=kind, participant_id=wife, asked_on=date(2024, 5, 17))
    due = {act.kind: (act.due_on, act.days_left) for act in privacy.personal_acts(s, a)}
    # Friday 17 May; today is Monday 20 May.
    assert due == {
        "information": (date(2024, 5, 22), 2),
        "correction": (date(2024, 5, 20), 0),
        "withdrawal": (date(2024, 6, 7), 14),
        "erasure": (date(2024, 5, 20), 0),
    }
    centre.at(2024, 5, 23)
    late = {act.kind: act.days_left for act in privacy.personal_acts(s, a)}
    assert late["correction"] == -3
    privacy.issue_held_data(s, a, participant_id=wife, language="kk")
    correction = next(x for x in privacy.personal_acts(s, a) if x.kind == "correction")
    privacy.answer_request(s, a, act_id=correction.act_id, remark="түзетілді")
    privacy.erase_person(s, a, participant_id=wife, reason=REASON)
    acts = privacy.personal_acts(s, a)
    assert len(acts) == 4 and all(act.done_on == date(2024, 5, 23) for act in acts)
    assert (
        refusal(lambda: privacy.answer_request(s, a, act_id=correction.act_id, remark="тағы")).code
        == "request_not_open"
    )


def test_a_restored_older_backup_forgets_again(centre: Desk, tmp_path: Path) -> None:
    """The list beside the database is all that is left of the newer state."""
    case = family(centre)
    wife = case.participants[1]
    centre.session.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    older = a_centre(tmp_path / "older")
    older.leave()
    for name in ("pravo.db", "keyslots.json"):
        (older.workplace.folder / name).write_bytes((centre.workplace.folder / name).read_bytes())
    centre.at(2024, 5, 21)
    privacy.withdraw_consent(centre.session, centre.actor, participant_id=wife, reason=REASON)
    kept = (centre.workplace.folder / ERASURE_LIST).read_bytes()
    assert not [one for one in SECRETS if one.encode() in kept]
    assert json.loads(kept)["erasures"][0]["participant_id"] == wife

    workplace = open_workplace(older.workplace.folder, password=PASSWORD, clock=centre.clock)
    restored = Desk(workplace, workplace.session(), centre.clock)
    assert "Тестова" in everything(restored)
    entries = tuple(erasure.read_erasure_list(kept, seals_of(restored.session), "x") or ())
    done = erasure.reapply_erasures(restored.session, restored.actor, entries=entries)
    assert done == 1
    assert not [one for one in SECRETS if one in everything(restored)]
    assert "Серіков" in everything(restored)
    assert erasure.latest_consent(restored.session, wife) == "withdrawn"
    assert erasure.reapply_erasures(restored.session, restored.actor, entries=entries) == 0
    assert (workplace.folder / ERASURE_LIST).read_bytes() == kept
    restored.leave()


def test_an_older_backup_put_in_the_place_of_the_folder_brings_nobody_back(
    centre: Desk, tmp_path: Path
) -> None:
    case = family(centre)
    folder = centre.workplace.folder
    backup = make_backup(centre.workplace, centre.session, out=tmp_path)
    centre.at(2024, 5, 21)
    privacy.erase_person(
        centre.session, centre.actor, participant_id=case.participants[1], reason=REASON
    )
    centre.leave()
    access = Access(password=PASSWORD)
    workplace = restore_workplace(backup, folder, access, instead=True, clock=centre.clock)
    restored = Desk(workplace, workplace.session(), centre.clock)
    kept = everything(restored)
    assert not [one for one in SECRETS if one in kept] and "Серіков" in kept
    restored.leave()


def test_a_consent_given_anew_is_not_taken_back_by_an_older_entry(centre: Desk) -> None:
    case = family(centre)
    wife = case.participants[1]
    earlier = erasure.Erasure(wife, "withdrawal", "2024-05-19T07:00:00.000000Z")
    assert erasure.reapply_erasures(centre.session, centre.actor, entries=(earlier,)) == 0
    assert "Тестова" in everything(centre)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"format": 2, "history": "NAME", "erasures": []}',
        b'{"format": 2, "history": "NAME", "erasures": [{"participant_id": "x"}], "seal": ""}',
        b'{"format": 3, "history": "NAME", "erasures": [], "seal": ""}',
    ],
)
def test_a_damaged_erasure_list_is_refused_by_name(data: bytes) -> None:
    seals = Seals(bytes(32))
    data = data.replace(b"NAME", seals.name.encode())
    refused = refusal(lambda: erasure.read_erasure_list(data, seals, "x"))
    assert refused.code == "erasure_list_unreadable"


def test_a_list_written_without_the_database_is_refused_and_good_lists_are_applied(
    centre: Desk, tmp_path: Path
) -> None:
    case = family(centre)
    folder, second = centre.workplace.folder, tmp_path / "second"
    second.mkdir()
    set_second_place(folder, second)
    (backup, _) = back_up(centre.workplace, centre.session).written
    centre.at(2024, 5, 21)
    privacy.erase_person(
        centre.session, centre.actor, participant_id=case.participants[1], reason=REASON
    )
    back_up(centre.workplace, centre.session)
    centre.leave()
    (listed,) = second.glob("erasures-*.json")
    forged = json.loads((folder / ERASURE_LIST).read_bytes())
    forged["erasures"].append({**forged["erasures"][0], "participant_id": case.participants[0]})
    (folder / ERASURE_LIST).write_text(json.dumps(forged))
    (folder / "backups" / "erasures.json").write_text('{"format": 1, "erasures": []}')
    (second / "erasures-0000.json").write_bytes(
        erasure.listed([erasure.Erasure("somebody", "erasure", "2024")], Seals(bytes(32)))
    )
    refused: list[tuple[str, str]] = []
    workplace = restore_workplace(
        backup,
        tmp_path / "again",
        Access(password=PASSWORD),
        clock=centre.clock,
        told=lambda path, code: refused.append((path.name, code)),
    )
    restored = Desk(workplace, workplace.session(), centre.clock)
    # Beside the backup both lists lie; the folder itself is not that of the restored one.
    assert refused == [("erasures.json", "erasure_list_unsealed")]
    kept = everything(restored)
    assert not [one for one in SECRETS if one in kept] and "Серіков" in kept
    restored.leave()
    refused.clear()
    back = restore_workplace(
        backup,
        folder,
        Access(password=PASSWORD),
        instead=True,
        clock=centre.clock,
        told=lambda path, code: refused.append((path.name, code)),
    )
    again = Desk(back, back.session(), centre.clock)
    assert sorted(refused) == [("erasures.json", "erasure_list_unsealed")] * 2
    assert "Серіков" in everything(again) and listed.exists()
    assert not [one for one in SECRETS if one in everything(again)]
    again.leave()


@pytest.mark.parametrize(
    "changed", [{"audit_entries": 1}, {"epoch": 7, "seal": None}, {"seal": "00"}]
)
def test_a_backup_whose_head_somebody_changed_is_not_restored(
    centre: Desk, tmp_path: Path, changed: dict[str, Any]
) -> None:
    good = make_backup(centre.workplace, centre.session, out=tmp_path / "good.backup")
    false = tmp_path / "false.backup"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(false, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "backup.json":
                data = json.dumps({**json.loads(data), **changed}).encode()
            new.writestr(name, data)
    told = refusal(lambda: restore_workplace(false, tmp_path / "x", Access(password=PASSWORD)))
    assert told.code == "backup_head_false"


def test_after_the_term_names_and_notes_go_and_every_count_stays(centre: Desk) -> None:
    case = family(centre)
    s, a = centre.session, centre.actor
    before = counts(centre), own_figures(s, Period.of_year(2024))
    centre.at(2027, 4, 2)
    assert terms.cases_past_term(s, a) == []
    assert (
        refusal(lambda: terms.depersonalise_by_term(s, a, case_ids=(case.case_id,))).code
        == "case_within_term"
    )
    centre.at(2027, 4, 3)
    (line,) = terms.cases_past_term(s, a)
    assert (line.number, line.last_on, line.people, line.notes) == (
        case.number,
        date(2024, 4, 2),
        2,
        1,
    )
    done = terms.depersonalise_by_term(s, a, case_ids=(case.case_id,))
    assert (done.cases, done.people, done.notes) == (1, 2, 1)
    gone = ("Тестова", "Әсем", IIN, "Серіков", "7119-24", "Судьина", "бірінші", "жылады")
    assert not [one for one in gone if one in everything(centre)]
    assert (counts(centre), own_figures(s, Period.of_year(2024))) == before
    assert terms.cases_past_term(s, a) == []
    assert broken_entry(s) is None
    assert [act.kind for act in privacy.personal_acts(s, a)] == ["term"]


def test_a_visit_to_come_keeps_a_case_from_its_term(centre: Desk) -> None:
    case = family(centre)
    centre.at(2026, 9, 1)
    centre.visit(case, date(2026, 8, 3), centre.specialist())
    centre.at(2027, 6, 1)
    assert terms.cases_past_term(centre.session, centre.actor) == []


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_what_is_held_is_printed_for_one_person_alone(
    centre: Desk, tmp_path: Path, language: str
) -> None:
    case = family(centre)
    s, a = centre.session, centre.actor
    centre.close("2024-04", {"media": "no_activity"})
    centre.export("2024-04")
    paper = privacy.issue_held_data(s, a, participant_id=case.participants[1], language=language)
    text = words(paper_register.render(paper), tmp_path)
    for shown in ("Тестова", "Әсем", IIN, "7119-24-00-4/77", "1990", case.number):
        assert shown in text, shown
    for hidden in ("Серіков", "Арман", "жылады", "Судьина"):
        assert hidden not in text, hidden
    packages = {"kk": "№ 1 топтама", "ru": "пакет № 1"}[language]
    assert packages in text.replace("\N{NO-BREAK SPACE}", " ")
    assert [one.kind for one in paper_register.issued_papers(s, a)] == ["held_data"]
    (act,) = privacy.personal_acts(s, a)
    assert (act.kind, act.done_on) == ("information", date(2024, 5, 20))


def test_who_was_joined_from_two_entries_is_forgotten_in_both(centre: Desk) -> None:
    first, second = family(centre), family(centre, replace(HUSBAND, sex="male"), ASEM)
    s, a = centre.session, centre.actor
    joins.join_cases(
        s,
        a,
        kept_id=first.case_id,
        dissolved_id=second.case_id,
        same_people=((first.participants[1], second.participants[1]),),
    )
    privacy.erase_person(s, a, participant_id=first.participants[1], reason=REASON)
    assert not [one for one in SECRETS if one in everything(centre)]


def test_the_months_of_the_backups_are_those_of_the_rotation() -> None:
    assert personal_data_rules().backup_months == rotation.MONTHS


@pytest.mark.parametrize(
    ("day", "until"),
    [(date(2024, 5, 20), date(2025, 5, 1)), (date(2024, 12, 31), date(2025, 12, 1))],
)
def test_the_last_backup_with_the_data_goes_when_twelve_newer_months_have_one(
    day: date, until: date
) -> None:
    assert privacy.backups_until(day) == until


def test_the_consent_paper_names_the_operator_and_its_number(centre: Desk, tmp_path: Path) -> None:
    save_centre_card(
        centre.session,
        centre.actor,
        card=CentreCard(name_kk="«Үлгі» қоры", name_ru="Фонд «Пример»", bin="240140000011"),
    )
    case = family(centre)
    paper = papers.issue_consent(
        centre.session,
        centre.actor,
        case_id=case.case_id,
        language="ru",
        participant_id=case.participants[1],
        valid_until=date(2026, 12, 31),
    )
    text = words(paper_register.render(paper), tmp_path)
    for shown in ("Фонд «Пример»", "240140000011", "31 декабря 2026", "третьим лицам", "Перечень"):
        assert shown in text.replace("\N{NO-BREAK SPACE}", " "), shown


def test_a_half_typed_new_case_is_searched_and_others_are_said_to_exist(
    centre: Desk, tmp_path: Path
) -> None:
    case = family(centre)
    wife, s = case.participants[1], centre.session
    colleague = a_colleague(centre, "lawyer")
    other = {"people": [{"surname": "Тестова", "given_name": "Гүлнұр"}]}
    for form, content in (
        ("by_name", {"people": [{"surname": "ТЕСТОВА", "given_name": "асем"}]}),
        ("by_iin", {"rest": {"note": f"{IIN[:6]} {IIN[6:]}"}}),
        ("by_phone", {"people": [{"phone": "8 701 123-45-67"}]}),
        ("namesake", other),
    ):
        drafts.save_draft(s, centre.actor, form=form, content=content)
    drafts.save_draft(s, colleague, form="case", content=other)
    found = new_drafts(s, centre.actor, (wife,))
    assert len(found.holding) == 3 and found.unopened == {colleague.name: 1}
    paper = privacy.issue_held_data(s, centre.actor, participant_id=wife, language="ru")
    text = words(paper_register.render(paper), tmp_path)
    assert "данные этого человека: 3" in text and "не просмотрено: 1" in text
    privacy.erase_person(s, centre.actor, participant_id=wife, reason=REASON)
    assert [one.form for one in drafts.my_drafts(s, centre.actor)] == ["namesake"]
    assert [one.form for one in drafts.my_drafts(s, colleague)] == ["case"]


def test_the_lead_sets_the_term_of_keeping_with_its_legal_source(centre: Desk) -> None:
    s, a = centre.session, centre.actor
    family(centre)
    assert terms.keep_rule(s, a) == terms.KeepRule(personal_data_rules().keep_years)
    centre.at(2026, 5, 21)
    assert terms.cases_past_term(s, a) == []

    def refused(years: int, source: str) -> str:
        return refusal(lambda: terms.set_keep_rule(s, a, years=years, source=source)).code

    assert refused(0, "x") == refused(76, "x") == "keep_years_invalid"
    assert (refused(2, " "), refused(2, "x" * 301)) == ("field_required", "text_too_long")
    terms.set_keep_rule(s, a, years=2, source="Қазақстан Республикасының Заңы 94-V, 12-бап")
    rule = terms.keep_rule(s, a)
    assert (rule.years, rule.set_by) == (2, a.name) and rule.set_on == centre.clock.today()
    assert len(terms.cases_past_term(s, a)) == 1
    terms.set_keep_rule(s, a, years=5, source="келісім")
    assert terms.keep_rule(s, a).source == "келісім" and terms.cases_past_term(s, a) == []
    assert broken_entry(s) is None
