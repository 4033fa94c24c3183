"""Free text that leaves the centre must not name anybody the centre knows."""

from dataclasses import dataclass

from db.session import Session
from pravo_desktop.domain.fields import fields_of, travelling_columns
from pravo_desktop.domain.records import BY_TABLE
from pravo_desktop.domain.text import PersonalData, personal_data_in
from pravo_desktop.errors import KnownError
from pravo_desktop.resources import classifiers

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
    people = _People.of(session)
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
                found = people.named_in(row[name])
                if found:
                    raise KnownError(
                        "text_names_person",
                        table=table,
                        field=name,
                        id=row["id"],
                        found=found[0].code,
                    )


def check_words(session: Session, words: str, field: str) -> None:
    """Refuse words that would leave the centre and name somebody, while they are typed.

    Args:
        field: of the form.

    Raises:
        KnownError: ``words_name_person`` with the field, never the words themselves.
    """
    if _People.of(session).named_in(words):
        raise KnownError("words_name_person", field=field)


@dataclass(frozen=True)
class _People:
    """Whom a text must not name."""

    surnames: frozenset[str]
    phones: frozenset[str]
    allowed: frozenset[str]

    @classmethod
    def of(cls, session: Session) -> "_People":
        names = "SELECT DISTINCT surname FROM identities WHERE surname IS NOT NULL"
        lists = classifiers()
        allowed = {"Бақытты отбасы"}
        for region in lists.regions.values():
            allowed |= {region.kk, region.ru}
        for centre in lists.centres.values():
            allowed |= set(centre.city.values())
        for received in ("", "received_"):
            allowed |= _held(session, f"SELECT name_kk, name_ru FROM {received}regions")
            allowed |= _held(session, f"SELECT city_kk, city_ru FROM {received}centres")
        return cls(
            frozenset(
                _held(session, names) | _held(session, "SELECT DISTINCT surname FROM staff_names")
            ),
            frozenset(
                _held(session, "SELECT DISTINCT phone FROM identities WHERE phone IS NOT NULL")
            ),
            frozenset(allowed),
        )

    def named_in(self, text: str) -> list[PersonalData]:
        return personal_data_in(
            text, surnames=self.surnames, phones=self.phones, allowed=self.allowed
        )


def _held(session: Session, sql: str) -> set[str]:
    return {str(value) for row in session.rows(sql) for value in row if value}
