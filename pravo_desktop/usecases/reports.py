"""The report of a period: everything it is made of, and the finished documents."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from functools import cached_property
from typing import Any

from db.figures import CountedLine, breakdowns_of, cross_foot, lines_behind, read_registers
from db.session import Session
from exports.report.content import (
    CategoryRule,
    CentreLine,
    ComparedLine,
    CountedRecords,
    Definition,
    Discrepancy,
    EventLine,
    MissingLine,
    NoteLine,
    PackageLine,
    Place,
    PrintedLine,
    ProjectCard,
    ProposalLine,
    RecordCode,
    ReportContent,
)
from exports.report.json import report_json
from exports.report.texts import default_card, texts
from pravo_desktop.domain.figures import ALL, NATIONAL
from pravo_desktop.domain.indicators import BY_KEY, EVENT_INDICATORS, INDICATORS
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.domain.versions import row_code
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.actor import COORDINATOR, Actor, require
from pravo_desktop.usecases.figures import Figures, keep_earlier, project_figures
from pravo_desktop.usecases.received import ReceivedLine, received_lines
from pravo_desktop.usecases.report_texts import (
    earlier_figures,
    paragraphs_by_section,
    texts_as_of,
)
from pravo_desktop.usecases.rules import category_rule_for, predicates_for
from pravo_desktop.usecases.stated_totals import beside_year_before

DOCUMENTS = ("pdf", "xlsx", "docx")
FORMATS = (*DOCUMENTS, "json")


def make_report(
    session: Session,
    actor: Actor,
    *,
    period: Period,
    as_of: date | None = None,
    language: str,
    format: str,
) -> bytes:
    """The report of a period from the packages received by the end of a day.

    Args:
        as_of: today when empty.
        language: ``kk`` or ``ru``.
        format: one of `FORMATS`.

    Raises:
        KnownError: ``not_allowed``, ``date_in_future``, ``report_format_unknown``.
    """
    require(actor, COORDINATOR, "make_report")
    if as_of and as_of > session.clock.today():
        raise KnownError("date_in_future", field="as_of")
    with session.transaction():
        figures = project_figures(session, period, as_of)
        keep_earlier(session, figures)
        content = report_content(session, figures, language)
    return written(content, format)


def written(content: ReportContent, format: str) -> bytes:
    """A report as a file of one of `FORMATS`; KnownError ``report_format_unknown``."""
    translator = Translator(content.language)
    match format:
        case "pdf":
            from exports.report.pdf import write_report_pdf

            return write_report_pdf(content, translator)
        case "xlsx":
            from exports.report.xlsx import write_report_xlsx

            return write_report_xlsx(content, translator)
        case "docx":
            from exports.report.docx import write_report_docx

            return write_report_docx(content, translator)
        case "json":
            return report_json(content).encode()
    raise KnownError("report_format_unknown", format=format)


def report_content(session: Session, figures: Figures, language: str) -> ReportContent:
    """Gather what a report is made of, in its language."""
    read = Reader(session, figures, language)
    own = texts_as_of(session, figures.period, figures.as_of)
    said = "\n".join(one.text for one in own if one.language == language)
    return ReportContent(
        language=language,
        card=read.card(),
        period=figures.period,
        as_of=figures.as_of,
        state_hash=figures.state_hash,
        rows=figures.rows,
        regions=tuple(Place(key, label) for key, label in read.regions.items() if key != NATIONAL),
        centres=read.centres(),
        packages=tuple(read.packages.values()),
        missing=read.missing(),
        notes=read.notes(),
        events=read.events(),
        printed=read.printed(),
        proposals=read.proposals(),
        definitions=tuple(
            Definition(one.key, Translator(language).text(one.definition)) for one in INDICATORS
        ),
        category_rule=tuple(
            CategoryRule(str(line["category"]), str(line[language]))
            for line in predicates_for(session, figures.prefix, figures.period.to.year)
        ),
        discrepancies=tuple(Discrepancy(**asdict(one)) for one in cross_foot(figures.rows)),
        texts=paragraphs_by_section(own, language),
        earlier=earlier_figures(session, figures, said),
        records=read.records(),
        confirmed=read.confirmed(),
        compared=compared_lines(session, figures, language),
    )


def compared_lines(session: Session, figures: Figures, language: str) -> tuple[ComparedLine, ...]:
    """The totals of the report of a year beside the year before; none of another period.

    Couples and consultations are compared by region too. The register of centres alone, which the
    program knows of every year, is no comparison.
    """
    year = figures.period.to.year
    if figures.period != Period.of_year(year):
        return ()
    page_of = texts(language).words["page_of"]
    lines = []
    for one in beside_year_before(session, figures):
        by_region = one.indicator in ("couples", "consultations")
        if one.breakdown or one.earlier is None or (one.region != ALL and not by_region):
            continue
        said = one.statement
        source = said.source if said else ""
        if said and said.page:
            source = page_of.format(source=source, page=said.page)
        lines.append(
            ComparedLine(
                one.indicator, one.region, one.value, one.earlier, one.earlier_from, source
            )
        )
    if all(BY_KEY[one.indicator].from_register and not one.source for one in lines):
        return ()
    return tuple(lines)


class Reader:
    """Reads the merged tables for one report."""

    def __init__(self, session: Session, figures: Figures, language: str) -> None:
        self.session = session
        self.period = figures.period
        self.as_of = figures.as_of
        self.prefix = figures.prefix
        self.language = language
        lists = classifiers()
        self.regions: dict[str, str] = {
            key: getattr(one, language) for key, one in lists.regions.items()
        }
        self.regions |= {
            row["key"]: row[f"name_{language}"] for row in self._rows("regions", order="key")
        }
        self.regions[NATIONAL] = getattr(lists.pseudo_regions[NATIONAL], language)
        self.registered = {
            key: {
                "region": one.region,
                "court": one.court,
                f"city_{language}": one.city[language],
                "opened_on": one.opened_on and one.opened_on.isoformat(),
                "closed_on": one.closed_on and one.closed_on.isoformat(),
            }
            for key, one in lists.centres.items()
        }
        self.registered |= {row["key"]: row for row in self._rows("centres", order="key")}

    @cached_property
    def _lines(self) -> Mapping[str, Sequence[CountedLine]]:
        return lines_behind(
            self.session,
            self.prefix,
            self.period,
            rule=category_rule_for(self.session, self.prefix, self.period.to.year),
            registers=read_registers(self.session, self.prefix, classifiers()),
        )

    @cached_property
    def _numbers(self) -> Mapping[int, int]:
        """Places in the report's list of packages, from 1."""
        return {one: number for number, one in enumerate(self.packages, start=1)}

    def _rows(
        self, table: str, where: str = "1", *, order: str, parameters: Sequence[Any] = ()
    ) -> list[dict[str, Any]]:
        return self.session.all(
            f"SELECT * FROM {self.prefix}{table} WHERE {where} ORDER BY {order}", parameters
        )

    def _dated(self, table: str, day: str) -> list[dict[str, Any]]:
        """The records of the period in the order of their days."""
        bounds = (self.period.from_.isoformat(), self.period.to.isoformat())
        return self._rows(table, f"{day} BETWEEN ? AND ?", order=f"{day}, id", parameters=bounds)

    def _region_of(self, centre: str) -> str:
        return NATIONAL if centre == NATIONAL else str(self.registered[centre]["region"])

    def centre(self, key: str) -> str:
        """A centre as people are shown it: its city, or headquarters."""
        if key == NATIONAL:
            return self.regions[NATIONAL]
        return str(self.registered[key][f"city_{self.language}"] or key)

    def card(self) -> ProjectCard:
        card = default_card(self.language)
        year = str(self.period.to.year)
        found = self._rows(
            "projects", "substr(starts_on, 1, 4) = ?", order="id DESC", parameters=(year,)
        )
        if not found:
            return card
        contract = " ".join(filter(None, (found[0]["grant_name"], found[0]["contract"])))
        return replace(card, name=found[0][f"title_{self.language}"], contract=contract or None)

    def centres(self) -> tuple[CentreLine, ...]:
        lists = classifiers()
        courts = {key: getattr(one, self.language) for key, one in lists.courts.items()}
        courts |= {
            row["key"]: row[f"name_{self.language}"] for row in self._rows("courts", order="key")
        }
        return tuple(
            CentreLine(
                label=self.centre(key),
                region=str(row["region"]),
                city=str(row[f"city_{self.language}"] or ""),
                court=courts.get(str(row["court"]), ""),
                opened_on=_day(row["opened_on"]),
                closed_on=_day(row["closed_on"]),
            )
            for key, row in self.registered.items()
        )

    @cached_property
    def packages(self) -> Mapping[int, PackageLine]:
        """Those of the period's months, then others whose records count, by their numbers."""
        counting = {line.package_id for lines in self._lines.values() for line in lines}
        found = [
            line
            for line in received_lines(self.session, self.as_of)
            if line.status in ("accepted", "superseded")
        ]
        of_period = [line for line in found if Month.parse(line.month) in self.period.months]
        named = {line.package_id for line in of_period}
        others = [line for line in found if line.package_id in counting - named]
        return {line.package_id: self._package(line) for line in (*of_period, *others)}

    def _package(self, line: ReceivedLine) -> PackageLine:
        return PackageLine(
            centre=self.centre(line.centre),
            region=self._region_of(line.centre),
            month=Month.parse(line.month),
            sequence=line.sequence,
            received_on=date.fromisoformat(line.received_on),
            sha256=line.sha256,
            late=line.late,
            amendment=line.amendment,
        )

    def records(self) -> Mapping[str, CountedRecords]:
        """What each indicator counts, with the package of each record."""
        return {
            indicator: CountedRecords(
                breakdowns_of(indicator),
                tuple(
                    RecordCode(
                        line.region,
                        line.keys,
                        row_code(line.record_id),
                        self._numbers[line.package_id],
                    )
                    for line in lines
                ),
            )
            for indicator, lines in self._lines.items()
        }

    def confirmed(self) -> Mapping[str, tuple[int, ...]]:
        """The packages that confirm a zero in a month of the period, by section."""
        months = json.dumps([str(month) for month in self.period.months])
        found: dict[str, list[int]] = {}
        for section, package_id in self.session.rows(
            f"SELECT DISTINCT s.section, r.package_id FROM {self.prefix}section_states s "
            f"CROSS JOIN {self.prefix}rows w ON w.centre = s.centre "
            "AND w.table_name = 'section_states' AND w.record_id = s.id "
            "CROSS JOIN received_rows r ON r.id = w.received_row_id "
            "WHERE s.state = 'zero' AND s.month IN (SELECT value FROM json_each(?)) "
            "ORDER BY r.package_id",
            (months,),
        ):
            if package_id in self._numbers:
                found.setdefault(section, []).append(self._numbers[package_id])
        return {section: tuple(numbers) for section, numbers in found.items()}

    def missing(self) -> tuple[MissingLine, ...]:
        """Months of open centres that no counted package has closed."""
        closed = {
            (row["centre"], row["month"])
            for row in self.session.all(
                f"SELECT DISTINCT centre, month FROM {self.prefix}section_states"
            )
        }
        lines = []
        for key, row in self.registered.items():
            opened, shut = _day(row["opened_on"]), _day(row["closed_on"])
            for month in self.period.months:
                was_open = (opened is None or opened <= month.last_day) and (
                    shut is None or shut >= month.first_day
                )
                if was_open and (key, str(month)) not in closed:
                    lines.append(MissingLine(self.centre(key), month))
        return tuple(lines)

    def notes(self) -> tuple[NoteLine, ...]:
        months = [str(month) for month in self.period.months]
        found = self._rows(
            "monthly_notes",
            "month IN (SELECT value FROM json_each(?))",
            order="month, id",
            parameters=(json.dumps(months),),
        )
        return tuple(
            NoteLine(self._region_of(row["centre"]), row["section"], row["kind"], row["text"])
            for row in found
        )

    def events(self) -> tuple[EventLine, ...]:
        indicators = {kind: key for key, kind in EVENT_INDICATORS.items()}
        return tuple(
            EventLine(
                indicator=indicators[row["kind"]],
                region=row["region"],
                topic=row["topic"],
                held_on=date.fromisoformat(row["held_on"]),
                place=row["place"] or "",
                attendance=(row["men"] + row["women"] + row["children"]) or None,
            )
            for row in self._dated("events", "held_on")
        )

    def printed(self) -> tuple[PrintedLine, ...]:
        """Materials where they were ordered; copies of a title handed out by all centres."""
        given = {
            (row["title"], row["language"]): row["copies"]
            for row in self.session.all(
                "SELECT m.title, m.language, sum(h.copies) AS copies "
                f"FROM {self.prefix}hand_outs h JOIN {self.prefix}printed_materials m "
                "ON m.centre = h.centre AND m.id = h.material_id GROUP BY m.title, m.language"
            )
        }
        return tuple(
            PrintedLine(
                row["title"], row["copies_made"], given.get((row["title"], row["language"]))
            )
            for row in self._dated("printed_materials", "ordered_on")
            if row["copies_made"]
        )

    def proposals(self) -> tuple[ProposalLine, ...]:
        return tuple(
            ProposalLine(
                row["title"], row["addressee"] or "", date.fromisoformat(row["proposed_on"])
            )
            for row in self._dated("proposals", "proposed_on")
        )


def _day(text: str | date | None) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) else text
