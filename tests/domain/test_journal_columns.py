"""What headers and cells of real journals say, in Kazakh and Russian, on 5 December 2024."""

from datetime import date

import pytest

from pravo_desktop.domain.journal_cells import (
    UNREADABLE,
    Cell,
    parse_birth,
    parse_day,
    parse_key,
    parse_keys,
    parse_name,
    parse_yes,
    probable_sex,
    words_of_classifiers,
)
from pravo_desktop.domain.journal_columns import (
    columns_hash,
    field_of,
    guessed_columns,
    header_row,
    whose_unclear,
)
from pravo_desktop.domain.journal_visits import read_row
from pravo_desktop.domain.validation import Finding
from pravo_desktop.resources import classifiers

TODAY = date(2024, 12, 5)
WORDS = words_of_classifiers(
    {
        name: {entry.key: (entry.kk, entry.ru, entry.en) for entry in entries.values()}
        for name, entries in classifiers().kinds.items()
    }
)


def codes(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.code, finding.field) for finding in findings]


def errors(cells: dict[str, Cell]) -> list[tuple[str, str]]:
    columns, values = zip(*({"date": "05.12.24"} | cells).items(), strict=True)
    return codes([f for f in read_row(values, columns, WORDS, TODAY)[1] if not f.warning])


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Дата", "date"),
        ("Дата приёма", "date"),
        ("Күні", "date"),
        ("Специалист", "specialist"),
        ("Маманның аты-жөні", "specialist"),
        ("ФИО специалиста", "specialist"),
        ("Должность", "profession"),
        ("ФИО мужа", "husband_name"),
        ("Күйеуінің аты-жөні", "husband_name"),
        ("Ф.И.О. супруга", "husband_name"),
        ("Муж", "husband_name"),
        ("ИИН мужа", "husband_iin"),
        ("Күйеуінің ЖСН-і", "husband_iin"),
        ("ФИО супруги", "wife_name"),
        ("Супруга", "wife_name"),
        ("Әйелінің аты-жөні", "wife_name"),
        ("Әйелінің телефоны", "wife_phone"),
        ("Телефон жены", "wife_phone"),
        ("Дата рождения жены", "wife_birth"),
        ("Күйеуінің туған күні", "husband_birth"),
        ("ФИО супругов", "couple_names"),
        ("Ерлі-зайыптылардың аты-жөні", "couple_names"),
        ("ФИО обратившегося", "person_name"),
        ("Өтініш берушінің аты-жөні", "person_name"),
        ("ИИН", "person_iin"),
        ("ЖСН", "person_iin"),
        ("Контактный телефон", "person_phone"),
        ("Пол", "person_sex"),
        ("Жынысы", "person_sex"),
        ("Количество детей", "children"),
        ("Балалар саны", "children"),
        ("Вид иска", "claim"),
        ("Талап арыз түрі", "claim"),
        ("Дата подачи иска", "filed_on"),
        ("№ судебного дела", "court_number"),
        ("Согласие на обработку данных", "consent"),
        ("Келісім", "consent"),
        ("Форма консультации", "format"),
        ("Кеңес нысаны", "format"),
        ("Тема консультации", "topic"),
        ("Тақырып", "topic"),
        ("Причина обращения", "topic"),
        ("Примечание", "note"),
        ("Ескертпе", "note"),
        ("Номер дела", "case_number"),
        ("Істің нөмірі", "case_number"),
        ("Кем направлен", "came_through"),
        ("Продолжительность, минут", "minutes"),
        ("№ п/п", None),
        ("№", None),
        ("Рет саны", None),
        ("Подпись", None),
        ("", None),
    ],
)
def test_a_header_says_what_its_column_is(header: str, field: str | None) -> None:
    assert field_of(header) == field


def test_a_field_is_given_once_but_names_and_notes_are_joined() -> None:
    headers = ("Дата", "Дата", "Фамилия жены", "Имя жены", "Примечание", "Рекомендации")
    assert guessed_columns(headers) == ("date", None, "wife_name", "wife_name", "note", "note")


@pytest.mark.parametrize(
    ("headers", "columns", "unclear"),
    [
        (
            ("ФИО мужа", "Телефон", "ФИО жены", "Телефон"),
            ("husband_name", "husband_phone", "wife_name", "wife_phone"),
            set(),
        ),
        (
            ("Күйеуінің аты-жөні", "ЖСН", "Тел.", "Әйелінің аты-жөні", "ЖСН", "Әйелінің телефоны"),
            (
                *("husband_name", "husband_iin", "husband_phone"),
                *("wife_name", "wife_iin", "wife_phone"),
            ),
            set(),
        ),
        (("ФИО жены", "Имя жены", "Телефон"), ("wife_name", "wife_name", "wife_phone"), set()),
        (
            ("ФИО мужа", "ФИО жены", "Телефон", "ИИН"),
            ("husband_name", "wife_name", None, None),
            {2, 3},
        ),
        (
            ("ФИО мужа", "Телефон", "Телефон", "ФИО жены"),
            ("husband_name", None, None, "wife_name"),
            {1, 2},
        ),
        (("ФИО супругов", "Телефон"), ("couple_names", None), {1}),
        (
            ("ФИО обратившегося", "Телефон", "ФИО мужа"),
            ("person_name", "person_phone", "husband_name"),
            set(),
        ),
        (("Дата", "Телефон"), ("date", "person_phone"), set()),
    ],
)
def test_a_bare_phone_is_of_the_spouse_beside_it_or_waits_to_be_told_whose_it_is(
    headers: tuple[str, ...], columns: tuple[str | None, ...], unclear: set[int]
) -> None:
    assert guessed_columns(headers) == columns
    assert whose_unclear(headers) == unclear


def test_the_headers_are_found_below_a_title() -> None:
    rows: list[list[Cell]] = [
        ["Журнал учёта консультаций"],
        [],
        ["Дата", "Специалист", "ФИО мужа"],
        ["05.12.2024", "Маманов", "Тестов Алан"],
    ]
    assert header_row(rows) == 2
    assert header_row([[None], [None, 5]]) is None


def test_a_layout_is_known_again_whatever_its_case_and_spaces() -> None:
    assert columns_hash(["Күні", "Маман "]) == columns_hash(["КҮНІ:", "маман"])
    assert columns_hash(["Күні", "Маман"]) != columns_hash(["Маман", "Күні"])


@pytest.mark.parametrize(
    "cell",
    [
        TODAY,
        45631,
        "05.12.24",
        "«05.12.24»",
        "05.12.2024 г.",
        "05.12.2024 14:30",
        "2024-12-05",
        "2024-12-05T00:00:00",
        "2024.12.05",
        "5/12/2024",
        "05122024",
        5122024,
        51224,
        "5 декабря 2024 года",
        "5-дек-24",
        "2024 ж. 5 желтоқсан",
        "2024 жылғы 5 желтоқсан",
    ],
)
def test_a_day_is_read_in_every_form(cell: Cell) -> None:
    assert parse_day(cell, TODAY) == TODAY


@pytest.mark.parametrize(
    "cell",
    ["5", "5.12", "5 декабря", 5.12, 5, True, None, "вчера", "31.02.2024", "позже", "٥.١٢.٢٠٢٤"],
)
def test_a_day_without_its_year_is_not_guessed(cell: Cell) -> None:
    assert parse_day(cell, TODAY) is None


@pytest.mark.parametrize(
    ("cell", "birth"),
    [
        ("1990", (None, 1990)),
        (1990, (None, 1990)),
        ("1990 г.р.", (None, 1990)),
        ("15.03.1990", (date(1990, 3, 15), 1990)),
        ("15.03.1990 г.р.", (date(1990, 3, 15), 1990)),
        ("давно", (None, None)),
    ],
)
def test_a_birth_may_be_a_year_alone(cell: Cell, birth: tuple[date | None, int | None]) -> None:
    assert parse_birth(cell, TODAY) == birth


@pytest.mark.parametrize(
    ("text", "classifier", "key"),
    [
        ("Психолог", "profession", "psychologist"),
        ("заңгер", "profession", "lawyer"),
        ("соц. работник", "profession", "social_worker"),
        ("м", "sex", "male"),
        ("Әйел", "sex", "female"),
        ("супруга", "participant_role", "wife"),
        ("Күйеуі", "participant_role", "husband"),
        ("по тел.", "consultation_format", "phone"),
        ("Онлайн", "consultation_format", "online"),
        ("бетпе-бет", "consultation_format", "in_person"),
        ("очная", "consultation_format", "in_person"),
        ("в разводе", "case_kind", None),
        ("разведены", "case_kind", "divorced"),
        ("по направлению судьи", "came_through", "judge_referral"),
        ("сам", "came_through", "self"),
        ("Дано", "consent_state", "given"),
        ("не согласен", "consent_state", "refused"),
        ("отозвано", "consent_state", "withdrawn"),
    ],
)
def test_a_value_is_known_by_its_label_or_by_what_journals_write(
    text: str, classifier: str, key: str | None
) -> None:
    assert parse_key(text, classifier, WORDS) == key


def test_every_label_of_a_classifier_is_known_in_three_languages() -> None:
    for classifier in ("profession", "claim_kind", "topic", "consultation_format", "case_kind"):
        for entry in classifiers().kinds[classifier].values():
            for label in (entry.kk, entry.ru, entry.en.upper()):
                assert parse_key(label, classifier, WORDS) == entry.key, label


def test_several_claims_stand_in_one_cell() -> None:
    text = "расторжение брака и алименты; раздел имущества"
    assert set(parse_keys(text, "claim_kind", WORDS)) == {"divorce", "alimony", "property"}


@pytest.mark.parametrize(
    ("cell", "said"), [("Иә", True), ("+", True), (1, True), ("нет", False), ("?", None)]
)
def test_yes_and_no(cell: Cell, said: bool | None) -> None:
    assert parse_yes(cell) is said


def test_a_name_may_have_initials_or_a_patronymic_of_two_words() -> None:
    assert parse_name("Тестова Ә.Қ.") == ("Тестова", "Ә.", "Қ.")
    assert parse_name("Тестова  Әсем Қанат қызы") == ("Тестова", "Әсем", "Қанат қызы")
    assert parse_name("Тестова") == ("Тестова", None, None)
    assert probable_sex("Тестова Әсем") == "female"
    assert probable_sex("Ли Алан Қанатұлы") == "male"
    assert probable_sex("Ли А.") == "not_stated"


def test_a_couple_in_one_cell_is_told_apart() -> None:
    columns = ("date", "couple_names")
    visit, findings = read_row(("05.12.2024", "Тестова Әсем и Тестов Алан"), columns, WORDS, TODAY)
    assert [(p.role, p.surname) for p in visit.people] == [
        ("husband", "Тестов"),
        ("wife", "Тестова"),
    ]
    assert findings == []


def test_an_iin_that_excel_made_a_number_gets_its_noughts_back() -> None:
    visit, _ = read_row(
        (TODAY, "Тестов Алан", 101500123), ("date", "husband_name", "husband_iin"), WORDS, TODAY
    )
    assert visit.people[0].iin == "000101500123"


def test_what_is_not_in_the_list_of_topics_becomes_a_note() -> None:
    visit, findings = read_row(
        (TODAY, "спор о даче", "перезвонить"), ("date", "topic", "note"), WORDS, TODAY
    )
    assert visit.topics == ("other",)
    assert visit.note == "перезвонить\nспор о даче"
    assert codes(findings) == [("journal_value_other", "topic")]


def test_a_dash_in_the_column_of_consents_is_no_refusal_and_no_consent() -> None:
    said = [
        read_row((TODAY, cell), ("date", "consent"), WORDS, TODAY)[0].consent
        for cell in ("да", "нет", "-", "", "отозвано", TODAY)
    ]
    assert said == ["given", "refused", "not_asked", None, "withdrawn", "given"]


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"date": None}, [("journal_date_missing", "date")]),
        ({"date": "5.12"}, [("journal_date_unclear", "date")]),
        ({"date": "05.12.1824"}, [("journal_date_unclear", "date")]),
        ({"date": "06.12.2024"}, [("date_in_future", "date")]),
        ({"date": UNREADABLE}, [("journal_cell_unreadable", "date")]),
        ({"note": "=1+1"}, [("journal_formula", "note")]),
        ({"note": "а" * 4001}, [("text_too_long", "note")]),
        ({"husband_name": "Ж" * 81}, [("text_too_long", "husband_name")]),
        ({"husband_name": "Тестов 87011234567"}, [("journal_name_unclear", "husband_name")]),
        ({"children": "много"}, [("journal_number_unclear", "children")]),
        ({"children": 16}, [("journal_number_unclear", "children")]),
        ({"children": 1.5}, [("journal_number_unclear", "children")]),
        ({"format": "как всегда"}, [("journal_value_unknown", "format")]),
        ({"attended": "соседи"}, [("journal_value_unknown", "attended")]),
        ({"person_name": "Ли А."}, [("journal_role_unclear", "person_role")]),
        ({"wife_birth": "06.12.2024"}, [("date_in_future", "wife_birth")]),
        ({"case_number": "9" * 81}, [("text_too_long", "case_number")]),
    ],
)
def test_what_is_not_understood_is_told_with_its_column(
    cells: dict[str, Cell], found: list[tuple[str, str]]
) -> None:
    assert errors(cells) == found


@pytest.mark.parametrize(
    "cells",
    [
        {"children": "2 ребёнка"},
        {"children": "нет"},
        {"husband_name": "—"},
        {"attended": "оба супруга"},
        {"minutes": 60},
        {"note": "'; DROP TABLE cases; --\x00\u202e"},
        {"couple_names": "Тестов А.Қ., Тестова Ә.Қ."},
        {"person_name": "Тестова Әсем", "person_sex": "ж"},
    ],
)
def test_what_people_write_every_day_is_no_error(cells: dict[str, Cell]) -> None:
    assert errors(cells) == []
