"""How many keys the daily work takes."""

from datetime import date
from pathlib import Path

from pytestqt.qtbot import QtBot

from pravo_desktop.usecases.appointments import appointments_of_case
from pravo_desktop.usecases.staff import save_staff_member
from tests.ui.conftest import PASSWORD, press, shell_of, write
from tests.ui.families import Fingers, WorkIn, add_couple, card_of
from tests.ui.test_first_run import OpenWindow, at, first_page, go_to
from ui.app import Window
from ui.forms.case_form import CaseForm
from ui.forms.consultation_form import ConsultationPage
from ui.forms.grouped import grouped_iin, grouped_phone
from ui.pages.case import CasePage


def consultation_of(qtbot: QtBot, window: Window, case_id: str) -> ConsultationPage:
    """The form of a case's next consultation, ready to be typed in."""
    shell_of(window).go("consultation", case_id=case_id)
    page = shell_of(window).page
    assert isinstance(page, ConsultationPage)
    qtbot.waitUntil(lambda: page.case is not None, timeout=10_000)
    return page


def test_a_repeat_consultation_takes_at_most_twelve_keys_besides_name_and_note(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    case_id = add_couple(workplace).case_id
    shell_of(window).go("staff")
    fingers = Fingers(qtbot, window)
    fingers.press("Ctrl+K")
    page = shell_of(window).page
    assert isinstance(page, ConsultationPage)
    qtbot.waitUntil(page.search.hasFocus, timeout=10_000)
    fingers.write("омир")
    fingers.press("Enter")
    qtbot.waitUntil(lambda: page.case is not None, timeout=10_000)
    fingers.press(*["Tab"] * 6)
    assert page.visit.note.hasFocus()
    fingers.write("екеуі де сөйлесті")
    fingers.press("Ctrl+Enter")
    qtbot.waitUntil(lambda: page.case is None, timeout=10_000)
    assert fingers.pressed <= 12
    newest = card_of(workplace, case_id).consultations[0]
    assert newest.consultation.held_on == date(2024, 5, 20)
    assert newest.note == "екеуі де сөйлесті"
    assert page.search.hasFocus()


def test_enter_pressed_before_the_couples_are_found_still_takes_the_right_one(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    add_couple(workplace, "Қанатов")
    add_couple(workplace, "Өмірбеков")
    press(qtbot, window, "Ctrl+K")
    page = shell_of(window).page
    assert isinstance(page, ConsultationPage)
    qtbot.waitUntil(lambda: page.couples.count() == 2, timeout=10_000)
    page.search.setFocus()
    write(window, "канат")
    press(qtbot, window, "Enter")
    qtbot.waitUntil(lambda: page.case is not None, timeout=10_000)
    assert page.chosen.text() == "Қанатов Ұлан"


def test_next_visit_and_referral_are_saved_with_the_consultation(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    case_id = add_couple(workplace).case_id
    page = consultation_of(qtbot, window, case_id)
    page.visit.note.setFocus()
    press(qtbot, window, "Tab")
    write(window, "5")
    press(qtbot, window, "Tab")
    page.visit.plans.referred_to.choose("outside")
    press(qtbot, window, "Ctrl+Enter")
    assert page.visit.plans.fields["body"].note.text
    page.visit.plans.body.setFocus()
    write(window, "АХАТ")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: page.case is None, timeout=10_000)
    session = workplace.reading_session()
    plans = appointments_of_case(session, workplace.actor, case_id)
    session.close()
    assert [(one.planned_on, one.body) for one in plans] == [
        (date(2024, 6, 5), None),
        (date(2024, 5, 20), "АХАТ"),
    ]


def test_a_next_visit_in_the_past_keeps_the_consultation_from_being_saved_halfway(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    case_id = add_couple(workplace).case_id
    page = consultation_of(qtbot, window, case_id)
    page.visit.plans.next_on.setText("01.05.2024")
    press(qtbot, window, "Ctrl+Enter")
    field = page.visit.plans.fields["planned_on"]
    qtbot.waitUntil(lambda: bool(field.note.text), timeout=10_000)
    assert len(card_of(workplace, case_id).consultations) == 1


def test_a_family_with_two_children_a_claim_and_a_visit_is_entered_by_keys_alone(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    session = workplace.session()
    save_staff_member(
        session, workplace.actor, profession="psychologist", employed_from=date(2024, 1, 1)
    )
    session.close()
    shell_of(window).go("cases")
    fingers = Fingers(qtbot, window)
    fingers.press("Ctrl+N")
    form = shell_of(window).page
    assert isinstance(form, CaseForm)
    qtbot.waitUntil(lambda: bool(form.visit.specialist.count()), timeout=10_000)
    fingers.press(*["Tab"] * 5)
    for position, (surname, given, patronymic, iin, phone) in enumerate(
        (
            ("Қанатов", "Ғани", "Әліұлы", "", "87010000101"),
            ("Қанатова", "Әсел", "", "", "87010000102"),
        )
    ):
        person = form.people[position]
        assert person.role.hasFocus()
        fingers.press("Tab", "Tab")
        assert person.birth.hasFocus()
        fingers.write(f"5.12.198{position}")
        fingers.press("Tab", "Down", "Tab")
        assert person.surname.hasFocus()
        for text in (surname, given, patronymic, iin, phone):
            fingers.write(text)
            fingers.press("Tab")
        fingers.press("Tab", "Tab")
        assert person.occupation.hasFocus()
        if position == 0:
            fingers.press(*["Tab"] * 4)
    for year in ("2015", "2018"):
        fingers.press("Ctrl+Shift+D")
        fingers.press("Up", "Tab")
        fingers.write(year)
    fingers.press("Ctrl+Shift+L")
    fingers.press("Tab")
    fingers.write("5.4")
    fingers.press("Ctrl+Enter")
    qtbot.waitUntil(
        lambda: isinstance(shell_of(window).page, CasePage) and not window.at_work, timeout=10_000
    )
    page = shell_of(window).page
    assert isinstance(page, CasePage)
    card = card_of(workplace, page.case_id)
    husband, wife = card.people[0].identity, card.people[1].identity
    assert husband is not None and wife is not None
    assert (husband.surname, husband.given_name, husband.patronymic, husband.phone) == (
        "Қанатов",
        "Ғани",
        "Әліұлы",
        "+77010000101",
    )
    assert (wife.surname, wife.birth_date) == ("Қанатова", date(1981, 12, 5))
    children = {(one.participant.sex, one.participant.birth_year) for one in card.people[2:]}
    assert children == {("female", 2015), ("female", 2018)}
    assert card.claims[0].claim.filed_on == date(2024, 4, 5)
    assert len(card.consultations[0].consultation.attendees) == 2
    print(f"keys besides what is typed: {fingers.pressed}")
    assert fingers.pressed <= 70


def test_a_family_known_already_is_offered_while_the_phone_is_typed_and_nothing_is_lost(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    known = add_couple(workplace, phone="87010000101")
    shell_of(window).go("cases")
    press(qtbot, window, "Ctrl+N")
    form = shell_of(window).page
    assert isinstance(form, CaseForm)
    person = form.people[0]
    person.consent.choose("given")
    person.surname.setFocus()
    write(window, "Қанатов")
    person.phone.setFocus()
    write(window, "87010000")
    assert person.phone.text() == "8 701 000 0"
    write(window, "101")
    assert person.phone.text() == "8 701 000 01 01"
    qtbot.waitUntil(lambda: bool(person.likely.cases), timeout=10_000)
    assert [one.reason for one in person.likely.cases] == ["phone"]
    person.likely._open(person.likely.cases[0].line.case_id)
    page = shell_of(window).page
    assert isinstance(page, CasePage) and page.case_id == known.case_id
    qtbot.waitUntil(lambda: page.card is not None and not window.at_work, timeout=10_000)
    press(qtbot, window, "Esc")
    assert shell_of(window).page is form and person.surname.text() == "Қанатов"


def test_digits_stand_in_groups() -> None:
    assert grouped_iin("850512300123") == "850512 300123"
    assert grouped_iin("8505") == "8505"
    assert grouped_phone("+77010000101") == "+7 701 000 01 01"
    assert grouped_phone("посольство") == "посольство"


def test_the_first_start_takes_seven_pages_and_twelve_keys_besides_what_is_typed(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow
) -> None:
    """The way of `docs/release.md`: the code copied by hand, backups on a stick, no mouse."""
    stick = tmp_path / "stick"
    stick.mkdir()
    window = open_window(tmp_path / "data", "kk")
    page, fingers = first_page(window), Fingers(qtbot, window)
    go_to(qtbot, window, page, page.workplace)
    fingers.press("Tab")
    fingers.write("Ш")
    assert page.workplace.centre.value == "shymkent"
    go_to(qtbot, window, page, page.account)
    fingers.write("айгүл")
    go_to(qtbot, window, page, page.password)
    fingers.write(PASSWORD)
    fingers.press("Tab")
    fingers.write(PASSWORD)
    go_to(qtbot, window, page, page.sheet)
    fingers.press("Tab", "Tab", "Enter")
    assert page.sheet.shown.isVisible()
    fingers.write(page.sheet.shown.text().replace("\n", "").split("-")[page.sheet.asked - 1])
    go_to(qtbot, window, page, page.second)
    fingers.write(str(stick))
    press(qtbot, window, "Enter")
    qtbot.waitUntil(lambda: at(page, page.key), timeout=30_000)
    assert len(page.key.fingerprint.text().split()) == 16
    press(qtbot, window, "Enter")
    qtbot.waitUntil(lambda: window.shell is not None, timeout=20_000)
    assert shell_of(window).page.key == "today"
    assert (len(page.steps), fingers.pressed + len(page.steps)) == (7, 12)
    qtbot.waitUntil(lambda: not window.at_work)
