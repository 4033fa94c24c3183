"""Passwords, keys, accounts and recovery sheets change."""

from typing import Any

from pravo_desktop.bootstrap import logins
from pravo_desktop.data_folder import SLOTS
from pravo_desktop.errors import KnownError
from pravo_desktop.security.keyslots import KeySlots
from tests.usecases.factories import PASSWORD
from tools.torture.acts.place import Act, Place, Step
from tools.torture.acts.prepared import COLLEAGUE, a_centre_at_work, desk_of_centre, with_colleagues

PASSWORDS = (PASSWORD, "third horse 56", "fourth horse 78")


def _with_sheet(place: Place) -> None:
    desk = desk_of_centre(place)
    _new_sheet(0)(place)
    desk.leave()


def _change_password(number: int) -> Step:
    def step(place: Place) -> Any:
        desk = place.desk
        desk.workplace.change_password(
            desk.session, old=PASSWORDS[number - 1], new=PASSWORDS[number]
        )

    return step


def _replace_key(place: Place) -> Any:
    place.desk.workplace.replace_key(place.desk.session)
    return place.desk.fingerprint()


def _statements(place: Place) -> int:
    return place.desk.count("audit_entries", "action = 'signing_key_replaced'")


def _key_signs(place: Place, done: list[Any]) -> None:
    if done and _statements(place) == len(done):
        assert place.desk.fingerprint() == done[-1]
    assert place.desk.workplace.signing_key(place.desk.session).private_key


def _add_account(name: str) -> Step:
    def step(place: Place) -> Any:
        desk = place.desk
        desk.workplace.add_account(desk.session, name=name, password=COLLEAGUE, roles=("lead",))
        return name

    return step


def _close_account(name: str) -> Step:
    def step(place: Place) -> Any:
        desk = place.desk
        (account,) = (
            row["id"] for row in desk.session.all("SELECT id FROM accounts WHERE name = ?", (name,))
        )
        desk.session = desk.workplace.close_account(desk.session, account_id=account)

    return step


def _who_signs_in(place: Place) -> Any:
    closed = place.desk.session.all("SELECT name FROM accounts WHERE closed_at IS NOT NULL")
    return [sorted(logins(place.data)), sorted(row["name"] for row in closed)]


def _everybody_opens(place: Place, done: list[Any]) -> None:
    slots = KeySlots.load(place.data / SLOTS)
    names = set(logins(place.data)) - {"lead"}
    assert names >= {name for name in done if name}
    for name in names:
        assert slots.unlock(name, COLLEAGUE).wrap_key


def _new_sheet(number: int) -> Step:
    def step(place: Place) -> Any:
        target = place.home / f"sheet-{number}.txt"
        target.unlink(missing_ok=True)
        place.desk.workplace.reissue_recovery_sheet(place.desk.session, target=target)
        return target.name

    return step


def _a_sheet_opens(place: Place, done: list[Any]) -> None:
    """The last sheet that was acknowledged, or the one that was being written, opens."""
    slots, opened = KeySlots.load(place.data / SLOTS), []
    for path in sorted(place.home.glob("sheet-*.txt")):
        for line in path.read_text("utf-8").splitlines():
            try:
                slots.unlock_with_recovery(line)
            except KnownError:
                continue
            opened.append(path.name)
    assert len(opened) == 1 and opened[0] >= max(done, default=""), (opened, done)


ACTS = (
    Act(
        "password",
        a_centre_at_work,
        (_change_password(1), _change_password(2)),
        state=lambda place: PASSWORDS.index(place.opened_with),
        passwords=PASSWORDS,
    ),
    Act("signing key", a_centre_at_work, (_replace_key, _replace_key), _key_signs, _statements),
    Act(
        "database key",
        with_colleagues,
        (_close_account("aigul"), _close_account("botagoz")),
        _everybody_opens,
        _who_signs_in,
    ),
    Act(
        "accounts",
        a_centre_at_work,
        (_add_account("dana"), _add_account("erkin")),
        _everybody_opens,
        _who_signs_in,
    ),
    Act("recovery sheet", _with_sheet, (_new_sheet(1), _new_sheet(2)), _a_sheet_opens),
)
