"""All figures of a period as rows: values, plans and states in the order of the report."""

from collections.abc import Iterator, Mapping, Sequence

from db.asof import make_tables
from db.figures.counting import Cells, Counts, count_cells
from db.figures.days import THEN, cells_of_day
from db.figures.kept import kept_cells
from db.figures.lines import substitutions
from db.figures.registers import Registers
from db.figures.states import MISSING, NOT_OPEN, REPORTED, States, declared
from db.session import Session
from pravo_desktop.domain.categories import CategoryRule
from pravo_desktop.domain.figures import ALL, NATIONAL, FigureRow
from pravo_desktop.domain.indicators import BY_KEY, INDICATORS, Indicator
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.resources import Classifiers


def compute_figures(
    session: Session,
    prefix: str,
    period: Period,
    *,
    rule: CategoryRule,
    registers: Registers,
    only: str | None = None,
) -> list[FigureRow]:
    """All figures of a period, in the order of `INDICATORS`.

    Creates temporary tables, so the connection must allow that.

    Args:
        prefix: the family of tables, ``own_``, ``merged_``, ``asof_`` or ``then_``.
        rule: the category rule of the report's year.
        registers: whose figures are expected.
        only: key of the one indicator that is wanted.

    Returns:
        For each indicator its regions, ``national`` and ``all``, each total followed by its
        breakdowns. A value is None while nothing was reported or nothing was open, and for a
        share of no answers. Rows by month carry the state of their own month, all others that of
        the period.

    Raises:
        NotKept: with ``then_`` for a period that is not kept with the day.
    """
    names = substitutions(prefix, period, rule, registers)
    cells = None
    if prefix == THEN:
        cells = cells_of_day(session, names)
    elif prefix in ("merged_", "asof_"):
        cells = kept_cells(session, names)
    if cells is None:
        if prefix == "asof_":
            make_tables(session)
        cells = count_cells(session, names, None if only is None else {only, "couples"})
    plans = read_plans(session, prefix, period)
    cells |= register_cells(registers, period, plans, cells["couples"])
    region_of = registers.region_of
    wanted = [one for one in INDICATORS if only in (one.key, None)]
    counts = {one.key: Counts(one, cells[one.key], region_of) for one in wanted}
    worked = {
        (centre, BY_KEY[key].section, month)
        for key, one in counts.items()
        for centre, month in one.worked
    }
    states = States(registers, period.months, declared(session, prefix), worked)
    return [
        row
        for indicator in wanted
        for region in _regions(counts[indicator.key], states, registers)
        for row in _rows(counts[indicator.key], region, states, plans, registers.classifiers)
    ]


def read_plans(session: Session, prefix: str, period: Period) -> dict[tuple[str, str], int]:
    """The planned values in force at the end of the period, by indicator and region."""
    rows = session.all(
        "SELECT indicator, region, value, max(valid_from || id) AS latest "
        f"FROM {prefix}plan_targets WHERE valid_from <= ? GROUP BY indicator, region",
        (period.to.isoformat(),),
    )
    return {(row["indicator"], row["region"]): row["value"] for row in rows}


def register_cells(
    registers: Registers,
    period: Period,
    plans: Mapping[tuple[str, str], int],
    couples: Cells,
) -> dict[str, Cells]:
    """The cells of the figures of the register of centres: one line for each centre that counts."""
    cells: dict[str, Cells] = {"centres_open": {}, "centres_reaching_plan": {}}
    for centre in registers.centres:
        line = (centre.key, centre.region, None, None)
        if centre.open_in_period(period):
            cells["centres_open"][line] = (1, 1)
        planned = plans.get(("couples", centre.region))
        served = couples.get((centre.key, None, None, None))
        if planned is not None and served is not None and served[0] >= planned:
            cells["centres_reaching_plan"][line] = (1, 1)
    return cells


def _regions(counts: Counts, states: States, registers: Registers) -> list[str]:
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
    counts: Counts,
    region: str,
    states: States,
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
            for key in counts.keys(region, breakdown, classifiers.entries(breakdown.keys)):
                yield row(breakdown.name, key, states.months)


def _plan(indicator: Indicator, region: str, plans: Mapping[tuple[str, str], int]) -> int | None:
    stated = plans.get((indicator.key, region))
    if stated is not None or region != ALL or indicator.counted == "share":
        return stated
    regional = [value for (key, _), value in plans.items() if key == indicator.key]
    return sum(regional) if regional else None
