"""Opening a key slot with the parameters that this computer is measured for, against Argon2id."""

import tempfile
from functools import partial
from pathlib import Path

from pravo_desktop.security.keyslots import KeySlots
from pravo_desktop.security.passwords import derive, strong_parameters
from tools.bench.measure import Measured, compare

_PASSWORD = "correct horse 12"


def unlock() -> Measured:
    """A password opens its slot; the name of the bench tells the parameters that are stored."""
    kdf = strong_parameters()
    with tempfile.TemporaryDirectory() as folder:
        slots, *_ = KeySlots.create(
            Path(folder) / "slots", "account-1", "lead", _PASSWORD, lambda: kdf
        )
        name = (
            f"unlock: {kdf.memory_kib // 1024} MiB, {kdf.parallelism} lanes, {kdf.time_cost} passes"
        )
        return compare(
            name,
            partial(derive, _PASSWORD, kdf),
            partial(slots.unlock, "lead", _PASSWORD),
            bound=1.2,
        )
