"""Where a number comes from: its parts, cases, packages and what was published before."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from db.figures import cross_foot, read_registers, records_behind
from db.session import Session
from exports.report.blocks import Heading, Paragraph, Table
from exports.report.cells import shown_cell
from exports.report.content import Discrepancy
from exports.report.explanation import (
    CasesBehind,
    CentrePackages,
    Explanation,
    OtherPackage,
    PackageMark,
    Part,
    Published,
    Stated,
    explanation_blocks,
    write_explanation,
)
from pravo_desktop.domain.board import LATE, NOT_OPEN
from pravo_desktop.domain.fields import travelling_columns
from pravo_desktop.domain.figures import ALL, FigureRow
from pravo_desktop.domain.indicators import BY_KEY
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.domain.records import Case, Consultation
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.actor import COORDINATOR, Actor, require
from pravo_desktop.usecases.board import board
from pravo_desktop.usecases.duplicates import OF_A_CASE, joined_cases, rows_of
from pravo_desktop.usecases.figures import Figures, project_figures
from pravo_desktop.usecases.packages import Progress
from pravo_desktop.usecases.received import ReceivedLine, received_lines
from pravo_desktop.usecases.reports import Reader
from pravo_desktop.usecases.rules import category_rule_for

__all__ = [
    "Explanation",
    "ShownTable",
    "ShownText",
    "explain",
    "explanation_pdf",
    "shown_parts",
]


def explain(
    session: Session,
    actor: Actor,
    *,
    period: Period,
    as_of: date | None = None,
    indicator: str,
    region: str,
    breakdown: str | None = None,
    key: str | None = None,
    language: str,
    progress: Progress | None = None,
) -> Explanation:
    """Everything that headquarters can say about one figure.

    Args:
        period, as_of: of the figures; packages received by the end of ``as_of`` count, today
            when empty.
        indicator, region, breakdown, key: as in the `FigureRow`.
        language: of the names, kk or ru.

    Raises:
        KnownError: ``not_allowed``, ``figure_unknown``.
    """
    require(actor, COORDINATOR, "explain")
    if indicator not in BY_KEY:
        raise KnownError("figure_unknown", indicator=indicator)
    day = as_of or session.clock.today()
    steps = 4

    def step(number: int) -> None:
        if progress:
            progress("", number, steps)

    step(0)
    figures = project_figures(session, period, day)
    rows = [row for row in figures.rows if row.indicator == indicator]
    place = (region, breakdown, key)
    figure = next((row for row in rows if (row.region, row.breakdown, row.key) == place), None)
    if figure is None:
        raise KnownError("figure_unknown", indicator=indicator)
    step(1)
    table = _gather(session, figures, figure)
    step(2)
    read = Reader(session, figures, language)
    packages, others = _packages(session, actor, figures, figure, table, read)
    step(3)
    return Explanation(
        language=language,
        card=read.card(),
        indicator=indicator,
        region=region,
        place=_place(region, read),
        breakdown=breakdown,
        key=key,
        period=period,
        as_of=figures.as_of,
        state_hash=figures.state_hash,
        value=figure.value,
        plan=figure.plan,
        state=figure.state,
        records=int(session.value("SELECT count(*) FROM temp.explained")),
        parts=_parts(rows, figure, read),
        cases=_cases(session, figures, table),
        written_twice=_written_twice(session, figures.prefix, table),
        packages=packages,
        others=others,
        discrepancies=tuple(
            Discrepancy(one.check, *_figure_of(one), one.stated, one.computed)
            for one in cross_foot(rows)
            if one.region == region
        ),
        published=tuple(_published(session, figure)),
        stated=tuple(_stated(session, figures, figure)),
    )


@dataclass(frozen=True)
class ShownText:
    """A paragraph of the explanation under its heading, if it has one."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class ShownTable:
    """A table of the explanation; ``numbers`` says which columns hold numbers."""

    key: str
    caption: str
    heads: tuple[str, ...]
    numbers: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


def shown_parts(content: Explanation) -> list[ShownText | ShownTable]:
    """What the printed page says, for the screen: first the number, then the parts in order."""
    translator = Translator(content.language)
    parts: list[ShownText | ShownTable] = []
    for block in explanation_blocks(content, translator):
        if isinstance(block, Table):
            rows = tuple(
                tuple(shown_cell(cell, translator) for cell in cells) for cells in block.rows
            )
            parts.append(
                ShownTable(block.key, block.caption, block.heads, block.numbers, rows, block.notes)
            )
        elif isinstance(block, Paragraph):
            parts.append(ShownText(block.text, block.lead))
        elif isinstance(block, Heading):
            parts.append(ShownText(block.text))
    return parts


def explanation_pdf(content: Explanation) -> bytes:
    """The explanation to be printed, in its language."""
    return write_explanation(content, Translator(content.language))


def _figure_of(one: Any) -> tuple[str, str, str | None, str | None]:
    return one.indicator, one.region, one.breakdown, one.key


def _place(region: str, read: Reader) -> str:
    if region == ALL:
        return str(getattr(classifiers().pseudo_regions[ALL], read.language))
    return read.regions.get(region, region)


def _parts(rows: Sequence[FigureRow], figure: FigureRow, read: Reader) -> tuple[Part, ...]:
    found = {
        row.region: row
        for row in rows
        if (row.breakdown, row.key) == (figure.breakdown, figure.key)
    }
    totals = {row.region: row for row in rows if row.breakdown is None}
    # A region without the key of a breakdown has none of it; without any figure it has not said.
    return tuple(
        Part(
            region,
            _place(region, read),
            found[region].value if region in found else None if total.value is None else 0,
            found[region].state if region in found else total.state,
        )
        for region, total in totals.items()
        if region != ALL and figure.region in (ALL, region)
    )


# --- The records -----------------------------------------------------------------------------


def _gather(session: Session, figures: Figures, figure: FigureRow) -> str:
    """Put the records behind the figure into ``temp.explained``; returns their table."""
    found = records_behind(
        session,
        figures.prefix,
        figures.period,
        figure.indicator,
        figure.region,
        figure.breakdown,
        figure.key,
        rule=category_rule_for(session, figures.prefix, figures.period.to.year),
        registers=read_registers(session, figures.prefix, classifiers()),
    )
    session.execute(
        "CREATE TEMP TABLE IF NOT EXISTS explained "
        "(centre TEXT, id TEXT, PRIMARY KEY (centre, id)) WITHOUT ROWID"
    )
    session.execute("DELETE FROM temp.explained")
    session.execute(
        "INSERT INTO temp.explained SELECT value ->> 0, value ->> 1 FROM json_each(?)",
        (json.dumps([[centre, record_id] for _, centre, record_id in found]),),
    )
    return found[0][0] if found else ""


def _case_ids(prefix: str, table: str) -> str | None:
    """The SELECT of centre and case_id of the cases behind; None where records have no case."""
    if table == Case.table:
        return "SELECT centre, id AS case_id FROM temp.explained"
    if table and table in OF_A_CASE:
        return (
            "SELECT DISTINCT e.centre, m.case_id FROM temp.explained e "
            f"JOIN {prefix}{table} m ON m.centre = e.centre AND m.id = e.id"
        )
    return None


def _cases(session: Session, figures: Figures, table: str) -> CasesBehind | None:
    cases = _case_ids(figures.prefix, table)
    if cases is None:
        return None
    prefix, period = figures.prefix, figures.period
    came = dict(
        session.rows(
            f"WITH behind AS ({cases}) SELECT min(adults, 2), count(*) FROM ("
            "SELECT b.centre, b.case_id, count(DISTINCT p.id) AS adults FROM behind b "
            f"LEFT JOIN {prefix}consultations x ON x.centre = b.centre AND x.case_id = b.case_id "
            "AND x.held_on BETWEEN ? AND ? "
            "LEFT JOIN json_each(coalesce(x.attendees, '[]')) a "
            f"LEFT JOIN {prefix}participants p ON p.centre = b.centre AND p.id = a.value "
            "AND p.role <> 'child' GROUP BY b.centre, b.case_id) GROUP BY 1",
            (period.from_.isoformat(), period.to.isoformat()),
        )
    )
    return CasesBehind(
        one_spouse=came.get(1, 0),
        both=came.get(2, 0),
        nobody=came.get(0, 0),
        joined=_joined(session, prefix, cases),
    )


def _joined(session: Session, prefix: str, cases: str) -> int:
    """Cases that were here and were dissolved into one of these."""
    joined = json.dumps([[centre, kept] for centre, kept, _ in joined_cases(session, prefix)])
    return int(
        session.value(
            f"WITH behind AS ({cases}) SELECT count(*) FROM json_each(?) j JOIN behind b "
            "ON b.centre = j.value ->> 0 AND b.case_id = j.value ->> 1",
            (joined,),
        )
    )


def _written_twice(session: Session, prefix: str, table: str) -> int:
    if table != Consultation.table:
        return 0
    return int(
        session.value(
            f"SELECT count(*) FROM temp.explained e JOIN {prefix}consultations c "
            f"ON c.centre = e.centre AND c.id = e.id JOIN {prefix}consultations x "
            "ON x.centre = c.centre AND x.case_id = c.case_id AND x.held_on = c.held_on "
            "AND x.specialist_id = c.specialist_id AND x.id <> c.id"
        )
    )


# --- The packages ----------------------------------------------------------------------------


def _packages(
    session: Session,
    actor: Actor,
    figures: Figures,
    figure: FigureRow,
    table: str,
    read: Reader,
) -> tuple[tuple[CentrePackages, ...], tuple[OtherPackage, ...]]:
    indicator = BY_KEY[figure.indicator]
    if indicator.from_register:
        return (), ()
    months = tuple(figures.period.months)
    came = [one for one in received_lines(session, figures.as_of) if one.status == "accepted"]
    by_id = {one.package_id: one for one in came}
    said_by = _said_by(session, figures.prefix, indicator.section)
    lines = []
    for row in board(session, actor, period=figures.period, as_of=figures.as_of).rows:
        if figure.region not in (ALL, row.region):
            continue
        own = [one for one in came if one.centre == row.centre]
        marks = []
        for cell in row.cells:
            said = [one for one in cell.sections if one.section == indicator.section]
            numbers = [one for one in own if _covers(one, cell.month)]
            # After a restored backup a complete package of a later month says it all again.
            again = by_id.get(said_by.get((row.centre, str(cell.month)), 0))
            if not numbers and again is not None:
                numbers = [again]
            state = said[0].state if said else NOT_OPEN
            late = bool(said) and said[0].shown == LATE
            named = () if state == NOT_OPEN else tuple(_number(one) for one in numbers)
            marks.append(PackageMark(named, state, late))
        if any(mark.state != NOT_OPEN for mark in marks):
            lines.append(CentrePackages(row.region, row.name[read.language], tuple(marks)))
    shown = {one.package_id for one in came if any(_covers(one, month) for month in months)}
    brought = _brought(session, figures.prefix, table)
    others = tuple(
        OtherPackage(
            read.centre(one.centre), Month.parse(one.month), _number(one), brought[one.package_id]
        )
        for one in came
        if one.package_id in brought and one.package_id not in shown
    )
    return tuple(lines), others


def _number(line: ReceivedLine) -> str:
    letter = "" if line.station_letter == "A" else line.station_letter
    return f"{letter}{line.sequence}"


def _covers(line: ReceivedLine, month: Month) -> bool:
    return line.month <= str(month) <= (line.through or line.month)


def _said_by(session: Session, prefix: str, section: str) -> dict[tuple[str, str], int]:
    """By centre and month the package that says what the section's state is."""
    found = session.rows(
        f"SELECT s.centre, s.month, r.package_id FROM {prefix}section_states s "
        f"JOIN {rows_of(prefix)} w ON w.centre = s.centre AND w.table_name = 'section_states' "
        "AND w.record_id = s.id JOIN received_rows r ON r.id = w.received_row_id "
        "WHERE s.section = ?",
        (section,),
    )
    return {(centre, month): package_id for centre, month, package_id in found}


def _brought(session: Session, prefix: str, table: str) -> dict[int, int]:
    """How many of the records behind each package brought, as they count now."""
    if not table or not travelling_columns(table):
        return {}
    found = session.rows(
        "SELECT r.package_id, count(*) FROM temp.explained e "
        f"CROSS JOIN {rows_of(prefix)} w ON w.centre = e.centre AND w.table_name = ? "
        "AND w.record_id = e.id "
        "CROSS JOIN received_rows r ON r.id = w.received_row_id GROUP BY r.package_id",
        (table,),
    )
    return dict(found)


# --- What was said before ----------------------------------------------------------------------


def _published(session: Session, figure: FigureRow) -> list[Published]:
    found = []
    for row in session.all(
        "SELECT id, first_day, last_day, as_of, figures FROM published_reports ORDER BY id"
    ):
        for one in json.loads(row["figures"]):
            if all(
                one[name] == getattr(figure, name)
                for name in ("indicator", "region", "breakdown", "key")
            ):
                period = Period(
                    date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])
                )
                day = date.fromisoformat(row["as_of"])
                found.append(Published(row["id"], period, day, one["value"]))
    return found


def _stated(session: Session, figures: Figures, figure: FigureRow) -> list[Stated]:
    """The stated totals of the year that the period is."""
    year = figures.period.to.year
    if figures.period != Period.of_year(year):
        return []
    rows = session.all(
        f"SELECT * FROM {figures.prefix}stated_totals WHERE year = ? AND indicator = ? "
        "AND region = ? AND breakdown IS ? AND key IS ? ORDER BY id",
        (year, figure.indicator, figure.region, figure.breakdown, figure.key),
    )
    return [Stated(row["value"], row["source"], row["page"] or "") for row in rows]
