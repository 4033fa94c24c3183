"""A finished text beside the figures: what is wrong is found, what is right is left alone."""

import pytest

from pravo_desktop.domain.figures import ALL, FigureRow
from pravo_desktop.domain.text_check import AGREES, DIFFERS, DOUBTFUL, Finding, check_text
from pravo_desktop.resources import text_words

_TOTALS = {
    "consultations": (8916, 2000),
    "couples": (3619, 2000),
    "participants": (12750, 2000),
    "conflict_trainings": (28, 30),
    "young_couple_trainings": (24, 30),
    "campaign_trainings": (14, None),
    "campaign_actions": (46, None),
    "social_bureaus": (19, None),
    "satisfaction": (92.61, None),
    "publications": (657, None),
    "local_publications": (15, None),
    "booklets": (15000, None),
    "staff": (23, None),
}
_PARTS = {
    ("participants", "sex", "men"): 3328,
    ("participants", "sex", "women"): 3409,
    ("participants", "sex", "children"): 6013,
    ("participants", "category", "youth"): 323,
    ("participants", "category", "business"): 293,
    ("claims", "kind", "alimony"): 293,
    ("satisfaction", "question", "q_comfort"): 90.0,
}
_REGIONS = {
    ("couples", "astana"): 1206,
    ("couples", "aktobe"): 93,
    ("consultations", "astana"): 2718,
    ("consultations", "aktobe"): 217,
    ("conflict_trainings", "abai"): 4,
    ("campaign_actions", "shymkent"): 10,
    ("campaign_actions", "karaganda"): 10,
    ("campaign_actions", "astana"): 3,
    ("campaign_actions", "almaty"): 4,
    ("social_bureaus", "abai"): 4,
}
ROWS = [
    *(
        FigureRow(key, ALL, None, None, v, plan, "reported", ())
        for key, (v, plan) in _TOTALS.items()
    ),
    *(
        FigureRow(k, ALL, name, part, v, None, "reported", ())
        for (k, name, part), v in _PARTS.items()
    ),
    *(
        FigureRow(k, region, None, None, v, None, "reported", ())
        for (k, region), v in _REGIONS.items()
    ),
]


def check(*paragraphs: str) -> list[Finding]:
    return check_text(paragraphs, ROWS, text_words())


def verdicts(*paragraphs: str) -> dict[str, str]:
    return {finding.written: finding.verdict for finding in check(*paragraphs)}


@pytest.mark.parametrize(
    ("sentence", "written", "indicator", "key", "figure"),
    [
        ("Барлығы 12 750 адам, оның 3228-і – ер адамдар.", "3228", "participants", "men", 3328),
        ("Всего 12 750 человек, из них 3228 — мужчины.", "3228", "participants", "men", 3328),
        ("Жыл бойы 8 884 консультация берілді.", "8 884", "consultations", None, 8916),
        ("За год проведено 8884 консультации.", "8884", "consultations", None, 8916),
        ("Жобада 20 әлеуметтік бюро өткізілді.", "20", "social_bureaus", None, 19),
        ("Проведено 20 социальных бюро.", "20", "social_bureaus", None, 19),
        ("Қатысушылардың 92.03%-ы қанағаттанды.", "92.03", "satisfaction", None, 92.61),
        ("Удовлетворены 92,03 % участников.", "92,03", "satisfaction", None, 92.61),
        ("Ақтөбеде 95 жұп үшін 217 консультация өтті.", "95", "couples", None, 93),
        ("В Актобе принято 95 пар.", "95", "couples", None, 93),
        ("Комфортность участия — 91,00 %.", "91,00", "satisfaction", "q_comfort", 90.0),
    ],
)
def test_a_number_beside_an_indicators_word_is_compared_with_the_figure(
    sentence: str, written: str, indicator: str, key: str | None, figure: float
) -> None:
    found = {finding.written: finding for finding in check(sentence)}[written]
    assert (found.verdict, found.indicator, found.key) == (DIFFERS, indicator, key)
    assert found.figure == figure


@pytest.mark.parametrize(
    "heading",
    [
        "Отбасылық жанжалдарды азайту бойынша тренингтер",
        "Тренинги по снижению семейных конфликтов",
    ],
)
def test_a_general_word_takes_its_indicator_from_the_heading_above(heading: str) -> None:
    (found,) = check(heading, "Барлығы 30 іс-шара, 30 мероприятий өткізілді."[:22])
    assert (found.indicator, found.verdict, found.figure) == ("conflict_trainings", DIFFERS, 28)
    assert verdicts(heading, "Абай облысында 4 тренинг өтті.") == {"4": AGREES}
    assert verdicts(heading, "В области Абай прошло 5 тренингов.") == {"5": DIFFERS}


def test_a_planned_number_is_compared_with_the_plan() -> None:
    heading = "Отбасылық жанжалдарды азайту"
    assert verdicts(heading, "Кемінде 30 тренинг өткізу жоспарланды.") == {"30": AGREES}
    assert verdicts(heading, "Планировалось провести 32 тренинга.") == {"32": DOUBTFUL}


@pytest.mark.parametrize(
    "sentence",
    [
        "Астанада 1 206 отбасылық жұпты қамтыған 2 718 консультация тіркелді.",
        "В Астане 2 718 консультаций для 1 206 пар, в Актобе 217 консультаций для 93 пар.",
        "«Жастар» санатында 323 адам, бизнес өкілдері-293.",
        "657 публикаций; 15 публикаций в местных СМИ; 15 000 буклетов.",
        "Шымкент пен Қарағандыда 10 акция, Астана мен Алматыда 3-4 акция өтті.",
        "Взыскание алиментов — 293.",
        "Қатысудың жайлылығы – 90.00%.",
    ],
)
def test_what_is_right_is_not_marked(sentence: str) -> None:
    assert set(verdicts(sentence).values()) == {AGREES}


@pytest.mark.parametrize(
    "sentence",
    [
        "Есеп 2024 жылғы 15 қараша күніне жасалды.",
        "Мүмкіндік 100% қамтамасыз етілді.",
        "Отчёт составлен по состоянию на 15 ноября 2024 года.",
        "3) мамандардың біліктілігі",
        "Телефон 150, кабинет 12.",
    ],
)
def test_dates_and_numbers_of_other_things_are_left_alone(sentence: str) -> None:
    assert check(sentence) == []


def test_labels_of_a_chart_are_compared_with_the_numbers_after_them() -> None:
    assert verdicts("Мужчины\tЖенщины\tДети\t3228\t3409\t6013\t") == {
        "3228": DIFFERS,
        "3409": AGREES,
        "6013": AGREES,
    }


def test_several_regions_that_do_not_fit_are_doubtful() -> None:
    assert verdicts("Шымкент пен Қарағандыда 12 акция өтті.") == {"12": DOUBTFUL}
    assert verdicts("Шымкент пен Қарағандыда 20 акция өтті.") == {"20": AGREES}


def test_a_figure_nobody_reported_makes_a_number_doubtful() -> None:
    assert verdicts("Алматыда 57 жұп болды.") == {"57": DOUBTFUL}
