"""Homes in which more than one act begins; each kill gets a copy."""

from datetime import date

from pravo_desktop.bootstrap import open_workplace
from pravo_desktop.clock import PracticeClock
from tests.usecases.factories import TODAY, Desk, a_centre
from tools.torture.acts.place import Place

COLLEAGUE = "another horse 34"


def desk_of_centre(place: Place) -> Desk:
    """A centre with two cases, its head at the desk."""
    desk = place.sit(a_centre(place.data))
    place.stick.mkdir()
    place.second.mkdir()
    specialist = desk.specialist()
    for month in (4, 5):
        desk.case(on=date(2024, month, 3), specialist=specialist)
    return desk


def a_centre_at_work(place: Place) -> None:
    """The same, signed out."""
    desk_of_centre(place).leave()


def with_colleagues(place: Place) -> None:
    """A centre with two psychologists, who have each signed in once."""
    desk = desk_of_centre(place)
    for name in ("aigul", "botagoz"):
        desk.workplace.add_account(
            desk.session, name=name, password=COLLEAGUE, roles=("psychologist",)
        )
    desk.leave()
    for name in ("aigul", "botagoz"):
        open_workplace(
            place.data, password=COLLEAGUE, user=name, clock=PracticeClock(TODAY)
        ).close()


def specialist_of(desk: Desk) -> str:
    """Id of the specialist of the prepared centre."""
    return str(desk.session.value("SELECT id FROM staff_members ORDER BY id"))
