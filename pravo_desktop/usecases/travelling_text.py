"""Free text that leaves the centre must not name anybody the centre knows."""

from db.session import Session
from pravo_desktop.domain.records import BY_TABLE, fields_of, travelling_columns
from pravo_desktop.domain.text import personal_data_in
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.registers import city_of, known_centres, known_regions

_SHORTEST_FREE_TEXT = 80
"""Shorter fields hold keys, codes and months, not sentences."""

_ADDRESSES = frozenset({"link"})
"""Web addresses, whose long numbers are no IIN."""


def check_travelling_text(session: Session) -> None:
    """Look through all unsent text for a surname or phone of the centre, or a 12-digit number.

    Raises:
        KnownError: ``text_names_person`` with the table, the field, the record's id and the code
            of what was found; never the text itself.
    """
    surnames = _held(session, "SELECT DISTINCT surname FROM identities WHERE surname IS NOT NULL")
    surnames |= _held(session, "SELECT DISTINCT surname FROM staff_names")
    phones = _held(session, "SELECT DISTINCT phone FROM identities WHERE phone IS NOT NULL")
    allowed = {"Бақытты отбасы"}
    for region in known_regions(session).values():
        allowed |= {region.name_kk, region.name_ru}
    for key in known_centres(session):
        allowed |= set(city_of(session, key).values())
    for table in BY_TABLE:
        names = [
            spec.name
            for spec in fields_of(BY_TABLE[table])
            if spec.name in travelling_columns(table)
            and spec.kind is str
            and not (spec.many or spec.classifier or spec.parent)
            and (spec.max_length or 0) >= _SHORTEST_FREE_TEXT
            and spec.name not in _ADDRESSES
        ]
        if not names:
            continue
        rows = session.all(
            f"SELECT id, {', '.join(names)} FROM {table} WHERE NOT deleted AND change > sent"
        )
        for row in rows:
            for name in names:
                if not row[name]:
                    continue
                found = personal_data_in(
                    row[name], surnames=surnames, phones=phones, allowed=allowed
                )
                if found:
                    raise KnownError(
                        "text_names_person",
                        table=table,
                        field=name,
                        id=row["id"],
                        found=found[0].code,
                    )


def _held(session: Session, sql: str) -> set[str]:
    return {str(value) for row in session.all(sql) for value in row.values()}
