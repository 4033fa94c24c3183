"""An existing journal's columns: what a header names and which row the headers are.

Journals are kept in Kazakh or Russian and in every form; a header is only guessed, and what a cell
says (`domain.journal_cells`) is either understood or told as a finding. Nothing is filled in
silently.
"""

import hashlib
from collections.abc import Sequence

from pravo_desktop.domain.folding import fold
from pravo_desktop.domain.journal_cells import Cell, as_text
from pravo_desktop.domain.journal_words import (
    ASPECTS,
    COUPLE,
    HEADERS,
    HUSBAND,
    LAST_HEADERS,
    WIFE,
    WORD,
    any_fits,
    first_fitting,
)

JOINED = ("husband_name", "wife_name", "person_name", "couple_names", "topic", "note", "claim")
"""Fields that several columns may fill; their texts are joined in the order of the columns."""

FIELDS = (
    "date",
    "specialist",
    "profession",
    "case_number",
    "case_kind",
    "came_through",
    "couple_names",
    "husband_name",
    "husband_iin",
    "husband_phone",
    "husband_birth",
    "wife_name",
    "wife_iin",
    "wife_phone",
    "wife_birth",
    "person_name",
    "person_iin",
    "person_phone",
    "person_birth",
    "person_sex",
    "person_role",
    "children",
    "attended",
    "consent",
    "claim",
    "filed_on",
    "court_number",
    "format",
    "minutes",
    "topic",
    "note",
)
"""What a column may be; ``person_*`` is for journals with one person in a row."""

Columns = tuple[str | None, ...]
"""The field of each column, from the left; None for a column that is not read."""

_HEADER_ROWS = 20
_OF_ONE = {f"person_{aspect}": aspect for aspect in ("iin", "phone", "birth")}
"""What of one person a header may name without saying whose it is."""


def field_of(header: str) -> str | None:
    """The field that a header most likely names; None when it names none that is known."""
    words = WORD.findall(fold(header))
    if not words:
        return None
    aspect = first_fitting(words, ASPECTS)
    alone = len(words) == 1
    wife = any_fits(words, WIFE) and not (alone and words[0] == "супруги")
    if alone and words[0] == "супруга":
        return "wife_name"
    if wife or any_fits(words, HUSBAND):
        whose = "wife" if wife else "husband"
        return f"{whose}_{aspect}" if aspect in {"iin", "phone", "birth"} else f"{whose}_name"
    field = first_fitting(words, HEADERS)
    if field is not None and not (aspect == "name" and field == "topic"):
        return field or None
    if any_fits(words, COUPLE):
        return "couple_names" if aspect in {None, "name"} else f"person_{aspect}"
    if aspect:
        return f"person_{aspect}"
    return first_fitting(words, LAST_HEADERS)


def guessed_columns(headers: Sequence[str]) -> Columns:
    """The field of each column by its header; a field that cannot be joined is given once.

    Beside the names of a couple a bare "IIN" or "Phone" is of the spouse to its left where each
    spouse has one; otherwise it is not read, see `whose_unclear`.
    """
    found: list[str | None] = []
    for field in _with_owners([field_of(header) for header in headers]):
        found.append(None if field in found and field not in JOINED else field)
    return tuple(found)


def whose_unclear(headers: Sequence[str]) -> frozenset[int]:
    """Positions of columns that are not read because nothing says whose IIN or phone they hold."""
    fields = [field_of(header) for header in headers]
    settled = _with_owners(fields)
    return frozenset(
        position
        for position, field in enumerate(fields)
        if field in _OF_ONE and settled[position] is None
    )


def _with_owners(found: Sequence[str | None]) -> list[str | None]:
    """The fields, those of one person given to a spouse or taken out where rows hold a couple."""
    spouses = [one for one in ("husband", "wife") if f"{one}_name" in found]
    if not (spouses or "couple_names" in found) or {"person_name", "person_role"} & set(found):
        return list(found)
    given: list[str | None] = []
    beside = None
    for field in found:
        if field in _OF_ONE and beside:
            field = f"{beside}_{_OF_ONE[field]}"
        elif field and field.partition("_")[0] in spouses:
            beside = field.partition("_")[0]
        given.append(field)
    one_each = {
        aspect
        for aspect in _OF_ONE.values()
        if spouses and all(given.count(f"{one}_{aspect}") == 1 for one in spouses)
    }
    return [
        now if was not in _OF_ONE or _OF_ONE[was] in one_each else None
        for was, now in zip(found, given, strict=True)
    ]


def header_row(rows: Sequence[Sequence[Cell]]) -> int | None:
    """Position of the row of headers: of the first rows, the one with most headers known.

    Titles above it are passed over; None when the rows hold nothing.
    """
    best, most = None, 0
    for position, row in enumerate(rows[:_HEADER_ROWS]):
        texts = [as_text(cell) for cell in row if isinstance(cell, str)]
        known = 2 * sum(field_of(text) is not None for text in texts) + (len(texts) > 1)
        if known > most:
            best, most = position, known
    return best


def columns_hash(headers: Sequence[str]) -> str:
    """SHA-256 (hex) of the folded headers: the same layout has the same hash."""
    text = "\n".join(" ".join(WORD.findall(fold(header))) for header in headers)
    return hashlib.sha256(text.encode()).hexdigest()
