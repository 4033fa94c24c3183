"""The rows that one package brought, as headquarters received them."""

from dataclasses import dataclass

from db.session import Session
from pravo_desktop.domain.versions import row_code
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.actor import COORDINATOR, Actor, require


@dataclass(frozen=True)
class PackageRow:
    """A row of a package.

    Args:
        table, centre, record_id: of the record.
        code: by which people tell each other the record.
        row: its number in the sheet named like the table.
        deleted: it takes the record back.
        counts: this version of the record is the one that is counted now.
    """

    table: str
    centre: str
    record_id: str
    code: str
    row: int
    deleted: bool
    counts: bool


def package_rows(session: Session, actor: Actor, *, package_id: int) -> list[PackageRow]:
    """The rows of a received package in the order of its sheets.

    Raises:
        KnownError: ``not_allowed``, ``package_not_found``.
    """
    require(actor, COORDINATOR, "package_rows")
    centre = session.value("SELECT centre FROM received_packages WHERE id = ?", (package_id,))
    if centre is None:
        raise KnownError("package_not_found", package=str(package_id))
    rows = session.rows(
        "SELECT r.table_name, r.record_id, r.row_number, r.deleted, "
        "coalesce(m.row_hash = r.row_hash, 0) FROM received_rows r "
        "LEFT JOIN merged_rows m ON m.centre = ? AND m.table_name = r.table_name "
        "AND m.record_id = r.record_id WHERE r.package_id = ? ORDER BY r.id",
        (centre, package_id),
    )
    return [
        PackageRow(table, centre, record_id, row_code(record_id), number, bool(gone), bool(counts))
        for table, record_id, number, gone, counts in rows
    ]
