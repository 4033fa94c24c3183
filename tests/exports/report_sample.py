"""A report like that of 2024, made by hand, for the tests of its files."""

from dataclasses import replace
from datetime import date, timedelta

from exports.report.content import (
    CategoryRule,
    CentreLine,
    Definition,
    EventLine,
    MissingLine,
    NoteLine,
    PackageLine,
    Place,
    PrintedLine,
    ReportContent,
)
from exports.report.texts import default_card
from pravo_desktop.domain.figures import ALL, NATIONAL, FigureRow
from pravo_desktop.domain.indicators import BY_KEY
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import classifiers

YEAR = Period.of_year(2024)
MONTHS = tuple(str(month) for month in YEAR.months)

COUPLES = {
    "astana": 1206,
    "almaty": 57,
    "shymkent": 353,
    "karaganda": 619,
    "akmola": 669,
    "atyrau": 568,
    "aktobe": 93,
    "ulytau": 0,
    "turkistan": 12,
    "abai": 40,
}
CONSULTATIONS = {
    "astana": 2718,
    "almaty": 186,
    "shymkent": 915,
    "karaganda": 1378,
    "akmola": 1609,
    "atyrau": 1778,
    "aktobe": 217,
    "ulytau": 0,
    "turkistan": 32,
    "abai": 83,
}
SEXES = {"men": 3328, "women": 3409, "children": 6013}
CATEGORIES = {
    "youth": 323,
    "civil_servant": 116,
    "budget": 362,
    "disability": 25,
    "senior": 94,
    "unemployed": 260,
    "ngo": 42,
    "business": 293,
    "other": 5222,
    "children": 6013,
}
CLAIMS = {
    "alimony": 293,
    "residence": 740,
    "contact_order": 413,
    "divorce": 1656,
    "property": 45,
    "other": 198,
}
OUTCOMES = {
    "open": 417,
    "reconciled": 1147,
    "not_reconciled": 1520,
    "agreement": 371,
    "claim_withdrawn": 162,
}
QUESTIONS = {
    "q_access": 93.95,
    "q_recommend": 93.49,
    "q_trainer": 94.91,
    "q_useful": 90.71,
    "q_comfort": 90.0,
}
YOUNG = {
    "almaty": 3,
    "shymkent": 3,
    "abai": 6,
    "karaganda": 3,
    "akmola": 3,
    "turkistan": 3,
    "ulytau": 3,
}
CONFLICTS = {
    "abai": 4,
    "atyrau": 4,
    "karaganda": 3,
    "shymkent": 3,
    "akmola": 3,
    "astana": 6,
    "ulytau": 3,
    "turkistan": 2,
}
NATIONAL_FIGURES = {
    "specialist_trainings": (10, 10),
    "working_meetings": (10, 10),
    "tv_appearances": (1, None),
    "videos": (10, None),
    "video_views": (206_000, None),
    "booklets": (15_000, None),
    "press_conferences": (2, None),
    "public_presentations": (2, None),
    "round_tables": (1, None),
    "publications": (657, None),
    "local_publications": (15, None),
}
TOPICS = {
    "kk": (
        "Балалар психологиясы мәселелері жөніндегі интерактивті семинар",
        "Отбасылық істер бойынша сот практикасы",
        "Алимент өндіріп алудың халықаралық талаптары",
        "Тату отбасы",
    ),
    "ru": (
        "Интерактивный семинар по вопросам детской психологии",
        "Судебная практика по семейным делам",
        "Международные требования к взысканию алиментов",
        "Дружная семья",
    ),
}
NOTES = {
    "kk": (
        (
            "ulytau",
            "services",
            "explanation",
            "Психолог пен медиатор лауазымы бос: вакансия "
            "апта сайын жарияланады, бірақ үміткер жоқ.",
        ),
        ("astana", "services", "problem", "Екі судьяға бір психолог пен бір медиатор қажет."),
        ("abai", "services", "proposal", "Бейімделген әдістемелер бойынша оқыту өткізу қажет."),
        ("almaty", "young_couples", "explanation", "Некеге тұруға өтініштер электронды беріледі."),
    ),
    "ru": (
        (
            "ulytau",
            "services",
            "explanation",
            "Должности психолога и медиатора свободны: вакансия "
            "публикуется каждую неделю, кандидатов нет.",
        ),
        ("astana", "services", "problem", "На двух судей нужны психолог и медиатор."),
        ("abai", "services", "proposal", "Нужно обучение адаптированным методикам."),
        ("almaty", "young_couples", "explanation", "Заявления о браке подают электронно."),
    ),
}
DEFINITIONS = {
    "kk": "Есепті кезеңде кемінде бір консультация өткен, әр іс бір рет саналатын көрсеткіш. "
    "Айлар бойынша сандар қосылмайды.",
    "ru": "Показатель, в котором каждый кейс с консультацией за период считается один раз. "
    "Числа по месяцам не складываются.",
}
RULES = {
    "kk": "Алдыңғы шарттардың біріне де сәйкес келмейтін адам",
    "ru": "Никакое другое условие не подошло",
}


def figure(
    indicator: str,
    value: int | float | None,
    region: str = ALL,
    breakdown: str | None = None,
    key: str | None = None,
    *,
    plan: int | None = None,
    state: str = "reported",
    months: tuple[str, ...] = MONTHS,
) -> FigureRow:
    """A figure row with what most figures have."""
    return FigureRow(indicator, region, breakdown, key, value, plan, state, months)


def split(value: int, weights: dict[str, int]) -> dict[str, int]:
    """``value`` divided in proportion to the weights; the parts add up to it."""
    whole = sum(weights.values())
    parts = {key: value * weight // whole for key, weight in weights.items()}
    parts[max(weights, key=lambda key: weights[key])] += value - sum(parts.values())
    return parts


def sample_rows() -> tuple[FigureRow, ...]:
    """Every figure of the report; Ulytau confirmed zero, Atyrau lacks March and April."""
    rows: list[FigureRow] = []
    months = {"atyrau": tuple(m for m in MONTHS if m not in ("2024-03", "2024-04"))}
    months["turkistan"] = ("2024-12",)
    states = {"atyrau": "partial", "ulytau": "zero"}
    for indicator, values, plan in (
        ("couples", COUPLES, 200),
        ("consultations", CONSULTATIONS, None),
    ):
        for region, value in values.items():
            reported = months.get(region, MONTHS)
            state = states.get(region, "reported")
            rows.append(figure(indicator, value, region, plan=plan, state=state, months=reported))
            for month, part in split(value, dict.fromkeys(reported, 1)).items():
                if part:
                    rows.append(figure(indicator, part, region, "month", month))
        whole = sum(values.values())
        rows.append(figure(indicator, whole, plan=2000, state="partial"))
        for month, part in split(whole, dict.fromkeys(MONTHS, 1)).items():
            rows.append(figure(indicator, part, ALL, "month", month))
    professions = {"psychologist": 5, "lawyer": 2, "mediator": 3, "social_worker": 1}
    for profession, part in split(sum(CONSULTATIONS.values()), professions).items():
        rows.append(figure("consultations", part, ALL, "profession", profession))
    for indicator, breakdown, parts in (
        ("participants", "sex", SEXES),
        ("participants", "category", CATEGORIES),
        ("claims", "kind", CLAIMS),
        ("outcomes", "kind", OUTCOMES),
    ):
        for key, value in parts.items():
            rows.append(figure(indicator, value, ALL, breakdown, key))
            if breakdown != "category":
                for region, part in split(value, COUPLES).items():
                    rows.append(figure(indicator, part, region, breakdown, key))
        if breakdown != "category":
            rows.append(figure(indicator, sum(parts.values())))
            for region in COUPLES:
                value = sum(split(part, COUPLES)[region] for part in parts.values())
                rows.append(figure(indicator, value, region, state=states.get(region, "reported")))
    for indicator, parts, plan in (
        ("young_couple_trainings", YOUNG, 30),
        ("conflict_trainings", CONFLICTS, 30),
        ("social_bureaus", dict.fromkeys(COUPLES, 2), None),
        ("campaign_actions", dict.fromkeys(COUPLES, 4), None),
    ):
        rows.append(figure(indicator, sum(parts.values()), plan=plan))
        rows += [figure(indicator, parts.get(region, 0), region) for region in COUPLES]
    rows.append(figure("campaign_trainings", None, state="missing", months=()))
    for indicator, (value, plan) in NATIONAL_FIGURES.items():
        rows.append(figure(indicator, value, plan=plan))
        rows.append(figure(indicator, value, NATIONAL))
    staff = {"psychologist": 9, "lawyer": 3, "mediator": 9, "social_worker": 2}
    rows.append(figure("staff", sum(staff.values())))
    rows += [figure("staff", value, ALL, "profession", key) for key, value in staff.items()]
    for region in COUPLES:
        own = {"psychologist": 1, "mediator": 1} if region != "ulytau" else {}
        if region == "astana":
            own |= {"lawyer": 3, "social_worker": 2}
        rows.append(figure("staff", sum(own.values()), region))
        rows += [figure("staff", value, region, "profession", key) for key, value in own.items()]
    rows += [
        figure("studies", 9),
        figure("studies", 9, "turkistan"),
        figure("advice", 148),
        figure("advice", 148, "astana"),
        figure("centres_open", 10, plan=10),
        figure("centres_reaching_plan", 5, plan=10),
        figure("satisfaction", 92.61),
        figure("satisfaction_answers", 3055),
    ]
    rows += [figure("satisfaction", value, ALL, "question", q) for q, value in QUESTIONS.items()]
    rows += [figure("satisfaction_answers", 611, ALL, "question", q) for q in QUESTIONS]
    return tuple(rows)


def sample_content(language: str = "kk", **changes: object) -> ReportContent:
    """The whole report in a language; ``changes`` replace fields."""
    translator = Translator(language)
    lists = classifiers()
    regions = tuple(Place(key, translator.label(r)) for key, r in lists.regions.items())
    cities = {centre.region: centre.city[language] for centre in lists.centres.values()}
    packages = tuple(
        PackageLine(
            cities[region],
            region,
            month,
            month.number,
            month.next.first_day + timedelta(days=4 if month.number % 5 else 12),
            f"{number:02x}{month.number:02x}9f86d081884c7d659a2feaa0c55ad015" * 2,
            late=month.number % 5 == 0,
            amendment=month.number == 7 and region == "akmola",
        )
        for number, region in enumerate(lists.regions)
        for month in YEAR.months
        if (region, month.number) not in (("atyrau", 3), ("atyrau", 4))
        and (region != "turkistan" or month.number == 12)
    )
    topics = TOPICS[language]
    events = []
    for indicator, parts in (
        ("specialist_trainings", {NATIONAL: 10}),
        ("working_meetings", {NATIONAL: 10}),
        ("young_couple_trainings", YOUNG),
        ("conflict_trainings", CONFLICTS),
    ):
        for region, count in parts.items():
            for number in range(count):
                events.append(
                    EventLine(
                        indicator,
                        region,
                        topics[number % len(topics)],
                        date(2024, 2, 10) + timedelta(days=27 * number),
                        cities.get(region, cities["astana"]),
                        24 + number,
                    )
                )
    rows = sample_rows()
    content = ReportContent(
        language=language,
        card=default_card(language),
        period=YEAR,
        as_of=date(2025, 1, 15),
        state_hash="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        rows=rows,
        regions=regions,
        centres=tuple(
            CentreLine(
                translator.label(centre),
                centre.region,
                centre.city[language],
                translator.label(lists.courts[centre.court]),
                date(2024, 12, 2) if centre.key == "turkistan" else date(2024, 1, 15),
            )
            for centre in lists.centres.values()
        ),
        packages=packages,
        missing=tuple(MissingLine(cities["atyrau"], Month(2024, n)) for n in (3, 4)),
        notes=tuple(NoteLine(*note) for note in NOTES[language]),
        events=tuple(events),
        printed=tuple(
            PrintedLine(title, made, handed)
            for title, made, handed in (
                ("«Отбасы және даму»", 7500, 7100),
                ("«Некеге тұрушыларға жадынама»", 7500, None),
            )
        ),
        definitions=tuple(
            Definition(key, DEFINITIONS[language])
            for key in BY_KEY
            if any(row.indicator == key for row in rows)
        ),
        category_rule=tuple(CategoryRule(key, RULES[language]) for key in lists.categories),
    )
    return replace(content, **changes)  # type: ignore[arg-type]


def empty_content(language: str = "kk") -> ReportContent:
    """A report for which nothing has come yet."""
    full = sample_content(language)
    rows = tuple(
        figure(key, None, region, state="missing", months=())
        for key in BY_KEY
        for region in (ALL, *classifiers().regions)
    )
    return replace(
        full,
        rows=rows,
        centres=(),
        packages=(),
        notes=(),
        events=(),
        printed=(),
        definitions=(),
        category_rule=(),
    )
