"""The papers that a centre prints and people sign: words, fields, pages, fonts."""

import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from exports.papers.attendance import write_attendance_list
from exports.papers.certificate import write_certificate
from exports.papers.consent import write_consent
from exports.papers.content import Certificate, Consent, HandOutAct, Material, Slip
from exports.papers.hand_out import write_hand_out_act
from exports.papers.journal import write_journal
from exports.papers.slip import write_slip
from exports.papers.templates import PAPERS as KEYS
from exports.papers.templates import PaperKey, versions
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import classifiers
from tests.exports.papers_sample import (
    LAWYER,
    LONG_NAME,
    PAPERS,
    PERSON,
    attendance_list,
    certificate,
    consent,
    issuer,
    journal,
    slip,
)
from tests.exports.test_report_pdf import flat, text_of

LANGUAGES = ("kk", "ru")
KK, RU = Translator("kk"), Translator("ru")
NUMBER_LINE = "_" * 20


def words(pdf: bytes, folder: Path) -> str:
    return flat(text_of(pdf, folder, "-layout"))


def pages(pdf: bytes, folder: Path) -> list[str]:
    return [flat(page) for page in text_of(pdf, folder, "-layout").split("\f")[:-1]]


def certified(content: Certificate, folder: Path) -> str:
    return words(write_certificate(content, RU), folder)


# --- All papers -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", KEYS)
def test_a_paper_prints_the_same_anywhere(paper: str, language: str, tmp_path: Path) -> None:
    pdf = PAPERS[paper](language)
    assert pdf == PAPERS[paper](language)
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf)
    listed = subprocess.run(["pdffonts", str(file)], check=True, capture_output=True, text=True)
    rows = [line.split() for line in listed.stdout.splitlines()[2:]]
    assert {row[0].partition("+")[2] for row in rows} == {"NotoSans-Regular", "NotoSans-Bold"}
    # Embedded, a subset, and readable as Unicode.
    assert {tuple(row[-5:-2]) for row in rows} == {("yes", "yes", "yes")}
    assert not {"\x00", "\ufffd", "{", "}", "None"} & set(text_of(pdf, tmp_path))


@pytest.mark.parametrize(
    ("paper", "kk", "ru"),
    [
        ("consent", "Дербес деректерді жинауға және өңдеуге келісім", "Согласие на сбор"),
        ("certificate", "№ 12 анықтама", "Справка № 12"),
        ("attendance", "Қатысушылар тізімі", "Список участников"),
        ("hand_out", "Баспа материалдарын тапсыру актісі", "Акт передачи печатных материалов"),
        ("journal", "Консультациялар журналы", "Журнал консультаций"),
        ("slip", "Сіздің нөміріңіз", "Ваш номер"),
        ("held_data", "Сақталатын деректер, № A-31", "Какие данные хранятся, № A-31"),
    ],
)
def test_a_paper_speaks_the_language_asked_for(
    paper: PaperKey, kk: str, ru: str, tmp_path: Path
) -> None:
    kazakh, russian = (words(PAPERS[paper](language), tmp_path) for language in LANGUAGES)
    version = versions(paper, "kk")[-1]
    assert kk in kazakh and f"Мәтін редакциясы: {version}" in kazakh
    assert ru in russian and f"Редакция текста {version}" in russian
    assert ru not in kazakh


@pytest.mark.parametrize("paper", [paper for paper in KEYS if paper != "slip"])
def test_every_page_says_which_of_how_many_it_is(paper: str, tmp_path: Path) -> None:
    for language, said in (("kk", "{}-бет, барлығы {}"), ("ru", "Страница {} из {}")):
        printed = pages(PAPERS[paper](language), tmp_path)
        for number, page in enumerate(printed, start=1):
            assert said.format(number, len(printed)) in page


def test_a_paper_in_an_unknown_version_or_language_is_refused() -> None:
    with pytest.raises(KnownError, match="paper_template_unknown"):
        write_consent(consent("ru"), RU, "2019-1")
    with pytest.raises(KnownError, match="paper_template_unknown"):
        write_slip(slip("ru"), Translator("en"))


# --- Consent ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "kk",
            (
                "Оператор. «Право» қоғамдық қоры, БСН 240140000011",
                "Мақсаты.",
                "Деректер тізбесі.",
                "Мерзімі.",
                "Үшінші тұлғаларға беру.",
                "Трансшекаралық беру. Деректер басқа мемлекеттерге берілмейді.",
                "жалпыға қолжетімді дереккөздерде таратылмайды",
                "келісімді кері қайтарып алуға құқылымын",
            ),
        ),
        (
            "ru",
            (
                "Оператор. Общественный фонд «Право», БИН 240140000011",
                "Цель.",
                "Перечень данных.",
                "Срок.",
                "Передача третьим лицам.",
                "Трансграничная передача. Данные не передаются в другие государства.",
                "не распространяются в общедоступных источниках",
                "отозвать согласие письменным заявлением",
            ),
        ),
    ],
)
def test_a_consent_states_what_the_law_asks_for(
    language: str, said: tuple[str, ...], tmp_path: Path
) -> None:
    text = words(PAPERS["consent"](language), tmp_path)
    for statement in (*said, PERSON, "AST-A-2024-00017", "94-V"):
        assert statement in text


def test_an_empty_consent_is_filled_in_by_hand(tmp_path: Path) -> None:
    blank = Consent(issuer=replace(issuer("ru"), bin=None))
    text = words(write_consent(blank, RU), tmp_path)
    assert f"БИН {NUMBER_LINE}." in text
    assert "Фамилия, имя, отчество" in text
    assert PERSON not in text
    assert "подпись" in text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("kk", "мерзімнің соңғы күні — 2025 жылғы 31 желтоқсан."),
        ("ru", "последний день срока — 31 декабря 2025 г. Затем"),
    ],
)
def test_a_consent_for_a_term_names_its_last_day(language: str, said: str, tmp_path: Path) -> None:
    content = replace(consent(language), valid_until=date(2025, 12, 31))
    assert said in words(write_consent(content, Translator(language)), tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("person", [None, PERSON, f"{LONG_NAME} {LONG_NAME}"])
def test_nobody_signs_a_page_that_holds_the_signature_alone(
    person: str | None, language: str, tmp_path: Path
) -> None:
    content = replace(consent(language), person=person, received_by=person)
    printed = pages(write_consent(content, Translator(language)), tmp_path)
    assert len(printed) == 2
    rights, signature = {
        "kk": ("Менің құқықтарым", "Келісімді кері қайтару туралы белгі"),
        "ru": ("Мои права", "Отметка об отзыве согласия"),
    }[language]
    assert rights in printed[1] and signature in printed[1]


# --- Certificate ------------------------------------------------------------------------------


def test_a_certificate_names_court_letter_person_and_visits_by_date(tmp_path: Path) -> None:
    text = certified(certificate("ru"), tmp_path)
    for said in (
        "12 декабря 2024 г.",
        "Специализированный межрайонный суд по делам",
        "7112-24-00-2/1234",
        "Номер запроса суда 45-3 Дата запроса суда 5 декабря 2024 г.",
        PERSON,
        "М.П.",
        "Руководитель центра",
    ):
        assert said in text
    assert text.index("04.11.2024 Психолог") < text.index("20.11.2024 Юрист")
    kazakh = words(PAPERS["certificate"]("kk"), tmp_path)
    assert "Сұрау салу нөмірі 45-3 Сұрау салу күні 2024 жылғы 5 желтоқсан" in kazakh
    assert "М.О." in kazakh


def test_a_mediators_visits_are_kept_from_the_court_unless_both_gave_leave(tmp_path: Path) -> None:
    silent = certified(certificate("ru"), tmp_path)
    assert "02.12.2024" not in silent
    assert "Всего встреч в справке: 2." in silent
    assert "медиация конфиденциальна" in silent
    told = certified(replace(certificate("ru"), mediator_visits_allowed=True), tmp_path)
    assert "02.12.2024 Медиатор" in told
    assert "Всего встреч в справке: 3." in told
    assert "с согласия обеих сторон" in told


def test_a_certificate_looks_the_same_whether_or_not_mediation_was_tried(tmp_path: Path) -> None:
    content = certificate("kk")
    without = tuple(visit for visit in content.visits if visit.profession != "mediator")
    assert write_certificate(content, KK) == write_certificate(replace(content, visits=without), KK)


def test_leave_for_mediation_is_not_mentioned_where_there_was_none(tmp_path: Path) -> None:
    content = replace(certificate("ru"), visits=certificate("ru").visits[:2])
    text = certified(replace(content, mediator_visits_allowed=True), tmp_path)
    assert "едиа" not in text


def test_a_certificate_without_visits_says_so_and_can_be_signed(tmp_path: Path) -> None:
    text = certified(replace(certificate("ru"), visits=()), tmp_path)
    assert "Сведений о встречах указанного лица, которые центр вправе сообщить, нет." in text
    assert "Руководитель центра" in text


def test_what_the_court_did_not_say_is_left_to_be_written(tmp_path: Path) -> None:
    content = replace(
        certificate("ru"), court_case=None, request_number=None, request_date=None, signatory=None
    )
    text = certified(content, tmp_path)
    assert "Номер дела в суде Номер запроса суда Дата запроса суда О ком" in text


@pytest.mark.parametrize(
    ("language", "mark", "dates"),
    [
        (
            "kk",
            "ҚАЙТА БАСЫП ШЫҒАРУ",
            "Басып шығарылған күні: 05.02.2025. Түпнұсқа берілген күн: 12.12.2024.",
        ),
        ("ru", "ПОВТОРНАЯ ПЕЧАТЬ", "Напечатано 05.02.2025. Подлинник выдан 12.12.2024."),
    ],
)
def test_a_reprint_says_so_on_every_page(
    language: str, mark: str, dates: str, tmp_path: Path
) -> None:
    content = certificate(language)
    assert mark not in words(write_certificate(content, Translator(language)), tmp_path)
    again = replace(content, reprinted_on=date(2025, 2, 5), visits=content.visits * 20)
    printed = pages(write_certificate(again, Translator(language)), tmp_path)
    assert len(printed) == 2
    for page in printed:
        assert mark in page and dates in page


def test_a_certificate_has_nowhere_to_put_the_other_spouse() -> None:
    people = {"person", "signatory"}
    dated = {"issued_on", "request_date", "reprinted_on", "visits", "mediator_visits_allowed"}
    papers = {"issuer", "number", "court", "court_case", "request_number"}
    assert set(Certificate.__dataclass_fields__) == people | dated | papers


def test_signs_of_markup_in_a_name_are_printed_as_they_are(tmp_path: Path) -> None:
    assert "A<b>&B" in certified(replace(certificate("ru"), person="A<b>&B"), tmp_path)


# --- Events and printed materials -------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 17, 18, 19, 25, 36, 37, 38, 100])
def test_rows_to_sign_are_numbered_and_the_leader_signs_below_rows(
    rows: int, tmp_path: Path
) -> None:
    content = replace(attendance_list("ru"), rows=rows)
    printed = pages(write_attendance_list(content, RU), tmp_path)
    assert all("Фамилия, имя, отчество" in page for page in printed)
    last = printed[-1]
    assert "Ведущий мероприятия" in last
    assert f" {rows} " in last.partition("Всего участников")[0]
    assert "Молодая семья: первый год" in printed[0]


def test_a_list_prepared_in_advance_leaves_day_place_and_leader_open(tmp_path: Path) -> None:
    content = replace(attendance_list("kk"), held_on=None, place=None, leader=None, code=None)
    text = words(write_attendance_list(content, KK), tmp_path)
    assert "Күні Өткізілетін орны Жүргізуші Ұйымы" in text
    assert "Іс-шара коды" not in text
    assert LAWYER not in text


def test_an_act_adds_up_the_copies_and_both_sides_sign(tmp_path: Path) -> None:
    text = words(PAPERS["hand_out"]("ru"), tmp_path)
    assert "Ажырасу кезіндегі бала құқықтары На казахском 1 200" in text
    assert "Итого 1 500" in text
    assert "Пробная библиотека № 1" in text
    assert text.index("Передал ") < text.index("Принял ") < text.index("М.П.")


def test_an_act_of_many_long_titles_keeps_its_signatures_beside_the_total(tmp_path: Path) -> None:
    titles = tuple(Material(f"{LONG_NAME} {number}", "kk_ru", 10) for number in range(80))
    content = HandOutAct(issuer=issuer("kk"), materials=titles)
    printed = pages(write_hand_out_act(content, KK), tmp_path)
    assert "Жиыны 800" in printed[-1] and "Қабылдаған" in printed[-1]
    assert f"№ {NUMBER_LINE}" in printed[0]


# --- Journal ----------------------------------------------------------------------------------


def test_the_journal_lists_visits_and_who_signs(tmp_path: Path) -> None:
    text = words(PAPERS["journal"]("ru"), tmp_path)
    assert "октябрь 2024 г." in text
    assert "AST-A-2024-00004" in text
    assert "Всего записей: 8, из них без кейса (разовый совет): 1." in text
    signing = text.partition("Всего записей")[2]
    for who in ("Психолог", "Юрист", LAWYER, "Медиатор", "Социальный работник", "Руководитель"):
        assert who in signing


def test_an_empty_month_is_signed_too(tmp_path: Path) -> None:
    text = words(write_journal(journal("kk", 0), KK), tmp_path)
    assert "Осы айда жазба жоқ." in text
    assert "Орталық басшысы" in text


@pytest.mark.parametrize("rows", [11, 13, 300])
def test_a_long_journal_repeats_its_head_and_ends_with_rows_above_the_signatures(
    rows: int, tmp_path: Path
) -> None:
    printed = pages(write_journal(journal("kk", rows), KK), tmp_path)
    for page in printed:
        assert "Кейс нөмірі" in page and "Тақырыптар" in page
    for number in range(rows - 2, rows + 1):
        assert f" {number} " in printed[-1].partition("Барлық жазба")[0]
    assert "Орталық басшысы" in printed[-1]


def test_a_journal_of_long_rows_and_many_specialists_is_still_printed(tmp_path: Path) -> None:
    row = journal("kk", 1).rows[0]
    everything = tuple(classifiers().kinds["topic"])
    rows = tuple(
        replace(row, specialist=f"{LONG_NAME} {number}", topics=everything) for number in range(30)
    )
    printed = pages(write_journal(replace(journal("kk"), rows=rows), KK), tmp_path)
    assert "Орталық басшысы" in printed[-1]


# --- Slip -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_slip_is_one_small_page_with_the_number_and_nobodys_name(
    language: str, tmp_path: Path
) -> None:
    content = Slip(
        centre=f"{issuer(language).centre} {LONG_NAME}",
        case_number="AST-A-2024-0001712345",
        phone="+7 (7172) 00-00-00",
        address=" ".join([LONG_NAME] * 4),
    )
    for each in (content, slip(language)):
        pdf = write_slip(each, Translator(language))
        assert each.case_number in words(pdf, tmp_path)
        info = subprocess.run(
            ["pdfinfo", str(tmp_path / "report.pdf")], check=True, capture_output=True, text=True
        ).stdout
        assert "Pages:           1\n" in info
        assert "419.528 x 297.638 pts" in info
    assert set(Slip.__dataclass_fields__) == {"centre", "case_number", "phone", "address"}
