"""Counting: the figures of a period, computed in the database, and the records behind each.

Each indicator is one SELECT that yields one line per counted thing (for distinct counts one per
thing and month, profession, …). Figures count these lines and `records_behind` lists them, so that
a number always opens the records it was made of. The same text reads a centre (``own_``),
headquarters now (``merged_``) and headquarters as of a date (``asof_``).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from db.session import Session
from pravo_desktop.domain.categories import CategoryRule, Predicate
from pravo_desktop.domain.figures import ALL, NATIONAL, FigureRow
from pravo_desktop.domain.indicators import (
    BY_KEY,
    CHILDREN,
    EVENT_INDICATORS,
    INDICATORS,
    NOT_STATED,
    Breakdown,
    Indicator,
)
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.resources import Classifiers

REPORTED = "reported"
ZERO = "zero"
PARTIAL = "partial"
MISSING = "missing"
NOT_OPEN = "not_open"
_UNCLOSED = "unclosed"
"""A month with records of a section that the lead has not closed yet."""


@dataclass(frozen=True, slots=True)
class RegisteredCentre:
    """A centre of the register: open from ``opened_on`` through ``closed_on``, None is no bound."""

    key: str
    region: str
    opened_on: date | None = None
    closed_on: date | None = None

    def open_in(self, month: Month) -> bool:
        """Whether the centre was open on at least one day of the month."""
        begun = self.opened_on is None or self.opened_on <= month.last_day
        return begun and (self.closed_on is None or self.closed_on >= month.first_day)


@dataclass(frozen=True, slots=True)
class Registers:
    """Whose figures are expected.

    Args:
        classifiers: the coded lists and who owes which section.
        regions: keys of the regions in the order of the report.
        centres: the register of centres.
        national: whether headquarters' own work is expected too.
    """

    classifiers: Classifiers
    regions: tuple[str, ...]
    centres: tuple[RegisteredCentre, ...]
    national: bool = True


def read_registers(
    session: Session, prefix: str, classifiers: Classifiers, *, only: str | None = None
) -> Registers:
    """The registers that came with the program, overridden by headquarters' records by key.

    Args:
        prefix: the family of tables, ``own_``, ``merged_`` or ``asof_``.
        only: a centre's key, where the figures are its own alone; None for all.
    """
    regions = dict.fromkeys(classifiers.regions)
    regions |= dict.fromkeys(
        row["key"] for row in session.all(f"SELECT key FROM {prefix}regions ORDER BY key")
    )
    centres = {
        item.key: RegisteredCentre(item.key, item.region, item.opened_on, item.closed_on)
        for item in classifiers.centres.values()
    }
    for row in session.all(f"SELECT * FROM {prefix}centres ORDER BY id"):
        centres[row["key"]] = RegisteredCentre(
            row["key"], row["region"], _date(row["opened_on"]), _date(row["closed_on"])
        )
    if only is None:
        return Registers(classifiers, tuple(regions), tuple(centres.values()))
    own = tuple(centre for centre in centres.values() if centre.key == only)
    return Registers(
        classifiers, tuple(centre.region for centre in own), own, national=only == NATIONAL
    )


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


# --- The SELECT of each indicator ----------------------------------------------------------------

_STAGES: Mapping[str, str] = MappingProxyType(
    {
        "fig_register": """
            SELECT value ->> 'key' AS centre, value ->> 'region' AS region,
                   value ->> 'opened_on' AS opened_on, value ->> 'closed_on' AS closed_on
            FROM json_each({register})""",
        "fig_plans": """
            SELECT indicator, region, value, max(valid_from || id) AS latest
            FROM {p}plan_targets WHERE valid_from <= {last} GROUP BY indicator, region""",
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

_REGION = "coalesce(r.region, x.centre) AS region"
_REGISTER = "LEFT JOIN fig_register r ON r.centre = x.centre"
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
        f"FROM {{p}}{table} x {joins} {_REGISTER} "
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

_LINES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "consultations": (
            "consultations",
            f"SELECT x.centre, {_REGION}, x.id, x.month, 1 AS amount, x.profession "
            f"FROM fig_visits x {_REGISTER}",
        ),
        "couples": (
            "cases",
            f"SELECT x.centre, {_REGION}, x.case_id AS id, x.month, x.profession "
            f"FROM fig_visits x {_REGISTER} WHERE x.couple",
        ),
        "participants": (
            "participants",
            f"SELECT x.centre, {_REGION}, x.id, x.month, x.sex, x.category, x.profession "
            f"FROM fig_people x {_REGISTER}",
        ),
        # ISO dates are ordered as text, so max() is the later of the two.
        "claims": (
            "claims",
            f"""
            SELECT centre, region, id, substr(day, 1, 7) AS month, 1 AS amount, kind FROM (
                SELECT x.centre, {_REGION}, x.id, x.kind,
                       max(coalesce(x.filed_month || '-01', ''), v.first_on) AS day
                FROM {{p}}claims x {_CASE} {_SERVED} {_REGISTER}
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
            FROM latest x {_SERVED} {_REGISTER}
            WHERE x.dated_on >= {{first}} AND x.kind <> 'open' AND v.first_on <= {{last}}
            UNION ALL
            SELECT x.centre, {_REGION}, x.case_id, x.month, 'open'
            FROM fig_visits x
            LEFT JOIN latest o ON o.centre = x.centre AND o.case_id = x.case_id {_REGISTER}
            WHERE o.kind IS NULL OR o.kind = 'open'""",
        ),
        "studies": ("studies", _dated("studies", "held_on", f"{_CASE} {_SPECIALIST}")),
        "mediations": ("mediations", _dated("mediations", "contract_on", f"{_CASE} {_SPECIALIST}")),
        "advice": ("advice", _dated("advice", "held_on", _SPECIALIST)),
        "staff": (
            "staff_members",
            f"SELECT x.centre, {_REGION}, x.id, NULL AS month, 1 AS amount, x.profession "
            f"FROM {{p}}staff_members x {_REGISTER} WHERE x.employed_from <= {{last}} "
            "AND (x.employed_to IS NULL OR x.employed_to >= {first}) "
            "AND (x.home_centre IS NULL OR x.home_centre = x.centre)",
        ),
        "centres_open": (
            "centres",
            "SELECT centre, region, centre AS id, NULL AS month, 1 AS amount FROM fig_register "
            "WHERE (opened_on IS NULL OR opened_on <= {last}) "
            "AND (closed_on IS NULL OR closed_on >= {first})",
        ),
        "centres_reaching_plan": (
            "centres",
            "SELECT r.centre, r.region, r.centre AS id, NULL AS month, 1 AS amount "
            "FROM fig_register r "
            "JOIN fig_plans t ON t.indicator = 'couples' AND t.region = r.region "
            "JOIN (SELECT centre, count(DISTINCT case_id) AS couples FROM fig_visits "
            "WHERE couple GROUP BY centre) v ON v.centre = r.centre AND v.couples >= t.value",
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
amount (for distinct counts none) and a column for each further breakdown."""


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


def _substitutions(
    prefix: str, period: Period, rule: CategoryRule, registers: Registers
) -> dict[str, str]:
    age = f"({period.to.year:d} - p.birth_year)"
    cases = " ".join(
        f"WHEN {_condition(one, age)} THEN {_quoted(one.category)}" for one in rule.predicates
    )
    register = [
        {
            "key": centre.key,
            "region": centre.region,
            "opened_on": centre.opened_on and centre.opened_on.isoformat(),
            "closed_on": centre.closed_on and centre.closed_on.isoformat(),
        }
        for centre in registers.centres
    ]
    questions = registers.classifiers.kinds["survey_question"]
    return {
        "p": prefix,
        "first": _quoted(period.from_.isoformat()),
        "last": _quoted(period.to.isoformat()),
        "year": str(period.to.year),
        "couples": _quoted_list(registers.classifiers.couple_kinds()),
        "register": _quoted(json.dumps(register, ensure_ascii=False)),
        "answers": ", ".join(f"{_quoted(key)}, x.{key}" for key in questions),
        "category": f"CASE {cases} END",
        "sex": (
            f"CASE WHEN p.role = 'child' THEN '{CHILDREN}' WHEN p.sex = 'male' THEN 'men' "
            f"WHEN p.sex = 'female' THEN 'women' ELSE '{NOT_STATED}' END"
        ),
    }


# --- Records behind a number ---------------------------------------------------------------------


def records_behind(
    session: Session,
    prefix: str,
    period: Period,
    indicator: str,
    region: str,
    breakdown: str | None = None,
    key: str | None = None,
    *,
    rule: CategoryRule,
    registers: Registers,
) -> list[tuple[str, str, str]]:
    """The records that a figure was counted from.

    Args:
        prefix, period, rule, registers: as given to `compute_figures`.
        indicator, region, breakdown, key: as in the `FigureRow`.

    Returns:
        Table, centre and id of each, ordered by centre and id. A consultation written twice is
        listed once; a centre of the register has its key as its id; outcomes list the cases.
    """
    table, lines = _LINES[indicator]
    names = _substitutions(prefix, period, rule, registers)
    stages = ", ".join(f"{name} AS ({sql})" for name, sql in _STAGES.items())
    where = ["1"]
    parameters = {}
    if region != ALL:
        where.append("region = :region")
        parameters["region"] = region
    if breakdown is not None:
        known = {item.name for item in BY_KEY[indicator].breakdowns}
        if breakdown not in known:
            raise KeyError(breakdown)
        where.append(f"{breakdown} = :key")
        parameters["key"] = key or ""
    sql = (
        f"WITH {stages} SELECT DISTINCT centre, id FROM ({lines}) "
        f"WHERE {' AND '.join(where)} ORDER BY centre, id"
    )
    rows = session.all(sql.format(**names), parameters)
    return [(table, row["centre"], row["id"]) for row in rows]


# --- Counting ------------------------------------------------------------------------------------


_Cell = tuple[str, str | None, str | None]
"""Region or ``all``, breakdown and key."""


class _Counts:
    """The counted lines of one indicator.

    ``amounts`` and ``lines`` are by region, breakdown and key; ``worked`` are the centres and
    months that have lines.
    """

    def __init__(self, indicator: Indicator) -> None:
        self.indicator = indicator
        self.amounts: dict[_Cell, int] = defaultdict(int)
        self.lines: dict[_Cell, int] = defaultdict(int)
        self.worked: set[tuple[str, str]] = set()

    def add(self, region: str, breakdown: str | None, key: str | None, amount: int, n: int) -> None:
        # A record that names "all" as its region is counted once, and the regions do not add up.
        for place in dict.fromkeys((region, ALL)):
            self.amounts[place, breakdown, key] += amount
            self.lines[place, breakdown, key] += n

    def value(self, cell: _Cell) -> int | float | None:
        amount, lines = self.amounts.get(cell, 0), self.lines.get(cell, 0)
        if self.indicator.counted != "share":
            return amount
        # amount / (5 * lines) in hundredths of a percent, halves up, in whole numbers.
        return (amount * 4000 + lines) // (2 * lines) / 100 if lines else None

    def regions(self) -> list[str]:
        """Regions with lines."""
        return sorted({region for region, _, _ in self.lines} - {ALL})

    def keys(self, region: str, breakdown: Breakdown, listed: Iterable[str]) -> list[str]:
        """The listed keys, then others that occur in the region, such as *not stated*."""
        found = {
            key for place, name, key in self.lines if place == region and name == breakdown.name
        }
        keys = dict.fromkeys(listed)
        others = sorted(key for key in found if key is not None and key not in keys)
        return [*keys, *others]


def _count(session: Session, indicator: Indicator, names: Mapping[str, str]) -> _Counts:
    counts = _Counts(indicator)
    lines = _LINES[indicator.key][1].format(**names)
    distinct = indicator.counted == "distinct"
    together = [item.name for item in indicator.breakdowns if item.partition or not distinct]
    amount, n = ("count(DISTINCT id)",) * 2 if distinct else ("sum(amount)", "count(*)")

    def grouped(columns: Sequence[str]) -> Iterator[dict[str, int | str]]:
        by = ", ".join(("centre", "region", *columns))
        sql = f"SELECT {by}, {amount} AS amount, {n} AS n FROM ({lines}) GROUP BY {by}"
        yield from session.all(sql)

    first = together if distinct else list(dict.fromkeys([*together, "month"]))
    for row in grouped(first):
        region, value, number = str(row["region"]), int(row["amount"]), int(row["n"])
        counts.add(region, None, None, value, number)
        for name in together:
            counts.add(region, name, str(row[name]), value, number)
        if row.get("month") is not None:
            counts.worked.add((str(row["centre"]), str(row["month"])))
    for item in indicator.breakdowns:
        if item.name not in together:
            for row in grouped([item.name]):
                number = int(row["n"])
                counts.add(str(row["region"]), item.name, str(row[item.name]), number, number)
    return counts


def _all_counts(session: Session, names: Mapping[str, str]) -> dict[str, _Counts]:
    for stage, sql in _STAGES.items():
        session.execute(f"DROP TABLE IF EXISTS temp.{stage}")
        session.execute(f"CREATE TEMP TABLE {stage} AS {sql.format(**names)}")
    return {item.key: _count(session, item, names) for item in INDICATORS}


# --- States --------------------------------------------------------------------------------------


class _States:
    """What the centres said of each section and month."""

    def __init__(
        self,
        registers: Registers,
        months: tuple[Month, ...],
        declared: Mapping[tuple[str, str, str], str],
        worked: set[tuple[str, str, str]],
    ) -> None:
        self._registers = registers
        self._declared = declared
        self._worked = worked
        self.months = months
        self._headquarters = RegisteredCentre(NATIONAL, NATIONAL)

    def owes(self, section: str, workplace: str) -> bool:
        return workplace in self._registers.classifiers.sections[section].reported_by

    def owing(self, section: str, region: str) -> list[RegisteredCentre]:
        """The centres, with headquarters among them, on whose word a region's figure stands."""
        centres = [
            centre
            for centre in self._registers.centres
            if self.owes(section, "centre") and region in (centre.region, ALL)
        ]
        national_alone = not self.owes(section, "centre")
        if self._registers.national and self.owes(section, "national"):
            centres += [self._headquarters] if national_alone or region in (NATIONAL, ALL) else []
        return centres

    def _of(self, centre: RegisteredCentre, section: str, month: Month) -> str:
        if not centre.open_in(month):
            return NOT_OPEN
        cell = (centre.key, section, str(month))
        return self._declared.get(cell) or (_UNCLOSED if cell in self._worked else MISSING)

    def rolled_up(
        self, section: str, region: str, months: Sequence[Month], *, lines: bool
    ) -> tuple[str, tuple[str, ...]]:
        """The state of a region's figure over some months, and those wholly reported or zero."""
        owing = self.owing(section, region)
        by_month = {
            month: {self._of(centre, section, month) for centre in owing} - {NOT_OPEN}
            for month in months
        }
        said = {REPORTED, ZERO}
        complete = tuple(str(m) for m, states in by_month.items() if states and states <= said)
        states = set().union(*by_month.values())
        if not states:
            return (REPORTED if lines else NOT_OPEN), complete
        if states == {ZERO} and not lines:
            return ZERO, complete
        if states == {MISSING} and not lines:
            return MISSING, complete
        return (REPORTED if states <= said else PARTIAL), complete


def _declared(session: Session, prefix: str) -> dict[tuple[str, str, str], str]:
    rows = session.all(
        f"SELECT centre, section, month, state FROM {prefix}section_states "
        f"WHERE state IN ('{REPORTED}', '{ZERO}') ORDER BY id"
    )
    return {(row["centre"], row["section"], row["month"]): row["state"] for row in rows}


# --- The rows ------------------------------------------------------------------------------------


def compute_figures(
    session: Session,
    prefix: str,
    period: Period,
    *,
    rule: CategoryRule,
    registers: Registers,
) -> list[FigureRow]:
    """All figures of a period, in the order of `INDICATORS`.

    Creates temporary tables, so the connection must allow that.

    Args:
        prefix: the family of tables, ``own_``, ``merged_`` or ``asof_``.
        rule: the category rule of the report's year.
        registers: whose figures are expected.

    Returns:
        For each indicator its regions, ``national`` and ``all``, each total followed by its
        breakdowns. A value is None while nothing was reported or nothing was open, and for a
        share of no answers. Rows by month carry the state of their own month, all others that of
        the period.
    """
    names = _substitutions(prefix, period, rule, registers)
    counts = _all_counts(session, names)
    worked = {
        (centre, BY_KEY[key].section, month)
        for key, one in counts.items()
        for centre, month in one.worked
    }
    states = _States(registers, period.months, _declared(session, prefix), worked)
    plans = {
        (row["indicator"], row["region"]): row["value"]
        for row in session.all("SELECT indicator, region, value FROM fig_plans")
    }
    return [
        row
        for indicator in INDICATORS
        for region in _regions(counts[indicator.key], states, registers)
        for row in _rows(counts[indicator.key], region, states, plans, registers.classifiers)
    ]


def _regions(counts: _Counts, states: _States, registers: Registers) -> list[str]:
    indicator = counts.indicator
    found = counts.regions()
    if indicator.key == "centres_reaching_plan":
        return [ALL]
    owed_by_centres = indicator.from_register or states.owes(indicator.section, "centre")
    regions = [one for one in registers.regions if owed_by_centres or one in found]
    others = [one for one in found if one not in registers.regions and one != NATIONAL]
    owed = not indicator.from_register and registers.national
    owed = owed and states.owes(indicator.section, "national")
    return [*regions, *others, *([NATIONAL] if owed or NATIONAL in found else []), ALL]


def _rows(
    counts: _Counts,
    region: str,
    states: _States,
    plans: Mapping[tuple[str, str], int],
    classifiers: Classifiers,
) -> Iterator[FigureRow]:
    indicator = counts.indicator

    def row(breakdown: str | None, key: str | None, months: Sequence[Month]) -> FigureRow:
        cell = (region, breakdown, key)
        if indicator.from_register:
            state, complete = REPORTED, tuple(str(month) for month in months)
        else:
            lines = counts.lines.get(cell if breakdown == "month" else (region, None, None), 0) > 0
            state, complete = states.rolled_up(indicator.section, region, months, lines=lines)
        return FigureRow(
            indicator=indicator.key,
            region=region,
            breakdown=breakdown,
            key=key,
            value=None if state in (MISSING, NOT_OPEN) else counts.value(cell),
            plan=_plan(indicator, region, plans) if breakdown is None else None,
            state=state,
            months=complete,
        )

    total = row(None, None, states.months)
    yield total
    if total.value is None:
        return
    for breakdown in indicator.breakdowns:
        if breakdown.keys is None:
            for month in states.months:
                yield row(breakdown.name, str(month), [month])
        else:
            for key in counts.keys(region, breakdown, _keys(breakdown.keys, classifiers)):
                yield row(breakdown.name, key, states.months)


def _keys(source: str, classifiers: Classifiers) -> Iterable[str]:
    return classifiers.entries(source)


def _plan(indicator: Indicator, region: str, plans: Mapping[tuple[str, str], int]) -> int | None:
    stated = plans.get((indicator.key, region))
    if stated is not None or region != ALL or indicator.counted == "share":
        return stated
    regional = [value for (key, _), value in plans.items() if key == indicator.key]
    return sum(regional) if regional else None


# --- What must add up ---------------------------------------------------------------------------

Check = Literal["regions", "breakdown", "children", "adults"]


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Figures of a report that should add up and do not.

    Args:
        check: ``regions``: the regions against ``all``; ``breakdown``: the keys of a breakdown
            against the total; ``children`` and ``adults``: participants by sex against those by
            category.
        indicator, region, breakdown, key: of the figure that was checked, as in `FigureRow`.
        stated: its value.
        computed: what the other figures give.
    """

    check: Check
    indicator: str
    region: str
    breakdown: str | None
    key: str | None
    stated: int
    computed: int


def cross_foot(rows: Iterable[FigureRow]) -> list[Discrepancy]:
    """Every sum in a report that fails, in the order of its rows; shares have none.

    Args:
        rows: the figures as they are printed or as they were published.
    """
    listed = [row for row in rows if BY_KEY[row.indicator].counted != "share"]
    return [*_regions_against_all(listed), *_breakdowns_against_totals(listed)]


def _regions_against_all(rows: Sequence[FigureRow]) -> Iterator[Discrepancy]:
    sums: dict[tuple[str, str | None, str | None], int] = defaultdict(int)
    stated: dict[tuple[str, str | None, str | None], int] = defaultdict(int)
    for row in rows:
        if row.indicator != "centres_reaching_plan":
            target = stated if row.region == ALL else sums
            target[row.indicator, row.breakdown, row.key] += int(row.value or 0)
    for cell in dict.fromkeys([*stated, *sums]):
        if stated[cell] != sums[cell]:
            indicator, breakdown, key = cell
            yield Discrepancy("regions", indicator, ALL, breakdown, key, stated[cell], sums[cell])


def _breakdowns_against_totals(rows: Sequence[FigureRow]) -> Iterator[Discrepancy]:
    parts: dict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
    for row in rows:
        if row.breakdown is not None and row.key is not None:
            cell = (row.indicator, row.region, row.breakdown)
            parts[cell][row.key] = int(row.value or 0)
    for row in rows:
        if row.breakdown is not None or row.value is None:
            continue
        for breakdown in BY_KEY[row.indicator].breakdowns:
            computed = sum(parts[row.indicator, row.region, breakdown.name].values())
            if breakdown.partition and computed != row.value:
                yield Discrepancy(
                    "breakdown",
                    row.indicator,
                    row.region,
                    breakdown.name,
                    None,
                    int(row.value),
                    computed,
                )
        if row.indicator == "participants":
            sexes, categories = (
                parts[row.indicator, row.region, name] for name in ("sex", "category")
            )
            yield from _people_against_categories(row.region, sexes, categories)


def _people_against_categories(
    region: str, sexes: Mapping[str, int], categories: Mapping[str, int]
) -> Iterator[Discrepancy]:
    children = sexes.get(CHILDREN, 0), categories.get(CHILDREN, 0)
    adults = sum(sexes.values()) - children[0], sum(categories.values()) - children[1]
    if children[0] != children[1]:
        yield Discrepancy("children", "participants", region, "category", CHILDREN, *children[::-1])
    if adults[0] != adults[1]:
        yield Discrepancy("adults", "participants", region, "category", None, *adults[::-1])
