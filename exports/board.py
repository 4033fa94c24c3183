"""The board as XLSX and PDF, for the letter to one centre or to all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from exports.list_columns import ListColumn
from exports.lists import write_list_pdf, write_list_xlsx
from pravo_desktop.domain.board import SYMBOLS, WORDS
from pravo_desktop.domain.periods import Month
from pravo_desktop.i18n import Translator


@dataclass(frozen=True)
class PrintedRow:
    """A line of the board: a centre, or a section of one; a state for each month."""

    name: str
    states: tuple[str, ...]


def legend(t: Translator) -> str:
    """What each mark means, in one line."""
    return "; ".join(f"{SYMBOLS[state]} {t.text(word)}" for state, word in WORDS.items())


def write_board(
    rows: Sequence[PrintedRow],
    months: Sequence[Month],
    *,
    translator: Translator,
    title: str,
    first: str,
    notes: Sequence[str],
    zeros: Sequence[str],
    reasons: Sequence[str],
    as_of: date,
    made_at: datetime,
    made_by: str,
    format: Literal["xlsx", "pdf"],
) -> bytes:
    """The board as a file.

    Args:
        translator: of the letter's language.
        first: head of the first column.
        notes: what is missing, in words; the legend stands before them.
        zeros: which sections were confirmed as zero and why, in words, under a line of their own;
            a mark of the table may stand for several sections.
        reasons: why sections were amended, in words; they stand last, under a line of their own.
        as_of: packages received by the end of this day.
        made_at: an aware moment.
    """
    t = translator
    columns = [
        ListColumn(first),
        *(ListColumn(f"{month.number:02d}.{month.year}") for month in months),
    ]
    cells = [[row.name, *(SYMBOLS[state] for state in row.states)] for row in rows]
    said = [t.text("As of {day}", day=t.date(as_of)), legend(t), *notes]
    if zeros:
        said += [t.text("Confirmed as zero, with the reason:"), *zeros]
    if reasons:
        said += [t.text("Why sections were amended after the month was closed:"), *reasons]
    if format == "xlsx":
        return write_list_xlsx(title, columns, cells, notes=said)
    return write_list_pdf(
        title,
        columns,
        cells,
        translator=t,
        made_at=made_at,
        made_by=made_by,
        notes=said,
    )
