"""A password opens what it locked, and one that is easily guessed is not taken."""

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from pravo_desktop.errors import KnownError
from pravo_desktop.security.passwords import (
    LEAST,
    KdfParameters,
    check_password,
    common_words,
    derive,
    practice_parameters,
    strong_parameters,
    sub_key,
)

CYRILLIC_SHORT_I = "\u0439"
CYRILLIC_SHORT_I_IN_TWO = "\u0438\u0306"


def test_the_same_password_gives_the_same_key_after_the_parameters_were_stored() -> None:
    parameters = practice_parameters()
    stored = KdfParameters.from_json(parameters.as_json())

    assert derive("тұрақты құпия", stored) == derive("тұрақты құпия", parameters)
    assert len(derive("тұрақты құпия", parameters)) == 64


def test_another_password_or_another_salt_gives_another_key() -> None:
    parameters = practice_parameters()

    assert derive("first password", parameters) != derive("First password", parameters)
    assert derive("first password", parameters) != derive("first password", practice_parameters())


def test_a_letter_typed_as_two_characters_is_the_same_letter() -> None:
    parameters = practice_parameters()

    assert derive(f"ма{CYRILLIC_SHORT_I}", parameters) == derive(
        f"ма{CYRILLIC_SHORT_I_IN_TWO}", parameters
    )


def test_the_key_is_what_another_implementation_of_argon2id_derives() -> None:
    parameters = practice_parameters()
    other = Argon2id(
        salt=parameters.salt,
        length=64,
        iterations=parameters.time_cost,
        lanes=parameters.parallelism,
        memory_cost=parameters.memory_kib,
    )

    assert derive("orange-kettle-42", parameters) == other.derive(b"orange-kettle-42")


def test_keys_of_two_purposes_tell_nothing_of_each_other() -> None:
    root = derive("first password", practice_parameters())

    assert sub_key(root, "key slot") != sub_key(root, "signing key")
    assert len(sub_key(root, "key slot")) == 32


def test_an_old_pc_has_the_memory_for_a_sign_in() -> None:
    assert strong_parameters().memory_kib <= 128 * 1024
    assert strong_parameters().salt != strong_parameters().salt


@pytest.mark.parametrize(
    "change",
    [
        {"name": "scrypt"},
        {"memory_kib": 64 * 1024 * 1024},
        {"memory_kib": 1},
        {"time_cost": 0},
        {"time_cost": 10**6},
        {"parallelism": 0},
        {"salt": "AAAA"},
        {"salt": "!"},
    ],
    ids=str,
)
def test_stored_parameters_that_the_program_never_wrote_are_refused(
    change: dict[str, str | int],
) -> None:
    with pytest.raises(ValueError):
        KdfParameters.from_json({**practice_parameters().as_json(), **change})


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("қысқа", "password_too_short"),
        ("ninechars", "password_too_short"),
        ("Password123", "password_common"),
        ("йцукенгшщз", "password_common"),
        ("aaaaaaaaaaaa", "password_common"),
        ("1212121212", "password_common"),
        ("my-Lead.Astana-1", "password_contains_login"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused(password: str, code: str) -> None:
    with pytest.raises(KnownError) as refusal:
        check_password(password, "lead.astana")

    assert refusal.value.code == code


@pytest.mark.parametrize("password", ["сабыр түбі сары алтын", "orange-kettle-42"])
def test_a_long_password_is_taken_without_rules_on_its_characters(password: str) -> None:
    check_password(password, "lead.astana")


@pytest.mark.parametrize(
    "password",
    [
        "қазақстан2026!",
        "!!әіңғүұқөһ12",
        "йфяцычувс12",
        "q1w2e3r4t5y6",
        "gfhjkm12345",
        "пароль_qwerty",
        "87011234567",
        "2024-05-20!",
        "Kupiyasoz1!",
    ],
)
def test_rows_of_keys_common_words_and_dates_are_guessed_in_every_script(password: str) -> None:
    with pytest.raises(KnownError, match="password_common"):
        check_password(password, "lead.astana")


def test_the_list_of_common_words_is_long_and_folded() -> None:
    words = common_words()
    assert len(words) > 1000
    assert all(word == word.casefold().strip() for word in words)


def test_a_password_is_stretched_at_least_as_the_recommendation_says() -> None:
    assert not strong_parameters().weaker_than(LEAST)
    assert practice_parameters().weaker_than(LEAST)
    assert (LEAST.time_cost, LEAST.memory_kib, LEAST.parallelism) == (10, 64 * 1024, 2)
