"""Who holds a password or the recovery sheet opens the database, and nobody else."""

import json
import os
from pathlib import Path

import pytest

from pravo_desktop.errors import BugError, KnownError
from pravo_desktop.security.keyslots import KeySlots
from pravo_desktop.security.passwords import practice_parameters
from pravo_desktop.security.slots import UnlockedKeys

LEAD, LEAD_PASSWORD = "lead", "сабыр түбі сары алтын"
MEDIATOR, MEDIATOR_PASSWORD = "mediator", "orange-kettle-42"


class Folder:
    """A centre's folder with a lead and a mediator."""

    def __init__(self, path: Path) -> None:
        self.path = path / "key-slots.json"
        self.slots, self.keys, self.recovery_code = KeySlots.create(
            self.path, "account-1", LEAD, LEAD_PASSWORD, practice_parameters
        )
        self.slots.add_account(
            self.keys, "account-2", MEDIATOR, MEDIATOR_PASSWORD, practice_parameters
        )

    def reopened(self) -> KeySlots:
        return KeySlots.load(self.path)

    def stored(self) -> dict[str, object]:
        stored: dict[str, object] = json.loads(self.path.read_text(encoding="utf-8"))
        return stored


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def refusal_of(slots: KeySlots, login: str, password: str) -> str:
    with pytest.raises(KnownError) as refusal:
        slots.unlock(login, password)
    return refusal.value.code


def test_every_account_opens_the_same_database(folder: Folder) -> None:
    lead = folder.reopened().unlock(LEAD, LEAD_PASSWORD)
    mediator = folder.reopened().unlock(MEDIATOR, MEDIATOR_PASSWORD)

    assert lead == folder.keys
    assert (lead.account_id, mediator.account_id) == ("account-1", "account-2")
    assert lead.database_key == mediator.database_key
    assert lead.wrap_key != mediator.wrap_key
    assert len(lead.database_key) == 32


def test_the_login_is_found_whatever_its_case(folder: Folder) -> None:
    assert folder.reopened().unlock(" LEAD ", LEAD_PASSWORD) == folder.keys


def test_a_wrong_password_and_an_unknown_name_are_refused_alike(folder: Folder) -> None:
    assert refusal_of(folder.slots, LEAD, MEDIATOR_PASSWORD) == "wrong_password"
    assert refusal_of(folder.slots, "nobody", LEAD_PASSWORD) == "wrong_password"


def test_the_file_and_what_is_printed_of_the_keys_hold_no_secret(folder: Folder) -> None:
    text = folder.path.read_text(encoding="utf-8")

    assert folder.recovery_code not in text
    assert LEAD_PASSWORD not in text
    assert repr(folder.keys) == "UnlockedKeys(account_id='account-1')"


def test_a_folder_is_not_given_key_slots_twice(folder: Folder) -> None:
    with pytest.raises(KnownError) as refusal:
        KeySlots.create(folder.path, "x", "x", LEAD_PASSWORD, practice_parameters)

    assert refusal.value.code == "key_slots_exist"


def test_two_accounts_cannot_have_one_login(folder: Folder) -> None:
    with pytest.raises(KnownError) as refusal:
        folder.slots.add_account(
            folder.keys, "account-3", "Mediator", "another-kettle-7", practice_parameters
        )

    assert refusal.value.code == "login_taken"


def test_after_a_change_of_password_the_old_one_opens_nothing(folder: Folder) -> None:
    changed = folder.slots.change_password(
        LEAD, LEAD_PASSWORD, "a new password 7", practice_parameters
    )

    assert refusal_of(folder.reopened(), LEAD, LEAD_PASSWORD) == "wrong_password"
    assert folder.reopened().unlock(LEAD, "a new password 7") == changed == folder.keys


def test_the_recovery_sheet_opens_the_database_but_cannot_sign(folder: Folder) -> None:
    keys = folder.reopened().unlock_with_recovery(folder.recovery_code)

    assert keys.database_key == folder.keys.database_key
    assert keys.wrap_key is None
    assert keys.account_id is None


def test_a_lost_password_is_replaced_with_the_recovery_sheet(folder: Folder) -> None:
    slots = folder.reopened()
    keys = slots.unlock_with_recovery(folder.recovery_code)
    slots.reset_password(keys, "account-1", "found again 2026", practice_parameters)

    opened = folder.reopened().unlock(LEAD, "found again 2026")

    assert opened.database_key == folder.keys.database_key
    assert opened.wrap_key != folder.keys.wrap_key
    assert refusal_of(folder.reopened(), LEAD, LEAD_PASSWORD) == "wrong_password"


def test_a_used_recovery_sheet_is_replaced_and_opens_nothing_any_more(folder: Folder) -> None:
    slots = folder.reopened()
    keys = slots.unlock_with_recovery(folder.recovery_code)
    new_code = slots.reissue_recovery(keys, practice_parameters)

    with pytest.raises(KnownError) as refusal:
        folder.reopened().unlock_with_recovery(folder.recovery_code)

    assert refusal.value.code == "recovery_code_wrong"
    assert folder.reopened().unlock_with_recovery(new_code).database_key == keys.database_key


def test_the_recovery_code_is_read_as_people_type_it(folder: Folder) -> None:
    code = folder.recovery_code
    cyrillic = code.translate(str.maketrans("ABCEHKMPTYX", "АВСЕНКМРТУХ"))
    for typed in (code.lower(), code.replace("-", " "), code.replace("-", ""), cyrillic):
        assert folder.slots.unlock_with_recovery(typed).database_key


def test_every_single_mistake_in_a_recovery_code_is_told_with_its_group(folder: Folder) -> None:
    code = folder.recovery_code
    for position, character in enumerate(code):
        if character == "-":
            continue
        wrong = "7" if character != "7" else "8"
        mistyped = code[:position] + wrong + code[position + 1 :]
        with pytest.raises(KnownError) as refusal:
            folder.slots.unlock_with_recovery(mistyped)
        assert refusal.value.code == "recovery_code_mistyped"
        assert refusal.value.params["group"] == position // 7 + 1


def test_swapped_groups_and_a_missing_character_are_told(folder: Folder) -> None:
    groups = folder.recovery_code.split("-")
    swapped = "-".join([groups[1], groups[0], *groups[2:]])
    for typed in (swapped, folder.recovery_code[:-1], "", folder.recovery_code + "2"):
        with pytest.raises(KnownError) as refusal:
            folder.slots.unlock_with_recovery(typed)
        assert refusal.value.code == "recovery_code_mistyped"


def test_when_an_account_is_removed_the_others_open_the_database_with_its_new_key(
    folder: Folder,
) -> None:
    given: list[bytes] = []

    keys = folder.slots.remove_account(folder.keys, "account-2", given.append)

    assert given == [keys.database_key]
    assert keys.database_key != folder.keys.database_key
    assert folder.reopened().unlock(LEAD, LEAD_PASSWORD) == keys
    recovered = folder.reopened().unlock_with_recovery(folder.recovery_code)
    assert recovered.database_key == keys.database_key
    assert refusal_of(folder.reopened(), MEDIATOR, MEDIATOR_PASSWORD) == "wrong_password"


def test_the_database_key_is_rotated_although_nobody_types_a_password(folder: Folder) -> None:
    keys = folder.slots.rotate(folder.keys, lambda key: None)

    assert keys.database_key != folder.keys.database_key
    for login, password in ((LEAD, LEAD_PASSWORD), (MEDIATOR, MEDIATOR_PASSWORD)):
        assert folder.reopened().unlock(login, password).database_key == keys.database_key


def test_an_account_that_has_no_slot_is_neither_removed_nor_given_a_password(
    folder: Folder,
) -> None:
    with pytest.raises(KnownError) as refusal:
        folder.slots.remove_account(folder.keys, "account-9", lambda key: None)
    assert refusal.value.code == "account_unknown"

    with pytest.raises(KnownError) as refusal:
        folder.slots.reset_password(folder.keys, "account-9", "a new password 7")
    assert refusal.value.code == "account_unknown"


def test_the_last_account_is_not_removed(folder: Folder) -> None:
    keys = folder.slots.remove_account(folder.keys, "account-2", lambda key: None)

    with pytest.raises(KnownError) as refusal:
        folder.slots.remove_account(keys, "account-1", lambda key: None)

    assert refusal.value.code == "last_account"


def test_when_the_database_refuses_its_new_key_nothing_has_changed(folder: Folder) -> None:
    before = folder.path.read_bytes()

    def full_disk(key: bytes) -> None:
        raise OSError("no space left")

    with pytest.raises(OSError):
        folder.slots.remove_account(folder.keys, "account-2", full_disk)

    assert folder.path.read_bytes() == before
    assert folder.reopened().unlock(MEDIATOR, MEDIATOR_PASSWORD).next_key is None
    assert folder.slots.unlock(LEAD, LEAD_PASSWORD) == folder.keys


@pytest.mark.parametrize("database_was_rekeyed", [False, True])
def test_a_power_cut_in_the_middle_of_a_rotation_locks_nobody_out(
    folder: Folder, database_was_rekeyed: bool
) -> None:
    class PowerCut(BaseException):
        pass

    def rekey(key: bytes) -> None:
        raise PowerCut

    with pytest.raises(PowerCut):
        folder.slots.remove_account(folder.keys, "account-2", rekey)

    slots = folder.reopened()
    keys = slots.unlock(LEAD, LEAD_PASSWORD)
    assert keys.database_key == folder.keys.database_key
    assert keys.next_key is not None
    working = keys.next_key if database_was_rekeyed else keys.database_key
    with pytest.raises(BugError):
        slots.rotate(keys, lambda key: None)
    settled = slots.settle(keys, working)

    assert settled == UnlockedKeys("account-1", working, keys.wrap_key)
    assert folder.reopened().unlock(LEAD, LEAD_PASSWORD) == settled


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"null", b'{"format": 1}', b'{"format": "1"}', b'{"format": 0}', b"\xff"],
)
def test_a_damaged_file_is_told_from_a_wrong_password(folder: Folder, content: bytes) -> None:
    folder.path.write_bytes(content)

    with pytest.raises(KnownError) as refusal:
        folder.reopened()

    assert refusal.value.code == "key_slots_damaged"


def test_any_changed_character_of_the_file_is_noticed(folder: Folder) -> None:
    content = folder.path.read_bytes()
    for position in range(0, len(content), 7):
        changed = bytearray(content)
        changed[position] ^= 1
        folder.path.write_bytes(changed)
        try:
            keys = folder.reopened().unlock(LEAD, LEAD_PASSWORD)
        except KnownError as refusal:
            assert refusal.code in ("key_slots_damaged", "key_slots_newer")
        else:
            assert keys == folder.keys
            assert not changed[position : position + 1].strip(b" \t\n\r\x0b")


def test_a_file_of_a_newer_program_is_refused_by_name(folder: Folder) -> None:
    folder.path.write_text(json.dumps({**folder.stored(), "format": 2}), encoding="utf-8")

    with pytest.raises(KnownError) as refusal:
        folder.reopened()

    assert (refusal.value.code, refusal.value.params["format"]) == ("key_slots_newer", 2)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as refusal:
        KeySlots.load(tmp_path / "key-slots.json")

    assert refusal.value.code == "key_slots_missing"


def test_a_stranger_with_the_disk_cannot_slip_in_a_key_of_their_own(
    folder: Folder, tmp_path: Path
) -> None:
    """The next database key must not be encrypted to a public key that no account made."""
    (tmp_path / "other").mkdir()
    stranger = Folder(tmp_path / "other")
    own, foreign = folder.reopened(), stranger.reopened()
    forged = KeySlots(folder.path, (own._slots[0], own._slots[1], foreign._slots[2]), own._seal)

    with pytest.raises(KnownError) as refusal:
        forged.remove_account(folder.keys, "account-2", lambda key: None)

    assert refusal.value.code == "key_slots_damaged"
    assert refusal_of(forged, LEAD, LEAD_PASSWORD) == "key_slots_damaged"


def test_writing_leaves_no_other_file_and_keeps_the_file_to_its_owner(folder: Folder) -> None:
    assert [path.name for path in folder.path.parent.iterdir()] == ["key-slots.json"]
    if os.name == "posix":
        assert folder.path.stat().st_mode & 0o077 == 0
