"""What headquarters' receipt tells a centre: its packages, questions, plan and lists."""

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from db.session import Session
from db.store import create_views
from exports.package.content import SummaryLine
from exports.receipt.content import ACCEPTED, HELD, REFUSED, REPLACED, ReceiptHead, Row
from pravo_desktop.domain.fields import to_row, travelling_columns
from pravo_desktop.domain.periods import Month
from pravo_desktop.domain.records import Record
from pravo_desktop.i18n import N_, Translator
from pravo_desktop.resources import classifiers
from pravo_desktop.security.certificates import fingerprint
from pravo_desktop.usecases.actor import Actor
from pravo_desktop.usecases.centre_questions import CentreQuestion
from pravo_desktop.usecases.deadlines import deadline
from pravo_desktop.usecases.received import received_lines
from pravo_desktop.usecases.registers import known_centres, known_courts, known_regions
from pravo_desktop.usecases.sealing_keys import current_sealing_key

_STATUSES = {
    "accepted": ACCEPTED,
    "held": HELD,
    "superseded": REPLACED,
    "undone": REFUSED,
}
"""What a centre is told of a package by its standing at headquarters; others wait."""
_REASONS: Mapping[str, str] = {
    HELD: N_("Another package has the same number. Please call headquarters."),
    REPLACED: N_("A newer full package of the centre stands in its place."),
    REFUSED: N_("Headquarters took it back. It counts no more."),
}
_SUMMED_UP: Mapping[str, str] = {
    ACCEPTED: N_("Packages accepted"),
    REFUSED: N_("Packages refused"),
    HELD: N_("Packages held"),
    REPLACED: N_("Packages replaced by a newer one"),
}


@dataclass(frozen=True)
class ToldPackage:
    """What a centre is told of one of its packages; the fields are the columns of the sheet."""

    sha256: str
    station: str
    station_letter: str
    epoch: int
    sequence: int
    month: str
    through: str | None
    amendment: int
    status: str
    received_on: str
    late: int
    reason_kk: str | None
    reason_ru: str | None


def lists_for_all(session: Session, actor: Actor) -> dict[str, list[Row]]:
    """What every centre is sent: plan, registers, rules, deadlines, keys."""
    return {
        "plan_targets": plan_rows(session),
        "regions": _listed(known_regions(session).values()),
        "courts": _listed(known_courts(session).values()),
        "centres": _listed(known_centres(session).values()),
        "category_rules": _rules(session),
        "deadlines": deadline_rows(session),
        "headquarters_certificates": _certificates(session, actor),
    }


def told_packages(session: Session, centre: str) -> list[ToldPackage]:
    """The centre's packages about which headquarters decided, the oldest month first."""
    lines = {one.package_id: one for one in received_lines(session, None)}
    told = []
    for row in session.all(
        "SELECT * FROM received_packages WHERE centre = ? AND waiting_since IS NULL "
        "ORDER BY month, station_letter, epoch, sequence, id",
        (centre,),
    ):
        line = lines.get(row["id"])
        declined = None if line else _declined(session, row["id"])
        if line is None and declined is None:
            continue
        status = _STATUSES[line.status] if line else REFUSED
        kk, ru = _reasons(session, row["id"], status, declined)
        told.append(
            ToldPackage(
                sha256=row["sha256"],
                station=row["station"],
                station_letter=row["station_letter"],
                epoch=row["epoch"],
                sequence=row["sequence"],
                month=row["month"],
                through=row["through"],
                amendment=row["amendment"],
                status=status,
                received_on=line.received_on if line else str(declined and declined["at"])[:10],
                late=int(line.late) if line else 0,
                reason_kk=kk,
                reason_ru=ru,
            )
        )
    return told


def _declined(session: Session, package_id: int) -> dict[str, Any] | None:
    """The entry of the history that says why a package was not accepted."""
    return session.one(
        "SELECT e.at, v.content FROM audit_entries e LEFT JOIN audit_values v "
        "ON v.number = e.number WHERE e.action = 'package_declined' AND e.record_id = ? "
        "ORDER BY e.number DESC LIMIT 1",
        (str(package_id),),
    )


def _reasons(
    session: Session, package_id: int, status: str, declined: dict[str, Any] | None
) -> tuple[str | None, str | None]:
    """Why, in both languages; the coordinator's own words stand in both as they were written."""
    if declined is not None:
        content = declined["content"]
    else:
        content = session.value(
            "SELECT details FROM journal_entries WHERE package_id = ? AND kind = 'package_undone' "
            "ORDER BY id DESC LIMIT 1",
            (package_id,),
        )
    own = json.loads(content).get("reason") if status == REFUSED and content else None
    if own:
        return str(own), str(own)
    usual = _REASONS.get(status)
    if usual is None:
        return None, None
    return Translator("kk").text(usual), Translator("ru").text(usual)


def question_row(one: CentreQuestion) -> Row:
    """A question as a row of its sheet."""
    return {
        "id": one.question_id,
        "table": one.table,
        "record_id": one.record_id,
        "row_code": one.row_code,
        "field": one.field,
        "question_kk": one.question_kk,
        "question_ru": one.question_ru,
        "asked_on": one.asked_at[:10],
    }


def _own_rows(session: Session, table: str) -> list[Row]:
    """Headquarters' own living records; what it keeps is not waiting for its own package."""
    columns = ", ".join(f'"{name}"' for name in ("id", *travelling_columns(table)))
    return list(session.all(f"SELECT {columns} FROM {table} WHERE NOT deleted ORDER BY id"))


def plan_rows(session: Session) -> list[Row]:
    """The planned values in force."""
    return _own_rows(session, "plan_targets")


def _listed(records: Iterable[Record]) -> list[Row]:
    """Records as rows of a sheet; one that headquarters has not written has its key for an id."""
    rows: list[Row] = []
    for record in records:
        row = to_row(record)
        rows.append({name: row[name] for name in ("id", *travelling_columns(record.table))})
    return rows


def _rules(session: Session) -> list[Row]:
    """The rules that came with the program, and headquarters' own over them."""
    rules: dict[object, Row] = {
        year: {
            "id": str(year),
            "year": year,
            "predicates": json.dumps(
                [dict(one) for one in predicates], ensure_ascii=False, sort_keys=True
            ),
        }
        for year, predicates in classifiers().category_rules.items()
    }
    rules |= {row["year"]: row for row in _own_rows(session, "category_rules")}
    return list(rules.values())


def deadline_rows(session: Session) -> list[Row]:
    """The last days of this year's months and those of the next; a date differs by month."""
    create_views(session)
    year = session.clock.today().year
    months = [Month(one, number) for one in (year, year + 1) for number in range(1, 13)]
    return [
        {
            "id": str(month),
            "month": str(month),
            "due_on": deadline(session, month, prefix="own_").isoformat(),
        }
        for month in months
    ]


def _certificates(session: Session, actor: Actor) -> list[Row]:
    """Certificates with which open accounts of headquarters sign, and the one to seal to."""
    found = session.all(
        "SELECT certificate FROM accounts WHERE certificate IS NOT NULL AND closed_at IS NULL "
        "ORDER BY created_at"
    )
    held = [("signing", row["certificate"]) for row in found]
    held.append(("sealing", current_sealing_key(session, actor).certificate_der))
    return [
        {
            "purpose": purpose,
            "fingerprint": fingerprint(certificate),
            "certificate": b64encode(certificate).decode(),
        }
        for purpose, certificate in held
    ]


def summary_of(
    session: Session,
    head: ReceiptHead,
    packages: Sequence[ToldPackage],
    questions: Sequence[CentreQuestion],
) -> list[SummaryLine]:
    """What a person reads on the first sheet."""
    kk, ru = Translator("kk"), Translator("ru")

    def line(text: str, value: int | str | None, note_kk: str = "", note_ru: str = "") -> None:
        lines.append(
            SummaryLine(kk.text(text), ru.text(text), value, note_kk or None, note_ru or None)
        )

    lines: list[SummaryLine] = []
    place = known_centres(session)[head.centre]
    cities = dict.fromkeys(filter(None, (place.city_kk, place.city_ru)))
    line(N_("Centre"), " / ".join(cities) or head.centre)
    line(N_("Number of the receipt"), head.number)
    day = session.clock.today()
    line(N_("As of"), kk.date(day))
    for status, text in _SUMMED_UP.items():
        line(text, sum(1 for one in packages if one.status == status))
    for package in packages:
        if package.status != ACCEPTED:
            month = Month.parse(package.month)
            lines.append(
                SummaryLine(
                    f"— {kk.month(month)}, № {package.sequence}",
                    f"— {ru.month(month)}, № {package.sequence}",
                    package.sha256[:12],
                    package.reason_kk,
                    package.reason_ru,
                )
            )
    line(N_("Rows to complete"), len(questions))
    for one in questions:
        label_kk, label_ru = f"— {one.row_code}", f"— {one.row_code}"
        lines.append(SummaryLine(label_kk, label_ru, None, one.question_kk, one.question_ru))
    ahead = [row for row in deadline_rows(session) if date.fromisoformat(str(row["due_on"])) >= day]
    if ahead:
        next_month, due = (str(ahead[0][name]) for name in ("month", "due_on"))
        whole = Month.parse(next_month)
        line(
            N_("Next deadline"),
            kk.date(date.fromisoformat(due)),
            kk.month(whole),
            ru.month(whole),
        )
    return lines
