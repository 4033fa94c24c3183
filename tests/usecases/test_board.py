"""The board of headquarters: who reported what, and when."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.usecases import registers
from pravo_desktop.usecases.board import BoardCell, board, board_file
from tests.usecases.factories import Desk

SPRING = Period.of_months(Month(2024, 3), Month(2024, 6))


def cell(desk: Desk, month: int, centre: str = "astana", as_of: date | None = None) -> BoardCell:
    shown = board(desk.session, desk.actor, period=SPRING, as_of=as_of)
    (row,) = shown.only(centre).rows
    return next(one for one in row.cells if one.month == Month(2024, month))


@pytest.fixture
def reported(centre: Desk, headquarters: Desk, tmp_path: Path) -> Desk:
    """Headquarters on 20 May: April's package came today, after its deadline."""
    centre.case(on=date(2024, 4, 9), specialist=centre.specialist("lawyer"))
    centre.close("2024-04", {"media": "no_activity"})
    centre.export("2024-04")
    headquarters.trusts(centre)
    headquarters.receive(centre.copy(1, tmp_path / "stick"))
    return headquarters


def test_each_section_says_what_is_known_of_it(reported: Desk) -> None:
    april = cell(reported, 4)
    said = {one.section: one for one in april.sections}
    assert said["media"].state == "zero"
    assert said["media"].reason == "no_activity"
    assert {one.state for one in april.sections} == {"reported", "zero", "missing"}
    assert april.folded() == "missing"
    assert april.folded("media") == "late"
    assert [one.sequence for one in april.packages] == [1]


def test_a_month_is_missing_after_its_deadline_and_awaited_before(reported: Desk) -> None:
    assert cell(reported, 3).folded() == "missing"
    assert cell(reported, 5).folded() == "awaited"
    assert cell(reported, 5).due_on == date(2024, 6, 5)


def test_in_time_is_not_late(centre: Desk, headquarters: Desk, tmp_path: Path) -> None:
    centre.close("2024-04", {"media": "no_activity"})
    centre.export("2024-04")
    headquarters.trusts(centre)
    headquarters.receive(centre.copy(1, tmp_path / "stick"), received_on=date(2024, 5, 3))
    assert cell(headquarters, 4).folded("media") == "zero"


def test_as_of_an_earlier_day_the_package_had_not_come(reported: Desk) -> None:
    before = cell(reported, 4, as_of=date(2024, 5, 19))
    assert before.folded("media") == "missing"
    assert before.packages == ()


def test_an_amendment_is_seen(centre: Desk, reported: Desk, tmp_path: Path) -> None:
    centre.case(
        on=date(2024, 4, 10),
        specialist=centre.session.value("SELECT id FROM staff_members"),
        confirmed={"month_closed": "кешікті"},
    )
    centre.export("2024-04", amendment=True)
    reported.receive(centre.copy(2, tmp_path / "stick"))
    said = {one.section: one for one in cell(reported, 4).sections}
    assert said["services"].amended
    assert said["services"].amendments == ("кешікті",)
    assert not said["media"].amended


def test_one_confirmed_zero_is_not_a_zero_of_the_whole_month(reported: Desk) -> None:
    (media, *_) = (one for one in cell(reported, 4).sections if one.state == "zero")
    (services, *_) = (one for one in cell(reported, 4).sections if one.state == "reported")
    april = replace(cell(reported, 4), sections=(replace(media, late=False),))
    assert april.folded() == "zero"
    april = replace(april, sections=(*april.sections, replace(services, late=False)))
    assert (april.folded(), april.folded(media.section)) == ("reported", "zero")


def lines_of_letter(desk: Desk, centre: str, language: str) -> list[str]:
    data = board_file(
        desk.session,
        desk.actor,
        period=SPRING,
        centre=centre,
        language=language,
        format="xlsx",
    )
    sheet = load_workbook(BytesIO(data)).active
    assert sheet is not None
    return [str(one.value) for row in sheet.iter_rows() for one in row if one.value]


def test_the_letter_says_below_the_table_why_sections_were_amended(
    centre: Desk, reported: Desk, tmp_path: Path
) -> None:
    heading = "Почему разделы исправлены после закрытия месяца:"
    assert heading not in lines_of_letter(reported, "astana", "ru")
    centre.case(
        on=date(2024, 4, 10),
        specialist=centre.session.value("SELECT id FROM staff_members"),
        confirmed={"month_closed": "кешікті"},
    )
    centre.export("2024-04", amendment=True)
    reported.receive(centre.copy(2, tmp_path / "stick"))
    *_, above, services = lines_of_letter(reported, "astana", "ru")
    assert above == heading
    assert services.startswith("Астана, апрель 2024 г., ") and services.endswith(": кешікті")
    assert lines_of_letter(reported, "all", "kk")[-1].endswith("кешікті")


@pytest.mark.parametrize(
    ("language", "heading", "media"),
    [
        (
            "kk",
            "Нөл деп расталған бөлімдер мен себебі:",
            "Астана, 2024 жылғы сәуір, Ақпараттық-талдамалық жұмыс: Жұмыс болған жоқ",
        ),
        (
            "ru",
            "Разделы с подтверждённым нулём и причина:",
            "Астана, апрель 2024 г., Информационно-аналитическая работа: Деятельность не велась",
        ),
    ],
)
def test_the_letter_says_which_sections_were_confirmed_as_zero_and_why(
    reported: Desk, language: str, heading: str, media: str
) -> None:
    for centre in ("astana", "all"):
        said = lines_of_letter(reported, centre, language)
        assert media in said[said.index(heading) + 1 :]
    assert heading not in lines_of_letter(reported, "almaty", language)


def test_months_that_were_zero_for_one_reason_stand_in_one_line_of_the_letter(
    centre: Desk, headquarters: Desk, tmp_path: Path
) -> None:
    headquarters.trusts(centre)
    for number, month in enumerate(("2024-03", "2024-04"), 1):
        centre.close(month, {"media": "no_activity"})
        centre.export(month)
        headquarters.receive(centre.copy(number, tmp_path / month))
    said = lines_of_letter(headquarters, "all", "ru")
    assert [one for one in said if one.endswith("Деятельность не велась")] == [
        "Астана, 03.2024, 04.2024, Информационно-аналитическая работа: Деятельность не велась"
    ]


def test_a_centre_that_opens_later_is_not_missing_before(headquarters: Desk) -> None:
    registers.save_centre(
        headquarters.session, headquarters.actor, key="astana", opened_on=date(2024, 4, 1)
    )
    headquarters.close("2024-03")
    headquarters.export("2024-03")
    path = headquarters.copy(1, headquarters.workplace.folder.parent / "own")
    headquarters.receive(path)
    assert cell(headquarters, 3).folded() == "not_open"
    assert cell(headquarters, 4).folded() == "missing"


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_letter_names_what_is_to_be_sent(reported: Desk, language: str) -> None:
    one, everybody = (lines_of_letter(reported, centre, language) for centre in ("astana", "all"))
    assert any("03.2024" in text for text in one) and "!" in one
    assert len([text for text in one if "Астана" in text]) == 4
    assert len(everybody) > len(one)
    pdf = board_file(reported.session, reported.actor, period=SPRING, language=language)
    assert pdf.startswith(b"%PDF")
    # Several spaces between the marks would fall together in the PDF.
    assert sum("; ! " in text for text in everybody) == 1
