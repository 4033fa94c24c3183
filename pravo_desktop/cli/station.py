"""Commands of a data folder: making it, accounts, use cases from a file, months, upkeep."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO, Literal

import typer

from db import store
from pravo_desktop.apply import apply_lines
from pravo_desktop.bootstrap import create_workplace
from pravo_desktop.cli.desk import desk_of, read_password
from pravo_desktop.domain.records import StaffMember
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import N_
from pravo_desktop.messages import message
from pravo_desktop.security.certificates import fingerprint_groups
from pravo_desktop.support import check_computer
from pravo_desktop.usecases import accounts, months
from pravo_desktop.usecases.own_rows import free_letter

FIRST_USERS = {"centre": "lead", "headquarters": "coordinator"}
"""Name of the first account where `--user` does not give one."""

StationLetter = Annotated[
    str | None,
    typer.Option("--station", metavar="LETTER", help=N_("Letter of this station's case numbers.")),
]
MonthOption = Annotated[str, typer.Option(metavar="YYYY-MM", help=N_("The month."))]


def register(app: typer.Typer) -> None:
    """Add these commands to the program's."""
    app.command(help=N_("Make a data folder with its first account and signing key."))(init)
    account = typer.Typer(help=N_("Who may sign in."), rich_markup_mode=None)
    account.command("add", help=N_("Add an account."))(account_add)
    account.command("list", help=N_("List the accounts."))(account_list)
    app.add_typer(account, name="account")
    app.command(help=N_("Run use cases from a file, one JSON object a line."))(apply)
    month = typer.Typer(help=N_("Close a month or open it again."), rich_markup_mode=None)
    month.command("close", help=N_("Close a month."))(month_close)
    month.command("reopen", help=N_("Open a closed month again."))(month_reopen)
    app.add_typer(month, name="month")
    app.command(help=N_("Examine the database."))(doctor)
    app.command(help=N_("Replay the year 2024 in practice folders."))(demo)


def init(
    context: typer.Context,
    workplace: Annotated[
        Literal["centre", "headquarters"], typer.Option(help=N_("What the folder is for."))
    ],
    recovery_sheet: Annotated[
        Path,
        typer.Option(metavar="FILE", help=N_("Where to write the sheet that is to be printed.")),
    ],
    centre: Annotated[
        str | None, typer.Option(metavar="KEY", help=N_("Key of the centre."))
    ] = None,
    practice: Annotated[
        bool, typer.Option("--practice", help=N_("For practice, without real people."))
    ] = False,
    station: StationLetter = None,
) -> None:
    desk = desk_of(context)
    if workplace == "headquarters" and centre is not None:
        raise typer.BadParameter("--centre")
    letter = free_letter((), station or "A")
    made = create_workplace(
        desk.data,
        workplace=workplace,
        centre=centre,
        practice=practice,
        user=desk.user or FIRST_USERS[workplace],
        password=desk.password(),
        recovery_sheet=recovery_sheet,
        station_letter=letter,
    )
    session = made.workplace.session()
    own = session.installation
    session.close()
    made.workplace.close()
    groups = fingerprint_groups(made.fingerprint)
    result = {
        "workplace": own.workplace,
        "centre": own.centre,
        "station": own.station,
        "station_letter": own.station_letter,
        "fingerprint": made.fingerprint,
        "fingerprint_groups": groups,
        "practice": own.practice,
        "user": made.workplace.actor.name,
    }
    t = desk.translator
    desk.tell(
        result,
        t.text(
            "The folder is ready. Print the recovery sheet and delete the file.\n"
            "Fingerprint of the signing key, to be compared by phone:\n{groups}",
            groups=groups,
        ),
    )


def account_add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    role: Annotated[
        list[str], typer.Option(metavar="ROLE", help=N_("What the person may do; repeatable."))
    ],
    new_password_file: Annotated[
        Path, typer.Option(metavar="FILE", help=N_("A file with the new account's password."))
    ],
    staff: Annotated[
        str | None, typer.Option(metavar="ID", help=N_("The staff member whose account it is."))
    ] = None,
) -> None:
    desk = desk_of(context)
    with desk.at_work() as (workplace, session):
        if staff and not store.find(session, StaffMember, "id = :id", {"id": staff}):
            raise KnownError("specialist_unknown", field="staff")
        account_id = workplace.add_account(
            session, name=name, password=read_password(new_password_file), roles=tuple(role)
        )
        if staff:
            accounts.link_staff(session, workplace.actor, name=name, staff_id=staff)
        desk.tell(
            {"account_id": account_id, "name": name, "roles": role, "staff_id": staff},
            desk.translator.text("The account {name} was added.", name=name),
        )


def account_list(context: typer.Context) -> None:
    desk = desk_of(context)
    with desk.at_work() as (workplace, session):
        rows = accounts.accounts(session, workplace.actor)
        desk.tell_rows(rows, ("name", "roles", "staff_id", "closed_at"))


def apply(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE.jsonl", help=N_("The file, or - for standard input."))
    ],
) -> None:
    desk = desk_of(context)
    failed = False
    with (
        desk.at_work() as (workplace, session),
        _opened(file) as lines,
        desk.progress() as progress,
    ):
        for result in apply_lines(session, workplace.actor, lines):
            if not result["ok"]:
                failed = True
                result |= {"message": message(desk.translator, str(result["code"]), result)}
            print(json.dumps(result, ensure_ascii=False), flush=True)
            if progress:
                progress("", int(str(result["line"])), 0)
    if failed:
        raise typer.Exit(1)


@contextmanager
def _opened(file: str) -> Iterator[BinaryIO]:
    if file == "-":
        yield sys.stdin.buffer
        return
    try:
        lines = Path(file).open("rb")  # noqa: SIM115 -- only opening it may fail as "not read"
    except FileNotFoundError as error:
        raise KnownError("file_not_found", file=Path(file).name) from error
    except OSError as error:
        reason = error.strerror or ""
        raise KnownError("file_not_read", file=Path(file).name, reason=reason) from error
    with lines:
        yield lines


def month_close(
    context: typer.Context,
    month: MonthOption,
    zero: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SECTION=REASON", help=N_("A section without records, and why; repeatable.")
        ),
    ] = None,
) -> None:
    desk = desk_of(context)
    zeros = {}
    for one in zero or ():
        section, equals, reason = one.partition("=")
        if not equals or not reason.strip():
            raise typer.BadParameter(f"--zero {one}: SECTION=REASON")
        zeros[section] = reason
    with desk.at_work() as (workplace, session):
        closed = months.close_month(session, workplace.actor, month=month, zeros=zeros)
    t = desk.translator
    text = t.text("The month {month} is closed.", month=month)
    if closed.missing:
        text += "\n" + t.text("Nothing is known of: {sections}", sections=", ".join(closed.missing))
    desk.tell(closed, text)


def month_reopen(context: typer.Context, month: MonthOption) -> None:
    desk = desk_of(context)
    with desk.at_work() as (workplace, session):
        months.reopen_month(session, workplace.actor, month=month)
    desk.tell(
        {"month": month}, desk.translator.text("The month {month} is open again.", month=month)
    )


def doctor(context: typer.Context) -> None:
    desk = desk_of(context)
    with desk.at_work() as (workplace, session):
        checked = check_computer(workplace, session)
    examined = checked.examined
    rows = [{"check": one.check, "well": one.well, "found": one.found} for one in examined]
    desk.tell_rows(rows, ("check", "well", "found"))
    if not checked.data_well:
        raise typer.Exit(1)


def demo(
    context: typer.Context,
    out: Annotated[Path, typer.Option(metavar="DIR", help=N_("A folder for all that is made."))],
) -> None:
    from pravo_desktop.demo.run import run

    desk = desk_of(context)
    with desk.progress() as progress:
        status = run(out, progress, desk.translator.language)
    raise typer.Exit(status)
