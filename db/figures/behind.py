"""The records behind a figure, and behind every figure at once."""

from collections.abc import Sequence
from typing import NamedTuple

from db.asof import make_tables
from db.figures.counting import Cells, fill_stages
from db.figures.kept import ROOTS
from db.figures.lines import LINES, STAGES, substitutions
from db.figures.reads import is_dated
from db.figures.registers import Registers
from db.figures.rows import read_plans, register_cells
from db.session import Session
from pravo_desktop.domain.categories import CategoryRule
from pravo_desktop.domain.figures import ALL
from pravo_desktop.domain.indicators import BY_KEY
from pravo_desktop.domain.periods import Period


class CountedLine(NamedTuple):
    """A line that an indicator counts.

    Args:
        table, centre, record_id: of the record.
        region: that it counts for.
        keys: by the breakdowns of `breakdowns_of`, in their order.
        root: id of the case or event whose records it depends on; its own where there is none.
        package_id: number of the package whose version of it counts.
    """

    table: str
    centre: str
    record_id: str
    region: str
    keys: tuple[str | None, ...]
    root: str
    package_id: int


def breakdowns_of(indicator: str) -> tuple[str, ...]:
    """The breakdowns of an indicator that its lines tell."""
    names = (one.name for one in BY_KEY[indicator].breakdowns)
    return tuple(name for name in names if name != "month" or is_dated(indicator))


def lines_behind(
    session: Session,
    prefix: str,
    period: Period,
    *,
    rule: CategoryRule,
    registers: Registers,
    only: Sequence[str] = tuple(LINES),
) -> dict[str, list[CountedLine]]:
    """Every line that the indicators count, at headquarters; see `records_behind`.

    Args:
        prefix, period, rule, registers: as given to `compute_figures`.
        only: keys of the indicators that are wanted; those of the register have no lines.
    """
    if prefix == "asof_":
        make_tables(session)
    names = substitutions(prefix, period, rule, registers)
    fill_stages(session, names)
    region_of = registers.region_of
    found: dict[str, list[CountedLine]] = {}
    for indicator in only:
        if indicator not in LINES:
            continue
        table, lines = LINES[indicator]
        columns = breakdowns_of(indicator)
        column = ROOTS.get(table, "id")
        root = "l.id" if column == "id" else f"r.payload ->> '$.{column}'"
        own = "".join(f", l.{column}" for column in columns)
        rows = session.rows(
            f"SELECT l.centre, l.id, l.region, {root}, r.package_id{own} "
            f"FROM (SELECT DISTINCT centre, id, region{own.replace('l.', '')} "
            f"FROM ({lines.format(**names)})) l "
            f"CROSS JOIN {prefix}rows w ON w.centre = l.centre AND w.table_name = '{table}' "
            "AND w.record_id = l.id CROSS JOIN received_rows r ON r.id = w.received_row_id "
            f"ORDER BY l.centre, l.id{own}"
        )
        found[indicator] = [
            CountedLine(
                table,
                centre,
                record_id,
                region or region_of.get(centre, centre),
                tuple(keys),
                rooted or record_id,
                package_id,
            )
            for centre, record_id, region, rooted, package_id, *keys in rows
        ]
    return found


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

    Raises:
        KeyError: the indicator has no such breakdown.
    """
    if breakdown is not None and breakdown not in {
        one.name for one in BY_KEY[indicator].breakdowns
    }:
        raise KeyError(breakdown)
    if prefix == "asof_":
        make_tables(session)
    names = substitutions(prefix, period, rule, registers)
    stages = ", ".join(f"{name} AS ({sql})" for name, sql in STAGES.items())
    if BY_KEY[indicator].from_register:
        served: Cells = {
            (centre, None, None, None): (number, number)
            for centre, number in session.rows(
                f"WITH {stages} SELECT centre, count(DISTINCT case_id) FROM fig_visits "
                "WHERE couple GROUP BY centre".format(**names)
            )
        }
        plans = read_plans(session, prefix, period)
        counted = register_cells(registers, period, plans, served)[indicator]
        centres = sorted(one[0] for one in counted if region in (one[1], ALL))
        return [("centres", centre, centre) for centre in centres]
    table, lines = LINES[indicator]
    where = ["1"]
    parameters = {}
    if region != ALL:
        own = [f"'{centre}'" for centre, place in registers.region_of.items() if place == region]
        strangers = ", ".join(f"'{centre}'" for centre in registers.region_of)
        where.append(
            f"(region = :region OR region IS NULL AND (centre IN ({', '.join(own)}) "
            f"OR centre = :region AND centre NOT IN ({strangers})))"
        )
        parameters["region"] = region
    if breakdown is not None:
        where.append(f"{breakdown} = :key")
        parameters["key"] = key or ""
    rows = session.rows(
        f"WITH {stages} SELECT DISTINCT centre, id FROM ({lines}) ".format(**names)
        + f"WHERE {' AND '.join(where)} ORDER BY centre, id",
        parameters,
    )
    return [(table, centre, record_id) for centre, record_id in rows]
