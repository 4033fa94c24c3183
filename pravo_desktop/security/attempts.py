"""Failed sign-ins: each more costs a longer wait, and starting the program again shortens none.

The file beside the key slots is not secret and not trusted: who removes it is rid of the wait, and
what keeps a guesser out then is Argon2id. A clock that is set back begins the wait anew.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from pathlib import Path
from typing import Final

from pravo_desktop.errors import KnownError
from pravo_desktop.security.files import replace_file

WAITS: Final = (0, 0, 0, 5, 15, 60, 300, 900)
"""Seconds to wait after so many failures in a row; the last for all that follow."""


@dataclass(frozen=True)
class _Failures:
    number: int
    last: datetime

    @property
    def wait(self) -> int:
        return WAITS[min(self.number, len(WAITS) - 1)]

    def left(self, now: datetime) -> int:
        return max(0, ceil(self.wait - (now - self.last).total_seconds()))


class Attempts:
    """The failures of each account of a data folder.

    Args:
        path: the file; a damaged one is taken for empty.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def wait(self, account_id: str, now: datetime) -> int:
        """Seconds until the account's next attempt is heard; 0 when it is heard now."""
        known = self._read()
        found = known.get(account_id)
        if found is None:
            return 0
        if now < found.last:
            found = _Failures(found.number, now)
            self._write(known | {account_id: found})
        return found.left(now)

    def begin(self, account_id: str, now: datetime) -> None:
        """Count an attempt as failed before it is made, so that breaking it off hides none.

        Raises:
            KnownError: ``sign_in_delayed`` (``seconds``).
        """
        seconds = self.wait(account_id, now)
        if seconds:
            raise KnownError("sign_in_delayed", seconds=seconds)
        known = self._read()
        number = known[account_id].number + 1 if account_id in known else 1
        self._write(known | {account_id: _Failures(number, now)})

    def succeeded(self, account_id: str) -> None:
        """Forget the account's failures."""
        known = self._read()
        if known.pop(account_id, None) is not None:
            self._write(known)

    def _read(self) -> dict[str, _Failures]:
        try:
            stored = json.loads(self._path.read_bytes())
            return {
                str(account): _Failures(
                    max(0, int(one["failures"])),
                    datetime.fromisoformat(one["last"]).astimezone(UTC),
                )
                for account, one in stored["accounts"].items()
            }
        except (
            OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError,
        ):  # fmt: skip
            return {}

    def _write(self, known: dict[str, _Failures]) -> None:
        if not known:
            self._path.unlink(missing_ok=True)
            return
        listed = {
            account: {"failures": one.number, "last": one.last.astimezone(UTC).isoformat()}
            for account, one in known.items()
        }
        replace_file(self._path, json.dumps({"format": 1, "accounts": listed}).encode())
