"""Commands of receipts: made at headquarters, taken over at a centre."""

from pathlib import Path
from typing import Annotated

import typer

from pravo_desktop.apply import as_json
from pravo_desktop.cli.desk import desk_of
from pravo_desktop.cli.packages import Out, check_writable
from pravo_desktop.i18n import N_
from pravo_desktop.usecases import receipts, received_receipts

MADE = ("centre", "number", "made_at", "packages", "questions", "file_name", "sha256")


def register(app: typer.Typer) -> None:
    """Add these commands to the program's."""
    receipt = typer.Typer(help=N_("Receipts of headquarters."), rich_markup_mode=None)
    receipt.command("make", help=N_("Make the signed receipt of a centre at headquarters."))(make)
    receipt.command("import", help=N_("Take a receipt over at a centre."))(import_)
    receipt.command("list", help=N_("List the receipts made here."))(list_)
    app.add_typer(receipt, name="receipt")


def make(
    context: typer.Context,
    centre: Annotated[str, typer.Option(metavar="KEY", help=N_("Key of the centre."))],
    out: Out = Path(),
) -> None:
    desk = desk_of(context)
    check_writable(out)
    with desk.at_work() as (workplace, session):
        key = workplace.signing_key(session)
        made = receipts.make_receipt(session, workplace.actor, key=key, centre=centre)
        path = receipts.write_receipt_copy(
            session, workplace.actor, centre=centre, number=made.number, target=out
        )
    desk.tell({"file": str(path), **as_json(made)}, str(path))


def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    compared: Annotated[
        str | None,
        typer.Option(
            metavar="FINGERPRINT",
            help=N_("Fingerprint of headquarters' key, compared by phone."),
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Judge only; change nothing."))
    ] = False,
) -> None:
    desk = desk_of(context)
    take = received_receipts.judge_receipt if dry_run else received_receipts.import_receipt
    with desk.at_work() as (workplace, session):
        judged = take(session, workplace.actor, path=file, compared=compared)
    desk.tell(judged, f"{judged.file}\t{judged.status}")


def list_(context: typer.Context) -> None:
    desk = desk_of(context)
    with desk.at_work() as (workplace, session):
        desk.tell_rows(receipts.made_receipts(session, workplace.actor), MADE)
