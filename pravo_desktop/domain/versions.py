"""Which version of a record wins: the total order of versions and the hash of each."""

import hashlib
import json
import os
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pravo_desktop.domain.records import Cell


def new_id() -> str:
    """A new record id: UUIDv7 (RFC 9562 section 5.7), so that ids grow with time."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


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
    head = (table, record_id, str(epoch), str(revision), changed_at, station, str(int(deleted)))
    text = "\n".join((*head, payload))
    return hashlib.sha256(text.encode()).hexdigest()
