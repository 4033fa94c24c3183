"""What each indicator counts: one SELECT of lines, and the conditions of the category rule.

Each indicator is one SELECT that yields one line per counted thing (for distinct counts one per
thing and month, profession, …). Figures count these lines and `records_behind` lists them, so that
a number always opens the records it was made of. The same text reads a centre (``own_``),
headquarters now (``merged_``) and headquarters as of a date (``asof_``). No line depends on the
records of another centre, nor those of a case on the records of another case.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from db.figures.registers import Registers
from pravo_desktop.domain.categories import CategoryRule, Predicate
from pravo_desktop.domain.indicators import CHILDREN, EVENT_INDICATORS, NOT_STATED
from pravo_desktop.domain.periods import Period

STAGES: Mapping[str, str] = MappingProxyType(
    {
        "fig_served": """
            SELECT x.centre, x.case_id, min(x.held_on) AS first_on
            FROM {p}consultations x
            CROSS JOIN {p}staff_members s ON s.centre = x.centre AND s.id = x.specialist_id
            GROUP BY x.centre, x.case_id""",
        # One line per consultation: grouping drops what the same specialist wrote twice on a day.
        "fig_visits": """
            SELECT x.centre, min(x.id) AS id, x.case_id, x.held_on,
                   substr(x.held_on, 1, 7) AS month, s.profession, k.kind IN ({couples}) AS couple
            FROM {p}consultations x
            CROSS JOIN {p}cases k ON k.centre = x.centre AND k.id = x.case_id
            CROSS JOIN {p}staff_members s ON s.centre = x.centre AND s.id = x.specialist_id
            WHERE x.held_on BETWEEN {first} AND {last}
            GROUP BY x.centre, x.case_id, x.held_on, x.specialist_id""",
        "fig_people": """
            SELECT x.centre, p.id, substr(x.held_on, 1, 7) AS month, s.profession,
                   {sex} AS sex, {category} AS category
            FROM {p}consultations x
            CROSS JOIN {p}cases k ON k.centre = x.centre AND k.id = x.case_id
            CROSS JOIN {p}staff_members s ON s.centre = x.centre AND s.id = x.specialist_id
            CROSS JOIN json_each(x.attendees) a
            CROSS JOIN {p}participants p
              ON p.centre = x.centre AND p.id = a.value AND p.case_id = x.case_id
            WHERE x.held_on BETWEEN {first} AND {last} AND p.role <> 'child'
            UNION ALL
            SELECT p.centre, p.id, v.month, v.profession, {sex}, {category}
            FROM {p}participants p
            CROSS JOIN (SELECT DISTINCT centre, case_id, month, profession FROM fig_visits) v
              ON v.centre = p.centre AND v.case_id = p.case_id
            WHERE p.role = 'child' AND (p.birth_year IS NULL OR {year} - p.birth_year < 18)""",
    }
)
"""Intermediate results that several indicators share, in order.

CROSS JOIN fixes the order of a join, which the planner misjudges without statistics.
"""

_REGION = "NULL AS region"
_CASE = "CROSS JOIN {p}cases k ON k.centre = x.centre AND k.id = x.case_id"
_SPECIALIST = "CROSS JOIN {p}staff_members s ON s.centre = x.centre AND s.id = x.specialist_id"
_SERVED = "CROSS JOIN fig_served v ON v.centre = x.centre AND v.case_id = x.case_id"
_EVENT = (
    "FROM {p}events e LEFT JOIN {p}staff_members s ON s.centre = e.centre AND s.id = e.leader_id"
)
_LEADER_LIVES = "(e.leader_id IS NULL OR s.id IS NOT NULL)"


def _dated(table: str, day: str, joins: str = "", *, amount: str = "1", where: str = "1") -> str:
    return (
        f"SELECT x.centre, {_REGION}, x.id, substr(x.{day}, 1, 7) AS month, {amount} AS amount "
        f"FROM {{p}}{table} x {joins} "
        f"WHERE x.{day} BETWEEN {{first}} AND {{last}} AND {where}"
    )


def _event(kind: str) -> str:
    return (
        "SELECT e.centre, e.region, e.id, substr(e.held_on, 1, 7) AS month, 1 AS amount "
        f"{_EVENT} WHERE e.kind = '{kind}' AND e.held_on BETWEEN {{first}} AND {{last}} "
        f"AND {_LEADER_LIVES}"
    )


_ANSWERS = f"""
    SELECT e.centre, e.region, x.id, substr(e.held_on, 1, 7) AS month,
           q.key AS question, q.value AS amount
    {_EVENT}
    CROSS JOIN {{p}}survey_sheets x ON x.centre = e.centre AND x.event_id = e.id
    CROSS JOIN json_each(json_object({{answers}})) q
    WHERE e.held_on BETWEEN {{first}} AND {{last}} AND {_LEADER_LIVES} AND q.value IS NOT NULL"""

LINES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "consultations": (
            "consultations",
            f"SELECT x.centre, {_REGION}, x.id, x.month, 1 AS amount, x.profession "
            f"FROM fig_visits x",
        ),
        "couples": (
            "cases",
            f"SELECT x.centre, {_REGION}, x.case_id AS id, x.month, x.profession "
            f"FROM fig_visits x WHERE x.couple",
        ),
        "participants": (
            "participants",
            f"SELECT x.centre, {_REGION}, x.id, x.month, x.sex, x.category, x.profession "
            f"FROM fig_people x",
        ),
        # ISO dates are ordered as text, so max() is the later of the two.
        "claims": (
            "claims",
            f"""
            SELECT centre, region, id, substr(day, 1, 7) AS month, 1 AS amount, kind FROM (
                SELECT x.centre, {_REGION}, x.id, x.kind,
                       max(coalesce(x.filed_month || '-01', ''), v.first_on) AS day
                FROM {{p}}claims x {_CASE} {_SERVED}
                WHERE x.filed_month IS NULL OR x.filed_month <= {{last}}
            ) WHERE day BETWEEN {{first}} AND {{last}}""",
        ),
        "outcomes": (
            "cases",
            f"""
            WITH latest AS (
                SELECT x.centre, x.case_id, x.kind, x.dated_on, max(x.dated_on || x.id)
                FROM {{p}}outcomes x {_CASE}
                WHERE x.dated_on <= {{last}} GROUP BY x.centre, x.case_id
            )
            SELECT x.centre, {_REGION}, x.case_id AS id, substr(x.dated_on, 1, 7) AS month, x.kind
            FROM latest x {_SERVED}
            WHERE x.dated_on >= {{first}} AND x.kind <> 'open' AND v.first_on <= {{last}}
            UNION ALL
            SELECT x.centre, {_REGION}, x.case_id, x.month, 'open'
            FROM fig_visits x
            LEFT JOIN latest o ON o.centre = x.centre AND o.case_id = x.case_id
            WHERE o.kind IS NULL OR o.kind = 'open'""",
        ),
        "studies": ("studies", _dated("studies", "held_on", f"{_CASE} {_SPECIALIST}")),
        "mediations": ("mediations", _dated("mediations", "contract_on", f"{_CASE} {_SPECIALIST}")),
        "advice": ("advice", _dated("advice", "held_on", _SPECIALIST)),
        "staff": (
            "staff_members",
            f"SELECT x.centre, {_REGION}, x.id, NULL AS month, 1 AS amount, x.profession "
            f"FROM {{p}}staff_members x WHERE x.employed_from <= {{last}} "
            "AND (x.employed_to IS NULL OR x.employed_to >= {first}) "
            "AND (x.home_centre IS NULL OR x.home_centre = x.centre)",
        ),
        "satisfaction": ("survey_sheets", _ANSWERS),
        "satisfaction_answers": (
            "survey_sheets",
            f"SELECT centre, region, id, month, question, 1 AS amount FROM ({_ANSWERS})",
        ),
        "publications": (
            "publications",
            _dated(
                "publications",
                "published_on",
                where="x.ownership = 'own' AND x.outlet_kind <> 'tv'",
            ),
        ),
        "local_publications": (
            "publications",
            _dated(
                "publications",
                "published_on",
                where="x.ownership IN ('partner', 'local') AND x.outlet_kind <> 'tv'",
            ),
        ),
        "tv_appearances": (
            "publications",
            _dated("publications", "published_on", where="x.outlet_kind = 'tv'"),
        ),
        "videos": ("videos", _dated("videos", "published_on")),
        "video_views": ("videos", _dated("videos", "published_on", amount="x.views")),
        "booklets": (
            "printed_materials",
            _dated(
                "printed_materials",
                "ordered_on",
                amount="x.copies_made",
                where="x.copies_made > 0",
            ),
        ),
        **{key: ("events", _event(kind)) for key, kind in EVENT_INDICATORS.items()},
    }
)
"""The table of the counted records and the lines of each indicator: centre, region, id, month,
amount (for distinct counts none) and a column for each further breakdown.

A region that is NULL is the centre's own. Figures of the register of centres have no SELECT.
"""


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _quoted_list(texts: Iterable[str]) -> str:
    return ", ".join(_quoted(text) for text in sorted(texts))


def _condition(predicate: Predicate, age: str) -> str:
    """The SQL condition of a line of the category rule; the counterpart of `Predicate.holds`."""
    parts = [
        f"p.{name} IN ({_quoted_list(keys)})"
        for name in ("role", "disability", "occupation")
        if (keys := getattr(predicate, name)) is not None
    ]
    bounds = [
        f"{age} {operator} {bound:d}"
        for operator, bound in ((">=", predicate.age_from), ("<=", predicate.age_to))
        if bound is not None
    ]
    if bounds:
        # Nothing is known of an age that is not stated: NULL is neither above nor below.
        unknown = " OR p.birth_year IS NULL" if predicate.or_age_unknown else ""
        parts.append(f"({' AND '.join(bounds)}{unknown})")
    return " AND ".join(parts) or "1"


def substitutions(
    prefix: str, period: Period, rule: CategoryRule, registers: Registers
) -> dict[str, str]:
    """What the SELECTs leave open: the tables, the period, the category rule, the coded lists."""
    age = f"({period.to.year:d} - p.birth_year)"
    cases = " ".join(
        f"WHEN {_condition(one, age)} THEN {_quoted(one.category)}" for one in rule.predicates
    )
    questions = registers.classifiers.kinds["survey_question"]
    return {
        "p": prefix,
        "first": _quoted(period.from_.isoformat()),
        "last": _quoted(period.to.isoformat()),
        "year": str(period.to.year),
        "couples": _quoted_list(registers.classifiers.couple_kinds()),
        "answers": ", ".join(f"{_quoted(key)}, x.{key}" for key in questions),
        "category": f"CASE {cases} END",
        "sex": (
            f"CASE WHEN p.role = 'child' THEN '{CHILDREN}' WHEN p.sex = 'male' THEN 'men' "
            f"WHEN p.sex = 'female' THEN 'women' ELSE '{NOT_STATED}' END"
        ),
    }
