"""The command of the national report."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from pravo_desktop.cli.desk import day, desk_of
from pravo_desktop.cli.packages import check_writable
from pravo_desktop.domain.periods import Period
from pravo_desktop.i18n import N_
from pravo_desktop.usecases.packages import write_file


def register(app: typer.Typer) -> None:
    """Add this command to the program's."""
    app.command(help=N_("Make the report of a period."))(report)


def report(
    context: typer.Context,
    out: Annotated[Path, typer.Option(metavar="FILE", help=N_("Where to write it."))],
    format: Annotated[Literal["pdf", "xlsx", "json"], typer.Option(help=N_("Kind of file."))],
    lang: Annotated[Literal["kk", "ru"], typer.Option(help=N_("Language of the report."))] = "kk",
    year: Annotated[int | None, typer.Option(metavar="YEAR", help=N_("A whole year."))] = None,
    from_: Annotated[
        Any, typer.Option("--from", parser=day, metavar="DATE", help=N_("The first day."))
    ] = None,
    to: Annotated[
        Any, typer.Option("--to", parser=day, metavar="DATE", help=N_("The last day."))
    ] = None,
    as_of: Annotated[
        Any,
        typer.Option(
            "--as-of", parser=day, metavar="DATE", help=N_("Packages received by this day; today.")
        ),
    ] = None,
) -> None:
    desk = desk_of(context)
    period = _period(year, from_, to)
    check_writable(out)
    from pravo_desktop.usecases.reports import make_report  # loads reportlab and openpyxl

    with desk.at_work() as (workplace, session):
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


def _period(year: int | None, first: date | None, last: date | None) -> Period:
    if year is not None and first is None and last is None:
        return Period.of_year(year)
    if year is None and first is not None and last is not None:
        return Period(first, last)
    raise typer.BadParameter("--year | --from --to")
