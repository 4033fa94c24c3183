"""What a specialist notes is theirs alone: in the folder, for the lead, and when they leave."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from pravo_desktop.backups.files import make_backup
from pravo_desktop.bootstrap import Workplace, open_with_sheet, open_workplace
from pravo_desktop.usecases import cases, drafts, leavers, notes
from pravo_desktop.usecases.cases import CaseOpened, ConsultationForm
from pravo_desktop.usecases.queries import case_card, find_cases
from pravo_desktop.usecases.station import let_go
from tests.usecases.factories import PASSWORD, Desk
from tests.usecases.refusals import code_of

CANARY = "канарейкажазба"
APRIL, MAY = date(2024, 4, 12), date(2024, 5, 6)
OWN = "battery staple 7"


def hire(desk: Desk, name: str, profession: str = "psychologist") -> str:
    """Somebody of the staff with an account; returns its id."""
    return desk.workplace.add_account(
        desk.session,
        name=name,
        password=OWN,
        roles=(profession,),
        staff_id=desk.specialist(profession),
    )


@contextmanager
def at_work(desk: Desk, name: str, password: str = OWN) -> Iterator[Desk]:
    """The same folder, opened by somebody else with their password."""
    place = open_workplace(desk.workplace.folder, user=name, password=password, clock=desk.clock)
    other = Desk(place, place.session(), desk.clock)
    try:
        yield other
    finally:
        other.leave()


def noted(desk: Desk, text: str = CANARY, on: date = APRIL) -> tuple[CaseOpened, str]:
    """A case with a consultation that whoever is at the desk noted something on."""
    case = desk.case()
    staff = str(desk.actor.staff_id)
    return case, desk.visit(case, on, staff, note=text, attendees=case.participants[:1])


def line(desk: Desk, case: CaseOpened) -> notes.NoteLine | None:
    return case_card(desk.session, desk.actor, case.case_id).consultations[0].noted


def everything(desk: Desk) -> str:
    """All that the database holds for whoever has its key, as one text."""
    tables = desk.session.all("SELECT name FROM sqlite_master WHERE type = 'table'")
    return " ".join(
        str(list(row.values()))
        for table in tables
        for row in desk.session.all(f'SELECT * FROM "{table["name"]}"')
    )


def test_the_lead_who_opens_the_whole_database_finds_the_note_nowhere(
    centre: Desk, tmp_path: Path
) -> None:
    hire(centre, "aigul")
    with at_work(centre, "aigul") as aigul:
        case, visit = noted(aigul)
        cases.change_consultation(
            aigul.session,
            aigul.actor,
            consultation_id=visit,
            consultation=ConsultationForm(note=f"{CANARY} толығырақ"),
        )
        drafts.save_draft(
            aigul.session, aigul.actor, form="visit", content={"values": {"note": CANARY}}
        )
        assert drafts.my_drafts(aigul.session, aigul.actor)[0].content["values"]["note"] == CANARY
        assert line(aigul, case) == notes.NoteLine("aigul", True, f"{CANARY} толығырақ")
        assert CANARY not in everything(aigul)
    assert line(centre, case) == notes.NoteLine("aigul", False, None)
    assert CANARY not in everything(centre)
    history = centre.session.all(
        "SELECT v.content, e.action FROM audit_entries e JOIN audit_values v USING (number) "
        "WHERE e.table_name = 'notes' ORDER BY number"
    )
    assert [(row["action"], row["content"]) for row in history] == [
        ("added", "{}"),
        ("changed", "{}"),
    ]
    assert find_cases(centre.session, centre.actor, CANARY) == []
    centre.close("2024-04")
    centre.export("2024-04")
    assert CANARY.encode() not in centre.package(1)
    backup = make_backup(centre.workplace, centre.session, out=tmp_path / "stick")
    files = [one for one in [backup, *centre.workplace.folder.rglob("*")] if one.is_file()]
    assert len(files) > 3
    for file in files:
        for encoded in (CANARY.encode(), CANARY.encode("utf-16-le")):
            assert encoded not in file.read_bytes(), file.name


def test_a_note_is_found_by_its_author_after_the_program_was_closed(centre: Desk) -> None:
    hire(centre, "aigul")
    with at_work(centre, "aigul") as aigul:
        case, _ = noted(aigul)
    with at_work(centre, "aigul") as aigul:
        aigul.workplace.change_password(aigul.session, old=OWN, new="another word 34")
    with at_work(centre, "aigul", "another word 34") as aigul:
        assert line(aigul, case) == notes.NoteLine("aigul", True, CANARY)


def test_a_note_saved_again_as_it_was_is_no_change(centre: Desk) -> None:
    case, visit = centre.case(), centre.specialist()
    day = centre.visit(case, APRIL, visit, note=CANARY)
    before = centre.session.one("SELECT * FROM notes")
    cases.change_consultation(
        centre.session,
        centre.actor,
        consultation_id=day,
        consultation=ConsultationForm(note=f" {CANARY}\r\n"),
    )
    assert centre.session.one("SELECT * FROM notes") == before


def test_a_longest_note_fits_and_a_longer_one_is_refused(centre: Desk) -> None:
    case, staff = centre.case(), centre.specialist()
    centre.visit(case, APRIL, staff, note="😀" * 4000)
    assert line(centre, case) == notes.NoteLine("lead", True, "😀" * 4000)
    assert code_of(lambda: centre.visit(case, MAY, staff, note="ә" * 4001)) == "text_too_long"


def forgotten(desk: Desk, name: str = "aigul", new: str = "another word 34") -> None:
    """The lead gives somebody a new password."""
    account = next(k for k, v in desk.workplace._slots.logins.items() if v == name)
    desk.workplace.reset_password(desk.session, account_id=account, new=new)


def code_on(sheet: Path) -> str:
    return next(one.strip() for one in sheet.read_text("utf-8").splitlines() if "    " in one)


def test_a_forgotten_password_loses_nothing_and_opens_no_note_to_the_lead(
    centre: Desk, tmp_path: Path
) -> None:
    hire(centre, "aigul")
    sheet, following = tmp_path / "aigul.txt", tmp_path / "next.txt"
    with at_work(centre, "aigul") as aigul:
        case, visit = noted(aigul)
        drafts.save_draft(aigul.session, aigul.actor, form="visit", content={"note": CANARY})
        aigul.workplace.issue_note_sheet(aigul.session, target=sheet)
    forgotten(centre)
    assert code_of(lambda: open_workplace(centre.workplace.folder, user="aigul", password=OWN)) == (
        "wrong_password"
    )
    # Whoever signs in with the password that the lead gave sees the case, and no note.
    with at_work(centre, "aigul", "another word 34") as aigul:
        s, a = aigul.session, aigul.actor
        assert [one.case_id for one in find_cases(s, a)] == [case.case_id]
        assert line(aigul, case) == notes.NoteLine("aigul", True, None)
        assert drafts.my_drafts(s, a) == []
        state = notes.notes_state(s, a)
        assert (state.number, state.locked, state.has_sheet) == (1, True, True)
        for overwritten in ("басқа", ""):
            form = ConsultationForm(note=overwritten)
            assert (
                code_of(
                    lambda form=form: cases.change_consultation(  # type: ignore[misc]
                        s, a, consultation_id=visit, consultation=form
                    )
                )
                == "notes_locked"
            )
        assert code_of(lambda: notes.hand_over_notes(s, a, to_account=centre.actor.account_id)) == (
            "notes_locked"
        )
        # What is noted meanwhile is sealed to the same author.
        later = aigul.case()
        aigul.visit(later, MAY, str(a.staff_id), note="кейінгі")
        wrong = code_of(
            lambda: aigul.workplace.unlock_notes(
                s, code="2222-" + code_on(sheet), target=tmp_path / "x.txt"
            )
        )
        assert wrong == "recovery_code_mistyped" and not (tmp_path / "x.txt").exists()
        aigul.workplace.unlock_notes(s, code=code_on(sheet), target=following)
        assert line(aigul, case) == notes.NoteLine("aigul", True, CANARY)
        assert line(aigul, later) == notes.NoteLine("aigul", True, "кейінгі")
        assert drafts.my_drafts(s, aigul.actor)[0].content == {"note": CANARY}
    with at_work(centre, "aigul", "another word 34") as aigul:
        assert line(aigul, case) == notes.NoteLine("aigul", True, CANARY)
        used = code_of(
            lambda: aigul.workplace.unlock_notes(
                aigul.session, code=code_on(sheet), target=tmp_path / "y.txt"
            )
        )
        assert used == "recovery_code_wrong"
    forgotten(centre, new="third phrase 56")
    with at_work(centre, "aigul", "third phrase 56") as aigul:
        aigul.workplace.unlock_notes(
            aigul.session, code=code_on(following), target=tmp_path / "z.txt"
        )
        assert line(aigul, case) == notes.NoteLine("aigul", True, CANARY)


def test_without_password_and_sheet_notes_are_destroyed_and_new_ones_begin(centre: Desk) -> None:
    hire(centre, "aigul")
    with at_work(centre, "aigul") as aigul:
        case, _ = noted(aigul)
    forgotten(centre)
    with at_work(centre, "aigul", "another word 34") as aigul:
        target = centre.workplace.folder.parent / "sheet-of-aigul.txt"
        assert code_of(
            lambda: aigul.workplace.unlock_notes(aigul.session, code="x", target=target)
        ) == ("notes_without_sheet")
        assert code_of(lambda: aigul.workplace.destroy_notes(aigul.session, reason=" ")) == (
            "field_required"
        )
        assert aigul.workplace.destroy_notes(aigul.session, reason="құпиясөз ұмытылды") == 1
        assert line(aigul, case) is None
        again, _ = noted(aigul)
        assert line(aigul, again) == notes.NoteLine("aigul", True, CANARY)
    with at_work(centre, "aigul", "another word 34") as aigul:
        assert line(aigul, again) == notes.NoteLine("aigul", True, CANARY)


def test_who_leaves_hands_the_notes_over_by_their_own_act(centre: Desk) -> None:
    account = hire(centre, "aigul")
    successor = hire(centre, "dana")
    with at_work(centre, "dana"):
        pass
    with at_work(centre, "aigul") as aigul:
        case, _ = noted(aigul)
        s, a = aigul.session, aigul.actor
        assert [one.name for one in notes.notes_state(s, a).colleagues] == ["dana", "lead"]
        assert code_of(lambda: notes.hand_over_notes(s, a, to_account="nobody")) == (
            "account_unknown"
        )
        assert notes.hand_over_notes(s, a, to_account=successor) == 1
        assert line(aigul, case) == notes.NoteLine("dana", False, None)
    centre.session = centre.workplace.close_account(centre.session, account_id=account)
    with at_work(centre, "dana") as dana:
        assert line(dana, case) == notes.NoteLine("dana", True, CANARY)
    assert line(centre, case) == notes.NoteLine("dana", False, None)
    assert CANARY not in everything(centre)


def test_notes_are_not_handed_to_a_closed_account_nor_to_who_never_signed_in(centre: Desk) -> None:
    gone, never = hire(centre, "gone"), hire(centre, "never")
    with at_work(centre, "gone"):
        pass
    centre.session = centre.workplace.close_account(centre.session, account_id=gone)
    noted_by_lead = centre.visit(centre.case(), APRIL, centre.specialist(), note=CANARY)
    assert noted_by_lead
    for account in (gone, never, centre.actor.account_id):
        refused = code_of(
            lambda to=account: notes.hand_over_notes(  # type: ignore[misc]
                centre.session, centre.actor, to_account=to
            )
        )
        assert refused == "account_unknown"


def test_notes_left_behind_are_destroyed_only_with_a_written_reason(centre: Desk) -> None:
    account = hire(centre, "aigul")
    with at_work(centre, "aigul") as aigul:
        case, visit = noted(aigul)
    s, lead = centre.session, centre.actor
    assert code_of(lambda: leavers.close_account(s, lead, account_id=account)) == (
        "notes_not_handed_over"
    )
    assert (
        code_of(lambda: leavers.close_account(s, lead, account_id=account, destroy_notes=" "))
        == "field_required"
    )
    assert centre.count("notes") == 1 and centre.count("accounts", "closed_at IS NULL") == 2
    leavers.close_account(s, lead, account_id=account, destroy_notes="автор қайтыс болды")
    assert centre.count("notes") == 0 and line(centre, case) is None
    told = centre.session.all(
        "SELECT e.action, e.record_id, v.content FROM audit_entries e JOIN audit_values v "
        "USING (number) WHERE e.action = 'notes_destroyed' OR e.table_name = 'notes' "
        "AND e.action = 'deleted' ORDER BY number"
    )
    assert [(row["action"], row["record_id"]) for row in told] == [
        ("deleted", visit),
        ("notes_destroyed", account),
    ]
    assert json.loads(told[1]["content"]) == {"number": 1, "reason": "автор қайтыс болды"}


def test_employment_ends_together_with_the_notes_or_not_at_all(centre: Desk) -> None:
    account = hire(centre, "aigul")
    with at_work(centre, "aigul") as aigul:
        noted(aigul)
        post = str(aigul.actor.staff_id)
    s, lead = centre.session, centre.actor
    refused = code_of(lambda: let_go(s, lead, staff_id=post, last_day=MAY))
    assert refused == "notes_not_handed_over"
    assert centre.count("staff_members", "employed_to IS NOT NULL") == 0
    kept = let_go(s, lead, staff_id=post, last_day=MAY, close_accounts=False)
    assert (kept.accounts, centre.count("notes")) == ((), 1)
    ended = let_go(s, lead, staff_id=post, last_day=MAY, destroy_notes="тапсырмай кетті")
    assert (ended.accounts, centre.count("notes")) == ((account,), 0)


def test_a_note_moved_to_another_consultation_in_the_database_is_shown_to_nobody(
    centre: Desk,
) -> None:
    first, second, staff = centre.case(), centre.case(), centre.specialist()
    one = centre.visit(first, APRIL, staff, note=CANARY)
    two = centre.visit(second, APRIL, staff, note="басқа")
    with centre.session.transaction():
        centre.session.execute(
            "UPDATE notes SET sealed = (SELECT sealed FROM notes WHERE id = ?) WHERE id = ?",
            (one, two),
        )
    assert line(centre, second) == notes.NoteLine("lead", True, None)


@pytest.fixture
def lead_forgot(centre: Desk, tmp_path: Path) -> Iterator[tuple[Workplace, CaseOpened, Path]]:
    """The only lead forgot the password and has both sheets."""
    case = centre.case()
    centre.visit(case, APRIL, centre.specialist(), note=CANARY)
    sheet, own = tmp_path / "centre.txt", tmp_path / "own.txt"
    centre.workplace.reissue_recovery_sheet(centre.session, target=sheet)
    centre.workplace.issue_note_sheet(centre.session, target=own)
    yield centre.workplace, case, sheet


def recover(place: Workplace, sheet: Path, target: Path, user: str = "lead") -> Workplace:
    return open_with_sheet(
        place.folder,
        code=code_on(sheet),
        user=user,
        new_password="third phrase 56",
        next_sheet=target,
        clock=place.clock,
    )


def test_the_recovery_sheet_opens_the_data_once_and_no_note(
    centre: Desk, lead_forgot: tuple[Workplace, CaseOpened, Path], tmp_path: Path
) -> None:
    place, case, sheet = lead_forgot
    again = recover(place, sheet, tmp_path / "next.txt")
    desk = Desk(again, again.session(), centre.clock)
    assert len(find_cases(desk.session, desk.actor)) == 1
    assert line(desk, case) == notes.NoteLine("lead", True, None)
    assert again.signing_key(desk.session).fingerprint
    again.unlock_notes(
        desk.session, code=code_on(tmp_path / "own.txt"), target=tmp_path / "own2.txt"
    )
    assert line(desk, case) == notes.NoteLine("lead", True, CANARY)
    desk.leave()
    assert code_of(lambda: recover(place, sheet, tmp_path / "third.txt")) == "recovery_code_wrong"
    assert not (tmp_path / "third.txt").exists()
    assert code_of(lambda: open_workplace(place.folder, password=PASSWORD)) == "wrong_password"
    recover(place, tmp_path / "next.txt", tmp_path / "third.txt").close()


def test_the_recovery_sheet_gives_a_password_to_who_answers_for_the_centre_alone(
    lead_forgot: tuple[Workplace, CaseOpened, Path], centre: Desk, tmp_path: Path
) -> None:
    place, _, sheet = lead_forgot
    hire(centre, "aigul")
    target = tmp_path / "next.txt"
    assert code_of(lambda: recover(place, sheet, target, "aigul")) == "not_allowed"
    assert code_of(lambda: recover(place, sheet, target, "nobody")) == "account_unknown"
    assert not target.exists()
    recover(place, sheet, target).close()


def test_only_a_lead_resets_a_password_and_never_the_own(centre: Desk) -> None:
    account = hire(centre, "aigul")
    with at_work(centre, "aigul") as aigul:
        refused = code_of(
            lambda: aigul.workplace.reset_password(
                aigul.session, account_id=centre.actor.account_id, new="third phrase 56"
            )
        )
        assert refused == "not_allowed"
    s, place = centre.session, centre.workplace
    own = centre.actor.account_id
    assert code_of(lambda: place.reset_password(s, account_id=own, new="third phrase 56")) == (
        "own_password"
    )
    assert code_of(lambda: place.reset_password(s, account_id=account, new="short")) == (
        "password_too_short"
    )
    with at_work(centre, "aigul"):
        pass
