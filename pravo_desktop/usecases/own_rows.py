"""A centre's own rows, taken back from its packages after a backup was restored or a PC lost."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from db import store
from db.audit import write_entry
from db.session import Session
from exports.package.content import Manifest, ReceivedPackage
from exports.package.reader import read_package
from exports.returned import SUFFIX, read_returned, write_returned
from pravo_desktop.clock import KAZAKHSTAN, timestamp
from pravo_desktop.domain.fields import fields_of, from_row
from pravo_desktop.domain.records import BY_TABLE, Amendment, Cell
from pravo_desktop.domain.versions import Version, new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.security.certificates import (
    SigningKey,
    check_validity,
    fingerprint,
    load_certificate,
)
from pravo_desktop.usecases.actor import COORDINATOR, RESPONSIBLE, Actor, require, use_case
from pravo_desktop.usecases.amendments import PERSONAL_DATA
from pravo_desktop.usecases.archive import read_from_archive
from pravo_desktop.usecases.came_back import TAKEN_BACK
from pravo_desktop.usecases.cases import next_number
from pravo_desktop.usecases.erasure import Erasure, reapply_erasures
from pravo_desktop.usecases.file_writing import check_room, write_file
from pravo_desktop.usecases.inbox import read_file
from pravo_desktop.usecases.packages import TRAVELLING, signing_time
from pravo_desktop.usecases.upkeep import begin_epoch

RETURNED: Final = SUFFIX
"""Ends the name of a file with what headquarters returned."""


@dataclass(frozen=True)
class TakenBack:
    """What came back from packages.

    Args:
        packages: how many were read.
        added, changed, withdrawn: records by what became of them here.
        newer_here: records that were written again since the restore and stayed as they are.
        others: packages of other stations of the centre, which were left alone.
        forgotten: people whose data were here again, although these packages tell that they were
            erased; they were forgotten anew.
    """

    packages: int
    added: int
    changed: int
    withdrawn: int
    newer_here: int
    others: int
    forgotten: int = 0


@dataclass(frozen=True)
class OwnPackages:
    """Packages of the centre out of files that a person chose.

    Args:
        packages: their bytes.
        to_compare: fingerprints that a person compares with headquarters over the phone first.
        signers: whom the person trusts by that, for `take_back`.
    """

    packages: tuple[bytes, ...]
    to_compare: tuple[str, ...]
    signers: frozenset[str]


def free_letter(used: Collection[str], wanted: str | None = None) -> str:
    """The letter of a new station's case numbers: the wanted one, or the next that is free.

    Raises:
        KnownError: ``station_letter_invalid``.
    """
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    if wanted is not None:
        if len(wanted) != 1 or wanted not in letters:
            raise KnownError("station_letter_invalid", letter=wanted)
        return wanted
    last = max(used, default="@")
    free = [one for one in letters if one > last] or [one for one in letters if one not in used]
    return free[0] if free else "Z"


def own_packages(session: Session, actor: Actor, files: Sequence[Path]) -> OwnPackages:
    """Read packages, and files in which headquarters returned packages.

    Whom headquarters vouches for needs no comparing once its own key is trusted here.

    Raises:
        KnownError: as `read_package` and `read_returned`; ``package_of_other_centre``.
    """
    require(actor, RESPONSIBLE, "own_packages")
    own = session.installation
    plain: list[bytes] = []
    vouched: list[bytes] = []
    to_compare: list[str] = []
    for file in files:
        if file.suffix != RETURNED:
            plain.append(read_file(file))
            continue
        returned = read_returned(file)
        if (returned.centre, returned.practice) != (own.centre, own.practice):
            raise KnownError("package_of_other_centre", centre=returned.centre)
        vouched += returned.packages
        trusted = session.value(
            "SELECT 1 FROM trusted_headquarters WHERE fingerprint = ? AND revoked_at IS NULL",
            (returned.fingerprint,),
        )
        if not trusted:
            to_compare.append(returned.fingerprint)
    unknown = _unknown(session, map(read_package, plain), ())
    signers = _unknown(session, map(read_package, vouched), ())
    return OwnPackages(
        packages=(*plain, *vouched),
        to_compare=tuple(dict.fromkeys((*to_compare, *unknown))),
        signers=frozenset((*signers, *unknown)),
    )


def _unknown(
    session: Session, packages: Iterable[ReceivedPackage], confirmed: Collection[str]
) -> tuple[str, ...]:
    rows = session.rows("SELECT certificate FROM accounts WHERE certificate IS NOT NULL")
    own = {fingerprint(certificate) for (certificate,) in rows} | set(confirmed)
    said = {row[0] for row in session.rows("SELECT sha256 FROM received_statuses")}
    return tuple(
        dict.fromkeys(
            one.fingerprint
            for one in packages
            if one.fingerprint not in own and one.sha256 not in said
        )
    )


@use_case(RESPONSIBLE)
def take_back(
    session: Session,
    actor: Actor,
    *,
    packages: Sequence[bytes],
    confirmed: Collection[str] = (),
    station_letter: str | None = None,
) -> TakenBack:
    """Take the rows of the centre's own packages back, without what never travels.

    Of several versions of a row the greatest counts. What was written here since the restore
    stays. A folder that never sent anything goes on in the place of the stations that sent these,
    in a new epoch, so that its next package is complete.

    Args:
        packages: the files' bytes, in any order.
        confirmed: fingerprints of signers that nobody here has, compared by a person.
        station_letter: of the new case numbers where a new epoch begins.

    Raises:
        KnownError: as `read_package`; ``field_required`` without a package;
            ``package_of_other_centre``; ``own_package_signer`` with the fingerprint;
            ``several_stations`` in a new folder whose packages come from stations side by side.
    """
    if not packages:
        raise KnownError("field_required", field="packages")
    read = [read_package(data) for data in packages]
    own = session.installation
    for one in read:
        manifest = one.manifest
        if (manifest.centre, manifest.practice) != (own.centre, own.practice):
            raise KnownError("package_of_other_centre", centre=manifest.centre)
    unknown = _unknown(session, read, confirmed)
    if unknown:
        raise KnownError("own_package_signer", fingerprint=unknown[0])
    mine = _of_this_descent(session, read)
    _take_their_place(session, actor, [one.manifest for one in mine], station_letter)
    since = (
        session.value("SELECT max(at) FROM audit_entries WHERE action = 'backup_restored'")
        or session.now()
    )
    done = TakenBack(len(mine), 0, 0, 0, 0, len(read) - len(mine))
    winners: dict[tuple[str, str], Version] = {}
    for package in mine:
        for row in package.rows:
            key = (row.version.table, row.version.record_id)
            if key not in winners or winners[key].order < row.version.order:
                winners[key] = row.version
    for table in TRAVELLING:
        for (of_table, _), version in sorted(winners.items()):
            if of_table == table:
                done = _take(session, actor, version, since, done)
    write_entry(session, actor.account_id, "packages_taken_back")
    entries = _erasures_told(session, winners.values())
    if not entries:
        return done
    return replace(done, forgotten=reapply_erasures(session, actor, entries=entries))


def _erasures_told(session: Session, versions: Iterable[Version]) -> tuple[Erasure, ...]:
    """Who was erased from a closed month by these rows and is on no erasure list here.

    A restored backup may have met no list: this is what somebody who deleted it beside the backups
    cannot reach. The act is not told; a withdrawal empties what an erasure does.
    """
    known = {
        row["participant_id"]: row["at"]
        for row in session.all("SELECT participant_id, at FROM erasures")
    }
    found = []
    for version in versions:
        values = version.values
        if version.table != Amendment.table or values["reason"] != PERSONAL_DATA:
            continue
        person = str(values["record_id"])
        begins = datetime.fromisoformat(str(values["changed_on"])).replace(tzinfo=KAZAKHSTAN)
        if known.get(person, "") < timestamp(begins):
            ends = timestamp(begins + timedelta(days=1))
            found.append(Erasure(person, "withdrawal", ends))
    return tuple(found)


def _of_this_descent(
    session: Session, packages: Sequence[ReceivedPackage]
) -> list[ReceivedPackage]:
    """The packages of this station and those before it; in a new folder, all."""
    own = session.installation
    family = {own.station, *own.replaces}
    grows = True
    while grows:
        related = [
            {one.manifest.station, *one.manifest.replaces}
            for one in packages
            if not family.isdisjoint((one.manifest.station, *one.manifest.replaces))
        ]
        joined = family.union(*related)
        grows, family = joined != family, joined
    mine = [one for one in packages if one.manifest.station in family]
    if mine or not _is_new(session):
        return mine
    starts = {(one.manifest.replaces or (one.manifest.station,))[0] for one in packages}
    if len(starts) > 1:
        letters = sorted({one.manifest.station_letter for one in packages})
        raise KnownError("several_stations", letters=", ".join(letters))
    return list(packages)


def _is_new(session: Session) -> bool:
    return session.installation.epoch == 1 and not session.value("SELECT 1 FROM packages LIMIT 1")


def _take_their_place(
    session: Session, actor: Actor, manifests: Sequence[Manifest], letter: str | None
) -> None:
    """Begin an epoch after theirs where a package comes from a station not known here."""
    own = session.installation
    known = {own.station, *own.replaces}
    strange = [one for one in manifests if one.station not in known]
    if not strange:
        return
    oldest_first = sorted(strange, key=lambda one: (one.epoch, one.sequence))
    begin_epoch(
        session,
        actor,
        station=new_id(),
        station_letter=free_letter(
            {own.station_letter, *(one.station_letter for one in manifests)}, letter
        ),
        replaced=[name for one in oldest_first for name in (*one.replaces, one.station)],
        after=max(one.epoch for one in manifests),
    )


def _take(
    session: Session, actor: Actor, version: Version, since: str, done: TakenBack
) -> TakenBack:
    record = BY_TABLE[version.table]
    here = session.one(f"SELECT * FROM {record.table} WHERE id = ?", (version.record_id,))
    if here is not None:
        same = store.version_of(version.table, here)
        if (same.deleted, same.payload) == (version.deleted, version.payload):
            return done
        if here["changed_at"] >= since:
            return replace(done, newer_here=done.newer_here + 1)
        if (here["revision"], here["changed_at"]) >= (version.revision, version.changed_at):
            return done
    if version.deleted:
        if here is None or here["deleted"]:
            return done
        store.delete(session, actor.account_id, record, version.record_id)
        return replace(done, withdrawn=done.withdrawn + 1)
    row = _whole_row(session, version, here)
    store.save(session, actor.account_id, from_row(record, row))
    write_entry(
        session, actor.account_id, TAKEN_BACK, table=record.table, record_id=version.record_id
    )
    case_id = row.get("case_id") or (version.record_id if record.table == "cases" else None)
    if case_id:
        session.stale_cases.add(str(case_id))
    if here is None:
        return replace(done, added=done.added + 1)
    return replace(done, changed=done.changed + 1)


def _whole_row(session: Session, version: Version, here: dict[str, Any] | None) -> dict[str, Cell]:
    """A row as it travelled, with what stayed at home filled in from here or begun anew."""
    row: dict[str, Cell] = {"id": version.record_id}
    for spec in fields_of(BY_TABLE[version.table])[1:]:
        if spec.travels_as == spec.name:
            row[spec.name] = version.values[spec.name]
        elif spec.travels_as is not None:
            month = version.values[spec.travels_as]
            kept = here[spec.name] if here else None
            same = kept is not None and month is not None and str(kept).startswith(str(month))
            row[spec.name] = kept if same or month is None else f"{month}-01"
        elif here is not None:
            row[spec.name] = here[spec.name]
        elif spec.name == "number" and version.table == "cases":
            row[spec.name] = next_number(session, int(str(version.values["registered_on"])[:4]))
        else:
            row[spec.name] = None
    return row


def write_centre_packages(
    session: Session, actor: Actor, *, centre: str, archive: Path, target: Path
) -> list[Path]:
    """Write the packages that a centre sent into a folder, for a centre that lost its computer.

    They hold nobody's name, and the centre verifies its own signature on them.

    Returns:
        the files, in the order of stations and sequence.

    Raises:
        KnownError: ``nothing_of_this_centre``, ``archive_file_missing``,
            ``archive_file_changed``, or as `write_file`.
    """
    require(actor, COORDINATOR, "write_centre_packages")
    written = []
    sent = _packages_of(session, centre, archive)
    for number, (name, data) in enumerate(sent, start=1):
        written.append(target / f"{number:04d}-{name}")
        write_file(written[-1], data)
    return written


def _packages_of(session: Session, centre: str, archive: Path) -> list[tuple[str, bytes]]:
    """File name and bytes of all that a centre sent, in the order of stations and sequence."""
    rows = session.all(
        "SELECT sha256, file_name FROM received_packages WHERE centre = ? "
        "ORDER BY epoch, station, sequence, id",
        (centre,),
    )
    if not rows:
        raise KnownError("nothing_of_this_centre", centre=centre)
    return [
        (Path(row["file_name"]).name, read_from_archive(archive, row["sha256"])) for row in rows
    ]


@use_case(COORDINATOR)
def return_rows(
    session: Session, actor: Actor, *, centre: str, key: SigningKey, archive: Path, target: Path
) -> Path:
    """Write all that a centre sent into one file that headquarters signs; returns the file.

    The centre opens it in the settings of its new computer.

    Args:
        key: the coordinator's, by which the centre knows headquarters.
        target: a folder or drive.

    Raises:
        KnownError: as `write_centre_packages`; ``clock_behind``.
    """
    now = signing_time(session)
    check_validity(load_certificate(key.certificate_der), now)
    sent = [data for _, data in _packages_of(session, centre, archive)]
    data = write_returned(
        centre,
        practice=session.installation.practice,
        made_at=session.now(),
        packages=sent,
        key=key,
    )
    path = target / f"pravo-{centre}-{session.clock.today()}{RETURNED}"
    check_room(target, len(data))
    write_file(path, data)
    write_entry(session, actor.account_id, "rows_returned", content={"centre": centre})
    return path
