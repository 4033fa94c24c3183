"""Notes are written and handed over."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from pravo_desktop.bootstrap import open_workplace
from pravo_desktop.clock import PracticeClock
from pravo_desktop.usecases import cases, notes
from pravo_desktop.usecases.cases import ConsultationForm
from tests.usecases.factories import TODAY, Desk
from tools.torture.acts.place import Act, Place
from tools.torture.acts.prepared import COLLEAGUE, specialist_of, with_colleagues


def _write_note(place: Place) -> Any:
    desk = place.desk
    visit = desk.session.value(
        "SELECT id FROM consultations WHERE id NOT IN (SELECT id FROM notes) ORDER BY id"
    )
    cases.change_consultation(
        desk.session,
        desk.actor,
        consultation_id=visit,
        consultation=ConsultationForm(
            held_on=date.fromisoformat(
                desk.session.value("SELECT held_on FROM consultations WHERE id = ?", (visit,))
            ),
            specialist_id=specialist_of(desk),
            note=f"note on {visit}",
        ),
    )


def _hand_over(place: Place) -> Any:
    desk = place.desk
    to = desk.session.value("SELECT id FROM accounts WHERE name = 'aigul'")
    notes.hand_over_notes(desk.session, desk.actor, to_account=to)


def _whose_notes(place: Place) -> Any:
    return place.desk.session.all(
        "SELECT a.name, count(*) AS number FROM notes n JOIN accounts a ON a.id = n.author "
        "WHERE NOT n.deleted GROUP BY a.name ORDER BY a.name"
    )


def _notes_open(place: Place, done: list[Any]) -> None:
    """Each note is opened by the one whose it is, and by nobody else."""
    opened = 0
    with _also_at_work(place, "aigul") as aigul:
        for desk in (place.desk, aigul):
            for row in desk.session.all("SELECT id FROM cases"):
                for visit, one in notes.notes_of_case(desk.session, desk.actor, row["id"]).items():
                    assert (one.text is not None) == one.own
                    if one.own:
                        opened += 1
                        assert one.text == f"note on {visit}"
    assert opened == place.desk.count("notes", "NOT deleted")


@contextmanager
def _also_at_work(place: Place, name: str) -> Iterator[Desk]:
    clock = PracticeClock(TODAY)
    workplace = open_workplace(place.data, password=COLLEAGUE, user=name, clock=clock)
    desk = Desk(workplace, workplace.session(), clock)
    try:
        yield desk
    finally:
        desk.leave()


ACTS = (
    Act(
        "notes",
        with_colleagues,
        (_write_note, _write_note, _hand_over),
        _notes_open,
        _whose_notes,
    ),
)
