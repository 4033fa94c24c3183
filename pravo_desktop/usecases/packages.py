"""A station's packages: what goes into one, making it, writing it out again."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from db.audit import head, recomputed_hash, write_entry
from db.session import Session
from db.store import version_of
from exports.package.content import PackageContent, PackageHead, SummaryLine
from exports.package.reader import read_package
from exports.package.sealed import SUFFIX, seal
from pravo_desktop import BUILT_ON, __version__
from pravo_desktop.domain.accounting import ACCOUNTING_DATE
from pravo_desktop.domain.fields import fields_of, travelling_columns
from pravo_desktop.domain.figures import FigureRow
from pravo_desktop.domain.indicators import BY_KEY
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.domain.records import BY_TABLE
from pravo_desktop.domain.versions import Version
from pravo_desktop.errors import BugError, KnownError
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import Labelled, classifiers
from pravo_desktop.security.certificates import SigningKey
from pravo_desktop.usecases.actor import RESPONSIBLE, Actor, require, use_case
from pravo_desktop.usecases.figures import own_figures
from pravo_desktop.usecases.file_writing import write_file
from pravo_desktop.usecases.months import is_closed
from pravo_desktop.usecases.registers import centre_names, own_region
from pravo_desktop.usecases.sealing_keys import sealing_certificate_of_headquarters
from pravo_desktop.usecases.travelling_text import check_travelling_text

Progress = Callable[[str, int, int], None]
"""Called with the step's name, what is done and how much there is; it may raise to cancel."""

TRAVELLING = tuple(table for table in BY_TABLE if travelling_columns(table))


@dataclass(frozen=True)
class ExportedPackage:
    """A package of this station; its bytes are kept in the database."""

    sequence: int
    month: str
    through: str | None
    amendment: bool
    complete: bool
    row_count: int
    made_at: str
    file_name: str
    sha256: str


@use_case(RESPONSIBLE)
def export_package(
    session: Session,
    actor: Actor,
    *,
    key: SigningKey,
    month: str,
    through: date | None = None,
    amendment: bool = False,
    progress: Progress | None = None,
) -> ExportedPackage:
    """Make the signed package of a month: changed records of that month and earlier.

    Sequence, hash and bytes are committed in one transaction; the file is written afterwards by
    `write_copy` and can be written again.

    Args:
        key: the lead's signing key.
        month: ``YYYY-MM``; closed, unless ``through`` is given.
        through: last day of a package of an unfinished month.
        amendment: a further package of a month that was sent before.

    Raises:
        KnownError: ``month_not_closed``, ``already_exported``, ``nothing_to_amend``,
            ``through_outside_month``, ``clock_behind``, ``text_names_person``.
    """
    period = Period.of_month(Month.parse(month))
    _check_order_of_packages(session, month, through, amendment)
    if through is not None and through not in period:
        raise KnownError("through_outside_month", through=through.isoformat(), month=month)
    if through is None and not is_closed(session, month):
        raise KnownError("month_not_closed", month=month)
    moment = signing_time(session)
    check_travelling_text(session)
    report = progress or (lambda step, done, total: None)
    own = session.installation
    complete = own.epoch > 1 and not session.value(
        "SELECT 1 FROM packages WHERE station = ? AND epoch = ?", (own.station, own.epoch)
    )
    report("collect", 0, 3)
    horizon = through or period.to
    rows = _rows_to_send(session, horizon.isoformat(), everything=complete)
    last = session.one(
        "SELECT sequence, sha256, audit_entries FROM packages ORDER BY sequence DESC LIMIT 1"
    )
    sequence = last["sequence"] + 1 if last else 1
    content = _content(
        session,
        rows,
        Period(period.from_, horizon),
        month=month,
        through=through,
        amendment=amendment,
        complete=complete,
        sequence=sequence,
        previous=last["sha256"] if last else None,
        previous_entries=last["audit_entries"] if last else None,
    )
    report("sign", 1, 3)
    from exports.package.writer import write_package

    data = write_package(content, key, moment)
    report("verify", 2, 3)
    if sum(read_package(data).manifest.row_counts.values()) != len(rows):
        raise BugError("a package reads back other rows than were written")
    package = ExportedPackage(
        sequence=sequence,
        month=month,
        through=through.isoformat() if through else None,
        amendment=amendment,
        complete=complete,
        row_count=len(rows),
        made_at=session.now(),
        file_name=f"pravo-{own.centre}-{month}-{own.station_letter}{sequence:04d}.xlsx",
        sha256=hashlib.sha256(data).hexdigest(),
    )
    _keep_package(session, actor, package, content.head.audit_entries, data)
    _mark_sent(session, rows)
    write_entry(session, actor.account_id, "package_exported", record_id=package.sha256)
    session.changed.add("packages")
    report("done", 3, 3)
    return package


def _keep_package(
    session: Session, actor: Actor, package: ExportedPackage, audit_entries: int, data: bytes
) -> None:
    own = session.installation
    session.execute(
        "INSERT INTO packages (sequence, month, through, amendment, complete, station, epoch, "
        "row_count, made_at, made_by, file_name, sha256, audit_entries, content) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            package.sequence,
            package.month,
            package.through,
            int(package.amendment),
            int(package.complete),
            own.station,
            own.epoch,
            package.row_count,
            package.made_at,
            actor.account_id,
            package.file_name,
            package.sha256,
            audit_entries,
            data,
        ),
    )


def _mark_sent(session: Session, rows: Sequence[Version]) -> None:
    """What is in a package counts as changed again from its next change on."""
    sent: dict[str, list[str]] = {}
    for version in rows:
        sent.setdefault(version.table, []).append(version.record_id)
    for table, ids in sent.items():
        session.execute_many(
            f"UPDATE {table} SET sent = change WHERE id = ?", [(one,) for one in ids]
        )


def _check_order_of_packages(
    session: Session, month: str, through: date | None, amendment: bool
) -> None:
    sent = session.value(
        "SELECT 1 FROM packages WHERE month = ? AND through IS NULL AND station = ?",
        (month, session.installation.station),
    )
    if amendment and not sent:
        raise KnownError("nothing_to_amend", month=month)
    if sent and not amendment:
        raise KnownError("already_exported", month=month)


def signing_time(session: Session) -> datetime:
    """The present moment, refused while it lies before the build or the newest record."""
    now = session.clock.now()
    newest = max(session.value(f"SELECT max(changed_at) FROM {table}") or "" for table in BY_TABLE)
    early = not session.installation.practice and now.date() < BUILT_ON
    if early or session.now() < newest:
        raise KnownError("clock_behind", now=session.now(), newest=newest)
    return now


def accounting_sql(table: str) -> str:
    """The SQL expression of a row's accounting date; NULL where the row belongs to no month."""
    case_date = (
        "(SELECT coalesce(min(v.held_on), c.registered_on) FROM cases c LEFT JOIN consultations v "
        "ON v.case_id = c.id AND NOT v.deleted WHERE c.id = {id})"
    )
    own = ACCOUNTING_DATE.get(table)
    if own == "month":
        return "t.month || '-01'"
    if own:
        return f"t.{own}"
    if table == "cases":
        return case_date.format(id="t.id")
    if table == "participants":
        return case_date.format(id="t.case_id")
    if table == "claims":
        filed = "coalesce(substr(t.filed_on, 1, 7) || '-01', '')"
        return f"max({filed}, {case_date.format(id='t.case_id')})"
    if table == "survey_sheets":
        return "(SELECT e.held_on FROM events e WHERE e.id = t.event_id)"
    return "NULL"


def _rows_to_send(session: Session, horizon: str, *, everything: bool) -> list[Version]:
    """Changed records up to a day, or all of them, with their parents; parents' tables first.

    A changed record that was sent before goes whatever its day: one moved to a later month must
    leave the month in which headquarters counts it.
    """
    chosen: dict[str, dict[str, Version]] = {table: {} for table in TRAVELLING}
    unsent = "1" if everything else "t.change > t.sent AND (NOT t.deleted OR t.sent > 0)"
    for table in TRAVELLING:
        found = session.all(
            f"SELECT t.* FROM {table} t WHERE {unsent} "
            f"AND (t.sent > 0 OR coalesce({accounting_sql(table)}, '') <= ?)",
            (horizon,),
        )
        for row in found:
            chosen[table][row["id"]] = version_of(table, row)
    for table in reversed(TRAVELLING):
        for parent, ids in _parents(table, chosen[table].values()).items():
            missing = sorted(ids - chosen[parent].keys())
            for row in session.all(
                f"SELECT * FROM {parent} WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(missing),),
            ):
                chosen[parent][row["id"]] = version_of(parent, row)
    return [chosen[table][one] for table in TRAVELLING for one in sorted(chosen[table])]


def _parents(table: str, versions: Iterable[Version]) -> dict[str, set[str]]:
    """Ids of the parents that versions name, by the parents' table."""
    parents: dict[str, set[str]] = {}
    specs = [spec for spec in fields_of(BY_TABLE[table]) if spec.parent]
    for version in versions:
        for spec in specs:
            value = version.values.get(spec.name)
            if value is not None and spec.parent is not None:
                parents.setdefault(spec.parent, set()).add(str(value))
        if table == "consultations":
            attendees = json.loads(str(version.values["attendees"]))
            parents.setdefault("participants", set()).update(attendees)
    return parents


def _content(
    session: Session,
    rows: list[Version],
    period: Period,
    *,
    month: str,
    through: date | None,
    amendment: bool,
    complete: bool,
    sequence: int,
    previous: str | None,
    previous_entries: int | None,
) -> PackageContent:
    own = session.installation
    entries, audit_head = head(session)
    figures = [row for row in own_figures(session, period) if row.region == "all"]
    package_head = PackageHead(
        program_version=__version__,
        project_year=period.from_.year,
        centre=own.centre,
        region=own_region(session),
        workplace=own.workplace,
        practice=own.practice,
        station=own.station,
        station_letter=own.station_letter,
        replaces=own.replaces,
        epoch=own.epoch,
        month=month,
        through=through.isoformat() if through else None,
        amendment=amendment,
        complete=complete,
        sequence=sequence,
        previous_sha256=previous,
        made_at=session.now(),
        totals={
            row.indicator: row.value
            for row in figures
            if row.breakdown is None and isinstance(row.value, int)
        },
        audit_entries=entries,
        audit_head=audit_head,
        previous_audit_head=(
            recomputed_hash(session, previous_entries) if previous_entries is not None else None
        ),
    )
    return PackageContent(
        head=package_head,
        rows=rows,
        title=SummaryLine("Айдың қорытындысы", "Итоги месяца"),
        summary=_summary(session, package_head, figures),
    )


def _summary(
    session: Session, package: PackageHead, figures: Sequence[FigureRow]
) -> list[SummaryLine]:
    """What a person reads on the first sheet: the centre, the month and its figures."""
    kk, ru = Translator("kk"), Translator("ru")
    month = Month.parse(package.month)
    names = centre_names(session, package.centre)
    lines = [
        SummaryLine("Орталық", "Центр", None, names["kk"], names["ru"]),
        SummaryLine("Ай", "Месяц", None, kk.month(month), ru.month(month)),
    ]
    if package.practice:
        lines.insert(0, SummaryLine("ЖАТТЫҒУ", "УЧЕБНЫЕ ДАННЫЕ"))
    for row in figures:
        if row.value is None:
            continue
        label: Labelled = classifiers().indicators[row.indicator]
        dash = ""
        if row.breakdown is not None:
            source = next(
                one.keys for one in BY_KEY[row.indicator].breakdowns if one.name == row.breakdown
            )
            if source is None:
                continue
            label, dash = (
                classifiers().entries(source)[str(row.key)],
                "— ",
            )
        lines.append(SummaryLine(dash + label.kk, dash + label.ru, _whole(row.value)))
    return lines


def _whole(value: int | float) -> int | str:
    return value if isinstance(value, int) else f"{value:.2f}".replace(".", ",")


def exported_packages(session: Session, actor: Actor) -> list[ExportedPackage]:
    """The packages this station made, oldest first."""
    require(actor, RESPONSIBLE, "exported_packages")
    rows = session.all(
        "SELECT sequence, month, through, amendment, complete, row_count, made_at, file_name, "
        "sha256 FROM packages ORDER BY sequence"
    )
    return [
        ExportedPackage(
            **{**row, "amendment": bool(row["amendment"]), "complete": bool(row["complete"])}
        )
        for row in rows
    ]


def write_copy(
    session: Session, actor: Actor, *, sequence: int, target: Path, plain: bool = False
) -> Path:
    """Write a package to a file or into a folder, byte for byte as it was made.

    Sealed for headquarters, the file is another each time; the package inside stays the same.

    Args:
        target: a file is sealed when its name ends in ``.pravo``; in a folder it is sealed as soon
            as headquarters' sealing certificate came with a receipt.
        plain: never sealed.

    Raises:
        KnownError: ``package_not_found``; ``no_sealing_certificate``, ``sealing_key_weak``,
            ``sealing_key_expired``; and as `write_file`.
    """
    require(actor, RESPONSIBLE, "write_copy")
    row = session.one("SELECT file_name, content FROM packages WHERE sequence = ?", (sequence,))
    if row is None:
        raise KnownError("package_not_found", sequence=sequence)
    certificate = None if plain else sealing_certificate_of_headquarters(session)
    path = target
    if target.is_dir():
        path = target / (sealed_name(row["file_name"]) if certificate else row["file_name"])
    if plain or path.suffix != SUFFIX:
        write_file(path, row["content"])
    elif certificate is None:
        raise KnownError("no_sealing_certificate")
    else:
        write_file(path, seal(row["content"], certificate, session.clock.now()))
    return path


def sealed_name(file_name: str) -> str:
    """The name of a package's file when it is sealed for headquarters."""
    return Path(file_name).with_suffix(SUFFIX).name
