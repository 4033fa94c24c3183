"""The values of received versions, as the merged tables have them."""

from functools import cache

from db.schema import MERGED_TABLES


@cache
def values_of(rows: str, table: str, version: str = "received_row_id") -> str:
    """A SELECT of the living versions of one table, with the columns of its merged table.

    Its one parameter is the table's name.

    Args:
        rows: a table with the columns centre, table_name, record_id and ``version``.
        version: its column that holds the id of the received row.
    """
    columns = ", ".join(
        f"json_extract(r.payload, '$.{column}') AS \"{column}\""
        for column in MERGED_TABLES[table].c.keys()[2:]
    )
    return (
        f"SELECT m.centre, m.record_id AS id, {columns} FROM {rows} m "
        f"CROSS JOIN received_rows r ON r.id = m.{version} "
        "WHERE m.table_name = ? AND NOT r.deleted"
    )
