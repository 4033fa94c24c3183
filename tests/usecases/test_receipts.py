"""A receipt goes from headquarters to the centre: what it says, and what is refused."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from exports.receipt.reader import read_receipt
from pravo_desktop.usecases import cases, decisions, registers
from pravo_desktop.usecases.cases import ConsultationForm
from pravo_desktop.usecases.centre_questions import (
    ask_centre,
    centre_questions,
    records_by_code,
    withdraw_question,
)
from pravo_desktop.usecases.questions import records_to_complete
from pravo_desktop.usecases.receipts import (
    made_receipts,
    make_receipt,
    receipt_outline,
    write_receipt_copy,
)
from pravo_desktop.usecases.received_receipts import (
    import_receipt,
    judge_receipt,
    package_statuses,
    received_deadline,
    revoke_headquarters,
    trusted_headquarters,
)
from pravo_desktop.usecases.today import month_against_plan
from tests.usecases.factories import Desk, a_centre
from tests.usecases.refusals import code_of

APRIL = date(2024, 4, 9)
KK, RU = "Кеңестің ұзақтығын толықтырыңыз.", "Дополните длительность консультации."


@pytest.fixture
def visit(centre: Desk) -> str:
    """April's consultation at the centre."""
    case = centre.case(on=APRIL, specialist=centre.specialist("lawyer"))
    return str(case.consultation_id)


@pytest.fixture
def reported(centre: Desk, headquarters: Desk, visit: str, tmp_path: Path) -> Desk:
    """Headquarters in May, which accepted April's package."""
    centre.close("2024-04", {"media": "no_activity"})
    centre.export("2024-04")
    stick = centre.copy(1, tmp_path / "stick")
    headquarters.trusts(centre)
    (said,) = headquarters.receive(stick)
    assert said.status == "accepted"
    return headquarters


def asked(desk: Desk, visit: str) -> str:
    return ask_centre(
        desk.session,
        desk.actor,
        centre="astana",
        table="consultations",
        record_id=visit,
        field="minutes",
        question_kk=KK,
        question_ru=RU,
    )


def receipt(desk: Desk, folder: Path, centre: str = "astana") -> Path:
    """The next receipt of a centre on a stick."""
    key = desk.workplace.signing_key(desk.session)
    made = make_receipt(desk.session, desk.actor, key=key, centre=centre)
    folder.mkdir(exist_ok=True)
    return write_receipt_copy(
        desk.session, desk.actor, centre=centre, number=made.number, target=folder
    )


def taken(centre: Desk, path: Path, headquarters: Desk | None = None) -> str:
    """Import, with the fingerprint of headquarters compared where it is given."""
    compared = headquarters.fingerprint() if headquarters else None
    return import_receipt(centre.session, centre.actor, path=path, compared=compared).status


def refused(centre: Desk, path: Path) -> Callable[[], object]:
    return lambda: import_receipt(centre.session, centre.actor, path=path)


def test_the_receipt_says_what_became_of_packages_and_what_to_complete(
    centre: Desk, reported: Desk, visit: str, tmp_path: Path
) -> None:
    registers.set_plan_target(
        reported.session,
        reported.actor,
        indicator="couples",
        region="astana",
        valid_from=date(2024, 1, 1),
        value=120,
    )
    asked(reported, visit)
    path = receipt(reported, tmp_path / "back")

    judged = judge_receipt(centre.session, centre.actor, path=path)
    assert (judged.status, judged.packages) == ("untrusted", ())
    assert code_of(refused(centre, path)) == "signer_unknown"
    assert taken(centre, path, reported) == "new"

    (status,) = package_statuses(centre.session, centre.actor).values()
    assert (status.month, status.status, status.received_on) == (
        "2024-04",
        "accepted",
        "2024-05-20",
    )
    (row,) = [
        one
        for one in records_to_complete(centre.session, centre.actor)
        if one.origin == "headquarters"
    ]
    assert (row.table, row.record_id, row.field) == ("consultations", visit, "minutes")
    assert (row.question("kk"), row.question("ru")) == (KK, RU)
    figures = {one.indicator: one.plan for one in month_against_plan(centre.session, centre.actor)}
    assert figures["couples"] == 120
    due = received_deadline(centre.session, centre.actor, month="2024-05")
    assert due == date(2024, 6, 5)


def test_the_same_receipt_again_says_so_and_changes_nothing(
    centre: Desk, reported: Desk, tmp_path: Path
) -> None:
    path = receipt(reported, tmp_path / "back")
    assert taken(centre, path, reported) == "new"
    history = centre.count("audit_entries")
    assert taken(centre, path) == "already"
    assert centre.count("audit_entries") == history
    assert centre.count("received_receipts") == 1


def test_completing_the_row_answers_the_question_and_the_next_receipt_does_not_ask(
    centre: Desk, reported: Desk, visit: str, tmp_path: Path
) -> None:
    asked(reported, visit)
    taken(centre, receipt(reported, tmp_path / "back"), reported)
    cases.change_consultation(
        centre.session,
        centre.actor,
        consultation_id=visit,
        consultation=ConsultationForm(minutes=45),
        confirmed={"month_closed": "сұрақ бойынша"},
    )
    assert not [
        one
        for one in records_to_complete(centre.session, centre.actor)
        if one.origin == "headquarters"
    ]
    centre.export("2024-04", amendment=True)
    reported.receive(centre.copy(2, tmp_path / "stick"))
    (question,) = centre_questions(reported.session, reported.actor)
    assert question.status == "settled"
    assert receipt_outline(reported.session, reported.actor, centre="astana").questions == ()


def test_a_question_withdrawn_at_headquarters_leaves_the_centre_with_the_next_receipt(
    centre: Desk, reported: Desk, visit: str, tmp_path: Path
) -> None:
    question = asked(reported, visit)
    taken(centre, receipt(reported, tmp_path / "back"), reported)
    withdraw_question(reported.session, reported.actor, question_id=question)
    reported.at(2024, 5, 21)
    taken(centre, receipt(reported, tmp_path / "back"))
    assert centre.count("questions", "answered_at IS NULL") == 0


def test_an_older_receipt_and_another_one_of_the_same_number_are_refused(
    centre: Desk, reported: Desk, tmp_path: Path
) -> None:
    first = receipt(reported, tmp_path / "back")
    reported.at(2024, 5, 21)
    second = receipt(reported, tmp_path / "back")
    taken(centre, second, reported)
    assert code_of(refused(centre, first)) == "receipt_older"
    reported.session.execute("DELETE FROM receipts WHERE number = 2")
    twin = receipt(reported, tmp_path / "twin")
    assert code_of(refused(centre, twin)) == "receipt_number_taken"


def test_a_receipt_for_another_centre_is_refused_before_its_key_is_compared(
    centre: Desk, headquarters: Desk, tmp_path: Path
) -> None:
    path = receipt(headquarters, tmp_path / "back", "almaty")
    assert code_of(refused(centre, path)) == "receipt_of_another_centre"


def test_a_practice_receipt_is_refused_by_a_real_centre(
    centre: Desk, headquarters: Desk, tmp_path: Path
) -> None:
    path = receipt(headquarters, tmp_path / "back")
    centre.session.execute("UPDATE installation SET practice = 0")
    assert code_of(refused(centre, path)) == "practice_receipt"


def test_a_revoked_key_counts_again_only_after_it_is_compared_again(
    centre: Desk, headquarters: Desk, tmp_path: Path
) -> None:
    taken(centre, receipt(headquarters, tmp_path / "back"), headquarters)
    key = headquarters.fingerprint()
    revoke_headquarters(centre.session, centre.actor, fingerprint=key)
    headquarters.at(2024, 5, 21)
    path = receipt(headquarters, tmp_path / "back")
    assert code_of(refused(centre, path)) == "key_revoked"
    assert taken(centre, path, headquarters) == "new"
    (known,) = trusted_headquarters(centre.session, centre.actor)
    assert (known.fingerprint, known.revoked_at) == (key, None)


def test_a_fingerprint_that_differs_is_not_trusted(
    centre: Desk, headquarters: Desk, tmp_path: Path
) -> None:
    path = receipt(headquarters, tmp_path / "back")
    other = import_receipt_compared_with(centre, path, "0" * 64)
    assert other == "fingerprint_differs"
    assert trusted_headquarters(centre.session, centre.actor) == []


def import_receipt_compared_with(centre: Desk, path: Path, fingerprint: str) -> str:
    return code_of(
        lambda: import_receipt(centre.session, centre.actor, path=path, compared=fingerprint)
    )


def test_a_package_taken_back_is_told_as_refused_with_its_reason(
    reported: Desk, tmp_path: Path
) -> None:
    decisions.undo_package(reported.session, reported.actor, package="1", reason="қате ай")
    said = read_receipt(receipt(reported, tmp_path / "back").read_bytes())
    (row,) = said.sheets["packages"]
    assert (row["status"], row["reason_kk"]) == ("refused", "қате ай")


def test_a_new_region_and_centre_of_headquarters_are_known_at_the_centre(
    centre: Desk, headquarters: Desk, tmp_path: Path
) -> None:
    registers.save_region(
        headquarters.session,
        headquarters.actor,
        key="new_region",
        name_kk="Жаңа облыс",
        name_ru="Новая область",
        name_en="New region",
        case_code="NEW",
    )
    registers.save_centre(
        headquarters.session,
        headquarters.actor,
        key="new_city",
        region="new_region",
        city_kk="Жаңа қала",
        city_ru="Новый город",
    )
    taken(centre, receipt(headquarters, tmp_path / "back"), headquarters)
    assert registers.known_regions(centre.session)["new_region"].name_ru == "Новая область"
    assert registers.known_centres(centre.session)["new_city"].region == "new_region"


def test_what_a_receipt_brings_does_not_travel_back(
    centre: Desk, headquarters: Desk, visit: str, tmp_path: Path
) -> None:
    taken(centre, receipt(headquarters, tmp_path / "back"), headquarters)
    centre.close("2024-04", {"media": "no_activity"})
    centre.export("2024-04")
    headquarters.trusts(centre)
    (said,) = headquarters.receive(centre.copy(1, tmp_path / "stick"))
    assert said.status == "accepted"


def test_receipts_are_numbered_by_centre_and_written_again_byte_for_byte(
    headquarters: Desk, tmp_path: Path
) -> None:
    first = receipt(headquarters, tmp_path / "one")
    again = write_receipt_copy(
        headquarters.session,
        headquarters.actor,
        centre="astana",
        number=1,
        target=tmp_path,
    )
    assert first.read_bytes() == again.read_bytes()
    receipt(headquarters, tmp_path / "one", "almaty")
    headquarters.at(2024, 5, 21)
    receipt(headquarters, tmp_path / "one")
    made = made_receipts(headquarters.session, headquarters.actor)
    assert sorted((one.centre, one.number) for one in made) == [
        ("almaty", 1),
        ("astana", 1),
        ("astana", 2),
    ]


def test_a_question_is_asked_by_the_row_code_about_a_row_that_is_there(
    reported: Desk, visit: str
) -> None:
    s, a = reported.session, reported.actor
    code = visit.replace("-", "")[-10:].upper()
    (found,) = records_by_code(s, a, centre="astana", code=f" {code[:5]} {code[5:]} ")
    assert (found.table, found.record_id) == ("consultations", visit)
    assert records_by_code(s, a, centre="almaty", code=code) == []

    def ask(**changes: str) -> str:
        values = {
            "centre": "astana",
            "table": "consultations",
            "record_id": visit,
            "field": "minutes",
            "question_kk": KK,
            "question_ru": RU,
        }
        return code_of(lambda: ask_centre(s, a, **(values | changes)))

    assert ask(centre="almaty") == "record_not_found"
    assert ask(table="identities") == "record_not_found"
    assert ask(field="judge") == "key_unknown"
    assert ask(question_kk=" ") == "field_required"
    assert ask(question_ru="а" * 1001) == "text_too_long"
    assert ask(question_ru="ИИН 900315400014") == "text_contains_iin"
    assert reported.count("centre_questions") == 0


def test_a_centre_that_never_imported_one_knows_nothing_and_works_on(centre: Desk) -> None:
    assert package_statuses(centre.session, centre.actor) == {}
    assert received_deadline(centre.session, centre.actor, month="2024-05") is None
    assert {one.plan for one in month_against_plan(centre.session, centre.actor)} == {None}


def test_a_question_about_a_row_of_another_data_folder_of_the_centre_waits_there(
    centre: Desk, reported: Desk, visit: str, tmp_path: Path
) -> None:
    asked(reported, visit)
    second = a_centre(tmp_path / "second", letter="B")
    try:
        taken(second, receipt(reported, tmp_path / "back"), reported)
        assert second.count("questions") == 0
    finally:
        second.leave()
