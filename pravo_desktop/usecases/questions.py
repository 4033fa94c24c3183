"""Records to complete: what the lead returned with a question, and what is still unknown."""

from dataclasses import dataclass

from db.audit import write_entry
from db.search import OPEN_TO_READER
from db.session import Session
from pravo_desktop.domain.fields import fields_of
from pravo_desktop.domain.records import BY_TABLE, PERSONAL
from pravo_desktop.domain.text import normalise_text
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.access import case_of, check_access, may_open
from pravo_desktop.usecases.actor import (
    CASE,
    CENTRE,
    EVERYBODY,
    LEAD,
    RESPONSIBLE,
    Actor,
    require,
    use_case,
)
from pravo_desktop.usecases.amendments import note_answer
from pravo_desktop.usecases.came_back import bare_records

LONGEST_QUESTION = 1000
AT_ONCE = 200
"""How many records to complete a list shows at most; the rest follow when these are done."""


@dataclass(frozen=True)
class Question:
    """A record that the lead returned, or that headquarters asks about.

    Args:
        table: of the record.
        text: headquarters asks in Kazakh here and in Russian in ``text_ru``.
        field: that is asked about; empty for the record as a whole.
        case_id, number, title: of its case; None and empty where it has none.
        asked_at: ISO 8601 in UTC.
    """

    question_id: str
    table: str
    record_id: str
    text: str
    asked_at: str
    case_id: str | None
    number: str
    title: str
    text_ru: str = ""
    field: str = ""
    origin: str = "lead"


@dataclass(frozen=True)
class ToComplete:
    """A field that waits to be filled in.

    Args:
        table, record_id, field: where to jump to.
        code: ``question`` or what is unknown: ``birth_year_unknown``, ``sex_unknown``,
            ``filing_date_unknown``, ``consent_not_asked``; of what came back from packages
            ``name_not_back``, ``filing_day_not_back``.
        text: the question, otherwise nothing; headquarters asks in Russian in ``text_ru``.
        origin: who asks, lead or headquarters.
    """

    table: str
    record_id: str
    field: str
    code: str
    case_id: str | None
    number: str
    title: str
    text: str = ""
    question_id: str | None = None
    text_ru: str = ""
    origin: str = "lead"

    def question(self, language: str) -> str:
        """The question as it was put, in the reader's language where there are two."""
        return self.text_ru if self.text_ru and language != "kk" else self.text


@use_case(RESPONSIBLE, CASE)
def return_record(session: Session, actor: Actor, *, table: str, record_id: str, text: str) -> str:
    """Return a record to whoever made it, with a question; returns the question's id.

    Args:
        table: of a record that counts, not of names.

    Raises:
        KnownError: ``record_not_found``, ``case_restricted``, ``field_required``,
            ``text_too_long``.
    """
    if table not in BY_TABLE or table in PERSONAL:
        raise KnownError("record_not_found", table=table, id=record_id)
    case_id = case_of(session, table, record_id)
    if case_id:
        check_access(session, actor, case_id)
    if not session.value(f"SELECT 1 FROM {table} WHERE id = ? AND NOT deleted", (record_id,)):
        raise KnownError("record_not_found", table=table, id=record_id)
    text = normalise_text(text)
    if not text:
        raise KnownError("field_required", field="text")
    if len(text) > LONGEST_QUESTION:
        raise KnownError("text_too_long", field="text", maximum=LONGEST_QUESTION)
    question_id = new_id()
    session.execute(
        "INSERT INTO questions (id, table_name, record_id, text, asked_by, asked_at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (question_id, table, record_id, text, actor.account_id, session.now()),
    )
    write_entry(session, actor.account_id, "record_returned", table=table, record_id=record_id)
    session.changed.add("questions")
    return question_id


@use_case(EVERYBODY)
def answer_question(session: Session, actor: Actor, *, question_id: str, words: str = "") -> None:
    """Say that a returned record is right as it is; completing it answers by itself.

    The lead takes a question back in the same way. What is answered to headquarters goes with the
    next package.

    Args:
        words: why it is right, for headquarters.

    Raises:
        KnownError: ``question_not_found``, also for somebody it is not for; ``text_too_long``,
            ``words_name_person``.
    """
    asked = {one.question_id: one for one in open_questions(session, actor)}
    if question_id not in asked:
        raise KnownError("question_not_found")
    one = asked[question_id]
    if one.origin == "headquarters":
        note_answer(
            session,
            actor.account_id,
            question_id=question_id,
            table=one.table,
            record_id=one.record_id,
            answer="right",
            words=words,
        )
    session.execute(
        "UPDATE questions SET answered_at = ? WHERE id = ?", (session.now(), question_id)
    )
    write_entry(
        session, actor.account_id, "question_answered", table=one.table, record_id=one.record_id
    )
    session.changed.add("questions")


def open_questions(session: Session, actor: Actor) -> list[Question]:
    """Questions for the actor, the oldest first.

    They go to whoever entered the record or held the consultation; who asks sees all.
    """
    require(actor, EVERYBODY, "open_questions")
    everything = bool(actor.roles & RESPONSIBLE)
    found = []
    for row in session.all("SELECT * FROM questions WHERE answered_at IS NULL ORDER BY rowid"):
        table, record_id = row["table_name"], row["record_id"]
        if not everything and not _is_of(session, actor, table, record_id):
            continue
        if not session.value(f"SELECT 1 FROM {table} WHERE id = ? AND NOT deleted", (record_id,)):
            continue
        case_id = case_of(session, table, record_id)
        if case_id and not may_open(session, actor, case_id):
            continue
        number, title = _case_line(session, case_id)
        found.append(
            Question(
                row["id"],
                table,
                record_id,
                row["text"],
                row["asked_at"],
                case_id,
                number,
                title,
                row["text_ru"] or "",
                row["field"] or "",
                row["origin"],
            )
        )
    return found


def _is_of(session: Session, actor: Actor, table: str, record_id: str) -> bool:
    maker = session.value(
        "SELECT actor FROM audit_entries WHERE record_id = ? AND table_name = ? "
        "AND action = 'added' ORDER BY number",
        (record_id, table),
    )
    if maker == actor.account_id:
        return True
    staff = {spec.name for spec in fields_of(BY_TABLE[table]) if spec.parent == "staff_members"}
    return actor.staff_id is not None and any(
        session.value(f"SELECT {name} FROM {table} WHERE id = ?", (record_id,)) == actor.staff_id
        for name in staff
    )


def _case_line(session: Session, case_id: str | None) -> tuple[str, str]:
    row = session.one(
        "SELECT c.number, i.title FROM cases c JOIN case_index i ON i.case_id = c.id "
        "WHERE c.id = ?",
        (case_id,),
    )
    return (row["number"], row["title"]) if row else ("", "")


_ADULT = "p.role <> 'child'"
_UNKNOWN = (
    ("participants", "birth_year", "birth_year_unknown", "p.birth_year IS NULL"),
    ("participants", "sex", "sex_unknown", f"{_ADULT} AND p.sex = 'not_stated'"),
    ("claims", "filed_on", "filing_date_unknown", "p.filed_on IS NULL"),
    (
        "participants",
        "consent",
        "consent_not_asked",
        f"{_ADULT} AND coalesce((SELECT state FROM consents WHERE participant_id = p.id "
        "AND NOT deleted ORDER BY change DESC, id DESC LIMIT 1), 'not_asked') = 'not_asked'",
    ),
)
"""Table, field, code, and the condition on a row ``p`` under which the field is unknown."""


def records_to_complete(
    session: Session, actor: Actor, *, limit: int = AT_ONCE
) -> list[ToComplete]:
    """What waits for the actor: questions first, then what came back from packages without names
    and days, then unknown fields of this year's cases.

    A specialist is shown the cases that they consulted this year, a lead those of everybody.

    Args:
        limit: of unknown fields of each kind.
    """
    require(actor, CENTRE, "records_to_complete")
    found = [
        ToComplete(
            one.table,
            one.record_id,
            one.field or "id",
            "question",
            one.case_id,
            one.number,
            one.title,
            one.text,
            one.question_id,
            one.text_ru,
            one.origin,
        )
        for one in open_questions(session, actor)
    ]
    bare = bare_records(session, actor, limit=limit)
    found += [
        ToComplete(
            one.table,
            one.record_id,
            one.field,
            f"{one.missing}_not_back",
            one.case_id,
            one.case_number or "",
            one.title,
        )
        for one in bare
    ]
    asked = {(one.record_id, one.field) for one in bare}
    own = "" if actor.roles & LEAD else "AND specialist_id = :staff "
    for table, field, code, unknown in _UNKNOWN:
        rows = session.all(
            f"SELECT p.id, p.case_id, c.number, i.title FROM {table} p "
            "JOIN cases c ON c.id = p.case_id JOIN case_index i ON i.case_id = c.id "
            f"WHERE NOT p.deleted AND NOT c.deleted AND {unknown} AND p.case_id IN "
            "(SELECT case_id FROM consultations WHERE held_on >= :january AND NOT deleted "
            f"{own}) AND {OPEN_TO_READER.format(case='p.case_id')} "
            "ORDER BY c.number, p.id LIMIT :limit",
            {
                "january": session.clock.today().replace(month=1, day=1).isoformat(),
                "staff": actor.staff_id,
                "reader": actor.account_id,
                "limit": limit,
            },
        )
        found += [
            ToComplete(table, row["id"], field, code, row["case_id"], row["number"], row["title"])
            for row in rows
            if (row["id"], field) not in asked
        ]
    return found
