"""The PDF that headquarters hands in: its figures, words, fonts and pages."""

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from exports.report.blocks import Chart, Table
from exports.report.content import Discrepancy, NoteLine
from exports.report.document import compose, cover
from exports.report.pdf import write_pdf, write_report_pdf
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import Translator
from tests.exports.report_sample import empty_content, sample_content

LANGUAGES = ("kk", "ru")


def text_of(pdf: bytes, folder: Path, *options: str) -> str:
    """The words of a PDF as another program reads them, no-break spaces as spaces."""
    file = folder / "report.pdf"
    file.write_bytes(pdf)
    read = subprocess.run(
        ["pdftotext", *options, str(file), "-"], check=True, capture_output=True, text=True
    )
    return read.stdout.replace("\xa0", " ")


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("kk", "барлығы — 12 750, оның ішінде ер адамдар — 3 328, әйелдер — 3 409"),
        ("ru", "всего — 12 750, из них мужчин — 3 328, женщин — 3 409"),
    ],
)
def test_the_text_says_the_figures_of_the_tables(language: str, said: str, tmp_path: Path) -> None:
    pdf = write_report_pdf(sample_content(language), Translator(language))
    text = flat(text_of(pdf, tmp_path))
    assert said in text
    assert text.count("12 750") >= 4
    assert "8 916" in text


@pytest.mark.parametrize(
    ("language", "headings", "page"),
    [
        ("kk", ("1. Жоба паспорты", "17. Қорытынды", "4-қосымша."), "3-бет, барлығы "),
        ("ru", ("1. Паспорт проекта", "17. Заключение", "Приложение 4."), "Страница 3 из "),
    ],
)
def test_a_reader_finds_headings_contents_and_page_numbers(
    language: str, headings: tuple[str, ...], page: str, tmp_path: Path
) -> None:
    pdf = write_report_pdf(sample_content(language), Translator(language))
    pages = text_of(pdf, tmp_path, "-layout").split("\f")[:-1]
    assert f"{page}{len(pages)}" in pages[2]
    for heading in headings:
        line = next(line for line in pages[1].splitlines() if heading in line)
        number = int(line.split()[-1])
        assert heading in pages[number - 1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_font_is_inside_the_file(language: str, tmp_path: Path) -> None:
    pdf = write_report_pdf(sample_content(language), Translator(language))
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf)
    fonts = subprocess.run(
        ["pdffonts", str(file)], check=True, capture_output=True, text=True
    ).stdout.splitlines()[2:]
    assert {line.split()[0].partition("+")[2] for line in fonts} == {
        "NotoSans-Regular",
        "NotoSans-Bold",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_is_missing_and_no_english_word_is_left(language: str, tmp_path: Path) -> None:
    content = sample_content(language, discrepancies=DISCREPANCIES)
    text = text_of(write_report_pdf(content, Translator(language)), tmp_path)
    assert not re.findall("[\ufffd\u25a1\x00]", text)
    hashes = re.compile(r"\b[0-9a-f]{12}\b|\b[0-9a-f]{64}\b")
    assert re.findall("[A-Za-z]+", hashes.sub("", text)) == []


def test_both_languages_have_the_same_tables_and_charts() -> None:
    blocks = {
        language: compose(sample_content(language), Translator(language)) for language in LANGUAGES
    }
    shapes = {
        language: [
            (block.key, len(block.rows) if isinstance(block, Table) else len(block.bars))
            for block in made
            if isinstance(block, Table | Chart)
        ]
        for language, made in blocks.items()
    }
    assert shapes["kk"] == shapes["ru"]


@pytest.mark.parametrize(("language", "said"), [("kk", "деректер жоқ"), ("ru", "нет данных")])
def test_a_report_without_packages_says_no_data_and_no_zero(
    language: str, said: str, tmp_path: Path
) -> None:
    text = text_of(
        write_report_pdf(empty_content(language), Translator(language)), tmp_path, "-layout"
    )
    rows = [line for line in text.splitlines() if line.startswith(("Ұлытау", "область Ұлытау"))]
    assert any(said in row for row in rows)
    assert not any(re.search(r"\b0\b", row) for row in rows)


def test_a_region_with_missing_months_is_starred_and_named(tmp_path: Path) -> None:
    text = flat(text_of(write_report_pdf(sample_content("ru"), Translator("ru")), tmp_path))
    assert "1 778*" in text
    assert "Не отчитались за месяцы: Атырауская область — март, апрель." in text
    assert "Ноль подтверждён центром: область Ұлытау." in text


DISCREPANCIES = (
    Discrepancy("regions", "conflict_trainings", "all", None, None, 30, 28),
    Discrepancy("regions", "participants", "all", "sex", "men", 3228, 3328),
    Discrepancy("breakdown", "claims", "abai", "kind", None, 4, 3),
    Discrepancy("regions", "consultations", "all", "month", "2024-05", 743, 744),
    Discrepancy("regions", "consultations", "all", "profession", "lawyer", 7, 8),
    Discrepancy("children", "participants", "all", "category", "children", 6013, 6012),
    Discrepancy("adults", "participants", "all", "category", None, 6737, 6736),
)


def test_what_does_not_add_up_is_printed_with_its_gap(tmp_path: Path) -> None:
    content = sample_content("ru", discrepancies=DISCREPANCIES)
    text = text_of(write_report_pdf(content, Translator("ru")), tmp_path, "-layout")
    rows = [flat(line) for line in text.splitlines()]
    assert any(row.endswith("Итого сумма регионов 30 28 –2") for row in rows)
    assert any(row.startswith("Участники: Мужчины Итого") for row in rows)
    assert any(row.startswith("Консультации: май 2024 г. Итого") for row in rows)
    assert "Все числа сходятся" not in text


def test_a_report_where_all_adds_up_says_so(tmp_path: Path) -> None:
    content = sample_content("kk")
    assert content.discrepancies == ()
    text = flat(text_of(write_report_pdf(content, Translator("kk")), tmp_path))
    assert "Барлық сандар өзара сәйкес келеді" in text


def test_the_reconciliation_share_is_over_concluded_and_over_served(tmp_path: Path) -> None:
    text = flat(text_of(write_report_pdf(sample_content("kk"), Translator("kk")), tmp_path))
    assert "аяқталған кейстерге шаққанда — 35,8%" in text
    assert "барлық кейске шаққанда — 31,7%" in text


def test_headquarters_own_conclusion_takes_its_numbers_from_the_figures(tmp_path: Path) -> None:
    content = sample_content(
        "ru", texts={"conclusion": ("В Астане пар — {couples:astana}, план — {plan:couples:all}.",)}
    )
    text = flat(text_of(write_report_pdf(content, Translator("ru")), tmp_path))
    assert "В Астане пар — 1 206, план — 2 000." in text


def test_a_field_that_no_figure_has_is_refused_by_its_name() -> None:
    content = sample_content("ru", texts={"conclusion": ("Пар — {cuples:all}.",)})
    with pytest.raises(KnownError) as refused:
        write_report_pdf(content, Translator("ru"))
    assert (refused.value.code, refused.value.params["field"]) == (
        "report_field_unknown",
        "cuples:all",
    )


def test_a_note_with_signs_of_markup_is_printed_as_it_was_written(tmp_path: Path) -> None:
    note = NoteLine("abai", "services", "problem", "Ставка <b>0,5 & ниже")
    content = replace(sample_content("ru"), notes=(note,))
    text = text_of(write_report_pdf(content, Translator("ru")), tmp_path)
    assert "Ставка <b>0,5 & ниже" in text


def table_pages(rows: int, words: int, folder: Path) -> list[str]:
    """The pages of a document that is one table of rows with so many words."""
    bare = replace(cover(sample_content("ru"), Translator("ru")), front=False, contents=False)
    table = Table(
        "couples",
        "Пары",
        ("Регион", "Пары"),
        (False, True),
        tuple(("строка " * words, str(number)) for number in range(rows)),
        notes=("Примечание к таблице.", "Источник: пакеты."),
    )
    pdf = write_pdf(bare, [table], Translator("ru"))
    return text_of(pdf, folder, "-layout").split("\f")[:-1]


def test_the_source_of_a_table_never_stands_on_a_page_without_its_rows(tmp_path: Path) -> None:
    for rows in range(25, 47):
        last = table_pages(rows, 1, tmp_path)[-1]
        assert "строка" in last and "Источник" in last, rows


def test_a_row_that_fills_a_page_does_not_stop_the_report(tmp_path: Path) -> None:
    for words in range(746, 842, 6):
        assert "Источник" in table_pages(1, words, tmp_path)[-1], words


def test_very_long_texts_of_centres_do_not_stop_the_report(tmp_path: Path) -> None:
    content = sample_content("ru")
    link = "ссылка" * 60
    events = tuple(
        replace(event, topic=f"{number}. {'Беседа о согласии в семье ' * 12}{link}")
        for number, event in enumerate(content.events)
    )
    notes = (NoteLine("abai", "services", "problem", "Мало специалистов. " * 400),)
    pdf = write_report_pdf(replace(content, events=events, notes=notes), Translator("ru"))
    text = flat(text_of(pdf, tmp_path))
    assert text.count("Мало") == 400
    assert text.count("Беседа") == 12 * len(events)


def test_the_same_report_is_the_same_file() -> None:
    content = sample_content("kk")
    assert write_report_pdf(content, Translator("kk")) == write_report_pdf(
        content, Translator("kk")
    )


def test_there_is_no_report_in_a_language_without_texts() -> None:
    with pytest.raises(KnownError) as refused:
        write_report_pdf(sample_content("kk"), Translator("en"))
    assert refused.value.code == "report_language"
