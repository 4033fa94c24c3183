"""The acts during which the program is killed: each a row of small steps with what it leaves."""

from tools.torture.acts import backups, entry, keys, migration, notes, packages
from tools.torture.acts.place import Act

ACTS: tuple[Act, ...] = (
    *entry.ACTS,
    *packages.ACTS,
    *migration.ACTS,
    *backups.ACTS,
    *keys.ACTS,
    *notes.ACTS,
)
