"""Why a closed month was changed, and what is answered to headquarters: both leave with a package.

Neither may name anybody: the words are looked through when they are typed, and again when a month
is closed or a package is made, since a name may be entered after them.
"""

import json
from collections.abc import Collection
from dataclasses import replace

from db import store
from db.audit import erase_values
from db.session import Session
from pravo_desktop.domain.fields import to_row
from pravo_desktop.domain.records import LONGEST_REASON, Amendment, Answer, Record
from pravo_desktop.domain.sections import section_of
from pravo_desktop.domain.text import normalise_text
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.actor import RESPONSIBLE, Actor, require, use_case
from pravo_desktop.usecases.travelling_text import check_words

PERSONAL_DATA, IMPORT_UNDONE = "personal_data", "import_undone"
"""Keys of ``amendment_reason``, which travel where the reason's own words stay here."""


def note_amendment(
    session: Session, account_id: str, record: Record, *, month: str, reason: str
) -> None:
    """Keep why a record of a closed month was changed, in the transaction that changed it.

    Args:
        record: as it was stored.
        month: that is closed and changes, ``YYYY-MM``.
        reason: a key of ``amendment_reason`` or the lead's own words.

    Raises:
        KnownError: ``words_name_person``.
    """
    words = normalise_text(reason)
    looked_through = session.value(
        "SELECT 1 FROM amendments WHERE change = ? AND change > sent AND reason = ?",
        (session.next_change(), words),
    )
    if not looked_through:
        check_words(session, words, "reason_month_closed")
    revision = session.value(f"SELECT revision FROM {record.table} WHERE id = ?", (record.id,))
    store.add(
        session,
        account_id,
        Amendment(
            id=new_id(),
            month=month,
            section=section_of(record.table, to_row(record)),
            record_table=record.table,
            record_id=record.id,
            record_revision=revision,
            changed_on=session.clock.today(),
            reason=words,
        ),
    )


def note_answer(
    session: Session,
    account_id: str,
    *,
    question_id: str,
    table: str,
    record_id: str,
    answer: str,
    words: str = "",
) -> None:
    """Keep what the centre answers to a question of headquarters.

    Args:
        answer: right or corrected.
        words: of who says so; may be empty.

    Raises:
        KnownError: ``text_too_long``, ``words_name_person``.
    """
    said = _tidy(session, words) if words.strip() else None
    store.add(
        session,
        account_id,
        Answer(
            id=new_id(),
            question_id=question_id,
            record_table=table,
            record_id=record_id,
            answered_on=session.clock.today(),
            answer=answer,
            words=said,
        ),
    )


def _tidy(session: Session, words: str) -> str:
    said = normalise_text(words)
    if not said:
        raise KnownError("field_required", field="words")
    if len(said) > LONGEST_REASON:
        raise KnownError("text_too_long", field="words", maximum=LONGEST_REASON)
    check_words(session, said, "words")
    return said


def words_of(session: Session, actor: Actor, *, table: str, record_id: str) -> str:
    """The words of an amendment or an answer, for who is to write them anew.

    Args:
        table: amendments or answers.

    Raises:
        KnownError: ``record_not_found``.
    """
    require(actor, RESPONSIBLE, "words_of")
    if table == Amendment.table:
        return store.get(session, Amendment, record_id).reason
    return store.get(session, Answer, record_id).words or ""


@use_case(RESPONSIBLE)
def reword(session: Session, actor: Actor, *, table: str, record_id: str, words: str) -> None:
    """Write the words of an amendment or an answer anew, after they turned out to name somebody.

    Args:
        table: amendments or answers.

    Raises:
        KnownError: ``record_not_found``, ``field_required``, ``text_too_long``,
            ``words_name_person``.
    """
    said = _tidy(session, words)
    known: Amendment | Answer
    if table == Amendment.table:
        known = replace(store.get(session, Amendment, record_id), reason=said)
    else:
        known = replace(store.get(session, Answer, record_id), words=said)
    store.save(session, actor.account_id, known)


def forget_words(session: Session, account_id: str, record_ids: Collection[str]) -> None:
    """Take out of amendments and answers what was said of these records."""
    theirs = "record_id IN (SELECT value FROM json_each(:ids))"
    ids = {"ids": json.dumps(list(record_ids))}
    for amendment in store.find(session, Amendment, theirs, ids):
        store.save(session, account_id, replace(amendment, reason=PERSONAL_DATA))
        erase_values(session, Amendment.table, amendment.id)
    for answer in store.find(session, Answer, theirs, ids):
        store.save(session, account_id, replace(answer, words=None))
        erase_values(session, Answer.table, answer.id)
