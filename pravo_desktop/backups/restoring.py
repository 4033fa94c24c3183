"""Restoring a backup: what is in it, a new folder from it, or one in the place of the present."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from db.audit import seals_of
from db.session import Session
from pravo_desktop.backups.files import BackupHead, unpack
from pravo_desktop.backups.keeping import backups_of, erasures_in, places
from pravo_desktop.bootstrap import Workplace, open_with_sheet, open_workplace
from pravo_desktop.clock import Clock
from pravo_desktop.data_folder import BACKUPS, decide_restore, free_name, is_empty
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.security.seals import Seals
from pravo_desktop.usecases.erasure import Erasure, erasure_list, reapply_erasures
from pravo_desktop.usecases.own_rows import free_letter
from pravo_desktop.usecases.upkeep import Holding, begin_epoch, examine, holding


@dataclass(frozen=True)
class Access:
    """How a person opens a backup: with their password then, or with the recovery sheet.

    Args:
        user: may be left out where there is one account.
        password: as at the time of the backup; with a sheet, the new one.
        sheet: the code of the recovery sheet.
        next_sheet: file for the next sheet, since a restore uses the one up; not written before.
    """

    password: str
    user: str | None = None
    sheet: str | None = None
    next_sheet: Path | None = None

    def open(self, folder: Path, clock: Clock | None, *, for_good: bool = False) -> Workplace:
        """Open a folder this way.

        Args:
            for_good: the folder will be worked in, not only looked at.

        Raises:
            KnownError: as `open_workplace` and `open_with_sheet`.
        """
        if self.sheet is None:
            return open_workplace(folder, password=self.password, user=self.user, clock=clock)
        return open_with_sheet(
            folder,
            code=self.sheet,
            user=self.user,
            new_password=self.password,
            next_sheet=self.next_sheet if for_good else None,
            clock=clock,
        )


@dataclass(frozen=True)
class Preview:
    """What a backup holds, against what is there now.

    Args:
        inside: what is in the backup.
        now: what is in the present data folder; None when there is none or it cannot be opened.
        lost: by table, how many records the backup lacks or has in an older version; what the
            restore keeps aside.
    """

    head: BackupHead
    inside: Holding
    now: Holding | None
    lost: Mapping[str, int]


def preview(backup: Path, folder: Path, access: Access, *, clock: Clock | None = None) -> Preview:
    """Look into a backup without changing anything.

    Args:
        folder: the present data folder; it need not be there.

    Raises:
        KnownError: as `restore_workplace`.
    """
    with _unpacked(backup, folder.resolve(), access, clock) as (head, workplace):
        inside = _holding(workplace)
    now = None
    if not is_empty(folder):
        with suppress(KnownError):
            present = open_workplace(
                folder, password=access.password, user=access.user, clock=clock
            )
            try:
                now = _holding(present)
            finally:
                present.close()
    return Preview(head, inside, now, now.beyond(inside) if now else {})


@contextmanager
def _unpacked(
    backup: Path, folder: Path, access: Access, clock: Clock | None
) -> Iterator[tuple[BackupHead, Workplace]]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{folder.name}.preview-", dir=folder.parent) as name:
        head = unpack(backup, Path(name))
        workplace = access.open(Path(name), clock)
        try:
            yield head, workplace
        finally:
            workplace.close()


def _holding(workplace: Workplace) -> Holding:
    session = workplace.session()
    try:
        return holding(session, workplace.actor)
    finally:
        session.close()


def restore_workplace(
    backup: Path,
    folder: Path,
    access: Access,
    *,
    station_letter: str | None = None,
    instead: bool = False,
    clock: Clock | None = None,
    told: Callable[[Path, str], object] = lambda path, code: None,
) -> Workplace:
    """Make a data folder from a backup and open it.

    It goes on as a new station in a new epoch, and its next package is complete. The folder is
    there as a whole or not at all. What was there before is kept aside inside it, with the date.

    Args:
        folder: empty or not there yet, unless ``instead``.
        station_letter: of the new case numbers; the next free letter when left out.
        instead: take the place of what is in the folder.
        clock: as in `open_workplace`.
        told: is given each erasure list that was refused or is missing, with the reason's code: who
            is on it may be back. All good lists are applied.

    Raises:
        KnownError: ``folder_not_empty``, ``file_not_found``, ``backup_unreadable``,
            ``backup_newer``, ``backup_damaged``, ``backup_of_other_centre``,
            ``station_letter_invalid``, ``backup_head_false``, or what `Access.open` raises.
    """
    folder = folder.resolve()
    if not instead and not is_empty(folder):
        raise KnownError("folder_not_empty", folder=folder.name)
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = folder.with_name(f".{folder.name}.restoring")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir()
    try:
        head = unpack(backup, staging)
        known, forgotten = _relatives(folder, head, access, clock)
        workplace = access.open(staging, clock, for_good=True)
        try:
            refused = _go_on(
                workplace,
                head,
                station_letter,
                known,
                forgotten,
                [*filter(None, (folder, folder / BACKUPS, places(folder).second, backup.parent))],
            )
            today = workplace.clock.today()
        finally:
            workplace.close()
        decide_restore(folder, staging, free_name(folder, f"replaced-{today}"))
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    for path, code in refused:
        told(path, code)
    return open_workplace(folder, password=access.password, user=access.user, clock=clock)


def _relatives(
    folder: Path, head: BackupHead, access: Access, clock: Clock | None
) -> tuple[list[BackupHead], list[Erasure]]:
    """Stations of the same descent known on this computer, and who the present folder forgot.

    Raises:
        KnownError: ``backup_of_other_centre`` when another centre works in the folder.
    """
    known = [one.head for one in backups_of(folder)]
    forgotten: list[Erasure] = []
    family = {head.station, *head.replaces}
    if not is_empty(folder):
        with suppress(KnownError):
            present = open_workplace(
                folder, password=access.password, user=access.user, clock=clock
            )
            try:
                now, erased = _present(present)
            finally:
                present.close()
            known.append(now)
            if not family.isdisjoint((now.station, *now.replaces)):
                forgotten = erased
    for one in known:
        if (one.workplace, one.centre) != (head.workplace, head.centre):
            raise KnownError("backup_of_other_centre", centre=head.centre)
    related = [one for one in known if not family.isdisjoint((one.station, *one.replaces))]
    return related, forgotten


def _present(workplace: Workplace) -> tuple[BackupHead, list[Erasure]]:
    session = workplace.session()
    forgotten = erasure_list(session, workplace.actor)
    head = BackupHead.of(session, erasures=len(forgotten))
    session.close()
    return head, forgotten


def _go_on(
    workplace: Workplace,
    head: BackupHead,
    letter: str | None,
    known: list[BackupHead],
    forgotten: list[Erasure],
    lists: list[Path],
) -> tuple[tuple[Path, str], ...]:
    """Begin an epoch and forget again whoever was forgotten since; returns the refused lists."""
    session = workplace.session()
    try:
        seals = seals_of(session)
        _check_head(head, session, seals)
        faults = [one.check for one in examine(session, workplace.actor) if not one.well]
        if faults:
            raise KnownError("backup_damaged", checks=faults)
        used = {session.installation.station_letter, *(one.station_letter for one in known)}
        begin_epoch(
            session,
            workplace.actor,
            station=new_id(),
            station_letter=free_letter(used, letter),
            replaced=[name for one in known for name in (*one.replaces, one.station)],
            after=max((one.epoch for one in known), default=0),
        )
        held = {*erasure_list(session, workplace.actor), *forgotten}
        found = erasures_in(seals, *lists, held={one.participant_id for one in held})
        entries = (*forgotten, *found.entries)
        if entries:
            reapply_erasures(session, workplace.actor, entries=entries)
        return found.refused
    finally:
        session.close()


def _check_head(head: BackupHead, session: Session, seals: Seals) -> None:
    """Refuse a backup whose head says something else than the database that it brings."""
    own = session.installation
    says = (head.workplace, head.centre, head.station, head.epoch)
    if says != (own.workplace, own.centre, own.station, own.epoch) or (
        head.seal is not None and not head.sealed_by(seals)
    ):
        raise KnownError("backup_head_false")
