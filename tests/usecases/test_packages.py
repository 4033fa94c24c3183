"""A station's packages: what goes into one, what waits, what stays at home."""

from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import pytest

from db import store
from exports.package.reader import read_package
from pravo_desktop.clock import PracticeClock
from pravo_desktop.domain.fields import fields_of
from pravo_desktop.domain.records import BY_TABLE, Case, Claim, Participant
from pravo_desktop.usecases import cases, events, months, packages
from pravo_desktop.usecases.cases import ClaimForm, ConsultationForm
from pravo_desktop.usecases.packages import accounting_sql
from pravo_desktop.usecases.queries import case_card
from pravo_desktop.usecases.records import accounting_date
from tests.usecases.factories import CHILD, HUSBAND, NAMED, WIFE, Desk
from tests.usecases.refusals import code_of

APRIL, MAY = date(2024, 4, 9), date(2024, 5, 3)
REASON = {"month_closed": "забыли внести"}


def _ids(desk: Desk, sequence: int, table: str) -> set[str]:
    package = read_package(desk.package(sequence))
    return {row.version.record_id for row in package.rows if row.version.table == table}


def _deleted(desk: Desk, sequence: int) -> set[str]:
    rows = read_package(desk.package(sequence)).rows
    return {row.version.record_id for row in rows if row.version.deleted}


# --- What goes ----------------------------------------------------------------------------------


def test_a_package_holds_the_month_with_all_parents(centre: Desk) -> None:
    lawyer = centre.specialist("lawyer")
    centre.specialist("mediator", employed_from=date(2024, 5, 15))
    opened = centre.case(on=APRIL, specialist=lawyer, claims=(ClaimForm(kind="divorce"),))
    centre.close("2024-04", {"media": "no_activity"})
    made = centre.export("2024-04")
    assert (made.sequence, made.month) == (1, "2024-04")
    assert not made.complete and not made.amendment
    assert _ids(centre, 1, "cases") == {opened.case_id}
    assert _ids(centre, 1, "participants") == set(opened.participants)
    assert _ids(centre, 1, "consultations") == {opened.consultation_id}
    assert _ids(centre, 1, "claims") == set(opened.claims)
    assert _ids(centre, 1, "staff_members") == {lawyer}
    manifest = read_package(centre.package(1)).manifest
    assert manifest.totals["consultations"] == 1
    assert manifest.previous_sha256 is None
    assert sum(manifest.row_counts.values()) == made.row_count


def test_only_what_changed_since_goes_into_the_next(centre: Desk) -> None:
    lawyer = centre.specialist("lawyer")
    centre.case(on=APRIL, specialist=lawyer)
    centre.close("2024-04")
    first = centre.export("2024-04")
    second_case = centre.case(on=MAY, specialist=lawyer)
    centre.close("2024-05")
    centre.export("2024-05")
    assert _ids(centre, 2, "cases") == {second_case.case_id}
    assert _ids(centre, 2, "consultations") == {second_case.consultation_id}
    assert _ids(centre, 2, "staff_members") == {lawyer}, "a parent travels again"
    assert read_package(centre.package(2)).manifest.previous_sha256 == first.sha256


def test_a_later_month_waits_and_is_not_lost(centre: Desk) -> None:
    """The record of May is written before April's package is made."""
    lawyer = centre.specialist("lawyer")
    april = centre.case(on=APRIL, specialist=lawyer)
    may = centre.case(on=MAY, specialist=lawyer)
    again = centre.visit(april, MAY, lawyer)
    centre.close("2024-04")
    centre.export("2024-04")
    assert _ids(centre, 1, "cases") == {april.case_id}
    assert _ids(centre, 1, "consultations") == {april.consultation_id}
    centre.close("2024-05")
    centre.export("2024-05")
    assert _ids(centre, 2, "consultations") == {may.consultation_id, again}
    assert _ids(centre, 2, "cases") == {april.case_id, may.case_id}


def test_a_record_of_an_earlier_month_goes_with_the_next_package(centre: Desk) -> None:
    lawyer = centre.specialist("lawyer")
    centre.close("2024-04")
    centre.export("2024-04")
    late = centre.case(on=MAY, specialist=lawyer)
    visit = centre.visit(late, date(2024, 4, 30), lawyer, confirmed=REASON)
    centre.close("2024-05")
    centre.export("2024-05")
    assert _ids(centre, 2, "consultations") == {visit, late.consultation_id}


def test_a_claim_leaves_with_its_month_alone_and_in_the_month_that_counts_it(
    centre: Desk,
) -> None:
    lawyer = centre.specialist("lawyer")
    opened = centre.case(
        on=APRIL,
        specialist=lawyer,
        claims=(
            ClaimForm(kind="divorce", filed_on=date(2024, 3, 28)),
            ClaimForm(kind="alimony", filed_on=date(2024, 5, 17)),
        ),
    )
    centre.close("2024-04")
    centre.export("2024-04")
    divorce, alimony = opened.claims
    assert _ids(centre, 1, "claims") == {divorce}
    centre.close("2024-05")
    centre.export("2024-05")
    assert _ids(centre, 2, "claims") == {alimony}
    values = {
        row.version.record_id: row.version.values
        for sequence in (1, 2)
        for row in read_package(centre.package(sequence)).rows
        if row.version.table == "claims"
    }
    assert values[divorce]["filed_month"] == "2024-03"
    assert values[alimony]["filed_month"] == "2024-05"
    assert "2024-03-28" not in str(values) and "2024-05-17" not in str(values)


def test_the_day_in_python_and_in_the_query_of_the_package_is_the_same(centre: Desk) -> None:
    lawyer = centre.specialist("lawyer")
    for on, filed in (
        (APRIL, None),
        (APRIL, date(2024, 3, 28)),
        (APRIL, date(2024, 5, 17)),
        (MAY, date(2024, 5, 17)),
        (MAY, date(2024, 5, 1)),
    ):
        opened = centre.case(
            on=on, specialist=lawyer, claims=(ClaimForm(kind="divorce", filed_on=filed),)
        )
        centre.visit(opened, date(2024, 5, 11), lawyer)
    centre.case(on=APRIL, claims=(ClaimForm(kind="divorce", filed_on=MAY),))
    cases.remove_consultation(
        centre.session, centre.actor, consultation_id=str(opened.consultation_id)
    )
    for record in (Case, Claim, Participant):
        for row in centre.session.all(
            f"SELECT t.*, {accounting_sql(record.table)} AS day FROM {record.table} t"
        ):
            found = store.get(centre.session, record, row["id"])
            day = accounting_date(centre.session, found)
            assert row["day"] == (day.isoformat() if day else None), record.table


# --- Corrections ---------------------------------------------------------------------------------


def test_a_correction_travels_with_the_next_package_or_at_once(centre: Desk) -> None:
    lawyer = centre.specialist("lawyer")
    opened = centre.case(on=APRIL, specialist=lawyer)
    centre.close("2024-04")
    assert code_of(lambda: centre.export("2024-04", amendment=True)) == "nothing_to_amend"
    centre.export("2024-04")
    assert code_of(lambda: centre.export("2024-04")) == "already_exported"
    visit = str(opened.consultation_id)
    cases.change_consultation(
        centre.session,
        centre.actor,
        consultation_id=visit,
        consultation=ConsultationForm(minutes=90),
        confirmed=REASON,
    )
    amended = centre.export("2024-04", amendment=True)
    assert (amended.sequence, amended.month, amended.amendment) == (2, "2024-04", True)
    assert _ids(centre, 2, "consultations") == {visit}
    cases.remove_consultation(centre.session, centre.actor, consultation_id=visit, confirmed=REASON)
    centre.close("2024-05")
    centre.export("2024-05")
    assert visit in _deleted(centre, 3)


def test_a_visit_moved_to_a_later_month_leaves_the_month_it_was_counted_in(
    centre: Desk,
) -> None:
    lawyer = centre.specialist("lawyer")
    opened = centre.case(on=date(2024, 4, 1), specialist=lawyer)
    visit = centre.visit(opened, APRIL, lawyer)
    centre.close("2024-04")
    centre.export("2024-04")
    cases.change_consultation(
        centre.session,
        centre.actor,
        consultation_id=visit,
        consultation=ConsultationForm(held_on=MAY),
        confirmed=REASON,
    )
    centre.export("2024-04", amendment=True)
    assert visit in _ids(centre, 2, "consultations")
    assert read_package(centre.package(2)).manifest.totals["consultations"] == 1


def test_what_was_never_sent_is_not_sent_to_be_deleted(centre: Desk) -> None:
    lawyer = centre.specialist("lawyer")
    opened = centre.case(on=APRIL, specialist=lawyer)
    mistaken = centre.visit(opened, date(2024, 4, 20), lawyer)
    cases.remove_consultation(centre.session, centre.actor, consultation_id=mistaken)
    centre.close("2024-04")
    centre.export("2024-04")
    assert _ids(centre, 1, "consultations") == {opened.consultation_id}
    assert _deleted(centre, 1) == set()


def test_an_amendment_with_nothing_to_say_is_still_a_package(centre: Desk) -> None:
    centre.close("2024-04", {"services": "vacancy"})
    centre.export("2024-04")
    empty = centre.export("2024-04", amendment=True)
    assert (empty.sequence, empty.row_count) == (2, 0)
    assert read_package(centre.package(2)).rows == ()


# --- When ---------------------------------------------------------------------------------------


def test_an_open_month_is_sent_through_a_day_only(centre: Desk) -> None:
    lawyer = centre.specialist("lawyer")
    early = centre.case(on=MAY, specialist=lawyer)
    late = centre.case(on=date(2024, 5, 16), specialist=lawyer)
    assert code_of(lambda: centre.export("2024-05")) == "month_not_closed"
    assert (
        code_of(lambda: centre.export("2024-05", through=date(2024, 6, 1)))
        == "through_outside_month"
    )
    made = centre.export("2024-05", through=date(2024, 5, 15))
    assert made.through == "2024-05-15"
    assert _ids(centre, 1, "consultations") == {early.consultation_id}
    assert read_package(centre.package(1)).manifest.totals["consultations"] == 1
    centre.close("2024-05")
    centre.export("2024-05")
    assert _ids(centre, 2, "consultations") == {late.consultation_id}
    assert read_package(centre.package(2)).manifest.totals["consultations"] == 2


def test_a_clock_behind_the_newest_record_signs_nothing(centre: Desk) -> None:
    centre.close("2024-04", {"services": "vacancy"})
    centre.at(2024, 5, 19)
    assert code_of(lambda: centre.export("2024-04")) == "clock_behind"
    assert centre.count("packages") == 0
    centre.at(2024, 5, 20)
    centre.export("2024-04")


def test_a_month_reopened_and_changed_travels_as_an_amendment(centre: Desk) -> None:
    centre.close("2024-04", {"services": "vacancy"})
    centre.export("2024-04")
    months.reopen_month(centre.session, centre.actor, month="2024-04")
    assert code_of(lambda: centre.export("2024-04", amendment=True)) == "month_not_closed"
    opened = centre.case(on=APRIL, specialist=centre.specialist("lawyer"))
    centre.close("2024-04")
    centre.export("2024-04", amendment=True)
    assert opened.case_id in _ids(centre, 2, "cases")
    states = [
        row.version.values["state"]
        for row in read_package(centre.package(2)).rows
        if row.version.table == "section_states"
    ]
    assert set(states) == {"reported"}


# --- Whole or not at all ------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["collect", "sign", "verify", "done"])
def test_an_export_cut_off_changes_nothing(centre: Desk, step: str) -> None:
    centre.case(on=APRIL, specialist=centre.specialist("lawyer"))
    centre.close("2024-04")

    def cut(reached: str, done: int, total: int) -> None:
        if reached == step:
            raise KeyboardInterrupt

    before = centre.count("audit_entries"), centre.count("consultations", "change > sent")
    with pytest.raises(KeyboardInterrupt):
        centre.export("2024-04", progress=cut)
    assert centre.count("packages") == 0
    after = centre.count("audit_entries"), centre.count("consultations", "change > sent")
    assert after == before
    assert centre.export("2024-04").sequence == 1


def test_the_file_is_a_copy_that_can_be_made_again(centre: Desk, tmp_path: Path) -> None:
    centre.close("2024-04")
    made = centre.export("2024-04")
    first = centre.copy(1, tmp_path / "stick")
    assert first.name == made.file_name == "pravo-astana-2024-04-A0001.xlsx"
    first.write_bytes(b"damaged")
    centre.at(2024, 6, 1).case()
    assert centre.copy(1, tmp_path / "stick").read_bytes() == centre.package(1)
    other = packages.write_copy(
        centre.session, centre.actor, sequence=1, target=tmp_path / "other.xlsx"
    )
    assert other.read_bytes() == centre.package(1)
    assert sorted(one.name for one in (tmp_path / "stick").iterdir()) == [made.file_name]


def test_a_copy_that_cannot_be_written_says_so(centre: Desk, tmp_path: Path) -> None:
    centre.close("2024-04")
    centre.export("2024-04")
    missing = tmp_path / "no such folder" / "file.xlsx"
    for sequence, target, code in (
        (1, missing, "drive_gone"),
        (2, tmp_path, "package_not_found"),
    ):
        assert (
            code_of(
                lambda sequence=sequence, target=target: packages.write_copy(  # type: ignore[misc]
                    centre.session, centre.actor, sequence=sequence, target=target
                )
            )
            == code
        )


def test_text_that_names_somebody_is_stopped_at_the_door_too(centre: Desk) -> None:
    events.save_event(
        centre.session,
        centre.actor,
        kind="round_table",
        held_on=APRIL,
        topic="О деле Тестовых",
    )
    centre.close("2024-04")
    centre.case(people=(NAMED,))
    assert code_of(lambda: centre.export("2024-04")) == "text_names_person"


# --- What stays at home -------------------------------------------------------------------------

CANARIES = (
    "Канарейкина",
    "Жібекжолы",
    "Отчествовна",
    "900315400",
    "7011234567",
    "2-17-КАН",
    "Судьяканар",
    "доверенотайна",
    "Метканарейка",
    "Специалистова",
    "AST-A-2024",
    "2024-04-17",
)


def test_no_canary_is_in_the_package_nor_at_headquarters(
    centre: Desk, headquarters: Desk, tmp_path: Path
) -> None:
    lawyer = centre.specialist("lawyer", surname="Специалистова", given_name="Жібекжолы")
    person = replace(NAMED, surname="Канарейкина", given_name="Жібекжолы", patronymic="Отчествовна")
    opened = centre.case(
        on=APRIL,
        specialist=lawyer,
        people=(HUSBAND, person, CHILD),
        label="Метканарейка",
        claims=(
            ClaimForm(
                kind="divorce",
                filed_on=date(2024, 4, 17),
                court_number="2-17-КАН",
                judge="Судьяканар",
            ),
        ),
    )
    centre.visit(opened, date(2024, 4, 18), lawyer, note="доверенотайна")
    home = " ".join(
        str(row) for table in BY_TABLE for row in centre.session.all(f"SELECT * FROM {table}")
    )
    # A note is sealed to its author already at home.
    visit = case_card(centre.session, centre.actor, opened.case_id).consultations[0]
    home += str(visit.note)
    for canary in CANARIES:
        assert canary in home, canary
    centre.close("2024-04")
    for canary in ("Канарейкиной не было", "по просьбе Специалистовой", "звонок 8 701 123 45 67"):
        reason = {"month_closed": canary}
        late = partial(centre.visit, opened, date(2024, 4, 19), lawyer, confirmed=reason)
        assert code_of(late) == "words_name_person"
    centre.visit(opened, date(2024, 4, 19), lawyer, confirmed={"month_closed": "Запись опоздала"})
    centre.export("2024-04")
    path = centre.copy(1, tmp_path)
    parts = {name: ZipFile(path).read(name) for name in ZipFile(path).namelist()}
    parts["the file"] = path.read_bytes()
    for canary in CANARIES:
        for encoded in (canary.encode(), canary.encode("utf-16-le")):
            for name, data in parts.items():
                assert encoded not in data, (canary, name)

    headquarters.trusts(centre)
    assert [one.status for one in headquarters.receive(path)] == ["accepted"]
    tables = headquarters.session.all("SELECT name FROM sqlite_master WHERE type = 'table'")
    for table in tables:
        for row in headquarters.session.all(f"SELECT * FROM {table['name']}"):
            for canary in CANARIES:
                assert canary not in str(row), (canary, table["name"])


def test_every_text_that_stays_home_is_absent_from_the_package(centre: Desk) -> None:
    """Whatever is added to a record later: a text field that does not travel is not found."""
    lawyer = centre.specialist("lawyer")
    centre.case(on=APRIL, specialist=lawyer, people=(NAMED, WIFE), label="Метка")
    planted = 0
    with centre.session.transaction():
        for record in BY_TABLE.values():
            for spec in fields_of(record):
                if spec.travels_as is None and spec.kind is str and spec.name != "number":
                    planted += centre.session.execute(
                        f"UPDATE {record.table} SET {spec.name} = 'канарейка'"
                    )
    assert planted
    centre.close("2024-04")
    centre.export("2024-04")
    (centre.workplace.folder / "copy.xlsx").write_bytes(centre.package(1))
    with ZipFile(centre.workplace.folder / "copy.xlsx") as file:
        for name in file.namelist():
            assert "канарейка".encode() not in file.read(name)


# --- After a restore ------------------------------------------------------------------------------


def test_the_first_package_after_a_restore_is_full(centre: Desk) -> None:
    lawyer = centre.specialist("lawyer")
    opened = centre.case(on=APRIL, specialist=lawyer)
    later = centre.case(on=MAY, specialist=lawyer)
    centre.close("2024-04")
    centre.export("2024-04")
    old = centre.session.installation.station
    with centre.session.transaction():
        centre.session.execute(
            "UPDATE installation SET epoch = 2, station = 'restored', replaces = ?",
            (f'["{old}"]',),
        )
    with centre.session.transaction():
        store.restamp(centre.session)
    made = centre.export("2024-04")
    assert (made.sequence, made.complete) == (2, True)
    manifest = read_package(centre.package(2)).manifest
    assert (manifest.epoch, manifest.station, manifest.replaces) == (2, "restored", (old,))
    assert _ids(centre, 2, "cases") == {opened.case_id}
    centre.close("2024-05")
    assert not centre.export("2024-05").complete
    assert _ids(centre, 3, "cases") == {later.case_id}


def test_a_station_of_the_future_obeys_its_own_clock(centre: Desk) -> None:
    assert isinstance(centre.clock, PracticeClock)
    centre.close("2024-04")
    made = centre.export("2024-04")
    assert made.made_at == "2024-05-20T07:00:00.000000Z"
    assert read_package(centre.package(1)).signed_at == datetime.fromisoformat(
        "2024-05-20T07:00:00+00:00"
    )
