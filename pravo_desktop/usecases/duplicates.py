"""What headquarters can know of a couple or a consultation that a centre entered twice."""

from db.session import Session
from pravo_desktop.domain.fields import travelling_columns
from pravo_desktop.domain.records import BY_TABLE, Case

OF_A_CASE = tuple(table for table in BY_TABLE if "case_id" in travelling_columns(table))
"""Tables of records that belong to a case and leave the centre."""


def rows_of(prefix: str) -> str:
    """The table of winning versions beside the tables of a prefix, as `merged_as_of` gave it."""
    return "temp.asof_rows" if prefix == "asof_" else f"{prefix}rows"


def joined_cases(session: Session, prefix: str) -> set[tuple[str, str, str]]:
    """Cases that were here and were then dissolved into another one by their centre.

    A join travels as the withdrawal of a case in one package with records that were in it before
    and are in the other one now. What was joined before it was first sent cannot be seen.

    Returns:
        centre, id of the case that stays, id of the dissolved one.
    """
    children = ", ".join(f"'{table}'" for table in OF_A_CASE)
    found = session.rows(
        "SELECT DISTINCT d.centre, n.payload ->> 'case_id', d.record_id "
        f"FROM {rows_of(prefix)} d JOIN received_rows g ON g.id = d.received_row_id "
        "JOIN received_rows n ON n.package_id = g.package_id "
        f"AND n.table_name IN ({children}) "
        "JOIN received_rows o ON o.record_id = n.record_id AND o.table_name = n.table_name "
        f"WHERE d.table_name = '{Case.table}' AND d.deleted "
        "AND o.payload ->> 'case_id' = d.record_id "
        "AND n.payload ->> 'case_id' <> d.record_id"
    )
    return {(centre, kept, dissolved) for centre, kept, dissolved in found}
