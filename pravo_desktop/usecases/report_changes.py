"""A published report beside what counts now: figures, and the packages behind each change."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from db.figures import breakdowns_of, lines_behind, read_registers
from db.figures.reads import is_dated, tables_read
from db.merge import merge_as_of
from db.session import Session
from exports.report.changes import (
    ChangedCell,
    Changes,
    ChangingPackage,
    ChangingReason,
    SupplementLine,
    Value,
)
from pravo_desktop.domain.figures import ALL, FigureRow
from pravo_desktop.domain.indicators import BY_KEY
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.figures import merged_as_of, project_figures
from pravo_desktop.usecases.journal import effective_as_of
from pravo_desktop.usecases.received import received_lines
from pravo_desktop.usecases.reports import Reader
from pravo_desktop.usecases.rules import category_rule_for

Place = tuple[str, str, str | None, str | None]
"""Indicator, region, breakdown, key."""

_DAYS = ("held_on", "dated_on", "contract_on", "published_on", "ordered_on", "proposed_on", "month")
"""Columns by which a record belongs to a month."""


@dataclass(frozen=True)
class _Touch:
    """A record that a package changed; ``root`` as of `CountedLine`."""

    table: str
    region: str
    centre: str
    record_id: str
    root: str
    package_id: int

    @property
    def record(self) -> tuple[str, str, str]:
        """Centre, table and id."""
        return self.centre, self.table, self.record_id


Counted = dict[Place, dict[tuple[str, str], str]]
"""The records behind a figure: of each centre and id its root."""


def changes_since(
    session: Session, published: Mapping[str, Any], as_of: date, language: str
) -> Changes:
    """What became of a published report by a day.

    Figures whose records belong to months are compared over the months that the report had; others,
    such as staff, over its whole period.

    Args:
        published: a row of ``published_reports``.
    """
    period = Period(_day(published["first_day"]), _day(published["last_day"]))
    covered = Period(period.from_, _day(published["covered_to"]))
    rest = Period(covered.to + timedelta(days=1), period.to) if covered.to < period.to else None
    before = _published_rows(published)
    whole_figures = project_figures(session, period, as_of)
    whole = {_place(row): row for row in whole_figures.rows}
    then = set(json.loads(published["packages"]))
    now = whole if rest is None else _rows(session, covered, as_of)
    remaining = {} if rest is None else _rows(session, rest, as_of)
    after = {
        place: (now if is_dated(place[0]) else whole).get(place)
        for place in dict.fromkeys((*before, *now))
        if place[2] != "month" or _in(place[3], covered)
    }
    changed = {
        place: (was, _value(row))
        for place, row in after.items()
        if (was := _value(before.get(place))) != _value(row)
    }
    merge_as_of(session, then, effective_as_of(session, None))
    earlier = _counted(session, "asof_", {place: period for place in changed})
    touches = _touches(session, then, as_of, covered.to)
    prefix = merged_as_of(session, as_of)
    periods = {place: covered if is_dated(place[0]) else period for place in changed}
    later = _counted(session, prefix, periods)
    found = [
        (
            place,
            was,
            value,
            _behind(place, was, value, touches, earlier.get(place, {}), later.get(place, {})),
        )
        for place, (was, value) in changed.items()
    ]
    reader = Reader(session, whole_figures, language)
    named = {one for *_, behind in found for one in behind}
    packages = _packages(session, {one.package_id for one in named}, as_of, reader)
    numbers = {package_id: one.number for package_id, one in packages.items()}
    reasons, given = _reasons(session, prefix, named, reader)
    return Changes(
        language=language,
        card=reader.card(),
        places=reader.regions,
        period=period,
        covered=covered,
        rest=rest,
        published_on=_day(published["published_at"][:10]),
        published_as_of=_day(published["as_of"]),
        published_hash=published["state_hash"],
        as_of=as_of,
        state_hash=whole_figures.state_hash,
        cells=tuple(
            ChangedCell(
                *place,
                was,
                value,
                tuple(sorted({numbers[one.package_id] for one in behind})),
                tuple(sorted({number for one in behind for number in given.get(one.record, ())})),
            )
            for place, was, value, behind in found
        ),
        packages=tuple(packages.values()),
        reasons=reasons,
        lines=() if rest is None else tuple(_lines(before, now, remaining, whole)),
    )


def _published_rows(published: Mapping[str, Any]) -> dict[Place, FigureRow]:
    rows = (
        FigureRow(**{**one, "months": tuple(one["months"])})
        for one in json.loads(published["figures"])
    )
    return {_place(row): row for row in rows}


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _in(month: str | None, period: Period) -> bool:
    return month is not None and Month.parse(month) in period.months


def _place(row: FigureRow) -> Place:
    return row.indicator, row.region, row.breakdown, row.key


def _value(row: FigureRow | None) -> Value:
    return None if row is None else row.value


def _rows(session: Session, period: Period, as_of: date) -> dict[Place, FigureRow]:
    rows = project_figures(session, period, as_of, hashed=False).rows
    return {_place(row): row for row in rows}


def _lines(
    before: Mapping[Place, FigureRow],
    now: Mapping[Place, FigureRow],
    rest: Mapping[Place, FigureRow],
    whole: Mapping[Place, FigureRow],
) -> Iterator[SupplementLine]:
    for place, row in whole.items():
        indicator, _, breakdown, _ = place
        if not is_dated(indicator) or breakdown == "month" or BY_KEY[indicator].counted == "share":
            continue
        if row.value is None:
            continue
        published, covered, remaining = (_value(rows.get(place)) for rows in (before, now, rest))
        yield SupplementLine(
            *place,
            published=published,
            corrected=(covered or 0) - (published or 0),
            rest=remaining,
            repeated=(covered or 0) + (remaining or 0) - row.value,
            whole=row.value,
        )


def _touches(session: Session, then: set[int], as_of: date, last_day: date) -> set[_Touch]:
    """Which packages changed records of the months through ``last_day`` since ``then``.

    The merge of ``then`` must be in the tables ``asof_*``.
    """
    moved = then ^ effective_as_of(session, as_of)
    session.execute("DROP TABLE IF EXISTS temp.published_rows")
    session.execute(
        "CREATE TEMP TABLE published_rows AS SELECT a.*, r.payload, r.package_id "
        "FROM temp.asof_rows a JOIN received_rows r ON r.id = a.received_row_id"
    )
    session.execute(
        "CREATE INDEX temp.published_rows_record ON published_rows (record_id, table_name)"
    )
    prefix = merged_as_of(session, as_of)
    rows = "temp.asof_rows" if prefix == "asof_" else "merged_rows"
    session.execute("DROP TABLE IF EXISTS temp.present_rows")
    session.execute(
        f"CREATE TEMP TABLE present_rows AS SELECT a.*, r.payload, r.package_id FROM {rows} a "
        "JOIN received_rows r ON r.id = a.received_row_id"
    )
    session.execute("CREATE INDEX temp.present_rows_record ON present_rows (record_id, table_name)")
    day = ", ".join(f"{{0}}.payload ->> '$.{column}'" for column in _DAYS)
    case = (
        "CASE {0}.table_name WHEN 'cases' THEN {0}.record_id ELSE {0}.payload ->> '$.case_id' END"
    )
    centres = {
        row["key"]: row["region"] for row in session.all(f"SELECT key, region FROM {prefix}centres")
    }
    found = set()
    for one, other in (("present_rows", "published_rows"), ("published_rows", "present_rows")):
        lines = session.all(
            f"SELECT o.centre, o.table_name, o.record_id, o.package_id, "
            "o.payload ->> '$.region' AS region, coalesce(o.payload ->> '$.case_id', "
            "o.payload ->> '$.event_id', o.record_id) AS root "
            f"FROM temp.{one} o LEFT JOIN temp.{other} p ON p.record_id = o.record_id "
            "AND p.table_name = o.table_name AND p.centre = o.centre "
            "WHERE p.row_hash IS NOT o.row_hash "
            f"AND (substr(coalesce({day.format('o')}, ''), 1, 10) <= :last "
            f"OR substr(coalesce({day.format('p')}, '9'), 1, 10) <= :last) "
            f"AND (p.row_hash IS NOT NULL OR {case.format('o')} IS NULL OR EXISTS ("
            f"SELECT 1 FROM {prefix}consultations c WHERE c.centre = o.centre "
            f"AND c.case_id = {case.format('o')} AND c.held_on <= :last))",
            {"last": last_day.isoformat()},
        )
        found |= {
            _Touch(
                row["table_name"],
                row["region"] or centres.get(row["centre"]) or _registered(row["centre"]),
                row["centre"],
                row["record_id"],
                row["root"],
                row["package_id"],
            )
            for row in lines
            if row["package_id"] in moved
        }
    return found


def _registered(centre: str) -> str:
    known = classifiers().centres.get(centre)
    return known.region if known else centre


def _counted(session: Session, prefix: str, periods: Mapping[Place, Period]) -> Counted:
    """The records behind some figures.

    Args:
        periods: over which each is counted.
    """
    found: Counted = {place: {} for place in periods}
    registers = read_registers(session, prefix, classifiers())
    for period in dict.fromkeys(periods.values()):
        wanted = {place for place, one in periods.items() if one == period}
        lines = lines_behind(
            session,
            prefix,
            period,
            rule=category_rule_for(session, prefix, period.to.year),
            registers=registers,
            only=sorted({place[0] for place in wanted}),
        )
        for indicator, of_indicator in lines.items():
            names = breakdowns_of(indicator)
            for line in of_indicator:
                parts = [(None, None), *zip(names, line.keys, strict=True)]
                for region in (line.region, ALL):
                    for breakdown, key in parts:
                        place = (indicator, region, breakdown, key)
                        if place in wanted:
                            found[place][line.centre, line.record_id] = line.root
    return found


def _behind(
    place: Place,
    before: Value,
    after: Value,
    touches: set[_Touch],
    earlier: Mapping[tuple[str, str], str],
    later: Mapping[tuple[str, str], str],
) -> frozenset[_Touch]:
    """The changes of records, with their packages, that changed a figure.

    Those that touched the case or event of a record which counts only before or only now, or for a
    sum the record itself; where that explains nothing, such as after a change of the staff, those
    that touched anything which such a figure reads, in the region if there are any.

    Args:
        earlier, later: the records behind it.
    """
    indicator, region, _, _ = place
    tables = tables_read(indicator)
    touching = [one for one in touches if one.table in tables]
    others = earlier.keys() ^ later.keys()
    roots = {(one[0], earlier.get(one) or later[one]) for one in others}
    found = {one for one in touching if (one.centre, one.root) in roots}
    if BY_KEY[indicator].counted in ("sum", "share"):
        kept = earlier.keys() & later.keys()
        found |= {one for one in touching if (one.centre, one.record_id) in kept}
    if before is None or after is None:
        # What nobody reported becomes a number by the centre's word on the month alone.
        said = [one for one in touches if one.table == "section_states"]
        found |= {one for one in said if region in (one.region, ALL)}
    if found:
        return frozenset(found)
    return frozenset(one for one in touching if region in (one.region, ALL)) or frozenset(touching)


def _reasons(
    session: Session, prefix: str, touches: set[_Touch], reader: Reader
) -> tuple[tuple[ChangingReason, ...], dict[tuple[str, str, str], list[int]]]:
    """Why closed months were changed since then, and the numbers of the reasons by record.

    `_touches` must have been called before.

    Args:
        touches: of the records that are asked about.
    """
    records = {one.record for one in touches}
    words = classifiers().kinds["amendment_reason"]
    numbers: dict[tuple[str, str, str, str], ChangingReason] = {}
    given: dict[tuple[str, str, str], list[int]] = {}
    for centre, table, record_id, month, changed_on, reason in session.rows(
        "SELECT a.centre, a.record_table, a.record_id, a.month, a.changed_on, a.reason "
        f"FROM {prefix}amendments a LEFT JOIN temp.published_rows p ON p.record_id = a.id "
        "AND p.table_name = 'amendments' AND p.centre = a.centre WHERE p.record_id IS NULL "
        "ORDER BY a.changed_on, a.centre, a.month, a.reason, a.id"
    ):
        if (centre, table, record_id) not in records:
            continue
        one = numbers.setdefault(
            (centre, month, changed_on, reason),
            ChangingReason(
                number=len(numbers) + 1,
                centre=reader.centre(centre),
                month=Month.parse(month),
                changed_on=_day(changed_on),
                reason=getattr(words[reason], reader.language) if reason in words else reason,
            ),
        )
        given.setdefault((centre, table, record_id), []).append(one.number)
    return tuple(numbers.values()), given


def _packages(
    session: Session, ids: set[int], as_of: date, reader: Reader
) -> dict[int, ChangingPackage]:
    """The packages by number, in the order in which they came."""
    entries: dict[int, dict[str, Any]] = {}
    for row in session.all(
        "SELECT package_id, kind, received_on, details FROM journal_entries "
        "WHERE package_id IS NOT NULL AND received_on <= ? ORDER BY id",
        (as_of.isoformat(),),
    ):
        entries[row["package_id"]] = row
    lines = [line for line in received_lines(session, as_of) if line.package_id in ids]
    lines.sort(key=lambda line: (entries[line.package_id]["received_on"], line.centre, line.month))
    found = {}
    for number, line in enumerate(lines, start=1):
        entry = entries[line.package_id]
        undone = entry["kind"] == "package_undone"
        marks = (("late", line.late), ("amendment", line.amendment), ("undone", undone))
        found[line.package_id] = ChangingPackage(
            number=number,
            centre=reader.centre(line.centre),
            month=Month.parse(line.month),
            sequence=line.sequence,
            received_on=_day(entry["received_on"]),
            kinds=tuple(kind for kind, holds in marks if holds),
            reason=str(json.loads(entry["details"]).get("reason", "")),
            sha256=line.sha256,
        )
    return found
