"""The acts during which the program is killed: each a row of small steps with what it leaves."""

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import db.migrate
from exports.package.reader import read_package
from pravo_desktop.backups.files import make_backup, read_head
from pravo_desktop.backups.keeping import set_second_place, write_backups
from pravo_desktop.backups.restoring import Access, preview, restore_workplace
from pravo_desktop.bootstrap import logins, open_workplace
from pravo_desktop.clock import PracticeClock
from pravo_desktop.data_folder import DATABASE, SLOTS
from pravo_desktop.domain.records import RECORDS
from pravo_desktop.errors import KnownError
from pravo_desktop.security.keyslots import KeySlots
from pravo_desktop.usecases import cases, decisions, drafts, months, notes, packages
from pravo_desktop.usecases.cases import ConsultationForm
from pravo_desktop.usecases.replay import replay
from tests.usecases.factories import PASSWORD, TODAY, Desk, a_centre, a_headquarters

COLLEAGUE = "another horse 34"
PASSWORDS = (PASSWORD, "third horse 56", "fourth horse 78")
TABLES = (
    *(record.table for record in RECORDS),
    *("drafts", "closed_months", "packages", "accounts", "received_packages", "journal_entries"),
    *("merged_cases", "merged_consultations", "merged_participants", "trusted_keys"),
)


@dataclass
class Place:
    """A home with a data folder, a stick and a second place for backups, and who sits there."""

    home: Path
    user: str = "lead"
    passwords: tuple[str, ...] = (PASSWORD,)
    opened_with: str = PASSWORD
    _desk: Desk | None = None

    @property
    def data(self) -> Path:
        return self.home / "Менің бумам"

    @property
    def stick(self) -> Path:
        return self.home / "stick"

    @property
    def second(self) -> Path:
        return self.home / "second"

    @property
    def desk(self) -> Desk:
        assert self._desk is not None
        return self._desk

    def open(self) -> Desk:
        """Sign in with the first of the passwords that opens."""
        for number, password in enumerate(self.passwords):
            # A kill while a password is tried counts as a failure, after some of which one waits.
            clock = PracticeClock(TODAY + timedelta(hours=number))
            try:
                workplace = open_workplace(
                    self.data, password=password, user=self.user, clock=clock
                )
            except KnownError as error:
                if error.code != "wrong_password" or number + 1 == len(self.passwords):
                    raise
                continue
            clock.set(TODAY)
            self.opened_with = password
            self._desk = Desk(workplace, workplace.session(), clock)
            break
        return self.desk

    def leave(self) -> None:
        if self._desk is not None:
            self._desk.leave()
            self._desk = None


Step = Callable[[Place], Any]


@dataclass(frozen=True)
class Act:
    """What somebody does while the program is killed.

    Args:
        prepare: makes the home once; each kill gets a copy.
        steps: each is acknowledged with what it returns; run again after a kill it goes on.
        verify: raises AssertionError where what was acknowledged is not there.
        state: what is there beside the numbers of rows.
        signed_in: the steps need somebody who has signed in.
        looked_at: the state before the first step can be looked at without taking it.
    """

    name: str
    prepare: Callable[[Place], None]
    steps: tuple[Step, ...]
    verify: Callable[[Place, list[Any]], None] = lambda place, done: None
    state: Callable[[Place], Any] = lambda place: None
    signed_in: bool = True
    looked_at: bool = True
    passwords: tuple[str, ...] = field(default=(PASSWORD,))


def observe(act: Act, place: Place) -> Any:
    """What an open folder holds, without ids: equal after the same steps of an act."""
    own = place.desk.session.installation
    counts = {table: place.desk.count(table) for table in TABLES}
    living = {record.table: place.desk.count(record.table, "NOT deleted") for record in RECORDS}
    found = [own.epoch, own.station_letter, counts, living, act.state(place)]
    return json.loads(json.dumps(found))


# --- What is prepared -----------------------------------------------------------------------------


def _centre(place: Place) -> Desk:
    desk = place._desk = a_centre(place.data)
    place.stick.mkdir()
    place.second.mkdir()
    specialist = desk.specialist()
    for month in (4, 5):
        desk.case(on=date(2024, month, 3), specialist=specialist)
    return desk


def _a_centre(place: Place) -> None:
    _centre(place).leave()


def _two_closed_months(place: Place) -> None:
    desk = _centre(place)
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


def _colleagues(place: Place) -> None:
    desk = _centre(place)
    for name in ("aigul", "botagoz"):
        desk.workplace.add_account(
            desk.session, name=name, password=COLLEAGUE, roles=("psychologist",)
        )
    desk.leave()
    for name in ("aigul", "botagoz"):
        open_workplace(
            place.data, password=COLLEAGUE, user=name, clock=PracticeClock(TODAY)
        ).close()


def _with_sheet(place: Place) -> None:
    desk = _centre(place)
    _new_sheet(0)(place)
    desk.leave()


def _with_backup(place: Place) -> None:
    """A backup on the stick; since then one more case was opened."""
    desk = _centre(place)
    make_backup(desk.workplace, desk.session, out=place.stick / "kept.backup")
    desk.case(on=date(2024, 5, 7), specialist=_specialist(desk))
    desk.leave()


def _older_version(place: Place) -> None:
    """A folder as the version before a later migration left it."""
    _a_centre(place)
    folder = place.home / "migrations"
    shutil.copytree(db.migrate.SCRIPTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    head = db.migrate.head_revision()
    (folder / "versions" / "9999_later.py").write_text(
        '"""A later migration."""\n\nfrom alembic import op\n\n'
        f'revision = "9999"\ndown_revision = "{head}"\nbranch_labels = None\n'
        "depends_on = None\n\n\ndef upgrade() -> None:\n"
        '    op.execute("CREATE TABLE kept AS SELECT * FROM audit_entries")\n'
        '    op.execute("ALTER TABLE drafts ADD COLUMN later TEXT")\n'
        '    op.execute("CREATE INDEX later_kept ON kept (hash)")\n'
    )


def _specialist(desk: Desk) -> str:
    return str(desk.session.value("SELECT id FROM staff_members ORDER BY id"))


# --- Entry ----------------------------------------------------------------------------------------


def _keep_draft(place: Place) -> Any:
    typed = {"note": f"draft {place.desk.count('cases')}"}
    desk = place.desk
    return ["draft", drafts.save_draft(desk.session, desk.actor, form="case", content=typed)]


def _open_case(place: Place) -> Any:
    desk = place.desk
    return ["case", desk.case(on=date(2024, 5, 6), specialist=_specialist(desk)).case_id]


def _drop_draft(place: Place) -> Any:
    desk = place.desk
    (draft,) = drafts.my_drafts(desk.session, desk.actor)
    drafts.discard_draft(desk.session, desk.actor, draft_id=draft.draft_id)
    return ["dropped", draft.draft_id]


def _entry_is_there(place: Place, done: list[Any]) -> None:
    desk = place.desk
    kept = {one.draft_id: one for one in drafts.my_drafts(desk.session, desk.actor)}
    waiting = None
    for kind, what in done:
        waiting = what if kind == "draft" else None if kind == "dropped" else waiting
        if kind == "case":
            people = desk.count("participants", f"case_id = '{what}'")
            assert people == 3 and desk.count("consultations", f"case_id = '{what}'") == 1
    whole = desk.session.value(
        "SELECT count(*) FROM cases c WHERE (SELECT count(*) FROM participants p "
        "WHERE p.case_id = c.id) = 3 AND (SELECT count(*) FROM consultations v "
        "WHERE v.case_id = c.id) = 1"
    )
    assert whole == desk.count("cases"), "a case is there in part"
    # The step after the last acknowledged one may have dropped it.
    if waiting is not None and done[-1][0] == "draft":
        assert kept[waiting].content["note"].startswith("draft")


# --- Months and packages --------------------------------------------------------------------------


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


# --- Keys, accounts, notes ------------------------------------------------------------------------


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
            specialist_id=_specialist(desk),
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


# --- Backups --------------------------------------------------------------------------------------


def _choose_second_place(place: Place) -> Any:
    set_second_place(place.data, place.second)
    return []


def _back_up(day: int) -> Step:
    def step(place: Place) -> Any:
        desk = place.desk.at(2024, 6, day)
        written = write_backups(desk.workplace, desk.session).written
        return [str(path.relative_to(place.home)) for path in written]

    return step


def _backups_open(place: Place, done: list[Any]) -> None:
    for said in done:
        for name in said:
            assert (place.home / name).exists(), "an acknowledged backup is gone"
    for folder in (place.data / "backups", place.second):
        found = sorted(folder.glob("*.backup"))
        for path in found:
            read_head(path)
            with zipfile.ZipFile(path) as packed:
                assert packed.testzip() is None
        for path in found[-1:]:
            looked = preview(path, place.home / "nowhere", Access(PASSWORD, "lead"))
            assert looked.inside.counts["cases"] == 2


def _look_into_backup(place: Place) -> Any:
    access = Access(PASSWORD, "lead")
    preview(place.stick / "kept.backup", place.data, access, clock=PracticeClock(TODAY))


def _restore(place: Place) -> Any:
    restore_workplace(
        place.stick / "kept.backup",
        place.data,
        Access(PASSWORD, "lead"),
        instead=True,
        clock=PracticeClock(TODAY),
    ).close()


def _replaced_is_kept(place: Place, done: list[Any]) -> None:
    """Either the folder is as it was, or what was there is aside with the case since opened."""
    aside = [path for path in place.data.glob("replaced-*") if (path / DATABASE).exists()]
    if place.desk.session.installation.epoch == 1:
        assert place.desk.count("cases") == 3 and not aside
        return
    assert place.desk.count("cases") == 2
    (kept,) = aside
    old = Place(place.home / "old")
    shutil.copytree(kept, old.data)
    desk = old.open()
    assert desk.count("cases") == 3
    old.leave()
    shutil.rmtree(old.home)


def _use_new_version(place: Place) -> Any:
    db.migrate.SCRIPTS = place.home / "migrations"
    place.open()
    place.leave()


def _kept_before_update(place: Place, done: list[Any]) -> None:
    assert place.desk.count("kept") >= 1 and place.desk.count("cases") == 2
    aside = list(place.data.glob("before-update-*"))
    assert aside, "no copy of the database before the update"
    for path in aside:
        kept = {one.name for one in path.iterdir()}
        assert kept >= {DATABASE, SLOTS}, "a copy in part looks like a whole one"


ACTS: tuple[Act, ...] = (
    Act("entry", _a_centre, (_keep_draft, _open_case, _drop_draft) * 3, _entry_is_there),
    Act(
        "closing",
        _a_centre,
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
    Act(
        "migration",
        _older_version,
        (_use_new_version,),
        _kept_before_update,
        signed_in=False,
        looked_at=False,
    ),
    Act("backup", _a_centre, (_choose_second_place, _back_up(1), _back_up(2)), _backups_open),
    Act(
        "restore",
        _with_backup,
        (_look_into_backup, _restore),
        _replaced_is_kept,
        signed_in=False,
    ),
    Act(
        "password",
        _a_centre,
        (_change_password(1), _change_password(2)),
        state=lambda place: PASSWORDS.index(place.opened_with),
        passwords=PASSWORDS,
    ),
    Act("signing key", _a_centre, (_replace_key, _replace_key), _key_signs, _statements),
    Act(
        "database key",
        _colleagues,
        (_close_account("aigul"), _close_account("botagoz")),
        _everybody_opens,
        _who_signs_in,
    ),
    Act(
        "accounts",
        _a_centre,
        (_add_account("dana"), _add_account("erkin")),
        _everybody_opens,
        _who_signs_in,
    ),
    Act(
        "notes",
        _colleagues,
        (_write_note, _write_note, _hand_over),
        _notes_open,
        _whose_notes,
    ),
    Act("recovery sheet", _with_sheet, (_new_sheet(1), _new_sheet(2)), _a_sheet_opens),
)
