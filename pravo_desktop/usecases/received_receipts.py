"""Receipts at a centre: judging one, taking it over, and what the last one says."""

import hashlib
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from db.audit import write_entry
from db.session import Session
from exports.receipt.content import ReceiptHead
from exports.receipt.reader import ReceivedReceipt, read_head, read_verified, verified_receipt
from pravo_desktop.domain.fields import fields_of, travelling_columns
from pravo_desktop.domain.periods import Month
from pravo_desktop.domain.records import BY_TABLE, NATIONAL_TABLES, RECEIVED_LISTS
from pravo_desktop.errors import KnownError
from pravo_desktop.security.certificates import read_fingerprint
from pravo_desktop.usecases.access import case_of
from pravo_desktop.usecases.actor import CENTRE, LEAD, Actor, require, use_case
from pravo_desktop.usecases.deadlines import due_on
from pravo_desktop.usecases.inbox import read_file

NEW, ALREADY, UNTRUSTED = "new", "already", "untrusted"


@dataclass(frozen=True)
class PackageStatus:
    """What became of a package at headquarters.

    Args:
        status: accepted, refused, held or replaced.
        reason: by language, where there is one.
    """

    sha256: str
    month: str
    sequence: int
    status: str
    received_on: str
    late: bool
    reason: Mapping[str, str]


@dataclass(frozen=True)
class AskedRow:
    """A question of headquarters.

    Args:
        number: of the case that the row belongs to; empty where it has none or is not here.
        known: whether the row is in this data folder.
    """

    question_id: str
    table: str
    record_id: str
    row_code: str
    field: str | None
    question: Mapping[str, str]
    number: str
    known: bool


@dataclass(frozen=True)
class JudgedReceipt:
    """A receipt that may be imported, or that waits for its key to be compared.

    Args:
        status: new; already, when it is the one imported last; untrusted.
        number, made_at: from the manifest.
        packages, questions: nothing of an untrusted one is shown.
        plan: targets, ``lists`` rows of the other lists.
    """

    status: str
    file: str
    number: int
    made_at: str
    fingerprint: str
    packages: tuple[PackageStatus, ...] = ()
    questions: tuple[AskedRow, ...] = ()
    plan: int = 0
    lists: int = 0


@dataclass(frozen=True)
class TrustedHeadquarters:
    """A key of headquarters that this centre trusts, or trusted until ``revoked_at``."""

    fingerprint: str
    added_at: str
    revoked_at: str | None


def judge_receipt(
    session: Session, actor: Actor, *, path: Path, compared: str | None = None
) -> JudgedReceipt:
    """Verify a receipt and say what it holds; changes nothing.

    Args:
        compared: see `import_receipt`; an unknown key is then taken for known.

    Raises:
        KnownError: as `import_receipt`, but for ``signer_unknown``.
    """
    require(actor, LEAD, "judge_receipt")
    return _judged(session, path, compared)[0]


@use_case(LEAD)
def import_receipt(
    session: Session, actor: Actor, *, path: Path, compared: str | None = None
) -> JudgedReceipt:
    """Take over what headquarters says, and replace what it said before.

    Importing the same receipt again changes nothing. Questions that the receipt does not name any
    more are closed.

    Args:
        compared: the fingerprint of its signer, once two people compared it by phone; the key is
            then trusted from now on.

    Raises:
        KnownError: ``file_not_found``; what `exports.receipt.reader` refuses; ``practice_receipt``,
            ``receipt_of_another_centre``, ``key_revoked``, ``signer_unknown``, ``receipt_older``,
            ``receipt_number_taken``, ``fingerprint_malformed``, ``fingerprint_differs``.
    """
    judged, receipt = _judged(session, path, compared)
    if receipt is None:
        raise KnownError("signer_unknown", fingerprint=judged.fingerprint)
    if compared is not None:
        trust_headquarters(session, actor, receipt.fingerprint)
    if judged.status == ALREADY:
        return judged
    session.execute(
        "INSERT INTO received_receipts VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            receipt.sha256,
            receipt.head.station,
            receipt.head.number,
            receipt.fingerprint,
            receipt.head.made_at,
            session.now(),
            actor.account_id,
            path.name,
        ),
    )
    _take_over_statuses(session, receipt)
    _take_over_lists(session, receipt)
    _take_over_questions(session, actor, receipt)
    write_entry(session, actor.account_id, "receipt_imported", record_id=receipt.sha256)
    session.changed |= {"received_receipts", "questions", "packages"}
    return judged


@use_case(LEAD)
def revoke_headquarters(session: Session, actor: Actor, *, fingerprint: str) -> None:
    """Trust a key of headquarters no more; what it signed before stays as it was taken over.

    Raises:
        KnownError: ``fingerprint_malformed``, ``signer_unknown``.
    """
    tidy = read_fingerprint(fingerprint)
    known = session.one("SELECT * FROM trusted_headquarters WHERE fingerprint = ?", (tidy,))
    if known is None:
        raise KnownError("signer_unknown", fingerprint=tidy)
    if not known["revoked_at"]:
        session.execute(
            "UPDATE trusted_headquarters SET revoked_at = ? WHERE fingerprint = ?",
            (session.now(), tidy),
        )
        write_entry(session, actor.account_id, "headquarters_key_revoked", record_id=tidy)
        session.changed.add("trusted_headquarters")


def trusted_headquarters(session: Session, actor: Actor) -> list[TrustedHeadquarters]:
    """The keys of headquarters that were ever compared here."""
    require(actor, LEAD, "trusted_headquarters")
    rows = session.all(
        "SELECT fingerprint, added_at, revoked_at FROM trusted_headquarters ORDER BY added_at"
    )
    return [TrustedHeadquarters(**row) for row in rows]


def package_statuses(session: Session, actor: Actor) -> dict[str, PackageStatus]:
    """What became of this station's packages, by their SHA-256; nothing before a receipt."""
    require(actor, LEAD, "package_statuses")
    rows = session.all(
        "SELECT s.*, p.month, p.sequence FROM received_statuses s "
        "JOIN packages p ON p.sha256 = s.sha256"
    )
    return {row["sha256"]: _status_of(row) for row in rows}


def received_deadline(session: Session, actor: Actor, *, month: str) -> date | None:
    """The day by which a month's package is due, where headquarters has said so."""
    require(actor, CENTRE, "received_deadline")
    return due_on(session, Month.parse(month))


# --- Judging ------------------------------------------------------------------------------------


def _judged(
    session: Session, path: Path, compared: str | None
) -> tuple[JudgedReceipt, ReceivedReceipt | None]:
    data = read_file(path)
    verified = verified_receipt(data)
    known = session.one(
        "SELECT * FROM trusted_headquarters WHERE fingerprint = ?", (verified.fingerprint,)
    )
    if known and known["revoked_at"] and compared is None:
        raise KnownError("key_revoked", fingerprint=verified.fingerprint)
    if compared is not None and read_fingerprint(compared) != verified.fingerprint:
        raise KnownError("fingerprint_differs")
    if known is None and compared is None:
        head = read_head(verified)
        if head is None:
            raise KnownError("receipt_unreadable")
        _check_for_here(session, head)
        return _outline(UNTRUSTED, path, head, verified.fingerprint), None
    receipt = read_verified(verified, hashlib.sha256(data).hexdigest())
    _check_for_here(session, receipt.head)
    judged = _outline(_standing(session, receipt), path, receipt.head, receipt.fingerprint)
    return (
        replace(
            judged,
            packages=tuple(_status_of(row) for row in receipt.sheets["packages"]),
            questions=tuple(_asked(session, row) for row in receipt.sheets["questions"]),
            plan=len(receipt.sheets["plan_targets"]),
            lists=sum(len(receipt.sheets[name]) for name in ("regions", "courts", "centres")),
        ),
        receipt,
    )


def _outline(status: str, path: Path, head: ReceiptHead, fingerprint: str) -> JudgedReceipt:
    return JudgedReceipt(status, path.name, head.number, head.made_at, fingerprint)


def _check_for_here(session: Session, head: ReceiptHead) -> None:
    own = session.installation
    if head.practice and not own.practice:
        raise KnownError("practice_receipt")
    if head.centre != own.centre:
        raise KnownError("receipt_of_another_centre", centre=head.centre)


def _standing(session: Session, receipt: ReceivedReceipt) -> str:
    """Whether a receipt is the next one or the last one.

    Numbers order the receipts of one data folder of headquarters; after headquarters restored a
    backup, it is another folder and the time of making decides.

    Raises:
        KnownError: ``receipt_older``, ``receipt_number_taken``.
    """
    last = session.one("SELECT * FROM received_receipts ORDER BY made_at DESC, number DESC LIMIT 1")
    head = receipt.head
    if last is None:
        return NEW
    if last["sha256"] == receipt.sha256:
        return ALREADY
    same = last["station"] == head.station
    if same and head.number == last["number"]:
        raise KnownError("receipt_number_taken", number=head.number)
    older = head.number < last["number"] if same else head.made_at <= last["made_at"]
    if older:
        raise KnownError("receipt_older", number=head.number, known=last["number"])
    return NEW


def _status_of(row: Mapping[str, Any]) -> PackageStatus:
    return PackageStatus(
        sha256=row["sha256"],
        month=row["month"],
        sequence=row["sequence"],
        status=row["status"],
        received_on=row["received_on"],
        late=bool(row["late"]),
        reason=_both(row, "reason"),
    )


def _both(row: Mapping[str, Any], name: str) -> dict[str, str]:
    return {key: row[f"{name}_{key}"] for key in ("kk", "ru") if row[f"{name}_{key}"]}


def _asked(session: Session, row: Mapping[str, Any]) -> AskedRow:
    known = _is_here(session, row["table"], row["record_id"])
    case = case_of(session, row["table"], row["record_id"]) if known else None
    number = session.value("SELECT number FROM cases WHERE id = ?", (case,)) if case else None
    return AskedRow(
        question_id=row["id"],
        table=row["table"],
        record_id=row["record_id"],
        row_code=row["row_code"],
        field=row["field"],
        question=_both(row, "question"),
        number=str(number or ""),
        known=known,
    )


def _is_here(session: Session, table: str, record_id: str) -> bool:
    asked = table in BY_TABLE and bool(travelling_columns(table)) and table not in NATIONAL_TABLES
    return asked and bool(
        session.value(f"SELECT 1 FROM {table} WHERE id = ? AND NOT deleted", (record_id,))
    )


# --- Taking over --------------------------------------------------------------------------------


def trust_headquarters(session: Session, actor: Actor, fingerprint: str) -> None:
    """Keep a compared key, also one that was revoked and has been compared again."""
    standing = session.one(
        "SELECT revoked_at FROM trusted_headquarters WHERE fingerprint = ?", (fingerprint,)
    )
    if standing is not None and not standing["revoked_at"]:
        return
    session.execute(
        "INSERT INTO trusted_headquarters VALUES (?, ?, ?, NULL) ON CONFLICT (fingerprint) "
        "DO UPDATE SET added_at = excluded.added_at, added_by = excluded.added_by, "
        "revoked_at = NULL",
        (fingerprint, session.now(), actor.account_id),
    )
    write_entry(session, actor.account_id, "headquarters_key_trusted", record_id=fingerprint)
    session.changed.add("trusted_headquarters")


def _take_over_statuses(session: Session, receipt: ReceivedReceipt) -> None:
    session.execute("DELETE FROM received_statuses")
    names = ("sha256", "status", "received_on", "late", "reason_kk", "reason_ru")
    session.execute_many(
        f"INSERT INTO received_statuses ({', '.join(names)}) VALUES (?, ?, ?, ?, ?, ?)",
        [tuple(row[name] for name in names) for row in receipt.sheets["packages"]],
    )


def _take_over_lists(session: Session, receipt: ReceivedReceipt) -> None:
    for table in RECEIVED_LISTS:
        names = ("id", *travelling_columns(table))
        quoted = ", ".join(f'"{name}"' for name in names)
        session.execute(f"DELETE FROM received_{table}")
        session.execute_many(
            f"INSERT INTO received_{table} ({quoted}) VALUES ({', '.join('?' * len(names))})",
            [tuple(row[name] for name in names) for row in receipt.sheets[table]],
        )
    session.execute("DELETE FROM received_certificates")
    session.execute_many(
        "INSERT INTO received_certificates VALUES (?, ?, ?)",
        [
            (row["purpose"], row["fingerprint"], b64decode(str(row["certificate"])))
            for row in receipt.sheets["headquarters_certificates"]
        ],
    )


def _take_over_questions(session: Session, actor: Actor, receipt: ReceivedReceipt) -> None:
    """New questions wait for an answer; those that headquarters asks no more are closed.

    A question that was answered here stays answered: the changed row goes with the next package.
    """
    asked = {
        str(row["id"]): row
        for row in receipt.sheets["questions"]
        if _is_here(session, str(row["table"]), str(row["record_id"]))
    }
    known = {
        row["id"]: row["answered_at"]
        for row in session.all(
            "SELECT id, answered_at FROM questions WHERE origin = 'headquarters'"
        )
    }
    for question_id, row in asked.items():
        if question_id in known:
            continue
        session.execute(
            "INSERT INTO questions (id, table_name, record_id, text, text_ru, field, origin, "
            "asked_by, asked_at) VALUES (?, ?, ?, ?, ?, ?, 'headquarters', ?, ?)",
            (
                question_id,
                row["table"],
                row["record_id"],
                row["question_kk"],
                row["question_ru"],
                _field_here(str(row["table"]), row["field"]),
                actor.account_id,
                session.now(),
            ),
        )
    for question_id, answered_at in known.items():
        if question_id not in asked and answered_at is None:
            session.execute(
                "UPDATE questions SET answered_at = ? WHERE id = ?", (session.now(), question_id)
            )


def _field_here(table: str, column: object) -> str | None:
    """The field of a record from its travelling column: a month travels, the date stays here."""
    for spec in fields_of(BY_TABLE[table]):
        if column is not None and spec.travels_as == column:
            return spec.name
    return None
