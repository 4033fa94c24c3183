"""Headquarters writes the report's own texts: fields are filled, wrong numbers are marked."""

from datetime import date
from pathlib import Path

import pytest

from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.figures import project_figures
from pravo_desktop.usecases.months import save_monthly_note
from pravo_desktop.usecases.report_texts import (
    check_report_text,
    check_report_texts,
    notes_to_quote,
    report_texts,
    save_report_text,
    text_sections,
)
from pravo_desktop.usecases.reports import report_content
from pravo_desktop.usecases.stated_totals import StatedValue, save_stated_totals
from tests.usecases.factories import Desk

YEAR = Period.of_year(2024)


@pytest.fixture
def told(headquarters: Desk, centre: Desk, tmp_path: Path) -> Desk:
    """Headquarters in June with April of Astana: one couple, a problem written by the lead."""
    centre.case(on=date(2024, 4, 9), specialist=centre.specialist("lawyer"))
    save_monthly_note(
        centre.session,
        centre.actor,
        month="2024-04",
        section="services",
        kind="problem",
        text="Екі судьяға бір психолог қажет.",
    )
    centre.close("2024-04", {"media": "no_activity"})
    centre.export("2024-04")
    headquarters.trusts(centre)
    headquarters.at(2024, 6, 4)
    headquarters.receive(centre.copy(1, tmp_path / "stick"))
    return headquarters


def write(desk: Desk, section: str, text: str, language: str = "ru") -> None:
    save_report_text(
        desk.session, desk.actor, period=YEAR, section=section, language=language, text=text
    )


def said(desk: Desk, section: str, language: str = "ru") -> tuple[str, ...]:
    """The paragraphs of a section as the report prints them."""
    from exports.report.blocks import Heading, Paragraph
    from exports.report.document import compose
    from pravo_desktop.i18n import Translator

    with desk.session.transaction():
        figures = project_figures(desk.session, YEAR)
        content = report_content(desk.session, figures, language)
    found: list[str] = []
    inside = False
    for block in compose(content, Translator(language)):
        if isinstance(block, Heading):
            inside = block.key == section
        elif inside and isinstance(block, Paragraph):
            found.append(block.text.replace("\xa0", " "))
    return tuple(found)


def test_a_text_with_fields_stands_in_the_report_instead_of_the_built_in_words(
    told: Desk,
) -> None:
    built_in = said(told, "conclusion")
    write(told, "conclusion", "Пар — {couples:all}, в Астане — {couples:astana}.\nИ ещё.")
    assert said(told, "conclusion") == ("Пар — 1, в Астане — 1.", "И ещё.")
    write(told, "conclusion", "")
    assert said(told, "conclusion") == built_in


def test_a_figure_that_nobody_reported_reads_no_data_and_keeps_the_sentence(told: Desk) -> None:
    write(told, "conclusion", "В Алматы пар — {couples:almaty}.")
    assert said(told, "conclusion") == ("В Алматы пар — нет данных.",)


def test_a_field_may_name_another_year_that_a_report_stated(told: Desk) -> None:
    save_stated_totals(
        told.session,
        told.actor,
        year=2023,
        indicator="couples",
        source="Отчёт 2023 года",
        values=[StatedValue("all", None, None, 3100)],
    )
    text = "В 2023 году пар — {couples:all:2023}."
    marks = check_report_text(told.session, told.actor, period=YEAR, language="ru", text=text)
    assert [mark.kind for mark in marks] == ["no_value"]


def test_unknown_fields_and_numbers_of_no_figure_are_marked_where_they_stand(told: Desk) -> None:
    text = "Пар 1, кейсов 57 на 15.11.2024 в 2024 году, {couple:all}, {couples:nowhere}."
    marks = check_report_text(told.session, told.actor, period=YEAR, language="ru", text=text)
    assert [(mark.kind, mark.text) for mark in marks] == [
        ("doubtful", "57"),
        ("unknown_field", "{couple:all}"),
        ("unknown_field", "{couples:nowhere}"),
    ]
    assert all(text[mark.start : mark.end] == mark.text for mark in marks)
    write(told, "conclusion", text)
    (section,) = check_report_texts(told.session, told.actor, period=YEAR)
    assert (section.section, section.language, len(section.marks)) == ("conclusion", "ru", 3)


def test_the_text_of_a_day_is_the_last_one_written_by_then(told: Desk) -> None:
    write(told, "conclusion", "Июнь.")
    told.at(2024, 7, 1)
    write(told, "conclusion", "Июль.")
    for day, text in ((date(2024, 6, 10), "Июнь."), (date(2024, 7, 1), "Июль.")):
        (found,) = report_texts(told.session, told.actor, period=YEAR, as_of=day)
        assert found.text == text
    assert not report_texts(told.session, told.actor, period=Period.of_year(2023))


def test_problems_of_the_centres_are_gathered_to_be_quoted(told: Desk) -> None:
    (note,) = notes_to_quote(told.session, told.actor, period=YEAR, section="problems")
    assert (note.centre, note.region, note.month) == ("astana", "astana", Month(2024, 4))
    assert note.text == "Екі судьяға бір психолог қажет."
    assert "Екі судьяға" in " ".join(said(told, "problems", "kk"))
    write(told, "problems", "Өз сөзіміз.", "kk")
    assert said(told, "problems", "kk") == ("Өз сөзіміз.",)
    assert not notes_to_quote(told.session, told.actor, period=YEAR, section="recommendations")
    assert not notes_to_quote(told.session, told.actor, period=YEAR, section="conclusion")


def test_a_section_that_the_report_does_not_have_is_refused(told: Desk) -> None:
    assert "conclusion" in text_sections()
    with pytest.raises(KnownError) as refused:
        write(told, "weather", "Солнечно.")
    assert refused.value.code == "key_unknown"
