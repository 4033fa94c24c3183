"""IINs: synthetic ones, of people born in 18xx or in the future, so that nobody living has them."""

from datetime import date

import pytest

from pravo_desktop.domain.iin import clean_iin, iin_check_digit, iin_findings, iin_warnings

TODAY = date(2024, 12, 5)


@pytest.mark.parametrize(
    "iin",
    [
        "850101100012",
        "920229200010",
        "761231100073",
        "990630200152",
        "850101100304",
        "850101100316",
        "850101100328",
        "991231500016",
        "880229600016",
        "770707500104",
        "851301100012",
        "850230100014",
        "850101000016",
        "850101700010",
    ],
)
def test_a_number_with_the_right_check_digit_is_kept(iin: str) -> None:
    assert iin_findings(iin) == ()


@pytest.mark.parametrize(
    ("iin", "code"),
    [
        ("850101100013", "iin_check_digit"),
        ("000000000000", "iin_zeros"),
        ("85010110001", "iin_length"),
        ("8501011000123", "iin_length"),
        ("85010110001O", "iin_characters"),
        ("٨50101100012", "iin_characters"),
        *((f"85010110033{digit}", "iin_not_issued") for digit in range(10)),
        *((f"85010110114{digit}", "iin_not_issued") for digit in range(10)),
    ],
)
def test_a_number_that_cannot_be_one_says_why(iin: str, code: str) -> None:
    assert iin_findings(iin) == (code,)


def test_the_second_pass_gives_the_digit_when_the_first_gives_ten() -> None:
    assert iin_check_digit("85010110030") == 4
    assert iin_check_digit("85010110033") is None


def test_the_eleventh_digit_is_hardly_protected_so_a_valid_number_proves_nothing() -> None:
    assert all(iin_findings(f"8501011101{digit}9") == () for digit in range(10))


def test_spaces_and_hyphens_of_a_typed_number_do_not_matter() -> None:
    assert clean_iin(" 850101 100-012 ") == "850101100012"


@pytest.mark.parametrize(
    ("iin", "codes"),
    [
        ("850101100012", ()),
        ("991231500016", ("iin_date_future",)),
        ("880229600016", ("iin_date_future",)),
        ("770707500104", ("iin_date_future",)),
        ("851301100012", ("iin_date_impossible",)),
        ("850230100014", ("iin_date_impossible",)),
        ("850101000016", ("iin_century",)),
        ("850101700010", ("iin_century",)),
    ],
)
def test_an_odd_date_in_the_number_is_a_warning(iin: str, codes: tuple[str, ...]) -> None:
    assert iin_warnings(iin, today=TODAY) == codes


def test_a_form_that_agrees_with_the_number_gives_no_warning() -> None:
    assert iin_warnings("850101100012", today=TODAY, birth_date=date(1885, 1, 1), sex="male") == ()
    assert iin_warnings("920229200010", today=TODAY, birth_year=1892, sex="not_stated") == ()


def test_a_form_that_differs_from_the_number_is_a_warning_and_not_an_error() -> None:
    assert iin_warnings("850101100012", today=TODAY, birth_date=date(1885, 1, 2), sex="female") == (
        "iin_birth_date",
        "iin_sex",
    )
    assert iin_warnings("850101100012", today=TODAY, birth_year=1886) == ("iin_birth_date",)


def test_the_full_date_decides_when_the_form_has_both() -> None:
    warnings = iin_warnings(
        "850101100012", today=TODAY, birth_date=date(1885, 1, 1), birth_year=1886
    )
    assert warnings == ()
