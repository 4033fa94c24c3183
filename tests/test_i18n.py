"""Words, numbers and dates as readers of Kazakh and Russian expect them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import Translator, kk_suffix
from pravo_desktop.messages import translate_error
from pravo_desktop.resources import classifiers
from tools import catalogues

KK, RU, EN = Translator("kk"), Translator("ru"), Translator("en")
DAY = date(2024, 12, 5)


@pytest.fixture
def halves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Translator:
    """A Russian translator over a catalogue with a wrong placeholder and with plurals."""
    path = catalogues.catalogue_path(tmp_path, "ru")
    path.parent.mkdir(parents=True)
    path.write_text(
        catalogues._header("ru")
        + """
msgid "{count} rows in {file}"
msgstr "{count} строк в {fail}"

msgid "Broken {file}"
msgstr "Сломан {file"

msgid "{n} row"
msgid_plural "{n} rows"
msgstr[0] "{n} строка"
msgstr[1] "{n} строки"
msgstr[2] "{n} строк"
""",
        encoding="utf-8",
    )
    (path.parent.parent.parent / "kk" / "LC_MESSAGES").mkdir(parents=True)
    catalogues.compile_catalogues(tmp_path)
    monkeypatch.setattr("pravo_desktop.i18n.resources_folder", lambda: tmp_path / "resources")
    return Translator("ru")


def test_a_text_is_translated_and_its_placeholders_are_filled() -> None:
    message = "The password is too short: use at least {minimum} characters."
    assert KK.text(message, minimum=10) == "Құпиясөз тым қысқа: кемінде 10 таңба болсын."
    assert RU.text(message, minimum=10) == "Пароль слишком короткий: нужно не меньше 10 знаков."
    assert EN.text(message, minimum=10) == message.format(minimum=10)


def test_a_wrong_placeholder_falls_back_to_the_source_and_never_crashes(
    halves: Translator,
) -> None:
    assert halves.text("{count} rows in {file}", count=3, file="a.xlsx") == "3 rows in a.xlsx"
    assert halves.text("Broken {file}", file="a.xlsx") == "Broken a.xlsx"
    assert halves.text("{count} rows in {file}", count=3) == "{count} rows in {file}"
    assert halves.text("50 % {", file="a") == "50 % {"


def test_russian_has_three_plural_forms_and_the_number_is_grouped(halves: Translator) -> None:
    shown = [halves.plural("{n} row", "{n} rows", n) for n in (1, 2, 5, 11, 21, 1002)]
    assert shown == [
        "1 строка",
        "2 строки",
        "5 строк",
        "11 строк",
        "21 строка",
        "1\u00a0002 строки",
    ]


def test_english_and_unknown_texts_stay_as_they_are() -> None:
    assert EN.plural("{n} row", "{n} rows", 1) == "1 row"
    assert (
        KK.plural("{n} unknown thing", "{n} unknown things", 12750) == "12\u00a0750 unknown things"
    )
    assert RU.text("never seen") == "never seen"


def test_there_is_no_other_language() -> None:
    with pytest.raises(ValueError, match="de"):
        Translator("de")


def test_numbers_have_a_decimal_comma_and_no_break_spaces() -> None:
    for translator in (KK, RU):
        assert translator.number(12750) == "12\u00a0750"
        assert translator.number(657) == "657"
        assert translator.decimal(92.03) == "92,03"
        assert translator.decimal(Decimal("12750.5"), 1) == "12\u00a0750,5"
        assert translator.decimal(2.675) == "2,68"
        assert translator.decimal(2.665) == "2,67"
        assert translator.decimal(93, 0) == "93"
    assert EN.number(12750) == "12,750"


def test_a_percentage_has_a_space_in_russian_and_none_in_kazakh() -> None:
    assert KK.percent(92.03) == "92,03%"
    assert RU.percent(92.03) == "92,03\u00a0%"
    assert RU.percent(180, 0) == "180\u00a0%"


def test_dates_are_short_in_tables_and_long_in_sentences() -> None:
    assert KK.date(DAY) == RU.date(DAY) == EN.date(DAY) == "05.12.2024"
    assert KK.long_date(DAY) == "2024 жылғы 5 желтоқсан"
    assert RU.long_date(DAY) == "5 декабря 2024 г."
    assert EN.long_date(DAY) == "5 December 2024"


def test_a_moment_is_shown_in_kazakhstan_time() -> None:
    assert RU.moment(datetime(2024, 12, 4, 20, 30, tzinfo=UTC)) == "05.12.2024 01:30"


def test_months_and_periods_read_as_in_the_report() -> None:
    assert KK.month(Month(2024, 1)) == "2024 жылғы қаңтар"
    assert RU.month(Month(2024, 1)) == "январь 2024 г."
    assert KK.period(Period.of_year(2024)) == "2024 жылғы қаңтар-желтоқсан"
    assert RU.period(Period.of_year(2024)) == "январь–декабрь 2024 г."
    assert RU.period(Period.of_month(Month(2024, 2))) == "февраль 2024 г."
    assert KK.period(Period(date(2024, 1, 1), date(2024, 11, 15))) == "01.01.2024–15.11.2024"
    assert RU.period(Period.of_months(Month(2023, 12), Month(2024, 1))) == "01.12.2023–31.01.2024"
    assert " ".join(KK.month_name(number) for number in range(1, 13)) == (
        "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан"
    )


def test_labels_of_classifiers_follow_the_language() -> None:
    region = classifiers().regions["ulytau"]
    assert [t.label(region) for t in (KK, RU, EN)] == [
        "Ұлытау облысы",
        "область Ұлытау",
        "Ulytau Region",
    ]


@pytest.mark.parametrize(
    ("number", "suffix"),
    [
        (0, "і"),
        (1, "і"),
        (2, "сі"),
        (3, "і"),
        (4, "і"),
        (5, "і"),
        (6, "сы"),
        (7, "сі"),
        (8, "і"),
        (9, "ы"),
        (10, "ы"),
        (20, "сы"),
        (30, "ы"),
        (40, "ы"),
        (50, "і"),
        (60, "ы"),
        (70, "і"),
        (80, "і"),
        (90, "ы"),
        (100, "і"),
        (500, "і"),
        (1000, "ы"),
        (10_000, "ы"),
        (1_000_000, "ы"),
        (2_000_000_000, "ы"),
        (3228, "і"),
        (3409, "ы"),
        (6013, "і"),
        (12_750, "і"),
        (1100, "і"),
        (1_100_000, "ы"),
    ],
)
def test_the_possessive_suffix_follows_the_last_word_of_the_number(
    number: int, suffix: str
) -> None:
    assert kk_suffix(number) == suffix


@pytest.mark.parametrize(
    ("number", "suffix"),
    [
        (1, "ден"),
        (2, "ден"),
        (3, "тен"),
        (4, "тен"),
        (5, "тен"),
        (6, "дан"),
        (7, "ден"),
        (8, "ден"),
        (9, "дан"),
        (10, "нан"),
        (20, "дан"),
        (30, "дан"),
        (40, "тан"),
        (50, "ден"),
        (60, "тан"),
        (70, "тен"),
        (80, "нен"),
        (90, "нан"),
        (0, "ден"),
        (200, "ден"),
        (2000, "нан"),
        (1_000_000, "нан"),
        (10**9, "тан"),
    ],
)
def test_the_ablative_suffix_follows_it_too(number: int, suffix: str) -> None:
    assert kk_suffix(number, "ablative") == suffix


def test_a_number_carries_its_suffix_in_kazakh_only() -> None:
    assert KK.with_suffix(3409) == "3\u00a0409-ы"
    assert KK.with_suffix(2000, "ablative") == "2\u00a0000-нан"
    assert RU.with_suffix(3409) == "3\u00a0409"


def test_a_known_error_is_told_in_the_readers_language_with_its_dates() -> None:
    error = KnownError(
        "signing_time_outside_certificate",
        signed_at=datetime(2023, 1, 1, 7, tzinfo=UTC),
        valid_from=date(2024, 1, 1),
        valid_until=date(2029, 1, 1),
    )
    assert translate_error(RU, error) == (
        "Подписано 01.01.2023 12:00, а сертификат действует с 01.01.2024 по 01.01.2029. "
        "Проверьте дату на компьютере, где подписывали."
    )


def test_an_unknown_code_still_says_what_to_do() -> None:
    assert "no_such_code" in translate_error(KK, KnownError("no_such_code", what=1))


def test_months_sections_and_roles_in_an_error_are_put_into_words() -> None:
    error = KnownError("section_not_empty", section="media", month="2024-05")
    assert translate_error(RU, error).startswith(
        "В разделе «Информационно-аналитическая работа» за этот месяц (май 2024 г.) есть записи"
    )
    refused = KnownError("not_allowed", action="close_month", roles=["coordinator", "lead"])
    assert translate_error(KK, refused).endswith("жүгініңіз: Үйлестіруші, Орталық басшысы.")
    behind = KnownError(
        "clock_behind", now="2024-05-01T07:00:00.000000Z", newest="2024-06-01T19:30:00.000000Z"
    )
    assert "01.05.2024 12:00" in translate_error(KK, behind)
    assert "02.06.2024 00:30" in translate_error(KK, behind)


def test_all_warnings_of_a_record_are_told_at_once() -> None:
    findings = [
        {"code": "spouse_age_unusual", "field": "birth_year", "age": 15},
        {"code": "iin_sex", "field": "iin"},
    ]
    told = translate_error(RU, KnownError("confirmation_needed", findings=findings))
    assert "Возраст 15 — необычный." in told
    assert "причину. Пол не совпадает с ИИН." in told


def test_an_error_of_a_field_names_the_field() -> None:
    told = translate_error(RU, KnownError("field_required", field="topic"))
    assert told == "topic: Заполните это поле."


def test_a_month_or_key_that_is_none_is_shown_as_it_is() -> None:
    assert "2024-13" in translate_error(RU, KnownError("month_not_started", month="2024-13"))
    assert "«mars»" in translate_error(KK, KnownError("section_unknown", section="mars"))
