"""Reports that are handed in: frozen as they are, and what later packages change in them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from db.audit import write_entry
from db.session import Session
from exports.report.blocks import Block, Cover, Sheet
from exports.report.changes import Changes, errata, supplement
from exports.report.content import ReportContent
from exports.report.texts import REPORT_LANGUAGES
from pravo_desktop.domain.indicators import BY_KEY, INDICATORS
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import Translator
from pravo_desktop.usecases.actor import COORDINATOR, Actor, require, use_case
from pravo_desktop.usecases.figures import keep_earlier, project_figures
from pravo_desktop.usecases.journal import effective_as_of
from pravo_desktop.usecases.packages import Progress
from pravo_desktop.usecases.report_changes import changes_since
from pravo_desktop.usecases.reports import DOCUMENTS, report_content, written

FileKey = tuple[str, str]
"""Language and format of a published file."""


@dataclass(frozen=True)
class PreparedReport:
    """A report that is ready to be published; see `publish_report`."""

    contents: Mapping[str, ReportContent]
    packages: tuple[int, ...]
    files: Mapping[FileKey, bytes]


@dataclass(frozen=True)
class PublishedReport:
    """A published report as a list shows it.

    Args:
        covered_to: the last day of the last month that any region had reported.
        files: SHA-256 by language and format.
    """

    report_id: int
    period: Period
    covered_to: date
    as_of: date
    state_hash: str
    published_at: str
    files: Mapping[FileKey, str]


def prepare_report(
    session: Session,
    actor: Actor,
    *,
    period: Period,
    as_of: date | None = None,
    formats: Sequence[str] = DOCUMENTS,
    progress: Progress | None = None,
) -> PreparedReport:
    """Make all files of a report; changes nothing.

    Args:
        as_of: today when empty.
        formats: of the files to keep, in each language.

    Raises:
        KnownError: ``not_allowed``, ``date_in_future``, ``report_field_unknown`` for a text with a
            field that is none.
    """
    require(actor, COORDINATOR, "prepare_report")
    if as_of and as_of > session.clock.today():
        raise KnownError("date_in_future", field="as_of")
    with session.transaction():
        figures = project_figures(session, period, as_of)
        keep_earlier(session, figures)
        packages = tuple(sorted(effective_as_of(session, figures.as_of)))
        contents = {
            language: report_content(session, figures, language) for language in REPORT_LANGUAGES
        }
    files = {}
    wanted = [(language, format) for language in REPORT_LANGUAGES for format in formats]
    for number, (language, format) in enumerate(wanted):
        if progress:
            progress(f"{language}.{format}", number, len(wanted))
        files[language, format] = written(contents[language], format)
    return PreparedReport(contents, packages, files)


@use_case(COORDINATOR)
def publish_report(session: Session, actor: Actor, *, prepared: PreparedReport) -> int:
    """Freeze a prepared report: figures, texts, files, versions of indicators, packages.

    Returns:
        its number; see `published_reports`.

    Raises:
        KnownError: ``report_outdated`` when what counts has changed since it was prepared.
    """
    content = next(iter(prepared.contents.values()))
    if prepared.packages != tuple(sorted(effective_as_of(session, content.as_of))):
        raise KnownError("report_outdated")
    period = content.period
    texts = {language: dict(one.texts) for language, one in prepared.contents.items()}
    session.execute(
        "INSERT INTO published_reports (first_day, last_day, covered_to, as_of, state_hash, "
        "figures, texts, indicators, packages, published_at, published_by) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            period.from_.isoformat(),
            period.to.isoformat(),
            _covered_to(content).isoformat(),
            content.as_of.isoformat(),
            content.state_hash,
            _json([asdict(row) for row in content.rows]),
            _json(texts),
            _json({one.key: one.version for one in INDICATORS}),
            _json(prepared.packages),
            session.now(),
            actor.account_id,
        ),
    )
    report_id = int(session.value("SELECT max(id) FROM published_reports"))
    session.execute_many(
        "INSERT INTO published_files VALUES (?, ?, ?, ?, ?)",
        [
            (report_id, language, format, hashlib.sha256(data).hexdigest(), data)
            for (language, format), data in prepared.files.items()
        ],
    )
    write_entry(session, actor.account_id, "report_published", record_id=str(report_id))
    session.changed.add("published_reports")
    return report_id


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _covered_to(content: ReportContent) -> date:
    """The end of the last month that any region reported; of the period while none did."""
    months = {
        month
        for row in content.rows
        if row.breakdown is None and row.state in ("reported", "partial", "zero")
        for month in row.months
        if not BY_KEY[row.indicator].from_register
    }
    if not months:
        return content.period.to
    return min(content.period.to, Month.parse(max(months)).last_day)


def published_reports(session: Session, actor: Actor) -> list[PublishedReport]:
    """All published reports, the newest first."""
    require(actor, COORDINATOR, "published_reports")
    files: dict[int, dict[FileKey, str]] = {}
    for row in session.all("SELECT report_id, language, format, sha256 FROM published_files"):
        files.setdefault(row["report_id"], {})[row["language"], row["format"]] = row["sha256"]
    rows = session.all(
        "SELECT id, first_day, last_day, covered_to, as_of, state_hash, published_at "
        "FROM published_reports ORDER BY id DESC"
    )
    return [
        PublishedReport(
            row["id"],
            Period(date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])),
            date.fromisoformat(row["covered_to"]),
            date.fromisoformat(row["as_of"]),
            row["state_hash"],
            row["published_at"],
            files.get(row["id"], {}),
        )
        for row in rows
    ]


def published_file(
    session: Session, actor: Actor, *, report_id: int, language: str, format: str
) -> bytes:
    """A file of a published report, byte for byte.

    Raises:
        KnownError: ``report_not_found``.
    """
    require(actor, COORDINATOR, "published_file")
    content = session.value(
        "SELECT content FROM published_files WHERE report_id = ? AND language = ? AND format = ?",
        (report_id, language, format),
    )
    if content is None:
        raise KnownError("report_not_found")
    return bytes(content)


def report_changes(
    session: Session,
    actor: Actor,
    *,
    report_id: int,
    as_of: date | None = None,
    language: str,
) -> Changes:
    """A published report beside what counts as of a later day, today when empty.

    Raises:
        KnownError: ``report_not_found``, ``date_in_future``, ``as_of_before_report``.
    """
    require(actor, COORDINATOR, "report_changes")
    day = as_of or session.clock.today()
    if day > session.clock.today():
        raise KnownError("date_in_future", field="as_of")
    found = session.one("SELECT * FROM published_reports WHERE id = ?", (report_id,))
    if found is None:
        raise KnownError("report_not_found")
    if day.isoformat() < found["as_of"]:
        raise KnownError("as_of_before_report", field="as_of")
    with session.transaction():
        return changes_since(session, found, day, language)


def make_errata(
    session: Session,
    actor: Actor,
    *,
    report_id: int,
    as_of: date | None = None,
    language: str,
    format: str,
) -> bytes:
    """The changed figures of a published report, with the packages and reasons behind them.

    Args:
        format: one of `DOCUMENTS`.

    Raises:
        KnownError: as `report_changes`; ``report_format_unknown``.
    """
    changes = report_changes(session, actor, report_id=report_id, as_of=as_of, language=language)
    return errata_document(changes, format)


def make_supplement(
    session: Session,
    actor: Actor,
    *,
    report_id: int,
    as_of: date | None = None,
    language: str,
    format: str,
) -> bytes:
    """The report of the months that a published one had not yet: the difference to the whole.

    Args:
        format: one of `DOCUMENTS`.

    Raises:
        KnownError: as `report_changes`; ``report_format_unknown``.
    """
    changes = report_changes(session, actor, report_id=report_id, as_of=as_of, language=language)
    return supplement_document(changes, format)


def errata_document(changes: Changes, format: str) -> bytes:
    """See `make_errata`."""
    translator = Translator(changes.language)
    return _document(*errata(changes, translator), translator, format)


def supplement_document(changes: Changes, format: str) -> bytes:
    """See `make_supplement`."""
    translator = Translator(changes.language)
    return _document(*supplement(changes, translator), translator, format)


def _document(
    cover: Cover,
    blocks: tuple[Block, ...],
    sheets: tuple[Sheet, ...],
    translator: Translator,
    format: str,
) -> bytes:
    match format:
        case "pdf":
            from exports.report.pdf import write_pdf

            return write_pdf(cover, blocks, translator)
        case "docx":
            from exports.report.docx import write_docx

            return write_docx(cover, blocks, translator)
        case "xlsx":
            from exports.report.xlsx import write_workbook

            return write_workbook(cover, sheets, translator)
    raise KnownError("report_format_unknown", format=format)
