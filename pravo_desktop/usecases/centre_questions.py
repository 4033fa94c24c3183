"""Headquarters' questions to a centre about its rows; they go with the next receipt."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from db.audit import write_entry
from db.session import Session
from pravo_desktop.domain.fields import travelling_columns
from pravo_desktop.domain.records import NATIONAL_TABLES
from pravo_desktop.domain.text import normalise_text
from pravo_desktop.domain.versions import new_id, row_code
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.actor import COORDINATOR, Actor, require, use_case
from pravo_desktop.usecases.questions import LONGEST_QUESTION

OPEN, ANSWERED, SETTLED, WITHDRAWN = "open", "answered", "settled", "withdrawn"
_IIN = re.compile(r"\d{12}")
_CODE_DIGITS = 10


@dataclass(frozen=True)
class CentreQuestion:
    """A question to a centre.

    Args:
        row_code: by which people tell each other the record.
        field: the column that is asked about; None for the record as a whole.
        asked_at: ISO 8601 in UTC.
        status: open; answered; settled, since the row came again and is another; withdrawn.
        answer: what the centre says, a key of ``answer``; None while it says nothing.
        words: of who says so at the centre.
    """

    question_id: str
    centre: str
    table: str
    record_id: str
    row_code: str
    field: str | None
    question_kk: str
    question_ru: str
    asked_at: str
    status: str
    answer: str | None = None
    words: str = ""


@dataclass(frozen=True)
class FoundRecord:
    """A record of a centre as headquarters holds it."""

    table: str
    record_id: str


@use_case(COORDINATOR)
def ask_centre(
    session: Session,
    actor: Actor,
    *,
    centre: str,
    table: str,
    record_id: str,
    question_kk: str,
    question_ru: str,
    field: str | None = None,
) -> str:
    """Ask a centre about a row that counts; returns the question's id.

    Args:
        table: of a record that travels from centres.
        field: one of its travelling columns.
        question_kk, question_ru: the same in both languages, without names and numbers of people.

    Raises:
        KnownError: ``record_not_found``, ``field_required``, ``text_too_long``,
            ``text_contains_iin``, ``key_unknown`` for a field that does not travel.
    """
    columns = travelling_columns(table) if table not in NATIONAL_TABLES else ()
    held = session.value(
        "SELECT row_hash FROM merged_rows WHERE centre = ? AND table_name = ? AND record_id = ? "
        "AND NOT deleted",
        (centre, table, record_id),
    )
    if not columns or held is None:
        raise KnownError("record_not_found", table=table, id=record_id)
    if field is not None and field not in columns:
        raise KnownError("key_unknown", field="field", key=field)
    kk = _checked(question_kk, "question_kk")
    ru = _checked(question_ru, "question_ru")
    question_id = new_id()
    session.execute(
        "INSERT INTO centre_questions (id, centre, table_name, record_id, field, question_kk, "
        "question_ru, row_hash, asked_by, asked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            question_id,
            centre,
            table,
            record_id,
            field,
            kk,
            ru,
            held,
            actor.account_id,
            session.now(),
        ),
    )
    write_entry(session, actor.account_id, "centre_asked", table=table, record_id=record_id)
    session.changed.add("centre_questions")
    return question_id


def _checked(text: str, field: str) -> str:
    tidy = normalise_text(text)
    if not tidy:
        raise KnownError("field_required", field=field)
    if len(tidy) > LONGEST_QUESTION:
        raise KnownError("text_too_long", field=field, maximum=LONGEST_QUESTION)
    if _IIN.search(tidy):
        raise KnownError("text_contains_iin", field=field)
    return tidy


@use_case(COORDINATOR)
def withdraw_question(session: Session, actor: Actor, *, question_id: str) -> None:
    """Take a question back; the next receipt does not hold it any more.

    Raises:
        KnownError: ``question_not_found``.
    """
    row = session.one(
        "SELECT * FROM centre_questions WHERE id = ? AND withdrawn_at IS NULL", (question_id,)
    )
    if row is None:
        raise KnownError("question_not_found")
    session.execute(
        "UPDATE centre_questions SET withdrawn_at = ? WHERE id = ?", (session.now(), question_id)
    )
    write_entry(
        session,
        actor.account_id,
        "centre_question_withdrawn",
        table=row["table_name"],
        record_id=row["record_id"],
    )
    session.changed.add("centre_questions")


def centre_questions(
    session: Session,
    actor: Actor,
    *,
    centre: str | None = None,
    statuses: Collection[str] = (OPEN, ANSWERED, SETTLED, WITHDRAWN),
) -> list[CentreQuestion]:
    """The questions to a centre, or to all, the oldest first."""
    require(actor, COORDINATOR, "centre_questions")
    rows = session.all(
        "SELECT q.*, m.row_hash AS now_hash, m.deleted, a.answer, a.words, "
        "max(a.answered_on || a.id) FROM centre_questions q "
        "LEFT JOIN merged_rows m ON m.centre = q.centre AND m.table_name = q.table_name "
        "AND m.record_id = q.record_id "
        "LEFT JOIN merged_answers a ON a.centre = q.centre AND a.question_id = q.id "
        "WHERE :centre IS NULL OR q.centre = :centre GROUP BY q.id ORDER BY q.asked_at, q.id",
        {"centre": centre},
    )
    found = []
    for row in rows:
        status = _status(row)
        if status in statuses:
            found.append(
                CentreQuestion(
                    question_id=row["id"],
                    centre=row["centre"],
                    table=row["table_name"],
                    record_id=row["record_id"],
                    row_code=row_code(row["record_id"]),
                    field=row["field"],
                    question_kk=row["question_kk"],
                    question_ru=row["question_ru"],
                    asked_at=row["asked_at"],
                    status=status,
                    answer=row["answer"],
                    words=row["words"] or "",
                )
            )
    return found


def _status(row: Mapping[str, Any]) -> str:
    if row["withdrawn_at"]:
        return WITHDRAWN
    if row["now_hash"] != row["row_hash"] or row["deleted"]:
        return SETTLED
    return ANSWERED if row["answer"] else OPEN


def records_by_code(session: Session, actor: Actor, *, centre: str, code: str) -> list[FoundRecord]:
    """The living records of a centre with a row code, as it is read over the phone."""
    require(actor, COORDINATOR, "records_by_code")
    digits = "".join(code.split()).lower()
    if len(digits) != _CODE_DIGITS or not set(digits) <= set("0123456789abcdef"):
        return []
    rows = session.all(
        "SELECT table_name, record_id FROM merged_rows WHERE centre = ? AND NOT deleted "
        "AND substr(replace(record_id, '-', ''), -10) = ? ORDER BY table_name",
        (centre, digits),
    )
    return [
        FoundRecord(row["table_name"], row["record_id"])
        for row in rows
        if row["table_name"] not in NATIONAL_TABLES
    ]
