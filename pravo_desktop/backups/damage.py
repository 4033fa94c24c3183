"""A damaged data folder: what is wrong, which backup helps, and saving what can be read."""

import shutil
from contextlib import suppress
from pathlib import Path

from db.backup import damage_of
from db.salvage import SalvagedTable as SalvagedTable
from db.salvage import salvage
from db.search import index_case
from db.session import Session
from pravo_desktop.backups.keeping import KeptBackup, backups_of
from pravo_desktop.bootstrap import Workplace, open_workplace
from pravo_desktop.clock import Clock
from pravo_desktop.data_folder import ARCHIVE, DATABASE, SLOTS, decide_restore, free_name
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.security.keyslots import KeySlots
from pravo_desktop.usecases.own_rows import free_letter
from pravo_desktop.usecases.packages import Progress
from pravo_desktop.usecases.replay import replay
from pravo_desktop.usecases.upkeep import begin_epoch


def damage(folder: Path, *, user: str, password: str) -> list[str]:
    """What is wrong with the database of a folder that nobody has open; nothing when whole.

    Raises:
        KnownError: ``wrong_password``, ``key_slots_damaged``, ``key_slots_missing``.
    """
    keys = KeySlots.load(folder / SLOTS).unlock(user, password)
    try:
        return damage_of(folder / DATABASE, keys.database_key)
    except KnownError as error:
        return [error.code]


def newest_good_backup(folder: Path) -> KeptBackup | None:
    """The newest backup in any place of the data folder; each was verified when it was made."""
    return next(iter(backups_of(folder)), None)


def salvage_workplace(
    folder: Path,
    *,
    user: str,
    password: str,
    clock: Clock | None = None,
    progress: Progress = lambda step, done, total: None,
) -> list[SalvagedTable]:
    """Save what can be read into a new database; the damaged one is kept aside, with the date.

    The folder goes on as a new station in a new epoch, as after a restore: take the rows of the
    own packages back afterwards. What is derived from other tables is made anew.

    Args:
        progress: see `Progress`; what it raises leaves the folder as it was.

    Raises:
        KnownError: ``nothing_to_salvage``, and as `damage`.
    """
    folder = folder.resolve()
    keys = KeySlots.load(folder / SLOTS).unlock(user, password)
    staging = folder.with_name(f".{folder.name}.salvaging")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir()
    try:
        saved = salvage(folder / DATABASE, keys.database_key, staging / DATABASE, progress)
        whole = {one.table for one in saved if one.rows}
        if not {"installation", "accounts"} <= whole:
            raise KnownError("nothing_to_salvage", file=DATABASE)
        shutil.copy2(folder / SLOTS, staging / SLOTS)
        if (folder / ARCHIVE).is_dir():
            shutil.copytree(folder / ARCHIVE, staging / ARCHIVE)
        workplace = open_workplace(staging, user=user, password=password, clock=clock)
        try:
            session = workplace.session()
            begin_epoch(
                session,
                workplace.actor,
                station=new_id(),
                station_letter=free_letter({session.installation.station_letter}),
            )
            _derive(session, workplace, {one.table for one in saved if not one.whole})
            today = session.clock.today()
            session.close()
        finally:
            workplace.close()
        decide_restore(folder, staging, free_name(folder, f"damaged-{today}"))
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return saved


def _derive(session: Session, workplace: Workplace, damaged: set[str]) -> None:
    """Make anew what cases are found by and what headquarters counts from."""
    if damaged & {"case_index", "case_words"}:
        with session.transaction():
            for (case_id,) in list(session.rows("SELECT id FROM cases")):
                index_case(session, case_id)
    if any(table.startswith(("merged_", "received_", "kept_")) for table in damaged):
        # A package that is missing in the archive is said so by the doctor.
        with suppress(KnownError):
            replay(session, workplace.actor, archive=workplace.archive)
