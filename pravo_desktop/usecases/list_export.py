"""Lists of the window that leave it: what was taken out, by whom, is written into the history."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from db.audit import write_entry
from db.session import Session
from exports.list_columns import ListColumn, Value
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import Translator
from pravo_desktop.usecases.actor import EVERYBODY, RESPONSIBLE, Actor, use_case

__all__ = ["ListColumn", "ListSheet", "Value", "export_list", "print_list", "render_list"]


@dataclass(frozen=True)
class ListSheet:
    """A list as the person sees it: its columns in their order, its rows as they are sorted.

    Args:
        title: in the reader's language.
        rows: a value for each column.
    """

    title: str
    columns: tuple[ListColumn, ...]
    rows: tuple[tuple[Value, ...], ...]


@use_case(RESPONSIBLE)
def export_list(
    session: Session, actor: Actor, *, name: str, rows: int, personal: bool, confirmed: bool
) -> datetime:
    """Write into the history that a list leaves as a workbook; comes before the workbook itself.

    Args:
        name: of the list, stable, such as ``staff/vacancies``.
        rows: how many there are.
        personal: whether columns of it name or describe a person.
        confirmed: the person was asked, and wanted it all the same.

    Returns:
        the moment.

    Raises:
        KnownError: ``not_allowed``; ``list_not_confirmed`` for a personal list without it.
    """
    return _note(session, actor, "list_exported", name, rows, personal, confirmed)


@use_case(EVERYBODY)
def print_list(
    session: Session, actor: Actor, *, name: str, rows: int, personal: bool, confirmed: bool
) -> datetime:
    """Write into the history that a list is printed or saved as pages; as `export_list` else.

    Raises:
        KnownError: ``not_allowed``, ``list_not_confirmed``.
    """
    return _note(session, actor, "list_printed", name, rows, personal, confirmed)


def render_list(
    sheet: ListSheet,
    translator: Translator,
    *,
    pages: bool,
    made_at: datetime,
    made_by: str,
    progress: Callable[[str, int, int], object],
) -> bytes:
    """The list as PDF pages or as an XLSX workbook.

    Args:
        progress: hook, ``("rows", done, total)``; what it raises ends the work.
    """
    from exports.lists import write_list_pdf, write_list_xlsx

    if not pages:
        return write_list_xlsx(sheet.title, sheet.columns, sheet.rows, progress=progress)
    return write_list_pdf(
        sheet.title,
        sheet.columns,
        _shown(sheet.rows, translator),
        translator=translator,
        made_at=made_at,
        made_by=made_by,
        progress=progress,
    )


def _shown(rows: Sequence[Sequence[Value]], translator: Translator) -> list[list[str]]:
    return [
        [translator.number(value) if isinstance(value, int) else value for value in row]
        for row in rows
    ]


def _note(
    session: Session,
    actor: Actor,
    action: str,
    name: str,
    rows: int,
    personal: bool,
    confirmed: bool,
) -> datetime:
    if personal and not confirmed:
        raise KnownError("list_not_confirmed")
    write_entry(
        session,
        actor.account_id,
        action,
        content={"list": name, "rows": rows, "personal": "yes" if personal else "no"},
    )
    return session.clock.now()
