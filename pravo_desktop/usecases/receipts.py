"""Receipts at headquarters: making one for a centre, writing it out again."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from db.audit import write_entry
from db.merge import state_hash
from db.session import Session
from exports.package.content import SummaryLine
from exports.receipt.content import (
    ReceiptContent,
    ReceiptHead,
)
from pravo_desktop import __version__
from pravo_desktop.errors import KnownError
from pravo_desktop.security.certificates import SigningKey
from pravo_desktop.usecases.actor import COORDINATOR, Actor, require, use_case
from pravo_desktop.usecases.centre_questions import OPEN, CentreQuestion, centre_questions
from pravo_desktop.usecases.file_writing import write_file
from pravo_desktop.usecases.packages import Progress, signing_time
from pravo_desktop.usecases.receipt_content import (
    ToldPackage,
    deadline_rows,
    lists_for_all,
    plan_rows,
    question_row,
    summary_of,
    told_packages,
)
from pravo_desktop.usecases.registers import known_centres


@dataclass(frozen=True)
class ReceiptOutline:
    """What the next receipt of a centre would hold.

    Args:
        number: it would get.
        packages: with the status that the centre is told, oldest month first.
        questions: open ones.
        plan: numbers of targets in force, ``deadlines`` of months with a date.
        last_made_at: of the receipt before, as ISO 8601 in UTC.
    """

    centre: str
    number: int
    packages: tuple[ToldPackage, ...]
    questions: tuple[CentreQuestion, ...]
    plan: int
    deadlines: int
    last_made_at: str | None


@dataclass(frozen=True)
class MadeReceipt:
    """A receipt that was made here; its bytes are kept in the database."""

    centre: str
    number: int
    made_at: str
    packages: int
    questions: int
    file_name: str
    sha256: str


def receipt_centres(session: Session, actor: Actor) -> dict[str, Mapping[str, str]]:
    """The centres that a receipt can be made for, by key, with their names by language."""
    require(actor, COORDINATOR, "receipt_centres")
    return {
        key: {
            "kk": one.city_kk or one.name_kk or key,
            "ru": one.city_ru or one.name_ru or key,
        }
        for key, one in known_centres(session).items()
    }


def receipt_outline(session: Session, actor: Actor, *, centre: str) -> ReceiptOutline:
    """Preview of a centre's next receipt.

    Raises:
        KnownError: ``centre_unknown``.
    """
    require(actor, COORDINATOR, "receipt_outline")
    _check_centre(session, centre)
    last = _last(session, centre)
    return ReceiptOutline(
        centre=centre,
        number=last["number"] + 1 if last else 1,
        packages=tuple(told_packages(session, centre)),
        questions=tuple(centre_questions(session, actor, centre=centre, statuses=(OPEN,))),
        plan=len(plan_rows(session)),
        deadlines=len(deadline_rows(session)),
        last_made_at=last["made_at"] if last else None,
    )


@use_case(COORDINATOR)
def make_receipt(
    session: Session,
    actor: Actor,
    *,
    key: SigningKey,
    centre: str,
    progress: Progress | None = None,
) -> MadeReceipt:
    """Make the signed receipt of a centre; number and bytes are committed together.

    Args:
        key: the coordinator's signing key.

    Raises:
        KnownError: ``centre_unknown``, ``clock_behind``.
    """
    _check_centre(session, centre)
    report = progress or (lambda step, done, total: None)
    report("collect", 0, 2)
    own = session.installation
    last = _last(session, centre)
    made_at = session.now()
    head = ReceiptHead(
        program_version=__version__,
        centre=centre,
        practice=own.practice,
        station=own.station,
        number=last["number"] + 1 if last else 1,
        previous_sha256=last["sha256"] if last else None,
        made_at=made_at,
        state_hash=state_hash(session),
    )
    packages = told_packages(session, centre)
    questions = centre_questions(session, actor, centre=centre, statuses=(OPEN,))
    content = ReceiptContent(
        head=head,
        sheets={
            "packages": [asdict(one) for one in packages],
            "questions": [question_row(one) for one in questions],
            **lists_for_all(session, actor),
        },
        title=SummaryLine("Бас кеңсенің түбіртегі", "Квитанция головного офиса"),
        summary=summary_of(session, head, packages, questions),
    )
    report("sign", 1, 2)
    from exports.receipt.writer import write_receipt

    data = write_receipt(content, key, signing_time(session))
    made = MadeReceipt(
        centre=centre,
        number=head.number,
        made_at=made_at,
        packages=len(packages),
        questions=len(questions),
        file_name=f"pravo-receipt-{centre}-{head.number:04d}.xlsx",
        sha256=hashlib.sha256(data).hexdigest(),
    )
    _keep(session, actor, made, data)
    write_entry(session, actor.account_id, "receipt_made", record_id=made.sha256)
    session.changed.add("receipts")
    report("done", 2, 2)
    return made


def _keep(session: Session, actor: Actor, made: MadeReceipt, data: bytes) -> None:
    session.execute(
        "INSERT INTO receipts (centre, number, made_at, made_by, packages, questions, file_name, "
        "sha256, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            made.centre,
            made.number,
            made.made_at,
            actor.account_id,
            made.packages,
            made.questions,
            made.file_name,
            made.sha256,
            data,
        ),
    )


def made_receipts(
    session: Session, actor: Actor, *, centre: str | None = None
) -> list[MadeReceipt]:
    """The receipts made for a centre, or for all, the latest first."""
    require(actor, COORDINATOR, "made_receipts")
    rows = session.all(
        "SELECT centre, number, made_at, packages, questions, file_name, sha256 FROM receipts "
        "WHERE :centre IS NULL OR centre = :centre ORDER BY made_at DESC, centre",
        {"centre": centre},
    )
    return [MadeReceipt(**row) for row in rows]


def write_receipt_copy(
    session: Session, actor: Actor, *, centre: str, number: int, target: Path
) -> Path:
    """Write a receipt to a file or into a folder, byte for byte as it was made.

    Raises:
        KnownError: ``receipt_not_found``, and as `file_writing.write_file`.
    """
    require(actor, COORDINATOR, "write_receipt_copy")
    row = session.one(
        "SELECT file_name, content FROM receipts WHERE centre = ? AND number = ?", (centre, number)
    )
    if row is None:
        raise KnownError("receipt_not_found", centre=centre, number=number)
    path = target / row["file_name"] if target.is_dir() else target
    write_file(path, row["content"])
    return path


def _check_centre(session: Session, centre: str) -> None:
    if centre not in known_centres(session):
        raise KnownError("centre_unknown", centre=centre)


def _last(session: Session, centre: str) -> dict[str, Any] | None:
    return session.one(
        "SELECT number, made_at, sha256 FROM receipts WHERE centre = ? ORDER BY number DESC "
        "LIMIT 1",
        (centre,),
    )
