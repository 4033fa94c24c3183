"""Saving a consultation against the same rows written in a bare transaction."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count

from db.engine import open_engine
from pravo_desktop.data_folder import DATABASE
from pravo_desktop.domain.versions import new_id
from pravo_desktop.usecases.cases import ConsultationForm, open_case, record_consultation
from pravo_desktop.usecases.participants import ParticipantForm
from pravo_desktop.usecases.staff import save_staff_member
from tools.bench.made import fresh_workplace
from tools.bench.measure import Measured, compare

ROUNDS = 200
TABLES = ("consultations", "audit_entries", "audit_values", "case_index", "case_words")


def save_consultation() -> Measured:
    """One consultation of a known couple: its row, its history, its line in the search index."""
    with fresh_workplace("astana", datetime(2024, 5, 20)) as (made, session):
        staff = save_staff_member(
            session, made.actor, profession="lawyer", employed_from=date(2020, 1, 1)
        )
        case = open_case(
            session,
            made.actor,
            kind="married",
            participants=(ParticipantForm(role="husband"), ParticipantForm(role="wife")),
        )
        form = ConsultationForm(specialist_id=staff, attendees=case.participants)

        days = (date(2024, 5, 6) - timedelta(days=number) for number in count())

        def ours() -> None:
            visit = replace(form, held_on=next(days))
            record_consultation(session, made.actor, case_id=case.case_id, consultation=visit)

        ours()
        shapes = {
            table: next(session.rows(f"SELECT * FROM {table} ORDER BY rowid DESC LIMIT 1"))
            for table in TABLES[:4]
        }
        words = list(session.rows("SELECT * FROM case_words"))
        key = made._keys.database_key
        bare = open_engine(made.folder / DATABASE, key).raw_connection().driver_connection
        assert bare is not None
        bare.execute("PRAGMA foreign_keys = OFF")
        marks = {table: ", ".join("?" * len(row)) for table, row in shapes.items()}
        bare.execute("CREATE TABLE bare_audit_entries AS SELECT * FROM audit_entries WHERE 0")
        bare.execute("CREATE TABLE bare_audit_values AS SELECT * FROM audit_values WHERE 0")

        def floor() -> None:
            bare.execute("BEGIN IMMEDIATE")
            bare.execute(
                f"INSERT INTO consultations VALUES ({marks['consultations']})",
                (new_id(), *shapes["consultations"][1:]),
            )
            for table in ("audit_entries", "audit_values"):
                bare.execute(f"INSERT INTO bare_{table} VALUES ({marks[table]})", shapes[table])
            bare.execute("DELETE FROM case_words WHERE n = ?", shapes["case_index"][:1])
            bare.execute("DELETE FROM case_index WHERE n = ?", shapes["case_index"][:1])
            bare.execute(
                f"INSERT INTO case_index VALUES ({marks['case_index']})", shapes["case_index"]
            )
            bare.executemany("INSERT INTO case_words VALUES (?, ?)", words)
            bare.execute("COMMIT")

        return compare("saving a consultation", floor, ours, bound=3, rounds=ROUNDS)
