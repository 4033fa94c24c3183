"""The centre's card: kept by the lead, read by all, printed on every paper."""

import pytest

from pravo_desktop.domain.iin import iin_check_digit
from pravo_desktop.usecases.centre_card import CentreCard, centre_card, save_centre_card
from tests.usecases.factories import Desk
from tests.usecases.refusals import code_of

CARD = CentreCard(
    name_kk="«Сынақ» қоғамдық қоры",
    bin="240140000011",
    address_ru="Астана, ул. Пробная, 1",
    phone="+7 (7172) 00-00-00",
    email="office@example.kz",
    head_ru="Директор",
)


def test_the_card_is_kept_in_stored_form_and_changed_as_a_whole(centre: Desk) -> None:
    session, actor = centre.session, centre.actor
    assert centre_card(session, actor) == CentreCard()
    save_centre_card(session, actor, card=CentreCard(bin=" 240140 000011 ", phone="  1   2 "))
    assert centre_card(session, actor) == CentreCard(bin="240140000011", phone="1 2")
    save_centre_card(session, actor, card=CARD)
    assert centre_card(session, centre.somebody("lawyer")) == CARD
    assert session.value("SELECT count(*) FROM centre_card") == 1


@pytest.mark.parametrize(
    ("card", "code"),
    [
        (CentreCard(bin="24014000001"), "bin_digits"),
        (CentreCard(bin="240140000012"), "bin_check_digit"),
        (CentreCard(email="office"), "email_format"),
        (CentreCard(address_kk="а" * 201), "text_too_long"),
    ],
)
def test_what_is_mistyped_is_not_kept(centre: Desk, card: CentreCard, code: str) -> None:
    assert code_of(lambda: save_centre_card(centre.session, centre.actor, card=card)) == code
    assert centre_card(centre.session, centre.actor) == CentreCard()


def test_an_unusual_number_is_kept_with_a_reason_that_stays_in_the_history(centre: Desk) -> None:
    session, actor = centre.session, centre.actor
    card = CentreCard(bin=f"24017000001{iin_check_digit('24017000001')}")
    assert code_of(lambda: save_centre_card(session, actor, card=card)) == "confirmation_needed"
    reason = "куәлікте солай"
    save_centre_card(session, actor, card=card, confirmed={"bin_unusual": reason})
    assert centre_card(session, actor) == card
    kept = session.value("SELECT content FROM audit_values ORDER BY number DESC")
    assert reason in kept


def test_a_paper_has_name_and_address_in_its_language_or_else_the_other() -> None:
    assert CARD.in_language("name", "ru") == CARD.name_kk
    assert CARD.in_language("address", "kk") == CARD.address_ru
    assert (CARD.in_language("head", "ru"), CARD.in_language("head", "kk")) == ("Директор", None)
