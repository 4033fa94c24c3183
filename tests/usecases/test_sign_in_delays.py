"""Guessing a password takes longer each time, also after the program was started again."""

from datetime import datetime, timedelta

from pravo_desktop.bootstrap import open_workplace, sign_in_wait
from pravo_desktop.data_folder import ATTEMPTS, SLOTS
from pravo_desktop.security.keyslots import KeySlots
from pravo_desktop.security.passwords import LEAST, KdfParameters, practice_parameters
from tests.usecases.factories import PASSWORD, TODAY, Desk
from tests.usecases.refusals import code_of


def guess(desk: Desk, password: str = "not this horse") -> str:
    return code_of(
        lambda: open_workplace(desk.workplace.folder, password=password, clock=desk.clock)
    )


def later(desk: Desk, seconds: int) -> None:
    desk.clock.set(desk.clock.now() + timedelta(seconds=seconds))


def test_after_the_third_wrong_password_even_the_right_one_waits(centre: Desk) -> None:
    folder, clock = centre.workplace.folder, centre.clock
    assert [guess(centre) for _ in range(3)] == ["wrong_password"] * 3
    assert sign_in_wait(folder, "lead", clock) == 5
    assert guess(centre) == guess(centre, PASSWORD) == "sign_in_delayed"
    later(centre, 5)
    assert guess(centre) == "wrong_password"
    assert sign_in_wait(folder, "LEAD", clock) == 15
    later(centre, 15)
    open_workplace(folder, password=PASSWORD, clock=clock).close()
    assert sign_in_wait(folder, "lead", clock) == 0
    assert not (folder / ATTEMPTS).exists()


def test_the_clock_set_forward_and_back_gives_no_more_guesses(centre: Desk) -> None:
    for _ in range(3):
        guess(centre)
    centre.clock.set(datetime(2024, 1, 1))
    assert guess(centre, PASSWORD) == "sign_in_delayed"
    centre.clock.set(TODAY)
    later(centre, 5)
    assert sign_in_wait(centre.workplace.folder, "lead", centre.clock) == 0


def test_the_present_password_is_not_guessed_in_the_settings_either(centre: Desk) -> None:
    place, s = centre.workplace, centre.session

    def change(old: str) -> str:
        return code_of(lambda: place.change_password(s, old=old, new="third phrase 56"))

    assert [change("not this horse") for _ in range(3)] == ["wrong_password"] * 3
    assert change(PASSWORD) == "sign_in_delayed"
    later(centre, 5)
    place.change_password(s, old=PASSWORD, new="third phrase 56")
    open_workplace(place.folder, password="third phrase 56", clock=centre.clock).close()


def test_a_password_stretched_less_than_today_is_stretched_anew_without_asking(
    centre: Desk,
) -> None:
    path = centre.workplace.folder / SLOTS
    slots = KeySlots.load(path)
    keys = slots.unlock("lead", PASSWORD)
    stronger = KdfParameters(3, 8 * 1024, 1)
    assert not slots.strengthen(keys, PASSWORD, least=practice_parameters())
    assert slots.strengthen(keys, PASSWORD, least=stronger, kdf=lambda: stronger)
    again = KeySlots.load(path)
    assert again.unlock("lead", PASSWORD) == keys
    assert not again.strengthen(keys, PASSWORD, least=stronger)
    assert LEAST.memory_kib == 64 * 1024
