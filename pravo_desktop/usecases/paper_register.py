"""The register of printed papers: each has a number, a language and the version of its text."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from db.audit import write_entry
from db.search import OPEN_TO_READER
from db.session import Session
from exports.papers.content import (
    AttendanceList,
    Certificate,
    Consent,
    HandOutAct,
    HeldData,
    Journal,
    Slip,
)
from exports.papers.templates import PaperKey, template
from pravo_desktop.i18n import Translator
from pravo_desktop.usecases.actor import EVERYBODY, Actor, require

Content = Consent | Certificate | AttendanceList | HandOutAct | Journal | Slip | HeldData


@dataclass(frozen=True)
class Paper:
    """A paper that was issued, ready to be made into a PDF.

    Args:
        number: in the register.
        template: version of its text.
    """

    number: int
    kind: PaperKey
    language: str
    template: str
    content: Content


@dataclass(frozen=True)
class IssuedPaper:
    """A line of the register.

    Args:
        case_number: None for papers of no case.
        issued_at: ISO 8601 in UTC.
        actor: login name of who issued it.
        reprint_of: number of the original.
    """

    number: int
    kind: str
    case_id: str | None
    case_number: str | None
    participant_id: str | None
    language: str
    template: str
    issued_at: str
    actor: str
    reprint_of: int | None


def render(paper: Paper) -> bytes:
    """The paper as PDF, with the text in the version in which it was issued.

    It needs no database and may run elsewhere.
    """
    from exports.papers.makers import MAKERS

    return MAKERS[paper.kind](paper.content, Translator(paper.language), paper.template)


class _NotIssued(Exception):
    """Takes back what issuing a paper has written."""


def as_it_would_be(session: Session, issue: Callable[[], Paper]) -> Paper:
    """A paper to look at before it is issued; register and history stay as they are.

    Args:
        issue: calls the use case that issues the paper.

    Raises:
        KnownError: as that use case.
    """
    try:
        with session.transaction():
            paper = issue()
            raise _NotIssued
    except _NotIssued:
        session.changed = set()
        return paper


def issued_before(session: Session, number: int) -> dict[str, Any] | None:
    """A paper's row of the register."""
    return session.one("SELECT * FROM issued_papers WHERE number = ?", (number,))


def issued_papers(
    session: Session, actor: Actor, *, case_id: str | None = None, limit: int = 500
) -> list[IssuedPaper]:
    """The register, the latest first; papers of cases closed to the actor are left out.

    Args:
        case_id: of this case alone.
    """
    require(actor, EVERYBODY, "issued_papers")
    rows = session.all(
        "SELECT p.*, c.number AS case_number, a.name AS actor_name FROM issued_papers p "
        "JOIN accounts a ON a.id = p.actor LEFT JOIN cases c ON c.id = p.case_id "
        "WHERE (:case IS NULL OR p.case_id = :case) AND "
        f"(p.case_id IS NULL OR {OPEN_TO_READER.format(case='p.case_id')}) "
        "ORDER BY p.number DESC LIMIT :limit",
        {"case": case_id, "reader": actor.account_id, "limit": limit},
    )
    return [
        IssuedPaper(
            row["number"],
            row["kind"],
            row["case_id"],
            row["case_number"],
            row["participant_id"],
            row["language"],
            row["template"],
            row["issued_at"],
            row["actor_name"],
            row["reprint_of"],
        )
        for row in rows
    ]


def register(
    session: Session,
    actor: Actor,
    kind: PaperKey,
    language: str,
    details: Mapping[str, Any],
    case_id: str | None = None,
    participant_id: str | None = None,
    *,
    version: str | None = None,
    reprint_of: int | None = None,
) -> int:
    """Enter a paper into the register; returns its number. ``details`` name nobody it is about."""
    chosen = template(kind, language, version).version
    number = int(
        session.value(
            "INSERT INTO issued_papers (kind, case_id, participant_id, language, template, "
            "details, issued_at, actor, reprint_of) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "RETURNING number",
            (
                kind,
                case_id,
                participant_id,
                language,
                chosen,
                json.dumps(details, ensure_ascii=False, sort_keys=True),
                session.now(),
                actor.account_id,
                reprint_of,
            ),
        )
    )
    write_entry(session, actor.account_id, "paper_issued", record_id=str(number))
    session.changed.add("issued_papers")
    return number


def as_paper(number: int, kind: PaperKey, language: str, content: Content) -> Paper:
    """A registered paper in the newest version of its text."""
    return Paper(number, kind, language, template(kind, language).version, content)


def number_label(session: Session, number: int) -> str:
    """A paper's number as printed: the station's letter keeps two stations of a centre apart."""
    return f"{session.installation.station_letter}-{number}"
