"""Key slots: the database key, locked once per account and once for the recovery sheet.

Every slot has an X25519 key pair. The private half is encrypted under what the password gives
(Argon2id, then AES-256-GCM); the database key is encrypted to the public half. So a new database
key reaches all slots although nobody types a password. The whole list is authenticated with a key
made from the database key: a public key that somebody slipped into the file is noticed before the
next database key is encrypted to it. A plain checksum tells a damaged file from a wrong password.
"""

import hmac
import json
import os
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from pravo_desktop.errors import BugError, KnownError
from pravo_desktop.security.files import replace_file
from pravo_desktop.security.passwords import LEAST, KdfParameters, strong_parameters, sub_key
from pravo_desktop.security.recovery import new_code, read_code
from pravo_desktop.security.slots import (
    ACCOUNT,
    FORMAT,
    KEY_BYTES,
    RECOVERY,
    Slot,
    UnlockedKeys,
    account_slot,
    from_base64,
    recovery_slot,
    to_base64,
    unlocked,
    wrapped_for,
)


class KeySlots:
    """The key-slot file of a data folder; every change is written at once, or not at all.

    Accounts with the same login (compared without case) are refused: ``login_taken``. All methods
    that take ``keys`` check first that the list is the one those keys vouch for
    (``key_slots_damaged``).
    """

    def __init__(self, path: Path, slots: tuple[Slot, ...], seal: bytes) -> None:
        self._path = path
        self._slots = slots
        self._seal = seal

    @classmethod
    def create(
        cls,
        path: Path,
        account_id: str,
        login: str,
        password: str,
        kdf: Callable[[], KdfParameters] = strong_parameters,
        code: str | None = None,
    ) -> tuple[Self, UnlockedKeys, str]:
        """Makes a new database key, the first account's slot and the recovery slot.

        Args:
            path: the file, which must not exist.
            account_id: the account's id in the database.
            login: the name typed at sign-in.
            password: already checked by :func:`passwords.check_password`.
            kdf: called once per slot; ``practice_parameters`` in practice folders.
            code: of the recovery sheet, where one was made with `new_code` before.

        Returns:
            the slots, the keys of the account, and the recovery code to print: it is kept nowhere.

        Raises:
            KnownError: ``key_slots_exist``.
        """
        if path.exists():
            raise KnownError("key_slots_exist")
        database_key, wrap_key = os.urandom(KEY_BYTES), os.urandom(KEY_BYTES)
        code = code or new_code()
        keys = UnlockedKeys(account_id, database_key, wrap_key)
        slots = cls(path, (), b"")
        slots._write(
            (
                account_slot(account_id, login, password, wrap_key, keys, kdf()),
                recovery_slot(code, keys, kdf()),
            ),
            keys,
        )
        return slots, keys, code

    @classmethod
    def load(cls, path: Path) -> Self:
        """Reads the file.

        Raises:
            KnownError: ``key_slots_missing``, ``key_slots_damaged``, ``key_slots_newer``
                (``format``): written by a newer version of the program.
        """
        try:
            if path.is_dir():
                raise ValueError("no file")
            stored = json.loads(path.read_bytes())
            written_as = stored["format"]
            if isinstance(written_as, int) and written_as > FORMAT:
                raise KnownError("key_slots_newer", format=written_as)
            if written_as != FORMAT:
                raise ValueError("unknown format")
            if stored["checksum"] != _checksum(stored["slots"], stored["seal"]):
                raise ValueError("wrong checksum")
            slots = tuple(Slot.from_json(slot) for slot in stored["slots"])
            return cls(path, slots, from_base64(stored["seal"]))
        except FileNotFoundError as error:
            raise KnownError("key_slots_missing") from error
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise KnownError("key_slots_damaged") from error

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """Puts the file back as it was when what belongs to its change fails.

        A drive that is full has no room for writing it anew: it is kept beside, and takes its
        place by its name alone.

        Raises:
            KnownError: as `replace_file`, before anything is done.
        """
        aside, before = self._aside, (self._slots, self._seal)
        replace_file(aside, self._path.read_bytes())
        try:
            yield
        except BaseException:
            os.replace(aside, self._path)
            self._slots, self._seal = before
            raise
        aside.unlink(missing_ok=True)

    def forget_before(self) -> None:
        """Removes what `all_or_nothing` kept where a power cut ended it: old passwords open it."""
        self._aside.unlink(missing_ok=True)

    @property
    def _aside(self) -> Path:
        return self._path.with_name(f"{self._path.name}.before")

    @property
    def logins(self) -> dict[str, str]:
        """Login name of each account id, in the order of the file; readable without a password."""
        return {slot.id: slot.login for slot in self._slots if slot.kind == ACCOUNT}

    def account_of(self, login: str) -> str | None:
        """Id of the account with this login, compared without case."""
        return next(
            (one for one, name in self.logins.items() if _folded(name) == _folded(login)), None
        )

    def unlock(self, login: str, password: str) -> UnlockedKeys:
        """Opens an account's slot.

        Raises:
            KnownError: ``wrong_password`` (also for an unknown login), ``key_slots_damaged``.
        """
        for slot in self._slots:
            if slot.kind == ACCOUNT and _folded(slot.login) == _folded(login):
                return self._open(slot, password, "wrong_password")
        raise KnownError("wrong_password")

    def unlock_with_recovery(self, code: str) -> UnlockedKeys:
        """Opens the recovery slot; afterwards reissue the sheet, since it was used.

        Args:
            code: as typed: case, spaces and hyphens do not matter, nor Cyrillic letters of the
                same shape.

        Raises:
            KnownError: ``recovery_code_mistyped`` (``group``, from 1; 0 when the length is wrong),
                ``recovery_code_wrong``: well typed, but of another sheet; ``key_slots_damaged``.
        """
        secret = read_code(code)
        for slot in self._slots:
            if slot.kind == RECOVERY:
                return self._open(slot, secret, "recovery_code_wrong")
        raise KnownError("key_slots_damaged")

    def add_account(
        self,
        keys: UnlockedKeys,
        account_id: str,
        login: str,
        password: str,
        kdf: Callable[[], KdfParameters] = strong_parameters,
    ) -> UnlockedKeys:
        """Adds a slot and returns what it opens; the caller checked the right and the password.

        Raises:
            KnownError: ``login_taken``, ``key_slots_damaged``.
        """
        if account_id in self.logins or _folded(login) in map(_folded, self.logins.values()):
            raise KnownError("login_taken")
        wrap_key = os.urandom(KEY_BYTES)
        slot = account_slot(account_id, login, password, wrap_key, keys, kdf())
        self._change((*self._slots, slot), keys)
        return replace(keys, account_id=account_id, wrap_key=wrap_key)

    def change_password(
        self,
        login: str,
        old: str,
        new: str,
        kdf: Callable[[], KdfParameters] = strong_parameters,
    ) -> UnlockedKeys:
        """Replaces an account's slot; its ``wrap_key`` stays, so the signing key needs no change.

        Raises:
            KnownError: ``wrong_password``, ``key_slots_damaged``.
        """
        keys = self.unlock(login, old)
        assert keys.account_id is not None and keys.wrap_key is not None
        name = self.logins[keys.account_id]
        slot = account_slot(keys.account_id, name, new, keys.wrap_key, keys, kdf())
        self._change(_replaced(self._slots, slot), keys)
        return keys

    def strengthen(
        self,
        keys: UnlockedKeys,
        password: str,
        least: KdfParameters = LEAST,
        kdf: Callable[[], KdfParameters] = strong_parameters,
    ) -> bool:
        """Lock the own slot anew when it is stretched less than today; returns whether it was.

        Args:
            keys: of the account that has just signed in.
            password: with which it did.
        """
        for slot in self._slots:
            if slot.kind == ACCOUNT and slot.id == keys.account_id and slot.kdf.weaker_than(least):
                assert keys.wrap_key is not None
                new = account_slot(slot.id, slot.login, password, keys.wrap_key, keys, kdf())
                self._change(_replaced(self._slots, new), keys)
                return True
        return False

    def reset_password(
        self,
        keys: UnlockedKeys,
        account_id: str,
        new: str,
        kdf: Callable[[], KdfParameters] = strong_parameters,
    ) -> UnlockedKeys:
        """Gives an account whose password is lost a new one, and a new ``wrap_key``.

        The old signing key stays locked for ever: make a new one, and have it trusted.

        Args:
            keys: of another account with that right, or of the recovery sheet.

        Raises:
            KnownError: ``account_unknown``, ``key_slots_damaged``.
        """
        if account_id not in self.logins:
            raise KnownError("account_unknown")
        wrap_key = os.urandom(KEY_BYTES)
        name = self.logins[account_id]
        slot = account_slot(account_id, name, new, wrap_key, keys, kdf())
        self._change(_replaced(self._slots, slot), keys)
        return replace(keys, account_id=account_id, wrap_key=wrap_key)

    def reissue_recovery(
        self,
        keys: UnlockedKeys,
        kdf: Callable[[], KdfParameters] = strong_parameters,
        write: Callable[[str], None] = lambda code: None,
    ) -> str:
        """Makes a new recovery code to print; the old sheet opens nothing in this folder any more.

        Args:
            write: keeps the new sheet while the old one still opens, so that there always is one.

        Raises:
            KnownError: ``key_slots_damaged``.
        """
        code = new_code()
        slot = recovery_slot(code, keys, kdf())
        write(code)
        self._change(_replaced(self._slots, slot), keys)
        return code

    def remove_account(
        self, keys: UnlockedKeys, account_id: str, rekey: Callable[[bytes], None]
    ) -> UnlockedKeys:
        """Takes a slot away and rotates the database key; the other passwords stay as they are.

        Args:
            rekey: gives the database the new key (``PRAGMA rekey``); when it raises, the database
                still has the old one, and so have the slots.

        Returns:
            the caller's keys with the new database key.

        Raises:
            KnownError: ``account_unknown``, ``last_account``, ``key_slots_damaged``.
        """
        if account_id not in self.logins:
            raise KnownError("account_unknown")
        if len(self.logins) == 1:
            raise KnownError("last_account")
        removed = (ACCOUNT, account_id)
        others = tuple(slot for slot in self._slots if (slot.kind, slot.id) != removed)
        return self._rotate(keys, others, rekey)

    def rotate(self, keys: UnlockedKeys, rekey: Callable[[bytes], None]) -> UnlockedKeys:
        """Rotates the database key alone, as :meth:`remove_account` does."""
        return self._rotate(keys, self._slots, rekey)

    def settle(self, keys: UnlockedKeys, database_key: bytes) -> UnlockedKeys:
        """Ends a rotation that was cut off: keeps the key with which the database opened.

        Args:
            keys: with a ``next_key``.
            database_key: the one of the two that worked.
        """
        settled = replace(keys, database_key=database_key, next_key=None)
        self._check(keys)
        self._write(
            tuple(
                replace(slot, database_key=wrapped_for(slot, database_key), next_key=None)
                for slot in self._slots
            ),
            settled,
        )
        return settled

    def _rotate(
        self, keys: UnlockedKeys, slots: tuple[Slot, ...], rekey: Callable[[bytes], None]
    ) -> UnlockedKeys:
        if keys.next_key is not None:
            raise BugError("settle the rotation that was cut off first")
        self._check(keys)
        before, new_key = self._slots, os.urandom(KEY_BYTES)
        rotating = replace(keys, next_key=new_key)
        self._write(
            tuple(replace(slot, next_key=wrapped_for(slot, new_key)) for slot in slots),
            rotating,
        )
        try:
            rekey(new_key)
        except Exception:
            self._write(before, keys)
            raise
        return self.settle(rotating, new_key)

    def _open(self, slot: Slot, password: str, refusal: str) -> UnlockedKeys:
        keys = unlocked(slot, password, refusal)
        self._check(keys)
        return keys

    def _check(self, keys: UnlockedKeys) -> None:
        if not hmac.compare_digest(self._seal, _seal_of(self._slots, keys)):
            raise KnownError("key_slots_damaged")

    def _change(self, slots: tuple[Slot, ...], keys: UnlockedKeys) -> None:
        self._check(keys)
        self._write(slots, keys)

    def _write(self, slots: tuple[Slot, ...], keys: UnlockedKeys) -> None:
        seal = _seal_of(slots, keys)
        listed = [slot.as_json() for slot in slots]
        stored = {
            "format": FORMAT,
            "slots": listed,
            "seal": to_base64(seal),
            "checksum": _checksum(listed, to_base64(seal)),
        }
        replace_file(self._path, json.dumps(stored, indent=1, ensure_ascii=False).encode())
        self._slots, self._seal = slots, seal


def _replaced(slots: tuple[Slot, ...], new: Slot) -> tuple[Slot, ...]:
    return tuple(new if (slot.kind, slot.id) == (new.kind, new.id) else slot for slot in slots)


def _seal_of(slots: tuple[Slot, ...], keys: UnlockedKeys) -> bytes:
    """Authenticates the list; a rotation that was begun is vouched for by both keys."""
    listed = json.dumps([slot.as_json() for slot in slots], sort_keys=True).encode()
    root = keys.database_key + (keys.next_key or b"")
    return hmac.digest(sub_key(root, "list of key slots"), listed, sha256)


def _checksum(listed: Any, seal: Any) -> str:
    return sha256(json.dumps([listed, seal], sort_keys=True).encode()).hexdigest()


def _folded(login: str) -> str:
    return unicodedata.normalize("NFKC", login).strip().casefold()
