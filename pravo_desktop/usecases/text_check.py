"""Compare a finished text with the figures of its period."""

from datetime import date
from pathlib import Path

from db.session import Session
from pravo_desktop.domain.periods import Period
from pravo_desktop.domain.text_check import Finding, check_text
from pravo_desktop.resources import text_words
from pravo_desktop.usecases.actor import COORDINATOR, Actor, require
from pravo_desktop.usecases.figures import project_figures
from pravo_desktop.usecases.inbox import read_file


def check_text_file(
    session: Session, actor: Actor, *, path: Path, period: Period, as_of: date | None = None
) -> list[Finding]:
    """Every number of a DOCX or text file that claims a figure, with what the figures say.

    Args:
        period: the period that the text is about.
        as_of: the figures of the packages received by the end of this day; today when empty.

    Raises:
        KnownError: ``not_allowed``, ``file_not_found``, ``file_not_read``, ``text_too_large``,
            ``text_not_read``.
    """
    require(actor, COORDINATOR, "check_text_file")
    from exports.text_document import read_text_document

    paragraphs = read_text_document(path.name, read_file(path))
    with session.transaction():
        figures = project_figures(session, period, as_of)
    return check_text(paragraphs, figures.rows, text_words())
