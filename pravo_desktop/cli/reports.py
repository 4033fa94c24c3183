"""The commands of the national report: making it, publishing it, what changed since."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from db.session import Session
from pravo_desktop.cli.desk import day, desk_of
from pravo_desktop.cli.packages import check_writable
from pravo_desktop.domain.periods import Period
from pravo_desktop.i18n import N_
from pravo_desktop.usecases.actor import Actor
from pravo_desktop.usecases.file_writing import write_file

Out = Annotated[Path, typer.Option(metavar="FILE", help=N_("Where to write it."))]
Language = Annotated[Literal["kk", "ru"], typer.Option(help=N_("Language of the report."))]
DocumentFormat = Annotated[Literal["pdf", "xlsx", "docx"], typer.Option(help=N_("Kind of file."))]
Year = Annotated[int | None, typer.Option(metavar="YEAR", help=N_("A whole year."))]
Stage = Annotated[
    int | None,
    typer.Option(metavar="NUMBER", help=N_("A stage of the project that begins in the year.")),
]
First = Annotated[
    Any, typer.Option("--from", parser=day, metavar="DATE", help=N_("The first day."))
]
Last = Annotated[Any, typer.Option("--to", parser=day, metavar="DATE", help=N_("The last day."))]
AsOf = Annotated[
    Any,
    typer.Option(
        "--as-of", parser=day, metavar="DATE", help=N_("Packages received by this day; today.")
    ),
]
Number = Annotated[
    int, typer.Argument(metavar="NUMBER", help=N_("Number of the published report."))
]


def register(app: typer.Typer) -> None:
    """Add these commands to the program's."""
    app.command(help=N_("Make the report of a period."))(report)
    app.command(help=N_("Publish the report of a period: freeze its figures and files."))(publish)
    app.command(help=N_("What later packages changed in a published report."))(errata)
    app.command(help=N_("The months that a published report had not yet."))(supplement)
    app.command(help=N_("Compare the numbers of a finished text with the figures."))(check_text)


def report(
    context: typer.Context,
    out: Out,
    format: Annotated[
        Literal["pdf", "xlsx", "docx", "json"], typer.Option(help=N_("Kind of file."))
    ],
    lang: Language = "kk",
    year: Year = None,
    stage: Stage = None,
    from_: First = None,
    to: Last = None,
    as_of: AsOf = None,
) -> None:
    desk = desk_of(context)
    period_of = _period(year, stage, from_, to)
    check_writable(out)
    from pravo_desktop.usecases.reports import make_report  # loads the libraries of documents

    with desk.at_work() as (workplace, session):
        period = period_of(session, workplace.actor)
        content = make_report(
            session,
            workplace.actor,
            period=period,
            as_of=as_of,
            language=lang,
            format=format,
        )
    write_file(out, content)
    result = {
        "file": str(out),
        "format": format,
        "language": lang,
        "from": period.from_,
        "to": period.to,
        "bytes": len(content),
    }
    desk.tell(result, str(out))


def publish(
    context: typer.Context,
    year: Year = None,
    stage: Stage = None,
    from_: First = None,
    to: Last = None,
    as_of: AsOf = None,
) -> None:
    desk = desk_of(context)
    period_of = _period(year, stage, from_, to)
    from pravo_desktop.usecases.publishing import (
        prepare_report,
        publish_report,
        published_reports,
    )

    with desk.at_work() as (workplace, session):
        period = period_of(session, workplace.actor)
        prepared = prepare_report(session, workplace.actor, period=period, as_of=as_of)
        number = publish_report(session, workplace.actor, prepared=prepared)
        published = published_reports(session, workplace.actor)[0]
    result = {
        "report": number,
        "from": period.from_,
        "to": period.to,
        "as_of": published.as_of,
        "state_hash": published.state_hash,
        "files": {
            f"{language}.{format}": sha256
            for (language, format), sha256 in sorted(published.files.items())
        },
    }
    desk.tell(result, str(number))


def errata(
    context: typer.Context,
    number: Number,
    out: Out,
    format: DocumentFormat,
    lang: Language = "kk",
    as_of: AsOf = None,
) -> None:
    from pravo_desktop.usecases.publishing import make_errata

    _write_changes(context, make_errata, number, out, format, lang, as_of)


def supplement(
    context: typer.Context,
    number: Number,
    out: Out,
    format: DocumentFormat,
    lang: Language = "kk",
    as_of: AsOf = None,
) -> None:
    from pravo_desktop.usecases.publishing import make_supplement

    _write_changes(context, make_supplement, number, out, format, lang, as_of)


def _write_changes(
    context: typer.Context,
    make: Any,
    number: int,
    out: Path,
    format: str,
    language: str,
    as_of: date | None,
) -> None:
    desk = desk_of(context)
    check_writable(out)
    with desk.at_work() as (workplace, session):
        content = make(
            session,
            workplace.actor,
            report_id=number,
            as_of=as_of,
            language=language,
            format=format,
        )
    write_file(out, content)
    result = {
        "file": str(out),
        "report": number,
        "format": format,
        "language": language,
        "bytes": len(content),
    }
    desk.tell(result, str(out))


def _period(
    year: int | None, stage: int | None, first: date | None, last: date | None
) -> Callable[[Session, Actor], Period]:
    """How to find the period once somebody is signed in: a stage stands on the project card."""
    if year is not None and first is None and last is None:
        if stage is None:
            return lambda session, actor: Period.of_year(year)
        from pravo_desktop.usecases.project import stage_period

        return lambda session, actor: stage_period(session, actor, year=year, ordinal=stage)
    if (year, stage) == (None, None) and first is not None and last is not None:
        return lambda session, actor: Period(first, last)
    raise typer.BadParameter("--year [--stage] | --from --to")


def check_text(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("DOCX or plain text."))],
    year: Year = None,
    stage: Stage = None,
    from_: First = None,
    to: Last = None,
    as_of: AsOf = None,
) -> None:
    desk = desk_of(context)
    period_of = _period(year, stage, from_, to)
    from pravo_desktop.domain.text_check import AGREES
    from pravo_desktop.usecases.text_check import check_text_file

    with desk.at_work() as (workplace, session):
        period = period_of(session, workplace.actor)
        findings = check_text_file(session, workplace.actor, path=file, period=period, as_of=as_of)
    lines = [
        f"{one.paragraph}: {one.verdict} {one.written} / {one.figure} "
        f"{one.indicator} {one.key or ''} {one.region}: {one.sentence}"
        for one in findings
        if one.verdict != AGREES
    ]
    desk.tell({"findings": [asdict(one) for one in findings]}, "\n".join(lines))
