"""The records behind a figure: where each came from, what it says, which versions came before.

Any page opens them by ``desk.navigator.open(FigureRecordsPage, **arguments)`` of
``ui.pages.figure_records``; the arguments are those of `records_of`, with the period as two days
(``first``, ``last``) and every day in ISO form: ``dict(first="2024-01-01", last="2024-12-31",
as_of="2024-11-15", indicator="couples", region="almaty", breakdown="month", key="2024-03")``.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from db.figures import read_registers, records_behind
from db.session import Session
from pravo_desktop.domain.indicators import INDICATORS
from pravo_desktop.domain.periods import Period
from pravo_desktop.domain.records import Case, Consultation
from pravo_desktop.domain.versions import row_code
from pravo_desktop.errors import KnownError
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.actor import COORDINATOR, Actor, require
from pravo_desktop.usecases.duplicates import joined_cases, rows_of
from pravo_desktop.usecases.figures import merged_as_of
from pravo_desktop.usecases.rules import category_rule_for

_DAYS: Mapping[str, str] = {
    "cases": "registered_on",
    "consultations": "held_on",
    "studies": "held_on",
    "mediations": "contract_on",
    "advice": "held_on",
    "events": "held_on",
    "publications": "published_on",
    "videos": "published_on",
    "printed_materials": "ordered_on",
    "staff_members": "employed_from",
    "claims": "filed_month",
}
"""The column with a record's own day or month, where it has one."""


@dataclass(frozen=True)
class RecordLine:
    """A record that a figure was counted from, and the row that brought it.

    Args:
        table, centre, record_id: of the record; an office of the register has its key as its id.
        code: the short code by which people tell each other the record.
        day: its own day or month in ISO form; empty where it has none.
        package_id: number of the package at headquarters; None for a centre that came with the
            program.
        month, sequence, amendment, file_name, received_on, signer, fingerprint: of the package.
        row: number of the row in the package's sheet, which is named like the table.
        versions: how many different versions of it came, this one counted.
        joined: how many cases that had come here were dissolved into this one.
        written_twice: how often the same consultation was written again; it is counted once.
        reasons: why it was changed after its month was closed, the first reason first; keys of
            ``amendment_reason`` or the lead's own words.
    """

    table: str
    centre: str
    record_id: str
    code: str
    day: str = ""
    package_id: int | None = None
    month: str = ""
    sequence: int = 0
    amendment: bool = False
    file_name: str = ""
    received_on: str = ""
    signer: str = ""
    fingerprint: str = ""
    row: int = 0
    versions: int = 0
    joined: int = 0
    written_twice: int = 0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecordVersion:
    """One version of a record as a package brought it.

    Args:
        package_id, month, sequence, amendment, file_name, received_on, signer, fingerprint: of the
            package.
        row: number of the row in the sheet named like the table.
        changed_at: when it was written at the centre (UTC, ISO).
        deleted: it takes the record back.
        counts: this is the version that is counted now.
        values: its columns.
        changed: names of the columns that differ from the version before.
        reasons: why it was written after the month was closed.
    """

    package_id: int
    month: str
    sequence: int
    amendment: bool
    file_name: str
    received_on: str
    signer: str
    fingerprint: str
    row: int
    changed_at: str
    deleted: bool
    counts: bool
    values: Mapping[str, Any]
    changed: tuple[str, ...]
    reasons: tuple[str, ...] = ()


def records_of(
    session: Session,
    actor: Actor,
    *,
    period: Period,
    as_of: date | None = None,
    indicator: str,
    region: str,
    breakdown: str | None = None,
    key: str | None = None,
) -> list[RecordLine]:
    """The records that a figure of the project was counted from, by centre and id.

    Args:
        period, as_of: of the figures; packages received by the end of ``as_of`` count, today
            when empty.
        indicator, region, breakdown, key: as in the `FigureRow`.

    Raises:
        KnownError: ``not_allowed``, ``figure_unknown``.
    """
    require(actor, COORDINATOR, "records_of")
    known = {one.key: {item.name for item in one.breakdowns} for one in INDICATORS}
    if indicator not in known or (breakdown is not None and breakdown not in known[indicator]):
        raise KnownError("figure_unknown", indicator=indicator)
    prefix = merged_as_of(session, as_of or session.clock.today())
    found = records_behind(
        session,
        prefix,
        period,
        indicator,
        region,
        breakdown,
        key,
        rule=category_rule_for(session, prefix, period.to.year),
        registers=read_registers(session, prefix, classifiers()),
    )
    if not found:
        return []
    if found[0][0] == "centres":
        return [RecordLine(table, centre, centre, centre) for table, centre, _ in found]
    return _with_packages(session, prefix, found[0][0], found)


def _with_packages(
    session: Session, prefix: str, table: str, found: Sequence[tuple[str, str, str]]
) -> list[RecordLine]:
    day = f"m.{_DAYS[table]}" if table in _DAYS else "NULL"
    sought = json.dumps([[centre, record_id] for _, centre, record_id in found])
    rows = session.all(
        f"SELECT w.centre, w.record_id, {day} AS day, p.id, p.month, p.sequence, p.amendment, "
        "p.file_name, p.signer, p.fingerprint, r.row_number, "
        "(SELECT max(j.received_on) FROM journal_entries j "
        "WHERE j.package_id = p.id AND j.kind = 'package_accepted') AS received_on, "
        "(SELECT count(DISTINCT v.row_hash) FROM received_rows v "
        "JOIN received_packages q ON q.id = v.package_id WHERE v.record_id = w.record_id "
        f"AND v.table_name = '{table}' AND q.centre = w.centre) AS versions "
        "FROM json_each(?) e "
        f"CROSS JOIN {rows_of(prefix)} w ON w.centre = e.value ->> 0 AND w.table_name = '{table}' "
        "AND w.record_id = e.value ->> 1 "
        f"CROSS JOIN {prefix}{table} m ON m.centre = w.centre AND m.id = w.record_id "
        "CROSS JOIN received_rows r ON r.id = w.received_row_id "
        "CROSS JOIN received_packages p ON p.id = r.package_id ORDER BY e.key",
        (sought,),
    )
    joined: Counter[tuple[str, str]] = Counter()
    if table == Case.table:
        joined.update((centre, kept) for centre, kept, _ in joined_cases(session, prefix))
    reasons: dict[tuple[str, str], dict[str, None]] = {}
    for centre, record_id, reason in session.rows(
        f"SELECT a.centre, a.record_id, a.reason FROM {prefix}amendments a "
        "WHERE a.record_table = ? AND (a.centre, a.record_id) IN "
        "(SELECT e.value ->> 0, e.value ->> 1 FROM json_each(?) e) ORDER BY a.changed_on, a.id",
        (table, sought),
    ):
        reasons.setdefault((centre, record_id), {})[reason] = None
    again = _written_again(session, prefix, sought) if table == Consultation.table else {}
    return [
        RecordLine(
            table=table,
            centre=row["centre"],
            record_id=row["record_id"],
            code=row_code(row["record_id"]),
            day=row["day"] or "",
            package_id=row["id"],
            month=row["month"],
            sequence=row["sequence"],
            amendment=bool(row["amendment"]),
            file_name=row["file_name"],
            received_on=row["received_on"] or "",
            signer=row["signer"],
            fingerprint=row["fingerprint"],
            row=row["row_number"],
            versions=row["versions"],
            joined=joined[row["centre"], row["record_id"]],
            written_twice=again.get((row["centre"], row["record_id"]), 0),
            reasons=tuple(reasons.get((row["centre"], row["record_id"]), ())),
        )
        for row in rows
    ]


def _written_again(session: Session, prefix: str, sought: str) -> dict[tuple[str, str], int]:
    """How often the same specialist wrote each of these consultations again for its day."""
    found = session.rows(
        "SELECT c.centre, c.id, count(*) FROM json_each(?) e "
        f"CROSS JOIN {prefix}consultations c ON c.centre = e.value ->> 0 AND c.id = e.value ->> 1 "
        f"JOIN {prefix}consultations x ON x.centre = c.centre AND x.case_id = c.case_id "
        "AND x.held_on = c.held_on AND x.specialist_id = c.specialist_id AND x.id <> c.id "
        "GROUP BY c.centre, c.id",
        (sought,),
    )
    return {(centre, record_id): number for centre, record_id, number in found}


def versions_of(
    session: Session, actor: Actor, *, table: str, centre: str, record_id: str
) -> list[RecordVersion]:
    """Every version of a record that was ever received, the newest first.

    A version received in several packages is listed with the first of them.

    Raises:
        KnownError: ``not_allowed``.
    """
    require(actor, COORDINATOR, "versions_of")
    rows = session.all(
        "SELECT r.*, p.month, p.sequence, p.amendment, p.file_name, p.signer, p.fingerprint, "
        "m.row_hash AS winner, min(r.id) AS first, (SELECT max(j.received_on) "
        "FROM journal_entries j WHERE j.package_id = p.id AND j.kind = 'package_accepted') "
        "AS received_on FROM received_rows r JOIN received_packages p ON p.id = r.package_id "
        "LEFT JOIN merged_rows m ON m.centre = p.centre AND m.table_name = r.table_name "
        "AND m.record_id = r.record_id "
        "WHERE r.record_id = ? AND r.table_name = ? AND p.centre = ? GROUP BY r.row_hash "
        "ORDER BY r.epoch, r.revision, r.changed_at, r.station, r.row_hash",
        (record_id, table, centre),
    )
    reasons: dict[int, list[str]] = {}
    for revision, reason in session.rows(
        "SELECT DISTINCT record_revision, reason FROM merged_amendments "
        "WHERE centre = ? AND record_table = ? AND record_id = ? ORDER BY id",
        (centre, table, record_id),
    ):
        reasons.setdefault(revision, []).append(reason)
    versions: list[RecordVersion] = []
    before: Mapping[str, Any] = {}
    for row in rows:
        values = json.loads(row["payload"])
        changed = [name for name in values if name in before and values[name] != before[name]]
        versions.append(
            RecordVersion(
                package_id=row["package_id"],
                month=row["month"],
                sequence=row["sequence"],
                amendment=bool(row["amendment"]),
                file_name=row["file_name"],
                received_on=row["received_on"] or "",
                signer=row["signer"],
                fingerprint=row["fingerprint"],
                row=row["row_number"],
                changed_at=row["changed_at"],
                deleted=bool(row["deleted"]),
                counts=row["winner"] == row["row_hash"],
                values=values,
                changed=tuple(changed),
                reasons=tuple(reasons.get(row["revision"], ())),
            )
        )
        before = values
    return versions[::-1]
