"""Keeping a record: what every use case that writes one does in the same way."""

from collections.abc import Collection, Iterable
from datetime import date
from functools import partial
from typing import TypeVar

from db import store
from db.session import Session
from pravo_desktop.domain.accounting import ACCOUNTING_DATE, claim_date
from pravo_desktop.domain.fields import fields_of, from_row
from pravo_desktop.domain.records import (
    BY_TABLE,
    LONGEST_REASON,
    PERSONAL,
    Case,
    Claim,
    Consultation,
    Identity,
    Participant,
    Record,
    SurveySheet,
)
from pravo_desktop.domain.validation import Finding, check, normalised
from pravo_desktop.errors import KnownError
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.access import check_record_access
from pravo_desktop.usecases.actor import Actor, Confirmed
from pravo_desktop.usecases.amendments import note_amendment, note_answer

R = TypeVar("R", bound=Record)

_LEARNED_LATER = {
    "claims": {"result"},
    "mediations": {"meetings", "result", "agreement_on"},
    "publications": {"views", "views_on"},
    "staff_members": {"employed_to"},
    "vacancies": {"closed_on", "notices"},
    "videos": {"views", "views_on"},
}
"""Fields that are filled in as time goes on; they correct nothing in a closed month."""


_IN_USE = frozenset({"events", "printed_materials", "staff_members"})
"""Tables of records that are not removed while other living records name them."""

_GO_WITH_THEIR_EVENT = "survey_sheets"


def known_keys(session: Session, classifier: str) -> Collection[str]:
    """The keys of a classifier; regions with those that headquarters added."""
    lists = classifiers()
    if classifier == "region":
        added = session.all(
            "SELECT key FROM regions WHERE NOT deleted UNION SELECT key FROM received_regions"
        )
        return {*lists.regions, *(row["key"] for row in added)}
    if classifier == "section":
        return lists.sections
    return lists.kinds[classifier]


def keep(
    session: Session,
    actor: Actor,
    record: R,
    findings: Iterable[Finding] = (),
    confirmed: Confirmed | None = None,
    *,
    moves: bool = False,
) -> R:
    """Check a record and store it, new or changed; returns it as it was stored.

    Args:
        moves: it may go to another case, as when two cases are joined.

    Raises:
        KnownError: ``case_restricted``; the first error's code with its field;
            ``confirmation_needed`` with the warnings that no reason was given for.
    """
    check_record_access(session, actor, record)
    record = normalised(record)
    found = [*check(record, partial(known_keys, session), session.clock.today()), *findings]
    found += check_parents(session, record, moves=moves)
    found += closed_month_findings(session, actor, record)
    reasons = settle(found, confirmed)
    if store.save(session, actor.account_id, record):
        _answer_questions(session, actor, record)
    remember_reasons(session, actor, record, reasons)
    note_stale_case(session, record)
    return record


def _answer_questions(session: Session, actor: Actor, record: Record) -> None:
    """Whoever completes a record that was returned has answered its question."""
    answered = session.all(
        "UPDATE questions SET answered_at = ? "
        "WHERE record_id = ? AND answered_at IS NULL "
        "AND (asked_by <> ? OR origin = 'headquarters') RETURNING id, origin",
        (session.now(), record.id, actor.account_id),
    )
    for one in answered:
        session.changed.add("questions")
        if one["origin"] == "headquarters":
            note_answer(
                session,
                actor.account_id,
                question_id=one["id"],
                table=record.table,
                record_id=record.id,
                answer="corrected",
            )


def remove(
    session: Session,
    actor: Actor,
    record: type[Record],
    record_id: str,
    confirmed: Confirmed | None = None,
    told: str | None = None,
) -> None:
    """Put a tombstone on a record; in a closed month the lead gives a reason.

    Args:
        told: what headquarters is told in the place of the reason.

    Raises:
        KnownError: ``record_not_found``, ``case_restricted``, ``record_in_use``,
            ``month_closed``; ``confirmation_needed``, also for an event with survey sheets.
    """
    known = store.get(session, record, record_id)
    check_record_access(session, actor, known)
    found = closed_month_findings(session, actor, known, removed=True)
    reasons = settle([*found, *_children_findings(session, known)], confirmed)
    store.delete(session, actor.account_id, record, record_id)
    remember_reasons(session, actor, known, reasons, told)
    note_stale_case(session, known)


def restore(
    session: Session,
    actor: Actor,
    record: type[Record],
    record_id: str,
    confirmed: Confirmed | None = None,
) -> None:
    """Let a removed record live again as it was.

    Raises:
        KnownError: ``record_not_found`` when it was not removed; otherwise as `keep`.
    """
    row = session.one(f"SELECT * FROM {record.table} WHERE id = ? AND deleted", (record_id,))
    if row is None:
        raise KnownError("record_not_found", table=record.table, id=record_id)
    keep(session, actor, from_row(record, row), (), confirmed)


def _children_findings(session: Session, record: Record) -> list[Finding]:
    """What stands against removing a record that others name; sheets go with their event."""
    if record.table not in _IN_USE:
        return []
    findings = []
    for table, child in BY_TABLE.items():
        for spec in fields_of(child)[1:]:
            if spec.parent != record.table:
                continue
            living = session.value(
                f"SELECT count(*) FROM {table} WHERE {spec.name} = ? AND NOT deleted", (record.id,)
            )
            if living and table == _GO_WITH_THEIR_EVENT:
                found = Finding("sheets_go_too", "id", warning=True, params={"number": living})
                findings.append(found)
            elif living:
                findings.append(Finding("record_in_use", "id", params={"number": living}))
    return findings


def settle(findings: Iterable[Finding], confirmed: Confirmed | None) -> list[tuple[Finding, str]]:
    """The warnings with the reasons given for them.

    Raises:
        KnownError: as `keep`.
    """
    listed = list(findings)
    errors = [finding for finding in listed if not finding.warning]
    if errors:
        first = errors[0]
        raise KnownError(first.code, field=first.field, findings=_as_data(errors), **first.params)
    reasons = {code: reason.strip() for code, reason in (confirmed or {}).items()}
    open_ones = [finding for finding in listed if not reasons.get(finding.code)]
    if open_ones:
        raise KnownError("confirmation_needed", findings=_as_data(open_ones))
    for finding in listed:
        if len(reasons[finding.code]) > LONGEST_REASON:
            raise KnownError("text_too_long", field="reason", maximum=LONGEST_REASON)
    return [(finding, reasons[finding.code]) for finding in listed]


def _as_data(findings: Iterable[Finding]) -> list[dict[str, object]]:
    return [{"code": f.code, "field": f.field, **f.params} for f in findings]


def remember_reasons(
    session: Session,
    actor: Actor,
    record: Record,
    reasons: Iterable[tuple[Finding, str]],
    told: str | None = None,
) -> None:
    """Keep why a warning was let pass; why a closed month was changed travels as an amendment.

    Args:
        record: as it was stored.
        told: what headquarters is told in the place of the reason.

    Raises:
        KnownError: ``words_name_person`` in a reason that travels.
    """
    for finding, reason in reasons:
        session.execute(
            "INSERT INTO confirmed_warnings "
            "(table_name, record_id, code, field, reason, actor, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                record.table,
                record.id,
                finding.code,
                finding.field,
                reason,
                actor.account_id,
                session.now(),
            ),
        )
        if finding.code == "month_closed":
            month = str(finding.params["month"])
            note_amendment(session, actor.account_id, record, month=month, reason=told or reason)


def check_parents(session: Session, record: Record, *, moves: bool = False) -> list[Finding]:
    """Every parent that the record names is there and lives; nothing moves to another case.

    Args:
        moves: except this one.
    """
    findings = []
    for spec in fields_of(type(record)):
        value = getattr(record, spec.name)
        if spec.parent and value is not None:
            found = session.value(
                f"SELECT 1 FROM {spec.parent} WHERE id = ? AND NOT deleted", (value,)
            )
            moved = (
                spec.name == "case_id"
                and not moves
                and session.value(
                    f"SELECT 1 FROM {record.table} WHERE id = ? AND case_id <> ?",
                    (record.id, value),
                )
            )
            if moved or not found:
                findings.append(Finding("parent_not_found", spec.name))
    return findings


def first_visit(session: Session, case_id: str) -> date | None:
    """The day of a case's first consultation; a case is opened on it."""
    found = session.value(
        "SELECT min(held_on) FROM consultations WHERE case_id = ? AND NOT deleted", (case_id,)
    )
    return date.fromisoformat(found) if found else None


def accounting_date(session: Session, record: Record) -> date | None:
    """The day by which a record is counted; None where it belongs to no month.

    A record's own date; for what describes a case or its people, the case's first consultation
    or, before it, the day of registration; for a claim see `domain.accounting.claim_date`.
    """
    own = ACCOUNTING_DATE.get(record.table)
    if own is not None:
        value = getattr(record, own)
        return date.fromisoformat(f"{value}-01") if isinstance(value, str) else value
    if isinstance(record, Case):
        return first_visit(session, record.id) or record.registered_on
    if isinstance(record, Participant):
        return _case_date(session, record.case_id)
    if isinstance(record, Claim):
        return claim_date(record.filed_on, _case_date(session, record.case_id))
    if isinstance(record, SurveySheet):
        held = session.value("SELECT held_on FROM events WHERE id = ?", (record.event_id,))
        return date.fromisoformat(held) if held else None
    return None


def _case_date(session: Session, case_id: str) -> date | None:
    case = store.find(session, Case, "id = :id", {"id": case_id})
    return (first_visit(session, case_id) or case[0].registered_on) if case else None


def closed_month_findings(
    session: Session, actor: Actor, record: Record, *, removed: bool = False
) -> list[Finding]:
    """A closed month is changed by the lead alone, with a reason; others get an error.

    Personal data counts in no month; both the old and the new date of a record are looked at.
    A record kept as it was changes no month, unless it is ``removed``; nor does what is learned
    in the course of time, such as the end of an employment.
    """
    if record.table in PERSONAL:
        return []
    days = {accounting_date(session, record)}
    old = store.find(session, type(record), "id = :id", {"id": record.id})
    if old and not removed:
        changed = {
            spec.name
            for spec in fields_of(type(record))
            if getattr(old[0], spec.name) != getattr(record, spec.name)
        }
        if changed <= _LEARNED_LATER.get(record.table, set()):
            return []
    if old:
        days.add(accounting_date(session, old[0]))
    field = ACCOUNTING_DATE.get(record.table, "id")
    return [
        Finding("month_closed", field, warning=actor.responsible, params={"month": month})
        for month in sorted({f"{day:%Y-%m}" for day in days if day})
        if session.value("SELECT 1 FROM closed_months WHERE month = ?", (month,))
    ]


def note_stale_case(session: Session, record: Record) -> None:
    """Remember the case whose line in the search index a record changes."""
    if isinstance(record, Case):
        session.stale_cases.add(record.id)
    elif isinstance(record, Identity):
        session.stale_cases.add(store.get(session, Participant, record.id).case_id)
    elif isinstance(record, Participant | Consultation):
        session.stale_cases.add(record.case_id)
