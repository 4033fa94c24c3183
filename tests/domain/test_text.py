"""Text typed at the desk, and text that is about to leave the centre."""

import unicodedata

import pytest

from pravo_desktop.domain.text import (
    normalise_line,
    normalise_text,
    personal_data_in,
    text_findings,
)


def test_a_note_pasted_from_elsewhere_gets_one_form() -> None:
    pasted = unicodedata.normalize("NFD", "  Ёлка\r\nйод\x00\x07\rбір\tекі\u2028соңы\ufeff \n")
    assert normalise_text(pasted) == "Ёлка\nйод\nбір екі\nсоңы"
    assert normalise_text(normalise_text(pasted)) == normalise_text(pasted)


def test_a_one_line_field_has_one_line_and_single_spaces() -> None:
    assert normalise_line(" Отбасы \n және\u00a0 құқық ") == "Отбасы және құқық"


def test_a_text_over_the_limit_is_too_long() -> None:
    assert text_findings("я" * 200, 200) == ()
    assert text_findings("я" * 201, 200) == ("text_too_long",)


@pytest.mark.parametrize(
    "number", ["850101100012", "850101 100012", "850101-100012", "123456789012"]
)
def test_any_twelve_digit_number_stops_a_travelling_text(number: str) -> None:
    text = f"ЖСН {number} көрсетілді"
    (place,) = personal_data_in(text)
    assert place.code == "text_contains_iin"
    assert text[place.start : place.end] == number


def test_figures_years_and_longer_numbers_may_travel() -> None:
    text = "2023 2024 2025: 12 750 адам, 1 206 жұп, шот KZ1234567890123456, 8 884 консультация"
    assert personal_data_in(text, phones=["+77011234567"]) == []


@pytest.mark.parametrize("written", ["8 701 123-45-67", "+7 (701) 123 45 67", "7011234567"])
def test_a_phone_the_centre_holds_is_found_however_it_is_written(written: str) -> None:
    text = f"звонить {written}, вечером"
    (place,) = personal_data_in(text, phones=["+77011234567"])
    assert (place.code, text[place.start : place.end]) == ("text_contains_phone", written)
    assert personal_data_in(text, phones=["+77019999999"]) == []


@pytest.mark.parametrize(
    "word",
    [
        "Қалиев",
        "ҚАЛИЕВ",
        "калиев",
        "Калиевой",
        "Қалиеваның",
        "Қалиевке",
        "Қалиевтер",
        "Қалиевтермен",
        "Калиеву",
        "Калиева-Сынақ",
    ],
)
def test_a_surname_is_found_in_any_case_spelling_and_ending(word: str) -> None:
    text = f"Бұл айда {word} туралы мәселе көтерілді"
    for held in ("Қалиев", "Қалиева"):
        (place,) = personal_data_in(text, surnames=[held])
        assert (place.code, text[place.start : place.end]) == ("text_contains_name", word)


def test_an_adjective_as_surname_is_found_declined() -> None:
    for word in ("Сынаковский", "Сынаковскому", "Сынаковской"):
        assert personal_data_in(f"Жалоба: {word}.", surnames=["Сынаковская"])


def test_a_double_surname_is_found_by_either_half() -> None:
    assert personal_data_in("Калиева пришла", surnames=["Калиева"])
    assert personal_data_in("Калиева-Пробная пришла", surnames=["Пробная"])


def test_ordinary_words_that_begin_like_a_surname_may_travel() -> None:
    assert personal_data_in("алимент өндіру, серіктестік", surnames=["Алим", "Серік"]) == []
    assert personal_data_in("не знаю ли я, ана мен бала", surnames=["Ли", "Ан"]) == []
    assert personal_data_in("Обратилась Ли.", surnames=["Ли"])


def test_the_name_of_the_project_is_nobodys_name() -> None:
    text = "«Бақытты отбасы» орталығы, Абай облысы"
    held = ["Бақыт", "Абай"]
    assert len(personal_data_in(text, surnames=held)) == 2
    allowed = ["«Бақытты отбасы»", "Абай облысы"]
    assert personal_data_in(text, surnames=held, allowed=allowed) == []
    assert personal_data_in(text + ". Абай келді", surnames=held, allowed=allowed)


def test_everything_is_reported_in_the_order_of_the_text() -> None:
    codes = [
        place.code
        for place in personal_data_in(
            "Калиев, 8 701 123 45 67, 850101100012",
            surnames=["Қалиев"],
            phones=["+77011234567"],
        )
    ]
    assert codes == ["text_contains_name", "text_contains_phone", "text_contains_iin"]
