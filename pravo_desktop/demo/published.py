"""Hands in a report before the year is over, and makes what belongs to it later."""

from pathlib import Path

from db.session import Session
from pravo_desktop.domain.indicators import BY_KEY
from pravo_desktop.domain.periods import Period
from pravo_desktop.errors import BugError
from pravo_desktop.usecases.actor import Actor
from pravo_desktop.usecases.file_writing import write_file
from pravo_desktop.usecases.packages import Progress


def publish(session: Session, actor: Actor, year: int, told: Progress) -> int:
    """Publish the report of the year as of today; returns its number."""
    from pravo_desktop.usecases import publishing  # loads the libraries of the documents

    prepared = publishing.prepare_report(session, actor, period=Period.of_year(year), progress=told)
    return publishing.publish_report(session, actor, prepared=prepared)


def write_changes(
    session: Session, actor: Actor, report_id: int, folder: Path, told: Progress
) -> None:
    """The published files, the errata and the supplement as of today, checked to add up.

    Raises:
        BugError: figures that are sums do not add up.
    """
    from pravo_desktop.usecases import publishing

    (report,) = publishing.published_reports(session, actor)
    languages = sorted({language for language, _ in report.files})
    for language, format in report.files:
        data = publishing.published_file(
            session, actor, report_id=report_id, language=language, format=format
        )
        write_file(folder / f"published-{language}.{format}", data)
    makers = (
        ("errata", publishing.errata_document),
        ("supplement", publishing.supplement_document),
    )
    for done, language in enumerate(languages):
        told(language, done, len(languages))
        changes = publishing.report_changes(session, actor, report_id=report_id, language=language)
        for line in changes.lines:
            counted = BY_KEY[line.indicator].counted
            twice = line.repeated or 0
            if twice < 0 or (twice and counted != "distinct"):
                raise BugError(f"does not add up: {line}")
        for name, make in makers:
            for format in ("pdf", "xlsx"):
                write_file(folder / f"{name}-{language}.{format}", make(changes, format))
