"""A journal that is opened for an import: its columns, and what the person decides of them."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from db.session import Session
from exports.journals import Journal, read_journal
from pravo_desktop.domain.journal_cells import as_text
from pravo_desktop.domain.journal_columns import (
    FIELDS,
    JOINED,
    Columns,
    columns_hash,
    guessed_columns,
    header_row,
    whose_unclear,
)
from pravo_desktop.domain.records import LONGEST_REASON
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.actor import LEAD, Actor, require

_SAMPLE = 5


@dataclass(frozen=True)
class JournalLayout:
    """A journal that was opened, and how its columns may be read.

    Args:
        sheets: names of the sheets with these headers; they are imported together.
        left_out: names of sheets with other headers.
        headers: of the columns, from the left.
        columns: as this layout was read last time, else as the headers are understood.
        whose_unclear: positions of columns whose headers do not say whose IIN or phone it is.
        specialists: whom this layout's texts meant last time; see `ImportPlan`.
        remembered: whether the columns come from last time.
        sample: the first rows as text.
    """

    journal: Journal
    sheets: tuple[str, ...]
    left_out: tuple[str, ...]
    headers: tuple[str, ...]
    columns: Columns
    whose_unclear: frozenset[int]
    specialists: Mapping[str, str]
    remembered: bool
    sample: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class ImportPlan:
    """What the person decided.

    Args:
        columns: the field of each column (`domain.journal_columns.FIELDS`) or None.
        specialists: staff member's id by the text of the journal, as in
            ``ImportReport.unknown_specialists``.
        specialist_id: whose visits the rows are that name no specialist.
        case_kind: of couples whose rows do not say it.
        consents_on_paper: why consent counts as given where the rows do not speak of it, such as
            where the sheets are kept; None when there are none, and names are then left out.
        skip_errors: rows with errors are left out; otherwise one such row refuses the import.
    """

    columns: Columns
    specialists: Mapping[str, str] = field(default_factory=dict)
    specialist_id: str | None = None
    case_kind: str = "married"
    consents_on_paper: str | None = None
    skip_errors: bool = False


def open_journal(session: Session, actor: Actor, *, path: Path) -> JournalLayout:
    """Read a journal's file and find its headers and the mapping of its columns.

    Raises:
        KnownError: ``not_allowed``; those of `exports.journals.read_journal`; ``journal_empty``
            when no sheet has headers.
    """
    require(actor, LEAD, "open_journal")
    journal = read_journal(path)
    layouts = {}
    for sheet in journal.sheets:
        position = header_row(sheet.rows)
        if position is not None:
            headers = tuple(map(as_text, sheet.rows[position]))
            layouts[sheet.name] = (headers, sheet.rows[position + 1 :])
    if not layouts:
        raise KnownError("journal_empty", file=journal.name)
    best = max(layouts, key=lambda name: _known_headers(layouts[name][0]))
    headers, rows = layouts[best]
    digest = columns_hash(headers)
    kept = session.value("SELECT mapping FROM journal_layouts WHERE columns_hash = ?", (digest,))
    last = json.loads(kept) if kept else {}
    same = tuple(name for name, (found, _) in layouts.items() if columns_hash(found) == digest)
    return JournalLayout(
        journal=journal,
        sheets=same,
        left_out=tuple(s.name for s in journal.sheets if s.name not in same),
        headers=headers,
        columns=tuple(last["columns"]) if last else guessed_columns(headers),
        whose_unclear=whose_unclear(headers),
        specialists=last.get("specialists", {}),
        remembered=bool(last),
        sample=tuple(tuple(map(as_text, row)) for row in rows[:_SAMPLE]),
    )


def _known_headers(headers: Sequence[str]) -> int:
    return sum(found is not None for found in guessed_columns(headers))


def check_plan(layout: JournalLayout, plan: ImportPlan) -> None:
    """Refuse a plan that cannot be followed.

    Raises:
        KnownError: ``journal_field_unknown``, ``journal_field_twice``,
            ``journal_date_not_mapped``, ``journal_columns_differ``; ``field_required`` or
            ``text_too_long`` of the reason for consents on paper.
    """
    columns = [column for column in plan.columns if column is not None]
    for column in columns:
        if column not in FIELDS:
            raise KnownError("journal_field_unknown", name=column)
    for column, times in Counter(columns).items():
        if times > 1 and column not in JOINED:
            raise KnownError("journal_field_twice", name=column)
    if "date" not in columns:
        raise KnownError("journal_date_not_mapped")
    if plan.consents_on_paper is not None and not plan.consents_on_paper.strip():
        raise KnownError("field_required", field="consents_on_paper")
    if len(plan.consents_on_paper or "") > LONGEST_REASON:
        raise KnownError("text_too_long", field="consents_on_paper", maximum=LONGEST_REASON)
    if len(plan.columns) != len(layout.headers):
        raise KnownError("journal_columns_differ")
