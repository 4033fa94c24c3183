"""Each change of a record is a new version; what did not change is none."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from db import store
from db.session import Session
from pravo_desktop.clock import PracticeClock
from pravo_desktop.domain.fields import fields_of
from pravo_desktop.domain.records import RECORDS, Advice, Note, StaffMember, Vacancy
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import BugError, KnownError
from tests.db.conftest import STATION

ACTOR = "somebody"


def _staff() -> StaffMember:
    return StaffMember(id=new_id(), profession="lawyer", employed_from=date(2024, 1, 1))


def _row(session: Session, record: StaffMember) -> dict[str, object]:
    row = session.one("SELECT * FROM staff_members WHERE id = ?", (record.id,))
    assert row is not None
    return row


def _save(session: Session, record: StaffMember) -> bool:
    with session.transaction():
        return store.save(session, ACTOR, record)


def test_a_new_record_is_its_first_version_stamped_with_station_and_epoch(session: Session) -> None:
    record = _staff()
    with session.transaction():
        store.add(session, ACTOR, record)
    row = _row(session, record)
    assert (row["revision"], row["epoch"], row["station"], row["deleted"]) == (1, 1, STATION, 0)
    assert row["changed_at"] == "2024-05-20T07:00:00.000000Z"
    assert store.get(session, StaffMember, record.id) == record


def test_each_change_is_the_next_version(session: Session) -> None:
    record = _staff()
    _save(session, record)
    for revision, rate in enumerate((50, 75, 100), start=2):
        assert _save(session, replace(record, rate_percent=rate))
        assert _row(session, record)["revision"] == revision


def test_saving_the_same_again_makes_no_version_and_no_history(session: Session) -> None:
    record = _staff()
    _save(session, record)
    before = _row(session, record), session.value("SELECT count(*) FROM audit_entries")
    assert not _save(session, record)
    assert (_row(session, record), session.value("SELECT count(*) FROM audit_entries")) == before


def test_the_counter_of_changes_goes_up_once_a_transaction_whatever_the_clock(
    session: Session,
) -> None:
    first, second, third = _staff(), _staff(), _staff()
    with session.transaction():
        store.add(session, ACTOR, first, second)
    assert isinstance(session.clock, PracticeClock)
    session.clock.set(datetime(2023, 1, 1))
    _save(session, third)
    changes = [_row(session, one)["change"] for one in (first, second, third)]
    assert changes == [1, 1, 2]
    assert str(_row(session, third)["changed_at"]) < str(_row(session, first)["changed_at"])


def test_a_deleted_record_is_a_tombstone_that_keeps_its_values(session: Session) -> None:
    record = _staff()
    _save(session, record)
    with session.transaction():
        store.delete(session, ACTOR, StaffMember, record.id)
    row = _row(session, record)
    assert (row["deleted"], row["revision"], row["profession"]) == (1, 2, "lawyer")
    assert store.find(session, StaffMember) == []
    with pytest.raises(KnownError, match="record_not_found"):
        store.get(session, StaffMember, record.id)
    with pytest.raises(KnownError, match="record_not_found"), session.transaction():
        store.delete(session, ACTOR, StaffMember, record.id)


def test_a_deleted_record_that_is_saved_again_lives(session: Session) -> None:
    record = _staff()
    _save(session, record)
    with session.transaction():
        store.delete(session, ACTOR, StaffMember, record.id)
    assert _save(session, record)
    assert _row(session, record)["revision"] == 3
    assert store.get(session, StaffMember, record.id) == record


def test_lists_and_dates_come_back_as_they_were(session: Session) -> None:
    vacancy = Vacancy(
        id=new_id(),
        profession="mediator",
        opened_on=date(2024, 2, 29),
        notices=(date(2024, 3, 1), date(2024, 3, 8)),
    )
    with session.transaction():
        store.add(session, ACTOR, vacancy)
    assert store.get(session, Vacancy, vacancy.id) == vacancy
    assert store.records_by_id(session, Vacancy, [new_id(), vacancy.id]) == [vacancy]


def test_a_record_outside_a_transaction_is_a_bug(session: Session) -> None:
    with pytest.raises(BugError):
        store.add(session, ACTOR, _staff())
    assert session.value("SELECT count(*) FROM staff_members") == 0


def test_a_child_without_its_parent_is_not_stored(session: Session) -> None:
    advice = Advice(id=new_id(), held_on=date(2024, 5, 2), specialist_id=new_id())
    with pytest.raises(Exception, match="FOREIGN KEY"), session.transaction():
        store.add(session, ACTOR, advice)


def test_the_history_of_a_note_says_that_it_changed_and_not_what_it_says(session: Session) -> None:
    assert Note.table in {record.table for record in RECORDS}
    note = Note(id=new_id(), author=ACTOR, sealed="1:AAAA")
    with session.transaction():
        session.execute("PRAGMA defer_foreign_keys = ON")
        store.add(session, ACTOR, note)
        assert session.value("SELECT content FROM audit_values") == "{}"
        assert session.value("SELECT action FROM audit_entries") == "added"
        session.execute("DELETE FROM notes")


def test_after_a_restored_backup_every_record_is_of_the_new_station_and_unsent(
    session: Session,
) -> None:
    record = _staff()
    _save(session, record)
    with session.transaction():
        session.execute("UPDATE staff_members SET sent = change")
        session.execute("UPDATE installation SET epoch = 2, station = 'b'")
    with session.transaction():
        store.restamp(session)
    row = _row(session, record)
    assert (row["epoch"], row["station"], row["revision"]) == (2, "b", 1)
    assert session.value("SELECT count(*) FROM staff_members WHERE change > sent") == 1


def test_own_views_show_living_records_and_months_where_only_months_travel(
    session: Session,
) -> None:
    living, gone = _staff(), _staff()
    with session.transaction():
        store.add(session, ACTOR, living, gone)
        store.delete(session, ACTOR, StaffMember, gone.id)
    store.create_views(session)
    assert session.all("SELECT centre, id FROM own_staff_members") == [
        {"centre": "astana", "id": living.id}
    ]
    columns = {row["name"] for row in session.all("PRAGMA table_info(own_claims)")}
    assert "filed_month" in columns and "filed_on" not in columns
    for record in RECORDS:
        names = {row["name"] for row in session.all(f"PRAGMA table_info(own_{record.table})")}
        home = {spec.name for spec in fields_of(record) if spec.travels_as is None}
        assert not names & home
