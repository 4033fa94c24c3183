"""Months are closed, their packages written, received and undone."""

import hashlib
import shutil
from datetime import date
from typing import Any

from exports.package.reader import read_package
from pravo_desktop.usecases import decisions, months, packages
from pravo_desktop.usecases.replay import replay
from tests.usecases.factories import a_centre, a_headquarters
from tools.torture.acts.place import Act, Place, Step
from tools.torture.acts.prepared import a_centre_at_work, desk_of_centre


def _two_closed_months(place: Place) -> None:
    desk = desk_of_centre(place)
    desk.close("2024-04", {"media": "no_activity"})
    desk.close("2024-05", {"media": "no_activity"})
    desk.leave()


def _three_packages(place: Place) -> None:
    """Headquarters with a stick on which a centre's three packages are."""
    desk = a_centre(place.home / "centre")
    specialist = desk.specialist()
    place.second.mkdir()
    for number, month in enumerate(("2024-02", "2024-03", "2024-04"), start=2):
        desk.case(on=date(2024, number, 9), specialist=specialist)
        desk.close(month, {"media": "no_activity"})
        desk.copy(desk.export(month).sequence, place.stick)
    headquarters = a_headquarters(place.data)
    headquarters.trusts(desk)
    headquarters.leave()
    desk.leave()
    shutil.rmtree(place.home / "centre")


def _three_received(place: Place) -> None:
    _three_packages(place)
    desk = place.open()
    desk.receive(*sorted(place.stick.iterdir()))
    place.leave()


def _close(month: str) -> Step:
    def step(place: Place) -> Any:
        place.desk.close(month, {"media": "no_activity"})

    return step


def _reopen(month: str) -> Step:
    def step(place: Place) -> Any:
        months.reopen_month(place.desk.session, place.desk.actor, month=month)

    return step


def _export(month: str) -> Step:
    def step(place: Place) -> Any:
        made = place.desk.export(month)
        return [made.sequence, made.sha256]

    return step


def _copy(sequence: int) -> Step:
    def step(place: Place) -> Any:
        place.desk.copy(sequence, place.stick)

    return step


def _packages_are_there(place: Place, done: list[Any]) -> None:
    desk = place.desk
    listed = packages.exported_packages(desk.session, desk.actor)
    assert [one.sequence for one in listed] == list(range(1, len(listed) + 1))
    known = {one.sequence: one.sha256 for one in listed}
    for said in done:
        if said is not None:
            assert known[said[0]] == said[1], "an acknowledged package is another one"
    previous = None
    for one in listed:
        data = desk.package(one.sequence)
        assert hashlib.sha256(data).hexdigest() == one.sha256
        assert read_package(data).manifest.previous_sha256 == previous
        again = desk.copy(one.sequence, place.home / "again")
        assert again.read_bytes() == data, "an export made again is another file"
        previous = one.sha256
    for path in place.stick.glob("*.xlsx"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() in known.values()


def _files_on_stick(place: Place) -> list[str]:
    return sorted(path.name for path in place.stick.glob("pravo-*"))


def _receive(number: int) -> Step:
    def step(place: Place) -> Any:
        (said,) = place.desk.receive(sorted(place.stick.glob("pravo-*"))[number])
        assert said.status in ("accepted", "already"), said
        return said.sha256

    return step


def _undo(number: int) -> Step:
    def step(place: Place) -> Any:
        desk = place.desk
        decisions.undo_package(desk.session, desk.actor, package=str(number))

    return step


def _headquarters_holds(place: Place) -> Any:
    desk = place.desk
    return [
        desk.state(),
        [row["kind"] for row in desk.session.all("SELECT kind FROM journal_entries ORDER BY id")],
    ]


def _archive_is_whole(place: Place, done: list[Any]) -> None:
    desk = place.desk
    for path in desk.archive.glob("*.xlsx"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.stem
    received = {row["sha256"] for row in desk.session.all("SELECT sha256 FROM received_packages")}
    assert received >= {one for one in done if one}
    assert received <= {path.stem for path in desk.archive.glob("*.xlsx")}
    replay(desk.session, desk.actor, archive=desk.archive, check=True)


ACTS = (
    Act(
        "closing",
        a_centre_at_work,
        (_close("2024-04"), _close("2024-05"), _reopen("2024-05"), _close("2024-05")),
    ),
    Act(
        "export",
        _two_closed_months,
        (_export("2024-04"), _copy(1), _export("2024-05"), _copy(2)),
        _packages_are_there,
        _files_on_stick,
    ),
    Act(
        "accept",
        _three_packages,
        (_receive(0), _receive(1), _receive(2)),
        _archive_is_whole,
        _headquarters_holds,
    ),
    Act(
        "undo",
        _three_received,
        (_undo(3), _undo(2), _undo(1)),
        _archive_is_whole,
        _headquarters_holds,
    ),
)
