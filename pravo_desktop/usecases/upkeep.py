"""Looking after a data folder: examining it, copying it, going on after a restored backup."""

from dataclasses import dataclass
from pathlib import Path

from db.audit import broken_entry, write_entry
from db.backup import copy_database, damaged_pages, orphans, stored_revision
from db.migrate import head_revision
from db.session import Session
from db.store import restamp
from pravo_desktop.usecases.actor import EVERYBODY, RESPONSIBLE, Actor, require, use_case


@dataclass(frozen=True)
class Examined:
    """What one examination found.

    Args:
        check: ``pages``, ``foreign_keys``, ``history`` or ``version``.
        found: what is wrong, without personal data; nothing when all is well.
    """

    check: str
    found: tuple[str, ...]

    @property
    def well(self) -> bool:
        return not self.found


def examine(session: Session, actor: Actor) -> list[Examined]:
    """Examine the database: its pages, parents of its rows, the audit chain, its version.

    While pages are damaged the rest cannot be read and is left out.
    """
    require(actor, EVERYBODY, "examine")
    pages = damaged_pages(session)
    if pages:
        return [Examined("pages", tuple(pages))]
    broken = broken_entry(session)
    version = stored_revision(session)
    return [
        Examined("pages", ()),
        Examined("foreign_keys", tuple(orphans(session))),
        Examined("history", () if broken is None else (str(broken),)),
        Examined("version", () if version == head_revision() else (str(version),)),
    ]


def copy_for_backup(session: Session, actor: Actor, *, target: Path) -> None:
    """Write an encrypted copy of the database to a new file.

    Raises:
        KnownError: ``not_allowed``.
    """
    require(actor, RESPONSIBLE, "copy_for_backup")
    copy_database(session, target)


@use_case(RESPONSIBLE)
def begin_epoch(session: Session, actor: Actor, *, station: str, station_letter: str) -> None:
    """Go on as a new station after a backup was restored: every record is stamped anew.

    The next package is complete; what older epochs of this station sent and it lacks is withdrawn.

    Args:
        station: id of the new station.
        station_letter: of its case numbers; no other station of the centre has it.
    """
    session.execute(
        "UPDATE installation SET epoch = epoch + 1, station = ?, station_letter = ?, "
        "replaces = json_insert(replaces, '$[#]', station)",
        (station, station_letter),
    )
    restamp(session)
    write_entry(session, actor.account_id, "backup_restored", record_id=station)
