"""Which version of a record wins: the total order of versions and the hash of each."""

import hashlib
import json
import os
import threading
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pravo_desktop.domain.records import Cell


class _Ids:
    """Gives ids that grow even within a millisecond (RFC 9562 section 6.2, method 2).

    The 74 random bits stand in two places of the id; a later id of the same millisecond goes on
    from the one before by a random step. A clock set back by more than a second is followed.
    """

    def __init__(self) -> None:
        self._one_at_a_time = threading.Lock()
        self._last = 0

    def next(self) -> str:
        with self._one_at_a_time:
            now = time.time_ns() // 1_000_000
            value = now << 74 | int.from_bytes(os.urandom(10), "big") >> 6
            if value <= self._last and (self._last >> 74) - now < 1_000:
                value = self._last + 1 + int.from_bytes(os.urandom(4), "big")
            self._last = value
        now, middle, end = value >> 74, value >> 62 & 0xFFF, value & (1 << 62) - 1
        return str(uuid.UUID(int=now << 80 | 0x7 << 76 | middle << 64 | 0b10 << 62 | end))


_IDS = _Ids()


def new_id() -> str:
    """A new record id: UUIDv7 (RFC 9562 section 5.7), later ones of a run being greater.

    After the clock was set back, ids follow the clock again.
    """
    return _IDS.next()


def row_code(record_id: str) -> str:
    """The short code by which people tell each other a record: the id's last ten digits."""
    return record_id.replace("-", "")[-10:].upper()


@dataclass(frozen=True)
class Version:
    """One version of a record as it travels.

    Args:
        table: the record's table.
        record_id: UUIDv7, the same in all versions.
        epoch: grows by one when a backup is restored.
        revision: grows by one with each change.
        changed_at: UTC, ``YYYY-MM-DDTHH:MM:SS.ffffffZ``.
        station: id of the data folder that wrote the version.
        deleted: a tombstone.
        values: the travelling columns.
    """

    table: str
    record_id: str
    epoch: int
    revision: int
    changed_at: str
    station: str
    deleted: bool
    values: Mapping[str, Cell]

    @cached_property
    def payload(self) -> str:
        """The values as canonical JSON: sorted keys, no spaces, UTF-8 not escaped."""
        return canonical_json(self.values)

    @cached_property
    def row_hash(self) -> str:
        """SHA-256 (hex) of the whole version; specified in ``docs/package.md``."""
        return row_hash(
            self.table,
            self.record_id,
            self.epoch,
            self.revision,
            self.changed_at,
            self.station,
            self.deleted,
            self.payload,
        )

    @property
    def order(self) -> tuple[int, int, str, str, str]:
        """The greater wins, whatever order packages come in and however often."""
        return (self.epoch, self.revision, self.changed_at, self.station, self.row_hash)


def canonical_json(values: Mapping[str, Cell]) -> str:
    """JSON with sorted keys and no spaces; equal values give equal text."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def row_hash(
    table: str,
    record_id: str,
    epoch: int,
    revision: int,
    changed_at: str,
    station: str,
    deleted: bool,
    payload: str,
) -> str:
    """SHA-256 (hex) over the lines of a version; no field but the payload can hold a line break."""
    text = (
        f"{table}\n{record_id}\n{epoch}\n{revision}\n{changed_at}\n{station}\n"
        f"{int(deleted)}\n{payload}"
    )
    return hashlib.sha256(text.encode()).hexdigest()
