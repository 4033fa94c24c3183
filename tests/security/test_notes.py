"""A note is opened by its author's key or own sheet, and by nothing else."""

from base64 import b64decode, b64encode

import pytest

from pravo_desktop.errors import KnownError
from pravo_desktop.security.notes import NoteKey, seal_text
from pravo_desktop.security.passwords import practice_parameters

WRAP, OTHER = b"w" * 32, b"o" * 32


def test_what_is_sealed_to_somebody_is_opened_by_their_key_alone() -> None:
    author, lead = NoteKey.create(), NoteKey.create()
    sealed = seal_text(author.public, "Құпия жазба 😀", "note", "1")
    assert author.open(sealed, "note", "1") == "Құпия жазба 😀"
    assert sealed.startswith("1:") and "Құпия" not in sealed
    with pytest.raises(KnownError, match="note_unreadable"):
        lead.open(sealed, "note", "1")


def test_the_same_text_is_sealed_differently_each_time() -> None:
    author = NoteKey.create()
    assert seal_text(author.public, "а", "note", "1") != seal_text(author.public, "а", "note", "1")


@pytest.mark.parametrize(("purpose", "record_id"), [("draft", "1"), ("note", "2")])
def test_a_text_moved_to_another_record_is_not_opened(purpose: str, record_id: str) -> None:
    author = NoteKey.create()
    sealed = seal_text(author.public, "құпия", "note", "1")
    with pytest.raises(KnownError, match="note_unreadable"):
        author.open(sealed, purpose, record_id)


def test_a_changed_note_is_noticed_wherever_it_was_changed() -> None:
    author = NoteKey.create()
    sealed = seal_text(author.public, "құпия", "note", "1")
    data = b64decode(sealed.removeprefix("1:"))
    for place in range(len(data)):
        changed = bytearray(data)
        changed[place] ^= 1
        with pytest.raises(KnownError, match="note_unreadable"):
            author.open("1:" + b64encode(changed).decode(), "note", "1")
    for broken in ("", "2:" + sealed[2:], "1:", "1:AAAA", "1:!"):
        with pytest.raises(KnownError, match="note_unreadable"):
            author.open(broken, "note", "1")


def test_the_key_is_locked_under_the_password_of_its_account_alone() -> None:
    author = NoteKey.create()
    locked = author.lock(WRAP, "psychologist")
    assert NoteKey.unlock(locked, WRAP, "psychologist").public == author.public
    for wrap_key, account_id in ((OTHER, "psychologist"), (WRAP, "lawyer")):
        with pytest.raises(KnownError, match="notes_locked"):
            NoteKey.unlock(locked, wrap_key, account_id)


def test_the_own_sheet_opens_the_key_however_it_is_typed_and_another_sheet_does_not() -> None:
    author = NoteKey.create()
    code, kept = author.issue_sheet("psychologist", practice_parameters)
    typed = code.lower().replace("-", " ")
    assert NoteKey.open_sheet(kept, typed, "psychologist").public == author.public
    other, _ = author.issue_sheet("psychologist", practice_parameters)
    with pytest.raises(KnownError, match="recovery_code_wrong"):
        NoteKey.open_sheet(kept, other, "psychologist")
    with pytest.raises(KnownError, match="recovery_code_mistyped"):
        NoteKey.open_sheet(kept, code[:-1], "psychologist")
    with pytest.raises(KnownError, match="recovery_code_wrong"):
        NoteKey.open_sheet(kept, code, "lawyer")
    for damaged in ("", "{}", "[]", '{"kdf": 1, "box": "A"}'):
        with pytest.raises(KnownError, match="recovery_code_wrong"):
            NoteKey.open_sheet(damaged, code, "psychologist")
